"""A linter and quality gate for incident postmortems.

    import pmlint

    doc = pmlint.parse(text)
    doc.actions[0].owner

    checked = pmlint.check(text, settings=pmlint.Settings(profile="strict"))
    [(finding.rule, finding.start.line) for finding in checked.findings]

    pmlint.fix(text).text

Packages that bring rules of their own make them with `pmlint.rule` or `pmlint.read_rules`, and test them with
`pmlint.testing`.

What is listed in `__all__` is public and stays; everything else may change. Nothing here prints, reads a configuration
or touches the network unless it is asked to.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pmlint.document.published import Postmortem, parse
    from pmlint.engine.api import check, check_paths, fix, read_rules, settings_for
    from pmlint.engine.errors import UserError
    from pmlint.engine.finding import Checked, Crash, Finding, Run
    from pmlint.engine.fix import Fixed, LeftOut
    from pmlint.engine.run import catalogue
    from pmlint.engine.settings import Settings
    from pmlint.rules.place import place
    from pmlint.rules.problem import Confidence, Edit, Fix, Level, Problem, Related
    from pmlint.rules.rule import Rule, rule
    from pmlint.source.span import Position, Span

__version__ = "0.1.0"

__all__ = [
    "Checked",
    "Confidence",
    "Crash",
    "Edit",
    "Finding",
    "Fix",
    "Fixed",
    "LeftOut",
    "Level",
    "Position",
    "Postmortem",
    "Problem",
    "Related",
    "Rule",
    "Run",
    "Settings",
    "Span",
    "UserError",
    "__version__",
    "catalogue",
    "check",
    "check_paths",
    "fix",
    "parse",
    "place",
    "read_rules",
    "rule",
    "settings_for",
]

# Reading Markdown takes longer to import than most programs take to start, so a name is imported when it is first used.
_HOMES = {
    "Checked": "pmlint.engine.finding",
    "Confidence": "pmlint.rules.problem",
    "Crash": "pmlint.engine.finding",
    "Edit": "pmlint.rules.problem",
    "Finding": "pmlint.engine.finding",
    "Fix": "pmlint.rules.problem",
    "Fixed": "pmlint.engine.fix",
    "LeftOut": "pmlint.engine.fix",
    "Level": "pmlint.rules.problem",
    "Position": "pmlint.source.span",
    "Postmortem": "pmlint.document.published",
    "Problem": "pmlint.rules.problem",
    "Related": "pmlint.rules.problem",
    "Rule": "pmlint.rules.rule",
    "Run": "pmlint.engine.finding",
    "Settings": "pmlint.engine.settings",
    "Span": "pmlint.source.span",
    "UserError": "pmlint.engine.errors",
    "catalogue": "pmlint.engine.run",
    "check": "pmlint.engine.api",
    "check_paths": "pmlint.engine.api",
    "fix": "pmlint.engine.api",
    "parse": "pmlint.document.published",
    "place": "pmlint.rules.place",
    "read_rules": "pmlint.engine.api",
    "rule": "pmlint.rules.rule",
    "settings_for": "pmlint.engine.api",
}


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'pmlint' has no attribute '{name}'")
    value = globals()[name] = getattr(import_module(home), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
