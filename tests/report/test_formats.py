"""The table of formats, and what importing it costs."""

import subprocess
import sys

import pytest
from tests.report.sample import RULES, RUN

from pmlint.report import FORMATS, Style, reporter

SLOW = {"pydantic", "markdown_it", "click", "rich", "jinja2", "dateutil", "rapidfuzz", "yaml", "spacy"}


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_can_be_asked_for(name: str) -> None:
    assert reporter(name)(RUN, RULES, style=Style()).endswith("\n")


def test_a_format_that_is_none() -> None:
    with pytest.raises(KeyError, match="yaml"):
        reporter("yaml")


def imported(code: str) -> set[str]:
    """The modules that a fresh interpreter holds after `code`."""
    run = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print(*sys.modules)"], capture_output=True, text=True, check=True
    )
    return set(run.stdout.split())


def test_formats_are_imported_when_they_are_asked_for() -> None:
    modules = imported("import pmlint.report")

    assert set() == {target.partition(":")[0] for target in FORMATS.values()} & modules


def test_no_format_imports_anything_slow() -> None:
    modules = imported("from pmlint.report import FORMATS, reporter; [reporter(name) for name in FORMATS]")

    assert set() == SLOW & modules
