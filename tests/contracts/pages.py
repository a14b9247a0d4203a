"""The pages of the manual, cut into the blocks that can be run."""

import contextlib
import io
import os
import re
import shlex
from dataclasses import dataclass
from pathlib import Path

from pmlint.cli.main import main

ROOT = Path(__file__).parents[2]
ANYTHING = "…"
"""In a shown output: what was left out, part of a line or, alone on a line, any lines."""

_FENCE = re.compile(r"(?ms)^(?P<fence>`{3,})(?P<language>\w*)\n(?P<text>.*?)^(?P=fence)[ \t]*$")
_SAVED = re.compile(r"[Ss]ave (?:this|it) as `(?P<name>[^`]+)`:\s*\Z")


@dataclass(frozen=True)
class Block:
    """One fenced block."""

    language: str
    text: str
    line: int
    saved_as: str | None
    """The file that a reader is told to save it as."""


def written() -> list[Path]:
    """The pages that people write; those that are made from the rules are held elsewhere."""
    generated = ROOT / "docs" / "rules"
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]
    return sorted(page for page in pages if generated not in page.parents)


def blocks(text: str) -> list[Block]:
    found = []
    for fence in _FENCE.finditer(text):
        saved = _SAVED.search(text, 0, fence.start())
        line = text.count("\n", 0, fence.start()) + 1
        found.append(Block(fence["language"], fence["text"], line, saved["name"] if saved else None))
    return found


def prose(text: str) -> str:
    """A page without its fenced blocks."""
    return _FENCE.sub("", text)


def patch(text: str, diff: str) -> str:
    """`text` after the changes of a block of `diff`: hunks between empty lines, each found exactly once."""
    for hunk in diff.strip("\n").split("\n\n"):
        lines = [(line[:1], line[1:]) for line in hunk.splitlines()]
        before = "".join(f"{line}\n" for mark, line in lines if mark != "+")
        after = "".join(f"{line}\n" for mark, line in lines if mark != "-")
        if text.count(before) != 1:
            raise ValueError(f"found {text.count(before)} times: {before}")
        text = text.replace(before, after)
    return text


def commands(console: str) -> list[tuple[str, str]]:
    """Each command of a console block, and the output that is shown for it."""
    parts = re.split(r"(?m)^\$ (.*)\n", console)
    return list(zip(parts[1::2], parts[2::2], strict=True))


def run(command: str, folder: Path) -> tuple[int, str]:
    """The exit code and output of a command as a reader would type it in `folder`."""
    program, *arguments = shlex.split(command, comments=True)
    if program != "pmlint":
        raise ValueError(f"only pmlint is run, not {program}")
    output = io.StringIO()
    with contextlib.chdir(folder), contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
        code = main(arguments)
    return code, output.getvalue()


def shows(shown: str, actual: str) -> bool:
    """Whether the page shows what the command prints, apart from what it leaves out."""
    pattern = ""
    for line in shown.splitlines():
        if line == ANYTHING:
            pattern += r"(?:.*\n)*?"
        else:
            pattern += ".*?".join(re.escape(part) for part in line.split(ANYTHING)) + r"\n"
    return re.fullmatch(pattern, actual) is not None


def relative_links(page: Path) -> list[str]:
    targets = re.findall(r"\[[^\]]*\]\(([^)\s]+)\)", prose(page.read_text(encoding="utf-8")))
    return [target for target in targets if "://" not in target]


def anchors(page: Path) -> set[str]:
    """The anchors that GitHub gives to the headings of a page."""
    headings = re.findall(r"(?m)^#+ +(.+?)\s*$", prose(page.read_text(encoding="utf-8")))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def leads_somewhere(page: Path, target: str) -> bool:
    path, _, anchor = target.partition("#")
    file = Path(os.path.normpath(page.parent / path)) if path else page
    return file.exists() and (not anchor or anchor in anchors(file))
