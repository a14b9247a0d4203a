"""The timeline: where it stands, its entries, their times, and what each of them marks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from itertools import groupby
from operator import ge

from msgspec import structs

from pmlint.document.dates import Order, find_dates, has_short_dates, written_order
from pmlint.document.milestones import Told, milestones
from pmlint.document.model import Event, Milestone, Section, SectionKind, Timeline
from pmlint.document.stamped import entry_lines
from pmlint.document.stamps import leading_stamp
from pmlint.document.timeline_draft import Draft, When, joined
from pmlint.document.timeline_entries import Reader
from pmlint.document.timeline_places import elsewhere, is_timeline, read_part, title_prose
from pmlint.document.timeline_stamps import writes_dotted
from pmlint.document.timeline_times import Anchors, Clockwork, written_days
from pmlint.document.values import Fact
from pmlint.document.vocabulary import Vocabulary
from pmlint.document.zones import Zone, find_zone, find_zone_statement, find_zones
from pmlint.source import Block, Paragraph, Prose, Source, Span, Table, walk

__all__ = ["Anchors", "read_timeline"]

_ENOUGH = 3
_BRACKET = re.compile(r"[(\[]([A-Z][A-Z -]{2,30})[)\]]\W*$")
_CALL = re.compile(r"[A-Za-z_.]{2,40}\(\)")


def read_timeline(
    sections: tuple[Section, ...],
    preamble: tuple[Block, ...],
    source: Source,
    *,
    dates: Anchors,
    vocabulary: Vocabulary,
) -> Timeline:
    """The events of a document in reading order, with the zones that are written with them."""
    parts = [section for section in sections if is_timeline(section, sections)]
    order = dates.order or vocabulary.date_order or written_order(source.text) or _plausible_order(parts, source)
    dates = structs.replace(dates, order=order)
    reader = _read(parts, source, dates)
    if not any(draft.is_event for draft in reader.drafts):
        reader, parts = elsewhere(sections, preamble, source, dates.order)
    drafts = _surest(reader.drafts)
    _settle_days(drafts)
    declared = (*_declared(parts, reader.notes, source), *_stated(sections, preamble))
    zones = list({fact.span: fact for fact in declared}.values())
    return _timeline(drafts, zones, source, dates, vocabulary)


def _read(parts: list[Section], source: Source, dates: Anchors) -> Reader:
    """The entries of these sections; pasted logs are asked only where nothing else tells the time."""
    lines = [line for part in parts for line in (part.title, *(prose.text for prose in entry_lines(part.blocks)))]
    dotted = writes_dotted(lines)
    reader = Reader(dates.order)
    for logs in (False, True):
        reader = Reader(dates.order, dotted=dotted)
        for section in parts:
            if section.is_a(SectionKind.TIMELINE):
                reader.course = section.parent
            read_part(reader, section, source, logs=logs)
        if any(draft.is_event for draft in reader.drafts):
            break
    return reader


def _plausible_order(parts: Sequence[Section], source: Source) -> Order | None:
    """The order of day and month in which the timeline's dates go forward, and over the shorter time."""
    texts = (source[part.span] for part in parts)
    found = [
        day.alternatives
        for text in texts
        if has_short_dates(text)
        for day in find_dates(text)
        if day.ambiguous and len(day.alternatives) == 2
    ]
    if len(found) < 2:
        return None
    readings: dict[Order, list[date]] = {"dmy": [], "mdy": []}
    for first, second in found:
        # the alternatives come as day first, month first
        readings["dmy"].append(first)
        readings["mdy"].append(second)
    length = {name: max(days) - min(days) for name, days in readings.items()}
    forward = {name: days == sorted(days) for name, days in readings.items()}
    if forward["dmy"] != forward["mdy"]:
        return "dmy" if forward["dmy"] else "mdy"
    if length["dmy"] == length["mdy"]:
        return None
    return "dmy" if length["dmy"] < length["mdy"] else "mdy"


def _surest(drafts: list[Draft]) -> list[Draft]:
    """Without what only mentions a time in passing, where other entries open with theirs."""
    if any(draft.when and not draft.told for draft in drafts):
        return [draft for draft in drafts if not draft.told]
    return drafts


def _settle_days(drafts: list[Draft]) -> None:
    """Takes the text from entries that only name the day of those below them."""
    for index, draft in enumerate(drafts):
        when = draft.when
        if when is None or not when.is_day or draft.in_table:
            continue
        names_day = draft.groups or (not draft.own_text and _has_times_below(drafts, index))
        if names_day and not draft.listed:
            draft.parts.clear()


def _has_times_below(drafts: Sequence[Draft], index: int) -> bool:
    following = drafts[index + 1].when if index + 1 < len(drafts) else None
    return following is not None and following.date is None and following.clock is not None


def _timeline(
    drafts: list[Draft], zones: list[Fact[Zone]], source: Source, dates: Anchors, vocabulary: Vocabulary
) -> Timeline:
    written = [fact for draft in drafts if draft.when for fact in _zone_of(draft.when, source)]
    zone = _common(zones, written) or dates.zone or _house_zone(vocabulary)
    clockwork = Clockwork(dates, zone, dates.day, dates.day.year if dates.day else None)
    events: list[Event] = []
    told: list[Told] = []
    courses: list[int | None] = []
    for draft, limit in zip(drafts, written_days(drafts), strict=True):
        clockwork.year = clockwork.year or draft.default_year
        at, until = clockwork.moment(draft.when, limit=limit)
        if not draft.parts and (draft.in_table or draft.when is None or draft.when.clock is None):
            continue
        prose = joined(draft.parts) if draft.parts else Prose("", (), (), draft.end)
        courses.append(draft.course)
        told.append(Told(_spoken(prose), draft.label, draft.phase, _bold_lead(prose), _tail(prose)))
        events.append(
            Event(
                at=at,
                until=until,
                text=prose.text,
                actor=draft.actor,
                evidence=draft.evidence,
                span=Span(draft.start, max(draft.end, draft.start)),
                stamp_span=draft.when.span if draft.when else None,
                text_span=prose.span(),
                links=tuple(dict.fromkeys((*(mark.target or "" for mark in prose.links()), *draft.links))),
                prose=prose,
            )
        )
    marked = zip(events, _marks(events, told, courses), strict=True)
    return Timeline(
        events=tuple(replace(event, milestones=found) for event, found in marked),
        zone=_named(zones[0]) if zones else None,
        zones=tuple(_named(fact) for fact in (*zones, *written)),
    )


def _marks(events: Sequence[Event], told: Sequence[Told], courses: Sequence[int | None]) -> list[tuple[Milestone, ...]]:
    """The milestones of each event; each incident of a file runs its own course."""
    marks: list[tuple[Milestone, ...]] = []
    at = 0
    for _, group in groupby(courses):
        end = at + len(list(group))
        step = -1 if _newest_first(events[at:end]) else 1
        marks += milestones(told[at:end][::step])[::step]
        at = end
    return marks


def _newest_first(events: Sequence[Event]) -> bool:
    """Whether the timeline is told backwards, as status pages do."""
    times = [event.at.local for event in events if event.at and event.at.local and not event.at.day_inherited]
    times = times or [
        datetime.combine(date.min, time.fromisoformat(event.at.clock))
        for event in events
        if event.at and event.at.clock
    ]
    return len(times) >= _ENOUGH and times[0] > times[-1] and all(map(ge, times, times[1:]))


def _bold_lead(prose: Prose) -> str:
    """The bold words that an entry opens with: "**Detection:** …"."""
    first = prose.marks[0] if prose.marks else None
    if first is not None and first.kind == "strong" and first.start <= 4 and first.end - first.start < 60:
        return prose.text[first.start : first.end]
    return ""


def _tail(prose: Prose) -> str:
    """What an entry says at its end of itself: "… **Mitigated**", "… (START OF IMPACT)", "… [RESOLVED]"."""
    if bracket := _BRACKET.search(prose.text[-48:]):
        return bracket[1]
    last = prose.marks[-1] if prose.marks else None
    if last is None or last.kind != "strong" or last.start == 0 or last.end < len(prose.text.rstrip(" .)]")):
        return ""
    return prose.text[last.start : last.end]


def _named(fact: Fact[Zone]) -> Fact[str]:
    return Fact(value=fact.value.name, text=fact.text, span=fact.span)


def _common(zones: Sequence[Fact[Zone]], written: Sequence[Fact[Zone]]) -> Zone | None:
    """What entries without a zone are in: what is declared, else the one zone that the other entries name."""
    if zones:
        return zones[0].value
    named = {fact.value for fact in written}
    return next(iter(named)) if len(named) == 1 else None


def _house_zone(vocabulary: Vocabulary) -> Zone | None:
    found = find_zone(vocabulary.timezone) if vocabulary.timezone else None
    return found[0] if found else None


def _zone_of(when: When, source: Source) -> Iterator[Fact[Zone]]:
    if when.clock is None or when.clock.zone is None:
        return
    text = source[when.span]
    found = next((zone for zone in find_zones(text) if zone[0] == when.clock.zone), None)
    span = Span(when.span.start + found[1], when.span.start + found[2]) if found else when.span
    yield Fact(value=when.clock.zone, text=source[span], span=span)


def _spoken(prose: Prose) -> str:
    """The author's own words, and the functions named in code that are deeds: `pause()` called."""
    voice = prose.voice
    if "()" not in prose.text:
        return voice
    for mark in prose.marks:
        if mark.kind == "code" and _CALL.fullmatch(said := prose.text[mark.start : mark.end]):
            voice = f"{voice[: mark.start]}{said[:-2]}  {voice[mark.end :]}"
    return voice


def _declared(parts: Sequence[Section], notes: Sequence[Prose], source: Source) -> Iterator[Fact[Zone]]:
    """The zones that the timeline's own heading, table heads and opening words give."""
    for section in parts:
        if section.is_a(SectionKind.TIMELINE) or leading_stamp(section.title) is None:
            yield from _fact(title_prose(section, source), find_zone(section.title))
        for table in (block for block in walk(section.blocks) if isinstance(block, Table)):
            for cell in table.header.cells:
                yield from _fact(cell.prose, find_zone(cell.prose.text))
    for note in notes:
        yield from _fact(note, find_zone_statement(note.text) or _lone_zone(note))


def _lone_zone(note: Prose) -> tuple[Zone, int, int] | None:
    """The zone of a line that says hardly more, or says it first: "(UTC)", "Zone: CET", "(UTC; from the log)"."""
    found = find_zone(note.text)
    if found is None or len(note.text) < 24:
        return found
    _, start, end = found
    return found if not note.text[:start].strip("(*_[ ") and note.text[end : end + 1] in tuple(";,.:)]") else None


def _stated(sections: Sequence[Section], preamble: tuple[Block, ...]) -> Iterator[Fact[Zone]]:
    """Sentences anywhere that say what all times are in."""
    for blocks in (preamble, *(section.blocks for section in sections)):
        for block in walk(blocks, quotes=False):
            if isinstance(block, Paragraph) and "im" in block.prose.text:
                yield from _fact(block.prose, find_zone_statement(block.prose.text))


def _fact(prose: Prose, found: tuple[Zone, int, int] | None) -> Iterator[Fact[Zone]]:
    if found is not None:
        zone, start, end = found
        yield Fact(value=zone, text=prose.text[start:end], span=prose.span(start, end))
