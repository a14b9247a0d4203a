"""The `github` format: workflow commands that GitHub turns into annotations, and the job summary."""

from collections.abc import Iterator, Mapping

from pmlint.engine.finding import Crash, Finding, Run
from pmlint.report.concise import closing
from pmlint.report.escape import line, paragraphs, visible
from pmlint.report.markdown import compose
from pmlint.report.paths import relative
from pmlint.report.rule_info import RuleInfo
from pmlint.report.stream import rows
from pmlint.report.style import Style
from pmlint.report.tally import tally
from pmlint.rules.problem import Level

_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "notice"}
_SHOWN = 10
_SUMMARY_LIMIT = 1_000_000
"""In bytes; GitHub drops a step's summary of more than 1 MiB."""


def parts(run: Run, rules: Mapping[str, RuleInfo], *, style: Style) -> Iterator[str]:  # noqa: ARG001 (shape of all reports)
    """The gravest first, since GitHub shows only ten annotations of a kind for each step."""
    yield rows(*map(_crash, run.crashes))
    yield rows(*(f"::warning title=pmlint::{_data(line(warning))}" for warning in run.warnings))
    for finding in sorted(run.findings, key=lambda finding: -finding.level):
        yield rows(_finding(finding))
    if any(run.count(level) > _SHOWN for level in _COMMANDS):
        yield rows(f"GitHub shows {_SHOWN} annotations of a kind; the job summary has all findings")
    yield rows(closing(tally(run), style))


def job_summary(run: Run, rules: Mapping[str, RuleInfo] | None = None) -> str:
    """Markdown for the file that `GITHUB_STEP_SUMMARY` names: all findings, as far as GitHub takes them."""
    return compose(run, rules or {}, limit=_SUMMARY_LIMIT)


def _finding(finding: Finding) -> str:
    properties: dict[str, str | int] = {
        "file": relative(finding.path),
        "line": finding.start.line,
        "endLine": finding.end.line,
    }
    # GitHub refuses columns for what spans lines
    if finding.start.line == finding.end.line:
        properties |= {"col": finding.start.column, "endColumn": finding.end.column}
    properties["title"] = f"pmlint: {finding.rule}"
    return _command(_COMMANDS[finding.level], properties, paragraphs(finding.message, finding.help))


def _crash(crash: Crash) -> str:
    properties = {"file": relative(crash.path), "title": f"pmlint: {crash.rule} crashed"}
    return _command("error", properties, line(f"a fault of {crash.origin}, not of the document: {crash.error}"))


def _command(name: str, properties: Mapping[str, str | int], text: str) -> str:
    pairs = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    return f"::{name} {pairs}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(visible(text)).replace(":", "%3A").replace(",", "%2C")
