"""Timeline: its length, and the time of each entry."""

from collections.abc import Iterator

from pmlint.document.model import Postmortem, SectionKind
from pmlint.document.patterns import Patterns
from pmlint.document.placeholders import find_placeholders
from pmlint.rules.place import place
from pmlint.rules.problem import Level, Problem, Related
from pmlint.rules.rule import RECORDS, rule
from pmlint.rules.timeline_told import ENOUGH, opening, says_unknown, stamped, tells
from pmlint.source import Block, Html, Paragraph, Span, walk

_PATTERNS = Patterns(
    # Said instead of a timeline: that there is none, with whatever reason.
    not_applicable=(
        r"(?i)\bnot applicable\b|^\W*n/?a\b|\bno timeline\b|\bnot (?:known|recorded|available|reconstructable)\b"
    ),
)


_STAMP = 12
"""Characters at the head of an entry in which its time stands."""


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
    untimed = [event for event in events if event.at is None and not says_unknown(doc, event)]
    if not untimed:
        return
    # A place to be filled in is for another rule to speak of.
    left = [Span(event.span.start, event.text_span.start + _STAMP) for event in untimed]
    open_ones = [found.span for found in find_placeholders(doc)]
    untimed = [event for event, head in zip(untimed, left, strict=True) if not any(map(head.meets, open_ones))]
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
        """
        # Search was down

        ## Timeline

        | Who | When | What |
        |---|---|---|
        | index job | 10:02 UTC | searches fail |
        | | 10:10 UTC | ⟦page acknowledged⟧ |
        | on-call | 10:40 UTC | snapshot restored |
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
