"""How grave the document calls its incident: in a field, in the title, or in the sentences of its summary."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from pmlint.document.model import Entry, Section, SectionKind
from pmlint.document.values import Fact
from pmlint.document.words import fold, words
from pmlint.source import Paragraph, Span

_GRADE = r"(?:SEV(?:ERITY)?[-_ ]?[0-5]|P[0-5])(?![\w-])"
_CODE = re.compile(rf"(?i)(?<![\w-]){_GRADE}")
# "this P1 incident", "was classified as SEV2"; a P1 bug or ticket is of something else.
_TOLD = re.compile(
    rf"(?i)(?<![\w-])(?P<code>{_GRADE})[ -](?:incident|outage|event|disruption)\b"
    r"|\b(?:classified|classed|declared|rated|graded|categori[sz]ed|treated|handled) (?:as )?(?:an? )?"
    rf"(?P<named>{_GRADE})"
)
# Keys that name a severity where their value is a rank: "Level: P2", and not "Level: beginner".
_LOOSE = frozenset({"level", "grade", "tier"})
_RANKED = re.compile(
    rf"(?i)(?:{_GRADE}|S[0-5]|(?:grade|level|tier|class|category)\s?[0-5A-D]|[0-5])(?=\s*$|\s*[-–—(,:;])"
    r"|(?:critical|high|medium|low|major|minor|moderate|severe)\s*$"
)
_CHOICES = re.compile(r"\s*[|/]\s*")
_EXPLAINED = re.compile(r"\s[-–—]+\s|[:;.(（,]")
_WORDY = ("word", "major", "catastrophic")
"""The scales whose grades are words that an impact may be given in: "Impact: high - only titles are found"."""


def read_severities(
    entries: Iterable[Entry], title: Fact[str] | None, sections: tuple[Section, ...]
) -> Iterator[Fact[str]]:
    """Every severity that is stated, those of fields first."""
    entries = tuple(entries)
    yield from _fields(entries)
    if title is not None and (code := _CODE.search(title.text)):
        span = Span(title.span.start + code.start(), title.span.start + code.end())
        yield Fact(value=code[0], text=code[0], span=span)
    yield from _graded_impact(entries)
    yield from _told(sections)


def _fields(entries: Iterable[Entry]) -> Iterator[Fact[str]]:
    for entry in entries:
        if entry.name != "severity" or len(_CHOICES.split(entry.value)) > 2:
            continue  # P0 | P1 | P2 is what the template offers, and no choice yet
        if fold(entry.key) in _LOOSE and not _RANKED.match(entry.value):
            continue
        # "Critical - complete or major outage …" explains its word
        value = entry.value if len(entry.value.split()) <= 12 else _EXPLAINED.split(entry.value, maxsplit=1)[0].strip()
        if len(value.split()) <= 4 or value == entry.value:
            end = entry.span.end if value == entry.value else entry.span.start + len(value)
            yield Fact(value=value, text=value, span=Span(entry.span.start, end))


def _graded_impact(entries: Iterable[Entry]) -> Iterator[Fact[str]]:
    """The word of a scale by itself at the head of an impact that goes on to tell more, or that says nothing else."""
    for entry in entries:
        found = _grade_first().match(entry.value) if entry.name == "impact" else None
        if found is not None:
            span = Span(entry.span.start, entry.span.start + found.end())
            yield Fact(value=found[0], text=found[0], span=span)


@cache
def _grade_first() -> re.Pattern[str]:
    scales = words("severities")["scales"]
    names = sorted({name for scale in _WORDY for name in scales[scale]}, key=lambda name: -len(name))
    return re.compile(rf"(?i)(?:{'|'.join(map(re.escape, names))})(?=\s*$|\s+[-–—]\s|\s*[:,;(])")


def _told(sections: tuple[Section, ...]) -> Iterator[Fact[str]]:
    for section in sections:
        if not section.is_a(SectionKind.SUMMARY):
            continue
        for block in section.blocks:
            found = _TOLD.search(block.prose.voice) if isinstance(block, Paragraph) else None
            if isinstance(block, Paragraph) and found:
                group = "code" if found["code"] else "named"
                yield Fact(value=found[group], text=found[group], span=block.prose.span(*found.span(group)))
