"""Rules about who is said to have failed."""

from collections.abc import Iterator, Sequence

from pmlint.document.model import Postmortem
from pmlint.language.agents import Who
from pmlint.language.judgement import Judgement, Kind
from pmlint.language.read import Placed
from pmlint.rules.judged import CAUSES, advice, confidence, inside, softened
from pmlint.rules.problem import Confidence, Level, Problem
from pmlint.rules.rule import rule

_ENGLISH = frozenset({"english"})
_DEKKER = "Dekker, The Field Guide to Understanding 'Human Error'"
_ETSY = "Etsy, Blameless PostMortems and a Just Culture"
_PAGERDUTY = "PagerDuty, Postmortem guide: Blamelessness"

_GROUPS = frozenset({Who.TEAM, Who.VENDOR, Who.WE})


def _is_group(found: Judgement) -> bool:
    """Whether a team, a vendor or the authors are meant; whoever else is meant is a person."""
    return found.agent is not None and found.agent.who in _GROUPS


@rule(
    level=Level.ERROR,
    confidence=Confidence.MEDIUM,
    needs=_ENGLISH,
    help="say what the person saw, what the system allowed, and what made it the sensible thing to do at that moment",
    sources=(_DEKKER, _ETSY, "Site Reliability Engineering, ch. 15: Postmortem Culture"),
    good=[
        """
        # Bookings were lost

        ## What went wrong

        The failover controller did not wait for the replica to catch up. Nobody is to be blamed for it, and the on-call
        engineer could not see the lag, because the page shows it in megabytes.
        """,
        """
        # Bookings were lost

        ## What went well

        The duty engineer noticed at once that the two hosts had been mixed up in the plan, and did not promote the
        replica.
        """,
    ],
    bad=[
        """
        # Bookings were lost

        ## Summary

        ⟦The on-call engineer did not wait for the replica to catch up⟧, and bookings were lost.
        """,
        """
        # Bookings were lost

        ## What went wrong

        - ⟦The reviewer's oversight⟧ let the second call site through.
        - The flag was left ⟦switched off by the release manager⟧.
        """,
    ],
)
def blames_person(doc: Postmortem, *, judgements: Sequence[Placed] = ()) -> Iterator[Problem]:
    """A person is said to have failed.

    What somebody did made sense to them with what they could see. A sentence that stops at the person keeps the reader
    from asking what that was, and the next one in the same place will do the same again.
    """
    for placed in inside(doc, judgements, Kind.LAPSE, Kind.CAUSE):
        found = placed.judgement
        if not _is_group(found) and not doc.kinds_at(placed.span.start) & CAUSES:
            yield Problem(
                placed.span,
                f"{found.reason}, so a person carries the fault; {advice(found)}",
                level=softened(doc, placed),
                confidence=confidence(placed),
            )


@rule(
    level=Level.ERROR,
    confidence=Confidence.MEDIUM,
    needs=_ENGLISH,
    help="say what the two sides could see of each other's work, and which agreement, notice or check was not there",
    sources=(_DEKKER, _PAGERDUTY, "Howie: The Post-Incident Guide"),
    good=[
        """
        # Tickets were misprinted

        ## What went wrong

        The supplier tests firmware with the layouts that it has on file, and ours has changed twice since. The data
        team has to restore a tape to see which files exist.
        """,
        """
        # Tickets were misprinted

        ## Timeline

        - 10:02 UTC: the network team is paged and moves the traffic to Vienna
        - 10:09 UTC: we see no further errors
        """,
    ],
    bad=[
        """
        # Tickets were misprinted

        ## What went wrong

        - ⟦The supplier failed to test the firmware with our layout⟧.
        - ⟦The network team had not told anybody about the change⟧.
        """,
        """
        # Tickets were misprinted

        ## Root cause

        ⟦We forgot to renew the licence⟧.
        """,
    ],
)
def blames_team(doc: Postmortem, *, judgements: Sequence[Placed] = ()) -> Iterator[Problem]:
    """A team, a vendor or the authors are said to have failed.

    A team is a person with more names: the ones who are blamed stop telling, and the gap between two teams, where it
    happened, stays where it was. "We" is kinder and no more informative.
    """
    for placed in inside(doc, judgements, Kind.LAPSE, Kind.CAUSE):
        found = placed.judgement
        if found.agent is None or not _is_group(found):
            continue
        ours = found.agent.who is Who.WE
        told = "takes the fault without saying how it came about" if ours else "puts the fault on a group"
        yield Problem(
            placed.span,
            f"{found.reason}, which {told}; {advice(found)}",
            level=Level.INFO if ours else softened(doc, placed),
            confidence=confidence(placed),
        )
