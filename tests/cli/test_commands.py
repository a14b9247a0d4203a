"""The commands besides `check`, and the command as the shell knows it."""

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import pmlint
from pmlint.cli.main import COMMANDS, main
from pmlint.engine.settings import keys
from pmlint.rules.catalogue import catalogue

INCIDENT = "# Checkout was down\n\n## Impact\n\n3,100 payments failed.\n\n## Timeline\n\n- 10:02 UTC: alert fires\n"


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "incident.md").write_text(INCIDENT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def shell(*arguments: str, stdin: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    command = [sys.executable, "-m", "pmlint", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, check=False)


def test_rules_as_json_are_the_whole_catalogue(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "--format", "json"]) == 0
    listed = json.loads(capsys.readouterr().out)["rules"]

    assert [rule["name"] for rule in listed] == list(catalogue())
    assert set(listed[0]) >= {"name", "family", "level", "confidence", "summary", "fixable"}


def test_rules_of_a_family(capsys: pytest.CaptureFixture[str]) -> None:
    main(["rules", "--family", "tool"])

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "tool"
    assert [line.split()[0] for line in lines[1:]] == [
        rule.name for rule in catalogue().values() if rule.family == "tool"
    ]


FILTERS = [
    ("words of the name", ["owner", "action"], ["action-without-owner", "unaccountable-owner"]),
    ("words of what it reports", ["OCEAN"], ["ambiguous-date"]),
    ("families", ["--family", "tool,impact", "unknown"], ["unknown-suppression", "unscoped-impact"]),
    ("level", ["--family", "structure", "--level", "off"], ["cause-in-title", "missing-audience", "missing-reviewers"]),
    ("level in a profile", ["--profile", "external", "--level", "warning", "individual"], ["named-individual"]),
    ("confidence", ["--family", "impact", "--confidence", "medium", "vague"], ["vague-quantity"]),
    ("with a fix", ["--fixable", "suppression"], ["unknown-suppression", "unused-suppression"]),
    ("nothing", ["xyzzy"], []),
]


@pytest.mark.parametrize(("arguments", "expected"), [case[1:] for case in FILTERS], ids=[case[0] for case in FILTERS])
def test_some_rules(capsys: pytest.CaptureFixture[str], arguments: list[str], expected: list[str]) -> None:
    assert main(["rules", "--format", "json", *arguments]) == 0
    listed = [rule["name"] for rule in json.loads(capsys.readouterr().out)["rules"]]
    main(["rules", *arguments])
    printed = [row.split()[0] for row in capsys.readouterr().out.splitlines() if row.startswith("  ")]

    assert sorted(listed) == sorted(printed) == expected


def test_a_rule_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "expired-suppression", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)

    assert {name: told[name] for name in ("name", "family", "level", "levels", "fixable", "options")} == {
        "name": "expired-suppression",
        "family": "tool",
        "level": "warning",
        "levels": {
            "standard": "warning",
            "lightweight": "warning",
            "strict": "error",
            "external": "warning",
            "security": "warning",
            "draft": "warning",
        },
        "fixable": False,
        "options": [],
    }
    assert [example["text"][slice(*mark)] for example in told["bad"] for mark in example["marks"]] == [
        "ignore",
        "ignore-file",
    ]


@pytest.mark.parametrize("name", list(catalogue()))
def test_every_rule_can_be_explained(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", name]) == 0
    text = capsys.readouterr().out

    assert text.startswith(f"{name}  (")
    for part in ("\nWhy\n", "\nWhat good looks like\n", "\nReported\n", "\nNot reported\n", "\nConfigure", "\nIgnore"):
        assert part in text


EXPLAINED = """\
unused-suppression  (tool, warning, confidence high, has a fix)

A suppression silences nothing.

Why
  The text was mended, or the comment stands in the wrong place. Left in, it will hide
  the next fault here.

What good looks like
  take the comment out, so that the next finding in this place is seen

Reported
  | <!-- pmlint ignore vague-action -- agreed with the reviewers -->
  |                    ^^^^^^^^^^^^
  | - Alert when disk use passes 80 %
  fixed:
  | - Alert when disk use passes 80 %

Reported
  | - Alert when disk use passes 80 %
  |
  | <!-- pmlint ignore-end -->
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^

Not reported
  | Write `<!-- pmlint ignore vague-action -- why -->` above an action to keep it.

Not reported
  | ```md
  | <!-- pmlint ignore-start vague-action -- why -->
  | ```

Configure, in pmlint.toml
  [levels]
  unused-suppression = "info"    # off, info, warning or error

Ignore, above the place or in it
  <!-- pmlint ignore unused-suppression -- why it is right here -->
"""


def test_an_explanation(capsys: pytest.CaptureFixture[str]) -> None:
    main(["explain", "unused-suppression"])

    assert capsys.readouterr().out == EXPLAINED


MISTAKES = [
    (
        "rule",
        ["explain", "unused-supression"],
        "there is no rule 'unused-supression'; did you mean 'unused-suppression'?",
    ),
    ("nothing like a rule", ["explain", "xyzzy"], "there is no rule 'xyzzy'; `pmlint rules` lists them"),
    ("family", ["rules", "--family", "timelin"], "there is no family 'timelin'; did you mean 'timeline'?"),
    ("profile", ["rules", "--profile", "strikt"], "there is no profile 'strikt'; did you mean 'strict'?"),
    ("command", ["chek"], "there is no command 'chek'; did you mean 'check'?"),
    (
        "file for a command",
        ["incident.md"],
        "there is no command 'incident.md'; to check a file, `pmlint check incident.md`",
    ),
    ("file to parse", ["parse", "gone.md"], "gone.md: the file cannot be opened: No such file or directory"),
    ("place of a configuration", ["config", "gone"], "there is no file or folder 'gone'"),
]


@pytest.mark.parametrize(("arguments", "answer"), [case[1:] for case in MISTAKES], ids=[case[0] for case in MISTAKES])
def test_a_mistake_is_answered(
    house: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], answer: str
) -> None:
    assert main(arguments) == 2
    assert capsys.readouterr() == ("", f"pmlint: {answer}\n")


def test_a_family_can_be_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "tool"]) == 0
    assert "unused-suppression" in capsys.readouterr().out


def test_parse(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["parse", "incident.md"]) == 0
    read = json.loads(capsys.readouterr().out)

    assert (read["kind"], read["title"]) == ("postmortem", "Checkout was down")
    sections = [(section["kind"], section["line"]) for section in read["sections"]]
    assert sections == [("title", 1), ("impact", 3), ("timeline", 7)]


def test_parse_goes_by_the_words_of_the_house(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (house / "pmlint.toml").write_text('[headings]\ntimeline = ["Zeitablauf"]\n', encoding="utf-8")
    (house / "incident.md").write_text(INCIDENT.replace("Timeline", "Zeitablauf"), encoding="utf-8")
    main(["parse", "incident.md"])

    kinds = [section["kind"] for section in json.loads(capsys.readouterr().out)["sections"]]
    assert kinds == ["title", "impact", "timeline"]


def test_config_says_where_each_value_comes_from(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (house / "pmlint.toml").write_text('fail-on = "info"\n[levels]\ntool = "off"\n', encoding="utf-8")
    assert main(["config"]) == 0
    text = capsys.readouterr().out

    assert 'fail-on = "info"  # pmlint.toml:1\n' in text
    assert 'profile = "auto"  # default\n' in text
    assert '[levels]\ntool = "off"  # pmlint.toml:3\n' in text
    assert tomllib.loads(text)["fail-on"] == "info"


def test_config_as_json(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["config", "--format", "json"])
    said = {entry["key"]: entry for entry in json.loads(capsys.readouterr().out)["settings"]}

    assert said["min-confidence"] == {"key": "min-confidence", "value": "medium", "origin": "default"}


def test_init_writes_a_configuration_that_changes_nothing(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["config", "--init"]) == 0
    text = (house / "pmlint.toml").read_text(encoding="utf-8")

    assert tomllib.loads(text) == {}
    assert main(["config", "--init"]) == 2
    assert (house / "pmlint.toml").read_text(encoding="utf-8") == text
    assert capsys.readouterr().err == "pmlint: 'pmlint.toml' is there already, and was left as it is\n"


def test_every_line_that_init_writes_can_be_used(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["config", "--init"])
    file = house / "pmlint.toml"
    lines = file.read_text(encoding="utf-8").splitlines()
    used = [line.removeprefix("# ") for line in lines if " = " in line or line.startswith("# [")]
    file.write_text("\n".join(used), encoding="utf-8")
    (house / "pmlint-rules.toml").touch()  # one of the keys names it

    assert main(["config"]) == 0
    assert set(tomllib.loads(file.read_text(encoding="utf-8"))) == set(keys())


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_a_help_with_examples(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "--help"]) == 0
    assert f"pmlint {command}" in capsys.readouterr().out.partition("Examples:")[2]


def test_version_in_a_shell() -> None:
    done = shell("--version")

    assert (done.returncode, done.stdout.decode()) == (0, f"pmlint {pmlint.__version__}{os.linesep}")


def test_stdin_in_a_shell(house: Path) -> None:
    arguments = ["check", "-", "--stdin-filename", "new.md", "--select", "empty-section", "--format", "concise"]
    done = shell(*arguments, stdin=f"{INCIDENT}\n## Root cause\n".encode())

    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"new.md:11:4: warning empty-section ")


def test_a_terminal_that_knows_ascii_only(house: Path) -> None:
    (house / "incident.md").write_text(INCIDENT.replace("Timeline", "Timeline ⏱"), encoding="utf-8")
    command = [sys.executable, "-m", "pmlint", "check", "incident.md"]
    done = subprocess.run(command, capture_output=True, check=False, env={**os.environ, "PYTHONIOENCODING": "ascii"})

    assert done.returncode == 1
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="pipes break in another way there")
def test_a_reader_that_goes_away_is_no_crash(house: Path) -> None:
    command = f"{sys.executable} -m pmlint rules --format json | head -c 1"
    done = subprocess.run(command, shell=True, capture_output=True, check=False)

    assert (done.stdout, done.stderr) == (b"{", b"")


@pytest.mark.skipif(os.name == "nt", reason="a folder that is in use cannot be deleted there")
def test_a_working_folder_that_is_gone_is_said(tmp_path: Path) -> None:
    gone, document = tmp_path / "gone", tmp_path / "a.md"
    gone.mkdir()
    document.write_text("# Checkout was down\n", encoding="utf-8")
    code = "import os, sys; os.rmdir(os.getcwd()); from pmlint.cli.main import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-P", "-c", code, "check", str(document)]
    done = subprocess.run(command, cwd=gone, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "pmlint: the folder that you are in is gone; change to one that is there\n"
