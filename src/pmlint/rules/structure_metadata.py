"""Structure: what the head of a postmortem states, and whether its statements agree."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import Annotated

from pmlint.document.dates import find_dates
from pmlint.document.model import Milestone, Postmortem, SectionKind
from pmlint.document.patterns import Patterns
from pmlint.document.sentences import passages, sentence_around
from pmlint.document.values import Fact, Moment
from pmlint.document.words import fold, words
from pmlint.rules.problem import Confidence, Level, Problem, Related
from pmlint.rules.respelling import respelled
from pmlint.rules.rule import RECORDS, rule
from pmlint.rules.scales import Grade, grade, is_severe, on_a_scale
from pmlint.source import Span


def _day(fact: Fact[Moment] | None) -> date | None:
    return fact.value.day if fact else None


@rule(
    level=Level.WARNING,
    kinds=RECORDS,
    help="use a grade of the scale: P0 to P4, SEV0 to SEV5, S1 to S4, or critical, high, medium, low",
    sources=("PagerDuty Incident Response, Severity Levels",),
    good=["# Search was down\n\n**Severity:** SEV-2 (degraded)\n", "# Search was down\n\nSeverity: major outage\n"],
    bad=[
        "# Search was down\n\n**Severity:** ⟦pretty bad⟧\n",
        "---\nseverity: ⟦purple⟧\n---\n\n# Search was down\n",
    ],
)
def unknown_severity(
    doc: Postmortem,
    *,
    severity_scale: Annotated[tuple[str, ...], "the grades of the house; the usual ones where empty"] = (),
) -> Iterator[Problem]:
    """The severity is on no known scale.

    Severity decides how deep the review goes and how soon actions are due. A grade that nobody else uses decides
    nothing, and drops out of every count.
    """
    fact = doc.severity
    if fact and not on_a_scale(fact.value, severity_scale):
        known = ", ".join(severity_scale) if severity_scale else "P0–P4, SEV0–SEV5, S1–S4, critical … low"
        yield Problem(fact.span, f'"{fact.value}" is on no known scale ({known})')


_PATTERNS = Patterns(
    regraded=(
        r"(?i)\b(?:upgraded|downgraded|escalat\w+|raised|lowered|reclassif\w+|re-?graded|bumped|initial\w*|"
        r"originally|at first|promoted|demoted|changed to|was (?:later )?set to)\b"
    ),
    ongoing=(
        r"(?i)\b(?:active|on-?going|investigating|mitigating|unresolved|"
        r"not (?:yet )?resolved|in flight)\b"
    ),
    still=(
        r"(?i)\b(?:the )?(?:incident|outage|impact|issue|investigation) (?:is|"
        r"remains) (?:still )?(?:ongoing|active|open|unresolved|being (?:mitigated|investigated))\b|\b(?:is|"
        r"are) still (?:down|failing|affected|degraded|unavailable)\b"
    ),
    tentative=(
        r"(?i)\b(?:suspect\w*|hypothes\w+|candidate\w*|possibl[ey]|probabl[ey]|likely|may|might|could|"
        r"believe\w*|think|assum\w+|unclear|unknown|not (?:yet )?(?:known|clear|confirmed|identified|"
        r"determined)|under investigation|investigating|tb[dc]|to be (?:determined|confirmed|verified)|"
        r"preliminary|tentative\w*|working theory|pending|appears?|seems?)\b|\?"
    ),
)


@rule(
    level=Level.WARNING,
    help="state one severity, and tell a change of grade with its time in the timeline",
    good=[
        "# Search was down\n\n**Severity:** P1 (critical)\n\n## Timeline\n\n- 10:20 UTC: raised from P2 to P1\n",
        "# Search was down\n\n**Severity:** SEV2\n\n**Priority of the fix:** P1\n",
    ],
    bad=[
        "---\nseverity: SEV2\n---\n\n# Search was down\n\n**Severity:** ⟦SEV1⟧\n",
        "# SEV3: search was down\n\n| Date | Severity |\n|---|---|\n| 2026-02-04 | ⟦SEV2⟧ |\n",
    ],
)
def inconsistent_severity(doc: Postmortem) -> Iterator[Problem]:
    """Two different severities are stated.

    One of the two is wrong, and everything that follows from the grade follows from whichever was read first.
    """
    first: dict[str, tuple[Fact[str], Grade]] = {}
    for fact in sorted(doc.severities, key=lambda fact: fact.span):
        found = grade(fact.value)
        if found is None or _told_as_change(doc, fact):
            continue
        other, place_of_other = first.setdefault(found.scale, (fact, found))
        if place_of_other.rank != found.rank:
            yield Problem(
                fact.span,
                f'severity "{fact.text}" here, "{other.text}" on line {doc.line(other.span)}',
                related=(Related(other.span, f'"{other.text}" here'),),
            )
            return


def _told_as_change(doc: Postmortem, fact: Fact[str]) -> bool:
    if SectionKind.TIMELINE in doc.kinds_at(fact.span.start):
        return True
    line = doc.source[doc.source.line(doc.line(fact.span))]
    return _PATTERNS.regraded.search(line) is not None


@cache
def _statuses() -> frozenset[str]:
    return frozenset(
        fold(word) for table in ("document", "incident") for says in words("statuses")[table].values() for word in says
    )


@cache
def _status_words() -> re.Pattern[str]:
    """Any word for how far a document or its incident is, or a sign in its place."""
    longest_first = sorted(_statuses(), key=lambda word: (-len(word), word))
    return re.compile("|".join(rf"(?<![a-z]){re.escape(word)}(?![a-z])" for word in longest_first))


@rule(
    level=Level.WARNING,
    help="use draft, review, published or final",
    good=[
        "# Search was down\n\n**Status:** final, action items in progress\n",
        "# Search was down\n\nStatus: In review\n",
    ],
    bad=[
        "# Search was down\n\n**Status:** ⟦mostly harmless⟧\n",
        "# Search was down\n\n| Field | Value |\n|---|---|\n| Date | 2026-02-04 |\n| Status | ⟦green-ish⟧ |\n",
        ("# Search was down\n\n**Status:** ⟦Publihsed⟧\n", "# Search was down\n\n**Status:** Published\n"),
    ],
)
def unknown_status(
    doc: Postmortem,
    *,
    statuses: Annotated[tuple[str, ...], "further statuses of the house"] = (),
) -> Iterator[Problem]:
    """The document's status is no known one.

    The status tells a reader whether to rely on the page. A word of one's own leaves that open.
    """
    fact = doc.status
    if fact is None or len(fact.value.split()) > _FEW or _status_words().search(fold(fact.value)):
        return
    if not any(status.casefold() in fact.value.casefold() for status in statuses):
        known = ", ".join(("draft", "review", "published", "final", *statuses))
        meant = respelled(doc, fact.span, fact.value, (*_statuses(), *map(fold, statuses)))
        yield Problem(fact.span, f'"{_short(fact.value)}" is no known status ({known})', fix=meant)


def _short(text: str, length: int = 60) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


@rule(
    level=Level.ERROR,
    kinds=RECORDS,
    help='word causes as hypotheses until impact has ended: "suspected: …, to be confirmed by …"',
    sources=("Google, Incident management guide: mitigate before explaining",),
    good=[
        """
        # Search is down

        **Status:** Mitigating

        ## Root cause

        Suspected: the index rebuild deleted the live index; to be confirmed from the audit log.
        """,
        """
        # Search was down

        **Status:** Resolved

        ## Root cause

        The index rebuild deleted the live index.
        """,
    ],
    bad=[
        """
        # Search is down

        **Status:** Mitigating

        ## Root cause

        ⟦The index rebuild deleted the live index.⟧
        """,
        """
        # Search is down

        ## Summary

        Results are missing for all users, and the incident is still ongoing.

        ## Cause

        ⟦A rebuild deleted the live index.⟧
        """,
    ],
)
def conclusion_while_ongoing(doc: Postmortem) -> Iterator[Problem]:
    """The incident is not over, yet a cause is stated as settled.

    A cause that is written down while users still suffer steers the mitigation, and is hard to take back. Most first
    causes turn out to be symptoms.
    """
    state = _ongoing(doc)
    cause = doc.root_cause
    if state is None or cause is None:
        return
    sentence = sentence_around(cause.text, 0, min(len(cause.text), 1))
    if not _PATTERNS.tentative.search(cause.text[: max(sentence.end, 200)]):
        yield Problem(
            cause.span,
            f'the cause is stated as settled while the incident is "{doc.source[state].strip()}"',
            related=(Related(state, "not over yet"),),
        )


def _ongoing(doc: Postmortem) -> Span | None:
    fact = doc.status
    if fact and len(fact.value.split()) <= _FEW and _PATTERNS.ongoing.match(fact.value):
        return fact.span
    if doc.ended_at or doc.timeline.marking(Milestone.RESOLUTION):
        return None
    for passage in doc.passages_like(_PATTERNS.expression("still")):
        found = _PATTERNS.still.search(passage.prose.voice)
        if found:
            return passage.prose.span(*found.span())
    return None


_FEW = 5
"""Words in a state; more are a sentence about it."""


@rule(
    level=Level.WARNING,
    confidence=Confidence.MEDIUM,
    help="tell a severe incident in full, or say why so little is needed",
    sources=("Atlassian, Incident Management Handbook: Postmortems",),
    good=[
        "# Tooltip was cut off\n\n**Severity:** SEV4\n\nA tooltip was cut off for 20 minutes. It was rolled back.\n",
        "# Payments failed\n\n**Severity:** not rated\n\nAll payments failed for 20 minutes. It was rolled back.\n",
    ],
    bad=[
        "---\nseverity: ⟦critical⟧\nprofile: lightweight\n---\n\n# Payments failed\n\nAll payments failed.\n",
        "# Payments failed\n\n**Severity:** ⟦SEV1⟧\n\nAll payments failed for 20 minutes. The release was "
        "rolled back.\n",
    ],
)
def depth_below_severity(
    doc: Postmortem,
    *,
    fewest_words: Annotated[int, "words below which a document is a lightweight one"] = 150,
) -> Iterator[Problem]:
    """A severe incident is told in a lightweight document.

    Depth follows severity: a small incident deserves a short note, and a severe one that gets no more teaches its
    authors and nobody else.
    """
    fact = doc.severity
    if fact is None or not is_severe(doc):
        return
    if doc.language != "en":
        return  # words are not counted alike in every script
    profile = doc.entry("profile")
    length = sum(len(passage.prose.text.split()) for passage in passages(doc))
    if profile and "light" in profile.value.lower():
        yield Problem(fact.span, f'"{fact.value}" in a lightweight document')
    elif length < fewest_words:
        # A handful of words more would not make it another document.
        near = length * 10 > fewest_words * 9
        yield Problem(fact.span, f'"{fact.value}", told in {length} words', confidence=Confidence.LOW if near else None)


@rule(
    level=Level.INFO,
    help="draft within two days while memories are fresh, publish within a week",
    sources=("Google, Postmortem best practices", "PagerDuty, Postmortem process"),
    good=[
        "# Search was down\n\n**Incident date:** 2026-02-04\n\n**Published:** 2026-02-09\n",
        "# Search was down\n\n**Start:** 2026-02-04\n\n**End:** 2026-02-18\n\n**Published:** 2026-02-20\n",
    ],
    bad=[
        "# Search was down\n\n**Incident date:** 2026-02-04\n\n**Published:** ⟦2026-02-20⟧\n",
        "---\ndate: 2026-02-04\ncreated: ⟦2026-02-09⟧\n---\n\n# Search was down\n",
    ],
)
def late_postmortem(
    doc: Postmortem,
    *,
    draft_hours: Annotated[int, "hours after the end of the incident by which it is drafted"] = 48,
    published_days: Annotated[int, "days after the end of the incident by which it is published"] = 7,
) -> Iterator[Problem]:
    """The postmortem was drafted or published long after the incident.

    What people saw and thought fades within days and is replaced by what they learned since. Logs and chats are gone
    soon after.
    """
    ended = _day(doc.ended_at) or _day(doc.started_at) or (doc.incident_date.value if doc.incident_date else None)
    if ended is None:
        return
    for name, allowed, verb in (
        ("created", timedelta(hours=draft_hours), "drafted"),
        ("published", timedelta(days=published_days), "published"),
    ):
        entry = doc.entry(name)
        when = next((found.value for found in find_dates(entry.value) if found.value), None) if entry else None
        # Days are compared, so the last hour of the last day is still in time.
        if entry and when and (when - ended) > timedelta(days=-(-allowed // timedelta(days=1))):
            late = (when - ended).days
            yield Problem(entry.span, f"{verb} {late} days after the incident; {_limit(allowed)} is the aim")
            return


def _limit(allowed: timedelta) -> str:
    hours = int(allowed.total_seconds() // 3600)
    return f"{hours} hours" if hours <= 72 else f"{hours // 24} days"
