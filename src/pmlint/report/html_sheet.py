"""The text of one document for the `html` format: its lines, with the words that findings point at marked."""

import re
from bisect import insort
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markupsafe import Markup, escape

from pmlint.engine.finding import Checked, Run
from pmlint.report.escape import pieces
from pmlint.report.tally import count
from pmlint.rules.problem import Level
from pmlint.source import Source, Span

_WHOLE = 3_000
"""Lines of a document up to which all of them are shown."""
_ALL_WHOLE = 60_000
"""Lines of all documents together up to which long ones are shown whole at all."""
_AROUND = 4
"""Lines shown before and after one that a finding speaks of, where not all are."""
_LONGEST = 3_000
"""Characters of a line that are shown."""
_MARKED = 60
"""Lines that one finding marks at most."""

_KINDS = (
    ("h1", re.compile(r"# ")),
    ("h", re.compile(r"#{2,6} ")),
    ("t", re.compile(r"\s*\|")),
    ("q", re.compile(r"\s*>")),
    ("m", re.compile(r"\s*<!--")),
)
_FENCE = re.compile(r"\s*(`{3,}|~{3,})")
_RULER = re.compile(r"---\s*")


class Sheet(NamedTuple):
    """A document as a page shows it."""

    html: Markup
    lines: frozenset[int]
    """The lines that can be linked to: those that a finding speaks of."""


class _Mark(NamedTuple):
    """A part of a line, in characters of the line, that a finding points at; number 0 for a related place."""

    start: int
    end: int
    number: int
    level: str
    numbered: bool
    """Whether the number of the finding stands behind it."""


def sheets_fit(run: Run) -> bool:
    """Whether all documents together are short enough to be shown whole."""
    return sum(document.text.count("\n") for document in run.documents if document.text) <= _ALL_WHOLE


def sheet(document: Checked, name: str, *, whole: bool) -> Sheet:
    """The lines of `document`, whose place in the page is `name`; empty where its text is not at hand."""
    if not document.text or not document.findings:
        return Sheet(Markup(), frozenset())
    source = Source(document.text)
    marks = _marks(document, source)
    whole = whole and len(source.lines) <= _WHOLE
    shown = range(1, len(source.lines) + 1) if whole else _near(marks, len(source.lines))
    kinds = _kinds(source)
    rows: list[str] = []
    above = 0
    for number in shown:
        if number > above + 1:
            rows.append(_gap(number - above - 1))
        rows.append(_row(source, number, kinds[number - 1], marks.get(number, []), name))
        above = number
    if above < len(source.lines):
        rows.append(_gap(len(source.lines) - above))
    return Sheet(Markup("\n".join(rows)), frozenset(marks))  # noqa: S704 - every part of it is escaped below


def _gap(lines: int) -> str:
    return f"<p class=gap>{lines} {'line' if lines == 1 else 'lines'} without findings</p>"


def _near(marks: dict[int, list[_Mark]], last: int) -> Sequence[int]:
    near = {n for number in marks for n in range(number - _AROUND, number + _AROUND + 1) if 1 <= n <= last}
    return sorted(near)


def _marks(document: Checked, source: Source) -> dict[int, list[_Mark]]:
    """What is marked on each line, by start."""
    marks: dict[int, list[_Mark]] = defaultdict(list)
    for number, finding in enumerate(document.findings, start=1):
        for at, mark in _on_lines(source, finding.span, number, finding.level):
            insort(marks[at], mark)
        for place in finding.related:
            for at, mark in _on_lines(source, place.span, 0, Level.INFO):
                insort(marks[at], mark)
    return dict(marks)


def _on_lines(source: Source, span: Span, number: int, level: Level) -> Iterator[tuple[int, _Mark]]:
    first = source.line_at(span.start)
    last = max(first, source.line_at(max(span.start, span.end - 1)))
    for at in range(first, min(last, first + _MARKED) + 1):
        row = source.line(at)
        start = min(max(span.start, row.start), row.end) - row.start
        end = min(max(span.end, row.start), row.end) - row.start
        yield at, _Mark(start, max(start, end), number, str(level), at == first)


def _kinds(source: Source) -> list[str]:
    """What each line is to the eye; only how it looks depends on this."""
    kinds = []
    closing = ""
    for number, row in enumerate(source.lines):
        text = source.text[row.start : min(row.end, row.start + 200)]
        fence = _FENCE.match(text)
        if closing:
            kinds.append("c")
            if (closing == "---" and _RULER.fullmatch(text)) or (fence and fence[1].startswith(closing)):
                closing = ""
        elif fence:
            closing = fence[1]
            kinds.append("c")
        elif number == 0 and _RULER.fullmatch(text):
            closing = "---"
            kinds.append("c")
        else:
            kinds.append(next((kind for kind, pattern in _KINDS if pattern.match(text)), ""))
    return kinds


def _row(source: Source, number: int, kind: str, marks: list[_Mark], name: str) -> str:
    row = source.line(number)
    text = source.text[row.start : min(row.end, row.start + _LONGEST)]
    looks = f" class={kind}" if kind else ""
    identity = f" id={name}-l{number}" if marks else ""
    more = row.end - row.start - len(text)
    shown = [mark for mark in marks if mark.start < len(text)] if more else marks
    beyond = sum(mark.numbered and mark.number > 0 for mark in marks) - sum(m.numbered and m.number > 0 for m in shown)
    found = f" with {count(beyond, 'more finding')}" if beyond else ""
    rest = f"<span class=quiet>… {more} more characters{found}</span>" if more else ""
    content = _content(text, shown, name) if shown else _text(text)
    return f"<p data-n={number}{looks}{identity}>{content}{rest}</p>"


def _content(text: str, marks: list[_Mark], name: str) -> str:
    """The line cut where a mark begins or ends, each piece wrapped in what covers it."""
    cuts = sorted({0, len(text), *(min(at, len(text)) for mark in marks for at in (mark.start, mark.end))})
    done: list[str] = []
    for start, end in zip([*cuts[:-1], len(text)], [*cuts[1:], len(text)], strict=True):
        if start == end:  # the end of the line
            done += [_number(mark, name) for mark in marks if mark.numbered and mark.number and mark.end >= end]
            continue
        covering = [mark for mark in marks if mark.start <= start and mark.end >= end]
        done += [_number(m, name) for m in marks if m.numbered and m.number and m.start == m.end == start]
        done.append(_wrapped(_text(text[start:end]), covering))
        done += [
            _number(m, name) for m in marks if m.numbered and m.number and m.start < m.end == end and end < len(text)
        ]
    return "".join(done)


def _wrapped(text: str, covering: list[_Mark]) -> str:
    found = [mark for mark in covering if mark.number]
    if not found:
        return f'<span class="seen">{text}</span>' if covering else text
    # the widest first, so that a click means the narrowest, which is the last
    found.sort(key=lambda mark: (mark.start - mark.end, mark.number))
    gravest = max(found, key=lambda mark: Level[mark.level.upper()]).level
    numbers = " ".join(str(mark.number) for mark in found)
    return f'<mark class={gravest[0]} data-f="{numbers}">{text}</mark>'


def _number(mark: _Mark, name: str) -> str:
    """The number of a finding behind the words, as that of a footnote."""
    return f"<a class={mark.level[0]} href=#{name}-f{mark.number}>{mark.number}</a>"


def _text(text: str) -> str:
    """`text` escaped, with what cannot be seen spelled out in a form of its own; a tab stays one."""
    return "".join(_unseen(piece) if unseen else str(escape(piece)) for piece, unseen in pieces(text))


def _unseen(spelled: str) -> str:
    return "&#9;" if spelled == r"\x09" else f"<span class=unseen>{spelled}</span>"
