"""The text of a document: characters, positions, and Markdown blocks that know where they stand."""

from pmlint.source.blocks import (
    Block,
    Cell,
    Code,
    Comment,
    Divider,
    Heading,
    Html,
    Item,
    List,
    Markup,
    Paragraph,
    Quote,
    Row,
    Table,
    walk,
)
from pmlint.source.prose import Mark, Prose
from pmlint.source.span import Position, Span
from pmlint.source.text import Source

__all__ = [
    "Block",
    "Cell",
    "Code",
    "Comment",
    "Divider",
    "Heading",
    "Html",
    "Item",
    "List",
    "Mark",
    "Markup",
    "Paragraph",
    "Position",
    "Prose",
    "Quote",
    "Row",
    "Source",
    "Span",
    "Table",
    "walk",
]
