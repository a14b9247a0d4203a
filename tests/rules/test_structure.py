"""What the examples of structure rules cannot show: options, fixes, and the file system told by the run."""

import pytest

from pmlint.rules.examples import run_one
from pmlint.rules.structure import missing_section
from pmlint.rules.structure_dates import ambiguous_date
from pmlint.rules.structure_metadata import unknown_severity, unknown_status
from pmlint.rules.structure_references import broken_reference

DATED = "# Search was down\n\nIt began on 03/04/2026 and ended on 05/04/2026.\n"


@pytest.mark.parametrize(
    ("order", "fixed"),
    [
        pytest.param("dmy", "# Search was down\n\nIt began on 2026-04-03 and ended on 2026-04-05.\n", id="day first"),
        pytest.param("mdy", "# Search was down\n\nIt began on 2026-03-04 and ended on 2026-05-04.\n", id="month first"),
    ],
)
def test_ambiguous_dates_are_rewritten_by_the_order_of_the_house(order: str, fixed: str) -> None:
    (problem,) = run_one(ambiguous_date, DATED, date_order=order)
    text = DATED
    assert problem.fix is not None
    for edit in reversed(problem.fix.edits):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]

    assert (text, problem.fix.safe) == (fixed, False)


def test_ambiguous_dates_are_not_rewritten_by_a_guess() -> None:
    (problem,) = run_one(ambiguous_date, DATED)

    assert (problem.fix, problem.message) == (None, '"03/04/2026" is 2026-04-03 or 2026-03-04 (2 such dates)')


def test_required_sections_are_a_choice_of_the_house() -> None:
    text = "# Search was down\n\n## Impact\n\nNone.\n"

    assert [
        problem.message for problem in run_one(missing_section, text, required_sections=("impact", "glossary"))
    ] == ["no section gives a section 'glossary'"]


def test_a_house_scale_replaces_the_usual_ones() -> None:
    assert [
        [
            problem.message
            for problem in run_one(
                unknown_severity, f"# A\n\n**Severity:** {said}\n", severity_scale=("major", "minor")
            )
        ]
        for said in ("minor", "SEV1")
    ] == [[], ['"SEV1" is on no known scale (major, minor)']]


def test_house_statuses_are_known_too() -> None:
    text = "# A\n\n**Status:** Parked\n"

    assert [len(run_one(unknown_status, text, statuses=given)) for given in ((), ("parked",))] == [1, 0]


def test_files_beside_the_document_are_looked_for_only_where_the_run_can_look() -> None:
    text = "# A\n\n[log](logs/a%20b.txt), [gone](gone.md), [site](/x.md), [web](https://e.example/x.md)\n"
    looked: list[str] = []

    def exists(path: str) -> bool:
        looked.append(path)
        return path == "logs/a b.txt"

    assert run_one(broken_reference, text) == []
    assert [problem.message for problem in run_one(broken_reference, text, exists=exists)] == ['"gone.md" is not there']
    assert looked == ["logs/a b.txt", "gone.md"]
