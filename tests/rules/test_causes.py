"""Causes: what counts as a factor, when a label is a conclusion, and which factors are answered."""

import pytest

from pmlint.rules.catalogue import catalogue
from pmlint.rules.content import same
from pmlint.rules.examples import run_one


def messages(rule: str, text: str) -> list[str]:
    return [problem.message for problem in run_one(catalogue()[rule], text)]


@pytest.mark.parametrize(
    ("sentence", "concludes"),
    [
        pytest.param("The outage was caused by human error.", True, id="caused-by"),
        pytest.param("Root cause: operator error.", True, id="labelled"),
        pytest.param("It was due to a mistake by an engineer.", True, id="mistake-by"),
        pytest.param("The cause was not human error but a full disk.", False, id="negated"),
        pytest.param("We never stop at human error as the cause.", False, id="about-blamelessness"),
        pytest.param("The cause lies in a step that is prone to human error.", False, id="prone-to"),
        pytest.param(
            "The preview exists to prevent human error, which caused an outage before.", False, id="prevention"
        ),
        pytest.param("The cause was a flood of user error messages.", False, id="messages"),
        pytest.param('A ticket says "caused by operator error".', False, id="quoted"),
        pytest.param("It was human error, because both prompts look alike.", False, id="condition-in-sentence"),
        pytest.param("The cause was human error. Nothing checked the target.", False, id="condition-in-the-next"),
        pytest.param("Errors that users saw were caused by the cache.", False, id="errors-users-saw"),
    ],
)
def test_human_error_is_a_conclusion_only_with_nothing_behind_it(sentence: str, concludes: bool) -> None:
    found = messages("human-error-conclusion", f"# Search was down\n\n## Root cause\n\n{sentence}\n")

    assert concludes == bool(found)


@pytest.mark.parametrize(
    ("factors", "expected"),
    [
        pytest.param(["The disk cannot hold two.", "No dry run exists.", "Nothing alerts."], [], id="three"),
        pytest.param(
            ["The disk cannot hold two.", "No dry run exists."],
            ["2 contributing factors are named; what made it possible, what let it pass, what made it last?"],
            id="two",
        ),
        pytest.param(
            ["The disk cannot hold two.", "No dry run exists.", "Jan Kowal did not test the script."],
            ["2 contributing factors are named; what made it possible, what let it pass, what made it last?"],
            id="a-person-is-none",
        ),
    ],
)
def test_three_conditions_are_enough(factors: list[str], expected: list[str]) -> None:
    listed = "".join(f"- {factor}\n" for factor in factors)

    assert expected == messages("too-few-factors", f"# Search was down\n\n## Contributing factors\n\n{listed}")


def test_the_layer_that_all_factors_share_is_said_with_the_words_that_decided() -> None:
    text = "# Search was down\n\n## Contributing factors\n\n- No alert on memory.\n- The error log is not monitored.\n"
    (problem,) = run_one(catalogue()["single-layer"], text)

    assert [related.message.split(":")[0] for related in problem.related] == ["detection", "detection"]


@pytest.mark.parametrize(
    ("minutes", "severity", "expected"),
    [
        pytest.param("50 minutes", "SEV1", 0, id="within-the-target"),
        pytest.param("5 hours", "SEV1", 1, id="beyond-it"),
        pytest.param("5 hours", "SEV4", 0, id="no-target"),
    ],
)
def test_slow_is_measured_against_the_severity(minutes: str, severity: str, expected: int) -> None:
    text = f"# Search was down\n\n**Severity:** {severity}\n\n**Duration:** {minutes}\n"

    assert expected == len(messages("unexplained-slow-resolution", text))


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        pytest.param("Move the mail queue to its host", "Moving mail queues to their host", True, id="inflected"),
        pytest.param(
            "Patch CVE-2021-3807 in the relay image", "Patch CVE-2021-3808 in the relay image", False, id="number"
        ),
        pytest.param("Upgrade relay-a to the new image", "Upgrade relay-b to the new image", False, id="identifier"),
        pytest.param("Alert on disk", "Alert on queue", False, id="too-short"),
    ],
)
def test_the_same_in_other_words(one: str, two: str, expected: bool) -> None:
    assert expected == same(one, two, 0.75)
