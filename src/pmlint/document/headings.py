"""What a heading means: by its words, their order and grammar, and what stands around it."""

from collections.abc import Mapping
from functools import lru_cache

from msgspec.structs import replace

from pmlint.document.naming import (
    COUNTED,
    LONGEST_PART,
    UNKNOWN,
    Meaning,
    aside,
    exactly,
    field_of,
    groups,
    known,
    named,
    spelled,
    stripped,
    union,
)
from pmlint.document.titles import Title, phrase, take_apart
from pmlint.document.words import words

__all__ = ["Meaning", "field_of", "meaning", "normalise"]

ACTION_GROUPS = frozenset(
    ("prevention", "detection", "mitigation", "response", "resolution", "communication", "action_items", "follow_up")
)
"""Kinds whose headings, under an action section, only sort its items."""
GROUPING = frozenset(("action_items", "prevention", "follow_up", "lessons", "went_wrong", "contributing_factors"))
_CAUSES = ("root_cause", "contributing_factors", "five_whys")
_SORTED = frozenset(("roles", "metadata"))
PHASES = frozenset(("detection", "response", "mitigation", "resolution", "trigger"))
"""Kinds whose headings, under a timeline, are its phases."""


def normalise(title: str) -> str:
    """The heading's name alone: no number, emoji, bracket, date, zone or value; lower case."""
    return take_apart(title).name


def meaning(title: str, *, context: str | None = None, aliases: Mapping[str, str] | None = None) -> Meaning:
    """What `title` means under a section of kind `context`; `aliases` are the user's own headings, phrase -> kind."""
    return _meaning(title, context, tuple((aliases or {}).items()))


@lru_cache(maxsize=1024)
def _meaning(title: str, context: str | None, aliases: tuple[tuple[str, str], ...]) -> Meaning:
    """Most headings stand in many documents."""
    parts = take_apart(title)
    parts = replace(parts, name=spelled(parts.name), whole=spelled(parts.whole))
    found = _own(parts, aliases) or _titled(parts) or UNKNOWN
    entitles = bool(parts.separator) and parts.name in words("headings_grammar")["titles"]["words"]
    field = None if entitles else field_of(parts.name)
    if field and not found.kinds and not found.ambiguous:
        found = Meaning(("roles",) if field in words("metadata")["roles"] else ("metadata",), exact=True, score=1.0)
    found = _within(found, parts, context)
    opens = bool(found.kinds or found.ambiguous or field)
    return replace(
        found,
        field=field,
        value=parts.value if opens else None,
        value_start=parts.value_start if opens else None,
        note=parts.note,
        note_start=parts.note_start,
    )


def _own(parts: Title, aliases: tuple[tuple[str, str], ...]) -> Meaning | None:
    for alias, kind in aliases:
        if phrase(alias) in (parts.name, parts.whole):
            return Meaning((kind,), exact=True, score=1.0)
    return None


def _titled(parts: Title) -> Meaning | None:
    """The meaning of name and value together."""
    if not parts.separator:
        return named(parts.name) or aside(parts.aside)
    value = phrase(parts.value or "")
    whole = known(parts.whole)
    if whole:
        return whole
    second = known(spelled(value)) if len(value.split()) <= LONGEST_PART else None
    if parts.name in words("headings_grammar")["titles"]["words"]:
        return second
    dashed = parts.separator not in (":", "：")
    first = (exactly(parts.name) or stripped(parts.name)) if dashed else named(parts.name)
    if first is None:
        short = len(parts.name.split()) <= LONGEST_PART
        return replace(second, exact=False, score=0.85) if second and short else named(parts.whole) if dashed else None
    if second and second.kinds and second.kinds != first.kinds:
        return replace(first, kinds=union(first.kinds, second.kinds), score=0.9)
    return first


def _within(found: Meaning, parts: Title, context: str | None) -> Meaning:
    """What the section around it makes of a heading."""
    if context == "five_whys" and parts.name.startswith(("why", "なぜ", "为什么")):
        return UNKNOWN
    if context in found.kinds and COUNTED.search(parts.name):
        return UNKNOWN  # an item of the section around it: "Action item 2: …"
    if context in _CAUSES and parts.name in words("causes")["titles"]["groups"] and _SORTED.issuperset(found.kinds):
        return Meaning((), group=True, score=found.score)  # of a fishbone: people, process, environment
    if context in _CAUSES and found.kinds == ("detection",) and parts.name.startswith("why"):
        return Meaning(("contributing_factors",), score=found.score)  # "why was it not caught" asks for a cause
    if context == "timeline" and found.kinds and PHASES.issuperset(found.kinds):
        return Meaning((), found.kinds, score=found.score)
    if context not in GROUPING:
        return found
    listed, verbs, nouns = groups()
    said = parts.name.split()
    sorts = parts.name in listed or (not parts.name.isascii() and parts.aside in listed)
    if context == "action_items":
        sorts = sorts or (bool(found.kinds) and ACTION_GROUPS.issuperset(found.kinds))
        short = 0 < len(said) <= LONGEST_PART + 2
        sorts = sorts or (short and (said[0] in verbs or said[-1] in nouns))
        sorts = sorts or (bool(found.kinds) and not found.exact)  # "Bug reports for the spawner" names an area
    else:
        sorts = sorts and not found.kinds
    return Meaning((), group=True, score=found.score) if sorts else found
