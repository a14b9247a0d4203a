"""Structure: the length of the incident as stated, as start to end, and as the timeline tells it."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Annotated

from msgspec import Struct
from msgspec.structs import replace

from pmlint.document.clocks import find_clocks
from pmlint.document.durations import find_durations
from pmlint.document.model import Event, Milestone, Postmortem
from pmlint.document.patterns import Patterns
from pmlint.document.values import Fact, Moment
from pmlint.rules.problem import Confidence, Level, Problem, Related
from pmlint.rules.rule import rule
from pmlint.rules.structure_beside import beside
from pmlint.source import Span

_DAY = 24 * 60


class _Measure(Struct, frozen=True):
    """One way in which the document tells the length; several `minutes` where it can be read in several ways."""

    minutes: tuple[float, ...]
    told: str
    place: Span
    slack: float
    """Minutes by which the wording itself is rounded."""
    stated: bool
    of_day: bool = False
    """Read from clocks without days: whole days more or less look the same."""


@rule(
    level=Level.ERROR,
    help="make the stated duration, start and end, and the timeline agree, or say what each of them measures",
    sources=("Site Reliability Engineering, appendix D: Example Postmortem",),
    good=[
        """
        # Search was down

        **Duration:** 38 minutes (10:02 – 10:40 UTC)

        ## Summary

        Search was down for about 40 minutes. It took 8 minutes to detect.
        """,
        """
        # Search was down

        **Duration:** 2 hours

        ## Timeline

        - 10:02 UTC: impact begins, searches fail
        - 10:10 UTC: alert fires
        - 11:52 UTC: rollback finished, incident resolved
        """,
    ],
    bad=[
        """
        # Late-night ⟦30-minute⟧ outage of search

        **Duration:** 24 minutes (23:10 – 23:34 UTC)
        """,
        """
        # Search was down

        ## Summary

        Two of three replicas were off for ⟦71 minutes⟧, from 14:22 to 15:03 UTC.
        """,
        """
        # Search was down

        **Duration:** ⟦25 minutes⟧

        ## Timeline

        - 10:02 UTC: impact begins, searches fail
        - 10:10 UTC: alert fires
        - 11:10 UTC: rollback finished, incident resolved
        """,
    ],
)
def inconsistent_duration(
    doc: Postmortem,
    *,
    minutes: Annotated[int, "minutes by which start, end and timeline may differ from what is stated"] = 5,
    percent: Annotated[int, "per cent by which they may differ"] = 10,
) -> Iterator[Problem]:
    """The duration is told in several ways that disagree.

    Availability, broken promises and refunds are computed from the duration. If the page holds two, each reader picks
    one, and both will be quoted.
    """
    measures = _measures(doc)
    found = []
    if len(measures) > 1:
        found = _contradiction(doc, measures, minutes, percent) or _near_miss(doc, measures)
    yield from found
    yield from _mistaken(doc, [problem.span for problem in found])


def _mistaken(doc: Postmortem, told: list[Span]) -> Iterator[Problem]:
    """Lengths that are not those of the start and end right beside them."""
    for said in beside(doc):
        slack = max(_rounding(said.text), 5, said.minutes / 4) if said.about else _rounding(said.text)
        if abs(said.minutes - said.apart) > slack and not any(said.span.meets(span) for span in told):
            message = f'"{said.text}" stands beside {said.start} to {said.end}, which is {_minutes(said.apart)}'
            yield Problem(said.span, message)


def _contradiction(doc: Postmortem, measures: list[_Measure], minutes: int, percent: int) -> list[Problem]:
    agreeing = [[_agree(one, other, minutes, percent) for other in measures] for one in measures]
    doubted = [index for index, agrees in enumerate(agreeing) if not all(agrees)]
    if not doubted:
        return []
    # Of those in doubt, the one that most others confirm is believed; among equals the one that can be read in one
    # way only, then the one closest to the others.
    best = max(
        doubted,
        key=lambda index: (
            sum(agreeing[index]),
            len(measures[index].minutes) == 1,
            -_distance(measures[index], measures),
        ),
    )
    others = [measure for measure, agrees in zip(measures, agreeing[best], strict=True) if not agrees]
    believed = measures[best]
    odd = next((measure for measure in others if measure.stated), others[0])
    if not odd.stated and believed.stated:
        odd, believed = believed, odd
    return [_problem(doc, odd, believed, measures)]


def _near_miss(doc: Postmortem, measures: list[_Measure]) -> list[Problem]:
    """A length told to the minute that the timeline's own start and end miss by a few.

    Rounding hides no more than a twentieth; what is larger is worth a change, what is smaller a word.
    """
    exact = next((measure for measure in measures if measure.stated and measure.slack <= 1), None)
    marked = _timeline(doc, near=exact.minutes[0] if exact else None, marked=True)
    if exact is None or marked is None or _agree(exact, replace(marked, stated=True), 0, 0):
        return []
    window = _window(doc)
    if window is not None and _agree(exact, replace(window, stated=True), 0, 0):
        return []  # start and end stand beside it and say what it measures
    timed = [event for event in doc.timeline.events if _usable(event)]
    first, last = timed[0], timed[-1]
    if Milestone.START in first.milestones and first.at and last.at and _between(first.at, last.at) == exact.minutes[0]:
        return []  # it lasts until the last entry, in whatever words that tells the end
    problem = _problem(doc, exact, marked, [*(measure for measure in measures if measure.stated), marked])
    apart = min(abs(exact.minutes[0] - length) for length in marked.minutes)
    level = Level.WARNING if apart >= exact.minutes[0] / 20 else Level.INFO
    return [replace(problem, level=level, confidence=Confidence.MEDIUM)]


def _problem(doc: Postmortem, odd: _Measure, believed: _Measure, measures: list[_Measure]) -> Problem:
    rest = [measure for measure in measures if measure is not odd]
    return Problem(
        odd.place,
        f"{odd.told} here, {believed.told} on line {doc.line(believed.place)}",
        related=tuple(Related(measure.place, f"{measure.told} here") for measure in rest),
    )


def _agree(one: _Measure, other: _Measure, minutes: int, percent: int) -> bool:
    if one is other:
        return True
    for a in one.minutes:
        for b in other.minutes:
            slack = max(one.slack, other.slack)
            if not (one.stated and other.stated):
                slack = max(slack, minutes, percent / 100 * max(a, b))
            apart = abs(a - b)
            if one.of_day or other.of_day:
                apart = min(apart % _DAY, -apart % _DAY)
            if apart <= slack:
                return True
    return False


def _distance(one: _Measure, measures: list[_Measure]) -> float:
    return sum(min(abs(a - b) for a in one.minutes for b in other.minutes) for other in measures)


def _measures(doc: Postmortem) -> list[_Measure]:
    facts = {fact.span: fact for fact in (*_in_title(doc), *doc.durations)}
    measures = [measure for fact in facts.values() if (measure := _stated(doc, fact))]
    window = _window(doc)
    if window:
        measures.append(window)
    timeline = _timeline(doc, near=next((measure.minutes[0] for measure in measures), None))
    if timeline:
        measures.append(timeline)
    return measures


_PATTERNS = Patterns(
    # What makes a length of time one of a part, of a bound, or of something else than the incident.
    of_a_part=(
        r"(?i)\b(?:partial\w*|some|each|every|first|second|third|another|additional\w*|further|extra|up to|"
        r"at most|at least|more than|less than|over|under|average|mean|median|per|between|before|until|"
        r"earlier|later|ago|next|last|previous|within|only|or so|most|few|respectively|maximum|minimum|"
        r"longest|peak|detect\w*|diagnos\w*|respon\w*|acknowledg\w*|repair|notice\w*|identif\w*|"
        r"investigat\w*|rollback|deploy\w*|restart\w*|delay\w*)\b"
    ),
    then=(
        r"(?i)\W*(?:to|before|until|after|later|earlier|ago|of (?:debugging|investigation|work|data|logs?|"
        r"delay)|delay|each|per|between|(?:maintenance|retention|rolling|time)?\s*(?:window|timeout|"
        r"interval))\b"
    ),
    about=(
        r"(?i)(?:[~≈约約]|\b(?:about|around|approx\w*\.?|roughly|nearly|almost|circa|ca\.?|some|close to|"
        r"just (?:over|under)|over|under|more than|less than|at least|up to))\W*$"
    ),
    trouble=(
        r"(?i)[-\s]*(?:long\s+)?(?:[\w-]+\s+){0,3}?(?:outage|incident|downtime|disruption|interruption|"
        r"unavailability|degradation)\b"
    ),
    lasted=(
        r"(?i)\b(?:down|unavailable|unreachable|offline|inaccessible|out|lasting|lasted|outage|"
        r"for)\s+(?:of |for )?$"
    ),
)


def _in_title(doc: Postmortem) -> Iterator[Fact[float]]:
    if doc.title is None:
        return
    title = doc.title.text
    start = doc.source.text.find(title, doc.title.span.start, doc.title.span.end)
    for found in find_durations(title):
        if start < 0 or found.context != "plain":
            continue
        if _PATTERNS.trouble.match(title, found.end) or _PATTERNS.lasted.search(title[: found.start]):
            span = Span(start + found.start, start + found.end)
            yield Fact(value=found.minutes, text=title[found.start : found.end], span=span)


def _stated(doc: Postmortem, fact: Fact[float]) -> _Measure | None:
    line = doc.source[doc.source.line(doc.line(fact.span))]
    if len([found for found in find_durations(doc.source[fact.span]) if found.context == "plain"]) > 1:
        return None  # a value that tells several is no statement about the whole
    at = line.find(fact.text)
    before = line[:at] if at >= 0 else ""
    if _PATTERNS.then.match(line, at + len(fact.text)):
        return None
    clause = re.split(r"[.;!?](?:\s|$)", before)[-1]
    about = _PATTERNS.about.search(before)
    if about:
        clause = clause[: max(0, len(clause) - len(about[0]))]
    if fact.value <= 0 or _PATTERNS.of_a_part.search(clause[-60:]):
        return None
    slack = _rounding(fact.text)
    if about or re.search(r"[~≈约約+]", fact.text):
        slack = max(slack, 5, fact.value / 4)
    return _Measure((fact.value,), f'"{fact.text}"', fact.span, slack, stated=True)


def _rounding(text: str) -> float:
    """By how much a careful author may have rounded, from the smallest unit that is written."""
    lowered = text.lower()
    if re.search(r"\bs|\d\s*s|sec|秒", lowered):
        return 0.5
    if re.search(r"min|\d\s*m\b|分", lowered):
        return 1
    if re.search(r"h|時間|小时|小時", lowered):
        return 6 if re.search(r"\d[.,]\d|half|½", lowered) else 30
    return _DAY  # days are as often counted on the calendar as on the clock


def _window(doc: Postmortem) -> _Measure | None:
    start, end = doc.started_at, doc.ended_at
    if not (start and end) or any(event.span.covers(start.span) for event in doc.timeline.events):
        return None  # what was read from the timeline is no second statement
    length = _between(start.value, end.value)
    if length is None or length <= 0:
        return None
    slack = 60 if start.value.coarse or end.value.coarse else 1
    if start.value.approximate or end.value.approximate:
        slack = max(slack, 10)
    told = f"{start.value.clock} – {end.value.clock} ({_minutes(length)})"
    of_day = not (start.value.local and end.value.local)
    lengths = (length, *_shorter(doc, start.value.clock, end.value.clock))
    return _Measure(lengths, told, start.span, slack, stated=False, of_day=of_day)


def _shorter(doc: Postmortem, start: str | None, end: str | None) -> Iterator[float]:
    """What else may be meant, where fields give more moments: up to when it was mitigated, or since it was detected."""
    for entry in doc.metadata:
        if entry.name not in ("mitigated_at", "detected_at"):
            continue
        clock = next((found for found in find_clocks(entry.value) if found.valid), None)
        if clock is not None and start and end:
            at = clock.hour * 60 + clock.minute
            yield (at - _of_day(start) if entry.name == "mitigated_at" else _of_day(end) - at) % _DAY


def _timeline(doc: Postmortem, *, near: float | None, marked: bool = False) -> _Measure | None:
    """From any event before the end to any that may be the end: only what no pair explains is a contradiction.

    `marked` takes only the events that are said to be the start or end of it.
    """
    events = doc.timeline.events
    began = [event for event in events if Milestone.START in event.milestones and _usable(event)]
    closing = {Milestone.RESOLUTION, Milestone.MITIGATION}
    ended = [event for event in events if closing & set(event.milestones) and _usable(event)]
    if not began or not ended:
        return None
    timed = [event for event in events if _usable(event)]
    starts = [event for event in timed if event.span <= ended[0].span]
    # What the document calls the end may stand in the timeline in words that mark none.
    over = doc.ended_at.value if doc.ended_at else None
    ends = [*ended, timed[-1], *(event for event in timed if event.at and over and _same_time(event.at, over))]
    if marked:
        starts, ends = [event for event in starts if event in began], ended
    pairs = [
        (length, start, end)
        for start in starts
        for end in ends
        if start.at and end.at and (length := _between(start.at, end.at)) is not None and length > 0
    ]
    if not pairs:
        return None
    # The pair to show is the one that comes closest to what is stated, else the longest.
    length, first, last = (
        max(pairs, key=lambda pair: pair[0]) if near is None else min(pairs, key=lambda pair: abs(pair[0] - near))
    )
    told = f"{_clock(first)} to {_clock(last)} in the timeline ({_minutes(length)})"
    of_day = not all(event.at and event.at.local for event in timed)
    lengths = tuple(length for length, _, _ in pairs)
    return _Measure(lengths, told, first.stamp_span or first.span, 1, stated=False, of_day=of_day)


def _clock(event: Event) -> str:
    return event.at.clock or "" if event.at else ""


def _usable(event: Event) -> bool:
    at = event.at
    return at is not None and at.clock is not None and not at.coarse


def _between(start: Moment, end: Moment) -> float | None:
    """Minutes from `start` to `end`; across midnight where no day is written."""
    if start.clock is None or end.clock is None:
        return None
    offset = 0
    if start.offset_minutes is not None and end.offset_minutes is not None:
        offset = start.offset_minutes - end.offset_minutes
    if start.local and end.local:
        return (end.local - start.local) / timedelta(minutes=1) + offset
    return (_of_day(end.clock) - _of_day(start.clock) + offset) % _DAY


def _same_time(one: Moment, other: Moment) -> bool:
    """Whether two moments are one and the same, each in its own zone."""
    if one.clock is None or other.clock is None or other.coarse:
        return False
    offset = 0
    if one.offset_minutes is not None and other.offset_minutes is not None:
        offset = one.offset_minutes - other.offset_minutes
    return (_of_day(one.clock) - _of_day(other.clock) - offset) % _DAY == 0


def _of_day(clock: str) -> float:
    hour, minute, second = (*map(int, clock.split(":")), 0)[:3]
    return hour * 60 + minute + second / 60


def _minutes(length: float) -> str:
    hours, minutes = divmod(round(length), 60)
    if not hours:
        return f"{minutes} min"
    days, hours = divmod(hours, 24)
    parts = (f"{days} d" if days else "", f"{hours} h" if hours else "", f"{minutes} min" if minutes else "")
    return " ".join(part for part in parts if part)
