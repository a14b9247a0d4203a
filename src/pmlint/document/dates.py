"""Calendar dates as people write them, with the doubts that the writing leaves."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache, lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Literal, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from pmlint.document.patterns import Pattern, Patterns

Order = Literal["dmy", "mdy"]

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKDAY = r"(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day)?"
MONTH = (
    r"(?i:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?"
    r"|Aug(?:ust)?|Sep(?:t(?:ember)?)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)(?![A-Za-z])"
)
_MONTH_KEYS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# The months of neighbours, in full and with their year alone: short forms are words of too many languages.
_ABROAD = {
    name: number
    for names in (
        "januar februar märz april mai juni juli august september oktober november dezember",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
        "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
        "januari februari maart april mei juni juli augustus september oktober november december",
    )
    for number, name in enumerate(names.split(), start=1)
}
_YEAR = r"(?:19|20)[0-9]{2}"
_NOT_INSIDE = r"(?<![0-9A-Za-z/])(?<![0-9A-Za-z][-_./@])"
_BLANKS = r"[^\S\n]{1,2}"
# a web server's log writes 29/Jun/2022:03:28:53
_YEAR_ENDS = r"(?![0-9A-Za-z]|[-./][0-9])(?!:[0-9]{1,2}(?![0-9:]))"


class DateMatch(Struct, frozen=True):
    """A date in a text; where the writing does not settle it, `value` is None: see `alternatives`."""

    start: int
    end: int
    value: date | None
    year_known: bool = True
    day_known: bool = True
    ambiguous: bool = False
    alternatives: tuple[date, ...] = ()
    weekday: str | None = None
    weekday_wrong: bool = False
    exists: bool = True
    month: int | None = None
    day: int | None = None

    def in_year(self, year: int) -> date | None:
        """The date in that year, for a day and month written without one."""
        if self.month is None:
            return None
        return calendar_date(year, self.month, self.day or 1)


def calendar_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_number(name: str) -> int:
    return _MONTH_KEYS.index(name[:3].lower()) + 1


def find_dates(text: str, *, order: Order | None = None, default_year: int | None = None) -> list[DateMatch]:
    """The dates of a text, first to last, none overlapping."""
    return list(_found(text, order, default_year))


@lru_cache(maxsize=1 << 10)
def _found(text: str, order: Order | None, default_year: int | None) -> tuple[DateMatch, ...]:
    """The dates of a text; several rules ask for those of the same passages."""
    if not _PATTERNS.some_number.search(text):
        return ()
    lower = text.lower()
    if not (_PATTERNS.some_digits.search(text) or _PATTERNS.some_name.search(f" {lower}")):
        return ()
    asked = _Asked(order, default_year)
    needed = {form.needed for form in _forms()}
    there = {each for each in needed if each.search(lower)}
    found = [
        match
        for form in _forms()
        if form.needed in there
        for written in form.pattern.finditer(text)
        for match in form.read(written, asked)
    ]
    return tuple(_without_overlap(_with_weekday(text, match) for match in found))


def dates_at(
    text: str, start: int, *, order: Order | None = None, default_year: int | None = None
) -> tuple[DateMatch, ...]:
    """The date that begins exactly there, its weekday included; two for "7-13 Nov"; or none."""
    asked = _Asked(order, default_year)
    named = _PATTERNS.weekday_lead.match(text, start)
    for form in _forms():
        written = form.pattern.match(text, named.end() if named else start)
        found = list(form.read(written, asked)) if written else []
        if found:
            return (_with_weekday(text, found[0]), *found[1:])
    return ()


def has_short_dates(text: str) -> bool:
    """Whether some date may be written in small numbers, the day before the month or behind it: a quick look."""
    return _PATTERNS.some_order.search(text) is not None


@lru_cache(maxsize=8)
def written_order(text: str) -> Order | None:
    """The only order of day and month in which every slash or dash date of the text exists."""
    if not has_short_dates(text):
        return None
    settled = {
        order
        for written in _PATTERNS.numeric.finditer(text)
        if written["a"] and written["t"] != "."
        for order, is_settled in (("dmy", int(written["a"]) > 12), ("mdy", int(written["b"]) > 12))
        if is_settled
    }
    if not settled:  # a day without its year settles it where no other does
        settled = {
            "dmy" if int(first) > 12 else "mdy"
            for first, second in _PATTERNS.day_month.findall(text)
            if (int(first) > 12) != (int(second) > 12)
            and max(int(first), int(second)) <= 31
            and first + second != "247"
        }
    if settled == {"dmy"}:
        return "dmy"
    return "mdy" if settled == {"mdy"} else None


class _Asked(Struct, frozen=True):
    """What the caller knows of the document's dates."""

    order: Order | None
    default_year: int | None


Reader = Callable[[re.Match[str], _Asked], Iterator[DateMatch]]


_NTH = r"(?:(?:st|nd|rd|th)(?![A-Za-z]))?"
_THROUGH = rf"(?:\s?[-–—]\s?(?P<d2>[0-9]{{1,2}}){_NTH}(?![0-9]))?"
_ENDS = r"(?![0-9]|(?!T[0-9])[A-Za-z]|_[0-9A-Za-z]|/[0-9A-Za-z]|\.[0-9a-z])"
_SOME_MONTH = "|".join(_MONTH_KEYS)
_SOME_MONTH_ABROAD = "|".join(sorted({name[:4] for name in _ABROAD}))
_OPENINGS = groupby(sorted({name[:3] for name in (*_MONTH_KEYS, *_ABROAD)}), key=itemgetter(0))
_BY_INITIAL = "|".join(rf"{initial}(?:{'|'.join(name[1:] for name in names)})" for initial, names in _OPENINGS)
_PATTERNS = Patterns(
    day_month=r"(?<![0-9A-Za-z/.-])([0-9]{1,2})/([0-9]{1,2})(?![0-9A-Za-z/]|[.-][0-9])",
    numeric=(
        _NOT_INSIDE + rf"(?:(?P<y>{_YEAR})(?P<s>[-/.])(?P<m>[0-9]{{1,2}})(?P=s)(?P<d>[0-9]{{1,2}})"
        rf"|(?P<a>[0-9]{{1,2}})(?P<t>[-/.])(?P<b>[0-9]{{1,2}})(?P=t)(?P<c>{_YEAR}|[0-9]{{2}}))"
        + _ENDS
        # a slug or a ticket key goes on after the dash; a range or a clock may
        + rf"(?!-(?![0-9]{{2}}:[0-9]|{_YEAR}-)[0-9A-Za-z])"
    ),
    compact=(
        rf"(?<![-0-9A-Za-z_./:#$@=])(?P<y>{_YEAR})(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12][0-9]|3[01])"
        + _ENDS
        + r"(?![-%_])"
    ),
    day_first=(
        rf"(?<![0-9A-Za-z])(?<![0-9][-.,:/])(?P<d>[0-9]{{1,2}}){_NTH}{_THROUGH}"
        rf"(?:{_BLANKS}of{_BLANKS}|{_BLANKS}|(?P<dash>[-/]))(?P<mon>{MONTH})\.?"
        rf"(?:(?:,\s|,?{_BLANKS}|[-/])(?P<y>{_YEAR}){_YEAR_ENDS}|-(?P<yy>[0-9]{{2}})(?![0-9A-Za-z]))?"
    ),
    month_first=(
        rf"(?<![0-9A-Za-z])(?P<mon>{MONTH})\.?(?:"
        rf"(?:{_BLANKS}|-|(?=[0-9]{{1,2}},\s?{_YEAR}))(?:the\s)?"
        rf"(?P<d>[0-9]{{1,2}}){_NTH}(?![0-9A-Za-z]|[:/.][0-9]){_THROUGH}"
        rf"(?:(?:,\s{{0,2}}|{_BLANKS}|-)(?P<y>{_YEAR}){_YEAR_ENDS})?"
        rf"|(?:,?{_BLANKS}|-)(?P<y3>{_YEAR}){_YEAR_ENDS}"
        r"|\s?['’](?P<yy>[0-9]{2})(?![0-9A-Za-z]))"
    ),
    year_first=(
        rf"{_NOT_INSIDE}(?P<y>{_YEAR})(?:,?\s|-)(?P<mon>{MONTH})\.?(?:\s|-)(?P<d>[0-9]{{1,2}}){_NTH}"
        r"(?![0-9A-Za-z]|[:.][0-9])"
    ),
    abroad=(
        rf"(?<![0-9A-Za-z])(?<![0-9][-.,:/])(?P<d>[0-9]{{1,2}})(?:\.|er|º|°)?\s(?:de\s)?"
        rf"(?P<mon>(?i:{'|'.join(sorted(_ABROAD, key=len, reverse=True))}))\s(?:del?\s)?(?P<y>{_YEAR}){_YEAR_ENDS}"
    ),
    cjk=(rf"(?<![0-9])(?:(?P<y>{_YEAR})\s?年\s?)?(?P<m>[0-9]{{1,2}})\s?月(?:\s?(?P<d>[0-9]{{1,2}})\s?[日号號](?!間))?"),
    # what any text with a date holds, and few others; each begins with a sign that is found in a tenth of the time
    some_number="[0-9]",
    some_digits=r"[0-9](?:[-/.][0-9]|[0-9]{7}|\s?月)",
    some_order=r"[0-9](?<![0-9][0-9])[0-9]?[-/][0-9]{1,2}[-/][0-9]",
    some_name=rf"[^a-z0-9](?:{_BY_INITIAL})",
    joined_digits=r"[0-9][-/.][0-9]",
    many_digits=r"[0-9]{8}",
    some_month=_SOME_MONTH,
    some_month_abroad=_SOME_MONTH_ABROAD,
    sign_of_month="月",
    weekday_lead=(rf"{WEEKDAY}\.?,?\s{{1,2}}(?:the\s)?(?=[0-9A-Z])"),
    weekday_before=(rf"(?:^|[^A-Za-z])({WEEKDAY})\.?,?\s{{1,2}}(?:the\s)?$"),
    weekday_after=(
        rf"\s?[(（]({WEEKDAY}|[月火水木金土日])[)）]"
        r"|,?\s((?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)(?=,?\s[0-9]|\s*$)"
    ),
)


class _Form(NamedTuple):
    """One way to write a date."""

    pattern: Pattern
    read: Reader
    needed: Pattern
    """What any text in lower case holds that has such a date, and few others; found in a tenth of the time."""


@cache
def _forms() -> tuple[_Form, ...]:
    patterns = _PATTERNS
    return (
        _Form(patterns.numeric, _read_numeric, patterns.joined_digits),
        _Form(patterns.compact, _read_compact, patterns.many_digits),
        _Form(patterns.year_first, _read_named, patterns.some_month),
        _Form(patterns.day_first, _read_named, patterns.some_month),
        _Form(patterns.month_first, _read_named, patterns.some_month),
        _Form(patterns.abroad, _read_abroad, patterns.some_month_abroad),
        _Form(patterns.cjk, _read_cjk, patterns.sign_of_month),
    )


def _read_numeric(written: re.Match[str], asked: _Asked) -> Iterator[DateMatch]:
    start, end = written.span()
    if written["y"]:
        month, day = int(written["m"]), int(written["d"])
        # 2021.8.2 is how calendar versions are numbered; 2021.08.02 is a date, unless a version is announced
        if written["s"] == "." and (len(written["m"] + written["d"]) < 4 or _announces_version(written)):
            return
        if month <= 31 and day <= 31:
            yield _dated(start, end, int(written["y"]), month, day)
        return
    first, second, year = int(written["a"]), int(written["b"]), int(written["c"])
    if len(written["c"]) == 2:
        if written["t"] != "/" or not (first and second and min(first, second) <= 12):
            return
        year += 2000
    if max(first, second) > 31:
        return
    # dots are written between day, month and year, in that order, everywhere
    yield day_and_month(start, end, first, second, year, order="dmy" if written["t"] == "." else asked.order)


def day_and_month(start: int, end: int, first: int, second: int, year: int, *, order: Order | None) -> DateMatch:
    """The date of two small numbers and a year, both readings kept where nothing settles the order."""
    readings = {"dmy": (second, first), "mdy": (first, second)}
    dates = {name: calendar_date(year, *reading) for name, reading in readings.items()}
    possible = [name for name in readings if dates[name]]
    if len(possible) == 2 and first != second and order is None:
        both = tuple(value for value in dates.values() if value)
        return DateMatch(start, end, None, ambiguous=True, alternatives=both)
    chosen = order if order in possible else next(iter(possible), order or "dmy")
    return _dated(start, end, year, *readings[chosen])


def _announces_version(written: re.Match[str]) -> bool:
    before = written.string[max(0, written.start() - 12) : written.start()].rstrip().lower()
    return before.endswith(("version", "release", "build", "tag", "image", "upgrade to", "bump to"))


def _read_compact(written: re.Match[str], _: _Asked) -> Iterator[DateMatch]:
    match = _dated(*written.span(), int(written["y"]), int(written["m"]), int(written["d"]))
    if match.exists:
        yield match


def _read_abroad(written: re.Match[str], _: _Asked) -> Iterator[DateMatch]:
    if 1 <= int(written["d"]) <= 31:
        yield _dated(*written.span(), int(written["y"]), _ABROAD[written["mon"].lower()], int(written["d"]))


def _read_named(written: re.Match[str], asked: _Asked) -> Iterator[DateMatch]:
    groups = written.groupdict()
    month = month_number(written["mon"])
    year = _year(groups)
    day = groups["d"]
    # "may", "march" and "mar" are also verbs and names: without the rest of the date they have their capital
    parts = sum(part is not None for part in (day, year))
    if written["mon"][0].islower() and parts < (2 if month in {3, 5} else 1):
        return
    if day is None:
        value = calendar_date(year or 0, month, 1)
        yield DateMatch(*written.span(), value, day_known=False, month=month)
        return
    if not 1 <= int(day) <= 31 or int(groups.get("d2") or 1) not in range(1, 32):
        return
    if groups.get("d2") is None:
        yield _dated(*written.span(), year, month, int(day), asked.default_year)
        return
    # the days of a range share the month and the year; each keeps its own place in the text
    last = written["d2"]
    starts_with_day = written.start("d") < written.start("mon")
    first_end = written.end("d") if starts_with_day else _end_of_ordinal(written, "d")
    yield _dated(written.start(), first_end, year, month, int(day), asked.default_year)
    yield _dated(written.start("d2"), written.end(), year, month, int(last), asked.default_year)


def _end_of_ordinal(written: re.Match[str], group: str) -> int:
    end = written.end(group)
    return end + 2 if written.string[end : end + 2] in {"st", "nd", "rd", "th"} else end


def _year(groups: dict[str, str | None]) -> int | None:
    if whole := groups.get("y") or groups.get("y3"):
        return int(whole)
    short = groups.get("yy")
    return 2000 + int(short) if short else None


def _read_cjk(written: re.Match[str], asked: _Asked) -> Iterator[DateMatch]:
    month, day, year = int(written["m"]), written["d"], written["y"]
    if month > 31 or (day is None and (year is None or not 1 <= month <= 12)):
        return
    if day is None:
        yield DateMatch(*written.span(), date(int(year), month, 1), day_known=False, month=month)
    elif int(day) <= 31:
        yield _dated(*written.span(), int(year) if year else None, month, int(day), asked.default_year)


def _dated(start: int, end: int, year: int | None, month: int, day: int, default_year: int | None = None) -> DateMatch:
    if year is None:
        value = calendar_date(default_year, month, day) if default_year else None
        leap_year = 2024  # 29 February exists in some year
        exists = calendar_date(default_year or leap_year, month, day) is not None
    else:
        value = calendar_date(year, month, day)
        exists = value is not None
    return DateMatch(start, end, value, year_known=year is not None, exists=exists, month=month, day=day)


def _with_weekday(text: str, match: DateMatch) -> DateMatch:
    named, start, end = None, match.start, match.end
    from_here = max(0, match.start - 16)
    if before := _PATTERNS.weekday_before.search(text[from_here : match.start]):
        named, start = before[1], from_here + before.start(1)
    elif after := _PATTERNS.weekday_after.match(text, match.end):
        named, end = after[1] or after[2], after.end()
    if named is None or not match.day_known:
        return match
    weekday = weekday_name(named)
    match = replace(match, start=start, end=end, weekday=weekday)
    if match.ambiguous:
        fitting = [value for value in match.alternatives if WEEKDAYS[value.weekday()] == weekday]
        if len(fitting) == 1:
            value = fitting[0]
            return replace(match, value=value, ambiguous=False, alternatives=(), month=value.month, day=value.day)
        return replace(match, weekday_wrong=not fitting)
    wrong = match.value is not None and match.year_known and WEEKDAYS[match.value.weekday()] != weekday
    return replace(match, weekday_wrong=wrong)


def weekday_name(written: str) -> str:
    if written in "月火水木金土日":
        return WEEKDAYS["月火水木金土日".index(written)]
    return next(name for name in WEEKDAYS if name.startswith(written[:3].lower()))


def _without_overlap(matches: Iterator[DateMatch]) -> Iterator[DateMatch]:
    last_end = 0
    for match in sorted(matches, key=lambda match: (match.start, -match.end)):
        if match.start >= last_end:
            yield match
            last_end = match.end


# "5, 11 and 19 November"
_EARLIER = re.compile(r"(?<![\d.:/-])(\d{1,2})(?:(?:st|nd|rd|th)?\s?(?:,|and|&|-|–|to)\s?(?:and\s)?\d{0,2}){1,6}\s?$")


def first_of_several(text: str, at: int, last: int) -> int:
    """The first of the days that share the month and year of the date at `at`, which names the last of them."""
    earlier = _EARLIER.search(text[max(0, at - 40) : at])
    first = int(earlier[1]) if earlier else 0
    return first if 0 < first < last else last
