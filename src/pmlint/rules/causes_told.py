"""Causes: whether a factor is told once, and with what shows it."""

import re
from collections.abc import Iterator
from itertools import combinations
from typing import Annotated

from pmlint.document.model import Factor, Postmortem
from pmlint.rules.causes_reading import distinct, heading, short
from pmlint.rules.content import same
from pmlint.rules.problem import Confidence, Level, Problem, Related
from pmlint.rules.rule import rule
from pmlint.source import Block, Code, Paragraph, Span

_MOST = 200
"""Factors that are compared with one another; no analysis has more."""
_SHOWS = re.compile(r"https?://|\]\(|`|\b\d+(?:[.,]\d+)?\s?(?:%|\w+\b)")
_ID = re.compile(r"\W*((?:[A-Z]{1,4}-?)?\d{1,3}|[A-Z]{1,3}\d+)\b\s*[.:)—–-]?")


@rule(
    level=Level.WARNING,
    confidence=Confidence.MEDIUM,
    help="merge the two, and look for one that is still missing",
    good=[
        """
        # Search was down

        ## Contributing factors

        - The disk of the index host cannot hold two indexes.
        - The disk of the index host is not monitored.
        """,
        """
        # Search was down

        ## Contributing factors

        - Rebuild job `daily-eu` deletes its index first.
        - Rebuild job `daily-us` deletes its index first.
        """,
    ],
    bad=[
        """
        # Search was down

        ## Contributing factors

        - The disk cannot hold two indexes.
        - No alert looks at the disk.
        - ⟦The index disk cannot hold two copies.⟧
        """,
        """
        # Search was down

        ## Contributing factors

        | Factor | Layer |
        |---|---|
        | The rebuild job deletes the old index first | technical |
        | ⟦The old index is deleted first by the rebuild job⟧ | change |
        """,
    ],
    sources=("Howie: The Post-Incident Guide",),
)
def duplicate_factor(
    doc: Postmortem, *, likeness_of: Annotated[float, "share of common words from which two are the same"] = 0.75
) -> Iterator[Problem]:
    """The same factor stands twice in other words.

    It makes three of two, and the third is the one that has not been looked for.
    """
    # A chain of whys repeats what it explains, and a root cause its trigger.
    asked = [factor for factor in doc.factors[:_MOST] if factor.source in ("factor", "root cause")]
    told: set[Span] = set()
    for one, two in combinations(asked, 2):
        if one.source == two.source and two.span not in told and same(one.text, two.text, likeness_of):
            told.add(two.span)
            yield Problem(
                two.prose.span(),
                f'"{short(two.text)}" repeats "{short(one.text)}"',
                related=(Related(one.prose.span(), "the first one"),),
            )


@rule(
    level=Level.OFF,
    confidence=Confidence.MEDIUM,
    help="link the log, graph, change or thread that shows it, or give the figure",
    sources=("AWS, Correction of Error", "Howie: The Post-Incident Guide"),
    good=[
        "# Search was down\n\n## Contributing factors\n\n- The disk was 97 % full.\n- [Change 512](https://e.org/512)\n",
        """
        # Search was down

        ## Root cause

        The rebuild deletes the index first:

        ```text
        11:58 rebuild: dropped index products
        ```
        """,
    ],
    bad=[
        """
        # Search was down

        ## Contributing factors

        - The disk was 97 % full.
        - ⟦The rebuild deletes the index first.⟧
        """,
        """
        # Search was down

        ## ⟦Contributing factors⟧

        - The disk is too small.
        - The rebuild deletes the index first.
        """,
    ],
)
def factor_without_evidence(doc: Postmortem) -> Iterator[Problem]:
    """A factor comes without link, log or figure.

    The author saw the graph; the reader sees a claim. In a year, when the factor is disputed, the graph is gone.
    """
    asked = [factor for factor in distinct(doc) if factor.source != "why"]
    bare = [factor for factor in asked if not _shown(doc, factor)]
    if len(bare) > 1 and len(bare) * 2 > len(asked):
        related = tuple(Related(factor.span, short(factor.text)) for factor in bare)
        yield Problem(heading(doc), f"{len(bare)} of {len(asked)} factors have no link, log or figure", related=related)
        return
    for factor in bare:
        yield Problem(factor.prose.span(), f'"{short(factor.text)}" has no link, log or figure')


def _shown(doc: Postmortem, factor: Factor) -> bool:
    text = factor.prose.text
    marked = any(mark.kind in ("code", "link", "url", "image", "quotation") for mark in factor.prose.marks)
    number = _ID.match(text)
    figure = any(sign.isdigit() for sign in text[number.end() if number else 0 :])
    return bool(factor.links) or marked or figure or _is_beside(doc, factor) or _is_followed(doc, factor)


def _is_beside(doc: Postmortem, factor: Factor) -> bool:
    """Whether another cell of its row, or a line under its item, shows it."""
    beside = doc.source[factor.span].replace(doc.source[factor.prose.span()], " ", 1)
    return _SHOWS.search(beside) is not None


def _is_followed(doc: Postmortem, factor: Factor) -> bool:
    """Whether what shows it stands right below: a log, or the text of the heading that names it."""
    section = doc.section_at(factor.span.start)
    if section is None:
        return False
    if section.title_span.meets(factor.prose.span()):
        return any(isinstance(block, Code) or _has_link(block) for block in doc.body(section))
    after = next((block for block in section.blocks if block.span.start >= factor.span.end), None)
    return isinstance(after, Code)


def _has_link(block: Block) -> bool:
    return isinstance(block, Paragraph) and any(
        mark.kind in ("code", "link", "url", "image") for mark in block.prose.marks
    )
