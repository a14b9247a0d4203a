"""Causes: root cause, trigger, contributing factors with their layers, and the chains of whys."""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from pmlint.document.cause_parts import CAUSES, Candidate, Reader, candidates, cue
from pmlint.document.layers import layer_of
from pmlint.document.model import Factor, Section, SectionKind, Why
from pmlint.document.sentences import sentences
from pmlint.document.values import Fact
from pmlint.document.vocabulary import Vocabulary
from pmlint.document.whys import Step, read_whys
from pmlint.source import Block, Html, List, Paragraph, Prose, Source, Span

# Where a labelled line or an outright sentence is no cause: the story, the follow-up, the lessons.
_ROOT = re.compile(r"(?i)root|根本|根因|raiz|raíz")
_ELSEWHERE = (
    SectionKind.TIMELINE, SectionKind.ACTION_ITEMS, SectionKind.PREVENTION, SectionKind.FOLLOW_UP, SectionKind.LESSONS,
    SectionKind.WENT_WELL, SectionKind.WENT_WRONG, SectionKind.GOT_LUCKY, SectionKind.FIVE_WHYS, SectionKind.GLOSSARY,
    SectionKind.RELATED, SectionKind.APPENDIX, SectionKind.COMMUNICATION, SectionKind.RESPONSE, SectionKind.ROLES,
)  # fmt: skip


class Causes(Struct, frozen=True):
    """What a document says about why it happened."""

    root_cause: Fact[str] | None = None
    trigger: Fact[str] | None = None
    factors: tuple[Factor, ...] = ()
    whys: tuple[Why, ...] = ()


def read_causes(
    sections: Sequence[Section], preamble: tuple[Block, ...], source: Source, *, vocabulary: Vocabulary
) -> Causes:
    """All causes in reading order."""
    steps = read_whys(sections, source)
    found = list(candidates(sections, source))
    found += _labelled(sections, preamble)
    found += _concluded(sections)
    if not any(section.is_a(*CAUSES) for section in sections) and not found:
        found += _outright(sections, preamble)
    found += _answers(steps)
    found = _once(found)
    factors = tuple(_factor(candidate, vocabulary) for candidate in found)
    return Causes(
        root_cause=_root_cause(found, sections),
        trigger=_fact([candidate for candidate in found if candidate.source == "trigger"]),
        factors=factors,
        whys=tuple(_why(step) for step in steps),
    )


def _once(found: list[Candidate]) -> list[Candidate]:
    """In order of place; what is said twice in the same words is one factor."""
    kept: dict[str, Candidate] = {}
    for candidate in sorted(found, key=lambda candidate: candidate.span):
        kept.setdefault(" ".join(candidate.prose.text.casefold().split()).rstrip("."), candidate)
    return list(kept.values())


def _root_cause(found: Sequence[Candidate], sections: Sequence[Section]) -> Fact[str] | None:
    """The first root cause, from a part that is named so before one about causes in general."""
    causes = [candidate for candidate in found if candidate.source == "root cause"]
    rooted = [part.span for part in sections if part.is_a(SectionKind.ROOT_CAUSE) and _ROOT.search(part.title)]
    named = [candidate for candidate in causes if any(span.covers(candidate.span) for span in rooted)]
    return _fact(named or causes)


def _fact(candidates: Sequence[Candidate]) -> Fact[str] | None:
    if not candidates:
        return None
    prose = candidates[0].prose
    return Fact(value=" ".join(prose.text.split()), text=prose.text, span=prose.span())


def _why(step: Step) -> Why:
    return Why(
        question=" ".join(step.question.text.split()),
        answer=" ".join(step.answer.text.split()) if step.answer else None,
        span=step.span,
        question_span=step.question.span(),
        answer_span=step.answer.span() if step.answer else None,
    )


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


def _labelled(sections: Sequence[Section], preamble: tuple[Block, ...]) -> Iterator[Candidate]:
    """`Root cause: …` and the like, wherever a document sums itself up."""
    parts = [
        preamble,
        *(part.blocks for part in sections if not part.is_a(*_ELSEWHERE, *CAUSES) and not _inside(part, sections)),
    ]
    for blocks in parts:
        reader = Reader("factor", None)
        for block in blocks:
            for prose in _proses(block):
                for label, candidate in reader._labels_in(prose):
                    # outside of the causes "Detection: …" says how it was noticed
                    noticed = prose.text[: prose.text.find(":")].strip(" *_-").casefold() == "detection"
                    cause = label in ("root_cause", "trigger", "latent", "factor") and not noticed
                    if cause and len(candidate.prose.text.split()) > 1:
                        yield candidate


def _concluded(sections: Sequence[Section]) -> Iterator[Candidate]:
    """What a chain of whys comes to: the line "Root cause: …" below it."""
    for part in sections:
        if part.is_a(SectionKind.FIVE_WHYS):
            for label, candidate in Reader("root cause", None).labelled(part.blocks):
                if label == "root_cause":
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


def _outright(sections: Sequence[Section], preamble: tuple[Block, ...]) -> Iterator[Candidate]:
    """Sentences that say "the cause was", where no part is about causes."""
    parts = [preamble, *(part.blocks for part in sections if not part.is_a(*_ELSEWHERE))]
    for blocks in parts:
        for block in blocks:
            for prose in _proses(block):
                for span in sentences(prose.text):
                    sentence = prose.cut(span.start, span.end)
                    if cue("outright").search(sentence.voice) and not cue("unknown").search(sentence.text):
                        yield Candidate(sentence, sentence.span(), "root cause")


def _answers(steps: Sequence[Step]) -> Iterator[Candidate]:
    """What the chains of whys answer; a chain without questions offers its first line as well."""
    answered: set[Span] = set()
    for step in steps:
        for prose in [step.answer] if step.is_asked else [step.question, step.answer]:
            if prose and prose.span() not in answered:
                answered.add(prose.span())
                yield Candidate(prose, prose.span(), "why")
