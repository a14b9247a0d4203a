"""Response: what a status update and a checkpoint have to say while the incident is running."""

from collections.abc import Iterator

from pmlint.document.model import Kind, Postmortem
from pmlint.document.patterns import Pattern, Patterns
from pmlint.rules.place import place
from pmlint.rules.problem import Level, Problem
from pmlint.rules.rule import rule
from pmlint.source import Span

_UPDATES = frozenset({Kind.STATUS_UPDATE, Kind.INCIDENT})
_CHECKPOINTS = frozenset({Kind.CHECKPOINT, Kind.INCIDENT})
_PATTERNS = Patterns(
    known=(
        r"(?i)\b(?:known|we (?:have )?(?:know|see|found|identified|confirmed|determined)|identified|confirmed|"
        r"cause|because|due to|after|since|observ\w+|finding)\b"
    ),
    unknown=(
        r"(?i)\b(?:unknown|not (?:yet )?(?:known|clear|confirmed|sure|identified)|unclear|"
        r"do(?:es)? not (?:yet )?know|don't (?:yet )?know|(?:still )?(?:investigating|looking into|"
        r"under investigation|determining|open questions?)|no open questions)\b"
    ),
    impact=(
        r"(?i)\b(?:impact\w*|affect\w*|users?|customers?|unavailable|unable|degraded|down|errors?|fail\w*|"
        r"slow\w*|delay\w*)\b"
    ),
    mitigation=(
        r"(?i)\b(?:mitigat\w*|work(?:ing|around)|fix\w*|roll\w* ?back|revert\w*|restor\w*|restart\w*|"
        r"fail\w* over|rebuild\w*|deploy\w*|disabl\w+|block\w+|scal\w+|resolv\w+|recover\w*|repair\w*)\b"
    ),
    state=(r"(?i)\b(?:state|status|currently|situation|mitigated|ongoing|active|resolved|monitoring)\b"),
    hypothesis=(r"(?i)\b(?:hypothes[ie]s|theory|theories|suspect\w*|likely|believe\w*|cause|ruled out)\b"),
    customer_impact=(
        r"(?i)\b(?:impact\w*|affect\w*|users?|customers?|clients?|unavailable|unable|degraded|down|errors?|error rate|"
        r"fail\w*|slow\w*|delay\w*)\b"
    ),
    in_flight=(
        r"(?i)\b(?:in[- ]flight|in progress|running|under ?way|ongoing (?:actions?|work)|actions?|restoring|"
        r"rebuilding)\b"
    ),
    decision=(r"(?i)\b(?:decision(?: point)?|decide\w*|if|unless|otherwise|strategy)\b"),
    cadence=(r"(?i)\b(?:cadence|every|hourly|updates?|comms)\b"),
    next_decision=(r"(?i)\b(?:next (?:decision|check\w*|review|step|point)|re-?evaluate|revisit|check again)\b"),
    update_title=(
        r"(?i)^(?:(?:status|first|initial|final|last|public|customer|external|internal) )?update\b|\bstatus update\b"
    ),
    checkpoint_title=r"(?i)\bcheckpoint\b|\b(?:shift )?hand[- ]?(?:over|off)\b",
    last=(
        r"(?i)\b(?:final|last) update\b|\bno further updates?\b|"
        r"\b(?:incident|issue) (?:is|has been) (?:now )?(?:resolved|closed)\b"
    ),
    next=(
        r"(?i)\bnext (?:status )?update\b|\bupdates? (?:will follow |follows? )?(?:again )?(?:every|hourly|"
        r"at|by|within|in) |\b(?:more|further|another|an) (?:information|news|updates?) (?:\w+ )?(?:at|by|"
        r"within|in|when|once)\b|\bwe(?: will|'ll) (?:\w+ )?(?:update|report back|post again|be back)\b|"
        r"\b(?:final|last) update\b|\bno further updates?\b|\b(?:incident|issue) (?:is|"
        r"has been) (?:now )?(?:resolved|closed)\b"
    ),
)


def _records(doc: Postmortem, kind: Kind, title: Pattern) -> Iterator[tuple[Span, str, str]]:
    """Each record of this kind, the whole document or the sections of a live one that are so named.

    Place, heading and text come in one line: where a line was wrapped means nothing.
    """
    if doc.kind is kind:
        end = doc.span.end or len(doc.source.text)
        yield place(doc), "", _in_one_line(doc.source.text[doc.span.start : end])
        return
    for section in doc.sections:
        if title.search(section.title):
            yield section.title_span, section.title, _in_one_line(doc.source[section.span].partition("\n")[2])


def _in_one_line(text: str) -> str:
    return " ".join(text.split())


@rule(
    level=Level.ERROR,
    kinds=_UPDATES,
    help='promise a time: "next update at 11:00 UTC", or say that this is the last one',
    sources=("Atlassian, Incident Management Handbook: Incident communications",),
    good=[
        "---\nkind: status-update\n---\n\n# Search is down\n\nWe restore a snapshot. Next update at 11:00 UTC.\n",
        "---\nkind: status-update\n---\n\n# Search is back\n\nThis is the final update.\n",
    ],
    bad=[
        "---\nkind: status-update\n---\n\n# ⟦Search is down⟧\n\nWe restore a snapshot.\n",
        """
        ---
        kind: incident
        ---

        # Search is down

        ## ⟦Update 10:20 UTC⟧

        We restore a snapshot; most searches fail.

        ## Update 10:50 UTC

        The snapshot is restored to 60 %. Next update at 11:20 UTC.
        """,
    ],
)
def update_without_next_update(doc: Postmortem) -> Iterator[Problem]:
    """A status update does not say when the next one comes.

    With a time to wait for, people wait. Without one they ask, and the responders answer.
    """
    for span, heading, text in _records(doc, Kind.STATUS_UPDATE, _PATTERNS.update_title):
        if not _PATTERNS.next.search(f"{heading} {text}") and not (
            doc.kind is Kind.STATUS_UPDATE and doc.entry("next_update")
        ):
            yield Problem(span, "this update does not say when the next one comes")


_UNKNOWN = "what is unknown"
_UPDATE_PARTS = (
    ("known", "what is known"),
    ("unknown", _UNKNOWN),
    ("impact", "the impact"),
    ("mitigation", "the mitigation"),
)


@rule(
    level=Level.WARNING,
    kinds=_UPDATES,
    help="four lines do: known, unknown, impact, mitigation",
    sources=("PagerDuty Incident Response, During an incident",),
    good=[
        """
        ---
        kind: status-update
        ---

        # Search is down

        - Known: the index was deleted by a rebuild
        - Unknown: whether recent documents are lost
        - Impact: all searches fail
        - Mitigation: a snapshot is being restored
        """,
        """
        ---
        kind: status-update
        ---

        # Search is slow

        Since 10:02 UTC one search in five takes longer than ten seconds, because a replica is rebuilding. We do not yet
        know when it will be done. Traffic has been moved to the other replicas as a workaround.
        """,
    ],
    bad=[
        """
        ---
        kind: status-update
        ---

        # ⟦Search is down⟧

        All searches fail. A snapshot is being restored.
        """,
        """
        ---
        kind: incident
        ---

        # Search is down

        ## ⟦Update 10:20 UTC⟧

        We are still investigating. Next update at 10:50 UTC.
        """,
    ],
)
def incomplete_update(doc: Postmortem) -> Iterator[Problem]:
    """A status update leaves out what is known, what is not, the impact, or the mitigation.

    Readers of an update decide something: to wait, to switch, to tell their own customers. Each of the four is needed
    for that, and what is not known is the one most often left out.
    """
    for span, heading, text in _records(doc, Kind.STATUS_UPDATE, _PATTERNS.update_title):
        whole = f"{heading} {text}"
        lacking = [said for name, said in _UPDATE_PARTS if not getattr(_PATTERNS, name).search(whole)]
        if _PATTERNS.last.search(whole):
            lacking = [
                said for said in lacking if said != _UNKNOWN
            ]  # when all is over there may be nothing left to find
        if lacking:
            yield Problem(span, f"this update does not say {' or '.join(lacking)}")


_CHECKPOINT_PARTS = (
    ("state", "the state"),
    ("hypothesis", "the hypothesis"),
    ("customer_impact", "the customer impact"),
    ("in_flight", "the actions in flight"),
    ("decision", "the decision point"),
    ("cadence", "the cadence of updates"),
    ("next_decision", "the next decision point"),
)


@rule(
    level=Level.ERROR,
    kinds=_CHECKPOINTS,
    help="state, hypothesis, customer impact, actions in flight, decision point, cadence, next decision point",
    sources=("Google, Incident management guide: Clear, live handoff",),
    good=[
        """
        ---
        kind: checkpoint
        ---

        # Checkpoint 14:00 UTC

        - State: active
        - Hypothesis: the rebuild job deleted the live index
        - Customer impact: all searches fail
        - In flight: snapshot restore, 60 % done
        - Decision point: fail over if the restore stalls
        - Cadence: status page every 30 min
        - Next decision point: 14:30 UTC
        """,
        """
        ---
        kind: incident
        ---

        # Search is down

        ## Handover 14:00 UTC

        Still active; all searches fail. We suspect the rebuild job. A restore is running, 60 % done; if it stalls we
        fail over. Updates go out every 30 min. Next decision at 14:30 UTC.
        """,
    ],
    bad=[
        """
        ---
        kind: checkpoint
        ---

        # ⟦Checkpoint 14:00 UTC⟧

        - State: active
        - Customer impact: all searches fail
        """,
        """
        ---
        kind: incident
        ---

        # Search is down

        ## ⟦Shift handover 22:00 UTC⟧

        Everything is in the channel.
        """,
    ],
)
def incomplete_checkpoint(doc: Postmortem) -> Iterator[Problem]:
    """A checkpoint leaves out something that the next shift needs.

    The next commander starts from this page alone. What is missing has to be asked of someone who is asleep.
    """
    for span, _, text in _records(doc, Kind.CHECKPOINT, _PATTERNS.checkpoint_title):
        lacking = [said for name, said in _CHECKPOINT_PARTS if not getattr(_PATTERNS, name).search(text)]
        if lacking:
            yield Problem(span, f"this checkpoint does not say {', '.join(lacking)}")
