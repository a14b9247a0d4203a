"""Where the keys of a TOML document stand: tomllib gives values and no places."""

import re
from collections.abc import Iterator

from pmlint.source.span import Span

_KEY = r"(?:[A-Za-z0-9_-]+|\"[^\"\r\n]*\"|'[^'\r\n]*')"
_LINE = re.compile(
    rf"[ \t]*(?P<table>\[{{0,2}})[ \t]*(?P<path>{_KEY}(?:[ \t]*\.[ \t]*{_KEY})*)[ \t]*"
    r"(?:(?P<close>\]{1,2})[ \t]*(?:#[^\r\n]*)?(?=[\r\n]|\Z)|=[ \t]*(?P<value>[^\r\n]*))"
)
_PART = re.compile(_KEY)
_LINES = re.compile(r"[^\r\n]*(?:\r\n?|\n|\Z)")
_COMMENT = re.compile(r"[ \t]*(?:#.*)?$")
_STRING = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'[^']*'")
_LONG_MARKS = ('"""', "'''")

Place = tuple[tuple[str, ...], Span, Span]


def toml_places(body: str, start: int) -> Iterator[Place]:
    """The path of each key that opens a line, the span of the key's last part, and the span of its value.

    For a table that is its name. One pass over the lines; what runs over several lines ends before the next key.
    """
    table: tuple[str, ...] = ()
    until: str | None = None
    pending: Place | None = None
    for line in _LINES.finditer(body):
        text, at = line[0].rstrip(), start + line.start()
        if until is not None:
            if until in text:
                until = None
            pending = _grown(pending, at + len(text))
            continue
        found = _LINE.match(line[0])
        if found is None or bool(found["table"]) != bool(found["close"]):
            # the further lines of an array
            if text.strip() and not text.lstrip().startswith("#"):
                pending = _grown(pending, at + len(text))
            continue
        if pending:
            yield pending
        parts = list(_PART.finditer(found["path"]))
        names = tuple(part[0].strip("\"'") for part in parts)
        shift = at + found.start("path")
        key = Span(shift + parts[-1].start(), shift + parts[-1].end())
        if found["close"]:
            table = names
            pending = names, key, key
            continue
        value = found["value"]
        begin = at + found.start("value")
        mark = value[:3] if value[:3] in _LONG_MARKS and value[:3] not in value[3:] else None
        until = mark
        pending = (*table, *names), key, Span(begin, begin + len(value.rstrip() if mark else _bare(value)))
    if pending:
        yield pending


def _grown(place: Place | None, end: int) -> Place | None:
    return place and (place[0], place[1], Span(place[2].start, max(place[2].end, end)))


def _bare(value: str) -> str:
    """`value` without the comment after it."""
    string = _STRING.match(value)
    if string and _COMMENT.match(value, string.end()):
        return string[0]
    if value[:1] not in "\"'[{":
        return value.split("#", 1)[0].rstrip()
    return value.rstrip()
