"""Timeline: the zone that its times are in."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from pmlint.document.clocks import find_clocks
from pmlint.document.model import Event, Moment, Postmortem, SectionKind
from pmlint.document.patterns import Patterns
from pmlint.document.sentences import passages
from pmlint.rules.place import place
from pmlint.rules.problem import Edit, Fix, Level, Problem, Related
from pmlint.rules.rule import rule
from pmlint.rules.timeline_told import sections, stamp, time
from pmlint.source import Span

_UTC = frozenset({"UTC", "GMT", "Z", "UTC+00:00", "+00:00", "Etc/UTC", "Etc/GMT"})

_PATTERNS = Patterns(
    # A zone in words that no table of zones holds: "West Africa Standard Timezone", "Nairobi time".
    in_words=(
        r"\b[Tt]ime ?[Zz]ones?\b|\b(?!First|Last|Total|Mean|Response|Resolution|Detection|Down|Up|Run|Real|Peak|"
        r"Start|End|This|The|At)"
        r"[A-Z][a-z]+(?: [A-Z][a-z]+)* (?:[Ss]tandard |[Dd]aylight |[Ss]ummer )?[Tt]ime\b(?! (?:to|of|for|"
        r"between|since|until))"
    ),
    clock=r"(?P<day>\d{4}-\d\d-\d\d)?[ T]*(?P<hour>\d{1,2}):(?P<minute>\d\d)(?P<second>:\d\d)?(?P<rest>.*)",
)


def _clocked(doc: Postmortem) -> list[Event]:
    return [event for event in doc.timeline.events if event.at and event.at.clock and event.at.relative_minutes is None]


@rule(
    level=Level.ERROR,
    help='say it once, in the heading or a sentence above: "all times UTC"',
    sources=("Google, Postmortem best practices", "PagerDuty, Postmortem template"),
    good=[
        """
        # Search was down

        ## Timeline (UTC)

        - 10:02: searches fail
        - 10:10: alert fires
        - 10:40: snapshot restored
        """,
        """
        # Search was down

        All times on this page are Nairobi time.

        ## Timeline

        - 10:02: searches fail
        - 10:10: alert fires
        - 10:40: snapshot restored
        """,
        """
        # Search was down

        ## Timeline

        - T+0m: searches fail
        - T+8m: alert fires
        - T+38m: snapshot restored
        """,
    ],
    bad=[
        """
        # Search was down

        ## ⟦Timeline⟧

        - 10:02: searches fail
        - 10:10: alert fires
        - 10:40: snapshot restored
        """,
        """
        # Search was down

        ## ⟦Timeline⟧

        | Time | Event |
        |---|---|
        | 9:02 AM | searches fail |
        | 9:40 AM | snapshot restored |
        """,
    ],
)
def timeline_without_timezone(doc: Postmortem) -> Iterator[Problem]:
    """The times of the timeline have no timezone, and none is given anywhere.

    The people who compare this page with logs and graphs sit in other offices, or read it after the clocks have changed.
    An hour's shift turns the cause into the effect.
    """
    events = _clocked(doc)
    if len(events) < 2 or doc.timeline.zones or doc.timeline.zone or any(event.at and event.at.zone for event in events):
        return
    if doc.entry("timezone") or any(_PATTERNS.in_words.search(passage.prose.text) for passage in passages(doc)):
        return
    first, last = events[0], events[-1]
    yield Problem(
        place(doc, SectionKind.TIMELINE),
        f"no timezone is given for the times of the timeline, {time(first)} to {time(last)}",
    )


@rule(
    level=Level.WARNING,
    help="write the times in UTC, the local ones beside them if that helps",
    sources=("Google, Postmortem best practices", "PagerDuty, Postmortem template"),
    good=[
        """
        # Search was down

        ## Timeline (UTC)

        - 10:02: searches fail
        - 10:10: alert fires
        - 10:40: snapshot restored
        """,
        """
        # Search was down

        ## Timeline

        | Time (JST) | UTC | Event |
        |---|---|---|
        | 19:02 | 10:02 | searches fail |
        | 19:10 | 10:10 | alert fires |
        | 19:40 | 10:40 | snapshot restored |
        """,
    ],
    bad=[
        (
            """
            # Search was down

            ## Timeline (⟦PST⟧)

            - 2026-02-04 02:02: searches fail
            - 2026-02-04 02:10: alert fires
            - 2026-02-04 02:40: snapshot restored
            """,
            """
            # Search was down

            ## Timeline (UTC)

            - 2026-02-04 10:02: searches fail
            - 2026-02-04 10:10: alert fires
            - 2026-02-04 10:40: snapshot restored
            """,
        ),
        (
            """
            # Search was down

            ## Timeline

            - 2026-02-04 23:50 ⟦EST⟧: searches fail
            - 2026-02-05 00:10 EST: alert fires
            - 2026-02-05 00:40 EST: snapshot restored
            """,
            """
            # Search was down

            ## Timeline

            - 2026-02-05 04:50 UTC: searches fail
            - 2026-02-05 05:10 UTC: alert fires
            - 2026-02-05 05:40 UTC: snapshot restored
            """,
        ),
    ],
)
def timeline_not_in_utc(doc: Postmortem) -> Iterator[Problem]:
    """The timeline is in another timezone than UTC.

    Logs, alerts and the clocks of other teams are in UTC. Every reader who converts makes a mistake once, mostly in the
    week in which summer time begins.
    """
    events = _clocked(doc)
    zones = doc.timeline.zones
    named = {event.at.zone for event in events if event.at and event.at.zone}
    if len(events) < 2 or not named or len(_clusters(events)) > 1 or named & _UTC or _is_utc(events):
        return
    if any(zone.value in _UTC for zone in zones):
        return  # given in both
    zone = doc.timeline.zone or (zones[0] if zones else None)
    span = zone.span if zone else place(doc, SectionKind.TIMELINE)
    name = zone.text if zone else min(named)
    yield Problem(span, f"the times are in {name}, not in UTC", fix=_conversion(doc, events))


def _is_utc(events: list[Event]) -> bool:
    return all(event.at is not None and event.at.offset_minutes == 0 for event in events)


def _conversion(doc: Postmortem, events: list[Event]) -> Fix | None:
    """Every time of the timeline and every mention of its zone rewritten, or nothing where one of them is in "
    "doubt."""
    zones = [zone for zone in doc.timeline.zones if _inside(doc, zone.span)]
    if len(zones) != len(doc.timeline.zones) or not zones or _times_elsewhere(doc, events):
        return None
    edits = [Edit(zone.span, "UTC") for zone in zones if doc.source[zone.span] == zone.text]
    if len(edits) != len(zones):
        return None
    for event in events:
        edit = _converted(doc, event)
        if edit is None:
            return None
        edits.append(edit)
    unique = {edit.span: edit for edit in edits}
    return Fix(tuple(sorted(unique.values(), key=lambda edit: edit.span)), "write the times in UTC", safe=False)


def _inside(doc: Postmortem, span: Span) -> bool:
    return any(part.covers(span) for part in sections(doc))


def _times_elsewhere(doc: Postmortem, events: list[Event]) -> bool:
    """Whether the document tells times outside the stamps, which would stay behind in the old zone."""
    told = [event.stamp_span for event in events if event.stamp_span]
    for passage in passages(doc):
        for clock in find_clocks(passage.prose.text):
            span = passage.prose.span(clock.start, clock.end)
            if not any(one.meets(span) for one in told):
                return True
    return False


def _converted(doc: Postmortem, event: Event) -> Edit | None:
    """The event's clock, and its day where that is written in figures, in UTC."""
    at, span = event.at, event.stamp_span
    if at is None or span is None or at.local is None or at.offset_minutes is None or event.until is not None:
        return None
    written = _PATTERNS.clock.fullmatch(doc.source[span])
    if written is None or re.search(r"\d|[ap]\.?m", written["rest"], re.IGNORECASE):
        return None
    moved = at.local - timedelta(minutes=at.offset_minutes)
    if moved.date() != at.day and not written["day"]:
        return None
    start = span.start + (written.start("day") if written["day"] else written.start("hour"))
    end = span.start + (written.end("second") if written["second"] else written.end("minute"))
    text = f"{moved:%H:%M}" + (written["second"] or "")
    if written["day"]:
        text = f"{moved:%Y-%m-%d}" + doc.source.text[span.start + written.end("day") : span.start + written.start("hour")] + text
    return Edit(Span(start, end), text)


@rule(
    level=Level.ERROR,
    help="write all times in one zone, best UTC",
    sources=("Google, Postmortem best practices",),
    good=[
        """
        # Search was down

        ## Timeline

        - 10:02 UTC: searches fail
        - 10:10 GMT: alert fires
        - 10:40 UTC: snapshot restored (02:40 in the office)
        """,
        """
        # Search was down

        ## Timeline

        - 2026-03-28 10:02 CET: searches fail
        - 2026-03-28 10:40 CET: snapshot restored
        - 2026-03-30 09:00 CEST: index rebuilt
        """,
    ],
    bad=[
        """
        # Search was down

        ## Timeline

        - 10:02 UTC: searches fail
        - 10:10 UTC: alert fires
        - ⟦02:40 PST⟧: snapshot restored
        """,
        """
        # Search was down

        ## Timeline

        | Time (CET) | Event |
        |---|---|
        | 11:02 | searches fail |
        | 11:10 | alert fires |
        | ⟦10:40 UTC⟧ | snapshot restored |
        """,
    ],
)
def mixed_timezones(doc: Postmortem) -> Iterator[Problem]:
    """The timeline gives its times in more than one zone.

    Each line has to be converted before it can be compared with the one above, and one of them will not be.
    """
    events = [event for event in _clocked(doc) if event.at and event.at.zone]
    clusters = _clusters(events)
    if len(clusters) < 2:
        return
    main = clusters[0]
    others = [event for cluster in clusters[1:] for event in cluster]
    odd = min(others, key=lambda event: event.span)
    rest = [event for event in others if event is not odd]
    yield Problem(
        stamp(odd),
        f"{time(odd)} is in {_zone(odd)}, {_count(len(main), len(events))} in {_zone(main[0])}",
        related=(
            Related(stamp(main[0]), f"in {_zone(main[0])}"),
            *(Related(stamp(event), f"in {_zone(event)}") for event in rest),
        ),
    )


def _count(part: int, whole: int) -> str:
    return f"{part} of {whole} times" if part > 1 else "another time"


def _zone(event: Event) -> str:
    return (event.at and event.at.zone) or ""


def _clusters(events: list[Event]) -> list[list[Event]]:
    """The events by zone, the most frequent first; summer and winter time of different days are one zone."""
    clusters: list[list[Event]] = []
    for event in events:
        if event.at is None:
            continue
        home = next((cluster for cluster in clusters if cluster[0].at and _same(cluster[0].at, event.at)), None)
        if home is None:
            clusters.append([event])
        else:
            home.append(event)
    counts = Counter({index: len(cluster) for index, cluster in enumerate(clusters)})
    return [clusters[index] for index, _ in counts.most_common()]


def _same(one: Moment, other: Moment) -> bool:
    if one.zone is None or other.zone is None or one.zone == other.zone:
        return True
    if one.zone in _UTC and other.zone in _UTC:
        return True
    if one.offset_minutes is None or other.offset_minutes is None:
        return False
    if one.offset_minutes == other.offset_minutes:
        return True
    # CET and CEST, PST and PDT: the clocks changed in between
    kin = one.zone.replace("S", "").replace("D", "") == other.zone.replace("S", "").replace("D", "")
    return kin and one.day != other.day
