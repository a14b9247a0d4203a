"""Dates in every usual writing, and the numbers that only look like dates."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmlint.document.date_paths import date_from_path
from pmlint.document.dates import DateMatch, find_dates, written_order

DAY = date(2021, 8, 26)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021-08-26", DAY),
        ("2021/08/26", DAY),
        ("2021.08.26", DAY),
        ("on 20210826,", DAY),
        ("2021-08-26T08:22Z", DAY),
        ("2021-08-26から", DAY),
        ("_2021-08-26_", DAY),
        ("8/26/2021", DAY),
        ("26/08/2021", DAY),
        ("26/8/21", DAY),
        ("26-08-2021", DAY),
        ("26.08.2021", DAY),
        ("August 26, 2021", DAY),
        ("August 26th, 2021", DAY),
        ("Aug. 26 2021", DAY),
        ("AUG 26,2021", DAY),
        ("Aug-26-2021", DAY),
        ("26 August, 2021", DAY),
        ("26 august 2021", DAY),
        ("26th of August 2021", DAY),
        ("26-Aug-2021", DAY),
        ("26-Aug-21", DAY),
        ("2021 Aug 26", DAY),
        ("2021-Aug-26", DAY),
        ("2021年8月26日", DAY),
        ("2021年 8月 26日", DAY),
        ("Sept. 18th, 2017", date(2017, 9, 18)),
        ("May 14, 2021 08:32 (UTC)", date(2021, 5, 14)),
        ("01.02.2021", date(2021, 2, 1)),
        ("05/05/2021", date(2021, 5, 5)),
        ("29 Feb 2024", date(2024, 2, 29)),
        ("29/Jun/2022:03:28:53", date(2022, 6, 29)),
        ("ends in 0\nMar 16, 2021", date(2021, 3, 16)),
    ],
)
def test_date_is_read(text: str, expected: date) -> None:
    assert [expected] == [match.value for match in find_dates(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("until 2021-08-26, when", "2021-08-26"),
        ("(Thursday, 26 August 2021)", "Thursday, 26 August 2021"),
        ("on the 14th of May 2021.", "14th of May 2021"),
        ("2024年3月5日（火）に", "2024年3月5日（火）"),
        ("by Sept. 18th we", "Sept. 18th"),
        ("2021-08-26 (Thu) at", "2021-08-26 (Thu)"),
    ],
)
def test_span_is_the_date_as_written(text: str, expected: str) -> None:
    assert [expected] == [text[match.start : match.end] for match in find_dates(text)]


@pytest.mark.parametrize(
    "text",
    [
        "version 2021.08.26",
        "v2021.08.26",
        "2021.8.2",
        "1.2.3",
        "10.0.0.1",
        "192.168.10.12",
        "PM-2026-031",
        "PM-2026-03-11",
        "CVE-2022-1234",
        "CVE-2022-12345678",
        "SHA-256",
        "24/7/365",
        "1/2",
        "1/2/3",
        "3.14159",
        "12:30/13:40",
        "2021-08-26-outage.md",
        "https://example.org/2021/08/26/outage",
        "id=20210826",
        "#20210826",
        "20211399",
        "120210826",
        "foo_2021-08-26",
        "it may 14 times",
        "we march 3 pods",
        "this may 2021",
        "maybe 3",
        "count=0\nMarble",
        "Marching 4",
        "decimal 5",
        "2021-45-99",
        "45/46/2021",
        "10-12-15",
        "3月",
        "3月間",
        "95",
        "",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert find_dates(text) == []


@pytest.mark.parametrize(
    ("text", "order", "expected"),
    [
        ("03/10/2021", None, (None, True, (date(2021, 10, 3), date(2021, 3, 10)))),
        ("03/10/2021", "dmy", (date(2021, 10, 3), False, ())),
        ("03/10/2021", "mdy", (date(2021, 3, 10), False, ())),
        ("03-10-2021", None, (None, True, (date(2021, 10, 3), date(2021, 3, 10)))),
        ("03/10/21", None, (None, True, (date(2021, 10, 3), date(2021, 3, 10)))),
        ("13/10/2021", "mdy", (date(2021, 10, 13), False, ())),
        ("Wednesday, 03/10/2021", None, (date(2021, 3, 10), False, ())),
    ],
)
def test_order_of_day_and_month(text: str, order: object, expected: object) -> None:
    (match,) = find_dates(text, order=order)  # type: ignore[arg-type]

    assert expected == (match.value, match.ambiguous, match.alternatives)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("26/08/2021 and 03/04/2021", "dmy"),
        ("8/26/2021", "mdy"),
        ("26/08/2021 8/26/2021", None),
        ("03/04/2021", None),
        ("26.08.2021", None),
    ],
)
def test_written_order(text: str, expected: str | None) -> None:
    assert expected == written_order(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023-02-30", (None, False)),
        ("2023-13-05", (None, False)),
        ("31/04/2023", (None, False)),
        ("February 30, 2023", (None, False)),
        ("29 February 2023", (None, False)),
        ("29 February", (None, True)),
        ("30 February", (None, False)),
        ("2023年2月30日", (None, False)),
    ],
)
def test_a_date_that_does_not_exist_is_kept(text: str, expected: tuple[None, bool]) -> None:
    (match,) = find_dates(text)

    assert expected == (match.value, match.exists)


def test_year_may_be_missing() -> None:
    (match,) = find_dates("Jul 21")

    assert DateMatch(0, 6, None, year_known=False, month=7, day=21) == match
    assert date(2023, 7, 21) == match.in_year(2023)
    assert [date(2023, 7, 21)] == [found.value for found in find_dates("Jul 21", default_year=2023)]
    assert [date(2023, 3, 5)] == [found.value for found in find_dates("3月5日", default_year=2023)]


@pytest.mark.parametrize("text", ["May 2021", "May, 2021", "May '21", "2021年5月"])
def test_day_may_be_missing(text: str) -> None:
    assert [DateMatch(0, len(text), date(2021, 5, 1), day_known=False, month=5)] == find_dates(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thursday, 12 March 2020", ("thursday", False)),
        ("Friday, 12 March 2020", ("friday", True)),
        ("Thu 2020-03-12", ("thursday", False)),
        ("2020-03-12 (Fri)", ("friday", True)),
        ("2020年3月12日（木）", ("thursday", False)),
        ("Tuesday, 03/10/2021", ("tuesday", True)),
        ("Friday, 12 March", ("friday", False)),
        ("the server sat 5 May 2021", (None, False)),
    ],
)
def test_weekday(text: str, expected: tuple[str | None, bool]) -> None:
    (match,) = find_dates(text)

    assert expected == (match.weekday, match.weekday_wrong)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("May 3–5, 2021", [date(2021, 5, 3), date(2021, 5, 5)]),
        ("3-5 May 2021", [date(2021, 5, 3), date(2021, 5, 5)]),
        ("31 Jan 2023 – 2 Feb 2023", [date(2023, 1, 31), date(2023, 2, 2)]),
        ("2021-08-20 – 2021-08-26", [date(2021, 8, 20), DAY]),
    ],
)
def test_range(text: str, expected: list[date]) -> None:
    assert expected == [match.value for match in find_dates(text)]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("docs/2022/03/23.md", date(2022, 3, 23)),
        ("_posts/2021-03-05-slug.md", date(2021, 3, 5)),
        ("postmortems/20210305_slug.md", date(2021, 3, 5)),
        ("postmortems/06272022.md", date(2022, 6, 27)),
        ("2021-05/2021-05-09-negative-values.md", date(2021, 5, 9)),
        ("incidents/13-03-2026-slug.md", date(2026, 3, 13)),
        ("incidents/2021_03_05 outage.md", date(2021, 3, 5)),
        ("content/2024-07-01-slug/index.md", date(2024, 7, 1)),
        ("reports\\2021-03-05.md", date(2021, 3, 5)),
        ("reports/outage-5-may-2021.md", date(2021, 5, 5)),
        ("PM2021-008 - Title.md", None),
        ("README.md", None),
        ("12345678.md", None),
        ("2021-13-45.md", None),
    ],
)
def test_date_of_a_path(path: str, expected: date | None) -> None:
    match = date_from_path(path)

    assert expected == (match.value if match else None)


def test_path_of_doubtful_order() -> None:
    match = date_from_path("incidents/04-03-2026-slug.md")

    assert match is not None
    assert (date(2026, 3, 4), date(2026, 4, 3)) == match.alternatives
    assert date(2026, 3, 4) == getattr(date_from_path("04-03-2026-slug.md", order="dmy"), "value", None)


def test_folder_of_a_month() -> None:
    expected = DateMatch(0, 7, date(2021, 5, 1), day_known=False, month=5)

    assert expected == date_from_path("2021-05/negative-values.md")


@given(st.dates(date(1971, 1, 1), date(2098, 12, 31)), st.sampled_from(
    ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%d.%m.%Y", "%B %d, %Y", "%d %B, %Y", "%b %d %Y", "%d-%b-%Y",
     "%A, %d %B %Y", "%a %Y-%m-%d", "%Y年%m月%d日", "%Y-%m-%dT00:00"]
))  # fmt: skip
def test_written_date_is_read_back(day: date, form: str) -> None:
    (match,) = find_dates(f"Since {day.strftime(form)} it ran.")

    assert (day, True, False) == (match.value, match.exists, match.weekday_wrong)


@given(st.text(alphabet=st.sampled_from("0123456789/-.: T年月日(),MayThusanfer'–st\n"), max_size=60))
def test_any_text_gives_ordered_spans_within_it(text: str) -> None:
    matches = find_dates(text)
    ends = [0, *[match.end for match in matches]]

    assert all(end <= match.start < match.end <= len(text) for end, match in zip(ends, matches, strict=False))


@given(st.text(max_size=60))
def test_any_path_can_be_asked(path: str) -> None:
    match = date_from_path(path)

    assert match is None or 0 <= match.start < match.end <= len(path)
