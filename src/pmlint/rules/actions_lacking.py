"""Saying once what most actions lack, and for each one what few do."""

from collections.abc import Callable, Iterator, Sequence

from pmlint.document.model import Action, ActionStatus, Postmortem, SectionKind
from pmlint.rules.place import place
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
    """Where a problem of all actions together points: the heading that they stand under."""
    for kind in _SECTIONS:
        for section in doc.find(kind):
            if any(section.span.covers(action.span) for action in doc.actions):
                return place(doc, kind)
    return place(doc, *_SECTIONS)


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
