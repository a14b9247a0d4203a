"""Timeline: the turning points that a reader looks for, from the first harm to the all-clear."""

from collections.abc import Iterator

from pmlint.document.model import Event, Milestone, Postmortem, SectionKind
from pmlint.document.patterns import Patterns
from pmlint.document.sentences import passages
from pmlint.rules.kinds import says
from pmlint.rules.place import place
from pmlint.rules.problem import Confidence, Level, Problem
from pmlint.rules.rule import rule
from pmlint.rules.timeline_told import opening, stamp, stamped, tells, time

# What an event marks is read from its words, for which these languages have lists.
_LANGUAGES = frozenset({"en", "ja", "zh"})

_NAMES = {
    Milestone.START: "the start",
    Milestone.DETECTION: "detection",
    Milestone.RESPONSE: "the first response",
    Milestone.MITIGATION: "mitigation",
    Milestone.RESOLUTION: "resolution",
}

_CLOCK = r"[^.;\n]{0,60}?(?<![\d.])(?:\d{1,2}[:.h]\d{2}|\d{1,2} ?[ap]\.?m)(?!\d)"
_PATTERNS = Patterns(
    start=rf"(?i)\b(?:began|begins|started|starts|onset|since|first (?:error|failure)s?|from)\b{_CLOCK}",
    detection=(
        rf"(?i)\b(?:detected|noticed|discovered|alerted|paged|notified|reported|spotted|alarms?|alerts?|"
        rf"aware)\b{_CLOCK}"
        r"|発見|検知|发现"
    ),
    mitigation=(
        rf"(?i)\b(?:mitigated|mitigation|contained|stabili[sz]ed|restored|recovered|rolled back|reverted|"
        rf"worked around|back "
        rf"(?:up|online|to normal))\b{_CLOCK}"
    ),
    resolution=(
        rf"(?i)\b(?:resolved|resolution|fixed|restored|recovered|closed|all[- ]clear|ended|over|back (?:up|"
        rf"online|to normal))\b"
        rf"{_CLOCK}"
    ),
    # What nobody would call unmarked, though no turning point is named: it was seen, something was done, all was well.
    seen=(
        r"(?i)\b(?:found|finds?|identif\w+|notic\w+|report\w*|alert\w*|alarm\w*|discover\w*|disclos\w+|aware|sees?|saw|observ\w+|"
        r"complain\w*|paged?|pager\w*|spott\w+|realiz\w+|realis\w+|detect\w*|asks?|asked|flag\w*|inform\w*|confirm\w*|"
        r"warn\w*|messages? (?:from|by)|tickets?)\b|報告|発見|検知|发现|告警"
    ),
    done=(
        r"(?i)\b(?:remov\w+|delet\w+|disabl\w+|revert\w*|roll\w* ?back|rollback|restart\w*|reboot\w*|fixed|fixes|hot-?fix\w*|"
        r"fix|patch\w*|upgrad\w+|downgrad\w+|scal(?:ed|es|ing)|increas(?:ed|es|ing)|rais(?:ed|es|ing) the|restor\w+|"
        r"recover\w*|recall\w*|releas\w+|deploy\w*|merg(?:ed|es|ing)|appl(?:ied|ies|y)|block\w*|banned|revok\w+|rotat\w+|"
        r"suppress\w+|back (?:up|online|to|in)|normal|working|operational|replac\w+|switch\w*|fail(?:ed)? ?over|redirect\w*|"
        r"paus(?:ed|es)|stopp(?:ed|ing)|stops|turned off|shut ?down|toggl\w+|isolat\w+|quarantin\w+|drain\w*|cordon\w*|"
        r"purg\w+|clear(?:ed|s)|killed|kills|recreat\w+|rebuil\w+|reset\w*|re-?enabl\w+|unblock\w*|workaround|mitigat\w+|"
        r"renew\w*|reissu\w+|resync\w*|reconnect\w*|brought|bring|rescu\w+|chang(?:ed|es|ing)|updat(?:ed|es|ing)|"
        r"scanned|resolved (?:by|with|after)|expanded|extended|moved|migrated)\b"
        r"|復旧|再起動|修正|切り戻し|再ビルド|停止|恢复|修复|回滚|重启"
    ),
    well=(
        r"(?i)\b(?:resolv\w+|restor\w+|recover\w*|fixed|complet\w+|verif\w+|all[- ]clear|finish\w*|no longer|closed?|closes|"
        r"back (?:up|online|to|in)|normal\w*|works?|working|operational|healthy|stable|stabili[sz]\w*|success\w*|"
        r"(?:comes|came|is|are) (?:back |all )?up|succeed\w*|released|deployed|ends?|ended|over|safe\w*|clean|available again|done)\b"
        r"|復旧|完了|解消|解決|恢复|完成|解决"
    ),
    vulnerability=r"(?i)\b(?:vulnerab\w*|disclos\w*|CVE-\d|bug bounty|exploit\w*)",
    # Where hardly anyone was affected there was hardly anyone to tell.
    nobody=r"(?i)^\W*(?:0|1|no|none|nobody|one|a single|single|internal)\b|なし|単一|\b1 ?(?:名|人|ユーザ)|operator のみ",
    # An incident that is not over has no end to mark.
    open_status=r"(?i)\b(?:ongoing|active|investigating|identified|mitigating|in progress|monitoring|unresolved|open)\b",
    still_open=(
        r"(?i)\b(?:not (?:yet )?(?:been )?(?:resolved|mitigated|fixed)|still (?:ongoing|unresolved|open|"
        r"being (?:fixed|investigated))|"
        r"(?:remains?|is) (?:unresolved|unfixed|ongoing)|(?:no|without a) (?:fix|mitigation) (?:yet|"
        r"is available|was (?:needed|"
        r"applied|necessary))|resolved (?:itself|on its own|by itself)|self-?(?:healed|recovered|resolved))\b"
    ),
)


def _marks(doc: Postmortem, milestone: Milestone) -> bool:
    return bool(doc.timeline.marking(milestone))


def _asks(doc: Postmortem) -> bool:
    """Whether the timeline can be asked for its turning points: one that only lists things of a day tells no course."""
    events = [event.at for event in doc.timeline.events if event.at]
    moments = {(at.day, at.clock, at.relative_minutes) for at in events}
    return tells(doc) and len(moments) > 1 and doc.language in _LANGUAGES


def _says(doc: Postmortem, name: str) -> bool:
    """Whether a sentence outside the timeline tells that turning point with its time."""
    pattern = getattr(_PATTERNS, name)
    for passage in passages(doc):
        if pattern.search(passage.prose.text):
            kinds = doc.kinds_at(passage.prose.span().start)
            if SectionKind.TIMELINE not in kinds and SectionKind.ACTION_ITEMS not in kinds:
                return True
    return False


def _later(doc: Postmortem, name: str) -> bool:
    """Whether some event says so in any words, less than a milestone but enough to keep silent.

    What was done and that it went well can only be told after somebody noticed: a release that stands before was no cure.
    """
    pattern = getattr(_PATTERNS, name)
    events = doc.timeline.events
    known = (i for i, event in enumerate(events) if Milestone.DETECTION in event.milestones)
    first = 0 if name == "seen" else next(known, 1)
    return any(pattern.search(event.text) for event in events[first:])


def _course(doc: Postmortem) -> str:
    """From where to where the timeline leads, in the words of its marked events."""
    events = [event for event in doc.timeline.events if stamped(event)]
    marked = [event for event in events if _NAMES.keys() & set(event.milestones)]
    first, last = (marked or events)[0], (marked or events)[-1]
    if first is last:
        first, last = events[0], events[-1]
    return f"the timeline goes from {_told(first)} to {_told(last, last=True)}"


def _told(event: Event, *, last: bool = False) -> str:
    known = [milestone for milestone in _NAMES if milestone in event.milestones]
    if known:
        return f"{_NAMES[known[-1] if last else known[0]]} ({time(event)})"
    return f'{time(event)} "{opening(event)}"' if event.text else time(event)


@rule(
    level=Level.WARNING,
    confidence=Confidence.MEDIUM,
    help="add when the first request failed or the bad change went live, from graphs or logs; \"unknown\" is "
    "an answer",
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
    ],
)
def missing_start(doc: Postmortem) -> Iterator[Problem]:
    """No event marks when the impact began, before anybody noticed.

    A timeline that opens with the alert counts the outage from when it was seen. The time before it is what better
    alerting can win back, and users had it too.
    """
    if not _asks(doc) or _marks(doc, Milestone.START) or not _marks(doc, Milestone.DETECTION):
        return
    stamps = [stamp(event) for event in doc.timeline.events]
    if doc.started_at and not any(span.meets(doc.started_at.span) for span in stamps):
        return
    if doc.entry("started_at", "time_to_detect") or _says(doc, "start"):
        return
    first = next(event for event in doc.timeline.events if stamped(event))
    if not {Milestone.DETECTION, Milestone.RESPONSE} & set(first.milestones):
        return  # something is told of the time before
    if any(_PATTERNS.vulnerability.search(event.text) for event in doc.timeline.events):
        return  # a flaw that was found had no impact to begin
    yield Problem(
        place(doc, SectionKind.TIMELINE),
        f"no event says when the impact began; the timeline opens with {_told(first)}",
    )


@rule(
    level=Level.ERROR,
    confidence=Confidence.MEDIUM,
    help='add who or what noticed and when: "10:10 UTC: alert index-age fires", "10:12 UTC: first user report"',
    sources=("Site Reliability Engineering, appendix D: Example Postmortem", "Atlassian, Incident Management Handbook"),
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
    ],
)
def missing_detection(doc: Postmortem) -> Iterator[Problem]:
    """No event marks how and when the incident was detected.

    Detection parts the time that alerting must shorten from the time that tools must shorten. Without it the duration
    is one number that nobody can improve.
    """
    if not _asks(doc) or _marks(doc, Milestone.DETECTION):
        return
    if doc.entry("detected_at", "time_to_detect") or doc.find(SectionKind.DETECTION) or _says(doc, "detection"):
        return
    if _later(doc, "seen"):
        return
    yield Problem(
        place(doc, SectionKind.TIMELINE), f"no event says who or what noticed the trouble; {_course(doc)}"
    )


@rule(
    level=Level.ERROR,
    confidence=Confidence.MEDIUM,
    help='add the step that stopped the harm, apart from the repair: "10:31 UTC: traffic moved to the replica, errors gone"',
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
    ],
)
def missing_mitigation(doc: Postmortem) -> Iterator[Problem]:
    """No event marks what stopped the harm.

    Users stop hurting at the mitigation, not at the repair. Which step worked, and how long it took to think of it, is
    what the next responder wants to know first.
    """
    if not _asks(doc) or _marks(doc, Milestone.MITIGATION) or _is_open(doc):
        return
    if doc.entry("mitigated_at", "time_to_mitigate") or _says(doc, "mitigation"):
        return
    if _later(doc, "done"):
        return
    yield Problem(place(doc, SectionKind.TIMELINE), f"no event says when the bleeding stopped; {_course(doc)}")


@rule(
    level=Level.ERROR,
    confidence=Confidence.MEDIUM,
    help='add when all was well again and how that was seen: "11:10 UTC: error rate back at 0.1 %, incident closed"',
    sources=("Site Reliability Engineering, appendix D: Example Postmortem", "Atlassian, Incident Management Handbook"),
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
    ],
)
def missing_resolution(doc: Postmortem) -> Iterator[Problem]:
    """No event marks the end of the incident.

    Without an all-clear nobody knows from when on the numbers are clean, whether somebody still holds a workaround in
    place, or whether the mitigation was ever taken back.
    """
    if not _asks(doc) or _marks(doc, Milestone.RESOLUTION) or doc.ended_at or _is_open(doc):
        return
    if doc.entry("ended_at", "time_to_resolve") or _says(doc, "resolution"):
        return
    if doc.duration is not None and (doc.started_at or _marks(doc, Milestone.START)):
        return  # the end follows from the two
    if _later(doc, "well"):
        return
    last = [event for event in doc.timeline.events if stamped(event)][-1]
    yield Problem(
        place(doc, SectionKind.TIMELINE),
        f'no event says that it was over; the last one is {time(last)} "{opening(last)}"',
    )


def _is_open(doc: Postmortem) -> bool:
    status = doc.status.value if doc.status else ""
    if _PATTERNS.open_status.search(status):
        return True
    return any(_PATTERNS.still_open.search(passage.prose.text) for passage in passages(doc))


_OUTSIDE = (
    "(user*|customer*|client*|students|tenants|merchants|partners|members|public|community|stakeholders|management|support|"
    "everyone|everybody|people|team|teams|instructors|press|staff)"
)
_NOTICE = (
    "(announcement|announcements|notice|advisory|statement|update|updates|e-mail|email|mail|message|banner|tweet|post|blog)"
)
_TOLD_SOMEONE = (
    "status-page*",
    "statuspage*",
    f"(informed|notified|told|updated|emailed|e-mailed|contacted|messaged|warned|announced|tweeted|broadcast) … {_OUTSIDE}",
    f"{_OUTSIDE} … (informed|notified|told|updated|emailed|e-mailed|contacted|messaged|warned|alerted|advised)",
    f"{_NOTICE} … (posted|sent|published|released|shown|issued|put up)",
    f"(posted|sent|published|released|issued|sending|posting) … {_NOTICE}",
    "(no|not|nobody|without|none) … (communication|communicated|notified|informed|told|announcement|announced)",
    "(no|zero) (customer|user|external|public)-(facing )?(impact|effect|communication)*",
    "internal only",
    "(posted|announced|wrote) (in|on|to) (slack|twitter|discord|the forum|the channel|#*)",
    "(slack|discord|twitter|mastodon|telegram|forum|mailing list)",
    "communicat*",
    "(publicly disclosed|public disclosure)",
    "(顧客|通知|告知|公告|掲載)*",
)


@rule(
    level=Level.WARNING,
    confidence=Confidence.MEDIUM,
    help='add when users, support and stakeholders were told, or that nobody had to be: "10:20 UTC: status page updated"',
    sources=("Atlassian, Incident Management Handbook: Incident communications", "PagerDuty, Postmortem template"),
    good=[
        """
        # Search was down

        ## Timeline

        - 10:02 UTC: first searches fail
        - 10:20 UTC: status page updated
        - 10:40 UTC: snapshot restored, incident resolved
        """,
        """
        # Nightly report was late

        Nobody outside the team was told: the report is internal only.

        ## Timeline

        - 02:02 UTC: report job fails
        - 07:20 UTC: alert fires
        - 07:40 UTC: job restarted, report delivered
        """,
    ],
    bad=[
        """
        # Search was down

        ## ⟦Timeline⟧

        - 10:02 UTC: first searches fail
        - 10:12 UTC: alert fires
        - 10:40 UTC: snapshot restored, incident resolved
        """,
    ],
)
def missing_communication(doc: Postmortem) -> Iterator[Problem]:
    """No event marks that anybody outside the response was told.

    To those who wait, the outage lasts until they hear of it. A page that never mentions them leaves open whether they
    heard from you or from each other.
    """
    if not _asks(doc) or _marks(doc, Milestone.COMMUNICATION):
        return
    affected = doc.entry("users_affected")
    if affected is not None and _PATTERNS.nobody.search(affected.value):
        return
    if doc.entry("status_page", "cadence", "next_update") or doc.find(SectionKind.COMMUNICATION):
        return
    if says(doc, _TOLD_SOMEONE):
        return
    yield Problem(
        place(doc, SectionKind.TIMELINE), f"no event says that users or stakeholders were told; {_course(doc)}"
    )


_DECIDED = (
    "(decide|decided|decides|deciding|decision|decisions|chose|chosen|choose|opted|opts)",
    "(agreed|agree|agreeing|consensus|voted|approved|approval|approves) (to|that|on|the|by)*",
    "(concluded|determined|elected|resolved|preferred) (that|to|we)",
    "(go|no-go) (for|ahead|decision)",
    "(instead of|rather than|in favour of|in favor of) (a |the )?(roll*|restor*|wait*|restart*|revert*|fix*|failing)*",
    "(判断|決定|決断|决定)*",
)


@rule(
    level=Level.INFO,
    confidence=Confidence.MEDIUM,
    help='add the choice and its reason: "10:25 UTC: decided to restore instead of rebuilding, which takes two hours"',
    sources=("Howie: The Post-Incident Guide", "Etsy, Debriefing Facilitation Guide"),
    good=[
        """
        # Search was down

        ## Timeline

        - 10:02 UTC: first searches fail
        - 10:25 UTC: decided to restore the snapshot, a rebuild takes two hours
        - 10:40 UTC: snapshot restored, incident resolved
        """,
    ],
    bad=[
        """
        # Search was down

        ## ⟦Timeline⟧

        - 10:02 UTC: first searches fail
        - 10:12 UTC: alert fires
        - 10:40 UTC: snapshot restored, incident resolved
        """,
    ],
)
def missing_decision(doc: Postmortem) -> Iterator[Problem]:
    """No event tells a decision of the response.

    What was done is in the logs; why that and not something else is only in heads. The choice between waiting, rolling
    back and failing over is where the next incident can be shorter.
    """
    if not _asks(doc) or _marks(doc, Milestone.DECISION) or says(doc, _DECIDED):
        return
    yield Problem(place(doc, SectionKind.TIMELINE), "no event tells what was decided, and why")
