"""The layer of a contributing factor: which words speak for which, and how much."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from pmlint.document.hints import hints_of
from pmlint.document.leads import leads
from pmlint.document.model import Layer
from pmlint.document.vocabulary import Vocabulary
from pmlint.document.words import canonical, words

_LAYERS = tuple(Layer)
_EITHER = re.compile(r"\s*/\s*")
_OPENING, _EARLY = 2.0, 1.25
_OPENS, _BEGINS = 16, 60


def layer_of(text: str, vocabulary: Vocabulary, leaning: Layer | None = None) -> tuple[Layer, tuple[str, ...]]:
    """The layer with the most weight in `text`, and the words that decided for it.

    Of two that weigh the same the one whose word comes first is taken: a factor opens with what was at fault. Where no
    word decides it is technical: what tells of neither people nor watching nor changing is the system's own doing.
    `leaning` is the layer of the heading above, which counts like a strong word and can be overruled by the text.
    """
    found = {layer: list(hits) for layer, hits in zip(_LAYERS, _hits(text), strict=True)}
    for name, said in vocabulary.layers.items():
        for word in said:
            own = re.compile(rf"(?i)(?<!\w){re.escape(word)}")
            found[Layer(name)] += _matches(own, words("layers")["weights"]["strong"], text)
    weights = {layer: _weight(hits) for layer, hits in found.items()}
    if leaning is not None:
        weights[leaning] += _OPENING * words("layers")["weights"]["strong"]
    best = max(_LAYERS, key=lambda layer: (weights[layer], -_first(found[layer])))
    if not weights[best]:
        return Layer.TECHNICAL, ()
    said_words = dict.fromkeys(
        _whole(text, start, word) for start, _, word in sorted(found[best], key=lambda hit: (-hit[1], hit[0]))
    )
    return best, tuple(said_words)[:4]


def named_layer(text: str) -> Layer | None:
    """The layer that a column, a label or a heading names."""
    phrase = text.strip(" *_:：.()[]（）")
    known = next(filter(None, (canonical("causes", "layers", part) for part in (phrase, *_EITHER.split(phrase)))), None)
    return Layer(known) if known else None


@lru_cache(maxsize=1 << 10)
def _hits(text: str) -> tuple[tuple[tuple[int, int, str], ...], ...]:
    """For each layer the words in `text` that speak for it: where, how much, which. Several rules ask the same."""
    found: dict[Layer, list[tuple[int, int, str]]] = {layer: [] for layer in _LAYERS}
    lower, hints = text.lower(), hints_of(text)  # a pattern that need not mind the case is twice as fast
    for layer, weight, pattern, begins in _patterns():
        if begins is None or not begins.isdisjoint(hints):
            found[layer] += _matches(pattern, weight, lower)
    return tuple(map(tuple, found.values()))


def _matches(pattern: re.Pattern[str], weight: int, text: str) -> Iterator[tuple[int, int, str]]:
    for hit in pattern.finditer(text):
        yield hit.start(), weight, hit[0].casefold()


def _whole(text: str, start: int, word: str) -> str:
    """The word as a reader sees it, where a cue such as "communicat" stops inside of it."""
    at = start + len(word)
    while at < len(text) and text[at].isascii() and text[at].isalpha():
        at += 1
    return text[start:at].casefold()


def _weight(hits: list[tuple[int, int, str]]) -> float:
    """Every different word counts once; what the opening words say counts more: "No monitoring of …"."""
    best: dict[str, float] = {}
    for start, weight, word in hits:
        near = _OPENING if start < _OPENS else _EARLY if start < _BEGINS else 1.0
        best[word] = max(best.get(word, 0.0), weight * near)
    return sum(best.values())


def _first(hits: list[tuple[int, int, str]]) -> int:
    return min((start for start, _, _ in hits), default=1 << 30)


@cache
def _patterns() -> tuple[tuple[Layer, int, re.Pattern[str], frozenset[str] | None], ...]:
    """For each layer and strength its words as a pattern, and the hints of which a text with one of them has one."""
    weights = words("layers")["weights"]
    patterns = (
        (layer, weights[strength], rf"(?<!\w)(?:{'|'.join(words('layers')[layer.value][strength])})")
        for layer in _LAYERS
        for strength in ("strong", "fair", "weak")
    )
    return tuple((layer, weight, re.compile(pattern), leads(pattern)) for layer, weight, pattern in patterns)
