"""The marks stand under the words, whatever the words are made of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmlint.report.escape import columns
from pmlint.report.snippet import Marked, draw, mark
from pmlint.report.style import Style
from pmlint.source import Position

STYLE = Style(width=60)


def picture(text: str, start: int, end: int, last_line: int = 7) -> list[str]:
    return draw(Marked(7, text, start, end, last_line), style=STYLE, ink="error", gutter=2)


@pytest.mark.parametrize(
    ("text", "start", "end", "expected"),
    [
        pytest.param("some users", 0, 4, [" 7 | some users", "   | ^^^^"], id="plain"),
        pytest.param("影響: 一部の顧客", 4, 8, [" 7 | 影響: 一部の顧客", "   |       ^^^^^^^^"], id="wide characters"),
        pytest.param("a\tb c", 2, 3, [" 7 | a   b c", "   |     ^"], id="a tab before"),
        pytest.param("a\tb c", 1, 2, [" 7 | a   b c", "   |  ^^^"], id="the tab itself"),
        pytest.param("cafe\u0301 x", 6, 7, [" 7 | cafe\u0301 x", "   |      ^"], id="a combining mark before"),
        pytest.param("a\u202eb c", 2, 3, [r" 7 | a\u202eb c", "   |        ^"], id="a spelled-out character before"),
        pytest.param("## Impact", 3, 3, [" 7 | ## Impact", "   |    ^"], id="empty"),
        pytest.param("abc", 3, 3, [" 7 | abc", "   |    ^"], id="empty at the end"),
        pytest.param("abc  ", 0, 5, [" 7 | abc", "   | ^^^^^"], id="spaces at the end"),
    ],
)
def test_marks(text: str, start: int, end: int, expected: list[str]) -> None:
    assert ["   |", *expected] == picture(text, start, end)


TEN = "0123456789"


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        pytest.param(0, 3, [f" 7 | {TEN * 5}012…", "   | ^^^"], id="start"),
        pytest.param(97, 100, [f" 7 | …789{TEN * 5}", "   |" + " " * 52 + "^^^"], id="end"),
        pytest.param(50, 53, [f" 7 | …456789{TEN * 4}0123456…", "   |" + " " * 18 + "^^^"], id="middle"),
        pytest.param(5, 95, [f" 7 | …56789{TEN * 4}01234567…", "   |  " + "^" * 53], id="longer than the terminal"),
    ],
)
def test_a_long_line_is_cut_around_the_words(start: int, end: int, expected: list[str]) -> None:
    assert ["   |", *expected] == picture(TEN * 10, start, end)


def test_words_that_go_on_below() -> None:
    assert picture("first", 2, 5, last_line=9) == ["   |", " 7 | first", "   |   ^^^ to line 9"]


def test_a_line_that_was_cut_before_the_words_is_not_drawn() -> None:
    assert picture("short", 89, 94) == []


@pytest.mark.parametrize("text", ["", "  \t "])
def test_a_blank_line_is_not_drawn(text: str) -> None:
    assert picture(text, 0, 0) == []


@pytest.mark.parametrize(
    ("context", "columns", "excerpt", "expected"),
    [
        pytest.param("key=abc here", (5, 8), "abc", (4, 7), id="as it stands"),
        pytest.param("key=[redacted] here", (5, 45), "[redacted]", (4, 14), id="a secret was longer"),
        pytest.param("key=[redacted] and here", (31, 35), "here", (19, 23), id="after a secret that was longer"),
        pytest.param("a b a b a", (9, 10), "a", (8, 9), id="the nearest of many"),
        pytest.param("a  b", (1, 5), "a b", (0, 4), id="white space run together in the excerpt"),
        pytest.param("a  b, a b", (1, 5), "a b", (0, 4), id="the same words further on"),
        pytest.param("short", (90, 95), "gone", (89, 94), id="beyond what is known of the line"),
    ],
)
def test_where_on_its_line(context: str, columns: tuple[int, int], excerpt: str, expected: tuple[int, int]) -> None:
    place = mark(context, Position(1, columns[0]), Position(1, columns[1]), excerpt)

    assert expected == (place.start, place.end)


TEXT = st.text(st.characters(blacklist_characters="\r\n"), max_size=200)


@given(TEXT, st.integers(0, 200), st.integers(0, 200), st.integers(1, 120))
def test_a_picture_fits_and_its_marks_are_whole(text: str, start: int, length: int, width: int) -> None:
    start = min(start, len(text))
    end = min(start + length, len(text))
    rows = draw(Marked(1, text, start, end, 1), style=Style(width=width), ink="error", gutter=1)

    assert all(columns(row) <= max(width, 40) + 20 for row in rows)
    assert not rows or set(rows[2].removeprefix("  | ").strip()) == {"^"}
