"""What a document tells of its impact: under the heading, in fields, and at its opening."""

from pmlint.document.model import Postmortem, SectionKind
from pmlint.document.once import once
from pmlint.document.patterns import Patterns
from pmlint.document.sentences import Passage, passages, sentences
from pmlint.rules.place import place
from pmlint.rules.scales import is_unused_flaw, nobody_affected
from pmlint.source import Span

_OUTSIDE = (
    r"(?:(?<!another )(?<!other )\b(?:(?:end[- ]?)?users?|customers?|clients?|subscribers?|members|merchants?|sellers?|"
    r"buyers?|shoppers?|players?|students?|patients?|readers|visitors?|viewers|passengers?|guests|tenants|consumers?|"
    r"citizens|(?:token|account|card|policy|wallet)-?holders?|holders|depositors|validators?|farmers|the public|"
    r"everyone|everybody|web ?sites?|home ?page|storefront|check-?out)\b(?!['’]s)|"
    r"用户(?!名|组)|客户(?!端)|顾客|ユーザ(?!名)|利用者|お客様)"
)
_PATTERNS = Patterns(
    harm=(
        r"(?i)\b(?:affect\w*|impact\w*|unable|unavailable|inaccessible|unreachable|offline|down(?:time)?|outages?|degrad\w+|"
        r"(?:could|can|did)(?: not|n['’]t)|cannot|fail\w*|errors?|lost|stole\w*|drained|exposed|leaked|rejected|"
        r"declined|dropped|delayed|stuck|slow\w*|locked out|wrong\w*|duplicate\w*|vulnerab\w+|exploit\w*|"
        r"compromis\w+|halted|crash\w*|died|incident|disruption|stale|fraud\w*|"
        r"(?:fell|dropped|declined|decreased|down) by|killed|terminated|aborted|interrupted|power[- ]cycled|"
        r"damaged|corrupt\w*|overcharged|overpaid|"
        r"mis(?:labell?ed|classified|routed|priced|sent|delivered|directed)|evicted|kicked|disconnected)\b"
    ),
    # Those for whom a service is run, or what they see of it.
    outside=rf"(?i){_OUTSIDE}",
    # What they met with: "customers saw errors", "affecting all users", "slow for everyone".
    met=(
        rf"(?i){_OUTSIDE}[^.;\n]{{0,50}}?(?:\b(?:could|can|cannot|did|were|was|are|had|have|saw|see|see(?:n|ing)|got|"
        r"lost|lose|unable|trying|tried|attempt\w*|experienc\w+|receiv\w+|notic\w+|report\w+|complain\w*|encounter\w*|"
        r"fac(?:e|ed|ing)|return\w*|end(?:ed|ing) up|went|fail\w*|down)\b|无法|不能|でき)"
        r"|\b(?:affect\w*|impact\w*|prevent\w*|block\w*|hit|stole\w*|for|from|to|of|by|between)\s(?:[\w%,.-]+\s){0,4}?"
        rf"{_OUTSIDE}"
    ),
    # That none of them saw it, that it was inside, or what might have been.
    inside=(
        r"(?i)\b(?:no|not|none|nobody|never|without)\b[^.;\n]{0,40}\b(?:users?|customers?|clients?|students|public|"
        r"impact|affected|visible|noticed|exploited|compromised)\b|\b(?:users?|customers?|clients?)\b[^.;\n]{0,20}"
        r"\b(?:unaffected|not (?:affected|impacted))\b|\binternal(?:ly)?\b|\b(?:would|could have|might|potential\w*)\b"
        r"|なし|内部"
    ),
)
FIELDS = ("impact", "users_affected", "data_loss", "revenue", "complaints", "slo")


@once
def in_impact(doc: Postmortem) -> tuple[Passage, ...]:
    """What stands under an impact heading."""
    return tuple(each for each in passages(doc) if each.part != "headings" and SectionKind.IMPACT in each.kinds)


def fields(doc: Postmortem, *names: str) -> list[str]:
    """The values of the metadata known by these names, where they have any."""
    return [entry.value for entry in doc.metadata if entry.name in names and entry.value.strip()]


def told(doc: Postmortem) -> list[str]:
    """All that is said of the impact, whether under its heading or in a field."""
    return [*fields(doc, *FIELDS), *(passage.prose.text for passage in in_impact(doc))]


def opens(doc: Postmortem, passage: Passage) -> bool:
    """Whether it stands in a summary, or in running text at the head of the page."""
    if SectionKind.SUMMARY in passage.kinds:
        return True
    if passage.part not in ("prose", "headings"):
        return False
    section = doc.section_at(passage.prose.span().start)
    return section is None or section.is_a(SectionKind.TITLE)


def where(doc: Postmortem) -> Span:
    """The words that a field gives of the impact, else its heading, else that of the summary, else the title."""
    heading = place(doc, SectionKind.IMPACT)
    inside = [part.span for part in doc.find(SectionKind.IMPACT) if part.title_span == heading]
    entry = doc.entry("impact", "users_affected")
    # a field inside the section is only a part of what it tells
    if entry is None or entry.origin == "front matter" or any(span.covers(entry.span) for span in inside):
        return place(doc, SectionKind.IMPACT, SectionKind.SUMMARY)
    return entry.span


def tells_harm(sentence: str) -> bool:
    """Whether it speaks of something that failed, was lost or could not be done."""
    return _PATTERNS.harm.search(sentence) is not None


@once
def reaches_outside(doc: Postmortem) -> bool:
    """Whether it tells of harm to those for whom the service is run, and not only to those who run it."""
    if nobody_affected(doc) or is_unused_flaw(doc):
        return False
    stated = (entry for entry in doc.metadata if entry.name == "users_affected" and entry.value.strip())
    if any("potential" not in entry.key.lower() for entry in stated):
        return True
    if any(_met(text, "outside") for text in (*fields(doc, "impact"), *(each.prose.text for each in in_impact(doc)))):
        return True
    opening = (passage.prose.text for passage in passages(doc) if opens(doc, passage))
    return any(_met(text, "met") for text in opening)


def _met(text: str, how: str) -> bool:
    sought = _PATTERNS.outside if how == "outside" else _PATTERNS.met
    for start, end in sentences(text):
        sentence = text[start:end]
        if (
            sought.search(sentence)
            and not _PATTERNS.inside.search(sentence)
            and (how == "outside" or tells_harm(sentence))
        ):
            return True
    return False
