"""Words led back to their base forms, by their endings and a list of those that no ending leads back."""

from collections.abc import Iterator
from functools import cache, lru_cache

from pmlint.document.words import words

_VOWELS = "aeiou"


@lru_cache(maxsize=4096)
def lemma(word: str) -> str:
    """The singular of a noun, or the base form of a verb that is known; otherwise the word in lower case."""
    low = word.lower().replace("’", "'").removesuffix("'s")
    if (irregular := _irregular().get(low)) is not None:
        return irregular
    form = verb_of(low)
    if form is not None and form[1] in ("past", "ing"):
        return form[0]
    return _singular(low)


def _singular(low: str) -> str:
    if len(low) < 4 or not low.endswith("s") or low.endswith(("ss", "us", "is", "as", "os")):
        return low
    if low.endswith("ies") and len(low) > 4:
        return low[:-3] + "y"
    if low.endswith(("sses", "shes", "ches", "xes", "zes")):
        return low[:-2]
    return low[:-1]


@lru_cache(maxsize=4096)
def verb_of(low: str) -> tuple[str, str] | None:
    """The base form of a known verb, and which form this is: `base`, `s`, `past` or `ing`."""
    known = _verbs()
    bare = low.removeprefix("re-")
    if low in known or bare in known:
        return (low if low in known else bare), "base"
    if (irregular := _irregular().get(low)) in known and irregular is not None:
        return irregular, "past"
    for ending, form in (("ing", "ing"), ("ied", "past"), ("ed", "past"), ("ies", "s"), ("es", "s"), ("s", "s")):
        if low.endswith(ending) and len(low) > len(ending) + 1:
            found = next((root for root in _roots(bare, ending) if root in known), None)
            if found is not None:
                return found, form
    return None


def _roots(low: str, ending: str) -> Iterator[str]:
    root = low[: -len(ending)]
    if ending in ("ied", "ies"):
        yield root + "y"
        return
    yield root
    yield root + "e"
    if len(root) > 2 and root[-1] == root[-2] and root[-1] not in _VOWELS:
        yield root[:-1]


@cache
def _verbs() -> frozenset[str]:
    return frozenset((*words("actions")["verbs"]["base"], *words("deeds")["grades"]["telling"], *_more()))


def _more() -> tuple[str, ...]:
    return tuple(words("deeds")["grades"]["removing"]) + tuple(words("deeds")["grades"]["staffing"])


@cache
def _irregular() -> dict[str, str]:
    return dict(words("deeds")["irregular"])
