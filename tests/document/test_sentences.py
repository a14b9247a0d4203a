"""Sentences and passages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmlint.document.parse import parse
from pmlint.document.sentences import passages, sentence_around, sentences


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        pytest.param("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"], id="stops"),
        pytest.param(
            "Nodes, e.g. two of them, fell. Then more.", ["Nodes, e.g. two of them, fell.", "Then more."], id="e.g."
        ),
        pytest.param("It took 3.5 h on v2.1.3. Then", ["It took 3.5 h on v2.1.3.", "Then"], id="numbers and versions"),
        pytest.param("Mr. Smith and A. Jones left.", ["Mr. Smith and A. Jones left."], id="titles and initials"),
        pytest.param('He said "stop." Then', ['He said "stop."', "Then"], id="closing quote"),
        pytest.param("See example.com. It is up.", ["See example.com.", "It is up."], id="host name"),
        pytest.param("Wrapped\nover two lines. Next", ["Wrapped\nover two lines.", "Next"], id="soft breaks"),
        pytest.param("停止した。再起動した。", ["停止した。", "再起動した。"], id="full-width stops"),
        pytest.param("well... it fell", ["well... it fell"], id="dots in the middle"),
        pytest.param("", [], id="nothing"),
        pytest.param("  \n ", [], id="blank"),
    ],
)
def test_sentences(text: str, parts: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == parts


@given(st.text(alphabet='aB1 .!?\n。")', max_size=200))
def test_sentences_cover_all_but_white_space_in_order(text: str) -> None:
    joined = "".join(text[start:end] for start, end in sentences(text))

    assert "".join(joined.split()) == "".join(text.split())


def test_sentence_around_a_match() -> None:
    text = "One here. Two here, i.e. more. Three."

    assert [text[slice(*sentence_around(text, at, at + 1))] for at in (4, 14, 25, 33)] == [
        "One here.",
        "Two here, i.e. more.",
        "Two here, i.e. more.",
        "Three.",
    ]


def test_passages_are_the_text_of_the_author() -> None:
    doc = parse("# A\n\nb `c`\n\n> d\n\n- e\n\n  f\n\n```\ng\n```\n\n| h |\n|---|\n| i |\n")

    assert [(passage.part, passage.prose.text) for passage in passages(doc)] == [
        ("headings", "A"),
        ("prose", "b c"),
        ("items", "e"),
        ("items", "f"),
        ("cells", "h"),
        ("cells", "i"),
    ]
