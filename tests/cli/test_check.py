"""`pmlint check` as it is typed: exit codes, what goes where, and how it answers mistakes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from pmlint.cli.main import main

GOOD = """---
title: Checkout was down for 12 minutes
---

# Checkout was down for 12 minutes
"""
EMPTY_DETECTION = """# Checkout was down for 12 minutes

**Status:** Draft

## Impact

3,100 payments failed on 2026-02-03 from 10:02 to 10:14 UTC.

## Detection

## Root cause

A connection pool of four.
"""


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "incident.md").write_text(EMPTY_DETECTION, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for name in ("GITHUB_STEP_SUMMARY", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def one_rule(house: Path) -> Path:
    """As `house`, with only one rule at work: the section `Detection` is empty."""
    (house / "pmlint.toml").write_text('select = ["empty-section"]\nprofile = "standard"\n', encoding="utf-8")
    return house


EXIT_CODES = [
    ("a warning is no reason to stop", ["incident.md"], 0),
    ("unless it is wanted", ["incident.md", "--fail-on", "warning"], 1),
    ("an error is", ["incident.md", "--level", "empty-section=error"], 1),
    ("never", ["incident.md", "--level", "empty-section=error", "--fail-on", "never"], 0),
    ("a score that is too low", ["incident.md", "--min-score", "100"], 1),
    ("strict", ["incident.md", "--profile", "strict"], 1),
    ("ignored", ["incident.md", "--fail-on", "warning", "--ignore", "empty-section"], 0),
    ("not selected", ["incident.md", "--fail-on", "warning", "--select", "invalid-date,tool"], 0),
    ("statistics", ["incident.md", "--fail-on", "warning", "--statistics"], 1),
    ("quiet", ["incident.md", "--fail-on", "warning", "--quiet"], 1),
    ("the whole folder", ["--fail-on", "warning"], 1),
    ("no such file", ["nowhere.md"], 2),
    ("no such rule", ["--select", "empty-sections"], 2),
    ("no such option", ["--fix-all"], 2),
    ("no such format", ["--format", "txt"], 2),
    ("no such configuration", ["--config", "nowhere.toml"], 2),
    ("no such day", ["--today", "tomorrow"], 2),
    ("no level", ["--level", "empty-section"], 2),
    ("no name for stdin", ["incident.md", "--stdin-filename", "x.md"], 2),
]


@pytest.mark.parametrize(("arguments", "code"), [case[1:] for case in EXIT_CODES], ids=[case[0] for case in EXIT_CODES])
def test_exit_code(one_rule: Path, arguments: list[str], code: int) -> None:
    assert main(["check", *arguments]) == code


ANSWERS = [
    ("file", ["nowhere.md"], "pmlint: there is no file or folder 'nowhere.md'\n"),
    (
        "rule",
        ["--ignore", "empty-sectoin"],
        "pmlint: --ignore: unknown rule or family 'empty-sectoin'; did you mean 'empty-section'?\n",
    ),
    (
        "level",
        ["--level", "empty-section=eror"],
        "pmlint: --level: 'empty-section': expected one of off, info, warning, error, found \"eror\"; "
        "did you mean 'error'?\n",
    ),
    (
        "no level at all",
        ["--level", "empty-section"],
        "pmlint: --level: expected RULE=LEVEL, found 'empty-section'; for example --level vague-action=warning\n",
    ),
]


@pytest.mark.parametrize(("arguments", "answer"), [case[1:] for case in ANSWERS], ids=[case[0] for case in ANSWERS])
def test_a_mistake_is_answered(
    one_rule: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], answer: str
) -> None:
    main(["check", *arguments])

    assert capsys.readouterr() == ("", answer)


def test_an_unknown_format_is_answered_with_the_near_one(one_rule: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "--format", "sarfi"])

    assert "there is no format 'sarfi'; did you mean 'sarif'?" in capsys.readouterr().err


def test_a_broken_configuration_is_answered_with_its_line(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (house / "pmlint.toml").write_text('fail-on = "error"\nprofil = "strict"\n', encoding="utf-8")

    assert main(["check"]) == 2
    assert capsys.readouterr().err == "pmlint: pmlint.toml:2: unknown key 'profil'; did you mean 'profile'?\n"


def test_concise(one_rule: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "--format", "concise"])

    first = capsys.readouterr().out.splitlines()[0]
    assert first.startswith("incident.md:9:4: warning empty-section ")


def test_json_on_the_output_and_two_files_beside_it(one_rule: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "--format", "json", "--format", "concise=out/plain.txt", "--format", "sarif=out/pmlint.sarif"])

    found = json.loads(capsys.readouterr().out)["findings"]
    assert [(finding["rule"], finding["line"], finding["column"]) for finding in found] == [("empty-section", 9, 4)]
    assert (one_rule / "out/plain.txt").read_text(encoding="utf-8").startswith("incident.md:9:4")
    assert json.loads((one_rule / "out/pmlint.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"


def test_a_file_that_cannot_be_written_is_a_mistake(one_rule: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--format", "json=incident.md/out.json"]) == 2
    assert capsys.readouterr().err.startswith("pmlint: cannot write 'incident.md/out.json': ")


def test_a_report_that_cannot_be_written_hinders_no_other(one_rule: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (one_rule / "taken").mkdir()
    assert main(["check", "--format", "sarif=taken", "--format", "json=a.json", "--format", "concise"]) == 2

    printed = capsys.readouterr()
    assert printed.err == "pmlint: cannot write 'taken': Is a directory\n"
    assert len(json.loads((one_rule / "a.json").read_text())["findings"]) == printed.out.count("incident.md:")


def test_a_full_disk_is_no_fault_of_pmlint(one_rule: Path) -> None:
    always_full = Path("/dev/full")
    if not always_full.exists():
        pytest.skip("there is no disk that is always full")
    with always_full.open("w") as full:
        call = [sys.executable, "-m", "pmlint", "check"]
        done = subprocess.run(call, stdout=full, stderr=subprocess.PIPE, text=True, check=False)

    assert (done.returncode, done.stderr) == (2, "pmlint: cannot write the output: No space left on device\n")


def test_statistics_stand_alone(one_rule: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "--statistics"])

    assert capsys.readouterr().out == "1  warning  empty-section  in 1 document\n1 finding in 1 document\n"


def test_statistics_keep_out_of_a_report_for_machines(one_rule: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "--statistics", "--format", "json"])

    output = capsys.readouterr()
    assert json.loads(output.out)["summary"]["findings"] == 1
    assert output.err == "1  warning  empty-section  in 1 document\n1 finding in 1 document\n"


def test_job_summary(one_rule: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    page = one_rule / "summary.md"
    page.write_text("before\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(page))
    main(["check", "incident.md", "--format", "github"])

    assert capsys.readouterr().out.startswith("::warning file=incident.md,line=9")
    written = page.read_text(encoding="utf-8")
    assert written.startswith("before\n")
    assert "empty-section" in written


COLOURS = [
    ("not a terminal", {}, [], False),
    ("forced", {"FORCE_COLOR": "1"}, [], True),
    ("forced by nothing", {"FORCE_COLOR": "0"}, [], False),
    ("forced and refused", {"FORCE_COLOR": "1", "NO_COLOR": "1"}, [], False),
    ("forced and refused here", {"FORCE_COLOR": "1"}, ["--no-color"], False),
]


@pytest.mark.parametrize(
    ("environment", "arguments", "coloured"), [case[1:] for case in COLOURS], ids=[case[0] for case in COLOURS]
)
def test_colour(
    one_rule: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    environment: dict[str, str],
    arguments: list[str],
    coloured: bool,
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    main(["check", "incident.md", *arguments])

    assert ("\x1b[" in capsys.readouterr().out) is coloured


def test_nothing_to_check_is_said_and_is_no_failure(one_rule: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (one_rule / "empty").mkdir()

    assert main(["check", "empty", "--format", "sarif"]) == 0
    assert capsys.readouterr().err.startswith("pmlint: no document was found in 'empty': ")


def test_bad_input_among_good(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (house / "latin1.md").write_bytes(b"# A\n\nCaf\xe9\n")
    (house / "empty.md").write_bytes(b"")
    (house / "large.md").write_bytes(b"# A\n" + b"x\n" * 10_000_000)
    (house / "README.md").write_text("# till\n\n## Installation\n\n    pip install till\n", encoding="utf-8")

    assert main(["check", "--select", "empty-section", "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)["findings"]
    assert [(finding["path"], finding["rule"]) for finding in found] == [
        ("README.md", "not-a-postmortem"),
        ("empty.md", "not-a-postmortem"),
        ("incident.md", "empty-section"),
        ("large.md", "unreadable-document"),
        ("latin1.md", "unreadable-document"),
    ]


def test_every_override_is_a_setting(one_rule: Path) -> None:
    """An option that no setting knows would end in a traceback, so all are given at once."""
    given = ["--profile", "strict", "--extend-select", "language", "--min-confidence", "low", "--today", "2026-03-01"]
    more = ["--force-exclude", "--min-score", "0", "--jobs", "1", "--no-color", "--ignore", "tool"]

    assert main(["check", "incident.md", *given, *more]) == 1
