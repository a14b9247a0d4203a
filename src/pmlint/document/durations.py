"""Lengths of time as people write them, and what sort of statement each stands in."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from pmlint.document.patterns import Patterns

Context = Literal["plain", "per", "limit"]

_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_NUMBERS = {word: value for value, word in enumerate(_ONES)} | {
    word: 10 * value for value, word in enumerate(_TENS, start=2)
}
_MINUTES = {"s": 1 / 60, "m": 1.0, "h": 60.0, "d": 1440.0, "w": 10080.0}
_CJK_MINUTES = {
    "秒": 1 / 60, "分": 1.0, "分間": 1.0, "分钟": 1.0, "時間": 60.0, "小时": 60.0, "小時": 60.0,
    "日間": 1440.0, "天": 1440.0, "週間": 10080.0,
}  # fmt: skip
_MINUTES_ABROAD = {
    "sekunden": 1 / 60, "segundos": 1 / 60, "secondes": 1 / 60, "secondi": 1 / 60,
    "minuten": 1.0, "minutos": 1.0, "minuti": 1.0, "minuto": 1.0,
    "stunden": 60.0, "stunde": 60.0, "heures": 60.0, "heure": 60.0,
    "horas": 60.0, "hora": 60.0, "ore": 60.0, "ora": 60.0, "uur": 60.0,
    "tage": 1440.0, "jours": 1440.0, "días": 1440.0, "dias": 1440.0, "giorni": 1440.0, "dagen": 1440.0,
}  # fmt: skip
_STATUSES = frozenset({"200", "400", "401", "403", "404", "429", "500", "502", "503", "504"})
_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75}


class DurationMatch(Struct, frozen=True):
    """A length of time in a text; "about" stands outside the span, a range counts as its middle.

    `context` marks what is no length of anything that happened: a rate or window ("every 5 minutes",
    "5-minute average") is "per", a bound set beforehand ("30 s timeout", "within 15 minutes") is "limit".
    """

    start: int
    end: int
    minutes: float
    approximate: bool = False
    context: Context = "plain"


def find_durations(text: str, *, clock_form: bool = False) -> list[DurationMatch]:
    """The durations of a text, first to last; `clock_form` reads 01:23:00 too."""
    return list(_found(text, clock_form))


@lru_cache(maxsize=1 << 10)
def _found(text: str, clock_form: bool) -> tuple[DurationMatch, ...]:
    # the quick looks come first: most texts have no duration, and few a form of more than one kind
    worded = _PATTERNS.some_unit.search(text) is not None
    parts = [*_spelled(text)] if worded or _PATTERNS.some_number.search(text) else []
    if not text.isascii():
        parts += _in_cjk(text)
    if _PATTERNS.some_abroad.search(text):
        parts += _abroad(text)
    if worded:
        parts += _idioms(text)
    if _PATTERNS.some_iso.search(text):
        parts += _iso(text)
    if clock_form:
        parts += _clock_form(text)
    parts.sort(key=lambda part: (part.start, -part.end))
    return tuple(_judged(text, part) for part in _joined(text, parts))


def number_word(written: str) -> int | None:
    """The value of a number word up to ninety-nine."""
    tens, _, ones = re.sub(r"[-\s]+", " ", written.strip().lower()).partition(" ")
    if not ones:
        return _NUMBERS.get(tens)
    if tens in _TENS and ones in _ONES[1:10]:
        return _NUMBERS[tens] + _NUMBERS[ones]
    return None


UNIT = r"(?i:(?P<unit>weeks?|wks?|days?|hours?|hrs?|minutes?|mins?|seconds?|secs?)(?![A-Za-z0-9]))"
_UNITS_WORD = rf"(?:{'|'.join(_ONES[1:10])})"
NUMBER_WORD = rf"(?i:(?:(?:{'|'.join(_TENS)})(?:[-\s]{_UNITS_WORD})?|{'|'.join(_ONES[:0:-1])})(?![a-z]))"


_NUMBER = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]{1,7}(?:\.[0-9]{1,4})?"
_CLEAR = r"(?:(?<![0-9A-Za-z_$€£#])(?<![0-9][.,:/])|(?<=[0-9][hmd]))"
_PATTERNS = Patterns(
    # what any text with such a form holds, and few others; each begins with a sign that is found in a tenth of the time
    some_number=r"[0-9½¼¾](?:\sand\sa\shalf)?(?:\s?\+)?[-\s]{0,2}[wdhmsWDHMS]",
    some_unit=r"[-\s](?:[Ww](?i:ee)?[Kk]|[Dd](?i:ay)|[Hh](?i:ou)?[Rr]|[Mm](?i:in)|[Ss](?i:ec))",
    some_abroad=rf"[0-9]\s(?i:h\s|{'|'.join(_MINUTES_ABROAD)})",
    some_iso=r"P[0-9T]",
    spelled=(
        rf"{_CLEAR}(?:(?P<low>[0-9]{{1,4}}(?:\.[0-9]{{1,2}})?)(?:\s?[-–—]\s?|\sto\s))?"
        rf"(?:(?P<n>{_NUMBER})(?P<part>[½¼¾])?(?P<half>\sand\sa\shalf)?|(?P<alone>[½¼¾]))(?P<more>\s?\+)?"
        rf"(?:[-\s]{{0,2}}{UNIT}|(?P<tight>\s?(?:h|d|w|s|m)|ms)(?![A-Za-z0-9])(?!\s?[/²])"
        # 1h23m, and the French 1h23
        r"|(?P<run>[hmd])(?=[0-9]{1,2}(?:[hms](?![0-9A-Za-z])|(?<=h[0-9][0-9])(?![0-9A-Za-z])|m[0-9]{1,2}s)))"
        rf"|(?<![0-9A-Za-z])(?P<word>{NUMBER_WORD})(?P<word_half>\sand\sa\shalf)?"
        rf"[-\s]{UNIT.replace('<unit>', '<word_unit>')}"
        r"|(?<=[0-9]h)(?P<minutes>[0-9]{2})(?![0-9A-Za-z])"
    ),
    cjk=(
        r"(?<![0-9.:])(?P<n>[0-9]{1,6}(?:\.[0-9]{1,2})?)\s?(?:個)?(?P<unit>分間|分钟|時間|小时|小時|日間|週間|分|秒|天)(?P<half>半)?"
    ),
    abroad=(
        rf"{_CLEAR}(?P<n>[0-9]{{1,4}}(?:[.,][0-9])?)\s(?i:(?P<unit>{'|'.join(_MINUTES_ABROAD)}))(?![^\W_])"
        # the French 1 h 25, which after "à" is a time of day
        r"|(?<![0-9A-Za-zà]\s)(?<![0-9])(?P<h>[0-9]{1,2})\sh\s(?P<m>[0-5][0-9])(?![0-9:]|\s?m)"
    ),
    counted=(
        r"\s(?:[A-Z]{3,5}(?![A-Za-z])"
        r"|(?i:rows|users|requests|records|events|people|customers|messages|documents|dollars|items|keys))"
    ),
    idiom=(
        r"(?<![0-9A-Za-z])(?i:(?P<half>half\san?\s|a\shalf[-\s]|half-)(?P<half_unit>hour|day|minute)"
        r"|(?:a\s)?quarter\sof\san?\s(?P<quarter_unit>hour)|(?P<three>three[-\s]quarters\sof\san?\shour)"
        r"|(?P<couple>a\scouple\sof\s)(?P<couple_unit>minutes|hours|days|weeks)"
        r"|(?P<one>an?\s)(?P<one_unit>hour|minute|day|week|second)(?P<and_half>\sand\sa\shalf)?)(?![A-Za-z])"
    ),
    iso=(
        r"(?<![0-9A-Za-z-])P(?:(?P<d>[0-9]{1,4})D)?T(?=[0-9])(?:(?P<h>[0-9]{1,4})H)?(?:(?P<m>[0-9]{1,5})M)?"
        r"(?:(?P<s>[0-9]{1,6})(?:\.[0-9]{1,9})?S)?(?![0-9A-Za-z])"
    ),
    clock=(
        r"(?<![0-9A-Za-z:.,/+-])(?P<h>[0-9]{1,3}):(?P<m>[0-5][0-9])(?::(?P<s>[0-5][0-9])(?:\.[0-9]{1,9})?)?(?![0-9A-Za-z]|[:.][0-9])"
    ),
    hours_before=r"[0-9]\s?(?i:h|hrs?|hours?),?\s(?:and\s)?$",
    hours_after=r"\s[0-9]{1,2}\s?(?i:h|hrs?|hours?)(?![A-Za-z0-9])",
    seconds_after=r"\s[0-9]{1,2}\s?(?i:s|secs?|seconds?)(?![A-Za-z0-9])",
    between=(r"(?:\.?\s?,\s?|\.?\s)?(?:and\s)?"),
    and_half=(r"\sand\sa\shalf(?![A-Za-z])"),
    about=(
        r"(?:[~≈∼～約约<>≥≤]|およそ|大约|大約|ほぼ|(?<![A-Za-z])(?i:about|around|approx(?:imately)?\.?|roughly|nearly|almost|over"
        r"|more\sthan|at\sleast|less\sthan|under|up\sto|some|circa|ca?\.|just\sover|just\sunder|another))[\s*_`(]{0,3}$"
    ),
    about_after=(r"\s?(?:ほど|程度|くらい|左右|or\sso(?![A-Za-z])|-?ish(?![A-Za-z])|\+)"),
    per_before=(
        r"(?<![A-Za-z])(?i:every|each|per|once\sin|once\san?|once|times|(?:average|rate|sum|max|p[0-9]{2})\s(?:over|of|in)"
        r"|(?:over|in|during)\sthe\s(?:last|past|previous)|rolling|sliding|over\sany|over\sa)[\s*_`]{0,3}$"
    ),
    per_after=(
        r"\s?(?:ごと|おき)|[-\s]{1,2}(?i:(?:rolling\s|sliding\s|moving\s)?(?:rate|average|avg|window|windows|interval|intervals|bucket|buckets"
        r"|granularity|resolution|cadence|mean|median|polling|poll|cron|percentile|increments?|cycles?|load))(?![A-Za-z])"
    ),
    limit_before=(
        r"(?<![A-Za-z])(?i:within|timeout(?:\s(?:of|is|was|to|from|at))?|timeouts\sof|ttl(?:\s(?:of|is|was|to))?|limit(?:\s(?:of|is|was|to))"
        r"|(?:retention|deadline|grace\speriod|threshold|budget|slo|sla|target|cooldown|backoff|delay|lifetime|expiry|period)"
        r"(?:\s(?:of|is|was|to|at))|set\sto|no\smore\sthan|at\smost|no\slonger\sthan|expires?\s(?:in|after)"
        r"|(?:timeout|ttl|retention|deadline)\s?[:=])[\s*_`(\"']{0,3}$"
    ),
    limit_after=(
        r"\s?以内|[-\s]{1,2}(?i:(?:[a-z]{1,14}\s)?(?:timeouts?|ttl|limit|deadline|sla|slo|target|retention|grace|threshold|budget|cooldown"
        r"|backoff|lease|expiry|lifetime|max|maximum|objective))(?![A-Za-z])"
    ),
)


class _Part(Struct, frozen=True):
    start: int
    end: int
    minutes: float
    unit: float
    """The minutes of its unit: a longer duration is told in units that grow smaller."""
    approximate: bool = False


def _spelled(text: str) -> Iterator[_Part]:
    for found in _PATTERNS.spelled.finditer(text):
        part = _spelled_part(found)
        if part:
            yield part


def _spelled_part(found: re.Match[str]) -> _Part | None:
    text, (start, end) = found.string, found.span()
    if found["minutes"]:
        return _Part(start, end, int(found["minutes"]), 1.0)
    unit_name = found["unit"] or found["word_unit"] or found["tight"] or found["run"]
    unit_name = unit_name.strip().lower()
    if unit_name == "ms" or (found["tight"] and _is_no_unit(found)):
        return None
    if re.match(r"(?i)[-\s](?:clock|format|time\sformat)(?![a-z])", text[end : end + 14]):
        return None
    if "\n" in found[0] and text[end - len(unit_name)].isupper():  # the line ends in a number
        return None
    unit = _MINUTES[unit_name[0]]
    if found["word"]:
        value = number_word(found["word"])
        half = 0.5 if found["word_half"] else 0.0
        return None if value is None else _Part(start, end, (value + half) * unit, unit)
    number = float((found["n"] or "0").replace(",", ""))
    number += _FRACTIONS.get(found["part"] or found["alone"] or "", 0.0) + (0.5 if found["half"] else 0.0)
    approximate = bool(found["more"])
    if found["low"]:
        low = float(found["low"])
        number, approximate = ((low + number) / 2, True) if low < number else (number, approximate)
    return _Part(start, end, number * unit, unit, approximate)


def _is_no_unit(found: re.Match[str]) -> bool:
    """Whether the single letter after the number is millions, metres, or the plural of a number."""
    letter, number = found["tight"], found["n"] or ""
    if letter[0].isspace() and letter.strip() not in {"s", "h"}:
        return not _beside_hours(found)
    if letter == "s":  # the 1990s, many 502s, 100s of users
        return len(number) == 4 or number in _STATUSES or found.string.startswith(" of ", found.end())
    return letter == "m" and (
        "." in number or len(number) > 3 or _PATTERNS.counted.match(found.string, found.end()) is not None
    )


def _beside_hours(found: re.Match[str]) -> bool:
    """Whether a letter that stands apart is one of a row of units: "1 h 25 m", "3 d 4 h"."""
    before, after = found.string[max(0, found.start() - 6) : found.start()], found.string[found.end() : found.end() + 6]
    if found["tight"].strip() == "m":
        return _PATTERNS.hours_before.search(before) is not None or _PATTERNS.seconds_after.match(after) is not None
    return _PATTERNS.hours_after.match(after) is not None


def _in_cjk(text: str) -> Iterator[_Part]:
    for found in _PATTERNS.cjk.finditer(text):
        before = text[max(0, found.start() - 1) : found.start()]
        if found["unit"] in {"分", "秒"} and before in {"時", "时", "点", "分"} and not _follows_duration(found):
            continue  # 14時03分 is a time of day
        unit = _CJK_MINUTES[found["unit"]]
        yield _Part(*found.span(), (float(found["n"]) + (0.5 if found["half"] else 0.0)) * unit, unit)


def _abroad(text: str) -> Iterator[_Part]:
    for found in _PATTERNS.abroad.finditer(text):
        if found["h"]:
            yield _Part(*found.span(), int(found["h"]) * 60.0 + int(found["m"]), 1.0)
            continue
        unit = _MINUTES_ABROAD[found["unit"].lower()]
        yield _Part(*found.span(), float(found["n"].replace(",", ".")) * unit, unit)


def _follows_duration(found: re.Match[str]) -> bool:
    before = found.string[max(0, found.start() - 12) : found.start()]
    return re.search(r"(?<![時时点0-9])[0-9]{1,6}分$", before) is not None


def _idioms(text: str) -> Iterator[_Part]:
    for found in _PATTERNS.idiom.finditer(text):
        if found["half"]:
            unit = _MINUTES[found["half_unit"][0].lower()]
            yield _Part(*found.span(), unit / 2, unit)
        elif found["quarter_unit"] or found["three"]:
            yield _Part(*found.span(), 45.0 if found["three"] else 15.0, 60.0)
        elif found["couple"]:
            unit = _MINUTES[found["couple_unit"][0].lower()]
            yield _Part(*found.span(), 2 * unit, unit, approximate=True)
        elif found["and_half"] or _takes_time(text[max(0, found.start() - 14) : found.start()]):
            unit = _MINUTES[found["one_unit"][0].lower()]
            yield _Part(*found.span(), unit * (1.5 if found["and_half"] else 1.0), unit)


def _takes_time(before: str) -> bool:
    """Whether "an hour" is a length here and not a rate, as in "500 an hour"."""
    lead = "for|took|takes?|last(?:ed|ing)|within|in|about|around|nearly|almost|over|under|than|after|roughly"
    return re.search(rf"(?i)(?<![a-z])(?:{lead})\s$", before) is not None


def _iso(text: str) -> Iterator[_Part]:
    for found in _PATTERNS.iso.finditer(text):
        minutes = sum(int(found[unit] or 0) * _MINUTES[unit] for unit in "dhms")
        yield _Part(*found.span(), minutes, minutes or 1.0)


def _clock_form(text: str) -> Iterator[_Part]:
    for found in _PATTERNS.clock.finditer(text):
        minutes = int(found["h"]) * 60 + int(found["m"]) + int(found["s"] or 0) / 60
        yield _Part(*found.span(), minutes, 1 / 60)


def _joined(text: str, parts: list[_Part]) -> Iterator[_Part]:
    """The parts with "2 hours and 10 minutes" made one, and "2 hours and a half"."""
    whole: _Part | None = None
    for part in parts:
        if whole and part.start < whole.end:
            continue
        if whole and part.unit < whole.unit and _PATTERNS.between.fullmatch(text, whole.end, part.start):
            minutes = whole.minutes + part.minutes
            whole = _Part(whole.start, part.end, minutes, part.unit, whole.approximate or part.approximate)
            continue
        if part.start and text[part.start - 1].isalpha() and text[part.start - 1].isascii():
            continue  # "23m" of 1h23m joins; the "1d" of 0d1d is a piece of something else
        if whole:
            yield whole
        half = _PATTERNS.and_half.match(text, part.end)
        whole = replace(part, minutes=part.minutes + part.unit / 2, end=half.end()) if half else part
    if whole:
        yield whole


def _judged(text: str, part: _Part) -> DurationMatch:
    before, after = text[max(0, part.start - 32) : part.start], text[part.end : part.end + 40]
    about = _PATTERNS.about.search(before)
    approximate = part.approximate or about is not None or _PATTERNS.about_after.match(after) is not None
    leads = (before, before[: about.start()]) if about else (before,)
    context: Context = "plain"
    if any(map(_PATTERNS.per_before.search, leads)) or _PATTERNS.per_after.match(after):
        context = "per"
    elif any(map(_PATTERNS.limit_before.search, leads)) or _PATTERNS.limit_after.match(after):
        context = "limit"
    return DurationMatch(part.start, part.end, round(part.minutes, 4), approximate, context)
