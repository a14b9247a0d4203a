"""What a document tells of its impact: under the heading, in fields, and at its opening."""

from collections.abc import Iterator

from pmlint.document.model import Postmortem, SectionKind
from pmlint.document.sentences import Passage, passages
from pmlint.rules.place import place
from pmlint.source import Span

FIELDS = ("impact", "users_affected", "data_loss", "revenue", "complaints", "slo")
OPENING = frozenset({SectionKind.SUMMARY, SectionKind.TITLE, SectionKind.METADATA})


def in_impact(doc: Postmortem) -> Iterator[Passage]:
    """What stands under an impact heading."""
    for passage in passages(doc):
        start = passage.prose.span().start
        if passage.part != "headings" and SectionKind.IMPACT in doc.kinds_at(start):
            yield passage


def fields(doc: Postmortem, *names: str) -> list[str]:
    """The values of the metadata known by these names, where they have any."""
    return [entry.value for entry in doc.metadata if entry.name in names and entry.value.strip()]


def told(doc: Postmortem) -> list[str]:
    """All that is said of the impact, whether under its heading or in a field."""
    return [*fields(doc, *FIELDS), *(passage.prose.text for passage in in_impact(doc))]


def where(doc: Postmortem) -> Span:
    """The words that a field gives of the impact, else its heading, else that of the summary, else the title."""
    parts = doc.find(SectionKind.IMPACT)
    entry = doc.entry("impact", "users_affected")
    if entry is not None and entry.origin != "front matter":
        # a field inside the section is only a part of what it tells
        if not any(part.span.covers(entry.span) and part.title_span == place(doc, SectionKind.IMPACT) for part in parts):
            return entry.span
    return place(doc, SectionKind.IMPACT, SectionKind.SUMMARY)
