"""Timelines in every shape that documents give them: which lines are entries, and what they say."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.document.timelines import lines, read
from tests.strategies import soup

from pmlint.document.parse import parse

LISTS = {
    "bullets": (
        "## Timeline\n- 2021-05-03 10:00 - deploy\n* 2021-05-03 10:05 - errors",
        [(3, "2021-05-03T10:00", "deploy"), (4, "2021-05-03T10:05", "errors")],
    ),
    "bold and code stamps": (
        "## Timeline\n- **10:00 AM:** deploy\n- `10:05` - errors\n- ~`10:06` - more",
        [(3, "10:00", "deploy"), (4, "10:05", "errors"), (5, "10:06", "more")],
    ),
    "a picture that names a day is no entry": (
        "## Timeline\n- 2021-05-03 10:00 - deploy\n- 2021-05-03 10:05 - errors\n\n![05-03-2021 error graph](graph.png)",
        [(3, "2021-05-03T10:00", "deploy"), (4, "2021-05-03T10:05", "errors")],
    ),
    "square brackets": (
        "## Timeline\n* [13:20] deploy\n* [13:25] errors",
        [(3, "13:20", "deploy"), (4, "13:25", "errors")],
    ),
    "numbered": (
        "## Timeline\n1. **May 14, 2021 08:32 (UTC)** deploy\n2. **May 14, 2021 08:40 (UTC)** errors",
        [(3, "2021-05-14T08:32Z", "deploy"), (4, "2021-05-14T08:40Z", "errors")],
    ),
    "notes below an entry are part of it": (
        "## Timeline\n- 10:00 deploy\n  - by the release job\n    - run 7\n- 10:05 errors",
        [(3, "10:00", "deploy\nby the release job\nrun 7"), (6, "10:05", "errors")],
    ),
    "stamped below stamped": (
        "## Timeline\n- 10:00 deploy\n  - 10:01 first node\n  - looked fine\n- 10:05 errors",
        [(3, "10:00", "deploy\nlooked fine"), (4, "10:01", "first node"), (6, "10:05", "errors")],
    ),
    "days over times": (
        "## Timeline\n- 2021-05-03\n  - 10:00 deploy\n- 2021-05-04 (Tuesday)\n  - 09:00 retro",
        [(4, "2021-05-03T10:00", "deploy"), (6, "2021-05-04T09:00", "retro")],
    ),
    "a day with its own text is an entry": (
        "## Timeline\n- 2021-05-03: merged\n- 2021-05-04 10:00: deploy",
        [(3, "2021-05-03", "merged"), (4, "2021-05-04T10:00", "deploy")],
    ),
    "phases over times": (
        "## Timeline\n- Detection\n  - 10:00 graph red\n- Recovery\n  - 10:20 graph green",
        [(4, "10:00", "graph red"), (6, "10:20", "graph green")],
    ),
    "an item without a time among others": (
        "## Timeline\n- 10:00 deploy\n- the cache was cold\n- 10:10 errors",
        [(3, "10:00", "deploy"), (4, None, "the cache was cold"), (5, "10:10", "errors")],
    ),
    "facts among entries": (
        "## Timeline\n- 10:00 deploy\n- **Duration:** 10 minutes\n- 10:10 errors",
        [(3, "10:00", "deploy"), (5, "10:10", "errors")],
    ),
    "labels before the time": (
        "## Timeline\n- **Start:** 2021-05-03 10:00 UTC\n- **Fixed**: 2021-05-03 10:10 UTC by a revert",
        [(3, "2021-05-03T10:00Z", "Start"), (4, "2021-05-03T10:10Z", "by a revert")],
    ),
    "a label, the day and the time between points": (
        "## Timeline\n- **Started** · Mar 4, 2025 · 2:02 PM UTC\n- **Mitigated** · Mar 4, 2025 · 3:10 PM UTC",
        [(3, "2025-03-04T14:02Z", "Started"), (4, "2025-03-04T15:10Z", "Mitigated")],
    ),
    "times within sentences": (
        "## Timeline\n- The deploy went out at 10:00 UTC.\n- Errors began around 10:05 UTC.",
        [(3, "10:00", "The deploy went out at 10:00 UTC."), (4, "10:05", "Errors began around 10:05 UTC.")],
    ),
    "times within sentences beside entries": (
        "## Timeline\n- 10:00 deploy\n- 10:05 errors\n\nIn figures:\n\n"
        "- detected after 5 min (10:00 to 10:05)\n- well again at 10:30",
        [(3, "10:00", "deploy"), (4, "10:05", "errors")],
    ),
}

LINES = {
    "one event a line": ("## Timeline\n10:00 deploy\n10:05 errors", [(3, "10:00", "deploy"), (4, "10:05", "errors")]),
    "one event a paragraph": (
        "## Timeline\n27-05-2021 13:44 – rollout\n\n27-05-2021 14:04 – errors",
        [(3, "2021-05-27T13:44", "rollout"), (5, "2021-05-27T14:04", "errors")],
    ),
    "what has no stamp goes on": (
        "## Timeline\n10:00 AC deploy?\nJP yes\n\nJP it is out\n- part one\n\n10:05 errors",
        [(3, "10:00", "AC deploy?\nJP yes\nJP it is out\npart one"), (9, "10:05", "errors")],
    ),
    "wrapped lines that begin with a time": (
        "## Timeline\n10:00 The index had been stale since\n09:40 and nobody knew\n10:05 errors",
        [(3, "10:00", "The index had been stale since\n09:40 and nobody knew"), (5, "10:05", "errors")],
    ),
    "dotted clocks": (
        "## Timeline\n\n20 May 2021\n\n13.41 AC tear it down?\n\n13.42: User reports errors\n\n13.50 PB reverted",
        [
            (6, "2021-05-20T13:41", "AC tear it down?"),
            (8, "2021-05-20T13:42", "User reports errors"),
            (10, "2021-05-20T13:50", "PB reverted"),
        ],
    ),
    "days as lines of their own": (
        "## Timeline\n6 December 2021\n\nSee the channel.\n\n15.42 alerts\n\n7 December 2021\n\n09.00 retro",
        [(7, "2021-12-06T15:42", "alerts"), (11, "2021-12-07T09:00", "retro")],
    ),
    "a day with a list of its own": (
        "## Timeline\nTue 7 Jan 2020\n- Change merged\n\nWed 8 Jan 2020\n- Errors\n\n23.20\n- Rolled back",
        [(3, "2020-01-07", "Change merged"), (6, "2020-01-08", "Errors"), (9, "2020-01-08T23:20", "Rolled back")],
    ),
    "bold paragraphs": (
        "## Timeline\n**14:20 UTC** — alert\n\n**14:25 UTC** — revert",
        [(3, "14:20", "alert"), (5, "14:25", "revert")],
    ),
    "line breaks of HTML": (
        "## Timeline\n10:00 deploy<br>\n10:05 errors<br>",
        [(3, "10:00", "deploy"), (4, "10:05", "errors")],
    ),
    "a quoted timeline": (
        "## Timeline\n> 10:00 deploy\n> 10:05 errors",
        [(3, "10:00", "deploy"), (4, "10:05", "errors")],
    ),
    "a pasted chat": (
        "## Timeline\n```\n14:32 <ana> is checkout down?\n14:33 <bo> looking\n```",
        [(4, "14:32", "is checkout down?"), (5, "14:33", "looking")],
    ),
    "logs beside entries are evidence": (
        "## Timeline\n- 10:00 deploy\n- 10:05 errors\n\n```\n10:05:01 ERROR timeout\n10:05:02 ERROR timeout\n```",
        [(3, "10:00", "deploy"), (4, "10:05", "errors")],
    ),
}

HEADINGS = {
    "stamps as headings": (
        "## Timeline\n### 2018-02-12 14:03\nDeploy.\n\n- by hand\n\n### 14:08\nErrors.",
        [(3, "2018-02-12T14:03", "Deploy.\nby hand"), (8, "2018-02-12T14:08", "Errors.")],
    ),
    "headings that close": ("## Timeline ##\n### 1:12 AM ###\n\nErrors.", [(3, "01:12", "Errors.")]),
    "stamp and words": (
        "## Timeline\n### 10:00 - Deploy\nOf v2.\n### 10:05 - Errors",
        [(3, "10:00", "Deploy\nOf v2."), (5, "10:05", "Errors")],
    ),
    "days as headings": (
        "## Timeline\n### 2021-03-05\n* `23:40` - deploy\n### 2021-03-06\n* `00:10` - errors",
        [(4, "2021-03-05T23:40", "deploy"), (6, "2021-03-06T00:10", "errors")],
    ),
    "a day and its name": (
        "## Timeline\n### 5 March 2021: the rollout\n* 23:40 deploy\n* 23:50 errors",
        [(4, "2021-03-05T23:40", "deploy"), (5, "2021-03-05T23:50", "errors")],
    ),
    "phases": (
        "## Timeline\n### Detection\n- 10:00 graph red\n### Recovery\n- 10:20 graph green",
        [(4, "10:00", "graph red"), (6, "10:20", "graph green")],
    ),
    "the heading names the day": (
        "## Timeline (UTC), 3 May 2021\n- 10:00 deploy\n- 10:05 errors",
        [(3, "2021-05-03T10:00Z", "deploy"), (4, "2021-05-03T10:05Z", "errors")],
    ),
    "two timelines": (
        "## Timeline\n- 10:00 deploy\n## Root cause\nA cold cache.\n## Timeline of the recovery\n- 10:20 revert",
        [(3, "10:00", "deploy"), (7, "10:20", "revert")],
    ),
    "other parts below a timeline": (
        "## Timeline\n- 10:00 deploy\n- 10:05 errors\n### Action items\n- 2021-06-01 test the revert",
        [(3, "10:00", "deploy"), (4, "10:05", "errors")],
    ),
}

TABLES = {
    "time and event": (
        "## Timeline\n| Time | Event |\n|---|---|\n| 10:00 | deploy |\n| 10:05 | errors |",
        [(5, "10:00", "deploy"), (6, "10:05", "errors")],
    ),
    "columns in another order": (
        "## Timeline\n| What happened | When (UTC) |\n|---|---|\n| deploy | 2021-05-03 10:00 |",
        [(5, "2021-05-03T10:00Z", "deploy")],
    ),
    "heads that nobody knows": (
        "## Timeline\n| Stunde | Vorgang |\n|---|---|\n| 10:00 | deploy |\n| 10:05 | errors |",
        [(5, "10:00", "deploy"), (6, "10:05", "errors")],
    ),
    "no heads": (
        "## Timeline\n| | |\n|---|---|\n| 10:00 | deploy |\n| 10:05 | errors |",
        [(5, "10:00", "deploy"), (6, "10:05", "errors")],
    ),
    "weekday, day and time apart, the day given once": (
        "## Timeline\n| Day | Date (2021) | Time (CET) | Event |\n|---|---|---|---|\n"
        "| Mon | May 3 | 23:50 | deploy |\n| | | 23:55 | errors |\n| Tue | May 4 | 00:10 | revert |",
        [
            (5, "2021-05-03T23:50+01:00", "deploy"),
            (6, "2021-05-03T23:55+01:00", "errors"),
            (7, "2021-05-04T00:10+01:00", "revert"),
        ],
    ),
    "weekday and short day": (
        "## Timeline\n| When | What |\n|---|---|\n| Mon 9/2 03:00 | deploy |\n| **Wed, 9/4** 14:20 | errors |",
        [(5, "03:00", "deploy"), (6, "14:20", "errors")],
    ),
    "a day and the zone of all below it": (
        "## Timeline\n\n**December 5th 2023, all UTC**\n\n11:03: last block\n11:05: alerts\n11:12: call",
        [(6, "2023-12-05T11:03Z", "last block"), (7, "2023-12-05T11:05Z", "alerts"), (8, "2023-12-05T11:12Z", "call")],
    ),
    "two zones": (
        "## Timeline\n| Time (JST) | UTC | Event |\n|---|---|---|\n| 2021-05-03 23:00 | 14:00 | deploy |",
        [(5, "2021-05-03T23:00+09:00", "deploy")],
    ),
    "a day without a time": (
        "## Timeline\n| Time | Event |\n|---|---|\n| 2021-05-03 10:00 | deploy |\n| 2021-05-04 --:-- | quiet |",
        [(5, "2021-05-03T10:00", "deploy"), (6, "2021-05-04", "quiet")],
    ),
    "a row without a time": (
        "## Timeline\n| Time | Event |\n|---|---|\n| 10:00 | deploy |\n| unknown | errors |",
        [(5, "10:00", "deploy"), (6, None, "errors")],
    ),
    "rows to be filled in": (
        "## Timeline\n| Time | Event |\n|---|---|\n| 10:00 | deploy |\n| | |\n| 10:05 | |",
        [(5, "10:00", "deploy")],
    ),
    "no times at all": ("## Timeline\n| Phase | Minutes |\n|---|---|\n| detection | 5 |\n| repair | 20 |", []),
}

ELSEWHERE = {
    "stamped list under another name": (
        "## Some numbers\n- 10:00 UTC deploy\n- 10:05 UTC errors\n- 10:20 UTC revert",
        [(3, "10:00", "deploy"), (4, "10:05", "errors"), (5, "10:20", "revert")],
    ),
    "stamped headings side by side": (
        "## 2021-05-03 10:00\nDeploy went out.\n## 2021-05-03 10:05\nErrors rose.\n## 2021-05-03 10:20\nWe reverted.",
        [
            (2, "2021-05-03T10:00", "Deploy went out."),
            (4, "2021-05-03T10:05", "Errors rose."),
            (6, "2021-05-03T10:20", "We reverted."),
        ],
    ),
    "updates of a status page": (
        "**Resolved** - All is well.\nMay 3, 2021 14:30 UTC\n\n"
        "**Monitoring** - A fix is out and we watch what it does.\nMay 3, 2021 14:10 UTC\n\n"
        "**Investigating** - We look.\nMay 3, 2021 14:00 UTC",
        [
            (3, "2021-05-03T14:30Z", "Resolved - All is well."),
            (6, "2021-05-03T14:10Z", "Monitoring - A fix is out and we watch what it does."),
            (9, "2021-05-03T14:00Z", "Investigating - We look."),
        ],
    ),
    "states of a status page as headings": (
        "## Investigating 2021-05-03 9:27a\nPower is out.\n## Monitoring 2021-05-03 11:06a\nStill out.\n"
        "## Resolved 2021-05-03 4:00p\nPower is back.",
        [
            (2, "2021-05-03T09:27", "Power is out."),
            (4, "2021-05-03T11:06", "Still out."),
            (6, "2021-05-03T16:00", "Power is back."),
        ],
    ),
    "updates that end with their time": (
        '- First runner is up. {{< track "2021-05-03 09:09:00" >}}\n'
        '- Second one is up. {{< track "2021-05-03 09:49:00" >}}\n\n'
        '*Resolved* - All are up. {{< track "2021-05-03 11:08:00" >}}',
        [
            (2, "2021-05-03T09:09:00", "First runner is up."),
            (3, "2021-05-03T09:49:00", "Second one is up."),
            (5, "2021-05-03T11:08:00", "Resolved - All are up."),
        ],
    ),
    "two stamps are no timeline": ("## Some numbers\n- 10:00 UTC deploy\n- 10:05 UTC errors", []),
    "action items": ("## Action items\n- 2021-05-03 10:00 a\n- 2021-05-04 10:00 b\n- 2021-05-05 10:00 c", []),
    "a change log": ("## Changelog\n- 2021-05-03 10:00 draft\n- 2021-05-04 10:00 review\n- 2021-05-05 10:00 final", []),
    "facts about the incident": ("- **Start:** 10:00\n- **Detected:** 10:05\n- **End:** 10:30", []),
    "a pasted log": ("## Details\n```\n10:00:01 ERROR a\n10:00:02 ERROR b\n10:00:03 ERROR c\n```", []),
    "a pasted chat": (
        "## The channel\n```\n10:00 <ana> down?\n10:01 <bo> looking\n10:02 <bo> back\n```",
        [(4, "10:00", "down?"), (5, "10:01", "looking"), (6, "10:02", "back")],
    ),
}

SHAPES = LISTS | LINES | HEADINGS | TABLES


@pytest.mark.parametrize(("text", "expected"), SHAPES.values(), ids=SHAPES)
def test_shapes(text: str, expected: list[tuple[int, str | None, str]]) -> None:
    assert expected == lines(text)


@pytest.mark.parametrize(("text", "expected"), ELSEWHERE.values(), ids=ELSEWHERE)
def test_outside_a_timeline(text: str, expected: list[tuple[int, str | None, str]]) -> None:
    assert expected == lines(text)


def test_places_and_columns() -> None:
    source, timeline = read(
        "# Outage\n## Timeline\n| When | Who | What | Evidence |\n|---|---|---|---|\n"
        "| 2021-05-03 **10:00** | Ana | *Deploy* of [v2](http://ci/7) | [run](http://ci/8) |\n"
        "| 10:05 | | Errors | - |\n"
    )

    told = [
        (
            source[event.stamp_span] if event.stamp_span else None,
            source[event.text_span],
            event.actor,
            event.evidence,
            event.links,
        )
        for event in timeline.events
    ]
    assert told == [
        ("2021-05-03 **10:00", "Deploy* of [v2", "Ana", "run", ("http://ci/7", "http://ci/8")),
        ("10:05", "Errors", "", "", ()),
    ]


def test_who_said_it_in_a_chat() -> None:
    _, timeline = read("# Outage\n## Timeline\n```\n10:00 <ana> down?\n10:01 <@bo> looking\n```\n")

    assert [(event.actor, event.text) for event in timeline.events] == [("ana", "down?"), ("bo", "looking")]


def test_text_keeps_its_places() -> None:
    source, timeline = read("# Outage\n## Timeline\n### 10:00\nA *cold* cache.\n\n- of `v2`\n")

    (event,) = timeline.events
    found = event.prose.text.index("v2")
    assert (event.text, source[event.prose.span(found, found + 2)]) == ("A cold cache.\nof v2", "v2")


_PIECES = (
    *("- 10:00 a\n", "  - 10:01 b\n", "2021-05-03\n", "\n", "### 10:05\n", "## Timeline\n", "### Detection\n", "# T\n"),
    *(
        "| Time | Event |\n|---|---|\n",
        "| 10:00 | x |\n",
        "text\n",
        "- note\n",
        "> 10:00 q\n",
        "```\n10:00 <a> b\n```\n",
    ),
    *(
        "**Resolved** - ok\nMay 3, 14:30 UTC\n",
        "25:99 z\n",
        "T+5m c\n",
        "10:00-09:00 d\n",
        "13.41 e\n",
        "Feb 29 10:00 l\n",
    ),
    *(
        "- **Start:** 2021-05-03 10:00\n",
        "2021-05-03 23:00 - 2021-05-04 01:00 r\n",
        "02-30 10:00 n\n",
        "Monday 10:00 m\n",
    ),
    *("9999-12-31 23:59 - 00:10 y\n", "0001-01-01 10:00 k\n"),
)
pieces = st.lists(st.sampled_from(_PIECES), max_size=20).map("".join)
"""Pieces of timelines in no order at all."""


@settings(max_examples=150, deadline=None)
@given(soup | pieces, st.sampled_from([None, date.min, date.max]))
def test_any_text_is_read(text: str, day: date | None) -> None:
    source, timeline = read(f"# Outage\n## Timeline\n{text}\n- 10:00 a\n- 10:05 b\n", day=day)

    spans = [span for event in timeline.events for span in (event.span, event.text_span, event.stamp_span) if span]
    assert [span for span in spans if not 0 <= span.start <= span.end <= len(source.text)] == []


def test_logs_in_code_do_not_make_an_investigation_the_timeline() -> None:
    log = "".join(f"Feb 28 06:06:1{second} store rpc.nfsd: no memory\n" for second in range(4))
    doc = parse(f"# Down\n\n## Investigation\n\nThe journal had it:\n\n```\n{log}```\n")

    assert [section.kinds[0].value for section in doc.sections] == ["title", "response"]
