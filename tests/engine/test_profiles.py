"""Which profile a document asks for by what it says of itself."""

from typing import Any

import pytest

from pmlint.document.model import Entry, Postmortem
from pmlint.document.values import Fact
from pmlint.engine.check import check_text
from pmlint.engine.profiles import PROFILES, choose
from pmlint.engine.settings import Settings
from pmlint.rules.catalogue import catalogue
from pmlint.source import Markup, Source, Span


def fact(text: str) -> Fact[str]:
    return Fact(value=text, text=text, span=Span(0, 0))


def document(audience: str | None = None, **said: str) -> Postmortem:
    values: dict[str, Any] = {name: fact(text) for name, text in said.items()}
    if audience is not None:
        values["metadata"] = (
            Entry(
                key="Audience",
                name="audience",
                value=audience,
                key_span=Span(0, 0),
                span=Span(0, 0),
                origin="pair",
            ),
        )
    return Postmortem(source=Source(""), markup=Markup((), ()), **values)


ASKED = [
    ("nothing said", document(), "standard", "nothing in the document asks for another"),
    ("draft", document(status="Draft"), "draft", "the document says status 'Draft'"),
    ("draft in words", document(status="work in  progress"), "draft", "the document says status 'work in progress'"),
    ("final", document(status="Final"), "standard", "nothing in the document asks for another"),
    ("lowest grade", document(severity="SEV4"), "lightweight", "the document says severity 'SEV4'"),
    ("low in words", document(severity="Low"), "lightweight", "the document says severity 'Low'"),
    ("third grade", document(severity="P3"), "standard", "nothing in the document asks for another"),
    ("highest grade", document(severity="SEV1"), "standard", "nothing in the document asks for another"),
    ("security", document(incident_class="security"), "security", "the document says it is a 'security' incident"),
    (
        "a security draft is a security incident first",
        document(incident_class="Security", status="draft"),
        "security",
        "the document says it is a 'Security' incident",
    ),
    ("outsiders", document(audience="customer-facing"), "external", "the document says audience 'customer-facing'"),
    ("not for outsiders", document(audience="not public"), "standard", "nothing in the document asks for another"),
]


@pytest.mark.parametrize(("doc", "profile", "reason"), [case[1:] for case in ASKED], ids=[case[0] for case in ASKED])
def test_profile_follows_the_document(doc: Postmortem, profile: str, reason: str) -> None:
    choice = choose(doc, "auto")

    assert (choice.profile.name, choice.reason) == (profile, reason)


def test_a_configured_profile_holds_for_every_document() -> None:
    choice = choose(document(status="Draft"), "strict")

    assert (choice.profile.name, choice.reason) == ("strict", "as configured")


@pytest.mark.parametrize(
    ("severity", "scale", "profile"),
    [
        pytest.param("green", ("red", "amber", "green"), "lightweight", id="last of the house's scale"),
        pytest.param("P4", ("P1", "P2", "P3", "P4", "P5"), "standard", id="not the last of it"),
        pytest.param("minor", ("major", "minor"), "standard", id="a scale of two"),
    ],
)
def test_the_scale_of_the_house_says_what_is_small(severity: str, scale: tuple[str, ...], profile: str) -> None:
    assert choose(document(severity=severity), "auto", scale).profile.name == profile


def shown(profile: str, name: str) -> str:
    return str(PROFILES[profile].level(catalogue()[name]))


# standard, lightweight, strict, external, security, draft
LEVELS = {
    "missing-severity": ("error", "info", "error", "error", "error", "warning"),
    "invalid-date": ("error", "info", "error", "error", "error", "error"),
    "summary-too-long": ("warning", "info", "error", "warning", "warning", "warning"),
    "missing-reviewers": ("off", "off", "warning", "off", "off", "off"),
    "unquantified-impact": ("error", "error", "error", "error", "error", "warning"),
    "missing-data-integrity": ("warning", "warning", "error", "warning", "warning", "warning"),
    "missing-status-page": ("off", "off", "warning", "off", "off", "off"),
    "timeline-without-timezone": ("error", "error", "error", "error", "error", "warning"),
    "event-out-of-order": ("error", "error", "error", "error", "error", "error"),
    "too-few-factors": ("error", "info", "error", "error", "error", "warning"),
    "human-error-conclusion": ("error", "info", "error", "error", "error", "error"),
    "blames-person": ("error", "info", "error", "error", "error", "error"),
    "loaded-word": ("info", "info", "info", "info", "info", "info"),
    "named-individual": ("off", "off", "warning", "warning", "off", "off"),
    "action-without-owner": ("error", "error", "error", "error", "error", "warning"),
    "overdue-action": ("warning", "warning", "error", "warning", "warning", "warning"),
    "missing-roles": ("warning", "info", "error", "warning", "warning", "warning"),
    "unprotected-security-incident": ("warning", "info", "error", "warning", "error", "warning"),
    "missing-lessons": ("warning", "info", "error", "warning", "warning", "warning"),
    "secret-in-document": ("error", "error", "error", "error", "error", "error"),
    "personal-data": ("off", "off", "warning", "warning", "off", "off"),
    "internal-reference": ("off", "off", "warning", "warning", "error", "off"),
    "missing-approval": ("off", "off", "warning", "warning", "error", "off"),
    "duplicate-incident-id": ("error", "info", "error", "error", "error", "error"),
    "unused-suppression": ("warning", "warning", "error", "warning", "warning", "warning"),
}


@pytest.mark.parametrize(("name", "levels"), LEVELS.items(), ids=list(LEVELS))
def test_level_of_a_rule_in_each_profile(name: str, levels: tuple[str, ...]) -> None:
    assert tuple(shown(profile, name) for profile in PROFILES) == levels


def test_every_family_is_in_the_table() -> None:
    rules = catalogue()

    assert {rules[name].family for name in LEVELS} == {rule.family for rule in rules.values()}


def test_strict_leaves_nothing_off_and_no_warning() -> None:
    assert {shown("strict", name) for name, rule in catalogue().items() if str(rule.level) in ("off", "warning")} == {
        "warning",
        "error",
    }
    assert [
        name for name, rule in catalogue().items() if str(rule.level) == "warning" and shown("strict", name) != "error"
    ] == []


def test_the_result_says_which_profile_and_why() -> None:
    checked = check_text(
        "# Search was down\n\n**Status:** Draft\n\n## Timeline\n\n- 10:02 UTC: down\n", "a.md", Settings(), catalogue()
    )

    assert (checked.profile, checked.profile_reason) == ("draft", "the document says status 'Draft'")
