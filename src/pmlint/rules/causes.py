"""Causes: whether the analysis stops at a label, at what happened last, or at one cause."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from pmlint.document.model import Factor, Postmortem, SectionKind
from pmlint.document.sentences import passages, sentences
from pmlint.language.judgement import Kind
from pmlint.language.read import Placed
from pmlint.rules.causes_reading import (
    CAUSES,
    conditions,
    cue,
    distinct,
    is_unknown,
    short,
    told,
)
from pmlint.rules.judged import confidence, inside, softened
from pmlint.rules.problem import Confidence, Level, Problem
from pmlint.rules.rule import rule
from pmlint.source import Prose, Span

_ENGLISH = frozenset({"english"})
_SRE = "Site Reliability Engineering, ch. 15: Postmortem Culture"
_COOK = "Cook, How Complex Systems Fail"
_DEKKER = "Dekker, The Field Guide to Understanding 'Human Error'"


@rule(
    level=Level.ERROR,
    needs=_ENGLISH,
    help="go on where the label stops: what did the person see, why did it make sense, what would have shown it?",
    sources=(_DEKKER, _SRE, "AWS, Correction of Error"),
    good=[
        """
        # Orders were imported twice

        ## Root cause

        It was human error in the sense that two prompts look alike, because the console shows no tenant name.
        """,
        """
        # Orders were imported twice

        ## Root cause

        The import shows "user error" messages for server faults. A preview is needed to prevent human error, and
        "operator error" is never where this analysis stops.
        """,
    ],
    bad=[
        """
        # Orders were imported twice

        ## Root cause

        The root cause was ⟦human error⟧. It was corrected.
        """,
        """
        # Orders were imported twice

        ## Contributing factors

        - ⟦Operator error⟧
        """,
    ],
)
def human_error_conclusion(doc: Postmortem, *, judgements: Sequence[Placed] = ()) -> Iterator[Problem]:
    """Human error is offered as the cause, with no condition of the system behind it.

    People err at a steady rate and mostly without effect. "Human error" names the moment at which the analysis stopped;
    the conditions that turned an ordinary slip into an outage are still there.
    """
    told: list[Span] = []
    doubted: list[Span] = []
    for prose in _conclusions(doc):
        named = list(cue("human_error", "named").finditer(prose.voice))
        spans = sentences(prose.voice) if named else ()
        for found in named:
            concludes = _concludes(prose, spans, *found.span())
            (told if concludes else doubted).append(prose.span(*found.span()))
            if concludes:
                yield Problem(told[-1], _LABEL.format(prose.text[found.start() : found.end()]))
    for placed in inside(doc, judgements, Kind.HUMAN_ERROR):
        sure = placed.judgement.likely >= _AGREED
        if any(span.meets(placed.span) for span in told) or _explained(doc, placed):
            continue
        if not sure and any(span.meets(placed.span) for span in doubted):
            continue
        yield Problem(
            placed.span,
            _LABEL.format(placed.judgement.predicate),
            level=softened(doc, placed),
            confidence=confidence(placed),
        )


_AGREED = 0.8
"""So likely is blame where the label is the conclusion, whatever else its sentence says."""


def _explained(doc: Postmortem, placed: Placed) -> bool:
    """Whether a condition is named after the label, in its sentence or in what follows in its paragraph."""
    text = doc.source.text[placed.span.start : placed.sentence.end + _NEAR]
    return cue("human_error", "condition").search(text.partition("\n\n")[0]) is not None


_LABEL = '"{}" is a label, not a cause; say what made the slip possible and what would have caught it'
_CONCLUDING = (*CAUSES, SectionKind.SUMMARY, SectionKind.IMPACT, SectionKind.WENT_WRONG, SectionKind.LESSONS)


def _conclusions(doc: Postmortem) -> Iterator[Prose]:
    """What is said of causes: in the sections that conclude, and wherever a cause was read."""
    seen: list[Span] = []
    for passage in passages(doc):
        if passage.part != "headings" and passage.kinds.intersection(_CONCLUDING):
            seen.append(passage.prose.span())
            yield passage.prose
    for factor in doc.factors:
        its = factor.prose.span()
        before = bisect_right(seen, its.start, key=lambda span: span.start) - 1
        if before < 0 or not seen[before].covers(its):
            yield factor.prose


def _concludes(prose: Prose, spans: Sequence[Span], start: int, end: int) -> bool:
    """Whether the words at `[start, end)` are given as the cause, with nothing behind them."""
    voice = prose.voice
    here = bisect_right(spans, start, key=lambda span: span.start) - 1
    sentence = spans[here]
    before, after = voice[max(sentence.start, start - _NEAR) : start], voice[end : min(sentence.end, end + _NEAR)]
    if cue("human_error", "innocent").search(before) or cue("human_error", "innocent_after").match(after):
        return False
    alone = not before.strip(" -*:–—") or before.rstrip(" *_").endswith((":", "-", "–", "—"))
    if not alone and not (cue("human_error", "cause").search(before) or cue("human_error", "cause").search(after)):
        return False
    until = spans[here + 1].end if here + 1 < len(spans) else sentence.end
    behind = voice[end : min(until, end + 2 * _NEAR)]
    return not (cue("human_error", "condition").search(before) or cue("human_error", "condition").search(behind))


_NEAR = 300
"""Characters beside a phrase that belong to what is said with it."""


@rule(
    level=Level.WARNING,
    confidence=Confidence.MEDIUM,
    needs=_ENGLISH,
    help="ask on: why was it possible, why did it pass review and tests, why did it reach everyone at once?",
    sources=("Google, Postmortem template: Root cause", "AWS, Correction of Error: five whys", _COOK),
    good=[
        """
        # Search was down

        ## Root cause

        A typo in the index name passed, because nothing validates names before the rebuild.
        """,
        """
        # Search was down

        ## Contributing factors

        - A bad deploy removed the index.
        - The job has no dry run.
        """,
    ],
    bad=[
        """
        # Search was down

        ## Root cause

        ⟦A typo in the index name⟧.
        """,
        """
        # Search was down

        ## Root cause

        ⟦The outage was caused by a misconfiguration of the search cluster⟧.
        """,
    ],
)
def surface_cause(doc: Postmortem) -> Iterator[Problem]:
    """The analysis stops at the proximate cause: a typo, a bad deploy, a misconfiguration, a bug.

    There will be another typo. What let this one reach production is the part that can be changed, and it is not in the
    text yet.
    """
    yield from _surface(doc)


def _surface(doc: Postmortem) -> Iterator[Problem]:
    factors = [factor for factor in distinct(doc) if factor.source != "trigger"]
    text = [prose.voice for prose in told(doc)] + [factor.prose.voice for factor in factors]
    # Where the causes have no section, what lies behind the event may stand anywhere.
    if (
        not doc.find(*CAUSES)
        or not factors
        or len(factors) > 2
        or any(cue("surface", "deeper").search(part) for part in text)
    ):
        return
    factor = factors[0]
    found = cue("surface", "events").search(factor.prose.voice)
    labelled = any(True for _ in human_error_conclusion.run(doc, {}))
    if found and not labelled and all(cue("surface", "events").search(other.prose.voice) for other in factors):
        said = short(factor.prose.text[found.start() : found.end()])
        span = _sentence(factor, found.start())
        yield Problem(span, f'the analysis stops at "{said}"; say what made it possible and what let it pass')


def _sentence(factor: Factor, at: int) -> Span:
    prose = factor.prose
    start, end = next((span for span in sentences(prose.text) if span.start <= at < span.end), (0, len(prose.text)))
    return prose.span(start, end - len(prose.text[start:end]) + len(prose.text[start:end].rstrip(".!")))


@rule(
    level=Level.WARNING,
    confidence=Confidence.MEDIUM,
    needs=_ENGLISH,
    help="keep it as one factor among others: conditions, trigger, defences that were missed",
    sources=(_COOK, "Etsy, The infinite hows", "Howie: The Post-Incident Guide"),
    good=[
        """
        # Search was down

        ## Root cause

        - The rebuild job deletes the index first.
        - No test covers a rebuild.
        - Nobody is paged for an empty index.
        """,
        """
        # Search was down

        ## Root cause

        The deletion was not the only cause: no test covers a rebuild, and nobody is paged for an empty index.
        """,
    ],
    bad=[
        """
        # Search was down

        ## Root cause

        The rebuild job was ⟦the sole cause⟧.
        """,
        """
        # Search was down

        ## Root cause

        There was ⟦no other cause⟧: the rebuild job deletes the index before the new one is complete.
        """,
        """
        # Search was down

        ## Root cause

        ⟦The root cause of the outage was⟧ the rebuild job.
        """,
    ],
)
def single_root_cause(doc: Postmortem) -> Iterator[Problem]:
    """One root cause is presented as the whole explanation.

    A root is where the digging stopped. The same change on another day would have been caught by a test, an alert or a
    canary; that none of them held is as much a cause.
    """
    alone = _stands_alone(doc)
    for prose in _conclusions(doc):
        claims = [*cue("sole", "claims").finditer(prose.voice)]
        if alone and doc.kinds_at(prose.span().start) & frozenset(CAUSES):
            claims += cue("sole", "definite").finditer(prose.voice)
        for found in claims:
            if not cue("sole", "denied").search(prose.voice[max(0, found.start() - 60) : found.start()]):
                said = " ".join(found[0].split())
                yield Problem(
                    prose.span(*found.span()), f'"{said}": what else had to be so for it to have this effect?'
                )
                return


def _stands_alone(doc: Postmortem) -> bool:
    """Whether one condition is all that is named; a heading "Root cause" over several is fine."""
    if doc.whys or doc.find(SectionKind.CONTRIBUTING_FACTORS) or is_unknown(doc):
        return False
    return sum(map(conditions, distinct(doc))) == 1
