"""The classes of predicates, as sets to look up a verb or a noun in."""

import re
from functools import cache
from typing import TYPE_CHECKING

from pmlint.document.words import words

if TYPE_CHECKING:
    from spacy.tokens import Token


@cache
def table(*keys: str) -> frozenset[str]:
    """One list of predicates.toml."""
    found: object = words("predicates")
    for key in keys:
        found = found[key]  # type: ignore[index]
    return frozenset(found)  # type: ignore[call-overload]


@cache
def tables(section: str, *names: str) -> frozenset[str]:
    """Several lists of one section, together."""
    return frozenset().union(*(table(section, name) for name in names))


_PARTICLES = frozenset({"compound:prt", "prt", "advmod", "prep", "mark", "case", "obl", "advcl", "xcomp", "ccomp", "acomp", "obj"})


def names(verb: "Token") -> list[str]:
    """What a verb may be listed as: with each particle or preposition after it, longest first, then by itself."""
    lemma = verb.lemma_.lower()
    after = [tok.lower_ for tok in verb.doc[verb.i + 1 : verb.i + 4]]
    found = []
    if after:
        found.append(f"{lemma} {after[0]}")
        if len(after) > 1:
            found.insert(0, f"{lemma} {after[0]} {after[1]}")
    # "put the renewal off": the particle stands after the object
    for child in verb.children:
        if child.dep_ in ("compound:prt", "prt") and child.i > verb.i:
            found.append(f"{lemma} {child.lower_}")
    return [*found, lemma]


def listed(verb: "Token", lists: frozenset[str]) -> str:
    """The name under which `verb` stands in `lists`; empty where it does not."""
    return next((name for name in names(verb) if name in lists), "")


_MIS = re.compile(r"mis(?!s(?!p)|sion|er|t(?!r|y|im|ak)|c\b)[a-z]{3,}")


def is_error(lemma: str) -> bool:
    """Whether a verb or noun says "wrongly" by its own form: misread, miscount, misconfiguration."""
    return _MIS.fullmatch(lemma) is not None

_GAP = r"(?:\W+\w+){0,4}?\W+"


@cache
def phrase(*keys: str) -> re.Pattern[str]:
    """One pattern of the phrases of a list: regular expressions in which " … " stands for up to four words."""
    found = "|".join(sorted(table(*keys)))
    found = found.replace(" … ", _GAP).replace(" …", "").replace(" ", r"\s+").replace(" *", r" \w+")
    return re.compile(rf"(?i)(?<!\w)(?:{found})(?!\w)")
