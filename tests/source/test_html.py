"""Exported documents: raw HTML becomes the blocks that Markdown would make."""

import pytest
from tests.source.test_markdown import Line, outline

from pmlint.source import Source, Table
from pmlint.source.markdown import read_markup

DOCUMENTS: dict[str, tuple[str, list[Line]]] = {
    "heading": ("<h2 id='x'>Time <em>line</em></h2>", [("h2", "<h2 id='x'>Time <em>line</em></h2>", "Time line")]),
    "paragraph": ("<p>a <b>b</b>\nc &amp; d</p>", [("p", "a <b>b</b>\nc &amp; d", "a b c & d")]),
    "division": ("<div>a<div>b</div>c</div>", [("p", "a", "a"), ("p", "b", "b"), ("p", "c", "c")]),
    "line break": ("<p>a<br/> b</p>", [("p", "a<br/> b", "a\nb")]),
    "rule": ("<p>a</p><hr>", [("p", "a", "a"), ("hr", "<hr>", "")]),
    "folded": (
        "<details><summary>More <b>now</b></summary>\n<p>a</p></details>",
        [("p", "More <b>now", "More now"), ("p", "a", "a")],
    ),
    "folded heading": ("<details><summary><h3>T</h3></summary>", [("h3", "<h3>T</h3>", "T")]),
    "folded Markdown": (
        "<details>\n<summary>T</summary>\n\n- a\n\n</details>",
        [("p", "T", "T"), ("-", "- a", ""), (".p", "a", "a"), ("html", "</details>", "\n")],
    ),
    "list": (
        "<ul>\n<li>a</li>\n<li>b <i>c</i></li></ul>",
        [("-", "<li>a</li>", ""), (".p", "a", "a"), ("-", "<li>b <i>c</i></li>", ""), (".p", "b <i>c", "b c")],
    ),
    "numbered": (
        "<ol start='3'><li>a<li>b</ol>",
        [("3.", "<li>a", ""), (".p", "a", "a"), ("4.", "<li>b</ol>", ""), (".p", "b", "b")],
    ),
    "nested list": (
        "<ul><li><p>a</p><ul><li>b</li></ul></li></ul>",
        [
            ("-", "<li><p>a</p><ul><li>b</li></ul></li>", ""),
            (".p", "a", "a"),
            (".-", "<li>b</li>", ""),
            ("..p", "b", "b"),
        ],
    ),
    "task": (
        "<ul><li><input type=checkbox checked disabled> a</li><li><input type='checkbox'>b</ul>",
        [
            ("-[x]", "<li><input type=checkbox checked disabled> a</li>", ""),
            (".p", "a", "a"),
            ("-[ ]", "<li><input type='checkbox'>b</ul>", ""),
            (".p", "b", "b"),
        ],
    ),
    "table": (
        "<table><thead><tr><th>a</th><th>b</th></tr></thead>\n"
        "<tbody><tr><td> c </td><td><p>d</p><p>e</p></td></tr></table>",
        [
            ("row", "<tr><th>a</th><th>b</th></tr>", "a=a|b=b"),
            ("row", "<tr><td> c </td><td><p>d</p><p>e</p></td></tr>", "c=c|<p>d</p><p>e</p>=d\ne"),
        ],
    ),
    "table over blank lines": (
        "<table>\n<tr><th>a</th></tr>\n\n<tr><td>b</td></tr>\n\n</table>",
        [("row", "<tr><th>a</th></tr>", "a=a"), ("row", "<tr><td>b</td></tr>", "b=b")],
    ),
    "keys beside values": (
        "<table><tr><th>k</th><td>v</td></tr></table>",
        [("row", "", "=|="), ("row", "<tr><th>k</th><td>v</td></tr>", "k=k|v=v")],
    ),
    "missing and joined cells": (
        "<table><tr><td>a<td>b<td>c<tr><td colspan=2>d<td>e<tr><td>f</table>",
        [
            ("row", "<tr><td>a<td>b<td>c", "a=a|b=b|c=c"),
            ("row", "<tr><td colspan=2>d<td>e", "d=d|=|e=e"),
            ("row", "<tr><td>f</table>", "f=f|=|="),
        ],
    ),
    "table in a cell": (
        "<table><tr><td>a<table><tr><td>b</td><td>c</td></tr></table></td><td>d</td></tr></table>",
        [
            (
                "row",
                "<tr><td>a<table><tr><td>b</td><td>c</td></tr></table></td><td>d</td></tr>",
                "a<table><tr><td>b</td><td>c</td></tr></table>=a\nb c|d=d",
            ),
        ],
    ),
    "in a quote": (
        "> <ul>\n> <li>a\n> b</li>\n> </ul>",
        [
            ("quote", "> <ul>\n> <li>a\n> b</li>\n> </ul>", ""),
            (".-", "<li>a\n> b</li>", ""),
            ("..p", "a\n> b", "a b"),
        ],
    ),
    "quotation": (
        "<blockquote><p>a</p></blockquote>",
        [("quote", "<blockquote><p>a</p></blockquote>", ""), (".p", "a", "a")],
    ),
    "code": ("<pre><code>a &lt; b\n\n  <b>c</b>\n</code></pre>", [("code", "", "a &lt; b=a < b|c=c")]),
    "words beside a comment": ("<!-- a --> b", [("p", "b", "b")]),
    "comment alone": ("<!-- a -->", [("html", "<!-- a -->", "\n")]),
    "style and script": ("<style>p {}</style>\n<p>a</p>\n<script>b</script>", [("p", "a", "a")]),
    "placeholder": ("<service>\nname\n</service>", [("html", "<service>\nname\n</service>", "\n\nname\n\n")]),
    "never closed": ("<table><tr><td>a", [("row", "<tr><td>a", "a=a")]),
    "closed too often": ("</table></ul><p>a</p></td>", [("p", "a", "a")]),
    "carriage returns": ("<p>a\r\nb</p>\r\n", [("p", "a\r\nb", "a b")]),
    "less-than sign": ("<p>a < b <c</p>", [("p", "a < b <c", "a < b <c")]),
    "empty": ("<div>\n</div>", [("html", "<div>\n</div>", "\n\n\n")]),
    "attribute with a sign": ("<p title='a > b'>c</p>", [("p", "c", "c")]),
}


@pytest.mark.parametrize(("text", "expected"), [pytest.param(*case, id=name) for name, case in DOCUMENTS.items()])
def test_blocks_of_html(text: str, expected: list[Line]) -> None:
    assert expected == outline(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("<b>a</b>", [("strong", "a", None)], id="bold"),
        pytest.param("<a href='/u?a&amp;b'>a</a>", [("link", "a", "/u?a&b")], id="link"),
        pytest.param("<a name=x>a</a>", [], id="anchor"),
        pytest.param("<del>a</del> <code>b</code>", [("strike", "a", None), ("code", "b", None)], id="strike and code"),
        pytest.param("<img src=/i alt='a'>", [("image", "a", "/i")], id="image"),
        pytest.param("https://a.b", [("url", "https://a.b", "https://a.b")], id="bare address"),
        pytest.param("“a b”", [("quotation", "“a b”", None)], id="quotation"),
    ],
)
def test_marks_in_a_cell(text: str, expected: list[tuple[str, str, str | None]]) -> None:
    table = read_markup(Source(f"<table><tr><td>{text}</td></tr></table>")).blocks[0]
    assert isinstance(table, Table)
    prose = table.header.cells[0].prose

    assert expected == [(mark.kind, prose.text[mark.start : mark.end], mark.target) for mark in prose.marks]
