"""Impact: how much and how many."""

from collections.abc import Iterator

from pmlint.document.model import Postmortem, SectionKind
from pmlint.document.patterns import Patterns
from pmlint.document.sentences import passages, sentence_around
from pmlint.rules.impact_quantities import has_amount, has_extent, has_quantity
from pmlint.rules.impact_told import opens, told, where
from pmlint.rules.problem import Confidence, Level, Problem
from pmlint.rules.rule import rule
from pmlint.source import Prose


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
        """,
    ],
)
def unquantified_impact(doc: Postmortem) -> Iterator[Problem]:
    """The impact is told without a number, and without saying that there is none.

    Without an amount nobody can say whether the response was in proportion, which of two incidents was worse, or
    whether the next one is smaller. An estimate with its source serves; so does an honest "we cannot tell".
    """
    said = told(doc)
    if not said or any(has_extent(text) for text in said):
        return
    if any(has_amount(passage.prose.text) for passage in passages(doc) if opens(doc, passage)):
        return
    yield Problem(where(doc), "the impact has no number: not how many, not how much, nor that it is unknown")


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
    lasting = doc.duration_minutes is not None
    for passage in passages(doc):
        if passage.part == "headings":
            continue
        kinds = doc.kinds_at(passage.prose.span().start)
        if SectionKind.IMPACT in kinds or (SectionKind.SUMMARY in kinds and not counted):
            yield from _vague(passage.prose, lasting=lasting)


def _vague(prose: Prose, *, lasting: bool) -> Iterator[Problem]:
    for found in _PATTERNS.vague.finditer(prose.voice):
        sentence = sentence_around(prose.text, found.start(), found.end())
        around = prose.text[sentence.start : found.start()] + " " + prose.text[found.end() : sentence.end]
        if found["long"]:
            known = lasting or has_quantity(around)
        else:
            known = has_amount(around) if found["many"] else has_quantity(around)
        if known or _PATTERNS.harmless.search(around):
            continue
        asked = "how many" if found["many"] else "how long" if found["long"] else "how much"
        words = " ".join(found[0].split())
        yield Problem(prose.span(*found.span()), f'"{words}" leaves open {asked}')
