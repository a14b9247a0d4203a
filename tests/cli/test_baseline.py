"""Adoption as it is typed: a baseline is recorded, used, kept current; a change is checked by itself."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from pmlint.cli.main import main

TEXT = """\
# Checkout was down for 12 minutes

## Impact

3,100 payments failed on 2026-02-30 from 10:02 to 10:14 UTC.

## Timeline

- 2026-02-31 10:02 UTC: alert fires
"""
CONFIG = 'select = ["invalid-date"]\nprofile = "standard"\nlevels = { invalid-date = "error" }\ntoday = 2026-03-01\n'


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two documents with two impossible dates each, which close the gate."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "docs").mkdir()
    for name in ("a", "b"):
        (tmp_path / f"docs/{name}.md").write_text(TEXT.replace("Checkout", name), encoding="utf-8")
    (tmp_path / "pmlint.toml").write_text(CONFIG, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    return tmp_path


def use(house: Path) -> None:
    (house / "pmlint.toml").write_text(CONFIG + 'baseline = "pmlint-baseline.json"\n', encoding="utf-8")


def entries(house: Path) -> list[tuple[str, int, str, str]]:
    whole = json.loads((house / "pmlint-baseline.json").read_text(encoding="utf-8"))
    return [(entry["path"], entry["count"], entry["reason"], entry["date"]) for entry in whole["entries"]]


def test_recorded_and_then_only_new_findings_close_the_gate(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 1
    capsys.readouterr()

    assert main(["baseline", "--reason", "the old ones"]) == 0
    assert capsys.readouterr().out == (
        "pmlint-baseline.json holds 4 findings in 2 documents\n"
        'next: `baseline = "pmlint-baseline.json"` in pmlint.toml, and `pmlint check` reports only what is new\n'
    )
    recorded = [(f"docs/{name}.md", 1, "the old ones", "2026-03-01") for name in ("a", "a", "b", "b")]
    assert entries(house) == recorded

    assert main(["check", "--baseline", "pmlint-baseline.json"]) == 0
    assert "no findings in 2 documents" in (out := capsys.readouterr().out)
    assert "; 4 in the baseline\n" in out

    use(house)
    with (house / "docs/a.md").open("a", encoding="utf-8") as file:
        file.write("\nSeen again on 2026-04-31.\n")
    assert main(["check", "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert [(finding["path"], finding["line"]) for finding in found["findings"]] == [("docs/a.md", 11)]
    assert (found["summary"]["baselined"], found["documents"][0]["baselined"]) == (4, 2)


def test_stale_entries_are_told_and_pruned(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    use(house)
    main(["baseline"])
    (house / "docs/b.md").unlink()
    capsys.readouterr()

    assert main(["check", "--format", "concise"]) == 0
    assert capsys.readouterr().out == (
        "note: 2 findings are in the baseline 'pmlint-baseline.json' and no longer in the documents: docs/b.md (2); "
        "`pmlint baseline --prune` takes what is gone out of it\nno findings in 1 document\n"
    )
    assert main(["check", "--select", "empty-section", "--format", "concise"]) == 0
    assert capsys.readouterr().out == "no findings in 1 document\n"

    assert main(["baseline", "--prune"]) == 0
    assert capsys.readouterr().out == ("pmlint-baseline.json holds 2 findings in 1 document; 2 gone\n")
    assert [entry[0] for entry in entries(house)] == ["docs/a.md"] * 2


def test_an_update_lists_what_it_lets_in(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    use(house)
    main(["baseline", "--reason", "old"])
    (house / "docs/a.md").rename(house / "docs/c.md")
    with (house / "docs/c.md").open("a", encoding="utf-8") as file:
        file.write("\nSeen again on 2026-04-31.\n")
    capsys.readouterr()

    assert main(["baseline", "--update", "--reason", "new"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("new: docs/c.md:11:15: invalid-date ")
    assert out.endswith("pmlint-baseline.json holds 5 findings in 2 documents; 1 new finding, 0 gone\n")
    assert sorted((path, reason) for path, _, reason, _ in entries(house)) == [
        ("docs/b.md", "old"),
        ("docs/b.md", "old"),
        ("docs/c.md", "new"),
        ("docs/c.md", "old"),
        ("docs/c.md", "old"),
    ]


def test_nothing_changed_is_nothing_written(house: Path) -> None:
    main(["baseline"])
    before = (house / "pmlint-baseline.json").stat().st_mtime_ns, (house / "pmlint-baseline.json").stat().st_ino
    main(["baseline", "--update"])
    main(["baseline", "--prune"])

    assert (
        (house / "pmlint-baseline.json").stat().st_mtime_ns,
        (house / "pmlint-baseline.json").stat().st_ino,
    ) == before


def test_other_documents_keep_their_entries(house: Path) -> None:
    main(["baseline"])
    (house / "docs/a.md").write_text(TEXT.replace("2026-02-31", "2026-02-28"), encoding="utf-8")
    (house / "docs/b.md").write_text(
        "# fine\n\n## Impact\n\nNone.\n\n## Timeline\n\n- 10:02 UTC: x\n", encoding="utf-8"
    )
    main(["baseline", "docs/b.md", "--prune"])

    assert [entry[0] for entry in entries(house)] == ["docs/a.md"] * 2


def test_what_a_comment_suppresses_is_not_recorded(house: Path) -> None:
    path = house / "docs/a.md"
    path.write_text("<!-- pmlint ignore-file invalid-date -- short -->\n" + TEXT, encoding="utf-8")
    main(["baseline"])

    assert [entry[0] for entry in entries(house)] == ["docs/b.md"] * 2


def test_the_baseline_of_a_nested_configuration_is_its_own(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (house / "docs/pmlint.toml").write_text(CONFIG + 'baseline = "own.json"\n', encoding="utf-8")
    main(["baseline"])
    assert capsys.readouterr() == (
        "pmlint-baseline.json holds 0 findings in 0 documents\n",
        "pmlint: 2 documents have another baseline by its configuration and was left out; --file chooses one for all\n",
    )

    assert main(["baseline", "--file", "docs/own.json"]) == 0
    assert main(["check"]) == 0
    own = json.loads((house / "docs/own.json").read_text(encoding="utf-8"))["entries"]
    assert {entry["path"] for entry in own} == {"a.md", "b.md"}


ANSWERS = [
    (
        "check without the file",
        ["check", "--baseline", "x.json"],
        "there is no baseline 'x.json'; `pmlint baseline` rec",
    ),
    ("update without the file", ["baseline", "--update"], "there is no baseline 'pmlint-baseline.json'; "),
    ("both", ["baseline", "--update", "--prune"], "--update takes out what is gone, as --prune does; give one of the"),
    ("a file that is none", ["check", "--baseline", "pmlint.toml"], "the baseline 'pmlint.toml' cannot be read: it is"),
    ("no place to write", ["baseline", "--file", "no/where.json"], "cannot write 'no/where.json': "),
    ("the standard input", ["check", "-", "--changed-since", "main"], "--changed-since compares files with what git"),
]


@pytest.mark.parametrize(("arguments", "answer"), [case[1:] for case in ANSWERS], ids=[case[0] for case in ANSWERS])
def test_a_mistake_is_answered(
    house: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], answer: str
) -> None:
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert (out, err.startswith(f"pmlint: {answer}")) == ("", True)


def test_a_baseline_is_not_written_over(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["baseline"])
    before = (house / "pmlint-baseline.json").read_bytes()
    capsys.readouterr()

    assert main(["baseline", "docs/a.md"]) == 2
    assert capsys.readouterr().err.startswith(
        "pmlint: 'pmlint-baseline.json' is there already, and was left as it is; "
    )
    assert (house / "pmlint-baseline.json").read_bytes() == before


def test_only_what_was_changed(
    house: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    (house / ".git").rmdir()
    person = ("-c", "user.name=x", "-c", "user.email=x@example.com")
    for arguments in (["init", "--quiet"], ["add", "docs"], [*person, "commit", "--quiet", "--message", "x"]):
        subprocess.run(["git", *arguments], check=True, capture_output=True)
    assert main(["check", "--changed-since", "HEAD"]) == 0
    assert capsys.readouterr().out.endswith("; 4 outside of the changes\n")

    with (house / "docs/a.md").open("a", encoding="utf-8") as file:
        file.write("\nSeen again on 2026-04-31.\n")
    (house / "docs/new.md").write_text(TEXT, encoding="utf-8")
    monkeypatch.chdir(house / "docs")
    assert main(["check", "--changed-since", "HEAD", "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert [(each["path"], each["line"]) for each in found["findings"]] == [
        ("a.md", 11),
        ("new.md", 5),
        ("new.md", 9),
    ]
    assert found["summary"]["unchanged"] == 4


def test_suppressions_are_written_once_and_hold(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = house / "docs/a.md"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    path.chmod(0o640)
    assert main(["check", "docs/a.md", "--suppress", "the logs are gone", "--format", "concise"]) == 0
    assert capsys.readouterr() == ("no findings in 1 document\n", "pmlint: wrote suppressions into 'docs/a.md'\n")
    comment = "<!-- pmlint ignore invalid-date -- the logs are gone -->"
    assert path.read_bytes().decode() == TEXT.replace("Checkout", "a").replace("3,100", f"{comment}\n3,100").replace(
        "alert fires\n", f"alert fires {comment}\n"
    ).replace("\n", "\r\n")
    assert path.stat().st_mode & 0o777 == 0o640

    once = path.read_bytes()
    assert main(["check", "docs/a.md", "--suppress", "again", "--fail-on", "info"]) == 0
    assert path.read_bytes() == once
