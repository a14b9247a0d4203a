"""The text of a report in parts."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmlint.report.stream import gathered, json_parts, whole_lines

plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=12,
)


@given(st.lists(plain, max_size=4), plain)
def test_json_in_parts_is_what_it_is_in_one(items: list[Any], other: Any) -> None:
    in_parts = {"runs": iter(({"items": iter(items), "other": other},)), "none": iter(()), "ü": other}
    in_one = {"runs": [{"items": items, "other": other}], "none": [], "ü": other}

    text = "".join(json_parts(in_parts))

    assert json.loads(text) == in_one
    assert [line.rstrip()[:1] for line in text.split("\n")] == [
        line.rstrip()[:1] for line in json.dumps(in_one, ensure_ascii=False, indent=2).split("\n")
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (iter(()), "[]"),
        ({"a": iter(())}, '{\n  "a": []\n}'),
        (iter(({}, [], {"a": [1]})), '[\n  {},\n  [],\n  {\n    "a": [\n      1\n    ]\n  }\n]'),
        (
            {"a": iter(("##[x", "\u202e", "\udcff"))},
            '{\n  "a": [\n    "\\u0023#[x",\n    "\\u202e",\n    "\\udcff"\n  ]\n}',
        ),
    ],
)
def test_json_in_parts(value: Any, text: str) -> None:
    assert "".join(json_parts(value)) == text


@given(st.lists(st.text("ab\n#") | st.just("x" * 70_000), max_size=6))
def test_gathering_changes_no_character(parts: list[str]) -> None:
    lines = list(whole_lines(parts))

    assert "".join(gathered(parts)) == "".join(lines) == "".join(parts)
    assert all(line.endswith("\n") for line in lines[:-1] if line)
