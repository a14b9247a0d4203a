"""Timeline: the order of its entries, and the silence between them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated

from pmlint.document.durations import find_durations
from pmlint.document.model import Event, Milestone, Postmortem, Section
from pmlint.document.patterns import Patterns
from pmlint.document.values import Moment
from pmlint.rules.problem import Confidence, Level, Problem, Related
from pmlint.rules.rule import RECORDS, rule
from pmlint.rules.timeline_told import clocks_elsewhere, length_of, opening, stamp, tells, time

_DAY = 24 * 60


@rule(
    level=Level.ERROR,
    kinds=RECORDS,
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
        """
        # Search lost documents

        ## Timeline

        | Date | Event |
        |---|---|
        | 2025-12-03 | release with the fault |
        | 2025-12-19 | first report |
        | ⟦2025-01-28⟧ | second report |
        | 2026-02-04 | fix released |
        """,
    ],
)
def event_out_of_order(doc: Postmortem) -> Iterator[Problem]:
    """An entry of the timeline is earlier than the one above it.

    Readers rebuild the incident by reading down. A time that jumps back is a slip of the pen or two stories woven into
    one, and both hide how long each step took.
    """
    events = [event for event in doc.timeline.events if _can_be_placed(event)]
    steps = [(above, event, _step(doc, above, event)) for above, event in pairwise(events)]
    backwards = [(above, event) for above, event, step in steps if step is not None and step < 0]
    # A status page puts the newest first.
    if len(events) < 3 or len(backwards) * 2 >= len(steps):
        return
    for above, event in backwards:
        if _day_is_settled(doc, above, event):
            yield Problem(
                stamp(event),
                f"{_named(event, above)} stands below {_named(above, event)}",
                related=(Related(stamp(above), "the entry above"),),
            )


def _can_be_placed(event: Event) -> bool:
    """Whether its time is told to the minute, or its day is written."""
    at = event.at
    if at is None or at.approximate or at.relative_minutes is not None:
        return False
    return not at.coarse if at.clock is not None else at.day is not None and not at.day_inherited


def _step(doc: Postmortem, above: Event, event: Event) -> float | None:
    """Minutes from one entry to the next as written, negative where it goes back; None in another group."""
    one, two = above.at, event.at
    if one is None or two is None or _parted(doc, above, event):
        return None
    if one.clock is None or two.clock is None:
        return (two.day - one.day).days * _DAY if one.day and two.day else None
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
    sections = doc.sections
    at = bisect_right(sections, above.span.start, key=_starts)
    while at < len(sections) and _starts(sections[at]) <= event.span.start:
        title = sections[at].title_span
        if not title.meets(stamp(event)) and not title.meets(event.span):
            return True
        at += 1
    return False


def _starts(section: Section) -> int:
    return section.title_span.start


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
    if length is None and doc.started_at and doc.ended_at:
        length = doc.started_at.value.minutes_until(doc.ended_at.value)
    if length is not None and 0 < length < _DAY / 2:
        return True
    # the same day is written again further down
    later = [other.at for other in doc.timeline.events if other.span > event.span and other.at]
    written = next((at.day for at in later if at.day and not at.day_inherited), None)
    return two.day is not None and written == two.day


def _named(event: Event, other: Event) -> str:
    """The event's time, with its day where that is what tells the two apart."""
    at = event.at
    if at and other.at and at.day and other.at.day and at.day != other.at.day:
        return f"{at.day.isoformat()} {at.clock or ''}".rstrip()
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
        r"slowly|in progress|hours|several attempts|scan\w*|commenc\w*|working on|upstream|provider\w*|vendor|"
        r"third[- ]party|tried|trying|attempt\w*|migrat\w*|copying|draining)\b"
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
    response = _in_time(_response(doc))
    told: list[int] | None = None  # only needed once there is a gap
    longest = max(minutes, _STRETCH * _lasted(response))
    entries = _offsets(doc)
    for above, event in pairwise(response):
        since = above.until or above.at
        if since is None or event.at is None or event.at.coarse or since.coarse:
            continue
        length = since.minutes_until(event.at)
        if length is None or not longest < length <= _DAY or _parted(doc, above, event):
            continue
        if since.zone != event.at.zone or _entered_between(entries, since, event.at):
            continue
        if told is None:
            told = sorted(clock.hour * 60 + clock.minute for clock, _ in clocks_elsewhere(doc) if clock.valid)
        if not _explained(above, event) and not _told_between(told, above, event):
            yield Problem(
                stamp(event),
                f'nothing is recorded for {length_of(length)} before this, since {time(above)} ("{opening(above)}")',
                related=(Related(stamp(above), "the last entry before"),),
            )


def _offsets(doc: Postmortem) -> tuple[Moment | None, list[float]]:
    """The first time of the timeline, and how far the others lie from it; out of order they may stand anywhere."""
    moments = [event.at for event in doc.timeline.events if event.at is not None]
    first = next((at for at in moments if at.local is not None), None)
    if first is None:
        return None, []
    lengths = (first.minutes_until(at) for at in moments if at.local is not None)
    return first, sorted(length for length in lengths if length is not None)


def _entered_between(entries: tuple[Moment | None, list[float]], since: Moment, until: Moment) -> bool:
    """Whether an entry that stands elsewhere in the timeline has a time within the gap."""
    first, lengths = entries
    low = first.minutes_until(since) if first is not None else None
    high = first.minutes_until(until) if first is not None else None
    return low is not None and high is not None and bisect_right(lengths, low) < bisect_left(lengths, high)


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


def _in_time(events: tuple[Event, ...]) -> tuple[Event, ...]:
    """The events in the order of their times, where all of them can be compared: one out of order makes no gap."""
    first = events[0].at if events else None
    lengths = [first.minutes_until(event.at) if first and event.at else None for event in events]
    if any(length is None for length in lengths):
        return events
    return tuple(event for _, event in sorted(zip(lengths, events, strict=True), key=lambda pair: pair[0] or 0))


def _explained(above: Event, event: Event) -> bool:
    if _PATTERNS.waited.search(above.text) or _PATTERNS.waited.search(event.text[:200]):
        return True
    return bool(find_durations(above.text) or find_durations(event.text))


def _told_between(told: list[int], above: Event, event: Event) -> bool:
    """Whether the story gives a time, of those in `told` as minutes of their day, that lies in the gap."""
    if above.at is None or event.at is None:
        return False
    low, high = _minute(above.at), _minute(event.at)
    if low < high:
        return bisect_right(told, low) < bisect_left(told, high)
    return bool(told) and (told[-1] > low or told[0] < high)
