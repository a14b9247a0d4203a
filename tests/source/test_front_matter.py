"""Front matter: each key with its place, and what is none."""

from datetime import date
from typing import Any

import pytest

from pmlint.source import Heading, Source
from pmlint.source.front_matter import read_front_matter
from pmlint.source.markdown import read_markup

Entry = tuple[str, Any, str, str]


def entries(text: str) -> list[Entry]:
    source = Source(text)
    front_matter = read_front_matter(source)
    assert front_matter is not None
    assert front_matter.error is None
    return [(entry.key, entry.value, source[entry.key_span], source[entry.span]) for entry in front_matter.entries]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("---\na: b c\n---\n", [("a", "b c", "a", "b c")], id="yaml"),
        pytest.param(
            '---\n"a": 😀\nd: 2024-01-02 # x\n---',
            [("a", "😀", '"a"', "😀"), ("d", date(2024, 1, 2), "d", "2024-01-02")],
            id="yaml types",
        ),
        pytest.param(
            "---\r\na: é\r\nb: c\r\n...\r\n",
            [("a", "é", "a", "é"), ("b", "c", "b", "c")],
            id="yaml with carriage returns",
        ),
        pytest.param(
            "---\na:\n  b: c\n---\n", [("a", {"b": "c"}, "a", "b: c"), ("a.b", "c", "b", "c")], id="yaml nested"
        ),
        pytest.param("---\na:\n  - b\n  - c\n---\n", [("a", ["b", "c"], "a", "- b\n  - c")], id="yaml list"),
        pytest.param(
            "---\nIncident date: x\n---\n", [("Incident date", "x", "Incident date", "x")], id="key with a space"
        ),
        pytest.param("---\na: 2024-13-45\n---\n", [("a", "2024-13-45", "a", "2024-13-45")], id="no date"),
        pytest.param("---\na: !x y\nb: =\n---\n", [("a", "y", "a", "!x y"), ("b", "=", "b", "=")], id="yaml tags"),
        pytest.param("\ufeff---\na: b\n---\n", [("a", "b", "a", "b")], id="byte order mark"),
        pytest.param("---\n# c\na: b\n---\n", [("a", "b", "a", "b")], id="comment first"),
        pytest.param("---\n---\n", [], id="empty"),
        pytest.param("+++\na = 'b' # c\n+++\n", [("a", "b", "a", "'b'")], id="toml"),
        pytest.param(
            "+++\n[a]\nb.c = [\n 1,\n 2 ]\nd = '''\ne = 1\n'''\n+++\n",
            [
                ("a", {"b": {"c": [1, 2]}, "d": "e = 1\n"}, "a", "a"),
                ("a.b", {"c": [1, 2]}, "a", "a"),
                ("a.b.c", [1, 2], "c", "[\n 1,\n 2 ]"),
                ("a.d", "e = 1\n", "d", "'''\ne = 1\n'''"),
            ],
            id="toml tables",
        ),
        pytest.param(
            "+++\na = 1\n[b]\na = 2\n+++\n",
            [("a", 1, "a", "1"), ("b", {"a": 2}, "b", "b"), ("b.a", 2, "a", "2")],
            id="toml, one name twice",
        ),
    ],
)
def test_entries(text: str, expected: list[Entry]) -> None:
    assert expected == entries(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("# a\n---\nb: c\n---\n", id="not first"),
        pytest.param("---\n\nSome text.\n\n---\n", id="thematic break"),
        pytest.param("---\n# Title\n\nText\n---\n", id="heading between breaks"),
        pytest.param("---\n# Title\n---\n", id="nothing but a heading"),
        pytest.param("---\n- a\n---\n", id="list between breaks"),
        pytest.param("---\n10:02 deploy starts\n---\n", id="clock between breaks"),
        pytest.param("---\nthis is what we saw happen: it broke\n---\n", id="sentence between breaks"),
        pytest.param("---\na: b\n", id="never closed"),
        pytest.param("----\na: b\n----\n", id="four dashes"),
        pytest.param("+++\na: b\n+++\n", id="yaml between plus signs"),
    ],
)
def test_no_front_matter(text: str) -> None:
    assert read_front_matter(Source(text)) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "---\nok: x\na: b: c\n---\n", ("a: b: c", "mapping values are not allowed in this context"), id="yaml"
        ),
        pytest.param("---\na: \0\n---\n", ("a: \0", "control characters are not allowed"), id="yaml with a NUL"),
        pytest.param("+++\nok = 1\na = \n+++\n", ("a = ", "Invalid value (at line 2, column 5)"), id="toml"),
        pytest.param(
            "---\na: &a\n  <<: *a\n---\n", ("---", "its aliases stand for too many values"), id="alias to itself"
        ),
        pytest.param(
            "---\na: &a [x,x,x,x,x,x,x,x]\n"
            + "".join(f"{b}: &{b} [{','.join([f'*{a}'] * 8)}]\n" for a, b in ("ab", "bc", "cd", "de", "ef", "fg"))
            + "---\n",
            ("---", "its aliases stand for too many values"),
            id="billion laughs",
        ),
        pytest.param(
            "---\na: " + "x" * 200_001 + "\n---\n", ("---", "longer than 200,000 characters, not read"), id="too long"
        ),
    ],
)
def test_front_matter_that_cannot_be_read(text: str, expected: tuple[str, str]) -> None:
    source = Source(text)
    front_matter = read_front_matter(source)

    assert front_matter is not None
    assert front_matter.error is not None
    assert expected == (source[front_matter.error.span], front_matter.error.reason)


def test_deep_nesting_is_an_error_and_no_crash() -> None:
    front_matter = read_front_matter(Source("---\na: " + "[" * 90_000 + "\n---\n"))

    assert front_matter is not None
    assert front_matter.error is not None


def test_the_document_under_front_matter_keeps_its_places() -> None:
    text = "---\r\na: b\r\n---\r\n\r\n# Title\r\n"
    block = read_markup(Source(text)).blocks[0]

    assert isinstance(block, Heading)
    assert (text[slice(*block.span)], block.prose.text) == ("# Title", "Title")
