"""What comes from a document reaches no terminal, log, page or file as anything but words."""

import json
import re
import unicodedata
from xml.etree import ElementTree

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from msgspec.structs import replace
from tests.report.sample import CHECKOUT, RULES

from pmlint.engine.finding import Checked, Crash, RelatedPlace, Run
from pmlint.report import FORMATS, Style, escape, reporter
from pmlint.report.escape import as_json, characters, columns, line, markdown, place, visible, xml
from pmlint.report.github import job_summary
from pmlint.report.paths import relative, uri
from pmlint.source import Position, Span

# Text as an attacker would write it: any character, and the pieces that mean something to some target.
PIECES = st.sampled_from(
    [
        "\x1b[31m",
        "\x1b]8;;https://x.example\x1b\\",
        "\u202e",
        "\u2066",
        "\u200b",
        "\x9b2J",
        "\x85",
        "\u2028",
        "\ud800",
        "\udcff",
        "\ufffe",
        "\U000e0041",
        "::error::",
        "##[error]",
        "##vso[task.complete]",
        "%0A",
        "]]>",
        "<!--",
        "--><script>",
        "&amp;",
        "</details>",
        "|",
        "`",
        "```",
        "@alice",
        "#1",
        "https://x.example",
        "www.x.example",
        "[a](b)",
        "![a](b)",
        "**",
        "\\",
        "\r\n",
        "\t",
        "決済",
        "é",
        "e\u0301",
    ]
)
ANY_TEXT = st.lists(st.one_of(PIECES, st.text(st.characters(), max_size=8)), max_size=8).map("".join)


def unseen(text: str) -> set[str]:
    """The characters that no terminal may get; line ends aside."""
    controls = {character for character in text if unicodedata.category(character) in ("Cc", "Cs")}
    return (controls | set(re.findall("[\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]", text))) - {
        "\n"
    }


def hostile(text: str) -> Run:
    """A run in which everything that can come from a document or a path is `text`."""
    finding = replace(
        CHECKOUT.findings[0],
        path=text,
        message=text,
        help=text,
        excerpt=text,
        context=text,
        section=text,
        end=Position(1, 3 + len(text)),
        related=(RelatedPlace(Span(0, 1), Position(1, 1), Position(1, 2), text, text),),
    )
    crash = Crash("a-rule", text, text)
    document = Checked(
        text, "postmortem", text, text, (finding,), 50, (), 0, (("a-rule", text),), (crash,), (text,), text=text
    )
    return Run("1", (document,), (text,))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("plain – “text” 決済 é", "plain – “text” 決済 é", id="ordinary text of any script stays"),
        pytest.param("a\x1b[31mb", r"a\x1b[31mb", id="escape sequence"),
        pytest.param("a\x9bb\x7f", r"a\x9bb\x7f", id="C1 and delete"),
        pytest.param("user\u202etxt.exe", r"user\u202etxt.exe", id="right-to-left override"),
        pytest.param("a\u200bb\ufeff", r"a\u200bb\ufeff", id="zero width"),
        pytest.param("\U000e0041", r"\U000e0041", id="tag character"),
        pytest.param("\udcff", r"\udcff", id="a byte of a file name that is no UTF-8"),
        pytest.param("👩\u200d💻", "👩\u200d💻", id="joined emoji stays"),
        pytest.param("می\u200cخواهم", "می\u200cخواهم", id="Persian non-joiner stays"),
        pytest.param("## [1] and ##", "## [1] and ##", id="hashes that command nothing"),
        pytest.param("a ##[error]b", r"a \x23#[error]b", id="log command"),
        pytest.param("##vso[task.x]", r"\x23#vso[task.x]", id="log command of Azure"),
        pytest.param("a\tb\r\nc", r"a\x09b\x0d\x0ac", id="white space that moves the cursor"),
    ],
)
def test_visible(text: str, expected: str) -> None:
    assert expected == visible(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(" two\n\twords \x85", "two words", id="one line"),
        pytest.param("a\x1bb", r"a\x1bb", id="nothing unseen"),
    ],
)
def test_line(text: str, expected: str) -> None:
    assert expected == line(text)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("docs/a.md", "docs/a.md"),
        ("::error::a.md", "./::error::a.md"),
        ("a\nb.md", r"a\x0ab.md"),
    ],
)
def test_place(path: str, expected: str) -> None:
    assert expected == place(path)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("abc", 3), ("決済", 4), ("ｱ", 1), ("Ａ", 2), ("e\u0301", 1), ("👍", 2), ("a\u200db", 2), ("", 0)],
)
def test_columns(text: str, expected: int) -> None:
    assert expected == columns(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a < b & c", "a &#60; b &#38; c", id="HTML"),
        pytest.param(
            "snake_case *x* `y` ~z~ $w$", "snake&#95;case &#42;x&#42; &#96;y&#96; &#126;z&#126; &#36;w&#36;", id="marks"
        ),
        pytest.param("[a](b) | c", "&#91;a&#93;(b) &#124; c", id="link and table"),
        pytest.param("@alice", "&#64;&#8203;alice", id="mention"),
        pytest.param("see org/repo#12", "see org/repo&#35;&#8203;12", id="reference"),
        pytest.param("https://x.example", "https:&#8203;//x.example", id="address"),
        pytest.param("www.x.example", "www&#8203;.x.example", id="address without scheme"),
        pytest.param("at 10:02 UTC", "at 10:02 UTC", id="a time is no address"),
    ],
)
def test_markdown(text: str, expected: str) -> None:
    assert expected == markdown(text)


@given(ANY_TEXT)
@example("[\\](x)")
@example("a@b.example ftp://x")
def test_markdown_renders_as_the_words_alone(text: str) -> None:
    rendered = MarkdownIt("gfm-like", {"linkify": False}).renderInline(f"start {markdown(text)} end")
    words = rendered.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")

    assert " ".join(f"start {line(text)} end".split()) == " ".join(words.replace("\u200b", "").split())


@given(ANY_TEXT)
def test_xml_holds_the_words_alone(text: str) -> None:
    element = ElementTree.fromstring(f'<a b="{xml(text)}">{xml(text)}</a>')

    assert list(element) == []
    assert element.attrib["b"] == element.text or (element.attrib["b"], element.text) == ("", None)


@given(ANY_TEXT)
def test_json_reads_back_the_same_and_shows_nothing_unseen(text: str) -> None:
    written = as_json({"key": text})

    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")  # two halves that meet are one
    assert {"key": whole} == json.loads(written)
    assert set() == unseen(written)
    assert not re.search(r"##(?:vso)?\[", written)


@given(ANY_TEXT)
def test_characters_are_the_visible_text_one_by_one(text: str) -> None:
    cells = characters(text)

    assert (len(text), visible(text)) == (len(cells), "".join(cells))


@given(ANY_TEXT)
@pytest.mark.parametrize("name", FORMATS)
def test_no_format_lets_anything_unseen_out(name: str, text: str) -> None:
    output = reporter(name)(hostile(text), RULES, style=Style())

    assert set() == unseen(output)
    assert output.encode() is not None
    assert output.endswith("\n")


@given(ANY_TEXT)
@example("::error::" + "\x1b[31m" * 4)  # so long that it would stand on a line of its own
@pytest.mark.parametrize("name", ["text", "concise", "grouped", "github", "html"])
def test_no_line_of_a_log_is_a_command_of_the_document(name: str, text: str) -> None:
    output = reporter(name)(hostile(text), RULES, style=Style())
    commands = re.compile(
        r"^\s*::(?!(?:error|warning) (?:file=[^:]*,)?(?:line=\d+,endLine=\d+,)?(?:col=\d+,endColumn=\d+,)?title=pmlint)"
    )

    assert [row for row in output.split("\n") if commands.match(row) or re.search(r"##(?:vso)?\[", row)] == []


@given(ANY_TEXT)
@pytest.mark.parametrize("name", ["junit", "checkstyle"])
def test_xml_formats_parse(name: str, text: str) -> None:
    root = ElementTree.fromstring(reporter(name)(hostile(text), RULES, style=Style()).encode())

    assert {"junit": "testsuites", "checkstyle": "checkstyle"}[name] == root.tag


@given(ANY_TEXT)
@pytest.mark.parametrize("name", ["json", "sarif", "gitlab", "rdjson"])
def test_json_formats_parse(name: str, text: str) -> None:
    assert json.loads(reporter(name)(hostile(text), RULES, style=Style()))


@given(ANY_TEXT)
def test_a_summary_has_no_markup_of_the_document(text: str) -> None:
    tags = set(re.findall(r"</?([a-zA-Z!][\w-]*)", job_summary(hostile(text), RULES)))

    assert tags <= {"a", "code", "details", "summary"}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("docs/100% café.md", "docs/100%25%20caf%C3%A9.md"),
        ("./docs/a.md", "docs/a.md"),
        ("../a.md", "../a.md"),
        ("a:b.md", "a%3Ab.md"),
        ("/srv/a b.md", "file:///srv/a%20b.md"),
        ("C:/docs/a.md", "file:///C:/docs/a.md"),
        ("//host/share/a.md", "file://host/share/a.md"),
        ("caf\udce9.md", "caf%E9.md"),
        ("<stdin>", "%3Cstdin%3E"),
    ],
)
def test_uri(path: str, expected: str) -> None:
    assert expected == uri(path)


@pytest.mark.parametrize(("path", "expected"), [("a.md", "a.md"), ("././/a.md", "a.md"), ("../a.md", "../a.md")])
def test_relative(path: str, expected: str) -> None:
    assert expected == relative(path)


def test_no_character_to_escape_is_printable() -> None:
    """Text that Python calls printable is passed on without a search: that must lose nothing."""
    printable = "".join(character for character in map(chr, range(0x110000)) if character.isprintable())

    assert escape._P.unsafe.search(printable.replace("#", "")) is None
    assert escape.visible("##[section]") == r"\x23#[section]"
