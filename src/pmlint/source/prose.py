"""Inline text as a reader sees it, each character of it knowing its place in the source."""

import re
from bisect import bisect_left, bisect_right
from functools import cached_property
from itertools import accumulate
from typing import Literal, NamedTuple

from msgspec import Struct

from pmlint.source.quotation import quotations
from pmlint.source.span import Span

MarkKind = Literal["code", "link", "url", "image", "strong", "emphasis", "strike", "html", "quotation"]

# What another voice or a machine says, which is never the author's own wording.
_FOREIGN: frozenset[MarkKind] = frozenset({"code", "url", "image", "html", "quotation"})
_BLANK = "\ufffc"

_URL = re.compile(r"\bhttps?://[^\s<>\"'`|]*[^\s<>\"'`|.,;:!?)\]}*_]")


class Segment(NamedTuple):
    """Text offsets `[start, end)` came from source offsets `[origin, origin_end)`.

    Where both have one length the characters pair off; otherwise (an entity, an escape, a line break with its
    indentation) the text stands for the source as a whole.
    """

    start: int
    end: int
    origin: int
    origin_end: int

    @property
    def linear(self) -> bool:
        """Whether the characters of text and source pair off."""
        return self.end - self.start == self.origin_end - self.origin


class Mark(Struct, frozen=True):
    """Something that stands on a part of the text: `start` and `end` are offsets into `Prose.text`."""

    kind: MarkKind
    start: int
    end: int
    target: str | None = None
    """Where a link or image leads."""


class Prose(Struct, frozen=True, dict=True):
    """The text of one block without its markup: markers gone, entities decoded, line breaks as newlines.

    The segments are in order and cover the text; their origins are in order too, and never overlap.
    """

    text: str
    segments: tuple[Segment, ...]
    marks: tuple[Mark, ...] = ()
    origin: int = 0
    """Where an empty text stands in the source."""

    def __bool__(self) -> bool:
        return bool(self.text.strip())

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """The source span of `text[start:end]`."""
        if end is None:
            if start == 0:
                return self._whole
            end = len(self.text)
        return self._span(start, end)

    @cached_property
    def _whole(self) -> Span:
        return self._span(0, len(self.text))

    def _span(self, start: int, end: int) -> Span:
        if not self.segments:
            return Span(self.origin, self.origin)
        first = self.segments[0]
        if len(self.segments) == 1 and first.linear and 0 <= start <= end <= first.end:  # most text stands so
            return Span(first.origin + start, first.origin + end)
        first = self._segment(start)
        if end <= start:
            here = self._into(first, start)
            return Span(here, here)
        last = self._segment(end - 1)
        return Span(self._into(first, start), self._into(last, end, closing=True))

    def _segment(self, offset: int) -> Segment:
        return self.segments[max(0, bisect_right(self._starts, offset) - 1)]

    @cached_property
    def _starts(self) -> list[int]:
        return [segment.start for segment in self.segments]

    @staticmethod
    def _into(segment: Segment, offset: int, *, closing: bool = False) -> int:
        if segment.linear:
            return segment.origin + min(max(offset - segment.start, 0), segment.end - segment.start)
        if offset >= segment.end:
            return segment.origin_end
        return segment.origin_end if closing else segment.origin

    @cached_property
    def voice(self) -> str:
        """The author's own words: `text` with code, quotations, addresses and images blanked out."""
        if not self.marks:
            return self.text
        pieces, at = [], 0
        for mark in self.marks:
            if mark.kind in _FOREIGN and mark.end > at:
                start = max(mark.start, at)
                pieces += [self.text[at:start], _BLANK * (mark.end - start)]
                at = mark.end
        return "".join([*pieces, self.text[at:]])

    def inside(self, kind: MarkKind, start: int, end: int) -> bool:
        """Whether `text[start:end]` lies wholly under a mark of this kind."""
        return any(
            mark.kind == kind and mark.start <= start and end <= mark.end
            for mark in self._marks_within(start, max(end, start + 1))
        )

    def links(self) -> tuple[Mark, ...]:
        """Links, bare addresses and images, in order."""
        return tuple(mark for mark in self.marks if mark.kind in ("link", "url", "image"))

    def lines(self) -> list["Prose"]:
        """One prose for each line of the text, blank ones left out."""
        parts, start = [], 0
        for line in self.text.split("\n"):
            if line.strip():
                parts.append(self.cut(start, start + len(line)))
            start += len(line) + 1
        return parts

    def cut(self, start: int, end: int | None = None) -> "Prose":
        """The prose of `text[start:end]`, stripped of white space at both ends, places kept."""
        end = len(self.text) if end is None else end
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        if start >= end:
            return Prose("", (), (), self.span(start, start).start)
        if start == 0 and end == len(self.text):
            return self
        first = max(0, bisect_right(self._starts, start) - 1)
        last = bisect_left(self._starts, end)
        segments = tuple(_clip(segment, start, end) for segment in self.segments[first:last] if segment.end > start)
        marks = tuple(
            Mark(mark.kind, max(mark.start, start) - start, min(mark.end, end) - start, mark.target)
            for mark in self._marks_within(start, end)
        )
        return Prose(self.text[start:end], segments, marks, segments[0].origin)

    def _marks_within(self, start: int, end: int) -> list[Mark]:
        """The marks that share a character with `text[start:end]`, found without a look at every mark."""
        if not self.marks:
            return []
        first = bisect_right(self._reach, start)
        last = bisect_left(self._mark_starts, end)
        return [mark for mark in self.marks[first:last] if mark.end > start]

    @cached_property
    def _mark_starts(self) -> list[int]:
        return [mark.start for mark in self.marks]

    @cached_property
    def _reach(self) -> list[int]:
        """How far the marks up to each one reach, which only grows."""
        return list(accumulate((mark.end for mark in self.marks), max))


def _clip(segment: Segment, start: int, end: int) -> Segment:
    low, high = max(segment.start, start), min(segment.end, end)
    if segment.linear:
        shift = segment.origin - segment.start
        return Segment(low - start, high - start, low + shift, high + shift)
    return Segment(low - start, high - start, segment.origin, segment.origin_end)


def found_marks(text: str, marks: list[Mark]) -> tuple[Mark, ...]:
    """`marks` with bare addresses and quotations added, in order of place."""
    found = list(marks)
    # a quotation may hold code, but quote marks inside code open none, and no address runs into code
    bare = _without(text, [mark for mark in marks if mark.kind in ("code", "image")]) if marks else text
    if "://" in bare:
        found.extend(Mark("url", url.start(), url.end(), url[0]) for url in _URL.finditer(bare))
    found.extend(Mark("quotation", start, end) for start, end in quotations(bare))
    return tuple(sorted(found, key=lambda mark: (mark.start, -mark.end)))


def _without(text: str, marks: list[Mark]) -> str:
    """`text` with back-ticks, which neither quote nor belong to an address, in place of what is marked."""
    pieces, at = [], 0
    for mark in sorted(marks, key=lambda mark: mark.start):
        if mark.end > at:
            start = max(mark.start, at)
            pieces += [text[at:start], "`" * (mark.end - start)]
            at = mark.end
    return "".join([*pieces, text[at:]]) if pieces else text
