"""How a report may look on the terminal that it goes to."""

import re

from msgspec import Struct

from pmlint.report.paths import uri
from pmlint.rules.problem import Level

# Select Graphic Rendition codes of ECMA-48; the eight basic colours follow the reader's own theme.
_CODES = {
    "error": "1;31",
    "warning": "1;33",
    "info": "1;36",
    "gutter": "36",
    "strong": "1",
    "quiet": "2",
    "good": "32",
}
_PROSE = 100
"""Columns; what is read and not looked at is set no wider, however wide the terminal is."""

_PAINT = re.compile(r"\x1b\[[0-9;]*m")


def bare(text: str) -> str:
    """`text` without its colours."""
    return _PAINT.sub("", text)


class Style(Struct, frozen=True):
    """What the output can show. Plain text, unless someone knows better."""

    colour: bool = False
    links: bool = False
    """Whether the terminal understands OSC 8 hyperlinks."""
    width: int = 100
    """Terminal columns."""
    terminal: bool = False
    """Whether somebody looks at it on a terminal, so that no line should be wider; programs read whole lines."""
    symbols: bool = False
    """Whether the terminal shows more than ASCII."""
    files: str = ""
    """The URI of the folder that paths are relative to."""
    pages: str = ""
    """The URI of the folder that holds the pages of the rules; empty where there is none."""

    @property
    def prose(self) -> int:
        """Columns for text that is read."""
        return min(self.width, _PROSE) if self.terminal else self.width

    def paint(self, text: str, ink: str) -> str:
        """`text` in the colour kept for `ink`, a level's name among them."""
        return f"\x1b[{_CODES[ink]}m{text}\x1b[0m" if self.colour and text else text

    def level(self, level: Level, text: str) -> str:
        """`text` in the colour of `level`."""
        return self.paint(text, str(level)) if self.colour and str(level) in _CODES else text

    def link(self, text: str, url: str | None) -> str:
        """`text` leading to `url`, where the terminal can."""
        if not self.links or not url:
            return text
        return f"\x1b]8;;{url}\x1b\\{text}\x1b]8;;\x1b\\"

    def file(self, text: str, path: str) -> str:
        """`text` leading to the file at `path`; what was read from elsewhere has none."""
        if not self.files or path.startswith("<"):
            return text
        where = uri(path)
        return self.link(text, where if where.startswith("file:") else self.files + where)

    def rule(self, text: str, family: str, name: str, url: str | None) -> str:
        """`text` leading to what is written about a rule."""
        return self.link(text, url or (f"{self.pages}{family}/{name}.md" if self.pages else None))
