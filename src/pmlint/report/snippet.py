"""A line of the document with its number and a mark under the words that are meant."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from pmlint.report.escape import characters, columns, harmless
from pmlint.report.style import Style
from pmlint.source.span import Position

_TAB = 4
_LEAST_WIDTH = 40
"""What a window around the words needs to be of use, however narrow the terminal says it is."""


class Marked(NamedTuple):
    """One source line and the part of it, in code points from 0, that is meant."""

    number: int
    text: str
    start: int
    end: int
    last_line: int
    """Where the words end: `number`, or a later line."""


def mark(context: str, start: Position, end: Position, excerpt: str = "") -> Marked:
    """Where on its line a place is.

    Columns count the document's own characters. Where `context` has other ones, as in place of a secret, the excerpt
    nearest to the column is meant.
    """
    first = start.column - 1
    last = end.column - 1 if end.line == start.line else len(context)
    said = context[first:last]
    if excerpt and end.line == start.line and said != excerpt and " ".join(said.split()) != excerpt:
        found = [context.rfind(excerpt, 0, first + len(excerpt)), context.find(excerpt, first)]
        if max(found) >= 0:
            first = min((at for at in found if at >= 0), key=lambda at: abs(at - first))
            last = first + len(excerpt)
    return Marked(start.line, context, first, max(first, last), end.line)


def draw(place: Marked, *, style: Style, ink: str, gutter: int, sign: str = "^") -> list[str]:
    """The gutter, the line cut to the terminal, and the marks under it; nothing where there is nothing to mark."""
    if not place.text.strip() or place.start > len(place.text):
        return []
    cells = _cells(place.text)
    start, end = place.start, max(place.end, place.start + 1)
    room = max(style.width - gutter - 3, _LEAST_WIDTH)
    if isinstance(cells, str) and len(cells) <= room:
        shown, indent, length = cells, start, min(end, len(cells)) - start or 1
    else:
        ends = range(len(cells) + 1) if isinstance(cells, str) else [0, *accumulate(map(columns, cells))]
        low, high = _window(ends, start, end, room)
        before, after = "…" if low else "", "…" if high < len(cells) else ""
        shown = before + _joined(cells[low:high]) + after
        indent = columns(before + _joined(cells[low:start]))
        length = columns(_joined(cells[start : min(end, high)])) or 1
    bar, blank = style.paint("|", "gutter"), " " * gutter
    number = style.paint(str(place.number).rjust(gutter), "gutter")
    more = f" to line {place.last_line}" if place.last_line > place.number else ""
    if style.terminal:
        length = max(1, min(length, room - indent - len(more)))
    under = " " * indent + style.paint(sign * length + more, ink)
    return [f"{blank} {bar}", f"{number} {bar} {shown.rstrip()}", f"{blank} {bar} {under}"]


def _cells(text: str) -> Sequence[str]:
    """What each character of a line looks like, tabs filled up to their stops; the line itself where it is plain."""
    if text.isascii() and harmless(text):
        return text
    cells = characters(text)
    if "\t" not in text:
        return cells
    at = 0
    for index, character in enumerate(text):
        if character == "\t":
            cells[index] = " " * (_TAB - at % _TAB)
        at += columns(cells[index])
    return cells


def _joined(cells: Sequence[str]) -> str:
    return cells if isinstance(cells, str) else "".join(cells)


def _window(ends: Sequence[int], start: int, end: int, room: int) -> tuple[int, int]:
    """Which cells to show: all if they fit, else the marked ones and a third of the room left before them.

    `ends` are the columns before each cell and those of all of them.
    """
    count = len(ends) - 1
    if ends[-1] <= room:
        return 0, count
    start, end = min(start, count), min(end, count)
    room -= 2
    spare = max(room - (ends[end] - ends[start]), 0)
    left = max(ends[start] - spare // 3, 0)
    if ends[-1] - left < room:
        left = ends[-1] - room
    low = min(bisect_right(ends, left - 1), start) if left > 0 else 0
    high = max(bisect_right(ends, ends[low] + room) - 1, low + 1)
    return low, min(high, count)
