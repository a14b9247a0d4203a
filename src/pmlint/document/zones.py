"""Time zones where they stand as zones: after a clock, in brackets, in an "all times" sentence."""

import re
from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from pmlint.document.patterns import Patterns

_HOURS: dict[str, float | None] = {
    "UTC": 0, "GMT": 0, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "MET": 1, "WAT": 1, "CEST": 2, "CAT": 2,
    "SAST": 2, "EET": 2, "EEST": 3, "EAT": 3, "MSK": 3, "TRT": 3, "IDT": 3, "PKT": 5, "WIB": 7, "SGT": 8,
    "HKT": 8, "PHT": 8, "AWST": 8, "JST": 9, "KST": 9, "ACST": 9.5, "AEST": 10, "ACDT": 10.5, "AEDT": 11,
    "NZST": 12, "NZDT": 13, "BRST": -2, "BRT": -3, "ART": -3, "ADT": -3, "EDT": -4, "EST": -5, "CDT": -5,
    "PET": -5, "MDT": -6, "MST": -7, "PDT": -7, "PST": -8, "AKDT": -8, "AKST": -9, "HST": -10,
    # one name for two or three places, or for winter and summer alike
    "CST": None, "IST": None, "AST": None, "PT": None, "MT": None, "CT": None, "ET": None,
}  # fmt: skip
_REGIONS = {
    "PT": "America/Los_Angeles", "MT": "America/Denver", "CT": "America/Chicago", "ET": "America/New_York",
}  # fmt: skip
# also words, names or units: they need more than capitals to be zones
_WORDLIKE = frozenset({"PT", "MT", "CT", "ET", "CAT", "EAT", "WAT", "MET", "PET", "ART", "WEST", "WET", "AST"})
_NEVER_LOWER = _WORDLIKE | {"EST", "IST", "ADT", "BST", "CST", "MST", "HST", "PHT"}
_PHRASES = {
    "coordinated universal time": "UTC", "universal time coordinated": "UTC", "universal time": "UTC",
    "greenwich mean time": "GMT", "british summer time": "BST",
    "pacific time": "PT", "pacific standard time": "PST", "pacific daylight time": "PDT",
    "mountain time": "MT", "mountain standard time": "MST", "mountain daylight time": "MDT",
    "central time": "CT", "central standard time": "CST", "central daylight time": "CDT",
    "eastern time": "ET", "eastern standard time": "EST", "eastern daylight time": "EDT",
    "central european time": "CET", "central european summer time": "CEST",
    "eastern european time": "EET", "eastern european summer time": "EEST",
    "western european time": "WET", "western european summer time": "WEST",
    "india standard time": "IST", "indian standard time": "IST",
    "japan standard time": "JST", "japan time": "JST", "korea standard time": "KST", "korea time": "KST",
    "singapore time": "SGT", "singapore standard time": "SGT", "moscow time": "MSK",
    "moscow standard time": "MSK", "east africa time": "EAT", "east african time": "EAT",
    "eastern african time": "EAT", "eastern africa time": "EAT", "west africa time": "WAT",
    "west african time": "WAT", "central africa time": "CAT", "central african time": "CAT",
    "south africa standard time": "SAST",
    "south african standard time": "SAST", "australian eastern standard time": "AEST",
    "australian eastern daylight time": "AEDT",
}  # fmt: skip
_CJK = {
    "日本標準時": "JST", "日本時間": "JST", "韓国時間": "KST", "協定世界時": "UTC", "世界標準時": "UTC",
}  # fmt: skip
_CHINA = ("北京时间", "北京時間", "中国标准时间")
_ODD_OFFSETS = frozenset({210, 270, 330, 345, 390, 525, 570, 630, 765, -150, -210, -570})


class Zone(Struct, frozen=True):
    """A zone by its usual name; the offset is None where the name alone does not give it."""

    name: str
    offset_minutes: int | None

    def offset_at(self, moment: datetime) -> int | None:
        """The offset on that day, for the names that cover winter and summer."""
        region = _REGIONS.get(self.name, self.name if "/" in self.name else None)
        if self.offset_minutes is not None or region is None:
            return self.offset_minutes
        from zoneinfo import ZoneInfo

        try:
            offset = moment.replace(tzinfo=ZoneInfo(region)).utcoffset()
        except (KeyError, ValueError, OSError, OverflowError):  # no such region, or no zone data here
            return None
        return None if offset is None else round(offset.total_seconds() / 60)


UTC = Zone("UTC", 0)


def numeric_zone(sign: str, hours: int, minutes: int = 0) -> Zone | None:
    """The zone of a written offset, or None where no place on earth keeps it."""
    offset = (hours * 60 + minutes) * (1 if sign == "+" else -1)
    if not -720 <= offset <= 840 or (offset % 60 and offset not in _ODD_OFFSETS):
        return None
    return Zone(f"UTC{'-' if offset < 0 else '+'}{hours:02}:{minutes:02}", offset) if offset else UTC


def named_zone(name: str) -> Zone:
    """The zone that was read under this name: an abbreviation, a region, or an offset."""
    if name not in _HOURS:
        read = zone_at(name, 0)
        return read[0] if read else Zone(name, None)
    hours = _HOURS[name]
    return Zone(name, None if hours is None else round(hours * 60))


def zone_at(text: str, start: int) -> tuple[Zone, int] | None:
    """The zone that begins exactly there, in a place where a zone is expected."""
    found = _PATTERNS.zone.match(text, start)
    return _read(found) if found else None


def find_zones(text: str) -> list[tuple[Zone, int, int]]:
    """The zones that stand as such: after a clock, alone in brackets, or where a zone is announced."""
    return [zone for zone in _candidates(text) if _stands_as_zone(text, zone[1], zone[2])]


def find_zone(text: str) -> tuple[Zone, int, int] | None:
    """The zone of a heading, a column header, a stamp or an "all times" sentence."""
    return next(
        (
            zone
            for zone in _candidates(text)
            if text[zone[1] : zone[2]] not in _WORDLIKE or _stands_as_zone(text, zone[1], zone[2])
        ),
        None,
    )


def find_zone_statement(text: str) -> tuple[Zone, int, int] | None:
    """The zone that a text declares for its clocks: "all times in PST", "Timezone: CET"."""
    if not _PATTERNS.possible.search(text.lower()):
        return None
    for announced in _PATTERNS.announcement.finditer(text):
        # what is announced stands in the same sentence
        rest = text[announced.end() : announced.end() + 100]
        ends = _PATTERNS.sentence_end.search(rest)
        for zone, start, end in _candidates(rest[: ends.start()] if ends else rest):
            link = _PATTERNS.loose_link if announced["all"] else _PATTERNS.link
            if link.fullmatch(rest, 0, start):
                return zone, announced.end() + start, announced.end() + end
    for found in _PATTERNS.zone_times.finditer(text):
        read = zone_at(text, found.start(1))
        if read:
            return read[0], found.start(1), read[1]
    return None


_ABBREVIATIONS = [name for name in _HOURS if name not in {"UTC", "GMT"}]
_LOWER = [name.lower() for name in _ABBREVIATIONS if name not in _NEVER_LOWER]
_SPOKEN = [phrase.replace(" ", r"\s") for phrase in sorted(_PHRASES, key=len, reverse=True)]
_LINKS = r"in|are|is|as|use|uses|using|to|of|all|the|given|shown|listed|noted|reported|expressed|here|below|above|local"
_PATTERNS = Patterns(
    zone=(
        r"(?<![0-9A-Za-z/])(?<![A-Za-z][-.])(?:"
        r"(?P<base>(?i:utc|gmt))"
        r"(?:(?P<sign>\s?\+\s?|[-−](?=[0-9])|\s[-−](?=[0-9]{1,2}:?(?:[0-9]{2}|[)\]]|$)))"
        r"(?P<h>[0-9]{1,2})(?::?(?P<m>[0-9]{2}))?(?![0-9A-Za-z]|:[0-9]|\s?(?i:utc|gmt)))?"
        rf"|(?P<abbr>{'|'.join(_ABBREVIATIONS + _LOWER)})"
        r"|(?P<iana>(?:Africa|America|Antarctica|Asia|Atlantic|Australia|Europe|Indian|Pacific|Etc)"
        r"/[A-Z][A-Za-z_]{1,30}(?:[-+][0-9]{1,2})?(?:/[A-Z][A-Za-z_]{1,30})?)"
        rf"|(?P<phrase>(?i:{'|'.join(_SPOKEN)}))"
        rf"|(?P<cjk>{'|'.join((*_CJK, *_CHINA))})"
        r")(?![0-9A-Za-z/]|-[A-Za-z]|\.[0-9a-z])"
        r"|(?<=[0-9])(?P<glued>UTC|GMT)(?![0-9A-Za-z])"
    ),
    spoken=r"\s(?i:time)(?![A-Za-z])",
    # what any declaration holds, in lower case; found in a tenth of the time
    possible="time|dates|タイムゾーン|时|時",
    announcement=(
        r"(?<![A-Za-z])(?i:(?P<all>(?:all|the|these|following)\s(?:of\sthe\s)?(?:[a-z]{1,10}\s)?(?:times|timestamps|dates)"
        r"|all\stime)|time\s?-?zone(?:\sused)?)(?![A-Za-z])"
        r"|(?:^|[(\[*_.:;,\n|–—-]\s?)(?i:times|timestamps)(?![A-Za-z])"
        r"|タイムゾーン|时区|時區|時刻|时间|時間"
    ),
    sentence_end=r"[.;\n|](?![0-9])",
    link=rf"(?:\s|[:=(：（、*`_–—-]|は|均为|均|すべて|全て|全部|为|(?<![A-Za-z])(?:{_LINKS})(?![A-Za-z])"
    # the place whose clocks they are, before its zone in brackets: "times are local to Nairobi (EAT)"
    r"|(?<![A-Za-z])[A-Z][a-z]{2,20}(?=(?:\s[A-Z][a-z]{2,20}){0,2}\s?\()){0,24}",
    loose_link=rf"[^0-9]{{0,60}}(?<![A-Za-z])(?:{_LINKS})[\s(*`_:]{{1,4}}|[\s:=(*`_–—-]{{0,6}}",
    zone_times=(
        r"(?:^|[(\s])(?:in\s)?((?:UTC|GMT|[A-Z]{3,4})(?:[+-][0-9:]{1,5})?)"
        r"\s(?i:times(?:tamps)?|time\s?zone)(?![A-Za-z])"
    ),
    announced=(
        r"(?:[0-9](?:\s?[AaPp]\.?[Mm]\.?)?(?:\slocal(?:\stime)?)?\s?[(\[]?"  # a clock before it
        r"|(?i:times?|timestamps?|time\s?-?zone|dates?)"
        r"(?:\s(?:are|is|in|all|as|given|shown|listed)|[\s:(=*]){0,8})$"
    ),
)


def _candidates(text: str) -> Iterator[tuple[Zone, int, int]]:
    for found in _PATTERNS.zone.finditer(text):
        if read := _read(found):
            yield read[0], found.start(), read[1]


def _read(found: re.Match[str]) -> tuple[Zone, int] | None:
    end = found.end()
    zone: Zone | None
    if found["glued"]:
        return named_zone(found["glued"]), end
    if found["base"]:
        zone = named_zone(found["base"].upper())
        if found["h"]:
            offset = numeric_zone(found["sign"].strip().replace("−", "-"), int(found["h"]), int(found["m"] or 0))
            zone, end = (offset, end) if offset else (zone, found.end("base"))
    elif found["abbr"]:
        zone = named_zone(found["abbr"].upper())
    elif found["iana"]:
        return Zone(found["iana"], 0 if found["iana"] in {"Etc/UTC", "Etc/GMT"} else None), end
    elif found["phrase"]:
        return named_zone(_PHRASES[" ".join(found["phrase"].lower().split())]), end
    else:
        return (Zone("CST", 480) if found["cjk"] in _CHINA else named_zone(_CJK[found["cjk"]])), end
    spoken = _PATTERNS.spoken.match(found.string, end)
    return zone, spoken.end() if spoken else end


def _stands_as_zone(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - 48) : start], text[end : end + 1]
    if not before.strip() and not text[end:].strip():
        return True
    if before[-1:] in "([（" and before and after in ")]）" and after:
        return True
    return _PATTERNS.announced.search(before) is not None
