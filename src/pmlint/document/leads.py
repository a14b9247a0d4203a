"""With what words the matches of a regular expression begin, so that texts without them need not be searched."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from pmlint.document.hints import hints_of, opening
from pmlint.document.words import UNSPACED

try:
    from re import _constants as sre  # type: ignore[attr-defined] # the only way to a pattern as Python has read it
    from re import _parser  # type: ignore[attr-defined]
except ImportError:  # a later Python may have it elsewhere; then every text is searched
    sre = _parser = None

_MOST = 1000
"""Beginnings of one pattern."""


class _UnsureError(Exception):
    """A match may begin with anything."""


KNOWN: dict[str, str] = {}
"""What `leads` has found for each pattern, with spaces between: what a run has worked out the next one need not."""


@cache
def leads(pattern: str) -> frozenset[str] | None:
    """The hints of which a text has one if `pattern` matches somewhere in it; None where that cannot be told."""
    if pattern not in KNOWN:
        KNOWN[pattern] = " ".join(sorted(_leads(pattern)))
    return frozenset(KNOWN[pattern].split()) or None


def may_hold(text: str, pattern: str) -> bool:
    """Whether `pattern` may match somewhere in `text`, as its words tell; several ask of the same text."""
    begins = leads(pattern)
    return begins is None or not begins.isdisjoint(hints_of(text))


def _leads(pattern: str) -> set[str]:
    if sre is None:
        return set()
    words = _Beginnings()
    try:
        words.end(words.after(_parser.parse(pattern), {None}), whole=False)
    except (_UnsureError, AttributeError, TypeError, ValueError):
        return set()
    return words.found


Live = set[str | None]
"""What a match has begun with so far; None where it may begin in the middle of a word."""


class _Beginnings:
    """Collects the hints of the first words."""

    def __init__(self) -> None:
        self.found: set[str] = set()

    def end(self, live: Iterable[str | None], *, whole: bool) -> None:
        """Take down words that cannot be followed farther; a `whole` one ends here."""
        for word in live:
            hint = word if whole else opening(word or "")
            if not hint or len(self.found) > _MOST:
                raise _UnsureError
            self.found.add(hint)

    def after(self, items: Iterable[tuple[Any, Any]], live: Live) -> Live:
        """What matches have begun with that go on after `items`."""
        for item in items:
            if not live:
                break
            live = self._step(*item, live)
        return live

    def _step(self, op: Any, value: Any, live: Live) -> Live:
        if op is sre.AT or op is sre.ASSERT_NOT or op is sre.ASSERT:
            return self._bounded(op, value, live)
        if op is sre.LITERAL or op is sre.IN:
            return self._character([(op, value)] if op is sre.LITERAL else value, live)
        if op is sre.BRANCH:
            return set().union(*(self.after(branch, live) for branch in value[1]))
        if op is sre.SUBPATTERN or op is sre.ATOMIC_GROUP:
            return self.after(value[-1] if op is sre.SUBPATTERN else value, live)
        if op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            least, most, inner = value
            once = self.after(inner, live)
            if most != 1:
                self.end(once, whole=False)
                once = set()
            return once if least else once | live
        self.end(live, whole=False)
        return set()

    def _bounded(self, op: Any, value: Any, live: Live) -> Live:
        if op is sre.AT and value is sre.AT_BOUNDARY:
            self.end(filter(None, live), whole=True)
            return {""} if live & {None, ""} else set()
        no_word = op is sre.ASSERT_NOT and value[0] < 0 and (sre.CATEGORY, sre.CATEGORY_WORD) in _only(value[1])
        return {word or "" for word in live} if no_word else live

    def _character(self, choices: list[tuple[Any, Any]], live: Live) -> Live:
        letters: set[str] = set()
        for op, value in choices:
            if op is sre.LITERAL and UNSPACED.match(chr(value)):
                self.found.add(chr(value))
            elif op is sre.LITERAL and _is_word(chr(value)):
                letters.add(chr(value).lower())
            elif op is sre.LITERAL or (op, value) == (sre.CATEGORY, sre.CATEGORY_SPACE):
                self.end(live, whole=True)
            else:
                self.end(live, whole=False)
                return set()
        if letters and None in live:
            raise _UnsureError
        return {f"{word}{letter}" for word in live for letter in letters}


def _only(items: Any) -> list[Any]:
    """The choices for the single character that `items` stand for; none where they stand for something else."""
    if len(items) != 1:
        return []
    op, value = items[0]
    return list(value) if op is sre.IN else []


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"
