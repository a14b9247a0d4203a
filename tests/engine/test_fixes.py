"""The fixes of the catalogue, as they are made in whole documents."""

from datetime import date

import pytest
from _pytest.mark import ParameterSet

import pmlint
from pmlint.rules.catalogue import catalogue
from pmlint.rules.rule import Example, Rule

# So that a fragment is taken for a document of an incident.
REST = (
    "\n## Impact\n\n3,100 searches failed.\n\n## Root cause\n\nThe index was deleted.\n\n"
    "## Timeline\n\n- 2026-02-04 10:02 UTC: searches fail\n"
)


def settings(*rules: str, **more: object) -> pmlint.Settings:
    return pmlint.Settings(select=rules, profile="standard", today=date(2026, 3, 1), **more)  # type: ignore[arg-type]


def examples() -> list[ParameterSet]:
    return [
        pytest.param(rule, example, id=f"{rule.name}-{number}")
        for rule in catalogue().values()
        for number, example in enumerate(rule.bad, start=1)
        if example.fixed is not None
    ]


@pytest.mark.parametrize(("rule", "example"), examples())
def test_what_an_example_shows_is_done(rule: Rule, example: Example) -> None:
    rest = "" if pmlint.parse(example.text).kind in rule.kinds - {"other"} else REST
    # a suppression is idle only where the rule that it names has run
    chosen = settings(rule.name, "vague-action", **dict(example.options))
    fixed = pmlint.fix(example.text + rest, settings=chosen, unsafe=True)

    assert fixed.text == f"{example.fixed}{rest}"
    assert fixed.left_out == ()


@pytest.mark.parametrize(("rule", "example"), examples())
def test_a_second_time_there_is_nothing_to_do(rule: Rule, example: Example) -> None:
    text = f"{example.fixed}{REST}"

    assert pmlint.fix(text, settings=settings(rule.name, "vague-action"), unsafe=True).text == text


ACTIONS = (
    "# Mail was delayed\n\n## Impact\n\n3,100 mails.\n\n"
    "## Action items\n\n| Action | {} |\n|---|---|\n| Move it | {} |\n"
)
WORDS = [
    ("a status that can only be one", "unknown-action-status", "Status", "In progess", "In progress", True),
    ("a status that may be another", "unknown-action-status", "Status", "Passed", "Paused", False),
    ("a status of the house", "unknown-action-status", "Status", "Parkedd", "Parked", True),
    ("a status set off", "unknown-action-status", "Status", "**Compelted**", "**Completed**", True),
    ("a category", "action-without-category", "Type", "Dectection", "Detection", True),
    ("a category in small letters", "action-without-category", "Type", "mitigatoin", "mitigation", True),
]


@pytest.mark.parametrize(
    ("rule", "column", "before", "after", "safe"), [case[1:] for case in WORDS], ids=[case[0] for case in WORDS]
)
def test_a_word(rule: str, column: str, before: str, after: str, safe: bool) -> None:
    text = ACTIONS.format(column, before)
    known = {"action_statuses": {"blocked": ("parked",)}}

    assert pmlint.fix(text, settings=settings(rule, **known), unsafe=True).text == ACTIONS.format(column, after)
    assert (pmlint.fix(text, settings=settings(rule, **known)).text == text) is not safe


FRONT = [
    ("a colon", "title: Search: down", 'title: "Search: down"'),
    ("quotes in the value", 'title: The "big" one: down', "title: 'The \"big\" one: down'"),
    ("two values", "title: Search: down\nstatus: done: all", 'title: "Search: down"\nstatus: "done: all"'),
    ("a comment", "a: 1 # b\ntitle: Search: down", 'a: 1 # b\ntitle: "Search: down"'),
    ("an item", "tags:\n  - name: a: b", 'tags:\n  - name: "a: b"'),
    ("a list that is not closed", "title: [Search: down", "title: [Search: down"),
    ("a tab", "title:\n\tSearch: down", "title:\n\tSearch: down"),
]


@pytest.mark.parametrize(("before", "after"), [case[1:] for case in FRONT], ids=[case[0] for case in FRONT])
@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["unix", "windows"])
def test_front_matter(before: str, after: str, ending: str) -> None:
    text = f"---\n{before}\n---\n\n# Search was down\n{REST}".replace("\n", ending)

    assert pmlint.fix(text, settings=settings("invalid-front-matter")).text == text.replace(
        before.replace("\n", ending), after.replace("\n", ending)
    )


def test_sections_are_added_one_after_the_other() -> None:
    text = "# Search was down\n\n## Summary\n\nIt was.\n\n## Timeline\n\n" + "".join(
        f"- 2026-02-04 10:0{minute} UTC: searches fail\n" for minute in range(4)
    )
    fixed = pmlint.fix(text, settings=settings("missing-section", "unfilled-placeholder"), unsafe=True)
    headings = [line for line in fixed.text.splitlines() if line.startswith("## ")]

    assert headings == ["## Summary", "## Impact", "## Timeline", "## Contributing factors", "## Action items"]
    assert {finding.rule for finding in fixed.checked.findings} == {"unfilled-placeholder"}
    assert len(fixed.applied) == 3


def test_a_document_is_not_made_a_template() -> None:
    """A template is asked for less: sections without an answer must not open the gate."""
    text = "# Search was down\n\n## Impact\n\n3,100 searches failed.\n\n## Lessons learned\n\n- Indexes age.\n"
    fixed = pmlint.fix(text, settings=settings("missing-section", "unfilled-placeholder"), unsafe=True)

    assert {left.reason for left in fixed.left_out} == {
        "the document would be taken for another sort of document, and be asked for less"
    }
    assert "missing-section" in {finding.rule for finding in fixed.checked.findings}


def test_a_suppression_loses_only_the_name_that_is_idle() -> None:
    text = "# Mail was delayed\n{}\n## Action items\n\n<!-- pmlint ignore {} -- known -->\n- Improve monitoring\n"
    text = text.replace("{}", REST, 1)
    before = text.format("exhortation, vague-action, secret-in-document")
    fixed = pmlint.fix(before, settings=settings("vague-action", "exhortation", "unused-suppression"))

    assert fixed.text == text.format("vague-action, secret-in-document")
