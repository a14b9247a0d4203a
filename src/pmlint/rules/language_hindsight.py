"""Rules about hindsight, and about the soft forms of blame."""

from collections.abc import Iterator, Sequence

from pmlint.document.model import Postmortem
from pmlint.language.judgement import Kind
from pmlint.language.read import Placed
from pmlint.rules.judged import confidence, inside
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

        An alert on replica lag would have shown it at 10:02, and the failover should have waited. Each cluster should have
        an owner. Had the prompt named its target, the operator would have seen it.
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
