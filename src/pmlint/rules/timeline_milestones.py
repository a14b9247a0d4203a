"""Timeline: the turning points that a reader looks for, from the first harm to the all-clear."""

from collections.abc import Iterator

from pmlint.document.dates import find_dates
from pmlint.document.model import Milestone, Postmortem, SectionKind
from pmlint.document.sentences import passages
from pmlint.rules.place import place
from pmlint.rules.problem import Confidence, Level, Problem
from pmlint.rules.rule import rule
from pmlint.rules.timeline_course import asks, course, hints, is_false_alarm, is_open, marks, named, says_when
from pmlint.rules.timeline_told import opening, stamp, stamped, time


@rule(
    level=Level.WARNING,
    confidence=Confidence.MEDIUM,
    help='add when the first request failed or the bad change went live, from graphs or logs; "unknown" is an answer',
    sources=("Site Reliability Engineering, appendix D: Example Postmortem", "Howie: The Post-Incident Guide"),
    good=[
        """
        # Search was down

        ## Timeline

        - 10:02 UTC: first searches fail
        - 10:10 UTC: alert fires
        - 10:40 UTC: snapshot restored, incident resolved
        """,
        """
        # Search was down

        Searches began to fail at 10:02 UTC.

        ## Timeline

        - 10:10 UTC: alert fires
        - 10:15 UTC: on-call investigates
        - 10:40 UTC: snapshot restored, incident resolved
        """,
    ],
    bad=[
        """
        # Search was down

        ## ⟦Timeline⟧

        - 10:10 UTC: alert fires
        - 10:15 UTC: on-call investigates
        - 10:40 UTC: snapshot restored, incident resolved
        """,
        """
        # Search was down

        ## ⟦Timeline⟧

        | Time (UTC) | Event |
        |---|---|
        | 10:10 | a user reports empty pages |
        | 10:15 | on-call investigates |
        | 10:40 | snapshot restored, incident resolved |
        """,
    ],
)
def missing_start(doc: Postmortem) -> Iterator[Problem]:
    """No event marks when the impact began, before anybody noticed.

    A timeline that opens with the alert counts the outage from when it was seen. The time before it is what better
    alerting can win back, and users had it too.
    """
    if not asks(doc) or marks(doc, Milestone.START) or not marks(doc, Milestone.DETECTION):
        return
    stamps = [stamp(event) for event in doc.timeline.events]
    if doc.started_at and not any(span.meets(doc.started_at.span) for span in stamps):
        return
    if doc.entry("started_at", "time_to_detect") or says_when(doc, "start") or _tells_an_earlier_day(doc):
        return
    first = next(event for event in doc.timeline.events if stamped(event))
    if not {Milestone.DETECTION, Milestone.RESPONSE} & set(first.milestones):
        return  # something is told of the time before
    if hints(doc, "vulnerability") or hints(doc, "live") or is_false_alarm(doc):
        return  # a flaw that was found had no impact to begin
    yield Problem(
        place(doc, SectionKind.TIMELINE),
        f"no event says when the impact began; the timeline opens with {named(first)}",
    )


def _tells_an_earlier_day(doc: Postmortem) -> bool:
    """Whether what is told of the incident itself goes back to a day before the first event."""
    first = next((event.at.day for event in doc.timeline.events if event.at and event.at.day), None)
    if first is None:
        return False
    return any(
        found.value is not None and found.value < first
        for passage in passages(doc)
        if passage.kinds & _ACCOUNT
        for found in find_dates(passage.prose.text)
    )


_ACCOUNT = frozenset({SectionKind.SUMMARY, SectionKind.IMPACT, SectionKind.TRIGGER})


@rule(
    level=Level.ERROR,
    confidence=Confidence.MEDIUM,
    help='add who or what noticed and when: "10:10 UTC: alert index-age fires", "10:12 UTC: first user report"',
    sources=(
        "Site Reliability Engineering, appendix D: Example Postmortem",
        "Atlassian, Incident Management Handbook",
    ),
    good=[
        """
        # Search was down

        ## Timeline

        - 10:02 UTC: first searches fail
        - 10:12 UTC: a user reports empty pages
        - 10:40 UTC: snapshot restored, incident resolved
        """,
        """
        # Search was down

        **Detected at:** 10:10 UTC

        ## Timeline

        - 10:02 UTC: first searches fail
        - 10:30 UTC: restore of the snapshot begins
        - 10:40 UTC: snapshot restored, incident resolved
        """,
    ],
    bad=[
        """
        # Search was down

        ## ⟦Timeline⟧

        - 10:02 UTC: release 4.2 goes out, impact begins
        - 10:30 UTC: restore of the snapshot begins
        - 10:40 UTC: snapshot restored, incident resolved
        """,
        """
        # Search was down

        ## ⟦Timeline⟧

        | Time (UTC) | Event |
        |---|---|
        | 10:02 | outage starts |
        | 10:30 | index restored from the snapshot |
        | 10:40 | incident resolved |
        """,
    ],
)
def missing_detection(doc: Postmortem) -> Iterator[Problem]:
    """No event marks how and when the incident was detected.

    Detection parts the time that alerting must shorten from the time that tools must shorten. Without it the duration
    is one number that nobody can improve.
    """
    if not asks(doc) or marks(doc, Milestone.DETECTION):
        return
    if doc.entry("detected_at", "time_to_detect") or doc.find(SectionKind.DETECTION) or says_when(doc, "detection"):
        return
    if hints(doc, "seen"):
        return
    yield Problem(place(doc, SectionKind.TIMELINE), f"no event says who or what noticed the trouble; {course(doc)}")


@rule(
    level=Level.ERROR,
    confidence=Confidence.MEDIUM,
    help='add the step that stopped the harm, apart from the repair: "10:31 UTC: traffic moved, errors gone"',
    sources=("Site Reliability Engineering, appendix D: Example Postmortem", "Google, Incident management guide"),
    good=[
        """
        # Search was down

        ## Timeline

        - 10:02 UTC: first searches fail
        - 10:12 UTC: alert fires
        - 10:31 UTC: release rolled back
        - 11:10 UTC: incident resolved
        """,
        """
        # Search was down

        **Mitigated at:** 10:31 UTC

        ## Timeline

        - 10:02 UTC: first searches fail
        - 10:12 UTC: alert fires
        - 11:10 UTC: incident resolved
        """,
    ],
    bad=[
        """
        # Search was down

        ## ⟦Timeline⟧

        - 10:02 UTC: first searches fail
        - 10:12 UTC: alert fires
        - 11:10 UTC: incident closed
        """,
        """
        # Search was down

        ## ⟦Timeline⟧

        | Time (UTC) | Event |
        |---|---|
        | 10:02 | outage starts |
        | 10:12 | a user reports empty pages |
        | 10:25 | the cause is known: the job takes no lock |
        """,
    ],
)
def missing_mitigation(doc: Postmortem) -> Iterator[Problem]:
    """No event marks what stopped the harm.

    Users stop hurting at the mitigation, not at the repair. Which step worked, and how long it took to think of it, is
    what the next responder wants to know first.
    """
    if not asks(doc) or marks(doc, Milestone.MITIGATION) or is_open(doc):
        return
    if doc.entry("mitigated_at", "time_to_mitigate") or says_when(doc, "mitigation"):
        return
    if hints(doc, "done"):
        return
    yield Problem(place(doc, SectionKind.TIMELINE), f"no event says when the bleeding stopped; {course(doc)}")


@rule(
    level=Level.ERROR,
    confidence=Confidence.MEDIUM,
    help='add when all was well again and how that was seen: "11:10 UTC: error rate back at 0.1 %, incident closed"',
    sources=(
        "Site Reliability Engineering, appendix D: Example Postmortem",
        "Atlassian, Incident Management Handbook",
    ),
    good=[
        """
        # Search was down

        ## Timeline

        - 10:02 UTC: first searches fail
        - 10:12 UTC: alert fires
        - 10:31 UTC: release rolled back, all searches work again
        """,
        """
        # Search was down

        **Status:** ongoing

        ## Timeline

        - 10:02 UTC: first searches fail
        - 10:12 UTC: alert fires
        - 10:31 UTC: traffic moved to the replica
        """,
    ],
    bad=[
        """
        # Search was down

        ## ⟦Timeline⟧

        - 10:02 UTC: first searches fail
        - 10:12 UTC: alert fires
        - 10:31 UTC: traffic moved to the replica
        """,
        """
        # Search was down

        ## ⟦Timeline⟧

        | Time (UTC) | Event |
        |---|---|
        | 10:02 | outage starts |
        | 10:12 | a user reports empty pages |
        | 10:31 | traffic moved to the replica |
        | 10:50 | rebuild of the index starts |
        """,
    ],
)
def missing_resolution(doc: Postmortem) -> Iterator[Problem]:
    """No event marks the end of the incident.

    Without an all-clear nobody knows from when on the numbers are clean, whether somebody still holds a workaround in
    place, or whether the mitigation was ever taken back.
    """
    if not asks(doc) or marks(doc, Milestone.RESOLUTION) or doc.ended_at or is_open(doc):
        return
    if doc.entry("ended_at", "time_to_resolve") or says_when(doc, "resolution"):
        return
    if doc.duration is not None and (doc.started_at or marks(doc, Milestone.START)):
        return  # the end follows from the two
    if hints(doc, "well"):
        return
    last = [event for event in doc.timeline.events if stamped(event)][-1]
    yield Problem(
        place(doc, SectionKind.TIMELINE),
        f'no event says that it was over; the last one is {time(last)} "{opening(last)}"',
    )
