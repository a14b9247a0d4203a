"""Inline content of one block, from markdown-it tokens to a `Prose` that knows its places."""

import re
from bisect import bisect_right
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, autolink, image, link
from markdown_it.token import Token

from pmlint.source.prose import Mark, MarkKind, Prose, Segment, found_marks
from pmlint.source.span import Span

_LINE_BREAK = re.compile(r"[ \t]*\\?\n[ \t]*")
_BREAKING_TAG = re.compile(r"</?(?:br|p|div|li|tr|h[1-6])\b", re.IGNORECASE)
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_PLAIN = re.compile(r"[^\\`*_~\[\]!<&\n]*")

_OPENERS: dict[str, MarkKind] = {
    "strong_open": "strong",
    "em_open": "emphasis",
    "s_open": "strike",
    "link_open": "link",
}

InlineRule = Callable[[StateInline, bool], bool]


def _placed(rule: InlineRule) -> InlineRule:
    """`rule`, which also notes where what it made begins and ends in the inline content.

    markdown-it keeps no inline positions. Every other token is as long as its own text and markup; these three are
    not, since their address is written in many ways.
    """

    def run(state: StateInline, silent: bool) -> bool:
        start, made = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        if not silent:
            new = [token for token in state.tokens[made:] if token.type != "text" or token.markup]
            new[0].meta["start"] = start
            new[-1].meta["end"] = state.pos
        return True

    return run


def parser() -> MarkdownIt:
    """A CommonMark parser with GFM tables and strike-through, whose links and images say where they end."""
    md = MarkdownIt("commonmark", {"maxNesting": 40, "html": True}).enable(["table", "strikethrough"])
    md.disable("text_join")
    for name, rule in (("link", link), ("image", image), ("autolink", autolink)):
        md.inline.ruler.at(name, _placed(rule))
    return md


class Places:
    """Where each character of a block's inline content stands in the source."""

    def __init__(self, segments: list[Segment]) -> None:
        self._segments = segments
        self._starts = [segment.start for segment in segments]

    def pieces(self, start: int, end: int) -> list[Segment]:
        """The source of `content[start:end]`, cut where the source is not continuous; offsets are the content's."""
        pieces = []
        at = max(0, bisect_right(self._starts, start) - 1)
        for segment in self._segments[at:]:
            if segment.start >= end:
                break
            low, high = max(segment.start, start), min(segment.end, end)
            if low < high:
                if segment.end - segment.start == segment.origin_end - segment.origin:
                    shift = segment.origin - segment.start
                    pieces.append(Segment(low, high, low + shift, high + shift))
                else:
                    pieces.append(Segment(low, high, segment.origin, segment.origin_end))
        return pieces

    def span(self, start: int, end: int) -> Span:
        """The source span of `content[start:end]`."""
        pieces = self.pieces(start, end)
        if pieces:
            return Span(pieces[0].origin, pieces[-1].origin_end)
        near = self._segments[max(0, bisect_right(self._starts, start) - 1)] if self._segments else None
        here = near.origin + min(start - near.start, near.origin_end - near.origin) if near else 0
        return Span(here, here)


class _Writer:
    """Collects text, segments and marks while the tokens of one block are walked."""

    def __init__(self, content: str, places: Places) -> None:
        self.content = content
        self.places = places
        self.at = 0
        self.parts: list[str] = []
        self.length = 0
        self.segments: list[Segment] = []
        self.marks: list[Mark] = []
        self.open: list[tuple[MarkKind, int, str | None]] = []
        self.comments: list[tuple[Span, str]] = []

    def write(self, text: str, start: int, end: int) -> None:
        """Add `text`, which `content[start:end]` stands for."""
        if not text:
            return
        if end - start == len(text):
            for piece in self.places.pieces(start, end):
                shift = self.length - start
                self.segments.append(
                    Segment(piece.start + shift, piece.end + shift, piece.origin, piece.origin_end)
                )
        else:
            span = self.places.span(start, end)
            self.segments.append(Segment(self.length, self.length + len(text), span.start, span.end))
        self.parts.append(text)
        self.length += len(text)

    def find(self, form: str) -> tuple[int, int]:
        """The next place of `form` in the content, and past it."""
        start = self.content.find(form, self.at)
        if start < 0:
            start = self.at
        self.at = start + len(form)
        return start, self.at

    def token(self, token: Token) -> None:
        kind = token.type
        if kind == "text":
            # "text" directly before a line break has lost its trailing spaces: the break's own pattern takes them.
            start, end = self.find(token.content)
            self.write(token.content, start, end)
        elif kind == "text_special":
            start, end = self.find(token.markup)
            self.write(token.content, start, end)
        elif kind in ("softbreak", "hardbreak"):
            found = _LINE_BREAK.search(self.content, self.at)
            if found:
                self.write("\n", found.start(), found.end())
                self.at = found.end()
        elif kind == "code_inline":
            self.code(token)
        elif kind in _OPENERS:
            if kind == "link_open":
                self.at = max(self.at, token.meta.get("start", self.at)) + 1
            else:
                self.find(token.markup)
            href = token.attrGet("href")
            self.open.append((_OPENERS[kind], self.length, str(href) if href is not None else None))
        elif kind.endswith("_close"):
            if kind == "link_close":
                self.at = token.meta.get("end", self.at)
            else:
                self.find(token.markup)
            if self.open:
                mark, start, href = self.open.pop()
                self.marks.append(Mark(mark, start, self.length, href))
        elif kind == "image":
            self.image(token)
        elif kind == "html_inline":
            self.html(token)

    def code(self, token: Token) -> None:
        start, _ = self.find(token.markup)
        inner = self.at
        close = inner
        while (close := self.content.find(token.markup, close)) >= 0:
            after = close + len(token.markup)
            whole = self.content[after : after + 1] != "`" and self.content[close - 1 : close] != "`"
            if whole or close == inner:
                break
            close = after
        close = close if close >= 0 else len(self.content)
        self.at = min(close + len(token.markup), len(self.content))
        pad = (close - inner - len(token.content)) // 2
        mark = self.length
        self.write(token.content, inner + pad, inner + pad + len(token.content))
        self.marks.append(Mark("code", mark, self.length))

    def image(self, token: Token) -> None:
        start = token.meta.get("start", self.at)
        self.at = token.meta.get("end", self.at)
        mark = self.length
        self.write(token.content, start + 2, start + 2 + len(token.content))
        self.marks.append(Mark("image", mark, self.length, str(token.attrGet("src") or "")))

    def html(self, token: Token) -> None:
        start, end = self.find(token.content)
        comment = _COMMENT.fullmatch(token.content)
        if comment:
            self.comments.append((self.places.span(start, end), comment[1]))
        elif _BREAKING_TAG.match(token.content):
            self.write("\n", start, end)

    def prose(self) -> Prose:
        for mark, start, href in self.open:
            self.marks.append(Mark(mark, start, self.length, href))
        text = "".join(self.parts)
        return Prose(text, tuple(self.segments), found_marks(text, self.marks), self.places.span(0, 0).start)


def prose_of(content: str, children: list[Token], places: Places) -> tuple[Prose, list[tuple[Span, str]]]:
    """The prose of one block's inline content, and the comments that stand inside it."""
    writer = _Writer(content, places)
    for child in children:
        writer.token(child)
    return writer.prose(), writer.comments


def plain(text: str, segments: list[Segment]) -> Prose:
    """Text without any inline markup (code lines, raw HTML) as prose."""
    return Prose(text, tuple(segments), (), segments[0].origin if segments else 0)
