"""Causes: chains of whys, their length and their links."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated

from pmlint.document.model import Postmortem, SectionKind, Why
from pmlint.document.patterns import Patterns
from pmlint.rules.causes_reading import cue, short, subjects
from pmlint.rules.content import content, likeness
from pmlint.rules.problem import Confidence, Level, Problem, Related
from pmlint.rules.rule import rule

_ENGLISH = frozenset({"english"})
_COE = "AWS, Correction of Error: five whys"

_PATTERNS = Patterns(
    # A question that points back needs no word of the answer.
    back=r"(?i)\b(?:it|that|this|these|those|they|them|he|she|so|there|such)\b",
)


@rule(
    level=Level.WARNING,
    help="go on until an answer names something that can be changed: a process, a tool, a limit, a decision",
    sources=(_COE, "Toyota, Five whys"),
    good=[
        """
        # Search was down

        ## Five whys

        1. Why was search down? The index was empty.
        2. Why was the index empty? The rebuild deletes it first.
        3. Why does the rebuild delete it first? The disk cannot hold two.
        """,
    ],
    bad=[
        """
        # Search was down

        ## ⟦Five whys⟧

        1. Why was search down? The index was empty.
        2. Why was the index empty? The rebuild deletes it first.
        """,
        """
        # Search was down

        ## Five whys

        1. Why was search down? The index was empty.
        2. Why was the index empty? The rebuild deletes it first.
        3. Why was it started by day? ⟦Human error.⟧
        """,
    ],
)
def shallow_whys(doc: Postmortem, *, fewest: Annotated[int, "whys that a chain should have"] = 3) -> Iterator[Problem]:
    """A chain of whys is shorter than three, or ends at a person or at the trigger.

    The first two answers are mostly known before the meeting. A chain that ends at a person has turned from the system
    to somebody in it, and the next answer, why it made sense, is the one that was wanted.
    """
    answered = [why for why in doc.whys if why.answer]
    if not answered:
        return
    last = answered[-1]
    if len(answered) < fewest:
        number = {1: "one why", 2: "two whys"}.get(len(answered), f"{len(answered)} whys")
        place_at = next((s.title_span for s in doc.find(SectionKind.FIVE_WHYS)), last.question_span)
        yield Problem(place_at, f'the chain stops after {number}, at "{short(last.answer or "")}"')
        return
    if last.answer_span is None:
        return
    if _at_a_person(doc, last):
        yield Problem(
            last.answer_span, f'the last answer, "{short(last.answer or "")}", is a person; why did it make sense?'
        )
    elif doc.trigger and likeness(content(last.answer or ""), content(doc.trigger.text)) >= 0.6:
        yield Problem(
            last.answer_span, f'the last answer, "{short(last.answer or "")}", is the trigger; what made it possible?'
        )


def _at_a_person(doc: Postmortem, why: Why) -> bool:
    answer = why.answer or ""
    named = cue("human_error", "named").search(answer)
    label = named is not None and not cue("human_error", "condition").search(answer)
    return label or any(
        factor.is_person and why.answer_span is not None and why.answer_span.meets(factor.span)
        for factor in doc.factors
    )


@rule(
    level=Level.INFO,
    confidence=Confidence.MEDIUM,
    needs=_ENGLISH,
    help="ask each why of the answer before it, in its words; begin a second chain with a heading of its own",
    sources=(_COE,),
    good=[
        """
        # Search was down

        ## Five whys

        1. Why was search down? The index was empty.
        2. Why was the index empty? The rebuild deletes it first.
        3. Why does it do that? The disk cannot hold two.
        """,
    ],
    bad=[
        """
        # Search was down

        ## Five whys

        1. Why was search down? The index was empty.
        2. Why was the index empty? The rebuild deletes it first.
        3. ⟦Why is the certificate renewed by hand?⟧ The tool predates the authority.
        """,
    ],
)
def broken_why_chain(doc: Postmortem) -> Iterator[Problem]:
    """An answer that the next why does not pick up.

    Where a question does not follow from the answer above it, a step is missing or the subject has changed; the chain
    then proves nothing about its first link.
    """
    chain = [why for why in doc.whys if why.answer]
    asked: list[frozenset[str]] = []
    for before, after in pairwise(chain):
        asked += [subjects(before.question), subjects(before.answer or "")]
        words = subjects(after.question) - {"why"}
        if not words or _PATTERNS.back.search(after.question):
            continue
        # A question that goes back to an earlier answer opens a branch.
        if not any(words & earlier for earlier in asked):
            yield Problem(
                after.question_span,
                f'"{short(after.question)}" does not follow from "{short(before.answer or "")}"',
                related=tuple(Related(span, "the answer before") for span in (before.answer_span,) if span),
            )
