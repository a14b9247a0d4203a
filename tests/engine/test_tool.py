"""The rules about the file itself, by the examples that they are documented with."""

import pytest

from pmlint.rules import tool
from pmlint.rules.examples import run_one
from pmlint.rules.rule import Example, Rule

RULES = [value for value in vars(tool).values() if isinstance(value, Rule)]
BAD = [pytest.param(rule, each, id=f"{rule.name}-{n}") for rule in RULES for n, each in enumerate(rule.bad, 1)]
FIXED = [each for each in BAD if isinstance(each.values[1], Example) and each.values[1].fixed is not None]
GOOD = [pytest.param(rule, each, id=f"{rule.name}-{n}") for rule in RULES for n, each in enumerate(rule.good, 1)]
KNOWN = frozenset({"vague-action", "actions"})


@pytest.mark.parametrize(("rule", "example"), BAD)
def test_bad_example_is_found_where_marked(rule: Rule, example: Example) -> None:
    assert [problem.span for problem in run_one(rule, example, known=KNOWN)] == list(example.spans)


@pytest.mark.parametrize(("rule", "example"), GOOD)
def test_good_example_is_silent(rule: Rule, example: Example) -> None:
    assert run_one(rule, example, known=KNOWN) == []


@pytest.mark.parametrize(("rule", "example"), FIXED)
def test_fix_gives_the_documented_text(rule: Rule, example: Example) -> None:
    text = example.text
    problems = run_one(rule, example, known=KNOWN)
    for edits in {problem.fix.edits for problem in problems if problem.fix}:
        for edit in sorted(edits, key=lambda edit: edit.span, reverse=True):
            text = text[: edit.span.start] + edit.text + text[edit.span.end :]

    assert text == example.fixed
