"""Learning: what the document leaves for those who were not there."""

from collections.abc import Iterator

from pmlint.document.model import Postmortem, SectionKind
from pmlint.document.patterns import Patterns
from pmlint.document.sentences import passages, sentence_around
from pmlint.document.words import cues, fold, words
from pmlint.rules.place import place
from pmlint.rules.problem import Confidence, Level, Problem
from pmlint.rules.rule import rule
from pmlint.rules.scales import security_words
from pmlint.source import Code, Html, Span, walk

_PATTERNS = Patterns(
    pointer=(
        r"https?://|(?<![\w-])(?!CVE|UTF|SHA|ISO|RFC|UTC|GMT|SEV|AES|HTTP|IPV|COVID)[A-Z][A-Z0-9]{1,9}-\d+(?!\w)|"
        r"(?<!\w)#\d{2,}|"
        r"(?<!\w)#[a-z][\w-]{3,}|\.(?:md|log|txt|json|png|jpe?g|svg|pdf)\b"
    ),
    again=(
        r"(?i)\b(?:(?:second|third|fourth|fifth|\d+(?:nd|rd|th)) (?:time|incident|outage|occurrence) (?:in|"
        r"this|of this|within|since)|(?:has|have|had) (?:re-?occurred|recurred|happened before)|happened again|"
        r"(?:is|was|are|were|been) (?:a |an )?(?:known,? )?recurring|"
        r"(?:is|was) a (?:repeat|recurrence) of|same (?:cause|failure|class|problem) as|known to recur)\b"
    ),
    prevented=(r"(?i)\b(?:prevent|avoid|stop|against|risk of|no|not|reduce|if|whether|should)\W+(?:\w+\W+){0,4}$"),
    # "… has happened before, but this has not": another thing is meant.
    but_not_this=r"(?i)\b(?:but|though|while|whereas)\b[^.]*(?:\bnot\b|n't\b|\bnever\b)",
    standard=(
        r"(?i)\b(?:SLOs?|SLAs?|error budget|standards?|polic(?:y|ies)|guidelines?|checklists?|baseline|"
        r"golden path|platform|(?:deployment|release|change|rollout|alerting|on-call|review|"
        r"incident) (?:process|procedure|policy|standard|guide)|high availability|redundan\w+|"
        r"production readiness|reference architecture|template)\b"
    ),
)


@rule(
    level=Level.INFO,
    help="link what responders used: runbook, dashboard, alert, log excerpt, ticket, thread; or say there is none",
    sources=("Site Reliability Engineering, appendix D: Example Postmortem",),
    good=[
        "# Search was down\n\nSee the [index dashboard](https://grafana.example.org/d/index).\n",
        "# Search was down\n\n```\n10:02:11 ERROR index not found\n```\n",
    ],
    bad=[
        "# ⟦Search was down⟧\n\nThe dashboard showed errors, and the runbook did not help.\n",
        """
        # ⟦Search was down⟧

        ## Timeline (UTC+2)

        - 10:02: errors of HTTP-503 appear in the log
        - 10:40: snapshot restored
        """,
    ],
)
def missing_artifacts(doc: Postmortem) -> Iterator[Problem]:
    """No runbook, dashboard, alert, log or ticket is linked.

    The next person with these symptoms needs what the responders had in front of them. A description of a graph cannot
    be opened, and the memory of where it was is gone by then.
    """
    if doc.find(SectionKind.RELATED, SectionKind.APPENDIX):
        return
    inside = [block for block in walk(doc.markup.blocks) if not doc.span.end or doc.span.meets(block.span)]
    if any(
        isinstance(block, Code) or (isinstance(block, Html) and "<img" in doc.source[block.span]) for block in inside
    ):
        return
    for passage in passages(doc):
        if passage.prose.links() or _PATTERNS.pointer.search(passage.prose.text):
            return
    if any(entry.origin == "front matter" and "://" in entry.value for entry in doc.metadata):
        return
    yield Problem(place(doc), "no runbook, dashboard, alert, log or ticket is linked")


@rule(
    level=Level.INFO,
    help="name one: deployment, configuration, infrastructure, dependency, capacity, database, authentication, memory, "
    "security or data loss",
    sources=("Google, Postmortem analysis at scale",),
    good=[
        "# Search was slow\n\n**Category:** capacity\n",
        "---\ncategories:\n  - config-change\n---\n\n# Search was slow\n",
        "# Search was slow\n\n## Root cause\n\nThe deployment of 2.4 removed a cache.\n",
    ],
    bad=[
        "# ⟦Search was slow⟧\n\n## Root cause\n\nNobody could tell.\n",
        """
        # Search was slow

        ## ⟦Details⟧

        | Severity | 2 |
        |---|---|
        | Time to detect | 5 minutes |
        | Time to resolve | 2 hours |
        """,
    ],
)
def missing_incident_class(doc: Postmortem) -> Iterator[Problem]:
    """The incident belongs to no class, stated or evident.

    One incident is an accident, three of a class are a property of the system. Only what is classed can be counted.
    """
    if doc.incident_class or doc.entry("incident_class"):
        return
    if security_words(doc) is None and not _is_evident(doc):
        yield Problem(place(doc, SectionKind.METADATA), "no class of incident is stated, and none is evident")


def _is_evident(doc: Postmortem) -> bool:
    """Whether a reader can tell the class from the title, what is told of the incident, or its causes."""
    told = [doc.title.value if doc.title else ""]
    told += [entry.value for entry in doc.metadata if fold(entry.key) in _CLASSING]
    told += [factor.text for factor in doc.factors]
    told += [fact.text for fact in (doc.root_cause, doc.trigger) if fact]
    told += [event.text for event in doc.timeline.events]
    whole = not any(section.is_a(*_TELLING) for section in doc.sections)
    for passage in passages(doc):
        if whole or passage.kinds & _TELLING:
            told.append(passage.prose.text)
    text = "\n".join(told)
    tables = words("classes")
    return any(cues("classes", table, name).search(text) for table in ("classes", "hints") for name in tables[table])


_TELLING = frozenset(
    {
        SectionKind.SUMMARY,
        SectionKind.IMPACT,
        SectionKind.DETECTION,
        SectionKind.ROOT_CAUSE,
        SectionKind.TRIGGER,
        SectionKind.CONTRIBUTING_FACTORS,
        SectionKind.RESOLUTION,
        SectionKind.MITIGATION,
    }
)
"""Sections that tell what happened and why."""
_CLASSING = frozenset({"category", "categories", "tags", "labels", "keywords", "type", "topics"})
"""Keys of metadata under which a house files its incidents."""


@rule(
    level=Level.OFF,
    confidence=Confidence.LOW,
    help="turn what recurs into a standard: an SLO, an alerting rule, a step of safe change, redundancy",
    sources=("Site Reliability Engineering, ch. 16: Tracking Outages",),
    good=[
        """
        # Search was down

        This is the third time this year.

        ## Action items

        - Add a dry run to the deployment standard (@ana)
        """,
        "# Search was down\n\nTo prevent a recurrence, the job asks before it deletes.\n",
        "# Search was down\n\n## Recurrence\n\nWe will see whether this is a recurring fault.\n",
        "# Search was down\n\nA slow rebuild has happened before, but a deleted index has not.\n",
    ],
    bad=[
        """
        # Search was down

        This is the ⟦third time this⟧ year.

        ## Action items

        - Restore the index (@ana)
        """,
        """
        # Search was down

        ## Root cause

        The rebuild deleted the live index. This ⟦has happened before⟧, in January.
        """,
    ],
)
def missing_standards_feed(doc: Postmortem) -> Iterator[Problem]:
    """A class of incident recurs, and no action changes a standard.

    Mending each instance keeps the class alive. What recurs is a gap in how systems are built here, and closes only in
    the rules by which the next one is built. What is meant to have happened before, this or something like it, words
    alone do not show: so the confidence is low.
    """
    found = _again(doc)
    if found and not any(_PATTERNS.standard.search(action.text) for action in doc.actions):
        yield Problem(found, "this class of incident recurs, and no action changes a standard")


def _again(doc: Postmortem) -> Span | None:
    for passage in doc.passages_like(_PATTERNS.expression("again")):
        text = passage.prose.voice
        for match in _PATTERNS.again.finditer(text):
            before = text[max(0, match.start() - 40) : match.start()]
            sentence = sentence_around(text, *match.span())
            after = text[match.end() : min(sentence.end, match.end() + 200)]
            if not _PATTERNS.prevented.search(before) and not _PATTERNS.but_not_this.search(after):
                return passage.prose.span(*match.span())
    return None
