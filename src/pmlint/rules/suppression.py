"""What an author writes to silence a rule: `<!-- pmlint ignore RULE -- reason -->`, and how far each one reaches."""

import re
from dataclasses import dataclass, replace
from datetime import date

from pmlint.source import Block, Comment, Html, List, Markup, Quote, Source, Span, Table

_NOWHERE = Span(0, 0)
VERBS = ("ignore", "ignore-start", "ignore-end", "ignore-file")
ALL = "all"
"""As the name of a rule: every one."""


@dataclass(frozen=True, slots=True)
class Name:
    """A rule or family as the comment names it, and where."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Suppression:
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
    opened: list[int] = []
    for item in found:
        reach, unmatched = item.span, False
        match item.verb.text:
            case "ignore-file":
                reach = Span(0, end)
            case "ignore-start":
                reach = Span(item.span.start, end)
                opened.append(len(result))
            case "ignore-end":
                start = next((at for at in reversed(opened) if _closes(item, result[at])), None)
                unmatched = start is None
                if start is not None:
                    opened.remove(start)
                    between = Span(result[start].span.start, item.span.end)
                    result[start] = replace(result[start], reach=between)
            case "ignore":
                reach = _block(source, markup.blocks, item.span) or item.span
        result.append(replace(item, reach=reach, unmatched=unmatched))
    return result


def _closes(end: Suppression, start: Suppression) -> bool:
    return not end.names or {name.text for name in end.names} == {name.text for name in start.names}


def _block(source: Source, blocks: tuple[Block, ...], comment: Span) -> Span | None:
    """The block that holds the comment, or where the comment stands alone, the one after it."""
    for index, block in enumerate(blocks):
        if not _holds(source, block.span, comment):
            continue
        if isinstance(block, List):
            return _item(source, block, comment)
        if isinstance(block, Quote):
            return _block(source, block.blocks, comment) or block.span
        if isinstance(block, Table):
            rows = (block.header, *block.rows)
            return next((row.span for row in rows if _holds(source, row.span, comment)), block.span)
        if _is_comment(block):
            return _neighbour(blocks, index)
        return block.span
    return next((block.span for block in blocks if block.span.start >= comment.end), None)


def _item(source: Source, block: List, comment: Span) -> Span:
    """The item that holds the comment, with all that is below it; not the items around."""
    for item in block.items:
        if _holds(source, item.span, comment):
            inner = _block(source, item.blocks, comment)
            first = item.blocks[0].span if item.blocks else None
            return item.span if inner is None or inner == first else inner
    return block.span


def _holds(source: Source, span: Span, comment: Span) -> bool:
    """Whether the comment stands inside or on the same line: text ends with its last word, not with a comment."""
    if span.meets(comment):
        return True
    low, high = (span.end, comment.start) if span.end <= comment.start else (comment.end, span.start)
    between = source.text[low : min(high, low + 1000)]
    return not between.strip() and "\n" not in between and "\r" not in between


def _is_comment(block: Block) -> bool:
    return isinstance(block, Html) and not block.prose.text.strip()


def _neighbour(blocks: tuple[Block, ...], index: int) -> Span | None:
    before = next((block for block in reversed(blocks[:index]) if not _is_comment(block)), None)
    after = next((block for block in blocks[index + 1 :] if not _is_comment(block)), None)
    if isinstance(after, List) and isinstance(before, List):
        # A comment between two items splits their list; its author means the next item.
        return after.items[0].span
    if after is not None:
        return after.span
    return before.span if before is not None else None
