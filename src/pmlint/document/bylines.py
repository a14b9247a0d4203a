"""Bylines: a line under the title that tells the incident's facts in a row, few of them under a key.

`PM-88 · severity: medium · 2025-09-08 → 2025-09-11 · written by Ana Ruiz · published`
"""

import re
from collections.abc import Callable

from pmlint.document.dates import find_dates
from pmlint.document.durations import find_durations
from pmlint.document.people import is_full_name
from pmlint.document.words import canonical
from pmlint.source import Prose

_BESIDE = re.compile(r"\s+(?:[|·•‧∙/]|—)\s+")
_SENTENCES = re.compile(r"(?<!\b[A-Z])\.\s+(?=[A-Z\d])")
_PAIR = re.compile(r"([^\W\d][^:：|\n]{0,38}?)\s*[:：](?!//)[ \t]*(?=\S)")
_ID = re.compile(r"#?(?=[^\s]*\d)(?:[A-Z][A-Z0-9]{1,11}[-_ #])+[\d-]{1,12}")
_GRADE = re.compile(r"(?i)(?:SEV(?:ERITY)?[-_ ]?[0-5]|[PS][0-5])(?:\s*\([^()]*\))?")
_WORDS = frozenset({"critical", "high", "medium", "low", "major", "moderate", "minor"})
_LONGEST = 14
_FEWEST = 3
Told = tuple[Prose, Prose, str]


def byline(line: Prose, named: Callable[[str], str | None]) -> list[Told]:
    """What each part of the line says: key, value, field. None unless most of three parts or more are such facts."""
    if "\n" in line.text.strip():
        return []
    ends = [found.span() for sign in (_BESIDE, _SENTENCES) for found in sign.finditer(line.text)]
    ends.sort()
    if len(ends) < _FEWEST - 1:
        return []
    starts = [0, *(end for _, end in ends)]
    parts = [
        line.cut(start, end) for start, end in zip(starts, [*(start for start, _ in ends), len(line.text)], strict=True)
    ]
    if any(len(part.text.split()) > _LONGEST for part in parts):
        return []
    told = [fact for part in parts if part and (fact := _fact(part, named))]
    names = [name for _, _, name in told if name != "date"]
    return told if len(told) * 2 > len(parts) and len(names) == len(set(names)) else []


def _fact(part: Prose, named: Callable[[str], str | None]) -> Told | None:
    if found := _PAIR.match(part.text):
        key = part.cut(0, found.end(1))
        name = named(key.text)
        return (key, part.cut(found.end()), name) if name else None
    text = part.text.strip(" .*_")
    if name := _shape(text):
        return part, part, name
    return _opened(part, named)


def _shape(text: str) -> str | None:
    """The field that a value alone belongs to, by its shape."""
    if _GRADE.fullmatch(text) or text.casefold() in _WORDS:
        return "severity"
    if _ID.fullmatch(text):
        return "incident_id"
    if is_full_name(text.partition("(")[0].strip()) and not any(sign.isdigit() for sign in text):
        return "authors"
    if canonical("statuses", "document", text):
        return "status"
    days = find_dates(text)
    if days and days[0].start == 0 and days[-1].end == len(text):
        return "date"
    lengths = find_durations(text)
    if len(lengths) == 1 and (lengths[0].start, lengths[0].end) == (0, len(text)):
        return "duration"
    return None


def _opened(part: Prose, named: Callable[[str], str | None]) -> Told | None:
    """A part whose first words are a key: "written by Ana Ruiz", "severity medium"."""
    words = [found.end() for found in re.finditer(r"\S+", part.text)]
    for end in reversed(words[:3]):
        key = part.cut(0, end)
        value = part.cut(end)
        if value and (name := named(key.text)) and name in _SPOKEN:
            return key, _undated(value) if name in ("authors", "reviewers") else value, name
    if words and canonical("statuses", "document", part.text[: words[0]]) and find_dates(part.text[words[0] :]):
        return part, part.cut(0, words[0]), "status"  # "Approved 2025-04-22 by the committee"
    return None


def _undated(people: Prose) -> Prose:
    """Names without the day behind them: "Ana Ruiz on 12 May 2025"."""
    found = re.search(r"\s(?:on|at|,)\s+(?=\S*\d|[A-Z][a-z]{2})", people.text)
    return people.cut(0, found.start()) if found else people


_SPOKEN = frozenset(
    ("authors", "reviewers", "severity", "status", "duration", "incident_id", "date", "owner", "incident_commander")
)
"""Fields that are said as readily without a colon; "resolved by a rollback" is none."""
