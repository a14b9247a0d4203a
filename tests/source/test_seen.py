"""What is seen of a document outside of some places: all that a change must leave alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies import markdown

from pmlint.source import Source, Span
from pmlint.source.markdown import read_markup
from pmlint.source.seen import Seen, seen


def look(text: str, *without: Span) -> tuple[Seen, ...]:
    return seen(read_markup(Source(text)), without)


def at(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


WHOLE = """---
title: Search
---

# Search *was* down

> - [x] see [the log](log.md)

| a | b |
|---|---|
| 1 | `x` |

```sh
ls
```

<!-- unseen --><b>shown</b>
"""


def test_everything_is_seen() -> None:
    assert look(WHOLE) == (
        ("front matter", "title", "'Search'"),
        ("heading", 1, "Search was down"),
        ("quote",),
        ("list", False),
        ("item", True),
        ("paragraph", "see the log"),
        ("end of list",),
        ("end of quote",),
        ("row", "a", "b"),
        ("row", "1", "x"),
        ("code", "sh", "ls"),
        ("paragraph", "shown"),
    )


LEFT_OUT = [
    ("a word", "one two three\n", "two", (("paragraph", "one three"),)),
    ("a whole block", "one\n\ntwo\n", "two", (("paragraph", "one"),)),
    ("an item", "- one\n- two\n", "- two", (("list", False), ("item", None), ("paragraph", "one"), ("end of list",))),
    ("a list", "- one\n", "- one", ()),
    ("an entity", "a &amp; b\n", "&amp;", (("paragraph", "a b"),)),
    ("part of an entity", "a &amp; b\n", "amp", (("paragraph", "a b"),)),
    ("a value", "---\na: 1\nb: 2\n---\n\nx\n", "1", (("front matter", "b", "2"), ("paragraph", "x"))),
    ("nothing", "one two\n", "", (("paragraph", "one two"),)),
]


@pytest.mark.parametrize(
    ("text", "words", "expected"), [case[1:] for case in LEFT_OUT], ids=[case[0] for case in LEFT_OUT]
)
def test_a_place_is_left_out(text: str, words: str, expected: tuple[Seen, ...]) -> None:
    assert look(text, at(text, words)) == expected


CHANGES = [
    ("two lists become one", "- a\n\n<!-- c -->\n\n- b\n", "\n<!-- c -->\n"),
    ("a heading becomes a paragraph", "a # b\n\n# c\n", "# "),
    ("a paragraph becomes code", "- a\n\n    b\n", "- "),
    ("a link opens", "[a](b) c](d)\n", "(b)"),
]


@pytest.mark.parametrize(("text", "words"), [case[1:] for case in CHANGES], ids=[case[0] for case in CHANGES])
def test_what_changes_around_a_deletion_is_noticed(text: str, words: str) -> None:
    gone = Span(text.rindex(words), text.rindex(words) + len(words))
    left = text[: gone.start] + text[gone.end :]

    assert look(text, gone) != look(left, Span(gone.start, gone.start))


@given(markdown, st.data())
def test_no_text_and_no_places_are_too_odd(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6)))
    places = [Span(start, end) for start, end in zip(cuts[::2], cuts[1::2], strict=False)]

    assert look(text, *places) == look(text, *places)
    assert look(text, Span(0, len(text))) == ()
