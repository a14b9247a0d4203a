"""Tables of actions: which column holds what."""

import re

from msgspec import Struct

from pmlint.document.words import canonical
from pmlint.source import Row, Table

OWN_ID = re.compile(r"[A-Z]{1,2}-?\d{1,2}")
_REF = re.compile(r"(?i)\W*ref")
FIELDS = ("owner", "due", "ticket", "status", "priority", "category", "verification", "why")
# Heads that only a table of actions has; "item" or "description" may stand over anything.
_SPEAKING = (
    "action",
    "task",
    "to do",
    "todo",
    "follow",
    "remedia",
    "correct",
    "prevent",
    "mitigation",
    "measure",
    "improvement",
    "アクション",
    "対応",
    "対策",
    "行动",
    "措施",
    "改进",
    "任务",
    "ação",
    "acción",
    "maßnahme",
)


class Columns(Struct, frozen=True):
    """The columns of a table of actions, by index."""

    action: int
    id: int | None
    named: tuple[tuple[str, int], ...]
    """Each part that has a column of its own."""
    others: tuple[int, ...]
    """Notes, and columns that nobody knows."""
    heads: tuple[str, ...]
    """As written."""
    speaks: bool
    """Whether the heads alone say that these are actions."""
    numbers: int | None = None
    """A column "Ref" in which stand the items' own numbers instead of tickets."""


def find_columns(table: Table) -> Columns | None:
    """What the columns hold, None where this is no table of actions."""
    heads = [cell.prose.text for cell in table.header.cells]
    kinds = [canonical("columns", "actions", head) for head in heads]
    named = tuple((kind, kinds.index(kind)) for kind in FIELDS if kind in kinds)
    action = kinds.index("action") if "action" in kinds else _longest(table, kinds, bool(named))
    if action is None or not table.rows:
        return None
    id_at = kinds.index("id") if "id" in kinds else None
    taken = {action, id_at, *(at for _, at in named)}
    others = tuple(at for at in range(len(heads)) if at not in taken)
    speaks = any(word in heads[action].casefold() for word in _SPEAKING)
    if not named and not speaks:
        return None
    assigns = any(kind in ("owner", "due", "status", "ticket") for kind, _ in named)
    ticket = dict(named).get("ticket")
    return Columns(action, id_at, named, others, tuple(heads), speaks and assigns, _numbers(table, heads, ticket))


def _numbers(table: Table, heads: list[str], at: int | None) -> int | None:
    if at is None or not _REF.match(heads[at]):
        return None
    said = [text for row in table.rows if (text := cell(row, at))]
    return at if all(map(OWN_ID.fullmatch, said)) else None


def _longest(table: Table, kinds: list[str | None], known: bool) -> int | None:
    """The column of most words among those that nobody knows, where other columns make it a table of actions."""
    free = [at for at, kind in enumerate(kinds) if kind is None]
    if not known or not free:
        return None
    return max(free, key=lambda at: sum(len(row.cells[at].prose.text) for row in table.rows))


def cell(row: Row, at: int | None) -> str:
    """The text of a cell, empty where there is no such column."""
    return row.cells[at].prose.text.strip() if at is not None and at < len(row.cells) else ""
