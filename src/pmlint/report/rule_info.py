"""What a report may say about a rule, apart from its findings."""

from collections.abc import Mapping

from msgspec import Struct

from pmlint.engine.finding import Finding
from pmlint.report.escape import line
from pmlint.report.style import Style
from pmlint.rules.problem import Confidence, Level


class RuleInfo(Struct, frozen=True):
    """The documentation of one rule in the words that it was written in."""

    name: str
    family: str
    level: Level
    """Where no profile or setting says otherwise."""
    confidence: Confidence
    summary: str
    why: str
    help: str
    sources: tuple[str, ...] = ()
    origin: str = ""
    """What brings it where it does not ship with pmlint."""
    url: str | None = None
    """Its page on the web, where it has one."""


def about(finding: Finding, rules: Mapping[str, RuleInfo]) -> RuleInfo:
    """The rule of a finding; as much as the finding tells where the rule is not among `rules`."""
    known = rules.get(finding.rule)
    if known is not None:
        return known
    return RuleInfo(
        name=finding.rule,
        family=finding.family,
        level=finding.level,
        confidence=finding.confidence,
        summary=finding.rule.replace("-", " "),
        why="",
        help=finding.help,
    )


def named(finding: Finding, rules: Mapping[str, RuleInfo], style: Style) -> str:
    """The name of a finding's rule, leading to what is written about it where the terminal can."""
    name = line(finding.rule)
    if finding.rule not in rules or rules[finding.rule].origin:
        return name  # only what ships has a page in this manual
    return style.rule(name, finding.family, finding.rule, rules[finding.rule].url)
