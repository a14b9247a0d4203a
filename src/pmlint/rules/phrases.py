"""Phrases as data: how a line of a rule file becomes a pattern, and when that pattern is worth running."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from functools import cache
from typing import Any, NamedTuple

from pmlint.document.hints import Hints, ones, opening
from pmlint.document.patterns import Pattern, compiled
from pmlint.document.words import UNSPACED

# In a phrase: `(a|b)` one of these, `(a )?` or nothing, `word*` any ending, `…` up to three words between,
# `#` a number, `-` a hyphen, a space or nothing.
_TOKEN = re.compile(r"\s*…\s*|\s+|\)\?|[()|*#-]|[^\s()|*#…-]+")
_GAP = r"(?:[\s,]+[^\s.!?;|]+){0,3}[\s,]+"
_WORD = re.compile(r"\w+")
_FIXED = {"(": "(?:", ")": ")", ")?": ")?", "|": "|", "*": r"\w*", "#": r"\d+(?:[.,]\d+)?", "-": r"[-\s]?"}


@cache
def one(phrase: str) -> Pattern:
    """The pattern of one phrase."""
    return pattern((phrase,))


@cache
def pattern(phrases: tuple[str, ...]) -> Pattern:
    """One pattern that finds any of `phrases` as whole words, in any case."""
    return compiled("|".join(expression(phrase) for phrase in phrases), re.IGNORECASE)


def expression(phrase: str) -> str:
    """The regular expression of one phrase."""
    phrase = phrase.strip()
    inner = "".join(_piece(word) for word in _TOKEN.findall(phrase))
    before, after = _bounds(phrase)
    return (r"(?<!\w)" if before else "") + f"(?:{inner})" + (r"(?!\w)" if after else "")


def _bounds(phrase: str) -> tuple[bool, bool]:
    """Whether a phrase begins and ends where a word does; in a script without spaces words have no bounds."""
    return not UNSPACED.match(phrase.lstrip("(")), not UNSPACED.match(phrase.rstrip("*)?")[-1:])


def _piece(token: str) -> str:
    if token in _FIXED:
        return _FIXED[token]
    if "…" in token:
        return _GAP
    if token.isspace():
        return r"\s+"
    return re.escape(token).replace("'", "['’]")


class Finder:
    """Finds any of some phrases as whole words, in any case; of two that begin together, the one given first.

    Most rules find nothing in most documents, so a pattern is made and run only where the words of its phrase are.
    """

    def __init__(self, phrases: tuple[str, ...]) -> None:
        self._phrases = phrases
        self._needs = [needs(phrase) for phrase in phrases]
        telling: defaultdict[str, set[int]] = defaultdict(set)
        for number, wanted in enumerate(self._needs):
            for hint in wanted[0] if wanted else ():
                telling[hint].add(number)
        self._telling = dict(telling)
        """The numbers of the phrases by each of the hints of which a text must have one to hold them."""
        self._always = {number for number, wanted in enumerate(self._needs) if not wanted}

    def among(self, texts: Hints) -> list[tuple[int, "Possible"]]:
        """The numbers of those texts that may hold phrases, and what to search them for."""
        found: dict[int, list[str]] = {}
        for number in self._near(texts.holders.keys()):
            for text in ones(texts.having(self._needs[number])):
                found.setdefault(text, []).append(self._phrases[number])
        return [(text, Possible(map(one, found[text]))) for text in sorted(found)]

    def inside(self, hints: Set[str]) -> "Possible":
        """What to search a text for that has these hints."""
        near = (number for number in self._near(hints) if not any(map(hints.isdisjoint, self._needs[number])))
        return Possible(one(self._phrases[number]) for number in near)

    def _near(self, hints: Set[str]) -> list[int]:
        return sorted(self._always.union(*(self._telling[hint] for hint in self._telling.keys() & hints)))


@cache
def finder(phrases: tuple[str, ...]) -> Finder:
    """A finder of `phrases`."""
    return Finder(phrases)


class Possible:
    """The patterns of the phrases that a text may hold."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self._patterns = tuple(patterns)

    def search(self, text: str, start: int = 0) -> re.Match[str] | None:
        """The first place in `text` from `start` on."""
        found = (match for each in self._patterns if (match := each.search(text, start)))
        return min(found, key=re.Match.start, default=None)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every place in `text`; none overlaps the one before it."""
        found = self.search(text)
        while found is not None:
            yield found
            found = self.search(text, found.end())


# --- what a text must hold to hold a phrase


KNOWN: dict[str, list[list[str]]] = {}
"""What `needs` has found for each phrase: what a run has worked out the next one need not."""


@cache
def needs(phrase: str) -> tuple[frozenset[str], ...]:
    """Hints of which any text with `phrase` has one of each group, the most telling group first.

    A hint is a word, or the first letters of one where the phrase leaves its end open: see `document.hints`.
    """
    if phrase not in KNOWN:
        KNOWN[phrase] = [sorted(group) for group in _worked_out(phrase)]
    return tuple(map(frozenset, KNOWN[phrase]))


def _worked_out(phrase: str) -> tuple[frozenset[str], ...]:
    before, after = _bounds(phrase.strip())
    found = _of_group(_parsed(iter(_TOKEN.findall(phrase.strip()))), before=before, after=after)
    return tuple(sorted(found, key=_telling, reverse=True))


class _Group(NamedTuple):
    """What stands in brackets."""

    branches: list[list[Any]]
    """Each a row of tokens and groups."""
    optional: bool


def _parsed(signs: Iterator[str]) -> _Group:
    branches: list[list[Any]] = [[]]
    for sign in signs:
        if sign in (")", ")?"):
            return _Group(branches, sign == ")?")
        if sign == "|":
            branches.append([])
        else:
            branches[-1].append(_parsed(signs) if sign == "(" else sign)
    return _Group(branches, False)


def _needs(row: list[Any], *, at_start: bool, at_end: bool) -> list[frozenset[str]]:
    """What a row of tokens needs, if before and after it nothing of a word can stand."""
    row = _unhyphenated(row)
    found = []
    for at, item in enumerate(row):
        before = at_start if at == 0 else _apart(row, at - 1, -1, outside=at_start)
        after = at_end if at == len(row) - 1 else _apart(row, at + 1, 0, outside=at_end)
        if isinstance(item, _Group):
            found += _of_group(item, before=before, after=after)
        elif item not in _FIXED and not _is_space(item):
            found += [frozenset({hint}) for hint in _hints(item, before=before, after=after)]
    return found


def _unhyphenated(row: list[Any]) -> list[Any]:
    """A row in which what has a hyphen is a choice: in two words or in one."""
    for at in range(len(row) - 2, 0, -1):
        if row[at] == "-" and _is_word(row[at - 1]):
            word, item = row[at - 1 : at + 2 : 2]
            joined = _joined(word, item)
            if joined is not None:
                row = [*row[: at - 1], _Group([[word, " ", item], [joined]], False), *row[at + 2 :]]
    return row


def _joined(word: str, item: Any) -> Any:
    """What follows a word with that word in front of it; None where it does not begin with a word."""
    if _is_word(item):
        return word + item
    if isinstance(item, _Group) and not item.optional and all(each and _is_word(each[0]) for each in item.branches):
        return _Group([[word + first, *others] for first, *others in item.branches], False)
    return None


def _is_word(item: Any) -> bool:
    return isinstance(item, str) and item not in _FIXED and not _is_space(item)


def _of_group(group: _Group, *, before: bool, after: bool) -> list[frozenset[str]]:
    each = [_needs(branch, at_start=before, at_end=after) for branch in group.branches]
    if group.optional or not all(each):
        return []
    return each[0] if len(each) == 1 else [frozenset().union(*(max(some, key=_telling) for some in each))]


def _apart(row: list[Any], at: int, edge: int, *, outside: bool) -> bool:
    """Whether what stands at `at` keeps its neighbour, on the side of `edge`, from being part of a longer word."""
    item = row[at]
    if not isinstance(item, _Group):
        return _is_space(item)
    if not all(branch and _apart(branch, edge, edge, outside=False) for branch in item.branches):
        return False
    if not item.optional:
        return True
    beyond = at - 1 if edge else at + 1
    return _apart(row, beyond, edge, outside=outside) if 0 <= beyond < len(row) else outside


def _is_space(token: str) -> bool:
    return token.isspace() or "…" in token


def _hints(token: str, *, before: bool, after: bool) -> Iterator[str]:
    """The hints of a token that is no sign of the language; `before` and `after` say where a word cannot go on."""
    for piece in _WORD.finditer(token.lower()):
        if UNSPACED.search(piece[0]):
            yield from UNSPACED.findall(piece[0])
            continue
        if piece.start() == 0 and not before:
            continue
        hint = opening(piece[0]) if piece.end() == len(token) and not after else piece[0]
        if hint is not None:
            yield hint


def _telling(need: frozenset[str]) -> float:
    """How much it tells that a text has one of these: common words are short, and one is less likely than several."""
    return min(map(len, need)) - len(need) / 4
