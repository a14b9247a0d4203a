"""`pmlint new` and `pmlint schema`, as the shell sees them."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # it ships no types

from pmlint.cli.main import main
from pmlint.templates.fill import render

ROOT = Path(__file__).parents[2]
RECORD = (ROOT / "fixtures/filled/incident.md").read_text(encoding="utf-8")


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "incident.md").write_text(RECORD, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_it_is_printed(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "postmortem", "--type", "deployment", "--profile", "strict"]) == 0
    assert capsys.readouterr() == (render("postmortem", type="deployment", profile="strict"), "")


def test_values_are_options(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--title", "Search  was\ndown", "--id", "INC-9", "--date", "2026-02-03", "--severity", "SEV2"]
    people = [
        "--author",
        "A",
        "--commander",
        "B",
        "--operations-lead",
        "C",
        "--communications-lead",
        "D",
        "--scribe",
        "E",
    ]
    values = {
        "title": "Search was down",
        "id": "INC-9",
        "date": "2026-02-03",
        "severity": "SEV2",
        "author": "A",
        "commander": "B",
        "operations": "C",
        "communications": "D",
        "scribe": "E",
    }

    assert main(["new", "postmortem", *options, *people]) == 0
    assert capsys.readouterr().out == render("postmortem", values=values)


def test_it_is_written(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "checkpoint", "-o", "checkpoint.md"]) == 0
    assert capsys.readouterr() == ("", "wrote checkpoint.md\n")
    assert (house / "checkpoint.md").read_bytes() == render("checkpoint").encode()
    assert {path.name for path in house.iterdir()} == {".git", "checkpoint.md", "incident.md"}


def test_a_file_is_not_written_over(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "incident", "-o", "incident.md"]) == 2
    assert capsys.readouterr().err == (
        "pmlint: 'incident.md' is there already, and was left as it is; --force writes over it\n"
    )
    assert (house / "incident.md").read_text(encoding="utf-8") == RECORD


def test_a_file_is_written_over_by_force(house: Path) -> None:
    (house / "incident.md").chmod(0o640)

    assert main(["new", "incident", "-o", "incident.md", "--force"]) == 0
    assert (house / "incident.md").read_text(encoding="utf-8") == render("incident")
    assert (house / "incident.md").stat().st_mode & 0o777 == 0o640
    assert {path.name for path in house.iterdir()} == {".git", "incident.md"}


def test_a_postmortem_begins_with_what_the_record_knows(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (house / "reviews").mkdir()
    said = ["--author", "Jonas Weiss", "--severity", "SEV2"]
    assert main(["new", "postmortem", "--from", "incident.md", *said, "-o", "reviews/2026.md"]) == 0
    text = (house / "reviews/2026.md").read_text(encoding="utf-8")

    for carried in (
        "# Timetable boards show no departures\n",
        "- **Incident ID:** INC-3308\n- **Date:** 2026-02-18\n- **Start:** 2026-02-18 16:22 UTC\n",
        "- **Severity:** SEV2\n",
        "- **Author:** Jonas Weiss\n",
        "- **Incident commander:** Hanne Lorenz\n- **Operations lead:** Davit Petrosyan\n",
        "- **Communications lead:** Amara Diallo\n- **Scribe:** Jonas Weiss\n",
        "- Incident record: [incident.md](../incident.md)\n",
        RECORD[RECORD.index("- Users: ") : RECORD.index("\n## Communication")],
        RECORD[RECORD.index("## Timeline (UTC)") : RECORD.index("\n## Known and unknown")],
    ):
        assert carried in text
    capsys.readouterr()
    assert main(["check", "--profile", "draft", "--no-cache", "reviews/2026.md"]) == 0


MISTAKES = [
    ("type of a record", ["incident", "--type", "security"], "--type is for postmortems, and this is a new incident"),
    ("no record", ["postmortem", "--from", "x.md"], "x.md: the file cannot be opened: No such file or directory"),
    ("no folder", ["incident", "-o", "no/x.md"], "cannot write 'no/x.md': No such file or directory"),
]


@pytest.mark.parametrize(("arguments", "answer"), [case[1:] for case in MISTAKES], ids=[case[0] for case in MISTAKES])
def test_a_mistake_is_answered(
    house: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], answer: str
) -> None:
    assert main(["new", *arguments]) == 2
    assert capsys.readouterr() == ("", f"pmlint: {answer}\n")


def test_a_day_that_is_none_is_answered(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "incident", "--date", "2026-02-30"]) == 2
    assert "expected a date as 2026-01-31, found '2026-02-30'" in capsys.readouterr().err


# --- schemas


def schema(name: str, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    capsys.readouterr()
    assert main(["schema", name]) == 0
    read: dict[str, Any] = json.loads(capsys.readouterr().out)
    Draft202012Validator.check_schema(read)
    return read


def test_all_schemas_together(capsys: pytest.CaptureFixture[str]) -> None:
    each = {name: schema(name, capsys) for name in ("document", "findings", "config")}
    assert main(["schema"]) == 0

    assert json.loads(capsys.readouterr().out) == each


@pytest.mark.parametrize("path", ["good/2025-03-11-checkout-latency.md", "mediocre/incidents-2024-q2.md"])
def test_a_document_satisfies_its_schema(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    wanted = schema("document", capsys)
    main(["parse", "--isolated", str(ROOT / "fixtures" / path)])

    assert [
        error.message for error in Draft202012Validator(wanted).iter_errors(json.loads(capsys.readouterr().out))
    ] == []


def test_findings_satisfy_their_schema(capsys: pytest.CaptureFixture[str]) -> None:
    wanted = schema("findings", capsys)
    assert main(["check", "--isolated", "--no-cache", "--format", "json", str(ROOT / "fixtures/bad")]) == 1

    assert [
        error.message for error in Draft202012Validator(wanted).iter_errors(json.loads(capsys.readouterr().out))
    ] == []


CONFIGURATIONS = [
    ("empty", "", True),
    ("usual", 'extend = "base.toml"\nprofile = "strict"\nmin-score = 70\nseverity-scale = ["red", "green"]\n', True),
    ("tables", '[levels]\nvague-action = "info"\n[rules.unexplained-gap]\nminutes = 30\n', True),
    ("a rule of one's own", "[rules.our-rule]\nlimit = 3\n", True),
    ("unknown key", 'profil = "strict"\n', False),
    ("unknown option", "[rules.unexplained-gap]\nhours = 1\n", False),
    ("wrong word", 'fail-on = "sometimes"\n', False),
    ("wrong type", 'min-score = "70"\n', False),
    ("wrong level", '[levels]\nvague-action = "loud"\n', False),
]


@pytest.mark.parametrize(
    ("text", "right"), [case[1:] for case in CONFIGURATIONS], ids=[case[0] for case in CONFIGURATIONS]
)
def test_a_configuration_is_judged_by_its_schema(text: str, right: bool, capsys: pytest.CaptureFixture[str]) -> None:
    validator = Draft202012Validator(schema("config", capsys))

    assert validator.is_valid(tomllib.loads(text)) is right


def test_every_example_of_the_initial_configuration_is_right(capsys: pytest.CaptureFixture[str]) -> None:
    from pmlint.cli.config import template

    shown = "\n".join(line.removeprefix("# ") for line in template().splitlines() if _is_setting(line))
    validator = Draft202012Validator(schema("config", capsys))

    assert [error.message for error in validator.iter_errors(_plain(tomllib.loads(shown)))] == []


def _is_setting(line: str) -> bool:
    return line.startswith("# ") and (" = " in line or line.startswith("# [")) and not line.endswith(".")


def _plain(value: Any) -> Any:
    """Days as JSON has them."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return str(value) if hasattr(value, "isoformat") else value
