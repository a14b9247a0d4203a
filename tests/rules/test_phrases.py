"""The little language of phrases."""

import re
from itertools import accumulate

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pmlint.document.hints import Hints, hints_of
from pmlint.rules.phrases import finder, needs, pattern


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
    ("phrase", "expected"),
    [
        pytest.param("a fat finger", [{"finger"}, {"fat"}, {"a"}], id="each word"),
        pytest.param("careless*", [{"care*"}], id="how a word begins"),
        pytest.param("off*", [], id="too little of a word"),
        pytest.param("数据*", [{"数"}, {"据"}], id="signs that are words"),
        pytest.param("(数据|loss) of", [{"of"}], id="no word begins there"),
        pytest.param("be (more )?careful", [{"careful"}, {"be"}], id="what may be left out"),
        pytest.param(
            "(add|set up) (alerts|dashboards)", [{"alerts", "dashboards"}, {"add", "set"}], id="one of several"
        ),
        pytest.param("didn't stop|halt", [{"didn", "halt"}], id="either side of a bar"),
        pytest.param("(slip|#) … made", [{"made"}], id="or a number"),
        pytest.param("careful(ly)? set-up", [{"care*"}, {"set", "setup"}], id="the end of a word"),
        pytest.param("fat-finger*", [{"fing*", "fatf*"}], id="in two words or in one"),
        pytest.param("ill-(advised|judged)", [{"advised", "judged", "illadvised", "illjudged"}], id="several ends"),
        pytest.param("the on-call-rota", [{"call", "oncall", "callrota", "oncallrota"}, {"the"}], id="two hyphens"),
        pytest.param("(re)?start (un)?seen", [], id="the beginning of a word"),
        pytest.param("(more |most )?likely (|un)known", [{"likely"}], id="nothing or the beginning of a word"),
    ],
)
def test_what_a_text_with_a_phrase_needs(phrase: str, expected: list[set[str]]) -> None:
    assert [set(each) for each in needs(phrase)] == expected


PHRASES = ("fat finger", "finger slip", "did not|didn't", "slip*", "fat", "(re)?start*", "ill-fated")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("A Fat finger slips: it didn't stop", ["Fat finger", "slips", "didn't"], id="none overlaps"),
        pytest.param("finger slip, fat, fat finger", ["finger slip", "fat", "fat finger"], id="the one given first"),
        pytest.param("the illfated restart", ["illfated", "restart"], id="parts of words"),
        pytest.param("the index was full", [], id="nothing"),
    ],
)
def test_a_finder_finds_what_one_pattern_of_all_phrases_does(text: str, expected: list[str]) -> None:
    found = finder(PHRASES).inside(hints_of(text))

    assert [match[0] for match in found.finditer(text)] == expected
    assert [match[0] for match in pattern(PHRASES).finditer(text)] == expected
    assert [match[0] for match in [found.search(text)] if match] == expected[:1]


def test_of_several_texts_those_are_searched_that_may_hold_a_phrase() -> None:
    texts = ("finger, not fat", "A slip.", "a finger", "re-started slipshod fat fingers")
    found = finder(PHRASES).among(Hints.of(texts))

    assert [(number, [match[0] for match in possible.finditer(texts[number])]) for number, possible in found] == [
        (0, ["fat"]),
        (1, ["slip"]),
        (2, []),
        (3, ["started", "slipshod", "fat"]),
    ]


LANGUAGE = ("", "(", ")", ")?", "|", "*", "#", "-", " ", " … ", "fat", "finger", "slip", "didn't", "数据", "消失")
TEXT = ("", " ", ", ", ". ", "-", "’t", "7", "ly", "fat", "Finger", "SLIP", "didn", "数", "据", "消失", "un", "_")


@given(st.lists(st.lists(st.sampled_from(LANGUAGE), min_size=1), max_size=4), st.lists(st.sampled_from(TEXT)))
@example([["finger", ")", "|", "(", "消失"]], ["消失"])
def test_no_phrase_is_missed_for_want_of_its_words(rows: list[list[str]], pieces: list[str]) -> None:
    phrases = tuple(phrase for row in rows if balanced(phrase := "".join(row).strip()))
    text = "".join(pieces)
    found = finder(phrases).inside(hints_of(text)).finditer(text)

    assert [match.span() for match in found] == [
        match.span() for match in pattern(phrases).finditer(text) if phrases and match[0]
    ]


def balanced(phrase: str) -> bool:
    """Whether it is a phrase: its brackets pair off, and it never stands for nothing."""
    depths = list(accumulate({"(": 1, ")": -1}.get(sign, 0) for sign in phrase))
    try:
        return bool(phrase) and min(depths) == 0 == depths[-1] and pattern((phrase,)).search(" ") is None
    except re.error:
        return False
