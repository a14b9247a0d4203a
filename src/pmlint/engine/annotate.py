"""Writes suppressions into documents, each as near to what it silences as it can stand."""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from itertools import chain
from typing import TypeVar

from msgspec import Struct

from pmlint.engine.errors import UserError
from pmlint.engine.finding import Checked, Finding, is_read
from pmlint.engine.stamp import fingerprint
from pmlint.source import Block, Item, List, Paragraph, Quote, Row, Source, Span, Table
from pmlint.source.markdown import read_markup

B = TypeVar("B", bound=Block | Item | Row)
Content = tuple[str, str]
Check = Callable[[str], Checked]


class Spot(Struct, frozen=True):
    """Where a comment goes, and what stands around it there."""

    at: int
    before: str
    after: str
    in_table: bool = False


def spoken(reason: str) -> str:
    """The reason as a comment can hold it."""
    # Two dashes may end a comment, and it must not end in one.
    text = re.sub(r"-{2,}", "–", " ".join(reason.split())).replace("<!", "< !").strip("–-> ")
    if not text:
        raise UserError("--suppress needs a reason, for whoever reads the comment later; say why the findings stay")
    return text


class Annotated(Struct, frozen=True):
    """A document with comments in it, and the findings that they could not silence."""

    text: str
    stay: tuple[Finding, ...] = ()


def annotated(text: str, findings: Iterable[Finding], reason: str, check: Check) -> Annotated:
    """`text` with comments that silence `findings` and change nothing else of what is found.

    Each stands at the block, item or row; where that does not silence the finding, as with what is said of the front
    matter, the comment holds for the whole file. Where a comment would change what else is found, the findings that it
    is for stay, and the others are silenced.
    """
    wanted = tuple(findings)
    before = check(text)
    if not wanted or not is_read(before):
        return Annotated(text, wanted)
    whole = _silenced(text, wanted, before, reason, check)
    if whole is not None:
        return Annotated(whole)
    return _as_many_as_may(text, wanted, before, reason, check)


_TRIES = 60
"""So many are enough to tell a dozen places from all others."""


def _as_many_as_may(text: str, wanted: tuple[Finding, ...], before: Checked, reason: str, check: Check) -> Annotated:
    """Halves of the places are tried, and halves of those that cannot be silenced together."""
    source = Source(text)
    blocks = read_markup(source).blocks
    places: dict[Spot | None, list[Finding]] = defaultdict(list)
    for finding in wanted:
        places[_spot(source, blocks, finding.span.start)].append(finding)
    silenced: list[Finding] = []
    result, tries = text, 0
    waiting = [list(places.values())]
    while waiting and tries < _TRIES:
        part = waiting.pop()
        tries += 1
        asked = [*silenced, *chain.from_iterable(part)]
        tried = _silenced(text, asked, before, reason, check)
        if tried is not None:
            result, silenced = tried, asked
        elif len(part) > 1:
            half = len(part) // 2
            waiting += [part[half:], part[:half]]
    return Annotated(result, tuple(finding for finding in wanted if finding not in silenced))


def _silenced(text: str, wanted: Iterable[Finding], before: Checked, reason: str, check: Check) -> str | None:
    """`text` with comments that silence all that is wanted and show nothing new; None where none do."""
    asked = Counter(map(_content, wanted))
    had = Counter(map(_content, before.findings))
    whole: set[Content] = set()
    while True:
        tried = _written(text, wanted, whole, reason)
        now = Counter(map(_content, check(tried).findings))
        left = {content for content in asked if now[content] > max(0, had[content] - asked[content])}
        if not left:
            # A comment may hide more than was asked, of the same rule in the same block, but show nothing new.
            return tried if not now - had else None
        if left <= whole:
            return None
        whole |= left


def _content(finding: Finding) -> Content:
    return finding.rule, fingerprint(finding.rule, finding.excerpt, 1)


def _written(text: str, findings: Iterable[Finding], whole: set[Content], reason: str) -> str:
    source = Source(text)
    markup = read_markup(source)
    places: dict[Spot, set[str]] = defaultdict(set)
    for_file: set[str] = set()
    for finding in findings:
        near = None if _content(finding) in whole else _spot(source, markup.blocks, finding.span.start)
        (for_file if near is None else places[near]).add(finding.rule)
    edits = [(spot, _comment("ignore", rules - for_file, reason, spot)) for spot, rules in places.items()]
    if for_file:
        top = Spot(_top(source, markup.blocks), "", source.newline * 2)
        edits.append((top, _comment("ignore-file", for_file, reason, top)))
    # From the end, so that no place moves; what holds for the file stands before what holds for its first block.
    for spot, comment in sorted(edits, key=lambda edit: (-edit[0].at, len(edit[0].after))):
        if comment:
            text = text[: spot.at] + spot.before + comment + spot.after + text[spot.at :]
    return text


def _comment(verb: str, rules: set[str], reason: str, spot: Spot) -> str:
    if not rules:
        return ""
    said = reason.replace("|", "/") if spot.in_table else reason
    return f"<!-- pmlint {verb} {', '.join(sorted(rules))} -- {said} -->"


def _top(source: Source, blocks: tuple[Block, ...]) -> int:
    """The start of the line of the first block: below the front matter, and below a byte order mark."""
    start = blocks[0].span.start if blocks else len(source.text)
    line = source.line(source.line_at(start)).start
    return max(line, 1) if source.text.startswith("\ufeff") else line


def _spot(source: Source, blocks: tuple[Block, ...], offset: int) -> Spot | None:
    block = _at(blocks, offset)
    match block:
        case None:
            return None
        case List():
            item = _at(block.items, offset)
            return None if item is None else _in_item(source, item, offset)
        case Table():
            row = _at((block.header, *block.rows), offset)
            return _above(source, block.span) if row is None else _in_row(source, row)
        case Quote():
            return _spot(source, block.blocks, offset) or _above(source, block.span)
        case _:
            return _above(source, block.span)


def _in_item(source: Source, item: Item, offset: int) -> Spot | None:
    inner = _at(item.blocks, offset)
    if isinstance(inner, List):
        found = _spot(source, (inner,), offset)
        if found is not None:
            return found
    first = item.blocks[0] if item.blocks else None
    if not isinstance(first, Paragraph):
        return None
    # Not where the words end, but where their marks do: `code`, <https://…>, [a link](…).
    line = source.line(source.line_at(first.span.end))
    return Spot(max(first.span.end, line.start + len(source[line].rstrip())), " ", "")


def _in_row(source: Source, row: Row) -> Spot:
    """Inside the last cell: what stands after the last bar is shown to nobody."""
    line = source.line(source.line_at(row.span.start))
    written = source[line].rstrip()
    if written.endswith("|") and not written.endswith("\\|"):
        cells = written[:-1].rstrip()
        return Spot(line.start + len(cells), " ", " " if len(cells) == len(written) - 1 else "", in_table=True)
    return Spot(line.start + len(written), " ", "", in_table=True)


_QUOTING = re.compile(r"(?: {0,3}> ?)*")


def _above(source: Source, span: Span) -> Spot | None:
    """On a line of its own above the block, within the same quotes."""
    line = source.line(source.line_at(span.start))
    start = line.start + source.text.startswith("\ufeff", line.start)
    quoting = _QUOTING.match(source.text, start, max(start, span.start))
    prefix = quoting[0] if quoting else ""
    if source.text[start + len(prefix) : span.start].strip(" \t"):
        return None
    return Spot(start, prefix, source.newline)


def _at(blocks: tuple[B, ...], offset: int) -> B | None:
    """The one that holds `offset`, its end included, where empty cells and what is missing are reported."""
    index = bisect_right(blocks, offset, key=lambda block: block.span.start) - 1
    return blocks[index] if index >= 0 and offset <= blocks[index].span.end else None
