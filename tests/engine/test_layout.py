"""A document is laid out only where it says the same afterwards."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies import markdown

from pmlint.document.parse import parse
from pmlint.document.same import says_the_same
from pmlint.document.vocabulary import Vocabulary
from pmlint.engine.layout import Laid, laid
from pmlint.source.layout import html, words

KNOWN = Vocabulary()
FIXTURES = sorted((Path(__file__).parents[2] / "fixtures").glob("*/*.md"))
BEFORE = (
    "Search was down\n===============\n## Impact\n* 3,100 searches\n\n## Timeline\n* 2026-02-04 10:02 UTC: it fails"
)
AFTER = "# Search was down\n\n## Impact\n\n- 3,100 searches\n\n## Timeline\n\n- 2026-02-04 10:02 UTC: it fails"


def lay(text: str) -> Laid:
    return laid(text, "a.md", KNOWN)


ENDS = [
    ("a last newline", "{}\n"),
    ("no last newline", "{}"),
    ("a byte order mark", "\ufeff{}\n"),
    ("YAML", "---\ntitle:   'Search'   # as it was\ntags: [a,b]\n---\n\n{}\n"),
    ("TOML", "+++\ntitle = 'Search'\n[x]\ny=1\n+++\n\n{}\n"),
    ("a byte order mark and YAML", "\ufeff---\ntitle: Search\n---\n\n{}\n"),
    ("YAML that cannot be read", "---\ntitle: Search: down\n---\n\n{}\n"),
]


@pytest.mark.parametrize("around", [case[1] for case in ENDS], ids=[case[0] for case in ENDS])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"], ids=["unix", "windows", "old mac"])
def test_what_stands_around_the_text_stays(around: str, ending: str) -> None:
    before, after = (around.format(text).replace("\n", ending) for text in (BEFORE, AFTER))

    assert lay(before) == Laid(after)
    assert lay(after) == Laid(after)


def test_front_matter_is_parted_from_the_text() -> None:
    assert lay(f"---\ntitle: Search\n---\n{BEFORE}\n").text == f"---\ntitle: Search\n---\n\n{AFTER}\n"
    assert lay("---\ntitle: Search\n---\n\n\n").text == "---\ntitle: Search\n---\n"


def test_blank_lines_at_the_end_go() -> None:
    assert lay(f"{BEFORE}\n\n\n").text == f"{AFTER}\n"


KEPT = [
    "<!-- pmlint ignore-file missing-luck -- known -->\n\n# Search was down\n\n## Impact\n\nNone.\n",
    "# Search was down\n\n<!-- pmlint ignore missing-luck -- known -->\n## Impact\n\n- a <!-- pmlint ignore x -->\n",
    "# Search was down\n\n## Impact\n\nNone.\n\n"
    "| a   | b                        |\n| --- | ------------------------ |\n| c   | <!-- pmlint ignore --> d |\n",
]


@pytest.mark.parametrize("text", KEPT)
def test_comments_to_pmlint_stay_where_they_are(text: str) -> None:
    assert lay(text) == Laid(text)


ALONE = [
    (
        "a directive in a list",
        "# A\n\n::: note\n* b\n:::\n",
        "a directive of another dialect of Markdown would be moved",
    ),
    ("a formula in a list", "# A\n\n$$\na\n+ b\n$$\n", "a directive of another dialect of Markdown would be moved"),
    ("the rest of a footnote", "# A\n\n* see [^1]\n\n[^1]: b\n    c\n", "a footnote would end elsewhere"),
    ("no text", "a\0b\n", "the file holds NUL characters"),
    ("blocks that are not read", "* a\n\n" + "> " * 60 + "b\n", "something that is not shown would be lost"),
]


@pytest.mark.parametrize(("text", "reason"), [case[1:] for case in ALONE], ids=[case[0] for case in ALONE])
def test_what_would_not_stay_the_same_is_left_alone(text: str, reason: str) -> None:
    done = lay(text)

    assert done.text == text
    assert done.reason is not None
    assert done.reason.startswith(reason)


@pytest.mark.parametrize("file", FIXTURES, ids=[f"{file.parent.name}-{file.stem}" for file in FIXTURES])
def test_every_fixture_can_be_laid_out(file: Path) -> None:
    try:
        text = file.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        pytest.skip("no text")
    done = lay(text)

    assert (done.reason is None) is ("\0" not in text)
    assert lay(done.text).text == done.text


def test_what_two_documents_say_is_compared_without_its_places() -> None:
    one, other, third = (
        parse(f"# Search was down\n{gap}## Impact\n\n{count} searches\nfailed.\n")
        for gap, count in (("", "3,100"), ("\n\n", "3,100"), ("", "3,200"))
    )

    assert says_the_same(one, other)
    assert not says_the_same(one, third)


@given(markdown, st.sampled_from(["\n", "\r\n", "\r"]), st.sampled_from(["", "\ufeff"]))
def test_any_text_says_the_same_afterwards(text: str, ending: str, mark: str) -> None:
    text = mark + re.sub(r"\r\n?|\n", ending, text)
    done = lay(text)
    again = lay(done.text)

    assert again.text == done.text
    if done.reason is not None:
        assert done.text == text
        return
    assert html(flat(done.text)) == html(flat(text))
    assert words(done.text) == words(text)
    assert says_the_same(parse(done.text), parse(text))
    assert done.text.startswith(mark)
    assert done.text == text or ending not in text or ending == "\n" or "\n" not in done.text.replace("\r\n", "")


def flat(text: str) -> str:
    """The text with line feeds, and its front matter, which is no Markdown, as code."""
    front = parse(text).markup.front_matter
    body = text[front.span.end :] if front else text.lstrip("\ufeff")
    return re.sub(r"\r\n?", "\n", body)
