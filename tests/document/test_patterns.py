"""A pattern that does not mind the case finds what Python's own finds, whichever way it looks."""

import re

import pytest

from pmlint.document.patterns import AnyCase, Pattern, compiled

WORDS = "(?i)\\b(?P<word>Alert\\w*|page[DR]?|Saw|[A-F]{3}ed|発見)(?P=word)?|(?<=\\S)NOTICED|\\Aonly|the\\Z"

TEXTS = [
    pytest.param("", id="empty"),
    pytest.param("An ALERT fired, alerts were Paged; nobody SAW the pager.", id="any-case"),
    pytest.param("FACED faced Faced", id="class"),
    pytest.param("alertalert AlertALERT", id="back-reference"),
    pytest.param("unNoticed, NoTiCeD", id="look-behind"),
    pytest.param("only once, and Only here; THE", id="ends"),
    pytest.param("発見発見 é ALERT: Οδος ΟΔΟΣ pageD", id="beyond-ascii"),
    pytest.param("İİ alert İ Paged", id="letter-whose-small-form-is-two"),
]


@pytest.mark.parametrize("text", TEXTS)
def test_the_same_is_found(text: str) -> None:
    quick, plain = compiled(WORDS), re.compile(WORDS)

    assert isinstance(quick, AnyCase)
    assert _found(plain, text) == _found(quick, text)


def _found(pattern: Pattern, text: str) -> list[object]:
    """All that can be asked of a pattern."""
    places = [(match.span(), match.groupdict()) for match in pattern.finditer(text)]
    some = (pattern.search(text), pattern.search(text, 3), pattern.search(text, 3, 18), pattern.match(text, 3))
    one = [match and (match.span(), match[0]) for match in (*some, pattern.fullmatch(text))]
    return [places, one, pattern.findall(text), pattern.split(text), pattern.sub("-", text)]


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("a|b|c|d|e|f|g", id="minds-the-case"),
        pytest.param("(?i)alert|page", id="few-choices"),
        pytest.param("(?i)a|b|c|d|e|f|(?-i:May)", id="minds-it-in-part"),
        pytest.param("(?i)a|b|c|d|e|f|ΟΔΟΣ", id="letters-beyond-ascii"),
        pytest.param("(?i)a|b|c|d|e|f|\\\\A", id="back-slash-before-a-capital"),
    ],
)
def test_where_it_is_not_worth_it_python_searches(source: str) -> None:
    assert re.compile(source) == compiled(source)
