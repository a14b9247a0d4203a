"""What an action item opens with: its identifier, priority, category or status, and the name of who does it."""

import re
from functools import cache

from pmlint.document.action_cues import first_word
from pmlint.document.action_fields import FieldReader, Fields
from pmlint.document.categories import named_category
from pmlint.document.patterns import Patterns
from pmlint.document.people import is_initials, is_name
from pmlint.document.words import fold, words
from pmlint.source import Prose

_PATTERNS = Patterns(
    id=r"^(?:\[?(?P<id>(?![PS][0-5]\b|SEV)[A-Z]{1,4}-?[0-9]{1,4}|[A-Z]{2,4}-[A-Z]{1,3}-?[0-9]{1,3})\]?)(?=[\s:.)·—–-])\s*[:.)·—–-]?\s*",
    # no list of actions counts to a hundred: this is a tracker's number
    key=r"[A-Z]{3,}-[0-9]{3,}",
    to=(
        r"^(?P<name>[A-ZÀ-Þ][\w'’.-]*(?:\s[A-ZÀ-Þ][\w'’.-]*)?(?:\s?(?:/|&|and)\s?[A-ZÀ-Þ][\w'’.-]*)?)"
        r"\s(?:to|will|shall)\s(?=(?P<verb>[a-z]+))"
    ),
    lead_mark=r"[\s:：.·|–—-]+",
    opening=(
        r"^(?:\[(?P<in>[^\[\]\n]{1,40})\]|\((?P<round>[^()\n]{1,40})\)|(?P<bare>TODO|DONE|WIP|P[0-5])\b)\s*[:–—-]?\s*"
    ),
    lead_handle=r"^@[\w./-]+[\s:,–—-]+(?:to\s)?",
    marker=r"(?i)^\W*action(?: item)?s?\s*(?:\((?P<who>[^()]{1,40})\))?\s*[:：]\s*",
)


_LEADING = ("status", "priority", "owner", "ticket", "due", "category")


def read_item(reader: FieldReader, prose: Prose, *, known_as: str | None = None) -> Fields:
    """All the fields of an item's own text; `known_as` is the identifier that stands beside it."""
    fields = reader.behind(prose)
    fields.id = known_as
    _lead(reader, fields)
    reader.inside(fields, prose)
    return fields


def _lead(reader: FieldReader, fields: Fields) -> None:
    """Takes the tokens that an item opens with off its text, and keeps what they say."""
    text = fields.text
    if found := _PATTERNS.marker.match(text.text):
        if found["who"]:
            reader.put(fields, "owner", text.cut(*found.span("who")), whole=True)
        text = text.cut(found.end())
    for _ in range(4):
        rest = _lead_token(reader, fields, text)
        if rest is None or not rest:
            break
        text = rest
    fields.text = text


def _lead_token(reader: FieldReader, fields: Fields, text: Prose) -> Prose | None:
    """The text without the token that it opens with, None where it opens with none."""
    bold = next((mark for mark in text.marks if mark.kind == "strong" and mark.start == 0), None)
    if bold is not None and bold.end < len(text.text) and (rest := _bold_lead(reader, fields, text, bold.end)):
        return rest
    if found := _PATTERNS.id.match(text.text):
        if _PATTERNS.key.fullmatch(found["id"]):
            reader.put(fields, "ticket", text.cut(*found.span("id")), whole=True)
            return text.cut(found.end())
        known = fields.id is not None or found["id"] in reader.other_ids or is_initials(found["id"])
        if not known and _stands_apart(found, text.text[found.end() :]):
            fields.id = found["id"]
            return text.cut(found.end())
        return None
    if found := _PATTERNS.opening.match(text.text):
        token = text.cut(*found.span(found.lastgroup or 0))
        sort = reader.sort(token) or ("category" if named_category(token.text) else None)
        # "(Payments) Add …" says where, "[Payments] Add …" who
        if sort in _LEADING or (sort == "name" and found["round"] is None):
            reader.take(fields, [(sort, token)])
            return text.cut(found.end())
        return None
    if found := _PATTERNS.lead_handle.match(text.text):
        reader.put(fields, "owner", text.cut(0, len(found[0].rstrip(" :,–—-to")) or 1), whole=True)
        return text.cut(found.end())
    found = _PATTERNS.to.match(text.text)
    if found and _is_verb(found["verb"]) and _names_agent(reader, found["name"]):
        reader.put(fields, "owner", text.cut(*found.span("name")), whole=True)
        return text.cut(found.end())
    return None


def _stands_apart(found: re.Match[str], rest: str) -> bool:
    """Whether a code in front is the item's own: set off by a mark, or before a demand; not "EC2 limits …"."""
    if found[0].strip() != found["id"]:
        return True
    return _is_verb(first_word(rest)) or ("-" in found["id"] and not rest[:1].islower())


def _bold_lead(reader: FieldReader, fields: Fields, text: Prose, end: int) -> Prose | None:
    """What follows a bold lead that holds parts of the item: `**N1 · prevent · high**`, `**RK** Add …`."""
    lead = text.cut(0, end)
    lead = lead.cut(0, len(lead.text.rstrip(" :：.")))
    skip = _PATTERNS.lead_mark.match(text.text, end)
    rest = text.cut(skip.end() if skip else end)
    parts = reader.parts(lead)
    if not parts or not rest:
        return None
    found = _PATTERNS.id.match(parts[0].text + ":")
    if found and not is_initials(found["id"]):
        return _identified(reader, fields, text, parts, rest)
    sorts = [(reader.sort(part), part) for part in parts]
    if all(sort in ("owner", "name") for sort, _ in sorts):
        colon = skip is not None and ":" in skip[0]
        if not all(_is_surely_named(reader, part.text) for part in parts) and (colon or not _asks(parts, rest)):
            return None
        reader.take(fields, [("owner", lead)])
        return rest
    if any(sort is None for sort, _ in sorts):
        return None
    reader.take(fields, sorts)
    return rest


def _identified(reader: FieldReader, fields: Fields, text: Prose, parts: list[Prose], rest: Prose) -> Prose | None:
    """The rest of an item whose bold lead begins with its identifier; a lead that says more stays in the text."""
    found = _PATTERNS.id.match(parts[0].text + ":")
    assert found is not None  # noqa: S101 -- seen by the caller
    fields.id = fields.id or found["id"]
    remainder = parts[0].cut(min(found.end(), len(parts[0].text)))
    sorts = [(reader.sort(part), part) for part in ([remainder] if remainder else []) + parts[1:]]
    if all(sort is not None for sort, _ in sorts):
        reader.take(fields, sorts)
        return rest
    return text.cut(found.end()) if found.end() < len(text.text) else None


def _is_surely_named(reader: FieldReader, text: str) -> bool:
    return reader.is_known(text) or is_initials(text) or text.startswith("@")


def _asks(parts: list[Prose], rest: Prose) -> bool:
    """Whether one name stands before a demand: "**Jane** Add …", and not "**Kubernetes** nodes …"."""
    return len(parts) == 1 and _is_verb(first_word(rest.text))


def _names_agent(reader: FieldReader, name: str) -> bool:
    if reader.is_known(name):
        return True
    first = fold(name.split(maxsplit=1)[0])
    if first in words("actions")["verbs"]["before_to"] or first in _verbs() or first.endswith("ing"):
        return False
    return is_name(name)


def _is_verb(word: str) -> bool:
    return word.casefold() in _verbs()


@cache
def _verbs() -> frozenset[str]:
    return frozenset(words("actions")["verbs"]["base"])
