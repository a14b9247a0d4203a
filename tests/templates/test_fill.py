"""Templates: each says one thing to a check, and a filled copy says nothing."""

import re
import tomllib
from pathlib import Path

import pytest

import pmlint
from pmlint import Settings
from pmlint.document.parse import parse
from pmlint.templates.carry import Carried, carried
from pmlint.templates.fill import FIELDS, KINDS, PROFILES, TYPES, render

FILLED = Path(__file__).parents[2] / "fixtures/filled"
GIVEN = {
    "title": "Mails arrived late",
    "id": "INC-7",
    "date": "2026-02-03",
    "severity": "SEV2",
    "author": "Ana Ruiz",
    "commander": "Bo Lind",
}
RECORD_KINDS = [(kind, "general", None) for kind in KINDS if kind != "postmortem"]
POSTMORTEMS = [("postmortem", name, profile) for name in TYPES for profile in (None, *PROFILES)]
DOCUMENTS = [*RECORD_KINDS, *POSTMORTEMS]

every_document = pytest.mark.parametrize(
    ("kind", "type", "profile"), DOCUMENTS, ids=["-".join(filter(None, case)) for case in DOCUMENTS]
)
every_filled = pytest.mark.parametrize("path", sorted(FILLED.glob("*.md")), ids=lambda path: path.stem)


@every_document
@pytest.mark.parametrize("values", [{}, GIVEN], ids=["open", "given"])
def test_a_new_document_lacks_only_what_is_to_be_filled_in(
    kind: str, type: str, profile: str | None, values: dict[str, str]
) -> None:
    text = render(kind, type=type, profile=profile, values=values)
    checked = pmlint.check(text, settings=Settings(profile="draft"))

    found = {(finding.rule, str(finding.level)) for finding in checked.findings}
    assert (checked.kind, found) == (kind, {("unfilled-placeholder", "warning")})


@every_document
def test_a_new_document_is_known_as_a_template(kind: str, type: str, profile: str | None) -> None:
    assert parse(render(kind, type=type, profile=profile)).is_template


@every_document
def test_no_line_is_left_of_the_machinery(kind: str, type: str, profile: str | None) -> None:
    text = render(kind, type=type, profile=profile)

    assert re.findall(r"(?m)^% .*|\{\{.*?\}\}|\n\n\n|[ \t]+$", text) == []
    assert max(len(line) for line in text.splitlines() if not line.startswith("|")) <= 120


def test_every_sort_of_document_has_a_filled_copy() -> None:
    expected = {*(f"postmortem-{name}" for name in TYPES), *(kind for kind in KINDS if kind != "postmortem")}

    assert {path.stem for path in FILLED.glob("*.md")} == expected


@every_filled
@pytest.mark.parametrize("profile", ["standard", "auto"])
def test_a_filled_copy_passes(path: Path, profile: str) -> None:
    expected = tomllib.loads(path.with_suffix(".expected.toml").read_text(encoding="utf-8"))
    settings = Settings(profile=profile, today=expected["today"])  # type: ignore[arg-type]
    checked = pmlint.check(path.read_text(encoding="utf-8"), path.name, settings=settings)

    assert [str(finding.message) for finding in checked.findings if str(finding.level) != "info"] == []


@every_filled
def test_a_filled_copy_has_the_parts_of_its_template(path: Path) -> None:
    """A template whose parts change has its filled copy changed with it."""
    kind = next(kind for kind in KINDS if path.stem.startswith(kind))
    template = render(kind, type=path.stem.removeprefix("postmortem-") if kind == "postmortem" else "general")

    assert _parts(path.read_text(encoding="utf-8")) == _parts(template)


def _parts(text: str) -> list[str]:
    """Headings below the title, labels and table heads."""
    return re.findall(r"(?m)^(#{2,6} .*|\| (?:Time|ID|Role) .*|- (?:\*\*)?[A-Z][\w -]+:(?:\*\*)?(?= ))", text)


def test_profiles_decide_the_parts() -> None:
    def headings(profile: str) -> list[str]:
        return re.findall(r"(?m)^##+ (.*)", render("postmortem", profile=profile))

    standard = headings("standard")
    assert headings("draft") == standard
    assert [part for part in standard if part not in headings("lightweight")] == [
        "Detection",
        "Roles",
        "Communication",
        "Trigger",
        "Why was it not caught earlier?",
        "Resolution",
        "What went well",
        "What went wrong",
        "Follow-up",
        "Related artifacts",
    ]
    added = {name: [part for part in headings(name) if part not in standard] for name in PROFILES}
    assert added == {
        "standard": [],
        "lightweight": [],
        "strict": ["Where we got lucky", "Publication", "Sign-off"],
        "external": ["Publication", "Approval"],
        "security": ["Protection of the record", "Publication", "Sign-off", "Approval"],
        "draft": [],
    }


def test_a_security_incident_gets_the_security_parts_unless_it_is_told_otherwise() -> None:
    assert render("postmortem", type="security") == render("postmortem", type="security", profile="security")
    assert render("postmortem", type="security") != render("postmortem", type="security", profile="standard")


def test_a_value_that_looks_like_a_field_stays_what_it_is() -> None:
    text = render("status-update", values={"title": "{{severity}}", "severity": "SEV1"}, parts={"impact": "{{id}}"})

    assert "# Status update [number]: {{severity}}\n" in text


def test_a_part_stays_as_it_was_written() -> None:
    text = render("postmortem", parts={"impact": "% end\n{{id}}", "timeline": "## Timeline\n\n- 10:02: x"})

    assert "## Impact\n\n% end\n{{id}}\n\n## Detection\n" in text
    assert text.count("Timeline") == 1


RECORD = """\
---
kind: incident
---

# Search is down

- **Incident ID:** INC-12
- **Start:** 2026-02-03 10:02 UTC
- **Severity:** SEV1
- **Status:** mitigating

## Roles

- Incident commander: Ana Ruiz
- Operations lead: Bo Lind
- Communications lead: [name]
- Scribe: Tomek Nowak

# Impact so far

<!-- Give numbers. -->

- 4,100 of 9,000 users get no results

## By region

All in `eu-north`.

# Timeline (UTC)

- 2026-02-03 10:02: searches fail
- 10:10: alert fires
- 10:14: Ana Ruiz responds

# Communication cadence

Every 30 minutes.
"""


def test_what_a_record_knows_is_carried_over() -> None:
    assert carried(parse(RECORD)) == Carried(
        values={
            "title": "Search is down",
            "id": "INC-12",
            "date": "2026-02-03",
            "start": "2026-02-03 10:02 UTC",
            "severity": "SEV1",
            "commander": "Ana Ruiz",
            "operations": "Bo Lind",
            "scribe": "Tomek Nowak",
        },
        parts={
            "impact": "- 4,100 of 9,000 users get no results\n\n### By region\n\nAll in `eu-north`.",
            "timeline": "## Timeline (UTC)\n\n- 2026-02-03 10:02: searches fail\n- 10:10: alert fires\n"
            "- 10:14: Ana Ruiz responds",
            "communication": "Every 30 minutes.",
        },
    )


def test_an_unfilled_record_knows_nothing() -> None:
    assert carried(parse(render("incident"))) == Carried(values={}, parts={})


def test_what_is_carried_fits_the_fields() -> None:
    known = carried(parse((FILLED / "incident.md").read_text(encoding="utf-8")))

    assert known.values.keys() <= FIELDS
    assert render("postmortem", values=known.values, parts=known.parts).count("\n## Timeline (UTC)\n") == 1
