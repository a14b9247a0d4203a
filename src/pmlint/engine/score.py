"""A score from 0 to 100 for a document and for each of its dimensions; the formula is docs/reference/score.md."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from pmlint.engine.finding import Finding
from pmlint.rules.problem import Level

WEIGHTS = {
    "structure": 10,
    "impact": 15,
    "timeline": 15,
    "causes": 20,
    "blamelessness": 15,
    "actions": 15,
    "response": 5,
    "learning": 5,
}
"""The dimensions and what each is worth, in percent of the whole."""

PENALTY = {Level.ERROR: 30.0, Level.WARNING: 10.0, Level.INFO: 2.0, Level.OFF: 0.0}
"""What the first finding of a rule takes from its dimension; each further one takes half of the one before."""

_BLAMELESSNESS = frozenset({"human-error-conclusion", "person-as-cause", "person-targeted-action", "exhortation"})


class Score(NamedTuple):
    """The score of one document."""

    overall: int
    by_dimension: tuple[tuple[str, int], ...]


def score(findings: Iterable[Finding]) -> Score:
    """The score of a document with these findings; taking one away never lowers it."""
    levels: dict[str, dict[str, list[Level]]] = defaultdict(lambda: defaultdict(list))
    for finding in findings:
        levels[dimension(finding.rule, finding.family)][finding.rule].append(finding.level)
    left = {name: max(0.0, 100 - _taken(levels[name])) for name in WEIGHTS}
    overall = sum(left[name] * weight for name, weight in WEIGHTS.items()) / sum(WEIGHTS.values())
    return Score(int(overall + 0.5), tuple((name, int(value + 0.5)) for name, value in left.items()))


def dimension(rule: str, family: str) -> str:
    """The dimension that a rule counts in; empty where it is about the file and not about the postmortem."""
    if family == "language" or rule in _BLAMELESSNESS:
        return "blamelessness"
    return family if family in WEIGHTS else ""


def _taken(by_rule: dict[str, list[Level]]) -> float:
    return sum(
        PENALTY[level] * 0.5**earlier
        for levels in by_rule.values()
        for earlier, level in enumerate(sorted(levels, reverse=True))
    )
