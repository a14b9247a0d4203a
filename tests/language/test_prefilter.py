"""Which sentences are worth the pipeline: those that may blame, and not the plain narration that most sentences are."""

import pytest

from pmlint.language.prefilter import is_candidate


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The on-call engineer forgot to renew the certificate.", id="role-and-lapse"),
        pytest.param("The operator overlooked the warning.", id="role-overlooked"),
        pytest.param("The support team neglected to inform anybody.", id="team-and-lapse"),
        pytest.param("He forgot the flag once more.", id="pronoun"),
        pytest.param("We forgot to renew the certificate.", id="we"),
        pytest.param("Marta forgot to renew the certificate.", id="name"),
        pytest.param("The engineer's mistake took down the checkout.", id="possessive"),
        pytest.param("The outage was caused by an engineer.", id="caused-by"),
        pytest.param("The table was accidentally deleted.", id="inadvertently"),
        pytest.param("The table was dropped by mistake.", id="by-mistake"),
        pytest.param("The check should have been made earlier.", id="should-have"),
        pytest.param("If the engineer had looked at the graph, it would have been shorter.", id="if-had"),
        pytest.param("The root cause was human error.", id="human-error"),
        pytest.param("It happened because of a lack of attention.", id="lack-of-attention"),
    ],
)
def test_what_may_blame_is_read(text: str) -> None:
    assert is_candidate(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The database ran out of disk space.", id="system"),
        pytest.param("The certificate expired on Sunday morning.", id="expiry"),
        pytest.param("The scheduler failed to start the nightly job.", id="system-failed-to"),
        pytest.param("Customers could not log in for 40 minutes.", id="impact"),
        pytest.param("Latency rose from 80 ms to 4 s within a minute.", id="figures"),
        pytest.param("forgot", id="too-short"),
        pytest.param("", id="empty"),
    ],
)
def test_plain_narration_is_passed_over(text: str) -> None:
    assert not is_candidate(text)


def test_a_name_is_worth_a_look_only_where_names_are_asked_for() -> None:
    text = "It was mended in Tromsø at 10:14."

    assert [is_candidate(text, named=named) for named in (False, True)] == [False, True]
