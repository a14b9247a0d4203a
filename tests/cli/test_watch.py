"""`pmlint check --watch`, from its first look to the interrupt."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pmlint.cli.main import main
from pmlint.cli.watching import differing
from pmlint.engine.finding import Checked, Run

VAGUE = "# Search was down\n\n## Impact\n\nMany users.\n"
COUNTED = "# Search was down\n\n## Impact\n\n3,100 users.\n"


def _hears_an_interrupt() -> None:
    """Also where the tests were started in the background, and so with interrupts ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextmanager
def watching(*arguments: str, cwd: Path) -> "Iterator[subprocess.Popen[str]]":
    command = [sys.executable, "-m", "pmlint", "check", "--watch", "--format", "concise", *arguments]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command,
        cwd=cwd,
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        preexec_fn=_hears_an_interrupt,  # noqa: PLW1509 - no threads here
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def until_it_waits(process: "subprocess.Popen[str]") -> list[str]:
    """The lines up to the one that says that it watches, or to the end."""
    assert process.stdout is not None
    lines: list[str] = []
    for line in process.stdout:
        lines.append(line.rstrip("\n"))
        if "watching" in line or lines[-1].startswith("pmlint: "):
            break
    return lines


def put(file: Path, text: str) -> None:
    """Write all at once: on a busy machine, a look may come between an emptied file and a full one."""
    new = file.parent / "reports" / "new"
    new.write_text(text, encoding="utf-8")
    new.replace(file)


def test_it_shows_all_and_then_what_came_out_differently(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(VAGUE, encoding="utf-8")
    (tmp_path / "b.md").write_text(VAGUE, encoding="utf-8")
    report = tmp_path / "reports" / "all.txt"
    report.parent.mkdir()
    with watching("--select", "vague-quantity", "--format", f"grouped={report}", ".", cwd=tmp_path) as process:
        first = until_it_waits(process)
        put(tmp_path / "b.md", COUNTED)
        second = until_it_waits(process)
        written = report.read_text(encoding="utf-8")
        put(tmp_path / "a.md", VAGUE + "\n")
        third = until_it_waits(process)
        put(tmp_path / "pmlint.toml", "selecct = []\n")
        fourth = until_it_waits(process)
        (tmp_path / "pmlint.toml").unlink()
        fifth = until_it_waits(process)
        process.send_signal(signal.SIGINT)
        code = process.wait()

    assert first == [
        'a.md:5:1: warning vague-quantity "Many users" leaves open how many',
        'b.md:5:1: warning vague-quantity "Many users" leaves open how many',
        "2 warnings in 2 of 2 documents",
        "pmlint: watching 2 documents; ctrl-c ends it",
    ]
    assert second == [
        "no findings in 1 document",
        "pmlint: watching 2 documents; the others are as before; ctrl-c ends it",
    ]
    assert "a.md" in written
    assert "b.md" not in written
    assert third == ["pmlint: watching 2 documents; all are as before; ctrl-c ends it"]
    assert fourth == ["pmlint: pmlint.toml:1: unknown key 'selecct'; did you mean 'select'?"]
    assert fifth == ["pmlint: watching 2 documents; all are as before; ctrl-c ends it"]
    assert code == 0


def test_what_is_wrong_from_the_start_ends_it(tmp_path: Path) -> None:
    (tmp_path / "pmlint.toml").write_text("selecct = []\n", encoding="utf-8")
    with watching(".", cwd=tmp_path) as process:
        lines = until_it_waits(process)
        code = process.wait()

    assert (lines, code) == (["pmlint: pmlint.toml:1: unknown key 'selecct'; did you mean 'select'?"], 2)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["-"], "--watch waits for changes of files, and '-' is no file"),
        (["--fix", "."], "--watch only looks; fixes are made, or shown, by a run of their own"),
        (["--diff", "."], "--watch only looks; fixes are made, or shown, by a run of their own"),
        (["--suppress", "later", "."], "--watch only looks, and --suppress writes into files"),
    ],
)
def test_it_only_looks_and_only_at_files(options: list[str], expected: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--watch", *options]) == 2
    assert capsys.readouterr().err == f"pmlint: {expected}\n"


def checked(path: str, score: int) -> Checked:
    return Checked(path, "postmortem", "standard", "as configured", (), score)


def test_what_is_new_or_came_out_differently() -> None:
    before = Run("0", (checked("a.md", 80), checked("b.md", 70), checked("gone.md", 60)))
    now = Run("0", (checked("a.md", 80), checked("b.md", 75), checked("new.md", 60)))

    assert differing(before, now) == Run("0", (checked("b.md", 75), checked("new.md", 60)))
