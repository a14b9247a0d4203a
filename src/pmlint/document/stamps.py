"""The timestamp that an entry begins with, whatever decorates it, and where the entry's own text starts."""

import re
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from pmlint.document.clocks import ClockMatch, clock_at, find_clocks
from pmlint.document.dates import WEEKDAY, DateMatch, Order, dates_at, weekday_name
from pmlint.document.patterns import Patterns
from pmlint.document.zones import Zone, zone_at


class Stamp(Struct, frozen=True):
    """When an entry says it happened; `end` is where its own text starts.

    A weekday alone is a date without a value. `end_date` is the other side of a range that has dates on both.
    """

    start: int
    end: int
    date: DateMatch | None
    clock: ClockMatch | None
    end_date: DateMatch | None = None


@lru_cache(maxsize=1 << 10)  # headings, lines and cells are asked several times, and clocks come again
def leading_stamp(
    text: str, *, order: Order | None = None, default_year: int | None = None, dotted: bool = True
) -> Stamp | None:
    """The timestamp at the beginning of an entry; `dotted` allows 13.41."""
    opening = _PATTERNS.opening.match(text)
    start = opening.end() if opening else 0
    reading = _Reading(text, order, default_year, dotted)
    stamp = reading.stamp(start)
    if stamp is None and (numbered := _PATTERNS.number.match(text, start)):
        start = numbered.end()
        stamp = reading.stamp(start)
    if stamp is None:
        return None
    openers = text[:start]
    end = _own_text(text, stamp.end, openers)
    if not _is_set_off(text, stamp, end):
        return None
    return replace(stamp, end=end)


def is_stamp(text: str) -> bool:
    """Whether the text is nothing but a timestamp."""
    stamp = leading_stamp(text)
    return stamp is not None and not re.search(r"[^\W_]", text[stamp.end :])


_PATTERNS = Patterns(
    opening=(r"(?:</?[a-z]{1,6}>|[^\w<$%@+]|_){0,24}"),
    number=(r"[0-9]{1,3}[.)](?:\s|\*|`){1,4}"),
    lead=(
        r"(?i:at|on|around|about|approx(?:imately)?\.?|circa|ca?\.|roughly|from|by|since|until|between|time|date"
        r"|start(?:ed)?|end(?:ed)?|just\s(?:before|after)|shortly\s(?:before|after)|約)(?:\s?:)?[\s*`~≈]{0,4}"
    ),
    day_number=(r"(?i:day)\s(?P<n>[0-9]{1,3})[\s,:*`@—–-]{1,4}(?:at\s)?"),
    next_day=(r"(?i:(?:the\s)?(?:next|following)\s(?:day|morning|afternoon|evening))[\s,:*`@—–-]{1,4}(?i:at\s)?"),
    weekday=(rf"(?P<day>{WEEKDAY})(?![A-Za-z])\.?(?:\s(?:morning|noon|afternoon|evening|night)(?![A-Za-z]))?"),
    join=(
        r"[Tt](?=[0-9])|[\s,*_`\]\[()（）|;:@~≈/]{1,6}(?:(?i:at|on|the|around|about|approx\.?|ca?\.|~)[\s*_`]{1,3})?"
        r"|\s?[-–—]\s?(?=[~0-9])|(?=[午上下凌晚早翌])"
    ),
    through=(r"[*_`\])]{0,3}\s{0,2}(?:[-–—~→]|->|to|until|till|through)\s{0,2}[*_`\[(]{0,3}"),
    aside=(r"\s?[(（]([^()（）\n]{1,60})[)）]|\s?/\s?(?=[0-9])"),
    suffix=(
        r"\s?(?:頃|ごろ|ころ|左右|-?ish(?![A-Za-z])|\(?(?i:approx(?:\.|imately|imate)?|estimated|est\.)(?![A-Za-z])\)?"
        r"|\(\?\)"
        r"|(?:hrs|hours|h|Uhr)(?![A-Za-z])|[?~]|に)"
    ),
    tail=(r"(?:\.[0-9]|[0-9%°×/$_A-Za-z])"),
    unit=(
        r"\s?(?:%|×|(?i:seconds?|secs?|s|ms|minutes?|mins?|hours?|hrs?|h|days?|percent|[kmgtp]i?b|x|million"
        r"|billion|thousand|k|m|times"
        r"|usd|eur|requests?|req|rps|qps|users?|lts|per|of|and)(?![A-Za-z])|(?:version|release)(?![A-Za-z]))"
    ),
    separator=(r"-{1,3}>|={1,2}>|-{1,3}(?![0-9])|[–—:：,，、;；=→|・•](?!/)|\.(?=\s|$)|>(?=\s)|\\?-(?=\s)"),
)


class _Reading(Struct, frozen=True):
    text: str
    order: Order | None
    default_year: int | None
    dotted: bool

    def stamp(self, start: int) -> Stamp | None:
        position = start
        for _ in range(2):  # "at around"
            if lead := _PATTERNS.lead.match(self.text, position):
                position = lead.end()
        first_day = _PATTERNS.day_number.match(self.text, position)
        counted = first_day or _PATTERNS.next_day.match(self.text, position)
        if counted:
            position = counted.end()
        stamp = self._moment(position)
        if stamp is None or (counted and stamp.clock is None):
            return None
        if counted and stamp.clock:
            later = max(0, int(first_day["n"]) - 1) if first_day else 1
            stamp = replace(stamp, clock=replace(stamp.clock, day_offset=stamp.clock.day_offset + later))
        stamp = self._through(stamp)
        return replace(stamp, start=start, end=self._after_asides(stamp.end))

    def _moment(self, start: int) -> Stamp | None:
        """A date, a clock, or both in either order."""
        day = self._day(start)
        if day:
            clock = self._clock(self._joined(day.end)) if day.day_known else None
            return Stamp(start, clock.end if clock else day.end, day, clock)
        clock = self._clock(start)
        if clock is None:
            return None
        day = self._day(self._joined(clock.end))
        zone = None if clock.zone or not day else self._zone(day.end)
        if day and zone:
            return Stamp(start, zone[1], day, replace(clock, zone=zone[0]))
        return Stamp(start, day.end if day else clock.end, day, clock)

    def _joined(self, end: int) -> int:
        join = _PATTERNS.join.match(self.text, end)
        return join.end() if join else end

    def _zone(self, end: int) -> tuple[Zone, int] | None:
        return zone_at(self.text, self._joined(end))

    def _day(self, start: int) -> DateMatch | None:
        if start >= len(self.text):
            return None
        found = dates_at(self.text, start, order=self.order, default_year=self.default_year)
        if found:
            return found[0]
        named = _PATTERNS.weekday.match(self.text, start)
        if named is None:
            return None
        return DateMatch(*named.span(), None, year_known=False, day_known=True, weekday=weekday_name(named["day"]))

    def _clock(self, start: int) -> ClockMatch | None:
        clock = clock_at(self.text, start)
        if clock is None and self.dotted:
            clock = self._dotted(start)
        if clock is None or clock.end_clock:
            return clock
        counts = re.compile(r"\s(?:minutes?|mins?|seconds|secs?|hours?\s(?:later|after|before))(?![A-Za-z])")
        return None if clock.relative_minutes is None and counts.match(self.text, clock.end) else clock

    def _dotted(self, start: int) -> ClockMatch | None:
        """13.41 at the head of an entry: two digits each, an hour that exists, nothing that it measures."""
        clock = clock_at(self.text, start, dotted=True)
        if clock is None or not clock.valid:
            return None
        two_digits = self.text[start + 2 : start + 3] == "."
        return clock if two_digits and not _PATTERNS.unit.match(self.text, clock.end) else None

    def _through(self, stamp: Stamp) -> Stamp:
        """The range whose end has a date of its own, or follows an approximate or decorated clock."""
        days = dates_at(self.text, stamp.date.start, order=self.order) if stamp.date else ()
        if len(days) == 2 and stamp.clock is None:
            return replace(stamp, end=days[1].end, end_date=days[1])
        through = _PATTERNS.through.match(self.text, stamp.end)
        if through is None or (stamp.clock and (stamp.clock.end_clock or stamp.clock.relative_minutes)):
            return stamp
        last = self._moment(through.end())
        if last is None:
            return stamp
        if stamp.clock is None:
            alike = last.date and last.clock is None and last.date.month
            return replace(stamp, end=last.end, end_date=last.date) if alike else stamp
        if last.clock is None or last.clock.relative_minutes is not None:
            return stamp
        clock = replace(
            stamp.clock,
            end_clock=(last.clock.hour, last.clock.minute),
            zone=stamp.clock.zone or last.clock.zone,
        )
        return replace(stamp, end=last.end, clock=clock, end_date=last.date)

    def _after_asides(self, end: int) -> int:
        """The end after "(6:48 PDT)", "頃", "(approx)": what else is said about the same moment."""
        for _ in range(4):
            if suffix := _PATTERNS.suffix.match(self.text, end):
                end = suffix.end()
                continue
            aside = _PATTERNS.aside.match(self.text, end)
            if aside is None:
                break
            if aside[1] is None:
                other = self._moment(aside.end())
                if other is None:
                    break
                end = other.end
            elif self._tells_time(aside[1]):
                end = aside.end()
            else:
                break
        return end

    def _tells_time(self, inside: str) -> bool:
        clocks = find_clocks(inside)
        rest = inside
        for clock in reversed(clocks):
            rest = rest[: clock.start] + rest[clock.end :]
        zone = zone_at(rest, len(rest) - len(rest.lstrip()))
        if zone:
            rest = rest[zone[1] :]
        rest = re.sub(r"(?i)approx\w*|about|local|time|next day|day|\+[0-9]d?", "", rest)
        return bool(clocks or zone) and not re.search(r"[^\W_]", rest)


def _own_text(text: str, end: int, openers: str) -> int:
    """Where the text after the stamp starts: closers of what was opened, blanks and a separator passed."""
    separators = 0
    pending = {mark: openers.count(mark) for mark in "*_`[(~\"'"}
    closing = {"]": "[", ")": "("}
    while end < len(text):
        mark = text[end]
        opener = closing.get(mark, mark)
        if mark.isspace():
            end += 1
        elif pending.get(opener, 0) > 0 and not (mark in "*_`" and _opens(text, end)):
            pending[opener] -= 1
            end += 1
        elif tag := re.compile(r"</[a-z]{1,6}>").match(text, end):
            end = tag.end()
        elif separators < 2 and (separator := _PATTERNS.separator.match(text, end)):
            separators += 1
            end = separator.end()
        else:
            break
    return end


def _opens(text: str, position: int) -> bool:
    """Whether an emphasis mark there opens what follows rather than closes what came."""
    return text[position - 1].isspace() and not text[position + 1 : position + 2].isspace()


def _is_set_off(text: str, stamp: Stamp, end: int) -> bool:
    """Whether the stamp ends like one: "Monday" or "May 2021" or "noon" also begin plain sentences."""
    if end == stamp.end and end < len(text):
        return not _PATTERNS.tail.match(text, end)
    between = text[stamp.end : end]
    day = stamp.date
    is_weekday = day is not None and day.weekday is not None and not (day.month or day.ambiguous)
    part_of_day = is_weekday and " " in text[stamp.start : stamp.end].strip()
    words_only = stamp.clock is None and day is not None and ((is_weekday and not part_of_day) or not day.day_known)
    if stamp.clock and stamp.clock.coarse and stamp.date is None and text[stamp.start].isalpha():
        words_only = stamp.clock.zone is None and not _PATTERNS.lead.match(text, stamp.start)
    return not words_only or end >= len(text) or not between.isspace()
