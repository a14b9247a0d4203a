"""The figures of many documents, as the charts of the `html` format need them."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

_BIN = 5
_WIDTH = 400
_HEIGHT = 135
"""Of the drawing, in its own units."""


class Bin(NamedTuple):
    """Documents whose scores are alike."""

    low: int
    high: int
    documents: int
    x: int
    width: int
    middle: int
    height: int


class Range(NamedTuple):
    """One dimension over all documents."""

    name: str
    mean: int
    low: int
    high: int


def histogram(scores: Sequence[int]) -> list[Bin]:
    """How many documents have which score, in steps of five; 100 counts into the last step."""
    found = Counter(min(score, 99) // _BIN for score in scores)
    most = max(found.values(), default=0)
    step = _WIDTH * _BIN // 100
    return [
        Bin(
            low=at * _BIN,
            high=100 if (at + 1) * _BIN == 100 else (at + 1) * _BIN - 1,
            documents=found[at],
            x=at * step + 1,
            width=step - 2,
            middle=at * step + step // 2,
            height=round(_HEIGHT * found[at] / most),
        )
        for at in range(100 // _BIN)
        if most
    ]


def ranges(scores: Sequence[tuple[tuple[str, int], ...]]) -> list[Range]:
    """Each dimension's mean and extremes, in the order of the formula."""
    values: dict[str, list[int]] = {}
    for document in scores:
        for name, value in document:
            values.setdefault(name, []).append(value)
    return [Range(name, round(sum(each) / len(each)), min(each), max(each)) for name, each in values.items()]
