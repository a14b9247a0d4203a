"""A length of time beside the start and end that it is told with: "for 41 minutes, from 14:22 to 15:03"."""

import re
from collections.abc import Iterator

from msgspec import Struct

from pmlint.document.durations import DurationMatch, find_durations
from pmlint.document.model import Postmortem
from pmlint.document.patterns import Patterns
from pmlint.document.sentences import passages
from pmlint.source import Span

_DAY = 24 * 60
_CLOCK = r"(?<![\d:.])([01]?\d|2[0-3]):([0-5]\d)(?![\d:])\s?((?i:[ap]\.?m\b\.?))?(?:\s?(?!AND\b|TO\b)[A-Z]{2,4}\b)?"
_RANGE = rf"{_CLOCK}\s?(?:[-–—]|to|until|till|and)\s?{_CLOCK}"
_PATTERNS = Patterns(
    behind=(
        r"(?:\son\s[\w ]{4,30})?\s?(?:\(|,\s|\sfrom\s|\sbetween\s)(?:i\.e\.,? |that is,? |from |between )?"
        rf"{_RANGE}"
    ),
    before=rf"{_RANGE}\s?(?:\(|,\s|=\s)(?:i\.e\.,? |that is,? |for |a total of )?$",
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
        for length in found:
            if length.context != "plain" or not 1 <= length.minutes < _DAY:
                continue
            before = text[max(0, length.start - 60) : length.start]
            ends = _PATTERNS.behind.match(text, length.end) or _PATTERNS.before.search(before)
            if ends and not _PATTERNS.bounded.search(before):
                yield _told(passage.prose.span(length.start, length.end), text, length, ends, before)


def _told(span: Span, text: str, length: DurationMatch, ends: re.Match[str], before: str) -> Beside:
    hour, minute, half, end_hour, end_minute, end_half = ends.groups()
    start = _of_day(hour, minute, half or (end_half if int(hour) <= int(end_hour) else None))
    end = _of_day(end_hour, end_minute, end_half)
    return Beside(
        span=span,
        text=text[length.start : length.end],
        minutes=length.minutes,
        about=length.approximate or _PATTERNS.about.search(before) is not None,
        start=f"{hour}:{minute}",
        end=f"{end_hour}:{end_minute}",
        apart=(end - start) % _DAY,
    )


def _of_day(hour: str, minute: str, half: str | None) -> int:
    hours = int(hour)
    if half:
        hours = hours % 12 + (12 if half.lower().startswith("p") else 0)
    return hours * 60 + int(minute)
