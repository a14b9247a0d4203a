"""Whole documents through the real command: what is found, what is left in peace, and how each is read."""

import datetime
import os
from pathlib import Path

import pytest
from tests.golden.fixtures import FOLDER, Fixture, check, facts, findings, fixtures

from pmlint.rules.catalogue import catalogue

EXPECTED = Path(__file__).parent / "expected"
FIXTURES = fixtures()
RULES = catalogue()

every_fixture = pytest.mark.parametrize("fixture", FIXTURES, ids=[fixture.name for fixture in FIXTURES])


def test_every_document_says_what_is_expected_of_it() -> None:
    documents = {path.relative_to(FOLDER).as_posix() for path in FOLDER.glob("*/*.md")}

    assert documents == {f"{fixture.name}.md" for fixture in FIXTURES}


@every_fixture
def test_what_a_reviewer_would_report_is_found(fixture: Fixture) -> None:
    found = findings(fixture)
    missed = [
        place
        for place in fixture.expected
        if place.rule in RULES and not any(rule == place.rule and place.line in (None, line) for rule, line in found)
    ]

    assert missed == []


@every_fixture
def test_what_is_innocent_is_left_in_peace(fixture: Fixture) -> None:
    traps = {(place.rule, place.line) for place in fixture.innocent}
    accused = [(rule, line) for rule, line in findings(fixture) if rule in fixture.silent or (rule, line) in traps]

    assert accused == []


@every_fixture
def test_it_is_read_as_a_reader_reads_it(fixture: Fixture) -> None:
    if not fixture.facts:
        pytest.skip("its expectations name no facts")
    read = facts(fixture)
    at_least = fixture.facts.get("factors_at_least", 0)
    asked = {name: value for name, value in fixture.facts.items() if name != "factors_at_least"}

    assert {name: plain(value) for name, value in asked.items()} == {name: read[name] for name in asked}
    assert read["factors"] >= at_least


def plain(value: object) -> object:
    """A date as JSON has it."""
    return value.isoformat() if isinstance(value, datetime.date) else value


@pytest.mark.parametrize("fixture", [f for f in FIXTURES if f.group == "good"], ids=lambda fixture: fixture.name)
def test_a_good_document_passes_the_gate(fixture: Fixture) -> None:
    code, output = check(fixture, "concise")

    assert code == 0, output


@every_fixture
def test_everything_that_is_said_about_it(fixture: Fixture) -> None:
    """The whole answer, so that a change of it is seen and read; `PMLINT_UPDATE=1` writes it anew."""
    _, actual = check(fixture, "concise")
    file = EXPECTED / f"{fixture.name}.txt"
    if os.environ.get("PMLINT_UPDATE"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(actual, encoding="utf-8")

    assert file.read_text(encoding="utf-8") == actual
