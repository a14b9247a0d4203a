"""The date that a file's path gives: dated folders, dated slugs, runs of eight digits."""

import re

from msgspec.structs import replace

from pmlint.document.dates import DateMatch, Order, calendar_date, day_and_month, find_dates
from pmlint.document.patterns import Patterns


def date_from_path(path: str, *, order: Order | None = None) -> DateMatch | None:
    """The date of a path, the file name before its folders, with offsets into the path."""
    path = path.replace("\\", "/")
    name_start = path.rfind("/") + 1
    return (
        _digits_in(path, name_start, order)
        or _dated_folders(path)
        or _month_name_in(path, name_start)
        or _digits_in(path, 0, order)
        or _month_folder(path)
    )


_YEAR = "((?:19|20)[0-9]{2})"
_PATTERNS = Patterns(
    year_first=rf"(?<![0-9]){_YEAR}([-_. ])([0-9]{{1,2}})\2([0-9]{{1,2}})(?![0-9])",
    year_last=rf"(?<![0-9])([0-9]{{1,2}})([-_. ])([0-9]{{1,2}})\2{_YEAR}(?![0-9])",
    run="(?<![0-9])([0-9]{8})(?![0-9])",
    folders=rf"(?:^|/){_YEAR}/([0-9]{{1,2}})/([0-9]{{1,2}})(?![0-9])",
    month_folder=rf"(?:^|/){_YEAR}[-_/]([0-9]{{2}})(?:[-_/][^0-9]|/)",
)


def _digits_in(path: str, start: int, order: Order | None) -> DateMatch | None:
    for found in _PATTERNS.year_first.finditer(path, start):
        if value := calendar_date(int(found[1]), int(found[3]), int(found[4])):
            return _day(found.start(), found.end(), value.year, value.month, value.day)
    for found in _PATTERNS.year_last.finditer(path, start):
        match = day_and_month(*found.span(), int(found[1]), int(found[3]), int(found[4]), order=order)
        if match.exists:
            return match
    for found in _PATTERNS.run.finditer(path, start):
        if eight := _eight_digits(found, order):
            return eight
    return None


def _eight_digits(found: re.Match[str], order: Order | None) -> DateMatch | None:
    digits = found[1]
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:])
    if 1970 <= year < 2100 and calendar_date(year, month, day):
        return _day(*found.span(), year, month, day)
    first, second, year = int(digits[:2]), int(digits[2:4]), int(digits[4:])
    if not 1970 <= year < 2100:
        return None
    match = day_and_month(*found.span(), first, second, year, order=order)
    return match if match.exists else None


def _dated_folders(path: str) -> DateMatch | None:
    found = _PATTERNS.folders.search(path)
    if found and calendar_date(int(found[1]), int(found[2]), int(found[3])):
        return _day(found.start(1), found.end(), int(found[1]), int(found[2]), int(found[3]))
    return None


def _month_name_in(path: str, start: int) -> DateMatch | None:
    spaced = re.sub(r"[-_.]", " ", path[start:])
    named = [match for match in find_dates(spaced) if match.exists and match.year_known and match.month]
    if not named:
        return None
    best = max(named, key=lambda match: match.day_known)
    return replace(best, start=best.start + start, end=best.end + start)


def _month_folder(path: str) -> DateMatch | None:
    found = _PATTERNS.month_folder.search(path)
    value = calendar_date(int(found[1]), int(found[2]), 1) if found else None
    if found is None or value is None:
        return None
    return DateMatch(found.start(1), found.end(2), value, day_known=False, month=value.month)


def _day(start: int, end: int, year: int, month: int, day: int) -> DateMatch:
    return DateMatch(start, end, calendar_date(year, month, day), month=month, day=day)
