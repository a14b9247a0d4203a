"""Makes what came from a document harmless in the place that it is shown."""

import json
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import msgspec

from pmlint.document.patterns import Patterns

# Characters that turn the reading order or cannot be seen: C1 controls, soft hyphen, bidirectional marks,
# embeddings and isolates, zero-width space and joiner U+2060, byte order mark, interlinear marks, tag characters,
# lone surrogates. The joiners U+200C and U+200D stay: Persian and emoji are spelled with them.
_UNSEEN = (
    "\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e00ff\ud800-\udfff"
)
# Build services read commands out of any line of a log that holds these.
_LOG_COMMAND = r"#(?=#(?:vso)?\[)"
_P = Patterns(
    unsafe=f"[\x00-\x1f{_UNSEEN}]|{_LOG_COMMAND}",
    unseen=f"[\x00-\x1f{_UNSEEN}]",
    unsafe_in_json=f"[{_UNSEEN}]|{_LOG_COMMAND}",
    log_command=_LOG_COMMAND,
    not_xml="[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]",
    # The zero-width space ends what GitHub and GitLab would read as a mention, a reference or an address.
    calls=r"(?i)([@#]|:(?=//)|\bwww(?=\.))(?=[\w/.])",
    markup=r"[&<>\\`*_\[\]|~#$@]",
)


def _escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def visible(text: str) -> str:
    """`text` with every control, unseen or reordering character spelled out as an escape."""
    return text if harmless(text) else _P.unsafe.sub(_escape, text)


def harmless(text: str) -> bool:
    """Whether `text` surely holds nothing to escape: no control, format or unassigned character, and no `##`."""
    return text.isprintable() and "##" not in text


def spelled(text: str) -> str:
    """`text` with every control, unseen or reordering character spelled out, for where no log is written."""
    return text if text.isprintable() else _P.unseen.sub(_escape, text)


def pieces(text: str) -> Iterator[tuple[str, bool]]:
    """`text` in pieces, and of each whether it is a character that cannot be seen; such a one is spelled out."""
    at = 0
    if not text.isprintable():
        for found in _P.unseen.finditer(text):
            if at < found.start():
                yield text[at : found.start()], False
            yield _escape(found), True
            at = found.end()
    if at < len(text):
        yield text[at:], False


def characters(text: str) -> list[str]:
    """`visible`, character by character."""
    cells = list(text)
    if harmless(text):
        return cells
    for found in _P.unsafe.finditer(text):
        cells[found.start()] = _escape(found)
    return cells


@lru_cache(maxsize=4096)
def line(text: str) -> str:
    """`text` on one line, white space run together, nothing unseen in it."""
    return visible(" ".join(text.split()))


def paragraphs(*texts: str) -> str:
    """Each of `texts` on a line of its own, empty ones left out."""
    return "\n".join(line(text) for text in texts if text.strip())


@lru_cache
def place(path: str) -> str:
    """A path as text; one that would open a workflow command at the start of a line is kept from it."""
    return visible("./" + path if path.startswith("::") else path)


def columns(text: str) -> int:
    """How many terminal columns `text` takes; it holds nothing unseen."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def as_json(value: Any, *, indent: int | None = 2) -> str:
    """`value` as JSON that reads back the same and shows nothing unseen."""
    try:
        text = msgspec.json.format(msgspec.json.encode(value), indent=indent or 0).decode()
    except UnicodeEncodeError:  # the name of a file that is no text
        text = json.dumps(value, ensure_ascii=False, indent=indent)
    return _P.unsafe_in_json.sub(_escape_in_json, text)


def _escape_in_json(found: re.Match[str]) -> str:
    return json.dumps(found[0])[1:-1] if found[0] != "#" else "\\u0023"


def xml(text: str) -> str:
    """`text` for the content or a double-quoted attribute of XML 1.0."""
    text = _P.not_xml.sub(_escape, visible(text))
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def commandless(page: str) -> str:
    """HTML that says the same, and that no log in which it is printed takes for a command."""
    return _P.log_command.sub("&#35;", page)


def markdown(text: str) -> str:
    """`text`, on one line, as literal words in Markdown, in a table cell and in HTML between tags."""
    text = _P.calls.sub("\\1\u200b", line(text))
    text = _P.markup.sub(lambda found: f"&#{ord(found[0])};", text)
    return text.replace("\u200b", "&#8203;")
