"""Where the lines of a passage stand, so that several of them can be taken together."""

import re

from pmlint.source import Prose, Span

# What Markdown takes for the beginning of a plain line and people for that of an item: "• …", "a) …", "(2) …", "R3. …".
ITEM = re.compile(
    r"(?:[▶►▸‣•◦·–—*+-]\s|\(?[a-hA-H]\)\s|\([1-9][0-9]?\)\s|[A-Z]{1,3}-?[0-9]{1,3}(?:[.:)]|\s[–—-])\s|[①-⑳]\s?)\s*(?=\S)"
)


def line_spans(text: str) -> list[Span]:
    """Each line that is not blank."""
    found, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append(Span(start, start + len(line)))
        start += len(line) + 1
    return found


def grouped(prose: Prose, starts: list[int], lines: list[Span]) -> list[Prose]:
    """The passages that begin at the lines `starts`, each up to the next."""
    ends = [*starts[1:], len(lines)]
    return [prose.cut(lines[start].start, lines[end - 1].end) for start, end in zip(starts, ends, strict=False)]


def listed(prose: Prose) -> list[Prose]:
    """The items that the lines of a passage are, each without its mark; none where no line opens like one."""
    lines = line_spans(prose.text)
    marks = [ITEM.match(prose.text, line.start) for line in lines]
    starts = [at for at, mark in enumerate(marks) if mark]
    return [
        whole.cut(mark.end() - mark.start())
        for whole, mark in zip(grouped(prose, starts, lines), filter(None, marks), strict=True)
    ]
