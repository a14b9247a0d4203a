"""The difference of two texts, as git and a terminal take it."""

import subprocess
from pathlib import Path

import pytest

from pmlint.report import Style
from pmlint.report.diff import unified

PAIRS = [
    ("a line", "one\ntwo\nthree\n", "one\n2\nthree\n"),
    ("a line more", "one\n", "one\ntwo\n"),
    ("a line less", "one\ntwo\n", "two\n"),
    ("all", "one\n", ""),
    ("from nothing", "", "one\n"),
    ("no last newline", "one\ntwo", "one\n2"),
    ("a last newline", "one", "one\n"),
    ("windows", "one\r\ntwo\r\n", "one\r\n2\r\n"),
    ("a form feed", "one\x0cand\ntwo\n", "one\x0cand\n2\n"),
    ("tabs", "\tone\ttwo\n", "\tone\t2\n"),
    ("signs of a difference", "+++ one\n--- two\n@@ three\n", "+++ one\n--- 2\n@@ three\n"),
]


@pytest.mark.parametrize(
    ("before", "after"),
    [case[1:] for case in PAIRS if case[0] != "a form feed"],
    ids=[c[0] for c in PAIRS if c[0] != "a form feed"],
)
def test_git_can_apply_it(tmp_path: Path, before: str, after: str) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(before.encode())
    difference = unified("a.md", before, after, style=Style())
    subprocess.run(["git", "apply", "-"], cwd=tmp_path, input=difference.encode(), check=True)

    assert (file.read_bytes() if file.exists() else b"") == after.encode()


def test_what_could_trick_a_terminal_is_shown_as_what_it_is() -> None:
    assert unified("a\x1b.md", "x\x1b[2J\x0cy\n", "x\n", style=Style()) == (
        "--- a/a\\x1b.md\n+++ b/a\\x1b.md\n@@ -1 +1 @@\n-x\\x1b[2J\\x0cy\n+x\n"
    )


def test_colours() -> None:
    assert unified("a.md", "x\n", "y\n", style=Style(colour=True)) == (
        "\x1b[1m--- a/a.md\x1b[0m\n\x1b[1m+++ b/a.md\x1b[0m\n"
        "\x1b[1;36m@@ -1 +1 @@\x1b[0m\n\x1b[1;31m-x\x1b[0m\n\x1b[32m+y\x1b[0m\n"
    )


def test_nothing_to_show() -> None:
    assert unified("a.md", "x\n", "x\n", style=Style()) == ""
