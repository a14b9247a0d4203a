"""What the live record of an incident already knows, for the postmortem that is written from it."""

import re
from collections.abc import Iterator

from msgspec import Struct

from pmlint.document.model import Postmortem, Section, SectionKind
from pmlint.document.placeholders import find_placeholders
from pmlint.document.values import Fact, Moment
from pmlint.source import Span

_ROLES = {
    "incident_commander": "commander",
    "operations_lead": "operations",
    "communications_lead": "communications",
    "scribe": "scribe",
}
_PARTS = (
    ("impact", SectionKind.IMPACT),
    ("timeline", SectionKind.TIMELINE),
    ("communication", SectionKind.COMMUNICATION),
)
# Only a record that is kept while the incident lasts has such a heading; no other part of a postmortem goes by it.
_CADENCE = re.compile(r"(?i)\b(?:cadence|status updates|communications?)\b")
_HEADING = re.compile(r"(?m)^(#{1,6})(?=[ \t])")
_BLANKS = re.compile(r"\n{3,}")


class Carried(Struct, frozen=True):
    """The values and the parts of a template that a record fills."""

    values: dict[str, str]
    parts: dict[str, str]


def carried(doc: Postmortem) -> Carried:
    """What `doc` says of the incident: its facts as values, and its own words on impact, timeline and communication."""
    open_ = _unanswered(doc)
    values = {name: value for name, value in _values(doc) if value and value not in open_}
    return Carried(values, dict(_parts(doc)))


def _unanswered(doc: Postmortem) -> frozenset[str]:
    """Values that are placeholders of the record's own template, which are no facts."""
    return frozenset(left.text for left in find_placeholders(doc) if not left.hidden)


def _values(doc: Postmortem) -> Iterator[tuple[str, str]]:
    if doc.title is not None:
        yield "title", _line(doc.title.value)
    if doc.incident_id is not None:
        yield "id", _line(doc.incident_id.value)
    if doc.incident_date is not None:
        yield "date", doc.incident_date.value.isoformat()
    if doc.severity is not None:
        yield "severity", _line(doc.severity.text)
    yield "start", _moment(doc.started_at)
    yield "end", _moment(doc.ended_at)
    for role, name in _ROLES.items():
        yield name, ", ".join(dict.fromkeys(_line(held.name) for held in doc.roles if held.role == role and held.name))


def _moment(fact: Fact[Moment] | None) -> str:
    """Day, clock and zone; empty where one of the first two is missing."""
    if fact is None or fact.value.day is None or fact.value.clock is None:
        return ""
    moment = fact.value
    zone = "UTC" if moment.offset_minutes == 0 else moment.zone
    return " ".join(filter(None, (moment.day.isoformat() if moment.day else "", moment.clock, zone)))


def _line(text: str) -> str:
    return " ".join(text.split())


def _parts(doc: Postmortem) -> Iterator[tuple[str, str]]:
    if doc.is_template:
        return
    taken: list[Section] = []
    for name, kind in _PARTS:
        section = next((each for each in _sections(doc, kind) if not any(map(each.span.meets, _spans(taken)))), None)
        text = _body(doc, section) if section is not None else ""
        if section is not None and text:
            taken.append(section)
            # The heading of a timeline says what its times are in.
            yield name, f"## {_line(section.title)}\n\n{text}" if name == "timeline" else text


def _sections(doc: Postmortem, kind: SectionKind) -> Iterator[Section]:
    yield from doc.find(kind)
    if kind is SectionKind.COMMUNICATION:
        yield from (
            section for section in doc.find(SectionKind.UNKNOWN, SectionKind.METADATA) if _CADENCE.search(section.title)
        )


def _spans(sections: list[Section]) -> list[Span]:
    return [section.span for section in sections]


def _body(doc: Postmortem, section: Section) -> str:
    """The section as written, below a heading of the second level, without its heading and its comments."""
    text = doc.source.text
    start = text.find("\n", section.title_span.end)
    if start < 0 or start >= section.span.end:
        return ""
    pieces, at = [], start
    for comment in doc.markup.comments:
        if at <= comment.span.start and comment.span.end <= section.span.end:
            pieces.append(text[at : comment.span.start])
            at = comment.span.end
    pieces.append(text[at : section.span.end])
    shift = 2 - section.level
    body = _HEADING.sub(lambda found: "#" * min(6, max(3, len(found[1]) + shift)), "".join(pieces))
    return _BLANKS.sub("\n\n", body).strip("\n")
