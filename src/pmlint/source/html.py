"""Raw HTML: what a browser would show of it, and the comments inside."""

import re

from pmlint.source.blocks import Comment
from pmlint.source.inline import plain
from pmlint.source.prose import Prose, Segment
from pmlint.source.span import Span
from pmlint.source.text import Source

_COMMENT = re.compile(r"<!--(.*?)(?:-->|\Z)", re.DOTALL)
_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)|<(?:script|style)\b.*?(?:</(?:script|style)\s*>|\Z)|</?[A-Za-z!?][^<>]*>", re.DOTALL
)


def comments_of(source: Source, span: Span) -> list[Comment]:
    """The comments within `span`; one that is never closed runs to its end."""
    return [
        Comment(Span(found.start(), found.end()), found[1])
        for found in _COMMENT.finditer(source.text, span.start, span.end)
    ]


def visible(source: Source, span: Span) -> Prose:
    """The text between the tags; each tag stands as a line break so that words do not run together."""
    text: list[str] = []
    segments: list[Segment] = []
    length, at = 0, span.start
    for found in [*_TAG.finditer(source.text, span.start, span.end), None]:
        end = found.start() if found else span.end
        if end > at:
            segments.append(Segment(length, length + end - at, at, end))
            text.append(source.text[at:end])
            length += end - at
        if found:
            segments.append(Segment(length, length + 1, found.start(), found.end()))
            text.append("\n")
            length += 1
            at = found.end()
    return plain("".join(text), segments)
