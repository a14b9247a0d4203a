"""Which rules run, and at which level."""

import pytest
from msgspec.structs import replace
from tests.engine.hand_rules import hand_rules

from pmlint.engine.profiles import PROFILES
from pmlint.engine.select import levels
from pmlint.engine.settings import Settings
from pmlint.rules.problem import Level

RULES = {name: rule for name, rule in hand_rules().items() if rule.family != "tool"}
DEFAULTS = {
    "says-oops": "error",
    "says-hmm": "warning",
    "says-perhaps": "info",
    "secret-in-document": "error",
    "crashes-on-boom": "error",
}


def running(settings: Settings, profile: str = "standard", path: str = "") -> dict[str, str]:
    return {name: str(level) for name, level in levels(RULES, PROFILES[profile], settings, path).items()}


CHOICES = [
    ("nothing said", Settings(), DEFAULTS),
    ("one rule", Settings(select=("says-hmm",)), {"says-hmm": "warning"}),
    ("a family", Settings(select=("causes",)), {"says-oops": "error", "says-perhaps": "info"}),
    ("a rule that is off", Settings(select=("says-well",)), {"says-well": "warning"}),
    ("all", Settings(select=("all",)), {**DEFAULTS, "says-well": "warning"}),
    ("one more", Settings(extend_select=("learning",)), {**DEFAULTS, "says-well": "warning"}),
    (
        "a family without one of its rules",
        Settings(select=("causes",), ignore=("says-oops",)),
        {"says-perhaps": "info"},
    ),
    ("one rule of an ignored family", Settings(select=("says-oops",), ignore=("causes",)), {"says-oops": "error"}),
    ("the same word twice", Settings(select=("causes",), ignore=("causes",)), {}),
    ("all ignored", Settings(ignore=("all",)), {}),
    (
        "level of a rule",
        Settings(select=("causes",), levels={"says-oops": Level.INFO}),
        {"says-oops": "info", "says-perhaps": "info"},
    ),
    ("a level turns a rule on", Settings(levels={"says-well": Level.INFO}), {**DEFAULTS, "says-well": "info"}),
    (
        "a level turns a rule off",
        Settings(select=("causes",), levels={"says-oops": Level.OFF}),
        {"says-perhaps": "info"},
    ),
    ("the level of a family turns none on", Settings(levels={"learning": Level.ERROR}), DEFAULTS),
    (
        "a rule's level before its family's",
        Settings(select=("causes",), levels={"causes": Level.WARNING, "says-oops": Level.INFO}),
        {"says-oops": "info", "says-perhaps": "warning"},
    ),
]


@pytest.mark.parametrize(("settings", "expected"), [case[1:] for case in CHOICES], ids=[case[0] for case in CHOICES])
def test_rules_that_run(settings: Settings, expected: dict[str, str]) -> None:
    assert running(settings) == expected


FILES = [
    ("archive/2019/old.md", "archive/", True),
    ("docs/archive/old.md", "archive/**", True),
    ("docs/old.md", "*.md", True),
    ("docs/old.md", "docs/*.md", True),
    ("docs/old.md", "new.md", False),
    ("docs/old.md", "archive/", False),
]


@pytest.mark.parametrize(("path", "pattern", "ignored"), FILES, ids=[f"{path} {pattern}" for path, pattern, _ in FILES])
def test_ignored_for_some_files(path: str, pattern: str, ignored: bool) -> None:
    settings = Settings(select=("says-hmm",), per_file_ignores={pattern: ("says-hmm",)})

    assert running(settings, path=path) == ({} if ignored else {"says-hmm": "warning"})


def test_the_tool_speaks_whatever_is_selected() -> None:
    found = levels(hand_rules(), PROFILES["standard"], Settings(select=("says-hmm",)))

    assert "unreadable-document" in found


PROFILE_LEVELS = [
    ("standard", DEFAULTS),
    ("lightweight", {**DEFAULTS, "says-oops": "info", "says-hmm": "info"}),
    ("strict", {**DEFAULTS, "says-hmm": "error", "says-well": "warning"}),
    ("external", DEFAULTS),
    ("security", DEFAULTS),
    ("draft", DEFAULTS),
]


@pytest.mark.parametrize(("profile", "expected"), PROFILE_LEVELS, ids=[case[0] for case in PROFILE_LEVELS])
def test_levels_of_a_profile(profile: str, expected: dict[str, str]) -> None:
    assert running(Settings(), profile) == expected


NAMED = [
    ("draft", "missing-impact", "structure", Level.ERROR, Level.WARNING),
    ("draft", "action-without-owner", "actions", Level.ERROR, Level.WARNING),
    ("draft", "missing-luck", "response", Level.OFF, Level.OFF),
    ("draft", "missing-lessons", "learning", Level.INFO, Level.INFO),
    ("draft", "blames-person", "language", Level.ERROR, Level.ERROR),
    ("external", "internal-reference", "publication", Level.OFF, Level.WARNING),
    ("external", "secret-in-document", "publication", Level.ERROR, Level.ERROR),
    ("external", "named-individual", "language", Level.OFF, Level.WARNING),
    ("security", "missing-approval", "publication", Level.OFF, Level.ERROR),
    ("security", "unprotected-security-incident", "response", Level.WARNING, Level.ERROR),
    ("lightweight", "missing-impact", "impact", Level.ERROR, Level.ERROR),
    ("lightweight", "too-few-factors", "causes", Level.ERROR, Level.INFO),
    ("lightweight", "missing-factor-evidence", "causes", Level.OFF, Level.OFF),
    ("strict", "missing-lessons", "learning", Level.INFO, Level.INFO),
]


@pytest.mark.parametrize(
    ("profile", "name", "family", "level", "expected"), NAMED, ids=[f"{case[0]} {case[1]}" for case in NAMED]
)
def test_a_profile_changes_the_level_of_a_rule(
    profile: str, name: str, family: str, level: Level, expected: Level
) -> None:
    rule = replace(RULES["says-oops"], name=name, family=family, level=level)

    assert PROFILES[profile].level(rule) is expected
