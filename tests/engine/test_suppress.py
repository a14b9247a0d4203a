"""What an author may silence in a document, how far it reaches, and what is said about it."""

from dataclasses import replace
from datetime import date

import pytest
from tests.engine.hand_rules import hand_rules

from pmlint.engine.check import check_text
from pmlint.engine.settings import Settings
from pmlint.rules.catalogue import catalogue
from pmlint.rules.problem import Confidence, Level

SETTINGS = Settings(
    today=date(2026, 3, 1),
    select=("says-oops", "says-hmm", "tool"),
    min_confidence=Confidence.LOW,
)

HEAD = """# Checkout was down for 12 minutes

## Impact

3,100 payments failed on 2026-02-03 from 10:02 to 10:14 UTC.

## Timeline

- 10:02 UTC: alert fires
- 10:14 UTC: rolled back

## Root cause

"""


def found(body: str, settings: Settings = SETTINGS) -> list[str]:
    """Line, rule and words of what is reported below the head."""
    checked = check_text(HEAD + body, "a.md", settings, hand_rules())
    first = HEAD.count("\n")
    return [f"{finding.start.line - first} {finding.rule} {finding.excerpt}" for finding in checked.findings]


CASES = [
    ("nothing", "oops\n\nhmm\n", ["1 says-oops oops", "3 says-hmm hmm"]),
    ("next block", "<!-- pmlint ignore says-oops -- known -->\noops oops\n\noops\n", ["4 says-oops oops"]),
    ("next block after a gap", "<!-- pmlint ignore says-oops -- known -->\n\noops\n\noops\n", ["5 says-oops oops"]),
    ("this block", "oops <!-- pmlint ignore says-oops -- known --> oops\n\noops\n", ["3 says-oops oops"]),
    (
        "this item",
        "- oops <!-- pmlint ignore says-oops -- known -->\n- oops\n",
        ["2 says-oops oops"],
    ),
    (
        "this item, which ends in a link",
        "- oops [it](b) <!-- pmlint ignore says-oops -- known -->\n- oops\n",
        ["2 says-oops oops"],
    ),
    (
        "this item, which ends in code and another comment",
        "- fine\n- oops `it` <!-- see --> <!-- pmlint ignore says-oops -- known -->\n- oops\n",
        ["3 says-oops oops"],
    ),
    (
        "this paragraph, which ends in an address",
        "oops <https://a.b> <!-- pmlint ignore says-oops -- known -->\n\noops\n",
        ["3 says-oops oops"],
    ),
    (
        "an item with what is below it",
        "- oops <!-- pmlint ignore says-oops -- known -->\n  - oops\n- oops\n",
        ["3 says-oops oops"],
    ),
    (
        "a nested item only",
        "- oops\n  - oops <!-- pmlint ignore says-oops -- known -->\n- oops\n",
        ["1 says-oops oops", "3 says-oops oops"],
    ),
    (
        "the next item",
        "- oops\n<!-- pmlint ignore says-oops -- known -->\n- oops\n- oops\n",
        ["1 says-oops oops", "4 says-oops oops"],
    ),
    (
        "this row",
        "| a | b |\n|---|---|\n| oops | <!-- pmlint ignore says-oops -- known --> |\n| oops | |\n",
        ["4 says-oops oops"],
    ),
    ("the whole table", "<!-- pmlint ignore says-oops -- x -->\n| a |\n|---|\n| oops |\n| oops |\n", []),
    ("a heading", "<!-- pmlint ignore says-oops -- known -->\n### oops\n\noops\n", ["4 says-oops oops"]),
    ("the last block of all", "oops\n\n<!-- pmlint ignore says-oops -- known -->\n", []),
    ("two rules", "<!-- pmlint ignore says-oops, says-hmm -- known -->\noops hmm\n", []),
    ("two comments", "<!-- pmlint ignore says-oops -- a -->\n<!-- pmlint ignore says-hmm -- b -->\noops hmm\n", []),
    ("a family", "<!-- pmlint ignore causes -- known -->\noops hmm\n", ["2 says-hmm hmm"]),
    ("everything", "<!-- pmlint ignore -- known -->\noops hmm\n", []),
    ("another rule", "<!-- pmlint ignore says-hmm -- known -->\noops hmm\n", ["2 says-oops oops"]),
    (
        "from start to end",
        "<!-- pmlint ignore-start says-oops -- a -->\noops\n\noops\n<!-- pmlint ignore-end -->\n\noops\n",
        ["7 says-oops oops"],
    ),
    ("without an end", "oops\n\n<!-- pmlint ignore-start says-oops -- a -->\n\noops\n\noops\n", ["1 says-oops oops"]),
    (
        "one inside another",
        "<!-- pmlint ignore-start says-oops -- a -->\n<!-- pmlint ignore-start says-hmm -- a -->\noops hmm\n"
        "<!-- pmlint ignore-end says-oops -->\n\noops hmm\n<!-- pmlint ignore-end -->\n\nhmm\n",
        ["6 says-oops oops", "9 says-hmm hmm"],
    ),
    (
        "an end alone",
        "oops\n\n<!-- pmlint ignore-end -->\n",
        ["1 says-oops oops", "3 unused-suppression <!-- pmlint ignore-end -->"],
    ),
    ("the whole file", "oops hmm\n\n<!-- pmlint ignore-file says-oops -- known -->\n", ["1 says-hmm hmm"]),
    ("one match only", '<!-- pmlint ignore says-oops "oops" -- a -->\noops oops\n', ["2 says-oops oops"]),
    (
        "one match further down",
        'hmm\n\n<!-- pmlint ignore says-oops "OOPS" -- a -->\nhmm\n\noops\n',
        ["1 says-hmm hmm", "4 says-hmm hmm"],
    ),
    (
        "no such match",
        '<!-- pmlint ignore says-oops "ouch" -- a -->\noops\n',
        ["1 unused-suppression says-oops", "2 says-oops oops"],
    ),
    ("until a day to come", "<!-- pmlint ignore says-oops until=2026-12-31 -- later -->\noops\n", []),
    ("until today", "<!-- pmlint ignore says-oops until=2026-03-01 -- later -->\noops\n", []),
    (
        "until a day gone by",
        "<!-- pmlint ignore says-oops until=2026-02-28 -- later -->\noops\n",
        ["1 expired-suppression ignore", "2 says-oops oops"],
    ),
    ("until after the reason", "<!-- pmlint ignore says-oops -- later until=2026-12-31 -->\noops\n", []),
    (
        "until no day",
        "<!-- pmlint ignore says-oops until=2026-02-30 -- later -->\noops\n",
        ["1 expired-suppression ignore", "2 says-oops oops"],
    ),
    (
        "an unknown rule",
        "<!-- pmlint ignore says-ops -- known -->\noops\n",
        ["1 unknown-suppression says-ops", "2 says-oops oops"],
    ),
    (
        "an unknown instruction",
        "<!-- pmlint ingore says-oops -- known -->\noops\n",
        ["1 unknown-suppression ingore", "2 says-oops oops"],
    ),
    (
        "unused",
        "<!-- pmlint ignore says-oops -- known -->\nfine\n\noops\n",
        ["1 unused-suppression says-oops", "4 says-oops oops"],
    ),
    (
        "unused in part",
        "<!-- pmlint ignore says-oops, says-hmm -- known -->\noops\n",
        ["1 unused-suppression says-hmm"],
    ),
    ("of a rule that did not run", "<!-- pmlint ignore says-well -- known -->\nwell\n", []),
    (
        "unused, and accepted as such",
        "<!-- pmlint ignore-file unused-suppression -- kept for the next edit -->\n"
        "<!-- pmlint ignore says-oops -- known -->\nfine\n",
        [],
    ),
    ("in a fence", "```\n<!-- pmlint ignore says-oops -- known -->\n```\n\noops\n", ["5 says-oops oops"]),
    ("in code", "`<!-- pmlint ignore says-oops -->` oops\n", ["1 says-oops oops"]),
    ("in a quote", "> <!-- pmlint ignore says-oops -- known -->\n> oops\n\noops\n", ["4 says-oops oops"]),
    ("with a colon", "<!-- pmlint: ignore says-oops -- known -->\noops\n", []),
    ("with a dash of a word processor", "<!-- pmlint ignore says-oops — known -->\noops\n", []),
    (
        "with a reason that names rules",
        "<!-- pmlint ignore says-oops -- says-hmm stays -->\noops hmm\n",
        ["2 says-hmm hmm"],
    ),
    ("on two lines", "<!-- pmlint ignore says-oops\n-- it was said in the call -->\noops\n", []),
    ("[sic] after words of language", "The note said hmm [sic] and went on.\n", []),
    ("[sic] after quoted words", 'The note said "hmm" [sic].\n', []),
    ("[sic] elsewhere", "hmm, the note said [sic].\n", ["1 says-hmm hmm"]),
    ("[sic] after words of another family", "oops [sic]\n", ["1 says-oops oops"]),
]


@pytest.mark.parametrize(("body", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_suppression(body: str, expected: list[str]) -> None:
    assert found(body) == expected


OPENINGS = [
    ("nothing before it", "", []),
    ("a comment", "<!-- see the wiki -->\n\n", []),
    ("front matter", "---\nteam: search\n---\n\n", []),
    ("text", "Draft.\n\n", ["1 missing-title ", "3 unused-suppression missing-title"]),
]


@pytest.mark.parametrize(("before", "expected"), [case[1:] for case in OPENINGS], ids=[case[0] for case in OPENINGS])
def test_what_a_document_without_a_title_lacks_is_suppressed_at_its_top(before: str, expected: list[str]) -> None:
    untitled = HEAD[HEAD.index("## Impact") :]
    text = f"{before}<!-- pmlint ignore missing-title -- as it was -->\n{untitled}"
    settings = replace(SETTINGS, select=("missing-title", "unused-suppression"))
    checked = check_text(text, "a.md", settings, catalogue())

    assert [f"{finding.start.line} {finding.rule} {finding.excerpt}" for finding in checked.findings] == expected


def test_a_reason_may_be_demanded() -> None:
    settings = Settings(
        today=SETTINGS.today, select=("says-oops",), levels={"suppression-without-reason": Level.WARNING}
    )
    body = "<!-- pmlint ignore says-oops -->\noops\n\n<!-- pmlint ignore says-oops -- known -->\noops\n"

    assert found(body, settings) == ["1 suppression-without-reason ignore"]


def test_what_is_suppressed_is_counted() -> None:
    checked = check_text(
        HEAD + "<!-- pmlint ignore-file says-oops -- x -->\n\noops oops hmm\n", "a.md", SETTINGS, hand_rules()
    )

    assert checked.suppressed == 2


def test_a_near_match_is_offered() -> None:
    text = HEAD + "<!-- pmlint ignore says-ops -- known -->\nfine\n"
    checked = check_text(text, "a.md", SETTINGS, hand_rules())

    assert [finding.message for finding in checked.findings] == [
        "'says-ops' is no rule or family; did you mean 'says-oops'?"
    ]
