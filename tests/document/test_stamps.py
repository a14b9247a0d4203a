"""The stamp that an entry begins with, and where its own text starts."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmlint.document.stamps import Stamp, is_stamp, leading_stamp

Told = tuple[str | None, str | None, str | None, str]


def told(text: str) -> Told | None:
    """Date, clock and zone of the stamp, and the entry's own text."""
    stamp = leading_stamp(text)
    return None if stamp is None else (_day(stamp), _clock(stamp), _zone(stamp), text[stamp.end :])


def _day(stamp: Stamp) -> str | None:
    if stamp.date is None:
        return None
    day = stamp.date
    return day.value.isoformat() if day.value else (day.weekday or f"{day.month}-{day.day}")


def _clock(stamp: Stamp) -> str | None:
    clock = stamp.clock
    if clock is None:
        return None
    if clock.relative_minutes is not None:
        return f"T{clock.relative_minutes:+d}"
    until = f"-{clock.end_clock[0]:02}:{clock.end_clock[1]:02}" if clock.end_clock else ""
    return ("~" if clock.approximate else "") + f"{clock.hour:02}:{clock.minute:02}{until}"


def _zone(stamp: Stamp) -> str | None:
    return stamp.clock.zone.name if stamp.clock and stamp.clock.zone else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10:02 alert fires", (None, "10:02", None, "alert fires")),
        ("[10:02] alert fires", (None, "10:02", None, "alert fires")),
        ("(14:20) alert", (None, "14:20", None, "alert")),
        ("**14:20 UTC** — alert", (None, "14:20", "UTC", "alert")),
        ("**14:20 UTC:** alert", (None, "14:20", "UTC", "alert")),
        ("**14:20 UTC - alert fires**", (None, "14:20", "UTC", "alert fires**")),
        ("`10:02` - deployed", (None, "10:02", None, "deployed")),
        ("`10:02` `api` restarted", (None, "10:02", None, "`api` restarted")),
        ("10:02 **Alert** fires", (None, "10:02", None, "**Alert** fires")),
        ("10:02: [dashboard](x) opened", (None, "10:02", None, "[dashboard](x) opened")),
        ("10:02 - @ana opens a bridge", (None, "10:02", None, "@ana opens a bridge")),
        ("10:02 -> 500s appear", (None, "10:02", None, "500s appear")),
        ("10:02 | pager goes off", (None, "10:02", None, "pager goes off")),
        ("14:32 <nick> hello", (None, "14:32", None, "<nick> hello")),
        ("🔴 10:02 red", (None, "10:02", None, "red")),
        ("<b>10:02</b> start", (None, "10:02", None, "start")),
        ("1. **May 14, 2021 08:32 (UTC)** start", ("2021-05-14", "08:32", "UTC", "start")),
        ("2018-02-12 14:03:", ("2018-02-12", "14:03", None, "")),
        ("27-05-2025 13:44 – start", ("2025-05-27", "13:44", None, "start")),
        ("May 14, 2021 08:32 (UTC)", ("2021-05-14", "08:32", "UTC", "")),
        ("13.41 AC anybody looking?", (None, "13:41", None, "AC anybody looking?")),
        ("c.15.30 AC back", (None, "~15:30", None, "AC back")),
        ("At 10:05 UTC, the pager", (None, "10:05", "UTC", "the pager")),
        ("At around 10:05 the pager", (None, "~10:05", None, "the pager")),
        ("~10:05 the pager", (None, "~10:05", None, "the pager")),
        ("14:03頃 発生", (None, "~14:03", None, "発生")),
        ("2021-08-26 08:22 start", ("2021-08-26", "08:22", None, "start")),
        ("2024-02-15T14:32:00+01:00 start", ("2024-02-15", "14:32", "UTC+01:00", "start")),
        ("2024-02-15T14:32Z start", ("2024-02-15", "14:32", "UTC", "start")),
        ("20240215T143200Z start", ("2024-02-15", "14:32", "UTC", "start")),
        ("Feb 15 14:32 start", ("2-15", "14:32", None, "start")),
        ("Monday 14:32 start", ("monday", "14:32", None, "start")),
        ("Tue 7 Jan 2020", ("2020-01-07", None, None, "")),
        ("Day 2, 10:00 start", (None, "10:00", None, "start")),
        ("T+15m | rollback", (None, "T+15", None, "rollback")),
        ("T0: alert", (None, "T+0", None, "alert")),
        ("T-5 min: deploy", (None, "T-5", None, "deploy")),
        ("+15 min rollback", (None, "T+15", None, "rollback")),
        ("20 May 2021", ("2021-05-20", None, None, "")),
        ("2021-05-20: start", ("2021-05-20", None, None, "start")),
        ("08:00–08:40 failing", (None, "08:00-08:40", None, "failing")),
        ("08:00 - 08:40 UTC failing", (None, "08:00-08:40", "UTC", "failing")),
        ("2021-05-20 22:00 - 2021-05-21 01:00 UTC failing", ("2021-05-20", "22:00-01:00", "UTC", "failing")),
        ("11:10 6th Nov 2023 - commit", ("2023-11-06", "11:10", None, "commit")),
        ("7-13th Nov - fixed", ("11-7", None, None, "fixed")),
        ("12:48 (6:48 PDT): last block", (None, "12:48", None, "last block")),
        ("10:02 JST / 01:02 UTC start", (None, "10:02", "JST", "start")),
        ("5:30PM - back", (None, "17:30", None, "back")),
        ("1:46 pm back", (None, "13:46", None, "back")),
        ("3:00 PM CAT- Outage", (None, "15:00", "CAT", "Outage")),
        ("14:00 hrs start", (None, "14:00", None, "start")),
        ("15:44 Second try", (None, "15:44", None, "Second try")),
        ("14:03 (approx) start", (None, "~14:03", None, "start")),
        ("午後3時30分 復旧", (None, "15:30", None, "復旧")),
        ("2024年3月5日 14:03 発生", ("2024-03-05", "14:03", None, "発生")),
        ("Noon: back", (None, "12:00", None, "back")),
        ("10:02 -5% of traffic", (None, "10:02", None, "-5% of traffic")),
        ("10:02 3 pods restart", (None, "10:02", None, "3 pods restart")),
        ("14:20 UTC - 2 pods restart", (None, "14:20", "UTC", "2 pods restart")),
        ("2021-05-20 – 10 hosts down", ("2021-05-20", None, None, "10 hosts down")),
    ],
)
def test_stamp(text: str, expected: Told) -> None:
    assert expected == told(text)


@pytest.mark.parametrize(
    "text",
    [
        "3 pods restarted",
        "2.1.3 deployed",
        "2.10 deployed",
        "10.5% of traffic",
        "13.41 seconds later",
        "13.41% of users",
        "22.04 LTS hosts",
        "500 errors",
        "10.0.0.1 stopped answering",
        "12:30 minutes of downtime",
        "10:20:30:40 is an address",
        "Monday was quiet",
        "May 2021 releases were quiet",
        "Midnight batch jobs fail",
        "Alert at 10:02",
        "The 14:20 deploy",
        "CVE-2022-1234 is published",
        "PM-2026-031 action item",
        "$10.50 spent",
        "#1234 merged",
        "maybe 10:02",
        "T-shirt sizes",
        "PT is slow",
        "",
        "**",
    ],
)
def test_no_stamp(text: str) -> None:
    assert told(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10:02", True),
        ("**10:02 UTC**", True),
        ("`2021-05-20 10:02`", True),
        ("### 14:08 ###", True),
        ("[10:02 - 10:40]", True),
        ("20 May 2021:", True),
        ("10:02 alert", False),
        ("10:02: 障害", False),
        ("May", False),
        ("", False),
    ],
)
def test_is_stamp(text: str, expected: bool) -> None:
    assert expected == is_stamp(text)


def test_end_of_a_range_has_its_own_date() -> None:
    stamp = leading_stamp("2021-05-20 22:00 - 2021-05-21 01:00 UTC failing")

    assert stamp is not None
    assert stamp.end_date is not None
    assert date(2021, 5, 21) == stamp.end_date.value


def test_day_number_is_counted_from_the_first() -> None:
    stamp = leading_stamp("Day 2, 10:00 start")

    assert stamp is not None
    assert stamp.clock is not None
    assert stamp.clock.day_offset == 1


def test_a_weekday_with_its_part_of_the_day_is_a_time() -> None:
    stamp = leading_stamp("Wed evening searched old laptops")

    assert stamp is not None
    assert stamp.date is not None
    assert stamp.date.weekday == "wednesday"
    assert leading_stamp("Wednesday went by") is None


def test_the_next_day_is_counted_from_the_one_before() -> None:
    stamp = leading_stamp("next day 12:00 moved back")

    assert stamp is not None
    assert stamp.clock is not None
    assert stamp.clock.day_offset == 1
    assert leading_stamp("next day we moved back") is None


DECORATION = [("", " "), ("[", "] "), ("(", ") "), ("**", "** "), ("`", "` - "), ("- ", ": "), ("_", "_ — ")]


@given(st.times(), st.dates(date(1971, 1, 1), date(2098, 1, 1)), st.sampled_from(DECORATION), st.booleans())
def test_decorated_stamp_is_read_back(clock: object, day: date, decoration: tuple[str, str], has_day: bool) -> None:
    written = f"{day:%Y-%m-%d} {clock:%H:%M}" if has_day else f"{clock:%H:%M}"
    text = f"{decoration[0]}{written}{decoration[1]}alert fires"

    assert (f"{day:%Y-%m-%d}" if has_day else None, f"{clock:%H:%M}", None, "alert fires") == told(text)


@given(st.text(alphabet=st.sampled_from("0123456789/-.:T+ *`[]()|~年月日時分MayUTCPMpm–—,#<b>\n"), max_size=50))
def test_any_text_gives_a_stamp_within_it_or_none(text: str) -> None:
    stamp = leading_stamp(text)

    assert stamp is None or 0 <= stamp.start < stamp.end <= len(text)


@given(st.text(max_size=50))
def test_any_unicode_can_be_asked(text: str) -> None:
    assert is_stamp(text) in {True, False}
