"""Each rule is tested by the examples that it is documented with."""

import pytest
from _pytest.mark import ParameterSet

from pmlint.rules.catalogue import catalogue
from pmlint.rules.examples import run_one
from pmlint.rules.rule import Example, Rule

# What the engine finds before or beside the rules has its own tests.
RULES = [rule for rule in catalogue().values() if rule.family != "tool"]


def examples(which: str) -> list[ParameterSet]:
    return [
        pytest.param(rule, example, id=f"{rule.name}-{which}-{number}")
        for rule in RULES
        for number, example in enumerate(getattr(rule, which), start=1)
    ]


def fixable_examples() -> list[ParameterSet]:
    return [
        pytest.param(rule, example, id=f"{rule.name}-fix-{number}")
        for rule in RULES
        for number, example in enumerate(rule.bad, start=1)
        if example.fixed is not None
    ]


@pytest.mark.parametrize(("rule", "example"), examples("bad"))
def test_bad_example_is_found_where_marked(rule: Rule, example: Example) -> None:
    found = [problem.span for problem in run_one(rule, example)]

    marked = [example.text[start:end] for start, end in example.spans]
    assert (marked, list(example.spans)) == ([example.text[start:end] for start, end in found], found)


@pytest.mark.parametrize(("rule", "example"), examples("good"))
def test_good_example_is_silent(rule: Rule, example: Example) -> None:
    assert [problem.message for problem in run_one(rule, example)] == []


@pytest.mark.parametrize(("rule", "example"), fixable_examples())
def test_fix_gives_the_documented_text(rule: Rule, example: Example) -> None:
    text = example.text
    edits = [edit for problem in run_one(rule, example) if problem.fix for edit in problem.fix.edits]
    for edit in sorted(edits, key=lambda edit: edit.span, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]

    assert example.fixed == text
