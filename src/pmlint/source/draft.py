"""A prose in the making: text written piece by piece, each piece with its place."""

from bisect import bisect_left, bisect_right

from pmlint.source.prose import Mark, MarkKind, Prose, Segment, found_marks
from pmlint.source.span import Span


class Places:
    """Where each character of a block's content (its lines without quote marks and indents) stands in the source."""

    def __init__(self, segments: list[Segment]) -> None:
        self._segments = segments
        self._starts = [segment.start for segment in segments]

    def pieces(self, start: int, end: int) -> list[Segment]:
        """The source of `content[start:end]`, cut where it is not continuous; offsets are the content's."""
        every = self._segments
        if every and start <= every[0].start and every[-1].end <= end:
            return [segment for segment in every if segment.end > segment.start]
        pieces = []
        first, after = max(0, bisect_right(self._starts, start) - 1), bisect_left(self._starts, end)
        for segment in self._segments[first:after]:
            low, high = max(segment.start, start), min(segment.end, end)
            if low < high:
                if segment.linear:
                    shift = segment.origin - segment.start
                    pieces.append(Segment(low, high, low + shift, high + shift))
                else:
                    pieces.append(Segment(low, high, segment.origin, segment.origin_end))
        return pieces

    def span(self, start: int, end: int) -> Span:
        """The source span of `content[start:end]`."""
        pieces = self.pieces(start, end)
        if pieces:
            return Span(pieces[0].origin, pieces[-1].origin_end)
        near = self._segments[max(0, bisect_right(self._starts, start) - 1)] if self._segments else None
        here = near.origin + min(max(start - near.start, 0), near.origin_end - near.origin) if near else 0
        return Span(here, here)


class Draft:
    """Collects text, segments and marks of one block; offsets given to it are those of the block's content."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.length = 0
        self._parts: list[str] = []
        self._segments: list[Segment] = []
        self._marks: list[Mark] = []
        self._open: list[tuple[MarkKind, int, str | None]] = []

    def write(self, text: str, start: int, end: int) -> None:
        """Add `text`, which `content[start:end]` stands for."""
        if not text:
            return
        if end - start == len(text):
            for piece in self.places.pieces(start, end):
                shift = self.length - start
                self._segments.append(Segment(piece.start + shift, piece.end + shift, piece.origin, piece.origin_end))
        else:
            span = self.places.span(start, end)
            self._segments.append(Segment(self.length, self.length + len(text), span.start, span.end))
        self._parts.append(text)
        self.length += len(text)

    def ends_in_space(self) -> bool:
        return not self._parts or self._parts[-1][-1].isspace()

    def mark(self, kind: MarkKind, start: int, target: str | None = None) -> None:
        """Mark what was written since `start`, an offset into the text."""
        self._marks.append(Mark(kind, start, self.length, target))

    def open(self, kind: MarkKind, target: str | None = None) -> None:
        self._open.append((kind, self.length, target))

    def close(self, kind: MarkKind) -> None:
        """End the innermost open mark of this kind; where there is none, nothing happens."""
        for index in range(len(self._open) - 1, max(-1, len(self._open) - _OPEN_AT_ONCE), -1):
            if self._open[index][0] == kind:
                _, start, target = self._open.pop(index)
                self.mark(kind, start, target)
                return

    def prose(self, at: int = 0) -> Prose:
        """The prose so far; an empty one stands where offset `at` of the content stands."""
        text = "".join(self._parts)
        here = self._segments[0].origin if self._segments else self.places.span(at, at).start
        return Prose(text, tuple(self._segments), found_marks(text, self._marks), here)


_OPEN_AT_ONCE = 100
"""How far back a closing tag is matched; without a limit, tags that are never closed would cost a square."""


def plain(text: str, segments: list[Segment]) -> Prose:
    """Text without any inline markup (code lines, raw HTML) as prose."""
    return Prose(text, tuple(segments), (), segments[0].origin if segments else 0)
