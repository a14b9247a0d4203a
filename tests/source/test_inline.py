"""Inline markup: what a reader sees, where it stands, and what is marked on it."""

import pytest

from pmlint.source import Paragraph, Prose, Source
from pmlint.source.markdown import read_markup


def prose_of(text: str) -> Prose:
    block = read_markup(Source(text)).blocks[0]
    assert isinstance(block, Paragraph)
    return block.prose


def slices(text: str) -> list[tuple[str, str]]:
    """The segments of the first paragraph, as (source, text)."""
    prose = prose_of(text)
    return [(text[part.origin : part.origin_end], prose.text[part.start : part.end]) for part in prose.segments]


def marks(text: str) -> list[tuple[str, str, str | None]]:
    """The marks of the first paragraph, as (kind, marked text, target)."""
    prose = prose_of(text)
    return [(mark.kind, prose.text[mark.start : mark.end], mark.target) for mark in prose.marks]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a **b** c", [("a ", "a "), ("b", "b"), (" c", " c")], id="strong"),
        pytest.param("*a _b_*", [("a ", "a "), ("b", "b")], id="emphasis in emphasis"),
        pytest.param("~~a~~ ~b~", [("a", "a"), (" ~b~", " ~b~")], id="strike"),
        pytest.param("a * b **c", [("a * b **c", "a * b **c")], id="marks that mark nothing"),
        pytest.param("x ~~~a~~~", [("x ~", "x ~"), ("a", "a"), ("~", "~")], id="odd tildes"),
        pytest.param("`a` b", [("a", "a"), (" b", " b")], id="code"),
        pytest.param("`` a`b `` c", [("a`b", "a`b"), (" c", " c")], id="code with a run of back-ticks"),
        pytest.param("`a``b`", [("a``b", "a``b")], id="a longer run does not close"),
        pytest.param("`a\nb`", [("a", "a"), ("\n", " "), ("b", "b")], id="code over a line"),
        pytest.param("``a", [("``a", "``a")], id="open back-ticks"),
        pytest.param(
            "a &amp; &lt;b", [("a ", "a "), ("&amp;", "&"), (" ", " "), ("&lt;", "<"), ("b", "b")], id="entities"
        ),
        pytest.param("&nope; &", [("&nope; &", "&nope; &")], id="no entity"),
        pytest.param("\\*a\\*", [("\\*", "*"), ("a", "a"), ("\\*", "*")], id="escapes"),
        pytest.param("a  \n  b", [("a", "a"), ("  \n  ", "\n"), ("b", "b")], id="hard break by spaces"),
        pytest.param("a\\\nb", [("a", "a"), ("\\\n", "\n"), ("b", "b")], id="hard break by backslash"),
        pytest.param("a \nb", [("a", "a"), (" \n", "\n"), ("b", "b")], id="soft break"),
        pytest.param("a\t\nb", [("a\t", "a\t"), ("\n", "\n"), ("b", "b")], id="tab before a break"),
        pytest.param("a\r\nb", [("a", "a"), ("\r\n", "\n"), ("b", "b")], id="break of two characters"),
        pytest.param("a<br>b", [("a", "a"), ("<br>", "\n"), ("b", "b")], id="break by tag"),
        pytest.param('[a b](/u "t") c', [("a b", "a b"), (" c", " c")], id="link"),
        pytest.param("[a](<b c> 'a') a", [("a", "a"), (" a", " a")], id="link with its text in address and title"),
        pytest.param("<https://a.b/%20x>", [("https://a.b/%20x", "https://a.b/%20x")], id="autolink as written"),
        pytest.param("<me@a.b> x", [("me@a.b", "me@a.b"), (" x", " x")], id="mail address"),
        pytest.param("a ![b](c.png) d", [("a ", "a "), ("b", "b"), (" d", " d")], id="image"),
        pytest.param("x <b>y</b> z", [("x ", "x "), ("y", "y"), (" z", " z")], id="inline tags"),
        pytest.param('x <img src="s" alt="y z">', [("x ", "x "), ("y z", "y z")], id="image by tag"),
        pytest.param("x <!-- y --> z", [("x ", "x "), (" z", " z")], id="comment"),
        pytest.param("x <!-- y -->", [("x", "x")], id="comment at the end"),
        pytest.param("a\u200bb\u202e", [("a\u200bb\u202e", "a\u200bb\u202e")], id="characters without width"),
    ],
)
def test_text_and_its_source(text: str, expected: list[tuple[str, str]]) -> None:
    assert expected == slices(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("**a** *b*", [("strong", "a", None), ("emphasis", "b", None)], id="strong and emphasis"),
        pytest.param("~~a~~", [("strike", "a", None)], id="strike"),
        pytest.param("`a`", [("code", "a", None)], id="code"),
        pytest.param("[a *b*](/u)", [("link", "a b", "/u"), ("emphasis", "b", None)], id="link"),
        pytest.param("[a][r]\n\n[r]: /u", [("link", "a", "/u")], id="reference"),
        pytest.param("[r]\n\n[R]: /u", [("link", "r", "/u")], id="shortcut reference"),
        pytest.param("[a][gone]", [], id="reference to nothing"),
        pytest.param("![a](/i.png)", [("image", "a", "/i.png")], id="image"),
        pytest.param("![a][r]\n\n[r]: /u", [("image", "a", "/u")], id="image by reference"),
        pytest.param(
            "[![a](/i)](/u) b", [("image", "a", "/i"), ("link", "a", "/u")], id="image in a link, as badges are"
        ),
        pytest.param("see https://a.b/c.", [("url", "https://a.b/c", "https://a.b/c")], id="bare address"),
        pytest.param("(https://a.b/c)", [("url", "https://a.b/c", "https://a.b/c")], id="address in brackets"),
        pytest.param("`https://a.b`", [("code", "https://a.b", None)], id="address in code"),
        pytest.param('<a href="/u">a</a> <del>b</del>', [("link", "a", "/u"), ("strike", "b", None)], id="tags"),
        pytest.param("<b>a", [], id="tag never closed"),
        pytest.param(
            'say "a `b"` c"', [("quotation", '"a b" c"', None), ("code", 'b"', None)], id="quote mark in code"
        ),
        pytest.param("“a\nb”", [("quotation", "“a\nb”", None)], id="quotation over a soft break"),
    ],
)
def test_marks(text: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert expected == marks(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param('He said "oops" twice', "He said ██████ twice", id="quotation"),
        pytest.param("run `rm -rf` now", "run ██████ now", id="code"),
        pytest.param("at https://a.b now", "at ███████████ now", id="address"),
        pytest.param("![x y](z) now", "███ now", id="image"),
        pytest.param('"a `b` c" d', "███████ d", id="code in a quotation"),
        pytest.param("didn’t and it's", "didn’t and it's", id="apostrophes"),
        pytest.param("**loud** [link](u)", "loud link", id="the author's own emphasis and links"),
    ],
)
def test_voice(text: str, expected: str) -> None:
    assert expected == prose_of(text).voice.replace("\ufffc", "█")


def test_an_offset_of_the_text_is_a_place_in_the_source() -> None:
    text = "a **b &amp; c**"
    prose = prose_of(text)
    at = prose.text.index("& c")

    assert text[slice(*prose.span(at, at + 3))] == "&amp; c"


def test_whether_text_is_marked() -> None:
    prose = prose_of("a **b c** `d`")

    assert [
        prose.inside("strong", 2, 5),
        prose.inside("strong", 0, 3),
        prose.inside("code", 6, 7),
    ] == [True, False, True]


def test_links_are_given_in_order() -> None:
    prose = prose_of("[a](/1) https://b ![c](/3) `https://d`")

    assert [mark.target for mark in prose.links()] == ["/1", "https://b", "/3"]


def test_lines_keep_marks_and_places() -> None:
    text = "**a**: b\n\u00a0\n  `c` d"
    lines = prose_of(text).lines()

    assert [(text[slice(*line.span())], line.text, [mark.kind for mark in line.marks]) for line in lines] == [
        ("a**: b", "a: b", ["strong"]),
        ("c` d", "c d", ["code"]),
    ]
