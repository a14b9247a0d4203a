"""Actions and their dates: late, or not to be meant."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Annotated

from pmlint.document.model import Action, Postmortem
from pmlint.document.words import fold
from pmlint.rules.actions_lacking import heading, is_closed, is_dropped, quoted
from pmlint.rules.problem import Level, Problem, Related
from pmlint.rules.rule import rule

_GOOGLE = "Google, Postmortem action items: plan the work and work the plan"


@rule(
    level=Level.WARNING,
    help="finish it, move the date and say why, or close it as not to be done",
    sources=(_GOOGLE,),
    good=[
        "# Mail was delayed\n\n## Action items\n\n- [x] Move the queue to its own host (@ana, by 2026-02-18)\n",
        "# Mail was delayed\n\n## Action items\n\n- [ ] Move the queue to its own host (@ana, by 2026-03-18)\n",
    ],
    bad=[
        "# Mail was delayed\n\n## Action items\n\n- [ ] Move the queue to its own host (@ana, by ⟦2026-02-18⟧)\n",
        """
        # Mail was delayed

        ## Action items

        | Action | Due | Status |
        |---|---|---|
        | Move the queue to its own host | ⟦2026-02-18⟧ | in progress |
        | Alert when the disk is 80 % full | 2026-03-18 | open |
        """,
    ],
)
def overdue_action(doc: Postmortem, *, today: date) -> Iterator[Problem]:
    """An action is past its due date and still open.

    A date that passes in silence tells everyone that the dates of postmortems mean nothing. Moving it on purpose,
    with a reason, keeps it a promise.
    """
    # A date before the incident itself is a slip, of which another rule speaks.
    since = doc.incident_date.value if doc.incident_date else date.min
    late = [
        action for action in doc.actions if not is_closed(action) and action.due and since <= action.due.value < today
    ]
    dated = [action for action in doc.actions if action.due and not is_closed(action)]
    if len(late) > 2 and len(late) * 2 > len(dated):
        yield Problem(
            heading(doc),
            f"{len(late)} of {len(dated)} open actions are past their due dates",
            related=tuple(
                Related(action.due.span, f"action {action.number}, {_days(action.due.value, today)} ago")
                for action in late
                if action.due
            ),
        )
        return
    for action in late:
        if action.due:
            ago = _days(action.due.value, today)
            yield Problem(action.due.span, f'"{quoted(action)}" was due {ago} ago and is not marked as done')


def _days(due: date, today: date) -> str:
    days = (today - due).days
    return "1 day" if days == 1 else f"{days} days"


_HORIZONS: tuple[tuple[str, int], ...] = (
    ("immediate urgent asap now", 7),
    ("short", 28),
    ("long", 92),
    # A grade is no horizon; only what contradicts it plainly is reported.
    ("critical highest blocker p0 sev0", 28),
    ("high p1 sev1", 92),
)


@rule(
    level=Level.WARNING,
    help="immediate means a week, short-term four weeks, long-term three months; move the date or the priority",
    sources=("Google, Postmortem action items: plan the work and work the plan",),
    good=[
        """
        # Mail was delayed

        **Date:** 2026-02-04

        ## Action items

        | Action | Priority | Due |
        |---|---|---|
        | Move the queue to its own host | immediate | 2026-02-09 |
        | Add a second relay | long-term | 2026-04-30 |
        """,
        "# Mail was delayed\n\n**Date:** 2026-02-04\n\n## Action items\n\n- Move the queue (@ana, by 2027-02-01)\n",
        "# Mail was delayed\n\n**Date:** 2026-02-04\n\n## Actions\n\n### Long term (Q4 2026)\n\n- Move the queue\n",
    ],
    bad=[
        "# Mail was delayed\n\n**Date:** 2026-02-04\n\n## Action items\n\n- Move the queue (@ana, by ⟦2025-02-09⟧)\n",
        """
        # Mail was delayed

        **Date:** 2026-02-04

        ## Action items

        | Action | Priority | Due |
        |---|---|---|
        | Move the queue to its own host | immediate | ⟦2026-05-09⟧ |
        """,
    ],
)
def implausible_due_date(
    doc: Postmortem,
    *,
    immediate: Annotated[int, "days after the incident that an immediate action may take"] = 7,
    short: Annotated[int, "days that a short-term action may take"] = 28,
    long: Annotated[int, "days that a long-term action may take"] = 92,
) -> Iterator[Problem]:
    """A due date lies before the incident, or beyond what the action's priority allows.

    The first is a slip of the year, and the action counts as overdue from its first day. The second says that one of
    the two, the priority or the date, is not meant.
    """
    began = doc.incident_date.value if doc.incident_date else None
    if began is None:
        return
    given = {7: immediate, 28: short, 92: long}
    for action in doc.actions:
        if action.due is None or is_dropped(action):
            continue
        after = (action.due.value - began).days
        if after < 0 and not action.due_is_horizon:
            yield Problem(action.due.span, f"due {action.due.value}, before the incident of {began}")
            continue
        limit = _limit(action)
        if action.priority is not None and action.priority.span == action.due.span:
            continue  # a heading that says both means both: "Long term (2027)"
        if limit and after > given[limit] and not is_closed(action):
            named = action.priority.text if action.priority else ""
            yield Problem(action.due.span, f'due {after} days after the incident, yet its priority is "{named}"')


def _limit(action: Action) -> int | None:
    named = set(re.findall(r"[a-z]+\d?", fold(action.priority.text))) if action.priority else set()
    return next((days for names, days in _HORIZONS if named & set(names.split())), None)
