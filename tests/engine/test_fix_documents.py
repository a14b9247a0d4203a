"""The fixes of the catalogue on whole documents: those of the fixtures, and those that nobody wrote."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as run_with
from hypothesis import strategies as st

import pmlint

FIXTURES = sorted((Path(__file__).parents[2] / "fixtures").glob("*/*.md"))
# All that knows a fix, and what may speak up once it is made; who is blamed for what changes with none of them.
SETTINGS = pmlint.Settings(
    select=("structure", "impact", "timeline", "causes", "actions", "learning", "response", "tool"),
    profile="standard",
    today=date(2026, 3, 1),
    date_order="dmy",
)
FILLED_IN = "unfilled-placeholder"


def fix(text: str) -> pmlint.Fixed:
    return pmlint.fix(text, settings=SETTINGS, unsafe=True)


def holds(text: str) -> pmlint.Fixed:
    """What is true of every fixed document."""
    before, fixed = pmlint.check(text, settings=SETTINGS), fix(text)

    assert fix(fixed.text).text == fixed.text
    assert fixed.checked.findings == pmlint.check(fixed.text, settings=SETTINGS).findings
    assert (fixed.checked.kind, fixed.checked.crashes) == (before.kind, ())
    assert endings(fixed.text) <= endings(text) | {"\n"}
    assert fixed.text.startswith("\ufeff") is text.startswith("\ufeff")
    assert bool(fixed.applied) is (fixed.text != text)
    added = sum(finding.rule == "missing-section" for finding in fixed.applied)
    assert count(fixed.checked, FILLED_IN) >= min(added, 1)
    for rule in ("invalid-front-matter", "unused-suppression", "unknown-status", "mixed-timezones", "broken-reference"):
        assert count(fixed.checked, rule) <= count(before, rule)
    return fixed


def endings(text: str) -> set[str]:
    return set(re.findall(r"\r\n|\n|\r", text))


def count(checked: pmlint.Checked, rule: str) -> int:
    return sum(finding.rule == rule for finding in checked.findings)


@pytest.mark.parametrize("file", FIXTURES, ids=[f"{file.parent.name}-{file.stem}" for file in FIXTURES])
def test_a_fixture(file: Path) -> None:
    try:
        text = file.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        pytest.skip("no text")
    holds(text)


heads = st.sampled_from(
    ("", "---\ntitle: Search: down\nseverity: SEV2\n---\n\n", "---\ntitle: Search\n---\n", "+++\ntitle = 'x'\n+++\n\n")
)
titles = st.sampled_from(("# Search was down\n\n", "Search was down\n===\n\n", ""))
facts = st.sampled_from(
    (
        "**Status:** Publihsed\n\n",
        "- **Date:** 03/04/2026\n- **Status:** drafft\n\n",
        "| Date | Status |\n|---|---|\n| 2026-13-02 | Fianl |\n\n",
        "",
    )
)
idle = st.sampled_from(
    (
        "",
        "<!-- pmlint ignore vague-action -- known -->\n",
        "<!-- pmlint ignore vague-acton, missing-luck -- known -->\n\n",
        "<!-- pmlint ignore-start timeline -- known -->\n\n",
        "<!-- pmlint ignore-end -->\n",
    )
)
parts = st.sampled_from(
    (
        "## Summary\n\nSearch was down on 05/06/2026 for an hour.\n\n",
        "## Impact\n\n3,100 searches failed. <!-- pmlint ignore actions -- x -->\n\n",
        "## Timeline (CET)\n\n- 2026-02-04 00:30: it fails\n- 2026-02-04 01:10: alert\n- 2026-02-04 02:00: back\n\n",
        "## Timeline\n\n| Time | Event |\n|---|---|\n| 10:02 UTC | it fails |\n| 02:40 PST | it is back |\n\n",
        "## Root Cause\n\nThe index was deleted.\n\n",
        "## Action Items\n\n| Action | Type | Status |\n|---|---|---|\n| Move it | Preventoin | In progess |\n\n",
        "## Action Items\n\n- [ ] Improve monitoring (@ana, 03/04/2026)\n- [x] Move it\n\n",
        "**Impact:**\n\n3,100 searches failed.\n\n---\n\n",
        "## Appendix\n\n```\n03/04/2026 <!-- pmlint ignore x -->\n```\n\n",
    )
)
documents = st.builds(
    lambda head, title, fact, body, ending, mark, end: (
        mark + re.sub("\n", ending, head + title + fact + "".join(map("".join, body)) + end)
    ),
    heads,
    titles,
    facts,
    st.lists(st.tuples(idle, parts), max_size=6),
    st.sampled_from(("\n", "\r\n")),
    st.sampled_from(("", "\ufeff")),
    st.sampled_from(("", "The end.", "The end.\n")),
)


@run_with(max_examples=40)
@given(documents)
def test_a_document_that_nobody_wrote(text: str) -> None:
    fixed = holds(text)

    assert "\r\n" not in text or "\n" not in fixed.text.replace("\r\n", "")
