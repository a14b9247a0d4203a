"""The running text of a page: stretches of the author's own words, and the sort of block that each stands in."""

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from pmlint.source import Block, Heading, Html, List, Paragraph, Prose, Quote, Table

Part = Literal["prose", "items", "cells", "headings"]


class Passage(NamedTuple):
    """One stretch of the author's text, and the sort of block that it stands in."""

    prose: Prose
    part: Part
    kinds: frozenset[str] = frozenset()
    """Of the sections around it, once it stands in a document."""


def passages_in(blocks: Iterable[Block], part: Part = "prose") -> Iterator[Passage]:
    """Every passage of `blocks` in reading order; block quotes and code are none."""
    for block in blocks:
        if isinstance(block, Paragraph | Html):
            yield Passage(block.prose, part)
        elif isinstance(block, Heading):
            yield Passage(block.prose, "headings")
        elif isinstance(block, List):
            for item in block.items:
                yield from passages_in(item.blocks, "items")
        elif isinstance(block, Table):
            for row in (block.header, *block.rows):
                for cell in row.cells:
                    yield Passage(cell.prose, "cells")
        elif isinstance(block, Quote):
            continue
