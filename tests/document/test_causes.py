"""Causes: what counts as a factor, its layer, the root cause, the trigger and the chains of whys."""

import pytest

from pmlint.document.model import Postmortem
from pmlint.document.parse import parse
from pmlint.document.vocabulary import Vocabulary

HEAD = "# Outage of the ferry search\n\n## Summary\n\nThe search was down.\n\n## Impact\n\n212 passengers.\n\n"


def read(body: str) -> Postmortem:
    return parse(HEAD + body)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            "## Contributing factors\n\n- No index\n- No alert\n",
            [("factor", "No index"), ("factor", "No alert")],
            id="list",
        ),
        pytest.param(
            "## Root cause\n\nThe pool was exhausted because of a leak.\n",
            [("root cause", "The pool was exhausted because of a leak.")],
            id="paragraph",
        ),
        pytest.param(
            "## Root cause\n\nThe cache took all memory.\n\n| Slab | Size | Description |\n|---|---|---|\n"
            "| `buf` | ~942 MB | Buffers |\n| `hdr` | ~538 MB | Headers |\n",
            [("root cause", "The cache took all memory.")],
            id="a table of what was measured",
        ),
        pytest.param(
            "## Root cause\n\nThe pool leaked.\n\nWe restarted the pods and looked at the logs.\n",
            [("root cause", "The pool leaked.")],
            id="what was done about it",
        ),
        pytest.param("## Root cause\n\nThe root cause is unknown.\n", [], id="unknown"),
        pytest.param(
            "## Causes\n\n### Direct cause\n\nThe disk was full.\n\n### Why wasn't it caught?\n\n"
            "- Tests bypass the CDN\n",
            [("root cause", "The disk was full."), ("factor", "Tests bypass the CDN")],
            id="why it was not caught",
        ),
        pytest.param(
            "## Why\n\nThe disk was full.\n\nThings that made it worse:\n\n- nobody alerts on its age\n",
            [("root cause", "The disk was full."), ("factor", "nobody alerts on its age")],
            id="what made it worse",
        ),
        pytest.param(
            "## Five whys\n\nWhy 1: Why was it down? – The disk was full.\nRoot cause: The list is kept by hand.\n",
            [("why", "The disk was full."), ("root cause", "The list is kept by hand.")],
            id="what the whys come to",
        ),
        pytest.param(
            "## Contributory factors\n\n(a) The mailbox is that of a contractor.\n\n(b) The page masks the fault.\n",
            [("factor", "The mailbox is that of a contractor."), ("factor", "The page masks the fault.")],
            id="lettered paragraphs",
        ),
        pytest.param(
            "## Root cause analysis\n\n**People**\n\n* One analyst has the rights\n\n**Environment**\n\n"
            "* First day of term\n\nMost likely root cause: a small server\n",
            [
                ("root cause", "One analyst has the rights"),
                ("root cause", "First day of term"),
                ("root cause", "a small server"),
            ],
            id="fishbone",
        ),
        pytest.param(
            "## Contributors\n\n1. The job takes an empty export for success\n"
            "2. Nobody knew of the maintenance window\n",
            [
                ("factor", "The job takes an empty export for success"),
                ("factor", "Nobody knew of the maintenance window"),
            ],
            id="contributors that are conditions",
        ),
        pytest.param("## Contributors\n\n- Jane Doe\n- Ola Nordmann\n", [], id="contributors that are people"),
        pytest.param("## Trigger\n\nA config push at noon.\n", [("trigger", "A config push at noon.")], id="trigger"),
        pytest.param(
            "## Contributing factors\n\n- **Trigger:** A config push\n- **Latent condition:** No retry budget\n"
            "- **Impact:** none\n",
            [("trigger", "A config push"), ("latent condition", "No retry budget")],
            id="labelled items",
        ),
        pytest.param(
            "## Contributing factors\n\n- Technical:\n  - No index\n- Process:\n  - No review\n",
            [("factor", "No index"), ("factor", "No review")],
            id="labelled groups",
        ),
        pytest.param(
            "## Root causes\n\n### 1. Schema drift\n\n**Issue**: A column was missing\n"
            "**Why it happened**: No migration ran\n",
            [("root cause", "Schema drift"), ("root cause", "No migration ran")],
            id="numbered headings",
        ),
        pytest.param(
            "## Contributing factors\n\n| ID | Layer | Factor |\n|---|---|---|\n| F1 | Change | No canary |\n"
            "| F2 | | \\<factor> |\n",
            [("factor", "No canary")],
            id="table",
        ),
        pytest.param(
            "## Root cause\n\nPossible reasons include:\n\n1. An old plugin\n2. A stolen key\n",
            [("root cause", "An old plugin"), ("root cause", "A stolen key")],
            id="candidates",
        ),
        pytest.param(
            "## Root cause\n\nThe lock is never released.\n\nConsider this scenario:\n\n1. A takes the lock\n"
            "2. B waits\n",
            [("root cause", "The lock is never released.")],
            id="scenario",
        ),
        pytest.param(
            "## Root cause\n\nWhat did we not expect?\n\n- The index was empty\n- Is the list right?\n\n"
            "Why did nothing show it?\n\n- No alert looks at it\n",
            [("root cause", "The index was empty"), ("root cause", "No alert looks at it")],
            id="questions ask and name nothing",
        ),
        pytest.param(
            "## Contributing factors\n\n- Why did nothing show it?\n  - No alert looks at it\n",
            [("factor", "No alert looks at it")],
            id="what stands below a question",
        ),
        pytest.param(
            "## Root cause\n\nThe schema has two product tables:\n\n1. `products`, made in migration 12\n"
            "2. `products_v2`, made in migration 40\n\nThe import does not write the one that is read.\n",
            [("root cause", "The import does not write the one that is read.")],
            id="things that are counted",
        ),
        pytest.param(
            "## Root cause\n\nThe scheduler has a bug.\n\n[Bug in the scheduler](https://example.org/4)\n",
            [("root cause", "The scheduler has a bug.")],
            id="a link beside it is for reading on",
        ),
        pytest.param(
            "## Root cause\n\n**a) The index is shared.** Two jobs write it.\n\n"
            "**b) Writes take no lock.** The last one wins.\n\n"
            "Trigger: a second job.\n",
            [
                ("root cause", "The index is shared. Two jobs write it."),
                ("root cause", "Writes take no lock. The last one wins."),
                ("trigger", "a second job."),
            ],
            id="lettered paragraphs beside a label",
        ),
        pytest.param(
            "## Root cause\n\n- Writes take no lock\n\nWhat protected us: the index of the night before was kept.\n",
            [("root cause", "Writes take no lock")],
            id="what protected is no cause",
        ),
        pytest.param("## Root cause\n\n- Deposit a token\n- Withdraw another\n", [], id="steps"),
        pytest.param(
            "## Contributing factors\n\n1. No index\n2. [Factor 2]\n3. TBD\n",
            [("factor", "No index")],
            id="placeholders",
        ),
        pytest.param(
            "## Notes\n\n**Root cause:** The pool leaked memory.\n",
            [("root cause", "The pool leaked memory.")],
            id="label elsewhere",
        ),
        pytest.param(
            "## Observations\n\nIt began at ten. The root cause was a missing index.\n",
            [("root cause", "The root cause was a missing index.")],
            id="outright sentence where nothing else tells",
        ),
        pytest.param("## Lead-up\n\nA branch was merged without a test.\n", [], id="story before it"),
        pytest.param(
            "## Cause\n\nThe direct cause was a filter that let all through. On our side we found:\n\n"
            "a) The sessions carry no roles.\nb) Alerts go to a mailbox that\nnobody reads.\n(3) It was old.\n",
            [
                ("root cause", "The direct cause was a filter that let all through."),
                ("root cause", "The sessions carry no roles."),
                ("root cause", "Alerts go to a mailbox that nobody reads."),
                ("root cause", "It was old."),
            ],
            id="lines with letters of their own",
        ),
    ],
)
def test_what_counts_as_a_factor(body: str, expected: list[tuple[str, str]]) -> None:
    assert expected == [(factor.source, factor.text) for factor in read(body).factors]


@pytest.mark.parametrize(
    ("text", "layer"),
    [
        pytest.param("The connection pool was exhausted", "technical", id="technical"),
        pytest.param("We have not educated our moderators about it", "operational", id="training"),
        pytest.param("The terminal had loosened over time", "technical", id="time that passes"),
        pytest.param("An export policy matched everything", "technical", id="the policy of a device"),
        pytest.param("The binary held another smart contract in memory", "technical", id="a contract that runs"),
        pytest.param("The contract with the carrier had ended", "organizational", id="a contract that is signed"),
        pytest.param("Placement trusts the map without a plausibility check", "technical", id="no check"),
        pytest.param("The runbook has no step for it", "operational", id="operational"),
        pytest.param(
            "No monitoring of the network capacity of our architecture", "detection", id="lack of watching comes first"
        ),
        pytest.param("Nothing watches for duplicates during the day", "detection", id="nothing watches"),
        pytest.param("A mailbox that nobody has owned since the split", "operational", id="nobody owns"),
        pytest.param("The pressure sensor drifts when it is warm", "technical", id="a sensor drifts"),
        pytest.param("The release went out without a canary", "change", id="change"),
        pytest.param("Deadline pressure and other priorities", "organizational", id="organizational"),
        pytest.param("Infinite variations exist", "technical", id="nothing decides"),
        pytest.param("Two tools disagree (change)", "change", id="named in brackets"),
        pytest.param("Detection: the tile server was blind", "detection", id="named in front"),
        pytest.param("検知: 37 分間気づけなかった", "detection", id="japanese"),
    ],
)
def test_the_layer_of_a_factor(text: str, layer: str) -> None:
    (factor,) = read(f"## Contributing factors\n\n- {text}\n").factors

    assert layer == (factor.layer and factor.layer.value)


def test_a_heading_leans_and_the_text_may_overrule_it() -> None:
    doc = read(
        "## Root causes\n\n### Process failures\n\n- Single control\n- No test and no load test before release\n"
    )

    assert [factor.layer and factor.layer.value for factor in doc.factors] == ["organizational", "change"]


def test_a_house_has_words_of_its_own() -> None:
    text = HEAD + "## Contributing factors\n\n- The pager rota was empty\n"
    doc = parse(text, vocabulary=Vocabulary(layers={"operational": ("pager rota",)}))

    assert [(factor.layer and factor.layer.value, factor.layer_words) for factor in doc.factors] == [
        ("operational", ("pager rota",))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Human error", True, id="human error"),
        pytest.param("The developer's mistake", True, id="role"),
        pytest.param("Human error in a tool that shows no account", False, id="with a condition"),
        pytest.param("The user table has no index", False, id="system"),
    ],
)
def test_a_person_is_no_condition(text: str, expected: bool) -> None:
    (factor,) = read(f"## Contributing factors\n\n- {text}\n").factors

    assert expected is factor.is_person


def test_the_part_named_root_cause_gives_it() -> None:
    doc = read("## Technical cause\n\nThe call allowed it.\n\n## Root cause\n\nNobody is paid to look.\n")

    assert (doc.root_cause and doc.root_cause.value) == "Nobody is paid to look."


CHAIN = [("Why did it fail?", "The disk was full."), ("Why was the disk full?", "Logs were never rotated.")]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(
            "1. Why did it fail? → The disk was full.\n2. Why was the disk full? → Logs were never rotated.\n",
            id="arrows",
        ),
        pytest.param(
            "1. Why did it fail? The disk was full.\n2. Why was the disk full?\n   Logs were never rotated.\n",
            id="behind the question",
        ),
        pytest.param(
            "Why 1: Why did it fail?\nAnswer: The disk was full.\n\nWhy 2: Why was the disk full?\n"
            "Answer: Logs were never rotated.\n",
            id="labels",
        ),
        pytest.param(
            "**Why 1:** Why did it fail?\n→ Because: The disk was full.\n\n**Why 2:** Why was the disk full?\n"
            "→ Because: Logs were never rotated.\n",
            id="arrow and because",
        ),
        pytest.param(
            "1. Why did it fail?\n   - The disk was full.\n   1. Why was the disk full?\n"
            "      - Logs were never rotated.\n",
            id="nested",
        ),
        pytest.param(
            "| # | Why | Because |\n|---|---|---|\n| 1 | Why did it fail? | The disk was full. |\n"
            "| 2 | Why was the disk full? | Logs were never rotated. |\n",
            id="table",
        ),
        pytest.param(
            "### Why did it fail?\n\nThe disk was full.\n\n### Why was the disk full?\n\nLogs were never rotated.\n",
            id="headings",
        ),
        pytest.param(
            "```\nWhy 1: Why did it fail?\nAnswer: The disk was full.\nWhy 2: Why was the disk full?\n"
            "Answer: Logs were never rotated.\nROOT CAUSE: gap\n```\n",
            id="code and conclusion",
        ),
        pytest.param(
            "1. **Q:** Why did it\n   fail?\n   **A:** The disk was full.\n2. **Q:** Why was the disk full?\n"
            "   **A:** Logs were never rotated.\n",
            id="question and answer",
        ),
    ],
)
def test_a_chain_of_whys(body: str) -> None:
    doc = read(f"## Five whys\n\n{body}")

    assert [(why.question.replace("\n", " "), why.answer) for why in doc.whys] == CHAIN
    assert [answer for _, answer in CHAIN] == [factor.text for factor in doc.factors if factor.source == "why"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            "* The run stopped\n* ...because a sequence was incomplete\n* ...because nothing filtered it\n",
            [
                ("The run stopped", "...because a sequence was incomplete"),
                ("...because a sequence was incomplete", "...because nothing filtered it"),
            ],
            id="each line the next because",
        ),
        pytest.param(
            "- **Why?** The cache was cold.\n- **Why?** The node restarted.\n",
            [("Why?", "The cache was cold."), ("Why?", "The node restarted.")],
            id="bare whys",
        ),
        pytest.param("1. Why did it fail?\n", [("Why did it fail?", None)], id="no answer"),
        pytest.param("1. **なぜ遅れたか？** → 集中したため。\n", [("なぜ遅れたか？", "集中したため。")], id="japanese"),
    ],
)
def test_other_chains(body: str, expected: list[tuple[str, str | None]]) -> None:
    assert expected == [(why.question, why.answer) for why in read(f"## Five whys\n\n{body}").whys]


def test_factors_and_whys_point_at_their_places() -> None:
    doc = read("## Contributing factors\n\n- No **index** here\n\n## Five whys\n\n1. Why? → No disk.\n")

    assert [doc.source[factor.prose.span()] for factor in doc.factors] == ["No **index** here", "No disk."]
    assert [
        (doc.source[why.question_span], doc.source[why.answer_span] if why.answer_span else "") for why in doc.whys
    ] == [("Why?", "No disk.")]


def test_one_link_among_statements_is_a_factor_and_a_list_of_links_is_for_reading_on() -> None:
    text = """# Search was down

## Contributing factors

- [Parser bug](https://example.org/bugs/8)
- The schema allows an empty name

## Root cause

- [Trace](https://example.org/trace)
- [Graph](https://example.org/graph)
"""
    assert [factor.text for factor in parse(text).factors] == ["Parser bug", "The schema allows an empty name"]
