"""What rules across documents know of each: so little that it can be kept without the document."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from msgspec import Struct

from pmlint.document.leads import may_hold
from pmlint.document.model import Factor, Kind, Postmortem
from pmlint.document.words import cues, cues_source, fold, words
from pmlint.rules.actions_lacking import heading, is_closed
from pmlint.rules.place import place
from pmlint.rules.problem import Place, Problem
from pmlint.source import Span


class Told(Struct, frozen=True, array_like=True):
    """Words of the document, and where they stand."""

    text: str
    place: Place


class Task(Struct, frozen=True, array_like=True):
    """A follow-up action, as far as it matters to other documents."""

    text: str
    due: date | None
    closed: bool


class Digest(Struct, frozen=True, array_like=True):
    """One incident."""

    path: str
    heading: Place
    """Where its actions stand, or its title."""
    id: Told | None = None
    day: date | None = None
    incident_class: Told | None = None
    """By its name in the list of classes, or in the document's own words where that does not know them."""
    class_is_stated: bool = False
    """Whether the document itself says the class."""
    version: str = ""
    """Audience and language: the same incident may be told once for each."""
    factors: tuple[Told, ...] = ()
    tasks: tuple[Task, ...] = ()

    def places(self) -> Iterator[Place]:
        """Every place that a finding may point at."""
        yield self.heading
        for told in (self.id, self.incident_class, *self.factors):
            if told is not None:
                yield told.place


class Across(NamedTuple):
    """A problem between documents, and where one of them shows it."""

    digest: Digest
    place: Place
    problem: Problem


Locate = Callable[[Span], Place]

_MOST = 100
"""Factors and actions of one document; no analysis has more."""


def digests(doc: Postmortem, path: str, locate: Locate, clean: Callable[[str], str] = str) -> tuple[Digest, ...]:
    """The incidents of `doc`; a template or a live record holds none that can be counted.

    `clean` takes out of its words what no finding may show.
    """
    if doc.kind is not Kind.POSTMORTEM or doc.is_template:
        return ()
    return tuple(_digest(part, path, locate, clean) for part in doc.incidents or (doc,))


def _digest(doc: Postmortem, path: str, locate: Locate, clean: Callable[[str], str]) -> Digest:
    audience = doc.entry("audience")
    stated = _stated(doc)
    known = stated or _evident(doc)
    return Digest(
        path=path,
        heading=locate(heading(doc)),
        id=Told(clean(doc.incident_id.value), locate(doc.incident_id.span)) if doc.incident_id else None,
        day=_day(doc),
        incident_class=Told(clean(known[0]), locate(known[1])) if known else None,
        class_is_stated=stated is not None,
        version=f"{fold(audience.value) if audience else ''} {doc.language}",
        factors=tuple(Told(clean(factor.text), locate(factor.prose.span())) for factor in _conditions(doc)),
        tasks=tuple(
            Task(clean(action.text), action.due.value if action.due else None, is_closed(action))
            for action in doc.actions[:_MOST]
        ),
    )


def _day(doc: Postmortem) -> date | None:
    if doc.incident_date is not None:
        return doc.incident_date.value
    return doc.started_at.value.day if doc.started_at is not None else None


def _conditions(doc: Postmortem) -> list[Factor]:
    """What the document offers as conditions; a question is the template's, and the same in all its documents."""
    return [
        factor
        for factor in doc.factors[:_MOST]
        if not factor.is_person and factor.source != "why" and not factor.text.rstrip(" *_").endswith("?")
    ]


def _stated(doc: Postmortem) -> tuple[str, Span] | None:
    """The class that the document gives itself; a list of tags is none."""
    said = doc.incident_class
    if said is None or "," in said.value:
        return None
    folded = fold(said.value)
    for name, spellings in words("classes")["names"].items():
        if folded in map(fold, spellings):
            return name, said.span
    return folded, said.span


def _evident(doc: Postmortem) -> tuple[str, Span] | None:
    """The only class that title and root cause speak of; where they speak of several, none is evident."""
    told = [doc.title.value if doc.title else "", *(fact.text for fact in (doc.root_cause, doc.trigger) if fact)]
    text = "\n".join(told)
    found = [
        name
        for name in words("classes")["classes"]
        if may_hold(text, cues_source("classes", "classes", name)) and cues("classes", "classes", name).search(text)
    ]
    return (found[0], place(doc)) if len(found) == 1 else None
