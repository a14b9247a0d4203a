"""What the transformer makes of a sentence: clear cases, their innocent neighbours, and the words that carry it."""

import pytest

from pmlint.language.meaning import KINDS, opening, read_all

CLEAR = [
    pytest.param(
        ("root_cause", "The administrator typed the address in from memory and never looked at the second page."),
        ("summary", "The job reads the address from a cache that is filled once a day."),
        id="person",
    ),
    pytest.param(
        ("went_wrong", "In hindsight it was naive of the project group to skip the rehearsal."),
        ("went_wrong", "The rehearsal was cancelled because the test site had lost its power supply."),
        id="judgement",
    ),
    pytest.param(
        ("lessons", "Everybody has to be a lot more attentive when copying prices."),
        ("lessons", "A price can be copied without its currency, and the form does not show it."),
        id="exhortation",
    ),
]


@pytest.mark.parametrize(("guilty", "innocent"), CLEAR)
def test_blame_is_told_from_its_innocent_neighbour(guilty: tuple[str, str], innocent: tuple[str, str]) -> None:
    found = read_all([guilty, innocent])

    assert (found[0].blame > 0.8, found[1].blame < 0.2) == (True, True), [each.blame for each in found]


def test_the_words_that_carry_it_are_pointed_at() -> None:
    text = "After lunch the queue had drained, but the operator forgot to start the second worker."

    [found] = read_all([("timeline", text)])

    assert "operator forgot" in text[found.start : found.end]


def test_every_sentence_has_an_answer_in_its_place_whatever_it_is() -> None:
    asked = [("", "x" * 5000), ("impact", ""), ("timeline", "\u202e\x00 🙂 日本語"), ("", "No.")]

    found = read_all(asked)

    assert [len(each.kinds) for each in found] == [len(KINDS)] * len(asked)
    assert [sum(each.kinds) for each in found] == pytest.approx([1.0] * len(asked), abs=1e-4)
    assert all(0 <= each.start <= each.end <= len(text) for each, (_, text) in zip(found, asked, strict=True))


@pytest.mark.parametrize(("section", "expected"), [("root_cause", "root cause:"), ("", ":")], ids=["known", "none"])
def test_the_section_of_a_sentence_is_told_in_words(section: str, expected: str) -> None:
    assert opening(section) == expected


def test_a_sentence_is_read_alone_as_in_company() -> None:
    sentences = ["RC struggled to stop it.", "The queue was full for an hour, and 3,100 orders had to be entered anew."]
    asked = [("timeline", sentence) for sentence in [*sentences, "Nobody had looked.", "Bo should have known better."]]

    assert read_all(asked) == [read_all([each])[0] for each in asked]
