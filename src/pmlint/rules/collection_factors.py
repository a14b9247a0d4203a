"""Collection: factors that were found before."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import islice
from operator import itemgetter
from typing import Annotated

from pmlint.rules.alike import Crowd
from pmlint.rules.causes_reading import short
from pmlint.rules.content import content, likeness, subjects
from pmlint.rules.digest import Across, Digest, Told
from pmlint.rules.problem import Confidence, Level, Problem
from pmlint.rules.rule import rule


@rule(
    level=Level.WARNING,
    confidence=Confidence.MEDIUM,
    help="finish the earlier action now, or write why it would not have helped",
    sources=("Site Reliability Engineering, ch. 15: Postmortem Culture", "Howie: The Post-Incident Guide"),
    good=[
        """
        <!-- file: 01-search.md -->
        # Search was down on 2026-01-12

        ## Contributing factors

        - The disk of the index host cannot hold two indexes.

        ## Action items

        - [x] Double the disk of the index host
        <!-- file: 02-search.md -->
        # Search was down again on 2026-02-20

        ## Contributing factors

        - The index host's disk cannot hold two indexes.
        """,
        """
        <!-- file: 01-search.md -->
        # Search was down on 2026-01-12

        ## Contributing factors

        ### Why did our safeguards not catch this?

        The disk was not watched.

        ## Action items

        - [ ] Watch the disk, so that safeguards catch this
        <!-- file: 02-mail.md -->
        # Mail was delayed on 2026-02-20

        ## Contributing factors

        ### Why did our safeguards not catch this?

        The queue has no limit.
        """,
        """
        <!-- file: 01-search.md -->
        # Search was down on 2026-01-12

        ## Contributing factors

        - The disk of the index host cannot hold two indexes.

        ## Action items

        - [ ] Page when a disk is full
        <!-- file: 02-search.md -->
        # Search was down again on 2026-02-20

        ## Contributing factors

        - The index host's disk cannot hold two indexes.
        """,
    ],
    bad=[
        """
        <!-- file: 01-search.md -->
        # Search was down on 2026-01-12

        ## Contributing factors

        - The disk of the index host cannot hold two indexes.

        ## Action items

        - [ ] Double the disk of the index host
        <!-- file: 02-search.md -->
        # Search was down again on 2026-02-20

        ## Contributing factors

        - ⟦The index host's disk cannot hold two indexes.⟧
        """,
        """
        <!-- file: 2026-01-12-search.md -->
        # Search was down

        ## Contributing factors

        - The rebuild job takes no lock on the index.

        ## Action items

        | Action | Owner | Status |
        |---|---|---|
        | Lock the index while the rebuild job runs | @ana | open |
        <!-- file: 2026-02-20-search.md -->
        # Search returned old results

        ## Contributing factors

        - ⟦No lock on the index is taken by the rebuild job.⟧
        """,
    ],
)
def repeated_factor(
    documents: tuple[Digest, ...],
    *,
    likeness_of: Annotated[float, "share of common words from which two factors are the same"] = 0.6,
) -> Iterator[Across]:
    """A factor of an earlier incident returned while its action is still open.

    It had been found, understood and written down. What was missing was the time to mend it, and this incident is what
    that cost.
    """
    pending: dict[frozenset[str], list[tuple[Digest, str]]] = {}
    crowd = Crowd()
    for digest in sorted((each for each in documents if each.day), key=lambda each: (each.day or date.min, each.path)):
        mine: list[tuple[Told, frozenset[str]]] = [(factor, content(factor.text)) for factor in digest.factors]
        for factor, its in mine:
            if len(its) < _TELLING:
                continue
            near = [(likeness(its, other), other) for other in crowd.like(its, likeness_of)]
            # of several that are as much alike the first one has waited longest
            near.sort(key=itemgetter(0), reverse=True)
            waiting = (each for _, other in near for each in pending[other] if _precedes(each[0], digest))
            for earlier, task in islice(waiting, 1):
                message = (
                    f"\"{short(factor.text)}\" was a factor in '{earlier.path}' of {earlier.day}, "
                    f'where "{short(task)}" is still open'
                )
                yield Across(digest, factor.place, Problem(factor.place.span, message))
        for factor, its in mine:
            open_task = _open_task(digest, factor)
            if open_task is not None and len(its) >= _TELLING:
                if its not in pending:
                    crowd.add(its)
                pending.setdefault(its, []).append((digest, open_task))


def _precedes(one: Digest, two: Digest) -> bool:
    """Whether it tells of an earlier incident, and not of the same one once more."""
    if one.id is not None and two.id is not None and one.id.text.casefold() == two.id.text.casefold():
        return False
    return one.day is not None and two.day is not None and one.day < two.day


_TELLING = 3
"""Content words below which two factors are alike by chance."""


def _open_task(digest: Digest, factor: Told) -> str | None:
    """The action that answers the factor best, if it is still open; one word in common answers nothing."""
    said = subjects(factor.text)
    best = max(digest.tasks, key=lambda task: len(said & subjects(task.text)), default=None)
    if best is None or best.closed or len(said & subjects(best.text)) < _ANSWERS or _MENDED.match(factor.text):
        return None
    return best.text


_ANSWERS = 2
# A factor that is itself said to be mended: "✅ Fixed: the retry swallowed the error".
_MENDED = re.compile(r"(?i)\W*(?:✅|☑|✔)|\W*(?:fixed|resolved|done|mended|completed)\b")
