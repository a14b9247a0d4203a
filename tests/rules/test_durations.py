"""Statements of one duration that agree, disagree, or speak of something else."""

import pytest

from pmlint.rules.examples import run_one
from pmlint.rules.structure_duration import inconsistent_duration

WINDOW = "**Start:** 2026-02-04 10:00 UTC\n\n**End:** 2026-02-04 10:40 UTC\n"


def messages(text: str) -> list[str]:
    return [problem.message for problem in run_one(inconsistent_duration, text)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("# Search was down\n\n**Duration:** 40 minutes\n", id="one statement"),
        pytest.param("# 40-minute outage of search\n\n**Duration:** 40 minutes\n", id="the same twice"),
        pytest.param("# 40-minute outage of search\n\n**Duration:** about 45 minutes\n", id="about"),
        pytest.param(f"# Search was down\n\n**Duration:** 42 min\n\n{WINDOW}", id="within five minutes of the window"),
        pytest.param(f"# Search was down\n\n**Duration:** ~35 min\n\n{WINDOW}", id="roughly the window"),
        pytest.param(
            f"# Search was down\n\n**Duration:** 25 minutes\n\n{WINDOW}\n**Mitigated:** 2026-02-04 10:25 UTC\n",
            id="up to when it was mitigated",
        ),
        pytest.param(
            "# Search was down\n\n**Duration:** 2 hours\n\n## Summary\n\nThe outage lasted 1 h 45 min.\n",
            id="whole hours",
        ),
        pytest.param("# Search was down\n\n**Duration:** 7 hours (22:00 – 05:00 UTC)\n", id="over midnight"),
        pytest.param(
            "# Search was down\n\n**Duration:** 40 min\n\n## Summary\n\nThe outage took 12 minutes to detect.\n",
            id="time to detect",
        ),
        pytest.param(
            "# Search was down\n\n**Duration:** 40 min\n\n## Summary\n\nA partial outage of 5 minutes preceded.\n",
            id="of a part",
        ),
        pytest.param(
            "# Search was down\n\n**Duration:** 40 min\n\n## Impact\n\nThe 5-minute rate of errors rose.\n", id="a rate"
        ),
        pytest.param(
            "# Search was down\n\n**Duration:** 155 min\n\n## Summary\n\nAddresses could not be suggested; "
            "we fell back to manual entry after 40 minutes.\n",
            id="fallen back is not back",
        ),
        pytest.param(
            "# Search was down\n\n## Summary\n\nIt was off for 41 minutes, from 14:22 to 15:03 UTC.\n",
            id="beside its range",
        ),
        pytest.param(
            "# Search was down\n\n## Summary\n\nOff for about 40 min (2:22 – 3:03 PM).\n", id="about its range"
        ),
        pytest.param(
            "# Search was down\n\n**Duration:** 37 minutes\n\n## Timeline (UTC)\n\n- 10:03 outage starts\n"
            "- 10:14 alert fires\n- 10:38 rolled back\n- 10:40 all is quiet\n",
            id="from the first entry to the last",
        ),
        pytest.param(
            "# Search was down for 27 minutes\n\n## Summary\n\nIt was down for 27 minutes (10:03–10:30 UTC).\n\n"
            "## Timeline (UTC)\n\n- 10:03 outage starts\n- 10:14 alert fires\n- 10:30 scores are right\n"
            "- 12:10 incident closed\n",
            id="the end that the window names stands in the timeline",
        ),
        pytest.param(
            "# Search was down\n\n## Summary\n\nOff from 23:40 to 00:10 (30 minutes).\n", id="beside midnight"
        ),
        pytest.param(
            "# Uploads degraded for five days\n\n**Start:** 2025-02-10 06:40 UTC\n\n**End:** 2025-02-14 18:05 UTC\n\n"
            "**Duration:** 4 days 11 hours 25 minutes\n",
            id="days of the calendar",
        ),
        pytest.param(
            "# Search was down\n\n## Summary\n\nThe first 5 minutes (14:22 – 15:03) count.\n", id="first of it"
        ),
        pytest.param("# 10-second timeout breaks search\n\n**Duration:** 40 min\n", id="a timeout in the title"),
        pytest.param(
            "# Search was down\n\n**Duration:** 40 min\n\n## Timeline\n\n- 09:00 UTC: the change is merged\n"
            "- 10:00 UTC: outage starts\n- 10:40 UTC: incident resolved\n",
            id="a timeline that begins before the impact",
        ),
    ],
)
def test_agreement(text: str) -> None:
    assert messages(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "# Late-night 30-minute outage\n\n**Duration:** 28 minutes\n\n## Summary\n\nIt lasted 28 minutes.\n",
            ['"30-minute" here, "28 minutes" on line 3'],
            id="a round number beside the exact one",
        ),
        pytest.param(
            f"# Search was down\n\n**Duration:** 55 minutes\n\n{WINDOW}",
            ['"55 minutes" here, 10:00 – 10:40 (40 min) on line 5'],
            id="start and end",
        ),
        pytest.param(
            "# Search was down\n\n**Duration:** 3 hours\n\n## Timeline\n\n- 10:00 UTC: outage starts\n"
            "- 10:10 UTC: alert fires\n- 10:40 UTC: incident resolved\n",
            ['"3 hours" here, 10:00 to 10:40 in the timeline (40 min) on line 7'],
            id="the timeline",
        ),
        pytest.param(
            "# Search was down\n\n## Summary\n\nTwo replicas were off for 71 minutes, from 14:22 to 15:03 UTC.\n",
            ['"71 minutes" stands beside 14:22 to 15:03, which is 41 min'],
            id="the range beside it",
        ),
        pytest.param(
            "# Search was down\n\n## Summary\n\nOne replica was off for 50 minutes (from 11:40 am to 12:10 pm).\n",
            ['"50 minutes" stands beside 11:40 to 12:10, which is 30 min'],
            id="the range beside it by halves of the day",
        ),
        pytest.param(
            "# Search was down\n\n## Summary\n\nFor 57 minutes on 16 April 2025 (10:03–10:30 UTC) all scores were 0.\n",
            ['"57 minutes" stands beside 10:03 to 10:30, which is 27 min'],
            id="the range behind the day",
        ),
    ],
)
def test_contradiction(text: str, expected: list[str]) -> None:
    assert messages(text) == expected


def test_the_other_statements_are_related_places() -> None:
    text = "# 30-minute outage\n\n**Duration:** 28 minutes\n\n**Start:** 10:00 UTC\n\n**End:** 10:28 UTC\n"
    (problem,) = run_one(inconsistent_duration, text)

    assert [related.message for related in problem.related] == ['"28 minutes" here', "10:00 – 10:28 (28 min) here"]


def test_a_timeline_that_misses_the_stated_minutes_by_more_than_rounding_is_a_warning() -> None:
    text = (
        "# Search was down\n\n**Duration:** 30 minutes\n\n## Timeline\n\n- 10:00 UTC: release goes out\n"
        "- 10:02 UTC: outage starts\n- 10:10 UTC: alert fires\n- 10:30 UTC: incident resolved\n"
    )

    assert [(str(problem.level), problem.message) for problem in run_one(inconsistent_duration, text)] == [
        ("warning", '"30 minutes" here, 10:02 to 10:30 in the timeline (28 min) on line 8')
    ]
