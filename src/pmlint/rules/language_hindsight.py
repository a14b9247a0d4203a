"""Rules about hindsight, and about the soft forms of blame."""

from collections.abc import Iterator, Sequence
from typing import Annotated

from pmlint.document.model import Postmortem
from pmlint.document.words import words
from pmlint.language.judgement import Kind
from pmlint.language.read import Placed
from pmlint.rules.judged import confidence, inside
from pmlint.rules.kinds import Phrases
from pmlint.rules.problem import Confidence, Level, Problem
from pmlint.rules.rule import rule

_ENGLISH = frozenset({"english"})
_DEKKER = "Dekker, The Field Guide to Understanding 'Human Error'"


@rule(
    level=Level.WARNING,
    confidence=Confidence.MEDIUM,
    needs=_ENGLISH,
    help="say what was known then and what was done with it; what a control would have shown may stay, and belongs to "
    "the actions",
    sources=(_DEKKER, "Etsy, Debriefing Facilitation Guide: hindsight bias", "Howie: The Post-Incident Guide"),
    good=[
        """
        # Bookings were lost

        ## What went wrong

        An alert on replica lag would have shown it at 10:02, and the failover should have waited. Each cluster should
        have an owner. Had the prompt named its target, the operator would have seen it.
        """,
        """
        # Bookings were lost

        ## Impact

        Up to 400 bookings could have been affected; 38 were.
        """,
    ],
    bad=[
        """
        # Bookings were lost

        ## What went wrong

        - ⟦The reviewers ought to have spotted the missing limit⟧.
        - ⟦Had the operator read the second page⟧, the restore would have gone elsewhere.
        """,
        """
        # Bookings were lost

        ## Detection

        - ⟦The lag should have been noticed long before⟧.
        - ⟦If somebody had looked at the graph⟧, this would not have happened.
        """,
    ],
)
def counterfactual(doc: Postmortem, *, judgements: Sequence[Placed] = ()) -> Iterator[Problem]:
    """The text tells what people should, could or would have done.

    It describes an incident that did not take place, by the light of an outcome that nobody had yet. What people did
    do, and why it looked right, is the part that can be learned from.
    """
    for placed in inside(doc, judgements, Kind.COUNTERFACTUAL):
        yield Problem(
            placed.span,
            f"{placed.judgement.reason}; say what was known then, and what would have shown the rest",
            confidence=confidence(placed),
        )


@rule(
    level=Level.INFO,
    confidence=Confidence.MEDIUM,
    needs=_ENGLISH,
    help='drop the word and say what the system did with the action: "the console deletes without asking"',
    sources=(_DEKKER, "PagerDuty, Postmortem guide: Blamelessness"),
    good=[
        """
        # Sessions were lost

        ## Root cause

        The job accidentally reads the wrong region when the setting is empty. A lock now prevents stores from being
        deleted by mistake.
        """,
        """
        # Sessions were lost

        ## Impact

        The status page of the vendor says "a store was deleted by mistake".
        """,
    ],
    bad=[
        """
        # Sessions were lost

        ## Root cause

        ⟦A teammate accidentally flushed the session store⟧.
        """,
        """
        # Sessions were lost

        ## Summary

        In the migration ⟦the store was inadvertently deleted⟧.
        """,
    ],
)
def inadvertence(doc: Postmortem, *, judgements: Sequence[Placed] = ()) -> Iterator[Problem]:
    """A deed is excused as inadvertent, which says that somebody did it.

    "Accidentally" clears the intention and keeps the person as the explanation. What the sentence leaves out is why the
    system took one slip for an order.
    """
    for placed in inside(doc, judgements, Kind.INADVERTENCE):
        yield Problem(
            placed.span,
            f"{placed.judgement.reason}; drop the word, and say how the system took it for an order",
            confidence=confidence(placed),
        )


@rule(
    level=Level.WARNING,
    confidence=Confidence.MEDIUM,
    needs=_ENGLISH,
    help="name what drew or split the attention, or would have caught the slip: the interface, the alert, the check",
    sources=(_DEKKER, "Site Reliability Engineering, ch. 15: Postmortem Culture"),
    good=[
        """
        # Prices were wrong

        ## Contributing factors

        - The form takes 5.0 and 50 alike and shows no preview; a check now guards against fat fingers.
        - It was not a lack of attention: four people had looked at the form.
        """,
        """
        # Prices were wrong

        ## Contributing factors

        - Lack of a second approval for price changes.
        - The import did not follow the redirect.
        """,
    ],
    bad=[
        """
        # Prices were wrong

        ## Root cause

        A ⟦fat-fingered⟧ percentage, and ⟦lack of attention⟧ during the review.
        """,
        """
        # Prices were wrong

        ## Contributing factors

        - ⟦Complacency⟧ after eleven uneventful price changes.
        - ⟦Failure to follow the release process⟧.
        - The new colleagues were ⟦not sufficiently trained⟧ in the tools.
        """,
    ],
)
def human_error_euphemism(
    doc: Postmortem,
    *,
    judgements: Sequence[Placed] = (),
    phrases: Annotated[tuple[str, ...], "phrases to report besides the rule's own"] = (),
) -> Iterator[Problem]:
    """Human error is named by a softer word, with nothing behind it.

    "Lack of attention" has the form of a condition and the content of "human error". Attention, diligence and awareness
    are found lacking after every incident, and were lacking in every success as well; what a system can be given is a
    check, a label, a limit or a rehearsal.
    """
    listed = words("predicates")["euphemism"]
    soft = Phrases(_SOFT, unless=tuple(listed["unless"]), phrases=tuple(listed["phrases"]))
    found = list(soft.check(doc, phrases=phrases))
    yield from found
    for placed in inside(doc, judgements, Kind.EUPHEMISM):
        if not any(problem.span.meets(placed.span) for problem in found):
            yield Problem(
                placed.span,
                f"{placed.judgement.reason}; say what made the slip easy, or what would have caught it",
                confidence=confidence(placed),
            )


_SOFT = '"{match}" is human error by another name; say what made the slip easy, or what would have caught it'
