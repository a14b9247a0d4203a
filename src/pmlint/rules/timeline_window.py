"""Timeline: whether the response lies in the window that the document states."""

from collections.abc import Iterator
from typing import Annotated

from pmlint.document.model import Event, Milestone, Postmortem
from pmlint.document.values import Fact, Moment
from pmlint.rules.problem import Level, Problem, Related
from pmlint.rules.rule import rule
from pmlint.rules.timeline_told import length_of, stamp, time


@rule(
    level=Level.WARNING,
    help="correct the time or the stated window; what led up to the incident may come before it",
    sources=("Site Reliability Engineering, appendix D: Example Postmortem",),
    good=[
        """
        # Search was down

        **Start:** 2026-02-04 10:02 UTC
        **End:** 2026-02-04 10:40 UTC

        ## Timeline

        - 2026-02-04 09:30 UTC: release 4.2 goes out
        - 2026-02-04 10:10 UTC: alert fires
        - 2026-02-04 10:38 UTC: rolled back
        - 2026-02-04 12:00 UTC: customers informed
        """,
        """
        # Search was down

        **Start:** 2026-02-04 10:02 UTC
        **End:** 2026-02-04 10:40 UTC

        ## Timeline

        - 2026-02-04 10:02 UTC: searches fail
        - 2026-02-04 10:38 UTC: snapshot restored
        - 2026-02-05 09:00 UTC: index rebuilt
        """,
    ],
    bad=[
        """
        # Search was down

        **Start:** 2026-02-04 10:02 UTC
        **End:** 2026-02-04 10:40 UTC

        ## Timeline

        - 2026-02-04 10:04 UTC: searches fail
        - 2026-02-04 10:10 UTC: alert fires
        - ⟦2026-02-04 11:38 UTC⟧: rolled back
        - 2026-02-04 12:00 UTC: customers informed
        """,
        """
        # Search was down

        **Start:** 2026-02-04 10:02 UTC
        **End:** 2026-02-04 10:40 UTC

        ## Timeline

        - ⟦2026-02-04 09:10 UTC⟧: alert fires
        - 2026-02-04 10:30 UTC: rolled back
        - 2026-02-04 10:40 UTC: incident resolved
        """,
    ],
)
def event_outside_window(
    doc: Postmortem,
    *,
    minutes: Annotated[int, "minutes by which a step of the response may lie outside the stated window"] = 5,
) -> Iterator[Problem]:
    """A step of the response lies outside the window that the document states.

    Either the window or the entry has the wrong time. Whoever computes availability from the one and lessons from the
    other speaks of two incidents.
    """
    stamps = [stamp(event) for event in doc.timeline.events]
    start, end = doc.started_at, doc.ended_at
    if start is None or end is None or any(span.meets(edge.span) for span in stamps for edge in (start, end)):
        return  # a window is stated by both its ends, and apart from the timeline
    early = [(event, -_apart(event, start.value)) for event in doc.timeline.events if _STEPS & set(event.milestones)]
    yield from _outside(early, start, f"before the stated {_key(doc, start, 'start')}", minutes)
    late = [(event, _apart(event, end.value)) for event in doc.timeline.marking(Milestone.MITIGATION)]
    yield from _outside(late, end, f"after the stated {_key(doc, end, 'end')}", minutes)


def _key(doc: Postmortem, edge: Fact[Moment], name: str) -> str:
    """What the document calls it: some houses state only when it was detected."""
    entry = next((entry for entry in doc.metadata if entry.name == "detected_at" and entry.span.meets(edge.span)), None)
    return f'"{entry.key}"' if entry else name


def _outside(steps: list[tuple[Event, float]], edge: Fact[Moment], where: str, minutes: int) -> Iterator[Problem]:
    """One problem for each edge of the window, at the first event beyond it."""
    beyond = [(event, length) for event, length in steps if length > minutes]
    if not beyond:
        return
    event, length = beyond[0]
    yield Problem(
        stamp(event),
        f"{_shown(event, edge.value)} is {length_of(length)} {where}, {_clock(edge.value)}",
        related=(Related(edge.span, where.partition(" ")[2]),),
    )


_STEPS = frozenset({Milestone.DETECTION, Milestone.RESPONSE, Milestone.MITIGATION, Milestone.RESOLUTION})


def _apart(event: Event, edge: Moment) -> float:
    """Minutes by which an event lies after an edge; 0 where their writing does not tell."""
    at = event.at
    if at is None or at.local is None or edge.local is None or at.coarse:
        return 0
    if (at.offset_minutes is None) != (edge.offset_minutes is None):
        return 0
    return edge.minutes_until(at) or 0


def _clock(at: Moment) -> str:
    return f"{at.clock} {at.zone}" if at.zone else at.clock or ""


def _shown(event: Event, other: Moment) -> str:
    at = event.at
    return f"{at.day.isoformat()} {at.clock}" if at and at.day and at.day != other.day else time(event)
