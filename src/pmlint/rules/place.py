"""Where a problem about something missing points: the one place a reader would put a finger on."""

from pmlint.document.model import Postmortem, SectionKind
from pmlint.source import Span


def place(doc: Postmortem, *kinds: SectionKind | str) -> Span:
    """The heading of the first section of these kinds, else the document's title, else its start."""
    for kind in kinds:
        for section in doc.find(kind):
            return section.title_span
    if doc.title is not None and doc.span.start <= doc.title.span.start:
        return doc.title.span
    return Span(doc.span.start, doc.span.start)
