"""Who is said to have failed, end to end: clear cases, and their nearest innocent neighbours."""

import pytest

import pmlint
from pmlint.rules.rule import unmark

SETTINGS = pmlint.Settings(
    select=("blames-person", "blames-team", "counterfactual", "human-error-euphemism", "inadvertence")
)


def found(sentence: str) -> list[tuple[str, str, str]]:
    """Rule, level and words of each finding on a sentence of a summary."""
    text = (
        f"# Checkout was down\n\n## Summary\n\n{sentence}\n\n## Impact\n\n3,100 payments failed.\n\n"
        "## Timeline\n\n- 10:02 UTC: alert fires\n"
    )
    checked = pmlint.check(text, settings=SETTINGS)
    assert (checked.kind, checked.crashes, checked.skipped) == ("postmortem", (), ())
    return [(each.rule, str(each.level), text[slice(*each.span)]) for each in checked.findings]


BLAME = [
    pytest.param("⟦The on-call engineer forgot to renew the certificate⟧.", "blames-person", "error", id="active"),
    pytest.param("⟦He forgot to renew the certificate⟧.", "blames-person", "error", id="pronoun"),
    pytest.param("⟦The administrator overlooked the warning⟧.", "blames-person", "error", id="active-overlooked"),
    pytest.param("⟦The warning was overlooked by the administrator⟧.", "blames-person", "error", id="passive-by"),
    pytest.param("⟦The engineer's mistake⟧ took down the checkout.", "blames-person", "error", id="possessive"),
    pytest.param("⟦The support team neglected to inform the customers⟧.", "blames-team", "error", id="team"),
    pytest.param("⟦The contractor neglected to test the script⟧.", "blames-team", "error", id="vendor"),
    pytest.param("⟦We forgot to renew the certificate⟧.", "blames-team", "info", id="we"),
    pytest.param("⟦The operator should have checked the backup first⟧.", "counterfactual", "warning", id="should-have"),
    pytest.param(
        "⟦A developer accidentally deleted the production database⟧.", "inadvertence", "info", id="accidentally"
    ),
    pytest.param(
        "The outage happened because of a ⟦lack of attention⟧.", "human-error-euphemism", "warning", id="euphemism"
    ),
]


@pytest.mark.parametrize(("marked", "rule", "level"), BLAME)
def test_blame_is_found_where_it_stands(marked: str, rule: str, level: str) -> None:
    sentence, [span] = unmark(marked)

    assert found(sentence) == [(rule, level, sentence[slice(*span)])]


UNNAMED = [
    pytest.param("⟦The alert was waved away⟧.", id="passive"),
    pytest.param("⟦The night operator was watching football⟧.", id="everyday-deed"),
]


@pytest.mark.parametrize("marked", UNNAMED)
def test_a_cause_that_only_sounds_like_blame_is_reported_where_somebody_did_it(marked: str) -> None:
    sentence, [span] = unmark(marked)
    text = f"# Checkout was down\n\n## Root cause\n\n{sentence}\n\n## Impact\n\n3,100 payments failed.\n"

    checked = pmlint.check(text, settings=pmlint.Settings(select=("person-as-cause",)))

    assert [text[slice(*each.span)] for each in checked.findings] == [sentence[slice(*span)]]


INNOCENT = [
    pytest.param("Nobody forgot to renew the certificate.", id="negated-subject"),
    pytest.param("The operator made no mistake.", id="negated-object"),
    pytest.param('The banner said "the engineer forgot to renew the certificate".', id="quotation"),
    pytest.param("The log contains `operator forgot to renew the certificate`.", id="code"),
    pytest.param("The scheduler failed to start the nightly job.", id="system-failed-to"),
    pytest.param("The server forgot its settings after the restart.", id="system-forgot"),
    pytest.param("A customer forgot the password and called support.", id="customer-forgot"),
    pytest.param("Two customers accidentally deleted their own files.", id="customers-accidentally"),
    pytest.param("The on-call engineer rolled back the release at 10:14.", id="plain-deed"),
    pytest.param("The release was rolled back by the on-call engineer.", id="plain-passive"),
    pytest.param("A check of the index shows that the last copy we have doesn't include the notice.", id="agreement"),
    pytest.param("The site was in error because its database was down.", id="state-of-a-thing"),
]


@pytest.mark.parametrize("sentence", INNOCENT)
def test_an_innocent_neighbour_stays_so(sentence: str) -> None:
    assert found(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "rule", "told"),
    [
        pytest.param("It was a careless change.", "judgemental-language", True, id="careless"),
        pytest.param(
            "Nobody on the night crew had been careless.", "judgemental-language", False, id="nobody-careless"
        ),
        pytest.param("No one was made to feel stupid.", "judgemental-language", False, id="made-to-feel"),
        pytest.param("The attackers were careless.", "judgemental-language", False, id="careless-attackers"),
        pytest.param("What looked like sloppiness was fog.", "judgemental-language", False, id="looked-sloppy"),
        pytest.param("Carelessness was the cause.", "human-error-euphemism", True, id="carelessness"),
        pytest.param("It was not carelessness.", "human-error-euphemism", False, id="not-carelessness"),
        pytest.param("What looks like carelessness was fog.", "human-error-euphemism", False, id="looks-like"),
        pytest.param("It was an operator error.", "human-error-conclusion", True, id="error"),
        pytest.param("An operator error can be excluded.", "human-error-conclusion", False, id="error-excluded"),
        pytest.param("An operator error cannot be shown.", "human-error-conclusion", False, id="error-not-shown"),
    ],
)
def test_a_label_that_is_turned_down_is_none(sentence: str, rule: str, told: bool) -> None:
    text = (
        f"# Checkout was down\n\n## Root cause\n\n{sentence}\n\n## Impact\n\n3,100 payments failed.\n\n"
        "## Timeline\n\n- 10:02 UTC: alert fires\n"
    )
    checked = pmlint.check(text, settings=pmlint.Settings(select=(rule,)))

    assert [each.rule for each in checked.findings] == [rule] * told
