"""The `sarif` format: SARIF 2.1.0, as code scanning services read it."""

from collections.abc import Iterator, Mapping
from typing import Any

from pmlint.engine.finding import Checked, Crash, Finding, PlacedFix, Run
from pmlint.report.escape import paragraphs
from pmlint.report.paths import uri
from pmlint.report.rule_info import RuleInfo, about
from pmlint.report.stream import json_parts
from pmlint.report.style import Style
from pmlint.rules.problem import Confidence, Level
from pmlint.source.span import Position

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "note", Level.OFF: "none"}
# GitHub's own properties of a rule, by which it filters and sorts.
_SEVERITIES = {
    Level.ERROR: "error",
    Level.WARNING: "warning",
    Level.INFO: "recommendation",
    Level.OFF: "recommendation",
}
_PRECISIONS = {Confidence.HIGH: "high", Confidence.MEDIUM: "medium", Confidence.LOW: "low"}
_LONGEST_DESCRIPTION = 1024
"""In characters; GitHub refuses longer ones."""


def parts(run: Run, rules: Mapping[str, RuleInfo], *, style: Style) -> Iterator[str]:  # noqa: ARG001 (shape of all reports)
    """The run as one SARIF log with one run."""
    used = {finding.rule: about(finding, rules) for finding in run.findings}
    index = {name: number for number, name in enumerate(sorted(used))}
    only = {
        "tool": {"driver": _driver(run, [used[name] for name in index])},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(run)],
        "artifacts": map(_artifact, run.documents),
        "results": (_result(finding, index[finding.rule]) for finding in run.findings),
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": iter([only])}
    yield from json_parts(log)
    yield "\n"


def _driver(run: Run, rules: list[RuleInfo]) -> dict[str, Any]:
    return {"name": "pmlint", "version": run.version, "rules": [_rule(rule) for rule in rules]}


def _rule(rule: RuleInfo) -> dict[str, Any]:
    explain = f"pmlint explain {rule.name}"
    why = rule.why or rule.summary
    markdown = [rule.summary, f"**Why:** {why}"] if rule.why else [rule.summary]
    markdown += [f"**What good looks like:** {rule.help}"] if rule.help else []
    markdown.append(f"More: `{explain}`")
    described = {
        "id": rule.name,
        "shortDescription": {"text": _cut(rule.summary)},
        "fullDescription": {"text": _cut(why)},
        "help": {"text": f"{rule.help}\n\nMore: {explain}".strip(), "markdown": "\n\n".join(markdown)},
        "defaultConfiguration": {"level": _LEVELS[rule.level], "enabled": rule.level is not Level.OFF},
        "properties": {
            "tags": ["postmortem", rule.family],
            "precision": _PRECISIONS[rule.confidence],
            "problem.severity": _SEVERITIES[rule.level],
        },
    }
    return {**described, "helpUri": rule.url} if rule.url else described


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_DESCRIPTION else text[: _LONGEST_DESCRIPTION - 1] + "…"


def _result(finding: Finding, index: int) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": _LEVELS[finding.level],
        "message": _message(finding.message, finding.help),
        "locations": [_location(finding.path, finding.start, finding.end)],
        "partialFingerprints": {"pmlint/v1": finding.fingerprint},
        "properties": {"family": finding.family, "confidence": str(finding.confidence)},
    }
    if finding.related:
        result["relatedLocations"] = [
            {
                "id": number,
                **_location(finding.path, place.start, place.end),
                **({"message": _message(place.message)} if place.message else {}),
            }
            for number, place in enumerate(finding.related, start=1)
        ]
    if finding.fix is not None:
        result["fixes"] = [_fix(finding.path, finding.fix)]
    return result


def _message(*texts: str) -> dict[str, str]:
    """Plain text. `[words](target)` would be a link in SARIF, and nothing from a document may become one."""
    return {"text": paragraphs(*texts).replace("](", "] (")}


def _location(path: str, start: Position, end: Position) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": {"uri": uri(path)}, "region": _region(start, end)}}


def _region(start: Position, end: Position) -> dict[str, int]:
    return {"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column}


def _fix(path: str, fix: PlacedFix) -> dict[str, Any]:
    replacements = [
        {"deletedRegion": _region(edit.start, edit.end), "insertedContent": {"text": edit.text}} for edit in fix.edits
    ]
    return {
        "description": _message(fix.title),
        "artifactChanges": [{"artifactLocation": {"uri": uri(path)}, "replacements": replacements}],
    }


def _artifact(document: Checked) -> dict[str, Any]:
    return {
        "location": {"uri": uri(document.path)},
        "properties": {
            "kind": document.kind,
            "profile": document.profile,
            "score": document.score,
            "scores": dict(document.scores),
        },
    }


def _invocation(run: Run) -> dict[str, Any]:
    said = [{"level": "warning", "message": _message(warning)} for warning in run.warnings]
    return {
        "executionSuccessful": not run.crashes,
        "toolExecutionNotifications": [*map(_crash, run.crashes), *said],
    }


def _crash(crash: Crash) -> dict[str, Any]:
    return {
        "level": "error",
        "message": _message(f"rule {crash.rule} crashed: {crash.error}"),
        "associatedRule": {"id": crash.rule},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri(crash.path)}}}],
    }
