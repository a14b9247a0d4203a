"""Which sentences are worth asking the transformer about: a small convolution over their words, microseconds a sentence."""

import re
import zlib
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

from pmlint.language.lexicon import phrase, tables
from pmlint.language.meaning import PLACES

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BUCKETS = 1 << 14
WIDTH = 5
"""Words that are seen together."""
SECTIONS = ("", *sorted(PLACES))
_LEAST, _MOST = 0.05, 0.75


def suspicious(length: int) -> float:
    """How likely a sentence must be by its words to be read any further, in a document of `length` sentences.

    The longer a document, the surer the transformer will have to be, and the less it misses by not being asked.
    """
    return min(max(_LEAST * length / 4, _LEAST), _MOST)


_LONGEST = 120
"""Words of a sentence that are looked at."""
_WORD = re.compile(r"[A-Za-zÀ-ÿ]+(?:['’][A-Za-zÀ-ÿ]+)*|\d+|[?!;:,–—|]")


@lru_cache(maxsize=1 << 16)
def _bucket(word: str) -> int:
    return zlib.crc32(word.encode()) % (BUCKETS - 2) + 2


def words_of(text: str) -> list[int]:
    """The words of a sentence as numbers of their buckets; a number is a number, and a strange long word is a thing."""
    return [
        1 if word.isdigit() else _bucket(word.lower().replace("’", "'"))
        for word in _WORD.findall(text, 0, 2000)[:_LONGEST]
    ]


def with_cue(texts: Sequence[str]) -> set[int]:
    """The numbers of the sentences of which some word says by itself that they are worth a parse."""
    # One search over all of them is several times as quick as one in each; nothing reaches over a lonely stop.
    joined = "\n.\n".join(texts).lower()
    starts = list(accumulate((len(text.lower()) + 3 for text in texts), initial=0))
    return {bisect_right(starts, found.start()) - 1 for found in _cues().finditer(joined)}


@cache
def _cues() -> re.Pattern[str]:
    """Words that the lists are sure of, whatever stands around them."""
    words = "|".join(sorted(tables("manner", "inadvertent", "accidental")))
    phrases = [phrase("error", "phrases").pattern, phrase("manner", "inadvertent_phrases").pattern]
    several = "|".join(found.removeprefix("(?i)") for found in phrases)
    return re.compile(rf"\b(?:{words}|forg[eo]t(?:ten|s)?|(?:should|could|might|ought to) (?:not )?have)\b|{several}")


def likely(asked: Sequence[tuple[str, str]]) -> list[float]:
    """How likely each (section, sentence) is to be blame, by its words alone."""
    import numpy as np

    weights = _weights()
    rows = [words_of(text) for _, text in asked]
    found: list[float] = [0.0] * len(rows)
    order = sorted(range(len(rows)), key=lambda at: len(rows[at]))
    for first in range(0, len(order), 64):
        group = order[first : first + 64]
        lengths = np.array([max(len(rows[at]), 1) for at in group])
        longest = int(lengths.max())
        ids = np.zeros((len(group), longest + 4), dtype=np.int64)
        for place, at in enumerate(group):
            ids[place, 2 : 2 + len(rows[at])] = rows[at]
        words = weights["words"][ids]
        windows = np.concatenate([words[:, at : at + longest] for at in range(WIDTH)], axis=2)
        signs = np.maximum(windows @ weights["windows"] + weights["lean"], 0)
        signs = (signs * (np.arange(longest) < lengths[:, None])[:, :, None]).max(axis=1)
        sections = np.array([SECTIONS.index(asked[at][0]) if asked[at][0] in SECTIONS else 0 for at in group])
        answer = (signs + weights["sections"][sections]) @ weights["answer"] + weights["bias"]
        for at, value in zip(group, (1 / (1 + np.exp(-answer))).tolist(), strict=True):
            found[at] = value
    return found


@cache
def _weights() -> "dict[str, NDArray[np.float32]]":
    import numpy as np

    with np.load(Path(__file__).with_name("meaning") / "prefilter.npz") as stored:
        read = {name: stored[name].astype(np.float32) for name in stored.files}
    read["words"] *= read.pop("unit")
    return read
