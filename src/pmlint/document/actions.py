"""Follow-up actions, wherever and however a document lists them."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from pmlint.document.action_cues import cue, is_imperative, is_past, signals
from pmlint.document.action_fields import FieldReader, Fields
from pmlint.document.action_items import Draft, drafts_of, list_drafts, marked, promised, table_drafts, ticked_off
from pmlint.document.action_leads import read_item
from pmlint.document.action_places import ACTIONS, places
from pmlint.document.action_signs import SIGNS
from pmlint.document.action_tables import OWN_ID as _OWN_ID
from pmlint.document.action_tables import find_columns
from pmlint.document.dates import written_order
from pmlint.document.model import Action, ActionStatus, Category, Section, SectionKind
from pmlint.document.patterns import Patterns
from pmlint.document.people import is_name, split_owners
from pmlint.document.sentences import sentence_around, sentences
from pmlint.document.statuses import status_of
from pmlint.document.tickets import find_ticket
from pmlint.document.values import Fact
from pmlint.document.vocabulary import Vocabulary
from pmlint.source import Block, List, Paragraph, Prose, Source, Span, Table, walk

_PATTERNS = Patterns(
    name=r"[A-ZÀ-Þ][\wÀ-ÿ'’-]+(?:\s[A-ZÀ-Þ][\wÀ-ÿ'’.-]*){1,2}",
    commitment=(
        r"(?i)\b(?:we|i)(?:['’]ll| will| are going to| plan to| intend to| are planning to)(?: also| now| therefore)?\s"
        r"(?:add|implement|create|migrat|upgrad|replac|introduc|build|writ|document|mov|fix|improv|increas|chang|updat"
        r"|remov|automat|monitor|review|test|deploy|set up|switch|configur|roll|enforc|requir|refactor|investigat"
        r"|strengthen|audit)\w*\b"
        # What is being moved, fixed or changed is as often the repair of the hour; what is being built lasts.
        r"|(?i:\b(?:we|i)(?:['’]re| are)(?: also| now| currently)?\s(?:adding|implementing|introducing|building"
        r"|writing|improving|automating|reviewing)\b)"
    ),
)
# Where a sentence about the future is a promise and no part of the story.
_STORY = (
    SectionKind.TIMELINE, SectionKind.IMPACT, SectionKind.DETECTION, SectionKind.WENT_WELL, SectionKind.GOT_LUCKY,
    SectionKind.ROLES, SectionKind.RELATED, SectionKind.APPENDIX, SectionKind.GLOSSARY, SectionKind.COMMUNICATION,
    SectionKind.ROOT_CAUSE, SectionKind.CONTRIBUTING_FACTORS, SectionKind.FIVE_WHYS, SectionKind.TRIGGER,
)  # fmt: skip
# What was done has somebody and a day behind it too.
_DONE_THEN = (SectionKind.RESPONSE, SectionKind.MITIGATION, SectionKind.RESOLUTION)
_TELLING = (
    ("wont", ActionStatus.WONT_DO),
    ("progress", ActionStatus.IN_PROGRESS),
    ("finished", ActionStatus.DONE),
)
_WE = re.compile(r"(?i)\s*(?:we|i)\b")
# Of a column "Done?" a cross says that it is open, not that it was dropped.
_DONE = re.compile(r"(?i)\W*(?:done|completed?|closed|finished|完了)\W*$")
_NO = re.compile(r"(?i)\s*(?:❌|✖|✗|✘|❎|no\b|n$|-$|☐|⬜)")
# In a column of identifiers stands a tracker's number as often.
_TRACKED = re.compile(r"#[0-9]{3,}|[A-Z]{2,10}-[0-9]{3,}|AB#[0-9]+")
_NONE = re.compile(r"(?i)\W*(?:n/?a|not applicable|none)\W*")
_OPEN = re.compile(r"(?i)\b(?:will|should|shall|must|need|needs|until|unless|once|when|if)\b")
_NAMED_IN = (SectionKind.TITLE, SectionKind.METADATA, SectionKind.ROLES)


def read_actions(
    sections: Sequence[Section],
    preamble: tuple[Block, ...],
    source: Source,
    *,
    anchor: date | None,
    vocabulary: Vocabulary,
    named: Sequence[str] = (),
) -> tuple[Action, ...]:
    """All follow-up actions in reading order, numbered from 1.

    `anchor` is the day that phrases such as "Q3" or "this week" count from, `named` whom the document's facts name.
    """
    order = vocabulary.date_order or written_order(source.text)
    reader = FieldReader(vocabulary, anchor, order, _people(sections, preamble, vocabulary, named))
    drafts = [draft for place in places(sections, source, anchor, vocabulary) for draft in drafts_of(place, source)]
    if any(draft.row is not None for draft in drafts):
        drafts = [draft for draft in drafts if not _explains(draft)]
    others = [draft for draft in _elsewhere(sections, preamble, drafts, reader) if not _is_held(draft, drafts)]
    drafts = sorted([*drafts, *others], key=lambda draft: draft.span)
    done = _mostly_done(drafts)
    return tuple(_action(number, draft, reader, done=done) for number, draft in enumerate(drafts, start=1))


def _explains(draft: Draft) -> bool:
    """Whether it is a sentence about prevention, which beside a table of actions says what they are good for."""
    kinds = draft.place.kinds if draft.place is not None else ()
    return "prevention" in kinds and "action_items" not in kinds and draft.span == draft.prose.span()


def _is_held(draft: Draft, drafts: Sequence[Draft]) -> bool:
    """Whether a draft lies in one that has been read already."""
    return any(other.span.meets(draft.span) for other in drafts)


def _people(
    sections: Sequence[Section], preamble: tuple[Block, ...], vocabulary: Vocabulary, named: Sequence[str]
) -> frozenset[str]:
    """Names that the document's head and its table of roles give, and the words in them."""
    blocks = [*preamble, *(block for part in sections if part.is_a(*_NAMED_IN) for block in part.blocks)]
    names = {name.casefold() for name in (*vocabulary.people, *named)}
    for block in walk(tuple(blocks)):
        cells = (
            [cell.prose for row in (block.header, *block.rows) for cell in row.cells]
            if isinstance(block, Table)
            else []
        )
        for prose in [block.prose] if isinstance(block, Paragraph) else cells:
            for found in _PATTERNS.name.finditer(prose.text):
                if is_name(found[0], several=False):
                    names.add(found[0].casefold())
                    names.add(found[0].split()[0].casefold())
    return frozenset(names)


def _elsewhere(
    sections: Sequence[Section], preamble: tuple[Block, ...], drafts: Sequence[Draft], reader: FieldReader
) -> Iterator[Draft]:
    """Actions outside of the parts named for them: marked lines, tables that speak for themselves, announced lists.

    A promise in plain prose counts only where the document has no other action.
    """
    found: list[Draft] = []
    ticked: list[Draft] = []
    parts = [((), preamble), *((part.kinds, part.blocks) for part in sections if not part.is_a(*ACTIONS))]
    for kinds, blocks in parts:
        found += (Draft(None, line, line.span()) for line in marked(blocks))
        if SectionKind.TIMELINE in kinds:
            continue
        ticked += (Draft(None, line, line.span()) for line in ticked_off(blocks))
        for block in blocks:
            columns = find_columns(block) if isinstance(block, Table) else None
            if columns is not None and columns.speaks:
                found += table_drafts(block, None)  # type: ignore[arg-type]  # only tables have columns
            elif isinstance(block, List) and not any(kind in (*_STORY, *_DONE_THEN) for kind in kinds):
                found += _assigned(block, reader)
        if not any(kind in _STORY for kind in kinds) and not drafts:
            for before, block in promised(blocks):
                found += list_drafts(block, None, before)
    if len(ticked) > 1:  # one alone may be a blank of the draft
        found += (draft for draft in ticked if not _is_held(draft, found))
    yield from found
    if not drafts and not found:
        yield from _promises(parts)


def _assigned(block: List, reader: FieldReader) -> list[Draft]:
    """The items of a list most of which say who does them, and by when or under which ticket."""
    drafts = list(list_drafts(block, None))
    missing = 0
    for draft in drafts:
        fields = read_item(reader, draft.prose)
        missing += fields.owner is None or not (fields.due or fields.ticket)
        if missing * 2 >= len(drafts):
            return []
    return drafts


def _promises(parts: Sequence[tuple[tuple[SectionKind, ...], tuple[Block, ...]]]) -> Iterator[Draft]:
    for kinds, blocks in parts:
        if any(kind in _STORY for kind in kinds):
            continue
        for block in walk(blocks, quotes=False):
            if isinstance(block, Paragraph):
                for span in sentences(block.prose.voice):
                    if _PATTERNS.commitment.search(block.prose.voice, span.start, span.end):
                        prose = block.prose.cut(span.start, span.end)
                        yield Draft(None, prose, prose.span())


def _mostly_done(drafts: Sequence[Draft]) -> bool:
    """Whether the items are worded as things done: then "Enforced rules" says so, and not what shall be."""
    said = [is_past(draft.prose.text) for draft in drafts if draft.checked is None and draft.row is None]
    return sum(said) * 2 > len(said)


# from draft to action -----------------------------------------------------------------------------------


def _action(number: int, draft: Draft, reader: FieldReader, *, done: bool) -> Action:
    if draft.row is not None:
        fields = _cells(draft, reader)
    else:
        fields = read_item(reader, draft.prose)
        _details(draft, fields, reader)
    _from_place(draft, fields)
    if fields.status is None and fields.status_text is None:
        fields.status = _told_status(draft, done=done)
    if fields.verification is None:
        fields.verification = _signal(draft, fields)
    links = [mark.target for prose in _proses(draft) for mark in prose.links() if mark.target and mark.kind != "image"]
    owner = fields.owner
    return Action(
        number=number,
        id=fields.id,
        text=" ".join(fields.text.text.split()),
        span=draft.span,
        text_span=fields.text.span(),
        owner=owner,
        owners=split_owners(owner.value) if owner else (),
        owner_text=None if owner else fields.owner_text,
        due=fields.due,
        due_text=fields.due_text,
        due_is_horizon=fields.due_is_horizon,
        ticket=fields.ticket,
        status=fields.status,
        status_text=fields.status_text or (fields.status.text if fields.status else None),
        status_span=fields.status_span or (fields.status.span if fields.status else None),
        priority=fields.priority,
        category=fields.category,
        category_text=None if fields.category else fields.category_text,
        verification=fields.verification,
        why=fields.why,
        links=tuple(dict.fromkeys(links)),
        columns=tuple(fields.columns),
        prose=fields.text,
    )


def _proses(draft: Draft) -> list[Prose]:
    if draft.row is not None:
        return [cell.prose for cell in draft.row.cells]
    return [draft.prose, *draft.details]


def _cells(draft: Draft, reader: FieldReader) -> Fields:
    """The parts of an item in a table: those with a column of their own, then what the text adds."""
    row, columns = draft.row, draft.columns
    assert row is not None  # noqa: S101 -- a draft from a table
    assert columns is not None  # noqa: S101 -- found with the table
    own = Fields(draft.prose)
    for name, at in columns.named:
        own.columns.append(name)
        value = row.cells[at].prose
        if not value:
            continue
        if name == "status" and _DONE.match(columns.heads[at]) and _NO.match(value.text):
            own.status = Fact(value=ActionStatus.OPEN, text=value.text, span=value.span())
            continue
        held = any(mark.kind == "strong" and mark.start > 0 for mark in value.marks)
        # that no ticket applies says nothing of the action
        refers = name == "ticket" and not held and not _NONE.fullmatch(value.text)
        said = status_of(value.text, reader.vocabulary) if refers else None
        if said is not None and own.status is None:
            own.status = Fact(value=said, text=value.text, span=value.span())
            continue
        if name in ("status", "due") and _takes_parts(own, name, value, reader):
            continue
        if name == "ticket" and columns.numbers == at and _OWN_ID.fullmatch(value.text):
            own.id = value.text
            continue
        if name == "ticket":
            value = _without_status(own, value, reader)
        reader.put(own, name, value, whole=True)
    if columns.id is not None:
        own.columns.insert(0, "id")
        _identify(own, row.cells[columns.id].prose, reader)
    told = read_item(reader, draft.prose, known_as=own.id)
    own.text = told.text
    for name in (
        "owner",
        "due",
        "due_text",
        "due_is_horizon",
        "ticket",
        "status",
        "priority",
        "category",
        "category_text",
        "verification",
        "why",
        "id",
    ):
        column = name.partition("_")[0]
        if column not in own.columns and getattr(own, name) in (None, False):
            setattr(own, name, getattr(told, name))
    if own.ticket is None:
        own.ticket = told.ticket or next(
            (f.ticket for f in (read_item(reader, row.cells[at].prose) for at in columns.others) if f.ticket), None
        )
    return own


def _takes_parts(own: Fields, name: str, value: Prose, reader: FieldReader) -> bool:
    """Whether a cell says more than its column's name, and all of it is known: "open, @ana", "✅ 12 September"."""
    parts = [(reader.sort(part), part) for part in reader.parts(value)]
    if name == "due":
        said = status_of(value.text, reader.vocabulary, column=False)
        if said is not None and own.status is None:
            own.status = Fact(value=said, text=value.text, span=value.span())
        return False
    sorts = {sort for sort, _ in parts}
    if None in sorts or sorts <= {"status"} or sorts == {"name"}:
        return False
    reader.take(own, parts)
    return True


def _identify(own: Fields, said: Prose, reader: FieldReader) -> None:
    """Takes the identifier from its column; a tracker's number there is the ticket too."""
    own.id = said.text.strip() or None
    if own.ticket is None and _TRACKED.fullmatch(own.id or ""):
        reader.put(own, "ticket", said, whole=True)


def _without_status(own: Fields, value: Prose, reader: FieldReader) -> Prose:
    """A ticket without the bold status behind it: "Bug 5554823 **TODO**"."""
    last = value.marks[-1] if value.marks else None
    if last is None or last.kind != "strong" or last.start == 0 or last.end < len(value.text.rstrip()):
        return value
    said = value.cut(last.start, last.end)
    if (status := status_of(said.text, reader.vocabulary)) and own.status is None:
        own.status = Fact(value=status, text=said.text, span=said.span())
        return value.cut(0, len(value.text[: last.start].rstrip()))
    return value


def _details(draft: Draft, fields: Fields, reader: FieldReader) -> None:
    """What the lines below an item say of it; a bare link below it is its ticket."""
    for detail in draft.details:
        for line in detail.lines():
            reader.add(fields, line)
            if fields.ticket is None and (found := find_ticket(line)):
                part = line.cut(found[1], found[2])
                fields.ticket = Fact(value=found[0], text=part.text, span=part.span())
    if draft.checked is not None and fields.status is None:
        status = ActionStatus.DONE if draft.checked else ActionStatus.OPEN
        box = Span(draft.span.start, min(draft.span.end, draft.prose.span().start))
        fields.status = Fact(value=status, text="[x]" if draft.checked else "[ ]", span=box)


def _from_place(draft: Draft, fields: Fields) -> None:
    """What the headings above an item say of it, where it does not say so itself."""
    place = draft.place
    told = cue("prevents").search(draft.announced.text) if draft.announced else None
    if told and draft.announced and fields.category is None:
        fields.category = Fact(value=Category.PREVENT, text=told[0], span=draft.announced.span(*told.span()))
    if place is None:
        return
    if fields.category is None and place.category and "category" not in fields.columns:
        category, said = place.category
        fields.category = Fact(value=category, text=said.text, span=said.span)
    if fields.owner is None and place.owner:
        fields.owner = Fact(value=place.owner.text, text=place.owner.text, span=place.owner.span)
    if fields.status is None and fields.status_text is None and place.status:
        fields.status = Fact(value=ActionStatus(place.status.text), text=place.status.text, span=place.status.span)
    if fields.ticket is None and place.ticket:
        fields.ticket = Fact(value=place.ticket.text, text=place.ticket.text, span=place.ticket.span)
    if fields.priority is None and place.priority:
        fields.priority = Fact(value=place.priority.text, text=place.priority.text, span=place.priority.span)
    if fields.due_text is None and place.due:
        day, said = place.due
        fields.due_text, fields.due_is_horizon = said.text, True
        if day:
            fields.due = Fact(value=day, text=said.text, span=said.span)


def _told_status(draft: Draft, *, done: bool) -> Fact[ActionStatus] | None:
    """The status that the wording tells: struck out, under way, decided against, done."""
    for prose in [draft.prose] if draft.row is None else []:
        struck = sum(mark.end - mark.start for mark in prose.marks if mark.kind == "strike")
        if struck * 2 > len(prose.text):
            return Fact(value=ActionStatus.DONE, text=prose.text, span=prose.span())
        for name, status in _TELLING:
            found = cue(name).search(prose.voice)
            if found and (name == "progress" or not _asks(prose.voice, found)):
                return Fact(value=status, text=found[0], span=prose.span(*found.span()))
        noted = SIGNS.noted.search(prose.text)
        if noted and noted["did"].casefold() not in ("filed", "opened", "raised", "created"):
            return Fact(value=ActionStatus.DONE, text=noted[0], span=prose.span(*noted.span()))
        did = is_past(prose.text) and (done or _WE.match(prose.text) is not None)
        told = cue("done").search(prose.voice) if draft.place is not None else None
        if did or (told and not _orders(prose.voice, told) and not cue("future").search(prose.voice)):
            return Fact(value=ActionStatus.DONE, text=prose.text, span=prose.span())
    if draft.announced and (found := cue("have").search(draft.announced.text)):
        return Fact(value=ActionStatus.DONE, text=found[0], span=draft.announced.span(*found.span()))
    return None


def _asks(text: str, found: re.Match[str]) -> bool:
    """Whether the sentence around the words still asks for something: "ensure that alerts are in place"."""
    around = sentence_around(text, *found.span())
    said = text[around.start : around.end]
    return is_imperative(said) or _OPEN.search(said) is not None


def _orders(text: str, found: re.Match[str]) -> bool:
    """Whether the sentence around the words orders something: "Revert the rule that was added in haste"."""
    around = sentence_around(text, *found.span())
    return is_imperative(text[around.start : around.end])


def _signal(draft: Draft, fields: Fields) -> Fact[str] | None:
    """The words that hold an observable completion signal."""
    for prose in [fields.text, *_proses(draft)] if draft.row is None else [fields.text]:
        if found := signals().search(prose.voice):
            return Fact(value=found[0], text=found[0], span=prose.span(*found.span()))
    return None
