"""What every rule has to say of itself, and what the catalogue refuses."""

import re

import pytest
from msgspec.structs import replace

from pmlint.rules.catalogue import catalogue, collect
from pmlint.rules.families import FAMILIES
from pmlint.rules.load import RuleFileError
from pmlint.rules.rule import Rule

RULES = list(catalogue().values())
NAMES = [rule.name for rule in RULES]


def any_rule(**changes: object) -> Rule:
    return replace(RULES[0], **changes)


def test_rules_are_ordered_by_family_and_name() -> None:
    assert [(rule.family, rule.name) for rule in RULES] == sorted(
        ((rule.family, rule.name) for rule in RULES), key=lambda pair: (FAMILIES.index(pair[0]), pair[1])
    )


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_summary_is_one_sentence(rule: Rule) -> None:
    assert re.fullmatch(r"[A-Z\"`][^\n]{10,150}\.", rule.summary), rule.summary


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_why_is_a_reason_and_not_the_summary_again(rule: Rule) -> None:
    assert len(rule.why.split()) >= 12
    assert rule.summary not in rule.why


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_help_is_a_clause(rule: Rule) -> None:
    assert not rule.help.endswith(".")
    assert not rule.help[:1].isupper() or rule.help.split()[0].isupper()
    assert "please" not in rule.help.lower()


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_every_bad_example_has_a_mark_and_no_good_one_has(rule: Rule) -> None:
    assert all(example.spans for example in rule.bad)
    assert not any(example.spans for example in rule.good)


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_options_say_what_they_are(rule: Rule) -> None:
    assert [option.name for option in rule.options if not option.help] == []


def test_one_name_is_one_rule() -> None:
    with pytest.raises(RuleFileError, match=r"b\.toml: \[missing-thing\]: is defined in a\.toml already"):
        collect([("a.toml", any_rule(name="missing-thing")), ("b.toml", any_rule(name="missing-thing"))])


def test_a_rule_that_two_modules_share_is_one_rule() -> None:
    rule = any_rule()

    assert collect([("a.py", rule), ("b.py", rule)]) == {rule.name: rule}


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        pytest.param({"good": ()}, "good: is missing", id="no good example"),
        pytest.param({"bad": ()}, "bad: is missing", id="no bad example"),
        pytest.param({"why": ""}, "why: is missing", id="no reason"),
        pytest.param({"name": "Missing_Thing"}, "lower case with hyphens", id="name in another style"),
        pytest.param({"name": "missing-"}, "lower case with hyphens", id="name that ends in a hyphen"),
        pytest.param({"family": "structures"}, "`structures` is no family", id="unknown family"),
    ],
)
def test_an_incomplete_rule_does_not_load(changes: dict[str, object], complaint: str) -> None:
    with pytest.raises(RuleFileError, match=complaint):
        collect([("a.toml", any_rule(**changes))])
