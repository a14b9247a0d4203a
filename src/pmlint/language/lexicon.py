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
    return frozenset(found)  # type: ignore[call-overload,no-any-return]


@cache
def tables(section: str, *names: str) -> frozenset[str]:
    """Several lists of one section, together."""
    return frozenset().union(*(table(section, name) for name in names))


# What no ending shows, where the lemmatizer leaves a form as it is.
_IRREGULAR = {
    form: (base,)
    for base, forms in {
        "break": "broke broken", "choose": "chose chosen", "forget": "forgot forgotten", "hide": "hid hidden",
        "leave": "left", "make": "made", "misread": "misread", "mistake": "mistook mistaken", "override": "overrode overridden",
        "oversleep": "overslept", "put": "put", "see": "saw seen", "sleep": "slept", "stand": "stood", "take": "took taken",
        "tell": "told", "think": "thought", "withhold": "withheld", "write": "wrote written", "misunderstand": "misunderstood",
    }.items()
    for form in forms.split()
}  # fmt: skip


@cache
def lemmas(lemma: str, word: str) -> tuple[str, ...]:
    """The base forms that a word may have: what the lemmatizer says, and what its ending allows."""
    found = [lemma, *_IRREGULAR.get(word, ())]
    for ending, stems in (
        ("ied", ("y",)),
        ("ies", ("y",)),
        ("ed", ("", "e")),
        ("ing", ("", "e")),
        ("es", ("", "e")),
        ("s", ("",)),
    ):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            root = word[: -len(ending)]
            found += [root + stem for stem in stems]
            if len(root) > 3 and root[-1] == root[-2]:
                found.append(root[:-1])
    return tuple(dict.fromkeys([*found, word]))


def bases(tok: "Token") -> tuple[str, ...]:
    """The base forms of a token, the likeliest first."""
    return lemmas(tok.lemma_.lower(), tok.lower_)


def names(verb: "Token") -> list[str]:
    """What a verb may be listed as: with each particle or preposition after it, longest first, then by itself."""
    after = [tok.lower_ for tok in verb.doc[verb.i + 1 : verb.i + 4]]
    # "put the renewal off": the particle stands after the object
    particles = [child.lower_ for child in verb.children if child.dep_ in ("compound:prt", "prt") and child.i > verb.i]
    found = []
    for lemma in bases(verb):
        found += [" ".join([lemma, *after[:length]]) for length in range(len(after), 0, -1)]
        found += [f"{lemma} {particle}" for particle in particles]
    return [*found, *bases(verb)]


def listed(verb: "Token", lists: frozenset[str]) -> str:
    """The name under which `verb` stands in `lists`; empty where it does not."""
    return next((name for name in names(verb) if name in lists), "")


_MIS = re.compile(r"mis(?!s(?!p)|sion|er|t(?!r|y|im|ak)|c\b)[a-z]{3,}")


def is_error(lemma: str) -> bool:
    """Whether a verb or noun says "wrongly" by its own form: misread, miscount, misconfiguration."""
    return _MIS.fullmatch(lemma) is not None


def is_fault(tok: "Token") -> bool:
    """Whether a noun names what went wrong in what somebody did: an oversight, a misconfiguration."""
    lemma = tok.lemma_.lower()
    return tok.tag_.startswith("NN") and (is_error(lemma) or lemma in table("noun", "lapse"))


_GAP = r"(?:\W+\w+){0,4}?\W+"


@cache
def phrase(*keys: str) -> re.Pattern[str]:
    """One pattern of the phrases of a list: regular expressions in which " … " stands for up to four words."""
    found = "|".join(sorted(table(*keys)))
    found = found.replace(" … ", _GAP).replace(" …", "").replace(" ", r"\s+").replace(" *", r" \w+")
    return re.compile(rf"(?i)(?<!\w)(?:{found})(?!\w)")
