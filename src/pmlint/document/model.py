"""The typed postmortem: what is read from a document, every value with the place that it came from.

Plain frozen classes, since a check must not wait for more; `published` makes of them the pydantic model that programs
get.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from pmlint.document.hints import Hints, ones
from pmlint.document.leads import leads
from pmlint.document.passages import Passage, passages_in
from pmlint.document.values import Fact, Moment
from pmlint.source import Block, Markup, Prose, Source, Span

NO_PROSE = Prose("", ())
_NOWHERE = Span(0, 0)

_UNSHOWN = {"exclude": True}
"""Of a field that is the text itself: what a published model leaves out of its JSON."""


def _said(prose: Prose) -> str:
    """All words of a text; what is blanked out of the author's own may leave the end of a word."""
    return prose.text if prose.voice == prose.text else f"{prose.text}\n{prose.voice}"


class Kind(StrEnum):
    """What sort of document it is."""

    POSTMORTEM = "postmortem"
    INCIDENT = "incident"
    STATUS_UPDATE = "status-update"
    CHECKPOINT = "checkpoint"
    OTHER = "other"
    """No document of an incident: a README, a runbook, a guide."""


class SectionKind(StrEnum):
    """The parts of a postmortem, whatever a house calls them."""

    SUMMARY = "summary"
    IMPACT = "impact"
    DETECTION = "detection"
    RESPONSE = "response"
    TIMELINE = "timeline"
    ROOT_CAUSE = "root_cause"
    TRIGGER = "trigger"
    CONTRIBUTING_FACTORS = "contributing_factors"
    FIVE_WHYS = "five_whys"
    MITIGATION = "mitigation"
    RESOLUTION = "resolution"
    WENT_WELL = "went_well"
    WENT_WRONG = "went_wrong"
    GOT_LUCKY = "got_lucky"
    ACTION_ITEMS = "action_items"
    LESSONS = "lessons"
    PREVENTION = "prevention"
    COMMUNICATION = "communication"
    ROLES = "roles"
    FOLLOW_UP = "follow_up"
    RELATED = "related"
    APPENDIX = "appendix"
    SIGN_OFF = "sign_off"
    PUBLICATION = "publication"
    GLOSSARY = "glossary"
    METADATA = "metadata"
    TITLE = "title"
    UNKNOWN = "unknown"


class Milestone(StrEnum):
    """What an event marks in the course of an incident."""

    START = "start"
    DETECTION = "detection"
    RESPONSE = "response"
    COMMUNICATION = "communication"
    MITIGATION = "mitigation"
    RESOLUTION = "resolution"
    DECISION = "decision"


class Layer(StrEnum):
    """Where in the system of people, code and organisation a contributing factor lies."""

    TECHNICAL = "technical"
    OPERATIONAL = "operational"
    DETECTION = "detection"
    CHANGE = "change"
    ORGANIZATIONAL = "organizational"


class Category(StrEnum):
    """What an action item is for."""

    PREVENT = "prevent"
    DETECT = "detect"
    MITIGATE = "mitigate"
    LEARN = "learn"


class ActionStatus(StrEnum):
    """How far an action item is."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    WONT_DO = "wont_do"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The part under one heading (or a bold line that serves as one)."""

    title: str
    title_span: Span
    span: Span
    """From the heading to the next one of the same or a higher level."""
    kinds: tuple[SectionKind, ...]
    """Canonical kinds, several for a merged heading; `unknown` where nobody knows it."""
    level: int
    """1 to 6; a bold label stands one below the heading that it is under."""
    parent: int | None
    """Index of the enclosing section in `Postmortem.sections`."""
    blocks: tuple[Block, ...] = field(default=(), repr=False, metadata=_UNSHOWN)
    """What stands directly under the heading, up to the next heading of any level."""

    def is_a(self, *kinds: SectionKind | str) -> bool:
        """Whether it is of one of these kinds."""
        return any(map(kinds.__contains__, self.kinds))


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One key and value of the document's metadata, wherever it was written."""

    key: str
    """As written."""
    name: str | None
    """The field that it is known as (`severity`), None where nobody knows the key."""
    value: str
    key_span: Span
    span: Span
    """Of the value."""
    origin: str
    """`front matter`, `pair`, `table`, `heading`, `title`, `path`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One entry of the timeline."""

    at: Moment | None
    """None where the entry has no timestamp."""
    until: Moment | None = None
    """The end of a range."""
    text: str
    actor: str | None = None
    evidence: str | None = None
    """Of an Evidence column; empty string where the column exists and the cell is empty."""
    milestones: tuple[Milestone, ...] = ()
    span: Span
    """The whole entry."""
    stamp_span: Span | None = None
    text_span: Span
    links: tuple[str, ...] = ()
    prose: Prose = field(default=NO_PROSE, repr=False, metadata=_UNSHOWN)
    """`text` with its places and marks; rules point into it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """All events in reading order."""

    events: tuple[Event, ...] = ()
    zone: Fact[str] | None = None
    """What the document says all its times are in."""
    zones: tuple[Fact[str], ...] = ()
    """Every zone that is written anywhere with these times."""

    def marking(self, milestone: Milestone) -> tuple[Event, ...]:
        """The events that mark `milestone`."""
        return tuple(event for event in self.events if milestone in event.milestones)


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """One contributing factor or cause that the document offers."""

    text: str
    span: Span
    layer: Layer | None
    layer_words: tuple[str, ...] = ()
    """The words that decided the layer."""
    source: str = "factor"
    """`factor`, `root cause`, `trigger`, `latent condition`, `why`."""
    is_person: bool = False
    """Names a person and nothing else: no factor in the sense of the rules."""
    links: tuple[str, ...] = ()
    prose: Prose = field(default=NO_PROSE, repr=False, metadata=_UNSHOWN)
    """`text` with its places and marks; rules point into it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """One step of a five-whys chain."""

    question: str
    answer: str | None
    span: Span
    question_span: Span
    answer_span: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One follow-up action."""

    number: int
    """From 1 in reading order; the same in text and JSON."""
    id: str | None = None
    """Its own identifier, as `A1` in an ID column."""
    text: str
    span: Span
    """The whole item or row."""
    text_span: Span
    owner: Fact[str] | None = None
    owners: tuple[str, ...] = ()
    owner_text: Fact[str] | None = None
    """What stands where an owner would and names nobody yet: "TBD"."""
    due: Fact[date] | None = None
    due_text: str | None = None
    """What stands where a due date would, also when it is no date."""
    due_is_horizon: bool = False
    """`due` was resolved from a phrase such as "Q3"."""
    ticket: Fact[str] | None = None
    status: Fact[ActionStatus] | None = None
    status_text: str | None = None
    """As written; `status` is None where nobody knows the word."""
    status_span: Span | None = None
    """Of `status_text`."""
    priority: Fact[str] | None = None
    category: Fact[Category] | None = None
    category_text: Fact[str] | None = None
    """What stands where a category would, and is none that anybody knows."""
    verification: Fact[str] | None = None
    """The words that let an observer see it is done."""
    why: str | None = None
    links: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    """Which of its parts had a column of their own: `owner`, `due`, `status` …"""
    prose: Prose = field(default=NO_PROSE, repr=False, metadata=_UNSHOWN)
    """`text` with its places and marks; rules point into it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """Who held which role in the response."""

    role: str
    """`incident_commander`, `operations_lead`, `communications_lead`, `scribe`, or as written."""
    name: str | None
    span: Span


@dataclass(frozen=True, kw_only=True)
class Postmortem:
    """One document, read."""

    source: Source = field(repr=False, metadata=_UNSHOWN)
    markup: Markup = field(repr=False, metadata=_UNSHOWN)
    kind: Kind = Kind.POSTMORTEM
    is_template: bool = False
    """Published to be filled in, or not yet filled in: most of its values are placeholders."""
    language: str = "en"
    """`en`, `ja`, `zh` … of the prose."""
    metadata: tuple[Entry, ...] = ()
    title: Fact[str] | None = None
    incident_id: Fact[str] | None = None
    incident_date: Fact[date] | None = None
    severity: Fact[str] | None = None
    severities: tuple[Fact[str], ...] = ()
    """Every severity stated, the first one included."""
    status: Fact[str] | None = None
    started_at: Fact[Moment] | None = None
    ended_at: Fact[Moment] | None = None
    duration: Fact[float] | None = None
    """Minutes of impact as stated, in words or figures."""
    durations: tuple[Fact[float], ...] = ()
    """Every statement of the duration, each with its place."""
    authors: tuple[Fact[str], ...] = ()
    reviewers: tuple[Fact[str], ...] = ()
    roles: tuple[Role, ...] = ()
    incident_class: Fact[str] | None = None
    sections: tuple[Section, ...] = ()
    timeline: Timeline = Timeline()
    root_cause: Fact[str] | None = None
    trigger: Fact[str] | None = None
    factors: tuple[Factor, ...] = ()
    whys: tuple[Why, ...] = ()
    actions: tuple[Action, ...] = ()
    incidents: tuple["Postmortem", ...] = ()
    """Where a file holds several incidents, each one; empty otherwise."""
    span: Span = _NOWHERE
    """The part of the file that this incident takes: all of it, but for one of `incidents`."""

    @property
    def path(self) -> str | None:
        """Where the text came from."""
        return self.source.path

    def find(self, *kinds: SectionKind | str) -> tuple[Section, ...]:
        """The sections of any of these kinds, in order."""
        return tuple(section for section in self.sections if section.is_a(*kinds))

    def body(self, section: Section) -> tuple[Block, ...]:
        """The blocks under a section and all its subsections, headings left out."""
        return tuple(block for part in self.sections if section.span.covers(part.span) for block in part.blocks)

    def section_at(self, offset: int) -> Section | None:
        """The innermost section that holds `offset`."""
        return next(self._around(offset), None)

    def kinds_at(self, offset: int) -> frozenset[SectionKind]:
        """The kinds of all the sections around `offset`."""
        known = self._kinds.get(offset)
        if known is None:
            known = frozenset(kind for section in self._around(offset) for kind in section.kinds)
            self._kinds[offset] = known
        return known

    @cached_property
    def _kinds(self) -> dict[int, frozenset[SectionKind]]:
        """What `kinds_at` has answered: many rules ask it of the same passages."""
        return {}

    def _around(self, offset: int) -> Iterator[Section]:
        """The sections that hold `offset`, innermost first: the last to begin before it, and what encloses that."""
        at: int | None = bisect_right(self._starts, offset) - 1
        while at is not None and at >= 0:
            section = self.sections[at]
            if offset < max(section.span.end, section.span.start + 1):
                yield section
            at = section.parent

    @cached_property
    def _starts(self) -> list[int]:
        return [section.span.start for section in self.sections]

    @cached_property
    def answers(self) -> dict[object, object]:
        """What `once` has been told."""
        return {}

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """The author's running text in reading order; block quotes, code and front matter are none of it."""
        blocks = (block for block in self.markup.blocks if self.span.end == 0 or self.span.meets(block.span))
        found = passages_in(blocks)
        return tuple(Passage(prose, part, self.kinds_at(prose.span().start)) for prose, part, _ in found)

    @cached_property
    def hints(self) -> Hints:
        """What tells quickly that something stands in none of the passages, or in which it may."""
        return Hints.of(_said(each.prose) for each in self.passages)

    def passages_like(self, pattern: str) -> Iterator[Passage]:
        """The passages in which `pattern` may match; what stands in any other need not be searched."""
        wanted = leads(pattern)
        if wanted is None:
            yield from self.passages
        else:
            yield from (self.passages[number] for number in ones(self.hints.having([wanted])))

    def entry(self, *names: str) -> Entry | None:
        """The first metadata entry known by one of these names."""
        return next((entry for entry in self.metadata if entry.name in names), None)

    def line(self, span: Span) -> int:
        """The line, from 1, that `span` starts on."""
        return self.source.line_at(span.start)

    @property
    def duration_minutes(self) -> float | None:
        """Minutes of impact: as stated, else from start to end where both are known."""
        if self.duration is not None:
            return self.duration.value
        if self.started_at is None or self.ended_at is None:
            return None
        return self.started_at.value.minutes_until(self.ended_at.value)
