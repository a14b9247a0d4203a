"""From what is written to points in time: days given once and inherited, midnight, zones, years left out."""

from collections.abc import Sequence
from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import replace

from pmlint.document.clocks import ClockMatch
from pmlint.document.dates import WEEKDAYS, DateMatch, Order
from pmlint.document.timeline_draft import Draft, When
from pmlint.document.values import Moment
from pmlint.document.zones import Zone

_MIDNIGHT_STEP = 6 * 60
"""A clock that goes back by less is out of order; one that goes back by more has passed midnight."""
_HALF_YEAR = 183


class Anchors(Struct, frozen=True):
    """What the rest of the document says about the time of the incident."""

    day: date | None = None
    """The incident's date, from metadata, title or path."""
    zone: Zone | None = None
    """What times without a zone are in."""
    order: Order | None = None
    """How `03/04/2026` is meant."""


class Clockwork(Struct):
    """Settles one entry after the other; each knows the day that the ones before it have reached."""

    anchors: Anchors
    zone: Zone | None
    day: date | None
    year: int | None
    minute: int | None = None
    """Minutes of the last time within its day; None where no midnight can be told."""

    def moment(self, when: When | None, *, limit: date | None = None) -> tuple[Moment | None, Moment | None]:
        """The entry's time and the end of its range; `limit` is the next day that is written."""
        if when is None:
            return None, None
        clock = when.clock
        if clock is not None and clock.relative_minutes is not None:
            return Moment(relative_minutes=clock.relative_minutes, approximate=clock.approximate), None
        written = self._written(when.date) if when.date is not None else None
        if written is not None:
            self.day, self.minute = written, None
        if clock is None or not clock.valid:
            at = Moment(day=written, coarse=True, approximate=bool(clock and clock.approximate))
            return at, self._last_day(when, written)
        here = clock.hour * 60 + clock.minute
        if written is None and self.day and not clock.day_offset and self._passed_midnight(here, limit):
            self.day = _later(self.day, 1)
        day = self.day
        if day is not None and clock.day_offset:
            day = _later(day, clock.day_offset)
            if written is None:
                self.day = day
        self.minute = here
        zone = clock.zone or when.zone or self.zone
        at = _moment(day, clock, zone, inherited=written is None and day is not None)
        return at, self._end(when, clock, day, zone)

    def _passed_midnight(self, here: int, limit: date | None) -> bool:
        if self.minute is None or here > self.minute - _MIDNIGHT_STEP or self.day is None:
            return False
        return limit is None or self.day < limit

    def _written(self, found: DateMatch) -> date | None:
        """The day that a date names, with its year, order or week taken from what surrounds it."""
        if found.month is None and found.weekday is not None and self.day is not None:
            ahead = (WEEKDAYS.index(found.weekday) - self.day.weekday()) % 7
            return _later(self.day, ahead)
        if found.ambiguous and found.alternatives:
            return self._nearest(found.alternatives)
        if found.value is not None:
            if not found.day_known:
                return None
            self.year = found.value.year
            return found.value
        if found.year_known or not found.exists:
            return None
        return self._in_year(found)

    def _in_year(self, found: DateMatch) -> date | None:
        """A date without a year: the one closest to where the timeline stands."""
        around = self.day or self.anchors.day
        if around is None:
            return found.in_year(self.year) if self.year else None
        candidates = [day for year in (around.year - 1, around.year, around.year + 1) if (day := found.in_year(year))]
        near = [day for day in candidates if abs((day - around).days) <= _HALF_YEAR]
        return min(near or candidates, key=lambda day: abs((day - around).days), default=None)

    def _nearest(self, alternatives: Sequence[date]) -> date | None:
        around = self.day or self.anchors.day
        if around is None:
            return None
        return min(alternatives, key=lambda day: abs((day - around).days))

    def _last_day(self, when: When, first: date | None) -> Moment | None:
        last = self._written(when.end_date) if when.end_date is not None else None
        return Moment(day=last, coarse=True) if last is not None and last != first else None

    def _end(self, when: When, clock: ClockMatch, day: date | None, zone: Zone | None) -> Moment | None:
        if clock.end_clock is None or max(clock.end_clock[0] - 23, clock.end_clock[1] - 59) > 0:
            return None
        hour, minute = clock.end_clock
        last = self._written(when.end_date) if when.end_date is not None else None
        if last is None and day is not None:
            last = _later(day, int((hour, minute) < (clock.hour, clock.minute)))
        # the entries below go on from the range's start: what happened within it may be told next
        self.day = day if when.end_date is not None else self.day
        end = replace(clock, hour=hour, minute=minute, second=None, end_clock=None, approximate=False)
        return _moment(last, end, zone, inherited=when.date is None and last is not None)


def _later(day: date, days: int) -> date:
    """The day that many days later; the last there is where the calendar ends."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def _moment(day: date | None, clock: ClockMatch, zone: Zone | None, *, inherited: bool) -> Moment:
    text = f"{clock.hour:02d}:{clock.minute:02d}"
    if clock.second is not None and clock.second < 60:
        text += f":{clock.second:02d}"
    offset = zone.offset_minutes if zone else None
    if zone is not None and offset is None and day is not None:
        offset = zone.offset_at(datetime(day.year, day.month, day.day, clock.hour, clock.minute))
    return Moment(
        day=day,
        clock=text,
        zone=zone.name if zone else None,
        offset_minutes=offset,
        approximate=clock.approximate,
        coarse=clock.coarse,
        day_inherited=inherited,
    )


def written_days(drafts: Sequence[Draft]) -> list[date | None]:
    """For each entry the next day that is written in full at or after it."""
    days: list[date | None] = []
    following: date | None = None
    for draft in reversed(drafts):
        found = draft.when.date if draft.when else None
        if found is not None and found.value is not None and found.year_known and found.day_known:
            following = found.value
        days.append(following)
    return days[::-1]
