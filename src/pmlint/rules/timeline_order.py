"""Timeline: the order of its entries, the silence between them, and the window that they lie in."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated

from pmlint.document.clocks import find_clocks
from pmlint.document.durations import find_durations
from pmlint.document.model import Event, Fact, Milestone, Moment, Postmortem
from pmlint.document.patterns import Patterns
from pmlint.document.sentences import passages
from pmlint.rules.problem import Confidence, Level, Problem, Related
from pmlint.rules.rule import rule
from pmlint.rules.timeline_told import opening, stamp, tells, time

_DAY = 24 * 60


@rule(
    level=Level.ERROR,
    help="correct the time, or move the entry to its place; after midnight write the new date",
    sources=("Howie: The Post-Incident Guide",),
    good=[
        """
        # Search was down

        ## Timeline

        - 23:50 UTC: searches fail
        - 00:10 UTC: alert fires
        - 00:40 UTC: snapshot restored
        """,
        """
        # Search was down

        ## Timeline

        - 2026-02-04 10:40 UTC: resolved
        - 2026-02-04 10:20 UTC: we found the cause
        - 2026-02-04 10:05 UTC: we are looking into failing searches
        """,
        """
        # Search was down

        ## Timeline

        - 10:40 UTC: searches fail
        - 10:05 UTC: alert fires
        - 11:40 UTC: snapshot restored
        """,
    ],
    bad=[
        """
        # Search was down

        ## Timeline

        - 2026-02-04 10:02 UTC: searches fail
        - 2026-02-04 10:40 UTC: alert fires
        - ⟦2026-02-04 10:25 UTC⟧: cause found
        - 2026-02-04 11:10 UTC: snapshot restored
        """,
        """
        # Search was down

        **Duration:** 68 minutes

        ## Timeline

        - 10:02 UTC: searches fail
        - 10:40 UTC: alert fires
        - ⟦10:25 UTC⟧: cause found
        - 11:10 UTC: snapshot restored
        """,
    ],
)
def event_out_of_order(doc: Postmortem) -> Iterator[Problem]:
    """An entry of the timeline is earlier than the one above it.

    Readers rebuild the incident by reading down. A time that jumps back is a slip of the pen or two stories woven into
    one, and both hide how long each step took.
    """
    events = [event for event in doc.timeline.events if _told_to_the_minute(event)]
    steps = [(above, event, step) for above, event in pairwise(events) if (step := _step(doc, above, event)) is not None]
    backwards = [pair for pair in steps if pair[2] < 0]
    # A status page puts the newest first.
    if len(events) < 3 or len(backwards) * 2 >= len(steps):
        return
    for above, event, _ in backwards:
        if _day_is_settled(doc, above, event):
            yield Problem(
                stamp(event),
                f"{_named(event, above)} stands below {_named(above, event)}",
                related=(Related(stamp(above), "the entry above"),),
            )


def _told_to_the_minute(event: Event) -> bool:
    at = event.at
    return at is not None and at.clock is not None and not at.coarse and not at.approximate and at.relative_minutes is None


def _step(doc: Postmortem, above: Event, event: Event) -> float | None:
    """Minutes from one entry to the next as written, negative where it goes back; None in another group of "
    "entries."""
    one, two = above.at, event.at
    if one is None or two is None or _parted(doc, above, event):
        return None
    if one.local and two.local:
        shift = 0
        if one.offset_minutes is not None and two.offset_minutes is not None:
            shift = one.offset_minutes - two.offset_minutes
        elif one.zone != two.zone:
            return None
        return (two.local - one.local).total_seconds() / 60 + shift
    if one.day is None and two.day is None and one.zone == two.zone:
        return _minute(two) - _minute(one)
    return None


def _parted(doc: Postmortem, above: Event, event: Event) -> bool:
    """Whether a heading that is no time stands between them: another story may begin there."""
    return any(
        above.span.start < section.title_span.start <= event.span.start
        and not section.title_span.meets(stamp(event))
        and not section.title_span.meets(event.span)
        for section in doc.sections
    )


def _minute(at: Moment) -> float:
    hour, minute, second = (*map(int, (at.clock or "0:0").split(":")), 0)[:3]
    return hour * 60 + minute + second / 60


def _day_is_settled(doc: Postmortem, above: Event, event: Event) -> bool:
    """Whether a clock that steps back cannot have passed midnight."""
    one, two = above.at, event.at
    if one is None or two is None:
        return False
    if two.day is not None and not two.day_inherited:
        return True
    length = doc.duration.value if doc.duration else None
    if length is not None and length < _DAY / 2:
        return True
    # the same day is written again further down
    later = [other.at for other in doc.timeline.events if other.span > event.span and other.at]
    written = next((at.day for at in later if at.day and not at.day_inherited), None)
    return two.day is not None and written == two.day


def _named(event: Event, other: Event) -> str:
    """The event's time, with its day where that is what tells the two apart."""
    at = event.at
    if at and other.at and at.day and other.at.day and at.day != other.at.day:
        return f"{at.day.isoformat()} {at.clock}"
    return time(event)


_PATTERNS = Patterns(
    # What says that time went by, and how it was spent.
    waited=(
        r"(?i)\b(?:wait\w*|overnight|next (?:morning|day)|meanwhile|until|throughout|over the (?:next|"
        r"following|course)|"
        r"for the (?:next|rest)|continu\w*|ongoing|monitor(?:ed|ing|s)?|observ\w*|watch\w*|lunch|asleep|"
        r"weekend|off[- ]hours|"
        r"out of hours|business hours|no (?:response|answer|reply)|investigat\w*|debug\w*|troubleshoot\w*|diagnos\w*|"
        r"rebuil\w*|restor\w+ (?:takes|took|begins|started|running)|re-?index\w*|backfill\w*|sync\w*|still|"
        r"later|gradual\w*|"
        r"slowly|in progress|hours|several attempts|scan\w*|commenc\w*|working on|upstream|provider\w*|vendor|third[- ]party|tried|trying|attempt\w*|migrat\w*|copying|draining)\b"
        r"|調査|待|继续|等待|排查|再構築"
    ),
)


@rule(
    level=Level.WARNING,
    confidence=Confidence.MEDIUM,
    help='add what happened in between, or say that nothing was recorded: "12:10–14:00: log analysis, no notes kept"',
    sources=("Howie: The Post-Incident Guide", "Etsy, Debriefing Facilitation Guide"),
    good=[
        """
        # Search was down

        ## Timeline

        - 10:02 UTC: searches fail
        - 10:10 UTC: alert fires
        - 10:15 UTC: rebuild of the index begins, which takes two hours
        - 12:30 UTC: index swapped, searches work again
        """,
        """
        # Search was down

        ## Timeline

        - 06:02 UTC: searches fail
        - 09:10 UTC: alert fires
        - 09:40 UTC: snapshot restored, searches work again
        - 14:00 UTC: index rebuilt
        """,
    ],
    bad=[
        """
        # Search was down

        ## Timeline

        - 10:02 UTC: searches fail
        - 10:10 UTC: alert fires
        - ⟦12:50 UTC⟧: snapshot restored, searches work again
        """,
        """
        # Search was down

        ## Timeline

        - 10:10 UTC: support reports that searches fail
        - 10:20 UTC: incident declared
        - ⟦11:45 UTC⟧: release 4.2 found to be the cause
        - 11:50 UTC: release rolled back, searches work again
        """,
    ],
)
def unexplained_gap(
    doc: Postmortem,
    *,
    minutes: Annotated[int, "longest silence between two entries, in minutes"] = 60,
) -> Iterator[Problem]:
    """More than an hour of the response is missing from the timeline, and nothing says why.

    The quiet hour is where the response was lost: in a wrong hypothesis, a missing permission, a person who was not
    reached. It is the part that the next incident will repeat.
    """
    if not tells(doc):
        return
    response = _response(doc)
    longest = max(minutes, _STRETCH * _lasted(response))
    for above, event in pairwise(response):
        since = above.until or above.at
        if since is None or event.at is None or event.at.coarse or since.coarse:
            continue
        length = since.minutes_until(event.at)
        if length is None or not longest < length <= _DAY or _parted(doc, above, event):
            continue
        if since.zone != event.at.zone:
            continue
        if not _explained(doc, above, event):
            yield Problem(
                stamp(event),
                f"nothing is recorded for {_long(length)} before this, since {time(above)} (\"{opening(above)}\")",
                related=(Related(stamp(above), "the last entry before"),),
            )


# In a response of days an hour is no silence: a tenth of the whole is.
_STRETCH = 0.1


def _lasted(events: tuple[Event, ...]) -> float:
    if not events or events[0].at is None or events[-1].at is None:
        return 0
    return events[0].at.minutes_until(events[-1].at) or 0


def _response(doc: Postmortem) -> tuple[Event, ...]:
    """The events from when somebody knew until the impact was over; before that there was nothing to record."""
    events = doc.timeline.events
    known = {Milestone.DETECTION, Milestone.RESPONSE}
    start = next((index for index, event in enumerate(events) if known & set(event.milestones)), None)
    over = next((i for i, event in enumerate(events) if Milestone.MITIGATION in event.milestones), None)
    if over is None:
        over = next((i for i, event in enumerate(events) if Milestone.RESOLUTION in event.milestones), None)
    if start is None or over is None:
        return ()
    return tuple(event for event in events[start : over + 1] if event.at is not None)


def _explained(doc: Postmortem, above: Event, event: Event) -> bool:
    if _PATTERNS.waited.search(above.text) or _PATTERNS.waited.search(event.text[:200]):
        return True
    if find_durations(above.text) or find_durations(event.text):
        return True
    return _told_elsewhere(doc, above, event)


def _told_elsewhere(doc: Postmortem, above: Event, event: Event) -> bool:
    """Whether the story gives a time that lies in the gap."""
    if above.at is None or event.at is None:
        return False
    low, high = _minute(above.at), _minute(event.at)
    stamps = {stamp(other) for other in doc.timeline.events}
    for passage in passages(doc):
        for clock in find_clocks(passage.prose.text):
            at = clock.hour * 60 + clock.minute
            inside = low < at < high if low < high else at > low or at < high
            if clock.valid and inside and not any(
                span.meets(passage.prose.span(clock.start, clock.end)) for span in stamps
            ):
                return True
    return False


def _long(minutes: float) -> str:
    hours, rest = divmod(round(minutes), 60)
    return f"{hours} h {rest} min" if hours and rest else f"{hours} h" if hours else f"{rest} min"


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


def _outside(
    steps: list[tuple[Event, float]], edge: Fact[Moment], where: str, minutes: int
) -> Iterator[Problem]:
    """One problem for each edge of the window, at the first event beyond it."""
    beyond = [(event, length) for event, length in steps if length > minutes]
    if not beyond:
        return
    event, length = beyond[0]
    yield Problem(
        stamp(event),
        f"{_shown(event, edge.value)} is {_long(length)} {where}, {_clock(edge.value)}",
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
