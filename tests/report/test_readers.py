"""Reports as those who read them take them: nothing that they do not know, and all that they ask for."""

import json
from collections import Counter
from typing import Any
from xml.etree import ElementTree

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from junitparser import Error, Failure, JUnitXml
from tests.report.sample import CLEAN_RUN, NO_DOCUMENTS, RULES, RUN
from tests.report.test_sarif import closed, some

from pmlint.engine.finding import Run
from pmlint.report import Style, reporter
from pmlint.rules.problem import Level

RUNS = {"everything": RUN, "clean": CLEAN_RUN, "no documents": NO_DOCUMENTS}
every_run = pytest.mark.parametrize("run", RUNS.values(), ids=RUNS)

TEXT = {"type": "string", "minLength": 1}
ONE = {"type": "integer", "minimum": 1}
# services compare it with the paths of a repository
PATH = {"type": "string", "pattern": r"^(?!\./|/)."}

# What reviewdog reads: its names are in its protocol, its columns count bytes from 1.
POSITION = closed({"line": ONE}, {"column": ONE})
RANGE = closed({"start": POSITION, "end": POSITION})
RDJSON = closed(
    {
        "source": closed({"name": {"const": "pmlint"}}, {"url": TEXT}),
        "diagnostics": some(
            closed(
                {
                    "message": TEXT,
                    "location": closed({"path": PATH}, {"range": RANGE}),
                    "severity": {"enum": ["ERROR", "WARNING", "INFO"]},
                    "code": closed({"value": TEXT}, {"url": {"type": "string", "pattern": "^https://"}}),
                },
                {"suggestions": some(closed({"range": RANGE, "text": {"type": "string"}}))},
            )
        ),
    }
)
# What GitLab asks of a tool of one's own.
GITLAB = some(
    closed(
        {
            "description": TEXT,
            "check_name": TEXT,
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": closed({"path": PATH, "lines": closed({"begin": ONE}, {"end": ONE})}),
        }
    )
)
SCHEMAS = {"rdjson": RDJSON, "gitlab": GITLAB}

# Elements, with the attributes that they must and may have and the elements in them.
JUNIT: dict[str, tuple[set[str], set[str], set[str]]] = {
    "testsuites": ({"name", "tests", "failures", "errors"}, set(), {"testsuite"}),
    "testsuite": ({"name", "tests", "failures", "errors"}, set(), {"testcase"}),
    "testcase": ({"classname", "name"}, {"file", "line"}, {"failure", "error", "system-out"}),
    "failure": ({"type", "message"}, set(), set()),
    "error": ({"type", "message"}, set(), set()),
    "system-out": (set(), set(), set()),
}
CHECKSTYLE: dict[str, tuple[set[str], set[str], set[str]]] = {
    "checkstyle": ({"version"}, set(), {"file"}),
    "file": ({"name"}, set(), {"error"}),
    "error": ({"line", "severity", "message", "source"}, {"column"}, set()),
}


def render(name: str, run: Run) -> str:
    return reporter(name)(run, RULES, style=Style())


@every_run
@pytest.mark.parametrize("name", SCHEMAS)
def test_json_that_services_read(name: str, run: Run) -> None:
    errors = Draft202012Validator(SCHEMAS[name]).iter_errors(json.loads(render(name, run)))

    assert [f"{list(error.absolute_path)}: {error.message}" for error in errors] == []


@every_run
@pytest.mark.parametrize(("name", "known"), [("junit", JUNIT), ("checkstyle", CHECKSTYLE)])
def test_xml_that_services_read(name: str, known: dict[str, tuple[set[str], set[str], set[str]]], run: Run) -> None:
    root = ElementTree.fromstring(render(name, run).encode())
    wrong = [
        (element.tag, sorted(element.attrib), [child.tag for child in element])
        for element in root.iter()
        if not (
            known[element.tag][0] <= element.attrib.keys() <= known[element.tag][0] | known[element.tag][1]
            and {child.tag for child in element} <= known[element.tag][2]
        )
    ]

    assert (root.tag, wrong) == (next(iter(known)), [])


def outcome(case: Any) -> str:
    """How a case ended, as a reader of JUnit's files tells it."""
    results: list[object] = list(case.result)
    if any(isinstance(result, Error) for result in results):
        return "error"
    return "failed" if any(isinstance(result, Failure) for result in results) else "passed"


def test_a_reader_of_junit_counts_what_was_found() -> None:
    read = JUnitXml.fromstring(render("junit", RUN).encode())
    outcomes = Counter(outcome(case) for suite in read for case in suite)

    assert outcomes == {
        "failed": sum(finding.level >= Level.WARNING for finding in RUN.findings),
        "error": len(RUN.crashes),
        # those that are only information, and the document in which nothing was found
        "passed": RUN.count(Level.INFO) + 1,
    }
    assert (read.tests, read.failures, read.errors) == (15, 12, 1)


def test_checkstyle_has_levels_that_its_readers_know() -> None:
    root = ElementTree.fromstring(render("checkstyle", RUN).encode())

    assert {error.attrib["severity"] for error in root.iter("error")} <= {"error", "warning", "info", "ignore"}
    assert all(int(error.attrib["line"]) >= 1 for error in root.iter("error"))
