"""The day on which an incident started, when fields, title, prose, timeline and path have all been heard."""

import re
from datetime import date

from pmlint.document.dates import find_dates, first_of_several
from pmlint.document.model import Entry, Event, Milestone, Section, SectionKind, Timeline
from pmlint.document.values import Fact
from pmlint.document.vocabulary import Vocabulary
from pmlint.source import Block, Paragraph, Prose, Source

_DAYS_APART = 14
_DAYS_BEFORE = 3
_QUICK = 3
_LATENT = 60
_POSTED_WITHIN = 31
_NARRATING = (SectionKind.TITLE, SectionKind.SUMMARY, SectionKind.IMPACT)
# What happened is said to have happened on, since or from a day; a byline only stands beside one.
_WHEN = re.compile(
    r"(?i)\b(?:on|since|from|between|around|during|at|starting|beginning|morning|evening|afternoon|night|started|began|occurred|happened)\b"
    r"[^.!?\n:]{0,30}(?::\d\d[^.!?\n:]{0,30}){0,2}$"
)


def incident_day(
    stated: Fact[date] | None,
    origin: str | None,
    entries: tuple[Entry, ...],
    sections: tuple[Section, ...],
    preamble: tuple[Block, ...],
    timeline: Timeline,
    source: Source,
    vocabulary: Vocabulary,
) -> Fact[date] | None:
    """The day that impact began.

    A field or title usually names it, but often it is the day of writing or of detection: the timeline, where it is
    dated, knows better unless the two are weeks apart, when its first rows tell of the conditions and not of the
    incident. A summary may reach back a little before the first row. What front matter or a path holds is the date
    of the document and only the last resort.
    """
    posted = stated.value if stated is not None and origin in ("front matter", "path") else None
    if stated is None:
        posted = _written_day(entries, sections, preamble, vocabulary)
    shown, told = _first_day(timeline, source), _told_day(entries, sections, preamble, vocabulary, posted)
    if shown is None and told is None and stated is None:
        shown = _grouped_day(timeline, source)
    detected = next((day for event in timeline.marking(Milestone.DETECTION) if (day := _day_of(event, source))), None)
    if shown is not None and told is not None and 0 < (shown.value - told.value).days <= _DAYS_BEFORE:
        shown = told
    if detected is not None and shown is not None and (detected.value - shown.value).days > _LATENT:
        shown = None  # the condition was there long before it hurt
    if stated is not None and told is not None and told.value == stated.value:
        return stated  # two witnesses
    far = shown is None or stated is None or abs((stated.value - shown.value).days) > _DAYS_BEFORE
    if stated is not None and detected is not None and detected.value == stated.value and far:
        return stated
    if stated is not None and shown is not None and (stated.value - shown.value).days > _DAYS_APART:
        named = origin in ("entry", "title")
        if named and any(event.at and event.at.day == stated.value for event in timeline.events):
            return stated  # what stands weeks before it in the timeline is the prelude
    if stated is not None and detected is not None and (stated.value - detected.value).days > _DAYS_APART:
        return shown  # written weeks after detection: the day of the document
    if stated is None or origin not in ("entry", "title"):
        return shown or told or (None if _start_is_unknown(timeline) else stated)
    if shown is None:
        return stated
    near = shown.value > stated.value or (stated.value - shown.value).days <= _DAYS_APART
    return shown if near else stated


def anchor_day(
    stated: Fact[date] | None,
    origin: str | None,
    entries: tuple[Entry, ...],
    sections: tuple[Section, ...],
    preamble: tuple[Block, ...],
    vocabulary: Vocabulary,
) -> date | None:
    """The day that clocks without one belong to: a field's, else what the summary tells, else the document's own."""
    if stated is not None and origin in ("entry", "title"):
        return stated.value
    posted = stated.value if stated is not None else None
    written = posted or _written_day(entries, sections, preamble, vocabulary)
    told = _told_day(entries, sections, preamble, vocabulary, written)
    near = told is not None and (posted is None or 0 <= (posted - told.value).days <= _LATENT)
    return told.value if told is not None and near else posted


def _written_day(
    entries: tuple[Entry, ...], sections: tuple[Section, ...], preamble: tuple[Block, ...], vocabulary: Vocabulary
) -> date | None:
    """The day on which the document says that it was written: in a field, or whole in the lines under its title."""
    texts = [entry.value for entry in entries if entry.name in _WRITTEN]
    heads = (section.blocks for section in sections[:1] if section.is_a(SectionKind.TITLE))
    texts += [block.prose.text for blocks in (preamble, *heads) for block in blocks if isinstance(block, Paragraph)]
    # A line in italics or bold by itself reads as a heading.
    texts += [section.title for section in sections[1:2] if section.is_a(SectionKind.UNKNOWN)]
    for text in texts:
        for found in find_dates(text, order=vocabulary.date_order):
            if found.value is not None and found.day_known and found.year_known:
                return found.value
    return None


_WRITTEN = frozenset({"created", "published", "retro_held", "updated"})


def _start_is_unknown(timeline: Timeline) -> bool:
    """Whether the timeline is dated but leaves out the day of its start: the document says that nobody knows."""
    starts = timeline.marking(Milestone.START)
    dated = any(event.at and event.at.day for event in timeline.events)
    return dated and bool(starts) and all(event.at is None for event in starts)


def _first_day(timeline: Timeline, source: Source) -> Fact[date] | None:
    """The day of the event that marks the start, else detection, else of the first event of a short timeline."""
    for milestone in (Milestone.START, Milestone.DETECTION):
        marked = timeline.marking(milestone)
        if marked:
            return _day_of(marked[0], source)
    days = [event.at.day for event in timeline.events if event.at and event.at.day]
    if not days or (max(days) - min(days)).days > _QUICK:
        return None
    return next((day for event in timeline.events if (day := _day_of(event, source)) is not None), None)


def _day_of(event: Event, source: Source) -> Fact[date] | None:
    if event.at is None or event.at.day is None or event.at.day_inherited:
        return None
    span = event.stamp_span or event.span
    return Fact(value=event.at.day, text=source[span], span=span)


def _grouped_day(timeline: Timeline, source: Source) -> Fact[date] | None:
    """The day that a heading within the timeline gives to the first entry below it."""
    first = next((event for event in timeline.events if event.at is not None), None)
    if first is None or first.at is None or first.at.day is None:
        return None
    span = first.stamp_span or first.span
    return Fact(value=first.at.day, text=source[span], span=span)


def _told_day(
    entries: tuple[Entry, ...],
    sections: tuple[Section, ...],
    preamble: tuple[Block, ...],
    vocabulary: Vocabulary,
    posted: date | None,
) -> Fact[date] | None:
    """The first date that the opening or the summary gives for something that happened.

    Its year may be that of the post, or of the day of writing, which readers of "last Friday, August 30" know.
    """
    blocks = [*preamble]
    for section in sections:
        if section.is_a(*_NARRATING):
            blocks += section.blocks
    proses: list[Prose] = [block.prose for block in blocks if isinstance(block, Paragraph)]
    for prose in proses:
        year = posted.year if posted else None
        for found in find_dates(prose.voice, order=vocabulary.date_order, default_year=year):
            if found.value is None or not found.day_known:
                continue
            day = found.value.replace(day=first_of_several(prose.voice, found.start, found.value.day))
            known = found.year_known or (posted is not None and 0 <= (posted - found.value).days <= _POSTED_WITHIN)
            if known and _WHEN.search(prose.voice[: found.start]):
                span = prose.span(found.start, found.end)
                return Fact(value=day, text=prose.text[found.start : found.end], span=span)
    for entry in entries:
        if entry.name in ("summary", "impact") and entry.origin in ("pair", "table"):
            for found in find_dates(entry.value, order=vocabulary.date_order):
                whole = found.value is not None and found.day_known and found.year_known
                if whole and found.value is not None and _WHEN.search(entry.value[: found.start]):
                    return Fact(value=found.value, text=entry.value[found.start : found.end], span=entry.span)
    return None
