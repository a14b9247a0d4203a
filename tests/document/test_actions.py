"""Follow-up actions: where they stand, what each says of itself, and what is none."""

from datetime import date

import pytest

from pmlint.document.model import Action, Postmortem
from pmlint.document.parse import parse

HEAD = """# Outage of the ferry search

**Date:** 2026-03-02

## Summary

The search was down. Jane Doe led the response.

## Impact

212 passengers.

"""


def read(body: str) -> Postmortem:
    return parse(HEAD + body)


def told(action: Action) -> dict[str, object]:
    """Everything that an action says, what is absent left out."""
    said = {
        "text": action.text,
        "id": action.id,
        "owner": action.owner and action.owner.value,
        "due": action.due and action.due.value,
        "ticket": action.ticket and action.ticket.value,
        "status": action.status and action.status.value.value,
        "priority": action.priority and action.priority.value,
        "category": action.category and action.category.value.value,
        "why": action.why,
    }
    return {name: value for name, value in said.items() if value is not None}


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        pytest.param("- Add an index", {"text": "Add an index"}, id="bullet"),
        pytest.param(
            "- [ ] Add an index @sam", {"text": "Add an index", "owner": "@sam", "status": "open"}, id="open box"
        ),
        pytest.param(
            "- [x] Add an index (#123)", {"text": "Add an index", "ticket": "#123", "status": "done"}, id="ticked"
        ),
        pytest.param(
            "- Add an index – Ana Ruiz, until 2026-03-28, SH-41, prevent, high. Verified by a load test in staging.",
            {
                "text": "Add an index",
                "owner": "Ana Ruiz",
                "due": date(2026, 3, 28),
                "ticket": "SH-41",
                "priority": "high",
                "category": "prevent",
            },
            id="parts before the sentence that verifies",
        ),
        pytest.param(
            "- Add an index — @ana, 2026-03-28, SH-41 (prevent, P1; F1, F2). Accepted when the replay is stopped.",
            {
                "text": "Add an index",
                "owner": "@ana",
                "due": date(2026, 3, 28),
                "ticket": "SH-41",
                "priority": "P1",
                "category": "prevent",
                "why": "F1, F2",
            },
            id="factors beside priority and category",
        ),
        pytest.param(
            "- **P-1 Add an index** — Ana Ruiz — 2026-03-28 — SH-41 — Prevent — P1. Verified: the replay opens in 2 s.",
            {
                "text": "Add an index",
                "id": "P-1",
                "owner": "Ana Ruiz",
                "due": date(2026, 3, 28),
                "ticket": "SH-41",
                "priority": "P1",
                "category": "prevent",
            },
            id="a part after each dash",
        ),
        pytest.param(
            "- Add an index — @ana, 2026-03-28, prevent, P1 → the replay of May opens in 2 s",
            {
                "text": "Add an index",
                "owner": "@ana",
                "due": date(2026, 3, 28),
                "priority": "P1",
                "category": "prevent",
            },
            id="an arrow leads to what shows it",
        ),
        pytest.param(
            "- Add an index (SH-41). Done ([PR 3318](https://git.example.org/a/pull/3318))",
            {"text": "Add an index", "ticket": "https://git.example.org/a/pull/3318", "status": "done"},
            id="done in a sentence of its own",
        ),
        pytest.param("- ~~Add an index~~", {"text": "Add an index", "status": "done"}, id="struck out"),
        pytest.param(
            "- Add an index (in progress)", {"text": "Add an index", "status": "in_progress"}, id="in brackets"
        ),
        pytest.param("- Add an index - DONE", {"text": "Add an index", "status": "done"}, id="after a dash"),
        pytest.param(
            "- Add an index - done and announced", {"text": "Add an index", "status": "done"}, id="done and more"
        ),
        pytest.param(
            "- Add an index to the table FIXED", {"text": "Add an index to the table", "status": "done"}, id="loud"
        ),
        pytest.param(
            "- Add an index to the HTTP API", {"text": "Add an index to the HTTP API"}, id="loud and no status"
        ),
        pytest.param(
            "- We have for many years enabled 2FA",
            {"text": "We have for many years enabled 2FA", "status": "done"},
            id="told as done for long",
        ),
        pytest.param(
            "- [x] Add an index **@Lotte Vink** Mar 5, 2026",
            {"text": "Add an index", "owner": "@Lotte Vink", "due": date(2026, 3, 5), "status": "done"},
            id="a mention by full name, then a date",
        ),
        pytest.param(
            "- Add an index @Sam de Boer → @March 22, 2026",
            {"text": "Add an index", "owner": "@Sam de Boer", "due": date(2026, 3, 22)},
            id="a person and a day mentioned",
        ),
        pytest.param(
            "- Ask @Ines Add-ons about the index",
            {"text": "Ask @Ines Add-ons about the index", "owner": "@Ines"},
            id="a mention before a word of the field",
        ),
        pytest.param(
            "- Add an index (CHG0045512)",
            {"text": "Add an index", "ticket": "CHG0045512"},
            id="a service desk's number",
        ),
        pytest.param("- Add an index AB#1234", {"text": "Add an index AB#1234", "ticket": "AB#1234"}, id="boards"),
        pytest.param(
            "- Add an index – A. Ferreira – 28/11/2026",
            {"text": "Add an index", "owner": "A. Ferreira", "due": date(2026, 11, 28)},
            id="an initial that is an article elsewhere",
        ),
        pytest.param("- EC2 limits alert at 80%", {"text": "EC2 limits alert at 80%"}, id="a code that names a thing"),
        pytest.param("- A1 Add an index", {"text": "Add an index", "id": "A1"}, id="a code before a demand"),
        pytest.param(
            "- Add an index – Owner: Ops (R. Nair) – ETA 15-Oct-2026",
            {"text": "Add an index", "owner": "Ops (R. Nair)", "due": date(2026, 10, 15)},
            id="an owner with a bracket",
        ),
        pytest.param(
            "- AI-1 [prevent] Add an index (owner roko, OPS-771, 2026-04-30)",
            {
                "text": "Add an index",
                "id": "AI-1",
                "owner": "roko",
                "due": date(2026, 4, 30),
                "ticket": "OPS-771",
                "category": "prevent",
            },
            id="an owner named so without a colon",
        ),
        pytest.param(
            "- Add an index – Change Manager – by 28.06.2026",
            {"text": "Add an index", "owner": "Change Manager", "due": date(2026, 6, 28)},
            id="who stands between the deliverable and the day",
        ),
        pytest.param(
            "- Add an index – of both columns – by 28.06.2026",
            {"text": "Add an index – of both columns", "due": date(2026, 6, 28)},
            id="an aside between the deliverable and the day",
        ),
        pytest.param("- DONE: add an index", {"text": "add an index", "status": "done"}, id="in front"),
        pytest.param("- We added an index", {"text": "We added an index", "status": "done"}, id="told as done"),
        pytest.param("- Verify that the index was added", {"text": "Verify that the index was added"}, id="an order"),
        pytest.param(
            "- Drop the index that was added in haste", {"text": "Drop the index that was added in haste"}, id="undoing"
        ),
        pytest.param(
            "- An index was proposed and it was rejected",
            {"text": "An index was proposed and it was rejected", "status": "wont_do"},
            id="decided against",
        ),
        pytest.param(
            "- Ensure that alerts are in place", {"text": "Ensure that alerts are in place"}, id="asked for, not done"
        ),
        pytest.param(
            "- Add an index — Ola Nordmann, 2026-03-10 (OPS-12)",
            {"text": "Add an index", "owner": "Ola Nordmann", "due": date(2026, 3, 10), "ticket": "OPS-12"},
            id="name and date behind a dash",
        ),
        pytest.param(
            "- Add an index (OPS-12, Ola, 10 March 2026)",
            {"text": "Add an index", "owner": "Ola", "due": date(2026, 3, 10), "ticket": "OPS-12"},
            id="all in one bracket",
        ),
        pytest.param("- Add an index [Rick]", {"text": "Add an index", "owner": "Rick"}, id="name in square brackets"),
        pytest.param("- Support more tiles (Kubernetes)", {"text": "Support more tiles (Kubernetes)"}, id="no name"),
        pytest.param(
            "- Add an index. Owner: Kaur. Due: 13 Dec 2026. NET-1190",
            {"text": "Add an index.", "owner": "Kaur", "due": date(2026, 12, 13), "ticket": "NET-1190"},
            id="labels",
        ),
        pytest.param("- Ola to add an index", {"text": "add an index", "owner": "Ola"}, id="name to verb"),
        pytest.param("- Need to add an index", {"text": "Need to add an index"}, id="need is no name"),
        pytest.param("- **RK** Add an index", {"text": "Add an index", "owner": "RK"}, id="bold initials"),
        pytest.param("- **Load Testing**: Add a run", {"text": "Load Testing: Add a run"}, id="bold topic"),
        pytest.param("- **Jane:** add an index", {"text": "add an index", "owner": "Jane"}, id="known name and colon"),
        pytest.param(
            "- **N1 · prevent · high** Add an index",
            {"text": "Add an index", "id": "N1", "category": "prevent", "priority": "high"},
            id="bold lead of three parts",
        ),
        pytest.param("- [P1] Add an index", {"text": "Add an index", "priority": "P1"}, id="priority in front"),
        pytest.param(
            "- Add an index (OPS-7, @ada, by 2024-05-03, prevent): the query takes 5 ms",
            {
                "text": "Add an index (OPS-7, @ada, by 2024-05-03, prevent): the query takes 5 ms",
                "owner": "@ada",
                "due": date(2024, 5, 3),
                "ticket": "OPS-7",
                "category": "prevent",
            },
            id="all in brackets within",
        ),
        pytest.param(
            "- [Ada] Add an index; the query - any - takes 5 ms. OPS-7, due 3 May 2024, P1, fix",
            {
                "text": "Add an index; the query - any - takes 5 ms.",
                "owner": "Ada",
                "due": date(2024, 5, 3),
                "ticket": "OPS-7",
                "priority": "P1",
            },
            id="a sentence of parts",
        ),
        pytest.param(
            "- Add an index. Ada, who wrote it, knows how",
            {"text": "Add an index. Ada, who wrote it, knows how"},
            id="a sentence with commas",
        ),
        pytest.param("- (P1) Add an index", {"text": "Add an index", "priority": "P1"}, id="priority in brackets"),
        pytest.param("- (Payments) Add an index", {"text": "(Payments) Add an index"}, id="place in front"),
        pytest.param("- [Detect] Add an alert", {"text": "Add an alert", "category": "detect"}, id="category in front"),
        pytest.param("- A1: add an index", {"text": "add an index", "id": "A1"}, id="identifier in front"),
        pytest.param(
            "- Add an index by the end of Q2",
            {"text": "Add an index by the end of Q2", "due": date(2026, 6, 30)},
            id="horizon",
        ),
        pytest.param(
            "- The sender retries immediately, stop that",
            {"text": "The sender retries immediately, stop that"},
            id="a word of time that is no date",
        ),
        pytest.param(
            "- Look at CVE-2024-1234, UTF-8 and SHA-256",
            {"text": "Look at CVE-2024-1234, UTF-8 and SHA-256"},
            id="no tickets",
        ),
        pytest.param(
            "- Follow [the bug](https://github.com/a/b/issues/7)",
            {"text": "Follow the bug", "ticket": "https://github.com/a/b/issues/7"},
            id="linked words of the sentence stay",
        ),
        pytest.param(
            "- https://github.com/a/b/pull/7",
            {"text": "https://github.com/a/b/pull/7", "ticket": "https://github.com/a/b/pull/7"},
            id="bare issue link",
        ),
        pytest.param(
            "- Add an index [OPS-4](https://jira.example.com/browse/OPS-4)",
            {"text": "Add an index", "ticket": "OPS-4"},
            id="key as link",
        ),
        pytest.param(
            "- Export latency histograms — Sam, in review now ([#12](https://e.org/12))",
            {"text": "Export latency histograms", "owner": "Sam", "status": "in_progress", "ticket": "#12"},
            id="state with an adverb",
        ),
        pytest.param(
            "- Page the night shift (OPS-7, Jonas, done March 9)",
            {"text": "Page the night shift", "ticket": "OPS-7", "owner": "Jonas", "status": "done"},
            id="state and day in a row",
        ),
        pytest.param(
            "- Page the night shift. Done 18-03-2026.",
            {"text": "Page the night shift.", "status": "done"},
            id="state and day as a sentence",
        ),
        pytest.param(
            "- Add an index. Responsible: Jane Doe, 2026-04-30",
            {"text": "Add an index.", "owner": "Jane Doe", "due": date(2026, 4, 30)},
            id="a day beside the one who is named",
        ),
        pytest.param(
            "- Upgrade the router, planned in Q4 2026 (J. Peters)",
            {"text": "Upgrade the router, planned in Q4 2026", "owner": "J. Peters", "due": date(2026, 12, 31)},
            id="planned in a quarter",
        ),
    ],
)
def test_an_item_says(item: str, expected: dict[str, object]) -> None:
    doc = read(f"## Action items\n\n{item}\n")

    assert [expected] == [told(action) for action in doc.actions]


TABLE = """## Action items

| ID | Action | Why | Type | Priority | Owner | Due | Ticket | Status |
|---|---|---|---|---|---|---|---|---|
| A1 | Batch the look-ups | F1 | Prevent | P1 | Ann, Bo | 2026-03-28 | [SH-41](https://t.example/SH-41) | In progress |
| A2 | \\<description> | | | | \\<name> | YYYY-MM-DD | | open |
| A3 | Page on latency | F4 | Detect | P2 | ??? | TBD | | Done: [rule](https://g.example/1) |
"""


def test_a_table_gives_every_part_by_its_column() -> None:
    first, second = read(TABLE).actions

    assert {
        "text": "Batch the look-ups",
        "id": "A1",
        "owner": "Ann, Bo",
        "due": date(2026, 3, 28),
        "ticket": "SH-41",
        "status": "in_progress",
        "priority": "P1",
        "category": "prevent",
        "why": "F1",
    } == told(first)
    assert first.owners == ("Ann", "Bo")
    assert first.columns == ("id", "owner", "due", "ticket", "status", "priority", "category", "why")
    assert told(second) == {
        "text": "Page on latency",
        "id": "A3",
        "status": "done",
        "priority": "P2",
        "category": "detect",
        "why": "F4",
    }


def test_an_author_without_a_capital_is_known_as_an_owner() -> None:
    doc = parse("---\nauthors: [r.holm]\ndate: 2026-03-02\n---\n\n## Actions\n\n- Add an index — r.holm, by 1 May\n")

    assert told(doc.actions[0]) == {"text": "Add an index", "owner": "r.holm", "due": date(2026, 5, 1)}


def test_the_heading_says_that_its_actions_are_done() -> None:
    doc = read("## Corrective actions (done)\n\n1. Static host entry on all nodes\n")

    assert told(doc.actions[0]) == {"text": "Static host entry on all nodes", "status": "done"}


def test_a_tracker_s_number_in_the_column_of_identifiers_is_the_ticket() -> None:
    (first,) = read("## Actions\n\n| ID | Action | Owner |\n|---|---|---|\n| #88123 | N-1 test | Marek Z. |\n").actions

    assert told(first) == {"text": "N-1 test", "id": "#88123", "ticket": "#88123", "owner": "Marek Z."}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            "## Actions\n\n- **Improvements:**\n  - Add a test\n  - Add an alert\n",
            ["Add a test", "Add an alert"],
            id="group label",
        ),
        pytest.param(
            "## Actions\n\n- Add a test\n  - for the parser\n  - for the form\n", ["Add a test"], id="details"
        ),
        pytest.param(
            "## Actions\n\nM1. Add a test\nResponsible: Dr. L. Ferrante. Due: 2026-03-28.\n"
            "Effect checked by: a drill.\n",
            ["Add a test"],
            id="fields on the lines below a numbered one",
        ),
        pytest.param(
            "## Actions\n\n- Parser\n  - [ ] Add a test\n  - [ ] Add an alert\n",
            ["Add a test", "Add an alert"],
            id="tasks below",
        ),
        pytest.param(
            "## Actions\n\n### Short term\n\n1. Add a test\n1. Add an alert\n\n### Later\n\n1. Move on\n",
            ["Add a test", "Add an alert", "Move on"],
            id="horizons",
        ),
        pytest.param(
            "## Actions\n\n### AI-4: Move the cluster\n\n**Owner:** Li\n\n**Due:** Q2\n\n### AI-5: Add a test\n\n"
            "**Owner:** Bo\n",
            ["Move the cluster", "Add a test"],
            id="a heading each",
        ),
        pytest.param(
            "## Actions\n\n**AC** Reduce alerts so that they fire:\n- once a day\n\n**BD** Move the alert\n",
            ["Reduce alerts so that they fire", "Move the alert"],
            id="bold initials each",
        ),
        pytest.param(
            "## Actions\n\nAdd tests for the parser.\nMore automated alarms on lag.\nHave a status page.\n",
            ["Add tests for the parser.", "More automated alarms on lag.", "Have a status page."],
            id="a line each",
        ),
        pytest.param(
            "## Actions\n\n**AI-1:** Alarm on the counter, Status: Done\n**AI-2:** Add traffic to\nthe replay\n",
            ["Alarm on the counter", "Add traffic to the replay"],
            id="a numbered line each",
        ),
        pytest.param(
            "## Actions\n\n[x] Add a test – Bo\n[ ] Alarm on\nthe queue – Li\n",
            ["Add a test – Bo", "Alarm on the queue – Li"],
            id="boxes without bullets",
        ),
        pytest.param(
            "## Section 6: Problem management / Follow-up actions\n\n"
            "| Problem task | Description | Planned end | State |\n|---|---|---|---|\n"
            "| PTASK0010231 | Add a limit | 10-Mar-2026 | Closed Complete |\n",
            ["Add a limit"],
            id="a name that is known behind a stroke",
        ),
        pytest.param(
            "## Actions\n\n• Add a test, and run it\n• Add an alarm\n",
            ["Add a test, and run it", "Add an alarm"],
            id="bullets of a word processor",
        ),
        pytest.param("## Actions\n\nNone\n", [], id="none"),
        pytest.param("## Actions\n\nWe thank everybody for their patience.\n", [], id="thanks"),
        pytest.param(
            "## Actions\n\n- Prevent: so that it stays away\n\nText.\n\n| Action | Owner |\n|---|---|\n"
            "| Add a test | Bo |\n",
            ["Add a test"],
            id="a legend beside the table",
        ),
        pytest.param(
            "## Actions\n\n- [x] Incident title and after-action report is cleaned up\n- [ ] Add a test\n",
            ["Add a test"],
            id="the document's own checklist",
        ),
        pytest.param(
            "## Response\n\n### Immediate actions\n\n- Restarted the pods\n- Rolled back\n\n## Action items\n\n"
            "- Add a test\n",
            ["Add a test"],
            id="what was done during it",
        ),
        pytest.param("## Notes\n\nTo prevent similar issues:\n\n- Add a test\n", ["Add a test"], id="announced list"),
        pytest.param("## Notes\n\nACTION: add a test\n", ["add a test"], id="marked line"),
        pytest.param(
            "## What we do now\n\n- Add a test – K. Bjerre, OPS-4\n- Add an alert – L. Hvid, OPS-5\n",
            ["Add a test", "Add an alert"],
            id="assigned items under an unknown heading",
        ),
        pytest.param(
            "## Notes\n\nIt was slow. We will add a test for the parser.\n",
            ["We will add a test for the parser."],
            id="a promise where there is nothing else",
        ),
        pytest.param(
            "## Notes\n\nWe will add a test.\n\n## Actions\n\n- Add an alert\n",
            ["Add an alert"],
            id="a promise beside actions",
        ),
        pytest.param(
            "## Actions\n\n- Add a test\n\n## Follow-up\n\n- Review of open actions on 2026-04-01\n"
            "- Published in the digest\n",
            ["Add a test"],
            id="follow-up review",
        ),
        pytest.param(
            "## Recommendations\n\nR1. The fence is tested. *Done 21.5.2026*\n\nR2. Failover test in each break.\n",
            ["The fence is tested.", "Failover test in each break."],
            id="paragraphs with numbers of their own",
        ),
        pytest.param(
            "## Lessons\n\nThe graph is easier to read.\n\n**DONE**: Mila added the wiki to the probes.\n\n"
            "**TODO** the import should check the free space first.\n",
            ["Mila added the wiki to the probes.", "the import should check the free space first."],
            id="paragraphs ticked off in bold",
        ),
        pytest.param(
            "## Follow-up\n\nThe probe asks the wrong host. (fixed by adding a second one)\n\n"
            "A channel for emergencies would help. (added a role for it)\n",
            [
                "The probe asks the wrong host. (fixed by adding a second one)",
                "A channel for emergencies would help. (added a role for it)",
            ],
            id="paragraphs that end in what became of them",
        ),
        pytest.param(
            "## Remediation actions\n\n1. Removed the lock\n1. Ran the check\n\n## Next steps\n\n- Add a test\n",
            ["Add a test"],
            id="a remediation that is over",
        ),
        pytest.param(
            "## Lessons\n\n**TODO**: write down what the others have learned.\n", [], id="a blank of the draft"
        ),
        pytest.param(
            "## Remediation\n\n### Short-term improvements\n\n- Read path of its own\n\n### Long-term improvements\n\n"
            "- Regular drills\n",
            ["Read path of its own", "Regular drills"],
            id="a remediation that sorts actions",
        ),
        pytest.param(
            "## Actions\n\nWe will do better:\n\n- Add a test\n\n— The search team\n", ["Add a test"], id="signature"
        ),
        pytest.param(
            "## What happened\n\nIt was down.\n\nWe're taking following steps so that it does not happen again:\n\n"
            "- Queue gets a limit\n",
            ["Queue gets a limit"],
            id="steps that are announced",
        ),
        pytest.param(
            "## What has been done\n\n- script rolled back (MK, 2 March)\n- jobs refunded (PW, 4 March)\n\n"
            "## To be done\n\n- Add an index\n",
            ["Add an index"],
            id="what has been done",
        ),
        pytest.param(
            "## Contributing factors\n\n| Factor | Mitigation | Owner | Due |\n|---|---|---|---|\n"
            "| Path in three places | Share one module | Li | 2026-07-19 |\n",
            ["Share one module"],
            id="what mitigates a factor",
        ),
        pytest.param("## What we did / will do\n\n- index check [done]\n", ["index check"], id="done and to do"),
    ],
)
def test_what_counts_as_an_action(body: str, expected: list[str]) -> None:
    assert expected == [action.text for action in read(body).actions]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("## Preventive measures\n\n- Add a test\n", "prevent", id="heading"),
        pytest.param("## Actions\n\n### Improve detection\n\n- Add a test\n", "detect", id="group"),
        pytest.param("## Corrective and preventive measures\n\n- Add a test\n", None, id="a heading of both kinds"),
        pytest.param("## Actions\n\n### Process\n\n- Add a test\n", None, id="an area"),
        pytest.param(
            "## Actions\n\nTo prevent this from happening again:\n\n- Add a test\n", "prevent", id="announced"
        ),
    ],
)
def test_the_category_comes_from_what_stands_above(body: str, expected: str | None) -> None:
    (action,) = read(body).actions

    assert expected == (action.category and action.category.value.value)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        pytest.param("**RK**", "RK", id="initials"),
        pytest.param("**Natalie**", "Natalie", id="first name"),
        pytest.param("**Paul/Alex**", "Paul/Alex", id="two names"),
        pytest.param("**For planning**", None, id="no name"),
        pytest.param("**Monitoring**", None, id="area"),
        pytest.param("### Upstream Kubernetes", None, id="heading"),
    ],
)
def test_a_label_over_items_may_be_their_owner(title: str, expected: str | None) -> None:
    (action,) = read(f"## Actions\n\n{title}\n\n- Add a test\n").actions

    assert expected == (action.owner and action.owner.value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Page when p99 stays above 2 s for 3 minutes", "Page when", id="condition"),
        pytest.param("Add a regression test for the parser", "regression test", id="test"),
        pytest.param("Keep latency under 200 ms", "latency", id="metric"),
        pytest.param("Improve tests", None, id="no test named"),
        pytest.param("Improve monitoring", None, id="vague"),
        pytest.param("Write a runbook. Verified by: a drill in May", "a drill in May", id="label"),
        pytest.param("Write a runbook. Proven by a drill in May.", "a drill in May", id="sentence"),
        pytest.param(
            "Write a runbook. Done when a new colleague follows it.", "a new colleague follows it", id="done when"
        ),
    ],
)
def test_verification_is_what_others_can_see(text: str, expected: str | None) -> None:
    (action,) = read(f"## Actions\n\n- {text}\n").actions

    assert expected == (action.verification and action.verification.value)


def test_every_value_points_at_its_place() -> None:
    doc = read("## Actions\n\n- [ ] Add **an** index — Ola Nordmann, 2026-03-10 (OPS-12)\n")
    (action,) = doc.actions
    facts = (action.owner, action.due, action.ticket, action.status)

    assert [doc.source[fact.span] for fact in facts[:3] if fact] == ["Ola Nordmann", "2026-03-10", "OPS-12"]
    assert doc.source[action.text_span] == "Add **an** index"
    assert action.prose.text == "Add an index"
    assert action.number == 1


def test_a_cross_under_done_leaves_the_item_open() -> None:
    (action,) = read("## Actions\n\n| Action | Done |\n|---|---|\n| Add a test | ❌ |\n").actions

    assert (action.status and action.status.value.value) == "open"


@pytest.mark.parametrize(
    ("head", "cell", "expected"),
    [
        ("Until", "2.12.", {"due": date(2026, 12, 2)}),
        ("State", "not planned yet", {"status": "open"}),
        ("State", "deployed May 9", {"status": "done"}),
        ("State", "140/212", {"status": "in_progress"}),
        ("State", "100 %", {"status": "done"}),
        ("State", "0/5", {"status": "open"}),
        ("State", "in preparation", {"status": "in_progress"}),
        ("Resp.", "Procurement", {"owner": "Procurement"}),
        ("Term", "Q4-2026", {"due": date(2026, 12, 31)}),
        ("Status", "open, @sam", {"owner": "@sam", "status": "open"}),
        ("Status", "@sam, this month", {"owner": "@sam", "due": date(2026, 3, 31)}),
        ("ETA", "✅ 3/14", {"due": date(2026, 3, 14), "status": "done"}),
        ("ETA", "10/31", {"due": date(2026, 10, 31)}),
        ("ETA", "2/14", {"due": date(2027, 2, 14)}),
        ("ETA", "4/5", {}),
        ("ETA", "31/11", {}),
    ],
)
def test_a_cell_may_say_more_than_its_head(head: str, cell: str, expected: dict[str, object]) -> None:
    doc = read(f"## Action items\n\n| Action | {head} |\n|---|---|\n| Add an index | {cell} |\n")

    assert [{"text": "Add an index", **expected}] == [told(action) for action in doc.actions]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        pytest.param("Actions (completed)", {"text": "Add a test", "status": "done"}, id="status"),
        pytest.param(
            "Short-term actions (in progress - [issue #391](https://git.example.org/a/b/issues/391))",
            {
                "text": "Add a test",
                "status": "in_progress",
                "ticket": "#391",
                "priority": "Short-term actions (in progress",
            },
            id="status and ticket",
        ),
        pytest.param("Actions (INC-391)", {"text": "Add a test"}, id="the incident's own number"),
    ],
)
def test_a_heading_may_speak_for_all_items(title: str, expected: dict[str, object]) -> None:
    (action,) = read(f"## {title}\n\n- Add a test\n").actions

    assert expected == told(action)


def test_no_ticket_is_no_status() -> None:
    (action,) = read("## Actions\n\n| Action | Owner | Bug |\n|---|---|---|\n| Add a test | RT | n/a |\n").actions

    assert told(action) == {"text": "Add a test", "owner": "RT"}


def test_an_unknown_status_is_kept_as_written() -> None:
    (action,) = read("## Actions\n\n| Action | Status |\n|---|---|\n| Add a test | cooking |\n").actions

    assert (action.status, action.status_text) == (None, "cooking")


@pytest.mark.parametrize(
    ("refs", "tickets"),
    [
        pytest.param(("A1", "A2"), [None, None], id="the items' own numbers"),
        pytest.param(("HR-77", "SHOP-411"), ["HR-77", "SHOP-411"], id="tickets, one of them short"),
    ],
)
def test_what_stands_under_ref(refs: tuple[str, str], tickets: list[str | None]) -> None:
    rows = "".join(f"| Add an index | {ref} | Ana |\n" for ref in refs)
    doc = read("## Actions\n\n| Action | Ref | Owner |\n|--|--|--|\n" + rows)

    assert tickets == [action.ticket and action.ticket.value for action in doc.actions]


@pytest.mark.parametrize(
    ("owner", "owners"),
    [
        pytest.param("Ann, Bo", ("Ann", "Bo"), id="two people"),
        pytest.param("Platform lead, Rhys Bowen", ("Platform lead, Rhys Bowen",), id="an office and its holder"),
    ],
)
def test_who_owns_it(owner: str, owners: tuple[str, ...]) -> None:
    (action,) = read(f"## Actions\n\n| Action | Owner |\n|--|--|\n| Add an index | {owner} |\n").actions

    assert owners == action.owners


def test_prevention_told_beside_a_table_of_actions_explains_it() -> None:
    doc = read(
        "## Actions\n\n| Action | Owner |\n|--|--|\n| Check the table | Ana |\n\n"
        "## Prevention\n\nThe check becomes part of the standard for all data, and will be applied elsewhere.\n"
    )

    assert [action.text for action in doc.actions] == ["Check the table"]


def test_a_bracket_within_a_name_ends_no_value() -> None:
    (action,) = read("## Actions\n\n### C1 Compare names\n\n- **Who:** Ana Ruiz (data)\n- **By:** 2026-03-28\n").actions

    assert (action.owner and action.owner.value, action.due and action.due.value) == (
        "Ana Ruiz (data)",
        date(2026, 3, 28),
    )
