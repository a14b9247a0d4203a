"""Actions: who does each one, by when, and how it shows that it is done."""

from collections.abc import Iterator

from pmlint.document.model import Action, Postmortem, SectionKind
from pmlint.document.patterns import Pattern, Patterns
from pmlint.document.sentences import passages, sentences
from pmlint.document.tickets import is_ticket
from pmlint.rules.actions_grammar import is_for_an_end
from pmlint.rules.actions_lacking import is_closed, lacking
from pmlint.rules.actions_seen import unverifiable
from pmlint.rules.actions_wording import wording
from pmlint.rules.content import subjects
from pmlint.rules.problem import Confidence, Level, Problem
from pmlint.rules.rule import rule
from pmlint.source import Paragraph

_SRE = "Site Reliability Workbook, ch. 10: Postmortem Culture"
_ENGLISH = frozenset({"english"})

_PATTERNS = Patterns(
    # One sentence may answer for all: "All actions are owned by the storage team and tracked in STO-14."
    all=(
        r"(?i)\b(?:all|each|every|both|these|the following|below)\b[^.\n]{0,40}\b(?:actions?|items?|tasks?|follow-ups?|"
        r"measures|improvements)\b|\b(?:actions?|action items|tasks|follow-ups) (?:are|will be|is)\b"
    ),
    owner=r"(?i)\b(?:owned|owner|owners|assigned|responsible|led|driven|carried out|handled) (?:by|to|is|are|for)?",
    due=r"(?i)\b(?:due|by|before|within|until|no later than|deadline|in the next|end of)\b",
    # When it will be, without a day: the sprint, the release, "later this year".
    roughly=(
        r"(?i)\b(?:later|early|late) (?:this|next) (?:week|month|quarter|year)\b|"
        r"\b(?:in|within|over|during|for|by|as part of) (?:the )?(?:next|coming|upcoming|current|following) "
        r"(?:(?:few|couple of|several|\w+) )?(?:days?|weeks?|months?|quarters?|sprints?|iterations?|releases?)\b|"
        r"\b(?:in|with|by|for|as part of) (?:the )?(?:release|version|v)? ?v?\d+\.\d+(?:\.\d+)*(?: release)?\b|"
        r"\b(?:this|next) (?:week|month|quarter|year|sprint|iteration|release)\b"
    ),
    someday=(
        r"(?i)\W*(?:soon|later|asap|ongoing|continuous|continuously|eventually|some ?day|backlog|future|in due course|"
        r"when(?:ever)? (?:possible|ready|time allows)|as soon as possible)\W*"
    ),
    promised=r"(?i)\b(?:will|planned|plan to|scheduled|going to|slated|targeted|due|aim|ships?|lands?)\b",
    ticket=r"(?i)\b(?:tracked|filed|recorded|linked|ticketed)\b|\b(?:board|epic|milestone|tracker|project)\b",
    priority=r"(?i)\b(?:priority|order(?:ed)? of|prioriti[sz]ed)\b",
    reason=(
        r"(?i)\b(?:because|since|so that|so (?:it|we|they|the)|in order to|to (?:prevent|avoid|reduce|ensure|catch|"
        r"detect|stop|limit|make|allow|enable|keep|protect|shorten|speed|find|see|know|let|help|guard|mitigate|"
        r"lower|lessen|improve|get|have)|prevent(?:s|ing)|avoid(?:s|ing)|as (?:the|it|they|we)|"
        r"(?:which|that|what) (?:\w+ ){0,2}?(?:caused|triggered|led to|broke|failed|made)|(?:would|could|might) have|"
        r"for (?:immediate|faster|better|easier|quicker|earlier|more)|otherwise|(?:this|that|it) (?:will|would|should|"
        r"makes?|gives?|lets?|means?|helps?|shows?|is (?:what|why|how|because)))\b"
    ),
)


def _blanket(doc: Postmortem, said: Pattern) -> bool:
    """Whether a sentence beside the actions speaks for all of them."""
    sections = {doc.section_at(action.span.start) for action in doc.actions[:1] + doc.actions[-1:]}
    for section in sections - {None}:
        outer = doc.sections[section.parent] if section and section.parent is not None else None
        for part in (section, outer):
            for block in part.blocks if part else ():
                if isinstance(block, Paragraph) and not any(block.span.covers(item.span) for item in doc.actions):
                    for start, end in sentences(block.prose.text):
                        if _PATTERNS.all.search(block.prose.text, start, end) and said.search(
                            block.prose.text, start, end
                        ):
                            return True
    return False


@rule(
    level=Level.ERROR,
    help="name one person or role who answers for it; where it is not decided yet, write who decides and by when",
    sources=(_SRE, "PagerDuty, Postmortem guide: Action items"),
    good=[
        """
        # Mail was delayed

        ## Action items

        - @ana: alert when the queue is older than 10 minutes
        - Drain the queue before a host is stopped (Owner: mail lead)
        """,
        """
        # Mail was delayed

        ## Action items

        All actions are owned by the mail lead.

        - Alert when the queue is older than 10 minutes
        - Drain the queue before a host is stopped
        """,
    ],
    bad=[
        """
        # Mail was delayed

        ## ⟦Action items⟧

        - Alert when the queue is older than 10 minutes
        - Drain the queue before a host is stopped
        """,
        """
        # Mail was delayed

        ## Action items

        | Action | Owner |
        |---|---|
        | Alert when the queue is older than 10 minutes | @ana |
        | ⟦Drain the queue before a host is stopped⟧ | |
        """,
    ],
)
def action_without_owner(doc: Postmortem) -> Iterator[Problem]:
    """An open action has no owner.

    What belongs to everyone is done by nobody: it loses against every task that has a name on it. An owner is no one to
    blame but someone who is allowed to spend time on it.
    """
    asked = [action for action in doc.actions if not is_closed(action)]
    if not _blanket(doc, _PATTERNS.owner):
        yield from lacking(doc, asked, _ownerless, what="an owner")


def _ownerless(action: Action) -> bool:
    # An owner who is still to be found is for `unaccountable-owner` to speak of.
    return action.owner is None and not action.owners and action.owner_text is None


@rule(
    level=Level.ERROR,
    help="write a date, 2026-03-18, or the sprint or quarter it is planned for",
    sources=(_SRE, "Google, Postmortem action items: plan the work and work the plan"),
    good=[
        """
        # Mail was delayed

        ## Action items

        - Alert when the queue is older than 10 minutes (@ana, by 2026-03-18)
        - [x] Drain the queue before a host is stopped (@tomek)
        """,
        """
        # Mail was delayed

        ## Action items

        All actions are due by the end of March.

        - Alert when the queue is older than 10 minutes
        """,
    ],
    bad=[
        """
        # Mail was delayed

        ## ⟦Action items⟧

        - Alert when the queue is older than 10 minutes (@ana)
        - Drain the queue before a host is stopped (@tomek)
        """,
        """
        # Mail was delayed

        ## Action items

        - Alert when the queue is older than 10 minutes (@ana, by 2026-03-18)
        - ⟦Drain the queue before a host is stopped⟧ (@tomek)
        """,
    ],
)
def action_without_due_date(doc: Postmortem) -> Iterator[Problem]:
    """An open action has no due date.

    Without a date an action is never late, so nobody ever asks. It competes with work that has one, and loses to it
    every week.
    """
    asked = [action for action in doc.actions if not is_closed(action)]
    if not _blanket(doc, _PATTERNS.due):
        yield from lacking(doc, asked, _undated, what="a due date")


def _undated(action: Action) -> bool:
    """Whether nothing says when it is due, be it a day, a sprint or a release."""
    if action.due is not None:
        return False
    if action.due_text:
        return _PATTERNS.someday.fullmatch(action.due_text) is not None
    found = _PATTERNS.roughly.search(action.text)
    return found is None or not (
        _PATTERNS.promised.search(action.text, 0, found.end()) or len(action.text) - found.end() <= _CLOSE
    )


_CLOSE = 2
"""Characters behind a time that ends an item: its stop."""


@rule(
    level=Level.ERROR,
    confidence=Confidence.MEDIUM,
    needs=_ENGLISH,
    help="write what an observer would see: a metric and its threshold, a test that fails without it, an alert that "
    "fired in a drill, a query that returns nothing",
    sources=(_SRE, "AWS, Correction of Error: action items"),
    good=[
        """
        # Mail was delayed

        ## Action items

        - Alert when the oldest mail is older than 10 minutes
        - Drain the queue before a host is stopped; verified by a drill with 1,000 queued mails
        """,
        """
        # Mail was delayed

        ## Learn

        - Find out why the drain took six hours and publish the findings
        """,
    ],
    bad=[
        """
        # Mail was delayed

        ## ⟦Action items⟧

        - Move the queue to its own host
        - Drain the queue before a host is stopped
        """,
        """
        # Mail was delayed

        ## Action items

        - Alert when the oldest mail is older than 10 minutes
        - ⟦Move the queue to its own host⟧
        """,
    ],
)
def action_without_verification(doc: Postmortem) -> Iterator[Problem]:
    """Nothing says how to see that an action is done.

    "Done" is then a matter of opinion, and the next incident settles it. An observable signal also sharpens the action
    itself: who cannot say how it would show has not decided yet what it is.
    """
    # An item whose wording promises nothing is told so; what cannot be pictured cannot be verified.
    asked = [action for action in doc.actions if not is_closed(action) and wording(doc, action) is None]
    yield from lacking(doc, asked, unverifiable, what="a way to see that it is done", verb="names")


@rule(
    level=Level.WARNING,
    help="link the issue: `#123`, `ABC-123` or its address",
    sources=("Google, Postmortem action items: plan the work and work the plan",),
    good=[
        "# Mail was delayed\n\n## Action items\n\n- Move the queue to its own host (MAIL-12)\n",
        """
        # Mail was delayed

        ## Action items

        All actions are tracked on the [reliability board](https://tracker.example.org/b/7).

        - Move the queue to its own host
        """,
    ],
    bad=[
        "# Mail was delayed\n\n## ⟦Action items⟧\n\n- Move the queue to its own host\n- Alert when it is full\n",
        """
        # Mail was delayed

        ## Action items

        - Move the queue to its own host (MAIL-12)
        - ⟦Alert when the disk is 80 % full⟧
        """,
    ],
)
def action_without_ticket(doc: Postmortem) -> Iterator[Problem]:
    """An action links no ticket.

    A postmortem is read once, a backlog every week. An action that is in no backlog is planned by nobody, and whether
    it was done can only be found by asking.
    """
    asked = [action for action in doc.actions if not is_closed(action)]
    if not _blanket(doc, _PATTERNS.ticket):
        yield from lacking(
            doc, asked, lambda action: action.ticket is None and not action.links, what="a ticket", verb="links"
        )


@rule(
    level=Level.INFO,
    help="give each a priority, or order the list and say so",
    sources=("Site Reliability Workbook, ch. 10: Postmortem Culture",),
    good=[
        "# Mail was delayed\n\n## Action items\n\n- P1: move the queue to its own host\n",
        "# Mail was delayed\n\n## Action items\n\nThe actions are in order of priority.\n\n- Move the queue\n",
    ],
    bad=[
        "# Mail was delayed\n\n## ⟦Action items⟧\n\n- Move the queue to its own host\n- Drain it first\n",
        """
        # Mail was delayed

        ## Action items

        | Action | Priority |
        |---|---|
        | Move the queue to its own host | P1 |
        | ⟦Drain the queue before a host is stopped⟧ | |
        """,
    ],
)
def action_without_priority(doc: Postmortem) -> Iterator[Problem]:
    """An open action has no priority.

    Where time is short the easy ones are done first, and the one that would have prevented the incident is rarely easy.
    """
    asked = [action for action in doc.actions if not is_closed(action)]
    # A single action has nothing to be ranked against.
    if len(doc.actions) > 1 and not _blanket(doc, _PATTERNS.priority):
        yield from lacking(doc, asked, lambda action: action.priority is None, what="a priority")


@rule(
    level=Level.OFF,
    confidence=Confidence.LOW,
    needs=_ENGLISH,
    help='add the reason or the factor that it answers: "…, because the drain depends on one host"',
    sources=("Etsy, Debriefing Facilitation Guide",),
    good=[
        "# Mail was delayed\n\n## Action items\n\n- Move the queue to its own host, so that backups cannot fill it\n",
        """
        # Mail was delayed

        ## Contributing factors

        - The queue shares its disk with the backups.

        ## Action items

        - Move the queue to a disk of its own
        """,
    ],
    bad=[
        "# Mail was delayed\n\n## ⟦Action items⟧\n\n- Move the queue to its own host\n- Rotate the keys\n",
        """
        # Mail was delayed

        ## Action items

        - Move the queue to its own host, so that backups cannot fill it
        - ⟦Rotate the keys of the relay⟧
        """,
    ],
)
def action_without_why(doc: Postmortem) -> Iterator[Problem]:
    """An action gives no reason and answers no factor.

    In half a year its owner has changed and nobody knows whether it may be dropped. The reason decides that, and lets
    someone find a cheaper way to the same end.

    A reason that is told elsewhere, in quite other words, is not seen: the confidence is low.
    """
    told = frozenset().union(*(subjects(factor.text) for factor in doc.factors), *_gaps(doc))

    def unreasoned(action: Action) -> bool:
        reasoned = (
            action.why
            or is_ticket(action.prose)
            or _PATTERNS.reason.search(action.text)
            or is_for_an_end(action.text[:2000])
        )
        return not reasoned and not subjects(action.text) & told

    yield from lacking(doc, [action for action in doc.actions if not is_closed(action)], unreasoned, what="a reason")


def _gaps(doc: Postmortem) -> Iterator[frozenset[str]]:
    """What the parts about gaps speak of, which an action may answer as well as a factor."""
    for passage in passages(doc):
        if SectionKind.WENT_WRONG in passage.kinds:
            yield subjects(passage.prose.text)
