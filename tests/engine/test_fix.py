"""Fixes are made where they hold, and where they do not the text stays and the reason is told."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs
from tests.engine.mending_rules import mending_rules

import pmlint
from pmlint.engine.check import check_text
from pmlint.engine.finding import Checked
from pmlint.engine.fix import until_stable
from pmlint.engine.settings import Settings

RULES = mending_rules()
SETTINGS = Settings(today=date(2026, 3, 1), profile="standard", select=tuple(RULES))
HEAD = "# Checkout was down\n\n## Impact\n\n3,100 payments failed.\n\n## Timeline\n\n- 10:02 UTC: alert fires\n\n"


def lint(text: str) -> Checked:
    return check_text(text, "a.md", SETTINGS, RULES)


MENDED = [
    ("one", "teh disk\n", "the disk\n", ["says-teh"]),
    ("all", "teh disk, teh queue\n\n- teh\n", "the disk, the queue\n\n- the\n", ["says-teh"] * 3),
    ("none", "the disk\n", "the disk\n", []),
    ("an unsafe one is not asked for", "in 26\n", "in 26\n", []),
    ("edits that belong together", "pair and pair\n", "two and two\n", ["pair"] * 2),
    ("one of many is wrong", "teh teh stuck teh teh\n", "the the stuck the the\n", ["says-teh"] * 4),
    ("side by side", "teh\nteh\n", "the\nthe\n", ["says-teh"] * 2),
    ("in a cell", "| a | teh |\n|---|---|\n| teh | b |\n", "| a | the |\n|---|---|\n| the | b |\n", ["says-teh"] * 2),
]


@pytest.mark.parametrize(("before", "after", "rules"), [case[1:] for case in MENDED], ids=[case[0] for case in MENDED])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"], ids=["unix", "windows", "old mac"])
def test_what_is_fixed(before: str, after: str, rules: list[str], ending: str) -> None:
    fixed = until_stable((HEAD + before).replace("\n", ending), lint)

    assert fixed.text == (HEAD + after).replace("\n", ending)
    assert [finding.rule for finding in fixed.applied] == rules
    assert fixed.checked == lint(fixed.text)


KEPT = [
    ("stuck", "the stuck disk\n", "it would still be reported"),
    ("worse", "the worse disk\n", "'says-teh' would speak up instead"),
    ("wide", "the wide disk\n", "it would change what is shown in other places"),
]


@pytest.mark.parametrize(("rule", "text", "reason"), KEPT, ids=[case[0] for case in KEPT])
def test_what_does_not_hold_is_left_out_and_told(rule: str, text: str, reason: str) -> None:
    fixed = until_stable(HEAD + text + "\nteh end\n", lint)

    assert fixed.text == HEAD + text + "\nthe end\n"
    assert [(left.finding.rule, left.reason) for left in fixed.left_out] == [(rule, reason)]
    assert fixed.left_out[0].finding in fixed.checked.findings


def test_unsafe_fixes_are_made_where_they_are_asked_for() -> None:
    fixed = until_stable(HEAD + "teh year 26\n", lint, unsafe=True)

    assert (fixed.text, len(fixed.applied)) == (HEAD + "the year 2026\n", 2)


def test_what_a_fix_leaves_to_be_written_may_be_asked_for() -> None:
    fixed = until_stable(HEAD + "gap\n", lint)

    assert fixed.text == HEAD + "26\n"
    assert [finding.rule for finding in fixed.checked.findings] == ["short-year"]


def test_a_finding_that_is_passed_over_keeps_its_text_while_others_move_it() -> None:
    text = HEAD + "pair teh teh pair\n\nteh\n"
    second = [finding for finding in lint(text).findings if finding.rule == "says-teh"][1]
    fixed = until_stable(text, lint, passed_over=[second])

    assert fixed.text == HEAD + "two the teh two\n\nthe\n"


def test_a_suppressed_finding_keeps_its_text() -> None:
    text = HEAD + "<!-- pmlint ignore says-teh -- quoted -->\nteh disk\n\nteh queue\n"

    assert until_stable(text, lint).text == text.replace("teh queue", "the queue")


def test_a_fix_that_would_write_a_secret_is_none() -> None:
    """What cannot be shown is not done: an edit with a secret would be printed with the finding."""
    from tests.engine.hand_rules import secret_in_document

    rules = {**RULES, "secret-in-document": structs.replace(secret_in_document, family="publication")}
    settings = replace(SETTINGS, select=(*RULES, "secret-in-document"))
    checked = check_text(HEAD + "teh and the\n\nhunter2\n", "a.md", settings, rules)
    hiding = check_text(HEAD.replace("Checkout", "the hunter2") + "teh\n", "a.md", settings, rules)

    assert [finding.fix is not None for finding in checked.findings if finding.rule == "says-teh"] == [True]
    assert "hunter2" not in repr(hiding)


def test_a_document_that_cannot_be_read_stays() -> None:
    assert until_stable("teh\0", lint).text == "teh\0"


def test_the_public_function() -> None:
    text = HEAD + "It was reviewed on 03/04/2026.\n"
    settings = pmlint.Settings(select=("ambiguous-date",), date_order="dmy", profile="standard")
    fixed = pmlint.fix(text, settings=settings, unsafe=True)

    assert fixed.text == text.replace("03/04/2026", "2026-04-03")
    assert pmlint.fix(text, settings=settings).text == text


pieces = st.sampled_from(
    (
        *("teh", " teh ", "stuck", "worse", "wide", "gap", "26", "pair", "x", " ", "\n", "\n\n", "**", "`", "- ", "> "),
        *("# ", "|", "|a|\n|-|\n", "```\n", "<!-- pmlint ignore says-teh -- known -->\n", "<!--", "-->", "\r\n", "😀"),
        *("---\ntitle: teh\n---\n", "\ufeff", "    ", "[teh](x)", "<td>"),
    )
)
documents = st.lists(pieces, max_size=25).map(lambda parts: HEAD + "".join(parts))


@given(documents, st.booleans())
def test_fixes_are_idempotent_and_add_no_finding(text: str, unsafe: bool) -> None:
    before = lint(text)
    fixed = until_stable(text, lint, unsafe=unsafe)
    again = until_stable(fixed.text, lint, unsafe=unsafe)
    leaving = sum(finding.rule == "gap" for finding in fixed.applied)

    assert again.text == fixed.text
    assert fixed.checked == lint(fixed.text)
    assert len(fixed.checked.findings) <= len(before.findings) - len(fixed.applied) + leaving
    assert unsafe or all(finding.fix and finding.fix.safe for finding in fixed.applied)
