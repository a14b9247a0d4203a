"""What rules about causes share: the factors that count, the part of the document that tells them, and its words."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType

from pmlint.document.layers import layer_of
from pmlint.document.leads import may_hold
from pmlint.document.model import Factor, Layer, Postmortem, SectionKind
from pmlint.document.once import once
from pmlint.document.patterns import Pattern
from pmlint.document.sentences import passages, sentences
from pmlint.document.vocabulary import STANDARD
from pmlint.document.words import cues, cues_source
from pmlint.rules.content import content, likeness
from pmlint.rules.place import place
from pmlint.source import Prose, Span

CAUSES = (
    SectionKind.CONTRIBUTING_FACTORS,
    SectionKind.ROOT_CAUSE,
    SectionKind.FIVE_WHYS,
    SectionKind.TRIGGER,
)


def cue(*keys: str) -> Pattern:
    """The words of one list."""
    return cues("conclusions", *keys)


def heading(doc: Postmortem) -> Span:
    """Where a problem of the causes as a whole points."""
    return place(doc, *CAUSES)


def has_causes(doc: Postmortem) -> bool:
    """Whether the document speaks of causes at all; where it does not, that is another rule's to say."""
    return bool(doc.find(*CAUSES) or doc.factors or doc.root_cause)


def told(doc: Postmortem) -> Iterator[Prose]:
    """The author's text in the sections about causes."""
    kinds = frozenset(CAUSES)
    for passage in passages(doc):
        if passage.part != "headings" and passage.kinds & kinds:
            yield passage.prose


def holds(text: str, *keys: str) -> bool:
    """Whether a text has one of the words of a list; it is searched only where it has one that they begin with."""
    return may_hold(text, cues_source("conclusions", *keys)) and cue(*keys).search(text) is not None


@once
def says(doc: Postmortem, *keys: str) -> Span | None:
    """Where the document, headings included, says one of the words of a list."""
    for passage in doc.passages_like(cues_source("conclusions", *keys)):
        found = cue(*keys).search(passage.prose.text.replace("\n", " "))
        if found:
            return passage.prose.span(*found.span())
    return None


def is_unknown(doc: Postmortem) -> bool:
    """Whether the cause is said to be unknown, which is an honest answer."""
    return says(doc, "unknown", "cause") is not None


@once
def distinct(doc: Postmortem, alike: float = 0.7) -> tuple[Factor, ...]:
    """The factors that are conditions: no person alone, and each only once."""
    kept: list[tuple[Factor, frozenset[str]]] = []
    for factor in doc.factors[:_MOST]:
        its = content(factor.text)
        if not factor.is_person and not any(likeness(its, other) >= alike for _, other in kept):
            kept.append((factor, its))
    return tuple(factor for factor, _ in kept)


_MOST = 200
"""Factors that are compared with one another; no analysis has more."""


def conditions(factor: Factor) -> int:
    """How many conditions a factor tells: a paragraph may hold one in each layer, and one about a person none."""
    told, kept = sentences(factor.text), _of_the_system(factor.text)
    if told and not kept:
        return 0
    # What made it possible and what let it pass are two, even where both lie in one layer.
    let_pass = sum(holds(sentence, "missed", "told") for sentence in kept)
    return max(1, len(layers(factor)), let_pass + (let_pass < len(kept)))


def of_a_person(sentence: str) -> bool:
    """Whether the sentence tells what somebody failed to do, and so is no condition of the system."""
    lapses = holds(sentence, "lapse", "told") and holds(sentence, "lapse", "who")
    return lapses or holds(sentence, "lapse", "alone")


def layers(factor: Factor) -> Mapping[Layer, tuple[str, ...]]:
    """The layers that words of the factor or of one of its sentences decide for."""
    return _layers(factor.text, factor.layer, factor.layer_words)


@lru_cache(maxsize=1 << 10)  # several rules ask the same of each factor
def _layers(text: str, layer: Layer | None, words: tuple[str, ...]) -> Mapping[Layer, tuple[str, ...]]:
    found: dict[Layer, tuple[str, ...]] = {}
    told = _of_the_system(text)
    if layer is not None and words and told:
        found[layer] = words
    for sentence in told:
        its, said = layer_of(sentence, STANDARD)
        if said:
            found.setdefault(its, said)
    return MappingProxyType(found)


@lru_cache(maxsize=1 << 10)
def _of_the_system(text: str) -> tuple[str, ...]:
    """The sentences of a text but those that tell what somebody failed to do."""
    told = (text[start:end] for start, end in sentences(text))
    return tuple(sentence for sentence in told if not of_a_person(sentence))


def short(text: str, most: int = 60) -> str:
    """`text` in one line, short enough for a message."""
    line = " ".join(text.split()).rstrip(".")
    return line if len(line) <= most else line[: most - 3].rsplit(" ", 1)[0] + " …"
