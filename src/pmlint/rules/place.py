"""Where a problem about something missing points: the one place a reader would put a finger on."""

from pmlint.document.model import Postmortem, Section, SectionKind
from pmlint.source import Span


def place(doc: Postmortem, *kinds: SectionKind | str) -> Span:
    """The heading of the first section of these kinds, else the document's title, else its start."""
    for kind in kinds:
        for section in doc.find(kind):
            if not is_a_field(doc, section) and (kind != SectionKind.METADATA or _opens(doc, section)):
                return section.title_span
    if doc.title is not None and doc.span.start <= doc.title.span.start:
        return doc.title.span
    return Span(doc.span.start, doc.span.start)


def is_a_field(doc: Postmortem, section: Section) -> bool:
    """Whether the heading is a line of metadata with its value, as `**Status:** draft`."""
    return any(section.title_span.covers(entry.span) for entry in doc.metadata)


def _opens(doc: Postmortem, section: Section) -> bool:
    """Whether a section of metadata opens the document, and is no single field with a heading of its own."""
    if any(entry.origin == "heading" and section.title_span.covers(entry.key_span) for entry in doc.metadata):
        return False
    before = (other for other in doc.sections if other.title_span < section.title_span)
    return all(other.is_a(SectionKind.TITLE, SectionKind.METADATA, SectionKind.UNKNOWN) for other in before)
