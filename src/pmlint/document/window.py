"""The window of the incident: when impact began and ended, and every statement of how long it lasted."""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from pmlint.document.clocks import ClockMatch, find_clocks
from pmlint.document.dates import WEEKDAY, Order, find_dates
from pmlint.document.durations import DurationMatch, find_durations
from pmlint.document.model import Entry, Event, Milestone, Section, SectionKind, Timeline
from pmlint.document.sentences import sentences
from pmlint.document.values import Fact, Moment
from pmlint.document.zones import Zone
from pmlint.source import Block, Cell, List, Paragraph, Prose, Source, Span, Table
from pmlint.source.prose import Segment

_DAY = 24 * 60
_MOMENTS = ("started_at", "ended_at", "detected_at", "closed_at", "date")
# Of a record that is closed, impact has ended before.
_CLOSING = re.compile(
    r"(?i)\b(?:incident|ticket|case|record)\s+(?:\w+\s+)?closed\b|\bclos(?:ed|es|ing)\s+(?:the\s+)?(?:incident|ticket|case|record)\b"
)
# The value of a field that names its unit: "Duration (minutes): 74".
_COUNT = re.compile(r"[0-9]{1,6}")
_TOLD_IN = (SectionKind.TITLE, SectionKind.SUMMARY, SectionKind.IMPACT, SectionKind.METADATA)
# A length of time is the incident's if the sentence says so of it: "a 40-minute outage", "was down for 2 hours".
_TROUBLE = r"(?:outage|incident|downtime|disruption|interruption|unavailab\w+|degradation|impact|event|issue|problem)"
_UNWELL = (
    r"(?:down|unavailable|unreachable|offline|inaccessible|degraded|unresponsive|interrupted|disrupted|broken|affected"
    rf"|impacted|out of service|not available|{_TROUBLE})"
)
_WELL = r"(?:fixed|resolved|restored|recovered|mitigated|(?:was|were|is|are|came|comes?|fully|all)\s+back)"
_BEFORE = re.compile(
    r"(?i)(?:(?<!\bups )(?<!battery )(?<!batteries )(?<!generator )"
    r"\b(?:lasted|lasting|duration|persisted|continued|went on)\b[^.;\n]{0,25}"
    rf"|\b{_TROUBLE}\b[^.;\n]{{0,30}}\btook\b[^.;\n]{{0,15}}"
    rf"|\b{_UNWELL}\b[^.;\n]{{0,40}}\b(?:for|of|was)\b[^.;\n\d]{{0,20}}"
    r"|\b(?:could|can|did|were|was|would)\s?(?:not|n['’]t)\b[^.;\n]{0,60}\bfor\b[^.;\n\d]{0,12}"
    r"|\b(?:cannot|unable|fail(?:ed|ing)|refus(?:ed|ing)|reject(?:ed|ing)|declined|missing|stuck|late|delayed|lost"
    r"|read-only|offline|stale|slow|wrong|errors?|halted|stopped|paused|suspended|hung|dropp(?:ed|ing)|timed out"
    r"|[45]xx|without (?:access|power|network|internet))\b"
    r"[^.;\n]{0,40}\bfor\b[^.;\n\d]{0,12}"
    rf"|\b{_WELL}\b[^.;\n]{{0,25}}\b(?:in(?! place)|within|after)\b[^.;\n\d]{{0,20}}"
    r"|\b(?:total|customer|user)[- ]?(?:impact|downtime)\b[^.;\n]{0,20})$"
)
_AFTER = re.compile(
    rf"(?i)^[-\s]*(?:long\s+)?(?:\w+[-\s]+){{0,3}}{_TROUBLE}\b|^\s*(?:of|with)\s+(?:\w+\s+){{0,2}}{_TROUBLE}\b"
    rf"|^\s*(?:before being|until (?:\w+\s+){{1,4}}(?:was|were|had been|got))\s+(?:\w+ly\s+)?{_WELL}\b"
)
# "For ninety minutes our resolvers answered with errors."
_OPENS = re.compile(r"(?i)(?:^\W*|,\s)(?:for|over)\s(?:[a-z]+\s){0,4}$")
_TELLS = re.compile(
    rf"(?i)\b(?:fail\w*|errors?|[45]xx|servfail|not|cannot|unable|lost|slow\w*|reject\w*|refus\w*|dropp\w+|stale|wrong"
    rf"|timed out|without|never|{_UNWELL})\b"
)
_NOT_IMPACT = re.compile(
    r"(?i)\b(?:detect(?:ed|ion)?|respon(?:d|se)|acknowledge|diagnos\w+|notice|identif\w+|investigat\w+|every|each|per"
    r"|timeout|window|interval|retention|delay(?:ed)? by|last|past|previous|next|within|up to|at most|ttl|cooldown"
    r"|threshold|budget)\b[^.;\n]{0,30}$"
)
_RANGE = re.compile(
    r"(?i)\b(?:from|between)\b[^.;]*?\b(?:to|until|till|and|through)\b|\d\s*(?:[ap]m|UTC)?\s*[-–—]\s*\d"
)
_ONSET = re.compile(
    rf"(?i)\b(?:down|{_TROUBLE}|fail\w*|stopped|broke|tripped|trips?|lost|crashed|power cut"
    r"|beg[au]n|started|unavailable|unreachable|errors?|went|occurred)\b"
)
# "down till Thursday 21:30" tells the end.
_UNTIL = re.compile(rf"(?i)\b(?:till?|until)\s(?:about\s|around\s|late\s)?(?:{WEEKDAY}\s)?(?:at\s)?$")
_RECOVERY = re.compile(
    r"(?i)\b(?:fixed|resolved|restored|recovered|recovery|all[- ]clear|back (?:up|to normal|online)|mitigated|healthy"
    r"|ended)\b"
)


class Anchor(Struct, frozen=True):
    """What times without a day or zone refer to."""

    day: date | None
    zone: Zone | None
    order: Order | None


class Window(Struct, frozen=True):
    """When it was, and how long, each as stated."""

    started_at: Fact[Moment] | None
    ended_at: Fact[Moment] | None
    duration: Fact[float] | None
    durations: tuple[Fact[float], ...]


def read_window(
    entries: tuple[Entry, ...],
    sections: tuple[Section, ...],
    preamble: tuple[Block, ...],
    timeline: Timeline,
    source: Source,
    anchor: Anchor,
) -> Window:
    """Start, end and durations: from fields, from a range in words, and last from the timeline."""
    reader = _Reader(anchor)
    told = [*_titles(sections), *_told(sections, preamble)]
    stated = [*_entry_durations(entries), *(fact for prose in told for fact in stated_durations(prose))]
    fields = reader.fields(entries)
    start, end = fields.get("started_at"), fields.get("ended_at")
    for entry in entries:
        if start is not None and end is not None:
            break
        if entry.name in ("duration", "started_at", "date", "impact"):
            first, last = reader.range(entry.value, entry.span)
            start, end = start or first, end or last
    shown = _marked(timeline, source)
    if start is None and end is not None and not shown.starts:
        # detection, or a date and clock, stands for a start that nothing gives
        start = fields.get("detected_at") or fields.get("date")
    if start is None and end is None:
        start, end = reader.told(told, [fact.span for fact in fields.values()])
        if end is None and (shown.starts or (start and shown.end and not start.value.minutes_until(shown.end.value))):
            start = None
    start = shown.start if start is None or (start.value.clock is None and shown.start) else start
    end = shown.end if end is None or (end.value.clock is None and shown.end) else end
    end = end or fields.get("closed_at")
    unique = {fact.span: fact for fact in stated}
    durations = tuple(unique.values())
    return Window(start, end, durations[0] if durations else None, durations)


class _Shown(NamedTuple):
    """Start and end as the timeline shows them, and whether an event is marked as the start."""

    start: Fact[Moment] | None = None
    end: Fact[Moment] | None = None
    starts: bool = False


def _marked(timeline: Timeline, source: Source) -> _Shown:
    """From the start, the detection or the first event to the last resolution, if within a day.

    Over days a timeline tells of repair and clean-up too: what impact lasted cannot be read off it.
    """
    timed = [event for event in timeline.events if event.at is not None and event.at.clock is not None]
    resolved = [event for event in timed if Milestone.RESOLUTION in event.milestones]
    resolved = [event for event in resolved if not _CLOSING.search(event.text)] or resolved
    starting = [event for event in timed if Milestone.START in event.milestones]
    if not resolved or not timed:
        return _Shown()
    first, last = (starting or timed)[0], resolved[-1]
    if first.at is None or last.at is None or first.span >= last.span:
        return _Shown()
    if first.at.day and last.at.day and not 0 <= (first.at.minutes_until(last.at) or 0) <= _DAY:
        return _Shown()
    return _Shown(
        _shown_at(first, first.at, source),
        _shown_at(last, last.at, source),
        bool(starting),
    )


def _shown_at(event: Event, at: Moment, source: Source) -> Fact[Moment]:
    span = event.stamp_span or event.span
    return Fact(value=at, text=source[span], span=span)


def _titles(sections: tuple[Section, ...]) -> Iterator[Prose]:
    for section in sections:
        span = section.title_span
        if section.is_a(SectionKind.TITLE) and span.end - span.start == len(section.title):
            yield Prose(section.title, (Segment(0, len(section.title), span.start, span.end),))


def _entry_durations(entries: tuple[Entry, ...]) -> Iterator[Fact[float]]:
    for entry in entries:
        if entry.name != "duration":
            continue
        found = _lengths(entry.value, clock_form=not re.search(r"(?i)[ap]m|utc|[-–—].*:", entry.value))
        plain = [match for match in found if match.context != "per"]
        if not plain and "minutes" in entry.key.casefold() and _COUNT.fullmatch(entry.value):
            yield Fact(value=float(entry.value), text=entry.value, span=entry.span)
        if plain:
            yield Fact(value=plain[0].minutes, text=entry.value[plain[0].start : plain[0].end], span=entry.span)


def _told(sections: tuple[Section, ...], preamble: tuple[Block, ...]) -> Iterator[Prose]:
    """The prose in which a document says what happened: title, opening, summary, impact."""
    yield from _proses(preamble)
    for index, section in enumerate(sections):
        if section.is_a(*_TOLD_IN) or index == 0:
            yield from _proses(section.blocks)


def _proses(blocks: tuple[Block, ...]) -> Iterator[Prose]:
    for block in blocks:
        match block:
            case Paragraph():
                yield block.prose
            case List():
                for item in block.items:
                    yield from _proses(item.blocks)
            case Table():
                for row in block.rows:
                    # a row with several is a comparison: of incidents, of services, of before and after
                    if sum(map(_tells_a_length, row.cells)) < 2:
                        yield from (cell.prose for cell in row.cells)
            case _:
                pass


def _tells_a_length(cell: Cell) -> bool:
    return _RANGE.search(cell.prose.text) is not None or bool(find_durations(cell.prose.text))


def stated_durations(prose: Prose) -> Iterator[Fact[float]]:
    """The lengths of time in `prose` that are said of the incident itself."""
    text = prose.voice
    found = _lengths(text)
    if not found:
        return
    for sentence in sentences(text):
        for match in found:
            inside = sentence.start <= match.start < sentence.end
            if not inside or match.context != "plain" or match.minutes < 1:
                continue
            before, after = text[sentence.start : match.start], text[match.end : sentence.end]
            if _NOT_IMPACT.search(before):
                continue
            opens = _OPENS.search(before) is not None and _TELLS.search(after) is not None
            if opens or _BEFORE.search(before) or _AFTER.search(after):
                yield Fact(
                    value=match.minutes, text=text[match.start : match.end], span=prose.span(match.start, match.end)
                )


def _lengths(text: str, *, clock_form: bool = False) -> list[DurationMatch]:
    """The lengths of time in `text`, without the clocks that are written like one: "14h20 - 16h05"."""
    found = find_durations(text, clock_form=clock_form)
    if "h" not in text or not found:
        return found
    ranges = [clock for clock in find_clocks(text) if clock.end_clock is not None]
    return [match for match in found if not any(each.start <= match.start < each.end for each in ranges)]


class _Reader:
    def __init__(self, anchor: Anchor) -> None:
        self.anchor = anchor

    def moment(self, clock: ClockMatch | None, day: date | None) -> Moment:
        zone = (clock.zone if clock else None) or self.anchor.zone
        return Moment(
            day=day,
            clock=f"{clock.hour:02d}:{clock.minute:02d}" if clock and clock.valid else None,
            zone=zone.name if zone else None,
            offset_minutes=zone.offset_minutes if zone else None,
            approximate=clock.approximate if clock else False,
            coarse=clock is None or clock.coarse,
        )

    def days(self, text: str) -> list[date]:
        """The whole dates in `text`, a missing year taken from the incident's."""
        year = self.anchor.day.year if self.anchor.day else None
        found = find_dates(text, order=self.anchor.order, default_year=year)
        return [match.value for match in found if match.value and match.day_known]

    def fields(self, entries: tuple[Entry, ...]) -> dict[str, Fact[Moment]]:
        """The moments that fields of their own give; a date counts where it has a clock."""
        found: dict[str, Fact[Moment]] = {}
        for entry in entries:
            if entry.name not in _MOMENTS or entry.name in found:
                continue
            clock = next(iter(_clocks(entry.value, dotted=True)), None)
            if entry.name == "date" and clock is None:
                continue
            days = self.days(entry.value)
            if clock or days:
                moment = self.moment(clock, days[0] if days else self.anchor.day)
                found[entry.name] = Fact(value=moment, text=entry.value, span=entry.span)
        return found

    def range(self, text: str, span: Span) -> tuple[Fact[Moment] | None, Fact[Moment] | None]:
        """Start and end written as one range: `10:30 - 12:00 UTC`, with or without dates."""
        first, last = _ends(_clocks(text))
        if first is None or last is None:
            return None, None
        days = self.days(text)
        zone = first.zone or last.zone
        first, last = replace(first, zone=zone), replace(last, zone=zone)
        start_day = days[0] if days else self.anchor.day
        end_day = days[1] if len(days) > 1 else _next_day(start_day, first, last)
        start, end = self.moment(first, start_day), self.moment(last, end_day)
        if (start.minutes_until(end) or 0) < 0:
            return None, None
        return Fact(value=start, text=text, span=span), Fact(value=end, text=text, span=span)

    def told(self, proses: list[Prose], fields: list[Span]) -> tuple[Fact[Moment] | None, Fact[Moment] | None]:
        """Start and end told in sentences: "from 3:00 PM to 4:30 PM", or "down at 1am … all fixed at 11:35 AM".

        What stands in `fields` of its own is none of them.
        """
        started: Fact[Moment] | None = None
        for prose in proses:
            text = prose.voice
            for sentence in sentences(text):
                words = text[sentence.start : sentence.end]
                if any(prose.span(*sentence).meets(span) for span in fields):
                    continue
                if _RANGE.search(words):
                    start, end = self.range(words, prose.span(*sentence))
                    if start is not None and end is not None:
                        return start, end
                clocks = _clocks(words)
                if not clocks or (len(clocks) > 1 and started is not None):
                    continue  # the first of several is when it began
                days = self.days(words)
                moment = self.moment(clocks[0], days[0] if days else self.anchor.day)
                fact = Fact(value=moment, text=words, span=prose.span(*sentence))
                if started is None and _UNTIL.search(words[: clocks[0].start]):
                    continue
                if started is not None and _RECOVERY.search(words):
                    return started, fact
                if started is None and _ONSET.search(words):
                    started = fact
        return started, None


def _clocks(text: str, *, dotted: bool = False) -> list[ClockMatch]:
    return [match for match in find_clocks(text, dotted=dotted) if match.relative_minutes is None and match.valid]


def _ends(clocks: list[ClockMatch]) -> tuple[ClockMatch | None, ClockMatch | None]:
    for clock in clocks:
        if clock.end_clock:
            hour, minute = clock.end_clock
            return clock, replace(clock, hour=hour, minute=minute, second=None, end_clock=None)
    if len(clocks) == 2:
        return clocks[0], clocks[1]
    return None, None


def _next_day(day: date | None, first: ClockMatch, last: ClockMatch) -> date | None:
    if day is None or (last.hour, last.minute) >= (first.hour, first.minute):
        return day
    return date.fromordinal(day.toordinal() + 1)
