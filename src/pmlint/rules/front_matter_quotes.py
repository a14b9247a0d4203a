"""The fix of front matter in which a value holds a colon and has no quotes around it."""

import re

from pmlint.rules.problem import Edit, Fix
from pmlint.source import Source, Span
from pmlint.source.front_matter import read_front_matter

# A value of one line that YAML would read as it stands, were it not for a colon in it.
_PLAIN = re.compile(
    r" *(?:- )?[\w.-]+(?: [\w.-]+){0,3}:[ \t]+(?P<value>[^\s\"'\[\]{}|>&*!%@`#,?-].*?)[ \t]*",
)
_COLON = re.compile(r":(?:[ \t]|$)")
_MOST = 20


def quoted(source: Source) -> Fix | None:
    """Put quotes around such values; None unless the front matter can be read then."""
    edits: list[Edit] = []
    for _ in range(_MOST):
        front = read_front_matter(Source(_made(source.text, edits)))
        if front is None or front.syntax != "yaml":
            return None
        if front.error is None:
            return Fix(tuple(edits), "put quotes around the value", safe=True) if edits else None
        # Quotes move nothing to another line.
        line = source.line(Source(_made(source.text, edits)).line_at(front.error.span.start))
        value = _value(source, line)
        if value is None or any(edit.span == value for edit in edits):
            return None
        edits.append(Edit(value, _in_quotes(source[value])))
    return None


def _value(source: Source, line: Span) -> Span | None:
    written = _PLAIN.fullmatch(source[line])
    if written is None or not _COLON.search(written["value"]):
        return None
    return Span(line.start + written.start("value"), line.start + written.end("value"))


def _in_quotes(value: str) -> str:
    if '"' in value or "\\" in value:
        return "'" + value.replace("'", "''") + "'"
    return f'"{value}"'


def _made(text: str, edits: list[Edit]) -> str:
    for edit in sorted(edits, key=lambda edit: edit.span, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text
