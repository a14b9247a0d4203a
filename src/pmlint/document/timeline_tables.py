"""Timeline tables: which column is the time, the day, the text, the actor, the evidence, the phase."""

import re
from collections import Counter

from msgspec import Struct
from msgspec.structs import replace

from pmlint.document.clocks import clock_at
from pmlint.document.dates import DateMatch, Order, find_dates
from pmlint.document.stamps import Stamp
from pmlint.document.timeline_draft import Draft, When
from pmlint.document.timeline_stamps import entry_stamp
from pmlint.document.words import canonical
from pmlint.document.zones import Zone, find_zone
from pmlint.source import Cell, Prose, Row, Table

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_EMPTY = frozenset({"", "-", "–", "—", "--", "n/a", "na", "none", "?", "tbd", "...", "…", '"', "''", "〃"})
_TEXT = ("text", "actor", "phase", "evidence", "zone", "end", "weekday")


class Columns(Struct, frozen=True):
    """What each column of a table holds, by index."""

    time: int | None
    day: int | None
    text: tuple[int, ...]
    actor: int | None = None
    evidence: int | None = None
    phase: int | None = None
    end: int | None = None
    zone_column: int | None = None
    zone: Zone | None = None
    """Of the time column's head."""
    year: int | None = None
    """Of the day column's head."""


def read_rows(table: Table, order: Order | None) -> list[Draft]:
    """An entry for each row, none where the table has no column of times."""
    columns = find_columns(table, order)
    if columns is None:
        return []
    rows = table.rows
    if _is_entry(table.header, columns, order):
        rows = (table.header, *rows)
    drafts = [draft for row in rows if (draft := _row(row, columns, order)) is not None]
    return drafts if any(draft.when is not None for draft in drafts) else []


def find_columns(table: Table, order: Order | None) -> Columns | None:
    """What the columns hold, by their heads first and by their cells where the heads do not tell."""
    heads = [cell.prose.text for cell in table.header.cells]
    kinds = [_kind(head) for head in heads]
    stamped = [_stamped(table, index, order) for index in range(len(heads))]
    time = _first(kinds, "time", stamped)
    day = _day_column(table, kinds, order)
    if time is None and day is None:
        time = _by_cells(kinds, stamped, len(table.rows))
    if time is None:
        time, day = day, None
    if time is None:
        return None
    named = {kind: kinds.index(kind) for kind in _TEXT if kind in kinds}
    taken = {time, *(named.get(kind) for kind in ("actor", "evidence", "phase", "zone", "end", "weekday"))}
    counts = {index for index, head in enumerate(heads) if canonical("columns", "actions", head) == "id"}
    others = [index for index, kind in enumerate(kinds) if index not in taken | counts and kind not in ("time", "day")]
    text = others or [index for kind, index in named.items() if kind in ("phase", "actor") and index != time]
    if not text:
        return None
    found = find_zone(heads[time])
    head_year = _YEAR.search(heads[day if day is not None else time])
    return Columns(
        time, day, tuple(text), named.get("actor"), named.get("evidence"), named.get("phase"), named.get("end"),
        named.get("zone"), found[0] if found else None, int(head_year[0]) if head_year else None,
    )  # fmt: skip


def _kind(head: str) -> str | None:
    known = canonical("timeline", "columns", head)
    if known is not None:
        return known
    zone = find_zone(head)
    if zone is None:
        return None
    rest = (head[: zone[1]] + head[zone[2] :]).strip(" ()[]（）-–—,:/")
    return canonical("timeline", "columns", re.sub(r"(?i)\s+(?:in|as|all)$", "", rest)) if rest else "time"


def _first(kinds: list[str | None], kind: str, stamped: list[int]) -> int | None:
    """The first column of a kind that holds times at all: two zones may each have a column."""
    return next((index for index, found in enumerate(kinds) if found == kind and stamped[index]), None)


def _day_column(table: Table, kinds: list[str | None], order: Order | None) -> int | None:
    """The column of days; one of weekdays only where there is no other."""
    found = [index for index, kind in enumerate(kinds) if kind == "day" and _stamped(table, index, order)]
    dated = [index for index in found if any(_is_dated(row.cells[index], order) for row in table.rows)]
    return next(iter(dated or found), None)


def _is_dated(cell: Cell, order: Order | None) -> bool:
    day = _day(cell, order)
    return day is not None and (day.month is not None or day.ambiguous)


def _stamped(table: Table, index: int, order: Order | None) -> int:
    cells = [row.cells[index] for row in table.rows]
    return sum(_stamp(cell.prose, order) is not None or _short_day(cell) is not None for cell in cells)


def _by_cells(kinds: list[str | None], stamped: list[int], rows: int) -> int | None:
    counts = Counter({index: count for index, count in enumerate(stamped) if count * 2 > rows})
    free = [index for index, _ in counts.most_common() if kinds[index] in (None, "text", "phase")]
    return min(free, default=None)


def _stamp(prose: Prose, order: Order | None) -> Stamp | None:
    return entry_stamp(prose.text, order=order)


def _is_entry(header: Row, columns: Columns, order: Order | None) -> bool:
    """Whether the table has no head, and its first entry stands where the head would."""
    assert columns.time is not None  # noqa: S101 -- found with a time column
    return _stamp(header.cells[columns.time].prose, order) is not None


def _row(row: Row, columns: Columns, order: Order | None) -> Draft | None:
    parts = [row.cells[index].prose for index in columns.text if row.cells[index].prose]
    when, rest = _when(row, columns, order)
    if when is None and not parts:
        return None
    draft = Draft(when, row.span.start, row.span.end)
    for part in [*([rest] if rest else []), *parts]:
        draft.add(part)
    draft.actor = _said(row, columns.actor)
    draft.evidence = _said(row, columns.evidence)
    draft.label = _said(row, columns.phase) or ""
    draft.default_year = columns.year
    draft.own_text = bool(draft.parts)
    draft.in_table = True
    draft.links = tuple(mark.target for cell in row.cells for mark in cell.prose.links() if mark.target)
    return draft


def _said(row: Row, index: int | None) -> str | None:
    if index is None:
        return None
    text = row.cells[index].prose.text.strip()
    return "" if text.lower() in _EMPTY else text


def _when(row: Row, columns: Columns, order: Order | None) -> tuple[When | None, Prose | None]:
    """The row's time, put together from its columns, and what else the time cell says."""
    assert columns.time is not None  # noqa: S101 -- found with a time column
    cell = row.cells[columns.time]
    stamp = _stamp(cell.prose, order)
    day = _day(row.cells[columns.day], order) if columns.day is not None else None
    if stamp is None:
        if day is None:
            return None, None
        span = row.cells[columns.day or 0].prose.span()
        return When(day, None, span), None
    when = When.of(stamp, cell.prose)
    when = replace(when, date=when.date or day, zone=_zone(row, columns))
    when = _with_end(when, row, columns)
    rest = cell.prose.cut(stamp.end)
    return when, rest if re.search(r"[^\W\d_]{4}", rest.text) else None


def _day(cell: Cell, order: Order | None) -> DateMatch | None:
    stamp = _stamp(cell.prose, order)
    if stamp is not None and stamp.date is not None:
        return stamp.date
    return _short_day(cell) or next(iter(find_dates(cell.prose.text, order=order)), None)


def _short_day(cell: Cell) -> DateMatch | None:
    """The day and month that a cell holds and nothing else, with points: "29.9."."""
    found = _DAY_MONTH.fullmatch(cell.prose.text)
    if found is None or not 1 <= int(found[2]) <= 12:
        return None
    return DateMatch(*found.span(), None, year_known=False, month=int(found[2]), day=int(found[1]))


_DAY_MONTH = re.compile(r"\W*([0-2]?[0-9]|3[01])\.\s?([01]?[0-9])\.\W*")


def _zone(row: Row, columns: Columns) -> Zone | None:
    if columns.zone_column is not None:
        found = find_zone(row.cells[columns.zone_column].prose.text)
        if found:
            return found[0]
    return columns.zone


def _with_end(when: When, row: Row, columns: Columns) -> When:
    if columns.end is None or when.clock is None or when.clock.end_clock is not None:
        return when
    prose = row.cells[columns.end].prose
    last = clock_at(prose.text, 0)
    stamp = _stamp(prose, None) if last is None else None
    last = last or (stamp.clock if stamp else None)
    if last is None:
        return when
    clock = replace(when.clock, end_clock=(last.hour, last.minute))
    return replace(when, clock=clock, end_date=stamp.date if stamp else None)
