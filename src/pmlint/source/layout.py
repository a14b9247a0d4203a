"""Markdown in its canonical layout: mdformat lays out the blocks, and the words in them stay as they are written.

What stands inside a block is read differently by every renderer: footnotes, alerts, formulas, short codes. So nothing
in it is escaped, unescaped or changed about, and only what surrounds it is set anew.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import mdformat.plugins
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdformat.renderer import MDRenderer, RenderContext, RenderTreeNode
from mdformat.renderer.typing import Render

WIDEST = 120
"""Columns of a table whose cells are padded; in a wider one nothing would line up on a screen."""

_SPACE = " \t"
_LINES = "pmlint lines"
# What a line further down in a paragraph must not begin with, were it not for its indentation.
_OPENS = re.compile(
    r"#{1,6}(?:\s|$)|>|[-+*](?:\s|$)|1[.)](?:\s|$)|`{3}|~{3}|=+\s*$|(?:[-*_]\s*){3,}$|-+\s*$|\|?\s*:?-|<"
)
# Blocks of other dialects, in which the indentation of the lines below means something.
_INDENTED = re.compile(r"!!!|\?\?\?|===|:\s|\[\^")


def laid_out(text: str) -> str:
    """The body of a document in its canonical layout; it has line feeds, and ends in one unless it is empty."""
    text = _ended(text)
    md, lines = _parser(), text.split("\n")
    env: dict[str, Any] = {_LINES: lines}
    tokens = list(_joined(md.parse(text, env), lines))
    return _ATTACHED.sub("", str(MDRenderer().render(tokens, md.options, env)))


def words(text: str) -> str:
    """All characters but white space and those that blocks are set with: no layout may lose one of them."""
    return _MARKS.sub("", text)


_MARKS = re.compile(r"[\s\-*_+=#~`|:>]")


def html(text: str) -> str:
    """What a browser shows of the text: white space counts as one blank, but where it is preformatted."""
    pieces = re.split(r"(?s)(<pre\b.*?</pre>)", _html_parser().render(_ended(text)))
    return "".join(piece if at % 2 else re.sub(r"\s+", " ", piece) for at, piece in enumerate(pieces)).strip()


def _ended(text: str) -> str:
    """`text` with its last line ended, without which code and raw HTML are shown with one character less."""
    return text if text.endswith("\n") else f"{text}\n"


@cache
def _html_parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"maxNesting": 40, "html": True}).enable(["table", "strikethrough"])


@cache
def _parser() -> MarkdownIt:
    """Reads blocks only; definitions of links are blocks of their own."""
    md = MarkdownIt("commonmark", {"maxNesting": 40, "html": True, "inline_definitions": True}).enable("table")
    md.disable(["inline", "text_join"])
    md.options["mdformat"] = {}
    md.options["parser_extension"] = [_Layout]
    return md


# Behind a comment that stands right above a block, until all blank lines are set.
_MARK = "\x02"
_ATTACHED = re.compile(rf"{_MARK}(?:\n[ >]*(?=\n))?")


def _joined(tokens: Iterable[Token], lines: Sequence[str]) -> Iterator[Token]:
    """The tokens, with comments and definitions on neighbouring lines as one, so that no blank line parts them."""
    before: Token | None = None
    for token in tokens:
        if token.type == "definition":
            token.content = _definition(token, lines)
        if before is not None and _belong(before, token):
            before.content = before.content.rstrip("\n") + "\n" + token.content
            before.map = [before.map[0], token.map[1]] if before.map and token.map else None
            continue
        if before is not None:
            if before.type == "html_block" and _is_right_above(before, token):
                before.meta["attached"] = before.content.rstrip().endswith("-->") and _MARK not in before.content
            yield before
        before = token
    if before is not None:
        yield before


def _belong(one: Token, other: Token) -> bool:
    return one.type == other.type and one.type in ("html_block", "definition") and _is_right_above(one, other)


def _is_right_above(one: Token, other: Token) -> bool:
    if one.map is None or other.map is None:
        return False
    return one.map[1] == other.map[0] and one.level == other.level


def _definition(token: Token, lines: Sequence[str]) -> str:
    """A definition as it is written, without the marks and indents of what it stands in."""
    first, after = token.map or (0, 0)
    return "\n".join(_bare(lines[first:after])).strip("\n")


_AROUND = re.compile(r"[\s>]*(?:(?:[-+*]|\d{1,9}[.)])\s+[\s>]*)*")


def _bare(lines: Sequence[str]) -> Iterator[str]:
    """Lines of the source without the marks and indents of what they stand in: on the first, markers of items too."""
    for at, line in enumerate(lines):
        around = _AROUND.match(line) if at == 0 else None
        yield (line[around.end() :] if around else line.lstrip(" \t>")).rstrip()


# --- how each block is written


def _inline(node: RenderTreeNode, context: RenderContext) -> str:  # noqa: ARG001 - the shape of all renderers
    return node.content


def _paragraph(node: RenderTreeNode, context: RenderContext) -> str:
    first, *rest = _unpadded(node.children[0].render(context).split("\n"))
    if not any(map(_INDENTED.match, (first, *rest))):
        rest = list(map(_flush, rest))
    return "\n".join([first, *rest])


def _unpadded(lines: Sequence[str]) -> Iterator[str]:
    """The lines without blanks at their ends, but for the two that break a line."""
    for at, line in enumerate(lines):
        bare = line.rstrip(_SPACE)
        breaks = at + 1 < len(lines) and line.endswith("  ") and not bare.endswith("\\")
        yield f"{bare}  " if breaks else bare


def _flush(line: str) -> str:
    """A line without its indentation, unless that is what keeps it from opening a block."""
    bare = line.lstrip(_SPACE)
    return f"    {bare}" if bare != line and _OPENS.match(bare) else bare


def _heading(node: RenderTreeNode, context: RenderContext) -> str:
    text = " ".join(line.strip() for line in node.children[0].render(context).split("\n")) if node.children else ""
    marks = "#" * int(node.tag[1])
    # A mark at the end would be taken for the closing of the heading.
    text = re.sub(r"(^|[ \t])(#+)$", r"\1\\\2", text)
    return f"{marks} {text}".rstrip()


def _divider(node: RenderTreeNode, context: RenderContext) -> str:  # noqa: ARG001
    """Three dashes, where they are neither front matter nor the marker of an item."""
    parent = node.parent
    is_first = parent is None or parent.children[0] is node
    return "___" if parent is None or parent.type == "list_item" or (parent.is_root and is_first) else "---"


def _html_block(node: RenderTreeNode, context: RenderContext) -> str:  # noqa: ARG001
    """Raw HTML as it is; a comment stays right above what it is about."""
    return node.content.rstrip("\n").lstrip(_SPACE) + (_MARK if node.meta.get("attached") else "")


def _code(node: RenderTreeNode, context: RenderContext) -> str:  # noqa: ARG001
    """Indented code stays indented: below a footnote or an admonition, other renderers take it for text."""
    return "\n".join(f"    {line}" if line.strip() else "" for line in node.content.rstrip("\n").split("\n"))


def _numbered(node: RenderTreeNode, context: RenderContext) -> str:
    """An ordered list with the numbers as they are written."""
    items = []
    for item in node.children:
        marker = f"{item.info}{item.markup} "
        with context.indented(len(marker)):
            first, *rest = item.render(context).split("\n")
        indented = [f"{' ' * len(marker)}{line}" if line else "" for line in rest]
        items.append("\n".join([f"{marker}{first}".rstrip(), *indented]))
    return ("\n\n" if _is_loose(node) else "\n").join(items)


def _is_loose(node: RenderTreeNode) -> bool:
    return any(child.type == "paragraph" and not child.hidden for item in node.children for child in item.children)


def _quote(node: RenderTreeNode, context: RenderContext) -> str:
    with context.indented(2):
        blocks = [text for child in node.children if (text := child.render(context))]
    lines = "\n\n".join(blocks).split("\n")
    return "\n".join(f"> {line}" if line else ">" for line in lines)


def _table(node: RenderTreeNode, context: RenderContext) -> str:
    """A table with padded cells, or where that would be too wide, with bare ones.

    One with more cells in a row than in its head stays as it is: they are shown nowhere, and would be lost.
    """
    render = _tables()["table"]
    padded = render(node, context)
    first, after = node.map or (0, 0)
    written = "\n".join(_bare(context.env[_LINES][first:after]))
    if words(padded) != words(written):
        return written
    if max(map(len, padded.split("\n"))) <= WIDEST:
        return padded
    options = {**context.options, "mdformat": {"plugin": {"tables": {"compact_tables": True}}}}
    return render(node, context._replace(options=options))


def _cell(node: RenderTreeNode, context: RenderContext) -> str:
    return _tables()["td"](node, context)


def _tables() -> Mapping[str, Render]:
    renderers: Mapping[str, Render] = mdformat.plugins.PARSER_EXTENSIONS["tables"].RENDERERS
    return renderers


class _Layout:
    """What is laid out otherwise than mdformat does by itself."""

    RENDERERS: Mapping[str, Render] = {
        "inline": _inline,
        "paragraph": _paragraph,
        "heading": _heading,
        "hr": _divider,
        "blockquote": _quote,
        "html_block": _html_block,
        "code_block": _code,
        "definition": _inline,
        "ordered_list": _numbered,
        "table": _table,
        "td": _cell,
        "th": _cell,
    }
