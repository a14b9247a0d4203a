"""Timeline: how exact its times are, and what they are known from."""

from collections.abc import Iterator

from pmlint.document.clocks import find_clocks
from pmlint.document.model import Event, Milestone, Postmortem, SectionKind
from pmlint.document.patterns import Patterns
from pmlint.rules.problem import Level, Problem, Related
from pmlint.rules.rule import rule
from pmlint.rules.timeline_course import hints
from pmlint.rules.timeline_told import says_unknown, stamp, stamped, tells, time

_SOURCE = (
    r"memory|log|logs|logged|graphs?|charts?|dashboards?|metrics?|grafana|cloudwatch|datadog|kibana|sentry|slack|chat|"
    r"e-?mails?|tickets?|commits?|alerts?|alarms?|monitoring|records?|screenshots?"
)
_PATTERNS = Patterns(
    source=rf"(?i)\b(?:{_SOURCE}|according|from the|reports?|reported)\b",
    # What the times of a whole timeline were collected from.
    collected=(
        r"(?i)\b(?:taken|culled|collected|compiled|reconstructed|gathered|captured|read|come|based|built|estimated) "
        rf"(?:\w+ ){{0,2}}(?:from|on|by)\b[^.\n]{{0,60}}\b(?:{_SOURCE})\b"
    ),
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
        """
        # Review of our dependencies

        ## Timeline

        - 2026-02-04: CVE-2026-11 found in the parser
        - 2026-02-04: CVE-2026-19 found in the mailer
        - 2026-02-04: both are fixed by an upgrade
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
    coarse = [event for event in within if event.until is None and _is_coarse(event) and not says_unknown(doc, event)]
    if not coarse or (len(coarse) == len(within) and not _within_a_day(within)) or _tells_days(within):
        return
    if len(coarse) == len(within) and hints(doc, "vulnerability"):
        return  # days are a fair measure of what nobody suffered from
    rest = f" and {len(coarse) - 1} more" if len(coarse) > 1 else ""
    words = " ".join(doc.source[stamp(coarse[0])].split())
    yield Problem(
        stamp(coarse[0]),
        f'"{words}"{rest} {"are" if rest else "is"} coarser than a minute, in the middle of the incident',
        related=tuple(Related(stamp(event), "coarse too") for event in coarse[1:]),
    )


def _is_coarse(event: Event) -> bool:
    """Whether it is given to the hour or the day, and not said to be approximate: that is another matter."""
    if event.at is None or event.at.approximate or not (event.at.coarse or event.at.clock is None):
        return False
    return not find_clocks(event.text)  # a day that is told in a paragraph gives its times there


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

        Times are taken from a graph with steps of five minutes.

        - ~10:00 UTC: searches fail
        - ~10:10 UTC: the queue grows
        - ~10:40 UTC: snapshot restored
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
    if not found or _sourced_as_a_whole(doc):
        return
    rest = f", and {len(found) - 1} more" if len(found) > 1 else ""
    yield Problem(
        stamp(found[0]),
        f"{time(found[0])} is approximate and has no source{rest}",
        related=tuple(Related(stamp(event), "approximate too") for event in found[1:]),
    )


def _sourced_as_a_whole(doc: Postmortem) -> bool:
    """Whether a sentence in the timeline says where all its times come from."""
    return any(
        _PATTERNS.collected.search(passage.prose.text)
        for passage in doc.passages_like(_PATTERNS.expression("collected"))
        if SectionKind.TIMELINE in passage.kinds
    )


def _sourced(event: Event) -> bool:
    return bool(event.links or event.evidence or _PATTERNS.source.search(event.text))
