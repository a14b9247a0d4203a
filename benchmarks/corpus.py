"""Generates postmortems to measure speed with: always the same ones, of invented parts, of about 2,000 words each.

They are as real ones are in what costs time: how much is prose, lists and tables, how often a date, a clock time or a
name stands in it, and that one sentence in twenty-five tells of people in a way that needs a look at its grammar.
"""

import random
from datetime import date, datetime, timedelta
from pathlib import Path

WORDS = {
    "service": [
        "checkout",
        "search",
        "ledger",
        "mailer",
        "thumbnails",
        "login",
        "feed",
        "exports",
        "billing",
        "geocoder",
        "catalogue",
        "inventory",
        "payouts",
        "notifications",
        "uploads",
        "webhooks",
        "reports",
        "profiles",
        "pricing",
        "sessions",
    ],
    "store": [
        "the session store",
        "the order table",
        "the work queue",
        "the page cache",
        "the object store",
        "the read replica",
        "the primary database",
        "the event log",
        "the lock table",
        "the image bucket",
        "the price index",
        "the token cache",
    ],
    "team": ["storage", "platform", "payments", "edge", "identity", "data", "search", "delivery"],
    "change": [
        "a configuration change",
        "a schema migration",
        "a certificate renewal",
        "a node drain",
        "a flag flip",
        "a kernel update",
        "a client upgrade",
        "a new index",
        "a change of the retry policy",
        "a larger batch size",
    ],
    "sign": [
        "error rate",
        "queue depth",
        "p99 latency",
        "connection count",
        "cache hit ratio",
        "heap size",
        "replication lag",
        "disk usage",
        "thread count",
        "open file handles",
    ],
    "person": [
        "Ines Varga",
        "Tomo Akachi",
        "Lea Brandt",
        "Ravi Sundar",
        "Mila Horn",
        "Oskar Lind",
        "Noor Haddad",
        "Dana Kovac",
        "Per Nyberg",
    ],
    "place": [
        "the second zone",
        "the canary pool",
        "the batch hosts",
        "the new region",
        "the edge nodes",
        "the standby site",
    ],
    "tool": [
        "the deploy page",
        "the dashboard",
        "the load balancer",
        "the scheduler",
        "the proxy",
        "the client library",
    ],
}

EVENTS = (
    "{change} rolls out to the {service} hosts of {place}",
    "Alert `{service}-{number}` fires: {sign} above {number} for five minutes",
    "On-call for {team} acknowledges and opens the incident channel",
    "{sign} of {store} is read for the first time; it has stood at its limit since the rollout",
    "Traffic is drained from {place}; {sign} falls to {number}",
    "The status page says that {service} is slow for some customers",
    "Rollback of the change begins; the first hosts answer normally",
    "{sign} is back at its usual level; the incident is closed",
)
SENTENCES = (
    "Requests to {service} waited for {store} until their deadline of {number} seconds had passed.",
    "The {sign} had grown by {number} % a week since spring, and no dashboard showed it beside its limit.",
    "{change} doubled the number of connections that every {service} host holds open to {store}.",
    "The alert on {sign} compares with a fixed threshold that was set when {service} had a third of its traffic.",
    "A retry in {tool} turned each slow answer into {number} further requests.",
    "The staging environment holds {number} MB of data, so the plan of the query was another one there.",
    "The runbook of {service} names a command that was removed two releases ago.",
    "The {team} team was told by a customer {number} minutes before the first page.",
    "Reads from {store} stayed correct throughout, since {sign} never passed {number}.",
    "Nothing on {tool} showed which of the {number} hosts still ran the old version.",
    "The limit of {store} is {number} connections, and {service} alone may open {number} of them.",
    "{tool} retries for {number} seconds before it gives up, which hid the first failures from {service}.",
    "Once {store} was full, writes blocked for {number} ms each and the threads of {service} ran out.",
    "The graphs of {sign} are kept for {number} days, so the growth since the last migration could not be seen.",
    "Half of the traffic of {service} comes from {place}, where the change had been live for {number} hours.",
    "A test with {number} rows passed in the pipeline; {store} holds {number} million in production.",
    "The certificate of {tool} is renewed by a job that runs once in {number} days.",
    "{service} opens one connection for each request when its pool of {number} is used up.",
    "Health checks of {service} ask for a page that needs nothing of {store}, so every host looked healthy.",
    "The flag that guards {change} is read at start-up only, and a restart takes {number} minutes.",
    "Customers saw a spinner for {number} seconds and then an empty page.",
    "About {number} % of the calls to {service} failed while {store} was catching up.",
    "Two of the {number} shards of {store} were on the same disk.",
    "The order in which {service} and {store} are restarted matters, and no page says so.",
    "The rate limit in front of {service} counts by address, and {place} has {number} addresses.",
    "Memory of {tool} grew by {number} MB an hour until the kernel ended it.",
    "The backup of {store} was {number} hours old when it was needed.",
    "Deploys to {place} are not held back when {sign} rises elsewhere.",
    "The proxy closes idle connections after {number} seconds, {service} after {number}.",
    "A second copy of the job started because the lock in {store} had expired.",
    "The change was reviewed together with {number} others in one request.",
    "Logs of {service} are sampled at {number} %, and the failing calls were not among them.",
    "{sign} recovered within {number} minutes of the rollback, without any further step.",
    "The old client stays compatible with {store} for one more release.",
    "Support answered {number} tickets about {service} on that day, against {number} on the day before.",
    "No order was lost: what {service} had accepted was delivered after {number} minutes.",
    "The dependency on {store} was added when {service} was split from the {team} monolith.",
    "Dashboards of {team} and of the edge show {sign} in different units.",
    "A dry run prints what would be changed but stops at the first {number} lines.",
    "The feature had been on for {number} % of the accounts since Monday.",
    "Reindexing {store} takes {number} minutes and cannot be interrupted.",
    "{tool} sends traffic to a host before its cache is warm.",
    "The timeout of {service} is longer than that of its callers.",
    "The page went to the secondary rota because the primary phone had no signal.",
    "{team} and the network group both own a part of {tool}.",
    "Scaling {service} up by {number} hosts made the contention on {store} worse.",
    "The feature flag service was itself behind {tool}.",
    "Each host of {service} reads the whole of {store} when it starts.",
)
TELLING = (
    "Someone should have looked at the {sign} before the change was approved.",
    "The on-call engineer restarted {service} twice, which emptied its warm cache and made the next minutes worse.",
    "We assumed that {store} rejects writes when it is full; it blocks instead.",
    "{person} did not notice that the rollout had reached {place}.",
    "The {team} team failed to update the runbook of {service} after the last release.",
    "{person} rolled the change back at the first sign of trouble.",
)
ACTIONS = (
    "Page on {sign} of {store} when it stays above {number} % for ten minutes",
    "Cap retries of the {service} client at {number} with jitter",
    "Load-test {service} with {number} million rows before each schema change",
    "Improve the documentation of {service}",
    "Remove the second connection pool of {service} and alert on the count of open connections",
    "Investigate {sign} of {store}",
    "Read the flag of {service} on every request",
    "Hold deploys to {place} while {sign} is above {number}",
)
SECTIONS = (
    ("Root cause", 8),
    ("Trigger", 2),
    ("Contributing factors", 0),
    ("Detection", 8),
    ("Response", 12),
    ("Resolution", 8),
    ("What went well", 0),
    ("What went wrong", 0),
    ("Where we got lucky", 0),
    ("Lessons learned", 10),
)


def postmortem(number: int) -> str:
    """Document `number` of the corpus."""
    pick = random.Random(number)  # the same on every machine

    def filled(line: str) -> str:
        words = {name: pick.choice(choices) for name, choices in WORDS.items()}
        while "{number}" in line:
            line = line.replace("{number}", str(pick.randint(3, 900)), 1)
        said = line.format(**words)
        return said[:1].upper() + said[1:]

    def sentence() -> str:
        return filled(pick.choice(TELLING if pick.random() < 0.04 else SENTENCES))

    def prose(count: int) -> str:
        lines = [sentence() for _ in range(count)]
        return "\n\n".join(" ".join(lines[at : at + 4]) for at in range(0, count, 4))

    start = datetime(2025, 1, 6, 9, 0) + timedelta(days=number % 300, minutes=pick.randint(0, 600))
    length = pick.randint(20, 300)
    steps = sorted(pick.sample(range(length), 14))
    parts = [
        f"# {pick.choice(WORDS['service']).title()} was slow on {start:%Y-%m-%d}",
        f"- **Incident:** INC-{number:04d}\n- **Date:** {start:%Y-%m-%d}\n- **Severity:** SEV{pick.randint(1, 4)}\n"
        f"- **Status:** Final\n- **Authors:** {pick.choice(WORDS['person'])}, {pick.choice(WORDS['person'])}",
        "## Summary\n\n" + prose(8),
        f"## Impact\n\n{pick.randint(2, 90) * 100:,} customers saw errors for {length} minutes. " + prose(10),
        "## Timeline\n\nAll times are UTC.\n\n| Time | Event |\n|---|---|\n"
        + "\n".join(
            f"| {start + timedelta(minutes=step):%H:%M} | {filled(EVENTS[at * len(EVENTS) // 14])} |"
            for at, step in enumerate(steps)
        ),
    ]
    for title, count in SECTIONS:
        listed = "\n".join(f"- {sentence()}" for _ in range(5))
        parts.append(f"## {title}\n\n{prose(count) if count else listed}")
    due = date(2026, 3, 1) + timedelta(days=pick.randint(0, 60))
    parts.append(
        "## Action items\n\n| Action | Owner | Due | Ticket |\n|---|---|---|---|\n"
        + "\n".join(
            f"| {filled(action)} | {pick.choice(WORDS['person'])} | {due} | OPS-{pick.randint(100, 999)} |"
            for action in pick.sample(ACTIONS, 6)
        )
    )
    parts.append("## Appendix\n\n" + prose(24))
    return "\n\n".join(parts) + "\n"


def write(folder: Path, count: int) -> None:
    """The first `count` documents, as files below `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        (folder / f"incident-{number:04d}.md").write_text(postmortem(number), encoding="utf-8")
