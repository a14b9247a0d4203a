"""What events mark: single entries by their words, and whole timelines by the course of an incident."""

import pytest

from pmlint.document.milestones import Told, milestones

START, DETECTION, RESPONSE = "start", "detection", "response"
COMMUNICATION, MITIGATION, RESOLUTION, DECISION = "communication", "mitigation", "resolution", "decision"

# A timeline that marks nothing itself, around the entry in question.
_BEFORE = [Told("Errors began on the checkout"), Told("Alert fired for the checkout")]


def marks(*events: str | Told) -> list[set[str]]:
    """What each of the events of one timeline marks."""
    told = [Told(event) if isinstance(event, str) else event for event in events]
    return [{str(milestone) for milestone in found} for found in milestones(told)]


def after_detection(text: str) -> set[str]:
    """What an entry marks once the incident is known."""
    return marks(*_BEFORE, text, "A tea was made")[2]


@pytest.mark.parametrize(
    "text",
    [
        "The outage begins",
        "Customer impact started",
        "Pods begin to fail",
        "First errors on the search page",
        "Latency of the API rises from 80 ms to 4 s",
        "Site goes down",
        "The indexer stops processing events",
        "New configuration deployed to production",
        "PR 12 merged, which drops the old index",
        "The certificate of the gateway expired",
        "First victim signs",
        "Redis reaches its memory limit",
        "Everyone on the EU shard gets kicked",
        "障害発生",
    ],
)
def test_start(text: str) -> None:
    assert [{START}, {DETECTION}] == marks(text, "A customer complained about it")


@pytest.mark.parametrize(
    "text",
    [
        "Alert fires for the checkout",
        "On-call was paged",
        "PagerDuty pages the rotation",
        "Monitoring detected a drop in orders",
        "Several customers reported blank pages",
        "Sentry began sending alerts about the login page",
        "Support received a ticket about lost orders",
        "First calls to the service desk",
        "Support opens a case on behalf of two customers",
        "First message in #ask-infra",
        "An engineer notices that the queue is not drained",
        "The team became aware of the failures",
        "Reports of failed payments came in",
        "Issue discovered during a routine check",
        "CloudWatch alarm on 5xx",
        "A researcher submitted a bug report",
        "Marketing asks why the open rate is low",
        "A controller asks in the help channel why Monday equals Sunday",
        "A tweet about two charges is passed on by support",
        "Researcher writes to security with a screenshot",
        "ユーザーから「開けない」との報告",
        "Sentry began sending alerts",
        "A synthetic check of the login page is red",
        "An uptime check on the EU hub is failing",
        "Ada sees a post in the chat about a page without pictures",
        "We received word that the building has no power",
        "Users in the forum say that the map is empty",
    ],
)
def test_detection(text: str) -> None:
    assert [set(), {DETECTION}] == marks("Tea was made", text)


@pytest.mark.parametrize(
    "text",
    [
        "No alert fired",
        "The monitoring did not detect it",
        "Nobody noticed",
        "Nothing was noticed on Monday or Tuesday",
        "Asked the data group whether the job can be stopped",
        "Root cause identified",
        "The failure went unnoticed",
        "Alert silenced",
    ],
)
def test_no_detection(text: str) -> None:
    assert [set(), set()] == marks("Tea was made", text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The team starts investigating", {RESPONSE}),
        ("On-call acknowledges", {RESPONSE}),
        ("On-call engages", {RESPONSE}),
        ("Outbound mail moved to reserve addresses", {MITIGATION}),
        ("Comm #1 sent to all staff", {COMMUNICATION}),
        ("Ada updated the status from monitoring to resolved", {RESOLUTION}),
        ("Incident OPS-20514 declared, Ada leads it", {RESPONSE}),
        ("Throttling of three shards found", set()),
        ("Major incident declared", {RESPONSE}),
        ("War room opened", {RESPONSE}),
        ("Engineers look into the logs", {RESPONSE}),
        ("Escalated to the database team", {RESPONSE}),
        ("調査開始", {RESPONSE}),
        ("The investigation revealed a typo", set()),
        ("Response times stay high", set()),
        ("The tech lead joins the chat", {RESPONSE}),
        ("Ada and Bo go on a call to find out what it is", {RESPONSE}),
        ("Rollback attempted", {RESPONSE}),
        ("Monitoring - A fix is out and answers are back to normal for most", {MITIGATION}),
        ("Monitoring - Power is still out", set()),
        ("The change that triggered the alerts is reverted", {MITIGATION}),
        ("New proxy deployed, resolving the issue", {MITIGATION, RESOLUTION}),
        ("Manual configuration changes deployed", {MITIGATION}),
        ("The certificate is renewed by hand", {MITIGATION}),
        ("Manual backfilling finishes", {RESOLUTION}),
        ("Service mostly recovered", set()),
        ("Incident resolved and communicated to the admins", {RESOLUTION, COMMUNICATION}),
        ("Status page updated", {COMMUNICATION}),
        ("Customers were notified by e-mail", {COMMUNICATION}),
        ("We informed the affected tenants", {COMMUNICATION}),
        ("A post on the status page explains it", {COMMUNICATION}),
        ("Public statement published", {COMMUNICATION}),
        ("ステータスページに掲載", {COMMUNICATION}),
        ("Customers notified us that it is slow", set()),
        ("The provider updates its status page", set()),
        ("Rolled back to v41", {MITIGATION}),
        ("The change was reverted", {MITIGATION}),
        ("Hotfix deployed", {MITIGATION}),
        ("Traffic shifted to the standby region", {MITIGATION}),
        ("Disabled the coupon flag", {MITIGATION}),
        ("Scaled the workers up to 12", {MITIGATION}),
        ("Memory limit raised to 2 GB", {MITIGATION}),
        ("回滚到旧版本", {MITIGATION}),
        ("A fix is being developed", set()),
        ("We considered a rollback", set()),
        ("Pods restart in a loop", set()),
        ("Unable to roll back", set()),
        ("Service fully restored", {RESOLUTION}),
        ("Everything is back to normal", {RESOLUTION}),
        ("Incident closed", {RESOLUTION}),
        ("All systems verified operational", {RESOLUTION}),
        ("All clear", {RESOLUTION}),
        ("Banner put on the site", {COMMUNICATION}),
        ("Mail to all customers sent", {COMMUNICATION}),
        ("The index is consistent again", {RESOLUTION}),
        ("All prefixes are back to their usual path", {RESOLUTION}),
        ("All the servers return 200 OK", {RESOLUTION}),
        ("All shards active", {RESOLUTION}),
        ("Everything work", {RESOLUTION}),
        ("We verified that the leaked token works", set()),
        ("Core team members on a call", {RESPONSE}),
        ("Electrician on site", {RESPONSE}),
        ("Override active in the first shard", {MITIGATION}),
        ("Decision by the facility manager to wait", {DECISION}),
        ("Discord unlocked with a new scheme", {RESOLUTION}),
        ("Phishing message with @everyone", set()),
        ("Withdrawals resumed", {RESOLUTION}),
        ("Opened the server for everyone", {RESOLUTION}),
        ("復旧", {RESOLUTION}),
        ("Not resolved yet", set()),
        ("Partially restored", set()),
        ("Recovery started", set()),
        ("DNS resolution fails", set()),
        ("We decided to fail over", {DECISION}),
        ("Decision: roll back instead of fixing forward", {DECISION}),
        ("The group agreed to wait", {DECISION}),
        ("Going to deploy unless anyone objects", {DECISION}),
        ("Not decided yet", set()),
    ],
)
def test_once_it_is_known(text: str, expected: set[str]) -> None:
    assert expected == after_detection(text)


COURSES = {
    "one of each": [
        ("Deploy of v42 to production", {START}),
        ("Alert fires", {DETECTION}),
        ("On-call starts to investigate", {RESPONSE}),
        ("Status page set to degraded", {COMMUNICATION}),
        ("Decision to roll back", {DECISION}),
        ("Rolled back to v41", {MITIGATION}),
        ("Error rate back to normal", {RESOLUTION}),
    ],
    "the impact, not the change, is the start": [
        ("Deploy of v42", set()),
        ("Errors began", {START}),
        ("Alert fires", {DETECTION}),
    ],
    "detected once": [
        ("Alert fires", {DETECTION}),
        ("A customer reports errors", set()),
        ("We notice a full disk", set()),
    ],
    "no mending before anybody knew": [("Server restarted by schedule", {START}), ("Alert fires", {DETECTION})],
    "no mending after the end": [
        ("Alert fires", {DETECTION}),
        ("Rolled back", {MITIGATION}),
        ("Incident resolved", {RESOLUTION}),
        ("A patch was released that prevents it", set()),
    ],
    "the end said twice": [
        ("Alert fires", {DETECTION}),
        ("Rolled back", {MITIGATION}),
        ("Service restored", {RESOLUTION}),
        ("Incident closed", {RESOLUTION}),
    ],
    "an end that was none": [
        ("Alert fires", {DETECTION}),
        ("Service recovered", set()),
        ("Alert fires again", set()),
        ("Rolled back", {MITIGATION}),
        ("Service recovered", {RESOLUTION}),
    ],
    "who only hints is believed where nobody says it": [
        ("Alert fires", {DETECTION}),
        ("Checked the application logs", {RESPONSE}),
        ("The stale records were deleted", {MITIGATION}),
        ("Second run succeeds", {RESOLUTION}),
    ],
}


@pytest.mark.parametrize("course", COURSES.values(), ids=COURSES)
def test_course(course: list[tuple[str, set[str]]]) -> None:
    assert [expected for _, expected in course] == marks(*(text for text, _ in course))


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        pytest.param(Told("the graph turned red", label="Detection"), {DETECTION}, id="phase column"),
        pytest.param(Told("First Response: into the logs", bold="First Response:"), {RESPONSE}, id="bold label"),
        pytest.param(Told("Mitigation: flag 7"), {MITIGATION}, id="plain label"),
        pytest.param(Told("検知: ログ調査"), {DETECTION}, id="label of another language"),
        pytest.param(Told("the graph turned green", phase="Recovery"), {RESOLUTION}, id="heading above"),
        pytest.param(Told("the graph turned green"), set(), id="nothing"),
    ],
)
def test_names(event: Told, expected: set[str]) -> None:
    assert expected == marks("Tea was made", event)[1]


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (Told("v310 is on all points of presence", tail="Mitigated"), {MITIGATION}),
        (Told("Error rate is at the baseline", tail="RESOLVED"), {RESOLUTION}),
        ("Two deploys reverted with no effect", set()),
    ],
)
def test_what_an_entry_ends_in(event: Told | str, expected: set[str]) -> None:
    assert marks(*_BEFORE, event, "A tea was made")[2] == expected


def test_only_the_opening_counts() -> None:
    text = "The search was slow.\n" + "Nobody knew why for a long time, and much was tried. " * 8 + "Rolled back."

    assert set() == after_detection(text)
