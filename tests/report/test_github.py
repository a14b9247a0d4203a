"""Workflow commands as GitHub's runner reads them."""

import pytest
from msgspec.structs import replace
from tests.report.sample import CHECKOUT, RULES, RUN

from pmlint.engine.finding import Checked, Finding, Run
from pmlint.report import Style, reporter
from pmlint.rules.problem import Level
from pmlint.source import Position

FINDING = replace(CHECKOUT.findings[3], path="a.md", help="")


def annotate(finding: Finding) -> str:
    document = Checked(finding.path, "postmortem", "standard", "", (finding,), 50)
    return reporter("github")(Run("1", (document,)), RULES, style=Style()).splitlines()[0]


@pytest.mark.parametrize(
    ("finding", "expected"),
    [
        pytest.param(
            FINDING,
            "::warning file=a.md,line=3,endLine=3,col=1,endColumn=11,title=pmlint%3A vague-quantity::"
            "“Some users” is no number",
            id="one line",
        ),
        pytest.param(
            replace(FINDING, end=Position(5, 2)),
            "::warning file=a.md,line=3,endLine=5,title=pmlint%3A vague-quantity::“Some users” is no number",
            id="several lines have no columns",
        ),
        pytest.param(
            replace(FINDING, message="100 % of a:b, c", help="two\nlines"),
            "::warning file=a.md,line=3,endLine=3,col=1,endColumn=11,title=pmlint%3A vague-quantity::"
            "100 %25 of a:b, c%0Atwo lines",
            id="message with per cent, help below it",
        ),
        pytest.param(
            replace(FINDING, path="./a,b:c%\n::error::.md", level=Level.INFO),
            "::notice file=a%2Cb%3Ac%25\\x0a%3A%3Aerror%3A%3A.md,line=3,endLine=3,col=1,endColumn=11,"
            "title=pmlint%3A vague-quantity::“Some users” is no number",
            id="a path that tries to be a command",
        ),
    ],
)
def test_annotation(finding: Finding, expected: str) -> None:
    assert expected == annotate(finding)


def test_the_gravest_come_first() -> None:
    kinds = [row.split()[0] for row in reporter("github")(RUN, RULES, style=Style()).splitlines()[2:-1]]

    assert kinds == ["::error"] * 5 + ["::warning"] * 7 + ["::notice"]


def test_more_than_github_shows() -> None:
    document = Checked("a.md", "postmortem", "standard", "", (FINDING,) * 11, 50)

    assert reporter("github")(Run("1", (document,)), RULES, style=Style()).splitlines()[-2:] == [
        "GitHub shows 10 annotations of a kind; the job summary has all findings",
        "11 warnings in 1 document",
    ]
