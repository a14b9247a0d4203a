"""Raw HTML as blocks: headings, tables, lists and paragraphs of exported documents, in their exact places."""

import html
import re
from typing import Literal

from msgspec import Struct, field

from pmlint.source.blocks import (
    Block,
    Cell,
    Code,
    Comment,
    Divider,
    Heading,
    Item,
    List,
    Paragraph,
    Quote,
    Row,
    Table,
)
from pmlint.source.draft import Draft, Places, plain
from pmlint.source.prose import Prose
from pmlint.source.span import Span
from pmlint.source.tags import Piece, apply, attribute, pieces

_CHARACTERS = re.compile(r"(?P<space>[ \t\r\n\f]+)|(?P<entity>&(?:#\w{1,8}|\w{1,32});)|[^ \t\r\n\f&]+|&")
_NUMBER = re.compile(r"\d{1,9}")
_SPAN_LIMIT = 20
_DEPTH = 20
_PADDED_CELLS = 0x10000
"""Like markdown-it: rows are filled up to the widest unless that would cost more cells than this."""

# These end a paragraph; between words of a heading or a cell they are a line break.
_BOUNDARIES = frozenset(
    {
        *("p", "div", "section", "article", "main", "header", "footer", "aside", "center", "address", "body"),
        *("details", "figure", "figcaption", "dl", "dt", "dd", "form", "fieldset", "hr", "blockquote", "pre"),
        *("ul", "ol", "li", "table", "tr", "summary", "h1", "h2", "h3", "h4", "h5", "h6"),
    }
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_TITLES = frozenset({*_HEADINGS, "summary"})
_FLOW = frozenset({"root", "item", "quote"})
_TABLE_PARTS = frozenset({"tr", "td", "th", "thead", "tbody", "tfoot"})


class _Frame(Struct):
    """An element that holds blocks, items, rows or cells, while it is open."""

    kind: Literal["root", "list", "item", "table", "row", "quote"]
    start: int
    blocks: list[Block] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    titled: bool = False
    """A row whose first cell is the title of the row; a table whose first row is one."""
    ordered: bool = False
    number: int = 1
    checked: bool | None = None


class _Text(Struct):
    """A paragraph, heading, summary, cell or code in the making."""

    kind: str
    start: int
    draft: Draft
    space: tuple[int, int] | None = None
    """White space that counts only if a word follows."""
    columns: int = 1
    tables: int = 0
    """Tables open inside a cell: their text is the cell's."""


def blocks_of(content: str, places: Places) -> tuple[Block, ...]:
    """The blocks that a run of raw HTML stands for, none where it is no document structure.

    `content` is the HTML without the quote marks and indents around it. A cell holds text only, so what stands in
    it is set line by line; what stands in a table outside its cells is not read. Lists, tables and quotes nested
    deeper than 20 levels are not taken apart further.
    """
    builder = _Builder(content, places)
    for piece in pieces(content):
        builder.piece(piece)
    return builder.finish()


def comments_of(content: str, places: Places) -> list[Comment]:
    """The comments in raw HTML; one that is never closed runs to its end."""
    return [
        Comment(
            places.span(piece.start, piece.end),
            content[piece.start : piece.end].removeprefix("<!--").removesuffix("-->"),
        )
        for piece in pieces(content)
        if piece.kind == "comment"
    ]


def visible(content: str, places: Places) -> Prose:
    """The text between the tags; each tag stands as a line break so that words do not run together."""
    draft = Draft(places)
    for piece in pieces(content):
        if piece.kind == "text":
            for found in _CHARACTERS.finditer(content, piece.start, piece.end):
                draft.write(html.unescape(found[0]) if found["entity"] else found[0], *found.span())
        else:
            draft.write("\n", piece.start, piece.end)
    prose = draft.prose()
    return Prose(prose.text, prose.segments, (), prose.origin)


class _Builder:
    """Follows tags and text; every element may be left open or closed twice, as in real exports."""

    def __init__(self, content: str, places: Places) -> None:
        self.content = content
        self.places = places
        self.frames = [_Frame("root", 0)]
        self.text: _Text | None = None
        self.structured = False

    def piece(self, piece: Piece) -> None:
        if piece.kind == "text":
            self.characters(piece)
        elif piece.kind == "comment":
            # words beside a comment are the author's, though Markdown takes the whole line for HTML
            self.structured = True
        elif piece.kind == "tag":
            if self.text and self.text.kind == "pre":
                if piece.name == "pre" and piece.closing:
                    self.end_text(piece.start, piece.end)
            elif not (self.text and self.text.kind == "td" and self.in_cell(self.text, piece)):
                self.tag(piece)

    def finish(self) -> tuple[Block, ...]:
        self.close_until(0, len(self.content))
        return tuple(self.frames[0].blocks) if self.structured else ()

    # --- text

    def characters(self, piece: Piece) -> None:
        if self.text is None:
            if self.frames[-1].kind not in _FLOW or not self.content[piece.start : piece.end].strip():
                return
            self.begin_text("p", piece.start)
        if (text := self.text) is None:
            return
        for found in _CHARACTERS.finditer(self.content, piece.start, piece.end):
            if found["space"] and text.kind != "pre":
                text.space = text.space or found.span()
                continue
            self.flush_space(text)
            text.draft.write(html.unescape(found[0]) if found["entity"] else found[0], *found.span())

    def flush_space(self, text: _Text) -> None:
        if text.space and not text.draft.ends_in_space():
            text.draft.write(" ", *text.space)
        text.space = None

    def begin_text(self, kind: str, start: int) -> _Text:
        self.text = _Text(kind, start, Draft(self.places))
        return self.text

    def line_break(self, piece: Piece) -> None:
        if self.text:
            self.text.space = None
            if piece.name == "br" or not self.text.draft.ends_in_space():
                self.text.draft.write("\n", piece.start, piece.end)

    def end_text(self, end: int, after: int) -> None:
        """Make a block of the open text, which ends at `end`; its element ends at `after`."""
        text, self.text = self.text, None
        if text is None:
            return
        if text.kind == "summary":
            text.draft.mark("strong", 0)
        prose = text.draft.prose(text.start)
        span = self.places.span(text.start, after)
        frame = self.frames[-1]
        if text.kind == "td":
            inner = self.trimmed(text.start, end)
            # a cell over several columns leaves the others empty, so that the next one stands in its own column
            frame.cells.append(Cell(inner, prose.cut(0) if prose else Prose("", (), (), inner.start)))
            frame.cells.extend([_empty(inner.end)] * (text.columns - 1))
        elif text.kind == "pre":
            lines = plain(prose.text, list(prose.segments)).lines() if prose else ()
            frame.blocks.append(Code(span, "", tuple(lines)))
        elif text.kind in _HEADINGS:
            frame.blocks.append(Heading(span, _HEADINGS[text.kind], prose.cut(0)))
        elif prose:
            prose = prose.cut(0)
            frame.blocks.append(Paragraph(prose.span(), prose))

    def trimmed(self, start: int, end: int) -> Span:
        inside = self.content[start:end]
        lead = len(inside) - len(inside.lstrip())
        return self.places.span(start + lead, max(start + lead, start + len(inside.rstrip())))

    # --- tags

    def in_cell(self, text: _Text, piece: Piece) -> bool:
        """Whether the tag belongs to the text of a cell, and not to the table around it."""
        if piece.name == "table":
            text.tables += -1 if piece.closing else 1
            if text.tables < 0:
                return False
        elif text.tables == 0 and piece.name in _TABLE_PARTS:
            return False
        if piece.name in _BOUNDARIES or piece.name == "br":
            self.line_break(piece)
        elif piece.name in _TABLE_PARTS:
            text.space = text.space or (piece.start, piece.end)
        else:
            self.inline(piece)
        return True

    def tag(self, piece: Piece) -> None:
        if piece.name == "br":
            self.line_break(piece)
        elif piece.name == "table" or piece.name in _TABLE_PARTS:
            self.table_tag(piece)
        elif piece.name in ("ul", "ol", "li"):
            self.list_tag(piece)
        elif piece.name in _BOUNDARIES:
            self.boundary(piece)
        else:
            self.inline(piece)

    def boundary(self, piece: Piece) -> None:
        name = piece.name
        self.structured = True
        if self.text and self.text.kind in _TITLES:
            if name in ("p", "div"):
                self.line_break(piece)
                return
            if piece.closing:
                self.end_text(piece.start, piece.end)
                return
        self.end_text(piece.start, piece.start)
        if name == "blockquote":
            if piece.closing:
                self.close_kind("quote", piece)
            else:
                self.open(_Frame("quote", piece.start))
        elif self.frames[-1].kind not in _FLOW or piece.closing:
            return
        elif name == "hr":
            self.frames[-1].blocks.append(Divider(self.places.span(piece.start, piece.end)))
        elif name in _TITLES or name == "pre":
            self.begin_text(name, piece.start)

    def inline(self, piece: Piece) -> None:
        if piece.name == "input":
            self.task_box(piece)
            return
        if self.text is None and not piece.closing and self.frames[-1].kind in _FLOW:
            self.begin_text("p", piece.start)
        if self.text:
            if not piece.closing:
                self.flush_space(self.text)
            apply(self.text.draft, piece, self.content)

    def task_box(self, piece: Piece) -> None:
        tag = self.content[piece.start : piece.end]
        kind, item = attribute(tag, "type"), self.innermost("item")
        if item is not None and kind and kind[0].lower() == "checkbox":
            self.frames[item].checked = attribute(tag, "checked") is not None

    # --- lists

    def list_tag(self, piece: Piece) -> None:
        self.end_text(piece.start, piece.start)
        self.structured = True
        if piece.name == "li":
            inner = self.innermost("list")
            if inner is None:
                return
            self.close_until(inner + 1, piece.end if piece.closing else piece.start)
            if not piece.closing:
                self.open(_Frame("item", piece.start))
        elif piece.closing:
            self.close_kind("list", piece)
        else:
            start = attribute(self.content[piece.start : piece.end], "start")
            number = _NUMBER.fullmatch(start[0]) if start else None
            frame = _Frame("list", piece.start, ordered=piece.name == "ol")
            frame.number = int(number[0]) if number else 1
            self.open(frame)

    # --- tables

    def table_tag(self, piece: Piece) -> None:
        if not (piece.closing and piece.name in ("td", "th") and self.text and self.text.kind == "td"):
            self.end_text(piece.start, piece.start)
        self.structured = True
        if piece.name == "table":
            if piece.closing:
                self.close_kind("table", piece)
            else:
                self.open(_Frame("table", piece.start))
            return
        table = self.innermost("table")
        if table is None:
            return
        if piece.name in ("td", "th"):
            self.cell_tag(piece, table)
        elif piece.name == "tr":
            self.close_until(table + 1, piece.end if piece.closing else piece.start)
            if not piece.closing:
                self.open(_Frame("row", piece.start))
        else:
            self.close_until(table + 1, piece.start)

    def cell_tag(self, piece: Piece, table: int) -> None:
        if piece.closing:
            self.end_text(piece.start, piece.end)
            return
        if self.frames[-1].kind != "row":
            self.close_until(table + 1, piece.start)
            self.open(_Frame("row", piece.start))
        row = self.frames[-1]
        if not row.cells:
            row.titled = piece.name == "th"
        elif piece.name == "th":
            row.titled = False
        width = attribute(self.content[piece.start : piece.end], "colspan")
        number = _NUMBER.fullmatch(width[0]) if width else None
        text = self.begin_text("td", piece.end)
        text.columns = min(max(int(number[0]), 1), _SPAN_LIMIT) if number else 1

    # --- frames

    def innermost(self, kind: str) -> int | None:
        return next((at for at in range(len(self.frames) - 1, 0, -1) if self.frames[at].kind == kind), None)

    def open(self, frame: _Frame) -> None:
        """Enter an element; where it would stand too deep, its content falls to the one around it."""
        if frame.kind in ("item", "row") or (len(self.frames) < _DEPTH and self.frames[-1].kind in _FLOW):
            self.frames.append(frame)

    def close_kind(self, kind: str, piece: Piece) -> None:
        at = self.innermost(kind)
        if at is not None:
            self.close_until(at, piece.end)

    def close_until(self, depth: int, end: int) -> None:
        """Close the open text and every frame from `depth` up, the root never."""
        self.end_text(end, end)
        while len(self.frames) > max(depth, 1):
            frame = self.frames.pop()
            self.close(frame, self.frames[-1], self.places.span(frame.start, end))

    def close(self, frame: _Frame, parent: _Frame, span: Span) -> None:
        match frame.kind:
            case "item" if frame.blocks or frame.checked is not None:
                marker = f"{parent.number}." if parent.ordered else "-"
                parent.number += 1
                parent.items.append(Item(span, marker, frame.checked, tuple(frame.blocks)))
            case "list" if frame.items:
                parent.blocks.append(List(span, frame.ordered, tuple(frame.items)))
            case "quote" if frame.blocks:
                parent.blocks.append(Quote(span, tuple(frame.blocks)))
            case "row" if frame.cells:
                if not parent.rows:
                    # one cell is a title only beside others
                    parent.titled = frame.titled and len(frame.cells) > 1
                parent.rows.append(Row(span, tuple(frame.cells)))
            case "table" if any(cell.prose for row in frame.rows for cell in row.cells):
                parent.blocks.append(_table(span, frame))
            case _:
                return


def _table(span: Span, frame: _Frame) -> Table:
    """Rows of one width; the first is the header unless it names itself, as rows of key and value do."""
    columns = max(len(row.cells) for row in frame.rows)
    if columns * len(frame.rows) > _PADDED_CELLS:
        columns = 0
    rows = [Row(row.span, (*row.cells, *[_empty(row.span.end)] * (columns - len(row.cells)))) for row in frame.rows]
    if frame.titled:
        nowhere = Span(span.start, span.start)
        rows.insert(0, Row(nowhere, (_empty(span.start),) * len(rows[0].cells)))
    return Table(span, rows[0], tuple(rows[1:]))


def _empty(at: int) -> Cell:
    return Cell(Span(at, at), Prose("", (), (), at))
