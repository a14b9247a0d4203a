"""Actions whose words promise something else than a change: one classifier, and a rule for each of its answers."""

import re
from collections.abc import Iterator, Sequence

from pmlint.document.model import Action, Postmortem
from pmlint.language.judgement import Kind
from pmlint.language.read import Placed
from pmlint.rules.actions_faults import Fault, Wording
from pmlint.rules.actions_wording import is_closed, is_rehearsal, said, span_of, wording
from pmlint.rules.judged import inside, unsaid
from pmlint.rules.problem import Confidence, Level, Problem
from pmlint.rules.rule import rule

_ENGLISH = frozenset({"english"})
_ENFORCED = re.compile(r"(?i)\benforced (?:by|in|through|using|via|with)\b")
_WORKBOOK = "Site Reliability Workbook, ch. 10: Postmortem Culture"


def _faulty(doc: Postmortem, fault: Fault, judgements: Sequence[Placed] = ()) -> Iterator[tuple[Action, Wording]]:
    """Actions with this fault, but for those in which the language pass has read a more specific one."""
    said = [
        placed.span
        for placed in inside(doc, judgements, Kind.EXHORTATION, Kind.PERSON_ACTION)
        if not _only_sounds(placed)
    ]
    for action in doc.actions:
        found = wording(doc, action)
        if found is not None and found.fault is fault and not any(action.prose.span().meets(span) for span in said):
            yield action, found


def _read(
    doc: Postmortem, judgements: Sequence[Placed], kind: Kind, found: list[Problem], message: str
) -> Iterator[Problem]:
    """What the language pass has read of this kind, where no wording shows it; what is closed promises nothing more."""
    told = [
        action.prose.span()
        for action in doc.actions
        if is_closed(action) or is_rehearsal(action) or _fault(doc, action) in (Fault.EXHORTATION, Fault.PERSON)
    ]
    # What only sounds so gives way to a fault that words show, and to what enforces it.
    shown = [
        action.prose.span()
        for action in doc.actions
        if _fault(doc, action) is not None or _ENFORCED.search(doc.source[action.span])
    ]
    still = [
        placed
        for placed in judgements
        if not any(span.meets(placed.span) for span in (*told, *(shown if _only_sounds(placed) else ())))
    ]
    yield from unsaid(doc, still, kind, found, message)


def _fault(doc: Postmortem, action: Action) -> Fault | None:
    found = wording(doc, action)
    return found.fault if found is not None else None


def _only_sounds(placed: Placed) -> bool:
    """Whether no list knows the words, and the sentence as a whole reads like one of this kind."""
    return placed.judgement.construction == "meaning"


@rule(
    level=Level.ERROR,
    needs=_ENGLISH,
    help="change what made the slip possible: a check that runs by itself, a default, a limit, a prompt that shows the "
    'target; "the import refuses rows without a tenant"',
    sources=(_WORKBOOK, "Dekker, The Field Guide to Understanding 'Human Error'", "RCA²: action hierarchy"),
    good=[
        """
        # Orders were imported twice

        ## Action items

        - The import asks for confirmation when more than 100 rows exist already; nobody has to remember it
        - Double the number of consumers
        """,
        """
        # Orders were imported twice

        ## Lessons learned

        - Careful reading of the preview does not help: it shows ten rows.
        """,
    ],
    bad=[
        """
        # Orders were imported twice

        ## Action items

        - Everyone must ⟦be more careful with imports⟧
        - ⟦Always look at the preview⟧
        """,
        """
        # Orders were imported twice

        ## Action items

        - ⟦Pay more attention to the preview⟧
        """,
    ],
)
def exhortation(doc: Postmortem, *, judgements: Sequence[Placed] = ()) -> Iterator[Problem]:
    """An action asks people to be better instead of changing something.

    Care was taken this time too, as far as anybody could tell before the outcome was known. A resolution lasts until
    the next busy night; a check that runs by itself lasts until it is removed.
    """
    told = [
        Problem(span_of(action, found), _APPEALS.format(match=said(action, found)))
        for action, found in _faulty(doc, Fault.EXHORTATION)
    ]
    yield from told
    yield from _read(doc, judgements, Kind.EXHORTATION, told, _APPEALS)


_APPEALS = (
    '"{match}" changes nothing that lasts; say what in the tools or the process will make the slip impossible, or '
    "visible at once"
)


@rule(
    level=Level.ERROR,
    needs=_ENGLISH,
    help="ask what would help the next person who does not know: a guard, a clearer screen, a runbook step, a drill "
    "with a result",
    sources=("Site Reliability Engineering, ch. 15: Postmortem Culture", "RCA²: training is a weaker action"),
    good=[
        """
        # Orders were imported twice

        ## Action items

        - Train the ranking model on deduplicated orders
        - Rehearse the rollback of an import with the on-call engineers in a game day
        """,
        """
        # Orders were imported twice

        ## Action items

        - Remind users by mail 30 days before their key expires
        """,
    ],
    bad=[
        """
        # Orders were imported twice

        ## Action items

        - ⟦Remind the team⟧ of the import procedure
        - ⟦Train all operators⟧ on the import tool
        """,
        """
        # Orders were imported twice

        ## Action items

        - ⟦Engineers should be reminded⟧ that imports are final
        """,
    ],
)
def person_targeted_action(doc: Postmortem, *, judgements: Sequence[Placed] = ()) -> Iterator[Problem]:
    """An action trains, reminds, coaches or disciplines people.

    It treats the person as the part that failed, and it reaches only those who are here today. The one who joins next
    year meets the same screen at the same hour.
    """
    told = [
        Problem(span_of(action, found), _ON_PEOPLE.format(match=said(action, found)))
        for action, found in _faulty(doc, Fault.PERSON)
    ]
    yield from told
    yield from _read(doc, judgements, Kind.PERSON_ACTION, told, _ON_PEOPLE)


_ON_PEOPLE = (
    '"{match}" changes people, not the system; say what would stop or show the same slip by someone who was not told'
)


@rule(
    level=Level.ERROR,
    needs=_ENGLISH,
    help='name the metric, its threshold and who is paged: "page mail on-call when the oldest mail waits over 10 min"',
    sources=("Site Reliability Engineering, ch. 6: Monitoring Distributed Systems", _WORKBOOK),
    good=[
        """
        # Mail was delayed

        ## Action items

        - Add an alert when the oldest mail waits longer than 10 minutes
        - Add monitoring of queue depth and replica lag
        """,
        """
        # Mail was delayed

        ## Action items

        - Add a dashboard for `mail_oldest_seconds`
        """,
    ],
    bad=[
        """
        # Mail was delayed

        ## Action items

        - ⟦Add monitoring⟧
        - ⟦Set up alerts for the mail servers⟧
        """,
        """
        # Mail was delayed

        ## Action items

        - We will ⟦implement better monitoring for the relay⟧
        """,
    ],
)
def monitoring_without_metric(doc: Postmortem, *, judgements: Sequence[Placed] = ()) -> Iterator[Problem]:
    """An action adds monitoring or an alert and names no signal.

    There was monitoring this time as well, of something else. Which number would have shown the trouble, from which
    value on, is the whole of the work; the rest is typing.
    """
    for action, found in _faulty(doc, Fault.MONITORING, judgements):
        yield Problem(
            span_of(action, found),
            f'"{said(action, found)}" names no signal; say which metric, what threshold and who is paged',
        )


@rule(
    level=Level.WARNING,
    needs=_ENGLISH,
    help='ask a question, bound it and name what comes out: "find out by 18 March why the drain took six hours; write '
    'the findings into MAIL-12"',
    sources=("Etsy, Debriefing Facilitation Guide", "Google, Postmortem action items"),
    good=[
        """
        # Mail was delayed

        ## Action items

        - Find out why the drain took six hours (@ana, by 2026-03-18)
        - Evaluate two relays and write a recommendation
        """,
        """
        # Mail was delayed

        ## Action items

        - [x] Investigate the drain of the queue
        - The relay considers a host down after three missed probes
        """,
    ],
    bad=[
        """
        # Mail was delayed

        ## Action items

        - ⟦Consider a second relay⟧
        - ⟦Look into the queue⟧
        """,
        """
        # Mail was delayed

        ## Action items

        - We should ⟦investigate why the queue drains slowly⟧
        """,
    ],
)
def unbounded_action(doc: Postmortem, *, judgements: Sequence[Placed] = ()) -> Iterator[Problem]:
    """An action investigates, considers or discusses with no question, bound or output.

    It can be closed after five minutes or never, and both are honest. A question makes it findable whether it was
    answered, a bound makes it small enough to begin, an output lets others use it.
    """
    for action, found in _faulty(doc, Fault.UNBOUNDED, judgements):
        missing = "has no end; say which question it answers, by when, and what is written down"
        if found.gap:
            missing = "hands it on; say who decides, by when, and what is done here either way"
        elif not found.sure:
            missing = "has a question and no bound; say by when, and where the answer is written down"
        yield Problem(span_of(action, found), f'"{said(action, found)}" {missing}')


@rule(
    level=Level.ERROR,
    needs=_ENGLISH,
    help='name the object, the place and the state that ends it: "the deploy job fails when p99 in staging is over '
    '300 ms"',
    sources=(_WORKBOOK, "PagerDuty, Postmortem guide: Action items"),
    good=[
        """
        # Mail was delayed

        ## Action items

        - Improve the drain by copying in batches of 500 mails
        - Add tests for the retry of bounced mails
        """,
        """
        # Mail was delayed

        ## Action items

        - Reduce the retry interval from 5 minutes to 30 seconds
        """,
    ],
    bad=[
        """
        # Mail was delayed

        ## Action items

        - ⟦Improve monitoring⟧
        - ⟦Better structure of the dashboards⟧
        """,
        """
        # Mail was delayed

        ## Action items

        - We will ⟦strengthen the review of relay changes⟧
        """,
    ],
)
def vague_action(doc: Postmortem, *, judgements: Sequence[Placed] = ()) -> Iterator[Problem]:
    """An action names no object, place or threshold.

    "Improve" promises a direction. Nobody can begin it, nobody can finish it, and at the follow-up everyone agrees that
    it has been done to some degree.
    """
    for action, found in _faulty(doc, Fault.VAGUE, judgements):
        what = "promises a direction and no end; say what will be different, where, and how far"
        if found.gap:
            what = "says neither how often nor what comes of it; name the interval, or let a machine do it"
        elif found.sure:
            what = "names no object, place or threshold; say what will be different, where, and how far"
        yield Problem(
            span_of(action, found),
            f'"{said(action, found)}" {what}',
            confidence=None if found.sure else Confidence.MEDIUM,
        )
