"""What rules share that report what the language pass has read."""

from collections.abc import Iterable, Iterator, Sequence

from pmlint.document.model import Postmortem, SectionKind
from pmlint.language.judgement import Judgement, Kind
from pmlint.language.read import Placed
from pmlint.rules.problem import Confidence, Level, Problem

CAUSES = frozenset(
    {SectionKind.ROOT_CAUSE, SectionKind.CONTRIBUTING_FACTORS, SectionKind.TRIGGER, SectionKind.FIVE_WHYS}
)

# What happened is told as it was seen; the same words weigh more where something is concluded from them.
_NARRATION = frozenset({SectionKind.TIMELINE, SectionKind.RESPONSE, SectionKind.DETECTION})

_SURE = 0.8
_LIKELY = 0.55


def inside(doc: Postmortem, judgements: Sequence[Placed], *kinds: Kind) -> Iterator[Placed]:
    """The judgements of these kinds that stand in `doc`, which may be one incident of several in a file."""
    for placed in judgements:
        if placed.judgement.kind in kinds and (doc.span.end == 0 or doc.span.meets(placed.span)):
            yield placed


def softened(doc: Postmortem, placed: Placed) -> Level | None:
    """A lower level for narration, and where no list knows the deed; None to speak as loudly as the rule is set to.

    A sentence that only sounds like blame may be worth a second look; it must not close the gate.
    """
    narrated = doc.kinds_at(placed.span.start) & _NARRATION
    return Level.WARNING if narrated or placed.judgement.construction == "meaning" else None


def advice(found: Judgement) -> str:
    """What to write or to ask instead."""
    return found.instead or "ask what made it the sensible thing to do at that moment"


def is_named(found: Judgement) -> bool:
    """Whether somebody is there to carry the fault; a sentence that only sounds like blame may name nobody."""
    return found.agent is not None or found.construction != "meaning"


def confidence(placed: Placed) -> Confidence:
    """How sure the pass is, in the words of a finding."""
    sure = placed.judgement.sure
    return Confidence.HIGH if sure >= _SURE else Confidence.MEDIUM if sure >= _LIKELY else Confidence.LOW


def unsaid(
    doc: Postmortem, judgements: Sequence[Placed], kind: Kind, found: Iterable[Problem], message: str
) -> Iterator[Problem]:
    """What was read of this kind where none of the problems `found` by other means stands; `{match}` are its words."""
    told = list(found)
    for placed in inside(doc, judgements, kind):
        if not any(problem.span.meets(placed.span) for problem in told):
            yield Problem(
                placed.span,
                message.format_map({"match": shortened(doc.source.text[placed.span.start : placed.span.end])}),
                level=softened(doc, placed),
                confidence=confidence(placed),
            )


_LONGEST = 80


def shortened(said: str) -> str:
    """Words of the document, short enough for a message."""
    text = " ".join(said.split())
    return text if len(text) <= _LONGEST else text[:_LONGEST].rsplit(" ", 1)[0] + " …"
