"""What the reports may say about the rules."""

from pmlint.engine.catalogue import Catalogue
from pmlint.report import RuleInfo
from pmlint.rules.problem import Confidence, Level


def infos(rules: Catalogue) -> dict[str, RuleInfo]:
    """Every rule but those of the house, as the reports know it."""
    found = {}
    for told in rules.told:
        fixed = {
            "level": Level(told["level"]),
            "confidence": Confidence(told["confidence"]),
            "sources": tuple(told["sources"]),
        }
        found[told["name"]] = RuleInfo(**{**told, **fixed})
    return found
