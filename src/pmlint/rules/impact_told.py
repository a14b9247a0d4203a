"""What a document tells of its impact: under the heading, in fields, and at its opening."""

from collections.abc import Iterator

from pmlint.document.model import Postmortem, SectionKind
from pmlint.document.patterns import Patterns
from pmlint.document.sentences import Passage, passages
from pmlint.rules.place import place
from pmlint.source import Span

_PATTERNS = Patterns(
    harm=(
        r"(?i)\b(?:affect\w*|impact\w*|unable|unavailable|inaccessible|unreachable|offline|down(?:time)?|outages?|degrad\w+|"
        r"(?:could|can|did)(?: not|n['’]t)|cannot|fail\w*|errors?|lost|stole\w*|drained|exposed|leaked|rejected|"
        r"declined|dropped|delayed|stuck|slow\w*|locked out|wrong\w*|duplicate\w*|vulnerab\w+|exploit\w*|"
        r"compromis\w+|halted|crash\w*|died|incident|disruption)\b"
    ),
)
FIELDS = ("impact", "users_affected", "data_loss", "revenue", "complaints", "slo")


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


def opens(doc: Postmortem, passage: Passage) -> bool:
    """Whether it stands in a summary, or in running text at the head of the page."""
    start = passage.prose.span().start
    if SectionKind.SUMMARY in doc.kinds_at(start):
        return True
    section = doc.section_at(start)
    return passage.part in ("prose", "headings") and (section is None or section.is_a(SectionKind.TITLE))


def where(doc: Postmortem) -> Span:
    """The words that a field gives of the impact, else its heading, else that of the summary, else the title."""
    heading = place(doc, SectionKind.IMPACT)
    inside = [part.span for part in doc.find(SectionKind.IMPACT) if part.title_span == heading]
    entry = doc.entry("impact", "users_affected")
    # a field inside the section is only a part of what it tells
    if entry is None or entry.origin == "front matter" or any(span.covers(entry.span) for span in inside):
        return place(doc, SectionKind.IMPACT, SectionKind.SUMMARY)
    return entry.span


def tells_harm(sentence: str) -> bool:
    """Whether it speaks of something that failed, was lost or could not be done."""
    return _PATTERNS.harm.search(sentence) is not None
