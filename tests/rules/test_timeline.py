"""What the rules about the timeline accept, when they keep silent, and what they say."""

import textwrap
from typing import Any

import pytest

from pmlint.rules.catalogue import catalogue
from pmlint.rules.examples import run_one
from pmlint.rules.problem import Problem


def problems(rule: str, text: str, **options: Any) -> list[Problem]:
    return run_one(catalogue()[rule], textwrap.dedent(text), **options)


def messages(rule: str, text: str, **options: Any) -> list[str]:
    return [problem.message for problem in problems(rule, text, **options)]


def timeline(*entries: str, head: str = "", title: str = "Timeline") -> str:
    return "\n".join([f"# Search was down\n\n{head}\n\n## {title}\n", *(f"- {entry}" for entry in entries)]) + "\n"


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        pytest.param((), ["the timeline has no event with a time"], id="none"),
        pytest.param(("10:02 UTC: searches fail",), ["the timeline has one event with a time"], id="one"),
        pytest.param(("10:02: fails", "10:40: works"), ["the timeline has two events with a time"], id="two"),
        pytest.param(("10:02: fails", "10:10: alert", "10:40: works"), [], id="three"),
    ],
)
def test_length_of_a_timeline(entries: tuple[str, ...], expected: list[str]) -> None:
    text = timeline(*entries) if entries else timeline() + "\nIt was restored before noon.\n"
    assert expected == messages("timeline-too-short", text)


def test_without_a_timeline_nothing_is_asked_of_it() -> None:
    text = "# Search was down\n\n## Summary\n\nSearch was down from 10:02 to 10:40.\n"
    rules = [rule.name for rule in catalogue().values() if rule.family == "timeline"]
    assert {rule: [] for rule in rules} == {rule: messages(rule, text) for rule in rules}


def test_many_entries_without_a_time_are_one_finding() -> None:
    rows = ["| 10:02 | fails |", "| 10:10 | alert |", "| 10:40 | works |", *(f"| | step {word} |" for word in "abcde")]
    text = "\n".join(["# Search was down\n\n## Timeline\n", "| Time (UTC) | Event |", "|---|---|", *rows]) + "\n"
    assert messages("event-without-time", text) == ["5 of 8 entries have no time, the first of them here"]


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        pytest.param("", ["no timezone is given for the times of the timeline, 10:02 to 10:40"], id="none"),
        pytest.param("All times are in UTC.", [], id="sentence"),
        pytest.param("Times are local to Nairobi (EAT, UTC+3).", [], id="a place and its zone"),
        pytest.param("All times West Africa Standard Timezone.", [], id="a zone that no table holds"),
        pytest.param("**Timezone:** CET", [], id="field"),
        pytest.param(
            "The graph Uptime Over Time fell.",
            ["no timezone is given for the times of the timeline, 10:02 to 10:40"],
            id="a graph that is no zone",
        ),
        pytest.param("Searches failed at 10:02 local time (CEST).", [], id="the same time told with its zone"),
        pytest.param("All of it is Nairobi time.", [], id="the time of a place"),
        pytest.param(
            "Response time was good.",
            ["no timezone is given for the times of the timeline, 10:02 to 10:40"],
            id="a time that is no zone",
        ),
    ],
)
def test_where_a_timezone_may_be_given(zone: str, expected: list[str]) -> None:
    text = timeline("10:02: fails", "10:10: alert", "10:40: works", head=zone)
    assert expected == messages("timeline-without-timezone", text)


@pytest.mark.parametrize(
    "entries",
    [
        pytest.param(
            ("2026-02-04 02:02", "2026-02-04 02:10 (alert at 02:05)", "2026-02-04 02:40"), id="a time in the text"
        ),
        pytest.param(("02:02", "02:10", "02:40"), id="no day, so no offset"),
        pytest.param(("2026-02-04 2:02 am", "2026-02-04 2:10 am", "2026-02-04 2:40 am"), id="twelve hours"),
        pytest.param(("2026-02-04 23:02", "23:10", "23:40"), id="an inherited day that changes"),
    ],
)
def test_times_are_converted_only_where_nothing_is_in_doubt(entries: tuple[str, ...]) -> None:
    found = problems(
        "timeline-not-in-utc", timeline(*(f"{entry}: searched" for entry in entries), title="Timeline (PT)")
    )
    assert [(problem.message, problem.fix) for problem in found] == [("the times are in PT, not in UTC", None)]


def test_the_conversion_is_unsafe() -> None:
    text = timeline("2026-02-04 02:02: a", "2026-02-04 02:10: b", "2026-02-04 02:40: c", title="Timeline (PST)")
    assert [problem.fix.safe for problem in problems("timeline-not-in-utc", text) if problem.fix] == [False]


def test_a_lead_in_one_zone_and_entries_in_another_are_mixed() -> None:
    text = """
        # Batch was late

        ## Timeline

        The batch starts at 22:30 CET.

        - 23:45: fee phase late
        - 00:31: alert
        - 07:30 UTC: file accepted
    """
    assert messages("mixed-timezones", text) == ["07:30 is in UTC, the timeline starts in CET"]


@pytest.mark.parametrize(
    ("entries", "head", "expected"),
    [
        pytest.param(("10:40", "10:25", "11:00"), "", [], id="may be the next day"),
        pytest.param(
            ("10:02", "10:40", "10:25", "11:00"), "**Duration:** 58 min", ["10:25 stands below 10:40"], id="settled"
        ),
        pytest.param(("2026-02-04 10:02", "~10:10", "10:05", "10:40"), "**Duration:** 38 min", [], id="approximate"),
        pytest.param(
            ("2026-02-04 10:02", "2026-02-04 10:40", "2026-02-03 10:50", "2026-02-04 11:00"),
            "",
            ["2026-02-03 10:50 stands below 2026-02-04 10:40"],
            id="the day before",
        ),
        pytest.param(
            ("2025-12-03", "2025-12-19", "2025-01-28", "2026-02-04"),
            "",
            ["2025-01-28 stands below 2025-12-19"],
            id="days alone",
        ),
        pytest.param(
            ("2026-02-04 10:02", "2026-02-04 10:40", "2026-02-03", "2026-02-04 11:00"),
            "",
            ["2026-02-03 stands below 2026-02-04 10:40"],
            id="a day among times",
        ),
        pytest.param(("23:50", "00:10", "00:40"), "**Duration:** 50 min", [], id="midnight"),
        pytest.param(("10:02", "10:02", "10:40"), "**Duration:** 38 min", [], id="the same minute"),
    ],
)
def test_order_of_entries(entries: tuple[str, ...], head: str, expected: list[str]) -> None:
    text = timeline(*(f"{entry}{' UTC' * (':' in entry)}: step" for entry in entries), head=head)
    assert expected == messages("event-out-of-order", text)


def test_a_new_heading_begins_another_story() -> None:
    text = """
        # Search was down

        **Duration:** 58 min

        ## Timeline

        ### Storage

        - 10:02 UTC: fails
        - 10:30 UTC: volume full
        - 10:40 UTC: works

        ### Communication

        - 10:10 UTC: status page
        - 10:20 UTC: mail to support
        - 10:50 UTC: all-clear
    """
    assert messages("event-out-of-order", text) == []


_GAP = (
    "10:02 UTC: searches fail",
    "10:10 UTC: alert fires",
    "11:00 UTC: shard rebalanced",
    "11:05 UTC: rolled back, all well",
)


def test_the_longest_silence_is_an_option() -> None:
    expected = ['nothing is recorded for 50 min before this, since 10:10 ("alert fires")']
    assert ([], expected) == (
        messages("unexplained-gap", timeline(*_GAP)),
        messages("unexplained-gap", timeline(*_GAP), minutes=45),
    )


@pytest.mark.parametrize(
    "told",
    [
        pytest.param("10:10 UTC: alert fires, on-call investigates", id="what was done"),
        pytest.param("10:10–10:55 UTC: alert fires", id="a range"),
        pytest.param("10:10 UTC: alert fires, the copy takes 40 minutes", id="a length"),
    ],
)
def test_a_silence_that_is_told_of_is_none(told: str) -> None:
    assert messages("unexplained-gap", timeline(_GAP[0], told, *_GAP[2:]), minutes=45) == []


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        pytest.param((_GAP[0], _GAP[1], "10:40 UTC: cause found", *_GAP[2:]), [], id="in its place"),
        pytest.param((_GAP[0], _GAP[1], *_GAP[2:], "10:40 UTC: cause found"), [], id="below"),
    ],
)
def test_an_entry_out_of_order_fills_its_gap_all_the_same(entries: tuple[str, ...], expected: list[str]) -> None:
    text = timeline(*(f"2026-02-04 {entry}" for entry in entries))
    assert messages("unexplained-gap", text, minutes=45) == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        pytest.param("", ["10:00 is approximate and has no source, and 2 more"], id="nothing said"),
        pytest.param("Times are taken from the graph of the queue.", [], id="where all of them come from"),
        pytest.param(
            "Times are taken as they come.", ["10:00 is approximate and has no source, and 2 more"], id="no source"
        ),
    ],
)
def test_one_sentence_gives_the_source_of_all_times(head: str, expected: list[str]) -> None:
    text = (
        f"# Search was down\n\n## Timeline\n\n{head}\n\n"
        "- ~10:00 UTC: searches fail\n- ~10:10 UTC: the queue grows\n- ~10:40 UTC: restored\n"
    )
    assert messages("approximate-timestamp", text) == expected


_COURSE = (
    "10:02 UTC: searches fail",
    "10:12 UTC: alert fires",
    "10:31 UTC: release rolled back",
    "11:10 UTC: incident resolved",
)


@pytest.mark.parametrize(
    ("rule", "entries", "head", "expected"),
    [
        pytest.param(
            "missing-mitigation",
            (_COURSE[0], _COURSE[1], _COURSE[3]),
            "",
            ["no event says when the bleeding stopped; the timeline goes from the start (10:02) to resolution (11:10)"],
            id="mitigation",
        ),
        pytest.param("missing-mitigation", (*_COURSE[:2], _COURSE[3]), "It was mitigated at 10:31 UTC.", [], id="told"),
        pytest.param("missing-mitigation", (*_COURSE[:2], _COURSE[3]), "**Mitigated at:** 10:31 UTC", [], id="field"),
        pytest.param(
            "missing-start",
            _COURSE[1:],
            "",
            ["no event says when the impact began; the timeline opens with detection (10:12)"],
            id="start",
        ),
        pytest.param("missing-start", _COURSE[1:], "Searches began to fail at 10:02 UTC.", [], id="start told"),
        pytest.param(
            "missing-resolution",
            ("10:02 UTC: searches fail", "10:12 UTC: alert fires", "10:31 UTC: traffic moved to the replica"),
            "",
            ['no event says that it was over; the last one is 10:31 "traffic moved to the replica"'],
            id="resolution",
        ),
        pytest.param("missing-resolution", _COURSE[:3], "**Status:** ongoing", [], id="not over yet"),
        pytest.param(
            "missing-start",
            tuple(f"2026-02-04 {entry}" for entry in _COURSE[1:]),
            "## Summary\n\nOn February 3, 2026 two users waited in vain.",
            [],
            id="an earlier day told",
        ),
        pytest.param("missing-communication", _COURSE, "No customer was affected.", [], id="nobody to tell"),
        pytest.param("missing-communication", _COURSE, "We told editorial at once.", [], id="somebody told"),
        pytest.param("missing-communication", _COURSE, "All customers were informed.", [], id="customers informed"),
        pytest.param(
            "missing-communication",
            _COURSE,
            "A user told us that pages were empty.",
            [
                "no event says that users or stakeholders were told; "
                "the timeline goes from the start (10:02) to resolution (11:10)"
            ],
            id="who told us",
        ),
        pytest.param("missing-decision", _COURSE, "The plan was to wait until 10:30, all agreed.", [], id="a plan"),
        pytest.param(
            "missing-decision", _COURSE, "We decided to roll back instead of waiting.", [], id="decision told"
        ),
    ],
)
def test_turning_points(rule: str, entries: tuple[str, ...], head: str, expected: list[str]) -> None:
    assert expected == messages(rule, timeline(*entries, head=head))


def test_an_unread_language_is_not_asked_for_turning_points() -> None:
    text = """
        # Suche war nicht erreichbar

        ## Zeitleiste

        Alle Zeiten in UTC. Die Suche lieferte leere Seiten, und die Kunden haben sich bei uns gemeldet.

        - 10:02: Suchanfragen schlagen fehl, die Ursache ist noch nicht bekannt
        - 10:12: Kundin meldet leere Seiten beim Kundendienst
        - 10:31: Datenträger wird auf den Stand von gestern zurückgesetzt
    """
    rules = ("missing-start", "missing-detection", "missing-mitigation", "missing-resolution", "missing-communication")
    assert [messages(rule, text) for rule in rules] == [[], [], [], [], []]


def test_the_window_is_kept_within_the_tolerance() -> None:
    text = timeline(
        "2026-02-04 09:56 UTC: alert fires",
        "2026-02-04 10:31 UTC: rolled back",
        "2026-02-04 10:40 UTC: resolved",
        head="**Start:** 2026-02-04 10:02 UTC\n**End:** 2026-02-04 10:40 UTC",
    )
    assert (
        messages("event-outside-window", text),
        messages("event-outside-window", text, minutes=10),
    ) == (["09:56 is 6 min before the stated start, 10:02 UTC"], [])


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        pytest.param("10:20 UTC: running netstat -ltn shows that nothing listens", 0, id="a command that was run"),
        pytest.param("10:20 UTC: received alert: free space of the buffer", 0, id="an alert by its words"),
        pytest.param("10:20 UTC: HighErrorRate alert fires", 0, id="an alert by its name"),
        pytest.param("10:20 UTC: an alert fires on-site", 1, id="any alert"),
        pytest.param(f"10:20 UTC: {'job_' * 60} fails", 1, id="a name of many parts"),
        pytest.param("10:20 UTC: the job runs again - and fails", 1, id="a dash that is no option"),
    ],
)
def test_what_stands_behind_a_timeline(entry: str, expected: int) -> None:
    text = timeline("10:02 UTC: searches fail", entry, "10:40 UTC: incident resolved")
    assert expected == len(messages("event-without-evidence", text))


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        pytest.param("10:30 UTC: a user reports empty pages", 1, id="who reported was told nothing"),
        pytest.param("10:35 UTC: the customer confirms that search works", 0, id="who confirms was asked"),
    ],
)
def test_whoever_confirms_the_cure_was_told(entry: str, expected: int) -> None:
    text = timeline("10:02 UTC: searches fail", "10:10 UTC: alert fires", entry, "10:40 UTC: incident resolved")
    assert expected == len(messages("missing-communication", text))


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        pytest.param("10:30 UTC: nodes were killed to free up addresses", 0, id="a purpose"),
        pytest.param("10:30 UTC: the autoscaler is stopped, for fear that it undoes the change", 0, id="a fear"),
        pytest.param("10:30 UTC: removed the project, as it was a trial", 0, id="a reason"),
        pytest.param("10:30 UTC: guessed that it is the model, pointed the app to the old index", 0, id="a guess"),
        pytest.param("10:30 UTC: Li asks whether to cycle the service; Ana: that should work", 0, id="a proposal"),
        pytest.param("10:30 UTC: nodes were killed", 1, id="an act alone"),
        pytest.param("10:30 UTC: requests fail because the disk is full", 1, id="a cause is no reason"),
    ],
)
def test_an_act_with_its_reason_is_a_decision(entry: str, expected: int) -> None:
    text = timeline("10:02 UTC: searches fail", "10:10 UTC: alert fires", entry, "10:40 UTC: incident resolved")
    assert expected == len(messages("missing-decision", text))
