"""Lines and positions."""

import pytest

from pmlint.source import Position, Source, Span


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", [], id="empty"),
        pytest.param("a", ["a"], id="no line end"),
        pytest.param("a\nb\n", ["a", "b"], id="line feeds"),
        pytest.param("a\r\nb\rc\n\nd", ["a", "b", "c", "", "d"], id="every kind of line end"),
        pytest.param("a\x0cb\x0bc\u2028d\x85e", ["a\x0cb\x0bc\u2028d\x85e"], id="what only looks like one"),
    ],
)
def test_lines(text: str, expected: list[str]) -> None:
    source = Source(text)

    assert expected == [source[line] for line in source.lines]


@pytest.mark.parametrize(
    ("offset", "expected"),
    [
        pytest.param(0, Position(1, 1), id="start"),
        pytest.param(2, Position(1, 3), id="after a character of two code units"),
        pytest.param(4, Position(2, 1), id="second line"),
        pytest.param(5, Position(2, 2), id="end"),
    ],
)
def test_position(offset: int, expected: Position) -> None:
    assert expected == Source("a😀\r\nb").position(offset)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        pytest.param(1, Span(0, 1), id="first"),
        pytest.param(2, Span(2, 3), id="second"),
        pytest.param(3, Span(3, 3), id="past the end"),
        pytest.param(0, Span(3, 3), id="before the start"),
    ],
)
def test_line(number: int, expected: Span) -> None:
    assert expected == Source("a\nb").line(number)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a\r\nb\n", "\r\n", id="first one counts"),
        pytest.param("a\rb", "\r", id="lone carriage return"),
        pytest.param("a", "\n", id="none"),
    ],
)
def test_newline(text: str, expected: str) -> None:
    assert expected == Source(text).newline


@pytest.mark.parametrize(
    ("one", "other", "covers", "meets"),
    [
        pytest.param(Span(0, 3), Span(1, 2), True, True, id="inside"),
        pytest.param(Span(0, 3), Span(2, 4), False, True, id="over the end"),
        pytest.param(Span(0, 3), Span(3, 4), False, False, id="beside"),
        pytest.param(Span(0, 3), Span(1, 1), True, True, id="empty inside"),
    ],
)
def test_spans(one: Span, other: Span, covers: bool, meets: bool) -> None:
    assert (covers, meets) == (one.covers(other), one.meets(other))
