"""The text output says what helps, and says it once."""

from dataclasses import replace

import pytest
from msgspec import structs
from tests.report.sample import CHECKOUT, CLEAN_RUN, RULES, RUN, find

from pmlint.engine.finding import Checked, RelatedPlace, Run
from pmlint.report import Style, reporter
from pmlint.source import Source

TEXT = reporter("text")
FIXED = CHECKOUT.findings[2]


def many(number: int) -> Run:
    """One document in which one rule fires `number` times, each on a line of its own."""
    source = Source("".join(f"- some users in region {line}\n" for line in range(number)), "many.md")
    findings = tuple(
        find(source, "vague-quantity", "some users", f"“some users” in region {line} is no number", nth=line)
        for line in range(number)
    )
    return Run("1", (Checked("many.md", "postmortem", "standard", "", findings, 10),))


def test_a_rule_teaches_once_in_a_run() -> None:
    other = replace(CHECKOUT, path="other.md")
    output = TEXT(Run("1", (CHECKOUT, other)), RULES, style=Style(width=400))
    rule = RULES["vague-quantity"]

    assert (
        output.count(f"= help: {rule.help}"),
        output.count(f"= why:  {rule.why}"),
        output.count("= more: pmlint explain vague-quantity"),
    ) == (2, 1, 1)


def test_two_hundred_findings_of_one_rule_take_one_line_each() -> None:
    output = TEXT(many(200), RULES, style=Style())
    headlines = [row for row in output.splitlines() if "warning[vague-quantity]" in row]

    assert len(headlines) == 200
    assert len(output.splitlines()) < 230


def test_the_same_place_is_shown_once() -> None:
    output = TEXT(RUN, RULES, style=Style())

    assert output.count("1 | # Checkout <b>slow</b> | 03/04/2026") == 2


def test_many_related_places_are_listed() -> None:
    source = Source("".join(f"- item {line}\n" for line in range(40)), "actions.md")
    items = [find(source, "vague-quantity", f"item {line}", "") for line in range(20, 40)]
    others = tuple(RelatedPlace(item.span, item.start, item.end, "no owner", item.context) for item in items)
    finding = structs.replace(find(source, "vague-quantity", "item 1", "most items have no owner"), related=others)
    run = Run("1", (Checked("actions.md", "postmortem", "standard", "", (finding,), 10),))
    rows = TEXT(run, RULES, style=Style()).splitlines()

    assert [row.partition("= see:  ")[2] for row in rows if "= see:" in row] == [
        "lines 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32 and 8 more: no owner"
    ]


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (2, "gate closed by 0.md: the score is 40, below 80; 1.md: the score is 40, below 80"),
        (5, "gate closed by 5 documents"),
    ],
)
def test_who_closes_the_gate(number: int, expected: str) -> None:
    documents = tuple(
        Checked(f"{each}.md", "postmortem", "standard", "", (), 40, closes=("the score is 40, below 80",))
        for each in range(number)
    )
    rows = TEXT(Run("1", documents), RULES, style=Style(width=400)).splitlines()

    assert [row for row in rows if row.startswith("gate")] == [expected]


def test_a_crash_does_not_hide_the_next_step() -> None:
    rows = TEXT(RUN, RULES, style=Style(width=400)).splitlines()[-2:]

    assert rows == [
        "1 rule crashed: that is a fault of pmlint and not of the document; all other rules ran",
        "next: start with the errors: `pmlint explain missing-section` shows a good example; where a rule does not "
        "fit here, `<!-- pmlint ignore missing-section -- reason -->` above the place says so",
    ]


SCORED = Run(
    "1", (replace(CHECKOUT, findings=CHECKOUT.findings[:1], closes=(), crashes=(), suppressed=0, path="a.md"),)
)
CHARTS = [
    (
        "wide",
        Style(width=100, terminal=True, symbols=True),
        [
            "  structure  40 ━━━━━━━━────────────    timeline   75 ━━━━━━━━━━━━━━━─────",
            "  impact     20 ━━━━────────────────    actions   100 ━━━━━━━━━━━━━━━━━━━━",
        ],
    ),
    (
        "narrow, with letters only",
        Style(width=60, terminal=True),
        [
            "  structure  40 ########............",
            "  impact     20 ####................",
            "  timeline   75 ###############.....",
            "  actions   100 ####################",
        ],
    ),
    ("no terminal", Style(), []),
]


@pytest.mark.parametrize(("style", "expected"), [case[1:] for case in CHARTS], ids=[case[0] for case in CHARTS])
def test_the_parts_of_a_score_are_drawn_on_a_terminal(style: Style, expected: list[str]) -> None:
    rows = TEXT(SCORED, RULES, style=style).splitlines()
    end = next(number for number, row in enumerate(rows) if row.startswith("1 error"))

    assert [row for row in rows[end + 1 :] if row.startswith("  ")] == expected


STEPS = [
    (
        "of one document",
        SCORED,
        "next: start with the errors: `pmlint explain missing-section` shows a good example; where a rule does not fit "
        "here, `<!-- pmlint ignore missing-section -- reason -->` above the place says so",
    ),
    (
        "with a fix",
        Run(
            "1",
            (
                replace(
                    CHECKOUT,
                    findings=(
                        structs.replace(FIXED, fix=structs.replace(FIXED.fix, safe=True) if FIXED.fix else None),
                    ),
                    crashes=(),
                ),
            ),
        ),
        "next: let `--fix` make the safe fixes, then `pmlint explain ambiguous-date` shows a good example; where a "
        "rule does not fit here, `<!-- pmlint ignore ambiguous-date -- reason -->` above the place says so",
    ),
    (
        "of many old documents",
        Run("1", (many(200).documents * 10)),
        "next: `pmlint explain vague-quantity` shows a good example; `pmlint baseline` accepts what is there, so that "
        "only what is new counts",
    ),
    ("of nothing", CLEAN_RUN, "no findings in 1 document; score 100 of 100"),
]


@pytest.mark.parametrize(("run", "expected"), [case[1:] for case in STEPS], ids=[case[0] for case in STEPS])
def test_the_last_line_says_what_to_do(run: Run, expected: str) -> None:
    assert TEXT(run, RULES, style=Style(width=400)).splitlines()[-1] == expected


def test_rules_that_did_not_run_are_told_once_for_all_documents() -> None:
    documents = tuple(
        Checked(f"{each}.md", "postmortem", "standard", "", (), 100, skipped=(("blame", reason), ("hindsight", reason)))
        for each, reason in enumerate(("the prose is Japanese", "the prose is Thai", "the prose is Japanese"))
    )
    rows = TEXT(Run("1", documents), RULES, style=Style(width=400)).splitlines()

    assert [row for row in rows if row.startswith("note")] == [
        "note: 2 rules did not run on 0.md and 1 more document: the prose is Japanese",
        "note: 2 rules did not run on 1.md: the prose is Thai",
    ]
