"""The tests of the package, as its authors write them."""

import pytest
from acme_rules import RULES
from acme_rules.actions import retired_tracker

from pmlint import Rule, testing


@pytest.mark.parametrize("case", testing.cases(RULES), ids=str)
def test_examples(case: testing.Case) -> None:
    case.check()


@pytest.mark.parametrize("rule", RULES, ids=testing.name)
def test_documentation(rule: Rule) -> None:
    testing.assert_documented(rule)


def test_another_prefix_may_be_retired() -> None:
    testing.assert_reports(
        retired_tracker,
        "## Action items\n\n- Add an alert (@ana, OLD-12)\n- Write the runbook (@bo, ⟦WEB-3⟧)\n",
        messages=["'WEB-3' is in the tracker that was switched off"],
        retired="WEB",
    )


def test_the_package_brings_them() -> None:
    assert list(testing.installed("acme-pmlint-rules")) == ["retired-tracker", "old-status-page"]
