"""One module for each output format; each turns a finished run into text, part by part."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Protocol, cast

from pmlint.engine.finding import Run
from pmlint.report.rule_info import RuleInfo
from pmlint.report.style import Style

FORMATS: Mapping[str, str] = {
    "text": "pmlint.report.text:parts",
    "concise": "pmlint.report.concise:parts",
    "grouped": "pmlint.report.grouped:parts",
    "json": "pmlint.report.json:parts",
    "jsonl": "pmlint.report.jsonl:parts",
    "sarif": "pmlint.report.sarif:parts",
    "github": "pmlint.report.github:parts",
    "gitlab": "pmlint.report.gitlab:parts",
    "junit": "pmlint.report.junit:parts",
    "rdjson": "pmlint.report.rdjson:parts",
    "checkstyle": "pmlint.report.checkstyle:parts",
    "markdown": "pmlint.report.markdown:parts",
    "html": "pmlint.report.html:parts",
}
"""Each format's name and where its function is; a format is imported only when it is asked for."""

SHOW_TEXT = frozenset({"html"})
"""Formats that show whole documents; `pmlint.engine.shown` adds their text to a run."""


class Report(Protocol):
    """How a run becomes text; it ends in a newline, unless it is empty."""

    def __call__(self, run: Run, rules: Mapping[str, RuleInfo], *, style: Style) -> str: ...


class Parts(Protocol):
    """How a run becomes text part by part, so that the text of many documents need never be there as a whole."""

    def __call__(self, run: Run, rules: Mapping[str, RuleInfo], *, style: Style) -> Iterator[str]: ...


def parts_of(name: str) -> Parts:
    """The function for a format of `FORMATS`; `KeyError` where there is none of that name."""
    module, _, function = FORMATS[name].partition(":")
    return cast("Parts", getattr(import_module(module), function))


def reporter(name: str) -> Report:
    """As `parts_of`, for the whole text."""
    parts = parts_of(name)
    return lambda run, rules, *, style: "".join(parts(run, rules, style=style))


__all__ = ["FORMATS", "SHOW_TEXT", "Parts", "Report", "RuleInfo", "Style", "parts_of", "reporter"]
