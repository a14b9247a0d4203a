"""Collection: what only several documents together show."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Annotated

from pmlint.rules.digest import Across, Digest, Told
from pmlint.rules.problem import Confidence, Level, Problem
from pmlint.rules.rule import rule

_WINDOW = 90


@rule(
    level=Level.ERROR,
    help="give each incident its own identifier; a second account of the same one links to the first",
    sources=("Site Reliability Engineering, ch. 16: Tracking Outages",),
    good=[
        """
        <!-- file: 2026/01-search.md -->
        # Search was down

        **Incident ID:** INC-204
        <!-- file: 2026/02-mail.md -->
        # Mail was delayed

        **Incident ID:** INC-311
        """,
        """
        <!-- file: 2026/01-search.md -->
        # Search was down

        **Incident ID:** INC-204
        **Audience:** internal
        <!-- file: public/01-search.md -->
        # Search was down

        **Incident ID:** INC-204
        **Audience:** customers
        """,
    ],
    bad=[
        """
        <!-- file: 2026/01-search.md -->
        # Search was down

        **Incident ID:** INC-204
        <!-- file: 2026/02-mail.md -->
        # Mail was delayed

        **Incident ID:** ⟦INC-204⟧
        """,
        """
        <!-- file: 2026/03-login.md -->
        | Incident | INC-412 |
        |---|---|
        | Title | Login was down |
        <!-- file: 2026/04-mail.md -->
        # ⟦INC-412⟧: Mail was delayed
        """,
    ],
)
def duplicate_incident_id(documents: tuple[Digest, ...]) -> Iterator[Across]:
    """Two documents have the same incident identifier.

    Tickets, chats and dashboards point at an incident by its identifier. Where it means two, actions are counted for
    the wrong one, and whoever looks the incident up reads half of what there is.
    """
    first: dict[tuple[str, str], Digest] = {}
    for digest in documents:
        if digest.id is None:
            continue
        earlier = first.setdefault((digest.id.text.casefold(), digest.version), digest)
        if earlier is not digest:
            where = "another incident in this file" if earlier.path == digest.path else f"'{earlier.path}'"
            message = f'"{digest.id.text}" is also the identifier of {where}'
            yield Across(digest, digest.id.place, Problem(digest.id.place.span, message))


@rule(
    level=Level.WARNING,
    help="ask in this review what the earlier actions left open, and give prevention the higher priority",
    sources=("Google, Postmortem analysis at scale", "Site Reliability Engineering, ch. 16: Tracking Outages"),
    good=[
        """
        <!-- file: 01-search.md -->
        # Search was down on 2026-01-12

        **Class:** deployment
        <!-- file: 02-mail.md -->
        # Mail was delayed on 2026-02-03

        **Class:** capacity
        """,
        """
        <!-- file: 01-search.md -->
        # Search was down on 2025-06-12

        **Class:** deployment
        <!-- file: 02-mail.md -->
        # Mail was delayed on 2026-02-03

        **Class:** deployment
        """,
    ],
    bad=[
        """
        <!-- file: 01-search.md -->
        # Search was down on 2026-01-12

        **Class:** deployment
        <!-- file: 02-mail.md -->
        # Mail was delayed on 2026-02-03

        **Class:** ⟦Release⟧
        """,
        """
        <!-- file: 2026-01-12-search.md -->
        # Search was down after the release of 4.2

        ## Root cause

        The deployment removed a cache.
        <!-- file: 2026-02-03-mail.md -->
        # ⟦Mail was delayed by a rollout⟧

        ## Root cause

        The deployment of the mailer had no canary.
        """,
    ],
)
def repeated_incident_class(
    documents: tuple[Digest, ...],
    *,
    days: Annotated[int, "days within which incidents count together"] = _WINDOW,
) -> Iterator[Across]:
    """A second incident of the same class came within the window.

    The first was an accident; with the second, what was done after the first has been shown not to be enough. That is
    the moment to move prevention up, while it is still only two. A class that no document states is read from titles
    and causes, and may be wrong: then the confidence is low.
    """
    for group in _clusters(documents, days):
        if len(group) == 2:
            yield _of_class(group, f"the second within {days} days")


@rule(
    level=Level.ERROR,
    help="take the class to those who decide on staffing and priorities, with all its incidents on one page",
    sources=("Google, Postmortem analysis at scale", "Site Reliability Engineering, ch. 16: Tracking Outages"),
    good=[
        """
        <!-- file: 01-search.md -->
        # Search was down on 2026-01-12

        **Class:** deployment
        <!-- file: 02-mail.md -->
        # Mail was delayed on 2026-02-03

        **Class:** deployment
        <!-- file: 03-login.md -->
        # Login was down on 2026-02-20

        **Class:** authentication
        """,
        """
        <!-- file: 01-search.md -->
        # Search was down on 2025-06-12

        **Class:** deployment
        <!-- file: 02-mail.md -->
        # Mail was delayed on 2026-02-03

        **Class:** deployment
        <!-- file: 03-login.md -->
        # Login was down on 2026-02-20

        **Class:** deployment
        """,
    ],
    bad=[
        """
        <!-- file: 01-search.md -->
        # Search was down on 2026-01-12

        **Class:** deployment
        <!-- file: 02-mail.md -->
        # Mail was delayed on 2026-02-03

        **Class:** deployment
        <!-- file: 03-login.md -->
        # Login was down on 2026-02-20

        **Class:** ⟦deployment⟧
        """,
        """
        <!-- file: 2026-01-12-search.md -->
        | Date | Category |
        |---|---|
        | 2026-01-12 | config change |
        <!-- file: 2026-02-03-mail.md -->
        | Date | Category |
        |---|---|
        | 2026-02-03 | misconfiguration |
        <!-- file: 2026-02-20-login.md -->
        | Date | Category |
        |---|---|
        | 2026-02-20 | ⟦configuration⟧ |
        """,
    ],
)
def recurring_incident_class(
    documents: tuple[Digest, ...],
    *,
    days: Annotated[int, "days within which incidents count together"] = _WINDOW,
) -> Iterator[Across]:
    """Three or more incidents of the same class came within the window.

    Three are no accidents but a property of how systems are built and run here. No single team's action item will
    change that, so the question belongs to the organization. A class that no document states is read from titles and
    causes, and may be wrong: then the confidence is low.
    """
    for group in _clusters(documents, days):
        if len(group) > 2:
            yield _of_class(group, f"number {len(group)} within {days} days")


def _clusters(documents: Sequence[Digest], days: int) -> Iterator[list[tuple[date, Digest, Told]]]:
    """For each class, its latest incident and those of the days before it.

    What was once a cluster and has been quiet since is history: only the newest can still be acted upon.
    """
    by_class: dict[str, dict[object, tuple[date, Digest, Told]]] = defaultdict(dict)
    for digest in documents:
        if digest.incident_class is not None and digest.day is not None:
            # Accounts of one incident for several readers are one incident.
            same = digest.id.text.casefold() if digest.id else (digest.path, digest.heading.span)
            by_class[digest.incident_class.text].setdefault(same, (digest.day, digest, digest.incident_class))
    for found in by_class.values():
        group = sorted(found.values(), key=lambda each: (each[0], each[1].path, each[2].place.span))
        latest = group[-1][0]
        yield [each for each in group if (latest - each[0]).days < days]


def _of_class(group: list[tuple[date, Digest, Told]], nth: str) -> Across:
    _, digest, told = group[-1]
    before = ", ".join(f"'{earlier.path}' of {day}" for day, earlier, _ in group[:-1][-4:])
    name = told.text.replace("_", " ")
    stated = all(earlier.class_is_stated for _, earlier, _ in group)
    # What was read out of a title may be wrong for either of them.
    confidence = None if stated else Confidence.LOW
    message = f"this incident of class '{name}' is {nth}, after {before}"
    return Across(digest, told.place, Problem(told.place.span, message, confidence=confidence))


@rule(
    level=Level.WARNING,
    help="close what is done, move with a reason what is late, and drop what nobody will do",
    sources=("Google, The Site Reliability Workbook, ch. 10: Postmortem Culture",),
    good=[
        """
        <!-- file: 01-search.md -->
        # Search was down

        ## Action items

        - [x] Double the disk (@ana, by 2026-01-20)
        - [x] Dry run before each rebuild (@li, by 2026-02-02)
        <!-- file: 02-mail.md -->
        # Mail was delayed

        ## Action items

        - [x] Move the queue to its own host (@ana, by 2026-02-18)
        - [ ] Page when mail waits 5 minutes (@li, by 2026-04-01)
        """,
        """
        <!-- file: 01-search.md -->
        # Search was down

        ## Action items

        - [ ] Double the disk (@ana, by 2026-01-20)
        - [ ] Dry run before each rebuild (@li, by 2026-02-02)
        <!-- file: 02-mail.md -->
        # Mail was delayed

        Nothing is to be done.
        """,
    ],
    bad=[
        """
        <!-- file: 01-search.md -->
        # Search was down

        ## ⟦Action items⟧

        - [x] Double the disk (@ana, by 2026-01-20)
        - [ ] Dry run before each rebuild (@li, by 2026-02-02)
        <!-- file: 02-mail.md -->
        # Mail was delayed

        ## Action items

        - [x] Move the queue to its own host (@ana, by 2026-02-18)
        """,
        """
        <!-- file: 01-search.md -->
        # Search was down

        | Action | Owner | Due | Status |
        |---|---|---|---|
        | Double the disk | @ana | 2026-01-20 | done |
        <!-- file: 02-mail.md -->
        # Mail was delayed

        ## ⟦Actions⟧

        | Action | Owner | Due | Status |
        |---|---|---|---|
        | Move the queue to its own host | @ana | 2026-02-18 | won't do |
        | Page when mail waits 5 minutes | @li | 2026-02-18 | open |
        | Limit the size of a mail | @li | 2026-02-18 | in progress |
        """,
    ],
)
def low_closure_rate(
    documents: tuple[Digest, ...],
    *,
    today: date,
    percent: Annotated[int, "the share of due actions that should be closed"] = 80,
    least: Annotated[int, "due actions below which there is no rate"] = 3,
) -> Iterator[Across]:
    """Too few of the actions that are due are closed.

    Postmortems pay by what is done after them. Where one in three promises is kept, the next review finds the same
    holes, and those who write it know that nobody will mend them.
    """
    due = {n: [task for task in digest.tasks if _is_due(task.due, today)] for n, digest in enumerate(documents)}
    open_ = {n: [task for task in tasks if not task.closed] for n, tasks in due.items()}
    all_due, all_open = sum(map(len, due.values())), sum(map(len, open_.values()))
    if all_due < least or (all_due - all_open) * 100 >= percent * all_due:
        return
    # One finding for the whole folder, where most is left to do.
    worst = max(open_, key=lambda n: len(open_[n]))
    closed = (all_due - all_open) * 100 // all_due
    several = sum(map(bool, due.values()))
    message = (
        f"{closed} % of the {all_due} due actions in {several} document{'s'[: several > 1]} are closed, less than "
        f"{percent} %; {len(open_[worst])} of the {all_open} open ones stand here"
    )
    digest = documents[worst]
    yield Across(digest, digest.heading, Problem(digest.heading.span, message))


def _is_due(due: date | None, today: date) -> bool:
    return due is not None and due < today
