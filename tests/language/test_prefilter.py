"""Which sentences are worth reading: those that may blame, and not the plain narration that most sentences are."""

import pytest

from pmlint.document.hints import hints_of
from pmlint.language.prefilter import BUCKETS, cue_hints, likely, suspicious, with_cue, words_of


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The operator overlooked the warning.", id="role-overlooked"),
        pytest.param("The support team neglected to inform anybody.", id="team-and-lapse"),
        pytest.param("The engineer's mistake took down the checkout.", id="possessive"),
        pytest.param("The clerk typed the number in from an old mail and left the second page empty.", id="no-cue"),
        pytest.param("It happened because of a lack of attention on the part of the night shift.", id="lack"),
    ],
)
def test_what_may_blame_is_read(text: str) -> None:
    assert likely([("root_cause", text)])[0] >= suspicious(60)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The database ran out of disk space.", id="system"),
        pytest.param("Customers could not log in for 40 minutes.", id="impact"),
        pytest.param("Latency rose from 80 ms to 4 s within a minute.", id="figures"),
        pytest.param("", id="empty"),
    ],
)
def test_plain_narration_is_passed_over(text: str) -> None:
    assert likely([("impact", text)])[0] < suspicious(60)


def test_answers_stand_in_the_order_of_the_questions_and_know_nothing_of_each_other() -> None:
    asked = [
        ("impact", "Customers could not log in for 40 minutes."),
        ("root_cause", "The operator overlooked the warning, although it had been shown to him twice that morning."),
        ("", "No."),
    ]

    assert [likely([each])[0] for each in asked] == pytest.approx(likely(asked), abs=1e-5)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("The table was accidentally deleted.", True, id="inadvertently"),
        pytest.param("The table was dropped by mistake.", True, id="by-mistake"),
        pytest.param("The root cause was human error.", True, id="human-error"),
        pytest.param("The check should have been made earlier.", True, id="should-have"),
        pytest.param("Marta forgot to renew the certificate.", True, id="forgot"),
        pytest.param("The scheduler failed to start the nightly job.", False, id="failed-to"),
        pytest.param("", False, id="empty"),
    ],
)
def test_some_words_are_a_cue_by_themselves(text: str, expected: bool) -> None:
    # whatever stands beside it, and however long that is in lower case
    assert with_cue(["İt was on by", text, "Mistake"]) == ({1} if expected else set())
    assert not expected or (cue_hints() or hints_of(text)) & hints_of(text)


def test_words_are_numbers_of_buckets_and_numbers_are_one() -> None:
    first, number, again = words_of("Restart 14 restart")

    assert (first == again, number, 1 < first < BUCKETS) == (True, 1, True)


def test_the_longer_a_document_the_surer_the_words_must_be() -> None:
    asked = [suspicious(length) for length in (0, 1, 8, 16, 64, 1000)]

    assert asked == pytest.approx([0.05, 0.05, 0.1, 0.2, 0.75, 0.75])
