"""The text of a report, made and written part by part."""

from collections.abc import Iterable, Iterator
from typing import Any

from pmlint.report.escape import as_json

_ROOM = 1 << 16
"""Characters that are written at once."""


def rows(*lines: str) -> str:
    """Lines as they are written."""
    return "".join(f"{line}\n" for line in lines)


def gathered(parts: Iterable[str]) -> Iterator[str]:
    """The same text in parts of some size: each that is written on its own costs time."""
    waiting: list[str] = []
    size = 0
    for part in parts:
        waiting.append(part)
        size += len(part)
        if size >= _ROOM:
            yield "".join(waiting)
            waiting, size = [], 0
    yield "".join(waiting)


def whole_lines(parts: Iterable[str]) -> Iterator[str]:
    """The same text in parts of some size that end where a line does, as far as there are lines."""
    rest = ""
    for part in gathered(parts):
        whole, mark, rest = (rest + part).rpartition("\n")
        yield whole + mark
    yield rest


def json_parts(value: Any, margin: str = "\n") -> Iterator[str]:
    """As `as_json`, part by part; an iterator in it is an array whose items need never all be there."""
    if isinstance(value, Iterator):
        (opening, closing), items = "[]", (("", each) for each in value)
    elif isinstance(value, dict) and any(isinstance(each, Iterator) for each in value.values()):
        (opening, closing), items = "{}", ((f"{as_json(key)}: ", each) for key, each in value.items())
    else:
        yield as_json(value).replace("\n", margin)
        return
    inner = f"{margin}  "
    before = opening
    for lead, each in items:
        yield f"{before}{inner}{lead}"
        yield from json_parts(each, inner)
        before = ","
    yield f"{margin}{closing}" if before == "," else f"{opening}{closing}"
