"""The window of the incident: when impact began and ended, and every statement of how long it lasted."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from pmlint.document.clocks import ClockMatch, find_clocks
from pmlint.document.dates import find_dates
from pmlint.document.durations import find_durations
from pmlint.document.model import Entry, Fact, Moment, Section, SectionKind
from pmlint.document.sentences import sentences
from pmlint.document.vocabulary import Vocabulary
from pmlint.document.zones import Zone
from pmlint.source import Block, List, Paragraph, Prose, Table

_TOLD_IN = (SectionKind.TITLE, SectionKind.SUMMARY, SectionKind.IMPACT, SectionKind.METADATA)
# A length of time is the incident's if the sentence says so of it: "a 40-minute outage", "was down for 2 hours".
_TROUBLE = r"(?:outage|incident|downtime|disruption|interruption|unavailab\w+|degradation|impact|event|issue|problem)"
_BEFORE = re.compile(
    rf"(?i)(?:\b(?:lasted|lasting|duration|persisted|continued|went on|took)\b[^.;\n]{{0,25}}"
    rf"|\b(?:down|unavailable|unreachable|offline|inaccessible|degraded|unresponsive|interrupted|disrupted|broken|affected"
    rf"|impacted|out of service|not available|{_TROUBLE})\b[^.;\n]{{0,40}}\b(?:for|of|was)\b[^.;\n\d]{{0,20}}"
    rf"|\b(?:fixed|resolved|restored|recovered|mitigated|back)\b[^.;\n]{{0,25}}\b(?:in|within|after)\b[^.;\n\d]{{0,20}}"
    rf"|\b(?:total|customer|user)[- ]?(?:impact|downtime)\b[^.;\n]{{0,20}})$"
)
_AFTER = re.compile(rf"(?i)^[-\s]*(?:long\s+)?(?:(?:\w+[-\s]+){{0,3}}){_TROUBLE}\b|^\s*(?:of|with)\s+(?:\w+\s+){{0,2}}{_TROUBLE}\b")
_NOT_IMPACT = re.compile(
    r"(?i)\b(?:detect(?:ed|ion)?|respon(?:d|se)|acknowledge|diagnos\w+|notice|identif\w+|investigat\w+|every|each|per|timeout|"
    r"window|interval|retention|delay(?:ed)? by|last|past|previous|next|within|up to|at most|ttl|cooldown|threshold|budget)\b[^.;\n]{0,30}$"
)


@dataclass(frozen=True)
class Window:
    """When it was, and how long, each as stated."""

    started_at: Fact[Moment] | None
    ended_at: Fact[Moment] | None
    duration: Fact[float] | None
    durations: tuple[Fact[float], ...]


def read_window(
    entries: tuple[Entry, ...],
    sections: tuple[Section, ...],
    preamble: tuple[Block, ...],
    day: date | None,
    zone: Zone | None,
    vocabulary: Vocabulary,
) -> Window:
    """Start, end and durations from the metadata, the title, the summary and the impact section."""
    reader = _Reader(day, zone, vocabulary)
    told = [*_told(sections, preamble)]
    stated = [*_entry_durations(entries), *(fact for prose in told for fact in stated_durations(prose))]
    start, end = reader.fields(entries)
    if start is None or end is None:
        for entry in entries:
            if entry.name in ("duration", "started_at", "date", "impact"):
                first, last = reader.range(entry.value, entry)
                start, end = start or first, end or last
    if start is None and end is None:
        for prose in told:
            start, end = reader.told_range(prose)
            if start is not None:
                break
    unique = {fact.span: fact for fact in stated}
    durations = tuple(unique.values())
    return Window(start, end, durations[0] if durations else None, durations)


def _entry_durations(entries: tuple[Entry, ...]) -> Iterator[Fact[float]]:
    for entry in entries:
        if entry.name != "duration":
            continue
        found = find_durations(entry.value, clock_form=not re.search(r"(?i)[ap]m|utc|[-–—].*:", entry.value))
        plain = [match for match in found if match.context != "per"]
        if plain:
            yield Fact[float](value=plain[0].minutes, text=entry.value[plain[0].start : plain[0].end], span=entry.span)


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
                    yield from (cell.prose for cell in row.cells)
            case _:
                pass


def stated_durations(prose: Prose) -> Iterator[Fact[float]]:
    """The lengths of time in `prose` that are said of the incident itself."""
    text = prose.voice
    found = find_durations(text)
    if not found:
        return
    for sentence in sentences(text):
        for match in found:
            if not sentence.start <= match.start < sentence.end or match.context != "plain":
                continue
            before, after = text[sentence.start : match.start], text[match.end : sentence.end]
            if _NOT_IMPACT.search(before):
                continue
            if _BEFORE.search(before) or _AFTER.search(after):
                yield Fact[float](
                    value=match.minutes, text=text[match.start : match.end], span=prose.span(match.start, match.end)
                )


class _Reader:
    def __init__(self, day: date | None, zone: Zone | None, vocabulary: Vocabulary) -> None:
        self.day = day
        self.zone = zone
        self.order = vocabulary.date_order

    def moment(self, text: str, clock: ClockMatch | None, day: date | None) -> Moment:
        zone = (clock.zone if clock else None) or self.zone
        return Moment(
            day=day,
            clock=f"{clock.hour:02d}:{clock.minute:02d}" if clock and clock.valid else None,
            zone=zone.name if zone else None,
            offset_minutes=zone.offset_minutes if zone else None,
            approximate=clock.approximate if clock else False,
            coarse=clock is None or clock.coarse,
        )

    def fields(self, entries: tuple[Entry, ...]) -> tuple[Fact[Moment] | None, Fact[Moment] | None]:
        """Start and end from fields of their own."""
        found: dict[str, Fact[Moment]] = {}
        for entry in entries:
            if entry.name not in ("started_at", "ended_at") or entry.name in found:
                continue
            clock = next((match for match in find_clocks(entry.value, dotted=True) if match.relative_minutes is None), None)
            days = [match.value for match in find_dates(entry.value, order=self.order) if match.value and match.day_known]
            if clock or days:
                day = days[0] if days else self.day
                moment = self.moment(entry.value, clock, day)
                found[entry.name] = Fact[Moment](value=moment, text=entry.value, span=entry.span)
        return found.get("started_at"), found.get("ended_at")

    def range(self, text: str, entry: Entry) -> tuple[Fact[Moment] | None, Fact[Moment] | None]:
        """Start and end written as one range: `10:30 - 12:00 UTC`, with or without dates."""
        clocks = [match for match in find_clocks(text) if match.relative_minutes is None and match.valid]
        days = [match.value for match in find_dates(text, order=self.order) if match.value and match.day_known]
        first, last = _ends(clocks)
        if first is None or last is None:
            return None, None
        zone = first.zone or last.zone
        first, last = replace(first, zone=zone), replace(last, zone=zone)
        start_day = days[0] if days else self.day
        end_day = days[1] if len(days) > 1 else _next_day(start_day, first, last)
        start, end = self.moment(text, first, start_day), self.moment(text, last, end_day)
        return (
            Fact[Moment](value=start, text=text, span=entry.span),
            Fact[Moment](value=end, text=text, span=entry.span),
        )

    def told_range(self, prose: Prose) -> tuple[Fact[Moment] | None, Fact[Moment] | None]:
        """Start and end told in a sentence: "from 3:00 PM to 4:30 PM CAT"."""
        text = prose.voice
        for sentence in sentences(text):
            words = text[sentence.start : sentence.end]
            if not re.search(r"(?i)\b(?:from|between)\b|[-–—]", words):
                continue
            clocks = [match for match in find_clocks(words) if match.relative_minutes is None and match.valid]
            whole = [match for match in clocks if match.end_clock]
            joined = re.search(r"(?i)\b(?:from|between)\b[^.;]*?\b(?:to|until|till|and|through)\b", words)
            if not whole and not (joined and len(clocks) >= 2):
                continue
            span = prose.span(sentence.start, sentence.end)
            entry = Entry(key="", name=None, value=words, key_span=span, span=span, origin="prose")
            start, end = self.range(words, entry)
            if start is not None and end is not None:
                return start, end
        return None, None


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
