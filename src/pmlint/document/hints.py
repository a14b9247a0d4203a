"""What tells quickly that something cannot be in a text: its words, how they begin, and its signs that are words."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

from pmlint.document.words import UNSPACED

_WORD = re.compile(r"\w+")
_LETTERS = 4


@lru_cache(maxsize=1 << 10)
def hints_of(text: str) -> frozenset[str]:
    """The words of `text` in lower case, how the long ones begin, and each sign of a script without spaces."""
    words = _words_of(text)
    return frozenset(words.union(filter(None, map(opening, words))))


def _words_of(text: str) -> set[str]:
    words = set(_WORD.findall(text.lower()))
    return words if text.isascii() else words.union(UNSPACED.findall(text))


@lru_cache(maxsize=1 << 12)
def opening(word: str) -> str | None:
    """What stands for every word that begins as `word` does; None where it is too short to tell anything."""
    return f"{word[:_LETTERS]}*" if len(word) >= _LETTERS else None


class Hints(Struct, frozen=True):
    """The hints of several texts: which of them have which."""

    holders: Mapping[str, int]
    """For each hint the texts that have it, as the bits of a number."""
    all: int
    """Every text."""

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Hints":
        """The hints of `texts`, which are numbered in their order from 0."""
        holders: dict[str, int] = {}
        bit = 1
        for text in texts:
            for word in _words_of(text):
                holders[word] = holders.get(word, 0) | bit
            bit <<= 1
        for word, its in list(holders.items()):
            begins = opening(word)
            if begins is not None:
                holders[begins] = holders.get(begins, 0) | its
        return cls(holders, bit - 1)

    def having(self, needs: Sequence[frozenset[str]]) -> int:
        """The texts that have one hint of each group of `needs`, as the bits of a number."""
        found = self.all
        for need in needs:
            some = 0
            for hint in need:
                some |= self.holders.get(hint, 0)
            found &= some
        return found


def ones(bits: int) -> Iterator[int]:
    """Which bits of a number are set, the lowest first."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest
