"""Silences what the author of a document has accepted, and knows which suppressions silenced nothing."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from pmlint.rules.problem import Level, Problem
from pmlint.rules.suppression import ALL, Name, Suppression
from pmlint.source import Source, Span

if TYPE_CHECKING:
    from pmlint.rules.rule import Rule

# The closing marks that may stand between quoted words and the note that they are quoted as they were.
_SIC = re.compile(r"[\s\"'”’»*_`),.;:]{0,4}\[sic\]", re.IGNORECASE)


class Found(Struct, frozen=True):
    """A problem and the rule that it comes from, not yet stamped."""

    rule: "Rule"
    problem: Problem
    level: Level


class Sifted(Struct, frozen=True):
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
    every = sorted(found, key=lambda each: (each.problem.span, each.rule.name))
    ledger = _Ledger([each for each in every if not _is_quoted(each, source)], source)
    could = frozenset(word for rule in ran for word in _words_for(rule))
    idle = set()
    for suppression in suppressions:
        if not suppression.acts or suppression.expired(today):
            continue
        for name in suppression.names or (Name(ALL, suppression.span),):
            if not ledger.silence(suppression, name.text) and name.text in could:
                idle.add(name.span)
    kept = ledger.kept()
    return Sifted(kept, len(every) - len(kept), frozenset(idle))


class _Ledger:
    """The findings in order of place, by every word that means them, and which of them are silenced."""

    def __init__(self, found: list[Found], source: Source) -> None:
        self._found = found
        self._source = source
        self._silenced = [False] * len(found)
        self._by_word: dict[str, list[int]] = {}
        for index, each in enumerate(found):
            for word in _words_for(each.rule):
                self._by_word.setdefault(word, []).append(index)

    def kept(self) -> tuple[Found, ...]:
        return tuple(each for each, gone in zip(self._found, self._silenced, strict=True) if not gone)

    def silence(self, suppression: Suppression, word: str) -> bool:
        """Silence what the suppression means by `word`; whether there was anything."""
        meant = self._pointing(suppression, word) if suppression.only is not None else self._starting(suppression, word)
        for index in meant:
            self._silenced[index] = True
        return bool(meant)

    def _starting(self, suppression: Suppression, word: str) -> list[int]:
        """The findings that start within its reach."""
        indexes, reach = self._by_word.get(word, []), suppression.reach
        low = bisect_left(indexes, reach.start, key=self._start)
        high = bisect_left(indexes, max(reach.end, reach.start + 1), key=self._start)
        return [index for index in indexes[low:high] if not self._silenced[index]]

    def _pointing(self, suppression: Suppression, word: str) -> list[int]:
        """The one finding that points at its words: in its reach, or the nearest that follows, or any."""
        words = _plain(suppression.only or "")
        found = [
            index
            for index in self._by_word.get(word, [])
            if not self._silenced[index] and words in _plain(self._source[self._found[index].problem.span])
        ]
        reach = suppression.reach
        within = [index for index in found if reach.start <= self._start(index) < max(reach.end, reach.start + 1)]
        after = [index for index in found if self._start(index) >= suppression.span.end]
        return (within or after or found)[:1]

    def _start(self, index: int) -> int:
        return self._found[index].problem.span.start


def _words_for(rule: "Rule") -> tuple[str, ...]:
    """By which words a suppression can mean the rule.

    What is said about suppressions is silenced by name only: `ignore-file` would hide that it is not needed.
    """
    return (rule.name, rule.family) if rule.family == "tool" else (rule.name, rule.family, ALL)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _is_quoted(each: Found, source: Source) -> bool:
    return each.rule.family == "language" and _SIC.match(source.text, each.problem.span.end) is not None
