"""What build and review services need beyond well-formed files."""

import json
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import pytest
from msgspec import structs
from tests.report.sample import CHECKOUT, RULES, RUN, find

from pmlint.engine.finding import Checked, Finding, PlacedFix, Run
from pmlint.report import Style, reporter
from pmlint.rules.problem import Edit, Fix
from pmlint.source import Source, Span

SOURCE = Source("決済 some users\nmore\n", "a.md")
WIDE = find(SOURCE, "vague-quantity", "some users", "no number")


def diagnostic(finding: Finding) -> Any:
    run = Run("1", (Checked("a.md", "postmortem", "standard", "", (finding,), 50),))
    (only,) = json.loads(reporter("rdjson")(run, RULES, style=Style()))["diagnostics"]
    return only


def fix(*edits: Edit) -> PlacedFix:
    return PlacedFix.of(Fix(edits, "write it so", safe=True), SOURCE)


@pytest.mark.parametrize(
    ("finding", "expected"),
    [
        pytest.param(WIDE, {"start": {"line": 1, "column": 8}, "end": {"line": 1, "column": 18}}, id="bytes of UTF-8"),
        pytest.param(
            find(SOURCE, "vague-quantity", "users\nmore", ""),
            {"start": {"line": 1, "column": 13}, "end": {"line": 2}},
            id="a line that is not at hand",
        ),
        pytest.param(
            structs.replace(WIDE, excerpt="[secret]", context="決済 [secret] users"),
            {"start": {"line": 1}, "end": {"line": 1}},
            id="a line with a secret replaced",
        ),
        pytest.param(
            structs.replace(WIDE, context="•• some users"),
            {"start": {"line": 1}, "end": {"line": 1}},
            id="a line with a secret of the same length replaced",
        ),
    ],
)
def test_columns_of_reviewdog(finding: Finding, expected: dict[str, Any]) -> None:
    assert expected == diagnostic(finding)["location"]["range"]


def test_a_fix_of_one_edit_is_a_suggestion() -> None:
    assert diagnostic(structs.replace(WIDE, fix=fix(Edit(Span(3, 7), "12"))))["suggestions"] == [
        {"range": {"start": {"line": 1, "column": 8}, "end": {"line": 1, "column": 12}}, "text": "12"}
    ]


@pytest.mark.parametrize(
    "edits",
    [
        pytest.param((Edit(Span(3, 7), "12"), Edit(Span(8, 13), "people")), id="edits that belong together"),
        pytest.param((Edit(Span(14, 18), "less"),), id="an edit on another line"),
    ],
)
def test_other_fixes_are_no_suggestion(edits: tuple[Edit, ...]) -> None:
    assert "suggestions" not in diagnostic(structs.replace(WIDE, fix=fix(*edits)))


def test_fingerprints_differ_between_files() -> None:
    other = replace(
        CHECKOUT,
        path="other.md",
        findings=tuple(structs.replace(finding, path="other.md") for finding in CHECKOUT.findings),
        crashes=tuple(structs.replace(crash, path="other.md") for crash in CHECKOUT.crashes),
    )
    run = Run("1", (CHECKOUT, other))
    entries = json.loads(reporter("gitlab")(run, RULES, style=Style()))

    assert 22 == len(entries) == len({entry["fingerprint"] for entry in entries})


def test_counts_of_junit_are_those_of_its_elements() -> None:
    root = ElementTree.fromstring(reporter("junit")(RUN, RULES, style=Style()).encode())
    counted = {
        kind: len(list(root.iter(tag)))
        for kind, tag in (("tests", "testcase"), ("failures", "failure"), ("errors", "error"))
    }
    suites = {kind: sum(int(suite.attrib[kind]) for suite in root) for kind in counted}

    assert counted == {"tests": 15, "failures": 12, "errors": 1}
    assert counted == suites == {kind: int(root.attrib[kind]) for kind in counted}


def test_checkstyle_has_every_finding_and_crash() -> None:
    root = ElementTree.fromstring(reporter("checkstyle")(RUN, RULES, style=Style()).encode())
    errors = [(file.attrib["name"], error.attrib["message"]) for file in root for error in file]
    expected = [
        (document.path, text)
        for document in RUN.documents
        for text in (
            *(finding.message for finding in document.findings),
            *(f"the rule crashed, a fault of pmlint: {crash.error}" for crash in document.crashes),
        )
    ]
    shown = [
        (path, text.replace("\u202e", r"\u202e").replace("\x1b", r"\x1b").replace("##[", r"\x23#["))
        for path, text in expected
    ]

    assert shown == errors
