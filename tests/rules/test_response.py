"""What is asked of a document that is written while the incident lasts, and what is not."""

import pytest

import pmlint

RECORD = """\
---
kind: incident
---

# Search is down

**Severity:** SEV0
**Status:** mitigating
**Incident commander:** Ana Ruiz

Updates every 30 minutes. Fail over to the replica if errors are above 5 % at 10:30 UTC.

## Impact

All searches fail, 4,100 users affected.

## Timeline (UTC)

- 2026-02-03 10:02: searches fail
- 2026-02-03 10:10: alert fires
"""

LIVE = [
    ("complete", "", "", set()),
    ("no severity", "**Severity:** SEV0\n", "", {"missing-severity"}),
    ("a severity of no scale", "SEV0", "quite bad", {"unknown-severity"}),
    ("no roles", "**Incident commander:** Ana Ruiz\n", "", {"missing-roles"}),
    ("no cadence", "Updates every 30 minutes. ", "", {"missing-cadence"}),
    ("a slow cadence", "Updates every 30 minutes.", "\n\n**Update cadence:** every 50 minutes\n\n", {"slow-cadence"}),
    (
        "no trigger",
        "Fail over to the replica if errors are above 5 % at 10:30 UTC.",
        "Rebuilding the index.",
        {"missing-strategy-trigger"},
    ),
    ("no impact", "## Impact\n\nAll searches fail, 4,100 users affected.\n\n", "", {"missing-section"}),
    ("no zone", " (UTC)", "", {"timeline-without-timezone"}),
    (
        "a settled cause",
        "## Timeline",
        "## Root cause\n\nThe rebuild deleted the index.\n\n## Timeline",
        {"conclusion-while-ongoing"},
    ),
    (
        "a suspected cause",
        "## Timeline",
        "## Root cause\n\nSuspected: the rebuild deleted the index, to be confirmed.\n\n## Timeline",
        set(),
    ),
    (
        "an update that says nothing",
        "## Timeline",
        "## Update 10:20\n\nAll searches fail.\n\n## Timeline",
        {"incomplete-update", "update-without-next-update"},
    ),
    (
        "an empty checkpoint",
        "## Timeline",
        "## Checkpoint 14:00\n\nAll searches fail.\n\n## Timeline",
        {"incomplete-checkpoint"},
    ),
]


@pytest.mark.parametrize(("old", "new", "expected"), [case[1:] for case in LIVE], ids=[case[0] for case in LIVE])
def test_a_live_record(old: str, new: str, expected: set[str]) -> None:
    text = RECORD.replace(old, new, 1) if old else RECORD

    assert {finding.rule for finding in pmlint.check(text).findings} == expected


UPDATE = """\
---
kind: status-update
---

# Search is down

- Known: the index is gone
- Unknown: whether recent documents are lost
- Impact: all searches fail
- Mitigation: a snapshot is being restored

Next update at 11:00 UTC.
"""
CHECKPOINT = """\
---
kind: checkpoint
---

# Checkpoint 14:00 UTC

- State: active
- Hypothesis: the rebuild job deleted the live index
- Customer impact: all searches fail
- In flight: snapshot restore, 60 % done
- Decision point: fail over if the restore stalls
- Cadence: status page every 30 min
- Next decision point: 14:30 UTC
"""
LACKING = [
    ("complete update", UPDATE, "", []),
    ("no next update", UPDATE, "Next update at 11:00 UTC.\n", ["this update does not say when the next one comes"]),
    (
        "nothing unknown",
        UPDATE,
        "- Unknown: whether recent documents are lost\n",
        ["this update does not say what is unknown"],
    ),
    (
        "the last one",
        UPDATE.replace("Next update at 11:00 UTC.", "This is the final update."),
        "- Unknown: whether recent documents are lost\n",
        [],
    ),
    ("complete checkpoint", CHECKPOINT, "", []),
    (
        "no hypothesis",
        CHECKPOINT,
        "- Hypothesis: the rebuild job deleted the live index\n",
        ["this checkpoint does not say the hypothesis"],
    ),
    (
        "no cadence",
        CHECKPOINT,
        "- Cadence: status page every 30 min\n",
        ["this checkpoint does not say the cadence of updates"],
    ),
    (
        "no next decision",
        CHECKPOINT,
        "- Next decision point: 14:30 UTC\n",
        ["this checkpoint does not say the next decision point"],
    ),
]


@pytest.mark.parametrize(
    ("text", "gone", "expected"), [case[1:] for case in LACKING], ids=[case[0] for case in LACKING]
)
def test_what_an_update_or_a_checkpoint_lacks(text: str, gone: str, expected: list[str]) -> None:
    assert [finding.message for finding in pmlint.check(text.replace(gone, "")).findings] == expected
