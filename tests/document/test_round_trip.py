"""A story written down in any house style is read back as it was told."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # it ships no types
from tests.document.houses import ZONES, House, houses
from tests.document.stories import Happening, Story, Task, seen, stories
from tests.document.writing import carried, parts, ranged, render
from tests.strategies import soup

from pmlint.document.model import ActionStatus, Category, Layer, Milestone, Postmortem, SectionKind
from pmlint.document.parse import parse
from pmlint.document.published import Postmortem as Published
from pmlint.document.values import Fact
from pmlint.document.wire import json_schema, to_json
from pmlint.source import Span

T = TypeVar("T")


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A document in which a few stretches were taken out, doubled, or written over."""
    text = render(draw(stories), draw(houses))
    for _ in range(draw(st.integers(1, 5))):
        at = draw(st.integers(0, len(text)))
        end = min(len(text), at + draw(st.integers(0, 60)))
        text = text[:at] + draw(st.one_of(st.just(""), st.just(text[at:end] * 2), soup)) + text[end:]
    return text


SCHEMA = Draft202012Validator(json_schema())


@dataclass(frozen=True)
class Head:
    """What the head of a document says."""

    title: str | None
    id: str | None
    day: date | None
    severity: str | None
    minutes: float | None
    authors: tuple[str, ...]


@dataclass(frozen=True)
class Entry:
    """One event."""

    at: str | None
    until: str | None
    text: str
    milestones: tuple[Milestone, ...]


@dataclass(frozen=True)
class Item:
    """One action."""

    text: str
    owner: str | None
    due: date | None
    ticket: str | None
    status: ActionStatus | None
    priority: str | None
    category: Category | None


@settings(max_examples=50, deadline=None)
@given(stories, houses)
def test_the_head_is_read_back(story: Story, house: House) -> None:
    assert told_head(story, house) == read_head(parse(render(story, house)))


@settings(max_examples=50, deadline=None)
@given(stories, houses)
def test_the_parts_are_read_back(story: Story, house: House) -> None:
    assert told_parts(story, house) == read_parts(parse(render(story, house)))


@settings(max_examples=50, deadline=None)
@given(stories, houses)
def test_the_timeline_is_read_back(story: Story, house: House) -> None:
    assert told_timeline(story, house) == read_timeline(parse(render(story, house)))


@settings(max_examples=50, deadline=None)
@given(stories, houses)
def test_the_causes_are_read_back(story: Story, house: House) -> None:
    assert told_causes(story, house) == read_causes(parse(render(story, house)), house)


@settings(max_examples=50, deadline=None)
@given(stories, houses)
def test_the_actions_are_read_back(story: Story, house: House) -> None:
    assert told_actions(story, house) == read_actions(parse(render(story, house)), house)


@settings(max_examples=50, deadline=None)
@given(stories, houses)
def test_spans_hold_what_was_read_from_them(story: Story, house: House) -> None:
    doc = parse(render(story, house))

    claims = list(_claims(doc))
    assert [said for _, said in claims] == [seen(_bare(doc.source[span])) for span, _ in claims]


@settings(max_examples=50, deadline=None)
@given(mutated())
def test_nothing_makes_the_reader_stumble(text: str) -> None:
    doc = parse(text)

    whole = Span(0, len(text))
    places = list(_places(doc))
    assert [place for group in places for place in group if not whole.covers(place)] == []
    assert places == [sorted(group) for group in places]
    assert list(SCHEMA.iter_errors(to_json(doc))) == []
    assert Published.of(doc).model_dump() == Published.of(parse(text)).model_dump()


def _claims(doc: Postmortem) -> Iterator[tuple[Span, str]]:
    """Each place that something was read from, with what was read."""
    for section in doc.sections:
        yield section.title_span, section.title
    for fact in (doc.title, doc.severity, doc.incident_id, doc.incident_date, doc.duration):
        if fact is not None:
            yield fact.span, fact.text
    for event in doc.timeline.events:
        yield event.text_span, " ".join(event.text.split())
    for factor in doc.factors:
        yield factor.prose.span(), factor.text
    for action in doc.actions:
        yield action.text_span, action.text
        for said in (action.owner, action.due, action.ticket):
            if said is not None:
                yield said.span, said.text


def _places(doc: Postmortem) -> Iterator[list[Span]]:
    """The places of what stands in order in a document."""
    yield [section.title_span for section in doc.sections]
    yield [event.span for event in doc.timeline.events]
    yield [factor.span for factor in doc.factors]
    yield [action.span for action in doc.actions]
    yield [entry.key_span for entry in doc.metadata]


# what the form can carry, and what was read -------------------------------------------------------------


def told_head(story: Story, house: House) -> Head:
    return Head(story.title, story.id, story.day, story.severity, float(story.minutes), story.authors)


def read_head(doc: Postmortem) -> Head:
    return Head(
        _value(doc.title),
        _value(doc.incident_id),
        _value(doc.incident_date),
        _value(doc.severity),
        _value(doc.duration),
        tuple(author.value for author in doc.authors),
    )


def told_parts(story: Story, house: House) -> list[tuple[SectionKind, ...]]:
    return [kinds for kinds, _ in parts(story, house)]


def read_parts(doc: Postmortem) -> list[tuple[SectionKind, ...]]:
    title = next((at for at, section in enumerate(doc.sections) if section.is_a(SectionKind.TITLE)), None)
    silent = {SectionKind.UNKNOWN, SectionKind.TITLE, SectionKind.METADATA, SectionKind.ROLES}
    tops = [section.kinds for section in doc.sections if section.parent in (None, title)]
    return [kinds for kinds in tops if not silent.issuperset(kinds)]


def told_timeline(story: Story, house: House) -> list[Entry]:
    return [_told(happening, house) for happening in story.happenings]


def read_timeline(doc: Postmortem) -> list[Entry]:
    return [
        Entry(
            event.at.iso if event.at else None,
            event.until.iso if event.until else None,
            " ".join(event.text.split()),
            event.milestones,
        )
        for event in doc.timeline.events
    ]


def told_causes(story: Story, house: House) -> tuple[str | None, list[tuple[str, Layer | None]]]:
    named = house.factors in ("table", "labelled")
    return story.root_cause, [(seen(item.text), item.layer if named else None) for item in story.conditions]


def read_causes(doc: Postmortem, house: House) -> tuple[str | None, list[tuple[str, Layer | None]]]:
    named = house.factors in ("table", "labelled")
    root = _value(doc.root_cause)
    return root, [(factor.text, factor.layer if named else None) for factor in doc.factors if factor.text != root]


def told_actions(story: Story, house: House) -> list[Item]:
    tasks = sorted(story.tasks, key=lambda task: task.category) if house.actions.grouped else story.tasks
    return [_item(carried(task, house), _columns(house), sorts=_sorts(house)) for task in tasks]


def read_actions(doc: Postmortem, house: House) -> list[Item]:
    return [
        Item(
            action.text,
            _value(action.owner),
            _value(action.due),
            _value(action.ticket),
            _value(action.status),
            _value(action.priority),
            _value(action.category) if _sorts(house) else None,
        )
        for action in doc.actions
    ]


def _columns(house: House) -> tuple[str, ...]:
    return house.actions.columns if house.actions.form == "table" else ()


def _sorts(house: House) -> bool:
    """Whether the house says what an action is for."""
    return house.actions.grouped or "category" in _columns(house)


def _bare(text: str) -> str:
    """What a span may begin or break off with: the quotes of front matter, half of a link."""
    return re.sub(r"\[([^]]*)$", r"\1", text.strip('"'))


def _value(fact: Fact[T] | None) -> T | None:
    return fact.value if fact is not None else None


def _told(happening: Happening, house: House) -> Entry:
    times = house.times
    offset = ZONES[times.zone] if times.zone and times.zone_place != "none" else ""
    form = "%Y-%m-%dT%H:%M:%S" if times.clock == "seconds" else "%Y-%m-%dT%H:%M"
    until = happening.until if ranged(happening, times) else None
    return Entry(
        f"{happening.at:{form}}{offset}",
        f"{until:{form}}{offset}" if until else None,
        seen(happening.text),
        (happening.milestone,) if happening.milestone else (),
    )


def _item(task: Task, columns: tuple[str, ...], *, sorts: bool) -> Item:
    return Item(
        seen(task.text),
        task.owner,
        task.due,
        task.ticket if not columns or "ticket" in columns else None,
        task.status if not columns or "status" in columns else None,
        task.priority if "priority" in columns else None,
        task.category if sorts else None,
    )
