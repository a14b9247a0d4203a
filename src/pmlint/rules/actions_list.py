"""Actions taken together: whether there are any, what they add up to, and where one is two or two are one."""

from collections.abc import Iterator
from functools import cache
from itertools import combinations
from typing import Annotated

from pmlint.document.model import Action, Category, Postmortem, SectionKind
from pmlint.document.patterns import Patterns
from pmlint.document.words import cues, words
from pmlint.rules.actions_grades import Grade, Graded, grade_of
from pmlint.rules.actions_grammar import Clause, clauses
from pmlint.rules.actions_lacking import heading, is_closed, is_dropped, quoted
from pmlint.rules.actions_wording import wording
from pmlint.rules.content import same
from pmlint.rules.place import place
from pmlint.rules.problem import Confidence, Level, Problem, Related
from pmlint.rules.rule import rule
from pmlint.source import List, Table

_SECTIONS = (SectionKind.ACTION_ITEMS, SectionKind.PREVENTION, SectionKind.FOLLOW_UP)
_ENGLISH = frozenset({"english"})

_PATTERNS = Patterns(
    decided=(
        r"(?i)\bno (?:(?:further|additional|new|other|more|corrective|preventive|preventative|follow-?up) )*"
        r"(?:actions?|action items|work|changes?|measures|follow-?ups?|steps)\b[^.\n]{0,60}"
        r"\b(?:needed|required|planned|necessary|taken|because|since|as|will be|are|is|:|,|;|-)|"
        r"\b(?:we|it was) (?:have |has been |was )?(?:decided|chose|agreed|accepted?)"
        r"(?: (?:not|that no|against|to accept|the risk))|\brisk (?:is|was|has been) accepted\b|\baccept the risk|"
        r"\bno actions?\b"
    ),
    closer=r":\s|\s[-–—]\s",
    reason=(
        r"(?i)\b(?:because|since|as|so|therefore|given|due to|accepted?|outweigh\w*|already|cost|one-?off|vendor|"
        r"expected|replac\w+|retir\w+|not worth|sufficient|enough|within)\b|[:;–—]"
    ),
)


@rule(
    level=Level.ERROR,
    help='write what will change, or record the decision not to act with its reason: "no action: the feed is retired '
    'in March"',
    sources=("Site Reliability Engineering, ch. 15: Postmortem Culture", "PagerDuty, Postmortem guide"),
    good=[
        "# Mail was delayed\n\n## Action items\n\nNo action is needed because the relay is retired in March.\n",
        "# Mail was delayed\n\n## Action items\n\n- Move the queue to its own host (@ana)\n",
    ],
    bad=[
        "# Mail was delayed\n\n## ⟦Action items⟧\n",
        "# Mail was delayed\n\n## ⟦Action items⟧\n\nNone.\n",
    ],
)
def no_actions(doc: Postmortem) -> Iterator[Problem]:
    """There is no action, and no recorded decision not to act.

    An incident that changes nothing will come again. Accepting that can be right; then the reason is what the next
    reader needs, so that the same hour is not spent on the same question.
    """
    # A document without such a section is told so by another rule.
    if doc.actions or not doc.find(*_SECTIONS) or _lists_something(doc):
        return
    for passage in doc.passages_like(_PATTERNS.expression("decided")):
        text = passage.prose.text
        for found in _PATTERNS.decided.finditer(text):
            if _PATTERNS.reason.search(text, found.start() + 3):
                return
    yield Problem(place(doc, *_SECTIONS), "no action follows, and no decision not to act is recorded with its reason")


def _lists_something(doc: Postmortem) -> bool:
    """Whether such a part holds a list of what was done, which no one has to do again."""
    return any(
        isinstance(block, List | Table) and len(block.items if isinstance(block, List) else block.rows) > 1
        for section in doc.find(*_SECTIONS)
        for block in doc.body(section)
    )


@rule(
    level=Level.WARNING,
    confidence=Confidence.MEDIUM,
    needs=_ENGLISH,
    help="add at least one action that works without anybody remembering it: remove the hazard, enforce the check, "
    "automate the step, limit the damage",
    sources=("RCA²: Improving Root Cause Analyses and Actions to Prevent Harm, action hierarchy",),
    good=[
        """
        # Mail was delayed

        ## Action items

        - Document the drain in the runbook
        - Stopping a host is refused while its queue holds mail
        """,
        "# Mail was delayed\n\n## Action items\n\n- Alert when the disk is 80 % full\n- Review the drain procedure\n",
    ],
    bad=[
        """
        # Mail was delayed

        ## ⟦Action items⟧

        - Document the drain in the runbook
        - Remind the team to drain the queue
        """,
        """
        # Mail was delayed

        ## ⟦Action items⟧

        - Review the drain procedure
        - Investigate the queue
        - Share this report with the storage team
        """,
    ],
)
def weak_actions_only(doc: Postmortem) -> Iterator[Problem]:
    """No action changes the system: all of them rely on people knowing or remembering, or promise nothing definite.

    Documents, training and reviews help those who read them, for as long as they remember. What removes the hazard,
    enforces the step or limits the damage also works at four in the morning, for someone who joined last week.

    Each action is graded by its verb and by what that is done to. Stronger: it removes a hazard, simplifies a step, or
    lets a machine enforce one. Intermediate: it changes software, adds redundancy or people, rehearses, or helps at the
    point of use, as a checklist does. Weaker: a text, training, a look at something, a promise of nothing definite.
    """
    asked = [action for action in doc.actions if not is_dropped(action)]
    graded = [(action, grade_of(doc, action)) for action in asked]
    if len(asked) < 2 or any(found.grade is not Grade.WEAKER for _, found in graded):
        return
    shown = tuple(Related(action.text_span, _shown(found)) for action, found in graded)
    yield Problem(
        heading(doc),
        f"{'both' if len(asked) == 2 else f'all {len(asked)}'} actions are weak ones: each relies on people, or leaves "
        "open what will be different in the system",
        related=shown,
    )


def _shown(found: Graded) -> str:
    """The grade of an action with the words that decided it."""
    return f'{found.grade}, {found.reason}: "{found.words}"' if found.reason else f'{found.grade}: "{found.words}"'


@rule(
    level=Level.INFO,
    confidence=Confidence.LOW,
    needs=_ENGLISH,
    help="give each deliverable its own item, owner and date",
    sources=("Google, Postmortem action items: plan the work and work the plan",),
    good=[
        """
        # Mail was delayed

        ## Action items

        - Add an alert on disk usage and queue age
        - Write a drain script, test it and document it
        """,
        "# Mail was delayed\n\n## Action items\n\n- Create and publish the drain runbook\n",
    ],
    bad=[
        """
        # Mail was delayed

        ## Action items

        - ⟦Move the queue to its own host and add a second relay in the other region⟧
        """,
        """
        # Mail was delayed

        ## Action items

        - ⟦Replace the old relay; rewrite the drain script; enable rate limits on submission⟧
        """,
    ],
)
def compound_action(doc: Postmortem) -> Iterator[Problem]:
    """One item holds several deliverables.

    The easy half is done, the item stays open or is closed too early, and the number of open actions says nothing.

    Two deeds may be the halves of one deliverable, which only those who do it know: the confidence is low.
    """
    for action in doc.actions:
        if is_closed(action) or wording(doc, action) is not None:
            continue
        deeds = _deliverables(action)
        if len(deeds) > 1:
            shown = ", ".join(f'"{_short(deed.words_in(action.prose.text))}"' for deed in deeds[:4])
            yield Problem(action.text_span, f"{len(deeds)} deliverables in one item: {shown}; give each its own")


def _deliverables(action: Action) -> list[Clause]:
    """The clauses that each deliver something of their own."""
    found: list[Clause] = []
    seen: set[str] = set()
    voice = action.prose.voice[:_READ]
    at = len(voice)
    for clause in clauses(voice):
        # What stands behind a colon or a dash says the same more closely.
        closer = _PATTERNS.closer.search(voice, at, clause.start) is not None
        at = clause.end
        if closer:
            continue
        # Testing, deploying and announcing come with what is delivered; two verbs may share an object.
        heads = frozenset(clause.heads) - _set("closed", "pronouns") - seen
        if clause.asks and heads and clause.verb not in _set("verbs", "with_it") and clause.noun_start > clause.start:
            found.append(clause)
            seen |= heads
    return found


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:37].rsplit(" ", 1)[0] + " …"


_READ = 2000


@cache
def _set(table: str, name: str) -> frozenset[str]:
    return frozenset(words("deeds")[table][name])


@rule(
    level=Level.WARNING,
    help="keep what answers this incident, and move the rest to the backlog with a link",
    sources=("Google, Postmortem action items: plan the work and work the plan",),
    good=[
        "# Mail was delayed\n\n## Action items\n\n- Move the queue (@ana)\n- Alert at 80 % disk usage (@ana)\n",
        "# Mail was delayed\n\n## Action items\n\n" + "".join(f"- [x] Move queue {n} (MAIL-{n})\n" for n in range(12)),
    ],
    bad=[
        "# Mail was delayed\n\n## ⟦Action items⟧\n\n"
        + "".join(f"- Move queue {n} to a new host\n" for n in range(1, 12)),
        "# Mail was delayed\n\n## ⟦Prevention⟧\n\n" + "".join(f"- Alert on disk {n} at 80 %\n" for n in range(1, 13)),
    ],
)
def too_many_actions(
    doc: Postmortem, *, most: Annotated[int, "open actions that a postmortem may have"] = 10
) -> Iterator[Problem]:
    """There are more open actions than will be done.

    Each one costs attention whether it is done or not. In a list of twenty the three that matter wait for the ones that
    were easy to write.
    """
    asked = [action for action in doc.actions if not is_closed(action)]
    if len(asked) > most:
        yield Problem(
            heading(doc), f"{len(asked)} open actions; which {most} or fewer would have changed this incident?"
        )


@rule(
    level=Level.INFO,
    confidence=Confidence.MEDIUM,
    needs=_ENGLISH,
    help="ask both: what would have prevented it, and what would have shown it minutes earlier?",
    sources=("Site Reliability Engineering, appendix D: Example Postmortem", "AWS, Correction of Error"),
    good=[
        "# Mail was delayed\n\n## Action items\n\n- Move the queue\n- Alert at 80 % disk usage\n- Remove the disk\n",
        "# Mail was delayed\n\n## Action items\n\n- Alert when the disk is 80 % full\n",
    ],
    bad=[
        """
        # Mail was delayed

        ## ⟦Action items⟧

        ### Prevent

        - Move the queue to its own host
        - Remove the shared disk
        - Refuse to stop a host with a full queue
        """,
        """
        # Mail was delayed

        ## ⟦Action items⟧

        | Action | Type |
        |---|---|
        | Alert when the disk is 80 % full | detect |
        | Alert when the queue is older than 10 minutes | detect |
        | Write a drain script | mitigate |
        """,
    ],
)
def unbalanced_actions(
    doc: Postmortem, *, fewest: Annotated[int, "actions below which nothing is asked"] = 3
) -> Iterator[Problem]:
    """Nothing prevents, or nothing detects.

    Prevention fails one day, and then minutes count; detection alone means to be woken by the same fault again. Most
    incidents show room for both.

    Where a category is not stated, what an action is for is told by its words, and the confidence is low.
    """
    asked = [action for action in doc.actions if not is_dropped(action)]
    purposes = [_purposes(action) for action in asked]
    # One action of unknown purpose may be the one that is missed.
    if len(asked) < fewest or not all(purposes):
        return
    served = frozenset().union(*purposes)
    for category, question in (
        (Category.PREVENT, "no action prevents it; what would have kept it from happening?"),
        (Category.DETECT, "no action detects it; what would have shown it earlier?"),
    ):
        if category not in served:
            stated = all(action.category for action in asked)
            yield Problem(heading(doc), question, confidence=None if stated else Confidence.LOW)
            return


def _purposes(action: Action) -> frozenset[Category]:
    """What it is said to be for, and what its words may mean it for."""
    stated = frozenset({action.category.value}) if action.category else frozenset[Category]()
    implied = {category for category in Category if cues("categories", "implied", category.value).search(action.text)}
    return stated | implied


@rule(
    level=Level.WARNING,
    help="keep one of the two, with one owner and one date",
    sources=("Google, Postmortem action items: plan the work and work the plan",),
    good=[
        """
        # Mail was delayed

        ## Action items

        - Alert when the disk of the relay is 80 % full
        - Alert when the queue of the relay is 80 % full
        """,
        "# Mail was delayed\n\n## Actions\n\n| ID | Action |\n|---|---|\n| A1 | Move the queue |\n| A2 | Drain it |\n",
    ],
    bad=[
        """
        # Mail was delayed

        ## Action items

        - Move the mail queue to its own host
        - Alert when the disk is 80 % full
        - ⟦Moving the mail queue to its own host⟧ (@ana)
        """,
        """
        # Mail was delayed

        ## Action items

        | ID | Action |
        |---|---|
        | A1 | Move the queue |
        | A1 | ⟦Alert when the disk is 80 % full⟧ |
        """,
    ],
)
def duplicate_action(
    doc: Postmortem, *, likeness_of: Annotated[float, "share of common words from which two are the same"] = 0.8
) -> Iterator[Problem]:
    """The same action stands twice, or one ID stands on two.

    Two owners each believe that the other one is on it, and a reference to the ID means either.
    """
    told: set[int] = set()
    for one, two in combinations(doc.actions[:_MOST], 2):
        if two.number in told:
            continue
        same_id = one.id is not None and one.id == two.id
        if same_id or same(one.text, two.text, likeness_of):
            told.add(two.number)
            message = f'"{quoted(two)}" repeats action {one.number}'
            if same_id:
                message = f'ID "{two.id}" stands on action {one.number} already'
            yield Problem(two.text_span, message, related=(Related(one.text_span, f"action {one.number}"),))


_MOST = 400
"""Actions that are compared with one another: every pair is, and a document with more is a register."""
