"""Timeline: times in another zone than UTC."""

from collections.abc import Iterator

from pmlint.document.model import Event, Postmortem, SectionKind
from pmlint.document.sentences import passages
from pmlint.rules.place import place
from pmlint.rules.problem import Level, Problem
from pmlint.rules.rule import rule
from pmlint.rules.timeline_conversion import in_utc
from pmlint.rules.timeline_zones import UTC, clocked, clusters_of, head_of_file, zone_said


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
    yield Problem(span, f"the times are in {name}, not in UTC", fix=in_utc(doc, events))


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
