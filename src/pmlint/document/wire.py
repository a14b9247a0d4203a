"""The document as JSON: the flat form that `pmlint parse` prints and other programs read."""

from typing import Any

from typing_extensions import TypedDict  # typing's own is no schema to pydantic before Python 3.12

from pmlint.document.model import Action, Event, Factor, Postmortem, Section, SectionKind, Why
from pmlint.source import Span


class SectionJson(TypedDict):
    """One heading of a known kind, or of kind `unknown`; a merged heading appears once for each of its kinds."""

    kind: str
    title: str
    line: int


class EventJson(TypedDict):
    """One timeline entry."""

    line: int
    at: str | None
    until: str | None
    zone: str | None
    text: str
    milestones: list[str]


class FactorJson(TypedDict):
    """One contributing factor."""

    line: int
    text: str
    layer: str | None


class WhyJson(TypedDict):
    """One step of a five-whys chain."""

    line: int
    question: str
    answer: str | None


class ActionJson(TypedDict):
    """One follow-up action."""

    line: int
    number: int
    id: str | None
    text: str
    owner: str | None
    due: str | None
    ticket: str | None
    status: str | None
    priority: str | None
    category: str | None
    verification: str | None


class RoleJson(TypedDict):
    """Who held which role."""

    role: str
    name: str | None


class IncidentJson(TypedDict):
    """What is said of one incident."""

    kind: str
    title: str | None
    incident_id: str | None
    incident_date: str | None
    severity: str | None
    status: str | None
    started_at: str | None
    ended_at: str | None
    duration_minutes: float | None
    authors: list[str]
    roles: list[RoleJson]
    sections: list[SectionJson]
    timeline: list[EventJson]
    root_cause: str | None
    factors: list[FactorJson]
    whys: list[WhyJson]
    actions: list[ActionJson]


class DocumentJson(IncidentJson):
    """A whole file: `incidents` divides it where it holds several."""

    path: str | None
    language: str
    template: bool
    incidents: list[IncidentJson]


def to_json(doc: Postmortem) -> DocumentJson:
    """`doc` as plain JSON values. Lines count from 1, durations are minutes, what is absent is null."""
    return DocumentJson(
        **_incident(doc),
        path=doc.path,
        language=doc.language,
        template=doc.is_template,
        incidents=[_incident(incident) for incident in doc.incidents],
    )


def json_schema() -> dict[str, Any]:
    """The JSON schema of `pmlint parse`."""
    from pydantic import TypeAdapter

    return TypeAdapter(DocumentJson).json_schema()


def _incident(doc: Postmortem) -> IncidentJson:
    start, end = doc.started_at, doc.ended_at
    return IncidentJson(
        kind=doc.kind.value,
        title=doc.title.value if doc.title else None,
        incident_id=doc.incident_id.value if doc.incident_id else None,
        incident_date=doc.incident_date.value.isoformat() if doc.incident_date else None,
        severity=doc.severity.value if doc.severity else None,
        status=doc.status.value if doc.status else None,
        started_at=start.value.iso if start else None,
        ended_at=end.value.iso if end else None,
        duration_minutes=_number(doc.duration_minutes),
        authors=[author.value for author in doc.authors],
        roles=[RoleJson(role=role.role, name=role.name) for role in doc.roles],
        sections=[part for section in doc.sections for part in _section(doc, section)],
        timeline=[_event(doc, event) for event in doc.timeline.events],
        root_cause=doc.root_cause.value if doc.root_cause else None,
        factors=[_factor(doc, factor) for factor in doc.factors],
        whys=[_why(doc, why) for why in doc.whys],
        actions=[_action(doc, action) for action in doc.actions],
    )


def _number(minutes: float | None) -> float | None:
    """Whole minutes without a fraction."""
    return int(minutes) if minutes is not None and minutes == int(minutes) else minutes


def _line(doc: Postmortem, span: Span) -> int:
    return doc.source.line_at(span.start)


def _section(doc: Postmortem, section: Section) -> list[SectionJson]:
    return [
        SectionJson(kind=kind.value, title=section.title, line=_line(doc, section.title_span))
        for kind in section.kinds or (SectionKind.UNKNOWN,)
    ]


def _event(doc: Postmortem, event: Event) -> EventJson:
    return EventJson(
        line=_line(doc, event.stamp_span or event.span),
        at=event.at.iso if event.at else None,
        until=event.until.iso if event.until else None,
        zone=event.at.zone if event.at else None,
        text=event.text,
        milestones=[milestone.value for milestone in event.milestones],
    )


def _factor(doc: Postmortem, factor: Factor) -> FactorJson:
    return FactorJson(
        line=_line(doc, factor.span), text=factor.text, layer=factor.layer.value if factor.layer else None
    )


def _why(doc: Postmortem, why: Why) -> WhyJson:
    return WhyJson(line=_line(doc, why.span), question=why.question, answer=why.answer)


def _action(doc: Postmortem, action: Action) -> ActionJson:
    return ActionJson(
        line=_line(doc, action.span),
        number=action.number,
        id=action.id,
        text=action.text,
        owner=action.owner.value if action.owner else None,
        due=action.due.value.isoformat() if action.due else None,
        ticket=action.ticket.value if action.ticket else None,
        status=action.status.value.value if action.status else None,
        priority=action.priority.value if action.priority else None,
        category=action.category.value.value if action.category else None,
        verification=action.verification.value if action.verification else None,
    )
