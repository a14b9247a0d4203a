"""What would be changed in a document, as `diff -u` and git show it."""

import re
from collections.abc import Iterator
from difflib import unified_diff

from pmlint.report.escape import place, visible
from pmlint.report.style import Style

_INKS = {"@@": "info", "+": "good", "-": "error"}
_LINE = re.compile(r".*?(?:\r\n|\n|\r|\Z)", re.DOTALL)


def unified(path: str, before: str, after: str, *, style: Style) -> str:
    """The difference of two texts; what could trick a terminal is shown as what it is."""
    rows = unified_diff(_lines(before), _lines(after), f"a/{path}", f"b/{path}", lineterm="")
    return "".join(_shown(rows, path, style))


def _shown(rows: Iterator[str], path: str, style: Style) -> Iterator[str]:
    for number, row in enumerate(rows):
        if number < 2:
            name = place(path)
            yield style.paint(f"{'+++' if number else '---'} {_side(name, 'b' if number else 'a')}", "strong") + "\n"
            continue
        bare = row.rstrip("\r\n")
        ending = row[len(bare) :] or "\n"
        ink = next((ink for mark, ink in _INKS.items() if row.startswith(mark)), None)
        text = "\t".join(map(visible, bare.split("\t")))
        yield (style.paint(text, ink) if ink else text) + ("\r\n" if ending == "\r\n" else "\n")
        if bare == row and not row.startswith("@@"):
            yield "\\ No newline at end of file\n"


def _side(name: str, side: str) -> str:
    return name if name.startswith(("/", "<")) else f"{side}/{name}"


def _lines(text: str) -> list[str]:
    """The lines with their endings; `str.splitlines` would also cut at form feeds."""
    return [found for found in _LINE.findall(text) if found]
