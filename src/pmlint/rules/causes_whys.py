"""Causes: chains of whys, their length and their links."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Annotated

from pmlint.document.model import Postmortem, SectionKind, Why
from pmlint.document.patterns import Patterns
from pmlint.rules.causes_reading import cue, of_a_person, short
from pmlint.rules.content import content, likeness, subjects
from pmlint.rules.problem import Confidence, Level, Problem, Related
from pmlint.rules.rule import rule

_ENGLISH = frozenset({"english"})
_COE = "AWS, Correction of Error: five whys"

_PATTERNS = Patterns(
    # A question that points back needs no word of the answer.
    back=r"(?i)\b(?:it|that|this|these|those|they|them|he|she|so(?!\s+\w)|there|such)\b",
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
        """
        # Search was down

        ## Five whys

        - Search was down
        - because the index was empty
        - because the rebuild deletes it first
        - because the disk cannot hold two
        """,
        """
        # Search was down

        ## Five whys

        **Why was search down?**
        Because the index was empty.

        **Why was the index empty?**
        Because the rebuild deletes it first.

        **Why does the rebuild delete it first?**
        Because the disk cannot hold two.
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
    for chain in _chains(doc):
        yield from _shallow(doc, chain, fewest)


def _shallow(doc: Postmortem, chain: Sequence[Why], fewest: int) -> Iterator[Problem]:
    last = chain[-1]
    said = short(last.answer or "")
    if len(chain) < fewest:
        number = {1: "one why", 2: "two whys"}.get(len(chain), f"{len(chain)} whys")
        lone = len(chain) == sum(why.answer is not None for why in doc.whys)
        title = next((section.title_span for section in doc.find(SectionKind.FIVE_WHYS)), None) if lone else None
        yield Problem(title or chain[0].question_span, f'the chain stops after {number}, at "{said}"')
        return
    if last.answer_span is None:
        return
    if _at_a_person(doc, last):
        yield Problem(last.answer_span, f'the last answer, "{said}", is a person; why did it make sense?')
    elif doc.trigger and likeness(content(last.answer or ""), content(doc.trigger.text)) >= 0.6:
        yield Problem(last.answer_span, f'the last answer, "{said}", is the trigger; what made it possible?')


def _chains(doc: Postmortem) -> Iterator[list[Why]]:
    """The answered whys, cut where a part ends, and where answers are asked on in their own words and one is not."""
    answered = [why for why in doc.whys if why.answer]
    restated = sum(_goes_on(before, after) for before, after in pairwise(answered))
    chain: list[Why] = []
    for why in answered:
        if chain and (
            not _together(doc, chain[-1], why) or (restated * 2 > len(answered) - 1 and not _goes_on(chain[-1], why))
        ):
            yield chain
            chain = []
        chain.append(why)
    if chain:
        yield chain


def _together(doc: Postmortem, before: Why, after: Why) -> bool:
    """Whether two whys stand in one part, or are each a heading of their own below one."""
    first, second = doc.section_at(before.span.start), doc.section_at(after.span.start)
    if first is None or second is None or first == second:
        return first == second
    headings = first.title_span.meets(before.question_span) and second.title_span.meets(after.question_span)
    return headings and first.parent == second.parent and first.level == second.level


def _goes_on(before: Why, after: Why) -> bool:
    """Whether the answer is itself what is asked about next: "… because A", "… because B"."""
    return (before.answer or "").strip(" .…") == after.question.strip(" .…")


def _at_a_person(doc: Postmortem, why: Why) -> bool:
    answer = why.answer or ""
    named = cue("human_error", "named").search(answer) is not None or of_a_person(answer)
    label = named and not cue("human_error", "condition").search(answer)
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
        """
        # Search was down

        ## Five whys

        **Why 1:** Why was search down?
        The index was empty, and no alert watches it.

        **Why 2:** Why was the index empty?
        The rebuild deletes it first.

        **Why 3:** Why does no alert watch it?
        Alerts look at hosts.
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
        """
        # Search was down

        ## Five whys

        **Why 1:** Why was search down?
        The index was empty.

        **Why 2:** ⟦Why did support hear late?⟧
        Mails of customers wait for the morning.
        """,
    ],
)
def broken_why_chain(doc: Postmortem) -> Iterator[Problem]:
    """An answer that the next why does not pick up.

    Where a question does not follow from the answer above it, a step is missing or the subject has changed; the chain
    then proves nothing about its first link.
    """
    asked: list[frozenset[str]] = []
    for before, after in (pair for chain in _chains(doc) for pair in pairwise(chain)):
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
