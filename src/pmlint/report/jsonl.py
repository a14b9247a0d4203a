"""The `jsonl` format: one JSON object a line, each saying what it is a record of."""

from collections.abc import Iterator, Mapping
from typing import Any

from pmlint.engine.finding import Run
from pmlint.report import wire
from pmlint.report.escape import as_json
from pmlint.report.rule_info import RuleInfo
from pmlint.report.style import Style


def parts(run: Run, rules: Mapping[str, RuleInfo], *, style: Style) -> Iterator[str]:  # noqa: ARG001 (shape of all reports)
    """Each document followed by its findings and crashes, then the run's warnings and its summary."""
    for record in _records(run):
        yield as_json(record, indent=None) + "\n"


def _records(run: Run) -> Iterator[dict[str, Any]]:
    for document in run.documents:
        yield {"record": "document", **wire.of_document(document)}
        for finding in document.findings:
            yield {"record": "finding", **wire.of_finding(finding)}
        for crash in document.crashes:
            yield {"record": "crash", **wire.of_crash(crash)}
    for warning in run.warnings:
        yield {"record": "warning", "message": warning}
    yield {"record": "summary", "version": run.version, **wire.of_summary(run)}
