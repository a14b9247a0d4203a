"""Where a problem about something missing points: the one place a reader would put a finger on."""

from pmlint.document.model import Postmortem, Section, SectionKind
from pmlint.source import Span


def place(doc: Postmortem, *kinds: SectionKind | str) -> Span:
    """The heading of the first section of these kinds, else the document's title, else its start."""
    for kind in kinds:
        for section in doc.find(kind):
            if not _is_a_field(doc, section):
                return section.title_span
    if doc.title is not None and doc.span.start <= doc.title.span.start:
        return doc.title.span
    return Span(doc.span.start, doc.span.start)


def _is_a_field(doc: Postmortem, section: Section) -> bool:
    """Whether the heading is a line of metadata with its value, as `**Status:** draft`."""
    return any(section.title_span.covers(entry.span) for entry in doc.metadata)
