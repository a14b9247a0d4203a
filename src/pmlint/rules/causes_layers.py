"""Causes: how many factors there are, and in which layers of the system they lie."""

from collections.abc import Iterator, Mapping
from typing import Annotated

from pmlint.document.model import Layer, Postmortem
from pmlint.rules.causes_reading import CAUSES, conditions, distinct, has_causes, heading, is_unknown, layers, short
from pmlint.rules.problem import Confidence, Level, Problem, Related
from pmlint.rules.rule import rule

_ENGLISH = frozenset({"english"})
_SRE = "Site Reliability Engineering, ch. 15: Postmortem Culture"
_COOK = "Cook, How Complex Systems Fail"


@rule(
    level=Level.ERROR,
    confidence=Confidence.MEDIUM,
    help="add what made the trigger possible, what let it pass, what delayed detection and what made recovery slow; or "
    "say that the cause is unknown and what would tell",
    sources=(_COOK, _SRE, "Howie: The Post-Incident Guide"),
    good=[
        """
        # Search was down

        ## Contributing factors

        - The rebuild job deletes the index before the new one is complete.
        - No test runs the job against a full index.
        - Nothing alerts on an empty index.
        """,
        """
        # Search was down

        ## Root cause

        The root cause is not known; a trace of the next rebuild will tell.
        """,
    ],
    bad=[
        """
        # Search was down

        ## ⟦Contributing factors⟧

        - The rebuild job deletes the index before the new one is complete.
        - The job deletes the index before a new one is complete.
        """,
        """
        # Search was down

        ## ⟦Root cause⟧

        The rebuild job deleted the index.
        """,
    ],
)
def too_few_factors(
    doc: Postmortem, *, fewest: Annotated[int, "distinct contributing factors that are enough"] = 3
) -> Iterator[Problem]:
    """The analysis offers fewer than three distinct contributing factors.

    No incident of a system with defences has one cause: something was possible, something set it off, something let it
    pass and something made it last. Each of them is a place where the next incident can be stopped, and one that is not
    named is not repaired.
    """
    if not has_causes(doc) or is_unknown(doc):
        return
    factors = [factor for factor in distinct(doc) if conditions(factor)]
    count = sum(map(conditions, factors))
    if count >= fewest:
        return
    named = {0: "no contributing factor is named", 1: "one contributing factor is named"}
    message = named.get(count, f"{count} contributing factors are named")
    related = tuple(Related(factor.span, short(factor.text)) for factor in factors)
    # Where the causes have no part of their own they were gathered from the story, which may tell more of them.
    sure = None if doc.find(*CAUSES) or any(factor.source == "factor" for factor in factors) else Confidence.LOW
    yield Problem(
        heading(doc),
        f"{message}; what made it possible, what let it pass, what made it last?",
        related=related,
        confidence=sure,
    )


@rule(
    level=Level.ERROR,
    confidence=Confidence.MEDIUM,
    needs=_ENGLISH,
    help="ask in each layer: technical, operational (runbook, responsibility, knowledge), detection, change (rollout, "
    "review, testing), organizational",
    sources=(_COOK, "Reason, Human error: models and management", "Howie: The Post-Incident Guide"),
    good=[
        """
        # Search was down

        ## Contributing factors

        - The cache of the query service has no size limit.
        - No alert looks at its memory.
        """,
        """
        # Search was down

        ## Contributing factors

        | Factor | Layer |
        |---|---|
        | The cache of the query service has no size limit | technical |
        | The limit was dropped to make the deadline | organizational |
        """,
    ],
    bad=[
        """
        # Search was down

        ## ⟦Contributing factors⟧

        - The cache of the query service has no size limit.
        - A race condition in the queue duplicates requests.
        - The database runs out of memory.
        """,
        """
        # Search was down

        ## ⟦Contributing factors⟧

        - No alert looks at the memory of the cache.
        - The error log is not monitored.
        """,
    ],
)
def single_layer(doc: Postmortem) -> Iterator[Problem]:
    """All contributing factors lie in one layer of the system.

    Five bugs are one kind of answer. Code, procedures, detection, change and organisation fail together; where all
    factors are of one layer, the others were mostly not asked about.
    """
    factors = distinct(doc)
    found = [(factor, layers(factor)) for factor in factors]
    decided = [layer for _, its in found for layer in its]
    undecided = sum(not its for _, its in found)
    # What no word decides is the system's own doing; where most is undecided there is nothing to say.
    if len(factors) < 2 or len(set(decided)) != 1 or undecided * 3 > len(found):
        return
    if undecided and decided[0] is not Layer.TECHNICAL:
        return
    if any(not its and factor.layer not in (None, decided[0]) for factor, its in found):
        return
    related = tuple(Related(factor.span, shown) for factor, its in found for shown in _shown(its))
    words = ", ".join(dict.fromkeys(f'"{said[0]}"' for _, its in found for said in its.values()))
    *others, last = (str(layer) for layer in Layer if layer is not decided[0])
    yield Problem(
        heading(doc),
        f"{'both' if len(factors) == 2 else f'all {len(factors)}'} factors are {decided[0]} ({words}); "
        f"none is {', '.join(others)} or {last}",
        related=related,
    )


def _shown(its: Mapping[Layer, tuple[str, ...]]) -> Iterator[str]:
    """The layers of a factor with the words that decided."""
    if not its:
        yield f"{Layer.TECHNICAL}: no word of another layer"
    for layer, said in its.items():
        yield f"{layer}: " + ", ".join(f'"{word}"' for word in said)
