"""Actions: the clauses of an item, its grade, and how many deliverables it holds."""

import pytest

from pmlint.document.parse import parse
from pmlint.rules.actions_grades import Grade, grade_of
from pmlint.rules.actions_grammar import clauses
from pmlint.rules.catalogue import catalogue
from pmlint.rules.examples import run_one


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Document the drain in the runbook", [("document", ("drain",))], id="imperative"),
        pytest.param("Adding an alert on disk usage", [("add", ("alert",))], id="gerund"),
        pytest.param("Detection: set up alerts for the relay", [("set", ("alert",))], id="behind-a-label"),
        pytest.param("We will also rotate the keys", [("rotate", ("key",))], id="behind-a-subject"),
        pytest.param("To drain faster, copy mails in batches", [("copy", ("mail",))], id="behind-its-purpose"),
        pytest.param("The relay key will be rotated", [("rotate", ("key",))], id="passive"),
        pytest.param(
            "The old hook has been disabled and removed", [("disable", ("hook",)), ("remove", ("hook",))], id="perfect"
        ),
        pytest.param("CI rejects a migration without rollback", [("reject", ("migration",))], id="present"),
        pytest.param("Stopping a host is refused while it drains", [("refuse", ("host",))], id="gerund-as-subject"),
        pytest.param("Relay review to require two reviewers", [("require", ("reviewer",))], id="infinitive"),
        pytest.param(
            "Ensure that alerting is configured in staging", [("configure", ("alert",))], id="what-is-made-sure-of"
        ),
        pytest.param("Better documentation of the relay", [("", ("documentation",))], id="a-thing"),
        pytest.param(
            "Create and publish the runbook", [("create", ("runbook",)), ("publish", ("runbook",))], id="shared"
        ),
        pytest.param("Add an alert on disk usage and queue age", [("add", ("alert",))], id="nouns-joined"),
        pytest.param(
            "Move the queue to its own host and add a second relay",
            [("move", ("queue",)), ("add", ("relay",))],
            id="verbs-joined",
        ),
        pytest.param("Write a script that can find and drain hosts", [("write", ("script",))], id="verbs-below"),
        pytest.param("Run load tests to simulate noon and find limits", [("run", ("test",))], id="verbs-of-a-purpose"),
        pytest.param("Audit of roles and keys", [("", ("audit",))], id="joined-behind-of"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_each_clause_has_its_verb_and_what_that_is_done_to(
    text: str, expected: list[tuple[str, tuple[str, ...]]]
) -> None:
    assert expected == [(clause.verb, clause.heads) for clause in clauses(text)]


@pytest.mark.parametrize(
    ("text", "grade", "reason"),
    [
        pytest.param("Write a runbook for certificate renewal", Grade.WEAKER, "a text", id="text"),
        pytest.param("Make sure all services have a plan for scaling", Grade.WEAKER, "a text", id="text-made-sure-of"),
        pytest.param("Share the findings with the mail team", Grade.WEAKER, "somebody looks or tells", id="telling"),
        pytest.param("Hold a workshop with the vendor", Grade.WEAKER, "somebody looks or tells", id="gathering"),
        pytest.param("Check default settings in files", Grade.WEAKER, "somebody looks or tells", id="looking"),
        pytest.param("Investigate the drain", Grade.WEAKER, "a question left open", id="open"),
        pytest.param("Add alerts for the relay", Grade.WEAKER, "no definite signal", id="no-signal"),
        pytest.param("Improve resilience", Grade.WEAKER, "no definite change", id="vague"),
        pytest.param("Check the schema version in CI", Grade.INTERMEDIATE, "a machine does it", id="machine"),
        pytest.param("Add a checklist to the release form", Grade.INTERMEDIATE, "an aid at the point of use", id="aid"),
        pytest.param("Run a game day for failover", Grade.INTERMEDIATE, "changes the system", id="rehearsal"),
        pytest.param("Require two reviewers for relay changes", Grade.INTERMEDIATE, "a required step", id="required"),
        pytest.param("Add a second relay", Grade.INTERMEDIATE, "changes the system", id="redundancy"),
        pytest.param(
            "Ensure that alerting is wired to a test channel", Grade.INTERMEDIATE, "changes the system", id="wired"
        ),
        pytest.param("Document the limit and enforce it at start-up", Grade.STRONGER, "removes or enforces", id="best"),
        pytest.param("Simplify the release process", Grade.STRONGER, "removes or enforces", id="simplify"),
        pytest.param("Add rate limits to submission", Grade.STRONGER, "removes or enforces", id="barrier"),
    ],
)
def test_the_grade_says_what_decided_it(text: str, grade: Grade, reason: str) -> None:
    doc = parse(f"# Mail was delayed\n\n## Action items\n\n- {text}\n")
    found = grade_of(doc, doc.actions[0])

    assert (grade, reason) == (found.grade, found.reason)


def test_weak_actions_are_shown_with_their_grades() -> None:
    text = """# Mail was delayed

## Action items

- Document the drain in the runbook
- Improve monitoring
- Look into a second relay
"""
    (problem,) = run_one(catalogue()["weak-actions-only"], text)

    assert [related.message for related in problem.related] == [
        'weaker, somebody looks or tells: "Document the drain"',
        'weaker, no definite change: "Improve monitoring"',
        'weaker, a question left open: "Look into a second relay"',
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Move the queue and add a second relay", 1, id="two"),
        pytest.param("Replace the old relay. Rewrite the drain script", 1, id="two-sentences"),
        pytest.param("Add a limit and document it", 0, id="what-comes-with-it"),
        pytest.param("Build the relay image and deploy it to staging", 0, id="lifecycle"),
        pytest.param("Add monitoring: set up an alert for queue age over 10 min", 0, id="said-more-closely"),
        pytest.param("Write a drain script to stop hosts and move queues", 0, id="purpose"),
    ],
)
def test_deliverables_are_counted_and_their_details_are_not(text: str, expected: int) -> None:
    found = run_one(catalogue()["compound-action"], f"# Mail was delayed\n\n## Action items\n\n- {text}\n")

    assert expected == len(found)
