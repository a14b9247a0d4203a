"""The `json` format: one object for the whole run."""

from collections.abc import Mapping

from pmlint.engine.finding import Run
from pmlint.report import wire
from pmlint.report.escape import as_json
from pmlint.report.rule_info import RuleInfo
from pmlint.report.style import Style


def render(run: Run, rules: Mapping[str, RuleInfo], *, style: Style) -> str:  # noqa: ARG001 (shape of all reports)
    """The run as JSON."""
    return as_json(wire.of_run(run)) + "\n"
