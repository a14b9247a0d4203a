"""Results of checks as values that can be kept, and the keys that they are kept by."""

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from hashlib import blake2b
from importlib.util import find_spec
from typing import Any

from pmlint.engine.finding import Checked, Finding, PlacedEdit, PlacedFix, RelatedPlace
from pmlint.engine.settings import Settings
from pmlint.rules.problem import Confidence, Level
from pmlint.source.span import Position, Span

Exists = Callable[[str], bool]
"""Whether there is a file at a path relative to the document."""
Answers = tuple[tuple[str, bool], ...]
"""What a check asked about the files beside the document, and was told."""


class Asked:
    """Asks on, and remembers what the answers were: they are part of what a result came from."""

    def __init__(self, exists: Exists) -> None:
        self._exists = exists
        self._answers: dict[str, bool] = {}

    def __call__(self, path: str) -> bool:
        if path not in self._answers:
            self._answers[path] = self._exists(path)
        return self._answers[path]

    @property
    def answers(self) -> Answers:
        """Each path once, in the order of the questions."""
        return tuple(self._answers.items())


def manner(settings: Settings, rules: str) -> str:
    """All that decides a result besides the document: the settings, the day, and where the rules come from."""
    # What a path means to the patterns depends on the folder that it is relative to.
    folder = os.getcwd() if settings.per_file_ignores else ""  # noqa: PTH109 - a string as it is
    model = _installed(settings.nlp.get("model"))
    return f"{rules} {model} {folder} {replace(settings, today=settings.today or date.today())!r}"


def _installed(model: str | None) -> str:
    """Which pipeline a name stands for: one that is installed or replaced between two runs reads differently."""
    if model is None or not model.isidentifier():
        return ""  # a dotted name would import its parent only to be looked up
    try:
        found = find_spec(model)
    except (ImportError, ValueError):
        found = None
    place = found.origin if found else model
    try:
        return f"{place} {os.stat(place or model).st_mtime_ns}"  # noqa: PTH116 - a string as it is
    except OSError:
        return ""


def digest(data: bytes) -> str:
    """What stands for the content of a document."""
    return blake2b(data, digest_size=16).hexdigest()


def key(manner: str, name: str, content: str) -> str:
    """What the result for one document is kept by; its name counts, since it may hold the day of the incident."""
    return f"{manner}\0{name}\0{content}"


def pack(checked: Checked, answers: Answers) -> list[Any]:
    """A result as a value that JSON can hold."""
    said: dict[str, int] = {}

    def number(text: str) -> int:
        """Each long text once: findings of one rule share their help, those of one paragraph its words."""
        return said.setdefault(text, len(said))

    findings = [
        (
            each.rule,
            each.family,
            each.level,
            each.confidence,
            (*each.span, *each.start, *each.end),
            each.message,
            number(each.help),
            each.excerpt,
            number(each.context),
            each.section,
            each.fingerprint,
            each.fix and _packed_fix(each.fix),
            [(*place.span, *place.start, *place.end, place.message, number(place.context)) for place in each.related],
        )
        for each in checked.findings
    ]
    rest = (
        checked.kind,
        checked.profile,
        checked.profile_reason,
        checked.score,
        checked.scores,
        checked.suppressed,
        checked.skipped,
        checked.closes,
        checked.secrets,
    )
    return [answers, rest, findings, list(said)]


def _packed_fix(fix: PlacedFix) -> Any:
    return [(*edit.span, *edit.start, *edit.end, edit.text) for edit in fix.edits], fix.title, fix.safe, fix.leaves


def unpack(packed: Any, path: str, exists: Exists | None) -> Checked | None:
    """The result that was packed; None where the files beside the document are not as they were, and for any other."""
    try:
        answers, rest, findings, said = packed
        if any(exists is None or exists(asked) != answer for asked, answer in answers):
            return None
        kind, profile, reason, score, scores, suppressed, skipped, closes, secrets = rest
        return Checked(
            path=path,
            kind=kind,
            profile=profile,
            profile_reason=reason,
            findings=tuple(_finding(row, path, said) for row in findings),
            score=score,
            scores=tuple((name, value) for name, value in scores),
            suppressed=suppressed,
            skipped=tuple((name, why) for name, why in skipped),
            closes=tuple(closes),
            secrets=None if secrets is None else tuple(Span(*span) for span in secrets),
        )
    except (TypeError, ValueError, LookupError):
        return None


_LEVELS = {int(level): level for level in Level}
_CONFIDENCES = {int(confidence): confidence for confidence in Confidence}


def _finding(row: Any, path: str, said: Sequence[str]) -> Finding:
    rule, family, level, confidence, at, message, taught, excerpt, context, section, fingerprint, fix, related = row
    return Finding(
        rule,
        family,
        _LEVELS[level],
        _CONFIDENCES[confidence],
        path,
        *_places(*at),
        message,
        said[taught],
        excerpt,
        said[context],
        section,
        fingerprint,
        _fix(*fix) if fix else None,
        tuple(RelatedPlace(*_places(*place[:6]), place[6], said[place[7]]) for place in related),
    )


def _fix(edits: Any, title: str, safe: bool, leaves: Sequence[str]) -> PlacedFix:
    return PlacedFix(tuple(PlacedEdit(*_places(*edit[:6]), edit[6]) for edit in edits), title, safe, tuple(leaves))


def _places(
    start: int, end: int, line: int, column: int, end_line: int, end_column: int
) -> tuple[Span, Position, Position]:
    return Span(start, end), Position(line, column), Position(end_line, end_column)
