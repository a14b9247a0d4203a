"""Horizons of due phrases, counted from Wednesday 2025-05-14."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmlint.document.horizons import resolve_horizon

ANCHOR = date(2025, 5, 14)


@pytest.mark.parametrize(
    ("text", "last_day", "words"),
    [
        ("this week", date(2025, 5, 18), "this week"),
        ("Done next week.", date(2025, 5, 25), "next week"),
        ("end of next week", date(2025, 5, 25), "end of next week"),
        ("this month", date(2025, 5, 31), "this month"),
        ("by end of month", date(2025, 5, 31), "by end of month"),
        ("by the end of the quarter", date(2025, 6, 30), "by the end of the quarter"),
        ("EOM", date(2025, 5, 31), "EOM"),
        ("EOY", date(2025, 12, 31), "EOY"),
        ("next month", date(2025, 6, 30), "next month"),
        ("next quarter", date(2025, 9, 30), "next quarter"),
        ("Q3", date(2025, 9, 30), "Q3"),
        ("Q1", date(2026, 3, 31), "Q1"),
        ("Q3 2025", date(2025, 9, 30), "Q3 2025"),
        ("Q3 '26", date(2026, 9, 30), "Q3 '26"),
        ("2026-Q1", date(2026, 3, 31), "2026-Q1"),
        ("H2 2025", date(2025, 12, 31), "H2 2025"),
        ("end of Q2", date(2025, 6, 30), "end of Q2"),
        ("by Friday", date(2025, 5, 16), "by Friday"),
        ("by Wednesday", date(2025, 5, 21), "by Wednesday"),
        ("next Friday", date(2025, 5, 23), "next Friday"),
        ("by next Monday", date(2025, 5, 19), "by next Monday"),
        ("in two weeks", date(2025, 5, 28), "in two weeks"),
        ("in a month", date(2025, 6, 14), "in a month"),
        ("within 30 days", date(2025, 6, 13), "within 30 days"),
        ("within 3 business days", date(2025, 5, 19), "within 3 business days"),
        ("over the next 2 weeks", date(2025, 5, 28), "over the next 2 weeks"),
        ("end of June", date(2025, 6, 30), "end of June"),
        ("by the end of February", date(2026, 2, 28), "by the end of February"),
        ("mid-July 2025", date(2025, 7, 20), "mid-July 2025"),
        ("immediately", ANCHOR, "immediately"),
        ("ASAP", ANCHOR, "ASAP"),
        ("tomorrow", date(2025, 5, 15), "tomorrow"),
        ("by end of day", ANCHOR, "end of day"),
        ("Q4 2025 - Q1 2026", date(2026, 3, 31), "Q4 2025 - Q1 2026"),
        ("Q3, then Q4", date(2025, 9, 30), "Q3"),
    ],
)
def test_horizon(text: str, last_day: date, words: str) -> None:
    found = resolve_horizon(text, ANCHOR)

    assert found is not None
    assert (last_day, words) == (found[0], text[found[1] : found[2]])


@pytest.mark.parametrize(
    "text", ["", "Q5", "H3", "last week", "weekly", "2025-06-01", "on call", "by sat", "in the week", "ABQ3"]
)
def test_no_horizon(text: str) -> None:
    assert resolve_horizon(text, ANCHOR) is None


@given(st.text(alphabet=st.sampled_from("inexthisweQ1234 2025'endofmonthbyFridays-"), max_size=40), st.dates())
def test_any_text_and_day_can_be_asked(text: str, anchor: date) -> None:
    found = resolve_horizon(text, anchor)

    assert found is None or 0 <= found[1] < found[2] <= len(text)
