"""Blocks are set in one way, and the words in them stay as they are written."""

import pytest
from hypothesis import given
from tests.strategies import markdown

from pmlint.source.layout import html, laid_out, words

SET = [
    ("a heading with a line under it", "Impact\n======\n\nTwo\nlines\n---\n", "# Impact\n\n## Two lines\n"),
    ("a closed heading", "##   Impact   ##\n", "## Impact\n"),
    ("a heading that ends in a mark", "# C\\#\n\n# C#\n\n# a # b\n", "# C\\#\n\n# C#\n\n# a # b\n"),
    ("an empty heading", "#\n", "#\n"),
    ("no blank line below a heading", "## Impact\nNone.\n", "## Impact\n\nNone.\n"),
    ("many blank lines", "a\n\n\n\nb\n", "a\n\nb\n"),
    ("blanks at the ends of lines", "a \nb\t\n", "a\nb\n"),
    ("a broken line", "a    \nb  \n", "a  \nb\n"),
    ("a broken line with its mark", "a\\\nb\n", "a\\\nb\n"),
    ("indented lines", "  a\n   b\n", "a\nb\n"),
    (
        "a line that would open a block",
        "a\n    # b\n    - c\n    1. d\n    > e\n",
        "a\n    # b\n    - c\n    1. d\n    > e\n",
    ),
    ("a year at the start of a line", "It was in\n2024. Then\n", "It was in\n2024. Then\n"),
    ("bullets", "* a\n* b\n\n+ c\n", "- a\n- b\n\n* c\n"),
    ("nested bullets", "*   a\n    * b\n        * c\n", "- a\n  - b\n    - c\n"),
    ("a loose list", "- a\n\n- b\n", "- a\n\n- b\n"),
    ("items to tick", "* [ ] a\n* [X] b\n", "- [ ] a\n- [X] b\n"),
    ("numbers in order", "1. a\n2. b\n3. c\n", "1. a\n2. b\n3. c\n"),
    ("numbers all alike", "1. a\n1. b\n", "1. a\n1. b\n"),
    ("numbers as they come", "3) a\n5) b\n", "3) a\n5) b\n"),
    ("numbers of two lengths", "9. a\n\n   b\n10. c\n\n    d\n", "9. a\n\n   b\n\n10. c\n\n    d\n"),
    ("an empty item", "1.\n2. a\n-\n- b\n", "1.\n2. a\n\n-\n- b\n"),
    ("a quote", ">a\n>b\nc\n", "> a\n> b\n> c\n"),
    ("a quote of blocks", "> a\n>\n> - b\n", "> a\n>\n> - b\n"),
    ("dividers", "a\n\n***\n\n- - -\n\nb\n", "a\n\n---\n\n---\n\nb\n"),
    ("a divider at the start", "***\n\na: b\n\n---\n", "___\n\na: b\n\n---\n"),
    ("a divider in an item", "- ***\n", "- ___\n"),
    ("code", "~~~~sh\nls\n~~~~\n", "```sh\nls\n```\n"),
    ("code with a fence in it", "````\n```\n````\n", "````\n```\n````\n"),
    ("code without an end", "```\nls", "```\nls\n```\n"),
    ("indented code", "a\n\n    b\n\n      c\n", "a\n\n    b\n\n      c\n"),
    ("a table", "|a|b|\n|-|:-:|\n|long cell|c|\n", "| a         |  b  |\n| --------- | :-: |\n| long cell |  c  |\n"),
    (
        "a table with bars",
        "a | b\\|c\n--|--\n`d \\| e` | f\n",
        "| a        | b\\|c |\n| -------- | ---- |\n| `d \\| e` | f    |\n",
    ),
    ("wide characters", "|障害|b|\n|-|-|\n|c|d|\n", "| 障害 | b   |\n| ---- | --- |\n| c    | d   |\n"),
    ("a wide table", f"|a|b|\n|-|-|\n|{'x' * 120}|c|\n", f"| a | b |\n| -- | -- |\n| {'x' * 120} | c |\n"),
    ("cells that are shown nowhere", "|a|\n|-|\n|b|c|\n", "|a|\n|-|\n|b|c|\n"),
    ("such cells in an item", "- |a|\n  |-|\n  |b|c|\n", "- |a|\n  |-|\n  |b|c|\n"),
    (
        "raw HTML",
        "<details>\n<summary>a</summary>\n\nb\n\n</details>\n",
        "<details>\n<summary>a</summary>\n\nb\n\n</details>\n",
    ),
    ("HTML below text", "a\n<div>\nb\n</div>\n", "a\n\n<div>\nb\n</div>\n"),
    ("comments in a row", "<!-- a -->\n<!-- b -->\n\n<!-- c -->\n", "<!-- a -->\n<!-- b -->\n\n<!-- c -->\n"),
    ("a comment right above a block", "a\n\n<!-- b -->\n## c\n", "a\n\n<!-- b -->\n## c\n"),
    ("a comment in an item", "- a <!-- b -->\n- c\n", "- a <!-- b -->\n- c\n"),
    ("definitions of links", "[a]\n\n[a]: /u 'T'\n[b]: <v w>\n\nc\n", "[a]\n\n[a]: /u 'T'\n[b]: <v w>\n\nc\n"),
    ("comments as definitions", "[//]: # (one)\n\na\n\n[//]: # (two)\n", "[//]: # (one)\n\na\n\n[//]: # (two)\n"),
    ("nothing", "", ""),
    ("nothing to see", " \n\t\n", ""),
]
WORDS = [
    ("emphasis", "_a_ __b__ *c* **d** ~~e~~ a_b_c 2*3*4\n"),
    ("escapes and entities", "\\* \\_ \\[ &nbsp;&amp;&lt; & < \\\\n\n"),
    ("links", "<https://a.example> https://b.example/x_y [c](d 'e') ![f](g) [h][i] [j]\n"),
    ("footnotes", "a[^1]\n\n[^1]: b c\n\n    d\n"),
    ("alerts", "> [!NOTE]\n> a\n"),
    ("formulas", "$x_{a}*b_{c}$\n\n$$\nx_1\n$$\n"),
    ("short codes", "{{< youtube x_y >}}\n\n{% include a_b %}\n\n[[_TOC_]] [TOC] :+1:\n"),
    ("attributes", "## Timeline {#t-1 .x}\n\n::: note\na\n:::\n"),
    ("admonitions", "!!! note\n    a\n    b\n"),
    ("definition lists", "Term\n:   what it\n    means\n"),
    ("two blanks in a line", "a  b   c\n"),
]


@pytest.mark.parametrize(("before", "after"), [case[1:] for case in SET], ids=[case[0] for case in SET])
def test_how_a_block_is_set(before: str, after: str) -> None:
    assert laid_out(before) == after
    assert laid_out(after) == after
    assert html(after) == html(before)


@pytest.mark.parametrize("text", [case[1] for case in WORDS], ids=[case[0] for case in WORDS])
def test_words_stay_as_they_are_written(text: str) -> None:
    assert laid_out(text) == text


SHOWN = [
    ("white space", "a  b\nc\n", "a b c\n", True),
    ("white space in code", "```\na  b\n```\n", "```\na b\n```\n", False),
    ("the mark of a list", "- a\n", "* a\n", True),
    ("a list that is looser", "- a\n- b\n", "- a\n\n- b\n", False),
    ("a word", "a\n", "b\n", False),
]


@pytest.mark.parametrize(("one", "other", "same"), [case[1:] for case in SHOWN], ids=[case[0] for case in SHOWN])
def test_what_a_browser_shows(one: str, other: str, same: bool) -> None:
    assert (html(one) == html(other)) is same


@given(markdown)
def test_no_text_is_too_odd(text: str) -> None:
    """Where something odd comes out, whoever asks can tell: that is what the engine does."""
    text = text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
    new = laid_out(text)

    assert new == "" or new.endswith("\n")
    if html(new) == html(text) and words(new) == words(text):
        assert html(laid_out(new)) == html(text)
