"""Times of day in every usual writing, their zones, ranges and doubts."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmlint.document.clocks import ClockMatch, find_clocks
from pmlint.document.zones import Zone


def told(match: ClockMatch) -> str:
    """The clock in short: `~` approximate, `h` coarse, `!` invalid, then seconds, end, day and zone."""
    if match.relative_minutes is not None:
        return f"T{match.relative_minutes:+d}"
    marks = "~" * match.approximate + "!" * (not match.valid) + "h" * match.coarse
    second = "" if match.second is None else f":{match.second:02}"
    until = "" if match.end_clock is None else "-{:02}:{:02}".format(*match.end_clock)
    day = f" {match.day_offset:+d}d" if match.day_offset else ""
    zone = f" {match.zone.name}" if match.zone else ""
    return f"{marks}{match.hour:02}:{match.minute:02}{second}{until}{day}{zone}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14:03", "14:03"),
        ("9:05", "09:05"),
        ("14:03:22", "14:03:22"),
        ("14:03:22.123Z", "14:03:22 UTC"),
        ("14:03:22,123", "14:03:22"),
        ("7:7:47", "07:07:47"),
        ("5:30PM", "17:30"),
        ("1:46 pm", "13:46"),
        ("1:46 p.m. we", "13:46"),
        ("12:05 AM", "00:05"),
        ("12:05 PM", "12:05"),
        ("13:30 PM", "13:30"),
        ("00:25 AM", "00:25"),
        ("3.30pm", "15:30"),
        ("3 pm", "h15:00"),
        ("3pm", "h15:00"),
        ("at noon we", "h12:00"),
        ("12 noon", "h12:00"),
        ("midnight UTC", "h00:00 UTC"),
        ("14h03", "14:03"),
        ("1403 UTC", "14:03 UTC"),
        ("1403Z", "14:03 UTC"),
        ("24:00", "00:00 +1d"),
        ("25:99", "!25:99"),
        ("14:60", "!14:60"),
        ("15:00 AM", "!15:00"),
        ("~14:03", "~14:03"),
        ("around 14:03", "~14:03"),
        ("approx. 14:03", "~14:03"),
        ("c.14:03", "~14:03"),
        ("shortly after 14:03", "~14:03"),
        ("14:03頃", "~14:03"),
        ("約14:03", "~14:03"),
        ("14:03ish", "~14:03"),
        ("午後3時30分", "15:30"),
        ("午前0時", "h00:00"),
        ("午後3時半", "15:30"),
        ("下午3点30分", "15:30"),
        ("14時03分", "14:03"),
        ("14時", "h14:00"),
        ("翌2:00", "02:00 +1d"),
        ("14:03 UTC", "14:03 UTC"),
        ("14:03UTC", "14:03 UTC"),
        ("14:03 utc", "14:03 UTC"),
        ("14:03 (PST)", "14:03 PST"),
        ("14:03 [CET]", "14:03 CET"),
        ("3 pm ET", "h15:00 ET"),
        ("14:03 UTC+2", "14:03 UTC+02:00"),
        ("14:03 UTC-05:00", "14:03 UTC-05:00"),
        ("14:03 +0530", "14:03 UTC+05:30"),
        ("2024-02-15T14:32:00+01:00", "14:32:00 UTC+01:00"),
        ("2024-02-15T14:32-05:00", "14:32 UTC-05:00"),
        ("14:32:00-05:00", "14:32:00 UTC-05:00"),
        ("20240215T1432Z", "14:32 UTC"),
        ("14:03 Europe/Berlin", "14:03 Europe/Berlin"),
        ("14:03 Pacific Time", "14:03 PT"),
        ("14:03 CST", "14:03 CST"),
        ("0:10 Eastern African Time", "00:10 EAT"),
        ("29/Jun/2022:03:28:53 +0000", "03:28:53 UTC"),
        ("08:00–08:40", "08:00-08:40"),
        ("08:00-08:40", "08:00-08:40"),
        ("08:00 - 08:40 UTC", "08:00-08:40 UTC"),
        ("08:00 UTC - 08:40 UTC", "08:00-08:40 UTC"),
        ("10:00 UTC-11:00", "10:00-11:00 UTC"),
        ("from 08:00 to 08:40", "08:00-08:40"),
        ("between 08:00 and 08:40", "08:00-08:40"),
        ("10:00~10:40", "10:00-10:40"),
        ("1:00 - 2:30 PM", "13:00-14:30"),
        ("11:30 - 1:15 PM", "11:30-13:15"),
        ("11:30 AM - 1:15 PM", "11:30-13:15"),
        ("3-4 pm", "h15:00-16:00"),
        ("11-1 pm", "h11:00-13:00"),
        ("23:50 - 00:20 (+1)", "23:50-00:20 +1d"),
        ("02:10 +1d", "02:10 +1d"),
        ("02:10 (next day)", "02:10 +1d"),
        ("T0:", "T+0"),
        ("T+15m", "T+15"),
        ("T+15", "T+15"),
        ("T+1:05", "T+65"),
        ("T+1h30m", "T+90"),
        ("T+2 hours", "T+120"),
        ("T-5 min", "T-5"),
        ("T0+15m", "T+15"),
        ("+15 min", "T+15"),
        ("[+1h] back", "T+60"),
    ],
)
def test_clock_is_read(text: str, expected: str) -> None:
    assert [expected] == [told(match) for match in find_clocks(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("At 14:03 UTC, we", "14:03 UTC"),
        ("at (14:03 (UTC)) we", "14:03 (UTC)"),
        ("around 1:46 pm we", "1:46 pm"),
        ("08:00 – 08:40 failing", "08:00 – 08:40"),
        ("the 14:03頃 alert", "14:03"),
        ("14:03 CAT- outage", "14:03 CAT"),
    ],
)
def test_span_is_the_clock_without_its_about(text: str, expected: str) -> None:
    assert [expected] == [text[match.start : match.end] for match in find_clocks(text)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "14",
        "13.41",
        "10:2",
        "16:9",
        "123:45",
        "12:345",
        "10:20:30:40",
        "main.py:10:22",
        "localhost:8080",
        "UTC+01:00",
        "UTC-05:00",
        "12:30pm2",
        "10:30abc",
        "2:15.5",
        "I am 3 amused",
        "afternoon",
        "2025-06-22 PM",
        "13 pm",
        "14 May 2021 UTC",
        "May 2021 UTC",
        "3時間20分",
        "2点",
        "T-shirt",
        "XT0",
        "T0 services",
        "took +15 min",
        "+15 ms",
        "+15",
        "/14:03/x",
    ],
)
def test_what_is_no_clock(text: str) -> None:
    assert find_clocks(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [("13.41", "13:41"), ("9.05 - 9.40", "09:05-09:40"), ("25.41", "!25:41")],
)
def test_dotted_clock_is_read_where_asked(text: str, expected: str) -> None:
    assert [expected] == [told(match) for match in find_clocks(text, dotted=True)]


@pytest.mark.parametrize("text", ["1.2.3", "27.05.2025", "13.41%", "13.4", "1.234"])
def test_other_dotted_numbers_are_no_clock(text: str) -> None:
    assert find_clocks(text, dotted=True) == []


def test_several_clocks_in_one_sentence() -> None:
    text = "Failing since 10:02 UTC (12:02 CEST), back at 10:40."

    assert [told(match) for match in find_clocks(text)] == ["10:02 UTC", "12:02 CEST", "10:40"]


def test_whole_value() -> None:
    expected = ClockMatch(7, 19, 14, 3, zone=Zone("CET", 60), approximate=True, coarse=False, second=22, end_clock=None)

    assert [expected] == find_clocks("around 14:03:22 CET.")


FORMS = ["%H:%M", "%I:%M %p", "%I:%M%p", "%Hh%M", "%H時%M分", "%H:%M UTC", "(%H:%M Z)", "2021-05-20T%H:%M:00Z"]


@given(st.times(), st.sampled_from(FORMS))
def test_written_clock_is_read_back(clock: time, form: str) -> None:
    (match,) = find_clocks(f"It began {clock.strftime(form)}, they say.")

    assert (clock.hour, clock.minute, True) == (match.hour, match.minute, match.valid)


@given(st.text(alphabet=st.sampled_from("0123456789:. -–~+TZhpmAMUTC時分午後頃()to,\n"), max_size=60), st.booleans())
def test_any_text_gives_ordered_spans_within_it(text: str, dotted: bool) -> None:
    matches = find_clocks(text, dotted=dotted)
    ends = [0, *[match.end for match in matches]]

    assert all(end <= match.start < match.end <= len(text) for end, match in zip(ends, matches, strict=False))
