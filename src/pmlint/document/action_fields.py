"""The parts of an action item that is written as text: who, by when, where tracked, how far, how known to be done."""

import re
from collections.abc import Sequence
from datetime import date

from msgspec import Struct, field

from pmlint.document.action_labels import labels_in
from pmlint.document.action_signs import CLASSES as _CLASSES
from pmlint.document.action_signs import SIGNS as _PATTERNS
from pmlint.document.categories import named_category
from pmlint.document.dates import Order, find_dates
from pmlint.document.horizons import is_short_day, resolve_horizon, short_day
from pmlint.document.model import ActionStatus, Category
from pmlint.document.people import (
    end_handle,
    first_handle,
    is_full_name,
    is_name,
    is_nobody,
    is_nobody_in_particular,
    is_nobody_yet,
)
from pmlint.document.statuses import status_of
from pmlint.document.tickets import find_ticket, is_ticket
from pmlint.document.values import Fact
from pmlint.document.vocabulary import Vocabulary
from pmlint.source import Prose, Span

_DIGIT = re.compile(r"\d")
_OWNER_WORDS = 4
Part = tuple[str | None, Prose]


class Fields(Struct):
    """What an item says about itself; `text` is what is left of it, the deliverable."""

    text: Prose
    id: str | None = None
    owner: Fact[str] | None = None
    owner_text: Fact[str] | None = None
    due: Fact[date] | None = None
    due_text: str | None = None
    due_is_horizon: bool = False
    ticket: Fact[str] | None = None
    status: Fact[ActionStatus] | None = None
    status_text: str | None = None
    status_span: Span | None = None
    priority: Fact[str] | None = None
    category: Fact[Category] | None = None
    category_text: Fact[str] | None = None
    verification: Fact[str] | None = None
    why: str | None = None
    columns: list[str] = field(default_factory=list)


class FieldReader(Struct, frozen=True):
    """Reads the parts of items, with what is known of the document around them."""

    vocabulary: Vocabulary
    anchor: date | None
    order: Order | None
    people: frozenset[str]
    other_ids: frozenset[str] = frozenset()

    def behind(self, prose: Prose) -> Fields:
        """What stands behind an item's deliverable: its labelled parts, and those in brackets and after dashes."""
        fields = Fields(prose)
        labels = [found for found in labels_in(prose) if found[1].start() > 0]
        self._labelled(fields, prose, labels)
        end = labels[0][1].start() if labels else len(prose.text)
        self._tails(fields, _trimmed(prose.cut(0, end)) or prose)
        return fields

    def add(self, fields: Fields, detail: Prose) -> bool:
        """Adds what a line under the item says of it: `Owner: …`. Says whether it was such a line."""
        labels = list(labels_in(detail))
        self._labelled(fields, detail, labels)
        return bool(labels) and labels[0][1].start() == 0

    def _labelled(self, fields: Fields, prose: Prose, labels: list[tuple[str, re.Match[str]]]) -> None:
        starts = [found.start() for _, found in labels]
        for (name, found), end in zip(labels, [*starts[1:], len(prose.text)], strict=False):
            value = _trimmed(prose.cut(found.end(), end))
            if value:
                self.put(fields, name, value)
                self._beside(fields, name, value)

    def _beside(self, fields: Fields, name: str, value: Prose) -> None:
        """What stands without a label behind the one that is named: "Owner: Jane Doe, 2026-05-31"."""
        if name == "owner" and "," in value.text:
            said = [(self.sort(part), part) for part in self.parts(value)[1:]]
            self.take(fields, [(sort, part) for sort, part in said if sort in ("due", "ticket", "status", "priority")])

    def put(self, fields: Fields, name: str, value: Prose, *, whole: bool = False) -> None:
        """Sets one field from the text that stands for it; `whole` where the text is a cell of its own."""
        if name == "owner" and fields.owner is None:
            said = value if whole else _until_stop(value)
            if said and not is_nobody(said.text):
                fields.owner = Fact(value=_plain(said.text), text=said.text, span=said.span())
            elif said and is_nobody_yet(said.text):
                fields.owner_text = Fact(value=_plain(said.text), text=said.text, span=said.span())
        elif name == "due" and fields.due_text is None:
            self._due(fields, value, whole=whole)
        elif name == "ticket" and fields.ticket is None:
            self._ticket(fields, value, whole=whole)
        elif name == "status" and fields.status_text is None:
            said = value if whole else _until_stop(value)
            self.set_status(fields, said, status_of(said.text, self.vocabulary))
        elif name == "priority" and fields.priority is None:
            said = value if whole else _until_stop(value)
            fields.priority = Fact(value=_plain(said.text), text=said.text, span=said.span())
        elif name == "category" and fields.category is None:
            _set_category(fields, value if whole else _until_stop(value))
        elif name == "verification" and fields.verification is None:
            fields.verification = Fact(value=_plain(value.text), text=value.text, span=value.span())
        elif name == "why" and fields.why is None:
            fields.why = _plain(value.text)

    def set_status(self, fields: Fields, said: Prose, status: ActionStatus | None) -> None:
        if fields.status_text is not None:
            return
        fields.status_text, fields.status_span = _plain(said.text), said.span()
        if status is not None:
            fields.status = Fact(value=status, text=said.text, span=said.span())

    def _ticket(self, fields: Fields, value: Prose, *, whole: bool) -> None:
        found = find_ticket(value)
        if found:
            part = value.cut(found[1], found[2])
            fields.ticket = Fact(value=found[0], text=part.text, span=part.span())
            return
        said = value if whole else _until_stop(value)
        link = next((mark for mark in said.links() if mark.target), None)
        if link is not None:
            fields.ticket = Fact(value=str(link.target), text=said.text, span=said.span())
        elif whole and not is_nobody(said.text) and status_of(said.text, self.vocabulary) is None:
            fields.ticket = Fact(value=_plain(said.text), text=said.text, span=said.span())

    def _due(self, fields: Fields, value: Prose, *, whole: bool) -> None:
        dates = [found for found in self._dates(value.text) if found[1] <= (len(value.text) if whole else 16)]
        if dates:
            day, start, end = dates[0]
            part = value.cut(start, end)
            fields.due_text = part.text
            if day:
                fields.due = Fact(value=day, text=part.text, span=part.span())
            return
        said = value if whole else _until_stop(value)
        if not said or is_nobody(said.text):
            return
        fields.due_text = _plain(said.text)
        if (day := short_day(said.text, self.anchor, self.order)) is not None:
            fields.due = Fact(value=day, text=said.text, span=said.span())
            return
        horizon = resolve_horizon(said.text, self.anchor) if self.anchor else None
        if horizon:
            fields.due = Fact(value=horizon[0], text=said.text, span=said.span())
            fields.due_is_horizon = True

    def _dates(self, text: str) -> list[tuple[date | None, int, int]]:
        if not _DIGIT.search(text):
            return []
        year = self.anchor.year if self.anchor else None
        read = []
        for found in find_dates(text, order=self.order, default_year=year):
            day = found.value
            if day and not found.year_known and self.anchor and (self.anchor - day).days > 60:
                day = found.in_year(day.year + 1)  # an action is due after the incident
            read.append((day if found.day_known else None, found.start, found.end))
        return read

    # what stands behind the deliverable ---------------------------------------------------------------

    def _tails(self, fields: Fields, text: Prose) -> None:
        for found in range(5):
            proof = _PATTERNS.proof.search(text.text) if fields.verification is None else None
            if proof:
                self.put(fields, "verification", text.cut(*proof.span("said")))
                text = _trimmed(text.cut(0, proof.start()))
            tail = self._tail(text)
            if tail is None:
                break
            start, group, strong = tail
            parts = [(self.sort(part), part) for part in self.parts(group)]
            lone = (found and _names_owner(parts, group)) or (
                fields.due_text and _is_party(text.text[start:], group.text, parts)
            )
            if fields.owner is None and lone:
                parts = [("owner", group)]
            elif not self._accepts(parts, strong):
                if fields.verification is None and (led := self._outcome(fields, text)):
                    text = led
                    continue
                break
            self.take(fields, parts)
            text = _trimmed(text.cut(0, start))
            if not text:
                text = group
                break
        fields.text = text

    def _outcome(self, fields: Fields, text: Prose) -> Prose | None:
        """The text before an arrow that leads from the parts of an item to what shows that it is done."""
        found = _PATTERNS.outcome.search(text.text)
        before = _trimmed(text.cut(0, found.start())) if found else None
        tail = self._tail(before) if before else None
        if found is None or tail is None:
            return None
        if not self._accepts([(self.sort(part), part) for part in self.parts(tail[1])], tail[2]):
            return None
        self.put(fields, "verification", text.cut(*found.span("said")))
        return before

    def _tail(self, text: Prose) -> tuple[int, Prose, bool] | None:
        """Where the last bracket or dash opens, what stands in it, and whether square brackets set it off."""
        if found := _PATTERNS.tail.search(text.text):
            linked = any(mark.kind == "link" and mark.start <= found.start() < mark.end for mark in text.marks)
            if not linked:
                return found.start(), text.cut(found.start(1), found.end(1)), text.text[found.start()] == "["
        last_sentence = _PATTERNS.last_sentence.search(text.text)
        if last_sentence and self._is_told(text.cut(last_sentence.start())):
            return last_sentence.start(), text.cut(last_sentence.start()), False
        dashes = list(_PATTERNS.dash.finditer(text.text, max(0, len(text.text) - 160)))
        if dashes:
            return dashes[-1].start(), text.cut(dashes[-1].end()), False
        if (at := end_handle(text.text)) is not None:
            return at, text.cut(at), False
        found = _PATTERNS.loud.search(text.text)
        if found and status_of(found[1], self.vocabulary, column=False):
            return found.start(), text.cut(found.start(1), found.end(1)), False
        dates = self._dates(text.text)
        if dates and len(text.text.rstrip(" .")) <= dates[-1][2]:
            before = text.text[: dates[-1][1]]
            if _PATTERNS.before_date.search(before) or end_handle(before) is not None:
                return len(before.rstrip("@")), text.cut(dates[-1][1], dates[-1][2]), False
        last = text.marks[-1] if text.marks else None
        if last is not None and last.kind in ("url", "link") and last.end >= len(text.text.rstrip(" .")):
            named = last.kind == "url" or _PATTERNS.ticket_words.fullmatch(text.text[last.start : last.end].strip())
            if named and not _PATTERNS.preposition.search(text.text[: last.start]):
                return last.start, text.cut(last.start, last.end), False
        return None

    def parts(self, group: Prose) -> list[Prose]:
        """The group cut at its commas, dates kept whole."""
        held = [(start, end) for _, start, end in self._dates(group.text)]
        held += [(mark.start, mark.end) for mark in group.links()]
        parts, at = [], 0
        for found in _PATTERNS.separator.finditer(group.text):
            if not any(start < found.end() and found.start() < end for start, end in held):
                parts.append(group.cut(at, found.start()))
                at = found.end()
        parts.append(group.cut(at))
        return [part for part in parts if part]

    def _is_told(self, sentence: Prose) -> bool:
        """Whether a sentence is no sentence but its state, or parts of the item: "OPS-7, due 3 May, P1, fix"."""
        if self.sort(sentence) == "status":
            return True
        parts = self.parts(sentence) if "," in sentence.text else []
        others = [part for part in parts if self.sort(part) is None]
        return len(parts) - len(others) > 1 and all(len(part.text.split()) == 1 for part in others) and not others[1:]

    def sort(self, part: Prose) -> str | None:
        text = part.text.strip(" .*_")
        if is_ticket(part):
            return "ticket"
        if _PATTERNS.owned.match(text):
            return "owner"
        if self.is_due(text.removeprefix("@")):
            return "due"
        if status_of(text, self.vocabulary, column=False):
            return "status"
        if _PATTERNS.priority.fullmatch(text):
            return "priority"
        if len(text.split()) <= 2 and (text.islower() or text.casefold() in _CLASSES) and named_category(text):
            return "category"
        if text.startswith("@") or is_full_name(text) or self.is_known(text) or is_nobody_in_particular(text):
            return "owner"
        if is_name(text):
            return "name"
        return "why" if _PATTERNS.factor.fullmatch(text) else None

    def is_due(self, text: str) -> bool:
        """Whether the text is a date or a horizon and nothing else."""
        for _, start, end in self._dates(text):
            return _PATTERNS.due_words.match(text[:start]) is not None and len(text) - end <= 2
        if is_short_day(text):
            return True
        horizon = resolve_horizon(text, self.anchor or date(2000, 1, 1))
        return horizon is not None and horizon[1] == 0 and horizon[2] == len(text)

    def is_known(self, text: str) -> bool:
        return text.casefold() in self.people

    @staticmethod
    def _accepts(parts: list[Part], strong: bool) -> bool:
        sorts = [sort for sort, _ in parts]
        if not sorts or sorts[0] is None:
            return False
        sure = {"ticket", "due", "status", "priority", "owner"}.intersection(sorts)
        return bool(sure) or (strong and "name" in sorts) or sorts == ["category"]

    def take(self, fields: Fields, parts: list[Part]) -> None:
        is_done = False
        for sort, part in parts:
            if sort == "status":
                self.set_status(fields, part, status_of(part.text, self.vocabulary, column=False))
                is_done = True
            elif sort == "due":
                if not is_done:  # "done, 3 May" is when it was done
                    self.put(fields, "due", part, whole=True)
            elif sort in ("owner", "name"):
                named = _PATTERNS.owned.match(part.text)
                self.put(fields, "owner", part.cut(named.end()) if named else part, whole=True)
            elif sort == "why" and fields.why:
                fields.why += "" if part.text in fields.why else f", {_plain(part.text)}"
            elif sort is not None:
                self.put(fields, sort, part, whole=True)

    # what stands anywhere in it ------------------------------------------------------------------------

    def inside(self, fields: Fields, prose: Prose) -> None:
        """What the text says in passing: a group of its parts in brackets, a ticket, a handle, "by 3 May"."""
        for found in _PATTERNS.group.finditer(prose.text):
            parts = [(self.sort(part), part) for part in self.parts(prose.cut(*found.span(1)))]
            if len(parts) > 1 and all(sort for sort, _ in parts) and self._accepts(parts, strong=False):
                self.take(fields, parts)
        if fields.ticket is None and (ticket := find_ticket(prose, other_ids=self.other_ids | {fields.id or ""})):
            part = prose.cut(ticket[1], ticket[2])
            fields.ticket = Fact(value=ticket[0], text=part.text, span=part.span())
        if fields.owner is None and (handle := first_handle(prose.voice)):
            part = prose.cut(handle.start, handle.end)
            fields.owner = Fact(value=part.text, text=part.text, span=part.span())
        if fields.owner is None and (does := _PATTERNS.does.search(prose.voice)) and is_name(does["name"]):
            part = prose.cut(*does.span("name"))
            fields.owner = Fact(value=part.text, text=part.text, span=part.span())
        if fields.due_text is None:
            for day, start, end in self._dates(prose.voice):
                if _PATTERNS.by.search(prose.voice[max(0, start - 40) : start]) and day:
                    part = prose.cut(start, end)
                    fields.due, fields.due_text = Fact(value=day, text=part.text, span=part.span()), part.text
                    break
            else:
                self._by_horizon(fields, prose)

    def _by_horizon(self, fields: Fields, prose: Prose) -> None:
        found = resolve_horizon(prose.voice, self.anchor) if self.anchor else None
        if found and (
            _PATTERNS.by.search(prose.voice[max(0, found[1] - 40) : found[1]])
            or prose.voice[found[1] : found[2]].lower().startswith("by ")
        ):
            part = prose.cut(found[1], found[2])
            fields.due = Fact(value=found[0], text=part.text, span=part.span())
            fields.due_text, fields.due_is_horizon = part.text, True


def _names_owner(parts: Sequence[Part], group: Prose) -> bool:
    """Whether a part in front of others that are sure is who does it: "… – *Storage* – 8 September"."""
    if len(parts) != 1 or len(group.text.split()) > _OWNER_WORDS:
        return False
    emphasised = any(mark.kind == "emphasis" and mark.end - mark.start >= len(group.text) for mark in group.marks)
    return parts[0][0] == "name" or (parts[0][0] is None and emphasised)


def _set_category(fields: Fields, said: Prose) -> None:
    if category := named_category(said.text):
        fields.category = Fact(value=category, text=said.text, span=said.span())
    elif said and fields.category_text is None:
        fields.category_text = Fact(value=_plain(said.text), text=said.text, span=said.span())


def _is_party(tail: str, group: str, parts: list[Part]) -> bool:
    """Whether what stands between dashes, before the day, can only be who does it."""
    return (
        [sort for sort, _ in parts] in ([None], ["name"])
        and tail.lstrip()[:1] in "-–—"
        and not is_nobody(group)
        and _PATTERNS.party.fullmatch(group.strip(" .")) is not None
    )


def _trimmed(prose: Prose) -> Prose:
    """Without the separators that it ends in."""
    found = _PATTERNS.trail.search(prose.text)
    return prose.cut(0, found.start()) if found else prose


def _until_stop(value: Prose) -> Prose:
    found = _PATTERNS.stop.search(value.text)
    if found and found[0] in (")", "]", "）") and "(" in value.text[: found.start()]:
        return value.cut(0, found.end())  # what stood in brackets explains the value: "Ops (R. Nair)"
    return value.cut(0, found.start()) if found and found.start() else value


def _plain(text: str) -> str:
    said = " ".join(text.split()).strip(" *_`")
    # "Marek Z." ends in an initial
    return said if _PATTERNS.ends_initial.search(said) else said.rstrip(".,;")
