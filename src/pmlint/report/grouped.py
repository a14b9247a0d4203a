"""The `grouped` format: the findings of each document as a table under its name, section by section."""

from collections.abc import Iterator, Mapping
from itertools import groupby

from pmlint.engine.finding import Checked, Finding, Run
from pmlint.report.concise import closing, notes
from pmlint.report.escape import columns, line, place
from pmlint.report.rule_info import RuleInfo, named
from pmlint.report.stream import rows
from pmlint.report.style import Style, bare
from pmlint.report.summary import next_step, wrap
from pmlint.report.tally import Tally, levels_of, tally

_LEVEL = 7
_LEAST_ROOM = 36
"""Columns in which a message can be read; where fewer are left beside the rule, it stands below."""


def parts(run: Run, rules: Mapping[str, RuleInfo], *, style: Style) -> Iterator[str]:
    """A line for each finding, in columns: place, level, rule, message."""
    for document in run.documents:
        if document.findings:
            yield rows(*_document(document, rules, style), "")
    said = list(notes(run, style))
    figures = tally(run)
    yield rows(*said, *([""] if said else []), *_ending(figures, style), *next_step(run, figures, style))


def _ending(figures: Tally, style: Style) -> list[str]:
    """The counts on one line, or a line for each of its clauses where they are wider than the terminal."""
    whole = closing(figures, style)
    if not style.terminal or columns(bare(whole)) <= style.width:
        return [whole]
    *clauses, last = whole.split("; ")
    return [*(f"{clause};" for clause in clauses), last]


def _document(document: Checked, rules: Mapping[str, RuleInfo], style: Style) -> Iterator[str]:
    score = "" if document.score is None else f", score {document.score} of 100"
    name, counts = place(document.path), f"{levels_of(document.findings)}{score}"
    title, about_it = style.file(style.paint(name, "strong"), document.path), style.paint(counts, "quiet")
    if not style.terminal or columns(name) + 2 + len(counts) <= style.width:
        yield f"{title}  {about_it}"
    else:
        yield from (title, about_it)
    widest = max(len(_place(finding)) for finding in document.findings)
    longest = max(columns(line(finding.rule)) for finding in document.findings)
    for section, findings in groupby(document.findings, key=lambda finding: finding.section):
        # the mark in front also keeps a build service from taking a title for a command
        title = f"# {line(section)}" if section else "before the first heading"
        yield f"  {style.paint(_cut(title, style), 'quiet')}"
        for finding in findings:
            yield from _row(finding, rules, widest, longest, style)


def _cut(title: str, style: Style) -> str:
    """A title on one line of the terminal; it only says where one is."""
    room = style.width - 2
    if not style.terminal or columns(title) <= room:
        return title
    while columns(title) >= room:
        title = title[:-1]
    return title + "…"


def _place(finding: Finding) -> str:
    return f"{finding.start.line}:{finding.start.column}"


def _row(finding: Finding, rules: Mapping[str, RuleInfo], widest: int, longest: int, style: Style) -> Iterator[str]:
    name, message = line(finding.rule), line(finding.message)
    level = style.level(finding.level, str(finding.level).ljust(_LEVEL))
    rule = named(finding, rules, style)
    start = f"    {_place(finding).rjust(widest)}  {level}  {rule}"
    column = 4 + widest + 2 + _LEVEL + 2 + longest + 2
    if not style.terminal:
        yield f"{start}{' ' * (longest - columns(name))}  {message}"
    elif style.width - column >= _LEAST_ROOM:
        first, *rest = wrap(message, style.width - column)
        yield f"{start}{' ' * (longest - columns(name))}  {first}"
        yield from (" " * column + row for row in rest)
    else:
        yield start
        yield from (" " * (4 + widest + 2) + row for row in wrap(message, style.width - 6 - widest))
