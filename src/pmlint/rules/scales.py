"""How grave an incident is, and of what sort: what decides whether some rules apply at all."""

import re
from functools import cache

from msgspec import Struct

from pmlint.document.model import Postmortem, SectionKind
from pmlint.document.once import once
from pmlint.document.patterns import Patterns
from pmlint.document.words import fold, words
from pmlint.source import Paragraph, Span

_PATTERNS = Patterns(
    code=(
        r"(?i)(?<![^\W_])(?P<scale>sev(?:erity)?|priority|prio|level|tier|p|"
        r"s|l)[\s\-_:#]*(?P<number>[0-5])(?![^\W_]|\.\d)"
    ),
    bare=r"\W*[0-5]\W*",
    unsaid=(
        r"(?i)\b(?:unknown|n/?a|not (?:assigned|set|rated|classified|applicable)|unclassified|undetermined|"
        r"tb[dc])\b|未定|不明"
    ),
    # What is said of an attack or a breach; a patch, a group or a header named "security" is neither.
    security=(
        r"(?i)\b(?:security (?:incident|breach|compromise|event)|data (?:breach|leak|exposure)|"
        r"unauthori[sz]ed (?:access|party|user|person|actor|transaction|use)|attackers?|intruders?|hackers?|"
        r"hacked|threat actor|malicious (?:actor|user|code|package|party)|malware|ransomware|phish\w*|"
        r"credential (?:theft|leak|stuffing)|(?:credentials?|tokens?|keys?|secrets?|passwords?|accounts?|"
        r"systems?|servers?) (?:was|were|had been|has been|got) (?:\w+ )?(?:leaked|exposed|stolen|"
        r"compromised|exfiltrated)|(?:leaked|stolen|compromised|exposed) (?:\w+ )?(?:credentials?|tokens?|"
        r"keys?|secrets?|passwords?|accounts?)|exploited|exfiltrat\w+)\b"
    ),
    flaw=(
        r"(?i)\b(?:vulnerab\w*|flaws?|CVE-\d|disclos\w+|(?:security )?researchers?|bug[ -]?bounty|"
        r"proof[- ]of[- ]concept)\b"
    ),
    # That it did no harm: nobody is known to have used it, or only to show that it is there.
    unused=(
        r"(?i)\b(?:no|without any) (?:evidence|indications?|signs?|proof|reports?) [^.\n]{0,60}?"
        r"(?:exploit|abus|misus|attempt|attack|used|access|compromis)|"
        r"\b(?:not|never|\w+n't)(?: yet| been| knowingly)* (?:exploited|abused|misused|leveraged)\b|"
        r"\b(?:not|never) been used\b|\bnot encountered (?:any )?attempts\b|"
        r"\b(?:no|without) (?:actual|real|known) (?:adverse )?(?:impact|harm|damage)\b|"
        r"\bno \w+ (?:was|were) (?:compromised|harmed)\b|\bwe (?:were|are) (?:not affected|unaffected)\b|\bharmless\b"
    ),
    # Where hardly anyone was affected there was hardly anyone to tell.
    nobody=(
        r"(?i)^\W*(?:[01](?!\d|[.,]\d)|no|none|nobody|one|a single|single|internal)\b|なし|単一|"
        r"\b1 ?(?:名|人|ユーザ)"
    ),
)

_SCALES = {"severity": "sev", "priority": "p", "prio": "p", "l": "level"}


class Grade(Struct, frozen=True):
    """A severity's place: on which scale, and how far from its gravest, which is 0."""

    scale: str
    rank: int


def grade(severity: str) -> Grade | None:
    """Where `severity` stands on a scale in common use; None where it is on none."""
    code = _PATTERNS.code.search(severity)
    if code:
        scale = code["scale"].lower()
        return Grade(_SCALES.get(scale, scale), int(code["number"]))
    folded = fold(severity)
    found = _word_pattern().search(folded)
    return Grade("word", _word_ranks()[found[0]]) if found else None


@cache
def _word_ranks() -> dict[str, int]:
    """Each word that is a grade by itself, with its rank on the first scale that has it."""
    table = words("severities")
    ranks: dict[str, int] = {}
    for names in table["scales"].values():
        for place, name in enumerate(names):
            if not _PATTERNS.code.fullmatch(name):
                ranks.setdefault(fold(name), place)
    for written, meant in table["spellings"].items():
        if meant in ranks:
            ranks.setdefault(fold(written), ranks[meant])
    return ranks


@cache
def _word_pattern() -> re.Pattern[str]:
    longest_first = sorted(_word_ranks(), key=len, reverse=True)
    return re.compile("|".join(rf"(?<![a-z]){re.escape(word)}(?![a-z])" for word in longest_first))


def on_a_scale(severity: str, scale: tuple[str, ...] = ()) -> bool:
    """Whether `severity` names a grade: of `scale` where the house has its own, else of any in common use."""
    if _PATTERNS.unsaid.search(severity):
        return True
    if scale:
        names = (re.escape(fold(name)) for name in scale)
        return any(re.search(rf"(?<!\w){name}(?!\w)", fold(severity)) for name in names)
    return grade(severity) is not None or _PATTERNS.bare.fullmatch(severity) is not None


def rank_of(doc: Postmortem) -> int | None:
    """0 for the gravest severity, 1 for the next, and so on; None where it is not known."""
    found = grade(doc.severity.value) if doc.severity else None
    return found.rank if found else None


def is_severe(doc: Postmortem) -> bool:
    """Whether it is known to be a high-severity incident."""
    rank = rank_of(doc)
    return rank is not None and rank <= words("severities")["grave"]["rank"]


def is_gravest(doc: Postmortem) -> bool:
    """Whether it has the first number of a scale; words such as "critical" and "down" are given to lesser ones too."""
    found = grade(doc.severity.value) if doc.severity else None
    return found is not None and found.rank == 0 and found.scale in ("sev", "p", "s", "level", "tier")


@once
def security_words(doc: Postmortem) -> Span | None:
    """The words that make it a security incident, in its class, title or summary; None where it is none."""
    stated = doc.incident_class
    if stated is not None and "," not in stated.value:  # a list of tags is no class
        named = words("classes")["names"]["security"]
        return stated.span if any(fold(name) in fold(stated.value) for name in named) else None
    if doc.title is not None:
        found = _PATTERNS.security.search(doc.source[doc.title.span])
        if found:
            return Span(doc.title.span.start + found.start(), doc.title.span.start + found.end())
    for section in doc.find(SectionKind.SUMMARY):
        for block in section.blocks:
            found = _PATTERNS.security.search(block.prose.voice) if isinstance(block, Paragraph) else None
            if isinstance(block, Paragraph) and found:
                return block.prose.span(*found.span())
    return None


@once
def is_unused_flaw(doc: Postmortem) -> bool:
    """Whether it tells of a weakness that somebody found and nobody is known to have used: a disclosure, no attack."""
    return _says(doc, "flaw") and _says(doc, "unused")


def _says(doc: Postmortem, name: str) -> bool:
    likely = doc.passages_like(_PATTERNS.expression(name))
    return any(getattr(_PATTERNS, name).search(passage.prose.text) for passage in likely)


def nobody_affected(doc: Postmortem) -> bool:
    """Whether the document says that nobody outside, or hardly anybody, was affected."""
    affected = doc.entry("users_affected")
    return affected is not None and _PATTERNS.nobody.search(affected.value) is not None
