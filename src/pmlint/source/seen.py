"""What a reader sees of a document outside of some places, to tell how far a change reached."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pmlint.source.blocks import Block, Code, Divider, Heading, Html, Item, List, Markup, Paragraph, Quote, Table
from pmlint.source.prose import Prose
from pmlint.source.span import Span

Seen = tuple[Any, ...]
"""A block or the start or end of one, and its words."""


def seen(markup: Markup, without: Iterable[Span]) -> tuple[Seen, ...]:
    """Blocks and their words in reading order, front matter first.

    What lies in one of the places `without`, which do not overlap, is left out.
    """
    view = _View(sorted(without))
    return (*view.front_matter(markup), *view.blocks(markup.blocks))


class _View:
    """A look at a document past the places that are left out."""

    def __init__(self, without: Sequence[Span]) -> None:
        self._without = without
        self._ends = [place.end for place in without]

    def front_matter(self, markup: Markup) -> Iterator[Seen]:
        for entry in markup.front_matter.entries if markup.front_matter else ():
            if not self._meets(entry.span):
                yield "front matter", entry.key, repr(entry.value)

    def blocks(self, blocks: Sequence[Block]) -> Iterator[Seen]:
        for block in blocks:
            if not self._holds(block.span):
                yield from self._block(block)

    def _block(self, block: Block) -> Iterator[Seen]:
        match block:
            case Heading():
                yield "heading", block.level, self._words(block.prose)
            case Paragraph():
                yield "paragraph", self._words(block.prose)
            case List():
                yield "list", block.ordered
                for item in block.items:
                    if not self._holds(item.span):
                        yield from self._item(item)
                yield ("end of list",)
            case Table():
                for row in (block.header, *block.rows):
                    yield "row", *(self._words(cell.prose) for cell in row.cells)
            case Quote():
                yield ("quote",)
                yield from self.blocks(block.blocks)
                yield ("end of quote",)
            case Code():
                yield "code", block.info, *(self._words(line) for line in block.lines)
            case Html():
                yield "html", self._words(block.prose)
            case Divider():
                yield ("divider",)

    def _item(self, item: Item) -> Iterator[Seen]:
        yield "item", item.checked
        yield from self.blocks(item.blocks)

    def _words(self, prose: Prose) -> str:
        """The words of `prose`; white space counts as one blank, as a browser shows it."""
        pieces: list[str] = []
        for segment in prose.segments:
            text, place = prose.text[segment.start : segment.end], Span(segment.origin, segment.origin_end)
            if not segment.linear:
                pieces.append("" if self._meets(place) else text)
                continue
            at = place.start
            for gap in self._among(place):
                pieces.append(text[at - place.start : max(at, gap.start) - place.start])
                at = max(at, gap.end)
            pieces.append(text[max(0, at - place.start) :])
        return " ".join("".join(pieces).split())

    def _among(self, place: Span) -> Iterator[Span]:
        """The places left out that share a character with this one."""
        for gap in self._without[max(0, bisect_left(self._ends, place.start)) :]:
            if gap.start >= place.end:
                return
            if gap.end > place.start:
                yield gap

    def _meets(self, place: Span) -> bool:
        return next(self._among(place), None) is not None

    def _holds(self, place: Span) -> bool:
        at = bisect_left(self._ends, place.end)
        return at < len(self._without) and self._without[at].start <= place.start
