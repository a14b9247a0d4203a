"""Metadata entries: every key and value of a document, wherever its house writes them."""

import re
from collections.abc import Iterable, Iterator

from pmlint.document.bylines import byline
from pmlint.document.headings import meaning
from pmlint.document.model import Entry, Section, SectionKind
from pmlint.document.vocabulary import Vocabulary
from pmlint.document.words import canonical, fold, words
from pmlint.source import Block, Html, List, Markup, Paragraph, Prose, Quote, Source, Span, Table

# Where a plain `Key: value` line is metadata and not a sentence with a colon.
_HEAD = (SectionKind.TITLE, SectionKind.METADATA)
# Where every label has a meaning of its own.
_CLOSED = (
    SectionKind.TIMELINE,
    SectionKind.ACTION_ITEMS,
    SectionKind.PREVENTION,
    SectionKind.FIVE_WHYS,
    SectionKind.GLOSSARY,
)
_SHORT = 6
_COLON = re.compile(r"\s*[:：]\s*")
_PLAIN_PAIR = re.compile(r"([^\W\d][^:：|\n]{0,38}?)\s*[:：](?!//)[ \t]*(?=\S)")
_BEFORE_KEY = re.compile(r"[\n|·•,;.]\s*$|[–—-]\s+$")
_BESIDE = re.compile(r"\s+[/|·•]\s+|\s*[;；]\s+|[ \t]{2,}|\t")
_SEPARATOR = " \t\n|·•,;–—-"


def read_entries(
    markup: Markup, source: Source, sections: tuple[Section, ...], preamble: tuple[Block, ...], vocabulary: Vocabulary
) -> tuple[Entry, ...]:
    """All entries in order of place; those of the front matter come first."""
    reader = _Reader(source, vocabulary)
    entries = [*reader.front_matter(markup)]
    entries += reader.blocks(preamble, head=True)
    closed: set[int] = set()
    for index, section in enumerate(sections):
        entries += reader.heading(section)
        if section.is_a(*_CLOSED) or section.parent in closed:
            closed.add(index)
        else:
            entries += reader.blocks(section.blocks, head=section.is_a(*_HEAD))
    return tuple(sorted(entries, key=lambda entry: entry.key_span))


class _Reader:
    def __init__(self, source: Source, vocabulary: Vocabulary) -> None:
        self.source = source
        self.extra = {fold(key): name for name, keys in vocabulary.fields.items() for key in keys}

    def name(self, key: str) -> str | None:
        """The field that a key is known as."""
        return self.extra.get(fold(key)) or canonical("metadata", "keys", key) or canonical("metadata", "roles", key)

    def entry(self, key: Prose, value: Prose, origin: str, name: str | None = None) -> Entry:
        return Entry(
            key=key.text.strip(" :："),
            name=name or self.name(key.text),
            value=" ".join(value.text.split()),
            key_span=key.span(),
            span=value.span(),
            origin=origin,
        )

    def front_matter(self, markup: Markup) -> Iterator[Entry]:
        if markup.front_matter is None:
            return
        site = set(words("metadata")["site"]["keys"])
        for entry in markup.front_matter.entries:
            if isinstance(entry.value, dict):
                continue
            name = None if fold(entry.key) in site else self.name(entry.key)
            yield Entry(
                key=entry.key,
                name=name,
                value=_as_text(entry.value),
                key_span=entry.key_span,
                span=entry.span,
                origin="front matter",
            )

    def heading(self, section: Section) -> Iterator[Entry]:
        """A heading that is a field: `## Severity` over its value, or `## Date: July 1`."""
        found = meaning(section.title)
        if found.value:
            key = section.title.partition(":")[0].partition("：")[0]
            name = self.name(key)
            if name:
                at = self.source.text.find(found.value, section.title_span.start, section.title_span.end)
                start = at if at >= 0 else section.title_span.start
                yield Entry(
                    key=key.strip(),
                    name=name,
                    value=found.value,
                    key_span=section.title_span,
                    span=Span(start, start + len(found.value) if at >= 0 else section.title_span.end),
                    origin="heading",
                )
            return
        name = self.name(section.title)
        if name is None or section.is_a(SectionKind.TITLE, SectionKind.CONTRIBUTING_FACTORS):
            return
        first = next((block for block in section.blocks if isinstance(block, Paragraph | List)), None)
        value = first.prose if isinstance(first, Paragraph) else None
        if isinstance(first, List) and first.items:
            value = first.items[0].prose
        if value and not any(entry.name for entry in self.pairs(value, head=True, listed=True)):
            line = value.lines()[0]
            yield Entry(
                key=section.title,
                name=name,
                value=line.text,
                key_span=section.title_span,
                span=line.span(),
                origin="heading",
            )

    def blocks(self, blocks: Iterable[Block], *, head: bool) -> Iterator[Entry]:
        for block in blocks:
            match block:
                case Paragraph() | Html():
                    yield from self.pairs(block.prose, head=head)
                case List():
                    for item in block.items:
                        if item.prose is not None:
                            yield from self.item(item.prose, item.blocks[1:], head=head)
                case Table():
                    yield from self.table(block)
                case Quote() if head:
                    yield from self.blocks(block.blocks, head=True)
                case _:
                    pass

    def item(self, prose: Prose, nested: tuple[Block, ...], *, head: bool) -> Iterator[Entry]:
        found = list(self.pairs(prose, head=head, listed=True))
        yield from found
        if not found and nested and self.name(prose.text):
            # the key in the item, its value in the list below it
            first = next((block for block in nested if isinstance(block, List)), None)
            value = first.items[0].prose if first and first.items else None
            if value:
                yield self.entry(prose, value, "pair")
        elif found:
            yield from self.blocks(nested, head=head)

    def pairs(self, prose: Prose, *, head: bool, listed: bool = False) -> Iterator[Entry]:
        keys = list(_bold_keys(prose))
        whole = (
            bool(prose.marks)
            and prose.marks[0].kind == "emphasis"
            and prose.marks[0].end - prose.marks[0].start >= len(prose.text)
        )
        if head and (not keys or whole) and (told := byline(prose, self.name)):
            for key, value, name in told:
                yield self.entry(key, value, "pair", name)
            return
        if keys:
            starts = [start for start, _end, _value in keys]
            for (start, end, value_at), following in zip(keys, [*starts[1:], len(prose.text)], strict=True):
                key = prose.cut(start, end)
                value = prose.cut(value_at, max(value_at, following))
                value = value.cut(0, len(value.text.rstrip(_SEPARATOR)))
                if self.name(key.text) or head:
                    yield self.entry(key, value, "pair")
            return
        yield from self.plain(prose, head=head, listed=listed)

    def plain(self, prose: Prose, *, head: bool, listed: bool) -> Iterator[Entry]:
        """Each line `Key: value` without any mark."""
        lines = prose.lines() if ":" in prose.text or "：" in prose.text else []
        if head:
            lines = [part for line in lines for part in self.apart(line)]
        known = sum(bool((found := _PLAIN_PAIR.match(line.text)) and self.name(found[1])) for line in lines)
        listed = listed or (known > 1 and known * 2 > len(lines))  # most lines are fields: they are a list
        for line in lines:
            found = _PLAIN_PAIR.match(line.text)
            if not found or len(found[1].split()) > 5:
                continue
            key = line.cut(0, found.end(1))
            # a paragraph that is nothing but `Severity: high` is no sentence, wherever it stands
            alone = len(lines) == 1 and len(line.text.split()) <= _SHORT
            if self.name(key.text) and (head or listed or alone):
                yield self.entry(key, line.cut(found.end()), "pair")

    def apart(self, line: Prose) -> list[Prose]:
        """The plain fields that a line holds side by side, each known: `Severity: 2 / Status: final`; else the line."""
        ends = [found.span() for found in _BESIDE.finditer(line.text)]
        if not ends:
            return [line]
        parts = [
            line.cut(start, end)
            for start, end in zip(
                [0, *(end for _, end in ends)], [*(start for start, _ in ends), len(line.text)], strict=True
            )
        ]
        keys = [_PLAIN_PAIR.match(part.text) for part in parts]
        return parts if all(found and self.name(found[1]) for found in keys) else [line]

    def table(self, table: Table) -> Iterator[Entry]:
        """A table of keys and values, standing (two columns) or lying (one row under its keys)."""
        width = len(table.header.cells)
        # Two keys above one row of values lie, though they are two columns: `Date | Severity`.
        lying = len(table.rows) == 1 and all(self.name(cell.prose.text) for cell in table.header.cells)
        if width == 2 and not (lying and not self.name(table.rows[0].cells[0].prose.text)):
            rows = [table.header, *table.rows]
            known = [row for row in rows if self.name(row.cells[0].prose.text)]
            if len(known) >= max(1, (len(rows) - 1) // 2):
                for row in rows:
                    # among known keys the others are keys too; what heads the table may be its caption
                    if row in known or (row is not table.header and row.cells[0].prose.text.strip()):
                        yield self.entry(row.cells[0].prose, row.cells[1].prose, "table")
                return
        if len(table.rows) == 1 and width >= 2:
            heads = [cell for cell in table.header.cells if self.name(cell.prose.text)]
            if len(heads) >= max(2, width // 2):
                for cell, value in zip(table.header.cells, table.rows[0].cells, strict=True):
                    if cell.prose.text.strip():
                        yield self.entry(cell.prose, value.prose, "table")


def _bold_keys(prose: Prose) -> Iterator[tuple[int, int, int]]:
    """Each bold (or emphasised) label with a colon: where it begins and ends, and where its value begins.

    It stands at the start of a line or behind a separator; on a line that a label opens, others need none between them.
    """
    key_line: int | None = None
    for mark in prose.marks:
        if mark.kind not in ("strong", "emphasis"):
            continue
        before = prose.text[: mark.start]
        line = before.rfind("\n")
        if before.strip() and not _BEFORE_KEY.search(before) and line != key_line:
            continue
        label = prose.text[mark.start : mark.end]
        bare = label.rstrip()
        if bare.endswith((":", "：")):
            key_line = line
            yield mark.start, mark.start + len(bare) - 1, mark.end
        elif ":" in label and "\n" not in label and mark.kind == "emphasis":
            # the whole pair in italics: _Date: 13 August_
            colon_at = mark.start + label.index(":")
            yield mark.start, colon_at, colon_at + 1
        elif (colon := _COLON.match(prose.text, mark.end)) and not prose.text.startswith("://", mark.end):
            key_line = line
            yield mark.start, mark.end, colon.end()


def _as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return ", ".join(_as_text(part) for part in value)
    return str(value)
