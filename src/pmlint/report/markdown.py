"""The `markdown` format: a comment on a pull request, readable with two hundred findings."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from pmlint.engine.finding import Checked, Finding, Run
from pmlint.report.escape import markdown, xml
from pmlint.report.rule_info import RuleInfo, about
from pmlint.report.style import Style
from pmlint.report.tally import count, fixes, levels_of, tally
from pmlint.rules.problem import Level

_COMMENT_LIMIT = 65_000
"""In bytes; GitHub takes no comment of more than 65,536 characters."""
_LEVELS = (Level.ERROR, Level.WARNING, Level.INFO)
_NOTES = 50
_ROWS = 20
"""Documents in the table; it stands open, so it must not be long."""
_OPEN_BELOW = 20
"""Up to so many findings in all, every document is unfolded."""
_OPEN_ALONE = 60
"""The same where there is only one, which has been asked for."""
_LINES = 30
"""Lines that are named for one message."""
_CLOSING_LISTED = 3
_LONGEST = 600
_ROOM_FOR_END = 400


class _Row(NamedTuple):
    """A line of a document's list, and how many findings it tells."""

    text: str
    findings: int


class _Piece(NamedTuple):
    """What is shown of a document, and how many of its findings that tells."""

    text: str
    findings: int


def parts(run: Run, rules: Mapping[str, RuleInfo], *, style: Style) -> Iterator[str]:  # noqa: ARG001 (shape of all reports)
    """A table of the documents, then their findings, folded and sorted by rule; the gravest first."""
    yield compose(run, rules, limit=_COMMENT_LIMIT)


def compose(run: Run, rules: Mapping[str, RuleInfo], *, limit: int) -> str:
    """The run in at most `limit` bytes.

    Where not all findings fit, those of the lower levels are left out in all documents before an error is left out in
    one; what is not shown is counted.
    """
    found = sorted((document for document in run.documents if document.findings), key=_gravity)
    pieces: list[str] = []
    room = limit - _ROOM_FOR_END
    for piece in _head(run, found):
        if _size(piece) <= room:
            pieces.append(piece)
            room -= _size(piece)
    total = tally(run).findings
    shown = 0
    for body in _bodies(found, rules, total, room):
        pieces.append(body.text)
        room -= _size(body.text)
        shown += body.findings
    if len(found) > 1:
        asked = _asked(found, rules, room)
        pieces += [asked] if asked else []
    if shown < total:
        left = count(total - shown, "more finding")
        pieces.append(f"… and {left}, too many to show here: `pmlint check` prints them all.\n")
    if total:
        pieces.append("`pmlint explain RULE` says why a rule asks, and shows a good example.\n")
    return "\n".join(pieces)


def _gravity(document: Checked) -> tuple[int, ...]:
    """Sorts the gravest first, and those that are alike as they were checked."""
    return tuple(-number for number in _counts(document))


def _counts(document: Checked) -> list[int]:
    return [sum(finding.level is level for finding in document.findings) for level in _LEVELS]


def _size(piece: str) -> int:
    return len(piece.encode("utf-8", "surrogatepass")) + 1


def _head(run: Run, found: Sequence[Checked]) -> Iterator[str]:
    figures = tally(run)
    documents = count(figures.documents, "document")
    if figures.findings:
        part = f"{figures.with_findings} of " if figures.documents > 1 else ""
        yield f"### pmlint: {figures.words} in {part}{documents}\n"
    elif figures.documents:
        yield f"### pmlint: nothing to report in {documents}\n"
    else:
        yield "### pmlint: no document was checked\n"
    said = [*_gate(run), *(f"{each}." for each in fixes(figures))]
    if said:
        yield f"{' '.join(said)}\n"
    notes = [*(_cut(warning) for warning in run.warnings[:_NOTES])]
    notes += [
        f"<code>{_cut(crash.rule)}</code> crashed on <code>{_cut(crash.path)}</code>, a fault of {_cut(crash.origin)}: "
        f"{_cut(crash.error)}"
        for crash in run.crashes[:_NOTES]
    ]
    if notes:
        yield "".join(f"- {note}\n" for note in notes)
    if found:
        yield _table(found)


def _gate(run: Run) -> Iterator[str]:
    closed = [document for document in run.documents if document.closes]
    if len(closed) > _CLOSING_LISTED:
        yield f"**The gate is closed** by {len(closed)} documents."
    elif closed:
        reasons = (f"<code>{_cut(each.path)}</code> ({_cut(', '.join(each.closes))})" for each in closed)
        yield f"**The gate is closed** by {', '.join(reasons)}."


def _table(found: Sequence[Checked]) -> str:
    rows = ["| document | score | errors | warnings | info |\n|---|--:|--:|--:|--:|\n"]
    for document in found[:_ROWS]:
        score = "" if document.score is None else str(document.score)
        rows.append(f"| <code>{_cut(document.path)}</code> | {score} | {' | '.join(map(str, _counts(document)))} |\n")
    if len(found) > _ROWS:
        rows.append(f"| and {count(len(found) - _ROWS, 'more document')} | | | | |\n")
    return "".join(rows)


def _bodies(found: Sequence[Checked], rules: Mapping[str, RuleInfo], total: int, room: int) -> list[_Piece]:
    """The documents with their findings, of all levels or of as many as there is room for."""
    opened = total <= (_OPEN_BELOW if len(found) > 1 else _OPEN_ALONE)

    def body(document: Checked, least: Level, space: int) -> _Piece | None:
        return _document(document, rules, least, opened=opened, advice=len(found) == 1, room=space)

    worst = max((finding.level for document in found for finding in document.findings), default=Level.ERROR)
    for least in sorted(level for level in _LEVELS if level <= worst):
        bodies = [each for document in found if (each := body(document, least, room)) is not None]
        if sum(_size(each.text) for each in bodies) <= room and all(each.findings for each in bodies):
            return bodies
    bodies = []
    for document in found:
        each = body(document, worst, room)
        if each is None:
            continue
        if each.findings == 0:
            break
        bodies.append(each)
        room -= _size(each.text)
    return bodies


def _document(
    document: Checked, rules: Mapping[str, RuleInfo], least: Level, *, opened: bool, advice: bool, room: int
) -> _Piece | None:
    """As many of its findings of at least a level as `room` bytes take; None where it has none of them."""
    meant = tuple(finding for finding in document.findings if finding.level >= least)
    if not meant:
        return None
    start = (
        f"<details{' open' if opened else ''}>\n"
        f"<summary><code>{_cut(document.path)}</code>: {levels_of(document.findings)}</summary>\n"
    )
    lower = tuple(finding for finding in document.findings if finding.level < least)
    end = (f"\n… and {levels_of(lower)}\n" if lower else "") + "\n</details>\n"
    room -= _size(start) + _size(end)
    text, shown, head = "", 0, ""
    for row in (_taught if advice else _listed)(meant, rules):
        if row.findings == 0:
            head = row.text
            continue
        room -= _size(head + row.text)
        if room < 0:
            break
        text += head + row.text
        shown += row.findings
        head = ""
    return _Piece(start + text + end, shown)


def _taught(findings: Sequence[Finding], rules: Mapping[str, RuleInfo]) -> Iterator[_Row]:
    """The rules, the gravest first, each with what it asks of good documents and with its findings."""
    for (level, _), members in _by_rule(findings):
        rule = about(members[0], rules)
        times = f" × {len(members)}" if len(members) > 1 else ""
        asks = f": {_cut(rule.help)}" if rule.help else ""
        yield _Row(f"\n**{level}** {_name(rule)}{times}{asks}\n\n", 0)
        yield from _places(members)


def _listed(findings: Sequence[Finding], rules: Mapping[str, RuleInfo]) -> Iterator[_Row]:
    """The findings of each level, the gravest first, each with its rule behind it."""
    above = None
    for (level, _), members in _by_rule(findings):
        if level is not above:
            yield _Row(f"\n**{levels_of([each for each in findings if each.level is level])}**\n\n", 0)
            above = level
        yield from _places(members, f" ({_name(about(members[0], rules))})")


def _by_rule(findings: Sequence[Finding]) -> Iterator[tuple[tuple[Level, str], list[Finding]]]:
    first = {finding.rule: number for number, finding in reversed([*enumerate(findings)])}
    ordered = sorted(findings, key=lambda finding: (-finding.level, first[finding.rule]))
    for key, group in groupby(ordered, key=lambda finding: (finding.level, finding.rule)):
        yield key, list(group)


def _places(findings: Sequence[Finding], rule: str = "") -> Iterator[_Row]:
    """One row for each message, with all the lines that it is said of."""
    said: dict[str, list[int]] = {}
    for finding in findings:
        said.setdefault(finding.message, []).append(finding.start.line)
    for message, lines in said.items():
        named = list(dict.fromkeys(lines))
        where = "line" if len(named) == 1 else "lines"
        numbers = ", ".join(map(str, named[:_LINES]))
        if len(named) > _LINES:
            numbers += f" and {len(named) - _LINES} more"
        yield _Row(f"- {where} {numbers}: {_cut(message)}{rule}\n", len(lines))


def _asked(found: Sequence[Checked], rules: Mapping[str, RuleInfo], room: int) -> str:
    """What the rules ask of good documents, said once for all of them: the gravest and most frequent first."""
    spoken: dict[str, list[Finding]] = {}
    for document in found:
        for finding in document.findings:
            spoken.setdefault(finding.rule, []).append(finding)
    start, end = "<details>\n<summary>What these rules ask for</summary>\n\n", "\n</details>\n"
    room -= _size(start) + _size(end)
    text = ""
    for members in sorted(spoken.values(), key=lambda each: (-max(one.level for one in each), -len(each))):
        rule = about(members[0], rules)
        row = f"- {_name(rule)}: {_cut(rule.help)}\n" if rule.help else ""
        room -= len(row.encode("utf-8", "surrogatepass"))
        if room < 0:
            break
        text += row
    return start + text + end if text else ""


def _name(rule: RuleInfo) -> str:
    name = f"<code>{_cut(rule.name)}</code>"
    return f'<a href="{xml(rule.url)}">{name}</a>' if rule.url else name


def _cut(text: str) -> str:
    """`text`, of bounded length, as literal words."""
    return markdown(text if len(text) <= _LONGEST else text[:_LONGEST] + "…")
