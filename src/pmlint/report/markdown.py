"""The `markdown` format: a comment on a pull request, readable with two hundred findings."""

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import NamedTuple

from pmlint.engine.finding import Checked, Finding, Run
from pmlint.report.escape import markdown, xml
from pmlint.report.rule_info import RuleInfo, about
from pmlint.report.style import Style
from pmlint.report.tally import count, levels_of, tally
from pmlint.rules.problem import Level

_COMMENT_LIMIT = 65_000
"""In bytes; GitHub takes no comment of more than 65,536 characters."""
_ROWS = 50
_OPEN_BELOW = 20
"""Up to so many findings in all, every document is unfolded."""
_LONGEST = 600
_ROOM_FOR_END = 400


def render(run: Run, rules: Mapping[str, RuleInfo], *, style: Style) -> str:  # noqa: ARG001 (shape of all reports)
    """A table of the documents, then their findings, folded and sorted by rule."""
    return compose(run, rules, limit=_COMMENT_LIMIT)


def compose(run: Run, rules: Mapping[str, RuleInfo], *, limit: int) -> str:
    """The run in at most `limit` bytes; what does not fit is counted at the end."""
    pieces: list[str] = []
    used = _ROOM_FOR_END
    for piece in _head(run):
        if used + _size(piece) <= limit:
            pieces.append(piece)
            used += _size(piece)
    total = tally(run).findings
    shown = 0
    for document in run.documents:
        if document.findings:
            piece, number = _document(document, rules, opened=total <= _OPEN_BELOW, room=limit - used)
            if number == 0:
                break
            pieces.append(piece)
            used += _size(piece)
            shown += number
    if shown < total:
        left = count(total - shown, "more finding")
        pieces.append(f"… and {left}, too many to show here: `pmlint check` prints them all.\n")
    if total:
        pieces.append("`pmlint explain RULE` says why a rule asks, and shows a good example.\n")
    return "\n".join(pieces)


def _size(piece: str) -> int:
    return len(piece.encode("utf-8", "surrogatepass")) + 1


def _head(run: Run) -> Iterator[str]:
    figures = tally(run)
    documents = count(figures.documents, "document")
    if figures.findings:
        yield f"### pmlint: {figures.words} in {figures.with_findings} of {documents}\n"
    elif figures.documents:
        yield f"### pmlint: nothing to report in {documents}\n"
    else:
        yield "### pmlint: no document was checked\n"
    notes = [*(_cut(warning) for warning in run.warnings[:_ROWS])]
    notes += [
        f"<code>{_cut(crash.rule)}</code> crashed on <code>{_cut(crash.path)}</code>, a fault of pmlint: "
        f"{_cut(crash.error)}"
        for crash in run.crashes[:_ROWS]
    ]
    if notes:
        yield "".join(f"- {note}\n" for note in notes)
    found = [document for document in run.documents if document.findings]
    if found:
        yield _table(found)


def _table(found: list[Checked]) -> str:
    rows = ["| document | score | errors | warnings | info |\n|---|--:|--:|--:|--:|\n"]
    for document in found[:_ROWS]:
        score = "" if document.score is None else str(document.score)
        counts = (
            sum(finding.level is level for finding in document.findings)
            for level in (Level.ERROR, Level.WARNING, Level.INFO)
        )
        rows.append(f"| <code>{_cut(document.path)}</code> | {score} | {' | '.join(map(str, counts))} |\n")
    if len(found) > _ROWS:
        rows.append(f"| and {count(len(found) - _ROWS, 'more document')} | | | | |\n")
    return "".join(rows)


class _Row(NamedTuple):
    """A line of a document's list, and how many findings it tells."""

    text: str
    findings: int


def _document(document: Checked, rules: Mapping[str, RuleInfo], *, opened: bool, room: int) -> tuple[str, int]:
    """As many rows as `room` bytes take, and the number of findings in them."""
    start = (
        f"<details{' open' if opened else ''}>\n"
        f"<summary><code>{_cut(document.path)}</code>: {levels_of(document.findings)}</summary>\n"
    )
    end = "\n</details>\n"
    room -= _size(start) + _size(end)
    text, shown, head = "", 0, ""
    for row in _rows(document, rules):
        if row.findings == 0:
            head = row.text
            continue
        room -= _size(head + row.text)
        if room < 0:
            break
        text += head + row.text
        shown += row.findings
        head = ""
    return start + text + end, shown


def _rows(document: Checked, rules: Mapping[str, RuleInfo]) -> Iterator[_Row]:
    """The rules, the gravest first, each with what it says of good documents and then its findings."""
    first = {finding.rule: number for number, finding in reversed([*enumerate(document.findings)])}
    ordered = sorted(document.findings, key=lambda finding: (-finding.level, first[finding.rule]))
    for (level, _), group in groupby(ordered, key=lambda finding: (finding.level, finding.rule)):
        findings = list(group)
        rule = about(findings[0], rules)
        times = f" × {len(findings)}" if len(findings) > 1 else ""
        advice = f": {_cut(rule.help)}" if rule.help else ""
        yield _Row(f"\n**{level}** {_name(rule)}{times}{advice}\n\n", 0)
        yield from _places(findings)


def _name(rule: RuleInfo) -> str:
    name = f"<code>{_cut(rule.name)}</code>"
    return f'<a href="{xml(rule.url)}">{name}</a>' if rule.url else name


def _places(findings: list[Finding]) -> Iterator[_Row]:
    """One row for each message, with all the lines that it is said of."""
    said: dict[str, list[int]] = {}
    for finding in findings:
        said.setdefault(finding.message, []).append(finding.start.line)
    for message, lines in said.items():
        where = "line" if len(set(lines)) == 1 else "lines"
        numbers = ", ".join(map(str, dict.fromkeys(lines)))
        yield _Row(f"- {where} {numbers}: {_cut(message)}\n", len(lines))


def _cut(text: str) -> str:
    """`text`, of bounded length, as literal words."""
    return markdown(text if len(text) <= _LONGEST else text[:_LONGEST] + "…")
