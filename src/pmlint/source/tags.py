"""HTML tags as written, and what the inline ones mean for the text between them."""

import html
import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from pmlint.source.draft import Draft
from pmlint.source.prose import MarkKind

# Possessive throughout: a tag that does not end is given up at once. What is hidden comes with its content.
_PIECE = re.compile(
    r"(?P<comment><!--.*?(?:-->|\Z))"
    r"|(?P<hidden><(?P<unseen>script|style|head|template|noscript)\b.*?(?:</(?P=unseen)\s*>|\Z))"
    r"|(?P<other><[!?][^>]*+>?)"
    r"|(?P<tag><(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*+)(?:[^<>\"']|\"[^\"]*+\"|'[^']*+')*+>)",
    re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"(?P<name>[^\s=/>\"'<]++)(?:\s*+=\s*+(?P<value>\"[^\"]*+\"|'[^']*+'|[^\s\"'>]++))?", re.DOTALL)

_KINDS: dict[str, MarkKind] = {
    "b": "strong",
    "strong": "strong",
    "i": "emphasis",
    "em": "emphasis",
    "s": "strike",
    "del": "strike",
    "strike": "strike",
    "code": "code",
    "kbd": "code",
    "samp": "code",
    "tt": "code",
    "q": "quotation",
    "a": "link",
}


class Piece(NamedTuple):
    """A stretch of HTML: `text`, a `comment`, something `hidden`, or a `tag`; offsets are the content's."""

    kind: Literal["text", "comment", "hidden", "tag"]
    start: int
    end: int
    name: str = ""
    closing: bool = False


def pieces(content: str) -> Iterator[Piece]:
    """`content` cut into text, tags and comments, nothing left out; a tag that does not end is text."""
    at = 0
    for found in _PIECE.finditer(content):
        if found.start() > at:
            yield Piece("text", at, found.start())
        at = found.end()
        if found["comment"]:
            yield Piece("comment", found.start(), at)
        elif found["tag"]:
            yield Piece("tag", found.start(), at, found["name"].lower(), bool(found["close"]))
        else:
            yield Piece("hidden", found.start(), at)
    if at < len(content):
        yield Piece("text", at, len(content))


def attribute(tag: str, name: str) -> tuple[str, int, int] | None:
    """The decoded value of an attribute of `tag` and where it stands in it; empty where it has no value."""
    opening = re.match(r"</?[A-Za-z][A-Za-z0-9-]*+", tag)
    for found in _ATTRIBUTE.finditer(tag, opening.end() if opening else 0):
        if found["name"].lower() == name:
            value = found["value"]
            if value is None:
                return "", found.end(), found.end()
            quoted = value[0] in "\"'"
            start, end = found.start("value") + quoted, found.end("value") - quoted
            return html.unescape(tag[start:end]), start, end
    return None


def apply(draft: Draft, piece: Piece, content: str) -> None:
    """Let an inline tag mark the text of `draft`: bold, struck out, a link, an image by its other text."""
    tag = content[piece.start : piece.end]
    if piece.name == "img":
        if piece.closing:
            return
        source, other = attribute(tag, "src"), attribute(tag, "alt")
        start = draft.length
        if other:
            draft.write(other[0], piece.start + other[1], piece.start + other[2])
        draft.mark("image", start, source[0] if source else "")
        return
    kind = _KINDS.get(piece.name)
    if kind is None or tag.endswith("/>"):
        return
    if piece.closing:
        draft.close(kind)
    elif kind != "link":
        draft.open(kind)
    elif href := attribute(tag, "href"):
        draft.open(kind, href[0])
