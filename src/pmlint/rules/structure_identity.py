"""Structure: the one name under which an incident is found again."""

import re
from collections.abc import Iterator
from typing import Annotated

from pmlint.document.facts import find_incident_id
from pmlint.document.model import Postmortem, SectionKind
from pmlint.document.patterns import Patterns
from pmlint.document.sentences import passages
from pmlint.document.words import fold
from pmlint.rules.kinds import says
from pmlint.rules.place import place
from pmlint.rules.problem import Level, Problem
from pmlint.rules.rule import rule

_PATTERNS = Patterns(
    # The record under which it was dealt with: "GitHub issue #1105", "was given the case number 2026-0010".
    record=(
        r"(?i)\b(?:incident|tracking|tracker|github|gitlab|jira|support|service|report|case|outage)\s+"
        r"(?:(?:issue|ticket|case|report|record|request)\s*|(?:was |is )?(?:given |assigned )?(?:the |an? )?"
        r"(?:id|identifier|number|reference)\s*)[:=#]{0,2}\s*#?(?:[A-Z]{2,10}-)?\d[\w-]*"
    ),
    # A field of the ticket that it has somewhere else, and what such a field holds and nothing besides.
    ticket_field=r"(?i)(?:\w+ )?(?:issues?|tickets?|jira|bugs?|trackers?)",
    tickets=(
        r"(?i)(?:[\s,;()\[\]]*(?:https?://[^\s()\[\]]*/(?:issues?|browse|tickets?)/[\w-]*\d[^\s()\[\]]*|#\d+|[A-Z]{2,10}-\d+))+"
        r"[\s,;.()\[\]]*"
    ),
    # `0012-disk-full.md`, numbered like decisions are; `2026-02-04-disk-full.md` is dated.
    numbered=r"(?!(?:19|20)\d\d)\d{3,5}[-_ ](?!\d)",
)
# What is planned has tickets of its own.
_APART = frozenset(
    {
        SectionKind.ACTION_ITEMS,
        SectionKind.PREVENTION,
        SectionKind.FOLLOW_UP,
        SectionKind.LESSONS,
        SectionKind.RESOLUTION,
    }
)
_KEYS = frozenset({"uuid", "guid", "ulid"})


@rule(
    level=Level.WARNING,
    help='give the identifier of the incident or its ticket: "Incident ID: INC-2026-014"',
    sources=("Atlassian, Incident Management Handbook",),
    good=[
        "# Search was down\n\n**Incident ID:** INC-2026-014\n",
        "# PM-2026-014: search was down\n\n**Date:** 2026-02-04\n",
        "# Search was down\n\n| Field | Value |\n|---|---|\n| Event | `20260204_search` |\n| Systems | `index` |\n",
        "# Search was down\n\n## Timeline\n\n- 10:10 UTC: reported by a customer in GitHub issue #1105\n",
        "# Search was down\n\n* **Date:** 2026-02-04\n* **Related issues:** https://git.example.org/search/issues/95\n",
    ],
    bad=[
        "# ⟦Search was down⟧\n\n**Date:** 2026-02-04\n",
        "# ⟦Search was down⟧\n\n## Action items\n\n- Alert on the age of the index (GitHub issue #1105)\n",
    ],
)
def missing_incident_id(
    doc: Postmortem, *, phrases: Annotated[tuple[str, ...], "more phrases that count as an answer"] = ()
) -> Iterator[Problem]:
    """The incident has no identifier.

    Chats, tickets, dashboards and the next postmortem need one name for this incident. Titles change and dates are
    shared; an identifier is the only thing that can be searched for in all of them.
    """
    stated = doc.incident_id or doc.entry("incident_id")  # "none" is an answer too
    if stated is not None or _in_path(doc.source.path) or says(doc, phrases):
        return
    if any(fold(entry.key) in _KEYS and entry.value.strip() for entry in doc.metadata):
        return
    if any(_is_ticket(entry.key, entry.value) for entry in doc.metadata):
        return
    for passage in passages(doc):
        text = passage.prose.text
        key, _, value = text.partition(":")
        named = _PATTERNS.record.search(text) or _is_ticket(key, value)
        if named and not passage.kinds & _APART:
            return
    yield Problem(place(doc), "the incident has no identifier")


def _is_ticket(key: str, value: str) -> bool:
    """Whether it is a field that gives the ticket and says no more: "Related issues: #95"."""
    return bool(_PATTERNS.ticket_field.fullmatch(key.strip()) and _PATTERNS.tickets.fullmatch(value))


def _in_path(path: str | None) -> bool:
    """Whether the file or its folder is named by an identifier or a running number."""
    if not path:
        return False
    *folders, name = re.split(r"[\\/]|--+|__+", path)
    names = [*folders[-1:], name, re.sub(r"\.\w+$", "", name)]
    return any(map(find_incident_id, names)) or _PATTERNS.numbered.match(name) is not None
