"""The `gitlab` format: a Code Quality report, shown in merge requests."""

from collections.abc import Iterator, Mapping
from hashlib import blake2b
from itertools import chain
from typing import Any

from pmlint.engine.finding import Crash, Finding, Run
from pmlint.report.escape import line
from pmlint.report.paths import relative
from pmlint.report.rule_info import RuleInfo
from pmlint.report.stream import json_parts
from pmlint.report.style import Style
from pmlint.rules.problem import Level

_SEVERITIES = {Level.ERROR: "major", Level.WARNING: "minor", Level.INFO: "info"}


def parts(run: Run, rules: Mapping[str, RuleInfo], *, style: Style) -> Iterator[str]:  # noqa: ARG001 (shape of all reports)
    """A JSON array of findings; a rule that crashed is one of them."""
    yield from json_parts(chain(map(_finding, run.findings), map(_crash, run.crashes)))
    yield "\n"


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "description": line(finding.message),
        "check_name": finding.rule,
        "fingerprint": _unique(finding.path, finding.fingerprint),
        "severity": _SEVERITIES[finding.level],
        "location": {
            "path": relative(finding.path),
            "lines": {"begin": finding.start.line, "end": finding.end.line},
        },
    }


def _crash(crash: Crash) -> dict[str, Any]:
    return {
        "description": line(f"the rule crashed, a fault of {crash.origin}: {crash.error}"),
        "check_name": crash.rule,
        "fingerprint": _unique(crash.path, "crash", crash.rule),
        "severity": "critical",
        "location": {"path": relative(crash.path), "lines": {"begin": 1, "end": 1}},
    }


def _unique(*parts: str) -> str:
    """GitLab takes two entries of one fingerprint for the same, also across files."""
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
