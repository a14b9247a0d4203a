"""What sort of document it is: a postmortem, a live record, a template, another language, or nothing of the kind."""

import re

from pmlint.document.model import Action, Entry, Kind, Section, SectionKind, Timeline
from pmlint.source import Markup, Source

_STRUCTURE = frozenset(SectionKind) - {SectionKind.UNKNOWN, SectionKind.TITLE, SectionKind.METADATA}
_CAUSES = (SectionKind.ROOT_CAUSE, SectionKind.CONTRIBUTING_FACTORS, SectionKind.TRIGGER, SectionKind.FIVE_WHYS)
_KINDS = {
    "postmortem": Kind.POSTMORTEM,
    "post-mortem": Kind.POSTMORTEM,
    "incident": Kind.INCIDENT,
    "incident-record": Kind.INCIDENT,
    "status-update": Kind.STATUS_UPDATE,
    "checkpoint": Kind.CHECKPOINT,
}
_TITLES = (
    (Kind.STATUS_UPDATE, re.compile(r"(?i)\bstatus update\b|\bincident update\b")),
    (Kind.CHECKPOINT, re.compile(r"(?i)\bcheckpoint\b|\bshift handover\b|\bhandover packet\b")),
    (
        Kind.INCIDENT,
        re.compile(r"(?i)\blive (?:incident|record)\b|\bincident (?:record|log|channel)\b|\bongoing incident\b"),
    ),
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_KANA = re.compile(r"[\u3040-\u30ff]")
_HANGUL = re.compile(r"[\uac00-\ud7af]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_LATIN = re.compile(r"[A-Za-zÀ-ÿ]")
_FENCED = re.compile(r"(?ms)^(```|~~~).*?^\1|`[^`\n]*`|https?://\S+")
# The words that make up a third of running text in each language; content words tell nothing in a field full of English.
_FUNCTION_WORDS = {
    "en": "the of and to in was were is that for on with as by it we from this at not be are had an which our",
    "pt": "o a de que e do da em um para com não uma os no se na por mais as dos foi ao das à",
    "es": "el la de que y en los se del las un por con no una su para es al lo como fue más",
    "de": "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als wurde war wir",
    "fr": "le de la et les des en un du une que est pour qui dans par plus pas au sur ne se a été nous",
    "it": "di e il la che in un per è una con non del da si le dei nel alla è stato",
    "nl": "de van het een en in is dat op te zijn met voor niet aan er om ook als door werd was we",
}


def language_of(source: Source) -> str:
    """The language of the prose: by script, then by function words; `en` where there is too little to tell."""
    text = _FENCED.sub(" ", source.text[:40_000])
    latin = len(_LATIN.findall(text))
    for code, script, weight in (("ja", _KANA, 4), ("ko", _HANGUL, 2), ("zh", _HAN, 3), ("ru", _CYRILLIC, 1)):
        if len(script.findall(text)) * weight > max(latin, 20):
            return code
    tokens = re.findall(r"[^\W\d_]+", text.lower())
    if len(tokens) < 40:
        return "en"
    shares = {code: sum(token in set(words.split()) for token in tokens) for code, words in _FUNCTION_WORDS.items()}
    best = max(shares, key=lambda code: shares[code])
    if best == "en" or shares[best] < 0.15 * len(tokens) or shares["en"] * 1.5 > shares[best]:
        return "en"
    return best


def kind_of(
    source: Source,
    markup: Markup,
    entries: tuple[Entry, ...],
    sections: tuple[Section, ...],
    timeline: Timeline,
    actions: tuple[Action, ...],
) -> Kind:
    """The kind that the document says, else the one that its title and structure show."""
    for entry in entries:
        if entry.name == "kind" and entry.value.strip().lower() in _KINDS:
            return _KINDS[entry.value.strip().lower()]
    title = next((section.title for section in sections if section.is_a(SectionKind.TITLE)), "")
    for kind, pattern in _TITLES:
        if pattern.search(title):
            return kind
    return Kind.POSTMORTEM if is_account(source, sections, timeline, entries) else Kind.OTHER


def is_account(source: Source, sections: tuple[Section, ...], timeline: Timeline, entries: tuple[Entry, ...]) -> bool:
    """Whether the document tells of an incident that happened, rather than how such things are handled."""
    parts = {kind for section in sections for kind in section.kinds} & _STRUCTURE
    return bool(parts & set(_CAUSES)) or len(parts) >= 2 or len(timeline.events) >= 3
