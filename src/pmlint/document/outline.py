"""Headings in every disguise: ATX and setext, bold lines, bold labels in lists, bare lines with a colon."""

import re
from collections.abc import Iterator

from msgspec import Struct

from pmlint.document.headings import meaning
from pmlint.document.lines import line_spans
from pmlint.source import Block, Heading, Item, List, Mark, Paragraph, Prose, Span

# `###Impact`: many renderers forgive the missing space, CommonMark does not.
# One mark and a small letter is a chat channel: `#ops-alerts`.
_UNSPACED = re.compile(r"#{2,6}(?=[^#\s\d!])|#(?=[^#\s\d!a-z])")
_LABEL_WORDS = 9
_TITLE_WORDS = 16
"""Of a bold line that a document without headings opens with."""
# A list of `**Duration:**` and `**Impact:**` is metadata; one with a timeline or a cause in it is a document.
_NARRATING = frozenset(
    ("timeline", "root_cause", "contributing_factors", "resolution", "detection", "response", "action_items", "lessons")
)
_FACTS = frozenset(("metadata", "roles"))
_SENTENCE_END = re.compile(r"[.!;,]$|[.!?;] ")
# What a label may have around its words: the number of its part; a date and a zone in brackets.
_NUMBERED = re.compile(r"^\W{0,3}\d{1,2}(?:\.\d{1,2})*[.)]\s+")
_CLOSES = (")", "）", "]")
_NOTE = re.compile(r"\s*[(（\[][^()（）\[\]]{1,60}[)）\]]\s*$")


class Title(Struct, frozen=True):
    """A heading as found: its words, and how deep it stands."""

    prose: Prose
    span: Span
    level: int


class Part(Struct, frozen=True):
    """A heading and the blocks that follow it up to the next; the first part of a document has no heading."""

    title: Title | None
    blocks: tuple[Block, ...]


def outline(blocks: tuple[Block, ...]) -> tuple[Part, ...]:
    """Divide a document at its headings.

    Where a document has Markdown headings, a line counts as one only if it is bold as a whole, or if it is a known
    label that stands alone. Where it has none, known labels count in every form: that is how it was divided.
    """
    headed = sum(_known(block.prose.text) for block in blocks if isinstance(block, Heading)) >= 2
    first = blocks[0] if blocks and isinstance(blocks[0], Paragraph) else None
    parts: list[Part] = []
    title: Title | None = None
    body: list[Block] = []
    level = 0
    for piece in _pieces(blocks, headed, first):
        if not isinstance(piece, Title | Heading):
            body.append(piece)
            continue
        if title is not None or body:
            parts.append(Part(title, tuple(body)))
        # a label without a level of its own stands one below the heading above it
        level, own = (piece.level, piece.level) if piece.level else (level, min(level + 1, 7))
        title, body = Title(piece.prose, piece.span, own), []
    if title is not None or body:
        parts.append(Part(title, tuple(body)))
    return tuple(parts)


def _pieces(blocks: tuple[Block, ...], headed: bool, first: Paragraph | None) -> Iterator[Title | Block]:
    for block in blocks:
        match block:
            case Paragraph() if block is first and (title := _bold(block.prose, longest=_TITLE_WORDS)) is not None:
                yield title
            case Paragraph():
                yield from _paragraph(block, headed)
            case List() if not headed and _is_labelled(block):
                for item in block.items:
                    yield from _labelled_item(item)
            case _:
                yield block


def _paragraph(block: Paragraph, headed: bool) -> Iterator[Title | Block]:
    """A paragraph, with the labels that it opens with taken off."""
    while True:
        prose = block.prose
        first_end = prose.text.find("\n")
        first_end = len(prose.text) if first_end < 0 else first_end
        line = prose.cut(0, first_end)
        label = _unspaced(line) or _bold(line) or _bare(line, headed, alone=first_end == len(prose.text))
        rest_at = first_end
        if label is None and not headed:
            label, rest_at = _opening(prose, first_end)
        if label is None and not headed:
            rest_at = _fields_end(prose)
        if label is None and (headed or not 0 < rest_at < len(prose.text)):
            yield block
            return
        head = prose.cut(0, rest_at)
        yield label or Paragraph(head.span(), head)
        rest = prose.cut(rest_at)
        if not rest:
            return
        block = Paragraph(rest.span(), rest)


def _fields_end(prose: Prose) -> int:
    """Where the lines end that a paragraph opens with and that are fields: `Severity: high`."""
    end = 0
    for line in line_spans(prose.text):
        text = prose.text[line.start : line.end]
        if ":" not in text or not _is_field(text) or not meaning(text).value:
            break
        end = line.end
    return end


def _unspaced(line: Prose) -> Title | None:
    marks = _UNSPACED.match(line.text)
    if not marks:
        return None
    return Title(line.cut(marks.end()), line.span(), marks.end())


def _bold(line: Prose, *, longest: int = _LABEL_WORDS) -> Title | None:
    """A line that is bold from its first to its last letter and reads like a label."""
    text = line.text.rstrip(" :：")
    if not any(mark.kind == "strong" and mark.start == 0 and mark.end >= len(text) for mark in line.marks):
        return None
    words = _words(text)
    if not words or len(words.split()) > longest or _SENTENCE_END.search(words):
        return None
    return Title(line.cut(0, len(text)), line.span(), 0)


def _words(text: str) -> str:
    """A label's own words, without the number before them and the note in brackets behind."""
    text = _NUMBERED.sub("", text)
    return _NOTE.sub("", text) if text.rstrip().endswith(_CLOSES) else text


def _bare(line: Prose, headed: bool, *, alone: bool) -> Title | None:
    """A plain line that is nothing but the name of a section."""
    text = line.text.rstrip(" :：")
    colon = len(text) < len(line.text.rstrip())
    if headed and not (alone and colon):
        return None
    if len(_words(text).split()) > 6 or not (alone or colon or not headed) or not _known(text) or _labels(line)[1:]:
        return None
    if meaning(text).value and (_is_field(text) or meaning(text).kinds == ("related",)):
        return None  # "Severity: high", "Reference: NOC-12" are no part of the document
    if _is_field(text) and any(char.isdigit() for char in text):
        return None  # "Closed on 3 May by Ada"
    return Title(line.cut(0, len(text)), line.span(), 0)


def _opening(prose: Prose, first_end: int) -> tuple[Title | None, int]:
    """A bold label with its text behind it: `**Root cause:** the cache …`; of fields on one line none is a heading."""
    labels = [mark for mark in _labels(prose) if mark.end < first_end] or _run_in(prose, first_end)
    for mark in labels:
        if mark.start == 0:
            text = prose.text[: mark.end].rstrip(" :：.?!")
            if (
                _known(text)
                and not _is_field(text)
                and (len(labels) == 1 or _NARRATING.intersection(meaning(text).kinds))
            ):
                label = prose.cut(0, len(text))
                skip = mark.end + len(prose.text[mark.end :]) - len(prose.text[mark.end :].lstrip(" :：-–—"))
                return Title(label, prose.span(0, mark.end), 0), skip
    return None, 0


def _is_field(text: str) -> bool:
    """Whether a label names a fact about the incident, or who held a role, and tells nothing of what happened."""
    found = meaning(text)
    return found.field is not None and _FACTS.issuperset(found.kinds)


def _run_in(prose: Prose, first_end: int) -> list[Mark]:
    """The bold words that a paragraph opens with as with a sentence: "**What broke.** On Monday …"."""
    return [
        mark
        for mark in prose.marks[:1]
        if mark.kind == "strong" and mark.start == 0 and mark.end < first_end and prose.text[mark.end - 1] in ".?!"
    ]


def _labels(prose: Prose) -> list[Mark]:
    """The bold words that name what stands behind them."""
    return [mark for mark in prose.marks if mark.kind == "strong" and _has_colon(prose, mark)]


def _has_colon(prose: Prose, mark: Mark) -> bool:
    """Whether marked words end in a colon, or one follows them."""
    colons = (":", "：")
    return prose.text[: mark.end].rstrip().endswith(colons) or prose.text[mark.end :].lstrip().startswith(colons)


def _is_labelled(block: List) -> bool:
    """Whether a list is a document in items: two of them open with the bold names of different narrating sections."""
    return len({_narrated(item) for item in block.items} - {frozenset()}) >= 2


def _narrated(item: Item) -> frozenset[str]:
    prose = item.prose
    if prose is None:
        return frozenset()
    end = _first_line(prose)
    label = _opening(prose, end)[0] or _bold(prose.cut(0, end))
    return _NARRATING.intersection(meaning(label.prose.text).kinds) if label is not None else frozenset()


def _first_line(prose: Prose | None) -> int:
    text = prose.text if prose is not None else ""
    at = text.find("\n")
    return len(text) if at < 0 else at


def _labelled_item(item: Item) -> Iterator[Title | Block]:
    prose = item.prose
    if prose is None:
        yield from item.blocks
        return
    end = _first_line(prose)
    label, rest_at = _opening(prose, end)
    if label is None:
        label, rest_at = _bold(prose.cut(0, end)), end
    if label is None:
        yield List(item.span, False, (item,))
        return
    yield label
    rest = prose.cut(rest_at)
    if rest:
        yield Paragraph(rest.span(), rest)
    yield from item.blocks[1:]


def _known(text: str) -> bool:
    """Whether `text` is the name of a section, alone or merged of two."""
    found = meaning(text.rstrip(" :："))
    return found.score >= 0.9 and bool(found.kinds or found.ambiguous)
