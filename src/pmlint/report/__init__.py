"""One module for each output format; each turns a finished run into text."""

from collections.abc import Mapping
from importlib import import_module
from typing import Protocol, cast

from pmlint.engine.finding import Run
from pmlint.report.rule_info import RuleInfo
from pmlint.report.style import Style

FORMATS: Mapping[str, str] = {
    "text": "pmlint.report.text:render",
    "concise": "pmlint.report.concise:render",
    "grouped": "pmlint.report.grouped:render",
    "json": "pmlint.report.json:render",
    "jsonl": "pmlint.report.jsonl:render",
    "sarif": "pmlint.report.sarif:render",
    "github": "pmlint.report.github:render",
    "gitlab": "pmlint.report.gitlab:render",
    "junit": "pmlint.report.junit:render",
    "rdjson": "pmlint.report.rdjson:render",
    "checkstyle": "pmlint.report.checkstyle:render",
    "markdown": "pmlint.report.markdown:render",
    "html": "pmlint.report.html:render",
}
"""Each format's name and where its function is; a format is imported only when it is asked for."""

SHOW_TEXT = frozenset({"html"})
"""Formats that show whole documents; `pmlint.engine.shown` adds their text to a run."""


class Report(Protocol):
    """How a run becomes text; it ends in a newline, unless it is empty."""

    def __call__(self, run: Run, rules: Mapping[str, RuleInfo], *, style: Style) -> str: ...


def reporter(name: str) -> Report:
    """The function for a format of `FORMATS`; `KeyError` where there is none of that name."""
    module, _, function = FORMATS[name].partition(":")
    return cast("Report", getattr(import_module(module), function))


__all__ = ["FORMATS", "SHOW_TEXT", "Report", "RuleInfo", "Style", "reporter"]
