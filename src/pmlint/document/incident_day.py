"""The day on which an incident started, when fields, title, prose, timeline and path have all been heard."""

from datetime import date

from pmlint.document.dates import find_dates
from pmlint.document.model import Fact, Milestone, Section, SectionKind, Timeline
from pmlint.document.vocabulary import Vocabulary
from pmlint.source import Block, Paragraph, Prose

_DAYS_APART = 14
_NARRATING = (SectionKind.TITLE, SectionKind.SUMMARY, SectionKind.IMPACT)


def incident_day(
    stated: Fact[date] | None,
    origin: str | None,
    sections: tuple[Section, ...],
    preamble: tuple[Block, ...],
    timeline: Timeline,
    vocabulary: Vocabulary,
) -> Fact[date] | None:
    """The day that impact began.

    A field or title usually names it, but often the day of writing or of detection: the timeline, where it is
    dated, knows better unless the two are weeks apart, when its first rows tell of the conditions and not of the
    incident. What front matter or a path holds is the date of the document and only the last resort.
    """
    shown = _first_day(timeline)
    if stated is not None and origin in ("entry", "title"):
        near = shown is not None and (shown.value > stated.value or (stated.value - shown.value).days <= _DAYS_APART)
        return shown if near and shown is not None else stated
    if shown is not None:
        return shown
    return _told_day(sections, preamble, vocabulary) or stated


def _first_day(timeline: Timeline) -> Fact[date] | None:
    dated = [event for event in timeline.events if event.at and event.at.day and not event.at.day_inherited]
    opening = [event for event in dated if Milestone.START in event.milestones] or dated
    if not opening or opening[0].at is None or opening[0].at.day is None:
        return None
    event, day = opening[0], opening[0].at.day
    return Fact[date](value=day, text=event.text, span=event.stamp_span or event.span)


def _told_day(sections: tuple[Section, ...], preamble: tuple[Block, ...], vocabulary: Vocabulary) -> Fact[date] | None:
    """The first whole date that the opening or the summary gives."""
    blocks = [*preamble]
    for section in sections:
        if section.is_a(*_NARRATING):
            blocks += section.blocks
    proses: list[Prose] = [block.prose for block in blocks if isinstance(block, Paragraph)]
    for prose in proses:
        for found in find_dates(prose.voice, order=vocabulary.date_order):
            if found.value is not None and found.year_known and found.day_known:
                span = prose.span(found.start, found.end)
                return Fact[date](value=found.value, text=prose.text[found.start : found.end], span=span)
    return None
