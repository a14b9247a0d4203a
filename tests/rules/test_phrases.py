"""The little language of phrases."""

import pytest

from pmlint.rules.phrases import needles, pattern


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        pytest.param("fat finger", "a Fat\nfinger slip", "Fat\nfinger", id="any case, any space"),
        pytest.param("art", "start of an artist", None, id="whole words"),
        pytest.param("careless*", "carelessly done", "carelessly", id="any ending"),
        pytest.param("be (more )?careful", "be careful", "be careful", id="left out"),
        pytest.param("be (more )?careful", "be more careful", "be more careful", id="put in"),
        pytest.param("(add|improve) monitoring", "improve monitoring", "improve monitoring", id="one of two"),
        pytest.param("add … alert", "add a very loud alert", "add a very loud alert", id="three words between"),
        pytest.param("add … alert", "add alert", "add alert", id="no word between"),
        pytest.param("add … alert", "add one two three four alert", None, id="four words between"),
        pytest.param("add … alert", "add tests. An alert", None, id="not across sentences"),
        pytest.param("every # minutes", "every 7.5 minutes", "every 7.5 minutes", id="a number"),
        pytest.param("follow-up", "followup, follow up", "followup", id="a hyphen or none"),
        pytest.param("didn't", "it didn’t", "didn’t", id="either apostrophe"),
        pytest.param("誤判", "最初は誤判だった", "誤判", id="no spaces, no words"),
        pytest.param("(判断|決定)*", "再起動を決定した", "決定した", id="an ending without spaces"),
        pytest.param("c++", "in C++ code", "C++", id="signs are signs"),
    ],
)
def test_phrase(phrase: str, text: str, found: str | None) -> None:
    match = pattern((phrase,)).search(text)

    assert (match[0] if match else None) == found


@pytest.mark.parametrize(
    ("phrases", "expected"),
    [
        pytest.param(("fat finger", "typo"), ("finger", "typo"), id="the longest word of each"),
        pytest.param(("careless*",), ("careless",), id="a stem"),
        pytest.param(("be (more )?careful",), ("careful",), id="nothing from brackets"),
        pytest.param(("did not|didn't",), None, id="either side of a bar"),
        pytest.param(("(a|b)", "typo"), None, id="nothing certain"),
    ],
)
def test_needles_are_in_every_text_that_matches(phrases: tuple[str, ...], expected: tuple[str, ...] | None) -> None:
    assert needles(phrases) == expected
