"""The `junit` format: a test suite for each document, for servers that show test results."""

from collections.abc import Iterator, Mapping

from pmlint.engine.finding import Checked, Finding, Run
from pmlint.report.escape import line, xml
from pmlint.report.paths import relative
from pmlint.report.rule_info import RuleInfo
from pmlint.report.stream import rows
from pmlint.report.style import Style
from pmlint.rules.problem import Level


def parts(run: Run, rules: Mapping[str, RuleInfo], *, style: Style) -> Iterator[str]:  # noqa: ARG001 (shape of all reports)
    """Errors and warnings are failures; what is only information passes, and says so in its output."""
    yield rows('<?xml version="1.0" encoding="UTF-8"?>', f'<testsuites name="pmlint" {_counts(run.documents)}>')
    for document in run.documents:
        suite = f'  <testsuite name="{xml(relative(document.path))}" {_counts((document,))}>'
        yield rows(suite, *_cases(document), "  </testsuite>")
    yield rows("</testsuites>")


def _counts(documents: tuple[Checked, ...]) -> str:
    tests = sum(len(document.findings) + len(document.crashes) or 1 for document in documents)
    failures = sum(_fails(finding) for document in documents for finding in document.findings)
    errors = sum(len(document.crashes) for document in documents)
    return f'tests="{tests}" failures="{failures}" errors="{errors}"'


def _fails(finding: Finding) -> bool:
    return finding.level >= Level.WARNING


def _cases(document: Checked) -> Iterator[str]:
    path = xml(relative(document.path))
    for finding in document.findings:
        where = f"{finding.rule} at {finding.start.line}:{finding.start.column}"
        yield f'    <testcase classname="{path}" name="{xml(where)}" file="{path}" line="{finding.start.line}">'
        message, advice = xml(line(finding.message)), xml(line(finding.help))
        if _fails(finding):
            yield f'      <failure type="{finding.level}" message="{message}">{advice}</failure>'
        else:
            yield f"      <system-out>{message}\n{advice}</system-out>"
        yield "    </testcase>"
    for crash in document.crashes:
        yield f'    <testcase classname="{path}" name="{xml(crash.rule)}" file="{path}">'
        yield f'      <error type="crash" message="{xml(line(crash.error))}"/>'
        yield "    </testcase>"
    if not document.findings and not document.crashes:
        yield f'    <testcase classname="{path}" name="pmlint" file="{path}"/>'
