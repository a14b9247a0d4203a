"""Templates, half-filled copies of them, and documents that only keep a question or two of theirs."""

import pytest

from pmlint.document.model import Kind
from pmlint.document.parse import parse

TEMPLATES = {
    "bare headings": """
# Postmortem template

## Summary

## Impact

## Timeline

## Root cause

## Action items
""",
    "a title that stands in for one": """
# Title of the incident: date

## What happened

## Root cause

## Resolution

## Action items
""",
    "guidance in sentences": """
# Incident review

## Summary

Describe the incident in two or three sentences.

## Impact

List the services and the number of users that were affected.

## Root cause

Explain why it happened. What assumption failed?

## Action items

- [ ]
""",
    "questions": """
# Outage report

## Detection

How was the incident detected? How long did it take?

## Impact

Which customers were affected?

## Root cause

Why did it happen?

## Lessons learned

What went well? What did not?
""",
    "placeholders in brackets": """
# Postmortem: [Incident Name]

**Date:** YYYY-MM-DD
**Severity:** P0 | P1 | P2
**Author:** [Name]

## Summary

[2-3 sentence summary of the incident]

## Timeline

| Time | Event |
|---|---|
| HH:MM | [First event] |
| HH:MM | [Second event] |

## Root cause

[Describe the root cause]
""",
    "labels without values": """
Post-incident review template
=============================

Summary
- Title:
- Impact:
- Severity:

Timeline
- Detection:
- Mitigated:

Root cause
- Trigger:
- Cause:
""",
    "Portuguese": """
# Post-mortem: Nome do Incidente

## Resumo

Uma breve descrição do que aconteceu.

## Causa raiz

Qual foi a causa principal do incidente?

## Ações

- Ação 1:
""",
    "a copy with nothing but its date": """
# Queue outage, 2024-06-02

**Date:** 2024-06-02
**Severity:** P0 | P1 | P2
**Owner:** <name>

## Summary

<2-3 sentences on what happened>

## Impact

<number of users>

## Root cause

TBD

## Action items

- TBD
""",
}

DOCUMENTS = {
    "one section still open": """
# Login failed for 20 minutes

**Severity:** SEV-2
**Revenue:** TBD

## Summary

Logins failed from 10:02 to 10:22 UTC because a key had expired.

## Timeline

- 10:02 UTC key expires
- 10:05 UTC alert
- 10:22 UTC key renewed

## Root cause

The key was renewed by hand.

## Lessons learned

TBD
""",
    "the template's questions kept above the answers": """
# Export was empty

## Summary

Exports of 4 May were empty for 300 customers and were sent again on 5 May.

## Detection

How was it detected?

A customer called. No check looks into the files.

## Root cause

Why did it happen?

The query used the time zone of the server, so the day had no rows.

## Resolution

The exports were repeated with the right time zone.
""",
    "a timeline told, the rest to be written": """
# Purge of the cache

**Severity:** P0 | P1 | P2

## Timeline

| Time | Event |
|---|---|
| 2025-03-01 09:15 UTC | Cache purged |
| 09:17 UTC | Origin overloaded |
| 09:55 UTC | Cache warm again |
| HH:MM | <next event> |

## Root cause

TBD

## Impact

TBD

## Action items

TBD
""",
    "an incident with templates": """
# Mail template rendered without prices

## Summary

The template of the order mail lost its price block on 3 July, and 900 mails went out without a price.

## Root cause

A variable was renamed in the shop and not in the template.

## Resolution

The template was rolled back at 14:00.
""",
}


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in TEMPLATES.items()])
def test_a_template_is_known(text: str) -> None:
    doc = parse(text.lstrip())

    assert (doc.kind, doc.is_template) == (Kind.POSTMORTEM, True)


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in DOCUMENTS.items()])
def test_a_document_with_gaps_is_no_template(text: str) -> None:
    doc = parse(text.lstrip())

    assert (doc.kind, doc.is_template) == (Kind.POSTMORTEM, False)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("docs/postmortems/template.md", True),
        ("docs/postmortems/_TEMPLATE.md", True),
        ("post-mortem_template.md", True),
        ("docs/2024-03-05-email-template-broken.md", False),
        ("docs/template-service-outage-of-may.md", False),
        ("docs/report.md", False),
    ],
)
def test_a_file_is_called_a_template(path: str, expected: bool) -> None:
    text = "# Mail stopped\n\nMail was down from 10:00 to 11:00 on 3 May because the disk was full. We restored it.\n"

    assert expected is parse(text, path).is_template
