"""Causes: how deep the analysis goes, what it leaves out, and how sure it is."""

from collections.abc import Iterator
from typing import Annotated

from pmlint.document.model import Factor, Layer, Milestone, Postmortem, SectionKind
from pmlint.document.sentences import passages, sentence_around
from pmlint.rules.causes_reading import (
    cue,
    distinct,
    has_causes,
    heading,
    is_unknown,
    layers,
    says,
    short,
    told,
)
from pmlint.rules.content import subjects
from pmlint.rules.problem import Confidence, Level, Problem, Related
from pmlint.rules.rule import rule
from pmlint.rules.scales import rank_of
from pmlint.source import Prose

_ENGLISH = frozenset({"english"})
_GOOGLE = "Google, Postmortem template"
_COE = "AWS, Correction of Error: five whys"


@rule(
    level=Level.WARNING,
    confidence=Confidence.MEDIUM,
    needs=_ENGLISH,
    help="say which test, review, alert or limit was to catch it, and why it did not; or that there is none",
    sources=("Reason, Human error: models and management", _COE),
    good=[
        """
        # Search was down

        ## Root cause

        The rebuild deletes the index first. The dry run was skipped, since it takes an hour.
        """,
        """
        # Search was down

        ## Root cause

        The rebuild deletes the index first.

        ## What went wrong

        - There is no alert for an empty index.
        """,
    ],
    bad=[
        """
        # Search was down

        ## ⟦Root cause⟧

        The rebuild deletes the index first, and the new one was an hour away.
        """,
        """
        # Search was down

        ## ⟦Contributing factors⟧

        - The rebuild deletes the index first.
        - The index has grown to 400 GB.
        - The snapshot was a week old.
        """,
    ],
)
def missing_missed_defense(doc: Postmortem) -> Iterator[Problem]:
    """Nothing says why the fault was not prevented or caught earlier.

    Every fault that reaches users has passed several defences. They are cheaper to mend than the fault is to foresee,
    and they hold against the next one too, which will be another.
    """
    if not has_causes(doc) or is_unknown(doc):
        return
    # A change that went wrong is no defence that did not hold; what is said of watching is one.
    if any(Layer.DETECTION in layers(factor) for factor in doc.factors if factor.source != "trigger"):
        return
    if not says(doc, "missed", "told"):
        yield Problem(heading(doc), "nothing says why it was not prevented or caught earlier")


@rule(
    level=Level.WARNING,
    confidence=Confidence.LOW,
    needs=_ENGLISH,
    help='write two lines: "Trigger: the deploy of 14:02. Underlying: …"',
    sources=(_GOOGLE, "Site Reliability Engineering, appendix D: Example Postmortem"),
    good=[
        """
        # Search was down

        ## Root cause

        Rebuilds delete the index first, and the disk cannot hold two.

        ## Trigger

        The weekly rebuild started.
        """,
        """
        # Search was down

        ## Contributing factors

        - Rebuilds delete the index first.
        - The disk cannot hold two.
        - It was set off by the weekly rebuild.
        """,
    ],
    bad=[
        """
        # Search was down

        ## ⟦Root cause⟧

        - The weekly rebuild was started by day.
        - The disk cannot hold two indexes.
        """,
        """
        # Search was down

        ## ⟦Contributing factors⟧

        1. No test covers a rebuild
        2. Upgrade of the index hosts
        3. Nobody is paged for an empty index
        """,
    ],
)
def trigger_not_separated(doc: Postmortem) -> Iterator[Problem]:
    """A list of causes mixes the trigger with the conditions under it.

    The trigger is what was different that day, and will be something else next time. What it met was there for months,
    and waits for the next one. A list that mixes both invites to mend the trigger and leave.

    What happened is told from what was so by the verbs, and many a factor is both: the confidence is low.
    """
    # Running text tells by itself what came first; only a list sets both side by side.
    listed = [factor for factor in distinct(doc) if _is_listed(factor)]
    events = [factor for factor in listed if _happened(factor)]
    if not events or len(events) == len(listed) or is_unknown(doc) or _told_apart(doc):
        return
    starts = [subjects(event.text) for event in doc.timeline.marking(Milestone.START)]
    if any(subjects(factor.text) & start for factor in events for start in starts):
        return
    related = tuple(
        Related(factor.span, "what happened" if factor in events else "what was so before") for factor in listed
    )
    said = short(events[0].text, 40)
    yield Problem(
        heading(doc),
        f'"{said}" happened, and what it met was there before; the list tells neither from the other',
        related=related,
    )


_LISTED = 40
"""Words of an item of a list; what is longer tells a story."""


def _is_listed(factor: Factor) -> bool:
    return factor.source in ("factor", "root cause") and len(factor.text.split()) <= _LISTED


def _told_apart(doc: Postmortem) -> bool:
    """Whether a part, a label or a word says which is which."""
    apart = doc.trigger or any(factor.source in ("trigger", "latent condition") for factor in doc.factors)
    both = doc.find(SectionKind.ROOT_CAUSE) and doc.find(SectionKind.CONTRIBUTING_FACTORS)
    if apart or both or doc.find(SectionKind.TRIGGER) or doc.whys or doc.entry("trigger"):
        return True
    return any(cue("trigger", "told").search(prose.text) for prose in _around(doc))


def _happened(factor: Factor) -> bool:
    """Whether a factor tells what happened rather than what was so."""
    voice = factor.prose.voice.replace("\n", " ")
    if cue("trigger", "state").search(voice):
        return False
    return bool(cue("trigger", "events").search(voice) or cue("trigger", "named").match(voice.lstrip(" *-")))


def _around(doc: Postmortem) -> Iterator[Prose]:
    kinds = frozenset({SectionKind.SUMMARY, SectionKind.IMPACT, SectionKind.LESSONS, SectionKind.WENT_WRONG})
    yield from told(doc)
    for factor in doc.factors:
        yield factor.prose
    for passage in passages(doc):
        if passage.kinds & kinds:
            yield passage.prose


@rule(
    level=Level.INFO,
    confidence=Confidence.MEDIUM,
    needs=_ENGLISH,
    help='mark it and say what would settle it: "candidate, to be verified by a load test with 400 connections"',
    sources=("Howie: The Post-Incident Guide", "AWS, Correction of Error"),
    good=[
        """
        # Search was down

        ## Root cause

        The pool was probably too small (hypothesis, to be verified by a load test).
        """,
        """
        # Search was down

        ## Impact

        Probably 300 users saw an error.

        ## Root cause

        The pool is more likely to fill at noon.
        """,
    ],
    bad=[
        """
        # Search was down

        ## Root cause

        The pool was ⟦probably⟧ too small.
        """,
        """
        # Search was down

        ## Contributing factors

        - ⟦We believe⟧ that the cache was cold.
        """,
    ],
)
def unmarked_inference(doc: Postmortem) -> Iterator[Problem]:
    """A guess stands among the causes, with no mark that it is one to verify.

    In a month "probably" is forgotten and the guess is what happened. Marked as a candidate, with what would settle it,
    it stays a question that somebody may answer.
    """
    if is_unknown(doc):
        return
    for prose in told(doc):
        found = cue("hedges", "words").search(prose.voice)
        if found and not cue("hedges", "marks").search(prose.text):
            sentence = sentence_around(prose.text, *found.span())
            if cue("hedges", "remedy").search(prose.text, sentence.start, sentence.end):
                continue
            yield Problem(
                prose.span(*found.span()),
                f'"{found[0]}" in "{short(prose.text[sentence.start : sentence.end])}": mark the guess as a candidate, '
                "and say what would confirm it",
            )


@rule(
    level=Level.INFO,
    confidence=Confidence.MEDIUM,
    needs=_ENGLISH,
    help="say what took the time: finding it, reaching someone, deciding, restoring; and what would have halved it",
    sources=("Site Reliability Workbook, ch. 10: Postmortem Culture", "Atlassian, Incident Management Handbook"),
    good=[
        """
        # Search was down

        **Severity:** SEV1

        **Duration:** 7 hours

        Recovery was delayed by the size of the snapshot.
        """,
        "# Search was slow\n\n**Severity:** SEV3\n\n**Duration:** 7 hours\n",
    ],
    bad=[
        "# Search was down\n\n**Severity:** SEV1\n\n**Duration:** ⟦7 hours⟧\n\nThe index was rebuilt.\n",
        "# Search was slow\n\n| Severity | Duration |\n|---|---|\n| P1 | ⟦5 h⟧ |\n\nThe index was rebuilt.\n",
    ],
)
def unexplained_slow_resolution(
    doc: Postmortem,
    *,
    highest: Annotated[int, "minutes to resolve at the highest severity"] = 60,
    high: Annotated[int, "minutes to resolve at the next severity"] = 240,
) -> Iterator[Problem]:
    """The resolution was slower than the severity asks for, and nothing says why.

    What broke is one question, what made it last is another, and the second is mostly the dearer one. An hour at the
    highest severity has a reason in access, knowledge, tools or decisions.
    """
    # From start to end of a status entry is how long it stood open, not how long it hurt.
    rank, minutes = rank_of(doc), doc.duration.value if doc.duration else None
    if rank is None or rank > 1 or minutes is None:
        return
    target = highest if rank == 0 else high
    late = any(Layer.DETECTION in layers(factor) for factor in doc.factors)
    if minutes > target and not late and not says(doc, "slow", "told"):
        severity = short(doc.severity.value, 16) if doc.severity else ""
        yield Problem(
            doc.duration.span if doc.duration else heading(doc),
            f"{_told(minutes)} at {severity}, for a target of {_told(target)}, and nothing says why",
        )


def _told(minutes: float) -> str:
    return f"{minutes:.0f} min" if minutes < 120 else f"{minutes / 60:.0f} h"
