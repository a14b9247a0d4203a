"""Due phrases that name a horizon instead of a date: "this week", "Q3", "within 30 days"; and days without a year."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from pmlint.document.dates import MONTH, WEEKDAY, WEEKDAYS, Order, calendar_date, month_number, weekday_name
from pmlint.document.durations import NUMBER_WORD, number_word
from pmlint.document.patterns import Patterns


def resolve_horizon(text: str, anchor: date) -> tuple[date, int, int] | None:
    """The last day of the first horizon that the text names, counted from the anchor, and its place.

    Of a range, "Q4 2025 - Q1 2026", it is the last day of all.
    """
    first: tuple[date, int, int] | None = None
    for found in _PATTERNS.horizon.finditer(text):
        if first is not None and not _PATTERNS.through.fullmatch(text, first[2], found.start()):
            break
        try:
            day = _last_day(found, anchor)
        except (OverflowError, ValueError):  # beyond the calendar
            continue
        if day and first is None:
            first = day, found.start(), found.end()
        elif day and first is not None and day > first[0]:
            first = day, first[1], found.end()
    return first


def is_short_day(text: str) -> bool:
    """Whether `text` is nothing but a day like 20/11, where its numbers or a word before them say that it is one."""
    found = _PATTERNS.short_day.fullmatch(text)
    if found is None:
        return False
    if found["d"]:
        return 1 <= int(found["m"]) <= 12 and 1 <= int(found["d"]) <= 31
    low, high = sorted((int(found["a"]), int(found["b"])))
    return 1 <= low <= 12 and high <= 31 and (bool(found["by"]) or (high > 12 and (low, high) != (7, 24)))


def short_day(text: str, anchor: date | None, order: Order | None) -> date | None:
    """The first such day from the anchor's month on, where day and month cannot be taken for each other."""
    found = _PATTERNS.short_day.fullmatch(text)
    if found is None or anchor is None:
        return None
    first, second = int(found["a"] or found["d"]), int(found["b"] or found["m"])
    day_first = bool(found["d"]) or first > 12 or (order == "dmy" and second <= 12)
    if not day_first and order != "mdy" and second <= 12 and first != second:
        return None
    month, day = (second, first) if day_first else (first, second)
    return calendar_date(anchor.year + (month < anchor.month), month, day)


_NUMBER = rf"(?:[0-9]{{1,3}}|an?|{NUMBER_WORD})"
_END_OF = r"(?:(?:by\s)?(?:the\s)?end\sof\s(?:the\s)?)?"
_SHORT_YEAR = r"20[0-9]{2}|(?<=['’])[0-9]{2}"
_DAYS = r"(?:business\s|working\s)?days?|weeks?|months?"
_PATTERNS = Patterns(
    short_day=(
        r"(?i)\W*(?P<by>by|before|until|due(?: by)?|on|eta)?\W*"
        r"(?:(?P<a>[0-9]{1,2})/(?P<b>[0-9]{1,2})|(?P<d>[0-9]{1,2})\.\s?(?P<m>[0-9]{1,2})\.)\W*"
    ),
    horizon=(
        r"(?i)(?<![0-9A-Za-z-])(?:"
        r"(?P<now>immediately|immediate|asap|right\saway|today|eod|end\sof\s(?:the\s)?day)|(?P<tomorrow>tomorrow)"
        rf"|{_END_OF}(?P<which>this|next|current|coming)\s(?P<unit>week|month|quarter|year)"
        r"|(?:by\s)?(?:the\s)?end\sof\s(?:the\s)?(?P<end_unit>week|month|quarter|year)"
        r"|(?P<short>eow|eom|eoq|eoy)"
        rf"|{_END_OF}(?:(?P<q>[qh][1-4])(?:[\s,/-]{{0,2}}(?:fy)?['’]?(?P<q_year>{_SHORT_YEAR}))?"
        r"|(?P<year_q>20[0-9]{2})[\s/-]?(?P<q_last>[qh][1-4]))"
        rf"|(?:within|in|next|(?:over|in|within)\sthe\snext)\s(?P<n>{_NUMBER})\s(?P<n_unit>{_DAYS})"
        rf"|(?:by\sthe\s|by\s|the\s)?(?P<part>end\sof|late|mid|early)[-\s](?P<mon>{MONTH})(?:,?\s(?P<mon_year>20[0-9]{{2}}))?"
        rf"|(?:by|before|due|next|this|on)\s(?P<next>next\s)?(?P<day>{WEEKDAY})"
        r")(?![0-9A-Za-z])"
    ),
    through=r"(?i)\s?(?:[-–—/]|to|through|until)\s?",
)


def _last_day(found: re.Match[str], anchor: date) -> date | None:
    if found["now"]:
        return anchor
    if found["tomorrow"]:
        return anchor + timedelta(days=1)
    if unit := found["unit"] or found["end_unit"] or _SHORT.get((found["short"] or "").lower()):
        return _ENDS[unit.lower()](anchor, 1 if (found["which"] or "").lower() in {"next", "coming"} else 0)
    if part_of_year := found["q"] or found["q_last"]:
        return _end_of_part(part_of_year.lower(), found["q_year"] or found["year_q"], anchor)
    if found["n"]:
        return _after(anchor, found["n"], found["n_unit"].lower())
    if found["mon"]:
        return _part_of_month(found, anchor)
    return _coming_weekday(found, anchor)


def _end_of_week(anchor: date, ahead: int) -> date:
    return anchor + timedelta(days=6 - anchor.weekday() + 7 * ahead)


def _end_of_month(anchor: date, ahead: int) -> date:
    year, month = divmod(anchor.year * 12 + anchor.month - 1 + ahead, 12)
    return date(year, month + 1, _days_in(year, month + 1))


def _days_in(year: int, month: int) -> int:
    return (date(year + month // 12, month % 12 + 1, 1) - date(year, month, 1)).days


def _end_of_quarter(anchor: date, ahead: int) -> date:
    return _end_of_month(anchor, 2 - (anchor.month - 1) % 3 + 3 * ahead)


def _end_of_year(anchor: date, ahead: int) -> date:
    return date(anchor.year + ahead, 12, 31)


_ENDS: dict[str, Callable[[date, int], date]] = {
    "week": _end_of_week,
    "month": _end_of_month,
    "quarter": _end_of_quarter,
    "year": _end_of_year,
}
_SHORT = {"eow": "week", "eom": "month", "eoq": "quarter", "eoy": "year"}


def _end_of_part(part: str, year: str | None, anchor: date) -> date | None:
    months = int(part[1]) * (3 if part[0] == "q" else 6)
    if months > 12:
        return None
    if year:
        in_year = int(year) if len(year) == 4 else 2000 + int(year)
        return _end_of_month(date(in_year, months, 1), 0)
    end = _end_of_month(date(anchor.year, months, 1), 0)
    # a quarter without a year is the next to end
    return end if end >= anchor else _end_of_month(date(anchor.year + 1, months, 1), 0)


def _after(anchor: date, written: str, unit: str) -> date | None:
    number = int(written) if written.isdigit() else number_word(written) or 1
    if unit.startswith("month"):
        year, month = divmod(anchor.year * 12 + anchor.month - 1 + number, 12)
        return date(year, month + 1, min(anchor.day, _days_in(year, month + 1)))
    if unit.startswith("week"):
        return anchor + timedelta(weeks=number)
    if unit.startswith("day"):
        return anchor + timedelta(days=number)
    day = anchor
    while number:
        day += timedelta(days=1)
        number -= day.weekday() < 5
    return day


def _part_of_month(found: re.Match[str], anchor: date) -> date:
    month = month_number(found["mon"])
    year = int(found["mon_year"]) if found["mon_year"] else anchor.year + (month < anchor.month)
    last = {"early": 10, "mid": 20}.get(found["part"].lower(), _days_in(year, month))
    return date(year, month, last)


def _coming_weekday(found: re.Match[str], anchor: date) -> date | None:
    if found["day"].islower():
        return None  # "on sat", "this sun": the days have capitals
    ahead = (WEEKDAYS.index(weekday_name(found["day"])) - anchor.weekday()) % 7 or 7
    leading = found[0].split()[0].lower()
    to_next_week = (found["next"] or leading == "next") and anchor.weekday() + ahead < 7
    return anchor + timedelta(days=ahead + (7 if to_next_week else 0))
