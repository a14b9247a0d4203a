"""Rules about who is said to have done what wrong."""

from collections.abc import Iterator, Sequence

from pmlint.document.model import Postmortem, SectionKind
from pmlint.language.agents import Who
from pmlint.language.judgement import Kind
from pmlint.language.read import Placed
from pmlint.rules.problem import Confidence, Level, Problem
from pmlint.rules.rule import rule


@rule(
    level=Level.ERROR,
    needs=frozenset({"english"}),
    help="say what the person saw, what the system allowed, and what made it the sensible thing to do at that moment",
    sources=("Dekker, The Field Guide to Understanding 'Human Error'", "Etsy, Blameless PostMortems and a Just Culture"),
    good=[
        """
        # Logins failed

        ## Root cause

        The deploy script did not wait for the replica.
        """,
    ],
    bad=[
        """
        # Logins failed

        ## Root cause

        ⟦The on-call engineer forgot to renew the certificate⟧.
        """,
    ],
)
def blames_person(doc: Postmortem, *, judgements: Sequence[Placed] = ()) -> Iterator[Problem]:
    """A person is said to have failed.

    What somebody did made sense to them with what they could see. A sentence that stops at the person keeps the reader
    from asking what they saw, and the next one in the same place will do the same again.
    """
    for placed in judgements:
        found = placed.judgement
        if found.kind is Kind.LAPSE and found.agent is not None and found.agent.who in (Who.PERSON, Who.NAME):
            yield Problem(placed.span, f"{found.reason}: say what the system allowed")
