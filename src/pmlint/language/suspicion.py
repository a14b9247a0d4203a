"""How likely a sentence is to blame somebody, learnt from examples where the lists end.

A linear model over words and over what the parse says of each deed: a table of some a quarter of a million small weights, no
library, microseconds a sentence. It proposes; the parse must still show somebody who did something.
"""

import math
import re
import zlib
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pmlint.document.words import words
from pmlint.language import scheme
from pmlint.language.agents import People, Who, who
from pmlint.language.deeds import Deed
from pmlint.language.judgement import Judgement

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

SIZE = 1 << 18
SCALE = 4.0
"""Features are scaled to this length, so that long sentences weigh no more than short ones."""


class Table(NamedTuple):
    """The weights of one model: a byte for each bucket, and what a byte is worth."""

    weights: memoryview
    unit: float
    bias: float


@cache
def table(name: str) -> Table:
    """The weights called `name`, which lie beside the pipeline."""
    found = (Path(__file__).with_name("model") / f"{name}.weights").read_bytes()
    unit, bias = (float(part) for part in found[:64].decode("ascii").split())
    return Table(memoryview(found)[64:].cast("b"), unit, bias)


def bucket(feature: str) -> int:
    """Where the weight of a feature stands."""
    return zlib.crc32(feature.encode()) % SIZE


def probability(name: str, features: Iterable[str]) -> float:
    """What the model called `name` makes of these features, 0 to 1."""
    chosen = {bucket(feature) for feature in features}
    known = table(name)
    total = sum(known.weights[each] for each in chosen) * known.unit
    return 1 / (1 + math.exp(-(known.bias + total * SCALE / math.sqrt(len(chosen) or 1))))


def weight(name: str, features: Iterable[str]) -> float:
    """How much these features speak for blame, to compare one deed with another."""
    known = table(name)
    return sum(known.weights[bucket(feature)] for feature in set(features)) * known.unit


_TOKEN = re.compile(r"[A-Za-zÀ-ÿ]+(?:['’-][A-Za-zÀ-ÿ]+)*|\d+|[?!;:,–—|]")


def surface(text: str, section: str) -> Iterator[str]:
    """Features of the words as they stand, people and names made into their class; nothing is parsed for them."""
    tokens = list(_tokens(text))
    yield f"S:{section}"
    yield from tokens
    for first, second in pairwise(tokens):
        yield f"{first} {second}"


def parsed(
    doc: "Doc", deeds: Iterable[Deed], found: Iterable[Judgement], people: People, before: str, section: str
) -> Iterator[str]:
    """Features of a parsed sentence: its words and their base forms, who did what, and what the lists found."""
    tokens = [_class(tok, people, before) for tok in doc]
    bases = [token if token[0] in "<0" else f"L:{tok.lemma_.lower()}" for token, tok in zip(tokens, doc, strict=True)]
    yield f"S:{section}"
    yield from tokens
    yield from bases
    for row in (tokens, bases):
        for first, second in pairwise(row):
            yield f"{first} {second}"
    for first, second in zip(bases, bases[2:], strict=False):
        yield f"{first} * {second}"
    for deed in deeds:
        yield from of_deed(deed, section)
    for each in found:
        yield f"J:{each.kind}"
        yield f"J:{each.kind} {each.construction} {section}"


def _class(tok: "Token", people: People, before: str) -> str:
    if tok.like_num:
        return "0"
    if tok.pos_ in ("NOUN", "PROPN", "PRON", "NUM") and tok.dep_ != "compound":
        found = who(tok, people, before).who
        if found is not Who.THING:
            return f"<{found.value}>"
    return "<propn>" if tok.pos_ == "PROPN" else tok.lower_


def _tokens(text: str) -> Iterator[str]:
    yield "^"
    for at, found in enumerate(_TOKEN.finditer(text)):
        word = found[0]
        lower = word.lower().replace("’", "'")
        if word.isdigit():
            yield "0"
        elif lower in _classes():
            yield _classes()[lower]
        elif lower.endswith("'s") and lower[:-2] in _classes():
            yield _classes()[lower[:-2]]
            yield "'s"
        elif word[0].isupper() and at:
            yield "<name>"
        else:
            yield lower
    yield "$"


@cache
def _classes() -> dict[str, str]:
    """Words for somebody, in singular and plural, to their class."""
    agents = words("agents")
    found: dict[str, str] = {}
    for kind, heads in (
        ("<outsider>", agents["outsider"]["heads"]),
        ("<vendor>", agents["vendor"]["heads"]),
        ("<team>", [head for head in agents["team"]["heads"] if head not in agents["team"]["departments"]]),
        ("<person>", [head for head in agents["person"]["heads"] if head not in agents["person"]["machines"]]),
    ):
        for head in heads:
            found[head] = kind
            found[f"{head}s"] = kind.replace(">", "s>")
    found |= dict.fromkeys(("he", "she", "him"), "<he>") | {"his": "<his>", "her": "<his>"}
    found |= {"someone": "<someone>", "somebody": "<someone>", "anyone": "<anyone>", "anybody": "<anyone>"}
    found |= {"nobody": "<nobody>"}
    return found


def of_deed(deed: Deed, section: str) -> Iterator[str]:
    """Features of one deed."""
    actor, verb = deed.actor.who.value, deed.verb.lemma_.lower()
    denied = "no" if deed.negation is not None else "yes"
    shape = f"{actor} {'passive' if deed.passive else 'active'} {denied} {'past' if deed.past else 'present'} {'told' if deed.told else 'unreal'}"
    yield f"D:{shape}"
    yield f"D:{shape} {section}"
    yield f"V:{actor} {verb}"
    yield f"V:{actor} {denied} {verb}"
    yield f"V:{denied} {verb}"
    yield f"P:{actor} {deed.actor.plural}"
    if not (deed.actor.who.is_ours or deed.actor.who is Who.IMPLIED):
        return
    for child in deed.verb.children:
        if child.dep_ in _TELLING:
            yield f"C:{child.dep_} {child.lemma_.lower()}"
        if child.dep_ == "advcl":
            yield f"A:{scheme.opener(child)}"


_TELLING = frozenset({"advmod", "obj", "obl", "advcl", "xcomp", "ccomp", "mark", "obl:agent", "dobj", "agent"})
