"""How many lines of a part of a document open with a timestamp."""

from collections.abc import Iterator

from pmlint.document.stamps import leading_stamp
from pmlint.source import Block, Code, Html, List, Paragraph, Prose, Quote, Table


def entry_lines(blocks: tuple[Block, ...]) -> Iterator[Prose]:
    """Each line that could be an entry: of paragraphs, items, code; the first cells of a table row together."""
    for block in blocks:
        match block:
            case Paragraph() | Html():
                yield from block.prose.lines()
            case List():
                for item in block.items:
                    yield from entry_lines(item.blocks)
            case Table():
                for row in block.rows:
                    yield from (cell.prose for cell in row.cells[:3] if cell.prose)
            case Code():
                yield from block.lines
            case Quote():
                yield from entry_lines(block.blocks)
            case _:
                pass


def count_stamped(blocks: tuple[Block, ...]) -> int:
    """How many of those lines open with a timestamp."""
    return sum(leading_stamp(line.text) is not None for line in entry_lines(blocks))
