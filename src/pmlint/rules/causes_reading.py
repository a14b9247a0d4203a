"""What rules about causes share: the factors that count, the part of the document that tells them, and its words."""

from collections.abc import Iterator

from pmlint.document.layers import layer_of
from pmlint.document.model import Factor, Layer, Postmortem, SectionKind
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
        if passage.part != "headings" and doc.kinds_at(passage.prose.span().start) & kinds:
            yield passage.prose


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


def distinct(doc: Postmortem, alike: float = 0.7) -> list[Factor]:
    """The factors that are conditions: no person alone, and each only once."""
    kept: list[tuple[Factor, frozenset[str]]] = []
    for factor in doc.factors[:_MOST]:
        its = content(factor.text)
        if not factor.is_person and not any(likeness(its, other) >= alike for _, other in kept):
            kept.append((factor, its))
    return [factor for factor, _ in kept]


_MOST = 200
"""Factors that are compared with one another; no analysis has more."""


def conditions(factor: Factor) -> int:
    """How many conditions a factor tells: a paragraph may hold one in each layer, and one about a person none."""
    told = [factor.text[start:end] for start, end in sentences(factor.text)]
    kept = [sentence for sentence in told if not of_a_person(sentence)]
    if told and not kept:
        return 0
    # What made it possible and what let it pass are two, even where both lie in one layer.
    let_pass = sum(cue("missed", "told").search(sentence) is not None for sentence in kept)
    return max(1, len(layers(factor)), let_pass + (let_pass < len(kept)))


def of_a_person(sentence: str) -> bool:
    """Whether the sentence tells what somebody failed to do, and so is no condition of the system."""
    return bool(cue("lapse", "told").search(sentence) and cue("lapse", "who").search(sentence)) or bool(
        cue("lapse", "alone").search(sentence)
    )


def layers(factor: Factor) -> dict[Layer, tuple[str, ...]]:
    """The layers that words of the factor or of one of its sentences decide for."""
    found: dict[Layer, tuple[str, ...]] = {}
    told = [span for span in sentences(factor.text) if not of_a_person(factor.text[span.start : span.end])]
    if factor.layer is not None and factor.layer_words and told:
        found[factor.layer] = factor.layer_words
    for start, end in told:
        layer, said = layer_of(factor.text[start:end], STANDARD)
        if said:
            found.setdefault(layer, said)
    return found


def short(text: str, most: int = 60) -> str:
    """`text` in one line, short enough for a message."""
    line = " ".join(text.split()).rstrip(".")
    return line if len(line) <= most else line[: most - 3].rsplit(" ", 1)[0] + " …"
