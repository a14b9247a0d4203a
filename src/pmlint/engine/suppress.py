"""Silences what the author of a document has accepted, and knows which suppressions silenced nothing."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pmlint.rules.problem import Level, Problem
from pmlint.rules.suppression import ALL, Name, Suppression
from pmlint.source import Source, Span

if TYPE_CHECKING:
    from pmlint.rules.rule import Rule

# The closing marks that may stand between quoted words and the note that they are quoted as they were.
_SIC = re.compile(r"[\s\"'”’»*_`),.;:]{0,4}\[sic\]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """A problem and the rule that it comes from, not yet stamped."""

    rule: "Rule"
    problem: Problem
    level: Level


@dataclass(frozen=True, slots=True)
class Sifted:
    """What is left of the problems, and which suppressions did their work."""

    kept: tuple[Found, ...]
    silenced: int
    idle: frozenset[Span]
    """The names, or whole comments, that silenced nothing although a rule that they mean ran."""


def sift(
    found: Iterable[Found],
    suppressions: Iterable[Suppression],
    source: Source,
    today: date,
    ran: Iterable["Rule"],
) -> Sifted:
    """Take out what is suppressed; a rule that did not run leaves its suppressions neither used nor unused."""
    left = sorted(found, key=lambda each: (each.problem.span, each.rule.name))
    before = len(left)
    left = [each for each in left if not _is_quoted(each, source)]
    idle = set()
    could = frozenset(word for rule in ran for word in (rule.name, rule.family, ALL))
    for suppression in suppressions:
        if not suppression.acts or suppression.expired(today):
            continue
        for name in suppression.names or (Name(ALL, suppression.span),):
            meant = list(_meant(left, suppression, name, source))
            if not meant and name.text in could:
                idle.add(name.span)
            left = [each for each in left if not any(each is silenced for silenced in meant)]
    return Sifted(tuple(left), before - len(left), frozenset(idle))


def _meant(left: list[Found], suppression: Suppression, name: Name, source: Source) -> Iterator[Found]:
    """The findings that one name of a suppression silences."""
    matching = [each for each in left if _names(each.rule, name.text)]
    if suppression.only is None:
        yield from (each for each in matching if _starts_in(each, suppression.reach))
        return
    # The words say which finding is meant, so it need not be the next block: the nearest one that follows will do.
    words = _plain(suppression.only)
    pointing = [each for each in matching if words in _plain(source[each.problem.span])]
    within = [each for each in pointing if _starts_in(each, suppression.reach)]
    after = [each for each in pointing if each.problem.span.start >= suppression.span.end]
    yield from (within or after or pointing)[:1]


def _names(rule: "Rule", word: str) -> bool:
    if word == ALL:
        # What is said about suppressions is silenced by name only: `ignore-file` would hide that it is not needed.
        return rule.family != "tool"
    return word in (rule.name, rule.family)


def _starts_in(each: Found, reach: Span) -> bool:
    return reach.start <= each.problem.span.start <= max(reach.end - 1, reach.start)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _is_quoted(each: Found, source: Source) -> bool:
    return each.rule.family == "language" and _SIC.match(source.text, each.problem.span.end) is not None
