"""The `rdjson` format: reviewdog's diagnostics, for comments on a review."""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from pmlint.engine.finding import MASK, Crash, Finding, Run
from pmlint.report.escape import line, paragraphs
from pmlint.report.paths import relative
from pmlint.report.rule_info import RuleInfo, about
from pmlint.report.stream import json_parts
from pmlint.report.style import Style
from pmlint.rules.problem import Level
from pmlint.source.span import Position

_SEVERITIES = {Level.ERROR: "ERROR", Level.WARNING: "WARNING", Level.INFO: "INFO"}


def parts(run: Run, rules: Mapping[str, RuleInfo], *, style: Style) -> Iterator[str]:  # noqa: ARG001 (shape of all reports)
    """One diagnostic result with all findings."""
    found = (_finding(finding, about(finding, rules)) for finding in run.findings)
    yield from json_parts({"source": {"name": "pmlint"}, "diagnostics": chain(found, map(_crash, run.crashes))})
    yield "\n"


def _finding(finding: Finding, rule: RuleInfo) -> dict[str, Any]:
    diagnostic: dict[str, Any] = {
        "message": paragraphs(finding.message, finding.help),
        "location": {"path": relative(finding.path), "range": _range(finding, finding.start, finding.end)},
        "severity": _SEVERITIES[finding.level],
        "code": {"value": rule.name, **({"url": rule.url} if rule.url else {})},
    }
    suggestion = _suggestion(finding)
    return {**diagnostic, "suggestions": [suggestion]} if suggestion else diagnostic


def _range(finding: Finding, start: Position, end: Position) -> dict[str, Any]:
    return {"start": _position(finding, start), "end": _position(finding, end)}


def _position(finding: Finding, position: Position) -> dict[str, int]:
    """Columns in UTF-8 bytes, from 1, as reviewdog counts; the line alone where its text is not at hand."""
    text = finding.context
    if position.line != finding.start.line or not _exact(finding) or position.column > len(text) + 1:
        return {"line": position.line}
    before = text[: position.column - 1]
    if MASK in before:
        return {"line": position.line}
    return {"line": position.line, "column": len(before.encode("utf-8", "surrogatepass")) + 1}


def _exact(finding: Finding) -> bool:
    """Whether the context is the line itself, and not one with other characters for a secret."""
    if finding.start.line != finding.end.line:
        return True
    return finding.context[finding.start.column - 1 : finding.end.column - 1].split() == finding.excerpt.split()


def _suggestion(finding: Finding) -> dict[str, Any] | None:
    """The fix, where it is one edit: suggestions are taken one by one, the edits of a fix together."""
    if finding.fix is None or len(finding.fix.edits) != 1:
        return None
    (edit,) = finding.fix.edits
    place = _range(finding, edit.start, edit.end)
    if any("column" not in position for position in place.values()):
        return None
    return {"range": place, "text": edit.text}


def _crash(crash: Crash) -> dict[str, Any]:
    return {
        "message": line(f"the rule crashed, a fault of {crash.origin}: {crash.error}"),
        "location": {"path": relative(crash.path)},
        "severity": "ERROR",
        "code": {"value": crash.rule},
    }
