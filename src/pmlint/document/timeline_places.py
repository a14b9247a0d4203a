"""Where a timeline stands: under its heading, or in a part that tells the events under another name."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby

from msgspec.structs import replace

from pmlint.document.dates import Order, find_dates, first_of_several
from pmlint.document.model import Section, SectionKind
from pmlint.document.patterns import Pattern, compiled
from pmlint.document.stamped import entry_lines
from pmlint.document.stamps import is_stamp, leading_stamp
from pmlint.document.timeline_draft import Draft, When
from pmlint.document.timeline_entries import Reader
from pmlint.document.words import words
from pmlint.source import Block, Code, Prose, Source
from pmlint.source.prose import Segment

# What a timeline may be divided into; anything else below its heading is another part of the document.
_PHASES = frozenset(
    {
        SectionKind.TIMELINE,
        SectionKind.DETECTION,
        SectionKind.RESPONSE,
        SectionKind.MITIGATION,
        SectionKind.RESOLUTION,
        SectionKind.COMMUNICATION,
        SectionKind.IMPACT,
        SectionKind.TRIGGER,
        SectionKind.UNKNOWN,
        SectionKind.SUMMARY,
    }
)
# Where dated lines are told as events although no heading says "timeline".
_NARRATIVE = frozenset(
    {
        SectionKind.UNKNOWN,
        SectionKind.TITLE,
        SectionKind.SUMMARY,
        SectionKind.DETECTION,
        SectionKind.RESPONSE,
        SectionKind.MITIGATION,
        SectionKind.RESOLUTION,
        SectionKind.COMMUNICATION,
        SectionKind.IMPACT,
    }
)
_ENOUGH = 3
_CHAT = re.compile(r"\s*[\]]?\s*<[^<>\s]{1,40}>|\s*@?[\w.-]{2,24}:\s")


def is_timeline(section: Section, sections: Sequence[Section]) -> bool:
    """Whether it is a timeline or a phase of one."""
    if section.is_a(SectionKind.TIMELINE):
        return True
    around = section
    while around.parent is not None and _PHASES.intersection(around.kinds):
        around = sections[around.parent]
        if around.is_a(SectionKind.TIMELINE):
            return True
    return False


def title_prose(section: Section, source: Source) -> Prose:
    """A section's title as prose; characters that markup stands between are found one after the other."""
    text, span = section.title, section.title_span
    written = source[span]
    if written == text:
        return Prose(text, (Segment(0, len(text), span.start, span.end),), (), span.start)
    segments: list[Segment] = []
    at = 0
    for index, character in enumerate(text):
        found = written.find(character, at)
        if found < 0:
            return Prose(text, (Segment(0, len(text), span.start, span.end),), (), span.start)
        segments.append(Segment(index, index + 1, span.start + found, span.start + found + 1))
        at = found + 1
    return Prose(text, tuple(segments), (), span.start)


def read_part(reader: Reader, section: Section, source: Source, *, logs: bool = False) -> None:
    """Gives one section of a timeline to the reader."""
    title = title_prose(section, source)
    if section.is_a(SectionKind.TIMELINE):
        reader.phase, reader.open = "", None
        _day_of(reader, title)
        reader.notes.append(title)
    else:
        reader.heading(title)
        if reader.open is None:
            _day_of(reader, title)
    reader.blocks(section.blocks, logs=logs)


def _day_of(reader: Reader, title: Prose) -> None:
    """The day that a heading names, for the entries below it."""
    days = [day for day in find_dates(title.text, order=reader.order) if day.day_known and day.exists]
    if days:
        span = title.span(days[0].start, days[0].end)
        first = first_of_several(title.text, days[0].start, days[0].day or 0)
        if first and days[0].day and first < days[0].day:
            value = days[0].value.replace(day=first) if days[0].value else None
            days[0] = replace(days[0], value=value, day=first)
        reader.drafts.append(Draft(When(days[0], None, span), span.start, span.end))


def elsewhere(
    sections: Sequence[Section], preamble: tuple[Block, ...], source: Source, order: Order | None
) -> tuple[Reader, list[Section]]:
    """Events that no heading announces: stamped headings, else stamped lines, else a pasted chat."""
    for found in (_stamped_headings(sections, source, order), _stamped_parts(sections, preamble, source, order)):
        if found[0].drafts:
            return found
    return _chats(sections, preamble, order), []


def _stamped_headings(sections: Sequence[Section], source: Source, order: Order | None) -> tuple[Reader, list[Section]]:
    """Sections side by side that are each headed by a time."""
    for _, group in groupby(
        sorted(enumerate(sections), key=lambda pair: (pair[1].parent or -1, pair[1].level, pair[0])),
        key=lambda pair: (pair[1].parent, pair[1].level),
    ):
        siblings = [section for _, section in group]
        reader = Reader(order, strict=True)
        used: list[Section] = []
        for section in siblings:
            title = title_prose(section, source)
            state = _state(section, title)
            if state is None and (_is_elsewhere(section, sections) or reader.stamp(title) is None):
                continue
            reader.heading(title.cut(state or 0))
            if state:
                reader.drafts[-1].label = title.text[:state].strip()
            reader.blocks(section.blocks)
            used.append(section)
        timed = sum(draft.when is not None and draft.when.clock is not None for draft in reader.drafts)
        if len(used) >= _ENOUGH and timed >= 2:
            return reader, used
    return Reader(order), []


_STATE = re.compile(
    r"(?i)(?:investigating|identified|monitoring|update|(?:fully |partially )?resolved)[\s:,–—-]+(?=[\[(]?\d)"
)


def _state(section: Section, title: Prose) -> int | None:
    """How long the state of a status page is that a heading names before its time: "Monitoring 2025-01-04 11:06"."""
    found = _STATE.match(title.text)
    return found.end() if found and section.blocks and is_stamp(title.text[found.end() :]) else None


def _stamped_parts(
    sections: Sequence[Section], preamble: tuple[Block, ...], source: Source, order: Order | None
) -> tuple[Reader, list[Section]]:
    """The parts of the story in which at least three entries in a row are stamped."""
    whole, used = Reader(order, strict=True), []
    parts: list[tuple[Section | None, tuple[Block, ...]]] = [(None, preamble)]
    parts += [(section, section.blocks) for section in sections if not _is_elsewhere(section, sections)]
    told_together = _told_together(parts, order)
    for section, blocks in parts:
        reader = Reader(order, strict=True)
        if section is not None:
            _day_of(reader, title_prose(section, source))
        reader.blocks(blocks)
        if _tells(reader.drafts) or (section is not None and _sibling(section) in told_together):
            if section is not None and not _tells(reader.drafts):
                for draft in reader.drafts:
                    draft.phase = section.title
            whole.drafts.extend(reader.drafts)
            whole.notes.extend(reader.notes)
            if section is not None:
                used.append(section)
    return whole, used


def _sibling(section: Section) -> tuple[int | None, int]:
    return section.parent, section.level


def _told_together(
    parts: Sequence[tuple[Section | None, tuple[Block, ...]]], order: Order | None
) -> frozenset[tuple[int | None, int]]:
    """Where several sections side by side each open with a time: a status page's updates."""
    counts: Counter[tuple[int | None, int]] = Counter()
    for section, blocks in parts:
        line = next(iter(entry_lines(blocks[:1])), None)
        stamp = leading_stamp(line.text, order=order) if line is not None else None
        if section is not None and stamp is not None and stamp.clock is not None:
            counts[_sibling(section)] += 1
    return frozenset(place for place, count in counts.items() if count >= _ENOUGH)


def _tells(drafts: Sequence[Draft]) -> bool:
    stamped = [draft for draft in drafts if draft.when is not None and draft.parts]
    timed = sum(draft.when is not None and draft.when.clock is not None for draft in stamped)
    return len(stamped) >= _ENOUGH and timed * 2 >= len(stamped)


def _is_elsewhere(section: Section, sections: Sequence[Section]) -> bool:
    """Whether dated lines in it are something other than the incident's events."""
    around: Section | None = section
    while around is not None:
        if not _NARRATIVE.intersection(around.kinds) or _elsewhere_titles().search(around.title):
            return True
        around = sections[around.parent] if around.parent is not None else None
    return False


@cache
def _elsewhere_titles() -> Pattern:
    return compiled(rf"(?i)\b(?:{'|'.join(words('timeline')['elsewhere']['titles'])})")


def _chats(sections: Sequence[Section], preamble: tuple[Block, ...], order: Order | None) -> Reader:
    """A pasted chat, told line by line with who said it; machine logs are no events."""
    for blocks in (preamble, *(section.blocks for section in sections if not _is_elsewhere(section, sections))):
        for code in _codes(blocks):
            reader = Reader(order, strict=True)
            said = [line for line in code.lines if _is_said(reader, line)]
            if len(said) >= _ENOUGH and len(said) * 2 >= len(code.lines):
                reader.blocks((code,), logs=True)
                return reader
    return Reader(order)


def _codes(blocks: tuple[Block, ...]) -> Iterator[Code]:
    return (block for block in blocks if isinstance(block, Code))


def _is_said(reader: Reader, line: Prose) -> bool:
    stamp = reader.stamp(line)
    return stamp is not None and stamp.clock is not None and _CHAT.match(line.text, stamp.end) is not None
