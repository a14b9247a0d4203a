"""What the examples of structure rules cannot show: options, fixes, and the file system told by the run."""

import pytest

from pmlint.document.parse import parse
from pmlint.rules.examples import run_one
from pmlint.rules.problem import Confidence, Level
from pmlint.rules.structure_dates import ambiguous_date
from pmlint.rules.structure_identity import missing_incident_id
from pmlint.rules.structure_metadata import unknown_severity, unknown_status
from pmlint.rules.structure_references import broken_reference
from pmlint.rules.structure_sections import missing_section
from pmlint.rules.structure_summary import summary_too_long
from pmlint.rules.structure_title import cause_in_title

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


def test_an_address_without_its_scheme_is_a_file_that_is_not_there() -> None:
    (problem,) = run_one(broken_reference, "# A\n\nSee [the site](shop.example.com/status).\n", exists=lambda _: False)

    assert (problem.message, problem.help) == (
        '"shop.example.com/status" is not there',
        "write the whole address, https://shop.example.com/status",
    )


def test_files_beside_the_document_are_looked_for_only_where_the_run_can_look() -> None:
    text = "# A\n\n[log](logs/a%20b.txt), [gone](gone.md), [site](/x.md), [web](https://e.example/x.md)\n"
    looked: list[str] = []

    def exists(path: str) -> bool:
        looked.append(path)
        return path == "logs/a b.txt"

    assert run_one(broken_reference, text) == []
    assert [problem.message for problem in run_one(broken_reference, text, exists=exists)] == ['"gone.md" is not there']
    assert looked == ["logs/a b.txt", "gone.md"]


@pytest.mark.parametrize(
    ("path", "named"),
    [
        pytest.param("docs/postmortems/PM2026-014 - search down.md", True, id="the file"),
        pytest.param("incidents/INC-4471/README.md", True, id="its folder"),
        pytest.param("postmortems/0012-search-down.md", True, id="a running number"),
        pytest.param("postmortems/2026-02-04-search-down.md", False, id="a date"),
        pytest.param("postmortems/2026-search-down.md", False, id="a year"),
        pytest.param("INC-4471/drafts/search-down.md", False, id="a folder further up"),
        pytest.param(None, False, id="no path"),
    ],
)
def test_a_file_can_be_named_by_the_identifier(path: str | None, named: bool) -> None:
    doc = parse("# Search was down\n", path)

    assert [problem.message for problem in missing_incident_id.run(doc, {})] == (
        [] if named else ["the incident has no identifier"]
    )


def test_what_only_a_sentence_tells_is_a_softer_fault() -> None:
    text = "# Down\n\n## Summary\n\nIt was quick. 312 uploads failed because of a full disk.\n"
    found = run_one(missing_section, text, required_sections=("impact", "causes", "timeline"))

    assert [(problem.message, problem.level) for problem in found] == [
        ("no section gives the impact; only a sentence on line 5 does", Level.WARNING),
        ("no section gives contributing factors or a root cause; only a sentence on line 5 does", Level.WARNING),
        ("no section gives a timeline", None),
    ]
    assert [text[place.span.start : place.span.end] for place in found[0].related] == [
        "312 uploads failed because of a full disk."
    ]


TOLD = """# Down

## What happened

At 09:12 UTC uploads began to fail. The alert fired at 09:21. By 11:20 all was well again.

## Why it took so long

The graphs of both stores look alike.
"""


def test_what_the_story_tells_without_a_part_of_its_own_is_a_softer_fault() -> None:
    found = run_one(missing_section, TOLD, required_sections=("causes", "timeline"))

    assert [(problem.message, problem.level) for problem in found] == [
        ("no section gives contributing factors or a root cause; only the part on line 7 does", Level.WARNING),
        ("no section gives a timeline; only the text from line 5 does", Level.WARNING),
    ]


@pytest.mark.parametrize(
    "opening",
    [
        "An attacker drained 1,204 ETH from the vault.",
        "Everybody on the EU shard lost what they had built that evening.",
        "Click-through fell by 11%.",
    ],
)
def test_harm_that_the_opening_tells_is_an_impact_in_passing(opening: str) -> None:
    found = run_one(missing_section, f"# Down\n\n{opening}\n", required_sections=("impact",))

    assert [problem.message for problem in found] == ["no section gives the impact; only a sentence on line 3 does"]


@pytest.mark.parametrize(
    ("summary", "confidence"),
    [
        pytest.param("word " * 151, [Confidence.LOW], id="one word more"),
        pytest.param("word " * 165, [None], id="a tenth more"),
        pytest.param("It was so. " * 7, [Confidence.LOW], id="one sentence more"),
        pytest.param("It was so. " * 8, [None], id="two sentences more"),
        pytest.param("- It was so\n" * 9, [], id="points that are no sentences"),
    ],
)
def test_a_summary_just_beyond_the_limit_is_hardly_too_long(summary: str, confidence: list[Confidence | None]) -> None:
    found = run_one(summary_too_long, f"# Down\n\n## Summary\n\n{summary}\n")

    assert [problem.confidence for problem in found] == confidence


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        pytest.param("**Issue**: #695", False, id="a number"),
        pytest.param("* **Related issues:** https://git.example.org/search/issues/95", False, id="an address"),
        pytest.param("**Related tickets:** SRCH-12, SRCH-14", False, id="two keys"),
        pytest.param("**Issue:** change #1060 was merged and search failed", True, id="what the issue was"),
        pytest.param("## Action items\n\n- Issue: #12", True, id="what is planned"),
    ],
)
def test_a_field_of_the_ticket_identifies_the_incident(line: str, asked: bool) -> None:
    assert asked == bool(run_one(missing_incident_id, f"# Search was down\n\n{line}\n"))


@pytest.mark.parametrize(
    ("title", "cause"),
    [
        pytest.param("Stuck jobs due to a full disk", "due to a full disk", id="what follows the words"),
        pytest.param("Search down (caused by a typo), 38 min", "caused by a typo", id="up to the bracket"),
        pytest.param("INC-12: index rebuild causing timeouts", "index rebuild causing", id="what goes before the verb"),
        pytest.param("Search down: memory leak", "memory leak", id="the cause itself"),
    ],
)
def test_the_cause_in_a_title_is_named_whole(title: str, cause: str) -> None:
    assert [f'the title settles the cause ("{cause}")'] == [
        problem.message for problem in run_one(cause_in_title, f"# {title}\n\nIt was mended.\n")
    ]


def test_what_the_story_promises_softens_that_no_part_lists_actions() -> None:
    text = "# Down\n\nIt was down. We are making several changes. First, the tool refuses more than 5%.\n"
    found = run_one(missing_section, text, required_sections=("action_items",))

    assert [(problem.message, problem.level) for problem in found] == [
        ("no section gives action items; only a sentence on line 3 does", Level.WARNING)
    ]
