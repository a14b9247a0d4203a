"""Where another voice is quoted inside running text."""

import re
from bisect import bisect_left, bisect_right

from pmlint.source.span import Span

# A straight mark opens only where no word stands before it, so that inches and seconds open nothing.
# A curly single mark is an apostrophe in front of a shortened year or word (’90s typed by a program as ‘90s).
_OPENER = re.compile(r"[“„«「『]|(?<![\w\"])\"(?=[^\s\"])|(?<!\w)‘(?=\S)(?!\d\ds?\b)")
# A single mark closes after a word and before none: the apostrophe in `didn’t` does neither.
_CLOSERS = {
    "“": re.compile("”"),
    "„": re.compile("[“”]"),
    "«": re.compile("»"),
    "「": re.compile("」"),
    "『": re.compile("』"),
    '"': re.compile('"'),
    "‘": re.compile(r"(?<=\S)’(?!\w)"),
}
_MARK = re.compile('[“„«「『"‘]')
_WORD_AFTER = re.compile(r"\w")
_VISIBLE = re.compile(r"\S")
_TWO_WORDS = re.compile(r"\S\s++\S")
_LINES = 3
"""A quotation runs over at most this many line breaks; a mark left open does not swallow the paragraph."""


def quotations(text: str) -> list[Span]:
    """The spans of quotations in `text`, marks included, none overlapping.

    A quotation in single marks has two words or more: ‘prod’ is as often emphasis or a name as someone's word.
    """
    any_mark = _MARK.search(text)
    opener = _OPENER.search(text, any_mark.start()) if any_mark else None
    if opener is None:
        return []
    found: list[Span] = []
    breaks = [at for at, character in enumerate(text) if character == "\n"]
    closers: dict[str, list[int]] = {}
    while opener:
        mark, start, past = opener[0], opener.start(), opener.end()
        if mark not in closers:
            closers[mark] = [closer.start() for closer in _CLOSERS[mark].finditer(text)]
        end = _close(text, mark, past, closers[mark])
        if end is not None and bisect_right(breaks, end) - bisect_left(breaks, start) <= _LINES:
            if mark != "‘" or _TWO_WORDS.search(text, past, end):
                found.append(Span(start, end + 1))
            # what stands inside one word in single marks holds no quotation either
            past = end + 1
        opener = _OPENER.search(text, past)
    return found


def _close(text: str, mark: str, start: int, closers: list[int]) -> int | None:
    """Where the quotation that `mark` opened ends: the first closer after it."""
    index = bisect_left(closers, start)
    if index == len(closers):
        return None
    end = closers[index]
    if mark == '"' and _WORD_AFTER.match(text, end + 1):
        return None
    return end if _VISIBLE.search(text, start, end) else None
