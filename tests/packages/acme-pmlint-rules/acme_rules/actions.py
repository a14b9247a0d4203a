"""Rules about actions; the name of the module is that of the family."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

from pmlint import Edit, Fix, Level, Problem, rule

if TYPE_CHECKING:
    from pmlint import Postmortem


@rule(
    level=Level.ERROR,
    help="name the ticket in the new tracker, which took over the numbers of the old one",
    good=[
        """
        ## Action items

        - Add an alert on the lag of the replica (@ana, OPS-12)
    """
    ],
    bad=[
        (
            """
            ## Action items

            - Add an alert on the lag of the replica (@ana, ⟦OLD-12⟧)
            """,
            """
            ## Action items

            - Add an alert on the lag of the replica (@ana, OPS-12)
            """,
        ),
    ],
    sources=("Acme handbook, Where work is tracked",),
)
def retired_tracker(
    doc: Postmortem, *, retired: Annotated[str, "the prefix of tickets that nobody can open any more"] = "OLD"
) -> Iterator[Problem]:
    """An action is tracked in the tracker that was switched off.

    Whoever wants to know next year whether it was done will find a page that says the address does not exist.
    """
    for action in doc.actions:
        ticket = action.ticket
        if ticket is not None and ticket.value.startswith(f"{retired}-"):
            new = ticket.value.replace(retired, "OPS", 1)
            yield Problem(
                ticket.span,
                f"'{ticket.value}' is in the tracker that was switched off",
                fix=Fix((Edit(ticket.span, new),), f'write "{new}"', safe=True),
            )
