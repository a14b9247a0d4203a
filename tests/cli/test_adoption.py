"""The filters that a house begins with, from the command line and the configuration to the exit code."""

from pathlib import Path

import pytest

from pmlint.cli.main import main
from pmlint.rules.catalogue import catalogue
from pmlint.rules.problem import Confidence

TEXT = """\
# Checkout was down for 12 minutes

## Impact

3,100 payments failed on 2026-02-30 from 10:02 to 10:14 UTC, and on 03/04/2026.

## Timeline

- 2026-02-03 10:02 UTC: alert fires
"""
CONFIG = 'select = ["invalid-date", "ambiguous-date"]\nprofile = "standard"\n'


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same document in two folders."""
    (tmp_path / ".git").mkdir()
    for folder in ("docs/old", "docs/new"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "a.md").write_text(TEXT, encoding="utf-8")
    (tmp_path / "pmlint.toml").write_text(CONFIG, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def found(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[str]]:
    """The exit code, and path, level and rule of each finding."""
    code = main(["check", "--format", "concise", *arguments])
    lines = [line.split() for line in capsys.readouterr().out.splitlines()[:-1]]
    return code, [f"{line[0].partition(':')[0]} {line[1]} {line[2]}" for line in lines]


OLD = ["docs/old/a.md error invalid-date", "docs/old/a.md warning ambiguous-date"]
FILTERS = [
    ("nothing", [], 1, OLD),
    ("a level", ["--level", "invalid-date=warning"], 0, [OLD[0].replace("error", "warning"), OLD[1]]),
    (
        "a level of a family",
        ["--level", "structure=info"],
        0,
        [f"docs/old/a.md info {rule.split()[2]}" for rule in OLD],
    ),
    ("a level by which a rule is off", ["--level", "invalid-date=off"], 0, [OLD[1]]),
    ("a level that fails", ["--level", "invalid-date=off", "--fail-on", "warning"], 1, [OLD[1]]),
    ("a rule left out", ["--ignore", "invalid-date"], 0, [OLD[1]]),
]


@pytest.mark.parametrize(
    ("arguments", "code", "left"), [case[1:] for case in FILTERS], ids=[case[0] for case in FILTERS]
)
def test_a_filter_of_the_command_line(
    house: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, left: list[str]
) -> None:
    (house / "pmlint.toml").write_text('select = ["structure"]\nprofile = "standard"\n', encoding="utf-8")
    only = ["--ignore", ",".join(_others())]

    actual = found(capsys, "docs/old", *arguments, *only)
    assert actual == (code, left)


def _others() -> list[str]:
    return [rule.name for rule in catalogue().values() if rule.name not in ("invalid-date", "ambiguous-date")]


FOLDERS = [".", "docs", "docs/old", "docs/new"]


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_pattern_of_a_configuration_holds_from_every_folder(
    house: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], folder: str
) -> None:
    (house / "pmlint.toml").write_text(
        CONFIG + '[per-file-ignores]\n"docs/old/**" = ["invalid-date", "ambiguous-date"]\n', encoding="utf-8"
    )
    monkeypatch.chdir(house / folder)

    expected = [] if folder == "docs/old" else ["error", "warning"]
    assert [line.split()[1] for line in found(capsys)[1]] == expected


def test_documents_of_the_same_name_are_told_apart_by_the_cache(
    house: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (house / "pmlint.toml").write_text(
        CONFIG + '[per-file-ignores]\n"docs/old/**" = ["invalid-date", "ambiguous-date"]\n', encoding="utf-8"
    )
    codes = []
    for folder in ("docs/old", "docs/new", "docs/old"):
        monkeypatch.chdir(house / folder)
        codes.append(found(capsys, "a.md")[0])

    assert codes == [0, 1, 0]


def test_how_sure_a_finding_must_be(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What counts is how sure the finding is, not how much it matters."""
    by_confidence = {
        least: {
            line.split()[2]
            for line in found(capsys, "docs/old", "--isolated", "--profile", "strict", "--min-confidence", least)[1]
        }
        for least in ("low", "medium", "high")
    }
    sure = {rule.name for rule in catalogue().values() if rule.confidence is Confidence.HIGH}

    assert by_confidence["high"] < by_confidence["medium"] <= by_confidence["low"]
    assert by_confidence["high"] <= sure
