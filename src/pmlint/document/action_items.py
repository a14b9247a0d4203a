"""The items of an action part: from its tables, lists, paragraphs and headings."""

from collections.abc import Iterator
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from pmlint.document.action_cues import cue, is_imperative, is_nothing, is_past, paperwork, states_deliverable
from pmlint.document.action_labels import label_at_start
from pmlint.document.action_places import Place
from pmlint.document.action_signs import SIGNS
from pmlint.document.action_tables import Columns, find_columns
from pmlint.document.headings import meaning
from pmlint.document.lines import ITEM, grouped, line_spans
from pmlint.document.patterns import Patterns
from pmlint.document.people import is_initials
from pmlint.document.tickets import find_ticket
from pmlint.document.timeline_places import title_prose
from pmlint.document.words import words
from pmlint.source import Block, Html, Item, List, Paragraph, Prose, Row, Source, Span, Table, walk

_PATTERNS = Patterns(
    counter=r"^\s*(?:(?i:action(?: item)?|item|task)\s)?#?\d{1,3}\s*[.):：–—-]\s*",
    numbered=r"^\s*(?:#?\d{1,3}[.):]|[A-Z]{1,4}-?\d{1,3}\b|(?i:action(?: item)?|item|task)\s#?\d{1,3}\b)",
    ends_line=r"[.!?。！？:：)\]\"”]\s*$",
    signature=r"[–—-]{1,2}\s?(?:\S+\s?){1,5}",
    key=r"^(?P<lead>[^\n:：–—-]{1,24}?)\s*(?:[:：]|\s[–—-]\s)",
    box=r"\W{0,2}\[(?P<tick>[ xX])\]\s+(?=\S)",
    # "AI-1: …", "2) …", "[x] …": what each of several lines opens with that are an action each
    opens=(
        r"^\W{0,2}(?:#?\d{1,3}[.):]\s|[A-Z]{1,4}-?\d{1,3}\]?\s?[:.)–—-]\s"
        r"|(?i:action(?: item)?|item|task)\s#?\d{1,3}\s?[:.)–—-]|\[[ xX]\]\s|[☐☑☒✅✔⬜🔲⏳🚧]\ufe0f?\s)"
    ),
)


class Draft(Struct, frozen=True):
    """One action as found, before its parts are read."""

    place: Place | None
    prose: Prose
    span: Span
    details: tuple[Prose, ...] = ()
    checked: bool | None = None
    row: Row | None = None
    columns: Columns | None = None
    announced: Prose | None = None
    """The words before its list, which may say something of every item in it."""


def drafts_of(place: Place, source: Source) -> list[Draft]:
    """The actions of one part, in reading order."""
    drafts: list[Draft] = []
    blocks = place.blocks
    has_table = any(isinstance(block, Table) and find_columns(block) for block in blocks)
    titled = _heading_item(place, source)
    if titled is not None:
        return [titled]
    if not place.is_group and not _lists_actions(place):
        return []
    led = [index for index, block in enumerate(blocks) if isinstance(block, Paragraph) and _bold_lead(block.prose)]
    beside = any(isinstance(block, List | Table) for block in blocks)
    before: Prose | None = None
    for index, block in enumerate(blocks):
        match block:
            case Table():
                drafts += table_drafts(block, place)
            case List() if led and index > led[0] and drafts:
                drafts[-1] = _with_details(drafts[-1], block)
            case List() if not has_table or any(item.checked is not None for item in block.items):
                drafts += list_drafts(block, place, before)
            case Paragraph() | Html() if index in led:
                drafts.append(Draft(place, block.prose, block.span))
            case Paragraph() | Html():
                drafts += paragraph_drafts(block.prose, place, beside=beside or bool(led))
            case _:
                pass
        before = block.prose if isinstance(block, Paragraph) else None
    if place.follows:
        drafts = [draft for draft in drafts if _is_follow_up(draft, aside=place.aside)]
    if place.during and sum(_tells(draft) for draft in drafts) * 2 > len(drafts):
        return []
    return drafts


def _is_follow_up(draft: Draft, *, aside: bool) -> bool:
    """Whether an item of a follow-up part is an action: not when it is looked at again, nor where it was shared."""
    if draft.checked is not None or draft.row is not None:
        return True
    return not cue("follow").search(draft.prose.text) and (not aside or is_imperative(draft.prose.text))


def _tells(draft: Draft) -> bool:
    return is_past(_deliverable_text(draft.prose), strict=False)


def _deliverable_text(prose: Prose) -> str:
    """The text without a bold label in front: "**Deprecated denylist**: Removed …"."""
    for mark in prose.marks:
        if mark.kind == "strong" and mark.start == 0 and mark.end < len(prose.text):
            rest = prose.text[mark.end :].lstrip(" :：-–—")
            if rest and is_past(rest, strict=False):
                return rest
    return prose.text


def _lists_actions(place: Place) -> bool:
    """Whether a heading that is no known group holds actions: always under actions, under prevention if they ask."""
    if place.depth == 0 or "prevention" not in place.kinds or "action_items" in place.kinds:
        return True
    items = [item.prose for block in place.blocks if isinstance(block, List) for item in block.items if item.prose]
    return bool(items) and sum(is_imperative(prose.text) for prose in items) * 2 > len(items)


def _heading_item(place: Place, source: Source) -> Draft | None:
    """The action that is a heading of its own, with its owner, date and details under it."""
    section = place.section
    if place.depth == 0 or place.owner is not None:
        return None
    lines = [
        line for block in walk(place.blocks) if isinstance(block, Paragraph | Html) for line in block.prose.lines()
    ]
    labelled = sum(_is_field(line) for line in lines)
    asks = is_imperative(_PATTERNS.numbered.sub("", section.title).lstrip(" .:)–—-"))
    numbered = _PATTERNS.numbered.match(section.title) is not None
    if place.is_group and not labelled:
        return None
    lists = any(isinstance(block, List) and _has_items(block) for block in place.blocks)
    if not labelled and (not asks or lists):
        return None
    if not (asks or numbered or labelled >= 2):
        return None
    prose = _title(place, source)
    end = place.blocks[-1].span.end if place.blocks else section.title_span.end
    details = tuple(line for line in lines)
    return Draft(place, prose, Span(section.span.start, max(end, section.title_span.end)), details)


def _title(place: Place, source: Source) -> Prose:
    """The heading without its number."""
    prose = title_prose(place.section, source)
    numbered = _PATTERNS.counter.match(prose.text)
    return prose.cut(numbered.end()) if numbered and numbered.end() < len(prose.text) else prose


def _is_field(line: Prose) -> bool:
    return label_at_start(line.text) is not None


def _has_items(block: List) -> bool:
    return any(item.prose is not None and not _is_field(item.prose) for item in block.items)


# tables -------------------------------------------------------------------------------------------------


def table_drafts(table: Table, place: Place | None) -> Iterator[Draft]:
    """One action for each row that holds one."""
    columns = find_columns(table)
    if columns is None:
        return
    said = [row.cells[columns.action].prose for row in table.rows]
    # A table of hosts or records names things; what is done to them stands elsewhere.
    if not columns.speaks and sum(map(_is_name_only, said)) * 2 > len(said):
        return
    for row, prose in zip(table.rows, said, strict=True):
        if not is_nothing(prose.text):
            yield Draft(place, prose, row.span, row=row, columns=columns)


# lists --------------------------------------------------------------------------------------------------


def list_drafts(block: List, place: Place | None, before: Prose | None = None) -> Iterator[Draft]:
    """One action for each item; the children of a group label, and tasks below an item, are actions themselves."""
    if _is_legend(block):
        return
    for item in block.items:
        yield from _item_drafts(item, place, before)


def _item_drafts(item: Item, place: Place | None, before: Prose | None) -> Iterator[Draft]:
    prose = item.prose
    nested = [block for block in item.blocks[1:] if isinstance(block, List)]
    if prose is None:
        for block in item.blocks:
            if isinstance(block, List):
                yield from list_drafts(block, place)
        return
    if nested and _is_group(prose, item, nested):
        for block in nested:
            yield from list_drafts(block, place)
        return
    if (
        is_nothing(prose.text)
        or _is_name_only(prose)
        or paperwork().search(prose.text)
        or (prose.text.rstrip().endswith((":", "：")) and not nested)
    ):
        return
    details = tuple(detail for block in item.blocks[1:] for detail in _lines(block))
    yield Draft(place, prose, item.span, details, item.checked, announced=before)


def _is_name_only(prose: Prose) -> bool:
    """Whether an item is a single name, of a host or in code, and says nothing of its own."""
    said = prose.voice.replace("\ufffc", " ").split()
    dotted = "." in prose.text.strip(". ")
    alone = len(said) <= 1 and prose.text.isascii() and (dotted or not is_imperative(prose.text))
    return alone and find_ticket(prose) is None and (dotted or not said or "_" in prose.text)


def _is_group(prose: Prose, item: Item, nested: list[List]) -> bool:
    """Whether an item is only the label of those under it."""
    text = prose.text.strip()
    tasks = any(child.checked is not None for block in nested for child in block.items)
    if tasks and item.checked is None:
        return True
    if any(child.prose is not None and _is_field(child.prose) for block in nested for child in block.items):
        return False
    if text.endswith((":", "：")):
        return not (is_imperative(text) and len(text.split()) >= 4)
    short = len(text.split()) <= 4
    return short and not is_imperative(text) and meaning(text, context="action_items").group


def _is_legend(block: List) -> bool:
    """Whether a list explains the words of a column: "Prevent – …", "P0 – …"."""
    leads = [_PATTERNS.key.match(item.prose.text) if item.prose else None for item in block.items]
    named = [lead["lead"].strip(" *") for lead in leads if lead]
    explains = [lead for lead in named if lead[:2] in ("P0", "P1", "P2", "P3", "P4") and len(lead) == 2]
    return len(block.items) >= 2 and len(explains) == len(block.items)


def _lines(block: Block) -> Iterator[Prose]:
    """Every line of text below an item, code left out."""
    for inner in walk((block,)):
        if isinstance(inner, Paragraph | Html):
            yield inner.prose


def _with_details(draft: Draft, block: List) -> Draft:
    return replace(draft, details=(*draft.details, *_lines(block)), span=Span(draft.span.start, block.span.end))


# prose --------------------------------------------------------------------------------------------------


def _bold_lead(prose: Prose) -> bool:
    """Whether a paragraph opens with bold initials or a bold handle: the house gives every action its owner so."""
    mark = next((mark for mark in prose.marks if mark.kind == "strong" and mark.start == 0), None)
    if mark is None or mark.end >= len(prose.text):
        return False
    lead = prose.text[: mark.end].strip(" :")
    return is_initials(lead) or lead.startswith("@") or all(is_initials(part) for part in lead.split("/"))


def paragraph_drafts(prose: Prose, place: Place | None, *, beside: bool) -> Iterator[Draft]:
    """The actions in running text: a line each where lines are statements, else the paragraph as one."""
    statements = _statements(prose)
    if len(statements) > 2 and _PATTERNS.numbered.match(statements[0].text) and all(map(_is_field, statements[1:])):
        yield Draft(place, statements[0], prose.span(), tuple(statements[1:]))
        return
    for statement in statements:
        if _is_field(statement) or is_nothing(statement.text) or statement.text.rstrip().endswith((":", "：")):
            continue
        if len(statements) == 1 and _PATTERNS.signature.fullmatch(statement.text):
            continue
        mark, span = ITEM.match(statement.text), statement.span()
        if mark and not any(map(str.isalnum, mark[0])):
            statement = statement.cut(mark.end())  # noqa: PLW2901 -- a bullet says nothing
        listed = (
            mark is not None
            or (len(statements) > 1 and _PATTERNS.opens.match(statement.text) is not None)
            or (not beside and find_ticket(statement) is not None)
            or (not beside and SIGNS.noted.search(statement.text) is not None)
        )
        named = len(statements) > 2 and _is_demand(statement, beside=beside)
        box = _PATTERNS.box.match(statement.text)
        if box is not None:
            yield Draft(place, statement.cut(box.end()), statement.span(), checked=box["tick"] != " ")
        elif listed or named or states_deliverable(statement, beside_items=beside):
            yield Draft(place, statement, span)


def _statements(prose: Prose) -> list[Prose]:
    """The lines of a paragraph where each of them opens or ends a statement; one passage where it is only wrapped."""
    spans = line_spans(prose.text)
    opening = [at for at, span in enumerate(spans) if _PATTERNS.opens.match(prose.text[span.start : span.end])]
    if len(opening) > 1:
        return grouped(prose, opening, spans)
    lines = prose.lines()
    if len(lines) > 1 and all(_PATTERNS.ends_line.search(line.text) or ITEM.match(line.text) for line in lines[:-1]):
        return _joined_by_intro(lines)
    return [prose]


def _joined_by_intro(lines: list[Prose]) -> list[Prose]:
    return [line for line in lines if not line.text.rstrip().endswith((":", "："))] or lines


def _is_demand(prose: Prose, *, beside: bool) -> bool:
    """Whether a line among several names a thing to have: "More automated alarms", "Bug bounty in order to …"."""
    if beside or cue("closing").search(prose.text):
        return False
    finite = words("actions")["verbs"]["finite"]
    first = prose.text.split(" ", 3)
    return not any(word.casefold() in finite for word in prose.text.split()[:8]) and len(first) > 2


def promised(blocks: tuple[Block, ...]) -> Iterator[tuple[Prose, List]]:
    """Each list that a line before it announces as what will be done."""
    for before, block in pairwise(blocks):
        if isinstance(before, Paragraph) and isinstance(block, List):
            last = (before.prose.lines() or [before.prose])[-1]
            if last.text.rstrip().endswith((":", "：")) and cue("promise").search(last.text):
                yield last, block


def ticked_off(blocks: tuple[Block, ...]) -> Iterator[Prose]:
    """Each paragraph that a bold TODO or DONE opens, and that says what."""
    for block in walk(blocks, quotes=False):
        if isinstance(block, Paragraph) and block.prose.marks and block.prose.text.startswith(("TODO", "DONE")):
            mark = block.prose.marks[0]
            label = block.prose.text[: mark.end].rstrip(": ")
            if mark.kind == "strong" and label in ("TODO", "DONE") and len(block.prose.text.split()) > _SAYS:
                yield block.prose


_SAYS = 5
"""Words up to which what follows a TODO names a blank to fill in rather than work to do."""


def marked(blocks: tuple[Block, ...]) -> Iterator[Prose]:
    """Each line that calls itself an action: `ACTION: …`."""
    for block in walk(blocks, quotes=False):
        if isinstance(block, Paragraph) and "ACTION" in block.prose.text:
            yield from (line for line in block.prose.lines() if line.text.lstrip(" -*>").startswith("ACTION"))
