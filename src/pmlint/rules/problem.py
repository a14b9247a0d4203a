"""What a check yields, and how a change of text is described; light to import."""

from enum import IntEnum

from msgspec import Struct

from pmlint.source.span import Position, Span


class Level(IntEnum):
    """How much a finding matters; errors close the gate."""

    OFF = 0
    INFO = 1
    WARNING = 2
    ERROR = 3

    def __str__(self) -> str:
        return self._name_.lower()


class Confidence(IntEnum):
    """How sure a rule is that a good reviewer would agree."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3

    def __str__(self) -> str:
        return self._name_.lower()


class Edit(Struct, frozen=True):
    """Replace the characters of `span` by `text`."""

    span: Span
    text: str


class Fix(Struct, frozen=True):
    """Edits that belong together, applied all or not at all."""

    edits: tuple[Edit, ...]
    title: str
    """What it does, as an imperative: "write the date as 2026-03-04"."""
    safe: bool
    """Safe fixes change layout or wording and never a fact."""
    leaves: tuple[str, ...] = ()
    """Rules and families that may then ask for what the fix leaves to be written; any other that does forbids it."""


class Related(Struct, frozen=True):
    """Another place that a problem speaks of."""

    span: Span
    message: str


class Problem(Struct, frozen=True):
    """What a check yields: a place and what is wrong there. It knows no rule, level or path."""

    span: Span
    message: str
    help: str = ""
    """What a good answer looks like in this very place; the rule's own help where empty."""
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
    level: Level | None = None
    """Only to speak more softly than the rule does: it never raises the level."""
    confidence: Confidence | None = None


class Place(Struct, frozen=True, array_like=True):
    """A place with all that a finding shows of it."""

    span: Span
    start: Position
    end: Position
    excerpt: str
    context: str
    section: str | None
