"""The known word that a mistyped one was probably meant to be."""

from collections.abc import Iterable


def near(word: str, known: Iterable[str]) -> str | None:
    """The closest of `known`, None where none is close."""
    from rapidfuzz import fuzz, process  # only needed once something is wrong

    by_plain = {_plain(name): name for name in known}
    found = process.extractOne(_plain(word), list(by_plain), scorer=fuzz.ratio, score_cutoff=70)
    return None if found is None else by_plain[found[0]]


def _plain(word: str) -> str:
    return word.lower().replace("_", "-")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`; did you mean 'x'?`, or nothing."""
    found = near(word, known)
    return "" if found is None else f"; did you mean '{found}'?"
