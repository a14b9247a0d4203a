"""How strict each profile is, and which one a document asks for by what it says of itself."""

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from pmlint.rules.problem import Level

if TYPE_CHECKING:
    from pmlint.document.model import Postmortem
    from pmlint.rules.rule import Rule


class Profile(Struct, frozen=True):
    """A name for how much a kind of document is asked for: the level of every rule."""

    name: str
    summary: str
    level: Callable[["Rule"], Level]


class Choice(NamedTuple):
    """A profile and why it holds for a document."""

    profile: Profile
    reason: str


# What nobody can have written while the investigation still runs. Everything else (blame, secrets, contradictions,
# times out of order) is as wrong in a draft as later.
_UNFINISHED = re.compile(
    r"missing-.+|.+-without-.+|empty-section|unfilled-placeholder|no-actions|too-few-factors|single-layer|shallow-whys"
    r"|timeline-too-short|coarse-timestamp|unquantified-impact|unscoped-impact|summary-too-thin|conclusion-while-ongoing"
    r"|vague-action|unbounded-action|weak-actions-only|trigger-not-separated"
)
_EXTERNAL = frozenset({"named-individual"})
_SECURITY = frozenset({"unprotected-security-incident", "internal-reference", "missing-approval"})
# A small incident is excused from depth, not from care: a credential leaks from a short document as from a long one.
_ALWAYS = frozenset({"impact", "timeline", "actions", "tool", "publication"})


def _lightweight(rule: "Rule") -> Level:
    return rule.level if rule.family in _ALWAYS else min(rule.level, Level.INFO)


def _strict(rule: "Rule") -> Level:
    if rule.level is Level.OFF:
        return Level.WARNING
    return Level.ERROR if rule.level is Level.WARNING else rule.level


def _external(rule: "Rule") -> Level:
    asked = rule.family == "publication" or rule.name in _EXTERNAL
    return max(rule.level, Level.WARNING) if asked else rule.level


def _security(rule: "Rule") -> Level:
    return Level.ERROR if rule.name in _SECURITY else rule.level


def _draft(rule: "Rule") -> Level:
    return min(rule.level, Level.WARNING) if _UNFINISHED.fullmatch(rule.name) else rule.level


PROFILES: Mapping[str, Profile] = {
    profile.name: profile
    for profile in (
        Profile("standard", "every rule at its own level", lambda rule: rule.level),
        Profile(
            "lightweight",
            "for very small internal incidents: impact, timeline and actions stay as they are, the rest is info",
            _lightweight,
        ),
        Profile("strict", "warnings are errors, and rules that are off are warnings", _strict),
        Profile("external", "for readers outside: publication rules and named individuals are reported", _external),
        Profile(
            "security",
            "for security incidents: protection, internal references and approval are errors",
            _security,
        ),
        Profile("draft", "for work in progress: what only a finished document can have is a warning", _draft),
    )
}

_SECURITY_CLASS = re.compile(r"\b(?:security|data[ -]breach|breach|intrusion|vulnerability)\b", re.IGNORECASE)
_DRAFT_STATUS = re.compile(
    r"\b(?:draft|wip|work in progress|in progress|incomplete|preliminary|being written)\b", re.IGNORECASE
)
# "internal and external" is still read by outsiders; "not customer-facing" is not.
_PUBLIC_AUDIENCE = re.compile(r"(?<!not )(?<!non-)\b(?:public|external|customer[ -]facing|customers)\b", re.IGNORECASE)
# The lowest grade of the scales in use. The one above it (P3, SEV3) still covers real customer impact in many houses.
_LOW_SEVERITY = re.compile(r"(?:p|s|sev|severity)[ -]?[45]|low|minor|trivial|informational", re.IGNORECASE)


def choose(doc: "Postmortem", wanted: str, scale: tuple[str, ...] = ()) -> Choice:
    """The profile for `doc`: `wanted`, or for `auto` the one that the document itself asks for."""
    if wanted != "auto":
        return Choice(PROFILES[wanted], "as configured")
    kind = doc.incident_class
    if kind is not None and _SECURITY_CLASS.search(kind.value):
        return Choice(PROFILES["security"], f"the document says it is a {_quoted(kind.text)} incident")
    if doc.status is not None and _DRAFT_STATUS.search(" ".join(doc.status.value.split())):
        return Choice(PROFILES["draft"], f"the document says status {_quoted(doc.status.text)}")
    audience = doc.entry("audience")
    if audience is not None and _PUBLIC_AUDIENCE.search(audience.value):
        return Choice(PROFILES["external"], f"the document says audience {_quoted(audience.value)}")
    severity = doc.severity
    if severity is not None and _is_low(severity.value, scale):
        return Choice(PROFILES["lightweight"], f"the document says severity {_quoted(severity.text)}")
    return Choice(PROFILES["standard"], "nothing in the document asks for another")


def _is_low(severity: str, scale: tuple[str, ...]) -> bool:
    if scale:
        # A scale of two has no grade that is small enough to excuse anything.
        return len(scale) > 2 and severity.strip().casefold() == scale[-1].casefold()
    return _LOW_SEVERITY.fullmatch(severity.strip()) is not None


def _quoted(text: str) -> str:
    return f"'{' '.join(text.split())}'"
