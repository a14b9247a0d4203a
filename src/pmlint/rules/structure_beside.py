"""A length of time beside the start and end that it is told with: "for 41 minutes, from 14:22 to 15:03"."""

from collections.abc import Iterator

from msgspec import Struct

from pmlint.document.clocks import ClockMatch, find_clocks
from pmlint.document.durations import DurationMatch, find_durations
from pmlint.document.model import Postmortem
from pmlint.document.patterns import Patterns
from pmlint.document.sentences import passages
from pmlint.source import Span

_DAY = 24 * 60
_PATTERNS = Patterns(
    behind=r"(?:\son\s[\w ]{4,30})?\s?(?:\(|,\s|\sfrom\s|\sbetween\s)(?:i\.e\.,? |that is,? |from |between )?",
    before=r"\s?(?:\(|,\s|=\s)(?:i\.e\.,? |that is,? |for |a total of )?",
    # What bounds a length, or takes it of something else than the time beside it.
    bounded=(
        r"(?i)\b(?:up to|at (?:most|least)|(?:more|less|fewer|longer|shorter) than|over|under|within|every|each|per|"
        r"first|last|another|further|average|median|another|some|only|in total)\W*$"
    ),
    about=r"(?i)(?:[~≈]|\b(?:about|around|approx\w*\.?|roughly|nearly|almost|circa|ca\.?|some|close to|just \w+))\W*$",
)


class Beside(Struct, frozen=True):
    """A length with the range beside it."""

    span: Span
    text: str
    minutes: float
    about: bool
    start: str
    end: str
    apart: float
    """Minutes from `start` to `end`; across midnight where it ends earlier."""


def beside(doc: Postmortem) -> Iterator[Beside]:
    """Every length of less than a day that start and end stand right beside."""
    for passage in passages(doc):
        text = passage.prose.voice
        if ":" not in text or not (found := find_durations(text)):
            continue
        ranges = [clock for clock in find_clocks(text) if clock.end_clock and not clock.coarse]
        for length in found:
            if not ranges or length.context != "plain" or not 1 <= length.minutes < _DAY:
                continue
            before = text[max(0, length.start - 60) : length.start]
            clock = next((clock for clock in ranges if _stands_beside(text, length, clock)), None)
            if clock and not _PATTERNS.bounded.search(before):
                yield _told(passage.prose.span(length.start, length.end), text, length, clock, before)


def _stands_beside(text: str, length: DurationMatch, clock: ClockMatch) -> bool:
    if clock.start >= length.end:
        return _PATTERNS.behind.fullmatch(text, length.end, clock.start) is not None
    return clock.end <= length.start and _PATTERNS.before.fullmatch(text, clock.end, length.start) is not None


def _told(span: Span, text: str, length: DurationMatch, clock: ClockMatch, before: str) -> Beside:
    hour, minute = clock.end_clock or (clock.hour, clock.minute)
    return Beside(
        span=span,
        text=text[length.start : length.end],
        minutes=length.minutes,
        about=length.approximate or clock.approximate or _PATTERNS.about.search(before) is not None,
        start=f"{clock.hour:02}:{clock.minute:02}",
        end=f"{hour:02}:{minute:02}",
        apart=(60 * (hour - clock.hour) + minute - clock.minute) % _DAY,
    )
