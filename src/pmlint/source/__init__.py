"""The text of a document: characters, positions, and Markdown blocks that know where they stand."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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

# Findings, settings and reports speak of spans and never of blocks, which take longer to import than all of them.
_HOMES = {"Mark": "prose", "Position": "span", "Prose": "prose", "Source": "text", "Span": "span"}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'pmlint.source' has no attribute '{name}'")
    home = import_module(f"pmlint.source.{_HOMES.get(name, 'blocks')}")
    value = globals()[name] = getattr(home, name)
    return value
