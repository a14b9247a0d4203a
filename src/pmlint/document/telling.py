"""How a document speaks: whether it tells what happened or says what to do."""

import re
from collections.abc import Iterator
from functools import cache, cached_property

from pmlint.document.model import Postmortem, SectionKind
from pmlint.document.patterns import Pattern, compiled
from pmlint.document.words import words
from pmlint.source import Block, Html, List, Paragraph, Prose, Table

# The opening tells what a document is; a long one need not be heard to its end.
_HEARD = 5_000
# What is listed there is to be done by its nature, in any document.
_TO_DO = frozenset((SectionKind.ACTION_ITEMS, SectionKind.PREVENTION, SectionKind.FOLLOW_UP, SectionKind.LESSONS))

_SENTENCE = re.compile(r"[\s。！？](?:(?<=[.!?:;]\s)\s*|(?<=[\n。！？]))")
_CLOCK = re.compile(r"(?<![\d:.])(?:[01]?\d|2[0-3]):[0-5]\d(?![\d:])|(?<!\w)\d{1,2} ?[ap]m(?!\w)", re.IGNORECASE)
_DATE = re.compile(
    r"\b20\d\d-\d\d|\b\d{1,2}[/.]\d{1,2}[/.](?:20)?\d\d\b|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b"
    r"|\b\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}\b",
    re.IGNORECASE,
)
_PAST = re.compile(r"\b(?:was|were|had|did|began|went|took|saw|[a-z]{3,}ed)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]+(?:['’][a-z]+)?")
# Scripts without spaces: two letters make about a word.
_LETTER = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")


class Telling:
    """How often a document says what; each thing is counted when it is first asked for."""

    def __init__(self, doc: Postmortem) -> None:
        units: list[str] = []
        links = heard = 0
        for prose in _proses(doc):
            text = prose.voice
            heard += len(text)
            links += _is_link(prose)
            units.extend(unit for unit in _SENTENCE.split(text) if unit.strip())
            if heard > _HEARD:
                break
        self.units = units
        """Sentences and items; code, quotations and the lists of what is to be done are left out."""
        self.links = links
        """Paragraphs and items that are hardly more than a link."""

    @cached_property
    def text(self) -> str:
        return "\n".join(self.units)

    @cached_property
    def words(self) -> int:
        letters = 0 if self.text.isascii() else len(_LETTER.findall(self.text))
        return len(self.text.split()) + letters // 2

    @cached_property
    def trouble(self) -> int:
        """Something failing, or somebody hit by it, as narrated."""
        return self._count(("latin", "happened", "down"), ("scripts", "happened"))

    @cached_property
    def handled(self) -> int:
        """Noticing and mending, as narrated."""
        return self._count(("latin", "happened", "repaired"), ("latin", "happened", "noticed"))

    @cached_property
    def past(self) -> int:
        return len(_PAST.findall(self.text))

    @cached_property
    def clocks(self) -> int:
        return len(_CLOCK.findall(self.text))

    @cached_property
    def dated(self) -> bool:
        """Whether it says on which day or at what o'clock something happened."""
        return self.clocks > 0 or _DATE.search(self.text) is not None

    @cached_property
    def you(self) -> int:
        return self._count(("latin", "instruction", "you"))

    @cached_property
    def bound(self) -> int:
        """What should be, must be, or may be."""
        return self._count(
            ("latin", "instruction", "bound"), ("latin", "instruction", "hypothetical"), ("scripts", "instruction")
        )

    @cached_property
    def steps(self) -> int:
        """Units that open with an imperative."""
        verbs = frozenset(words("nature")["latin"]["instruction"]["opens"])
        firsts = (_WORD.search(unit) for unit in self.units)
        return sum(first is not None and first[0].lower().replace("’", "'") in verbs for first in firsts)

    def per_hundred(self, count: int) -> float:
        """How often that is for each hundred words."""
        return 100 * count / max(self.words, 60)

    def share(self, count: int) -> float:
        """How large a part of the units that is."""
        return count / max(len(self.units), 4)

    def _count(self, *paths: tuple[str, ...]) -> int:
        return sum(sum(1 for _ in pattern(*path).finditer(self.text)) for path in paths)


@cache
def pattern(*path: str) -> Pattern:
    """The cues of `nature.toml` under these keys as one pattern of whole words; scripts without spaces have none."""
    found = words("nature")
    for key in path:
        found = found[key]
    edges = ("", "") if path[0] == "scripts" else (r"(?<!\w)", r"(?!\w)")
    return compiled(f"{edges[0]}(?:{'|'.join(found)}){edges[1]}", re.IGNORECASE)


def _is_link(prose: Prose) -> bool:
    covered = sum(mark.end - mark.start for mark in prose.marks if mark.kind in ("link", "url"))
    return covered > 0.6 * len(prose.text)


def _proses(doc: Postmortem) -> Iterator[Prose]:
    first = doc.sections[0].span.start if doc.sections else len(doc.source.text)
    for block in doc.markup.blocks:
        if block.span.start >= first:
            break
        yield from _inside(block)
    for section in doc.sections:
        if not _TO_DO & set(section.kinds):
            for block in section.blocks:
                yield from _inside(block)


def _inside(block: Block) -> Iterator[Prose]:
    if isinstance(block, Paragraph | Html):
        yield block.prose
    elif isinstance(block, List):
        for item in block.items:
            for inner in item.blocks:
                yield from _inside(inner)
    elif isinstance(block, Table):
        for row in block.rows:
            yield from (cell.prose for cell in row.cells if cell.prose)
