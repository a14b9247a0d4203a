"""Generates postmortems to measure speed with: always the same ones, of invented parts, of about 2,000 words each."""

import random
from datetime import date, datetime, timedelta
from pathlib import Path

SERVICES = ("checkout", "search", "ledger", "mailer", "thumbnails", "login", "feed", "exports", "billing", "geocoder")
STORES = ("the session store", "the order table", "the queue", "the page cache", "the object store", "the replica")
PEOPLE = ("Ines Varga", "Tomo Akachi", "Lea Brandt", "Ravi Sundar", "Mila Horn", "Oskar Lind", "Noor Haddad")
TEAMS = ("storage", "platform", "payments", "edge", "identity", "data")
CHANGES = ("a configuration change", "a schema migration", "a certificate renewal", "a node drain", "a flag flip")
SIGNS = ("error rate", "queue depth", "p99 latency", "connection count", "cache hit ratio", "heap size")

EVENTS = (
    "{change} rolls out to the {service} hosts of the second zone",
    "Alert `{service}-{number}` fires: {sign} above {number} for five minutes",
    "On-call for {team} acknowledges and opens the incident channel",
    "{sign} of {store} is read for the first time; it has stood at its limit since the rollout",
    "Traffic is drained from the affected zone; {sign} falls to {number}",
    "The status page says that {service} is slow for some customers",
    "Rollback of the change begins; the first hosts answer normally",
    "{sign} is back at its usual level; the incident is closed",
)
SENTENCES = (
    "Requests to {service} waited for {store} until their deadline of {number} seconds had passed.",
    "The {sign} had grown by {number} % a week since spring, and no dashboard showed it beside its limit.",
    "{change} doubled the number of connections that every {service} host holds open to {store}.",
    "The alert on {sign} compares with a fixed threshold that was set when {service} had a third of its traffic.",
    "A retry in the client library turned each slow answer into {number} further requests.",
    "The staging environment holds {number} MB of data, so the plan of the query was another one there.",
    "The runbook of {service} names a command that was removed two releases ago.",
    "The {team} team was told by a customer {number} minutes before the first page.",
    "We assumed that {store} rejects writes when it is full; it blocks instead.",
    "Reads from {store} stayed correct throughout, since replication lag never passed {number} seconds.",
    "Someone should have looked at the {sign} before the change was approved.",
    "The on-call engineer restarted {service} twice, which emptied its warm cache and made the next minutes worse.",
)
ACTIONS = (
    "Page on {sign} of {store} when it stays above {number} % for ten minutes",
    "Cap retries of the {service} client at {number} with jitter",
    "Load-test {service} with {number} million rows before each schema change",
    "Improve the documentation of {service}",
    "Remove the second connection pool of {service} and alert on the count of open connections",
    "Investigate {sign}",
)
SECTIONS = (
    ("Root cause", 8),
    ("Trigger", 2),
    ("Contributing factors", 0),
    ("Detection", 9),
    ("Response", 14),
    ("Resolution", 8),
    ("What went well", 0),
    ("What went wrong", 0),
    ("Where we got lucky", 0),
    ("Lessons learned", 12),
)


def postmortem(number: int) -> str:
    """Document `number` of the corpus."""
    pick = random.Random(number)  # the same on every machine

    def filled(line: str) -> str:
        said = line.format(
            service=pick.choice(SERVICES),
            store=pick.choice(STORES),
            team=pick.choice(TEAMS),
            change=pick.choice(CHANGES),
            sign=pick.choice(SIGNS),
            number=pick.randint(3, 90),
        )
        return said[:1].upper() + said[1:]

    def prose(count: int) -> str:
        lines = [filled(pick.choice(SENTENCES)) for _ in range(count)]
        return "\n\n".join(" ".join(lines[at : at + 4]) for at in range(0, count, 4))

    start = datetime(2025, 1, 6, 9, 0) + timedelta(days=number % 300, minutes=pick.randint(0, 600))
    length = pick.randint(20, 300)
    steps = sorted(pick.sample(range(length), 14))
    parts = [
        f"# {pick.choice(SERVICES).title()} was slow on {start:%Y-%m-%d}",
        f"- **Incident:** INC-{number:04d}\n- **Date:** {start:%Y-%m-%d}\n- **Severity:** SEV{pick.randint(1, 4)}\n"
        f"- **Status:** Final\n- **Authors:** {pick.choice(PEOPLE)}, {pick.choice(PEOPLE)}",
        "## Summary\n\n" + prose(8),
        f"## Impact\n\n{pick.randint(2, 90) * 100:,} customers saw errors for {length} minutes. " + prose(10),
        "## Timeline\n\nAll times are UTC.\n\n| Time | Event |\n|---|---|\n"
        + "\n".join(
            f"| {start + timedelta(minutes=step):%H:%M} | {filled(EVENTS[at * len(EVENTS) // 14])} |"
            for at, step in enumerate(steps)
        ),
    ]
    for title, count in SECTIONS:
        listed = "\n".join(f"- {filled(pick.choice(SENTENCES))}" for _ in range(5))
        parts.append(f"## {title}\n\n{prose(count) if count else listed}")
    due = date(2026, 3, 1) + timedelta(days=pick.randint(0, 60))
    parts.append(
        "## Action items\n\n| Action | Owner | Due | Ticket |\n|---|---|---|---|\n"
        + "\n".join(
            f"| {filled(action)} | {pick.choice(PEOPLE)} | {due} | OPS-{pick.randint(100, 999)} |" for action in ACTIONS
        )
    )
    parts.append("## Appendix\n\n" + prose(18))
    return "\n\n".join(parts) + "\n"


def write(folder: Path, count: int) -> None:
    """The first `count` documents, as files below `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        (folder / f"incident-{number:04d}.md").write_text(postmortem(number), encoding="utf-8")
