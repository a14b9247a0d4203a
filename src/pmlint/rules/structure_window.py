"""Structure: when the incident began and ended, or how long it lasted, in whatever form it is told."""

from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from pmlint.document.clocks import find_clocks
from pmlint.document.dates import find_dates
from pmlint.document.durations import find_durations
from pmlint.document.model import Milestone, Postmortem, SectionKind
from pmlint.document.patterns import Patterns
from pmlint.document.sentences import passages, sentences
from pmlint.document.window import stated_durations
from pmlint.rules.place import place
from pmlint.rules.problem import Level, Problem
from pmlint.rules.rule import rule

_PATTERNS = Patterns(
    no_window=(
        r"(?i)\b(?:no (?:downtime|outage|interruption|service interruption|customer impact|user impact)|"
        r"near[- ]miss|(?:duration|start(?: time)?|end(?: time)?|window) (?:is |are |was |were )?(?:unknown|"
        r"not known|unclear|undetermined|not applicable)|still (?:ongoing|unresolved))\b"
    ),
    # A length that is told, if only roughly; what it leaves open is asked for by vague-quantity.
    roughly=(
        r"(?i)\b(?:for|within|after|over|lasted|took|in)\s(?:about |around |only |just )?(?:a few|a couple of|several|"
        r"some|multiple|many|various) (?:minutes|hours|days|weeks|months)\b"
    ),
    # "09/21/2022 - 11/03/2022", from one day to another, whichever of the two numbers is the month
    days=(
        r"\b\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\s*(?:-|–|—|to|until)\s*\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\b"
        r"|\b\d{1,2}[-/.]\d{1,2}[-/.]\d{4}\s*(?:-|–|—|to|until)\s*\d{1,2}[-/.]\d{1,2}[-/.]\d{4}\b"
    ),
    # What began it or was first seen of it, and what ended it, each beside a day or a time.
    onset=(
        r"(?i)\b(?:beg[au]n|started|starting|since|introduced|deployed|released|launched|live|noticed|detected|discovered|"
        r"reported|notified|identified|occurred|happened|stole|stolen|attack\w*|exploit\w*|leaked|exposed|down|outage|"
        r"fail\w*|first)\b"
    ),
    over=(
        r"(?i)\b(?:fix\w*|patch\w*|resolved|restored|recovered|mitigated|revoked|revert\w*|rolled back|removed|"
        r"disabled|ended|stopped|closed|back (?:up|online|to normal)|all[- ]clear|completed|corrected)\b"
    ),
)


@rule(
    level=Level.ERROR,
    help='state start and end with timezone, or how long it lasted: "10:02 – 10:40 UTC (38 min)"',
    sources=("Site Reliability Engineering, appendix D: Example Postmortem",),
    good=[
        "# Search was down\n\n## Summary\n\nSearch was down for 38 minutes.\n",
        """
        # Search was down

        ## Timeline

        - 10:02 UTC: the new index goes live, searches start to fail
        - 10:10 UTC: alert fires
        - 10:40 UTC: snapshot restored, the incident is resolved
        """,
        """
        # Search was open to everyone

        ## What happened

        The endpoint was deployed without a check of roles on 3 February 2026. A patch was deployed on 10 February.
        """,
        """
        # 搜索服务中断

        **日期**：2026-02-03

        **影响**：全部用户的搜索请求中断约 3 小时。

        ## 根因

        重建任务删除了正在使用的索引。
        """,
    ],
    bad=[
        """
        # ⟦Search was down⟧

        ## Summary

        Search was down after an index was deleted. It was restored from a snapshot.
        """,
        """
        # ⟦Search was open to everyone⟧

        **Date:** 2026-02-03

        ## What happened

        The endpoint was deployed without a check of roles on 3 February 2026. A patch closed it.

        ## Next steps

        - Check roles in CI (by 10 February)
        """,
    ],
)
def missing_incident_window(doc: Postmortem) -> Iterator[Problem]:
    """Neither start and end nor a duration is given anywhere.

    How long it lasted is half of the impact, and the only half that every incident has. Without it nothing can be
    said about detection, response or a broken promise to customers.
    """
    if doc.durations or doc.duration or (doc.started_at and doc.ended_at) or doc.entry("duration"):
        return
    began = doc.started_at or _timed(doc, Milestone.START, Milestone.DETECTION)
    ended = doc.ended_at or _timed(doc, Milestone.RESOLUTION, Milestone.MITIGATION)
    # Where a timeline is told, which of its events began and ended it is for the rules about its turning points to ask.
    if sum(event.at is not None for event in doc.timeline.events) >= (2 if began or ended else 3):
        return
    if doc.title is not None and find_durations(doc.source[doc.title.span]):
        return
    told = _told_window(doc)
    began, ended = began or told.began, ended or told.ended
    if told.length or (began and ended):
        return
    lacking = (
        "when it ended" if began else "when it began" if ended else "when it began and ended, or how long it lasted"
    )
    yield Problem(place(doc, SectionKind.METADATA), f"nothing says {lacking}")


class _Told(NamedTuple):
    """What running text says of the window."""

    length: bool
    began: bool
    ended: bool


def _told_window(doc: Postmortem) -> _Told:
    """Whether a length is told, and whether days or times stand beside what began it and what ended it."""
    began = any(entry.name == "date" and find_clocks(entry.value) for entry in doc.metadata)
    ended = False
    fields = sorted(entry.span.start for entry in doc.metadata)
    for passage in passages(doc):
        text, span = passage.prose.voice, passage.prose.span()
        if doc.kinds_at(span.start) & _PLANNED:
            continue
        if passage.part == "headings" and len(_PATTERNS.days.findall(text)) == 1:
            return _Told(True, began, ended)
        if _PATTERNS.no_window.search(text) or next(stated_durations(passage.prose), None) is not None:
            return _Told(True, began, ended)
        among_fields = bisect_left(fields, span.end) > bisect_left(fields, span.start)
        # The words that tie a length to the trouble are English; of other languages its place decides.
        counts = doc.language != "en" and (among_fields or doc.kinds_at(span.start) & _TOLD_IN)
        if counts and any(found.context == "plain" for found in find_durations(text)):
            return _Told(True, began, ended)
        if among_fields:
            continue  # `Date: …` and `Status: resolved` beside it tell no end
        for start, end in sentences(text):
            sentence = text[start:end]
            onset, over = _PATTERNS.onset.search(sentence), _PATTERNS.over.search(sentence)
            if (onset or over) and _PATTERNS.roughly.search(sentence):
                return _Told(True, began, ended)
            if (onset or over) and (find_clocks(sentence) or any(day.day_known for day in find_dates(sentence))):
                began, ended = began or not over, ended or over is not None
    return _Told(False, began, ended)


_TOLD_IN = frozenset({SectionKind.SUMMARY, SectionKind.IMPACT})
# What is said there is of work to come.
_PLANNED = frozenset({SectionKind.ACTION_ITEMS, SectionKind.PREVENTION, SectionKind.FOLLOW_UP, SectionKind.RELATED})


def _timed(doc: Postmortem, *milestones: Milestone) -> bool:
    return any(event.at for milestone in milestones for event in doc.timeline.marking(milestone))
