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


LISTED = """# Search was down

## Contributing factors

- {one}: The disk cannot hold two indexes.
- The rebuild has no dry run.

"""


@pytest.mark.parametrize(
    ("one", "rest", "expected"),
    [
        pytest.param("F1", "## Action items\n\n- Dry run before each rebuild\n- F1: order a new host\n", 0, id="code"),
        pytest.param("x", "## Action items\n\n- Dry run before each rebuild\n- Factor 1: a new host\n", 0, id="number"),
        pytest.param(
            "OPS-7", "## Action items\n\n- Dry run before each rebuild\n- Order a host (OPS-7)\n", 0, id="ticket"
        ),
        pytest.param(
            "x",
            "## Resolution\n\nThe disk holds two indexes now.\n\n## Action items\n\n- Dry run before each rebuild\n",
            0,
            id="mended",
        ),
        pytest.param(
            "x", "## Action items\n\n- Rebuilding was dry-run before it was made\n- Order a host\n", 1, id="open"
        ),
    ],
)
def test_a_factor_is_answered_in_its_words_or_by_its_name(one: str, rest: str, expected: int) -> None:
    assert expected == len(messages("factor-without-action", LISTED.format(one=one) + rest))


@pytest.mark.parametrize(
    ("factors", "expected"),
    [
        pytest.param(
            ["The rebuild was started at noon.", "The disk cannot hold two."],
            ["what happened", "what was so before"],
            id="mixed",
        ),
        pytest.param(
            ["Deploy of the new parser", "No test covers a rebuild."],
            ["what happened", "what was so before"],
            id="named",
        ),
        pytest.param(["The disk cannot hold two.", "No test covers a rebuild."], [], id="conditions-only"),
        pytest.param(["It was triggered by the weekly rebuild.", "The disk cannot hold two."], [], id="said"),
    ],
)
def test_a_list_is_shown_item_by_item_where_it_mixes_both(factors: list[str], expected: list[str]) -> None:
    listed = "".join(f"- {factor}\n" for factor in factors)
    found = run_one(catalogue()["trigger-not-separated"], f"# Search was down\n\n## Contributing factors\n\n{listed}")

    assert expected == [related.message for problem in found for related in problem.related]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param("The rebuild deletes the index first.", 1, id="nothing-said"),
        pytest.param("A gap in the schema check let it pass.", 0, id="gap-in-a-check"),
        pytest.param("The parser is not preventing empty names.", 0, id="not-preventing"),
        pytest.param("It is hard to notice an empty index.", 0, id="hard-to-notice"),
        pytest.param("The alert was set to 90 %.", 0, id="a-limit-too-high"),
        pytest.param("Why did we not test this before?", 0, id="asked"),
        pytest.param("The runbook was outdated.", 0, id="outdated"),
        pytest.param("A misconfiguration deleted the index.", 1, id="a-change-is-no-defence"),
        pytest.param("No alert looks at the index.", 0, id="nobody-told"),
        pytest.param("The fix had not been applied here.", 0, id="known-and-not-applied"),
        pytest.param("The build looked fine.", 0, id="looked-fine"),
    ],
)
def test_a_defence_that_did_not_hold_is_told_in_many_forms(said: str, expected: int) -> None:
    assert expected == len(messages("missing-missed-defense", f"# Search was down\n\n## Root cause\n\n{said}\n"))


@pytest.mark.parametrize(
    ("chain", "expected"),
    [
        pytest.param(
            "1. Why was it down? The index was empty.\n2. Why was it empty? The job deletes it.\n"
            "3. Why by day? A developer forgot the date.\n",
            ['the last answer, "A developer forgot the date", is a person; why did it make sense?'],
            id="at-a-person",
        ),
        pytest.param(
            "* Search was down\n* ...because the index was empty\n* ...because the job deletes it\n"
            "* ...because the disk is small\n\n* Alerts came late\n* ...because the threshold was high\n",
            ['the chain stops after one why, at "...because the threshold was high"'],
            id="a-second-chain",
        ),
    ],
)
def test_each_chain_of_whys_is_followed_to_its_end(chain: str, expected: list[str]) -> None:
    assert expected == messages("shallow-whys", f"# Search was down\n\n## Five whys\n\n{chain}")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        pytest.param("The pool was probably too small.", 1, id="guess"),
        pytest.param("It appears that the pool was too small.", 1, id="appears"),
        pytest.param("From comparing both logs it appears that the pool was too small.", 0, id="with-what-shows-it"),
        pytest.param("I think we should double the pool.", 0, id="opinion-on-a-remedy"),
    ],
)
def test_a_guess_about_the_cause_is_to_be_marked(sentence: str, expected: int) -> None:
    assert expected == len(messages("unmarked-inference", f"# Search was down\n\n## Root cause\n\n{sentence}\n"))


FACTORS = """
# Search was down

## Contributing factors

- One index for all
- Retries without a ceiling

## Actions

| Action | Owner | Factor |
|--|--|--|
| Give each tenant its own index | Ana | 1 |
"""


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        pytest.param("", ['no action names "Retries without a ceiling" as what it answers'], id="one is named by none"),
        pytest.param("| Move the wiki | Bo | 2 |\n", [], id="each is named, in whatever words"),
    ],
)
def test_factors_that_actions_name(last: str, expected: list[str]) -> None:
    assert expected == messages("factor-without-action", FACTORS + last)
