"""The `json` format: one object for the whole run."""

from collections.abc import Iterator, Mapping

from pmlint.engine.finding import Run
from pmlint.report import wire
from pmlint.report.rule_info import RuleInfo
from pmlint.report.stream import json_parts
from pmlint.report.style import Style


def parts(run: Run, rules: Mapping[str, RuleInfo], *, style: Style) -> Iterator[str]:  # noqa: ARG001 (shape of all reports)
    """The run as JSON."""
    yield from json_parts(wire.of_run(run))
    yield "\n"
