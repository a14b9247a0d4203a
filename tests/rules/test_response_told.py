"""When the response is known to have been long, and when its times can be told."""

import pytest

from pmlint.document.parse import parse
from pmlint.rules.catalogue import catalogue
from pmlint.rules.examples import run_one


def messages(rule: str, text: str) -> list[str]:
    return [problem.message for problem in run_one(catalogue()[rule], text)]


def timeline(*entries: str, head: str = "") -> str:
    return "\n".join(["# Search was down\n", head, "## Timeline\n", *(f"- {entry}" for entry in entries)]) + "\n"


EVERY_HOUR = ("09:00 UTC: alert fires", *(f"{hour}:00 UTC: node {hour} rebuilt" for hour in range(10, 15)))


@pytest.mark.parametrize(
    ("entries", "head", "expected"),
    [
        pytest.param(
            (*EVERY_HOUR, "14:30 UTC: incident resolved"),
            "",
            ["a response of 5 h 30 min with no checkpoint"],
            id="one step after another",
        ),
        pytest.param(
            ("09:00 UTC: alert fires", "09:40 UTC: cause found", "14:30 UTC: fix deployed, incident resolved"),
            "",
            [],
            id="a long silence",
        ),
        pytest.param((*EVERY_HOUR[:4], "13:20 UTC: incident resolved"), "", [], id="over soon after the shift"),
        pytest.param(
            (*EVERY_HOUR, "14:30 UTC: incident resolved"), "**Time to resolve:** 3 minutes\n", [], id="said to be short"
        ),
        pytest.param(
            (*EVERY_HOUR, "14:30 UTC: incident resolved"), "Written handover at 13:00 UTC.\n", [], id="handed on"
        ),
    ],
)
def test_how_long_somebody_was_at_it(entries: tuple[str, ...], head: str, expected: list[str]) -> None:
    assert messages("missing-checkpoint", timeline(*entries, head=head)) == expected


NOT_TOLD = ["the times to detect, mitigate and resolve cannot be told"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("The index was deleted by a rebuild.", NOT_TOLD, id="no time at all"),
        pytest.param("The outage began at 10:02 UTC.", NOT_TOLD, id="the start alone"),
        pytest.param("It began at 10:02 UTC and was noticed at 10:10 UTC.", [], id="start and detection"),
        pytest.param("It was reported on July 13, 2025. On July 14, 2025 it was patched.", [], id="by the day"),
        pytest.param("Within a few hours the token had been revoked.", [], id="in words"),
        pytest.param("The fix went out within a week of the report.", [], id="in words, the other way round"),
    ],
)
def test_times_of_the_response_follow_from_any_two_points(text: str, expected: list[str]) -> None:
    assert messages("missing-response-times", f"# Search was down\n\n{text}\n") == expected


NO_CADENCE = ["no cadence of status updates, in an incident of high severity"]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param("**Duration:** 2 h", NO_CADENCE, id="long enough to be asked"),
        pytest.param("**Duration:** 20 min", [], id="over before a second update"),
        pytest.param("**Duration:** 2 h\n\n**Affected users:** none", [], id="nobody to tell"),
        pytest.param("**Duration:** 2 h\n\n**Affected users:** 1,200", NO_CADENCE, id="a number that begins with one"),
        pytest.param("A researcher reported a flaw. It was not exploited.", [], id="a flaw that nobody used"),
    ],
)
def test_a_cadence_is_asked_of_what_people_wait_for(facts: str, expected: list[str]) -> None:
    assert messages("missing-cadence", f"# Search was down\n\n**Severity:** SEV1\n\n{facts}\n") == expected


@pytest.mark.parametrize(
    ("rule", "said", "expected"),
    [
        pytest.param("missing-went-wrong", "There was no kill switch.", 0, id="safety that was not there"),
        pytest.param("missing-went-wrong", "It took 14 days due to the many tenants.", 0, id="long for a reason"),
        pytest.param("missing-went-wrong", "Then a problem occurred with staking.", 0, id="trouble of the repair"),
        pytest.param("missing-went-wrong", "The solutions were never implemented.", 0, id="lessons not followed"),
        pytest.param("missing-went-wrong", "The problem occurred with staking.", 1, id="the incident itself"),
        pytest.param("missing-went-wrong", "It took 14 days.", 1, id="a length alone"),
        pytest.param("missing-went-well", "The response was swift and decisive.", 0, id="a swift response"),
        pytest.param("missing-went-well", "They notified us by mail within seconds.", 0, id="told at once"),
        pytest.param("missing-went-well", "They notified us by mail.", 1, id="told at some time"),
        pytest.param("missing-lessons", "What happened that we didn’t anticipate?", 0, id="what was not foreseen"),
        pytest.param("missing-lessons", "What happened?", 1, id="what happened"),
    ],
)
def test_how_the_response_went_may_be_said_in_passing(rule: str, said: str, expected: int) -> None:
    assert expected == len(messages(rule, f"# Search was down\n\n## Response\n\n{said}\n"))


@pytest.mark.parametrize(
    ("text", "path", "expected"),
    [
        pytest.param("See https://forum.example/t/search-outage-2026/12.", None, 0, id="its thread in a forum"),
        pytest.param("See https://forum.example/t/how-to-search/12.", None, 1, id="another thread"),
        pytest.param("The index was old.", "site/_posts/2026-02-04-search.md", 0, id="a post"),
        pytest.param("The index was old.", "site/pages/2026-02-04-search.md", 1, id="any page"),
    ],
)
def test_where_a_postmortem_was_published(text: str, path: str | None, expected: int) -> None:
    doc = parse(f"# Search was down\n\n{text}\n", path)
    assert expected == len(list(catalogue()["missing-publication"].run(doc, {})))


def test_an_address_in_front_matter_publishes_it() -> None:
    doc = parse("---\nurl: https://status.example/incidents/12\n---\n\n# Search was down\n\nThe index was old.\n")
    assert list(catalogue()["missing-publication"].run(doc, {})) == []
