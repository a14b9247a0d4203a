"""The `concise` format: one line for each finding, for eyes and editors that jump to places."""

from collections.abc import Iterator, Mapping

from pmlint.engine.finding import Finding, Run
from pmlint.report.escape import line, place
from pmlint.report.rule_info import RuleInfo, named
from pmlint.report.stream import rows
from pmlint.report.style import Style
from pmlint.report.tally import Tally, count, fixes, tally


def parts(run: Run, rules: Mapping[str, RuleInfo], *, style: Style) -> Iterator[str]:
    """`path:line:column: level rule message`, then what went wrong with the run itself, then the counts."""
    for document in run.documents:
        yield rows(*(_line(finding, rules, style) for finding in document.findings))
    yield rows(*notes(run, style), closing(tally(run), style))


def _line(finding: Finding, rules: Mapping[str, RuleInfo], style: Style) -> str:
    where = f"{place(finding.path)}:{finding.start.line}:{finding.start.column}:"
    level = style.level(finding.level, str(finding.level))
    return f"{style.file(where, finding.path)} {level} {named(finding, rules, style)} {line(finding.message)}"


def notes(run: Run, style: Style) -> Iterator[str]:
    """A line for each warning about the run and each rule that crashed."""
    for warning in run.warnings:
        yield f"{style.paint('note', 'warning')}: {line(warning)}"
    for crash in run.crashes:
        where = f"{line(crash.rule)} on {place(crash.path)}"
        yield f"{style.paint('crash', 'error')}: {where}: {line(crash.error)}"


def closing(figures: Tally, style: Style) -> str:
    """How many findings in how many documents, and what fixes did or could do about them."""
    if not figures.documents:
        return "no document was checked"
    return "; ".join([_counts(figures, style), *fixes(figures)])


def _counts(figures: Tally, style: Style) -> str:
    documents = count(figures.documents, "document")
    if not figures.findings:
        return f"{style.paint('no findings', 'good')} in {documents}"
    if figures.documents == 1:
        return f"{style.paint(figures.words, 'strong')} in {documents}"
    return f"{style.paint(figures.words, 'strong')} in {figures.with_findings} of {documents}"
