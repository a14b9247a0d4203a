"""Timeline: the zone that its times are in."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator

from pmlint.document.clocks import find_clocks
from pmlint.document.model import Event, Postmortem, SectionKind
from pmlint.document.patterns import Patterns
from pmlint.document.sentences import passages, sentences
from pmlint.document.values import Moment
from pmlint.document.zones import Zone, find_zone
from pmlint.rules.place import place
from pmlint.rules.problem import Level, Problem, Related
from pmlint.rules.rule import RECORDS, rule
from pmlint.rules.timeline_conversion import in_utc
from pmlint.rules.timeline_told import clocks_elsewhere, sections, stamp, time
from pmlint.source import Span

UTC = frozenset({"UTC", "GMT", "Z", "UTC+00:00", "+00:00", "Etc/UTC", "Etc/GMT"})

_PATTERNS = Patterns(
    # A zone in words that no table of zones holds: "West Africa Standard Timezone", "Nairobi time".
    in_words=(
        r"\b[Tt]ime ?[Zz]ones?\b|\b[Ll]ocal time (?:in|of|at) [A-Z]|"
        r"\b[A-Z][a-z]+ (?:[Ss]tandard|[Dd]aylight|[Ss]ummer) [Tt]ime\b|"
        r"(?:\b(?:[Ii]n|are|is|use|using|per|local)|\d(?: ?[ap]m)?) (?!(?:Real|Record|Run|Good|The|This)\b)"
        r"[A-Z][a-z]+(?: [A-Z][a-z]+)* [Tt]ime\b(?! (?:to|of|for|between|since|until))"
    ),
    times=r"(?i)\b(?:times|timestamps|clocks|time ?zone)\b",
)


def clocked(doc: Postmortem) -> list[Event]:
    return [event for event in doc.timeline.events if event.at and event.at.clock]


@rule(
    level=Level.ERROR,
    kinds=RECORDS,
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

    The people who compare this page with logs and graphs sit in other offices, or read it after the clocks have
    changed. An hour's shift turns the cause into the effect.
    """
    events = clocked(doc)
    if len(events) < 2 or doc.timeline.zones or any(event.at and event.at.zone for event in events):
        return
    if doc.entry("timezone") or any(_names_zone(passage.prose.text) for passage in passages(doc)):
        return
    # A note under the heading is often set as a quotation; and the zone in which the summary tells the same incident
    # is the timeline's.
    if _names_zone(head_of_file(doc)) or any(_names_zone(doc.source[span]) for span in sections(doc)):
        return
    shown = {event.at.clock[:5] for event in events if event.at and event.at.clock}
    for clock, span in clocks_elsewhere(doc):
        told = _ACCOUNT & doc.kinds_at(span.start) or _is_of_the_window(doc, span)
        if clock.zone and (told or f"{clock.hour:02}:{clock.minute:02}" in shown):
            return
    first, last = events[0], events[-1]
    yield Problem(
        place(doc, SectionKind.TIMELINE),
        f"no timezone is given for the times of the timeline, {time(first)} to {time(last)}",
    )


def _is_of_the_window(doc: Postmortem, clock: Span) -> bool:
    """Whether a time stands in a field that tells when the incident was: "Impact window: 08:17–10:52 UTC"."""
    return any(entry.name in _WINDOW and entry.span.covers(clock) for entry in doc.metadata)


_WINDOW = frozenset({"date", "duration", "started_at", "ended_at", "detected_at", "mitigated_at"})
_ACCOUNT = frozenset({SectionKind.SUMMARY, SectionKind.IMPACT, SectionKind.METADATA})
"""Sections that tell the times of the incident itself."""
_HEAD = 2_000
"""Characters in which a file of several incidents says what holds for all of them."""


def _names_zone(text: str) -> bool:
    """Whether a sentence says, in whatever words, what its times are in."""
    return bool(_PATTERNS.in_words.search(text)) or zone_said(text) is not None


def head_of_file(doc: Postmortem) -> str:
    """What stands above the first of several incidents, and may hold for all of them."""
    return doc.source.text[: min(_HEAD, doc.span.start)]


def zone_said(text: str) -> tuple[Zone, Span] | None:
    """The zone in a sentence that speaks of times, however it is put, and where it stands in `text`."""
    for span in sentences(text):
        sentence = text[span.start : span.end]
        found = _PATTERNS.times.search(sentence) and find_zone(sentence)
        if found:
            zone, start, end = found
            return zone, Span(span.start + start, span.start + end)
    return None


@rule(
    level=Level.ERROR,
    kinds=RECORDS,
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
        (
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

            - 10:02 UTC: searches fail
            - 10:10 UTC: alert fires
            - 10:40 UTC: snapshot restored
            """,
        ),
        (
            """
            # Search was down

            ## Timeline

            | Time (CET) | Event |
            |---|---|
            | 11:02 | searches fail |
            | 11:10 | alert fires |
            | ⟦10:40 UTC⟧ | snapshot restored |
            """,
            """
            # Search was down

            ## Timeline

            | Time (UTC) | Event |
            |---|---|
            | 10:02 | searches fail |
            | 10:10 | alert fires |
            | 10:40 UTC | snapshot restored |
            """,
        ),
    ],
)
def mixed_timezones(doc: Postmortem) -> Iterator[Problem]:
    """The timeline gives its times in more than one zone.

    Each line has to be converted before it can be compared with the one above, and one of them will not be.
    """
    events = [event for event in clocked(doc) if event.at and event.at.zone]
    clusters = clusters_of(events)
    if len(clusters) < 2:
        yield from _other_than_stated(doc, events)
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
        fix=in_utc(doc, events) if len(events) == len(clocked(doc)) else None,
    )


def _other_than_stated(doc: Postmortem, events: list[Event]) -> Iterator[Problem]:
    """Where the lead of the timeline gives a time in one zone, and some of its entries write another."""
    stated = _lead_zone(doc)
    if stated is None:
        return
    written = sorted(zone.span for zone in doc.timeline.zones)
    named = [event for event in events if _holds(stamp(event), written)]
    if not named or len(named) == len(events):
        return
    zone, span = stated
    if any(event.at and _same(event.at, Moment(zone=zone.name, offset_minutes=zone.offset_minutes)) for event in named):
        return
    yield Problem(
        stamp(named[0]),
        f"{time(named[0])} is in {_zone(named[0])}, the timeline starts in {zone.name}",
        related=(Related(span, f"in {zone.name}"),),
    )


def _holds(stamp: Span, zones: list[Span]) -> bool:
    """Whether one of the sorted `zones` stands in the stamp."""
    at = bisect_left(zones, stamp)
    return any(stamp.covers(zone) for zone in zones[max(0, at - 1) : at + 2])


def _lead_zone(doc: Postmortem) -> tuple[Zone, Span] | None:
    """The one zone in which the lines above the first entry give a time."""
    first = min((event.span.start for event in doc.timeline.events), default=0)
    found: list[tuple[Zone, Span]] = []
    for passage in passages(doc):
        start = passage.prose.span().start
        if start < first and SectionKind.TIMELINE in doc.kinds_at(start):
            clocks = find_clocks(passage.prose.text)
            found += [(clock.zone, passage.prose.span(clock.start, clock.end)) for clock in clocks if clock.zone]
    return found[0] if len({zone.name for zone, _ in found}) == 1 else None


def _count(part: int, whole: int) -> str:
    return f"{part} of {whole} times" if part > 1 else "another time"


def _zone(event: Event) -> str:
    return (event.at and event.at.zone) or ""


def clusters_of(events: list[Event]) -> list[list[Event]]:
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
    if one.zone in UTC and other.zone in UTC:
        return True
    if one.offset_minutes is None or other.offset_minutes is None:
        return False
    if one.offset_minutes == other.offset_minutes:
        return True
    # CET and CEST, PST and PDT: the clocks changed in between
    kin = one.zone.replace("S", "").replace("D", "") == other.zone.replace("S", "").replace("D", "")
    return kin and one.day != other.day
