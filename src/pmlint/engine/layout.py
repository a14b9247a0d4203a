"""Lays documents out in one way, and only where that changes nothing of what they say."""

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from pmlint.engine.check import vocabulary
from pmlint.engine.files import Target, text_of
from pmlint.engine.write import write_whole
from pmlint.rules.suppression import read_suppressions
from pmlint.source.markdown import read_markup

if TYPE_CHECKING:
    from pmlint.document.model import Postmortem
    from pmlint.document.vocabulary import Vocabulary


class Laid(Struct, frozen=True):
    """A document in its canonical layout."""

    text: str
    """As it was, where `reason` says why."""
    is_postmortem: bool = True
    """Whether it is a document of an incident."""
    reason: str | None = None


def laid(text: str, path: str, words: "Vocabulary") -> Laid:
    """`text` in the canonical layout, with its own line endings, byte order mark, front matter and end.

    It stays as it is unless a browser shows the same of both, all words are there still, the typed document says the
    same, comments to pmlint reach as far as before, and a second time nothing changes.
    """
    from pmlint.document.parse import parse
    from pmlint.rules.tool import unreadable

    reason = unreadable(text)
    if reason is not None:
        return Laid(text, reason=reason)
    doc = parse(text, path, words)
    is_postmortem = doc.kind != "other"
    parts = _Parts.of(doc)
    try:
        new = _arranged(parts.body)
        again = _arranged(new)
    except RecursionError:
        return Laid(text, is_postmortem, "its blocks are nested too deeply")
    if new == parts.body:
        return Laid(text, is_postmortem)
    if again != new:
        return Laid(text, is_postmortem, "it would look different each time")
    whole = parts.whole(new)
    reason = _difference(parts.body, new) or _other_reading(doc, parse(whole, path, words))
    return Laid(text if reason else whole, is_postmortem, reason)


class _Parts(Struct, frozen=True):
    """A text taken apart: what is Markdown, with line feeds, and what stays around it."""

    head: str
    body: str
    newline: str
    ends: bool

    @staticmethod
    def of(doc: "Postmortem") -> "_Parts":
        text, front = doc.source.text, doc.markup.front_matter
        start = front.span.end if front is not None else int(text.startswith("\ufeff"))
        body = re.sub(r"\r\n?", "\n", text[start:])
        return _Parts(text[:start], body, doc.source.newline, text.endswith(("\n", "\r")))

    def whole(self, body: str) -> str:
        if body and self.head.strip("\ufeff"):
            body = f"\n\n{body}"
        elif self.head.strip("\ufeff"):
            body = "\n"
        body = body if self.ends else body.rstrip("\n")
        return self.head + body.replace("\n", self.newline)


def _arranged(body: str) -> str:
    from pmlint.source.layout import laid_out  # slow to import

    return laid_out(body)


# What other dialects of Markdown read at the start of a line, and inside a list no longer would.
_DIRECTIVE = re.compile(r"(?m)^(?::::|\{%|\{\{|\$\$|!!!|\?\?\?|\[\^).*$")


_FOOTNOTE = re.compile(r"(?m)^ {0,3}\[\^.*(?:\n(?! {0,3}\[\^).*\S.*)*")
"""With the lines that follow it and belong to it elsewhere, if not here."""


def _difference(before: str, after: str) -> str | None:
    """What is shown otherwise, or lost."""
    from pmlint.source.layout import html, words

    if html(before) != html(after):
        return "it would be shown differently"
    if words(before) != words(after):
        return "something that is not shown would be lost"
    lines = [Counter(line.rstrip() for line in _DIRECTIVE.findall(text)) for text in (before, after)]
    if lines[0] != lines[1]:
        return "a directive of another dialect of Markdown would be moved into the block above it"
    notes = [[found.split() for found in _FOOTNOTE.findall(text)] for text in (before, after)]
    if notes[0] != notes[1]:
        return "a footnote would end elsewhere"
    return None


def _other_reading(before: "Postmortem", after: "Postmortem") -> str | None:
    """What pmlint would read otherwise."""
    from pmlint.document.same import says_the_same

    if not says_the_same(before, after):
        return "pmlint would read it differently"
    if _suppressions(before) != _suppressions(after):
        return "a comment to pmlint would reach further, or less far"
    return None


def _suppressions(doc: "Postmortem") -> list[tuple[object, ...]]:
    source = doc.source
    return [
        (
            each.verb.text,
            tuple(name.text for name in each.names),
            (each.reason, each.only, each.until),
            re.sub(r"\W+", "", source[each.reach]),
        )
        for each in read_suppressions(source, read_markup(source))
    ]


# --- files


class Arranged(Struct, frozen=True):
    """A file, and what it would hold in the canonical layout."""

    target: Target
    data: bytes
    """As it was read."""
    before: str
    laid: Laid

    @property
    def is_changed(self) -> bool:
        """Whether the layout differs from the one that it has."""
        return self.laid.text != self.before

    @property
    def new_data(self) -> bytes:
        """What it should hold."""
        return self.laid.text.encode("utf-8")

    def write(self) -> None:
        """Put the new text in the place of the old one, unless somebody else has written there meanwhile."""
        write_whole(Path(self.target.path), self.new_data, instead_of=self.data)


def arranged(target: Target) -> Arranged:
    """The document at a target; `UnreadableError` where its text cannot be had."""
    data, text = text_of(target)
    return Arranged(target, data, text, laid(text, target.name, vocabulary(target.settings)))
