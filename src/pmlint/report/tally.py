"""A run in figures, and the words for them."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from pmlint.engine.finding import Finding, Run
from pmlint.rules.problem import Level


class Tally(NamedTuple):
    """What a run counts up to."""

    documents: int
    with_findings: int
    errors: int
    warnings: int
    infos: int
    suppressed: int
    baselined: int
    unchanged: int
    fixed: int
    fixable: int
    """Of the findings, those that a fix is offered for."""
    safely_fixable: int
    lowest_score: int | None
    """None where no document has a score."""
    mean_score: int | None
    rules: tuple[tuple[str, int], ...]
    """The rules that fired, most often first."""

    @property
    def findings(self) -> int:
        """At all levels."""
        return self.errors + self.warnings + self.infos

    @property
    def words(self) -> str:
        """Findings by level, as "2 errors, 1 warning"."""
        return levels(self.errors, self.warnings, self.infos)


def tally(run: Run) -> Tally:
    """Count up a run."""
    scores = [document.score for document in run.documents if document.score is not None]
    findings = run.findings
    levels_found = [finding.level for finding in findings]
    rules = Counter([finding.rule for finding in findings])
    offered = [finding.fix for finding in findings if finding.fix is not None]
    return Tally(
        documents=len(run.documents),
        with_findings=sum(bool(document.findings) for document in run.documents),
        errors=levels_found.count(Level.ERROR),
        warnings=levels_found.count(Level.WARNING),
        infos=levels_found.count(Level.INFO),
        suppressed=sum(document.suppressed for document in run.documents),
        baselined=sum(document.baselined for document in run.documents),
        unchanged=sum(document.unchanged for document in run.documents),
        fixed=sum(document.fixed for document in run.documents),
        fixable=len(offered),
        safely_fixable=sum(fix.safe for fix in offered),
        lowest_score=min(scores, default=None),
        mean_score=round(sum(scores) / len(scores)) if scores else None,
        rules=tuple(sorted(rules.items(), key=lambda pair: (-pair[1], pair[0]))),
    )


def count(number: int, noun: str) -> str:
    """The number and its noun: "1 error", "2 errors"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def fixes(figures: Tally) -> list[str]:
    """What was fixed, and what could be."""
    safe, unsafe = figures.safely_fixable, figures.fixable - figures.safely_fixable
    ways = [f"{safe} can be fixed by --fix"] if safe else []
    if unsafe:
        ways.append(f"{unsafe} {'more by' if safe else 'can be fixed by --fix'} --unsafe-fixes")
    return [f"{figures.fixed} fixed"] * bool(figures.fixed) + [", ".join(ways)] * bool(ways)


def levels(errors: int, warnings: int, infos: int) -> str:
    """The counts that are not zero; "no findings" where all are."""
    parts = [count(errors, "error") if errors else "", count(warnings, "warning") if warnings else ""]
    parts.append(f"{infos} info" if infos else "")
    return ", ".join(filter(None, parts)) or "no findings"


def levels_of(findings: Iterable[Finding]) -> str:
    """The counts of some findings in words."""
    found = [finding.level for finding in findings]
    return levels(found.count(Level.ERROR), found.count(Level.WARNING), found.count(Level.INFO))
