"""When each event of a timeline was: inherited days, midnight, ranges, zones."""

from dataclasses import fields
from datetime import date

import pytest
from tests.document.timelines import DAY, lines, read

from pmlint.document.vocabulary import Vocabulary


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        pytest.param(
            ["23:50", "00:05", "09:00"], ["2021-05-03T23:50", "2021-05-04T00:05", "2021-05-04T09:00"], id="midnight"
        ),
        pytest.param(
            ["10:09", "10:02"], ["2021-05-03T10:09", "2021-05-03T10:02"], id="a small step back is no midnight"
        ),
        pytest.param(["11:58 PM", "12:04 AM"], ["2021-05-03T23:58", "2021-05-04T00:04"], id="midnight of twelve hours"),
        pytest.param(["23:50", "00:05 (next day)"], ["2021-05-03T23:50", "2021-05-04T00:05"], id="next day said"),
        pytest.param(
            ["17:00", "09:00", "2021-05-03 18:00"],
            ["2021-05-03T17:00", "2021-05-03T09:00", "2021-05-03T18:00"],
            id="no midnight where a later entry is still on that day",
        ),
        pytest.param(["2020-12-31 23:50", "Jan 1 00:05"], ["2020-12-31T23:50", "2021-01-01T00:05"], id="new year"),
        pytest.param(["Monday 14:00", "Tuesday 09:00"], ["2021-05-03T14:00", "2021-05-04T09:00"], id="weekdays"),
        pytest.param(["5/3 10:00", "5/4 11:00"], ["2021-05-03T10:00", "2021-05-04T11:00"], id="day without its year"),
        pytest.param(["05-03 10:00", "05-04 11:00"], ["2021-05-03T10:00", "2021-05-04T11:00"], id="end of an ISO date"),
        pytest.param(
            ["03/05/2021 10:00", "05/05/2021 11:00"],
            ["2021-05-03T10:00", "2021-05-05T11:00"],
            id="day first: the shorter course",
        ),
        pytest.param(["24-05-2021 - 08:15"], ["2021-05-24T08:15"], id="time set off from its day"),
        pytest.param(["10:45a", "12:29p"], ["2021-05-03T10:45", "2021-05-03T12:29"], id="a and p"),
        pytest.param(["10:00:07", "25:99"], ["2021-05-03T10:00:07", None], id="a clock that no clock shows"),
    ],
)
def test_days(entries: list[str], expected: list[str | None]) -> None:
    text = "## Timeline\n" + "\n".join(f"- {entry} - something" for entry in entries)

    assert expected == [at for _, at, _ in lines(text, day=DAY)]


def moment(text: str, *, day: date | None = None) -> dict[str, object]:
    """What the only event of a timeline says of its time, defaults left out."""
    _, timeline = read(f"# Outage\n## Timeline\n- {text}", day=day)
    (event,) = timeline.events
    assert event.at is not None
    return {each.name: said for each in fields(event.at) if (said := getattr(event.at, each.name)) != each.default}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021-05-03 10:00 UTC a", {"day": DAY, "clock": "10:00", "zone": "UTC", "offset_minutes": 0}),
        ("10:00 a", {"day": DAY, "clock": "10:00", "day_inherited": True}),
        ("~10:00 a", {"day": DAY, "clock": "10:00", "day_inherited": True, "approximate": True}),
        ("3 pm: a", {"day": DAY, "clock": "15:00", "day_inherited": True, "coarse": True}),
        ("2021-05-03: a", {"day": DAY, "coarse": True}),
        ("T+15m: a", {"relative_minutes": 15}),
        ("2021-07-01 10:00 PT a", {"day": date(2021, 7, 1), "clock": "10:00", "zone": "PT", "offset_minutes": -420}),
    ],
)
def test_moments(text: str, expected: dict[str, object]) -> None:
    assert expected == moment(text, day=DAY)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021-05-03 10:00-10:40 a", "2021-05-03T10:40"),
        ("2021-05-03 23:50 – 00:10 a", "2021-05-04T00:10"),
        ("2021-05-03 23:50 - 2021-05-04 01:00 a", "2021-05-04T01:00"),
        ("May 3-5, 2021: a", "2021-05-05"),
        ("2021-05-03 10:00 a", None),
    ],
)
def test_ranges(text: str, expected: str | None) -> None:
    _, timeline = read(f"# Outage\n## Timeline\n- {text}")

    assert [expected] == [event.until.iso if event.until else None for event in timeline.events]


ZONES = {
    "heading": ("## Timeline (UTC)\n- 10:00 a\n- 10:05 b", "UTC", ["UTC"], ["UTC", "UTC"]),
    "sentence": ("## Timeline\nAll times are CET.\n\n- 10:00 a\n- 10:05 b", "CET", ["CET"], ["CET", "CET"]),
    "sentence elsewhere": ("All times in PST.\n\n## Timeline\n- 10:00 a", "PST", ["PST"], ["PST"]),
    "column": ("## Timeline\n|Time (JST)|Event|\n|---|---|\n|10:00|a|", "JST", ["JST"], ["JST"]),
    "one entry speaks for all": ("## Timeline\n- 10:00 UTC a\n- 10:05 b", None, ["UTC"], ["UTC", "UTC"]),
    "an entry against the heading": (
        "## Timeline (UTC)\n- 10:00 a\n- 12:05 CEST b",
        "UTC",
        ["UTC", "CEST"],
        ["UTC", "CEST"],
    ),
    "mixed entries speak for none": (
        "## Timeline\n- 10:00 UTC a\n- 12:05 CEST b\n- 10:06 c",
        None,
        ["UTC", "CEST"],
        ["UTC", "CEST", None],
    ),
    "a day line that says it": (
        "## Timeline\n2021-05-03, all times UTC\n\n10:00 a\n\n10:05 b",
        "UTC",
        ["UTC"],
        ["UTC", "UTC"],
    ),
    "none": ("## Timeline\n- 10:00 a", None, [], [None]),
}


@pytest.mark.parametrize(("text", "declared", "written", "each"), ZONES.values(), ids=ZONES)
def test_zones(text: str, declared: str | None, written: list[str], each: list[str | None]) -> None:
    source, timeline = read(f"# Outage\n{text}\n")

    zone = timeline.zone.value if timeline.zone else None
    zones = [fact.value for fact in timeline.zones]
    entries = [event.at.zone for event in timeline.events if event.at]
    assert (declared, written, each) == (zone, zones, entries)
    assert [fact.text for fact in timeline.zones] == [source[fact.span] for fact in timeline.zones]


def test_zone_of_the_house() -> None:
    _, timeline = read("# Outage\n## Timeline\n- 2021-05-03 10:00 a", vocabulary=Vocabulary(timezone="CET"))

    assert (
        timeline.zone,
        [event.at and event.at.iso for event in timeline.events],
    ) == (None, ["2021-05-03T10:00+01:00"])


def test_end_of_the_calendar() -> None:
    """There is no midnight to pass; the fuzz test found an overflow here."""
    expected = ["9999-12-31T23:50", "9999-12-31T00:05"]

    assert expected == [at for _, at, _ in lines("## Timeline\n- 23:50 a\n- 00:05 b", day=date.max)]
