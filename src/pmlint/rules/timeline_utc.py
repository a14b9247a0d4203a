"""Timeline: times in another zone than UTC, and their conversion."""

import re
from collections.abc import Iterator
from datetime import timedelta

from pmlint.document.model import Event, Postmortem, SectionKind
from pmlint.document.patterns import Patterns
from pmlint.document.sentences import passages
from pmlint.rules.place import place
from pmlint.rules.problem import Edit, Fix, Level, Problem
from pmlint.rules.rule import rule
from pmlint.rules.timeline_told import clocks_elsewhere, sections
from pmlint.rules.timeline_zones import UTC, clocked, clusters_of, head_of_file, zone_said
from pmlint.source import Span

_PATTERNS = Patterns(
    clock=r"(?P<day>\d{4}-\d\d-\d\d)?[ T]*(?P<hour>\d{1,2}):(?P<minute>\d\d)(?P<second>:\d\d)?(?P<rest>.*)",
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

    Logs, alerts and the clocks of other teams are in UTC. Every reader who converts makes a mistake once, mostly in
    the week in which summer time begins.
    """
    events = clocked(doc)
    zones = doc.timeline.zones
    named = {event.at.zone for event in events if event.at and event.at.zone}
    if len(events) < 2:
        return
    if not named:
        yield from _said(doc)
        return
    if len(clusters_of(events)) > 1 or named & UTC or _is_utc(events):
        return
    if any(zone.value in UTC for zone in zones):
        return  # given in both
    zone = doc.timeline.zone or (zones[0] if zones else None)
    span = zone.span if zone else place(doc, SectionKind.TIMELINE)
    name = zone.text if zone else min(named)
    yield Problem(span, f"the times are in {name}, not in UTC", fix=_conversion(doc, events))


def _said(doc: Postmortem) -> Iterator[Problem]:
    """Where the zone is only told in a sentence, of this incident or at the head of the file."""
    found = zone_said(head_of_file(doc))
    span = place(doc, SectionKind.TIMELINE)
    for passage in passages(doc) if found is None else ():
        found = zone_said(passage.prose.text)
        if found:
            span = passage.prose.span(*found[1])
            break
    if found and found[0].offset_minutes and found[0].name not in UTC:
        yield Problem(span, f"the times are in {found[0].name}, not in UTC")


def _is_utc(events: list[Event]) -> bool:
    return all(event.at is not None and event.at.offset_minutes == 0 for event in events)


def _conversion(doc: Postmortem, events: list[Event]) -> Fix | None:
    """Every time of the timeline and every mention of its zone rewritten; None where one of them is in doubt.

    A time outside the stamps would stay behind in the old zone.
    """
    parts = sections(doc)
    zones = [zone for zone in doc.timeline.zones if any(part.covers(zone.span) for part in parts)]
    if len(zones) != len(doc.timeline.zones) or not zones or next(clocks_elsewhere(doc), None):
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
        between = doc.source.text[span.start + written.end("day") : span.start + written.start("hour")]
        text = f"{moved:%Y-%m-%d}{between}{text}"
    return Edit(Span(start, end), text)
