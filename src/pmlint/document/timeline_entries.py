"""Timeline entries in lists, lines, headings and logs: which stretch of text is one entry."""

import re

from msgspec import Struct, field

from pmlint.document.clocks import find_clocks
from pmlint.document.dates import Order, find_dates
from pmlint.document.stamps import Stamp, is_stamp
from pmlint.document.timeline_draft import Draft, When, first_of
from pmlint.document.timeline_stamps import entry_stamp, shifted
from pmlint.document.timeline_tables import read_rows
from pmlint.document.words import canonical
from pmlint.document.zones import find_zone, find_zone_statement
from pmlint.source import Block, Code, Html, Item, List, Paragraph, Prose, Quote, Span, Table

_LABEL_WORDS = 5
# A line that ends like this goes on in the next, whatever the next begins with.
_DANGLING = re.compile(
    r"(?i)(?:\b(?:at|from|since|until|till|by|between|around|about|to|and|or|on|of|before|after|the|a|for|in|with|was|were|is"
    r"|than|approximately|utc)|[,(/–-])$"
)
_LABEL = re.compile(r"[^\w(\[]{0,6}(?P<label>[^\W\d][^:：\n]{0,48}?)\s?(?:[:：]|\s[-–—·•|→]\s)\s*(?=\S)")
_LETTER = re.compile(r"[^\W\d_]")
_COLON_END = re.compile(r"[:：][\s*_`~]*$")
# How cState, a generator of status pages, notes the time of an update at its end.
_TRACK = re.compile(r"\s*\{\{[<%]\s*track\s+\"(?P<time>[^\"\n]{8,40})\"\s*[>%]\}\}[\s.]*$")
_LONG_LINE = 60
_SEPARATORS = " :：-–—*·•|→"
# What may stand beside a zone that holds for all: "December 5, all UTC".
_ALL_IN = re.compile(r"(?i)(?:all|times?|timestamps|in|are|given|zone|local|\W)*")
_TELLS = re.compile(r"(?:At|On|Around|From|By|Between|Since|Starting)\s")
_FACTS = frozenset({"duration", "severity", "status", "authors", "owner", "incident_id", "date", "title"})


class Reader(Struct):
    """Reads blocks in order into drafts; what has no stamp belongs to the entry above."""

    order: Order | None = None
    dotted: bool = False
    """Whether times are written 13.41 here, so that such a number at the head of a line is one."""
    strict: bool = False
    """Whether only a leading stamp makes an entry."""
    drafts: list[Draft] = field(default_factory=list)
    phase: str = ""
    course: int | None = None
    open: Draft | None = None
    """The entry that unstamped text now belongs to."""
    notes: list[Prose] = field(default_factory=list)
    """Lines that belong to no entry; a statement about the zone may be among them."""

    def stamp(self, prose: Prose) -> Stamp | None:
        """The time that a line begins with; what describes a picture tells no event."""
        stamp = entry_stamp(prose.text, order=self.order, dotted=self.dotted)
        first = prose.marks[0] if prose.marks else None
        if stamp is None or first is None or first.kind != "image" or not first.start <= stamp.start < first.end:
            return stamp
        return None

    def heading(self, prose: Prose) -> None:
        """A heading inside the timeline: an entry where it is stamped, else a phase of what follows."""
        self.open = None
        stamp = self.stamp(prose) or _labelled(self, prose)
        if stamp is None:
            self.phase = prose.text
            return
        self.phase = prose.text[: stamp.start] if stamp.start else self.phase
        self._begin(stamp, prose, prose.span().start)

    def blocks(self, blocks: tuple[Block, ...], *, logs: bool = False) -> None:
        """Everything under one heading; fenced text only where `logs`."""
        for block in blocks:
            match block:
                case Paragraph() | Html() if _is_told(block.prose) and self._is_tabled(blocks):
                    self.notes.extend(block.prose.lines())
                case Paragraph() | Html():
                    self.paragraph(block.prose)
                case List():
                    self.list(block)
                case Table():
                    self.table(block)
                case Quote() if logs:
                    self.blocks(block.blocks, logs=True)
                case Code() if logs:
                    for line in block.lines:
                        self._line(line)
                    self.open = None
                case _:
                    pass

    def _is_tabled(self, blocks: tuple[Block, ...]) -> bool:
        return any(isinstance(block, Table) and read_rows(block, self.order) for block in blocks)

    def table(self, table: Table) -> None:
        """A table: its rows, if it has times."""
        rows = read_rows(table, self.order)
        for draft in rows:
            draft.phase, draft.course = self.phase, self.course
        self.drafts.extend(rows)
        if rows:
            self.open = None

    def paragraph(self, prose: Prose) -> None:
        """Lines of text: each stamped one an entry, the others go with the one above."""
        lines = prose.lines()
        if self._update(lines) or self._tracked(prose, prose.span()):
            return
        above = ""
        for number, line in enumerate(lines):
            wrapped = number > 0 and self._runs_on(above, stamped=self.open is not None)
            self._line(line, entry=not wrapped)
            above = line.text.rstrip()

    def _update(self, lines: list[Prose]) -> bool:
        """A status page's update: a bold word, what it says, and the time below."""
        if len(lines) < 2 or not is_stamp(lines[-1].text) or self.stamp(lines[0]) is not None:
            return False
        lead = lines[0].marks[0] if lines[0].marks else None
        stamp = self.stamp(lines[-1])
        if stamp is None or lead is None or lead.kind != "strong" or lead.start > 0:
            return False
        span = lines[0].span()
        draft = Draft(When.of(stamp, lines[-1]), span.start, lines[-1].span().end, phase=self.phase, course=self.course)
        for line in lines[:-1]:
            draft.add(line)
        self.drafts.append(draft)
        self.open = None
        return True

    def _tracked(self, prose: Prose, span: Span) -> bool:
        """A status page's update that ends with its time."""
        found = _TRACK.search(prose.text)
        time = prose.cut(*found.span("time")) if found else None
        stamp = self.stamp(time) if time is not None else None
        if found is None or time is None or stamp is None:
            return False
        draft = Draft(When.of(stamp, time), span.start, span.end, phase=self.phase, course=self.course)
        draft.add(prose.cut(0, found.start()))
        self.drafts.append(draft)
        self.open = None
        return True

    def _runs_on(self, above: str, *, stamped: bool) -> bool:
        """Whether the line above breaks off in the middle of a sentence."""
        if _DANGLING.search(above):
            return True
        return not stamped and len(above) > _LONG_LINE and above[-1:] not in ".!?:;。"

    def _line(self, line: Prose, *, entry: bool = True) -> None:
        stamp = self.stamp(line) if entry else None
        if stamp is not None:
            self._begin(stamp, line, line.span().start)
        elif self.open is not None:
            self.open.add(line)
        elif entry and (labelled := _labelled(self, line)):
            self._begin(labelled, line, line.span().start)
        else:
            self.notes.append(line)

    def _begin(self, stamp: Stamp, prose: Prose, start: int) -> Draft:
        draft = Draft(When.of(stamp, prose), start, prose.span().end, phase=self.phase, course=self.course)
        label = prose.cut(0, first_of(stamp))
        if _LETTER.search(label.text) and (stamp.start > 0 or _COLON_END.search(label.text)):
            draft.label = label.text.strip(_SEPARATORS)
        draft.add_after(stamp, prose)
        if draft.when is not None and draft.when.is_day and draft.parts and _is_note(draft.parts[0]):
            self.notes.append(draft.parts.pop())
            draft.own_text = False
        if not draft.parts and draft.label:
            draft.own_text = True
            draft.add(label.cut(0, len(label.text.rstrip(_SEPARATORS))))
        self.drafts.append(draft)
        self.open = draft
        return draft

    def list(self, block: List) -> None:
        """A list: of entries where enough of its items are stamped, else part of the entry above."""
        tracked = [item.prose is not None and self._tracked(item.prose, item.span) for item in block.items]
        if any(tracked):
            return
        stamped = [self._opening(item) for item in block.items]
        count = sum(stamp is not None for stamp in stamped)
        within = count == 0 and any(_holds_stamps(self, item) for item in block.items)
        above = self.open
        if count == 0 and not within:
            if above is not None:
                above.listed = True
                self._swallow(above, block)
                return
            self._told(block)
            return
        if above is not None and above.when is not None and above.when.is_day:
            above.groups = True
        for item, stamp in zip(block.items, stamped, strict=True):
            if stamp is not None:
                self._item(item, stamp)
            elif _holds_stamps(self, item):
                self._group(item)
            elif count >= 2 and count * 2 >= len(block.items) and above_is_day(above):
                self._untimed(item)
            elif self.open is not None:
                self._swallow_item(self.open, item)
        self.open = None

    def _opening(self, item: Item) -> Stamp | None:
        prose = item.prose
        if prose is None:
            return None
        line = prose.cut(0, _first_line(prose))
        return self.stamp(line) or _labelled(self, line)

    def _item(self, item: Item, stamp: Stamp) -> None:
        prose = item.prose
        assert prose is not None  # noqa: S101 -- a stamp was found in it
        lines = prose.lines()
        draft = self._begin(stamp, lines[0], item.span.start)
        above = lines[0].text
        for line in lines[1:]:
            self._line(line, entry=not _DANGLING.search(above.rstrip()))
            above = line.text
        for block in item.blocks[1:]:
            if isinstance(block, List) and any(self._opening(inner) for inner in block.items):
                draft.groups = draft.groups or draft.when is None or draft.when.is_day
                phase, self.phase = self.phase, draft.label or self.phase
                self._nested(block, draft)
                self.phase = phase
            elif isinstance(block, List):
                draft.listed = True
                self._swallow(self.open or draft, block)
            elif isinstance(block, Paragraph):
                self.open = self.open or draft
                self.paragraph(block.prose)
        if not draft.groups:
            draft.end = max(draft.end, item.span.end)

    def _nested(self, block: List, draft: Draft) -> None:
        """Items below a stamped one: entries where they have a stamp of their own, else notes to it."""
        for item in block.items:
            stamp = self._opening(item)
            if stamp is not None:
                self._item(item, stamp)
            else:
                self._swallow_item(draft, item)
        self.open = draft

    def _group(self, item: Item) -> None:
        """An item without a time over items with one: a phase."""
        phase, self.open = self.phase, None
        if item.prose is not None:
            self.phase = item.prose.text
        self.blocks(item.blocks[1:] if item.prose is not None else item.blocks)
        self.phase, self.open = phase, None

    def _untimed(self, item: Item) -> None:
        draft = Draft(None, item.span.start, item.span.end, phase=self.phase, course=self.course)
        self._swallow_item(draft, item)
        if draft.parts and not _is_fact(draft.parts[0].text):
            self.drafts.append(draft)

    def _swallow(self, draft: Draft, block: List) -> None:
        for item in block.items:
            self._swallow_item(draft, item)

    def _swallow_item(self, draft: Draft, item: Item) -> None:
        for block in item.blocks:
            if isinstance(block, Paragraph | Html):
                draft.add(block.prose)
            elif isinstance(block, List):
                self._swallow(draft, block)

    def _told(self, block: List) -> None:
        """Items that give their time within the sentence."""
        timed = [(item, self._within(item.prose)) for item in block.items]
        count = sum(when is not None for _, when in timed)
        if self.strict or count < 2 or count * 2 < len(block.items):
            self.notes.extend(item.prose for item in block.items if item.prose is not None)
            return
        for item, when in timed:
            draft = Draft(when, item.span.start, item.span.end, phase=self.phase, course=self.course, told=True)
            self._swallow_item(draft, item)
            if draft.parts:
                self.drafts.append(draft)

    def _within(self, prose: Prose | None) -> When | None:
        return time_within(prose, self.order) if prose is not None else None


def _is_told(prose: Prose) -> bool:
    """Whether a paragraph is a sentence about what the table beside it lists: "At 08:14 a policy was deployed."."""
    return _TELLS.match(prose.text) is not None and prose.text.rstrip().endswith((".", "!", ":"))


def above_is_day(above: Draft | None) -> bool:
    """Whether a list stands by itself or under a day, not under an entry that it could explain."""
    return above is None or (above.when is not None and above.when.is_day)


def time_within(prose: Prose, order: Order | None) -> When | None:
    """The first time of day in a sentence, with the date beside it."""
    clocks = [clock for clock in find_clocks(prose.voice) if clock.valid and clock.relative_minutes is None]
    dates = [day for day in find_dates(prose.voice, order=order) if day.exists]
    if not clocks:
        return None
    clock = clocks[0]
    near = [day for day in dates if abs(day.start - clock.end) < 12 or abs(clock.start - day.end) < 12]
    start = min([clock.start, *(day.start for day in near[:1])])
    end = max([clock.end, *(day.end for day in near[:1])])
    return When(near[0] if near else None, clock, prose.span(start, end))


def _labelled(reader: Reader, line: Prose) -> Stamp | None:
    """The time right after a short label: "Detected: 10:04 UTC"."""
    if reader.strict:
        return None
    found = _LABEL.match(line.text)
    if found is None or len(found["label"].split()) > _LABEL_WORDS:
        return None
    rest = line.text[found.end() :]
    stamp = entry_stamp(rest, order=reader.order)
    if stamp is None:
        return None
    return shifted(stamp, found.end())


def _holds_stamps(reader: Reader, item: Item) -> bool:
    return any(
        isinstance(block, List) and any(reader._opening(inner) is not None for inner in block.items)
        for block in item.blocks
    )


def _is_note(prose: Prose) -> bool:
    """Whether a text says nothing but what the times are in."""
    if len(prose.text) >= _LONG_LINE:
        return False
    zone = find_zone(prose.text)
    bare = zone is not None and _ALL_IN.fullmatch(prose.text[: zone[1]] + prose.text[zone[2] :]) is not None
    return bare or find_zone_statement(prose.text) is not None


def _is_fact(text: str) -> bool:
    """Whether an item states a fact about the incident, as "Duration: 3 h", and tells no event."""
    found = _LABEL.match(text)
    return found is not None and canonical("metadata", "keys", found["label"]) in _FACTS


def _first_line(prose: Prose) -> int:
    at = prose.text.find("\n")
    return len(prose.text) if at < 0 else at
