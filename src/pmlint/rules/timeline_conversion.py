"""Fixes of the timeline: its times written in UTC."""

import re
from datetime import datetime, timedelta

from pmlint.document.model import Event, Postmortem
from pmlint.document.patterns import Patterns
from pmlint.document.values import Moment
from pmlint.rules.problem import Edit, Fix
from pmlint.rules.timeline_told import clocks_elsewhere, sections
from pmlint.source import Span

_PATTERNS = Patterns(
    clock=r"(?P<day>\d{4}-\d\d-\d\d)?[ T]*(?P<hour>\d{1,2}):(?P<minute>\d\d)(?P<second>:\d\d)?(?P<rest>.*)",
)


def in_utc(doc: Postmortem, events: list[Event]) -> Fix | None:
    """Every time of the timeline and every mention of its zones rewritten; None where one of them is in doubt.

    A time outside the stamps would stay behind in the old zone.
    """
    parts = sections(doc)
    zones = [zone for zone in doc.timeline.zones if any(part.covers(zone.span) for part in parts)]
    if len(zones) != len(doc.timeline.zones) or not zones or next(clocks_elsewhere(doc), None):
        return None
    edits = [Edit(zone.span, "UTC") for zone in zones if doc.source[zone.span] == zone.text]
    if len(edits) != len(zones):
        return None
    undated = all(event.at is not None and event.at.day is None for event in events)
    for event in events:
        edit = _converted(doc, event, undated=undated)
        if edit is None:
            return None
        edits.append(edit)
    changes = {edit.span: edit for edit in edits if edit.text != doc.source[edit.span]}
    return Fix(tuple(sorted(changes.values(), key=lambda edit: edit.span)), "write the times in UTC", safe=False)


def _converted(doc: Postmortem, event: Event, *, undated: bool) -> Edit | None:
    """The event's clock, and its day where that is written in figures, in UTC."""
    at, span = event.at, event.stamp_span
    local = None if at is None else _local(at, undated=undated)
    if at is None or span is None or local is None or at.offset_minutes is None or event.until is not None:
        return None
    written = _PATTERNS.clock.fullmatch(doc.source[span])
    if written is None or re.search(r"\d|[ap]\.?m", written["rest"], re.IGNORECASE):
        return None
    moved = local - timedelta(minutes=at.offset_minutes)
    if moved.date() != at.day and not written["day"] and not undated:
        return None
    start = span.start + (written.start("day") if written["day"] else written.start("hour"))
    end = span.start + (written.end("second") if written["second"] else written.end("minute"))
    text = f"{moved:%H:%M}" + (written["second"] or "")
    if written["day"]:
        between = doc.source.text[span.start + written.end("day") : span.start + written.start("hour")]
        text = f"{moved:%Y-%m-%d}{between}{text}"
    return Edit(Span(start, end), text)


_SOME_DAY = "2000-01-02"


def _local(at: Moment, *, undated: bool) -> datetime | None:
    """The time without its zone; where no day is known of any, that of some day, of which only the clock counts."""
    return datetime.fromisoformat(f"{_SOME_DAY}T{at.clock}") if undated and at.clock else at.local
