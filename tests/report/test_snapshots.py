"""Every format, whole, on the same run; `PMLINT_UPDATE=1` writes what is expected anew."""

import os
import re
from pathlib import Path

import pytest
from tests.report.sample import CLEAN_RUN, NO_DOCUMENTS, RULES, RUN

from pmlint.engine.finding import Run
from pmlint.report import FORMATS, Style, reporter
from pmlint.report.github import job_summary

EXPECTED = Path(__file__).parent / "expected"
PLAIN = Style()
STYLES = {
    "colour": Style(colour=True, links=True),
    "narrow": Style(width=60),
    "terminal": Style(colour=True, width=60, terminal=True, symbols=True),
    "ascii": Style(width=120, terminal=True),
}
SUFFIXES = {
    "json": "json",
    "jsonl": "jsonl",
    "sarif": "json",
    "gitlab": "json",
    "rdjson": "json",
    "junit": "xml",
    "checkstyle": "xml",
    "markdown": "md",
    "html": "html",
}


def hold(name: str, actual: str) -> None:
    """Compare with the file `name`; what is the same in every page is left out."""
    file = EXPECTED / name
    if file.suffix == ".html":
        actual = re.sub(r"(?s)<(style|script)>.*?</\1>", r"<\1>…</\1>", actual)
        actual = re.sub(r"'sha256-[^']+'", "'sha256-…'", actual)
    if os.environ.get("PMLINT_UPDATE"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(actual, encoding="utf-8", newline="")

    assert file.read_text(encoding="utf-8") == actual


@pytest.mark.parametrize("name", FORMATS)
def test_a_run_with_everything(name: str) -> None:
    hold(f"{name}.{SUFFIXES.get(name, 'txt')}", reporter(name)(RUN, RULES, style=PLAIN))


@pytest.mark.parametrize(("run", "title"), [(CLEAN_RUN, "clean"), (NO_DOCUMENTS, "no-documents")])
@pytest.mark.parametrize("name", ["text", "concise", "grouped", "json", "github", "junit", "markdown", "html"])
def test_a_run_with_nothing(name: str, run: Run, title: str) -> None:
    hold(f"{name}-{title}.{SUFFIXES.get(name, 'txt')}", reporter(name)(run, RULES, style=PLAIN))


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("name", ["text", "concise", "grouped"])
def test_a_terminal_of_another_kind(name: str, style: str) -> None:
    hold(f"{name}-{style}.txt", reporter(name)(RUN, RULES, style=STYLES[style]))


def test_job_summary() -> None:
    hold("job-summary.md", job_summary(RUN, RULES))


def test_a_job_summary_needs_no_rules() -> None:
    hold("job-summary-without-rules.md", job_summary(RUN))
