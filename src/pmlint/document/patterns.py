"""Regular expressions by name, each compiled when it is first asked for, and looked for in the quickest way."""

import re
import sys
from collections.abc import Callable, Iterator
from typing import Any

_WORTH = 6
"""Choices from which a look in lower case is quicker."""
_UPPER = re.compile(r"[A-Z](?<!\\[A-Z])(?<!\(\?P)")
"""A capital that neither names a class of characters nor opens the name of a group."""
_ABROAD = re.compile(r"[^\x00-\x7f]")
_MINDS = ("(?-i", r"\\")
"""In a pattern with these not every capital stands for a letter of either form."""


class AnyCase:
    """A pattern that does not mind the case, as `re` has it, found in a fraction of the time.

    Where case counts, Python passes over a choice of words by their first letters; where it does not, it tries each at
    every word. So the text is searched in lower case, and what was found is read from the text as it stands.
    """

    def __init__(self, source: str, flags: int = 0) -> None:
        self.pattern = source
        self._flags = flags
        self._lower = re.compile(_UPPER.sub(_small, source), flags)
        self._written: re.Pattern[str] | None = None

    @property
    def written(self) -> re.Pattern[str]:
        """The pattern as Python has it."""
        if self._written is None:
            self._written = re.compile(self.pattern, self._flags | re.IGNORECASE)
        return self._written

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The first match."""
        lower = text.lower()
        if len(lower) != len(text):  # a letter whose small form is two, so that no place is where it was
            return self.written.search(text, start, end)
        return self._there(self._lower.search(lower, start, end), text, end)

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """Every match."""
        lower = text.lower()
        if len(lower) != len(text):
            yield from self.written.finditer(text, start, end)
            return
        for found in self._lower.finditer(lower, start, end):
            match = self._there(found, text, end)
            if match is not None:
                yield match

    def _there(self, found: re.Match[str] | None, text: str, end: int) -> re.Match[str] | None:
        """What was found in lower case, in the text as it stands: mostly it has no capitals, and reads the same."""
        if found is None:
            return None
        same = self._lower.match(text, found.start(), end)
        return same if same is not None and same.regs == found.regs else self.written.match(text, found.start(), end)

    def match(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """A match that begins at `start`."""
        lower = text.lower()
        if len(lower) != len(text):
            return self.written.match(text, start, end)
        return self._there(self._lower.match(lower, start, end), text, end)

    def fullmatch(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """A match of the whole."""
        return self.written.fullmatch(text, start, end)

    def findall(self, text: str) -> list[Any]:
        """The words of every match, or of its groups."""
        return [] if self.search(text) is None else self.written.findall(text)

    def split(self, text: str, most: int = 0) -> list[str | Any]:
        """`text` cut at every match."""
        return self.written.split(text, most)

    def sub(self, new: str | Callable[[re.Match[str]], str], text: str) -> str:
        """`text` with every match replaced."""
        return text if self.search(text) is None else self.written.sub(new, text)


Pattern = re.Pattern[str] | AnyCase


def compiled(source: str, flags: int = 0) -> Pattern:
    """The pattern, whose expression may begin with `(?i)`."""
    bare = source.removeprefix("(?i)")
    any_case = bare != source or flags & re.IGNORECASE
    if not any_case or bare.count("|") < _WORTH or any(sign in bare for sign in _MINDS) or _is_foreign(bare):
        return re.compile(source, flags)
    return AnyCase(bare, flags & ~re.IGNORECASE)


def _is_foreign(source: str) -> bool:
    """Whether a letter is in it whose small form may depend on its place in the word."""
    return not source.isascii() and any(sign.lower() != sign.upper() for sign in _ABROAD.findall(source))


def _small(found: re.Match[str]) -> str:
    return found[0].lower()


class Patterns:
    """Named patterns of a module; importing it costs nothing, and a run compiles only what it meets."""

    def __init__(self, **sources: str) -> None:
        self._sources = sources

    def __getattr__(self, name: str) -> Pattern:
        if name.startswith("_") or name not in self._sources:
            raise AttributeError(name)
        found = compiled(self._sources[name])
        setattr(self, name, found)
        return found

    def expression(self, name: str) -> str:
        """The pattern as it is written."""
        return self._sources[name]
