"""How a report may look on the terminal that it goes to."""

from dataclasses import dataclass

from pmlint.rules.problem import Level

# Select Graphic Rendition codes of ECMA-48; the eight basic colours follow the reader's own theme.
_CODES = {
    "error": "1;31",
    "warning": "1;33",
    "info": "1;36",
    "gutter": "34",
    "strong": "1",
    "quiet": "2",
    "good": "32",
}


@dataclass(frozen=True, slots=True)
class Style:
    """What the output can show. Plain text, unless someone knows better."""

    colour: bool = False
    links: bool = False
    """Whether the terminal understands OSC 8 hyperlinks."""
    width: int = 100
    """Terminal columns."""

    def paint(self, text: str, ink: str) -> str:
        """`text` in the colour kept for `ink`, a level's name among them."""
        return f"\x1b[{_CODES[ink]}m{text}\x1b[0m" if self.colour and text else text

    def level(self, level: Level, text: str) -> str:
        """`text` in the colour of `level`."""
        return self.paint(text, str(level)) if str(level) in _CODES else text

    def link(self, text: str, url: str | None) -> str:
        """`text` leading to `url`, where the terminal can."""
        if not self.links or not url:
            return text
        return f"\x1b]8;;{url}\x1b\\{text}\x1b]8;;\x1b\\"
