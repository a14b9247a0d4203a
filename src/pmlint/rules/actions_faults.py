"""What an action may promise instead of a change, and the words that show it."""

import re
from enum import StrEnum
from functools import cache

from msgspec import Struct

from pmlint.document.patterns import Pattern, Patterns
from pmlint.document.words import cues, words
from pmlint.rules.actions_grammar import heads


class Fault(StrEnum):
    """What an action promises instead of a change, the most specific first."""

    EXHORTATION = "exhortation"
    PERSON = "person"
    MONITORING = "monitoring"
    UNBOUNDED = "unbounded"
    VAGUE = "vague"


class Wording(Struct, frozen=True):
    """The fault of an action, and the words of its text that show it."""

    fault: Fault
    start: int
    end: int
    sure: bool = True
    gap: str = ""
    """What the words leave open."""


_PATTERNS = Patterns(
    word=r"[ \n]+[^\s.,;:()\ufffc]+",
)
_MOST = 8
"""Words of a phrase that are pointed at; whoever reads them knows which item it is."""


def cue(*keys: str) -> Pattern:
    """The words of one list about deliverables."""
    return cues("deliverables", *keys)


def at_head(pattern: Pattern, voice: str) -> re.Match[str] | None:
    """`pattern` where the item's deed may begin."""
    return next((found for head in heads(voice) if (found := pattern.match(voice, head))), None)


def phrase(voice: str, at: int) -> int:
    """The end of the phrase that goes on at `at`: a few words more, up to the next stop, and none that hangs."""
    end = until = at
    for _ in range(_MOST):
        found = _PATTERNS.word.match(voice, end)
        if found is None:
            break
        end = found.end()
        if found[0].strip().lower() not in _hanging():
            until = end
    return until


@cache
def _hanging() -> frozenset[str]:
    closed = words("deeds")["closed"]
    return frozenset((*closed["prepositions"], *closed["determiners"], "and", "or", "of", "not"))
