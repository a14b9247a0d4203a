"""Runs the command on a terminal of its own, as a person would see it."""

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from collections.abc import Mapping
from pathlib import Path

from pmlint.report.escape import columns

_SEQUENCE = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x1b]*\x1b\\")
_ABOUT_TERMINALS = ("NO_COLOR", "FORCE_COLOR", "FORCE_HYPERLINK", "COLUMNS", "CI", "TERM_PROGRAM", "VTE_VERSION")


def on_terminal(
    *arguments: str, width: int = 100, folder: Path | None = None, said: Mapping[str, str] | None = None
) -> str:
    """What `pmlint ARGUMENTS` prints on a terminal of `width` columns; `said` are variables of the environment."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, width, 0, 0))
    inherited = {name: value for name, value in os.environ.items() if name not in _ABOUT_TERMINALS}
    process = subprocess.Popen(
        [sys.executable, "-m", "pmlint", *arguments],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=folder,
        env={**inherited, "TERM": "xterm-256color", "PYTHONIOENCODING": "utf-8", **(said or {})},
    )
    os.close(theirs)
    pieces = []
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # the other end was closed
            break
        if not piece:
            break
        pieces.append(piece)
    os.close(ours)
    process.wait()
    return b"".join(pieces).decode("utf-8").replace("\r\n", "\n")


def words(output: str) -> str:
    """What is to be read, without colours and links."""
    return _SEQUENCE.sub("", output)


def too_wide(output: str, width: int) -> list[str]:
    return [row for row in words(output).split("\n") if columns(row) > width]
