"""Which words a fact of the incident is taken from."""

import pytest

from pmlint.document.parse import parse

TABLE = "# Down\n\n| Field | Value |\n|---|---|\n| Event | {} |\n| Systems | `index` |\n"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("**Incident ID:** INC-2026-014\n", "INC-2026-014", id="a field"),
        pytest.param("# PM-2026-014: down\n", "PM-2026-014", id="the title"),
        pytest.param("# TLS-1301 was refused\n", None, id="a code that names something else"),
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
        pytest.param("# Down\n\n**Author:** Ada | **Severity:** P1\n", ["P1"], id="two fields on one line"),
        pytest.param("# Down\n\nID: INC-7 / Severity: P1 / Status: closed\n", ["P1"], id="plain fields on one line"),
        pytest.param("The mail had **Severity:** P1 in it.\n", [], id="bold words of a sentence"),
        pytest.param("# SEV1: down\n\n**Severity:** P2\n", ["P2", "SEV1"], id="a field and the title"),
        pytest.param("**Severity:** P0 | P1 | P2\n", [], id="the choices of a template"),
        pytest.param("**Impact:** High - only titles are found\n", ["High"], id="an impact that opens with a grade"),
        pytest.param("**Impact:** critical\n", ["critical"], id="an impact that is a grade"),
        pytest.param("**Impact:** High latency for all users\n", [], id="an impact that opens with an adjective"),
        pytest.param("**Impact:** low-level errors in the log\n", [], id="a word with a joint"),
        pytest.param("## Summary\n\nThis P3 incident took search down.\n", ["P3"], id="told in the summary"),
        pytest.param("## Summary\n\nIt was classified as a SEV-2.\n", ["SEV-2"], id="classified in the summary"),
        pytest.param("## Summary\n\nA P1 bug was open for weeks.\n", [], id="the grade of something else"),
        pytest.param("## Action items\n\nHold a drill for each P1 incident.\n", [], id="what is planned"),
    ],
)
def test_the_severities_of_an_incident(text: str, found: list[str]) -> None:
    assert found == [fact.value for fact in parse(text).severities]
