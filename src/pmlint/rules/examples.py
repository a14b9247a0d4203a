"""Running one rule on one example, as the tests and the writers of rules do."""

from collections.abc import Sequence
from datetime import date

from pmlint.document.model import Kind, Postmortem
from pmlint.document.parse import parse
from pmlint.language.read import Placed, judgements
from pmlint.rules.problem import Problem
from pmlint.rules.rule import Rule

# Examples speak of overdue actions, so their day stands still.
TODAY = date(2026, 3, 1)


_KINDS = (Kind.POSTMORTEM, Kind.STATUS_UPDATE, Kind.CHECKPOINT, Kind.INCIDENT, Kind.OTHER)


def run_one(rule: Rule, text: str, *, today: date = TODAY, **options: object) -> list[Problem]:
    """The problems that `rule` alone finds in `text`, in order of place.

    An example is a fragment: it is taken for a document of a kind that the rule speaks about, and never for a
    template unless the rule speaks about those.
    """
    doc = parse(text)
    changes: dict[str, object] = {}
    if doc.kind not in rule.kinds:
        changes["kind"] = next(kind for kind in _KINDS if kind in rule.kinds)
    if not rule.templates:
        changes["is_template"] = False
    given = {"today": today, "judgements": _judgements(rule, doc), **options}
    found = [problem for part in doc.incidents or (doc,) for problem in rule.run(_as(part, changes), given)]
    return sorted(found, key=lambda problem: problem.span)


def _judgements(rule: Rule, doc: Postmortem) -> Sequence[Placed]:
    if "judgements" not in rule.context:
        return ()
    return judgements([doc])[0]


def _as(doc: Postmortem, changes: dict[str, object]) -> Postmortem:
    return doc.model_copy(update=changes)
