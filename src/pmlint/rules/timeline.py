"""Timeline: its length, and the time of each entry."""

from collections.abc import Iterator

from pmlint.document.model import Event, Milestone, Postmortem, SectionKind
from pmlint.document.patterns import Patterns
from pmlint.rules.place import place
from pmlint.rules.problem import Level, Problem, Related
from pmlint.rules.rule import RECORDS, rule
from pmlint.rules.timeline_told import ENOUGH, opening, stamp, stamped, tells, time
from pmlint.source import Block, Html, Paragraph, walk

_PATTERNS = Patterns(
    # Said instead of a timeline: that there is none, with whatever reason.
    not_applicable=(
        r"(?i)\bnot applicable\b|^\W*n/?a\b|\bno timeline\b|\bnot (?:known|recorded|available|reconstructable)\b"
    ),
    unknown=(
        r"(?i)\b(?:unknown|unclear|not known|not recorded|(?:pre|post)[- ]?(?:incident|outage)|background|"
        r"ongoing|pending|"
        r"not yet|tb[dc])\b"
        r"|不明|未了|未定|未知"
    ),
    source=(
        r"(?i)\b(?:memory|log|logs|logged|graphs?|charts?|dashboards?|metrics?|grafana|cloudwatch|datadog|"
        r"kibana|sentry|slack|"
        r"chat|e-?mails?|tickets?|commits?|alerts?|alarms?|according|from the|reports?|reported|monitoring|records?|"
        r"screenshots?)\b"
    ),
)


@rule(
    level=Level.ERROR,
    help="give at least when it began, when it was noticed and when it was over, each with its time",
    sources=("Site Reliability Engineering, appendix D: Example Postmortem", "Etsy, Debriefing Facilitation Guide"),
    good=[
        """
        # Search was down

        ## Timeline

        - 10:02 UTC: searches fail
        - 10:10 UTC: alert fires
        - 10:40 UTC: snapshot restored
        """,
        """
        # Key was published by mistake

        ## Timeline

        Not applicable: the key had been revoked a year before, and nothing happened.
        """,
    ],
    bad=[
        """
        # Search was down

        ## ⟦Timeline⟧

        - 10:02 UTC: searches fail
        - 10:40 UTC: snapshot restored
        """,
        """
        # Search was down

        ## ⟦Timeline⟧

        An engineer restored the snapshot in the late morning.
        """,
    ],
)
def timeline_too_short(doc: Postmortem) -> Iterator[Problem]:
    """The timeline has fewer than three events with a time.

    Two points show that something began and ended. When it was noticed, when help came and which step worked are what
    the review is about, and memory loses them within days.
    """
    count = sum(map(stamped, doc.timeline.events))
    if count >= ENOUGH or not doc.find(SectionKind.TIMELINE) or _said_otherwise(doc):
        return
    there = {0: "no event with a time", 1: "one event with a time"}.get(count, "two events with a time")
    yield Problem(place(doc, SectionKind.TIMELINE), f"the timeline has {there}")


def _said_otherwise(doc: Postmortem) -> bool:
    """Whether the section shows a picture, or says why there is nothing to tell."""
    blocks: tuple[Block, ...] = tuple(
        block for section in doc.find(SectionKind.TIMELINE) for block in walk(doc.body(section))
    )
    for block in blocks:
        if isinstance(block, Paragraph | Html):
            if any(mark.kind == "image" for mark in block.prose.marks):
                return True
            if _PATTERNS.not_applicable.search(block.prose.text):
                return True
    return False


@rule(
    level=Level.ERROR,
    kinds=RECORDS,
    help='put a time before it, or "unknown"; what has no time of its own belongs to the entry above',
    sources=("Howie: The Post-Incident Guide", "PagerDuty, Postmortem template"),
    good=[
        """
        # Search was down

        ## Timeline

        - 10:02 UTC: searches fail
        - about 10:10 UTC, from memory: alert fires
        - unknown: index copied by hand
        - 10:40 UTC: snapshot restored
          - the first attempt had failed
        """,
        """
        # Search was down

        ## Timeline

        | Time (UTC) | Event |
        |---|---|
        | 10:02 | searches fail |
        | T+8m | alert fires |
        | 10:40 | snapshot restored |
        """,
    ],
    bad=[
        """
        # Search was down

        ## Timeline

        - 10:02 UTC: searches fail
        - ⟦alert fires⟧
        - 10:30 UTC: the cause is found
        - 10:40 UTC: snapshot restored
        """,
        """
        # Search was down

        ## Timeline

        | Time (UTC) | Event |
        |---|---|
        | 10:02 | searches fail |
        | 10:10 | alert fires |
        | | ⟦snapshot restored⟧ |
        | 11:00 | all clear |
        """,
    ],
)
def event_without_time(doc: Postmortem) -> Iterator[Problem]:
    """An entry of the timeline has no time.

    Its place between two others is all that is known of it, and that is often wrong by an hour. Detection and response
    times cannot be computed across it.
    """
    events = doc.timeline.events
    if not tells(doc):
        return
    untimed = [event for event in events if event.at is None and not _unknown(doc, event)]
    if not untimed:
        return
    if len(untimed) <= max(ENOUGH, len(events) // 2):
        for event in untimed:
            yield Problem(event.text_span, f'"{opening(event)}" has no time')
        return
    yield Problem(
        untimed[0].text_span,
        f"{len(untimed)} of {len(events)} entries have no time, the first of them here",
        related=tuple(Related(event.text_span, "no time") for event in untimed[1:]),
    )


@rule(
    level=Level.WARNING,
    help="give the minute, from the alert, the chat or the deployment log",
    sources=("Howie: The Post-Incident Guide", "Site Reliability Engineering, appendix D: Example Postmortem"),
    good=[
        """
        # Search was down

        ## Timeline

        - 2026-02-03: the index job is rewritten
        - 2026-02-04 10:02 UTC: searches fail
        - 2026-02-04 10:10 UTC: alert fires
        - 2026-02-04 10:40 UTC: snapshot restored, incident resolved
        - 2026-02-06: review meeting
        """,
        """
        # Packages could be replaced

        ## Timeline

        - 2025-11-03: release with the flaw
        - 2026-01-20: a researcher reports the flaw
        - 2026-01-24: fix released
        """,
    ],
    bad=[
        """
        # Search was down

        ## Timeline

        - 2026-02-04 10:02 UTC: searches fail
        - ⟦2026-02-04 11 am⟧: alert fires
        - 2026-02-04 11:40 UTC: snapshot restored, incident resolved
        """,
        """
        # Search was down

        ## Timeline

        - 2026-02-04: searches fail
        - ⟦2026-02-04⟧: alert fires
        - 2026-02-04: snapshot restored, incident resolved
        """,
    ],
)
def coarse_timestamp(doc: Postmortem) -> Iterator[Problem]:
    """A time within the incident is given to the hour or the day only.

    Minutes decide whether the alert was slow or the rollback was. An hour on a row of minutes cannot be put in order
    with its neighbours.
    """
    if not tells(doc):
        return
    within = [event for event in _during(doc) if stamped(event) and event.at and event.at.relative_minutes is None]
    coarse = [event for event in within if event.until is None and _is_coarse(event) and not _unknown(doc, event)]
    if not coarse or (len(coarse) == len(within) and not _within_a_day(within)) or _tells_days(within):
        return
    rest = f" and {len(coarse) - 1} more" if len(coarse) > 1 else ""
    words = " ".join(doc.source[stamp(coarse[0])].split())
    yield Problem(
        stamp(coarse[0]),
        f'"{words}"{rest} {"are" if rest else "is"} coarser than a minute, in the middle of the incident',
        related=tuple(Related(stamp(event), "coarse too") for event in coarse[1:]),
    )


def _is_coarse(event: Event) -> bool:
    return event.at is not None and (event.at.coarse or event.at.clock is None)


def _unknown(doc: Postmortem, event: Event) -> bool:
    """Whether the entry itself says that its time is not known, or is none: "unknown", "before", "post-incident"."""
    before = doc.source.text[event.span.start : max(event.text_span.start, event.span.start)]
    return bool(_PATTERNS.unknown.search(before) or _PATTERNS.unknown.search(event.text[:60]))


def _during(doc: Postmortem) -> tuple[Event, ...]:
    """The events from when it was noticed to the end; what led up to it and what came after may be days."""
    events = doc.timeline.events
    first = {Milestone.DETECTION, Milestone.RESPONSE}
    last = {Milestone.MITIGATION, Milestone.RESOLUTION}
    begins = [index for index, event in enumerate(events) if first & set(event.milestones)]
    begins = begins or [index for index, event in enumerate(events) if event.at and event.at.clock]
    ends = [index for index, event in enumerate(events) if last & set(event.milestones)]
    start = begins[0] if begins else 0
    stop = ends[-1] + 1 if ends else len(events)
    return events[start:stop]


def _within_a_day(events: list[Event]) -> bool:
    days = {event.at.day for event in events if event.at}
    return len(events) > 1 and len(days) == 1


def _tells_days(events: list[Event]) -> bool:
    """Whether the response itself went on for days, so that a day is a fair measure."""
    days = [event.at.day for event in events if event.at and event.at.day]
    return bool(days) and (max(days) - min(days)).days > _DAYS


_DAYS = 2


@rule(
    level=Level.INFO,
    help='name the source: "10:20 UTC (proxy log)", or look the minute up in the chat or the alert',
    sources=("Howie: The Post-Incident Guide",),
    good=[
        """
        # Search was down

        ## Timeline

        - 10:02 UTC: searches fail
        - ~10:10 UTC: first complaint, from memory of the help desk
        - 10:40 UTC: snapshot restored
        """,
        """
        # Search was down

        ## Timeline

        - 10:02 UTC: searches fail
        - ~10:10 UTC: alert fires ([graph](https://graphs.example/search))
        - 10:40 UTC: snapshot restored
        """,
    ],
    bad=[
        """
        # Search was down

        ## Timeline

        - 10:02 UTC: searches fail
        - ~⟦10:10 UTC⟧: the queue grows
        - 10:40 UTC: snapshot restored
        """,
        """
        # Search was down

        ## Timeline

        - around ⟦10:02 UTC⟧: searches fail
        - around 10:10 UTC: the queue grows
        - 10:40 UTC: snapshot restored
        """,
    ],
)
def approximate_timestamp(doc: Postmortem) -> Iterator[Problem]:
    """A time is given as approximate and no source for it is named.

    An estimate is better than nothing. The next reader needs to know whether it came from a graph with five-minute
    steps or from somebody's memory, for that is how far it may be off.
    """
    if not tells(doc):
        return
    found = [event for event in doc.timeline.events if event.at and event.at.approximate and not _sourced(event)]
    if not found:
        return
    rest = f", and {len(found) - 1} more" if len(found) > 1 else ""
    yield Problem(
        stamp(found[0]),
        f"{time(found[0])} is approximate and has no source{rest}",
        related=tuple(Related(stamp(event), "approximate too") for event in found[1:]),
    )


def _sourced(event: Event) -> bool:
    return bool(event.links or event.evidence or _PATTERNS.source.search(event.text))


@rule(
    level=Level.OFF,
    help='write the role or person into the column, or what acted: "alerting", "autoscaler"',
    sources=("PagerDuty, Postmortem template",),
    good=[
        """
        # Search was down

        ## Timeline

        | Time (UTC) | Event | Who |
        |---|---|---|
        | 10:02 | searches fail | index job |
        | 10:10 | alert fires | alerting |
        | 10:40 | snapshot restored | on-call |
        """,
        """
        # Search was down

        ## Timeline

        - 10:02 UTC: searches fail
        - 10:10 UTC: alert fires
        - 10:40 UTC: snapshot restored
        """,
    ],
    bad=[
        """
        # Search was down

        ## Timeline

        | Time (UTC) | Event | Who |
        |---|---|---|
        | 10:02 | searches fail | index job |
        | 10:10 | alert fires | alerting |
        | 10:40 | ⟦snapshot restored⟧ | |
        """,
    ],
)
def event_without_actor(doc: Postmortem) -> Iterator[Problem]:
    """An entry leaves the column of who acted empty.

    Not to find out who is at fault: to know whom to ask what they saw. The person who restored the snapshot knows why
    it took half an hour.
    """
    for event in doc.timeline.events:
        if event.actor == "" and event.text:
            yield Problem(event.text_span, f'"{opening(event)}" names nobody in the column for who acted')
