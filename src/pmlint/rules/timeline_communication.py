"""Timeline: who was told, and what was decided."""

from collections.abc import Iterator

from pmlint.document.model import Milestone, Postmortem, SectionKind
from pmlint.document.patterns import Patterns
from pmlint.rules.kinds import says
from pmlint.rules.place import place
from pmlint.rules.problem import Confidence, Level, Problem
from pmlint.rules.rule import rule
from pmlint.rules.scales import is_unused_flaw, nobody_affected
from pmlint.rules.timeline_course import asks, course, marks

_WORKING = r"(?:the |our )?(?:on-?call|engineers?|developers?|sre|ops|devops|dev team|support|team)\b|us\b|me\b"
# What responders do in an incident, as it is told afterwards; and the words that lead to why.
_DID = (
    r"(?:ask|block|cordon|delist|drain|isolat|kill|paus|postpon|pull|redirect|remov|replac|restart|restor|revert|revok|"
    r"rotat|scal|stopp|suspend|switch|throttl|delet|disabl|divert|downgrad|mov|pinn|turn|wait)(?:ed|ing)|"
    r"(?:stops|split|shut(?:s|ting)? down|roll(?:ed|ing|s) back|fail(?:ed|ing|s) over)"
)
_REASON = (
    r"(?:in order )?to (?:avoid|be (?:safe|sure)|buy|ease|eliminate|enable|ensure|free|gain|keep|limit|minimi[sz]e|"
    r"preserve|prevent|protect|reduce|relieve|save|spare|stop)|"
    r"(?:as|because|since) (?:he|it|nobody|no one|nothing|she|that|the|there|they|this|we)|"
    r"(?:for|on) fear|so (?:that|as to)|as a precaution|precautionary|rather than|instead of"
)
_PATTERNS = Patterns(
    state=r"(?i)\W{0,3}(?:investigating|identified|monitoring|update|resolved)\s?[:–—-]",
    # Anybody but those who work on it.
    told=(
        rf"(?i)\b(?:told|informed|e-?mailed|reached out to|contacted) (?!{_WORKING}|"
        r"(?:him|her|them|by|of|that|about|from|via|in|to|on|and|it|through|when|as|is|was)\b)\w"
    ),
    outsiders=(
        r"(?i)\b(?:users?|customers?|clients?|students|tenants|merchants|partners|members|public|community|stakeholders|"
        r"management|everyone|everybody|people|teams?|instructors|press|staff) (?:\w+ ){0,3}?(?:informed|notified|told|"
        rf"updated|e-?mailed|contacted|messaged|warned|alerted|advised)\b(?! (?:{_WORKING}))"
    ),
    # Whoever says that it works again had been told that it should.
    answered=(
        r"(?i)\b(?:users?|customers?|clients?|reporters?|students?|tenants?|merchants?|partners?)\b(?: \w+){0,2} "
        r"(?:confirm(?:s|ed)?|verif(?:y|ies|ied)|acknowledge[sd]?|agree[sd]?)\b"
    ),
    reasoned=(
        rf"(?i)\b(?:{_DID})\b[^.;\n]{{0,150}}?\b(?:{_REASON})\b|"
        # a guess that is acted upon, and a proposal that is taken up
        rf"\b(?:guess\w*|assum\w+|suspect\w*|believ\w+|hop\w+) (?:that|it|this) [^.;\n]{{0,100}}?(?:{_DID}|pointed)\b|"
        r"\b(?:that|this|it) should (?:work|fix|help|do it)\b"
    ),
    # "#" is no letter that a phrase can hold.
    posted=(r"(?i)\b(?:post\w*|wr(?:ote|ites?)|repl(?:y|ie)\w*|announc\w+|tells?|told|messag\w+)\b[^.\n]{0,60}#[a-z]"),
)
_OUTSIDE = (
    "(user*|customer*|client*|students|tenants|merchants|partners|members|public|community|stakeholders|management|"
    "support|everyone|everybody|people|team|teams|instructors|press|staff)"
)
_NOTICE = (
    "(reply|announcement*|notice|advisory|statement|update|updates|e-mail|email|mail|message|banner|tweet|post|blog)"
)
_TOLD_SOMEONE = (
    "status-page*",
    "statuspage*",
    "(informed|notified|told|updated|emailed|e-mailed|contacted|messaged|warned|announced|tweeted|broadcast) … "
    f"{_OUTSIDE}",
    f"{_NOTICE} … (posted|sent|published|released|shown|issued|put up)",
    f"(posted|sent|published|released|issued|sending|posting) … {_NOTICE}",
    "(no|not|nobody|without|none) … (communication|communicated|notified|informed|told|announcement|announced)",
    "(no|zero) (customer|user|external|public)-(facing )?(impact|effect|communication)*",
    "internal only",
    "(none|nobody|no one|no customer|no customers|no user|no users) (was |were |is |are )?(affected|impacted)",
    "(posted|announced|wrote) (in|on|to) (slack|twitter|discord|the forum|the channel|#*)",
    "(slack|discord|twitter|mastodon|telegram|forum|mailing list)",
    "communicat*",
    "(publicly disclosed|public disclosure)",
    "(顧客|通知|告知|公告|掲載)*",
    "(ユーザー|利用者|関係者)に(確認|連絡|報告|周知|共有|相談)*",
)


@rule(
    level=Level.WARNING,
    confidence=Confidence.MEDIUM,
    help='add when users and stakeholders were told, or that nobody had to be: "10:20 UTC: status page updated"',
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
        """
        # Search was down

        **Affected users:** 1,200

        ## ⟦Timeline⟧

        | Time (UTC) | Event |
        |---|---|
        | 10:02 | first searches fail |
        | 10:12 | a user told us that pages are empty |
        | 10:40 | snapshot restored, incident resolved |
        """,
    ],
)
def missing_communication(doc: Postmortem) -> Iterator[Problem]:
    """No event marks that anybody outside the response was told.

    To those who wait, the outage lasts until they hear of it. A page that never mentions them leaves open whether they
    heard from you or from each other.
    """
    if not asks(doc) or marks(doc, Milestone.COMMUNICATION) or nobody_affected(doc) or is_unused_flaw(doc):
        return
    if doc.entry("status_page", "cadence", "next_update") or doc.find(SectionKind.COMMUNICATION):
        return
    if says(doc, _TOLD_SOMEONE) or _tells_somebody(doc) or _is_status_page(doc):
        return
    yield Problem(
        place(doc, SectionKind.TIMELINE), f"no event says that users or stakeholders were told; {course(doc)}"
    )


def _is_status_page(doc: Postmortem) -> bool:
    """Whether the entries are what was published while it lasted: "Monitoring - A fix is out"."""
    return sum(_PATTERNS.state.match(event.text) is not None for event in doc.timeline.events) >= _ENOUGH_STATES


_ENOUGH_STATES = 2


def _tells_somebody(doc: Postmortem) -> bool:
    return any(
        getattr(_PATTERNS, name).search(passage.prose.text)
        for name in ("posted", "told", "outsiders", "answered")
        for passage in doc.passages_like(_PATTERNS.expression(name))
    )


_DECIDED = (
    "(plan|strategy) (is|was) (to|that)",
    "(action |recovery |rollback )plan (is|was|has been)? (created|made|agreed|set|drawn up|outlined)",
    "(outlines|outlined|proposed|suggested|suggests|settled on) … (plan|to)",
    "all agree*",
    "(we|i|team) (deemed|judged)",
    "going to (revert|roll|restart|deploy|fail|wait|turn|disable|scale|stop|pause)",
    "(go|going|went) with",
    "unless (anyone|anybody|someone) objects",
    "(decide|decided|decides|deciding|decision|decisions|chose|chosen|choose|opted|opts)",
    "(agreed|agree|agreeing|consensus|voted|approved|approval|approves) (to|that|on|the|by)*",
    "(concluded|determined|elected|resolved|preferred) (that|to|we)",
    "(go|no-go) (for|ahead|decision)",
    "(instead of|rather than|in favour of|in favor of) (a |the )?(roll*|restor*|wait*|restart*|revert*|fix*|failing)*",
    "(判断|決定|決断|决定)*",
)


def _gives_a_reason(doc: Postmortem) -> bool:
    """Whether some event tells with its reason what responders did, which is a choice by any name."""
    return any(_PATTERNS.reasoned.search(event.text[:_READ]) for event in doc.timeline.events)


_READ = 2_000
"""Characters of an event that are read for a reason; what is longer is no entry but a story or a log."""


@rule(
    level=Level.INFO,
    confidence=Confidence.MEDIUM,
    help='add the choice and its reason: "10:25 UTC: decided to restore, as a rebuild takes two hours"',
    sources=("Howie: The Post-Incident Guide", "Etsy, Debriefing Facilitation Guide"),
    good=[
        """
        # Search was down

        ## Timeline

        - 10:02 UTC: first searches fail
        - 10:25 UTC: decided to restore the snapshot, a rebuild takes two hours
        - 10:40 UTC: snapshot restored, incident resolved
        """,
        """
        # Search was down

        ## Timeline

        | Time (UTC) | Event |
        |---|---|
        | 10:02 | first searches fail |
        | 10:12 | alert fires |
        | 10:25 | the plan is to wait for the rebuild until 10:45, all agree |
        | 10:40 | index rebuilt, incident resolved |
        """,
        """
        # Search was down

        ## Timeline

        - 10:02 UTC: first searches fail
        - 10:25 UTC: rebuild stopped to free the disk for the snapshot
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
        """
        # Search was down

        ## ⟦Timeline⟧

        | Time (UTC) | Event |
        |---|---|
        | 10:02 | first searches fail |
        | 10:12 | a user reports empty pages |
        | 10:40 | index rebuilt, incident resolved |
        """,
    ],
)
def missing_decision(doc: Postmortem) -> Iterator[Problem]:
    """No event tells a decision of the response.

    What was done is in the logs; why that and not something else is only in heads. The choice between waiting, rolling
    back and failing over is where the next incident can be shorter.
    """
    if not asks(doc) or marks(doc, Milestone.DECISION) or says(doc, _DECIDED) or _gives_a_reason(doc):
        return
    yield Problem(place(doc, SectionKind.TIMELINE), "no event tells what was decided, and why")
