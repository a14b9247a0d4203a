"""Times of day as people write them: exact, coarse, approximate, in ranges, or counted from a T0."""

import re

from msgspec import Struct
from msgspec.structs import replace

from pmlint.document.dates import MONTH
from pmlint.document.patterns import Patterns
from pmlint.document.zones import UTC, Zone, numeric_zone, zone_at


class ClockMatch(Struct, frozen=True):
    """A time in a text, its zone and the end of its range within the span, "around" outside it.

    `hour` and `minute` are 0 where `relative_minutes` counts from the start instead.
    """

    start: int
    end: int
    hour: int
    minute: int
    second: int | None = None
    zone: Zone | None = None
    approximate: bool = False
    coarse: bool = False
    end_clock: tuple[int, int] | None = None
    valid: bool = True
    relative_minutes: int | None = None
    day_offset: int = 0


def find_clocks(text: str, *, dotted: bool = False) -> list[ClockMatch]:
    """The times of a text, first to last; `dotted` reads 13.41 too, where only a time can stand."""
    if not _PATTERNS.possible.search(text):
        return []
    found = []
    position = 0
    heads = _PATTERNS.head
    while head := heads.search(text, position):
        clock = _read(head, dotted=dotted)
        if clock:
            found.append(clock)
        position = max(clock.end if clock else 0, head.start() + 1)
    return found


def clock_at(text: str, start: int, *, dotted: bool = False) -> ClockMatch | None:
    """The time that begins exactly there."""
    head = _PATTERNS.head.match(text, start)
    return _read(head, dotted=dotted) if head else None


_SPACE = r"[^\S\n]"
_MERIDIEM = r"(?:[AaPp]\.?\s?[Mm])(?![0-9A-Za-z])\.?"
# a colon clock, never a piece of an address, a port list or a longer run of digits
_COLON = (
    r"(?P<h>[0-9]{1,2}):(?P<m>[0-9]{2}|[0-9](?=:[0-9]))(?::(?P<s>[0-9]{1,2})(?:[.,][0-9]{1,9})?)?"
    r"(?![0-9]|:[0-9]|[.][0-9])"
)


_CLEAR = r"(?<![0-9A-Za-z:/])(?<![0-9][.,])(?<![0-9A-Za-z][_@])"
_ENDS = r"(?![0-9A-Za-z])"
_RELATIVE = (
    r"(?P<rsign>[+\-−–])\s?(?:(?P<rh>[0-9]{1,3}):(?P<rm>[0-9]{2})(?::[0-9]{2})?"
    r"|(?P<rn>[0-9]{1,4})(?:\s?(?P<ru>d(?:ays?)?|h(?:ours?|rs?)?|m(?:in(?:ute)?s?)?|s(?:ec(?:ond)?s?)?))?"
    r"(?:\s?(?P<rn2>[0-9]{1,2})\s?m(?:in(?:ute)?s?)?)?)" + _ENDS
)

_PATTERNS = Patterns(
    # what any text with a time holds, and few others; found in a tenth of the time
    possible=(
        r"[0-9](?:[:.h][0-9]|[0-9]{3}|[^\S\n]?[AaPp]\.?\s?[Mm]|\s?[時时点])|午|早|晚|晨|T0?\s?[0-9+\-−–]|\+"
        r"|(?i:noon|mid(?:day|night))"
    ),
    head=(
        rf"(?:{_CLEAR}|(?<=[0-9][Tt])|(?<=/[12][0-9]{{3}}:)){_COLON}"
        rf"|{_CLEAR}(?P<dh>[0-9]{{1,2}})\.(?P<dm>[0-5][0-9])(?![0-9%]|:[0-9]|[.,][0-9]|[A-Za-z](?<![AaPpZ]))"
        rf"|{_CLEAR}(?P<fh>[01][0-9]|2[0-3])h(?P<fm>[0-5][0-9]){_ENDS}"
        r"|(?<=[0-9]T)(?P<bh>[01][0-9]|2[0-3])(?P<bm>[0-5][0-9])(?P<bs>[0-5][0-9])?(?![0-9])"
        rf"|{_CLEAR}(?P<mh>[01][0-9]|2[0-3])(?P<mm>[0-5][0-9])(?=(?:Z|{_SPACE}?(?:UTC|GMT)){_ENDS})"
        rf"|{_CLEAR}(?<![0-9]-)(?P<ch>0?[1-9]|1[0-2])(?:{_SPACE}?[-–]{_SPACE}?(?P<ch2>[0-9]{{1,2}}))?{_SPACE}?(?={_MERIDIEM})"
        r"|(?<![0-9A-Za-z])(?:12\s)?(?P<word>(?i:noon|midday|midnight))(?![A-Za-z])"
        r"|(?P<half>午前|午後|上午|下午|凌晨|早上|晚上)\s?"
        r"(?:(?P<jh>[0-9]{1,2})(?:(?P<jhalf>[時时点]半)|[時时点](?![間间])(?:\s?(?P<jm>[0-9]{1,2})分)?|:(?P<jc>[0-9]{2})))"
        r"|(?<![0-9])(?P<kh>[0-9]{1,2})(?:(?P<khalf>[時时点]半(?!間))|[時时点]\s?(?P<km>[0-9]{1,2})分|時(?!間))"
        rf"|(?<![0-9A-Za-z])T0?\s?(?:{_RELATIVE})|(?<![0-9A-Za-z])(?P<zero>T0)(?=\s*(?:$|[])*`_|:,–—-]))"
        rf"|(?<![0-9A-Za-z])(?=\+)(?P<plus>)(?:{_RELATIVE.replace('(?P<r', '(?P<p')})"
    ),
    meridiem=(rf"{_SPACE}?({_MERIDIEM}|(?<=[0-9])[AaPp](?![0-9A-Za-z.]))"),
    through=(r"[^\S\n]{0,2}(?P<sign>[-–—~〜～→]|->|to|until|till|through|and|から)[^\S\n]{0,2}"),
    range_end=(
        rf"{_COLON}|(?P<dh>[0-9]{{1,2}})\.(?P<dm>[0-5][0-9])(?![0-9%.])"
        rf"|(?P<fh>[01][0-9]|2[0-3])h(?P<fm>[0-5][0-9]){_ENDS}|(?P<ch>[0-9]{{1,2}})(?={_SPACE}?{_MERIDIEM})"
    ),
    offset=(rf"{_SPACE}?(?P<sign>[-+−])(?P<h>[0-9]{{2}}):?(?P<m>[0-9]{{2}})?(?![0-9:])"),
    next_day=(
        rf"{_SPACE}?(?:\(\+(?P<n>[0-9])(?:{_SPACE}?d(?:ays?)?)?\)|\+(?P<d>[0-9]){_SPACE}?d(?:ays?)?(?![A-Za-z])"
        r"|\(?(?:the\s)?(?:next|following)\sday(?![A-Za-z])\)?)"
    ),
    about=(
        r"(?:[~≈∼～約]|およそ|大约|大約|(?<![A-Za-z])(?i:around|about|approx(?:imately)?\.?|circa|ca?\.|roughly|sometime"
        r"|near|nearly|just\s(?:before|after)|shortly\s(?:before|after)))[\s*_`(\[]{0,4}(?:at\s)?$"
    ),
    about_after=(rf"{_SPACE}?(?:頃|ごろ|ころ|左右|-?ish(?![A-Za-z])|\(approx|\(approximate|or\sso(?![A-Za-z])|approx)"),
    date_before=(rf"(?<![0-9A-Za-z]){MONTH}\.?(?:\s[0-9]{{1,2}}(?:st|nd|rd|th)?)?,?\s$|[0-9][-/.]$"),
)


def _read(head: re.Match[str], *, dotted: bool) -> ClockMatch | None:
    if head["zero"] or head["rsign"] or head["plus"] is not None:
        return _relative(head)
    if head["word"]:
        hour = 0 if head["word"].lower() == "midnight" else 12
        return _with_tail(head.string, ClockMatch(*head.span(), hour, 0, coarse=True))
    if head["jh"] or head["kh"]:
        return _with_tail(head.string, _in_cjk(head))
    return _in_digits(head, dotted=dotted)


def _in_digits(head: re.Match[str], *, dotted: bool) -> ClockMatch | None:
    text, (start, end) = head.string, head.span()
    written = head["h"] or head["dh"] or head["fh"] or head["bh"] or head["mh"] or head["ch"]
    minute = int(head["m"] or head["dm"] or head["fm"] or head["bm"] or head["mm"] or 0)
    second = head["s"] or head["bs"]
    if head["h"] and _is_no_clock(head):
        return None
    if head["mh"] and _PATTERNS.date_before.search(text[max(0, start - 20) : start]):
        return None  # "14 May 2021 UTC" ends in a year
    meridiem = _PATTERNS.meridiem.match(text, end)
    if head["dh"] and not (dotted or meridiem):
        return None
    if head["ch2"] and int(head["ch2"]) > 12:
        return None
    clock = ClockMatch(start, end, int(written), minute, int(second) if second else None, coarse=head["ch"] is not None)
    if not meridiem and end < len(text) and _runs_into_a_word(text, end):
        return None
    if meridiem:
        clock = _in_half(replace(clock, end=meridiem.end()), meridiem[1])
    if head["ch2"]:
        late = _in_half(replace(clock, hour=int(head["ch2"])), meridiem[1] if meridiem else "a")
        clock = replace(_start_of_half_range(clock, int(written), late.hour), end_clock=(late.hour, 0))
    return _with_tail(text, clock, half=meridiem[1] if meridiem else None)


def _is_no_clock(head: re.Match[str]) -> bool:
    """An offset after UTC, or the line and column of a file."""
    before = head.string[max(0, head.start() - 5) : head.start()]
    return before[-1:] == "+" or re.search(r"(?i:utc|gmt)\s?[-−]$", before) is not None


def _runs_into_a_word(text: str, end: int) -> bool:
    after = text[end]
    if not ("a" <= after.lower() <= "z"):
        return False
    if after in "Zz" or text[end : end + 3].upper() in {"UTC", "GMT"} or text.startswith("ish", end):
        return False
    return re.compile(r"(?:hrs?|h|Uhr)(?![A-Za-z0-9])").match(text, end) is None


def _in_half(clock: ClockMatch, meridiem: str) -> ClockMatch:
    hour, afternoon = clock.hour, meridiem[0] in "Pp"
    if afternoon and hour < 12:
        hour += 12
    elif not afternoon and hour == 12:
        hour = 0
    contradiction = not afternoon and clock.hour > 12
    return replace(clock, hour=hour, valid=not contradiction)


def _start_of_half_range(clock: ClockMatch, written: int, end_hour: int) -> ClockMatch:
    """In "11-1 pm" the one "pm" is the end's; the start takes it only if it then comes first."""
    hour = written + 12 if written < 12 and end_hour >= 12 and written + 12 <= end_hour else written
    return replace(clock, hour=hour)


def _in_cjk(head: re.Match[str]) -> ClockMatch:
    hour = int(head["jh"] or head["kh"])
    minute = head["jm"] or head["jc"] or head["km"]
    at_half = head["jhalf"] or head["khalf"]
    if head["half"] in {"午後", "下午", "晚上"} and hour < 12:
        hour += 12
    elif head["half"] in {"午前", "上午", "凌晨"} and hour == 12:
        hour = 0
    return ClockMatch(*head.span(), hour, 30 if at_half else int(minute or 0), coarse=not (minute or at_half))


def _relative(head: re.Match[str]) -> ClockMatch | None:
    if head["zero"]:
        return ClockMatch(*head.span(), 0, 0, relative_minutes=0)
    group = "p" if head["plus"] is not None else "r"
    if group == "p":
        # "+15 min" counts from the start only where a stamp stands, and a bare "+15" nowhere
        unmarked = not head["pu"] and not head["ph"]
        if unmarked or re.search(r"[0-9A-Za-z]", head.string[max(0, head.start() - 24) : head.start()]):
            return None
    if head[f"{group}h"]:
        minutes = int(head[f"{group}h"]) * 60 + int(head[f"{group}m"])
    else:
        each = {"d": 1440.0, "h": 60.0, "s": 1 / 60}.get((head[f"{group}u"] or "m")[0], 1.0)
        minutes = round(int(head[f"{group}n"]) * each) + int(head[f"{group}n2"] or 0)
    return ClockMatch(*head.span(), 0, 0, relative_minutes=minutes if head[f"{group}sign"] == "+" else -minutes)


def _with_tail(text: str, clock: ClockMatch, half: str | None = None) -> ClockMatch:
    """The clock with its zone, its range, the day it falls on, and whether it is sure."""
    clock = _with_zone(text, clock)
    if clock.end_clock is None:
        clock = _with_range(text, clock, half)
    if later := _PATTERNS.next_day.match(text, clock.end):
        days = int(later["n"] or later["d"] or 1)
        clock = replace(clock, end=later.end(), day_offset=days)
    if text[max(0, clock.start - 2) : clock.start].endswith(("翌日", "翌")):
        clock = replace(clock, day_offset=1)
    about = _PATTERNS.about.search(text[max(0, clock.start - 24) : clock.start])
    about = about or _PATTERNS.about_after.match(text, clock.end)
    clock = replace(clock, approximate=about is not None)
    if (clock.hour, clock.minute) == (24, 0):  # the midnight that ends a day
        return replace(clock, hour=0, day_offset=clock.day_offset + 1)
    in_range = clock.hour < 24 and clock.minute < 60 and (clock.second or 0) <= 60
    return replace(clock, valid=clock.valid and in_range)


def _with_zone(text: str, clock: ClockMatch) -> ClockMatch:
    end = clock.end
    if text.startswith(("Z", "z"), end) and not re.match(r"[0-9A-Za-z]", text[end + 1 : end + 2]):
        return replace(clock, zone=UTC, end=end + 1)
    offset = _PATTERNS.offset.match(text, end)
    if offset and _is_offset(text, clock, offset):
        zone = numeric_zone("+" if offset["sign"] == "+" else "-", int(offset["h"]), int(offset["m"] or 0))
        if zone:
            return replace(clock, zone=zone, end=offset.end())
    opening = re.compile(rf"{_SPACE}{{0,2}}(?:(?:h|hrs?|hours|Uhr|local(?:\stime)?){_SPACE})?[(\[]?").match(text, end)
    start = opening.end() if opening else end
    found = zone_at(text, start)
    if found is None:
        return clock
    zone, zone_end = found
    bracketed = text[start - 1 : start] in {"(", "["}
    if bracketed and text[zone_end : zone_end + 1] not in {")", "]"}:
        return clock
    if re.search(r"[-−][0-9]{1,2}:[0-9]{2}$", text[start:zone_end]) and not _may_follow(clock, zone):
        zone, zone_end = UTC, start + 3
    return replace(clock, zone=zone, end=zone_end + bracketed)


def _may_follow(clock: ClockMatch, zone: Zone) -> bool:
    """Whether "10:00 UTC-11:00" is an offset: as a range its end would be later than its start."""
    return clock.hour * 60 + clock.minute >= -(zone.offset_minutes or 0)


def _is_offset(text: str, clock: ClockMatch, offset: re.Match[str]) -> bool:
    if offset["sign"] == "+":
        return offset["m"] is not None or text[clock.start - 1 : clock.start] in {"T", "t"}
    joined_to_date = text[max(0, clock.start - 1) : clock.start] in {"T", "t"}
    glued = offset.start("sign") == clock.end
    plain = glued and offset["m"] is not None and ":" not in offset[0]
    return joined_to_date or (glued and offset["m"] is not None and clock.second is not None) or plain


def _with_range(text: str, clock: ClockMatch, half: str | None) -> ClockMatch:
    through = _PATTERNS.through.match(text, clock.end)
    if through is None:
        return clock
    sign = through["sign"]
    if sign.isascii() and sign.isalpha() and not (through[0][0].isspace() and through[0][-1].isspace()):
        return clock
    if sign == "and" and not re.search(r"(?i)between[\s*`_]*$", text[max(0, clock.start - 12) : clock.start]):
        return clock
    last = _PATTERNS.range_end.match(text, through.end())
    if last is None or (last["dh"] and "." not in text[clock.start : clock.end]):
        return clock
    written = last["h"] or last["dh"] or last["fh"] or last["ch"]
    minute = int(last["m"] or last["dm"] or last["fm"] or 0)
    meridiem = _PATTERNS.meridiem.match(text, last.end())
    end = ClockMatch(last.start(), meridiem.end() if meridiem else last.end(), int(written), minute)
    if meridiem:
        end = _in_half(end, meridiem[1])
        if half is None:
            clock = _start_of_half_range(clock, clock.hour, end.hour)
    elif end.end < len(text) and _runs_into_a_word(text, end.end):
        return clock
    end = _with_zone(text, end)
    return replace(clock, end=end.end, end_clock=(end.hour, end.minute), zone=end.zone or clock.zone)
