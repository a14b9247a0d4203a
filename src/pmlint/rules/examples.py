"""Running one rule on one example, as the tests and the writers of rules do."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from msgspec import structs

from pmlint.document.model import Kind, Postmortem
from pmlint.document.parse import parse
from pmlint.language.read import Placed, judgements
from pmlint.rules.digest import Digest, digests
from pmlint.rules.problem import Place, Problem
from pmlint.rules.rule import Example, Rule
from pmlint.source import Span

# Examples speak of overdue actions, so their day stands still.
TODAY = date(2026, 3, 1)


_KINDS = (Kind.POSTMORTEM, Kind.STATUS_UPDATE, Kind.CHECKPOINT, Kind.INCIDENT, Kind.OTHER)


def run_one(rule: Rule, text: str | Example, *, today: date = TODAY, **options: object) -> list[Problem]:
    """The problems that `rule` alone finds in a text, in order of place; of an example, with its own options.

    An example is a fragment: it is taken for a document of a kind that the rule speaks about, and never for a
    template unless the rule speaks about those.
    """
    if isinstance(text, Example):
        return run_one(rule, text.text, today=today, **{**dict(text.options), **options})
    if rule.across:
        return _between(rule, text, {"today": today, **options})
    doc = parse(text)
    changes: dict[str, Any] = {}
    if doc.kind not in rule.kinds:
        changes["kind"] = next(kind for kind in _KINDS if kind in rule.kinds)
    if not rule.templates:
        changes["is_template"] = False
    given = {"today": today, "judgements": _judgements(rule, doc), **options}
    found = [problem for part in doc.incidents or (doc,) for problem in rule.run(_as(part, changes), given)]
    return sorted(found, key=lambda problem: problem.span)


_FILE = re.compile(r"^<!-- file: (\S+) -->\n", re.MULTILINE)


def _between(rule: Rule, text: str, given: dict[str, object]) -> list[Problem]:
    """The problems between the documents of one example, each after a comment that names its file."""
    _, *parts = _FILE.split(text)
    begins = [match.end() for match in _FILE.finditer(text)]
    found: dict[str, int] = {}
    documents: list[Digest] = []
    for path, part, begin in zip(parts[::2], parts[1::2], begins, strict=True):
        doc = parse(part, path)
        found[path] = begin
        documents += digests(_as(doc, {"kind": Kind.POSTMORTEM, "is_template": False}), path, partial(_place, doc))
    return sorted(
        (
            structs.replace(each.problem, span=_moved(each.problem.span, found[each.digest.path]))
            for each in rule.run_across(tuple(documents), given)
        ),
        key=lambda problem: problem.span,
    )


def _place(doc: Postmortem, span: Span) -> Place:
    start, end = doc.source.position(span.start), doc.source.position(span.end)
    return Place(span, start, end, doc.source[span], "", None)


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def _judgements(rule: Rule, doc: Postmortem) -> Sequence[Placed]:
    if "judgements" not in rule.context:
        return ()
    return judgements([doc], named=True)[0]


def _as(doc: Postmortem, changes: dict[str, Any]) -> Postmortem:
    return replace(doc, **changes)
