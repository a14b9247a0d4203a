"""Actions: the one fault of each wording, and what is said once for all."""

from datetime import date

import pytest

from pmlint.document.parse import parse
from pmlint.rules.actions_faults import Fault
from pmlint.rules.actions_grades import Grade, grade_of
from pmlint.rules.actions_seen import unverifiable
from pmlint.rules.actions_wording import wording
from pmlint.rules.catalogue import catalogue
from pmlint.rules.examples import run_one


def fault(text: str) -> str | None:
    doc = parse(f"# Mail was delayed\n\n## Action items\n\n- {text}\n")
    found = wording(doc, doc.actions[0])
    return None if found is None else found.fault.value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Be more careful with imports", Fault.EXHORTATION, id="wish"),
        pytest.param("Always double-check the target", Fault.EXHORTATION, id="wish-as-law"),
        pytest.param("Engineers to pay closer attention to warnings", Fault.EXHORTATION, id="attention"),
        pytest.param("Always ask for confirmation in the import script", None, id="law-with-mechanism"),
        pytest.param("Train the operators on the console", Fault.PERSON, id="train-people"),
        pytest.param("Remind Piotr of the procedure", Fault.PERSON, id="remind-name"),
        pytest.param("All staff will be retrained", Fault.PERSON, id="people-retrained"),
        pytest.param("Ana Ruiz is to shadow the operators", Fault.PERSON, id="name-who-is-to-learn"),
        pytest.param("Shadow two operators to learn what they see", None, id="first-word-is-no-name"),
        pytest.param("Operators must stick to the numbers", Fault.EXHORTATION, id="everybody-must"),
        pytest.param("Operators should be able to read the lag", None, id="everybody-is-able-to"),
        pytest.param("Operators get read access to the console", None, id="everybody-gets"),
        pytest.param("Security awareness training", Fault.PERSON, id="training-alone"),
        pytest.param("Train the fraud model on March data", None, id="train-model"),
        pytest.param("Run a failover drill with the on-call engineers", None, id="drill"),
        pytest.param("Add monitoring", Fault.MONITORING, id="monitoring-of-nothing"),
        pytest.param("Set up better alerting for the mail servers", Fault.MONITORING, id="alerting-of-a-place"),
        pytest.param("Add an alert on queue depth over 500", None, id="alert-with-signal"),
        pytest.param("Add alerts when a backup fails", None, id="alert-with-condition"),
        pytest.param("Investigate the failover", Fault.UNBOUNDED, id="investigate"),
        pytest.param("Consider a second relay", Fault.UNBOUNDED, id="consider"),
        pytest.param("We are looking into partitioning the table", Fault.UNBOUNDED, id="looking-into"),
        pytest.param("Investigate the failover and write up the findings", None, id="investigate-with-output"),
        pytest.param("Find out why the failover took an hour (by 2026-03-20)", None, id="question-with-deadline"),
        pytest.param("Evaluate two relays, time-boxed to 2 days", None, id="time-box"),
        pytest.param("Improve monitoring", Fault.VAGUE, id="improve"),
        pytest.param("Better communication with marketing", Fault.VAGUE, id="better-with-whom"),
        pytest.param("Monitor the push provider better", Fault.VAGUE, id="better-at-the-end"),
        pytest.param("Improve the retry by capping it at 3 attempts", None, id="improve-by"),
        pytest.param("Improve `drain.sh`: it stops at the first error", None, id="improve-this"),
        pytest.param("Move the queue to its own host", None, id="plain-change"),
        pytest.param("Monitoring will be added for the relay", Fault.MONITORING, id="monitoring-in-the-passive"),
        pytest.param("Relay metrics and alerts", Fault.MONITORING, id="monitoring-only-named"),
        pytest.param("Better alerting", Fault.VAGUE, id="a-degree-of-it"),
        pytest.param("The failover should be investigated", Fault.UNBOUNDED, id="investigated-in-the-passive"),
        pytest.param("Consider a prototype of the relay", Fault.UNBOUNDED, id="what-is-looked-at-is-no-output"),
        pytest.param("Investigate the drain and cap its batch size", None, id="investigate-and-change"),
        pytest.param("Investigate how hosts drain and stop the queue", Fault.UNBOUNDED, id="a-question-of-two-verbs"),
        pytest.param("Determine the largest batch that the relay takes", None, id="determine-a-value"),
        pytest.param("Suggest that marketing sends fewer mails", Fault.UNBOUNDED, id="handed-on"),
        pytest.param("Continue to work on the relay", Fault.UNBOUNDED, id="continued"),
        pytest.param("Review and improve the drain strategy", Fault.VAGUE, id="degree-in-second-place"),
        pytest.param("Implement a backup plan in case of outages", Fault.VAGUE, id="a-plan-for-an-end"),
        pytest.param("Add tests to catch mails without a recipient", None, id="a-thing-for-an-end"),
        pytest.param("Keep the drain as simple as possible", Fault.VAGUE, id="as-possible"),
        pytest.param("The relay code should be easy to read", Fault.VAGUE, id="a-quality"),
        pytest.param("Build a better relay", Fault.VAGUE, id="compared"),
        pytest.param("Build a better relay: one queue for each sender", None, id="compared-and-said"),
        pytest.param("Test the drain regularly", Fault.VAGUE, id="habit"),
        pytest.param("Test the drain every Monday in staging", None, id="habit-with-interval"),
        pytest.param("Hold regular reviews of relay limits", Fault.VAGUE, id="regular-reviews"),
        pytest.param("Enhance monitoring to detect queue lag", None, id="degree-of-a-signal"),
        pytest.param("Add tests for bounced mails with two recipients", None, id="tests-of-something"),
    ],
)
def test_each_wording_has_one_fault_at_most(text: str, expected: Fault | None) -> None:
    assert expected == fault(text)


def test_a_closed_action_promises_nothing_more() -> None:
    doc = parse("# Mail was delayed\n\n## Action items\n\n- [x] Investigate the failover\n")

    assert [wording(doc, action) for action in doc.actions] == [None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Document the drain in the runbook", Grade.WEAKER, id="document"),
        pytest.param("Improve monitoring", Grade.WEAKER, id="vague"),
        pytest.param("Add a second replica", Grade.INTERMEDIATE, id="redundancy"),
        pytest.param("Add an alert on disk usage and update the runbook", Grade.INTERMEDIATE, id="alert-and-document"),
        pytest.param("Remove write access from workstations", Grade.STRONGER, id="remove"),
        pytest.param("CI rejects a migration without a rollback", Grade.STRONGER, id="enforce"),
    ],
)
def test_strength_is_how_little_an_action_relies_on_people(text: str, expected: Grade) -> None:
    doc = parse(f"# Mail was delayed\n\n## Action items\n\n- {text}\n")

    assert expected == grade_of(doc, doc.actions[0])[0]


MOST = """# Mail was delayed

## Action items

- Move the queue to its own host (Owner: Ana)
- Drain the queue before a host is stopped
- Double the disk of the relay
"""


def test_what_most_actions_lack_is_said_once_with_all_of_them() -> None:
    (problem,) = run_one(catalogue()["action-without-owner"], MOST)

    assert (
        problem.message,
        [place.message for place in problem.related],
    ) == ("2 of 3 actions have no owner", ["action 2", "action 3"])


def test_what_one_action_lacks_is_said_of_that_one() -> None:
    text = MOST.replace("stopped", "stopped (Owner: Tomek)")

    assert [problem.message for problem in run_one(catalogue()["action-without-owner"], text)] == [
        '"Double the disk of the relay" has no owner'
    ]


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        pytest.param(date(2026, 2, 18), [], id="on-the-day"),
        pytest.param(
            date(2026, 2, 19), ['"Move the queue" was due 1 day ago and is not marked as done'], id="the-day-after"
        ),
    ],
)
def test_an_action_is_overdue_from_the_day_after(today: date, expected: list[str]) -> None:
    text = "# Mail was delayed\n\n## Action items\n\n- [ ] Move the queue (by 2026-02-18)\n"

    assert expected == [problem.message for problem in run_one(catalogue()["overdue-action"], text, today=today)]


def test_the_house_may_have_its_own_statuses() -> None:
    text = "# Mail was delayed\n\n## Action items\n\n| Action | Status |\n|---|---|\n| Move the queue | Blue |\n"
    rule = catalogue()["unknown-action-status"]

    assert (
        [problem.message for problem in run_one(rule, text)],
        [problem.message for problem in run_one(rule, text, statuses=("blue",))],
    ) == (['"Blue" is no known status; use open, in progress, blocked, done or won\'t do'], [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Abort the reload on a non-zero exit code", False, id="refusal-with-condition"),
        pytest.param("Run the schema check in the release pipeline", False, id="step-of-a-machine"),
        pytest.param("Count check before a run may be marked as complete", False, id="gate"),
        pytest.param("Rotate the logs of the relay, keep 14 days", False, id="value"),
        pytest.param("Move the queue to its own host", True, id="a-move"),
        pytest.param("Move the queue to its own host within 2 weeks", True, id="a-deadline-is-no-value"),
        pytest.param("Document the drain of the queue", True, id="a-text"),
        pytest.param("[#12](https://tracker.example.org/issues/12)", False, id="only-an-issue"),
    ],
)
def test_what_shows_by_itself_that_it_is_done(text: str, expected: bool) -> None:
    doc = parse(f"# Mail was delayed\n\n## Action items\n\n- {text}\n")
    assert unverifiable(doc.actions[0]) is expected


@pytest.mark.parametrize(
    ("owner", "expected"),
    [
        pytest.param("TBD", ["unaccountable-owner"], id="promised"),
        pytest.param("-", ["action-without-owner"], id="none"),
        pytest.param("@ana", [], id="one"),
    ],
)
def test_an_owner_is_named_promised_or_absent(owner: str, expected: list[str]) -> None:
    row = f"| Action | Owner |\n|---|---|\n| Move the queue to its own host | {owner} |\n"
    doc = parse(f"# Mail was delayed\n\n## Action items\n\n{row}")
    rules = catalogue()
    asked = ("action-without-owner", "unaccountable-owner")
    assert [name for name in asked if any(rules[name].run(doc, {}))] == expected


@pytest.mark.parametrize(
    ("item", "dated"),
    [
        pytest.param("Move the queue in the coming sprint", True, id="sprint"),
        pytest.param("The relay will be replaced later this year", True, id="part of a year"),
        pytest.param("The limit will be fixed in the 1.2.12 release", True, id="release"),
        pytest.param("Keep what was sent in the next 30 days in a queue of its own", False, id="what is kept"),
        pytest.param("Move the queue (due: soon)", False, id="some day"),
    ],
)
def test_when_an_action_is_due_may_be_said_roughly(item: str, dated: bool) -> None:
    doc = parse(f"# Mail was delayed\n\n## Action items\n\n- {item}\n")

    assert bool(list(catalogue()["action-without-due-date"].run(doc, {}))) is not dated


def test_a_table_of_hosts_holds_no_actions() -> None:
    hosts = "| type | name |\n|---|---|\n| A | mail.example.org |\n| A | share.example.org |\n"

    assert parse(f"# Mail was delayed\n\n## Action items\n\nRecords were removed:\n\n{hosts}").actions == ()


@pytest.mark.parametrize(
    ("item", "shown"),
    [
        pytest.param("Tell users that mail is back", True, id="people are told"),
        pytest.param("Update Tom", True, id="somebody is told"),
        pytest.param("Update the runbook", False, id="a text is written"),
        pytest.param("Move the queue ([[000614]])", True, id="a page of the notes"),
    ],
)
def test_what_shows_that_an_action_is_done(item: str, shown: bool) -> None:
    doc = parse(f"# Mail was delayed\n\n## Action items\n\n- [x] {item}\n")

    assert bool(list(catalogue()["done-without-evidence"].run(doc, {}))) is not shown
