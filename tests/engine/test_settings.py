"""What a configuration may say, where it is looked for, and what is answered when it is wrong."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.engine.hand_rules import hand_rules

from pmlint.engine.configure import Configurations
from pmlint.engine.errors import UserError
from pmlint.engine.settings import Settings
from pmlint.rules.problem import Confidence, Level

RULES = hand_rules()


def write(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def settings(folder: Path, **overrides: Any) -> Settings:
    return Configurations(RULES, overrides).at(folder)


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository of its own, so that no configuration above it counts."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_without_a_file_the_defaults_hold(house: Path) -> None:
    found = settings(house)

    assert found == Settings(root=house)
    assert str(found.origin("fail-on")) == "default"


PRECEDENCE = [
    pytest.param({"pmlint.toml": 'fail-on = "info"'}, {}, ("info", "pmlint.toml:1"), id="pmlint.toml"),
    pytest.param({".pmlint.toml": 'fail-on = "info"'}, {}, ("info", ".pmlint.toml:1"), id="hidden file"),
    pytest.param(
        {"pyproject.toml": '[project]\nname = "x"\n[tool.pmlint]\nfail-on = "info"'},
        {},
        ("info", "pyproject.toml:4"),
        id="pyproject.toml",
    ),
    pytest.param(
        {"pyproject.toml": '[project]\nname = "pmlint-like"\n'},
        {},
        ("error", "default"),
        id="pyproject without a table",
    ),
    pytest.param(
        {"pmlint.toml": 'fail-on = "info"', ".pmlint.toml": 'fail-on = "never"'},
        {},
        ("info", "pmlint.toml:1"),
        id="pmlint.toml before the hidden file",
    ),
    pytest.param(
        {"pmlint.toml": 'fail-on = "info"', "docs/pmlint.toml": 'min-score = 3\nfail-on = "never"'},
        {},
        ("never", "docs/pmlint.toml:2"),
        id="the nearest file",
    ),
    pytest.param(
        {"pmlint.toml": 'fail-on = "info"', "docs/pmlint.toml": "min-score = 3"},
        {},
        ("error", "default"),
        id="the nearest file alone",
    ),
    pytest.param(
        {"base.toml": 'fail-on = "info"', "docs/pmlint.toml": 'extend = "../base.toml"'},
        {},
        ("info", "base.toml:1"),
        id="a base",
    ),
    pytest.param(
        {"base.toml": 'fail-on = "info"', "pmlint.toml": 'extend = "base.toml"\nfail-on = "never"'},
        {},
        ("never", "pmlint.toml:2"),
        id="over its base",
    ),
    pytest.param(
        {"pmlint.toml": 'fail-on = "info"'},
        {"fail_on": "warning"},
        ("warning", "command line"),
        id="the command line over all",
    ),
]


@pytest.mark.parametrize(("files", "overrides", "expected"), PRECEDENCE)
def test_who_decides(house: Path, files: dict[str, str], overrides: dict[str, Any], expected: tuple[str, str]) -> None:
    (house / "docs").mkdir()
    write(house, files)
    found = settings(house / "docs", **overrides)

    assert (found.fail_on, str(found.origin("fail-on"))) == expected


def test_a_file_above_the_repository_has_no_say(tmp_path: Path) -> None:
    write(tmp_path, {"pmlint.toml": 'fail-on = "info"', "checkout/.git/HEAD": ""})

    assert settings(tmp_path / "checkout").fail_on == "error"


def test_isolated_reads_no_file(house: Path) -> None:
    write(house, {"pmlint.toml": "nonsense = ["})

    assert Configurations(RULES, isolated=True).at(house) == Settings(root=house)


def test_every_sort_of_value(house: Path) -> None:
    text = """
        profile = "strict"
        select = ["causes", "says-hmm"]
        min-score = 70
        min-confidence = "high"
        max-megabytes = 2
        today = 2026-03-01
        force-exclude = true
        required-sections = ["impact", "root-cause"]
        date-order = "dmy"
        timezone = "Europe/Zurich"
        people = ["Ana"]
        [levels]
        says-well = "info"
        language = "off"
        [headings]
        timeline = ["Chronik", "Ablauf"]
        [per-file-ignores]
        "archive/**" = ["causes"]
        [rules.says-oops]
        word = "oh"
    """
    write(house, {"pmlint.toml": text})
    found = settings(house)

    expected = Settings(
        profile="strict",
        select=("causes", "says-hmm"),
        min_score=70,
        min_confidence=Confidence.HIGH,
        max_megabytes=2.0,
        today=date(2026, 3, 1),
        force_exclude=True,
        required_sections=("impact", "root_cause"),
        date_order="dmy",
        timezone="Europe/Zurich",
        people=("Ana",),
        levels={"says-well": Level.INFO, "language": Level.OFF},
        headings={"timeline": ("Chronik", "Ablauf")},
        per_file_ignores={"archive/**": ("causes",)},
        rules={"says-oops": {"word": "oh"}},
        root=house,
    )
    assert found == expected
    assert str(found.origin("rules.says-oops.word")) == "pmlint.toml:21"
    assert str(found.origin("levels.language")) == "pmlint.toml:15"


def test_lists_replace_except_what_only_adds_and_tables_merge(house: Path) -> None:
    base = 'select = ["causes"]\nignore = ["says-well"]\n[levels]\ncauses = "info"\nlanguage = "off"\n'
    near = 'extend = "base.toml"\nselect = ["language"]\nignore = ["says-hmm"]\n[levels]\nlanguage = "error"\n'
    write(house, {"base.toml": base, "pmlint.toml": near})
    found = settings(house, ignore=("tool",))

    assert found.select == ("language",)
    assert found.ignore == ("says-well", "says-hmm", "tool")
    assert found.levels == {"causes": Level.INFO, "language": Level.ERROR}


WRONG = [
    ("unknown key", "fail-on = 'info'\nselct = []", "pmlint.toml:2: unknown key 'selct'; did you mean 'select'?"),
    (
        "unknown rule",
        'select = [\n  "causes",\n  "says-ops",\n]',
        "pmlint.toml:3: unknown rule or family 'says-ops'; did you mean 'says-oops'?",
    ),
    (
        "unknown family to ignore",
        'ignore = ["langage"]',
        "pmlint.toml:1: unknown rule or family 'langage'; did you mean 'language'?",
    ),
    (
        "unknown rule in levels",
        '[levels]\ncauses = "info"\nsays-ooops = "off"',
        "pmlint.toml:3: unknown rule or family 'says-ooops'; did you mean 'says-oops'?",
    ),
    (
        "unknown rule in per-file-ignores",
        '[per-file-ignores]\n"a/*" = [\n"sayz-oops"]',
        "pmlint.toml:3: unknown rule or family 'sayz-oops'; did you mean 'says-oops'?",
    ),
    (
        "level that is none",
        '[levels]\n\nsays-oops = "eror"',
        "pmlint.toml:3: 'levels.says-oops': expected one of off, info, warning, error, found \"eror\";"
        " did you mean 'error'?",
    ),
    (
        "wrong type",
        'select = "causes"',
        "pmlint.toml:1: 'select': expected a list of strings, found \"causes\"",
    ),
    ("number as truth", "min-score = true", "pmlint.toml:1: 'min-score': expected a whole number, found true"),
    ("score out of range", "min-score = 101", "pmlint.toml:1: 'min-score': expected a number from 0 to 100, found 101"),
    ("no date", 'today = "soon"', "pmlint.toml:1: 'today': expected a date as 2026-01-31, found \"soon\""),
    (
        "unknown profile",
        'profile = "lightwieght"',
        "pmlint.toml:1: 'profile': expected one of auto, standard, lightweight, strict, external, security, draft,"
        " found \"lightwieght\"; did you mean 'lightweight'?",
    ),
    (
        "option of no rule",
        "[rules.says-oop]\nword = 'x'",
        "pmlint.toml:1: unknown rule 'says-oop'; did you mean 'says-oops'?",
    ),
    (
        "unknown option",
        "[rules.says-oops]\nwords = 'x'",
        "pmlint.toml:2: 'says-oops' has no option 'words'; did you mean 'word'?",
    ),
    (
        "option of a rule without any",
        "[rules.says-hmm]\nminutes = 3",
        "pmlint.toml:2: 'says-hmm' has no option 'minutes'; it has none",
    ),
    (
        "option of the wrong type",
        "[rules.says-oops]\nword = 3",
        "pmlint.toml:2: 'rules.says-oops.word': expected a string, found 3",
    ),
    (
        "kind of section that is none",
        "[headings]\ntimelin = ['Chronik']",
        "pmlint.toml:2: unknown kind of section 'timelin'; did you mean 'timeline'?",
    ),
    ("no TOML", "select = [", "pmlint.toml:1: not valid TOML"),
    ("no quotes", "fail-on = warning", "pmlint.toml:1: not valid TOML: invalid value; text stands in quotes"),
    ("no base", 'extend = "nowhere.toml"', "pmlint.toml:1: cannot read the configuration nowhere.toml: No such file"),
    ("a circle", 'extend = "pmlint.toml"', "pmlint.toml:1: 'extend' runs in a circle: pmlint.toml -> pmlint.toml"),
    (
        "inline table",
        'levels = { says-oops = "info", nope-x = "off" }',
        "pmlint.toml:1: unknown rule or family 'nope-x'",
    ),
]


@pytest.mark.parametrize(("text", "message"), [case[1:] for case in WRONG], ids=[case[0] for case in WRONG])
def test_what_is_wrong_is_said_with_its_line(house: Path, text: str, message: str) -> None:
    write(house, {"pmlint.toml": text})
    with pytest.raises(UserError) as caught:
        settings(house)

    assert str(caught.value)[: len(message)] == message


def test_a_pyproject_that_is_meant_and_broken_is_told(house: Path) -> None:
    write(house, {"pyproject.toml": '[project]\nname = "x"\n\n[tool.pmlint]\nfail-on = info\n'})

    with pytest.raises(UserError, match=r"^pyproject\.toml:5: not valid TOML: "):
        Configurations(RULES).at(Path())


def test_lines_of_a_pyproject_are_found_below_its_own_tables(house: Path) -> None:
    text = '[project]\nselect = 3\n\n[tool.pmlint]\nselect = ["nope-x"]\n'
    write(house, {"pyproject.toml": text})
    with pytest.raises(UserError) as caught:
        settings(house)

    assert str(caught.value).startswith("pyproject.toml:5: unknown rule or family 'nope-x'")


def test_a_wrong_value_on_the_command_line_names_its_option(house: Path) -> None:
    with pytest.raises(UserError) as caught:
        settings(house, today="tomorrow")

    assert str(caught.value) == '--today: expected a date as 2026-01-31, found "tomorrow"'


def test_a_circle_of_bases_is_shown(house: Path) -> None:
    write(house, {"pmlint.toml": 'extend = "a.toml"', "a.toml": 'extend = "b.toml"', "b.toml": 'extend = "a.toml"'})
    with pytest.raises(UserError) as caught:
        settings(house)

    assert str(caught.value).endswith("pmlint.toml -> a.toml -> b.toml -> a.toml")
