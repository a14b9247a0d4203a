"""Response: how fast it was, how often the outside was told, and how it was handed on."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated

from pmlint.document.durations import find_durations
from pmlint.document.model import Event, Kind, Milestone, Postmortem, SectionKind
from pmlint.document.patterns import Patterns
from pmlint.rules.kinds import says
from pmlint.rules.place import place
from pmlint.rules.problem import Confidence, Level, Problem, Related
from pmlint.rules.rule import RECORDS, rule
from pmlint.rules.scales import is_severe, is_unused_flaw, nobody_affected, rank_of
from pmlint.rules.timeline_course import says_when
from pmlint.rules.timeline_told import length_of
from pmlint.source import Span

_TIMES = ("time_to_detect", "time_to_acknowledge", "time_to_mitigate", "time_to_resolve", "detected_at", "mitigated_at")
_TIMES_TOLD = (
    "time to (detect|detection|mitigate|mitigation|resolve|resolution|recover|recovery|restore|repair|respond|"
    "acknowledge)",
    "(detection|response|resolution|recovery|mitigation|reaction) time",
    "(mttr|mttd|mttm|ttd|ttr|ttm)",
    "(detected|noticed|mitigated|resolved|restored|fixed|recovered|revoked|patched|released|shipped|went out) "
    "(within|in|after) (about |around |only |just |less than )?(a|an|one|two|three|half|few|the next|#)",
    "(seconds|minutes|hours|days|weeks) before (being|it was|they were|anyone|anybody|somebody|the|we)",
)


@rule(
    level=Level.INFO,
    help="give the time to detect, to mitigate and to resolve, or the events they follow from",
    sources=("Site Reliability Engineering, ch. 15: Postmortem Culture",),
    good=[
        "# Search was down\n\n**Time to detect:** 8 min\n\n**Time to resolve:** 38 min\n",
        """
        # Search was down

        ## Timeline

        - 10:02 UTC: impact starts, searches fail
        - 10:10 UTC: alert fires
        - 10:40 UTC: incident resolved
        """,
    ],
    bad=[
        """
        # ⟦Search was down⟧

        ## Summary

        Search was down after an index rebuild.
        """,
        "# Search was down\n\n**Duration:** ⟦38 minutes⟧\n",
    ],
)
def missing_response_times(doc: Postmortem) -> Iterator[Problem]:
    """The times to detect, mitigate and resolve are neither given nor derivable.

    Which of the three was long says where the next improvement belongs: in alerting, in tools, or in the system. A
    single duration hides it.
    """
    if doc.entry(*_TIMES) or says(doc, _TIMES_TOLD) or _soon(doc):
        return
    length = doc.duration
    over = (
        _timed(doc, Milestone.MITIGATION, Milestone.RESOLUTION)
        or doc.ended_at
        or _told(doc, "mitigation", "resolution")
    )
    began = _timed(doc, Milestone.START) or doc.started_at or (over and length) or _told(doc, "start")
    noticed = _timed(doc, Milestone.DETECTION) or _told(doc, "detection")
    # From any two of the three at least one of the times follows.
    if sum(map(bool, (began, noticed, over))) < 2:
        message = "the times to detect, mitigate and resolve cannot be told"
        if length is not None:
            said = " ".join(length.text.split())
            message = f'"{said}" is all that is told; how long detection and mitigation took cannot be'
        span = length.span if length is not None else place(doc, *_TOLD_AT)
        yield Problem(span, message)


_TOLD_AT = (SectionKind.METADATA, SectionKind.TIMELINE, SectionKind.RESPONSE)


def _told(doc: Postmortem, *names: str) -> bool:
    return any(says_when(doc, name) for name in names)


def _soon(doc: Postmortem) -> bool:
    likely = doc.passages_like(_PATTERNS.expression("soon"))
    return any(_PATTERNS.soon.search(passage.prose.text) for passage in likely)


def _timed(doc: Postmortem, *milestones: Milestone) -> bool:
    return any(event.at for milestone in milestones for event in doc.timeline.marking(milestone))


_CADENCE = (
    "cadence",
    "next (update|updates|information|news|word|message|note|notice|post|mail|report)",
    "(updates|update|updated) … (every|hourly|each|per)",
    "(every|each) (#|fifteen|thirty|half|twenty|ten|sixty|few)-(min|mins|minutes|hour|hours|an hour)",
    "every hour",
    "(hourly|half-hourly|regular|periodic) (status )?(update|updates|communication*|reports|statements)",
    "no (status |further |external )?(updates|communication) (was |were )?(needed|sent|required|given|posted|"
    "published)*",
)


@rule(
    level=Level.WARNING,
    kinds=RECORDS,
    help='say how often updates were sent, "status page every 30 min", or that nobody outside had to be told',
    sources=("Atlassian, Incident Management Handbook: Incident communications",),
    good=[
        """
        # Search was down

        **Severity:** SEV1

        **Duration:** 2 h

        The status page was updated every 30 minutes.
        """,
        """
        # Search was down

        **Severity:** SEV1

        **Duration:** 2 h

        ## Timeline

        - 10:10 UTC: status page updated
        - 10:55 UTC: status page updated
        - 12:02 UTC: incident resolved
        """,
        "# Search was down\n\n**Severity:** SEV1\n\n**Duration:** 20 min\n\nIt was rolled back.\n",
    ],
    bad=[
        """
        # ⟦Search was down⟧

        **Severity:** SEV1

        **Duration:** 2 h

        The status page was updated.
        """,
        """
        # Search was down

        **Severity:** SEV1

        ## ⟦Response⟧

        Two engineers restored the snapshot.

        ## Timeline

        - 10:02 UTC: searches fail
        - 10:10 UTC: status page updated
        - 12:02 UTC: incident resolved
        """,
    ],
)
def missing_cadence(doc: Postmortem) -> Iterator[Problem]:
    """A severe incident has no cadence of status updates.

    Without a promised next update people ask, and those who answer are those who should be repairing. Half of the noise
    in an incident channel is the question when there will be news.
    """
    if not is_severe(doc) or doc.entry("cadence", "next_update") or len(_updates(doc)) > 1:
        return
    if nobody_affected(doc) or is_unused_flaw(doc) or not _lasted(doc):
        return
    if not says(doc, _CADENCE):
        yield Problem(
            place(doc, SectionKind.COMMUNICATION, SectionKind.RESPONSE),
            "no cadence of status updates, in an incident of high severity",
        )


def _lasted(doc: Postmortem) -> bool:
    """Whether it is known to have lasted so long that somebody waited for a second word."""
    length = doc.duration_minutes
    return length > _SHORT if length is not None else bool(doc.timeline.events) or doc.kind is Kind.INCIDENT


_SHORT = 30


def _updates(doc: Postmortem) -> list[Event]:
    return [event for event in doc.timeline.marking(Milestone.COMMUNICATION) if event.at and event.at.clock]


@rule(
    level=Level.WARNING,
    kinds=RECORDS,
    help="tell the outside at least every 30 minutes at the highest severity, every 60 at the next",
    sources=("PagerDuty Incident Response, During an incident",),
    good=[
        """
        # Search was down

        **Severity:** P0

        ## Timeline

        - 2026-02-04 10:10 UTC: status page updated
        - 2026-02-04 10:35 UTC: status page updated
        - 2026-02-04 10:40 UTC: incident resolved
        - 2026-02-04 13:00 UTC: follow-up mail sent to customers
        """,
        "# Search was slow\n\n**Severity:** P2\n\n**Update cadence:** every 90 minutes\n",
    ],
    bad=[
        """
        # Search was down

        **Severity:** P0

        **Update cadence:** ⟦every 90 minutes⟧
        """,
        """
        # Search was down

        **Severity:** P0

        ## Timeline

        - 2026-02-04 10:02 UTC: outage starts
        - 2026-02-04 10:10 UTC: status page updated
        - ⟦2026-02-04 11:35 UTC⟧: status page updated
        - 2026-02-04 12:40 UTC: incident resolved
        """,
    ],
)
def slow_cadence(
    doc: Postmortem,
    *,
    highest: Annotated[int, "minutes between updates at the highest severity"] = 30,
    high: Annotated[int, "minutes between updates at the next severity"] = 60,
) -> Iterator[Problem]:
    """Status updates came more rarely than the severity asks for.

    Silence is read as loss of control. Users fill it with guesses, and support with tickets, long before the fix could
    have been ready.
    """
    rank = rank_of(doc)
    if rank is None or rank > 1:
        return
    limit = highest if rank == 0 else high
    stated = doc.entry("cadence")
    if stated:
        every = [found.minutes for found in find_durations(stated.value)]
        if every and min(every) > limit:
            yield Problem(stated.span, f'"{stated.value}" is slower than every {limit} minutes')
        return
    late = max(_silences(doc), key=lambda gap: gap[0], default=None)
    if late and late[0] > limit:
        minutes, before, after = late
        yield Problem(
            after.stamp_span or after.span,
            f"no update for {minutes} minutes; at this severity {limit} is the most",
            related=(Related(before.stamp_span or before.span, "the update before"),),
        )


def _silences(doc: Postmortem) -> Iterator[tuple[int, Event, Event]]:
    """Minutes between consecutive updates, up to the end of the impact."""
    ended = next((event for event in doc.timeline.events if _OVER & set(event.milestones)), None)
    last = ended.span.start if ended else None
    for before, after in pairwise(_updates(doc)):
        if last is not None and after.span.start > last:
            return
        if after.at and after.at.clock and after.at.clock in before.text:
            continue  # it came when the one before had said that it would
        one, two = before.at and before.at.local, after.at and after.at.local
        if one and two and two > one:
            yield round((two - one).total_seconds() / 60), before, after


_HANDED_ON = (
    "checkpoint*",
    "(hand|handed|handing)-(over|off|overs|offs)",
    "handover*",
    "handoff*",
    "shift (change|summary|report|changes)",
    "(situation|status) report",
    "sitrep*",
    "(follow|following)-the-sun",
    "(state|status) (was |were )?(written|recorded|summari*) (for|before|at)",
)
_PATTERNS = Patterns(
    soon=(
        r"(?i)\b(?:within|after|in) (?:\w+ ){1,4}(?:seconds|minutes|hours|days|weeks)\b[^.\n]{0,60}\b(?:revoked|fixed|"
        r"resolved|restored|mitigated|patched|recovered|reverted|rolled back|stopped|contained|detected|noticed|"
        r"discovered)\b"
    ),
    new_commander=(
        r"(?i)\b(?:took over (?:as (?:the )?)?(?:incident )?(?:command\w*|IC|lead)|(?:new|"
        r"second) incident commander|(?:incident )?(?:commander|IC) (?:changed|switched|rotated)|"
        r"(?:transferred|passed|relinquished) (?:incident )?command)\b"
    ),
)


@rule(
    level=Level.WARNING,
    confidence=Confidence.MEDIUM,
    help="at each change of shift or commander write state, hypothesis, impact, actions in flight and next decision",
    sources=("Google, Incident management guide: Clear, live handoff",),
    good=[
        "# Search was down\n\n**Duration:** 7 hours\n\nA written handover at 14:00 UTC named the open hypotheses.\n",
        "# Search was down\n\n**Duration:** 38 minutes\n",
    ],
    bad=[
        "# ⟦Search was down⟧\n\n**Duration:** 7 hours\n",
        "# Search was down\n\n**Duration:** 38 minutes\n\nAt 10:20 UTC Tomek ⟦took over as incident commander⟧.\n",
    ],
)
def missing_checkpoint(
    doc: Postmortem,
    *,
    hours: Annotated[int, "hours after which a response is longer than a shift"] = 4,
) -> Iterator[Problem]:
    """A response outlasted a shift, or changed its commander, with no checkpoint.

    What is only in the head of the one who leaves is lost at the handover: which hypotheses were ruled out, which
    change is half done. The next shift tries them again.
    """
    changed = _change_of_command(doc)
    length = _response_minutes(doc)
    # A latent fault of weeks had no responders for most of them.
    long = length is not None and hours * 60 + _GRACE < length <= _LONGEST
    if not (changed or long) or says(doc, _HANDED_ON):
        return
    if changed:
        yield Problem(changed, "the command changed hands with no checkpoint")
    elif length is not None:
        yield Problem(place(doc, SectionKind.RESPONSE), f"a response of {length_of(length)} with no checkpoint")


# What is over soon after the shift is, nobody hands on.
_GRACE = 30
# A silence after which nobody is known to have been at it.
_BREAK = 120
_LONGEST = 72 * 60


def _response_minutes(doc: Postmortem) -> float | None:
    """How long people were at it without a break: by the timeline, or as it is stated; the shorter where both are told.

    What went unnoticed for a night had nobody to hand it over, and neither had what waited for the next morning.
    """
    stated = doc.entry("time_to_resolve", "time_to_mitigate")
    known = [found.minutes for found in find_durations(stated.value)[:1]] if stated is not None else []
    stretch = _longest_stretch(doc)
    known += [stretch] if stretch is not None else []
    known += [doc.duration.value] if doc.duration is not None else []
    return min(known, default=None)


def _longest_stretch(doc: Postmortem) -> float | None:
    """Minutes of the longest run of entries, from detection to the end, with no long silence between them."""
    events = doc.timeline.events
    begun = next((event.at for event in events if _KNOWN & set(event.milestones) and event.at), None)
    over = [event.at for event in events if _OVER & set(event.milestones) and event.at]
    if begun is None or not over:
        return None
    end = begun.minutes_until(over[-1])
    if end is None or end <= 0:
        return None
    moments = (at for event in events for at in (event.at, event.until) if at is not None)
    offsets = sorted(
        minutes for at in moments if (minutes := begun.minutes_until(at)) is not None and 0 <= minutes <= end
    )
    longest = start = before = 0.0
    for minutes in offsets:
        start = minutes if minutes - before > _BREAK else start
        before = minutes
        longest = max(longest, minutes - start)
    return longest


_KNOWN = frozenset({Milestone.DETECTION, Milestone.RESPONSE})
_OVER = frozenset({Milestone.MITIGATION, Milestone.RESOLUTION})


def _change_of_command(doc: Postmortem) -> Span | None:
    for passage in doc.passages_like(_PATTERNS.expression("new_commander")):
        found = _PATTERNS.new_commander.search(passage.prose.voice)
        if found:
            return passage.prose.span(*found.span())
    return None
