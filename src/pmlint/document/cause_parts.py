"""Candidates for factors: the items, rows, headings, labelled lines and paragraphs of the parts about causes."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from pmlint.document.action_cues import is_imperative, is_nothing
from pmlint.document.headings import meaning, normalise
from pmlint.document.layers import named_layer
from pmlint.document.lines import grouped, line_spans, listed
from pmlint.document.model import Layer, Section, SectionKind
from pmlint.document.patterns import Pattern, compiled
from pmlint.document.sentences import sentences
from pmlint.document.timeline_places import title_prose
from pmlint.document.words import canonical, fold, words
from pmlint.source import Block, Html, Item, List, Paragraph, Prose, Source, Span, Table

CAUSES = (SectionKind.ROOT_CAUSE, SectionKind.CONTRIBUTING_FACTORS, SectionKind.TRIGGER)
_REMEDIES = frozenset(
    (
        SectionKind.RESPONSE, SectionKind.MITIGATION, SectionKind.RESOLUTION, SectionKind.ACTION_ITEMS,
        SectionKind.PREVENTION, SectionKind.FOLLOW_UP, SectionKind.IMPACT, SectionKind.TIMELINE,
        SectionKind.WENT_WELL, SectionKind.GOT_LUCKY,
    )
)  # fmt: skip
_LABEL = re.compile(r"\W{0,4}?(?P<label>[^\W\d][^:：\n]{1,48}?)[*_]*\s?[:：](?!//)\s*[*_]*")
_SERIAL = re.compile(r"(?i)\s*#?\d{1,2}$|\s+[a-h]$")
_COUNTER = re.compile(
    r"^\W*(?:(?i:factor|cause|root cause|contributing factor|reason)\s*)?#?[\dA-H]{1,2}[.):：]?\s*(?:[–—:-]\s*)?(?=\S)"
)
# "(a) …", "4.2.1 …", "F1 – …": what paragraphs open with that are an item each
_ENUMERATED = re.compile(
    r"\W{0,2}(?:[a-h]|[ivx]{1,4}|[A-Z]{1,2}\d{1,2}|\d{1,2}(?:\.\d{1,2}){0,3})[.):]\s+|\d{1,2}(?:\.\d{1,2}){1,3}\s+"
    r"|[A-Z]{1,2}\d{1,2}\s[–—-]\s"
)
_SHORT = 4


_AMOUNT = re.compile(r"\W{0,3}\d[\d.,]*\s?(?:%|[A-Za-z]{1,3})?(?:/[a-z]{1,3})?\W{0,2}")


def _is_measured(table: Table, at: int) -> bool:
    """Whether a column holds amounts: then the table shows what was measured, and lists no factors."""
    cells = [row.cells[at].prose.text.strip() for row in table.rows]
    return at > 0 and len(cells) > 1 and all(_AMOUNT.fullmatch(cell) for cell in cells)


class Candidate(Struct, frozen=True):
    """One statement that may be a factor."""

    prose: Prose
    span: Span
    source: str
    """`factor`, `root cause`, `trigger`, `latent condition`, `why`."""
    layer: tuple[Layer, str] | None = None
    """The layer that a column or a label names for it, and the word."""
    leaning: Layer | None = None
    """The layer that a heading above names for all that stands under it."""


def candidates(sections: Sequence[Section], document: Source) -> Iterator[Candidate]:
    """What the parts about causes offer."""
    held: dict[int, tuple[str, int, Layer | None]] = {}
    for index, section in enumerate(sections):
        above = held.get(section.parent) if section.parent is not None else None
        if section.is_a(*CAUSES):
            held[index] = (_source_of(section), 0, named_layer(section.title))
            if not cue("story", "titles").search(section.title):
                yield from Reader(_source_of(section), named_layer(section.title)).part(section.blocks)
        elif above is not None and section.is_a(SectionKind.UNKNOWN) and not _is_aside(section.title):
            layer = named_layer(normalise(section.title)) or above[2]
            held[index] = (above[0], above[1] + 1, layer)
            yield from _below(section, Reader(above[0], layer), above[1] + 1, document)


def _source_of(section: Section) -> str:
    if section.is_a(SectionKind.TRIGGER):
        return "trigger"
    return "root cause" if section.is_a(SectionKind.ROOT_CAUSE) else "factor"


def _is_aside(title: str) -> bool:
    return normalise(title) in words("causes")["titles"]["other"]


def _below(section: Section, reader: "Reader", depth: int, document: Source) -> Iterator[Candidate]:
    """A heading under the causes: itself a numbered cause, a sort of causes, or the subject of one."""
    name = normalise(section.title)
    is_group = named_layer(name) is not None or name in words("causes")["titles"]["groups"]
    labelled = list(reader.labelled(section.blocks))
    told = [label for label, _ in labelled if label in ("root_cause", "trigger", "latent", "factor")]
    if depth == 1 and not is_group and cue("numbered", "titles").match(section.title):
        title = _title(section, document)
        yield Candidate(title, Span(section.span.start, section.title_span.end), reader.source)
        if told:
            yield from (
                candidate for label, candidate in labelled if label in ("root_cause", "trigger", "latent", "factor")
            )
        return
    found = list(reader.part(section.blocks))
    lists = any(isinstance(block, List | Table) for block in section.blocks)
    yield from found if lists or is_group or told else found[:1]


def _title(section: Section, document: Source) -> Prose:
    """The heading without its number."""
    prose = title_prose(section, document)
    numbered = _COUNTER.match(prose.text)
    return prose.cut(numbered.end()) if numbered and numbered.end() < len(prose.text) else prose


class Reader(Struct, frozen=True):
    """Reads the blocks of one part."""

    source: str
    layer: Layer | None

    def part(self, blocks: Sequence[Block]) -> Iterator[Candidate]:
        """Its candidates in order: what lists, tables and labels offer, and what paragraphs state."""
        labelled = list(self.labelled(blocks))
        speaks = any(label in ("root_cause", "trigger", "latent", "factor") for label, _ in labelled)
        counted = _counted(blocks)
        before: Prose | None = None
        paragraphs: list[Candidate] = []
        others: list[Candidate] = []
        for block in blocks:
            match block:
                case Paragraph() | Html():
                    own = list(self._labels_in(block.prose))
                    taken = [
                        candidate for label, candidate in own if label in _CAUSE or (label == "symptom" and not speaks)
                    ]
                    others += taken
                    items = [] if own else listed(block.prose)
                    if len(items) > 1:
                        others += [self._candidate(item, item.span()) for item in items]
                    elif not own and (block in counted or not speaks):
                        paragraphs += self._paragraph(block.prose)
                    before = block.prose
                case List():
                    if not (speaks and _labels(before)) and not _announces_no_causes(before):
                        others += self.items(block)
                    before = None
                case Table():
                    others += self.rows(block)
                    before = None
                case _:
                    before = None
        yield from sorted([*others, *self._stating(paragraphs, others)], key=lambda candidate: candidate.span)

    def _stating(self, paragraphs: list[Candidate], others: list[Candidate]) -> list[Candidate]:
        """The paragraphs that state a cause; the first where there is nothing else."""
        numbered = [_ENUMERATED.match(found.prose.text) for found in paragraphs]
        if sum(found is not None for found in numbered) < 2:
            numbered = [None] * len(paragraphs)
        stating = [
            replace(found, prose=found.prose.cut(number.end())) if number else found
            for found, number in zip(paragraphs, numbered, strict=True)
            if number
            or (
                (cue("causal").search(found.prose.voice) or not found.prose.text.isascii())
                and not _is_link(found.prose)
            )
        ]
        if not stating and not others:
            return paragraphs[:1]
        return stating

    def _paragraph(self, prose: Prose) -> Iterator[Candidate]:
        first = sentences(prose.text)
        if len(first) > 1 and prose.text.rstrip().endswith((":", "：")):
            prose = prose.cut(0, first[-2].end)  # the last sentence announces a list
        text = prose.text.strip()
        opening = prose.text[first[0].start : first[0].end] if first else ""
        if (
            is_nothing(text)
            or text.endswith((":", "："))
            or _is_question(text)
            or cue("response").match(opening)
            or cue("unknown").search(text)
            or len(text) < 4
        ):
            return
        yield self._candidate(prose, prose.span())

    # lists and tables ------------------------------------------------------------------------------------

    def items(self, block: List) -> Iterator[Candidate]:
        """Each item, and the children of those that only label them; what asks for something is a step or a remedy."""
        asked = sum(item.prose is not None and _asks(item.prose) for item in block.items)
        if asked * 2 > len(block.items) and len(block.items) > 1:
            return
        # A list of links is for reading on; one link among statements is a statement.
        further = all(item.prose is not None and _is_link(item.prose) for item in block.items)
        for item in block.items:
            if not further:
                yield from self._item(item)

    def _item(self, item: Item) -> Iterator[Candidate]:
        prose = item.prose
        nested = [inner for inner in item.blocks[1:] if isinstance(inner, List)]
        if prose is None or is_nothing(prose.text) or _is_reference(prose) or cue("unknown").search(prose.text):
            return
        if _is_question(prose.text):
            for block in nested:
                yield from self.items(block)
            return
        label, value, lead = _label(prose)
        layer = named_layer(lead) if lead else None
        if nested and (
            prose.text.rstrip().endswith((":", "：")) or (len(prose.text.split()) <= _SHORT and _is_group(prose.text))
        ):
            own = named_layer(prose.text.strip(" *:：")) or self.layer
            inner = Reader(_SOURCES.get(label or "", self.source), own)
            for block in nested:
                yield from inner.items(block)
            return
        if label == "other":
            return
        named = (layer, lead) if layer else None
        said = _SOURCES.get(label or "", self.source)
        if value and (layer or (label and label != "symptom")):
            yield Candidate(value, item.span, said, named, self.layer)
        else:
            yield Candidate(prose, item.span, said, named or self._own_layer(prose), self.layer)

    def rows(self, table: Table) -> Iterator[Candidate]:
        """Each row of a table of factors."""
        heads = [canonical("columns", "factors", cell.prose.text) for cell in table.header.cells]
        free = [at for at, head in enumerate(heads) if head in (None, "factor")]
        if not table.rows or not free:
            return
        speaking = [at for at in free if heads[at] == "factor"]
        if any(_is_measured(table, at) for at in free):
            return
        size = {at: sum(len(row.cells[at].prose.text) for row in table.rows) for at in free}
        at = speaking[0] if speaking else max(free, key=lambda at: size[at])
        by_layer = heads.index("layer") if "layer" in heads else None
        for row in table.rows:
            prose = row.cells[at].prose
            said = row.cells[by_layer].prose.text if by_layer is not None else ""
            layer = named_layer(said)
            if not is_nothing(prose.text):
                named = (layer, said) if layer else self._own_layer(prose)
                yield Candidate(prose, row.span, self.source, named, self.layer)

    # labels ----------------------------------------------------------------------------------------------

    def labelled(self, blocks: Sequence[Block]) -> Iterator[tuple[str, Candidate]]:
        """Each labelled line of the part's own paragraphs, with what its label is."""
        for block in blocks:
            if isinstance(block, Paragraph | Html):
                yield from self._labels_in(block.prose)

    def _labels_in(self, prose: Prose) -> Iterator[tuple[str, Candidate]]:
        if ":" not in prose.text and "：" not in prose.text:
            return
        lines = line_spans(prose.text)
        starts = [at for at, line in enumerate(lines) if _label(prose.cut(line.start, line.end))[0]]
        for whole in grouped(prose, starts, lines):
            label, value, _ = _label(whole)
            if label and value and not is_nothing(value.text) and not cue("unknown").search(value.text):
                said = _SOURCES.get(label, self.source)
                yield label, Candidate(value, whole.span(), said, self._own_layer(value), self.layer)

    def _candidate(self, prose: Prose, span: Span) -> Candidate:
        return Candidate(prose, span, self.source, self._own_layer(prose), self.layer)

    @staticmethod
    def _own_layer(prose: Prose) -> tuple[Layer, str] | None:
        """The layer that brackets behind a factor name."""
        aside = re.search(r"[(（\[]([^()（）\[\]]{2,24})[)）\]]\s*$", prose.text)
        if aside and (layer := named_layer(aside[1])):
            return layer, aside[1]
        return None


def _counted(blocks: Sequence[Block]) -> list[Block]:
    """The paragraphs that are numbered, or each open with a bold name, as the items of a list are: "a) …", "F1 – …"."""
    found: list[Block] = [block for block in blocks if isinstance(block, Paragraph) and _is_counted(block.prose)]
    return found if len(found) > 1 else []


def _is_counted(prose: Prose) -> bool:
    bold = prose.marks[0] if prose.marks else None
    named = bold is not None and bold.kind == "strong" and bold.start == 0 and bold.end < len(prose.text)
    return named or _ENUMERATED.match(prose.text) is not None


_CAUSE = ("root_cause", "trigger", "latent", "factor")
_SOURCES = {"root_cause": "root cause", "trigger": "trigger", "latent": "latent condition", "factor": "factor"}


def _label(prose: Prose) -> tuple[str | None, Prose | None, str]:
    """What a line's label is, what stands behind it, and the label as written."""
    found = _LABEL.match(prose.text)
    if not found:
        return None, None, ""
    lead = found["label"].strip(" *_()[]")
    name = fold(_SERIAL.sub("", lead)).strip(" *_")
    head = re.split(r"\s[·—–-]\s", name)[0]
    kind = _labels_table().get(name) or _labels_table().get(_SERIAL.sub("", name))
    if kind is None and _opens_another_part(lead):
        kind = "other"
    return (
        kind,
        prose.cut(found.end()),
        re.sub(r"^\W*[A-Z]{0,2}\d{1,2}\W+", "", re.split(r"\s[·—–]\s", lead)[0] if head else lead),
    )


def _asks(prose: Prose) -> bool:
    """Whether an item asks for something; "Change: …" names a layer and asks for nothing."""
    _, value, lead = _label(prose)
    return is_imperative((value if value and named_layer(lead) else prose).text)


def _opens_another_part(label: str) -> bool:
    """Whether a label is the name of a part that holds no cause: "Action taken: …" below "Root cause: …"."""
    kinds = meaning(label).kinds if label[:1].isupper() and len(label.split()) <= _SHORT else ()
    return bool(kinds) and _REMEDIES.issuperset(kinds) and named_layer(label) is None


def _labels(prose: Prose | None) -> bool:
    """Whether a paragraph ends in a label of a symptom, so that what follows shows it."""
    if prose is None or not prose.lines():
        return False
    return _label(prose.lines()[-1])[0] in ("symptom", "other")


def _is_reference(prose: Prose) -> bool:
    """Whether an item is an address and nothing else, or is ticked as being in order."""
    text = prose.text.strip()
    bare = any(mark.kind == "url" and mark.end - mark.start >= len(text) - 1 for mark in prose.marks)
    return bare or text.startswith(("✅", "✔", "☑"))


def _is_link(prose: Prose) -> bool:
    """Whether an item is a link and nothing else."""
    text = prose.text.strip()
    return any(mark.kind in ("link", "url") and mark.end - mark.start >= len(text) - 1 for mark in prose.marks)


def _is_question(text: str) -> bool:
    """Whether a statement is a question, which asks for a cause and names none."""
    return cue("question").match(text) is not None


def _announces_no_causes(before: Prose | None) -> bool:
    """Whether a list is announced as steps, or as things that there are so and so many of."""
    if before is None or not before.text.rstrip().endswith((":", "：")):
        return False
    spans = sentences(before.text)
    last = before.text[spans[-1].start : spans[-1].end] if spans else before.text
    if cue("things").search(last):
        return True
    return cue("steps").search(last) is not None and cue("factors").search(last) is None


def _is_group(text: str) -> bool:
    name = fold(text).strip(" *:：")
    return name in words("causes")["titles"]["groups"] or named_layer(name) is not None


@cache
def _labels_table() -> dict[str, str]:
    return {fold(label): kind for kind, labels in words("causes")["labels"].items() for label in labels}


@cache
def cue(name: str, table: str = "cues") -> Pattern:
    """One of the signs in the word list."""
    return compiled(words("causes")[table][name])
