"""Saying once what most actions lack, and for each one what few do."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

from pmlint.document.model import Action, ActionStatus, Postmortem, Section, SectionKind
from pmlint.rules.place import is_a_field, place
from pmlint.rules.problem import Problem, Related
from pmlint.source import Span

_SECTIONS = (
    SectionKind.ACTION_ITEMS,
    SectionKind.PREVENTION,
    SectionKind.FOLLOW_UP,
    SectionKind.LESSONS,
    SectionKind.MITIGATION,
    SectionKind.RESOLUTION,
)


def is_closed(action: Action) -> bool:
    """Whether it is done, or decided not to be."""
    return action.status is not None and action.status.value in (ActionStatus.DONE, ActionStatus.WONT_DO)


def is_dropped(action: Action) -> bool:
    """Whether it was decided not to be done."""
    return action.status is not None and action.status.value is ActionStatus.WONT_DO


def quoted(action: Action) -> str:
    """The action's own words, short enough for a message."""
    text = " ".join(action.text.split()).rstrip(".")
    return text if len(text) <= 60 else text[:57].rsplit(" ", 1)[0] + " …"


def heading(doc: Postmortem) -> Span:
    """Where a problem of all actions together points: the heading that most of them stand under."""
    starts = sorted(action.span.start for action in doc.actions)
    held = [section for section in doc.sections if _holds_most(section, starts) and not is_a_field(doc, section)]
    known = [section for section in held if section.is_a(*_SECTIONS)]
    # The title holds everything, and so says nothing of where.
    inner = known or [section for section in held if not section.is_a(SectionKind.TITLE)]
    return inner[-1].title_span if inner else place(doc, *_SECTIONS)


def _holds_most(section: Section, starts: Sequence[int]) -> bool:
    held = bisect_left(starts, section.span.end) - bisect_left(starts, section.span.start)
    return held * 2 > len(starts)


def lacking(
    doc: Postmortem,
    asked: Sequence[Action],
    lacks: Callable[[Action], bool],
    *,
    what: str,
    verb: str = "has",
    noun: str = "actions",
    lone: str = "",
) -> Iterator[Problem]:
    """One problem where more than half of `asked` lack `what`, else one for each that does."""
    without = [action for action in asked if lacks(action)]
    if len(without) > 1 and len(without) * 2 > len(asked):
        plural = "have" if verb == "has" else verb.removesuffix("s")
        count = f"none of the {len(asked)} {noun} {verb} {what}"
        if len(without) < len(asked):
            count = f"{len(without)} of {len(asked)} {noun} {plural} no {what.removeprefix('a ').removeprefix('an ')}"
        related = tuple(Related(action.text_span, f"action {action.number}") for action in without)
        yield Problem(heading(doc), count, related=related)
        return
    no = what.removeprefix("a ").removeprefix("an ")
    for action in without:
        yield Problem(action.text_span, f'"{quoted(action)}" {lone or verb} no {no}')
