"""The page is one file that asks for nothing, shows what it was given and nothing of a stranger's making."""

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.report.sample import CHECKOUT, HOSTILE, JAPANESE, RULES, RUN, find, one, with_everything

from pmlint.engine.finding import Checked, Run
from pmlint.report import Style, reporter
from pmlint.report.html_figures import Bin, Range, histogram, ranges
from pmlint.report.html_sheet import sheet
from pmlint.source import Source

VOID = {"meta", "link", "input", "wbr"}
# The parser may close these by itself, as every browser does.
OPEN_ENDED = {"tr", "th", "td"}


class Page(HTMLParser):
    """The elements of a page with their attributes, and the text in it; a tag that closes nothing is an error."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.raw: dict[str, str] = {}
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID | OPEN_ENDED:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] in ("style", "script"):
            self.raw[self._open[-1]] = data
        else:
            self.text += data

    def values(self, *names: str) -> list[str]:
        return [attributes[name] for _, attributes in self.elements for name in names if name in attributes]


def page(run: Run) -> Page:
    return Page(reporter("html")(run, RULES, style=Style()))


def test_the_policy_allows_this_style_and_this_script_alone() -> None:
    shown = page(RUN)
    policy = next(each["content"] for tag, each in shown.elements if each.get("http-equiv"))
    digests = {kind: b64encode(sha256(shown.raw[kind].encode()).digest()).decode() for kind in ("style", "script")}

    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digests['style']}'; script-src 'sha256-{digests['script']}'; "
        "img-src data:; base-uri 'none'; form-action 'none'; connect-src 'none'"
    )


def test_nothing_is_asked_of_anybody() -> None:
    shown = page(RUN)
    leads = [value for value in shown.values("href", "src", "action", "xlink:href") if not value.startswith("#")]

    # the second is the page of a rule, which a reader may follow
    assert leads == ["data:,", "https://pmlint.example/rules/missing-section"]
    assert not re.search(r"url\(|@import|fetch\(|XMLHttpRequest|import\(|innerHTML|eval\(", "".join(shown.raw.values()))
    assert [name for _, each in shown.elements for name in each if name.startswith("on") or name == "style"] == []


def test_every_link_within_the_page_leads_somewhere() -> None:
    shown = page(RUN)
    ids = shown.values("id")

    assert len(ids) == len(set(ids))
    assert {value[1:] for value in shown.values("href") if value.startswith("#")} <= set(ids)


def test_what_documents_hold_becomes_text() -> None:
    shown, harmless = page(with_everything(HOSTILE)), page(with_everything("harm/less"))

    assert [tag for tag, _ in shown.elements] == [tag for tag, _ in harmless.elements]
    assert shown.text.count(" ".join(HOSTILE.split())) == harmless.text.count("harm/less") > 20
    assert shown.raw == harmless.raw


def test_of_two_documents_each_has_its_own_places() -> None:
    shown = page(RUN)

    assert [each["id"] for tag, each in shown.elements if tag == "li" and "id" in each] == [
        *(f"d1-f{number}" for number in range(1, 11)),
        "d2-f1",
        "d2-f2",
        "d3-f1",
    ]


def lines(document: Checked, *, whole: bool = True) -> list[str]:
    return str(sheet(document, "d1", whole=whole).html).splitlines()


SHEETS = [
    (
        "two findings in the same words",
        "some users\n",
        ("some users", "users"),
        '<p data-n=1 id=d1-l1><mark class=w data-f="1">some </mark><mark class=w data-f="1 2">users</mark>'
        "<a class=w href=#d1-f1>1</a><a class=w href=#d1-f2>2</a></p>",
    ),
    (
        "words within words",
        "a some b\n",
        ("a some b", "some"),
        '<p data-n=1 id=d1-l1><mark class=w data-f="1">a </mark><mark class=w data-f="1 2">some</mark>'
        '<a class=w href=#d1-f2>2</a><mark class=w data-f="1"> b</mark><a class=w href=#d1-f1>1</a></p>',
    ),
    (
        "a place without words",
        "some users\n",
        ("",),
        "<p data-n=1 id=d1-l1><a class=w href=#d1-f1>1</a>some users</p>",
    ),
    (
        "over a line end",
        "some\r\nusers were\r\n",
        ("some\r\nusers",),
        '<p data-n=1 id=d1-l1><mark class=w data-f="1">some</mark><a class=w href=#d1-f1>1</a></p>\n'
        '<p data-n=2 id=d1-l2><mark class=w data-f="1">users</mark> were</p>',
    ),
    (
        "markup, a tab and what cannot be seen",
        "<b>\tsome\u202e\x00 &amp;\n",
        ("some",),
        '<p data-n=1 id=d1-l1>&lt;b&gt;&#9;<mark class=w data-f="1">some</mark><a class=w href=#d1-f1>1</a>'
        r"<span class=unseen>\u202e</span><span class=unseen>\x00</span> &amp;amp;</p>",
    ),
]


@pytest.mark.parametrize(("text", "words", "expected"), [case[1:] for case in SHEETS], ids=[case[0] for case in SHEETS])
def test_words_are_marked_where_they_stand(text: str, words: tuple[str, ...], expected: str) -> None:
    source = Source(text, "a.md")
    found = tuple(find(source, "vague-quantity", each, "") for each in words)

    assert lines(Checked("a.md", "postmortem", "", "", found, 50, text=text)) == expected.splitlines()


KINDS = """\
---
title: some
---
# One
### Three
<!-- a remark -->
> said
| a | b |
```sh
# no heading
```
some
"""


def test_a_line_looks_like_what_it_is() -> None:
    found = (find(Source(KINDS, "a.md"), "vague-quantity", "some", "", nth=1),)
    document = Checked("a.md", "postmortem", "", "", found, 50, text=KINDS)

    assert [re.findall(r"class=(\w+)", line.partition(">")[0]) for line in lines(document)] == [
        *[["c"]] * 3,
        ["h1"],
        ["h"],
        ["m"],
        ["q"],
        ["t"],
        *[["c"]] * 3,
        [],
    ]


def test_of_a_long_document_the_lines_around_its_findings_are_shown() -> None:
    text = "".join(f"line {number}\n" for number in range(1, 101))
    source = Source(text, "a.md")
    found = (find(source, "vague-quantity", "line 20\n", ""), find(source, "vague-quantity", "line 60\n", ""))
    document = Checked("a.md", "postmortem", "", "", found, 50, text=text)
    shown = [re.sub(r"<mark.*?>|</?[ap].*?>|</mark>", "", line) for line in lines(document, whole=False)]

    assert shown == [
        "15 lines without findings",
        *(f"line {number}" + ("1" if number == 20 else "") for number in range(16, 25)),
        "31 lines without findings",
        *(f"line {number}" + ("2" if number == 60 else "") for number in range(56, 65)),
        "36 lines without findings",
    ]


def test_a_line_without_end_is_cut() -> None:
    text = f"some {'x' * 5_000} users\n"
    source = Source(text, "a.md")
    found = (find(source, "vague-quantity", "some", ""), find(source, "vague-quantity", "users", ""))
    (line,) = lines(Checked("a.md", "postmortem", "", "", found, 50, text=text))

    assert line == (
        '<p data-n=1 id=d1-l1><mark class=w data-f="1">some</mark><a class=w href=#d1-f1>1</a> '
        f"{'x' * 2_995}<span class=quiet>… 2011 more characters with 1 more finding</span></p>"
    )


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(replace(CHECKOUT, text=None), id="whose text is not at hand"),
        pytest.param(replace(JAPANESE, findings=()), id="without findings"),
    ],
)
def test_a_document_that_is_not_shown(document: Checked) -> None:
    shown = page(one(document))

    assert (sheet(document, "d1", whole=True).html, sheet(document, "d1", whole=True).lines) == ("", frozenset())
    assert [tag for tag, _ in shown.elements if tag == "mark"] == []


def test_the_histogram() -> None:
    assert [each for each in histogram([0, 61, 64, 100, 99]) if each.documents] == [
        Bin(low=0, high=4, documents=1, x=1, width=18, middle=10, height=68),
        Bin(low=60, high=64, documents=2, x=241, width=18, middle=250, height=135),
        Bin(low=95, high=100, documents=2, x=381, width=18, middle=390, height=135),
    ]
    assert histogram([]) == []


def test_ranges_of_the_dimensions() -> None:
    assert ranges([(("structure", 40), ("impact", 20)), (("structure", 81),)]) == [
        Range("structure", 60, 40, 81),
        Range("impact", 20, 20, 20),
    ]


@st.composite
def marked(draw: st.DrawFn) -> Checked:
    """A document of any words, with findings in any places of it."""
    text = draw(
        st.lists(
            st.sampled_from(["a", " ", "\n", "\r\n", "\t", "<", "&", "é", "決", "\u202e", "# ", "```\n"]), max_size=30
        ).map("".join)
    )
    source = Source(text, "a.md")
    places = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted)
    findings = tuple(
        find(source, draw(st.sampled_from([*RULES, "other"])), text[start:end], "", nth=0)
        for start, end in draw(st.lists(places, max_size=6))
    )
    return Checked("a.md", "postmortem", "", "", findings, 50, text=text)


@given(marked())
def test_a_sheet_holds_the_words_of_the_document_and_nothing_else(document: Checked) -> None:
    shown = [unescape(re.sub(r"<a .*?</a>|<.*?>", "", row)) for row in lines(document)]
    source = Source(document.text or "")
    numbers = re.findall(r"href=#d1-f(\d+)", sheet(document, "d1", whole=True).html)

    if document.findings and document.text:
        assert shown == [source[row].replace("\u202e", r"\u202e").replace("\r", r"\x0d") for row in source.lines]
        assert sorted(map(int, numbers)) == list(range(1, len(document.findings) + 1))
