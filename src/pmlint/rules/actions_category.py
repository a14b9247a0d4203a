"""Actions: what each one is for."""

from collections.abc import Iterator

from pmlint.document.model import Action, Postmortem
from pmlint.document.words import index
from pmlint.rules.actions_lacking import is_dropped, lacking
from pmlint.rules.problem import Fix, Level, Problem
from pmlint.rules.respelling import respelled
from pmlint.rules.rule import rule


@rule(
    level=Level.WARNING,
    help="say what it is for: prevent, detect, mitigate or learn, as a column or as headings over groups of actions",
    sources=("Site Reliability Engineering, appendix D: Example Postmortem",),
    good=[
        "# Mail was delayed\n\n## Action items\n\n### Improve detection\n\n- Alert when the disk is 80 % full\n",
        """
        # Mail was delayed

        ## Action items

        | Action | Type |
        |---|---|
        | Move the queue to its own host | prevent |
        """,
    ],
    bad=[
        "# Mail was delayed\n\n## ⟦Action items⟧\n\n- Move the queue to its own host\n- Drain it first\n",
        """
        # Mail was delayed

        ## Action items

        | Action | Type |
        |---|---|
        | Move the queue to its own host | prevent |
        | ⟦Drain the queue before a host is stopped⟧ | |
        """,
        (
            """
            # Mail was delayed

            ## Action items

            | Action | Type |
            |---|---|
            | Move the queue to its own host | ⟦Preventoin⟧ |
            | Alert when the disk is 80 % full | detect |
            """,
            """
            # Mail was delayed

            ## Action items

            | Action | Type |
            |---|---|
            | Move the queue to its own host | Prevention |
            | Alert when the disk is 80 % full | detect |
            """,
        ),
    ],
)
def action_without_category(doc: Postmortem) -> Iterator[Problem]:
    """An action does not say whether it prevents, detects, mitigates or teaches.

    A list of actions looks complete until it is sorted: then it shows that all of them make this fault rarer and none
    makes the next one shorter.
    """
    asked = [action for action in doc.actions if not is_dropped(action)]
    slips = {action.number: fix for action in asked if (fix := _category(doc, action)) is not None}
    for action in asked:
        said = action.category_text
        if said is not None and action.number in slips:
            yield Problem(said.span, f'"{said.value}" is no known category', fix=slips[action.number])
    rest = [action for action in asked if action.number not in slips]
    yield from lacking(doc, rest, lambda action: action.category is None, what="a category")


def _category(doc: Postmortem, action: Action) -> Fix | None:
    said = action.category_text
    return None if said is None else respelled(doc, said.span, said.value, index("categories", "names"))
