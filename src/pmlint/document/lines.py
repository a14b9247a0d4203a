"""Where the lines of a passage stand, so that several of them can be taken together."""

from pmlint.source import Prose, Span


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
