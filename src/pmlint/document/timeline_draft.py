"""A timeline entry as written, before its day, zone and meaning are settled."""

import re

from msgspec import Struct, field
from msgspec.structs import replace

from pmlint.document.clocks import ClockMatch
from pmlint.document.dates import DateMatch
from pmlint.document.stamps import Stamp
from pmlint.document.zones import Zone
from pmlint.source import Prose, Span
from pmlint.source.prose import Mark, Segment

# What a bracket around half of a stamp leaves behind.
_NICK = re.compile(r"<[@+%~&]?(?P<who>[^<>\s]{1,40})>\s*(?=\S)")
_WRAPPED_DASH = re.compile(r"[-–—|:]{1,2}\s+(?=\S)")
_LEFT_OVER = re.compile(r"[)\]）】](?:\s*[-–—:：|])?")


class When(Struct, frozen=True):
    """What an entry says of its time, wherever the parts of it stand."""

    date: DateMatch | None
    clock: ClockMatch | None
    span: Span
    end_date: DateMatch | None = None
    zone: Zone | None = None
    """Of a column head; the entry's own zone stands in `clock`."""

    @classmethod
    def of(cls, stamp: Stamp, prose: Prose) -> "When":
        """The time that a stamp in `prose` gives; its span goes from its first digit or letter to its last."""
        return cls(stamp.date, stamp.clock, prose.span(first_of(stamp), last_of(stamp)), stamp.end_date)

    @property
    def is_day(self) -> bool:
        """Names a day and no time of it."""
        return self.clock is None and self.date is not None


def first_of(stamp: Stamp) -> int:
    """Where the first digit or letter of the time itself stands: after "at" and "around"."""
    return min(part.start for part in (stamp.date, stamp.clock) if part is not None)


def last_of(stamp: Stamp) -> int:
    """Where its last one ends."""
    return max(part.end for part in (stamp.date, stamp.clock, stamp.end_date) if part is not None)


class Draft(Struct):
    """One entry while it is being read; `parts` grow until the next entry begins."""

    when: When | None
    start: int
    end: int
    parts: list[Prose] = field(default_factory=list)
    label: str = ""
    """What the entry calls itself: a phase column, a bold word before its text, the heading that it stands under."""
    phase: str = ""
    """The heading or group that it stands under."""
    actor: str | None = None
    evidence: str | None = None
    own_text: bool = True
    """Whether text stands beside the stamp, not only below it."""
    listed: bool = False
    """Whether a list without stamps stands below it."""
    groups: bool = False
    """Whether stamped entries stand inside it."""
    in_table: bool = False
    told: bool = False
    """Its time stands within a sentence."""
    links: tuple[str, ...] = ()
    """Of cells that are not part of the text."""
    default_year: int | None = None
    course: int | None = None
    """Which incident of the file it belongs to: the section around its timeline."""

    @property
    def is_event(self) -> bool:
        """Gives a time and says what was then, or at least the time of day."""
        return self.when is not None and (bool(self.parts) or self.when.clock is not None)

    def add(self, prose: Prose) -> None:
        """Takes `prose` as more of the entry's text; a dash that was wrapped off its time is none of it."""
        if not self.parts and (dash := _WRAPPED_DASH.match(prose.text)):
            prose = prose.cut(dash.end())
        if prose:
            self.parts.append(prose)
            self.end = max(self.end, prose.span().end)

    def add_after(self, stamp: Stamp, prose: Prose) -> None:
        """Takes what follows the stamp in `prose`, or what stands before it where nothing follows."""
        left_over = _LEFT_OVER.match(prose.text, stamp.end)
        begin = left_over.end() if left_over else stamp.end
        if said := _NICK.match(prose.text, begin):
            self.actor, begin = said["who"], said.end()
        rest = prose.cut(begin)
        self.own_text = bool(rest)
        self.add(rest)
        self.end = max(self.end, prose.span().end)


def joined(parts: list[Prose]) -> Prose:
    """Several passages as one, a line each, every character still knowing its place."""
    if len(parts) == 1:
        return parts[0]
    text: list[str] = []
    segments: list[Segment] = []
    marks: list[Mark] = []
    at = 0
    for number, part in enumerate(parts):
        if number:
            gap = Span(parts[number - 1].span().end, part.span().start)
            segments.append(Segment(at, at + 1, gap.start, max(gap.end, gap.start)))
            text.append("\n")
            at += 1
        segments.extend(segment._replace(start=segment.start + at, end=segment.end + at) for segment in part.segments)
        marks.extend(replace(mark, start=mark.start + at, end=mark.end + at) for mark in part.marks)
        text.append(part.text)
        at += len(part.text)
    return Prose("".join(text), tuple(segments), tuple(marks), parts[0].origin if parts else 0)
