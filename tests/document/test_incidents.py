"""Several incidents in one file, and the many shapes of one that look like several."""

import pytest

from pmlint.document.parse import parse

ACCOUNT = """
{mark} Impact

Nobody could log in.

{mark} Timeline

- 10:00 the database was down
- 10:05 alert
- 10:20 restarted, back to normal

{mark} Root cause

The disk was full.
"""


def account(title: str, level: int = 2) -> str:
    return f"{'#' * level} {title}\n{ACCOUNT.format(mark='#' * (level + 1))}\n"


YEAR = """# Incidents 2023

### March 26, 2023

#### Cluster not accessible

**Resolved**: The network link between the two data centers has been restored. Jobs that were running are lost.

**Notice**: Since noon the cluster was unreachable because of the campus network.

### May 3, 2023

#### File system slow

**Resolved**: The file system was slow for all users because one server had failed. It has been replaced.
"""

SEVERAL = [
    pytest.param(
        "# Incidents in spring\n\n" + account("2024-03-01 Login down") + account("2024-04-12 Login down again"),
        ["2024-03-01 Login down", "2024-04-12 Login down again"],
        id="named-by-their-day",
    ),
    pytest.param(
        account("INC-12: login down", 1) + account("INC-17: login slow", 1),
        ["INC-12: login down", "INC-17: login slow"],
        id="first-level-headings",
    ),
    pytest.param(
        "# Our outages\n\n" + account("Login down") + account("Search empty"),
        ["Login down", "Search empty"],
        id="timelines-of-their-own",
    ),
    pytest.param(
        "# Recurring outages\n\n## Summary\n\nThree outages in a week.\n\n## Course\n\n"
        + account("March 1, 2024: login down", 3)
        + account("March 3, 2024: login down", 3)
        + "## Root cause\n\nThe disk was too small for the logs.\n",
        ["March 1, 2024: login down", "March 3, 2024: login down"],
        id="one-analysis-of-several",
    ),
    pytest.param(
        "# Assignment\n\n## Requirements\n\nWrite two reports.\n\n" + account("Incident 1") + account("Incident 2"),
        ["Incident 1", "Incident 2"],
        id="an-assignment-before-them",
    ),
    pytest.param(YEAR, ["March 26, 2023", "May 3, 2023"], id="a-year-of-entries"),
]

ONE = [
    pytest.param(account("Login down", 1), id="one"),
    pytest.param("# Login down\n\n" + account("Phase 1") + account("Phase 2"), id="phases"),
    pytest.param("# Login down\n\n" + account("Region Europe") + account("Region Asia"), id="regions"),
    pytest.param(
        "# Login down\n\n## Timeline\n\n- 10:00 down\n- 11:00 up\n\n" + account("Web") + account("App"),
        id="two-sides-of-one-with-a-timeline-for-all",
    ),
    pytest.param("# Login down\n\n" + account("English") + account("Deutsch"), id="two-languages"),
    pytest.param(
        "# Login down\n\n## Timeline\n\n### 2024-03-01\n\n- 10:00 login was down\n- 10:05 alert\n\n"
        "### 2024-03-02\n\n- 08:00 still slow\n- 09:00 restored\n\n## Root cause\n\nThe disk was full.\n",
        id="a-timeline-of-two-days",
    ),
    pytest.param(
        "# Login down\n\n### 2024-03-01 10:00\n\nLogin was down for all users after the upgrade.\n\n"
        "### 2024-03-02 09:00\n\nThe upgrade was rolled back and login was restored.\n",
        id="days-without-a-timeline-heading",
    ),
    pytest.param(
        "# Subscriptions not activated on 2024-03-01\n\n## Timeline\n\n- 10:00 down\n- 11:00 fixed\n\n"
        "## Issue 1: webhook\n\n### Root cause\n\nA typo.\n\n### Resolution\n\nFixed.\n\n"
        "## Issue 2: cache\n\n### Root cause\n\nA stale key.\n\n### Resolution\n\nPurged.\n",
        id="faults-of-one-incident",
    ),
]


@pytest.mark.parametrize(("text", "titles"), SEVERAL)
def test_a_file_is_divided(text: str, titles: list[str]) -> None:
    assert titles == [part.title.value for part in parse(text).incidents if part.title]


@pytest.mark.parametrize("text", ONE)
def test_one_incident_is_left_whole(text: str) -> None:
    assert parse(text).incidents == ()


def test_each_part_reads_its_own_and_keeps_the_places_of_the_file() -> None:
    text = (
        "# Incidents\n\nAll times in UTC.\n\n"
        + account("INC-1 Login down (2024-03-01)")
        + "### Action items\n\n- [ ] Alert on disk space (@ana)\n\n"
        + account("INC-2 Search down (2024-04-12)")
        + "### Action items\n\n- [ ] Rotate the logs (@per)\n"
    )
    doc = parse(text, "incidents.md")

    assert [
        ("INC-1", "2024-03-01", "2024-03-01T10:00Z", text.index("- 10:00"), "UTC", [1]),
        ("INC-2", "2024-04-12", "2024-04-12T10:00Z", text.rindex("- 10:00"), "UTC", [2]),
    ] == [
        (
            part.incident_id and part.incident_id.value,
            part.incident_date and part.incident_date.value.isoformat(),
            part.timeline.events[0].at and part.timeline.events[0].at.iso,
            part.timeline.events[0].span.start,
            part.timeline.zone and part.timeline.zone.value,
            [action.number for action in part.actions],
        )
        for part in doc.incidents
    ]
    assert [text.index("## INC-1"), text.index("## INC-2")] == [part.span.start for part in doc.incidents]
    assert [[section.parent for section in part.sections] for part in doc.incidents] == [[None, 0, 0, 0, 0]] * 2
    assert (len(doc.timeline.events), len(doc.actions)) == (6, 2)


def test_who_wrote_the_file_wrote_each_part_that_names_nobody() -> None:
    text = (
        "# Incidents\n\n**Author:** Ana Reis\n\n"
        + account("INC-1 Login down")
        + account("INC-2 Search down").replace("\n", "\n\n**Author:** Per Holm\n", 1)
    )

    expected = [["Ana Reis"], ["Per Holm"]]
    assert expected == [[author.value for author in part.authors] for part in parse(text).incidents]
