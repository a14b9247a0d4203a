r"""For those who write rules: run one on a text, prove it by its own examples, and ask whether it explains itself.

    import pytest
    from acme_rules import RULES
    from pmlint import testing

    @pytest.mark.parametrize("case", testing.cases(RULES), ids=str)
    def test_examples(case):
        case.check()

    @pytest.mark.parametrize("rule", RULES, ids=testing.name)
    def test_documentation(rule):
        testing.assert_documented(rule)

    def test_only_the_old_tracker_is_pointed_at():
        testing.assert_reports(retired_tracker, "## Action items\n\n- Add an alert (⟦OLD-12⟧)\n")

What fails is an `AssertionError` that says where a text is reported and where it should be. Nothing here needs pytest.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Literal

from msgspec import Struct

from pmlint.engine.run import catalogue
from pmlint.engine.values import describe
from pmlint.rules.examples import TODAY, run_one
from pmlint.rules.problem import Problem
from pmlint.rules.prove import of_bad, of_good, of_marked, unexplained
from pmlint.rules.rule import Example, Rule

__all__ = [
    "TODAY",
    "Case",
    "assert_documented",
    "assert_reports",
    "cases",
    "installed",
    "name",
    "run_rule",
]


def run_rule(rule: Rule, text: str, *, today: date = TODAY, **options: object) -> tuple[Problem, ...]:
    """The problems that `rule` alone finds in `text`, in order of place.

    The text may be a fragment: it is taken for a document of a kind that the rule speaks about. `options` are those of
    the rule, by the names of its parameters; due dates are compared with `today`, which stands still unless it is said.
    """
    return tuple(run_one(rule, text, today=today, **options))


def assert_reports(
    rule: Rule, marked: str, *, messages: Sequence[str] | None = None, today: date = TODAY, **options: object
) -> None:
    """Assert that `rule` reports exactly the words that stand between the marks ⟦ ⟧, and nothing where there are none.

    The text is dedented first, so that it can stand in a test as it would in a function. Where `messages` are given,
    they are compared too, in order of place.
    """
    example = Example((marked, "", options) if options else marked)
    _raise(of_marked(rule, example, today=today), f"'{rule.name}' does not report what is marked")
    if messages is not None:
        found = [problem.message for problem in run_one(rule, example, today=today)]
        wrong = [f"the messages are {found!r}, and should be {list(messages)!r}"] if found != list(messages) else []
        _raise(wrong, f"'{rule.name}' says something else")


class Case(Struct, frozen=True):
    """One example of a rule, as a test."""

    rule: Rule
    kind: Literal["bad", "good"]
    number: int
    example: Example

    def __str__(self) -> str:
        return f"{self.rule.name}-{self.kind}-{self.number}"

    def check(self) -> None:
        """Assert that the rule reports what the example marks, and fixes it as the example shows."""
        name = f"{self.kind} example {self.number}"
        failures = of_bad if self.kind == "bad" else of_good
        _raise(failures(self.rule, self.example, name), f"an example of '{self.rule.name}' does not hold")


def cases(rules: Rule | Iterable[Rule] | Mapping[str, Rule]) -> list[Case]:
    """Every example of one rule or of several, each of which is a test of its own."""
    several = (rules,) if isinstance(rules, Rule) else rules.values() if isinstance(rules, Mapping) else rules
    found = []
    for rule in several:
        found += [Case(rule, "bad", number, example) for number, example in enumerate(rule.bad, start=1)]
        found += [Case(rule, "good", number, example) for number, example in enumerate(rule.good, start=1)]
    return found


def assert_documented(rule: Rule) -> None:
    """Assert that `rule` says of itself what `pmlint explain` shows: what, why, what is better, and each option."""
    unread = [
        f"the option '{option.name}' is of a type that no configuration can give: {option.type!r}"
        for option in rule.options
        if describe(option.type) == "a value"
    ]
    _raise((*unexplained(rule), *unread), f"'{rule.name}' does not explain itself")


def installed(package: str) -> dict[str, Rule]:
    """The rules that an installed package brings, by name, as a run of pmlint finds them.

    Empty where its entry points name none; `pmlint.UserError` where they cannot be used.
    """
    wanted = _normal(package)
    return {name: rule for name, rule in catalogue().items() if _normal(rule.origin.partition(" ")[0]) == wanted}


def name(rule: Rule) -> str:
    """What to call the test of a rule."""
    return rule.name


def _normal(package: str) -> str:
    return package.replace("_", "-").replace(".", "-").lower()


def _raise(failures: Iterable[str], what: str) -> None:
    said = list(failures)
    if said:
        raise AssertionError("\n  ".join((f"{what}:", *said)))
