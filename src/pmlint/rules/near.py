"""The known word that a mistyped one was probably meant to be."""

from collections.abc import Iterable

from msgspec import Struct


def near(word: str, known: Iterable[str], *, sure: bool = False) -> str | None:
    """The closest of `known`, None where none is close; `sure` where it has to be very close."""
    from rapidfuzz import fuzz, process  # only needed once something is wrong

    by_plain = {_plain(name): name for name in known}
    found = process.extractOne(_plain(word), list(by_plain), scorer=fuzz.ratio, score_cutoff=90 if sure else 70)
    return None if found is None else by_plain[found[0]]


def _plain(word: str) -> str:
    return word.lower().replace("_", "-")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`; did you mean 'x'?`, or nothing."""
    found = near(word, known)
    return "" if found is None else f"; did you mean '{found}'?"


class Slip(Struct, frozen=True):
    """A word as it was meant, and whether it can hardly have been meant otherwise."""

    word: str
    sure: bool


_LONG = 8
"""Letters of a word that no other is likely to differ from by a single one."""


def slip(word: str, known: Iterable[str]) -> Slip | None:
    """The one known word that a slip of the fingers made `word` of; None where there is none, or more than one.

    Sure are two letters in the wrong order and a letter too often, and in a long word any single letter: "none" is no
    slip of "done", nor "passed" of "paused".
    """
    from rapidfuzz.distance import OSA

    written = word.casefold()
    reach = {name: OSA.distance(written, name, score_cutoff=2) for name in known if name[:1] == written[:1]}
    least = min(reach.values(), default=3)
    nearest = [name for name, distance in reach.items() if distance == least]
    if least == 0 or len(nearest) != 1 or len(written) < 5 or least > (2 if len(written) >= _LONG else 1):
        return None
    name = nearest[0]
    sure = least == 1 and (len(written) >= _LONG or sorted(written) == sorted(name) or _undoubled(written, name))
    return Slip(_cased(name, word), sure)


def _undoubled(written: str, name: str) -> bool:
    """Whether one of the two is the other with a letter doubled."""
    longer, shorter = sorted((written, name), key=len, reverse=True)
    doubled = (at for at in range(1, len(longer)) if longer[at] == longer[at - 1])
    return any(longer[:at] + longer[at + 1 :] == shorter for at in doubled)


def _cased(name: str, word: str) -> str:
    """`name` with capitals as `word` has them."""
    if word.isupper():
        return name.upper()
    return name[:1].upper() + name[1:] if word[:1].isupper() else name
