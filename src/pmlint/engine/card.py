"""What is kept of each document for the rules that read all of them."""

from msgspec import Struct, msgpack

from pmlint.rules.digest import Digest
from pmlint.rules.problem import Level
from pmlint.source.span import Span


class Card(Struct, frozen=True, array_like=True):
    """What is kept of a document for the rules that read all of them."""

    levels: tuple[tuple[str, Level], ...]
    """Of the rules across documents that are on for it."""
    digests: tuple[Digest, ...]
    silenced: frozenset[tuple[str, Span]] = frozenset()
    """Rule and place of what the document itself has accepted."""


CARD = msgpack.Decoder(tuple[Card | None])
"""How a card is read that was kept, or that there is none."""
