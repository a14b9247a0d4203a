"""Every construct of Markdown, as blocks whose spans slice to what they claim."""

from collections.abc import Iterator

import pytest

from pmlint.source import (
    Block,
    Code,
    Comment,
    Divider,
    Heading,
    Html,
    Item,
    List,
    Paragraph,
    Quote,
    Source,
    Table,
)
from pmlint.source.markdown import read_markup

Line = tuple[str, str, str]


def outline(text: str) -> list[Line]:
    """Each block as (kind, its source, the text a reader sees), depth shown by dots."""
    source = Source(text)
    return list(_outline(source, read_markup(source).blocks, ""))


def _outline(source: Source, blocks: tuple[Block, ...], depth: str) -> Iterator[Line]:
    for block in blocks:
        written = source[block.span]
        match block:
            case Heading(_, level, prose):
                yield f"{depth}h{level}", written, prose.text
            case Paragraph(_, prose):
                yield f"{depth}p", source[prose.span()], prose.text
            case Html(_, prose):
                yield f"{depth}html", written, prose.text
            case Divider():
                yield f"{depth}hr", written, ""
            case Code(_, info, lines):
                yield f"{depth}code", info, "|".join(f"{source[line.span()]}={line.text}" for line in lines)
            case List():
                for item in block.items:
                    yield from _item(source, item, depth)
            case Quote():
                yield f"{depth}quote", written, ""
                yield from _outline(source, block.blocks, f"{depth}.")
            case Table():
                for row in (block.header, *block.rows):
                    cells = [f"{source[cell.span]}={cell.prose.text}" for cell in row.cells]
                    yield f"{depth}row", source[row.span], "|".join(cells)


def _item(source: Source, item: Item, depth: str) -> Iterator[Line]:
    box = {None: "", True: "[x]", False: "[ ]"}[item.checked]
    yield f"{depth}{item.marker}{box}", source[item.span], ""
    yield from _outline(source, item.blocks, f"{depth}.")


HEADINGS = {
    "atx": ("# One", [("h1", "# One", "One")]),
    "closing hashes": ("## Two ##  ", [("h2", "## Two ##", "Two")]),
    "hash inside": ("# C# and # more", [("h1", "# C# and # more", "C# and # more")]),
    "seven hashes": ("####### no", [("p", "####### no", "####### no")]),
    "no space": ("#no", [("p", "#no", "#no")]),
    "empty": ("##", [("h2", "##", "")]),
    "inline markup": ("### **Root** `x`", [("h3", "### **Root** `x`", "Root x")]),
    "setext": ("Title\n=====\nSub\n---\n", [("h1", "Title\n=====", "Title"), ("h2", "Sub\n---", "Sub")]),
    "setext of two lines": ("One\n  two\n===", [("h1", "One\n  two\n===", "One\ntwo")]),
    "in a quote": ("> # Q", [("quote", "> # Q", ""), (".h1", "# Q", "Q")]),
    "in an item": ("- # I", [("-", "- # I", ""), (".h1", "# I", "I")]),
    "byte order mark": ("\ufeff# One", [("h1", "# One", "One")]),
}

LISTS = {
    "bullets": ("- a\n- b", [("-", "- a", ""), (".p", "a", "a"), ("-", "- b", ""), (".p", "b", "b")]),
    "numbers": ("3. a\n4. b", [("3.", "3. a", ""), (".p", "a", "a"), ("4.", "4. b", ""), (".p", "b", "b")]),
    "parenthesis": ("1) a", [("1)", "1) a", ""), (".p", "a", "a")]),
    "star before bold": ("* **Impact:** x", [("*", "* **Impact:** x", ""), (".p", "Impact:** x", "Impact: x")]),
    "dash before a dashed comment": (
        "- <!-- a - b --> x",
        [("-", "- <!-- a - b --> x", ""), (".p", "x", "x")],
    ),
    "nested": (
        "- a\n  - b\n    c\n- d",
        [
            ("-", "- a\n  - b\n    c", ""),
            (".p", "a", "a"),
            (".-", "- b\n    c", ""),
            ("..p", "b\n    c", "b\nc"),
            ("-", "- d", ""),
            (".p", "d", "d"),
        ],
    ),
    "on one line": ("- - a", [("-", "- - a", ""), (".-", "- a", ""), ("..p", "a", "a")]),
    "lazy continuation": ("- a\nb", [("-", "- a\nb", ""), (".p", "a\nb", "a\nb")]),
    "tabs": ("-\ta\n\n\tb", [("-", "-\ta\n\n\tb", ""), (".p", "a", "a"), (".p", "b", "b")]),
    "empty item": ("-\n- a", [("-", "-", ""), ("-", "- a", ""), (".p", "a", "a")]),
    "tasks": (
        "- [ ] a\n- [x] b\n- [X] c\n- [y] d",
        [
            ("-[ ]", "- [ ] a", ""),
            (".p", "a", "a"),
            ("-[x]", "- [x] b", ""),
            (".p", "b", "b"),
            ("-[x]", "- [X] c", ""),
            (".p", "c", "c"),
            ("-", "- [y] d", ""),
            (".p", "[y] d", "[y] d"),
        ],
    ),
    "code in an item": ("- ```\n  x\n  ```", [("-", "- ```\n  x\n  ```", ""), (".code", "", "x=x")]),
    "break in an item": ("- a\n\n  ***", [("-", "- a\n\n  ***", ""), (".p", "a", "a"), (".hr", "***", "")]),
}

QUOTES = {
    "one": ("> a\n> b", [("quote", "> a\n> b", ""), (".p", "a\n> b", "a\nb")]),
    "lazy": ("> a\nb", [("quote", "> a\nb", ""), (".p", "a\nb", "a\nb")]),
    "nested": ("> a\n> > b", [("quote", "> a\n> > b", ""), (".p", "a", "a"), (".quote", "> b", ""), ("..p", "b", "b")]),
    "on one line": (">> a", [("quote", ">> a", ""), (".quote", "> a", ""), ("..p", "a", "a")]),
    "sign in the text": ("> a > b", [("quote", "> a > b", ""), (".p", "a > b", "a > b")]),
    "tag first": ("> <b>x</b> y", [("quote", "> <b>x</b> y", ""), (".p", "x</b> y", "x y")]),
    "list inside": (
        "> - a\n>   b",
        [("quote", "> - a\n>   b", ""), (".-", "- a\n>   b", ""), ("..p", "a\n>   b", "a\nb")],
    ),
    "in a list": (
        "- > a\n  > b",
        [("-", "- > a\n  > b", ""), (".quote", "> a\n  > b", ""), ("..p", "a\n  > b", "a\nb")],
    ),
    "code inside": ("> ```\n> x > y\n> ```", [("quote", "> ```\n> x > y\n> ```", ""), (".code", "", "x > y=x > y")]),
}

TABLES = {
    "plain": ("| a | b |\n|---|---|\n| c | d |", [("row", "a | b |", "a=a|b=b"), ("row", "c | d |", "c=c|d=d")]),
    "no outer pipes": ("a | b\n--|--\nc | d", [("row", "a | b", "a=a|b=b"), ("row", "c | d", "c=c|d=d")]),
    "escaped pipe": ("|a|\n|-|\n|x \\| y|", [("row", "a|", "a=a"), ("row", "x \\| y|", "x \\| y=x | y")]),
    "pipe in code": ("|a|\n|-|\n|`x \\| y`|", [("row", "a|", "a=a"), ("row", "`x \\| y`|", "`x \\| y`=x | y")]),
    "missing cell": ("|a|b|\n|-|-|\n|c|", [("row", "a|b|", "a=a|b=b"), ("row", "c|", "c=c|=")]),
    "surplus cell": ("|a|\n|-|\n|c|d|", [("row", "a|", "a=a"), ("row", "c|d|", "c=c")]),
    "empty cell": ("|a|b|\n|-|-|\n||d|", [("row", "a|b|", "a=a|b=b"), ("row", "|d|", "=|d=d")]),
    "line break in a cell": ("|a|\n|-|\n|x<br>y|", [("row", "a|", "a=a"), ("row", "x<br>y|", "x<br>y=x\ny")]),
    "in a quote": (
        "> |a|b|\n> |-|-|\n> |c > d|e|",
        [
            ("quote", "> |a|b|\n> |-|-|\n> |c > d|e|", ""),
            (".row", "a|b|", "a=a|b=b"),
            (".row", "c > d|e|", "c > d=c > d|e=e"),
        ],
    ),
    "in an item": (
        "- |a|b|\n  |-|-|\n  |- c|d|",
        [("-", "- |a|b|\n  |-|-|\n  |- c|d|", ""), (".row", "a|b|", "a=a|b=b"), (".row", "- c|d|", "- c=- c|d=d")],
    ),
    "the same word twice": ("|a|a|\n|-|-|\n|b|b|", [("row", "a|a|", "a=a|a=a"), ("row", "b|b|", "b=b|b=b")]),
}

OTHERS = {
    "fence": ("```sh title\na\n  b\n\n```", [("code", "sh title", "a=a|b=b")]),
    "open fence": ("~~~\na", [("code", "", "a=a")]),
    "indented code": ("    a\n\tb", [("code", "", "a=a|b=b")]),
    "thematic break": ("a\n\n* * *", [("p", "a", "a"), ("hr", "* * *", "")]),
    "break first": ("---\n\na\n\n---\n", [("hr", "---", ""), ("p", "a", "a"), ("hr", "---", "")]),
    "carriage returns with feeds": ("# a\r\n\r\nb\r\nc\r\n", [("h1", "# a", "a"), ("p", "b\r\nc", "b\nc")]),
    "lone carriage returns": ("# a\r\rb\rc\r", [("h1", "# a", "a"), ("p", "b\rc", "b\nc")]),
    "nul": ("a\0b", [("p", "a\0b", "a\ufffdb")]),
    "bidi": ("a\u202eb", [("p", "a\u202eb", "a\u202eb")]),
    "form feed is no line": ("a\x0cb\nc", [("p", "a\x0cb\nc", "a\x0cb\nc")]),
    "line separator is no line": ("a\u2028b\n# c", [("p", "a\u2028b", "a\u2028b"), ("h1", "# c", "c")]),
    "no-break space": ("a\xa0b\n\xa0", [("p", "a\xa0b", "a\xa0b")]),
    "empty": ("", []),
    "blanks": (" \n\t\n", []),
    "definition": ("[a]: /u\n\n[a] b", [("p", "a] b", "a b")]),
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(text, expected, id=f"{kind}: {name}")
        for kind, table in (
            ("heading", HEADINGS),
            ("list", LISTS),
            ("quote", QUOTES),
            ("table", TABLES),
            ("other", OTHERS),
        )
        for name, (text, expected) in table.items()
    ],
)
def test_blocks(text: str, expected: list[Line]) -> None:
    assert expected == outline(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a <!-- b --> c", [("<!-- b -->", " b ")], id="inline"),
        pytest.param("<!-- a\n\nb -->\n", [("<!-- a\n\nb -->", " a\n\nb ")], id="over a blank line"),
        pytest.param("<!-- a", [("<!-- a", " a")], id="never closed"),
        pytest.param("> <!-- a\n> b -->", [("<!-- a\n> b -->", " a\nb ")], id="in a quote"),
        pytest.param("- <!-- a --> b", [("<!-- a -->", " a ")], id="in an item"),
        pytest.param("|a|\n|-|\n|x <!-- b -->|", [("<!-- b -->", " b ")], id="in a cell"),
        pytest.param("<p>\n<!-- a -->\n</p>", [("<!-- a -->", " a ")], id="in HTML"),
        pytest.param("# h <!-- a -->", [("<!-- a -->", " a ")], id="in a heading"),
        pytest.param("`<!-- a -->`\n\n    <!-- b -->\n", [], id="not in code"),
    ],
)
def test_comments(text: str, expected: list[tuple[str, str]]) -> None:
    source = Source(text)
    comments: tuple[Comment, ...] = read_markup(source).comments

    assert expected == [(source[comment.span], comment.text) for comment in comments]
