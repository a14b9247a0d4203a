"""What sort of document it is: a postmortem, a live record, an update, a handover, or nothing of the kind."""

import re
from dataclasses import replace

from pmlint.document.evidence import is_account
from pmlint.document.model import Kind, Postmortem, SectionKind
from pmlint.document.templates import is_template
from pmlint.document.words import fold, words

_KINDS = {
    "postmortem": Kind.POSTMORTEM,
    "post mortem": Kind.POSTMORTEM,
    "incident": Kind.INCIDENT,
    "incident record": Kind.INCIDENT,
    "status update": Kind.STATUS_UPDATE,
    "checkpoint": Kind.CHECKPOINT,
    "other": Kind.OTHER,
}
_TITLES = (
    (Kind.STATUS_UPDATE, re.compile(r"(?i)\b(?:status|incident|outage) update\b")),
    (
        Kind.CHECKPOINT,
        re.compile(r"(?i)\bcheckpoint\b|\b(?:shift|incident|on-?call) hand-?over\b|\bhand-?over packet\b"),
    ),
    (
        Kind.INCIDENT,
        re.compile(r"(?i)\blive (?:incident|record)\b|\bincident (?:record|log|channel)\b|\bongoing incident\b"),
    ),
)
# The folder, or the end of the file's name, by which a house tells its records apart.
_PATHS = (
    (Kind.STATUS_UPDATE, re.compile(r"(?i)(?:^| )(?:status|incident|outage) updates?(?: \d+)?$")),
    (Kind.CHECKPOINT, re.compile(r"(?i)(?:^| )(?:checkpoints?|(?:shift )?hand ?overs?)(?: packets?)?(?: \d+)?$")),
)
# What only a look back has.
_HINDSIGHT = (
    SectionKind.ROOT_CAUSE,
    SectionKind.CONTRIBUTING_FACTORS,
    SectionKind.FIVE_WHYS,
    SectionKind.LESSONS,
    SectionKind.WENT_WELL,
    SectionKind.WENT_WRONG,
    SectionKind.PREVENTION,
)


def settled(doc: Postmortem) -> Postmortem:
    """`doc` with what can only be told once the rest is read: its kind, and whether it is a template."""
    # `kind:` may say what sort of incident it was, and as well what sort of document this is
    names_kind = doc.incident_class is not None and fold(doc.incident_class.value) in _KINDS
    doc = replace(doc, is_template=is_template(doc), incident_class=None if names_kind else doc.incident_class)
    return replace(doc, kind=kind_of(doc))


def kind_of(doc: Postmortem) -> Kind:
    """The kind that the document says, else the one that its title, its state and its telling show."""
    for entry in doc.metadata:
        if (entry.name == "kind" or fold(entry.key) == "kind") and fold(entry.value) in _KINDS:
            return _KINDS[fold(entry.value)]
    if not doc.is_template and not is_account(doc):
        return Kind.OTHER
    title = doc.title.value if doc.title is not None else ""
    for kind, pattern in _TITLES:
        if pattern.search(title):
            return kind
    kept = _kept_as(doc.path) if doc.path else None
    if kept is not None and not doc.find(*_HINDSIGHT):
        return kept
    return Kind.INCIDENT if _is_going_on(doc) else Kind.POSTMORTEM


def _kept_as(path: str) -> Kind | None:
    """The kind that the name of a file, or of its folder, says."""
    *_, folder, file = ("", *re.split(r"[/\\]+", path))
    names = [re.sub(r"[\W_]+", " ", name).strip() for name in (folder, file.rpartition(".")[0] or file)]
    return next((kind for kind, pattern in _PATHS if any(map(pattern.search, names))), None)


def _is_going_on(doc: Postmortem) -> bool:
    """Whether it is written while the incident lasts: its status says so, and nothing looks back yet."""
    status = fold(doc.status.value) if doc.status is not None else ""
    return status in words("nature")["live"]["statuses"] and not doc.find(*_HINDSIGHT)
