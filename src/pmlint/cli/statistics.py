"""Findings counted by rule, as a table."""

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from pmlint.report.tally import count

if TYPE_CHECKING:
    from collections.abc import Container

    from pmlint.engine.finding import Run


class Row(NamedTuple):
    """What one rule found."""

    findings: int
    level: str
    """The highest that it has spoken at."""
    rule: str
    family: str
    where: str
    shipped: bool


def rows(run: "Run", shipped: "Container[str]" = ()) -> list[Row]:
    """One for each rule that found something, the most frequent first."""
    number: Counter[str] = Counter()
    documents: dict[str, set[str]] = defaultdict(set)
    last = {}
    for finding in sorted(run.findings, key=lambda finding: finding.level):
        number[finding.rule] += 1
        documents[finding.rule].add(finding.path)
        last[finding.rule] = finding
    return [
        Row(
            found,
            str(last[rule].level),
            rule,
            last[rule].family,
            f"in {count(len(documents[rule]), 'document')}",
            rule in shipped,
        )
        for rule, found in sorted(number.items(), key=lambda item: (-item[1], item[0]))
    ]


def total(run: "Run") -> str:
    """How many findings in how many documents."""
    return f"{count(len(run.findings), 'finding')} in {count(len(run.documents), 'document')}"


def table(run: "Run") -> str:
    """The rows in columns, and a line of totals."""
    cells = [(str(row.findings), row.level, row.rule, row.where) for row in rows(run)]
    widths = [max((len(row[column]) for row in cells), default=0) for column in range(4)]
    lines = [
        f"{found:>{widths[0]}}  {grade:<{widths[1]}}  {rule:<{widths[2]}}  {where}".rstrip()
        for found, grade, rule, where in cells
    ]
    return "\n".join([*lines, total(run)]) + "\n"
