"""Which sentences are worth asking the transformer about: a small convolution over their words, microseconds a sentence."""

import re
import zlib
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pmlint.document.leads import leads
from pmlint.language.lexicon import phrase, table, tables
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
_KNOWN = 1 << 16
"""Different words whose buckets are kept at most."""


class _Buckets(dict[str, int]):
    """The bucket of each word as it is written, worked out when it is first met."""

    def __missing__(self, word: str) -> int:
        if len(self) >= _KNOWN:
            self.clear()
        bare = word.lower().replace("’", "'")
        bucket = 1 if word.isdigit() else zlib.crc32(bare.encode()) % (BUCKETS - 2) + 2
        self[word] = bucket
        return bucket


_buckets = _Buckets()


def words_of(text: str) -> list[int]:
    """The words of a sentence as numbers of their buckets; a number is a number, and a strange long word is a thing."""
    return list(map(_buckets.__getitem__, _WORD.findall(text, 0, 2000)[:_LONGEST]))


def with_cue(texts: Sequence[str]) -> set[int]:
    """The numbers of the sentences of which some word says by itself that they are worth a parse."""
    # One search over all of them is several times as quick as one in each; nothing reaches over a lonely stop.
    joined = "\n.\n".join(texts).lower()
    starts = list(accumulate((len(text.lower()) + 3 for text in texts), initial=0))
    return {bisect_right(starts, found.start()) - 1 for found in _cues().finditer(joined)}


@cache
def _cues() -> re.Pattern[str]:
    """Words that the lists are sure of, whatever stands around them."""
    words = "|".join(sorted(_sure_words()))
    several = "|".join(phrase(*keys).pattern.removeprefix("(?i)") for keys in _SURE_PHRASES)
    return re.compile(rf"\b(?:{words}|{'|'.join(_MORE)})\b|{several}")


_SURE_PHRASES = (("error", "phrases"), ("manner", "inadvertent_phrases"))
_MORE = ("forg[eo]t(?:ten|s)?", "(?:should|could|might|ought to) (?:not )?have")


def _sure_words() -> frozenset[str]:
    return tables("manner", "inadvertent", "accidental")


@cache
def cue_hints() -> frozenset[str] | None:
    """The hints of which a text has one if `with_cue` finds something in it; None where that cannot be told."""
    found: set[str] = set()
    for way in (*_sure_words(), *_MORE, *(each for keys in _SURE_PHRASES for each in table(*keys))):
        # of the parts of a phrase the one with the longest and fewest words: "by mistake" stands where a mistake does
        parts = [hints for part in _parts(way) if (hints := leads(rf"\b{part}\b"))]
        if not parts:
            return None
        found |= max(parts, key=lambda hints: (min(map(len, hints)), -len(hints)))
    return frozenset(found)


_PERHAPS = re.compile(r"^(?:\([^()]*\)\?)+")


def _parts(way: str) -> Iterator[str]:
    """The pieces of a regular expression between the spaces outside its brackets, without what may be absent before."""
    depth = start = 0
    for at, sign in enumerate(f"{way} "):
        depth += (sign in "([") - (sign in ")]")
        if sign == " " and not depth:
            yield _PERHAPS.sub("", way[start:at])
            start = at + 1


def likely(asked: Sequence[tuple[str, str]]) -> list[float]:
    """How likely each (section, sentence) is to be blame, by its words alone."""
    import numpy as np

    weights = _weights()
    rows = [words_of(text) or [_NO_WORD] for _, text in asked]
    sections = np.array([SECTIONS.index(section) if section in SECTIONS else 0 for section, _ in asked])
    order = sorted(range(len(rows)), key=lambda at: len(rows[at]))
    numbers, seen = _seen_by_place(np.array([word for at in order for word in rows[at]], dtype=np.int64))
    found: list[float] = [0.0] * len(rows)
    past = 0
    for first in range(0, len(order), _BATCH):
        group = order[first : first + _BATCH]
        lengths = np.array([len(rows[at]) for at in group])
        longest, words = int(lengths[-1]), int(lengths.sum())
        ids = np.full((len(group), longest + WIDTH - 1), len(seen) - 1)
        ids[:, _MIDDLE : _MIDDLE + longest][np.arange(longest) < lengths[:, None]] = numbers[past : past + words]
        past += words
        signs = seen[ids[:, :longest], 0]
        for place in range(1, WIDTH):
            signs += seen[ids[:, place : place + longest], place]
        strongest = np.maximum(signs.max(axis=1) + weights["lean"], 0)
        answer = (strongest + weights["sections"][sections[group]]) @ weights["answer"] + weights["bias"]
        for at, value in zip(group, (1 / (1 + np.exp(-answer))).tolist(), strict=True):
            found[at] = value
    return found


_BATCH = 64
_FEW = 16
_NO_WORD = 0
_MIDDLE = WIDTH // 2
_NOTHING_SEEN = -1e9


def _seen_by_place(words: "NDArray[np.int64]") -> "tuple[NDArray[np.int64], NDArray[np.float32]]":
    """The words numbered anew, and what each of them adds to a window at each place in it.

    Documents repeat their words, so a product for each different one is a fraction of one for each window. The last of
    them is what stands around a sentence, in the middle of a window that counts for nothing.
    """
    import numpy as np

    weights = _weights()
    different = np.append(np.flatnonzero(np.bincount(words, minlength=BUCKETS)), _NO_WORD)
    numbers = np.zeros(BUCKETS, dtype=np.int64)
    numbers[different[:-1]] = np.arange(len(different) - 1)
    known = weights["words"][different] * weights["unit"]  # most words have no part in it, and stay bytes
    parts = np.concatenate(np.split(weights["windows"].T, WIDTH), axis=1)
    # a few at a time: for a larger product numpy would start threads, and documents are read side by side in processes
    products = [known[at : at + _FEW] @ parts for at in range(0, len(known), _FEW)]
    seen = np.concatenate(products).reshape(len(known), WIDTH, -1)
    seen[-1, _MIDDLE] = _NOTHING_SEEN
    return numbers[words], seen


@cache
def _weights() -> "dict[str, NDArray[Any]]":
    import numpy as np

    stored = np.load(Path(__file__).with_name("meaning") / "prefilter.npy")
    small = {name: stored[name].astype(np.float32) for name in stored.dtype.names if name != "words"}
    return {"words": stored["words"], **small}
