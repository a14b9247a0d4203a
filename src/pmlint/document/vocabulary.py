"""What a house adds to the words that pmlint knows."""

from typing import Literal

from msgspec import Struct, field


class Vocabulary(Struct, frozen=True):
    """Additions to the shipped words, as a configuration gives them."""

    headings: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Section kind to further names of it: `{"timeline": ("chronik",)}`."""
    fields: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Metadata field to further keys."""
    layers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Layer to further words that decide for it."""
    statuses: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Action status to further words for it."""
    people: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    date_order: Literal["dmy", "mdy"] | None = None
    """How `03/04/2026` is meant in this house; None leaves it ambiguous."""
    timezone: str | None = None
    """What a time without any zone is in."""


STANDARD = Vocabulary()
