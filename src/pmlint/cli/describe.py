"""What the reports may say about the rules."""

from pmlint.report import RuleInfo


def infos() -> dict[str, RuleInfo]:
    """Every shipped rule, as the reports know it."""
    from pmlint.engine.run import shipped

    return {
        rule.name: RuleInfo(
            name=rule.name,
            family=rule.family,
            level=rule.level,
            confidence=rule.confidence,
            summary=rule.summary,
            why=rule.why,
            help=rule.help,
            sources=rule.sources,
        )
        for rule in shipped().values()
    }
