"""The kinds of rules that are data: what a table of a rule file may say, and the check that it becomes."""

import re
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, get_args

from msgspec import Struct

from pmlint.document.hints import hints_of, ones
from pmlint.document.leads import leads
from pmlint.document.model import Layer, Milestone, Postmortem, SectionKind
from pmlint.document.patterns import Pattern, compiled
from pmlint.document.sentences import Part, passages, sentence_around
from pmlint.language.judgement import Kind
from pmlint.rules.impact_told import reaches_outside
from pmlint.rules.judged import unsaid
from pmlint.rules.phrases import finder, pattern
from pmlint.rules.place import place
from pmlint.rules.problem import Problem
from pmlint.rules.rule import Option
from pmlint.rules.scales import is_gravest, is_severe, is_unused_flaw, security_words
from pmlint.source import Prose, Span

if TYPE_CHECKING:
    from pmlint.language.read import Placed

_READ = frozenset(kind.value for kind in Kind)
BLOCKS: frozenset[str] = frozenset(get_args(Part))
"""Where text stands in the page."""
VALUES = frozenset({"actions", "factors", "events"})
"""Where text stands in what was read."""
SECTIONS = frozenset(kind.value for kind in SectionKind)
MILESTONES = frozenset(milestone.value for milestone in Milestone)
LAYERS = frozenset(layer.value for layer in Layer)


class BadValueError(ValueError):
    """A key of a rule table holds what it cannot hold."""

    def __init__(self, key: str, reason: str, choices: frozenset[str] = frozenset()) -> None:
        super().__init__(reason)
        self.key = key
        self.choices = choices


class _Wording(Struct, frozen=True):
    """What rules about wording share: where they look and which sentences they pass over."""

    message: str
    where: tuple[str, ...] = ()
    """Kinds of sections, sorts of blocks (`prose`, `items`, `cells`, `headings`) and parts (`actions`,
    `factors`, `events`); all text where empty."""
    unless: tuple[str, ...] = ()
    """Phrases that make the whole sentence innocent."""

    def __post_init__(self) -> None:
        known = SECTIONS | BLOCKS | VALUES
        for name in self.where:
            if name not in known:
                raise BadValueError("where", f"`{name}` is no kind of section, block or part", known)

    def problems(self, found: Iterable[tuple[Prose, Iterable[re.Match[str]]]]) -> Iterator[Problem]:
        """A problem for each match in the author's own words."""
        for prose, matches in found:
            for match in matches:
                start, end = match.span("at" if "at" in match.re.groupindex else 0)
                if start == end or self._innocent(prose, start, end):
                    continue
                words = {"match": " ".join(prose.text[start:end].split()), **match.groupdict(default="")}
                yield Problem(prose.span(start, end), self.message.format_map(words))

    def _innocent(self, prose: Prose, start: int, end: int) -> bool:
        if not self.unless:
            return False
        sentence = sentence_around(prose.text, start, end)
        return bool(pattern(self.unless).search(prose.text, *sentence))


def places(
    doc: Postmortem, where: tuple[str, ...], *, only: Container[int] | None = None
) -> Iterator[tuple[int | None, Prose]]:
    """The author's text in the places that `where` names, in reading order, with the number of the passage.

    What was read of events, factors and actions has no number. Of the passages, `only` those with such numbers.
    """
    sections = frozenset(where) & SECTIONS
    values = frozenset(where) & VALUES
    blocks = frozenset(where) & BLOCKS
    for prose in _values(doc, values):
        if not sections or doc.kinds_at(prose.span().start) & sections:
            yield None, prose
    if values and not blocks:
        return
    for number, passage in enumerate(passages(doc)):
        if (only is not None and number not in only) or (blocks and passage.part not in blocks):
            continue
        if not sections or passage.kinds & sections:
            yield number, passage.prose


def _values(doc: Postmortem, values: frozenset[str]) -> Iterator[Prose]:
    if "events" in values:
        yield from (event.prose for event in doc.timeline.events)
    if "factors" in values:
        yield from (factor.prose for factor in doc.factors)
    if "actions" in values:
        yield from (action.prose for action in doc.actions)


class Phrases(_Wording, frozen=True):
    """Some phrase stands where it should not."""

    phrases: tuple[str, ...] = ()
    reads: str = ""
    """What the language pass reads that no phrase knows: one of its sorts of blame, as `judged`."""
    options: ClassVar[tuple[Option, ...]] = (
        Option("phrases", tuple[str, ...], (), "phrases to report besides the rule's own"),
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.phrases:
            raise BadValueError("phrases", "is missing or empty")
        if self.reads and self.reads not in _READ:
            raise BadValueError("reads", f"`{self.reads}` is nothing that the language pass reads", _READ)

    @property
    def context(self) -> frozenset[str]:
        """What it is given besides the document."""
        return frozenset({"judgements"} if self.reads else ())

    def check(
        self, doc: Postmortem, *, phrases: tuple[str, ...] = (), judgements: "Sequence[Placed]" = ()
    ) -> Iterator[Problem]:
        """The places where a phrase stands, and what was read elsewhere."""
        sought = finder((*self.phrases, *phrases))
        possible = dict(sought.among(doc.hints))
        near = []
        for number, prose in places(doc, self.where, only=possible.keys()):
            its = possible[number] if number is not None else sought.inside(hints_of(prose.text))
            if not _is_title_of_a_page(prose):
                near.append((prose, its.finditer(prose.voice)))
        found = list(self.problems(near))
        yield from found
        if self.reads:
            yield from unsaid(doc, judgements, Kind(self.reads), found, self.message)


class Regex(_Wording, frozen=True, dict=True):
    """A pattern matches; its group `at`, where there is one, is the place to point at."""

    pattern: str = ""
    options: ClassVar[tuple[Option, ...]] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.pattern:
            raise BadValueError("pattern", "is missing or empty")
        try:
            self._compiled  # noqa: B018 - a pattern that cannot be read is an error of the file, not of a document
        except re.error as problem:
            raise BadValueError("pattern", f"is no regular expression: {problem}") from None

    @cached_property
    def _compiled(self) -> Pattern:
        return compiled(self.pattern, re.IGNORECASE | re.MULTILINE)

    def check(self, doc: Postmortem) -> Iterator[Problem]:
        """The places where the pattern matches."""
        begins = leads(self.pattern)
        likely = None if begins is None else frozenset(ones(doc.hints.having([begins])))
        found = places(doc, self.where, only=likely)
        yield from self.problems((prose, self._compiled.finditer(prose.voice)) for _, prose in found)


def _is_title_of_a_page(prose: Prose) -> bool:
    """Whether a passage is a link and nothing else: what it says are the words of the page that it leads to."""
    text = prose.text.strip()
    return any(mark.kind == "link" and mark.end - mark.start >= len(text) - 1 for mark in prose.marks)


_SORTS: dict[str, Callable[[Postmortem], object]] = {
    "severe": is_severe,
    "security": security_words,
    "unused_flaw": is_unused_flaw,
    "with_actions": lambda doc: doc.actions,
    "outside": reaches_outside,
    "severe_outside": lambda doc: is_gravest(doc) or (is_severe(doc) and reaches_outside(doc)),
}


class Missing(Struct, frozen=True):
    """Something is said nowhere: in no such section, under no such key, with no such phrase."""

    message: str
    sections: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    """Names of metadata fields or of parts of the document, as `severity`, `roles`."""
    milestones: tuple[str, ...] = ()
    """Milestones of the timeline; an event that marks one is an answer."""
    layers: tuple[str, ...] = ()
    """Layers of contributing factors; a factor of one is an answer."""
    phrases: tuple[str, ...] = ()
    """Every other honest form, anywhere in the document."""
    apart: tuple[str, ...] = ()
    """The kinds of sections whose phrases are no answer, as what is planned is none to what happened."""
    near: tuple[str, ...] = ()
    """The kinds of sections whose heading to point at; the document's title where empty or absent."""
    when: tuple[str, ...] = ()
    """Sorts of incidents that it is asked of, any of `severe`, `security`, `unused_flaw`, `with_actions`, `outside` (it
    reached those for whom the service is run), `severe_outside` (so, and severe, or of the gravest grade); of
    every one where empty."""
    not_when: tuple[str, ...] = ()
    """Sorts of incidents that it is not asked of."""
    options: ClassVar[tuple[Option, ...]] = (
        Option("phrases", tuple[str, ...], (), "more phrases that count as an answer"),
    )

    def __post_init__(self) -> None:
        for key, known in (
            ("sections", SECTIONS),
            ("near", SECTIONS),
            ("apart", SECTIONS),
            ("milestones", MILESTONES),
            ("layers", LAYERS),
            ("when", frozenset(_SORTS)),
            ("not_when", frozenset(_SORTS)),
        ):
            for name in getattr(self, key):
                if name not in known:
                    raise BadValueError(key, f"`{name}` is none of those known here", known)
        if not (self.sections or self.fields or self.phrases):
            raise BadValueError("sections", "is missing, and so are `fields` and `phrases`")

    def check(self, doc: Postmortem, *, phrases: tuple[str, ...] = ()) -> Iterator[Problem]:
        """One problem, at one place, where no form of an answer is found."""
        if self.when and not any(_SORTS[sort](doc) for sort in self.when):
            return
        if self._marked(doc) or self._sectioned(doc) or self._fielded(doc):
            return
        if says(doc, (*self.phrases, *phrases), apart=frozenset(self.apart)):
            return
        if any(_SORTS[sort](doc) for sort in self.not_when):
            return
        yield Problem(place(doc, *self.near), self.message)

    def _marked(self, doc: Postmortem) -> bool:
        if any(doc.timeline.marking(Milestone(name)) for name in self.milestones):
            return True
        return bool(self.layers) and any(factor.layer in self.layers for factor in doc.factors)

    def _sectioned(self, doc: Postmortem) -> bool:
        return bool(self.sections and doc.find(*self.sections))

    def _fielded(self, doc: Postmortem) -> bool:
        for name in self.fields:
            entry = doc.entry(name)
            if (entry is not None and entry.value.strip()) or getattr(doc, name, None):
                return True
        return False


def says(doc: Postmortem, phrases: tuple[str, ...], *, apart: frozenset[str] = frozenset()) -> Span | None:
    """Where the document says one of `phrases`, in headings, tables and front matter too; None where it does not.

    What stands in sections of the kinds `apart` says nothing.
    """
    sought = finder(phrases)
    for number, possible in sought.among(doc.hints):
        prose = doc.passages[number].prose
        found = possible.search(prose.text)
        if found and not (apart and doc.kinds_at(prose.span().start) & apart):
            return prose.span(*found.span())
    for entry in doc.metadata:
        if entry.origin == "front matter" and sought.inside(hints_of(entry.value)).search(entry.value):
            return entry.span
    return None


KINDS: dict[str, type[Phrases] | type[Regex] | type[Missing]] = {
    "phrases": Phrases,
    "regex": Regex,
    "missing": Missing,
}
