"""What two short texts have in common: their content words by stem, and what those speak of."""

import re
from functools import cache, lru_cache

from pmlint.document.words import words
from pmlint.rules.lemmas import lemma

_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*")
_JOINT = re.compile(r"[.'’-]")
_SUFFIX = re.compile(
    r"(?:ications?|i[sz]ations?|ations?|itions?|ments?|ings?|ies|ers?|ors?|ors|ively|ively|ives?|ably|ables?|"
    r"ibles?|ally|als?|ances?|ences?|ions?|ness|ity|ated?|ates|ely|ed|es|ly|s|e|y)$"
)
_COMMON = frozenset(
    _WORD.findall(
        """a an the of to in on at by for from with without and or nor but not no as is are was were be been being it
        its this that these those there then than when while where which who whom whose what why how if so such we our
        us i my you your they their them he his she her will would shall should can could may might must do does did
        done have has had having into onto over under up down out off per via about after before during between against
        until all any some each every both few more most less least other another same only also too very just again
        still yet new one two first second because due able make makes made making use used using get got"""
    )
)


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """A rough stem: related forms share it, and few others do."""
    word = lemma(word)
    if len(word) <= 3 or not word.isascii() or any(sign.isdigit() for sign in word):
        return word
    # "documentation" is a "document", and both are "docu"
    return _without_suffix(_without_suffix(word))


def _without_suffix(word: str) -> str:
    bare = _SUFFIX.sub("", word)
    bare = bare if len(bare) >= 3 else word
    # "stopp-", "tagg-": the doubling belongs to the suffix
    return bare[:-1] if len(bare) > 4 and bare[-1] == bare[-2] and bare[-1] not in "aeiouls" else bare


@lru_cache(maxsize=1 << 10)
def content(text: str) -> frozenset[str]:
    """The stems of the words in `text` that carry its meaning."""
    return frozenset().union(*map(_stems, set(_WORD.findall(text))))


@lru_cache(maxsize=1 << 13)
def _stems(word: str) -> frozenset[str]:
    """The stems of a word and of its parts, none where it carries no meaning."""
    parts = (word, *_JOINT.split(word)) if "-" in word or "." in word else (word,)
    return frozenset(stem(part) for part in parts if len(part) > 1 and part.lower() not in _COMMON)


def likeness(one: frozenset[str], two: frozenset[str]) -> float:
    """The share of all their words that both have."""
    shared = len(one & two)
    return shared / (len(one) + len(two) - shared) if one and two else 0.0


_NAME = re.compile(r"[^\s,;()\[\]|`]*(?:\d|[^\W_][-/@_][^\W_])[^\s,;()\[\]|`]*")


def same(one: str, two: str, least: float) -> bool:
    """Whether two texts say the same in other words: most words shared, and every number and identifier."""
    its, others = content(one), content(two)
    if min(len(its), len(others)) < 3 or likeness(its, others) < least:
        return False
    return set(_NAME.findall(one.lower().rstrip("."))) == set(_NAME.findall(two.lower().rstrip(".")))


@lru_cache(maxsize=1 << 10)
def subjects(text: str) -> frozenset[str]:
    """The stems of `text`, with the field's synonyms under one name."""
    known = _concepts()
    return frozenset(known.get(word, word) for word in content(text))


@cache
def _concepts() -> dict[str, str]:
    found: dict[str, str] = {}
    for name, members in words("conclusions")["concepts"].items():
        for member in members:
            found.setdefault(member, f"~{name}")
            found.setdefault(stem(member), f"~{name}")
    return found
