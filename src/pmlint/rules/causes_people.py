"""Causes: somebody named as the cause."""

from collections.abc import Iterator, Sequence

from pmlint.document.model import Postmortem
from pmlint.language.agents import Who
from pmlint.language.judgement import Kind
from pmlint.language.read import Placed
from pmlint.rules.judged import CAUSES, advice, confidence, inside, is_named, softened
from pmlint.rules.problem import Confidence, Level, Problem
from pmlint.rules.rule import rule


@rule(
    level=Level.ERROR,
    confidence=Confidence.MEDIUM,
    needs=frozenset({"english"}),
    help="go one why further: what did the person see, what did the tool let through, and what would have caught it",
    sources=(
        "Dekker, The Field Guide to Understanding 'Human Error'",
        "PagerDuty, Postmortem guide: an individual's action is never a root cause",
        "Cook, How Complex Systems Fail",
    ),
    good=[
        """
        # Bookings were lost

        ## Root cause

        The rebuild takes no lock, so terminals read a half-built index when the administrator starts it by day.
        """,
        """
        # Bookings were lost

        ## Contributing factors

        - The loss was caused by a firmware update that restarts both concentrators.
        - An engineer took down the route on purpose, so that users were served from Miami.
        """,
    ],
    bad=[
        """
        # Bookings were lost

        ## Root cause

        ⟦The loss was caused by an operator in the control room⟧.
        """,
        """
        # Bookings were lost

        ## Contributing factors

        - ⟦The database administrator forgot to stop the terminals⟧.
        """,
    ],
)
def person_as_cause(doc: Postmortem, *, judgements: Sequence[Placed] = ()) -> Iterator[Problem]:
    """A person is named as the cause.

    People are part of every system that runs, and what they do is its normal operation. A cause that is a person cannot
    be repaired; what surrounded the person can.
    """
    for placed in inside(doc, judgements, Kind.LAPSE, Kind.CAUSE):
        found = placed.judgement
        grouped = found.agent is not None and found.agent.who in (Who.TEAM, Who.VENDOR, Who.WE)
        if not grouped and is_named(found) and doc.kinds_at(placed.span.start) & CAUSES:
            yield Problem(
                placed.span,
                f"{found.reason}, so the cause given is a person; {advice(found)}",
                level=softened(doc, placed),
                confidence=confidence(placed),
            )
