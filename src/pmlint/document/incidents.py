"""Several incidents in one file: which of its sections are an account each."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from itertools import takewhile

from pmlint.document.dates import find_dates
from pmlint.document.model import Postmortem, Section, SectionKind
from pmlint.document.telling import pattern
from pmlint.source import Block, Html, List, Paragraph, Prose, Span, Table

# The parts that tell an incident; one word for each, whatever the house calls it.
_STORY = {
    SectionKind.SUMMARY: "summary",
    SectionKind.IMPACT: "impact",
    SectionKind.DETECTION: "detection",
    SectionKind.TIMELINE: "timeline",
    SectionKind.ROOT_CAUSE: "cause",
    SectionKind.TRIGGER: "cause",
    SectionKind.CONTRIBUTING_FACTORS: "cause",
    SectionKind.FIVE_WHYS: "cause",
    SectionKind.MITIGATION: "end",
    SectionKind.RESOLUTION: "end",
    SectionKind.ACTION_ITEMS: "actions",
    SectionKind.LESSONS: "lessons",
}
# Without one of these there is no account; impact and detection are also said of each symptom of one incident.
_CORE = frozenset(("timeline", "cause", "end"))
_NEAR = 200
"""Sections that are looked through for the parts of one incident."""
_MOST = 100
"""A file with more incidents than that is a register of them, and read as a whole."""
_MAY_TITLE = (SectionKind.UNKNOWN, SectionKind.TITLE, SectionKind.SUMMARY)
_NUMBERED = re.compile(
    r"(?i)\b(?:incident|outage|post-?mortem|incident report)\s*(?:#|no\.?|nr\.?|number)?\s*\d{1,4}\b"
    r"|\b(?:INC|INCIDENT|PM|COE|PIR|OUTAGE)-?\d[\d-]*\b|(?:インシデント|障害|事故|故障)\s*\d"
)
# Parts of one incident, however alike they are built.
_PART_OF_ONE = re.compile(
    r"(?i)\b(?:phase|part|wave|stage|step|day|attempt|layer|region|issue|bug|problem|fix|cause|factor|symptom"
    r"|failure|error|finding|question|option|scenario|version|appendix|example|english|deutsch|translation)\b"
    r"|日本語|中文|英語"
)
# A file that says of itself that it keeps more than one.
_SEVERAL = re.compile(
    r"(?i)(?<![a-z])(?:incidents|outages|post-?mortems|disruptions|interruptions"
    r"|(?:incident|outage|status)[ _-](?:history|log|register))(?![a-z])|障害一覧|事故记录"
)


def incident_sections(doc: Postmortem) -> tuple[Section, ...]:
    """The sections that each tell one incident; empty where the document tells of one only.

    They stand side by side, and each repeats the parts of an account. Phases, regions and faults of one incident do
    so too: what names itself by a day or a number of its own is an incident, and so is what has a timeline of its
    own in a file that has none for all.
    """
    siblings: dict[tuple[int | None, int], list[_Account]] = defaultdict(list)
    for index, section in enumerate(doc.sections):
        siblings[section.parent, section.level].append(_Account(section, doc.sections[index + 1 : index + 1 + _NEAR]))
    for group in siblings.values():
        if len(group) < 2:
            continue
        found = _accounts(doc, group) or _records(doc, group)
        if found:
            return found if len(found) <= _MOST else ()
    return ()


class _Account:
    """A section, and the sections that stand in it."""

    def __init__(self, section: Section, following: tuple[Section, ...]) -> None:
        self.section = section
        self.inner = tuple(takewhile(lambda other: section.span.covers(other.span), following))
        self.parts = frozenset(_STORY[kind] for other in self.inner for kind in other.kinds if kind in _STORY)

    @property
    def is_told(self) -> bool:
        """Whether it has the parts of an account."""
        return len(self.parts) >= 2 and not self.parts.isdisjoint(_CORE)

    @property
    def may_be_incident(self) -> bool:
        return self.section.is_a(*_MAY_TITLE) and not _part_of_one(self.section.title)


def _accounts(doc: Postmortem, group: list[_Account]) -> tuple[Section, ...]:
    """Those that have parts of their own."""
    told = [each for each in group if each.is_told and each.may_be_incident]
    named = [each.section for each in told if _has_name(each.section.title)]
    if len(named) >= 2:
        return tuple(named)
    if len(told) < 2 or not all("timeline" in each.parts for each in told):
        return ()
    starts = [event.span.start for event in doc.timeline.events]
    if not all(_any_between(starts, each.section.span) for each in told):
        return ()
    within = {id(inner) for each in told for inner in each.inner}
    outside = {_STORY.get(kind) for section in doc.sections if id(section) not in within for kind in section.kinds}
    return () if outside & _CORE else tuple(each.section for each in told)


def _any_between(starts: list[int], span: Span) -> bool:
    return bisect_left(starts, span.start) < bisect_left(starts, span.end)


def _part_of_one(title: str) -> bool:
    return _PART_OF_ONE.search(title) is not None and not _has_name(title)


def _has_name(title: str) -> bool:
    return _NUMBERED.search(title) is not None or any(found.day_known for found in find_dates(title))


def _records(doc: Postmortem, group: list[_Account]) -> tuple[Section, ...]:
    """The entries of a file that keeps the incidents of a year: a day each, and what happened."""
    name = " ".join((doc.title.value if doc.title else "", re.split(r"[/\\]", doc.path or "")[-1]))
    if not _SEVERAL.search(name) or any(kind in _STORY for section in doc.sections for kind in section.kinds):
        return ()
    dated = [
        each.section
        for each in group
        if any(found.day_known for found in find_dates(each.section.title)) and _tells_trouble(each)
    ]
    return tuple(dated) if len(dated) >= 2 and 2 * len(dated) > len(group) else ()


def _tells_trouble(account: _Account) -> bool:
    sections = (account.section, *account.inner)
    text = "\n".join(
        [
            *(section.title for section in sections),
            *(prose.voice for section in sections for block in section.blocks for prose in _proses(block)),
        ]
    )
    return len(text.split()) >= 12 and any(
        pattern(*path).search(text) is not None
        for path in (("title", "trouble"), ("latin", "happened", "down"), ("scripts", "trouble"))
    )


def _proses(block: Block) -> Iterator[Prose]:
    match block:
        case Paragraph() | Html():
            yield block.prose
        case List():
            for item in block.items:
                for inner in item.blocks:
                    yield from _proses(inner)
        case Table():
            for row in block.rows:
                yield from (cell.prose for cell in row.cells)
        case _:
            pass
