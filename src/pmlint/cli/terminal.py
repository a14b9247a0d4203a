"""What the terminal can show, and what its user wants to see."""

import os
import re
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TextIO

from pmlint.document.words import rules_folder
from pmlint.report import Style

_UNKNOWN = 100
"""Columns where nobody says how many there are."""
_LEAST, _MOST = 40, 160
_LINKING = {"iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "Tabby", "rio", "WarpTerminal", "zed"}
"""Terminals that show OSC 8 hyperlinks, by `TERM_PROGRAM`."""
_LINKING_KINDS = re.compile(r"xterm-kitty|xterm-ghostty|alacritty|foot|contour|wezterm")
_SINCE = {"VTE_VERSION": 5001, "KONSOLE_VERSION": 201200, "WT_SESSION": None, "KITTY_WINDOW_ID": None, "DOMTERM": None}
"""Variables that a terminal with hyperlinks sets; a number is the first version that has them."""


def is_terminal(stream: TextIO) -> bool:
    """Whether somebody looks at `stream` on a terminal that can do more than print."""
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def style(*, no_color: bool = False, stream: TextIO | None = None) -> Style:
    """How reports on `stream`, the standard output, should look."""
    stream = stream or sys.stdout
    terminal = is_terminal(stream)
    links = hyperlinks(os.environ, terminal=terminal)
    return Style(
        colour=colours(os.environ, terminal=terminal and not no_color) and not no_color,
        links=links,
        width=width() if terminal else _UNKNOWN,
        terminal=terminal,
        symbols="utf" in (stream.encoding or "").lower(),
        files=_uri(Path.cwd()) if links else "",
        pages=_pages() if links else "",
    )


def colours(environment: Mapping[str, str], *, terminal: bool) -> bool:
    """Whether to use colours: `NO_COLOR` forbids them, `FORCE_COLOR` asks for them where there is no terminal."""
    if environment.get("NO_COLOR"):
        return False
    return terminal or environment.get("FORCE_COLOR", "0") not in ("", "0")


def hyperlinks(environment: Mapping[str, str], *, terminal: bool) -> bool:
    """Whether the terminal is known to show hyperlinks; `FORCE_HYPERLINK` says it for one that is not."""
    forced = environment.get("FORCE_HYPERLINK")
    if forced is not None:
        return forced not in ("", "0")
    if not terminal or environment.get("CI"):
        return False
    program = environment.get("TERM_PROGRAM", "")
    if program == "tmux":
        return _version(environment.get("TERM_PROGRAM_VERSION", "")) >= (3, 4)
    return (
        program in _LINKING
        or _LINKING_KINDS.match(environment.get("TERM", "")) is not None
        or any(_is_since(environment.get(name), first) for name, first in _SINCE.items())
    )


def _is_since(value: str | None, first: int | None) -> bool:
    if not value:
        return False
    return first is None or (value.isdigit() and int(value) >= first)


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", text)[:2])


def width() -> int:
    """Columns of the terminal, within what can be read."""
    return max(_LEAST, min(shutil.get_terminal_size((_UNKNOWN, 24)).columns, _MOST))


def _uri(folder: Path) -> str:
    """With the name of the machine, so that a terminal on another one does not open a file of its own."""
    machine = os.uname().nodename if hasattr(os, "uname") else ""
    return folder.as_uri().replace("file://", f"file://{machine}", 1) + "/"


def _pages() -> str:
    """The pages of the rules, which a checkout has and a wheel has not."""
    pages = rules_folder().parent / "docs" / "rules"
    return _uri(pages) if pages.is_dir() else ""
