"""Makes findings of problems: places, excerpts, fingerprints, and no secret in any of them."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from hashlib import blake2b
from typing import TYPE_CHECKING

from msgspec.structs import replace

from pmlint.engine.finding import Finding, PlacedFix, RelatedPlace
from pmlint.engine.hide import masked
from pmlint.engine.suppress import Found
from pmlint.rules.problem import Fix, Place, Related
from pmlint.source import Position, Source, Span

if TYPE_CHECKING:
    from pmlint.document.model import Postmortem

_EXCERPT = 240
"""Characters: enough for a sentence; the whole is in the document."""
_CONTEXT = 20_000
"""Characters of a line: a paragraph is one, but a pasted log can be one of megabytes."""


class Stamper:
    """Stamps the problems of one document.

    `secrets` are the spans of credentials: their characters never leave, whichever rule points at or quotes them.
    """

    def __init__(self, doc: "Postmortem", path: str, secrets: Iterable[Span] = ()) -> None:
        self._doc = doc
        self._source = doc.source
        self._path = path
        spans = [span for span in secrets if span.end > span.start]
        self._shown = Source(masked(doc.source.text, spans), doc.source.path) if spans else doc.source
        self._secrets = frozenset(doc.source[span] for span in spans)
        # The longest first, so that a secret within another leaves no rest behind.
        self._lengths = sorted({len(secret) for secret in self._secrets}, reverse=True)
        self._starts = [section.span.start for section in doc.sections]
        self._lines: dict[int, str] = {}
        self._seen: Counter[tuple[str, str]] = Counter()

    def stamp(self, found: Iterable[Found]) -> tuple[Finding, ...]:
        """The findings, sorted by place and rule; those that say the same of the same place become one."""
        once = {(each.rule.name, each.problem.span, each.problem.message): each for each in found}
        return tuple(self._finding(each) for _, each in sorted(once.items(), key=_place_and_rule))

    def _finding(self, each: Found) -> Finding:
        rule, problem = each.rule, each.problem
        place = self.locate(problem.span)
        return Finding(
            rule=rule.name,
            family=rule.family,
            level=each.level,
            confidence=problem.confidence or rule.confidence,
            path=self._path,
            span=problem.span,
            start=place.start,
            end=place.end,
            message=self.clean(problem.message),
            help=self.clean(problem.help or rule.help),
            excerpt=place.excerpt,
            context=place.context,
            section=place.section,
            fingerprint=self._fingerprint(rule.name, problem.span),
            fix=self._fix(problem.fix),
            related=tuple(self._related(related) for related in problem.related),
        )

    def locate(self, span: Span) -> Place:
        """The place with what a finding shows of it."""
        section = self._section(span.start)
        excerpt = self._excerpt(span)
        return Place(
            span=span,
            start=self._source.position(span.start),
            end=self._end(span),
            excerpt=excerpt if len(excerpt) <= _EXCERPT else excerpt[: _EXCERPT - 1] + "…",
            context=self._context(span),
            section=self.clean(section) if section is not None else None,
        )

    def _excerpt(self, span: Span) -> str:
        return " ".join(self._shown[span].split())

    def _end(self, span: Span) -> Position:
        """The position after the last character: on its line, also where the line ending is the last one."""
        if span.end <= span.start:
            return self._source.position(span.start)
        line, column = self._source.position(span.end - 1)
        return Position(line, column + 1)

    def _section(self, offset: int) -> str | None:
        """The title of the innermost section that holds `offset`: the last to start before it, or one around that."""
        at: int | None = bisect_right(self._starts, offset) - 1
        sections = self._doc.sections
        while at is not None and at >= 0:
            if offset < max(sections[at].span.end, sections[at].span.start + 1):
                return sections[at].title
            at = sections[at].parent
        return None

    def _context(self, span: Span) -> str:
        number = self._source.line_at(span.start)
        # A long line with many findings is kept once.
        if number not in self._lines:
            line = self._source.line(number)
            self._lines[number] = self._shown.text[line.start : min(line.end, line.start + _CONTEXT)]
        return self._lines[number]

    def _related(self, related: Related) -> RelatedPlace:
        span = related.span
        return RelatedPlace(
            span,
            self._source.position(span.start),
            self._end(span),
            self.clean(related.message),
            self._context(span),
        )

    def _fix(self, fix: Fix | None) -> PlacedFix | None:
        # One that would write a secret cannot be shown, and what cannot be shown is not done.
        if fix is None or any(self.clean(edit.text) != edit.text for edit in fix.edits):
            return None
        return PlacedFix.of(replace(fix, title=self.clean(fix.title)), self._source)

    def clean(self, text: str) -> str:
        """`text` without the secrets of the document."""
        for length in self._lengths:
            at = 0
            while at + length <= len(text):
                if text[at : at + length] in self._secrets:
                    text = text[:at] + "•" * min(length, 8) + text[at + length :]
                at += 1
        return text

    def _fingerprint(self, rule: str, span: Span) -> str:
        words = stripped(self._excerpt(span))
        self._seen[rule, words] += 1
        return fingerprint(rule, words, self._seen[rule, words])


def fingerprint(rule: str, excerpt: str, count: int) -> str:
    """Of the rule, the words, and how often the rule has pointed at these words by now: never of the place."""
    content = "\0".join((rule, stripped(excerpt), str(count)))
    return blake2b(content.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def stripped(excerpt: str) -> str:
    """The words alone, as fingerprints and baselines know them."""
    return re.sub(r"\W+", " ", excerpt.casefold()).strip()


def _place_and_rule(item: tuple[tuple[str, Span, str], Found]) -> tuple[Span, str, str]:
    (rule, span, message), _ = item
    return span, rule, message
