"""Zones where they stand as zones, and the words that only look like them."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmlint.document.zones import Zone, find_zone, find_zone_statement, find_zones, numeric_zone

Told = tuple[str, int | None, str]


def told(text: str, found: tuple[Zone, int, int] | None) -> Told | None:
    return None if found is None else (found[0].name, found[0].offset_minutes, text[found[1] : found[2]])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Timeline (UTC)", ("UTC", 0, "UTC")),
        ("Timeline (all times UTC)", ("UTC", 0, "UTC")),
        ("time (utc)", ("UTC", 0, "utc")),
        ("time_utc", ("UTC", 0, "utc")),
        ("時刻 (jst)", ("JST", 540, "jst")),
        ("Timeline (All times PST) 01/31/2023", ("PST", -480, "PST")),
        ("Timeline (ET)", ("ET", None, "ET")),
        ("Date and time in CET", ("CET", 60, "CET")),
        ("Time in PT", ("PT", None, "PT")),
        ("Time (UTC+2)", ("UTC+02:00", 120, "UTC+2")),
        ("Time (GMT+05:30)", ("UTC+05:30", 330, "GMT+05:30")),
        ("Time (UTC−05:00)", ("UTC-05:00", -300, "UTC−05:00")),
        ("Time (UTC +1)", ("UTC+01:00", 60, "UTC +1")),
        ("UTC+0", ("UTC", 0, "UTC+0")),
        ("UTC+27", ("UTC", 0, "UTC")),
        ("14:20 UTC - 2 pods", ("UTC", 0, "UTC")),
        ("Time (CST)", ("CST", None, "CST")),
        ("Time (IST)", ("IST", None, "IST")),
        ("Time (Europe/Berlin)", ("Europe/Berlin", None, "Europe/Berlin")),
        ("Etc/UTC", ("Etc/UTC", 0, "Etc/UTC")),
        ("Timeline, Pacific Time", ("PT", None, "Pacific Time")),
        ("Timeline, Central European Summer Time", ("CEST", 120, "Central European Summer Time")),
        ("Timeline in UTC time", ("UTC", 0, "UTC time")),
        ("時刻（日本時間）", ("JST", 540, "日本時間")),
        ("3:00 PM CAT- outage", ("CAT", 120, "CAT")),
        ("PT", ("PT", None, "PT")),
        ("The PT team", None),
        ("ET phones home", None),
        ("CAT scans of the EAT cluster", None),
        ("We MET the target", None),
        ("estimate", None),
        ("best cet", ("CET", 60, "cet")),
        ("", None),
    ],
)
def test_zone_of_a_heading_or_a_column(text: str, expected: Told | None) -> None:
    assert expected == told(text, find_zone(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10:02 UTC (12:02 CEST)", ["UTC", "CEST"]),
        ("10:02 PT and 13:02 ET", ["PT", "ET"]),
        ("All times are in PST (UTC-8).", ["PST", "UTC-08:00"]),
        ("14:03 +01:00", []),
        ("The CAT cluster MET its PT goals in the EST office", []),
    ],
)
def test_zones_of_a_text(text: str, expected: list[str]) -> None:
    assert expected == [zone.name for zone, _, _ in find_zones(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("All times in PST", "PST"),
        ("All times are in UTC.", "UTC"),
        ("Times are local to Nairobi (EAT, UTC+3).", "EAT"),
        ("(all times UTC)", "UTC"),
        ("*All times below are UTC+2 unless stated otherwise.*", "UTC+02:00"),
        ("All timestamps are given in Pacific Time.", "PT"),
        ("times are UTC", "UTC"),
        ("Times shown in CET", "CET"),
        ("Times: UTC", "UTC"),
        ("Timezone: CET", "CET"),
        ("**Time zone:** Europe/Berlin", "Europe/Berlin"),
        ("Timeline (times in ET)", "ET"),
        ("The times in this document are JST", "JST"),
        ("In UTC times", "UTC"),
        ("時刻はすべてJST", "JST"),
        ("时区：UTC+8", "UTC+08:00"),
        ("At the time UTC handling was broken", None),
        ("Several times a day", None),
        ("All times. UTC is fine", None),
        ("It was 10:02 UTC", None),
        ("All times we MET the target", None),
        ("", None),
    ],
)
def test_zone_statement(text: str, expected: str | None) -> None:
    found = find_zone_statement(text)

    assert expected == (found[0].name if found else None)


@pytest.mark.parametrize(
    ("zone", "moment", "expected"),
    [
        (Zone("UTC", 0), datetime(2021, 7, 1), 0),
        (Zone("PT", None), datetime(2021, 7, 1), -420),
        (Zone("PT", None), datetime(2021, 1, 1), -480),
        (Zone("Europe/Berlin", None), datetime(2021, 7, 1), 120),
        (Zone("Europe/Nowhere", None), datetime(2021, 7, 1), None),
        (Zone("CST", None), datetime(2021, 7, 1), None),
    ],
)
def test_offset_on_a_day(zone: Zone, moment: datetime, expected: int | None) -> None:
    assert expected == zone.offset_at(moment)


@pytest.mark.parametrize(
    ("sign", "hours", "minutes", "expected"),
    [("+", 5, 45, 345), ("-", 9, 30, -570), ("-", 0, 0, 0), ("+", 15, 0, None), ("-", 8, 40, None)],
)
def test_offsets_that_places_keep(sign: str, hours: int, minutes: int, expected: int | None) -> None:
    zone = numeric_zone(sign, hours, minutes)

    assert expected == (zone.offset_minutes if zone else None)


@given(st.text(alphabet=st.sampled_from("UTCGMTPSEallesintimezone: ()+-0123456789/日本時間\n"), max_size=60))
def test_any_text_gives_spans_within_it(text: str) -> None:
    every = [*find_zones(text), find_zone(text), find_zone_statement(text)]

    assert all(0 <= found[1] < found[2] <= len(text) for found in every if found)
