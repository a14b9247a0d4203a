"""A document's characters and the arithmetic between offsets and lines."""

import re
from bisect import bisect_right
from functools import cached_property

from pmlint.source.span import Position, Span

# CommonMark's line endings, and only these: str.splitlines would also cut at form feeds and U+2028.
_LINE_END = re.compile(r"\r\n?|\n")


class Source:
    """The text of one document, never changed, with its line index.

    Offsets count code points from 0. Lines count from 1; a text that ends in a newline has no empty last
    line.
    """

    def __init__(self, text: str, path: str | None = None) -> None:
        self.text = text
        self.path = path

    def __repr__(self) -> str:
        return f"Source({len(self.text)} characters, path={self.path!r})"

    def __getitem__(self, span: Span) -> str:
        return self.text[span[0] : span[1]]

    @cached_property
    def lines(self) -> tuple[Span, ...]:
        """The span of each line, without its line ending."""
        spans, start = [], 0
        for end in _LINE_END.finditer(self.text):
            spans.append(Span(start, end.start()))
            start = end.end()
        if start < len(self.text):
            spans.append(Span(start, len(self.text)))
        return tuple(spans)

    @cached_property
    def _starts(self) -> list[int]:
        return [line.start for line in self.lines]

    def line_at(self, offset: int) -> int:
        """The number, from 1, of the line that holds `offset`."""
        return max(1, bisect_right(self._starts, offset))

    def line(self, number: int) -> Span:
        """The span of line `number` (from 1), empty where there is none."""
        if 1 <= number <= len(self.lines):
            return self.lines[number - 1]
        return Span(len(self.text), len(self.text))

    def position(self, offset: int) -> Position:
        """Line and column of `offset`."""
        number = self.line_at(offset)
        start = self._starts[number - 1] if self._starts else 0
        return Position(number, offset - start + 1)

    @cached_property
    def newline(self) -> str:
        """The line ending that the document uses first, a line feed where it has none."""
        found = _LINE_END.search(self.text)
        return found[0] if found else "\n"
