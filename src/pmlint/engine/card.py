"""What is kept of each document for the rules that read all of them, also as a value that JSON can hold."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from msgspec import Struct

from pmlint.rules.digest import Digest, Task, Told
from pmlint.rules.problem import Level, Place
from pmlint.source.span import Position, Span


class Card(Struct, frozen=True):
    """What is kept of a document for the rules that read all of them."""

    levels: tuple[tuple[str, Level], ...]
    """Of the rules across documents that are on for it."""
    digests: tuple[Digest, ...]
    silenced: frozenset[tuple[str, Span]] = frozenset()
    """Rule and place of what the document itself has accepted."""


def pack_card(card: Card | None) -> Any:
    """A card, or that there is none, as a value that can be kept."""
    if card is None:
        return []
    return [[card.levels, [_packed(each) for each in card.digests], sorted(card.silenced)]]


def unpack_card(packed: Any) -> tuple[Card | None] | None:
    """What was packed, in a tuple; None for any other value."""
    try:
        if not packed:
            return None if packed is None else (None,)
        ((levels, digests, silenced),) = packed
        card = Card(
            tuple((name, Level(level)) for name, level in levels),
            tuple(_unpacked(*each) for each in digests),
            frozenset((name, Span(*span)) for name, span in silenced),
        )
    except (TypeError, ValueError, LookupError):
        return None
    return (card,)


def _packed(digest: Digest) -> Any:
    return (
        digest.path,
        _place(digest.heading),
        digest.id and _told(digest.id),
        digest.day and digest.day.isoformat(),
        digest.incident_class and _told(digest.incident_class),
        digest.class_is_stated,
        digest.version,
        [_told(each) for each in digest.factors],
        [(task.text, task.due and task.due.isoformat(), task.closed) for task in digest.tasks],
    )


def _unpacked(
    path: str,
    heading: Any,
    id: Any,
    day: str | None,
    incident_class: Any,
    class_is_stated: bool,
    version: str,
    factors: Sequence[Any],
    tasks: Sequence[Any],
) -> Digest:
    return Digest(
        path,
        _as_place(*heading),
        _as_told(id) if id else None,
        _as_day(day),
        _as_told(incident_class) if incident_class else None,
        class_is_stated,
        version,
        tuple(map(_as_told, factors)),
        tuple(Task(text, _as_day(due), closed) for text, due, closed in tasks),
    )


def _told(told: Told) -> Any:
    return told.text, _place(told.place)


def _as_told(packed: Any) -> Told:
    text, place = packed
    return Told(text, _as_place(*place))


def _as_day(packed: str | None) -> date | None:
    return date.fromisoformat(packed) if packed else None


def _place(place: Place) -> Any:
    return place.span, place.start, place.end, place.excerpt, place.context, place.section


def _as_place(span: Any, start: Any, end: Any, excerpt: str, context: str, section: str | None) -> Place:
    return Place(Span(*span), Position(*start), Position(*end), excerpt, context, section)
