"""Markdown to blocks: the only room that knows markdown-it."""

import re
from collections.abc import Iterable
from functools import cache
from itertools import groupby

from markdown_it import MarkdownIt
from markdown_it.token import Token
from msgspec import Struct

from pmlint.source.blocks import (
    Block,
    Cell,
    Code,
    Comment,
    Divider,
    Heading,
    Html,
    Item,
    List,
    Markup,
    Paragraph,
    Quote,
    Row,
    Table,
)
from pmlint.source.draft import Places, plain
from pmlint.source.front_matter import read_front_matter
from pmlint.source.html import blocks_of, comments_of, visible
from pmlint.source.inline import parser, prose_of
from pmlint.source.prose import Prose, Segment
from pmlint.source.span import Span
from pmlint.source.text import Source

_TASK_BOX = re.compile(r"\[([ xX])\](?=\s|$)")
_PIPE = re.compile(r"(?<!\\)\|")
_SPACE = " \t"


@cache
def _parser() -> MarkdownIt:
    return parser()


def read_markup(source: Source) -> Markup:
    """The blocks, comments and front matter of a document, with their places.

    Never raises, whatever the text: Markdown has no syntax errors, and front matter that cannot be read is kept
    with the reason. Blocks nested deeper than 40 levels are passed over.
    """
    front_matter = read_front_matter(source)
    body = source.text
    if front_matter is not None:
        # Blank lines in its place keep every line number as it was.
        kept = "\n" * (source.line_at(max(front_matter.span.end - 1, 0)) - 1)
        body = kept + source.text[front_matter.span.end :]
    elif body.startswith("\ufeff"):
        body = " " + body[1:]
    reader = _Reader(source)
    blocks = reader.blocks(_tree(_parser().parse(body)))
    return Markup(blocks, tuple(sorted(reader.comments, key=lambda comment: comment.span)), front_matter)


class _Node(Struct, frozen=True):
    """A token, or an opening one, with what stands between it and its closing one."""

    token: Token
    type: str
    """Without the word that says that it opens."""
    children: "list[_Node]"


def _tree(tokens: Iterable[Token]) -> list[_Node]:
    """The nesting of tokens that stand in a row."""
    top: list[_Node] = []
    around = [top]
    for token in tokens:
        if token.nesting < 0:
            around.pop()
            continue
        node = _Node(token, token.type.removesuffix("_open"), [])
        around[-1].append(node)
        if token.nesting > 0:
            around.append(node.children)
    return top


class _Reader:
    """Turns a syntax tree into blocks, finding each one's place in the source."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.comments: list[Comment] = []
        self.quotes = 0
        """How many quotes stand around the block that is being read."""
        self.past = 0
        """Past the last list marker or quote mark that was read: what opens on the same line opens after it."""

    def blocks(self, nodes: list[_Node]) -> tuple[Block, ...]:
        blocks: list[Block] = []
        for is_html, run in groupby(nodes, lambda node: node.type == "html_block"):
            if is_html:
                blocks.extend(self.html(list(run)))
            else:
                blocks.extend(block for node in run if (block := self.block(node)) is not None)
        return tuple(blocks)

    def block(self, node: _Node) -> Block | None:
        match node.type:
            case "heading":
                return self.heading(node)
            case "paragraph":
                prose = self.inline(node)
                return Paragraph(prose.span(), prose)
            case "bullet_list" | "ordered_list":
                items = tuple(self.item(child) for child in node.children)
                return List(_hull(items), node.type == "ordered_list", items)
            case "table":
                return self.table(node)
            case "blockquote":
                return self.quote(node)
            case "fence" | "code_block":
                return self.code(node)
            case "hr":
                return Divider(self.lines_span(node))
            case _:
                return None

    # --- where things stand

    def line_range(self, node: _Node) -> tuple[int, int]:
        """First line and the line after the last, from 1."""
        first, after = node.token.map or (0, 0)
        return first + 1, after + 1

    def lines_span(self, node: _Node) -> Span:
        """The node's lines without the white space around them."""
        first, after = self.line_range(node)
        return self.trimmed(Span(self.opening(first), self.source.line(max(after - 1, first)).end))

    def trimmed(self, span: Span) -> Span:
        text = self.source[span]
        lead = len(text) - len(text.lstrip())
        return Span(span.start + lead, max(span.start + lead, span.start + len(text.rstrip())))

    def content_places(self, content: str, first: int, after: int) -> Places:
        """Match the lines of inline content with the source lines that hold them.

        A content line is the end of its source line: list indents and quote marks have gone from before it.
        """
        return Places(self.content_segments(content, first, after))

    def content_segments(self, content: str, first: int, after: int) -> list[Segment]:
        segments: list[Segment] = []
        offset, number = 0, first
        for line in content.split("\n"):
            wanted = line.lstrip(_SPACE)
            lead = len(line) - len(wanted)
            while number < after:
                span = self.source.line(number)
                text = self.source[span].replace("\0", "\ufffd")
                at = text.rfind(wanted)
                number += 1
                if at >= 0:
                    if wanted:
                        begin = span.start + at
                        start = offset + lead
                        if segments:
                            segments.extend(_gap(segments[-1], start, begin))
                        segments.append(Segment(start, start + len(wanted), begin, begin + len(wanted)))
                    break
            offset += len(line) + 1
        if not segments:
            here = self.trimmed(self.source.line(first)).end
            segments.append(Segment(0, 0, here, here))
        return segments

    def opening(self, number: int) -> int:
        """Where the containers around this line end: past their list markers, indents and quote marks."""
        line = self.source.line(number)
        if line.start < self.past <= line.end:
            return self.past
        at = line.start + (number == 1 and self.source.text.startswith("\ufeff"))
        for _ in range(self.quotes):
            mark = self.source.text.find(">", at, line.end)
            if mark < 0 or self.source.text[at:mark].strip(_SPACE):
                break
            at = mark + 1
        return at

    def inline(self, node: _Node) -> Prose:
        token = _inline_token(node)
        if token is None:
            here = self.lines_span(node).end
            return Prose("", (), (), here)
        first, after = self.line_range(node)
        return self.read(token, self.content_places(token.content, first, after))

    def read(self, token: Token, places: Places) -> Prose:
        prose, comments = prose_of(token.content, token.children or [], places)
        self.comments.extend(Comment(span, text) for span, text in comments)
        # a comment or a tag at the edge leaves white space that Markdown would have dropped
        return prose if prose.text.strip() == prose.text else prose.cut(0)

    # --- kinds of block

    def heading(self, node: _Node) -> Heading:
        token = _inline_token(node)
        first, _ = self.line_range(node)
        span = self.lines_span(node)
        if node.token.markup in ("=", "-"):
            prose = self.inline(node)
            return Heading(Span(prose.span().start, span.end), int(node.token.tag[1]), prose)
        line = self.source.line(first)
        text = self.source[line]
        marks = text.find(node.token.markup)
        if token is None or not token.content:
            return Heading(Span(line.start + marks, span.end), int(node.token.tag[1]), Prose("", (), (), span.end))
        at = text.replace("\0", "\ufffd").find(token.content, marks + len(node.token.markup))
        start = line.start + max(at, 0)
        places = Places([Segment(0, len(token.content), start, start + len(token.content))])
        return Heading(Span(line.start + marks, span.end), int(node.token.tag[1]), self.read(token, places))

    def item(self, node: _Node) -> Item:
        first, _ = self.line_range(node)
        marker = node.token.info + node.token.markup
        start = self.source.text.find(marker, self.opening(first), self.source.line(first).end)
        if start < 0:
            start = self.lines_span(node).start
        self.past = start + len(marker)
        blocks = self.blocks(node.children)
        end = max([block.span.end for block in blocks] + [start + len(marker)])
        checked, blocks = self.task_box(blocks)
        return Item(Span(start, end), marker, checked, blocks)

    def task_box(self, blocks: tuple[Block, ...]) -> tuple[bool | None, tuple[Block, ...]]:
        if blocks and isinstance(blocks[0], Paragraph):
            box = _TASK_BOX.match(blocks[0].prose.text)
            if box:
                prose = blocks[0].prose.cut(box.end())
                return box[1] != " ", (Paragraph(prose.span(), prose), *blocks[1:])
        return None, blocks

    def table(self, node: _Node) -> Table:
        rows = [self.row(row) for part in node.children for row in part.children]
        return Table(_hull(rows), rows[0], tuple(rows[1:]))

    def row(self, node: _Node) -> Row:
        first, _ = self.line_range(node)
        line = self.source.line(first)
        columns = self.columns(line, self.opening(first) - line.start)
        whole = self.trimmed(Span(columns[0].start if columns else line.start, line.end))
        missing = Span(whole.end, whole.end)
        cells = [
            self.cell(cell, columns[index] if index < len(columns) else missing)
            for index, cell in enumerate(node.children)
        ]
        return Row(whole, tuple(cells))

    def columns(self, line: Span, skip: int) -> list[Span]:
        """The spans between the unescaped pipes of a row, as the table rule of markdown-it cuts it."""
        text = self.source[line]
        begin = len(text) - len(text[skip:].lstrip())
        end = len(text.rstrip())
        cuts = [begin, *(pipe.end() for pipe in _PIPE.finditer(text, begin, end))]
        spans = [Span(line.start + a, line.start + b - 1) for a, b in zip(cuts, [*cuts[1:], end + 1], strict=True)]
        if spans and spans[0].start == spans[0].end:
            spans.pop(0)
        if spans and spans[-1].start == spans[-1].end:
            spans.pop()
        return spans

    def cell(self, node: _Node, raw: Span) -> Cell:
        token = _inline_token(node)
        span = self.trimmed(raw)
        if token is None or not token.content:
            return Cell(span, Prose("", (), (), span.start))
        # markdown-it has turned `\|` into `|`: one character of content for two of source.
        segments: list[Segment] = []
        content_at, source_at = 0, span.start
        for part in self.source[span].split("\\|"):
            if segments:
                segments.append(Segment(content_at, content_at + 1, source_at - 2, source_at))
                content_at += 1
            segments.append(Segment(content_at, content_at + len(part), source_at, source_at + len(part)))
            content_at += len(part)
            source_at += len(part) + 2
        return Cell(span, self.read(token, Places([s for s in segments if s.end > s.start])))

    def quote(self, node: _Node) -> Quote:
        first, _ = self.line_range(node)
        whole = self.lines_span(node)
        start = self.source.text.find(">", self.opening(first), self.source.line(first).end)
        if start < 0:
            start = whole.start
        self.past = start + 1
        self.quotes += 1
        blocks = self.blocks(node.children)
        self.quotes -= 1
        return Quote(Span(start, max([whole.end] + [block.span.end for block in blocks])), blocks)

    def code(self, node: _Node) -> Code:
        first, _ = self.line_range(node)
        number = first + (node.type == "fence")
        lines = []
        for line in node.token.content.split("\n"):
            span = self.source.line(number)
            number += 1
            wanted = line.strip()
            if wanted:
                at = span.start + max(self.source[span].replace("\0", "\ufffd").rfind(wanted), 0)
                lines.append(plain(wanted, [Segment(0, len(wanted), at, at + len(wanted))]))
        return Code(self.lines_span(node), node.token.info.strip(), tuple(lines))

    def html(self, nodes: list[_Node]) -> tuple[Block, ...]:
        """The blocks of neighbouring HTML nodes: markdown-it ends one at each blank line, even inside a table."""
        segments: list[Segment] = []
        parts: list[str] = []
        length = 0
        for node in nodes:
            first, after = self.line_range(node)
            text = "\n".join(line.lstrip(_SPACE) for line in node.token.content.split("\n")).strip("\n") + "\n"
            for segment in self.content_segments(text, first, after):
                start = segment.start + length
                if segments and segments[-1].end < start:
                    segments.extend(_gap(segments[-1], start, segment.origin))
                segments.append(segment._replace(start=start, end=segment.end + length))
            parts.append(text)
            length += len(text)
        content, places = "".join(parts).rstrip(), Places(segments)
        self.comments.extend(comments_of(content, places))
        blocks = blocks_of(content, places)
        if blocks:
            return blocks
        return (Html(places.span(0, len(content)), visible(content, places)),)


def _inline_token(node: _Node) -> Token | None:
    for child in node.children:
        if child.type == "inline":
            return child.token
    return None


def _gap(before: Segment, start: int, origin: int) -> list[Segment]:
    """What lies between two lines of content: the line break with the prefix of the new line as one, then blanks."""
    broken = Segment(before.end, before.end + 1, before.origin_end, origin)
    return [broken, Segment(before.end + 1, start, origin, origin)] if start > before.end + 1 else [broken]


def _hull(parts: "list[Row] | tuple[Item, ...]") -> Span:
    return Span(parts[0].span.start, parts[-1].span.end) if parts else Span(0, 0)
