"""Comments and summaries stay within what GitHub takes, and readable."""

import re
from dataclasses import replace

import pytest
from msgspec import structs
from tests.report.sample import RULES, find

from pmlint.engine.finding import Checked, Run
from pmlint.report import Style, reporter
from pmlint.report.github import job_summary
from pmlint.report.markdown import compose
from pmlint.rules.problem import Level
from pmlint.source import Source

STYLE = Style()


def big(documents: int, findings: int, *, more: str = "") -> Run:
    """Documents with `findings` findings each, all with messages of their own, which end in `more`."""
    return Run("1", tuple(_document(number, findings, more) for number in range(documents)))


def _document(number: int, findings: int, more: str) -> Checked:
    path = f"docs/{number}.md"
    source = Source("some users\n" * findings, path)
    found = tuple(
        find(source, "vague-quantity", "some users", f"“some users” ({nth}) is no number{more}", nth=nth)
        for nth in range(findings)
    )
    return Checked(path, "postmortem", "standard", "", found, 50)


def told(output: str) -> int:
    """How many findings an output shows or counts."""
    left = re.search(r"… and (\d+) more finding", output)
    return len(re.findall(r"^- lines? ", output, re.MULTILINE)) + (int(left[1]) if left else 0)


def test_two_hundred_findings_are_folded_and_all_there() -> None:
    output = reporter("markdown")(big(10, 20), RULES, style=STYLE)

    assert (told(output), output.count("<details>"), output.count("<details open>")) == (200, 11, 0)
    assert "… and" not in output


def test_a_comment_stays_below_the_limit_and_counts_the_rest() -> None:
    output = reporter("markdown")(big(100, 100), RULES, style=STYLE)

    assert len(output.encode()) < 65_536
    assert told(output) == 10_000


def test_a_job_summary_stays_below_the_limit_and_counts_the_rest() -> None:
    output = job_summary(big(40, 100, more=" 決済" * 100), RULES)

    assert 900_000 < len(output.encode()) < 1_048_576
    assert told(output) == 4_000


def test_details_are_closed_wherever_it_is_cut() -> None:
    run = big(3, 30)
    for limit in range(500, 8_000, 97):
        output = compose(run, RULES, limit=limit)

        assert len(output.encode()) <= limit
        assert output.count("<details") == output.count("</details>")
        assert told(output) == 90


def test_one_message_said_of_many_lines_is_one_row() -> None:
    source = Source("some users\n" * 3, "a.md")
    findings = tuple(find(source, "vague-quantity", "some users", "no number", nth=nth) for nth in range(3))
    output = reporter("markdown")(
        Run("1", (Checked("a.md", "postmortem", "standard", "", findings, 50),)), RULES, style=STYLE
    )

    assert "- lines 1, 2, 3: no number\n" in output


def test_of_a_message_said_of_many_lines_some_are_named() -> None:
    source = Source("some users\n" * 33, "a.md")
    findings = tuple(find(source, "vague-quantity", "some users", "no number", nth=nth) for nth in range(33))
    output = reporter("markdown")(
        Run("1", (Checked("a.md", "postmortem", "standard", "", findings, 50),)), RULES, style=STYLE
    )

    assert re.findall(r"- lines 1, 2, .* 30 and 3 more: no number", output)


def graded(path: str, *levels: Level) -> Checked:
    """A document with a finding of each level."""
    source = Source("some users\n" * len(levels), path)
    found = tuple(
        structs.replace(
            find(source, "vague-quantity", "some users", f"this is {level} {nth}", nth=nth),
            level=level,
            rule=f"r-{level}",
        )
        for nth, level in enumerate(levels)
    )
    return Checked(path, "postmortem", "standard", "", found, 50)


E, W, N = Level.ERROR, Level.WARNING, Level.INFO


def test_the_gravest_document_comes_first() -> None:
    run = Run("1", (graded("a.md", N), graded("b.md", W, E), graded("c.md", W, W), graded("d.md", E, W)))
    output = reporter("markdown")(run, RULES, style=STYLE)

    assert re.findall(r"\| <code>(.*?)</code>", output) == ["b.md", "d.md", "c.md", "a.md"]
    assert re.findall(r"<summary><code>(.*?)</code>", output) == ["b.md", "d.md", "c.md", "a.md"]


def test_where_not_all_fit_the_lower_levels_give_way_in_all_documents() -> None:
    run = Run("1", tuple(graded(f"{number}.md", E, W, W, N, N, N, N) for number in range(4)))

    def kinds(limit: int) -> tuple[int, int, int, int]:
        output = compose(run, RULES, limit=limit)
        left = re.search(r"… and (\d+) more finding", output)
        errors, warnings, infos = (len(re.findall(rf": this is {level} ", output)) for level in (E, W, N))
        return errors, warnings, infos, int(left[1]) if left else 0

    assert [kinds(limit) for limit in (20_000, 2_000, 1_500, 1_100)] == [
        (4, 8, 16, 0),
        (4, 8, 0, 16),
        (4, 0, 0, 24),
        (2, 0, 0, 26),
    ]


GATES = [
    ("open", 0, None),
    ("one", 1, "**The gate is closed** by <code>0.md</code> (1 finding at level error)."),
    ("many", 5, "**The gate is closed** by 5 documents."),
]


@pytest.mark.parametrize(("number", "expected"), [case[1:] for case in GATES], ids=[case[0] for case in GATES])
def test_who_closes_the_gate(number: int, expected: str | None) -> None:
    closing = tuple(replace(graded(f"{nth}.md", E), closes=("1 finding at level error",)) for nth in range(number))
    output = reporter("markdown")(Run("1", (*closing, graded("z.md", W))), RULES, style=STYLE)

    assert next((row for row in output.splitlines() if row.startswith("**The")), None) == expected


def test_what_a_rule_asks_is_said_once_for_all_documents() -> None:
    output = reporter("markdown")(big(3, 2), RULES, style=STYLE)

    assert output.count("a number, a range or") == 1
    assert "<summary>What these rules ask for</summary>\n\n- <code>vague-quantity</code>: a number" in output
