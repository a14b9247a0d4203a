"""Where actions stand in a document, and what the headings above them say about all of them."""

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from pmlint.document.action_cues import cue
from pmlint.document.categories import heading_category
from pmlint.document.headings import meaning, normalise
from pmlint.document.horizons import resolve_horizon
from pmlint.document.model import Category, Section, SectionKind
from pmlint.document.patterns import Patterns
from pmlint.document.people import is_initials, is_name
from pmlint.document.statuses import status_of
from pmlint.document.tickets import find_ticket
from pmlint.document.timeline_places import title_prose
from pmlint.document.vocabulary import Vocabulary
from pmlint.source import Block, Source, Span

ACTIONS = (SectionKind.ACTION_ITEMS, SectionKind.PREVENTION, SectionKind.FOLLOW_UP)
# What was done while it lasted belongs to the response, whatever its heading says of actions.
_DURING = (
    SectionKind.RESPONSE,
    SectionKind.MITIGATION,
    SectionKind.RESOLUTION,
    SectionKind.TIMELINE,
    SectionKind.DETECTION,
)
# Parts that may stand below an action section and are parts of their own.
_OTHERS = (
    SectionKind.SIGN_OFF, SectionKind.APPENDIX, SectionKind.WENT_WELL, SectionKind.WENT_WRONG, SectionKind.GOT_LUCKY,
    SectionKind.IMPACT, SectionKind.SUMMARY, SectionKind.ROOT_CAUSE, SectionKind.FIVE_WHYS, SectionKind.TIMELINE,
    SectionKind.GLOSSARY, SectionKind.PUBLICATION, SectionKind.CONTRIBUTING_FACTORS,
)  # fmt: skip


_PATTERNS = Patterns(
    rank=r"(?i)\W*(?:P[0-4]\b|(?:immediate(?:ly)?|urgent|asap|(?:short|near|mid|medium|long)(?:er)?[- ]?term)\b)",
    tracked=r"(?i)\b(?:issues?|tickets?|epic|story|tracked|tracking|milestone|card)\b",
)


class Said(Struct, frozen=True):
    """What a heading says of every action under it, with the place that says it."""

    text: str
    span: Span


class Place(Struct, frozen=True):
    """The blocks under one heading, and what the headings above them hold for all of them."""

    section: Section
    blocks: tuple[Block, ...]
    depth: int
    """0 for the action section itself."""
    kinds: tuple[SectionKind, ...]
    """Of the action section that it belongs to."""
    category: tuple[Category, Said] | None = None
    owner: Said | None = None
    status: Said | None = None
    ticket: Said | None = None
    priority: Said | None = None
    due: tuple[date | None, Said] | None = None
    is_group: bool = True
    """Whether the heading only sorts what stands under it."""
    taken: bool = False
    """Whether the heading says that these actions have been taken."""
    aside: bool = False
    """Whether it only follows up on actions that stand elsewhere."""
    during: bool = False
    """Whether it stands in a part about the response, so that what is past was done during the incident."""

    @property
    def follows(self) -> bool:
        """Whether it is about what comes after, and named for nothing else."""
        name = normalise(self.section.title)
        return all(kind == SectionKind.FOLLOW_UP for kind in self.kinds) or name in ("follow up", "follow ups")


def places(sections: Sequence[Section], source: Source, anchor: date | None, vocabulary: Vocabulary) -> list[Place]:
    """Every part that lists follow-up actions, in reading order."""
    found: list[Place] = []
    by_index: dict[int, Place] = {}
    for index, section in enumerate(sections):
        above = by_index.get(section.parent) if section.parent is not None else None
        if above is not None and not section.is_a(*ACTIONS):
            place = _below(above, section, source, anchor, vocabulary)
        elif section.is_a(*ACTIONS) and not cue("routine").search(section.title):
            place = _noted(_top(above, section, sections, anchor), source, vocabulary)
        else:
            place = None
        if place is not None:
            by_index[index] = place
            found.append(place)
    return _without_taken(found)


def _top(above: Place | None, section: Section, sections: Sequence[Section], anchor: date | None) -> Place | None:
    if section.is_a(SectionKind.PREVENTION) and cue("product").search(section.title):
        return None
    around = list(_above(section, sections))
    during = any(other.is_a(*_DURING) and not other.is_a(*ACTIONS) for other in around)
    kinds = section.kinds if above is None else (*above.kinds, *section.kinds)
    place = Place(section, section.blocks, 0 if above is None else above.depth + 1, kinds)
    category = heading_category(section.title)
    if category is not None and section.is_a(SectionKind.PREVENTION, SectionKind.ACTION_ITEMS):
        place = replace(place, category=(category, _said(section)))
    elif above is not None:
        place = replace(place, category=above.category)
    taken = cue("taken").search(section.title) is not None or (above is not None and above.taken)
    priority = _said(section) if _ranks(section.title) else above.priority if above is not None else None
    return replace(place, taken=taken, during=during, priority=priority, due=_horizon(section, anchor))


def _above(section: Section, sections: Sequence[Section]) -> Iterator[Section]:
    parent = section.parent
    while parent is not None:
        yield sections[parent]
        parent = sections[parent].parent


def _below(above: Place, section: Section, source: Source, anchor: date | None, vocabulary: Vocabulary) -> Place | None:
    """A part of an action section: a group of its items, an item with a heading of its own, or none of its business."""
    if section.is_a(*_OTHERS) or cue("routine").search(section.title):
        return None
    found = meaning(section.title, context="action_items")
    if section.is_a(SectionKind.RELATED) and found.exact:
        return None
    is_label = not source.text.startswith("#", section.span.start)
    place = replace(above, section=section, blocks=section.blocks, depth=above.depth + 1, is_group=found.group)
    if category := heading_category(section.title):
        place = replace(place, category=(category, _said(section)))
    place = _noted(place, source, vocabulary) or place
    if _names_owner(section.title, found.group, is_label=is_label):
        place = replace(place, owner=_said(section), is_group=True)
    elif not found.note and (status := status_of(section.title, vocabulary)):
        place = replace(place, status=Said(status.value, section.title_span))
    if _ranks(section.title):
        place = replace(place, priority=_said(section))
    if due := _horizon(section, anchor):
        place = replace(place, due=due)
    return place


def _noted(place: Place | None, source: Source, vocabulary: Vocabulary) -> Place | None:
    """With what a bracket in its heading says of all its items: "(done)", "(in progress, issue #12)"."""
    found = meaning(place.section.title) if place is not None else None
    if place is None or found is None or not found.note or found.note_start is None:
        return place
    if status := status_of(found.note, vocabulary, column=place.depth > 0):
        place = replace(place, status=Said(status.value, place.section.title_span))
    if _PATTERNS.tracked.search(found.note):
        ticket = find_ticket(title_prose(place.section, source).cut(found.note_start))
        if ticket is not None:
            place = replace(place, ticket=Said(ticket[0], place.section.title_span))
    return place


def _ranks(title: str) -> bool:
    """Whether a heading says how soon, or how important: "Short term", "P1", "High priority"."""
    return "priorit" in title.casefold() or _PATTERNS.rank.match(title) is not None


def _names_owner(title: str, group: bool, *, is_label: bool) -> bool:
    """Whether a label over items is the name of who does them; a heading is so only where it can be nothing else."""
    head, _, note = title.partition(" - ")
    if group or any(char.isdigit() for char in title):
        return False
    if title.startswith("@") or is_initials(head):
        return True
    return is_label and is_name(head) and not note.isupper()


def _said(section: Section) -> Said:
    return Said(section.title.partition(" - ")[0].strip(), section.title_span)


def _horizon(section: Section, anchor: date | None) -> tuple[date | None, Said] | None:
    """A heading such as "This week" or "Q3"; "immediate" and "short term" name no day."""
    if anchor is None or "immediate" in section.title.casefold():
        return None
    found = resolve_horizon(section.title, anchor)
    return (found[0], Said(section.title, section.title_span)) if found else None


def _without_taken(found: list[Place]) -> list[Place]:
    """Without what was done during the incident, where the document has a part for what follows."""
    following = [place for place in found if not place.taken and not place.during]
    listed = [place for place in following if not place.follows]
    return [replace(place, aside=bool(listed) and place.follows) for place in following or found]
