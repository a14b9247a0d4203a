"""`pmlint check --fix`, `--unsafe-fixes` and `--diff` as they are typed."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from pmlint.cli.main import main

HEAD = "# Checkout was down for 12 minutes\n\n## Impact\n\n3,100 payments failed.\n\n"
IDLE = "<!-- pmlint ignore vague-quantity -- known -->\n"
ACTIONS = "## Timeline\n\n- 2026-02-04 10:02 UTC: alert fires\n"
BEFORE = f"{HEAD}It was reviewed on 03/04/2026.\n\n{IDLE}{ACTIONS}"
SAFE = BEFORE.replace(IDLE, "")
ALL = SAFE.replace("03/04/2026", "2026-04-03")
CONFIG = (
    'select = ["ambiguous-date", "unused-suppression", "vague-quantity"]\nprofile = "standard"\ndate-order = "dmy"\n'
)


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "pmlint.toml").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "a.md").write_text(BEFORE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for name in ("GITHUB_STEP_SUMMARY", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def text(house: Path, name: str = "a.md") -> str:
    return (house / name).read_text(encoding="utf-8")


WAYS = [
    ("none", [], BEFORE, "2 warnings in 1 document; 1 can be fixed by --fix, 1 more by --unsafe-fixes"),
    ("safe", ["--fix"], SAFE, "1 warning in 1 document; 1 fixed; 1 can be fixed by --fix --unsafe-fixes"),
    ("all", ["--fix", "--unsafe-fixes"], ALL, "no findings in 1 document; 2 fixed"),
]


@pytest.mark.parametrize(("options", "after", "closing"), [case[1:] for case in WAYS], ids=[case[0] for case in WAYS])
@pytest.mark.parametrize("format", ["text", "concise", "grouped"])
def test_what_is_written_and_told(
    house: Path,
    capsys: pytest.CaptureFixture[str],
    format: str,
    options: list[str],
    after: str,
    closing: str,
) -> None:
    assert main(["check", "--format", format, *options]) == 0

    assert text(house) == after
    said = [line for line in capsys.readouterr().out.splitlines() if " in 1 document" in line]
    assert [line.partition("; score")[0] for line in said] == [closing]


def test_the_second_run_has_nothing_to_do(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "--fix", "--unsafe-fixes", "--quiet"])
    main(["check", "--fix", "--unsafe-fixes", "--format", "concise"])

    assert text(house) == ALL
    assert capsys.readouterr().out == "no findings in 1 document\n"


def test_a_difference_is_shown_and_nothing_is_written(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--diff"]) == 0

    output = capsys.readouterr()
    assert output.out == (
        "--- a/a.md\n+++ b/a.md\n@@ -6,7 +6,6 @@\n \n It was reviewed on 03/04/2026.\n \n"
        "-<!-- pmlint ignore vague-quantity -- known -->\n ## Timeline\n \n - 2026-02-04 10:02 UTC: alert fires\n"
    )
    assert output.err == "pmlint: 1 finding would be fixed in 1 document; 1 more by --unsafe-fixes\n"
    assert text(house) == BEFORE


def test_a_difference_can_be_applied(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "--diff", "--unsafe-fixes"])
    subprocess.run(["git", "apply", "-"], cwd=house, input=capsys.readouterr().out.encode(), check=True)

    assert text(house) == ALL


def test_the_gate_of_a_difference_is_that_of_the_document_as_it_is(house: Path) -> None:
    codes = [main(["check", "--diff", "--unsafe-fixes", "--fail-on", "warning"])]
    codes.append(main(["check", "--fix", "--unsafe-fixes", "--fail-on", "warning"]))

    assert codes == [1, 0]


def over_stdin(monkeypatch: pytest.MonkeyPatch, document: str, *options: str) -> int:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(document.encode()), encoding="utf-8"))
    return main(["check", "-", *options])


def test_the_standard_input_is_printed_fixed(
    house: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    document = "\ufeff" + BEFORE.replace("\n", "\r\n").rstrip()
    assert over_stdin(monkeypatch, document, "--fix", "--fail-on", "warning") == 1

    output = capfdbinary.readouterr()
    assert output.out.decode() == document.replace(IDLE.replace("\n", "\r\n"), "")
    assert b"warning[ambiguous-date]" in output.err
    assert text(house) == BEFORE


def test_the_standard_input_with_nothing_to_fix_is_printed_as_it_is(
    house: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    over_stdin(monkeypatch, ALL, "--fix")

    assert capfdbinary.readouterr().out.decode() == ALL


def test_a_difference_of_the_standard_input(
    house: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    over_stdin(monkeypatch, BEFORE, "--diff", "--stdin-filename", "docs/a.md")

    assert capsys.readouterr().out.splitlines()[:2] == ["--- a/docs/a.md", "+++ b/docs/a.md"]


def test_what_the_baseline_holds_stays(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["baseline", "--reason", "old"])
    (house / "b.md").write_text(BEFORE, encoding="utf-8")
    capsys.readouterr()
    main(["check", "--fix", "--unsafe-fixes", "--baseline", "pmlint-baseline.json", "--format", "concise"])

    assert (text(house), text(house, "b.md")) == (BEFORE, ALL)
    assert capsys.readouterr().out == "no findings in 2 documents; 2 fixed\n"


def test_what_was_not_changed_stays(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (house / ".git").rmdir()
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org"]
    for arguments in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "first"]):
        subprocess.run([*git, *arguments], cwd=house, check=True)
    added = f"\n{IDLE}{HEAD}"
    (house / "a.md").write_text(BEFORE + added, encoding="utf-8")
    main(["check", "--fix", "--unsafe-fixes", "--changed-since", "HEAD", "--format", "concise"])

    assert text(house) == BEFORE + "\n" + HEAD
    assert capsys.readouterr().out == "no findings in 1 document; 1 fixed\n"


def test_what_is_fixed_before_the_rest_is_suppressed(house: Path) -> None:
    main(["check", "--fix", "--suppress", "from before"])

    assert text(house) == SAFE.replace("It was", "<!-- pmlint ignore ambiguous-date -- from before -->\nIt was")


def test_several_processes_fix_the_same(house: Path) -> None:
    for number in range(3):
        (house / f"{number}.md").write_text(BEFORE, encoding="utf-8")
    main(["check", "--fix", "--unsafe-fixes", "--jobs", "2", "--no-cache"])

    assert [text(house, f"{number}.md") for number in range(3)] == [ALL] * 3


def test_the_numbers_in_json(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "--fix", "--format", "json"])

    said = json.loads(capsys.readouterr().out)
    assert [document["fixed"] for document in said["documents"]] == [1]
    assert {name: said["summary"][name] for name in ("findings", "fixed", "fixable")} == {
        "findings": 1,
        "fixed": 1,
        "fixable": 1,
    }


def test_the_text_says_by_which_option_a_finding_can_be_fixed(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check"])

    said = [line.strip() for line in capsys.readouterr().out.splitlines() if "= fix:" in line]
    assert said == [
        "= fix:  write the date as YYYY-MM-DD (--fix --unsafe-fixes)",
        "= fix:  take the comment out (--fix)",
    ]


MISTAKES = [
    (
        "unsafe alone",
        ["--unsafe-fixes"],
        "--unsafe-fixes says which fixes are meant; add --fix to make them, or --diff to see them",
    ),
    (
        "a report beside a difference",
        ["--diff", "--format", "json"],
        "the standard output is for the difference; --format json=FILE writes the report to a file",
    ),
    (
        "a report beside a document",
        ["-", "--fix", "--format", "json"],
        "the standard output is for the document; --format json=FILE writes the report to a file",
    ),
    (
        "writing and not writing",
        ["--diff", "--suppress", "old"],
        "--diff writes nothing, and --suppress writes into files",
    ),
]


@pytest.mark.parametrize(("options", "answer"), [case[1:] for case in MISTAKES], ids=[case[0] for case in MISTAKES])
def test_a_mistake_is_answered(
    house: Path, capsys: pytest.CaptureFixture[str], options: list[str], answer: str
) -> None:
    assert main(["check", *options]) == 2
    assert capsys.readouterr() == ("", f"pmlint: {answer}\n")
    assert text(house) == BEFORE


def test_a_report_in_a_file_beside_a_difference(house: Path) -> None:
    main(["check", "--diff", "--format", "json=out.json"])

    assert json.loads(text(house, "out.json"))["summary"]["findings"] == 2
