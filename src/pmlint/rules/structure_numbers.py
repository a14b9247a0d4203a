"""Structure: figures that a document gives more than once."""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Annotated

from msgspec import Struct

from pmlint.document.model import Postmortem, SectionKind
from pmlint.document.patterns import Patterns
from pmlint.document.sentences import passages, sentences
from pmlint.rules.problem import Confidence, Level, Problem, Related
from pmlint.rules.rule import rule
from pmlint.source import Span

# What is counted when the extent of an incident is told, and what became of it. Only the same thing with the same fate
# is the same quantity: 300 users who noticed are no contradiction to 4,000 who were affected.
_THINGS = (
    r"users?|customers?|clients?|tenants?|merchants?|subscribers?|players?|accounts?|devices?|orders?|payments?|"
    r"transactions?|requests?|calls?|sessions?|bookings?|messages?|e-?mails?|notifications?|jobs?|builds?|records?|"
    r"rows?|files?|documents?|tickets?|complaints?|deployments?|hosts?|servers?|nodes?|pods?|instances?|devices?|stores?"
)
_FATES = (
    r"affected|impacted|lost|failed|dropped|rejected|declined|delayed|duplicated|corrupted|missing|unavailable|exposed|"
    r"leaked|deleted|abandoned|cancell?ed|refunded|received|opened|filed"
)
# What follows the number.
_COUNTED = (
    r"(?:\s?(?P<scale>k|m|thousand|million|%|percent|per cent)(?!\w))?(?P<plus>\+)?"
    r"(?P<range>\s?(?:-|–|—|to|and|of)\s?\d[\d,.]*\s?(?:k|%)?)?\s+"
    rf"(?:of\s+(?:all\s+|our\s+|the\s+)?)?(?P<before>{_FATES})?\s*(?P<thing>{_THINGS})\b"
)
_PATTERNS = Patterns(
    # begins with a digit, which is found in a tenth of the time
    counted=rf"(?i)\d{_COUNTED}",
    fated=(
        r"(?i)(?P<near>~|≈|\b(?:about|around|approximately|roughly|nearly|almost|some|circa|ca\.)\s+)?"
        r"(?P<bound>\b(?:more than|over|at least|up to|at most|less than|fewer than|under|between|from)\s+)?"
        r"(?<![\w.,:/#$€£-])(?P<number>\d{1,3}(?:[, ]\d{3})+|\d+(?:\.\d+)?)"
        rf"{_COUNTED}"
        # what they were kept from is told with one verb or another: "could not log in", "were unable to sign in"
        r"(?:(?P<kept>\s+could(?: not|n['’]t)\b|\s+were unable to\b)"
        rf"|(?:\s+(?:were|was|have been|had been|being|that were|who were|that|got))?\s*(?P<after>{_FATES})?(?!\w))"
    ),
    # `Failed orders: 312`, `Orders lost (EU): 290`
    labelled=(
        rf"(?i)^\W*(?:(?P<before>{_FATES})\s+(?P<thing>{_THINGS})|(?P<thing_first>{_THINGS})\s+(?P<after>{_FATES}))"
        r"\s*:\W*(?P<near>~|≈|(?:about|around|approximately|roughly|nearly|almost|circa|ca\.)\s+)?"
        r"(?P<number>\d{1,3}(?:[, ]\d{3})+|\d+(?:\.\d+)?)"
        r"(?:\s?(?P<scale>k|m|thousand|million|%|percent|per cent)(?!\w))?"
        r"(?![\w.,]*\d|\+|\s?(?:-|–|—|to|of|out of)\s?\d)"
    ),
    led=rf"(?i)\b(?P<fate>{_FATES})\s+$",
    rate=(
        r"(?i)\berror rates?\s+(?:of|was|were|at|rose to|reached|peaked at|peaking at|climbed to|hit|up to)\s+"
        r"(?P<near>~|≈|(?:about|around|approximately|roughly|nearly|almost)\s+)?"
        r"(?P<number>\d+(?:\.\d+)?)\s?(?P<scale>%|percent|per cent)(?P<range>\s?(?:-|–|—|to|and)\s?\d[\d,.]*\s?%)?"
    ),
    peak=r"(?i)\b(?:peak\w*|reached|rose|climbed|hit|up to|max\w*|highest)\b",
    # A figure of a part, of one moment or of another time is no rival of the figure for all.
    part=(
        r"(?i)\b(?:of (?:these|those|them|which|whom)|initial\w*|at first|first|at \d{1,2}:\d\d|by \d{1,2}:\d\d|later|"
        r"remaining|further|another|additional\w*|more|already|still|per|each|every|daily|hourly|usual\w*|normal\w*|"
        r"before|previous\w*|earlier|region|in (?:the )?(?:EU|US|UK|APAC|EMEA)|estimated|would|"
        r"could(?! ?(?:not|n['’]t)\b)|might|if)\b"
    ),
)
_FACTORS = {"k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6}
_PERCENT = frozenset({"%", "percent", "per cent"})
# A timeline tells what was known when, and an action what shall be.
_CHANGING = frozenset(
    {
        SectionKind.TIMELINE,
        SectionKind.ACTION_ITEMS,
        SectionKind.PREVENTION,
        SectionKind.FOLLOW_UP,
        SectionKind.LESSONS,
        SectionKind.COMMUNICATION,
        SectionKind.RESPONSE,
        SectionKind.RESOLUTION,
        SectionKind.MITIGATION,
        SectionKind.APPENDIX,
    }
)


class _Figure(Struct, frozen=True):
    what: str
    value: float
    digits: int
    """Significant ones, as written."""
    near: bool
    span: Span
    text: str
    part: Span
    """The section that gives it."""


@rule(
    level=Level.INFO,
    confidence=Confidence.MEDIUM,
    help="settle on the figure that the data shows, or say what each of the two counts",
    needs=frozenset({"english"}),
    sources=("Howie: The Post-Incident Guide",),
    good=[
        """
        # Search was down

        ## Summary

        About 1,200 users were affected.

        ## Impact

        1,184 users were affected; 300 users complained.
        """,
        """
        # Search was down

        ## Summary

        4,000 orders failed.

        ## Impact

        In the EU 1,500 orders failed, in the US 2,500 orders failed.
        """,
    ],
    bad=[
        """
        # Search was down

        ## Summary

        About 1,200 users were affected.

        ## Impact

        ⟦4,800 users were affected⟧, and the error rate was 12 %.
        """,
        """
        # Mail was delayed

        ## Summary

        The outage lost 310 orders. The error rate peaked at 12 %.

        ## Impact

        - ⟦290 orders were lost⟧
        - the ⟦error rate reached 40 %⟧
        """,
        """
        # Login failed

        **Affected users:** 1,210

        ## Summary

        1,210 users could not log in.

        ## Impact

        - ⟦Affected users: 2,110⟧
        - ⟦1,840 users were unable to⟧ log in for an hour
        """,
    ],
)
def inconsistent_number(
    doc: Postmortem, *, tolerance: Annotated[int, "percent by which a rounded figure may differ"] = 10
) -> Iterator[Problem]:
    """The same quantity has different values in two places.

    Readers quote whichever they saw first. When two figures for the same thing are in circulation, both are doubted,
    and with them the rest of the document.
    """
    told: dict[str, list[_Figure]] = defaultdict(list)
    for figure in _figures(doc):
        told[figure.what].append(figure)
    for figures in told.values():
        # A section that gives several counts parts of a whole.
        lone = [one for one in figures if sum(other.part == one.part for other in figures) == 1]
        for later in lone[1:]:
            first = lone[0]
            if not _agree(first, later, tolerance):
                yield Problem(
                    later.span,
                    f'"{later.text}" here, "{first.text}" before',
                    related=(Related(first.span, "the figure given first"),),
                )


_DIGIT = re.compile(r"\d")


def _figures(doc: Postmortem) -> Iterator[_Figure]:
    for passage in passages(doc):
        prose = passage.prose
        if passage.part == "headings" or passage.kinds & _CHANGING or not _DIGIT.search(prose.voice):
            continue
        section = doc.section_at(prose.span().start)
        if section is None:
            continue
        labelled = _PATTERNS.labelled.search(prose.voice)
        if labelled is not None:
            thing, fate = labelled["thing"] or labelled["thing_first"], labelled["before"] or labelled["after"]
            quantity = _named(labelled["scale"], thing, fate)
            yield _figure(labelled, quantity, doc, prose.span(*labelled.span()), section.span)
            continue
        for begin, end in sentences(prose.voice):
            sentence = prose.voice[begin:end]
            if not _DIGIT.search(sentence):
                continue
            for found in _PATTERNS.fated.finditer(sentence) if _PATTERNS.counted.search(sentence) else ():
                what = _what(sentence, found)
                if what and not found["bound"] and not found["plus"] and not found["range"] and not _is_part(sentence):
                    span = prose.span(begin + found.start(), begin + found.end())
                    yield _figure(found, what, doc, span, section.span)
            for found in _PATTERNS.rate.finditer(sentence):
                if not found["range"] and not _is_part(sentence):
                    what = "error rate, peak" if _PATTERNS.peak.search(found[0]) else "error rate"
                    span = prose.span(begin + found.start(), begin + found.end())
                    yield _figure(found, what, doc, span, section.span)


def _what(sentence: str, found: "re.Match[str]") -> str | None:
    """Which thing with which fate is counted; None where its fate is not told, and so not known to be the same."""
    led = _PATTERNS.led.search(sentence[: found.start()])
    fate = found["before"] or found["after"] or (led["fate"] if led else None)
    if fate is None and found["kept"] is None:
        return None
    return _named(found["scale"], found["thing"], fate or "kept from it")


def _named(scale: str | None, thing: str, fate: str) -> str:
    unit = "share" if (scale or "").lower() in _PERCENT else "count"
    fate = {"impacted": "affected"}.get(fate.lower(), fate.lower())
    return f"{unit} of {thing.lower().rstrip('s')} {fate}"


def _is_part(sentence: str) -> bool:
    return _PATTERNS.part.search(sentence) is not None


def _figure(found: "re.Match[str]", what: str, doc: Postmortem, span: Span, part: Span) -> _Figure:
    written = re.sub(r"[, ]", "", found["number"])
    value = float(written) * _FACTORS.get((found["scale"] or "").lower(), 1)
    digits = len(written.replace(".", "").strip("0")) or 1
    return _Figure(what, value, digits, bool(found["near"]), span, " ".join(doc.source[span].split()), part)


def _agree(one: _Figure, two: _Figure, tolerance: int) -> bool:
    """Whether the two may be the same figure, of which one may be rounded."""
    if one.value == two.value:
        return True
    rounded = one.near or two.near or min(one.digits, two.digits) == 1
    return rounded and abs(one.value - two.value) * 100 <= tolerance * max(one.value, two.value)
