"""Which words a fact of the incident is taken from."""

from datetime import date

import pytest

from pmlint.document.parse import parse

TABLE = "# Down\n\n| Field | Value |\n|---|---|\n| Event | {} |\n| Systems | `index` |\n"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("**Incident ID:** INC-2026-014\n", "INC-2026-014", id="a field"),
        pytest.param("# PM-2026-014: down\n", "PM-2026-014", id="the title"),
        pytest.param("# Resizer was down (INC #465)\n", "#465", id="a short word and a number in the title"),
        pytest.param("# Resizer was down (incident #465)\n", "#465", id="a number in the title"),
        pytest.param("## Incident\n\n- Incident issue: #2231\n- IC: Ada\n", "#2231", id="a field below a heading"),
        pytest.param("# PIR 2024-06-12 Search was down\n", None, id="a day behind the sort of document"),
        pytest.param("# TLS-1301 was refused\n", None, id="a code that names something else"),
        pytest.param(
            "# Down\n\nIncident: https://status.example.org/i/77\n\n## Summary\n\nIt was down.\n",
            "https://status.example.org/i/77",
            id="a link in the head",
        ),
        pytest.param(
            "# Down\n\n## Summary\n\nIt was down.\n\n- Incident: https://status.example.org/i/77\n",
            None,
            id="a link to a source",
        ),
        pytest.param(TABLE.format("`20260204_search`"), "20260204_search", id="a house's code for the event"),
        pytest.param(TABLE.format("`20260204_index` `20260204_search`"), "20260204_index", id="two such codes"),
        pytest.param(TABLE.format("search down on 2026-02-04"), None, id="an event in words"),
        pytest.param(TABLE.format("2026-02-04"), None, id="an event's day"),
    ],
)
def test_the_identifier_of_an_incident(text: str, found: str | None) -> None:
    fact = parse(text).incident_id

    assert (fact and fact.value) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("**Severity:** SEV2\n", ["SEV2"], id="a field"),
        pytest.param(
            "# Down\n\n**Author:** J. Marsh **Severity:** P1 **Status**: final\n", ["P1"], id="fields on one line"
        ),
        pytest.param("# Down\n\n**1. Where:** search\n**5. Severity:** Major\n", ["Major"], id="counted fields"),
        pytest.param("# Down\n\n**Author:** Ada | **Severity:** P1\n", ["P1"], id="two fields on one line"),
        pytest.param("# Down\n\nID: INC-7 / Severity: P1 / Status: closed\n", ["P1"], id="plain fields on one line"),
        pytest.param("# Down\n\nPM-88 · severity: medium · 2026-02-04 · final\n", ["medium"], id="a key in a byline"),
        pytest.param("# Down\n\nPM-88 · low · Ana Ruiz (wrote this) · done\n", ["low"], id="a word in a byline"),
        pytest.param("# Down\n\n*PM-88 · SEV3 · 2026-02-04 · final*\n", ["SEV3"], id="a byline in italics"),
        pytest.param("# Down\n\nPM-88 | P0 | P1 | P2\n", [], id="choices in a byline"),
        pytest.param("# Down\n\nOne · two · three P1 alerts fired · four\n", [], id="no byline"),
        pytest.param("# Down\n\n- Level: P2\n", ["P2"], id="a level that is a grade"),
        pytest.param(
            "# Down\n\n| ID | PM-7 |\n|--|--|\n| Grade | Grade 2 – none harmed |\n",
            ["Grade 2 – none harmed"],
            id="a grade",
        ),
        pytest.param("# Down\n\n- Level: beginner\n", [], id="a level of something else"),
        pytest.param("The mail had **Severity:** P1 in it.\n", [], id="bold words of a sentence"),
        pytest.param("# SEV1: down\n\n**Severity:** P2\n", ["P2", "SEV1"], id="a field and the title"),
        pytest.param("**Severity:** P0 | P1 | P2\n", [], id="the choices of a template"),
        pytest.param("**Impact:** High - only titles are found\n", ["High"], id="an impact that opens with a grade"),
        pytest.param("**Impact:** critical\n", ["critical"], id="an impact that is a grade"),
        pytest.param("**Impact:** High latency for all users\n", [], id="an impact that opens with an adjective"),
        pytest.param("**Impact:** low-level errors in the log\n", [], id="a word with a joint"),
        pytest.param(
            "**Subject: RCA**\n\nHi,\n\n**Summary**\n\nSeverity: High\nStart: 10:00\nServices: API\n",
            ["High"],
            id="lines that are fields below a label",
        ),
        pytest.param("## Summary\n\nThis P3 incident took search down.\n", ["P3"], id="told in the summary"),
        pytest.param("## Summary\n\nIt was classified as a SEV-2.\n", ["SEV-2"], id="classified in the summary"),
        pytest.param("## Summary\n\nA P1 bug was open for weeks.\n", [], id="the grade of something else"),
        pytest.param("## Action items\n\nHold a drill for each P1 incident.\n", [], id="what is planned"),
    ],
)
def test_the_severities_of_an_incident(text: str, found: list[str]) -> None:
    assert found == [fact.value for fact in parse(text).severities]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("**Author:** <ri:user ri:userkey='8a'/> Ada\n", ["Ada"], id="what a wiki leaves of a link"),
        pytest.param("**PIR owner:** @Ada\n", ["@Ada"], id="who owns the review"),
        pytest.param("## Contributors\n\n- Ada\n- Bo\n", ["Ada"], id="contributors who are people"),
        pytest.param("## Contributors\n\n- Nobody knew of the maintenance window\n", [], id="what contributed"),
        pytest.param(
            "---\ntitle: Down\nassignees: ada, bo\n---\n\nText.\n", ["ada", "bo"], id="whom it is assigned to"
        ),
    ],
)
def test_the_authors_of_a_document(text: str, found: list[str]) -> None:
    assert found == [fact.value for fact in parse(text).authors]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(
            "---\nname: Postmortem\ntitle: Search was down\n---\n\nText.\n", "Search was down", id="a form's name"
        ),
        pytest.param("POSTMORTEM: nightly run failed\nSeverity: P2\n", "nightly run failed", id="a plain first line"),
        pytest.param(
            "# INCIDENT REPORT\n\n**1. Incident title:** Search was down\n", "Search was down", id="a form's own title"
        ),
        pytest.param("---\nname: Search was down\n---\n\nText.\n", "Search was down", id="a name alone"),
        pytest.param("<!-- draft -->\n### Search was down\n\nText.\n", "Search was down", id="below a comment"),
    ],
)
def test_the_title_of_a_document(text: str, found: str) -> None:
    title = parse(text).title

    assert title is not None
    assert title.value == found


_RECORD = "**Reported at:** 2025-06-02 07:14 UTC\n**Closed at:** 2025-06-03 16:40 UTC\n"
_TIMELINE = (
    "\n## Timeline (UTC)\n\n- 05:05 Impact started\n- 07:14 Customer reports it\n- 08:11 Service restored\n"
    "- 15:00 Incident closed\n"
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(_RECORD, (None, "2025-06-03T16:40Z"), id="when a record was closed, for want of better"),
        pytest.param(_RECORD + _TIMELINE, ("2025-06-02T05:05Z", "2025-06-02T08:11Z"), id="the timeline knows better"),
        pytest.param(
            "### Start time (UTC)\n\n2025-06-02 07:14\n\n### End time (UTC)\n\n2025-06-02 08:11\n",
            ("2025-06-02T07:14Z", "2025-06-02T08:11Z"),
            id="the zone in the names of the fields",
        ),
        pytest.param(
            "Form completed: 30 Nov 2023\nDate/time of event: 27 Nov 2023, 22:15 – 28 Nov 2023, 01:50 (WET)\n",
            ("2023-11-27T22:15Z", "2023-11-28T01:50Z"),
            id="a range over midnight in one field",
        ),
        pytest.param(
            "**Detected:** 2025-06-02 07:14 UTC\n**Resolved:** 2025-06-02 08:11 UTC\n",
            ("2025-06-02T07:14Z", "2025-06-02T08:11Z"),
            id="detection stands for the start",
        ),
        pytest.param(
            "## Timeline (ET)\n\n- 2020-06-16 12:16 Nurses report it\n- 2020-06-16 4:00 Resolved\n",
            (None, None),
            id="an end before the start is none",
        ),
    ],
)
def test_the_window_of_an_incident(text: str, found: tuple[str | None, str | None]) -> None:
    doc = parse("# Search was down\n\n" + text)

    assert found == tuple(fact and fact.value.iso for fact in (doc.started_at, doc.ended_at))


BYLINE = (
    "# Down\n\n**PM-88** · severity: low · 2026-02-04 → 2026-02-05 · written by Ana Ruiz on 2026-02-09 · published\n"
)


def test_a_byline_tells_the_facts_in_a_row() -> None:
    doc = parse(BYLINE)

    assert (
        doc.incident_id and doc.incident_id.value,
        doc.severity and doc.severity.value,
        doc.incident_date and doc.incident_date.value.isoformat(),
        doc.status and doc.status.value,
        [author.value for author in doc.authors],
    ) == ("PM-88", "low", "2026-02-04", "published", ["Ana Ruiz"])


@pytest.mark.parametrize(
    ("written", "found"),
    [
        pytest.param("*Notes of Nov 7, 2024*", "2024-11-05", id="the day of writing gives the year"),
        pytest.param("*Notes of the team*", None, id="no year anywhere"),
        pytest.param("*Notes of Mar 7, 2025*", None, id="months later"),
    ],
)
def test_a_day_without_a_year_in_the_summary(written: str, found: str | None) -> None:
    doc = parse(f"# Down\n\n{written}\n\n## Summary\n\nOn November 5 the search was down.\n")

    assert found == (doc.incident_date and doc.incident_date.value.isoformat())


def test_a_zone_that_only_a_field_names_is_the_timeline_s() -> None:
    doc = parse("# Down\n\n**Started at (UTC):** 2025-03-04 10:00\n\n## Timeline\n\n- 10:00 deploy\n- 10:10 errors\n")

    assert [event.at and event.at.iso for event in doc.timeline.events] == ["2025-03-04T10:00Z", "2025-03-04T10:10Z"]


@pytest.mark.parametrize(
    ("day", "found"),
    [
        pytest.param("2025-10-30", "2025-10-30", id="a day of the timeline, the prelude weeks before"),
        pytest.param("2025-11-20", "2025-10-08", id="the day of writing"),
    ],
)
def test_the_day_of_the_title_and_what_stands_before_it_in_the_timeline(day: str, found: str) -> None:
    doc = parse(
        f"# {day}: wrong certificates\n\n## Timeline\n\n### 2025-10-08 18:10\n\nCertificates are changed by hand.\n\n"
        "### 2025-10-30 09:10\n\nThe release brings the old ones back.\n\n### 2025-10-30 19:00\n\nAlerts fire.\n"
    )

    assert found == (doc.incident_date and doc.incident_date.value.isoformat())


def test_an_ambiguous_day_is_settled_by_the_order_of_the_others() -> None:
    doc = parse(
        "# Site down\n\nDate: 12/11/2023\n\n## Action items\n\n- Add an alert, before 20/11\n- Use 24/7 support\n"
    )

    assert doc.incident_date is not None
    assert doc.incident_date.value == date(2023, 11, 12)


def test_a_day_without_its_year_is_of_the_year_in_the_line_above_the_story() -> None:
    doc = parse("# Mirrors\n\n*by the mirror team, 2025-03-07*\n\nThe disk was full on Saturday, March 1st.\n")

    assert doc.incident_date is not None
    assert doc.incident_date.value == date(2025, 3, 1)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("- Duration: 14h20 - 16h05 GMT (1h45)", 105),
        ("For ninety-four minutes last Monday our servers answered with errors.", 94),
        ("It served stale data for 5 hours and 47 minutes on Thursday.", 347),
        ("For 30 years we have sold maps.", None),
        ("The UPS lasted 9 min and the store was down.", None),
    ],
)
def test_how_long_it_lasted(text: str, minutes: float | None) -> None:
    found = parse(f"# Site down\n\n{text}\n").durations

    assert minutes == (found[0].value if found else None)


def test_of_several_days_the_first_is_the_incidents() -> None:
    doc = parse("# Down\n\n## Summary\n\nOn 5, 11 and 19 November 2025 the export was late.\n")

    assert doc.incident_date is not None
    assert doc.incident_date.value.isoformat() == "2025-11-05"


def test_a_row_that_compares_incidents_is_no_window_of_one() -> None:
    doc = parse("# Down\n\n## Impact\n\n| | A | B |\n|--|--|--|\n| Late | 14:10–14:48 | 09:30–11:05 |\n")

    assert (doc.started_at, doc.ended_at, doc.durations) == (None, None, ())


def test_sentences_under_the_title_may_be_a_byline() -> None:
    doc = parse(
        "# PM-57 — Down\n\n_SEV-1. 2025-04-16. Document owner: Ana Ruiz. Approved 2025-04-22 by the board._\n\n"
        "## Summary\n\nSearch was down.\n"
    )

    assert (doc.severity and doc.severity.value, doc.status and doc.status.value) == ("SEV-1", "Approved")


def test_days_with_points_in_a_column_of_their_own() -> None:
    doc = parse(
        "# Outage\n\n## Summary\n\nOn 29 September 2025 it was down.\n\n## Timeline (UTC, 29 to 30 September)\n\n"
        "| Day | UTC | What |\n|--|--|--|\n| 29.9. | 23:20 | Errors |\n| 30.9. | 00:05 | Restored |\n"
    )

    assert [event.at and event.at.iso for event in doc.timeline.events] == ["2025-09-29T23:20Z", "2025-09-30T00:05Z"]


def test_the_first_of_several_clocks_is_when_it_began() -> None:
    doc = parse("# Down\n\nAt 11:05 nodes began to fail, and at 11:20 they were off. All was restored at 14:45.\n")

    assert [fact and fact.value.clock for fact in (doc.started_at, doc.ended_at)] == ["11:05", "14:45"]


def test_what_started_on_a_day_is_older_than_the_day_of_the_post() -> None:
    told = parse("---\ndate: 2022-03-02\n---\n\n## Summary\n\nStarting 2022-03-01 at 16:10 builds queued.\n")
    assert told.incident_date is not None
    assert told.incident_date.value == date(2022, 3, 1)


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("## Summary of the webhook delays on 19 April", "Summary of the webhook delays on 19 April"),
        ("## Summary", None),
    ],
)
def test_an_only_heading_may_be_the_title(heading: str, title: str | None) -> None:
    doc = parse(f"{heading}\n\nOn 19 April 2019 no webhook was delivered.\n")

    assert title == (doc.title and doc.title.value)
