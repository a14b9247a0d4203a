"""Timeline: its turning points, whether marked, told elsewhere with their time, or only hinted at."""

from pmlint.document.model import Event, Milestone, Postmortem, SectionKind
from pmlint.document.once import once
from pmlint.document.patterns import Patterns
from pmlint.document.words import UNSPACED
from pmlint.rules.timeline_told import opening, stamped, tells, time

# What an event marks is read from its words, for which these languages have lists.
_LANGUAGES = frozenset({"en", "ja", "zh"})

_NAMES = {
    Milestone.START: "the start",
    Milestone.DETECTION: "detection",
    Milestone.RESPONSE: "the first response",
    Milestone.MITIGATION: "mitigation",
    Milestone.RESOLUTION: "resolution",
}

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_TIME = (
    r"(?:(?<![\d.])(?:\d{1,2}[:.h]\d{2}|\d{1,2} ?[ap]\.?m)(?!\d)|\b(?:19|20)\d\d-\d\d-\d\d\b|"
    rf"\b{_MONTH} \d{{1,2}}(?!\d)|\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}(?![a-z]))"
)


# Within a sentence, whose stops are none where a number goes on.
_BETWEEN = r"(?:[^.;\n]|\.(?=\d)){0,100}?"


def _when(verbs: str) -> str:
    """One of `verbs` with a time or a day in the same sentence, after it or before it."""
    return rf"(?i)\b(?:{verbs})\b{_BETWEEN}{_TIME}|{_TIME}{_BETWEEN}\b(?:{verbs})\b"


_NOT = r"(?i)(?<!not )(?<!n't )(?<!never )"
_PATTERNS = Patterns(
    time=rf"(?i){_TIME}",
    # what any text with a time holds, and few others
    time_sign=r"\d(?:[:.hH]\d| ?[aApP]\.?[mM]|\d-\d)",
    month_sign=r"(?i)\b(?:jan|feb|mar|apr|may|ju[nl]|aug|sep|oct|nov|dec)",
    start=_when(r"began|begins|started|starts|onset|happened|occurred|first (?:error|failure)s?|introduced")
    + rf"|\b(?:since|from|between) (?:about |around |approximately )?(?:[a-z]+ ){{0,3}}{_TIME}",
    detection=_when(
        r"detected|noticed|discovered|alerted|paged|notified|reported|spotted|alarms?|alerts?|aware|identified|"
        r"disclosed|encountered"
    )
    + "|発見|検知|发现",
    mitigation=_when(
        r"mitigated|mitigation|contained|stabili[sz]ed|restored|recovered|rolled back|roll-?back|reverted|patched|"
        r"(?:patch|fix|hotfix) (?:was )?(?:deployed|released|applied)|worked around|revoked|"
        r"back (?:up|online|to normal)"
    ),
    resolution=_when(
        r"resolved|resolution|fixed|restored|recovered|closed|all[- ]clear|ended|over|back (?:up|online|to normal)"
    ),
    # What nobody would call unmarked, though no turning point is named: it was seen, something was done, all was well.
    seen=(
        r"(?i)\b(?:found|finds?|identif\w+|notic\w+|report\w*|alert\w*|alarm\w*|discover\w*|disclos\w+|aware|"
        r"sees?|saw|observ\w+|"
        r"complain\w*|paged?|pager\w*|spott\w+|realiz\w+|realis\w+|detect\w*|asks?|asked|flag\w*|inform\w*|"
        r"notif(?:y|ies|ied)|confirm\w*|"
        r"warn\w*|messages?|tickets?|writes?|wrote|tells?|told)\b|報告|発見|検知|发现|告警"
    ),
    done=(
        _NOT + r"\b(?:remov\w+|delet\w+|disabl\w+|revert\w*|roll\w* ?back|rollback|restart\w*|reboot\w*|fixed|"
        r"fixes|hot-?fix\w*|"
        r"fix|patch\w*|upgrad\w+|downgrad\w+|scal(?:ed|es|ing)|increas(?:ed|es|ing)|rais(?:ed|es|ing) the|restor\w+|"
        r"recover\w*|recall\w*|releas\w+|deploy\w*|merg(?:ed|es|ing)|appl(?:ied|ies|y)|block\w*|banned|"
        r"revok\w+|rotat\w+|"
        r"suppress\w+|back (?:up|online|to|in)|normal|working|operational|replac\w+|switch\w*|"
        r"fail(?:ed)? ?over|redirect\w*|"
        r"paus(?:ed|es)|stopp(?:ed|ing)|stops|turned off|shut ?down|toggl\w+|isolat\w+|quarantin\w+|drain\w*|"
        r"cordon\w*|"
        r"purg\w+|clear(?:ed|s)|killed|kills|recreat\w+|rebuil\w+|reset\w*|re-?enabl\w+|unblock\w*|workaround|"
        r"mitigat\w+|"
        r"renew\w*|reissu\w+|resync\w*|reconnect\w*|brought|bring|rescu\w+|chang(?:ed|es|ing)|updat(?:ed|es|ing)|"
        r"scanned|resolved (?:by|with|after)|expanded|extended|moved|migrated)\b"
        r"|復旧|再起動|修正|切り戻し|再ビルド|停止|恢复|修复|回滚|重启"
    ),
    well=(
        _NOT + r"\b(?:resolv\w+|restor\w+|recover\w*|fixed|complet\w+|verif\w+|all[- ]clear|finish\w*|no longer|"
        r"closed?|closes|"
        r"back (?:up|online|to|in)|normal\w*|works?|working|operational|healthy|stable|stabili[sz]\w*|success\w*|"
        r"(?:comes|came|is|are) (?:back |all )?up|succeed\w*|released|deployed|ends?|ended|over|safe\w*|clean|"
        r"available again|done)\b"
        r"|復旧|完了|解消|解決|恢复|完成|解决"
    ),
    # What was put before users, and is no cure: where somebody had seen the fault before that, it began there.
    live=(
        r"(?i)^(?![^.\n]*\b(?:fix|fixes|fixed|patch)\b)[^.\n]*\b(?:version|release|build|\d+\.\d+\.\d+)\b[^\n]{0,40}"
        r"\b(?:released|went live|goes live|shipped|published|rolled out)\b"
    ),
    false_alarm=r"(?i)\b(?:suspected|false (?:alarm|positive))\b",
    vulnerability=r"(?i)\b(?:vulnerab\w*|disclos\w*|CVE-\d|bug bounty|exploit\w*)",
    # An incident that is not over has no end to mark.
    open_status=(
        r"(?i)\b(?:ongoing|active|investigating|identified|mitigating|in progress|monitoring|unresolved|open)\b"
    ),
    still_open=(
        r"(?i)\b(?:not (?:yet )?(?:been )?(?:resolved|mitigated|fixed)|still (?:ongoing|unresolved|open|"
        r"being (?:fixed|investigated))|"
        r"(?:remains?|is) (?:unresolved|unfixed|ongoing)|(?:no|without a) (?:fix|mitigation) (?:yet|"
        r"is available|was (?:needed|"
        r"applied|necessary))|resolved (?:itself|on its own|by itself)|self-?(?:healed|recovered|resolved))\b"
    ),
)


def marks(doc: Postmortem, milestone: Milestone) -> bool:
    return bool(doc.timeline.marking(milestone))


def asks(doc: Postmortem) -> bool:
    """Whether the timeline can be asked for its turning points; a mere list of one day's things tells no course."""
    events = [event.at for event in doc.timeline.events if event.at]
    moments = {(at.day, at.clock, at.relative_minutes) for at in events}
    return tells(doc) and len(moments) > 1 and doc.language in _LANGUAGES


def says_when(doc: Postmortem, name: str) -> bool:
    """Whether a sentence outside the timeline tells that turning point with its time."""
    return any(getattr(_PATTERNS, name).search(text) for text in _timed(doc))


@once
def _timed(doc: Postmortem) -> tuple[str, ...]:
    """The texts outside the timeline that hold a time, or speak a language whose words stand for themselves."""
    others = (each.prose for each in doc.passages if not each.kinds & {SectionKind.TIMELINE, SectionKind.ACTION_ITEMS})
    return tuple(prose.text for prose in others if UNSPACED.search(prose.text) or _has_time(prose.text))


def _has_time(text: str) -> bool:
    likely = _PATTERNS.time_sign.search(text) or _PATTERNS.month_sign.search(text)
    return likely is not None and _PATTERNS.time.search(text) is not None


def hints(doc: Postmortem, name: str) -> bool:
    """Whether some event says so in any words, less than a milestone but enough to keep silent.

    What was done and that it went well is told after somebody noticed: a release that stands before was no cure.
    """
    pattern = getattr(_PATTERNS, name)
    events = doc.timeline.events
    known = (i for i, event in enumerate(events) if Milestone.DETECTION in event.milestones)
    first = next(known, 1) if name in ("done", "well") else 0
    return any(pattern.search(event.text) for event in events[first:])


def course(doc: Postmortem) -> str:
    """From where to where the timeline leads, in the words of its marked events."""
    events = [event for event in doc.timeline.events if stamped(event)]
    marked = [event for event in events if _NAMES.keys() & set(event.milestones)]
    # in the order of the incident, which a status page tells backwards
    first, last = min(marked or events, key=_first_named), sorted(marked or events, key=_last_named)[-1]
    if first is last:
        first, last = events[0], events[-1]
    return f"the timeline goes from {named(first)} to {named(last, last=True)}"


def _first_named(event: Event) -> int:
    return min((at for at, name in enumerate(_NAMES) if name in event.milestones), default=0)


def _last_named(event: Event) -> int:
    return max((at for at, name in enumerate(_NAMES) if name in event.milestones), default=0)


def named(event: Event, *, last: bool = False) -> str:
    known = [milestone for milestone in _NAMES if milestone in event.milestones]
    if known:
        return f"{_NAMES[known[-1] if last else known[0]]} ({time(event)})"
    return f'{time(event)} "{opening(event)}"' if event.text else time(event)


def is_open(doc: Postmortem) -> bool:
    status = doc.status.value if doc.status else ""
    if _PATTERNS.open_status.search(status):
        return True
    likely = doc.passages_like(_PATTERNS.expression("still_open"))
    return any(_PATTERNS.still_open.search(passage.prose.text) for passage in likely)


def is_false_alarm(doc: Postmortem) -> bool:
    """Whether its title says that nothing may have happened at all."""
    return doc.title is not None and _PATTERNS.false_alarm.search(doc.title.value) is not None
