"""What values are made of: a value with its place, and a point in time."""

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from typing import Generic, TypeVar

from pmlint.source import Span

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Fact(Generic[T]):
    """A value read from the document, and the words that it was read from."""

    value: T
    text: str
    """As written."""
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A point in time as the document gives it: any part may be missing, none is guessed."""

    day: date | None = None
    """Written or inherited; None where nothing says it."""
    clock: str | None = None
    """`HH:MM` or `HH:MM:SS`, 24 hours, as the document's own clock shows it."""
    zone: str | None = None
    """As written or inherited: `UTC`, `PST`, `+02:00`."""
    offset_minutes: int | None = None
    """East of UTC; None where the zone is unknown or ambiguous."""
    relative_minutes: int | None = None
    """Minutes after the incident's start, for `T+15m`."""
    approximate: bool = False
    coarse: bool = False
    """Given to the hour or the day only."""
    day_inherited: bool = False

    @property
    def iso(self) -> str | None:
        """ISO 8601: date and clock with the known offset, a date alone, or a clock alone."""
        if self.clock is None:
            return self.day.isoformat() if self.day else None
        if self.day is None:
            return self.clock
        offset = "" if self.offset_minutes is None else _offset(self.offset_minutes)
        return f"{self.day.isoformat()}T{self.clock}{offset}"

    @property
    def local(self) -> datetime | None:
        """Date and clock together, without zone; None unless both are known."""
        if self.day is None or self.clock is None:
            return None
        return datetime.combine(self.day, _time(self.clock))

    def minutes_until(self, later: "Moment") -> float | None:
        """Minutes from this moment to `later`, None where their writing does not tell.

        Zones count only where both are known. Clocks without a day that step back have passed midnight.
        """
        if self.relative_minutes is not None and later.relative_minutes is not None:
            return later.relative_minutes - self.relative_minutes
        if self.clock is None or later.clock is None:
            return None
        shift = 0
        if self.offset_minutes is not None and later.offset_minutes is not None:
            shift = self.offset_minutes - later.offset_minutes
        here, there = self.local, later.local
        if here is not None and there is not None:
            return (there - here).total_seconds() / 60 + shift
        return (_minute(later.clock) - _minute(self.clock) + shift) % (24 * 60)


_time = lru_cache(maxsize=1 << 11)(time.fromisoformat)


def _minute(clock: str) -> float:
    hour, minute, *second = clock.split(":")
    return int(hour) * 60 + int(minute) + (int(second[0]) / 60 if second else 0)


def _offset(minutes: int) -> str:
    if minutes == 0:
        return "Z"
    sign = "+" if minutes > 0 else "-"
    return f"{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"
