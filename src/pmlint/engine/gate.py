"""Whether a document may pass."""

from pmlint.engine.finding import Finding
from pmlint.engine.settings import Settings
from pmlint.rules.problem import Level


def closes(findings: tuple[Finding, ...], scored: int | None, settings: Settings) -> tuple[str, ...]:
    """Why these findings and this score close the gate; empty where it stays open."""
    reasons = []
    if settings.fail_on != "never":
        least = Level[settings.fail_on.upper()]
        count = sum(finding.level >= least for finding in findings)
        if count:
            noun = "finding" if count == 1 else "findings"
            reasons.append(f"{count} {noun} at level {least}{' or above' if least < Level.ERROR else ''}")
    if settings.min_score is not None and scored is not None and scored < settings.min_score:
        reasons.append(f"the score is {scored}, below {settings.min_score}")
    return tuple(reasons)
