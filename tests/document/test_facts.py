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
