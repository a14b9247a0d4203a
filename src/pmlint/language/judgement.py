"""What the pass finds in a sentence: who is said to have done what wrong, and why it was read so."""

from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct

from pmlint.language.agents import Agent


class Kind(StrEnum):
    """What sort of blame it is; each rule asks for its own."""

    LAPSE = "lapse"
    """A person, a team or the authors as those who failed."""
    CAUSE = "cause"
    """Somebody named as the cause, without a word of failure."""
    HUMAN_ERROR = "human error"
    EUPHEMISM = "euphemism"
    """Wanting attention, awareness, discipline."""
    INADVERTENCE = "inadvertence"
    COUNTERFACTUAL = "counterfactual"
    LESSON = "lesson"
    """A lesson that tells people what to do."""
    JUDGED = "judged"
    """A verdict on people or their work."""
    EXHORTATION = "exhortation"
    PERSON_ACTION = "person action"
    """An action that is done to people: trained, reminded, talked to."""
    PUNITIVE = "punitive"
    DEFENSIVE = "defensive"
    NAMED = "named"
    """Somebody's name, where a role would do."""


class Judgement(Struct, frozen=True):
    """One clause that blames, and what decided it."""

    kind: Kind
    start: int
    """Character offset into the sentence."""
    end: int
    agent: Agent | None
    predicate: str
    """The word that decided it, as written."""
    reason: str
    """In words, after "because"."""
    construction: str
    """`active`, `passive`, `possessive` …"""
    sure: float = 0.9
    """How likely a good reviewer is to agree, 0 to 1."""
    instead: str = ""
    """A rewording from the sentence's own parts, or a question."""
    likely: float = 0.0
    """How likely the transformer holds the sentence to be blame; 0 where it was not asked."""


class Lapse(NamedTuple):
    """Why a deed counts as a lapse."""

    sort: str
    word: str
    """The words that decided it."""
    sure: float
