"""The JSON output keeps its contract."""

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from tests.report.sample import CLEAN_RUN, NO_DOCUMENTS, RULES, RUN

from pmlint.engine.finding import Run
from pmlint.report import Style, reporter
from pmlint.report.schema import schema

RUNS = {"everything": RUN, "clean": CLEAN_RUN, "no documents": NO_DOCUMENTS}


def read(name: str, run: Run) -> Any:
    return json.loads(reporter(name)(run, RULES, style=Style()))


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("title", RUNS)
def test_output_satisfies_the_schema(title: str) -> None:
    validator = Draft202012Validator(schema())

    assert [error.message for error in validator.iter_errors(read("json", RUNS[title]))] == []


def test_the_schema_refuses_what_it_does_not_know() -> None:
    output = read("json", RUN)
    output["findings"][0]["severity"] = "error"
    del output["findings"][1]["fix"]
    output["findings"][2]["line"] = 0
    errors = Draft202012Validator(schema()).iter_errors(output)

    assert sorted((list(error.absolute_path) for error in errors), key=str) == [
        ["findings", 0],
        ["findings", 1],
        ["findings", 2, "line"],
    ]


def test_a_finding() -> None:
    assert read("json", RUN)["findings"][2] == {
        "rule": "ambiguous-date",
        "family": "structure",
        "level": "warning",
        "confidence": "high",
        "path": "docs/pm/100% café.md",
        "line": 1,
        "column": 26,
        "end_line": 1,
        "end_column": 36,
        "message": "“03/04/2026” is 3 April or 4 March",
        "help": "the date as 2026-04-03",
        "excerpt": "03/04/2026",
        "fix": {
            "title": "write the date as 2026-04-03",
            "safe": False,
            "edits": [{"start_line": 1, "start_column": 26, "end_line": 1, "end_column": 36, "text": "2026-04-03"}],
        },
        "related": [],
        "fingerprint": "0e00190a22",
    }


def test_the_summary() -> None:
    assert read("json", RUN)["summary"] == {
        "documents": 4,
        "documents_with_findings": 3,
        "findings": 13,
        "errors": 5,
        "warnings": 7,
        "infos": 1,
        "suppressed": 2,
        "baselined": 0,
        "unchanged": 0,
        "fixed": 0,
        "fixable": 1,
        "crashes": 1,
        "lowest_score": 41,
        "mean_score": 73,
        "rules": {
            "vague-quantity": 6,
            "missing-section": 3,
            "event-out-of-order": 2,
            "ambiguous-date": 1,
            "secret-in-document": 1,
        },
    }


def test_lines_of_json_say_the_same_as_one_object() -> None:
    whole = read("json", RUN)
    lines = reporter("jsonl")(RUN, RULES, style=Style()).splitlines()
    records = [json.loads(line) for line in lines]
    by_kind: dict[str, list[Any]] = {}
    for record in records:
        by_kind.setdefault(record.pop("record"), []).append(record)

    assert {
        "document": whole["documents"],
        "finding": whole["findings"],
        "crash": whole["crashes"],
        "warning": [{"message": warning} for warning in whole["warnings"]],
        "summary": [{"version": whole["version"], **whole["summary"]}],
    } == by_kind
