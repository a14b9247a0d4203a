"""What a template leaves behind, and what only looks like it."""

from dataclasses import replace

import pytest

from pmlint.document.parse import parse
from pmlint.rules.examples import run_one
from pmlint.rules.structure_placeholders import unfilled_placeholder

OPENING = "# Search was down\n\n## Summary\n\n"


def left_in(text: str) -> list[str]:
    whole = OPENING + text + "\n"
    return [whole[slice(*problem.span)] for problem in run_one(unfilled_placeholder, whole)]


@pytest.mark.parametrize(
    "placeholder",
    [
        "<name>",
        r"\<name>",
        r"\<concrete; e.g. 1,234 orders failed>",
        "&lt;ticket-id&gt;",
        "<link to dashboard>",
        "<INCIDENT-TITLE>",
        "[TIME]",
        "[Name(s)]",
        "[Action 1]",
        "[2-3 sentence summary of incident, impact, and resolution]",
        "[Describe the impact]",
        "[Incident Date]",
        "YYYY-MM-DD",
        "YYYY-MM-DD HH:MM",
        "DD/MM/YYYY",
        "20XX-MM-DD",
        "HH:MM",
        "INC-YYYY-MM-DD-NNN",
        "INC-XXXX",
        "{{incident_id}}",
        "{{ severity }}",
        "{incident_name}",
        "TBD",
        "TODO",
        "???",
        "Lorem ipsum dolor sit amet",
    ],
)
def test_placeholder(placeholder: str) -> None:
    assert left_in(f"Owner: {placeholder}") == [placeholder]


@pytest.mark.parametrize(
    ("line", "placeholder"),
    [
        ("**Severity:** P0 | P1 | P2", "P0 | P1 | P2"),
        ("- Severity: SEV1/SEV2/SEV3", "SEV1/SEV2/SEV3"),
        ("**Status:** Draft | Review | Published", "Draft | Review | Published"),
        ("- Duration: [X] minutes", "[X]"),
        ("Affected: XX% of users", "XX"),
        ("Users affected: ??", "??"),
        ("Time to recovery: ZZZ", "ZZZ"),
        ("- [TIME]: alert fires", "[TIME]"),
        ("## TBD\n", "TBD"),
        ("Delete this section when done", "Delete this section"),
        ("_Describe what happened._", "Describe what happened."),
    ],
    ids=lambda value: value.strip(),
)
def test_placeholder_in_its_place(line: str, placeholder: str) -> None:
    assert left_in(line) == [placeholder]


@pytest.mark.parametrize(
    "text",
    [
        "`<name>` and `TBD` and `HH:MM`",
        "```\nkubectl get pod <name>\n# TODO\n```",
        'The page said "TBD" for an hour.',
        "Use `List<name>` or Map<name, id>.",
        "<div><b>bold</b><br></div>",
        "<details><summary>More</summary>text</details>",
        "<title>Search</title>",
        "<https://example.org> and <ana@example.org>",
        "It fell to <5 % and stayed > 3 %.",
        "[10:02] the alert fires",
        "[the runbook](https://example.org/TIME) and [name](#name)",
        "[link]\n\n[link]: https://example.org",
        "[name][1]\n\n[1]: https://example.org",
        "See footnote[^1].\n\n[^1]: here",
        "- [x] done\n- [ ] open",
        "[SEV1] it was down",
        "Duration (hh:mm): 04:25",
        "[RESOLVED] it is over; [WIP] branch; [sic]; [CDP-2437]",
        "[[PM-2026-031]] carried it over.",
        "All P0/P1 incidents page; P1 or P2.",
        "Severity: P1/SEV2 at the time",
        "Stamps are in the format HH:MM.",
        "The TODO list was long, and all todo items are done.",
        "Why did it stop??? Nobody knew.",
        "{{< figure src=x.png >}} and {{ site.url }} and {{% note %}}",
        "${{ github.event.issue.title }} was injected",
        "14:32 <nick> is it down?",
        "Status: unknown. Impact: none. Owner: not assigned.",
        "An XXL node, XML and 10x traffic.",
        "The yyyy part of the parser was wrong",
    ],
)
def test_innocent(text: str) -> None:
    assert left_in(text) == []


def test_todo_is_the_status_of_an_action() -> None:
    text = "\n## Action items\n\n- TODO: add an alert\n\n| Action | Status |\n|---|---|\n| Add a probe | TODO |\n"

    assert left_in(text) == []


def test_a_part_that_an_action_lacks_is_said_by_the_rules_of_actions() -> None:
    head = "\n## Action items\n\n| Action | Owner | Due |\n|---|---|---|\n"
    text = head + "| Add a probe | Ada | TBC |\n| Add an alert | TBD | |\n"

    assert left_in(text) == []


def test_a_bracket_says_what_an_entry_marks() -> None:
    head = "\n## Timeline\n\n"
    text = head
    text += "- 02:09 UTC: the name servers answer with the new record **&lt;START OF OUTAGE&gt;**\n"
    text += "- 02:14 UTC: the publisher drops events [START]\n- 02:30 UTC: [Name] restarts it\n- [TIME]: [END]\n"

    assert left_in(text) == ["[Name]", "[TIME]", "[END]"]


def test_many_are_one_finding_with_a_count() -> None:
    text = OPENING + "".join(f"Field {number}: TBD\n\n" for number in range(5))
    (problem,) = run_one(unfilled_placeholder, text)

    assert problem.message == '5 placeholders are left in, the first is "TBD"'
    assert [related.message for related in problem.related] == ['"TBD"'] * 4


def test_a_template_is_one_finding_even_without_a_placeholder_that_is_known() -> None:
    doc = replace(parse("# Postmortem template\n\n## Summary\n\n## Impact\n"), is_template=True)

    assert [problem.message for problem in unfilled_placeholder.run(doc, {})] == [
        "this is a template that nobody has filled in yet"
    ]


def test_guidance_in_comments_is_mentioned_once_and_softly() -> None:
    text = OPENING + "It was down.\n\n<!-- Describe the impact here. -->\n\n<!-- How many users were hit? -->\n"
    (problem,) = run_one(unfilled_placeholder, text)

    assert (str(problem.level), problem.message) == (
        "info",
        'the template\'s guidance "Describe the impact here." and 1 more is left in a comment',
    )


def test_comments_to_tools_and_colleagues_are_no_guidance() -> None:
    assert left_in("<!-- markdownlint-disable MD013 -->\n\n<!-- pmlint ignore TBD -->\n\n<!-- Ana: checked -->") == []
