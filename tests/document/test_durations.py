"""Lengths of time in every usual writing, and the sort of statement that each stands in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmlint.document.durations import DurationMatch, find_durations


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("28 minutes", 28),
        ("28 min", 28),
        ("28min", 28),
        ("28m", 28),
        ("a 30-minute outage", 30),
        ("45\nminutes", 45),
        ("2 hrs. 5 min.", 125),
        ("1h 23m", 83),
        ("1 h 23 m", 83),
        ("3 d 4 h", 4560),
        ("2 m 30 s", 2.5),
        ("1h23m", 83),
        ("1h23", 83),
        ("2h05m10s", 125.1667),
        ("2 hours and 10 minutes", 130),
        ("6 hours, 14 minutes", 374),
        ("1 hour, 2 minutes, and 30 seconds", 62.5),
        ("1 hr 5 mins", 65),
        ("half an hour", 30),
        ("half a day", 720),
        ("a half-hour", 30),
        ("a quarter of an hour", 15),
        ("three quarters of an hour", 45),
        ("an hour and a half", 90),
        ("lasted an hour", 60),
        ("for a day", 1440),
        ("two and a half hours", 150),
        ("2 and a half hours", 150),
        ("2 hours and a half", 150),
        ("2½ hours", 150),
        ("1.5 hours", 90),
        ("2 days", 2880),
        ("2 days 3 hours", 3060),
        ("2 weeks", 20160),
        ("forty minutes", 40),
        ("Forty-five minutes", 45),
        ("ninety nine minutes", 99),
        ("six minutes", 6),
        ("90s", 1.5),
        ("90 seconds", 1.5),
        ("1,200 seconds", 20),
        ("PT45M", 45),
        ("PT1H30M", 90),
        ("P1DT2H", 1560),
        ("3時間20分", 200),
        ("1時間半", 90),
        ("40分", 40),
        ("2小时15分钟", 135),
        ("2日間", 2880),
    ],
)
def test_duration_is_read(text: str, minutes: float) -> None:
    assert [minutes] == [match.minutes for match in find_durations(text)]


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("about 3 hours", 180),
        ("~45 mins", 45),
        ("~ 45 mins", 45),
        ("nearly two hours", 120),
        ("more than 5 hours", 300),
        ("約40分", 40),
        ("40分ほど", 40),
        ("30+ minutes", 30),
        ("20-30 minutes", 25),
        ("20 to 30 minutes", 25),
        ("a couple of hours", 120),
        ("2 hours or so", 120),
    ],
)
def test_approximate_duration(text: str, minutes: float) -> None:
    assert [(minutes, True)] == [(match.minutes, match.approximate) for match in find_durations(text)]


@pytest.mark.parametrize(
    ("text", "context"),
    [
        ("The outage lasted 28 minutes.", "plain"),
        ("It was down for 2 hours.", "plain"),
        ("every 5 minutes", "per"),
        ("the 5-minute rate", "per"),
        ("5 minute rolling average", "per"),
        ("p99 over 5 minutes", "per"),
        ("over the last 5 minutes", "per"),
        ("a 30 minute timeout", "limit"),
        ("a 30 s connection timeout", "limit"),
        ("a timeout of 30 s", "limit"),
        ("the timeout is about 30 s", "limit"),
        ("within 15 minutes", "limit"),
        ("a 60-second TTL", "limit"),
        ("retention of 30 days", "limit"),
        ("10 秒ごとに", "per"),
        ("10 秒以内", "limit"),
    ],
)
def test_context(text: str, context: str) -> None:
    assert [context] == [match.context for match in find_durations(text)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "24-hour clock",
        "12 hour format",
        "500 requests an hour",
        "once upon a minute",
        "200ms",
        "200 ms",
        "5m users",
        "165m USDT",
        "39.4m",
        "8192m",
        "100s of users",
        "in 2020\nDay two",
        "c2ec0d1d",
        "5 m of cable",
        "the 1990s",
        "500s",
        "5xx",
        "a 3d5f81 commit",
        "$5 m",
        "14時03分",
        "10:02",
        "01:23:00",
        "3 months",
        "P1",
        "PT team",
        "daysailing",
        "someone minutes",
    ],
)
def test_what_is_no_duration(text: str) -> None:
    assert find_durations(text) == []


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("01:23:00", [83]), ("1:23", [83]), ("00:00:30", [0.5]), ("99:61", []), ("1:2:3:4", [])],
)
def test_clock_form_is_read_where_asked(text: str, minutes: list[float]) -> None:
    assert minutes == [match.minutes for match in find_durations(text, clock_form=True)]


def test_span_leaves_about_outside() -> None:
    expected = [DurationMatch(11, 33, 130, approximate=True), DurationMatch(49, 55, 5, context="per")]

    assert expected == find_durations("Down about 2 hours and 10 minutes; checked every 5 mins, then")


@given(st.integers(0, 400), st.integers(0, 59))
def test_written_duration_is_read_back(hours: int, minutes: int) -> None:
    forms = [f"{hours}h{minutes}m", f"{hours} hours and {minutes} minutes", f"{hours}時間{minutes}分"]

    assert [[hours * 60 + minutes]] * 3 == [
        [match.minutes for match in find_durations(f"down {form} long")] for form in forms
    ]


@given(st.text(alphabet=st.sampled_from("0123456789 .,-–½hmsdPTforanhalfuveminutes時間分半:\n"), max_size=60))
def test_any_text_gives_ordered_spans_within_it(text: str) -> None:
    matches = find_durations(text, clock_form=True)
    ends = [0, *[match.end for match in matches]]

    assert all(end <= match.start < match.end <= len(text) for end, match in zip(ends, matches, strict=False))
