"""The tab key, in the shells that are on this machine."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SHELLS = ("bash", "zsh", "fish")


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with some files, and the command on the path."""
    for name in ("incident.md", "pmlint.sarif"):
        (tmp_path / name).touch()
    (tmp_path / "out").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


def shell(name: str, script: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not on this machine")
    done = subprocess.run([found, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def source(name: str) -> str:
    """The script that a shell is given."""
    environment = {**os.environ, "_PMLINT_COMPLETE": f"{name}_source"}
    return subprocess.run(["pmlint"], capture_output=True, text=True, check=True, env=environment).stdout


def offered(name: str, words: list[str]) -> list[str]:
    """What the program answers a shell of that name that asks about the last of `words`."""
    at = words[-1] if name == "fish" else str(len(words) - 1)
    environment = {
        **os.environ,
        "_PMLINT_COMPLETE": f"{name}_complete",
        "COMP_WORDS": " ".join(words),
        "COMP_CWORD": at,
    }
    done = subprocess.run(["pmlint"], capture_output=True, text=True, check=True, env=environment)
    return done.stdout.splitlines()


def bash(*words: str) -> list[str]:
    """What bash offers for the last of `words`, which it has cut itself."""
    quoted = " ".join(f"'{word}'" for word in words)
    script = f"""
        compopt() {{ COMPREPLY=("$@"); }}  # it works only while a key is answered
        eval "$(_PMLINT_COMPLETE=bash_source pmlint)"
        COMP_WORDS=({quoted}); COMP_CWORD={len(words) - 1}; COMPREPLY=()
        _pmlint_completion pmlint
        printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    return shell("bash", script).splitlines()


def fish(line: str) -> list[str]:
    """What fish offers at the end of `line`, without what is said of it."""
    script = f"_PMLINT_COMPLETE=fish_source pmlint | source; complete -C '{line}'"
    return [row.partition("\t")[0] for row in shell("fish", script).splitlines()]


@pytest.mark.parametrize("name", SHELLS)
def test_the_script_is_one_that_the_shell_can_read(house: Path, name: str) -> None:
    file = house / f"script.{name}"
    file.write_text(source(name), encoding="utf-8")

    assert shell(name, f"{name} -n {file}") == ""


ALL_SHELLS = [
    ("command", "pmlint ba", ["baseline"]),
    ("rule", "pmlint explain vague", ["vague-action", "vague-quantity"]),
    ("family", "pmlint explain learn", ["learning"]),
    ("families", "pmlint rules --family timeline,im", ["timeline,impact"]),
    ("none twice", "pmlint check --ignore vague-action,vague", ["vague-action,vague-quantity"]),
    ("profile", "pmlint check --profile s", ["security", "standard", "strict"]),
    ("format", "pmlint check --format ch", ["checkstyle"]),
    ("kind", "pmlint new che", ["checkpoint"]),
    ("file", "pmlint check inc", ["incident.md"]),
]
every_case = pytest.mark.parametrize(
    ("line", "expected"), [case[1:] for case in ALL_SHELLS], ids=[case[0] for case in ALL_SHELLS]
)


@every_case
def test_zsh(house: Path, line: str, expected: list[str]) -> None:
    rows = offered("zsh", line.split())

    if rows[0] == "file":  # zsh looks for files itself
        assert rows[1:2] == [line.split()[-1]]
    else:
        assert sorted(rows[1::3]) == expected


@every_case
def test_fish(house: Path, line: str, expected: list[str]) -> None:
    assert sorted(fish(line)) == expected


@every_case
def test_bash(house: Path, line: str, expected: list[str]) -> None:
    found = bash(*line.split())

    assert found == ["-o", "default"] or sorted(found) == expected  # bash looks for files itself


LEVELS = [f"vague-action={level}" for level in ("off", "info", "warning", "error")]


@pytest.mark.parametrize("start", ["vague-act", "vague-action="])
def test_a_rule_and_its_level(house: Path, start: str) -> None:
    assert sorted(fish(f"pmlint check --level {start}")) == sorted(LEVELS)
    assert offered("zsh", ["pmlint", "check", "--level", start])[1::3] == LEVELS


BASH = [
    ("level", ("--level", "vague-action", "=", "w"), ["warning"]),
    ("level, nothing of it yet", ("--level", "vague-action", "="), ["off", "info", "warning", "error"]),
    ("option with its value", ("--format", "=", "ch"), ["checkstyle"]),
    ("option with a value of two parts", ("--level", "=", "vague-action", "=", "w"), ["warning"]),
    ("file of a format", ("--format", "sarif", "=", "pm"), ["-o", "default"]),
]


@pytest.mark.parametrize(("words", "expected"), [case[1:] for case in BASH], ids=[case[0] for case in BASH])
def test_bash_cuts_words_at_the_sign_of_equality(house: Path, words: tuple[str, ...], expected: list[str]) -> None:
    assert bash("pmlint", "check", *words) == expected


def test_the_file_of_a_format(house: Path) -> None:
    assert fish("pmlint check --format sarif=pm") == ["sarif=pmlint.sarif"]
    assert fish("pmlint check --format sarif=o") == ["sarif=out/"]
    assert fish("pmlint check --format sarif=nowhere/o") == []


def test_fish_shows_what_a_rule_reports_also_beyond_a_comma(house: Path) -> None:
    script = "_PMLINT_COMPLETE=fish_source pmlint | source; complete -C 'pmlint explain vague-act'"

    assert shell("fish", script) == "vague-action\tAn action names no object, place or threshold.\n"


OWN = """
[old-name]
family = "response"
kind = "phrases"
level = "error"
summary = "The status page is called by its old name."
why = "The old address leads nowhere."
help = "call it the status page"
where = ["prose"]
message = "'{match}' is the old name"
phrases = ["the green board"]
good = ["# Search was down\\n\\n## Response\\n\\nThe status page said so.\\n"]
bad = ["# Search was down\\n\\n## Response\\n\\n⟦The green board⟧ said so.\\n"]
"""


@pytest.mark.parametrize(("text", "expected"), [(OWN, ["old-name"]), ("[old-name", [])], ids=["sound", "broken"])
def test_a_rule_of_the_house(house: Path, text: str, expected: list[str]) -> None:
    (house / "own.toml").write_text(text, encoding="utf-8")
    (house / "pmlint.toml").write_text('rule-files = ["own.toml"]\n', encoding="utf-8")

    assert offered("zsh", ["pmlint", "check", "--ignore", "old-n"])[1::3] == expected
    assert offered("zsh", ["pmlint", "check", "--ignore", "vague-act"])[1::3] == ["vague-action"]
