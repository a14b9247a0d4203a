"""What the terminal can show, and what its user wants to see."""

import os
import shutil
import sys

from pmlint.report import Style


def style(*, no_color: bool) -> Style:
    """How reports on the standard output should look."""
    terminal = sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
    if no_color or os.environ.get("NO_COLOR"):
        colour = False
    else:
        colour = terminal or os.environ.get("FORCE_COLOR", "0") not in ("", "0")
    width = shutil.get_terminal_size((100, 24)).columns if terminal else 100
    return Style(colour=colour, links=terminal and colour, width=max(40, min(width, 160)))
