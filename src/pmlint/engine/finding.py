"""What a run gives: findings with everything a reporter needs, and the documents they stand in."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from msgspec import Struct

from pmlint.rules.problem import Confidence, Fix, Level
from pmlint.source.span import Position, Span
from pmlint.source.text import Source

if TYPE_CHECKING:
    from pmlint.engine.card import Card

MASK = "•"
"""What stands for each character of a secret in excerpts and contexts."""


class PlacedEdit(Struct, frozen=True, array_like=True, gc=False):
    """An edit that knows its place as editors name it."""

    span: Span
    start: Position
    end: Position
    text: str


class PlacedFix(Struct, frozen=True, array_like=True, gc=False):
    """A fix whose edits know their places, so that a reporter needs no source."""

    edits: tuple[PlacedEdit, ...]
    title: str
    safe: bool
    leaves: tuple[str, ...] = ()
    """Rules and families that may then ask for what the fix leaves to be written."""

    @classmethod
    def of(cls, fix: Fix, source: Source) -> "PlacedFix":
        """`fix` with the line and column of each edit."""
        edits = tuple(
            PlacedEdit(edit.span, source.position(edit.span.start), source.position(edit.span.end), edit.text)
            for edit in fix.edits
        )
        return cls(edits, fix.title, fix.safe, fix.leaves)


class RelatedPlace(Struct, frozen=True, array_like=True, gc=False):
    """Another place that a finding speaks of, in the same document."""

    span: Span
    start: Position
    end: Position
    message: str
    context: str = ""
    """The whole source line that it starts on, for display; secrets replaced."""


class Finding(Struct, frozen=True, array_like=True, gc=False):
    """One problem, stamped with its rule and place."""

    rule: str
    family: str
    level: Level
    confidence: Confidence
    path: str
    """As given by the user, with forward slashes."""
    span: Span
    """Character offsets into the document."""
    start: Position
    """Line and column from 1, in code points."""
    end: Position
    """The position after the last character."""
    message: str
    help: str
    excerpt: str
    """The words that it points at, one line, secrets replaced."""
    context: str
    """The whole source line that it starts on, for display; secrets replaced."""
    section: str | None
    """Title of the innermost section that it stands in."""
    fingerprint: str
    """Stays the same when the text moves: made of rule and content, not of line numbers."""
    fix: PlacedFix | None = None
    related: tuple[RelatedPlace, ...] = ()


class Crash(Struct, frozen=True, array_like=True, gc=False):
    """A rule that raised: our fault, named so that it can be reported."""

    rule: str
    path: str
    error: str
    """Exception type, message and the innermost line of our own code."""
    origin: str = "pmlint"
    """Whose fault it is: what brings the rule."""


@dataclass(frozen=True, slots=True)
class Checked:
    """One document after its check."""

    path: str
    kind: str
    profile: str
    profile_reason: str
    findings: tuple[Finding, ...]
    score: int | None
    """0 to 100; None where the file is no document of an incident."""
    scores: tuple[tuple[str, int], ...] = ()
    """By dimension, in the order of the published formula."""
    suppressed: int = 0
    """Findings that comments in the document accept."""
    skipped: tuple[tuple[str, str], ...] = ()
    """Rules that did not run on it, each with the reason."""
    crashes: tuple[Crash, ...] = ()
    closes: tuple[str, ...] = ()
    """Why the gate is closed for it: findings at the level to fail on, or a score that is too low."""
    baselined: int = 0
    """Findings that the baseline holds."""
    unchanged: int = 0
    """Findings outside of what was changed, where only that was asked for."""
    fixed: int = 0
    """Findings that were there before this run fixed them."""
    card: "Card | None" = field(default=None, repr=False, compare=False)
    """What the rules across documents need of it."""
    secrets: tuple[Span, ...] | None = field(default=None, repr=False, compare=False)
    """Where credentials stand, that nobody who shows the document may show; None where nobody has looked."""
    content: str | None = field(default=None, repr=False, compare=False)
    """A digest of the bytes that were checked; None where they were no file."""
    text: str | None = field(default=None, repr=False, compare=False)
    """What was checked, its credentials replaced character by character; None where no report asked for it."""


def is_read(document: Checked) -> bool:
    """Whether the text could be had and taken apart; of a file where it could not, nothing else is known."""
    unread = any(finding.rule == "unreadable-document" for finding in document.findings)
    return not unread and all(crash.rule != "parse" for crash in document.crashes)


@dataclass(frozen=True, slots=True)
class Run:
    """Everything that one invocation found, sorted by path and place."""

    version: str
    documents: tuple[Checked, ...]
    warnings: tuple[str, ...] = field(default=())
    """What the user should know about the run itself: nothing matched, a setting that had no effect."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings of all documents."""
        return tuple(finding for document in self.documents for finding in document.findings)

    @property
    def crashes(self) -> tuple[Crash, ...]:
        """All crashes of all documents."""
        return tuple(crash for document in self.documents for crash in document.crashes)

    def count(self, level: Level) -> int:
        """How many findings stand at exactly this level."""
        return sum(finding.level is level for finding in self.findings)
