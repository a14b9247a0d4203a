"""Impact: how much and how many."""

from collections.abc import Iterator

from pmlint.document.model import Postmortem, SectionKind
from pmlint.document.patterns import Patterns
from pmlint.document.sentences import Passage, passages, sentence_around
from pmlint.rules.impact_quantities import counting, has_amount, has_extent, has_quantity
from pmlint.rules.impact_scope import ELSEWHERE
from pmlint.rules.impact_told import opens, tells_harm, told, where
from pmlint.rules.problem import Confidence, Level, Problem
from pmlint.rules.rule import rule
from pmlint.source import Code, Prose, walk


@rule(
    level=Level.ERROR,
    help='give one number: users, requests, orders, a percentage, an error rate; or say "none", or "unknown" and why',
    sources=(
        "Site Reliability Engineering, appendix D: Example Postmortem",
        "Amazon, Correction of Error: impact",
    ),
    good=[
        """
        # Search was down

        ## Impact

        About 4 % of searches failed.
        """,
        """
        # Search was down

        ## Impact

        All searches failed for 38 minutes.
        """,
        """
        # Search was down

        ## Impact

        How many searches failed is unknown: the proxy kept no logs.
        """,
        """
        # Search was down

        ## Summary

        Of 52,000 searches 1,210 failed.

        ## Impact

        Users saw an empty page.
        """,
        """
        # Search was down

        **Impact:** high, only titles are found

        ## Coverage of the index

        | Part | With an index |
        |---|---|
        | Titles | 98 % |
        | Bodies | 0.1 % |
        """,
    ],
    bad=[
        """
        # Search was down

        ## ⟦Impact⟧

        Users saw an empty page. Some of them wrote to support.
        """,
        """
        # Search was down for 38 minutes

        **Impact:** ⟦searches failed with status 503⟧

        ## Root cause

        The pool of 20 connections was full, and the node ran at 100 % of its CPU.
        """,
    ],
)
def unquantified_impact(doc: Postmortem) -> Iterator[Problem]:
    """The impact is told without a number, and without saying that there is none.

    Without an amount nobody can say whether the response was in proportion, which of two incidents was worse, or
    whether the next one is smaller. An estimate with its source serves; so does an honest "we cannot tell".
    """
    said = told(doc)
    if not said or any(has_extent(text) for text in said) or _pasted(doc):
        return
    for passage in passages(doc):
        text = passage.prose.text
        if has_amount(text) if opens(doc, passage) else _counts_harm(passage):
            return
    yield Problem(where(doc), "the impact has no number: not how many, not how much, nor that it is unknown")


def _pasted(doc: Postmortem) -> bool:
    """Whether figures are pasted under an impact heading: the output of a monitor, with shares of a hundred."""
    blocks = (block for section in doc.find(SectionKind.IMPACT) for block in walk(section.blocks))
    lines = (line.text for block in blocks if isinstance(block, Code) for line in block.lines)
    return any(map(_PATTERNS.pasted_share.search, lines))


def _counts_harm(passage: Passage) -> bool:
    """Whether a part of its own gives what was counted, as an analysis with a table of shares does."""
    text = passage.prose.text
    if passage.part == "headings" or not any(sign.isdigit() for sign in text):
        return False
    if passage.kinds & _COUNTING_ELSE:
        return False
    return bool((_PATTERNS.share if passage.part == "cells" else _PATTERNS.counted).search(text))


# Figures there are of what was running, what was tried and what is planned.
_COUNTING_ELSE = ELSEWHERE | {
    SectionKind.TIMELINE,
    SectionKind.ROOT_CAUSE,
    SectionKind.CONTRIBUTING_FACTORS,
    SectionKind.TRIGGER,
    SectionKind.RESOLUTION,
    SectionKind.MITIGATION,
    SectionKind.APPENDIX,
}
_MANY = (
    r"(?:some|many|several|various|numerous|multiple|certain|(?:quite )?a few|a (?:good |small |large |"
    r"significant |limited |"
    r"considerable |substantial |certain |growing )?(?:number|fraction|portion|percentage|subset|handful|proportion|"
    r"share|amount|minority)|a lot|lots)"
)
_COUNTED = (
    r"(?:users|customers|clients|tenants|visitors|subscribers|members|merchants|sellers|players|students|patients|"
    r"readers|consumers|partners|agents|accounts|people|requests|orders|transactions|payments|messages|"
    r"notifications|e-?mails|records|rows|uploads|downloads|sessions|logins|calls|jobs|builds|tickets|"
    r"invoices|bookings|searches|queries|purchases|refunds|shops|stores|organi[sz]ations|companies|households)"
)
_PATTERNS = Patterns(
    vague=(
        rf"(?i)\b(?P<many>{_MANY}\s+(?:of\s+)?(?:(?:our|the|their|its|these|"
        rf"those)\s+)?(?:[a-z]+(?:[-\s]))?{_COUNTED})\b"
        r"|\b(?P<long>briefly|(?:a few|several|some|many) (?:minutes|hours|days|weeks)|for (?:a|"
        r"some) (?:(?:short|brief|long|little|certain|limited|extended|considerable) )?(?:while|time|period"
        r"(?: of time)?)|for an? (?:extended|prolonged) (?:period|time)(?: of time)?)\b"
        r"|\b(?P<much>(?:significant(?:ly)?|considerabl[ey]|substantial(?:ly)?|noticeabl[ey]|slight(?:ly)?|somewhat) "
        r"(?:higher|lower|longer|slower|increased|elevated|degraded|reduced|delayed|increase|decrease|delays?|"
        r"drop|rise|"
        r"slowdown|slowness|latency|downtime|losses|loss|revenue|backlog))\b"
    ),
    pasted_share=r"(?<![\w%])\d[\d.,]*\s?%(?!\w)|(?<!\w)%[a-z]+\s+\d",
    share=r"^\W*\d[\d.,]*\s?%",
    counted=(
        rf"(?i)(?<![\w.])\d[\d,.]*\s?(?:k|thousand|m|million)?\+?\s(?:of\s)?(?:(?:our|the|all)\s)?(?:[a-z]+[-\s])?{_COUNTED}\b"
        r"|\b\d[\d.]*\s?(?:%|per ?cent) of (?:our |the |all )?[a-z]+"
    ),
    counted_thing=(
        r"(?i)(?<![\w.])\d[\d,.]*\s(?:(?!some|several|many|few|various|multiple|numerous|certain)[a-z]+[-\s])?"
        rf"(?P<thing>{_COUNTED})\b"
    ),
    # Whoever says that it is not known leaves nothing open.
    unsaid=(
        r"(?i)\b(?:unknown|undetermined|unclear|uncertain)\s(?:(?:total|exact|overall|precise)\s)?"
        r"(?P<what>number|amount|count|period|duration|length|time|date|start)\b"
        r"|\b(?P<asked>how (?:many|much|long))\b[^.;\n]{0,40}\b(?:is|was|are) (?:unknown|unclear|not (?:known|clear))\b"
    ),
    # Many who were unaffected, who helped, or who might have been hurt leave no amount of harm open.
    harmless=(
        r"(?i)\b(?:unaffected|not affected|unharmed|not impacted|no impact|helped|thank\w*|kindly|would|might|"
        r"(?-i:may)|could(?! not))\b"
    ),
)


@rule(
    level=Level.WARNING,
    confidence=Confidence.MEDIUM,
    help='put the number in its place: "about 3 % of users", "for 4 minutes", or "unknown, because …"',
    sources=("Google, Postmortem best practices", "Amazon, Correction of Error: impact"),
    needs=frozenset({"english"}),
    good=[
        """
        # Search was down

        ## Impact

        Some users (about 3 %) saw an empty page.
        """,
        """
        # Search was down

        ## Summary

        The rebuild deleted the index of 400 customers. Some customers could not search for 14 days.
        """,
        """
        # Search was down

        ## Summary

        Search returned nothing for an extended period, before anybody noticed.

        ## Impact

        The duration is unclear: unknown start, no access logs. An unknown number of searches failed.
        """,
        """
        # Search was down

        ## Summary

        Some users saw an empty page.

        ## Impact

        1,210 of 52,000 searches failed.
        """,
    ],
    bad=[
        """
        # Search was down

        ## Impact

        ⟦Some users⟧ saw an empty page. Results were delayed ⟦for a while⟧.
        """,
        """
        Search failed for ⟦a subset of customers⟧. A number of customers thanked us.
        """,
        """
        # Search was down

        ## Impact

        9 of 14 shards were gone. ⟦A significant number of requests⟧ failed between 10:02 and 10:40.
        """,
    ],
)
def vague_quantity(doc: Postmortem) -> Iterator[Problem]:
    """A word such as "some users" or "briefly" stands where a quantity belongs.

    "Some users" was four for its author and four thousand for the reader. The word also hides whether anybody looked:
    a number that nobody counted and one that nobody wrote down read the same.
    """
    counted = any(has_amount(text) for text in told(doc))
    parts = [passage for passage in passages(doc) if passage.part != "headings"]
    unsaid = doc.passages_like(_PATTERNS.expression("unsaid"))
    said = [found for each in unsaid if each.part != "headings" for found in _PATTERNS.unsaid.finditer(each.prose.text)]
    asked = {_ASKED.get((found["what"] or "").lower(), (found["asked"] or "").lower()) for found in said}
    if doc.duration_minutes is not None:
        asked.add("how long")
    things: set[str] = set()
    for passage in parts:
        kinds = passage.kinds
        if SectionKind.IMPACT in kinds or (not counted and opens(doc, passage)):
            # "400 customers … some customers": some of a number that is known
            text = counting(passage.prose.text)
            things |= {found["thing"].lower() for found in _PATTERNS.counted_thing.finditer(text)}
            named = not kinds.isdisjoint((SectionKind.IMPACT, SectionKind.SUMMARY))
            yield from _vague(passage.prose, asked, things, of_harm=named)


_ASKED = {
    "number": "how many",
    "amount": "how many",
    "count": "how many",
    "period": "how long",
    "duration": "how long",
    "length": "how long",
    "time": "how long",
    "date": "how long",
    "start": "how long",
}


def _vague(prose: Prose, answered: set[str], things: set[str], *, of_harm: bool) -> Iterator[Problem]:
    """The vague words of a text that is all about harm, or else those of the sentences that are."""
    for found in _PATTERNS.vague.finditer(prose.voice):
        asked = "how many" if found["many"] else "how long" if found["long"] else "how much"
        sentence = sentence_around(prose.text, found.start(), found.end())
        around = prose.text[sentence.start : found.start()] + " " + prose.text[found.end() : sentence.end]
        known = has_amount(around) if found["many"] else has_quantity(around)
        known = known or not (of_harm or (tells_harm(around) and not found["much"]))
        if known or asked in answered or _PATTERNS.harmless.search(around):
            continue
        if found["many"] and found[0].split()[-1].lower() in things:
            continue
        words = " ".join(found[0].split())
        yield Problem(prose.span(*found.span()), f'"{words}" leaves open {asked}')
