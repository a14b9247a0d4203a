"""What an author writes to silence a rule: `<!-- pmlint ignore RULE -- reason -->`, and how far each one reaches."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from pmlint.source import Block, Comment, Html, Item, List, Markup, Quote, Row, Source, Span, Table

B = TypeVar("B", bound=Block | Item | Row)

_NOWHERE = Span(0, 0)
VERBS = ("ignore", "ignore-start", "ignore-end", "ignore-file")
ALL = "all"
"""As the name of a rule: every one."""


class Name(Struct, frozen=True):
    """A rule or family as the comment names it, and where."""

    text: str
    span: Span


class Suppression(Struct, frozen=True):
    """One comment that silences rules."""

    span: Span
    """The whole comment."""
    verb: Name
    """One of `VERBS`, or what stands in the place of one."""
    names: tuple[Name, ...]
    """Empty for every rule."""
    reason: str
    only: str | None = None
    """Silences a single finding, the one that points at these words."""
    until: date | None = None
    bad_until: str | None = None
    """What stands where the date would, if it is none."""
    reach: Span = _NOWHERE
    """The findings that start here are meant."""
    unmatched: bool = False
    """An `ignore-end` without its start."""

    @property
    def acts(self) -> bool:
        """Whether it is an instruction to silence something."""
        return self.verb.text in VERBS and self.verb.text != "ignore-end" and self.bad_until is None

    def expired(self, today: date) -> bool:
        """Whether its last day has passed."""
        return self.until is not None and today > self.until


# Comments that may stand in a row; more are no suppressions of one block, and looking past all would take its time.
_COMMENTS = 50

_LINE = 1000
"""Characters between a block and a comment on its line."""

_OPENING = re.compile(r"<!--\s*pmlint\b[\s:]*(?P<verb>[\w-]*)", re.IGNORECASE)
_REASON = re.compile(r"(?:(?<=\s)|^)(?:--+|[—–])\s*(?P<reason>.*)", re.DOTALL)
_ONLY = re.compile(r"\"(?P<straight>[^\"]*)\"|“(?P<curly>[^”]*)”")
_UNTIL = re.compile(r"\buntil\s*=\s*(?P<day>[^\s,;\"]+)", re.IGNORECASE)
_NAME = re.compile(r"[A-Za-z][\w-]*")


def read_suppressions(source: Source, markup: Markup) -> tuple[Suppression, ...]:
    """The suppressions of a document in order, each with its reach; comments in code are none."""
    if "pmlint" not in source.text:
        return ()
    found = [read for comment in markup.comments if (read := _read(source, comment)) is not None]
    return tuple(_reaching(found, source, markup))


def _read(source: Source, comment: Comment) -> Suppression | None:
    text = source[comment.span]
    opening = _OPENING.match(text)
    if opening is None:
        return None
    start = comment.span.start

    def named(begin: int, end: int) -> Name:
        return Name(text[begin:end].lower(), Span(start + begin, start + end))

    body_end = len(text) - len("-->") if text.endswith("-->") else len(text)
    # a verb may stand right before the dashes: `ignore-file--`
    verb_end = opening.start("verb") + len(opening["verb"].rstrip("-"))
    said = _REASON.search(text, verb_end, body_end)
    head_end = said.start() if said else body_end
    only = _ONLY.search(text, verb_end, head_end)
    until = _UNTIL.search(text, verb_end, body_end)
    day = _day(until["day"]) if until else None
    masked = [found.span() for found in (only, until) if found]
    names = tuple(
        named(*found.span())
        for found in _NAME.finditer(text, verb_end, head_end)
        if not any(begin <= found.start() < end for begin, end in masked)
    )
    return Suppression(
        span=comment.span,
        verb=named(opening.start("verb"), verb_end),
        names=tuple(name for name in names if name.text != ALL),
        reason=_UNTIL.sub("", said["reason"]).strip() if said else "",
        only=(only["straight"] or only["curly"]) if only else None,
        until=day,
        bad_until=until["day"] if until and day is None else None,
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _reaching(found: list[Suppression], source: Source, markup: Markup) -> list[Suppression]:
    end = len(source.text)
    result: list[Suppression] = []
    opened = _Opened()
    for item in found:
        reach, unmatched = item.span, False
        match item.verb.text:
            case "ignore-file":
                reach = Span(0, end)
            case "ignore-start":
                reach = Span(item.span.start, end)
                opened.add(len(result), item)
            case "ignore-end":
                start = opened.close(item)
                unmatched = start is None
                if start is not None:
                    between = Span(result[start].span.start, item.span.end)
                    result[start] = replace(result[start], reach=between)
            case "ignore":
                reach = _block(source, markup.blocks, item.span) or item.span
                if _opens(markup.blocks, item.span):
                    reach = Span(0, reach.end)
        result.append(replace(item, reach=reach, unmatched=unmatched))
    return result


class _Opened:
    """The starts that wait for their end."""

    def __init__(self) -> None:
        self._all: list[int] = []
        self._by_names: dict[frozenset[str], list[int]] = {}
        self._closed: set[int] = set()

    def add(self, index: int, start: Suppression) -> None:
        self._all.append(index)
        self._by_names.setdefault(_words(start), []).append(index)

    def close(self, end: Suppression) -> int | None:
        """The last start that is still open; of the same names, where the end names any."""
        waiting = self._by_names.get(_words(end), []) if end.names else self._all
        while waiting:
            index = waiting.pop()
            if index not in self._closed:
                self._closed.add(index)
                return index
        return None


def _opens(blocks: tuple[Block, ...], comment: Span) -> bool:
    """Whether nothing but front matter and comments stands before the comment.

    What a document without a title lacks is reported at its very start, and the front matter has room for no comment.
    """
    before = bisect_left(blocks, comment.start, key=_start)
    return before < _COMMENTS and all(map(_is_comment, blocks[:before]))


def _words(item: Suppression) -> frozenset[str]:
    return frozenset(name.text for name in item.names)


def _start(block: Block | Item | Row) -> int:
    return block.span.start


def _holding(source: Source, blocks: Sequence[B], comment: Span) -> int | None:
    """The index of the block that holds the comment: it stands inside, or before or after on the same line."""
    near = bisect_right(blocks, comment.start, key=_start)
    for index in (near - 1, near):
        if 0 <= index < len(blocks) and _holds(source, blocks[index].span, comment):
            return index
    return None


def _holds(source: Source, span: Span, comment: Span) -> bool:
    # A block of text ends with its last word: marks, the address of a link and comments may follow on its line.
    if span.meets(comment):
        return True
    low, high = (span.end, comment.start) if span.end <= comment.start else (comment.end, span.start)
    between = source.text[low : min(high, low + _LINE)]
    follows = span.end <= comment.start and high - low <= _LINE
    return (follows or not between.strip()) and "\n" not in between and "\r" not in between


def _block(source: Source, blocks: tuple[Block, ...], comment: Span) -> Span | None:
    """The block that holds the comment, or where the comment stands alone, the one after it."""
    index = _holding(source, blocks, comment)
    if index is None:
        after = bisect_right(blocks, comment.end - 1, key=_start)
        return blocks[after].span if after < len(blocks) else None
    block = blocks[index]
    if isinstance(block, List):
        return _item(source, block, comment)
    if isinstance(block, Quote):
        return _block(source, block.blocks, comment) or block.span
    if isinstance(block, Table):
        rows = (block.header, *block.rows)
        row = _holding(source, rows, comment)
        return block.span if row is None else rows[row].span
    return _neighbour(blocks, index) if _is_comment(block) else block.span


def _item(source: Source, block: List, comment: Span) -> Span:
    """The item that holds the comment, with all that is below it; not the items around."""
    index = _holding(source, block.items, comment)
    if index is None:
        return block.span
    item = block.items[index]
    inner = _block(source, item.blocks, comment)
    first = item.blocks[0].span if item.blocks else None
    return item.span if inner is None or inner == first else inner


def _is_comment(block: Block) -> bool:
    return isinstance(block, Html) and not block.prose.text.strip()


def _neighbour(blocks: tuple[Block, ...], index: int) -> Span | None:
    """The block after the comment, or where there is none, the one before it."""
    before = next(
        (
            block
            for block in map(blocks.__getitem__, range(index - 1, max(-1, index - _COMMENTS), -1))
            if not _is_comment(block)
        ),
        None,
    )
    stop = min(len(blocks), index + _COMMENTS)
    after = next((block for block in map(blocks.__getitem__, range(index + 1, stop)) if not _is_comment(block)), None)
    if isinstance(after, List) and isinstance(before, List):
        # A comment between two items splits their list; its author means the next item.
        return after.items[0].span
    if after is not None:
        return after.span
    return before.span if before is not None else None
