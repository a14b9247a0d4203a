"""Findings counted by rule, as a table."""

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pmlint.engine.finding import Run


def table(run: "Run") -> str:
    """One line for each rule that found something, the most frequent first, and a line of totals."""
    count: Counter[str] = Counter()
    documents: dict[str, set[str]] = defaultdict(set)
    level: dict[str, str] = {}
    for finding in sorted(run.findings, key=lambda finding: finding.level):
        count[finding.rule] += 1
        documents[finding.rule].add(finding.path)
        level[finding.rule] = str(finding.level)
    rows = [
        (str(number), level[rule], rule, f"in {_number(len(documents[rule]), 'document')}")
        for rule, number in sorted(count.items(), key=lambda item: (-item[1], item[0]))
    ]
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(4)]
    lines = [
        f"{found:>{widths[0]}}  {grade:<{widths[1]}}  {rule:<{widths[2]}}  {where}".rstrip()
        for found, grade, rule, where in rows
    ]
    total = f"{_number(sum(count.values()), 'finding')} in {_number(len(run.documents), 'document')}"
    return "\n".join([*lines, total]) + "\n"


def _number(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
