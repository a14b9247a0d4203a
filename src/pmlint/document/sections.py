"""Sections: the outline of a document with what each part is about."""

import re

from msgspec import Struct

from pmlint.document.action_cues import is_past
from pmlint.document.headings import Meaning, meaning
from pmlint.document.model import Section, SectionKind
from pmlint.document.outline import Part, outline
from pmlint.document.stamped import count_stamped
from pmlint.document.vocabulary import Vocabulary
from pmlint.document.words import canonical
from pmlint.source import Block, Code, Html, List, Markup, Source, Span, Table, walk

_ENOUGH_STAMPS = 3
_STATEMENT = 6
# "We will …", "should …", "Add …": a verb in its base form opens the item, not "Added" or "The fix was …".
_AHEAD = re.compile(
    r"(?i)\W*(?:[a-z][a-z0-9]+-\d+\W+)?"
    r"(?:(?:we|i|the team|they|it)\s+)?(?:(?:will|should|must|need|needs|plan|want|intend|have to|going to)\b"
    r"|(?:add|build|change|check|clean|consider|create|define|delete|deploy|document|enable|ensure|establish|evaluate"
    r"|extend|find|fix|implement|improve|increase|introduce|investigate|keep|lower|make|migrate|monitor|move|prevent"
    r"|provide|raise|reduce|remove|replace|require|review|run|schedule|set up|split|stop|switch|test|train|tune|update"
    r"|upgrade|use|validate|verify|write)\s)"
)
_GENERIC = re.compile(r"(?i)post-?\s?mortem|incident|report|retro|outage|rca")


class Sections(Struct, frozen=True):
    """The sections in order, and what stands before the first of them."""

    sections: tuple[Section, ...]
    preamble: tuple[Block, ...]


def read_sections(markup: Markup, source: Source, vocabulary: Vocabulary) -> Sections:
    """Every section of the document; those that nobody knows are kept as `unknown`."""
    parts = outline(markup.blocks)
    preamble = parts[0].blocks if parts and parts[0].title is None else ()
    titled = [part for part in parts if part.title is not None]
    title_at = _title_index(titled, preamble, vocabulary)
    sections: list[Section] = []
    open_at: list[int] = []
    for index, part in enumerate(titled):
        title = part.title
        assert title is not None  # noqa: S101 -- kept by the filter above
        while open_at and sections[open_at[-1]].level >= title.level:
            open_at.pop()
        around = [sections[at] for at in open_at]
        is_title = index == title_at
        kinds = (SectionKind.TITLE,) if is_title else _kinds(part, titled[index + 1 :], around, vocabulary)
        sections.append(
            Section(
                title=title.prose.text,
                title_span=title.prose.span() if title.prose else title.span,
                span=Span(title.span.start, _end(titled, index, len(source.text))),
                kinds=kinds or (SectionKind.UNKNOWN,),
                level=title.level,
                parent=open_at[-1] if open_at else None,
                blocks=part.blocks,
            )
        )
        open_at.append(index)
    return Sections(tuple(sections), preamble)


def _end(titled: list[Part], index: int, length: int) -> int:
    level = titled[index].title.level  # type: ignore[union-attr]  # titled holds parts with a title
    for part in titled[index + 1 :]:
        if part.title is not None and part.title.level <= level:
            return part.title.span.start
    return length


def _title_index(titled: list[Part], preamble: tuple[Block, ...], vocabulary: Vocabulary) -> int | None:
    """Which heading is the document's title: one that stands above all others and names no section.

    Of several first-level headings before the first section, the last: a course or series may come before it.
    """
    levels = [part.title.level for part in titled if part.title is not None]
    if not levels or levels[0] > min(levels) or (levels[0] > 1 and any(map(_is_shown, preamble))):
        return None
    chosen = None
    for index, part in enumerate(titled):
        if part.title is None or part.title.level > levels[0]:
            break
        found = understand(part.title.prose.text, None, vocabulary)
        if found.kinds or found.ambiguous:
            # an only heading that is no bare name of a section says what the page is about
            says = len(levels) > 1 or not found.exact
            alone = index == 0 and levels.count(levels[0]) == 1 and says
            return 0 if alone else chosen
        chosen = index
        if not is_generic(part.title.prose.text):
            break
    return chosen


def _is_shown(block: Block) -> bool:
    """Whether a reader sees anything of it; a comment above the title is nothing that stands before it."""
    return not isinstance(block, Html) or bool(block.prose.text.strip())


def is_generic(title: str) -> bool:
    """Whether a title names the sort of document and no incident: "Postmortem", "0x19. Postmortem"."""
    return len(title.split()) <= 3 and _GENERIC.search(title) is not None


def understand(title: str, context: str | None, vocabulary: Vocabulary) -> Meaning:
    """The meaning of a heading, in the words of this house first."""
    aliases = {alias: kind for kind, names in vocabulary.headings.items() for alias in names}
    return meaning(title, context=context, aliases=aliases)


def _kinds(part: Part, following: list[Part], around: list[Section], vocabulary: Vocabulary) -> tuple[SectionKind, ...]:
    assert part.title is not None  # noqa: S101 -- only titled parts come here
    context = next((section.kinds[0] for section in reversed(around) if _is_known(section)), None)
    found = understand(part.title.prose.text, context, vocabulary)
    kinds = _decided(found, part, following)
    return tuple(dict.fromkeys(SectionKind(kind) for kind in kinds))


def _is_known(section: Section) -> bool:
    return not section.is_a(SectionKind.UNKNOWN, SectionKind.TITLE)


def _decided(found: Meaning, part: Part, following: list[Part]) -> tuple[str, ...]:
    """What the heading opens: by its words, and where they allow several meanings, by what stands under it."""
    if not found.ambiguous:
        return found.kinds
    body = _whole_body(part, following)
    # a log in code is shown as evidence, unless there is nothing else
    told = tuple(block for block in body if not isinstance(block, Code)) or body
    stamped = count_stamped(told) + _stamped_headings(part, following)
    if "timeline" in found.ambiguous and stamped >= _ENOUGH_STAMPS:
        return ("timeline",)
    if "action_items" in found.ambiguous and (_is_ahead(body) or _sorts_actions(part, following)):
        return ("action_items",)
    if found.ambiguous == _DONE_OR_TO_DO and _is_behind(body):
        return ("resolution",)
    if "contributing_factors" in found.ambiguous and _states(part.blocks):
        return ("contributing_factors",)
    return found.kinds


def _states(blocks: tuple[Block, ...]) -> bool:
    """Whether a list holds statements, as of what contributed, and not names, as of who did."""
    items = [item.prose.text for block in blocks if isinstance(block, List) for item in block.items if item.prose]
    return bool(items) and sum(len(text.split()) >= _STATEMENT for text in items) * 2 > len(items)


def _whole_body(part: Part, following: list[Part]) -> tuple[Block, ...]:
    blocks = list(part.blocks)
    for later in following:
        if later.title is None or part.title is None or later.title.level <= part.title.level:
            break
        blocks.extend(later.blocks)
    return tuple(blocks)


def _stamped_headings(part: Part, following: list[Part]) -> int:
    from pmlint.document.stamps import is_stamp

    count = 0
    for later in following:
        if later.title is None or part.title is None or later.title.level <= part.title.level:
            break
        count += is_stamp(later.title.prose.text)
    return count


def _sorts_actions(part: Part, following: list[Part]) -> bool:
    """Whether each heading under it is one of actions: "Short term improvements", "Long term improvements"."""
    under: list[Meaning] = []
    for later in following:
        if later.title is None or part.title is None or later.title.level <= part.title.level:
            break
        if later.title.level == part.title.level + 1:
            under.append(meaning(later.title.prose.text))
    return len(under) > 1 and all("action_items" in (*found.kinds, *found.ambiguous) for found in under)


_DONE_OR_TO_DO = ("action_items", "resolution")


def _is_behind(blocks: tuple[Block, ...]) -> bool:
    """Whether a list tells of what has been done: "Removed the lock", and no box to tick."""
    items = [item for block in walk(blocks) if isinstance(block, List) for item in block.items if item.prose]
    done = sum(item.checked is None and item.prose is not None and is_past(item.prose.text) for item in items)
    return bool(items) and done * 4 >= len(items) * 3


def _is_ahead(blocks: tuple[Block, ...]) -> bool:
    """Whether a list or table tells of work that is still to be done: boxes to tick, owners and dates, "we will"."""
    texts: list[str] = []
    for block in walk(blocks):
        if isinstance(block, List):
            if any(item.checked is not None for item in block.items):
                return True
            texts += [item.prose.text for item in block.items if item.prose]
        elif isinstance(block, Table):
            heads = {canonical("columns", "actions", cell.prose.text) for cell in block.header.cells}
            if heads & {"owner", "due", "status"}:
                return True
    ahead = sum(_AHEAD.match(text) is not None for text in texts)
    return bool(texts) and ahead * 2 >= len(texts)
