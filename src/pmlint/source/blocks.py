"""The blocks of a Markdown document, as frozen values with exact spans."""

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from pmlint.source.prose import Prose
from pmlint.source.span import Span


class Heading(Struct, frozen=True):
    """An ATX or setext heading."""

    span: Span
    level: int
    prose: Prose


class Paragraph(Struct, frozen=True):
    """Lines of running text."""

    span: Span
    prose: Prose


class Item(Struct, frozen=True):
    """One list item. `marker` is as written (`-`, `3.`); `checked` is None where there is no task box."""

    span: Span
    marker: str
    checked: bool | None
    blocks: tuple["Block", ...]

    @property
    def prose(self) -> Prose | None:
        """The item's own first paragraph, None where it opens with something else."""
        first = self.blocks[0] if self.blocks else None
        return first.prose if isinstance(first, Paragraph) else None


class List(Struct, frozen=True):
    """A bullet or numbered list."""

    span: Span
    ordered: bool
    items: tuple[Item, ...]


class Cell(Struct, frozen=True):
    """One table cell."""

    span: Span
    prose: Prose


class Row(Struct, frozen=True):
    """One table row, with as many cells as the table has columns."""

    span: Span
    cells: tuple[Cell, ...]


class Table(Struct, frozen=True):
    """A GFM table."""

    span: Span
    header: Row
    rows: tuple[Row, ...]


class Quote(Struct, frozen=True):
    """A block quote: another voice."""

    span: Span
    blocks: tuple["Block", ...]


class Code(Struct, frozen=True):
    """A fenced or indented code block; `lines` are its lines as prose without any markup."""

    span: Span
    info: str
    lines: tuple[Prose, ...]


class Html(Struct, frozen=True):
    """Raw HTML; `prose` is what a browser would show of it."""

    span: Span
    prose: Prose


class Divider(Struct, frozen=True):
    """A thematic break."""

    span: Span


Block = Heading | Paragraph | List | Table | Quote | Code | Html | Divider


class Comment(Struct, frozen=True):
    """An HTML comment; `text` is what stands between its marks."""

    span: Span
    text: str


class FrontMatter(Struct, frozen=True):
    """The block of settings that opens a document."""

    span: Span
    syntax: str
    """`yaml` or `toml`."""
    entries: tuple["FrontMatterEntry", ...]
    error: "FrontMatterError | None" = None


class FrontMatterEntry(Struct, frozen=True):
    """One key of the front matter (dotted where nested) with its value and both places."""

    key: str
    value: Any
    key_span: Span
    span: Span


class FrontMatterError(Struct, frozen=True):
    """Why front matter could not be read, in the parser's own words."""

    span: Span
    reason: str


class Markup(Struct, frozen=True):
    """A document as blocks: what `read_markup` gives."""

    blocks: tuple[Block, ...]
    comments: tuple[Comment, ...]
    front_matter: FrontMatter | None = None


def walk(blocks: tuple[Block, ...], *, quotes: bool = True) -> Iterator[Block]:
    """Every block below `blocks` in reading order, items and quotes opened; `quotes=False` skips quotes."""
    for block in blocks:
        if isinstance(block, Quote) and not quotes:
            continue
        yield block
        if isinstance(block, List):
            for item in block.items:
                yield from walk(item.blocks, quotes=quotes)
        elif isinstance(block, Quote):
            yield from walk(block.blocks, quotes=quotes)
