"""Causes: root cause, trigger, contributing factors with their layers, and the chains of whys."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pmlint.document.cause_parts import CAUSES, Candidate, Reader, candidates, cue
from pmlint.document.layers import layer_of
from pmlint.document.model import Fact, Factor, Section, SectionKind, Why
from pmlint.document.sentences import sentences
from pmlint.document.vocabulary import Vocabulary
from pmlint.document.whys import read_whys
from pmlint.source import Block, Html, List, Paragraph, Prose, Source

# Where a labelled line or an outright sentence is no cause: the story, the follow-up, the lessons.
_ELSEWHERE = (
    SectionKind.TIMELINE, SectionKind.ACTION_ITEMS, SectionKind.PREVENTION, SectionKind.FOLLOW_UP, SectionKind.LESSONS,
    SectionKind.WENT_WELL, SectionKind.WENT_WRONG, SectionKind.GOT_LUCKY, SectionKind.FIVE_WHYS, SectionKind.GLOSSARY,
    SectionKind.RELATED, SectionKind.APPENDIX, SectionKind.COMMUNICATION, SectionKind.RESPONSE, SectionKind.ROLES,
)  # fmt: skip


@dataclass(frozen=True)
class Causes:
    """What a document says about why it happened."""

    root_cause: Fact[str] | None = None
    trigger: Fact[str] | None = None
    factors: tuple[Factor, ...] = ()
    whys: tuple[Why, ...] = ()


def read_causes(
    sections: Sequence[Section], preamble: tuple[Block, ...], source: Source, *, vocabulary: Vocabulary
) -> Causes:
    """All causes in reading order."""
    whys = read_whys(sections, source)
    found = list(candidates(sections, source))
    found += _labelled(sections, preamble, source)
    if not any(section.is_a(*CAUSES) for section in sections) and not found:
        found += _outright(sections, preamble, source)
    found += _answers(sections, whys, source)
    found = _once(found)
    factors = tuple(_factor(candidate, vocabulary) for candidate in found)
    return Causes(
        root_cause=_fact(found, "root cause"), trigger=_fact(found, "trigger"), factors=factors, whys=whys
    )


def _once(found: list[Candidate]) -> list[Candidate]:
    """In order of place; what is said twice in the same words is one factor."""
    kept: dict[str, Candidate] = {}
    for candidate in sorted(found, key=lambda candidate: candidate.span):
        kept.setdefault(" ".join(candidate.prose.text.casefold().split()).rstrip("."), candidate)
    return list(kept.values())


def _fact(found: Sequence[Candidate], source: str) -> Fact[str] | None:
    first = next((candidate for candidate in found if candidate.source == source), None)
    if first is None:
        return None
    text = first.prose.text
    return Fact(value=" ".join(text.split()), text=text, span=first.prose.span())


def _factor(candidate: Candidate, vocabulary: Vocabulary) -> Factor:
    text = " ".join(candidate.prose.text.split())
    if candidate.layer is not None:
        layer, said = candidate.layer
        told: tuple[str, ...] = (said,) if said else ()
    else:
        layer, told = layer_of(candidate.prose.text, vocabulary, candidate.leaning)
    return Factor(
        text=text,
        span=candidate.span,
        layer=layer,
        layer_words=told,
        source=candidate.source,
        is_person=cue("person").match(text) is not None,
        links=tuple(mark.target for mark in candidate.prose.links() if mark.target and mark.kind != "image"),
        prose=candidate.prose,
    )


def _labelled(sections: Sequence[Section], preamble: tuple[Block, ...], source: Source) -> Iterator[Candidate]:
    """`Root cause: …` and the like, wherever a document sums itself up."""
    parts = [preamble, *(part.blocks for part in sections if not part.is_a(*_ELSEWHERE, *CAUSES) and not _inside(part, sections))]
    for blocks in parts:
        reader = Reader("factor", None, source)
        for block in blocks:
            for prose in _proses(block):
                for label, candidate in reader._labels_in(prose):
                    if label in ("root_cause", "trigger", "latent", "factor") and len(candidate.prose.text.split()) > 1:
                        yield candidate


def _inside(part: Section, sections: Sequence[Section]) -> bool:
    """Whether a section lies in one about causes, which has been read, or in one where nothing is a cause."""
    parent = part.parent
    while parent is not None:
        if sections[parent].is_a(*CAUSES, *_ELSEWHERE):
            return True
        parent = sections[parent].parent
    return False


def _proses(block: Block) -> Iterator[Prose]:
    if isinstance(block, Paragraph | Html):
        yield block.prose
    elif isinstance(block, List):
        yield from (item.prose for item in block.items if item.prose is not None)


def _outright(sections: Sequence[Section], preamble: tuple[Block, ...], source: Source) -> Iterator[Candidate]:
    """Sentences that say "the cause was", where no part is about causes."""
    parts = [preamble, *(part.blocks for part in sections if not part.is_a(*_ELSEWHERE))]
    for blocks in parts:
        for block in blocks:
            for prose in _proses(block):
                for span in sentences(prose.text):
                    sentence = prose.cut(span.start, span.end)
                    if cue("outright").search(sentence.voice) and not cue("unknown").search(sentence.text):
                        yield Candidate(sentence, sentence.span(), "root cause")


def _answers(sections: Sequence[Section], whys: Sequence[Why], source: Source) -> Iterator[Candidate]:
    """What the chains of whys answer; a chain without questions offers each of its lines."""
    from pmlint.source.prose import Segment

    for number, why in enumerate(whys):
        successive = number == 0 or whys[number - 1].answer_span != why.question_span
        spans = [why.answer_span] if "?" in why.question or "？" in why.question or not successive else [why.question_span, why.answer_span]
        for span in spans:
            if span is not None:
                text = source[span]
                yield Candidate(Prose(text, (Segment(0, len(text), *span),), (), span.start), span, "why")
