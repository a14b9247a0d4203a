"""Inline content of one block, from markdown-it tokens to a `Prose` that knows its places."""

import re
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline, autolink, image, link
from markdown_it.token import Token

from pmlint.source.draft import Draft, Places
from pmlint.source.prose import MarkKind, Prose, found_marks
from pmlint.source.span import Span
from pmlint.source.tags import apply, pieces

_LINE_BREAK = re.compile(r"[ \t]*+\\?\n[ \t]*+")
_BREAKING_TAGS = frozenset({"br", "p", "div", "ul", "ol", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6"})
_BACKTICKS = re.compile(r"`+")

_OPENERS: dict[str, MarkKind] = {
    "strong_open": "strong",
    "em_open": "emphasis",
    "s_open": "strike",
    "link_open": "link",
}
_CLOSERS = {name.replace("_open", "_close"): kind for name, kind in _OPENERS.items()}

InlineRule = Callable[[StateInline, bool], bool]


def _placed(rule: InlineRule) -> InlineRule:
    """`rule`, which also notes where what it made begins and ends in the inline content.

    markdown-it keeps no inline positions. Every other token is as long as its own text and markup; these three
    are not, since their address is written in many ways.
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


# A sign that some inline rule begins at; without one of them a text is what it looks like.
_MARKUP = re.compile(r"[\n\\`~*_\[<&]")


def _inline(state: StateCore) -> None:
    """The inline content of all blocks; text without markup, as most is, need not be gone through by its letters."""
    for token in state.tokens:
        if token.type != "inline":
            continue
        token.children = []
        if _MARKUP.search(token.content):
            state.md.inline.parse(token.content, state.md, state.env, token.children)
        elif token.content:
            token.children.append(Token("text", "", 0, content=token.content))


def parser() -> MarkdownIt:
    """A CommonMark parser with GFM tables and strike-through, whose links and images say where they end.

    Nesting deeper than 40 levels (a list is two) is not read: no document needs it, and each level costs frames
    of the stack. Block content below is passed over, inline content is kept as the characters it is written in.
    """
    md = MarkdownIt("commonmark", {"maxNesting": 40, "html": True}).enable(["table", "strikethrough"])
    md.disable("text_join")
    md.core.ruler.at("inline", _inline)
    for name, rule in (("link", link), ("image", image), ("autolink", autolink)):
        md.inline.ruler.at(name, _placed(rule))
    return md


class _Walk:
    """Follows the tokens of one block through its content, and writes what a reader sees of them."""

    def __init__(self, content: str, places: Places) -> None:
        self.content = content
        self.draft = Draft(places)
        self.at = 0
        self.comments: list[tuple[Span, str]] = []

    def find(self, form: str) -> tuple[int, int]:
        """The next place of `form` in the content, and past it."""
        start = self.at if self.content.startswith(form, self.at) else self.content.find(form, self.at)
        start = start if start >= 0 else self.at
        self.at = min(start + len(form), len(self.content))
        return start, self.at

    def token(self, token: Token) -> None:
        match token.type:
            case "text":
                self.draft.write(token.content, *self.find(token.content))
            case "text_special":
                self.draft.write(token.content, *self.find(token.markup))
            case "softbreak" | "hardbreak":
                # the spaces before a break have gone from the text token, those after it from the next
                if found := _LINE_BREAK.match(self.content, self.at):
                    self.draft.write("\n", found.start(), found.end())
                    self.at = found.end()
            case "code_inline":
                self.code(token)
            case "image":
                self.image(token)
            case "html_inline":
                self.html(token)
            case "link_open":
                self.at = int(token.meta.get("start", self.at)) + 1
                self.draft.open("link", str(token.attrGet("href") or ""))
            case "link_close":
                self.at = int(token.meta.get("end", self.at))
                self.draft.close("link")
            case kind if kind in _OPENERS:
                self.find(token.markup)
                self.draft.open(_OPENERS[kind])
            case kind if kind in _CLOSERS:
                self.find(token.markup)
                self.draft.close(_CLOSERS[kind])

    def address(self) -> None:
        """The text of an autolink as it is written: markdown-it has decoded its percent signs."""
        start, self.at = self.at, self.content.index(">", self.at)
        self.draft.write(self.content[start : self.at], start, self.at)

    def code(self, token: Token) -> None:
        _, inner = self.find(token.markup)
        runs = _BACKTICKS.finditer(self.content, inner)
        close = next((run for run in runs if len(run[0]) == len(token.markup)), None)
        end = close.start() if close else len(self.content)
        self.at = close.end() if close else end
        pad = (end - inner - len(token.content)) // 2
        mark = self.draft.length
        self.draft.write(token.content, inner + pad, inner + pad + len(token.content))
        self.draft.mark("code", mark)

    def image(self, token: Token) -> None:
        start = int(token.meta.get("start", self.at)) + len("![")
        self.at = int(token.meta.get("end", self.at))
        mark = self.draft.length
        self.draft.write(token.content, start, start + len(token.content))
        self.draft.mark("image", mark, str(token.attrGet("src") or ""))

    def html(self, token: Token) -> None:
        start, end = self.find(token.content)
        piece = next(pieces(token.content))
        if piece.kind == "comment":
            inside = token.content.removeprefix("<!--").removesuffix("-->")
            self.comments.append((self.draft.places.span(start, end), inside))
        elif piece.name in _BREAKING_TAGS:
            self.draft.write("\n", start, end)
        elif piece.kind == "tag":
            apply(self.draft, piece._replace(start=start, end=end), self.content)


def prose_of(content: str, children: list[Token], places: Places) -> tuple[Prose, list[tuple[Span, str]]]:
    """The prose of one block's inline content, and the comments that stand inside it."""
    # most content is plain text and nothing else
    plain = len(children) == 1 and children[0].type == "text" and children[0].content == content
    if plain and (segments := tuple(places.pieces(0, len(content)))):
        return Prose(content, segments, found_marks(content, []), segments[0].origin), []
    walk = _Walk(content, places)
    in_autolink = False
    for child in children:
        if in_autolink and child.type == "text":
            walk.address()
        else:
            walk.token(child)
        in_autolink = child.type == "link_open" and child.info == "auto"
    return walk.draft.prose(), walk.comments
