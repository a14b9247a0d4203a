"""Structure: dates that are there, exist, and can be read in one way only."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal

from pmlint.document.date_paths import date_from_path
from pmlint.document.dates import WEEKDAYS, DateMatch, calendar_date, find_dates, written_order
from pmlint.document.model import Kind, Postmortem, SectionKind
from pmlint.document.once import once
from pmlint.document.sentences import passages
from pmlint.rules.place import place
from pmlint.rules.problem import Edit, Fix, Level, Problem, Related
from pmlint.rules.rule import rule
from pmlint.source import Prose, Source, Span

_ALL = frozenset(Kind) - {Kind.OTHER}


@rule(
    level=Level.ERROR,
    kinds=_ALL,
    help="write the date as YYYY-MM-DD, and leave the weekday out unless it matters",
    sources=("ISO 8601", "RFC 3339"),
    good=[
        "# Search was down\n\nIt began on Wednesday, 4 February 2026, and recurred on 2024-02-29.\n",
        "# Search was down\n\nThe cron line `2026-02-30` was rejected by the parser.\n",
    ],
    bad=[
        "# Search was down\n\nIt began on ⟦2026-02-30⟧.\n",
        "# Search was down\n\nIt began on ⟦Monday, 4 February 2026⟧.\n",
        ("# Search was down\n\nIt began on ⟦2026-13-02⟧.\n", "# Search was down\n\nIt began on 2026-02-13.\n"),
    ],
)
def invalid_date(doc: Postmortem) -> Iterator[Problem]:
    """A date does not exist, or is not the weekday that stands beside it.

    One of the two halves is wrong, and nobody but the author can tell which. Deadlines, windows and the order of events
    are computed from it all the same.
    """
    for prose, found in _dates(doc, None):
        written = " ".join(prose.text[found.start : found.end].split())
        span = prose.span(found.start, found.end)
        if not found.exists:
            yield Problem(span, f'"{written}" is no day of the calendar', fix=_swapped(doc, span))
        elif found.weekday_wrong and found.value:
            yield Problem(span, f'"{written}" was a {WEEKDAYS[found.value.weekday()].capitalize()}')


_SWAPPED = re.compile(r"(?P<year>\d{4})(?P<mark>[-/])(?P<day>1[3-9]|2\d|3[01])(?P=mark)(?P<month>\d{1,2})")


def _swapped(doc: Postmortem, span: Span) -> Fix | None:
    """Day and month changed about, where the year is first and nothing else can have been meant."""
    written = _SWAPPED.fullmatch(doc.source[span])
    meant = calendar_date(int(written["year"]), int(written["month"]), int(written["day"])) if written else None
    if meant is None:
        return None
    return Fix((Edit(span, meant.isoformat()),), f"write the date as {meant.isoformat()}", safe=False)


@once
def _dates(doc: Postmortem, order: Literal["dmy", "mdy"] | None) -> tuple[tuple[Prose, DateMatch], ...]:
    return tuple(_written(doc, order))


def _written(doc: Postmortem, order: Literal["dmy", "mdy"] | None) -> Iterator[tuple[Prose, DateMatch]]:
    for passage in passages(doc):
        voice = passage.prose.voice
        for found in find_dates(voice, order=order):
            yield passage.prose, found
    front = doc.markup.front_matter
    for entry in front.entries if front else ():
        # A mapping's text is read with its keys.
        if doc.span.start == 0 and not isinstance(entry.value, dict):
            prose = _verbatim(doc.source, entry.span)
            for found in find_dates(prose.text, order=order):
                yield prose, found


def _verbatim(source: Source, span: Span) -> Prose:
    from pmlint.source.prose import Segment

    text = source[span]
    return Prose(text, (Segment(0, len(text), *span),), (), span.start)


@rule(
    level=Level.WARNING,
    kinds=_ALL,
    help="write the month as a word or the date as YYYY-MM-DD",
    sources=("ISO 8601", "W3C, Date formats for international readers"),
    good=[
        "# Search was down\n\nIt began on 2026-04-03 and recurred on 13/04/2026.\n",
        "# Search was down\n\nIt began on 3 April 2026; 3/4 of all queries failed.\n",
        "# Search was down\n\nIt began on 03/04/2026. The last snapshot was of 3 April 2026, 09:00 UTC.\n",
    ],
    bad=[
        "# Search was down\n\nIt began on ⟦03/04/2026⟧.\n",
        "# Search was down\n\nIt began on ⟦03/04/2026⟧ and was reviewed on 07/04/2026.\n",
        (
            "# Search was down\n\nIt began on ⟦03/04/2026⟧ and was reviewed on 07/04/2026.\n",
            "# Search was down\n\nIt began on 2026-04-03 and was reviewed on 2026-04-07.\n",
            {"date_order": "dmy"},
        ),
    ],
)
def ambiguous_date(
    doc: Postmortem,
    *,
    date_order: Annotated[Literal["dmy", "mdy"] | None, "how the house means 03/04/2026"] = None,
) -> Iterator[Problem]:
    """A date reads differently on two sides of an ocean.

    03/04/2026 is April to some readers and March to others, and neither notices. The one who notices is the one who
    looks for the logs of that day.
    """
    unclear = [
        (prose.span(found.start, found.end), prose.text[found.start : found.end], found.alternatives)
        for prose, found in _dates(doc, None)
        if found.ambiguous and len(found.alternatives) > 1
    ]
    if not unclear:
        return
    # One date that can only be read in one way tells how the author writes the others, and so does a day that is
    # written plainly too.
    if not date_order and (written_order(doc.source.text) or _plain_too(doc, [days for *_, days in unclear])):
        return
    order = date_order
    span, written, (first, second, *_) = unclear[0]
    count = f" ({len(unclear)} such dates)" if len(unclear) > 1 else ""
    yield Problem(
        span,
        f'"{written}" is {first.isoformat()} or {second.isoformat()}{count}',
        related=tuple(Related(place, f'"{text}" too') for place, text, _ in unclear[1:6]),
        fix=_fix(doc, order, unclear) if order else None,
    )


def _plain_too(doc: Postmortem, unclear: list[tuple[date, ...]]) -> bool:
    """Whether one of the two readings of a date stands plainly in the document, or in its path."""
    in_path = date_from_path(doc.source.path) if doc.source.path else None
    read = [found for _, found in _dates(doc, None)] + ([in_path] if in_path else [])
    days = {found.value for found in read if found.value and found.year_known and found.day_known}
    month = in_path.value if in_path and in_path.year_known and not in_path.day_known else None
    for readings in unclear:
        meant = [day for day in readings if day in days]
        if not meant and month:
            meant = [day for day in readings if (day.year, day.month) == (month.year, month.month)]
        if len(meant) == 1:
            return True
    return False


def _fix(
    doc: Postmortem, order: Literal["dmy", "mdy"], unclear: list[tuple[Span, str, tuple[date, ...]]]
) -> Fix | None:
    edits = []
    for span, text, _ in unclear:
        read = find_dates(text, order=order)
        if len(read) != 1 or read[0].value is None or doc.source[span] != text:
            return None
        edits.append(Edit(span, read[0].value.isoformat()))
    return Fix(tuple(edits), f"write {'the date' if len(edits) == 1 else 'these dates'} as YYYY-MM-DD", safe=False)


@rule(
    level=Level.ERROR,
    help='state the day on which it began, as "Date: 2026-03-04"',
    sources=("PagerDuty, Postmortem template",),
    good=[
        """
        # Search was down

        **Date:** 2026-02-04
        """,
        """
        # Search was down

        ## Timeline

        - 2026-02-04 10:02 UTC: search returns errors
        """,
    ],
    bad=[
        """
        # ⟦Search was down⟧

        ## Timeline

        - 10:02 UTC: search returns errors
        """,
        "# Search was down\n\n## Summary\n\nSearch was down on ⟦February 4th⟧.\n",
        "# Search was down\n\n**Date:** ⟦February 2026⟧\n",
        "# ⟦February 2026⟧: search was down\n\n_Ana Ruiz._\n",
    ],
)
def missing_incident_date(doc: Postmortem) -> Iterator[Problem]:
    """Nothing says on which day the incident happened.

    Everything that is counted later hangs on the day: how long follow-up took, whether this came before or after a
    change, whether it is the third time this quarter.
    """
    dated = any(event.at and event.at.day for event in doc.timeline.events) or any(
        found.ambiguous for entry in doc.metadata if entry.name in _DATED for found in find_dates(entry.value)
    )
    if not (doc.incident_date or dated or (doc.started_at and doc.started_at.value.day)):
        without_year = _day_of_no_year(doc)
        month = _month_of_no_day(doc)
        if without_year is not None:
            yield Problem(without_year, f'"{doc.source[without_year]}" has no year')
        elif month is not None:
            yield Problem(month, f'"{doc.source[month]}" names no day')
        else:
            yield Problem(place(doc), "nothing says on which day the incident happened")


_DATED = ("date", "started_at", "detected_at")


def _month_of_no_day(doc: Postmortem) -> Span | None:
    """The value of a date field, or the beginning of the title, that is a month and no day."""
    for entry in doc.metadata:
        if entry.name in ("date", "started_at") and doc.source[entry.span] == entry.value:
            read = [found for found in find_dates(entry.value) if found.exists and found.year_known]
            if read and not any(found.day_known for found in read):
                return Span(entry.span.start + read[0].start, entry.span.start + read[0].end)
    title = doc.source[doc.title.span] if doc.title is not None else ""
    months = [found for found in find_dates(title) if found.exists and found.year_known]
    if doc.title is None or not months or any(found.day_known for found in months):
        return None
    return Span(doc.title.span.start + months[0].start, doc.title.span.start + months[0].end)


def _day_of_no_year(doc: Postmortem) -> Span | None:
    """The first day that stands in the title or at the opening without its year."""
    for passage in passages(doc):
        kinds = passage.kinds
        if passage.part == "headings" or not kinds or kinds & {SectionKind.SUMMARY, SectionKind.TITLE}:
            found = _yearless(passage.prose.text)
            if found is not None:
                return passage.prose.span(*found)
    found = _yearless(doc.source[doc.title.span]) if doc.title is not None else None
    if found is None or doc.title is None:
        return None
    return Span(doc.title.span.start + found.start, doc.title.span.start + found.end)


def _yearless(text: str) -> Span | None:
    found = (each for each in find_dates(text) if each.day_known and not each.year_known)
    return next((Span(each.start, each.end) for each in found), None)
