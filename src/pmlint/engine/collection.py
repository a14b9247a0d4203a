"""Runs the rules across documents, once each document has been checked by itself."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from pmlint.engine.card import Card
from pmlint.engine.check import crashed
from pmlint.engine.extra import Extra
from pmlint.engine.files import Target
from pmlint.engine.finding import Crash, Finding
from pmlint.engine.settings import Settings
from pmlint.engine.stamp import Stamper, fingerprint
from pmlint.engine.suppress import Found, sift
from pmlint.rules.digest import Across, digests
from pmlint.rules.problem import Level, Problem
from pmlint.source import Span

if TYPE_CHECKING:
    from pmlint.document.model import Postmortem
    from pmlint.rules.rule import Rule
    from pmlint.rules.suppression import Suppression


def card(
    doc: "Postmortem",
    path: str,
    rules: "Sequence[tuple[Rule, Level]]",
    stamper: Stamper,
    suppressions: "Sequence[Suppression]",
    today: date,
) -> Card | None:
    """The card of one document; None where no rule would look at it."""
    made = digests(doc, path, stamper.locate, stamper.clean) if rules else ()
    if not made:
        return None
    # Which findings there will be is known when all documents are; which of them are accepted, only the document knows.
    places = {place.span for digest in made for place in digest.places()}
    possible = [Found(rule, Problem(span, ""), level) for rule, level in rules for span in places]
    kept = set(map(_key, sift(possible, suppressions, doc.source, today, ()).kept)) if suppressions else None
    silenced = frozenset() if kept is None else frozenset(_key(each) for each in possible) - kept
    return Card(tuple((rule.name, level) for rule, level in rules), made, silenced)


def _key(found: Found) -> tuple[str, Span]:
    return found.rule.name, found.problem.span


def between(cards: Sequence[Card | None], files: Sequence[Target], rules: Mapping[str, "Rule"]) -> dict[int, Extra]:
    """What the rules across documents find, by the place of the document that shows it."""
    found: dict[int, list[Finding]] = defaultdict(list)
    silenced: Counter[int] = Counter()
    crashes: dict[int, list[Crash]] = defaultdict(list)
    for rule in rules.values():
        asked = _asked(rule, cards)
        if len(asked) < 2:
            continue
        at_path = {files[at].name: at for at in asked}
        first = min(asked)
        try:
            for each in _run(rule, [card for card, _ in asked.values()], files[first].settings):
                at = at_path[each.digest.path]
                card, level = asked[at]
                if (rule.name, each.place.span) in card.silenced:
                    silenced[at] += 1
                elif (each.problem.confidence or rule.confidence) >= files[at].settings.min_confidence:
                    found[at].append(_finding(rule, each, level, found[at]))
        except Exception as problem:
            crashes[first].append(crashed(rule, files[first].name, problem))
    return {
        at: Extra(tuple(found[at]), silenced[at], tuple(crashes[at])) for at in sorted({*found, *silenced, *crashes})
    }


def _asked(rule: "Rule", cards: Sequence[Card | None]) -> dict[int, tuple[Card, Level]]:
    """The cards of the documents that the rule is on for, with its level there."""
    if not rule.across:
        return {}
    return {
        at: (card, level)
        for at, card in enumerate(cards)
        if card is not None
        for name, level in card.levels
        if name == rule.name
    }


def _run(rule: "Rule", cards: Sequence[Card], settings: Settings) -> Iterator[Across]:
    """The problems of one rule; one answer for all needs one setting for all, that of the first document."""
    given: dict[str, Any] = {"today": settings.today or date.today(), **settings.rules.get(rule.name, {})}
    return rule.run_across(tuple(digest for card in cards for digest in card.digests), given)


def _finding(rule: "Rule", each: Across, level: Level, before: Iterable[Finding]) -> Finding:
    place, problem = each.place, each.problem
    same = sum(other.rule == rule.name and other.excerpt == place.excerpt for other in before)
    return Finding(
        rule=rule.name,
        family=rule.family,
        level=level if problem.level is None else min(level, problem.level),
        confidence=problem.confidence or rule.confidence,
        path=each.digest.path,
        span=place.span,
        start=place.start,
        end=place.end,
        message=problem.message,
        help=problem.help or rule.help,
        excerpt=place.excerpt,
        context=place.context,
        section=place.section,
        fingerprint=fingerprint(rule.name, place.excerpt, same + 1),
    )
