"""The `grouped` format: the findings of each document as a table under its name."""

from collections.abc import Iterator, Mapping

from pmlint.engine.finding import Checked, Run
from pmlint.report.concise import closing, notes
from pmlint.report.escape import line, place
from pmlint.report.rule_info import RuleInfo, about
from pmlint.report.style import Style
from pmlint.report.tally import levels_of


def render(run: Run, rules: Mapping[str, RuleInfo], *, style: Style) -> str:
    """A line for each finding, in columns: place, level, rule, message."""
    lines: list[str] = []
    for document in run.documents:
        if document.findings:
            lines += [*_document(document, rules, style), ""]
    said = list(notes(run, style))
    lines += [*said, ""] if said else []
    return "\n".join([*lines, closing(run, style)]) + "\n"


def _document(document: Checked, rules: Mapping[str, RuleInfo], style: Style) -> Iterator[str]:
    score = "" if document.score is None else f", score {document.score} of 100"
    counts = style.paint(f"{levels_of(document.findings)}{score}", "quiet")
    yield f"{style.paint(place(document.path), 'strong')}  {counts}"
    places = [f"{finding.start.line}:{finding.start.column}" for finding in document.findings]
    widest = max(map(len, places))
    longest = max(len(finding.rule) for finding in document.findings)
    for finding, where in zip(document.findings, places, strict=True):
        level = style.level(finding.level, str(finding.level).ljust(7))
        name = line(finding.rule)
        rule = style.link(name, about(finding, rules).url) + " " * (longest - len(name))
        yield f"  {where.rjust(widest)}  {level}  {rule}  {line(finding.message)}"
