"""Finds among many sets of words those that share most of another one's, without a look at each."""

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
        self._sets: list[frozenset[str]] = []

    def add(self, words: frozenset[str]) -> None:
        """Add a set."""
        for word in words:
            self._holders[word] |= 1 << len(self._sets)
        self._sets.append(words)

    def sharing(self, words: frozenset[str], share: float) -> Iterator[frozenset[str]]:
        """The sets that hold at least this share of `words`, and one of them in any case, in order."""
        least = max(1, ceil(share * len(words) - _ROUNDING))
        planes: list[int] = []
        """The counts of all sets in binary: bit `n` of `planes[k]` is bit `k` of the count of set `n`."""
        for word in words & self._holders.keys():
            carry = self._holders[word]
            for k, plane in enumerate(planes):
                planes[k], carry = plane ^ carry, plane & carry
            if carry:
                planes.append(carry)
        if least >> len(planes):
            return
        more, equal = 0, (1 << len(self._sets)) - 1
        for k in range(len(planes) - 1, -1, -1):
            if least >> k & 1:
                equal &= planes[k]
            else:
                more |= equal & planes[k]
                equal &= ~planes[k]
        for number in ones(more | equal):
            yield self._sets[number]
