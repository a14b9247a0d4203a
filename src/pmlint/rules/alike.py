"""Finds among many sets of words those that are much like another one, without a look at each."""

from collections import defaultdict
from collections.abc import Iterator
from math import ceil

from pmlint.document.hints import ones

_ROUNDING = 1e-9
"""A share of ten words may come out as a hair more than seven."""


class Crowd:
    """Sets of words in the order in which they were added.

    Each word knows the sets that hold it as the bits of one number. Adding up the words of a question then counts for
    all sets at once what they share with it: a thousand sets take hardly longer than ten.
    """

    def __init__(self) -> None:
        self._holders: defaultdict[str, int] = defaultdict(int)
        self._of_size: defaultdict[int, int] = defaultdict(int)
        self._sets: list[frozenset[str]] = []

    def add(self, words: frozenset[str]) -> None:
        """Add a set."""
        bit = 1 << len(self._sets)
        for word in words:
            self._holders[word] |= bit
        self._of_size[len(words)] |= bit
        self._sets.append(words)

    def like(self, words: frozenset[str], share: float) -> Iterator[frozenset[str]]:
        """The sets that have at least this share of all their words and `words` in common, and one of them in any case.

        They come in the order in which they were added.
        """
        planes = self._counted(words)
        found = 0
        for size, those in self._of_size.items():
            least = max(1, ceil(share * (len(words) + size) / (1 + share) - _ROUNDING))
            if least <= min(len(words), size):
                found |= _at_least(least, planes, those)
        for number in ones(found):
            yield self._sets[number]

    def _counted(self, words: frozenset[str]) -> list[int]:
        """How many of the words each set holds, in binary: bit `n` of plane `k` is bit `k` of the count of set `n`."""
        planes: list[int] = []
        for word in words & self._holders.keys():
            carry = self._holders[word]
            for k, plane in enumerate(planes):
                planes[k], carry = plane ^ carry, plane & carry
            if carry:
                planes.append(carry)
        return planes


def _at_least(least: int, planes: list[int], those: int) -> int:
    """Which of those have a count that is no less."""
    if least >> len(planes):
        return 0
    more, equal = 0, those
    for k in range(len(planes) - 1, -1, -1):
        if least >> k & 1:
            equal &= planes[k]
        else:
            more |= equal & planes[k]
            equal &= ~planes[k]
    return more | equal
