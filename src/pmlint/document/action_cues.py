"""The signs by which a sentence, a title or an item shows what sort of statement it is."""

import re
from functools import cache

from pmlint.document.patterns import Pattern, compiled
from pmlint.document.sentences import sentences
from pmlint.document.words import fold, words
from pmlint.source import Prose

_FIRST = re.compile(r"[^\w@#(\[]*([^\W_][\w'’-]*)")
_SUBJECT = re.compile(r"(?i)(?:we|i)(?:['’]ve| have)?(?: (?:also|now|since|already|therefore))?\s+(\w+)")
_SHORT = 4
_REGULAR = re.compile(r"[a-z]{2,}(?:[^aeiou]ed|[aeiou]ed)")


@cache
def cue(name: str) -> Pattern:
    """One of the signs in the word list, compiled when it is first asked for."""
    return compiled(words("actions")["cues"][name])


@cache
def _verbs() -> frozenset[str]:
    return frozenset(words("actions")["verbs"]["base"])


def first_word(text: str) -> str:
    """The first word, folded; empty where there is none."""
    found = _FIRST.match(text)
    return found[1].casefold() if found else ""


def is_imperative(text: str) -> bool:
    """Whether the text asks for something: it opens with a verb in its bare form."""
    first = first_word(text)
    if first in (
        "please",
        "also",
        "always",
        "never",
        "regularly",
        "properly",
        "automatically",
        "explicitly",
        "don't",
        "don’t",
        "do",
        "not",
    ):
        return True
    return first in _verbs() or (first.startswith("re-") and first[3:] in _verbs())


def is_past(text: str, *, strict: bool = True) -> bool:
    """Whether the text says what was done: "Added …", "We enabled …"; `strict` leaves out what may be an adjective."""
    subject = _SUBJECT.match(text.strip())
    word = subject[1].casefold() if subject else first_word(text)
    past = words("actions")["verbs"]
    if subject and word in past["past"]:
        return True
    if word in past["past"] and word not in _verbs():
        return True
    if strict and not subject and word in past["adjectives"]:
        return False
    if not _REGULAR.fullmatch(word):
        return False
    stem = word[:-2]
    undoubled = stem[:-1] if len(stem) > 2 and stem[-1] == stem[-2] else stem
    return bool({stem, stem + "e", undoubled, stem[:-1] + "y" if stem.endswith("i") else stem} & _verbs())


def states_deliverable(prose: Prose, *, beside_items: bool) -> bool:
    """Whether a sentence of prose says what will be done, or what was done so that it does not happen again.

    Beside a list or a table prose introduces and closes; there only a plain demand counts, and what was done about it.
    """
    for span in sentences(prose.voice):
        said = prose.voice[span.start : span.end]
        if cue("closing").search(said) or said.rstrip().endswith((":", "：")):
            continue
        if is_imperative(said) and len(said.split()) > 2:
            return True
        if cue("done").search(said) and cue("purpose").search(said):
            return True
        if not beside_items and cue("future").search(said):
            return True
    return False


def is_nothing(text: str) -> bool:
    """Whether it says that there is no action, or is a place to fill in."""
    said = fold(text).strip(" .*_:：!()[]<>\\")
    if said in _nothings() or not any(char.isalnum() for char in said):
        return True
    opening = text.lstrip(" *\\")
    if opening.startswith(("...", "…")) and len(opening.split()) <= _SHORT:
        return True
    return opening.startswith(("![", "{%")) or _PLACEHOLDER.fullmatch(text.strip(" .*_")) is not None


_PLACEHOLDER = re.compile(r"\\?<[^<>]{1,80}>|\{\{?[^{}]{1,80}\}?\}|\[[^\[\]]{1,60}\]")


@cache
def _nothings() -> frozenset[str]:
    return frozenset(fold(word) for word in words("actions")["none"]["nothing"])


@cache
def paperwork() -> Pattern:
    """What concerns the document itself and no deliverable of the incident."""
    return compiled(words("actions")["none"]["paperwork"])


@cache
def signals() -> Pattern:
    """What somebody else could see once it is done."""
    return compiled("(?i)" + "|".join(f"(?:{signal})" for signal in words("actions")["verification"]["signals"]))
