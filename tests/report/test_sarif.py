"""SARIF as code scanning takes it: every property known, every reference kept."""

import json
from dataclasses import replace
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from msgspec import structs
from tests.report.sample import CLEAN_RUN, NO_DOCUMENTS, RULES, RUN, WIDE

from pmlint.engine.finding import Run
from pmlint.report import Style, reporter

RUNS = {"everything": RUN, "clean": CLEAN_RUN, "no documents": NO_DOCUMENTS}


def closed(required: dict[str, Any], optional: dict[str, Any] | None = None) -> dict[str, Any]:
    """An object that has all of `required` and nothing beyond `optional`."""
    return {
        "type": "object",
        "properties": required | (optional or {}),
        "required": list(required),
        "additionalProperties": False,
    }


def some(item: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": item}


# The part of SARIF 2.1.0 that is written, more narrowly than the standard says it: names are the standard's, and what
# GitHub asks for is required.
TEXT = {"type": "string", "minLength": 1}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
MESSAGE = closed({"text": TEXT})
SHORT = closed({"text": {**TEXT, "maxLength": 1024}})
ONE = {"type": "integer", "minimum": 1}
REGION = closed({"startLine": ONE, "startColumn": ONE, "endLine": ONE, "endColumn": ONE})
URI = {"type": "string", "pattern": r"^([A-Za-z0-9._~/-]|%[0-9A-F]{2})+$"}
ARTIFACT = closed({"uri": URI})
LOCATION = closed({"physicalLocation": closed({"artifactLocation": ARTIFACT, "region": REGION})})
RELATED = closed({"id": ONE, "physicalLocation": LOCATION["properties"]["physicalLocation"]}, {"message": MESSAGE})
RULE = closed(
    {
        "id": {"type": "string", "pattern": "^[a-z0-9-]+$"},
        "shortDescription": SHORT,
        "fullDescription": SHORT,
        "help": closed({"text": TEXT, "markdown": TEXT}),
        "defaultConfiguration": closed({"level": LEVEL, "enabled": {"type": "boolean"}}),
        "properties": closed(
            {
                "tags": {**some(TEXT), "maxItems": 20, "uniqueItems": True},
                "precision": {"enum": ["very-high", "high", "medium", "low"]},
                "problem.severity": {"enum": ["error", "warning", "recommendation"]},
            }
        ),
    },
    {"helpUri": {"type": "string", "pattern": "^https://"}},
)
CHANGE = closed(
    {
        "artifactLocation": ARTIFACT,
        "replacements": {
            **some(closed({"deletedRegion": REGION, "insertedContent": closed({"text": {"type": "string"}})})),
            "minItems": 1,
        },
    }
)
RESULT = closed(
    {
        "ruleId": TEXT,
        "ruleIndex": {"type": "integer", "minimum": 0},
        "level": LEVEL,
        "message": MESSAGE,
        "locations": {**some(LOCATION), "minItems": 1, "maxItems": 1},
        "partialFingerprints": {"type": "object", "additionalProperties": TEXT, "minProperties": 1},
        "properties": closed({"family": TEXT, "confidence": TEXT}),
    },
    {
        "relatedLocations": {**some(RELATED), "minItems": 1},
        "fixes": some(closed({"description": MESSAGE, "artifactChanges": {**some(CHANGE), "minItems": 1}})),
    },
)
NOTIFICATION = closed(
    {"level": LEVEL, "message": MESSAGE},
    {
        "associatedRule": closed({"id": TEXT}),
        "locations": some(closed({"physicalLocation": closed({"artifactLocation": ARTIFACT})})),
    },
)
DOCUMENT = closed(
    {
        "location": ARTIFACT,
        "properties": closed(
            {
                "kind": TEXT,
                "profile": TEXT,
                "score": {"type": ["integer", "null"]},
                "scores": {"type": "object"},
            }
        ),
    }
)
LOG = closed(
    {
        "$schema": {"type": "string", "pattern": r"^https://.*sarif-schema-2\.1\.0\.json$"},
        "version": {"const": "2.1.0"},
        "runs": {
            **some(
                closed(
                    {
                        "tool": closed(
                            {"driver": closed({"name": {"const": "pmlint"}, "version": TEXT, "rules": some(RULE)})}
                        ),
                        "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                        "invocations": some(
                            closed(
                                {
                                    "executionSuccessful": {"type": "boolean"},
                                    "toolExecutionNotifications": some(NOTIFICATION),
                                }
                            )
                        ),
                        "artifacts": some(DOCUMENT),
                        "results": some(RESULT),
                    }
                )
            ),
            "minItems": 1,
            "maxItems": 1,
        },
    }
)


def read(run: Run) -> Any:
    return json.loads(reporter("sarif")(run, RULES, style=Style()))


@pytest.mark.parametrize("title", RUNS)
def test_only_what_the_standard_knows(title: str) -> None:
    errors = Draft202012Validator(LOG).iter_errors(read(RUNS[title]))

    assert [(error.json_path, error.message) for error in errors] == []


def test_each_result_names_its_rule_twice_alike() -> None:
    (run,) = read(RUN)["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]

    assert [finding.rule for finding in RUN.findings] == [rules[result["ruleIndex"]] for result in run["results"]]
    assert [finding.rule for finding in RUN.findings] == [result["ruleId"] for result in run["results"]]
    assert sorted(set(rules)) == rules


def test_columns_count_code_points() -> None:
    (run,) = read(RUN)["runs"]
    region = run["results"][10]["locations"][0]["physicalLocation"]["region"]
    line = WIDE.text.splitlines()[region["startLine"] - 1]

    assert run["columnKind"] == "unicodeCodePoints"
    assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == "一部のユーザー\u202eが決済\x1b[31m"


def test_a_fix_is_a_replacement() -> None:
    (run,) = read(RUN)["runs"]

    assert run["results"][2]["fixes"] == [
        {
            "description": {"text": "write the date as 2026-04-03"},
            "artifactChanges": [
                {
                    "artifactLocation": {"uri": "docs/pm/100%25%20caf%C3%A9.md"},
                    "replacements": [
                        {
                            "deletedRegion": {"startLine": 1, "startColumn": 26, "endLine": 1, "endColumn": 36},
                            "insertedContent": {"text": "2026-04-03"},
                        }
                    ],
                }
            ],
        }
    ]


def test_a_crash_is_a_run_that_failed() -> None:
    failed = read(RUN)["runs"][0]["invocations"]
    fine = read(CLEAN_RUN)["runs"][0]["invocations"]

    assert failed == [
        {
            "executionSuccessful": False,
            "toolExecutionNotifications": [
                {
                    "level": "error",
                    "message": {
                        "text": "rule shallow-whys crashed: ZeroDivisionError: division by zero (causes.py:12)"
                    },
                    "associatedRule": {"id": "shallow-whys"},
                    "locations": [{"physicalLocation": {"artifactLocation": {"uri": "docs/pm/100%25%20caf%C3%A9.md"}}}],
                },
                {"level": "warning", "message": {"text": "nothing under docs/old is a document"}},
            ],
        }
    ]
    assert fine == [{"executionSuccessful": True, "toolExecutionNotifications": []}]


def test_words_of_a_document_become_no_link() -> None:
    document = replace(
        RUN.documents[0], findings=(structs.replace(RUN.findings[0], message="see [a](https://x.example)", help=""),)
    )
    (result,) = read(Run("1", (document,)))["runs"][0]["results"]

    assert result["message"] == {"text": "see [a] (https://x.example)"}
