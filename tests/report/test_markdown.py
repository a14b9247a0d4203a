"""Comments and summaries stay within what GitHub takes, and readable."""

import re

from tests.report.sample import RULES, find

from pmlint.engine.finding import Checked, Run
from pmlint.report import Style, reporter
from pmlint.report.github import job_summary
from pmlint.report.markdown import compose
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

    assert (told(output), output.count("<details>"), output.count("<details open>")) == (200, 10, 0)
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
