"""The `checkstyle` format: the XML of Checkstyle, which most build servers read."""

from collections.abc import Iterator, Mapping

from pmlint.engine.finding import Checked, Run
from pmlint.report.escape import line, xml
from pmlint.report.paths import relative
from pmlint.report.rule_info import RuleInfo
from pmlint.report.stream import rows
from pmlint.report.style import Style


def parts(run: Run, rules: Mapping[str, RuleInfo], *, style: Style) -> Iterator[str]:  # noqa: ARG001 (shape of all reports)
    """One `file` for each document, one `error` in it for each finding, whatever its level."""
    yield rows('<?xml version="1.0" encoding="UTF-8"?>', '<checkstyle version="4.3">')
    for document in run.documents:
        yield rows(f'  <file name="{xml(relative(document.path))}">', *_errors(document), "  </file>")
    yield rows("</checkstyle>")


def _errors(document: Checked) -> Iterator[str]:
    for finding in document.findings:
        place = f'line="{finding.start.line}" column="{finding.start.column}"'
        rule = xml(f"pmlint.{finding.family}.{finding.rule}")
        message = xml(line(finding.message))
        yield f'    <error {place} severity="{finding.level}" message="{message}" source="{rule}"/>'
    for crash in document.crashes:
        message = xml(line(f"the rule crashed, a fault of {crash.origin}: {crash.error}"))
        yield f'    <error line="1" severity="error" message="{message}" source="{xml(f"pmlint.{crash.rule}")}"/>'
