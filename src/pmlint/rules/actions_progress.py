"""Actions under way: their owners and states."""

import re
from collections.abc import Iterator
from typing import Annotated

from pmlint.document.model import Action, Postmortem
from pmlint.document.patterns import Patterns
from pmlint.document.values import Fact
from pmlint.document.words import canonical, fold, index
from pmlint.rules.actions_lacking import heading, is_closed, is_dropped, lacking
from pmlint.rules.problem import Level, Problem, Related
from pmlint.rules.respelling import respelled
from pmlint.rules.rule import rule
from pmlint.source import Span

_GOOGLE = "Google, Postmortem action items: plan the work and work the plan"

_PATTERNS = Patterns(
    # Nobody in particular. A role that one person holds at a time (lead, on-call, manager) is somebody.
    group=(
        r"(?i)\W*(?:the\s+)?(?:(?:\S+\s+){0,3}(?:teams?|squads?|groups?|crew|departments?|dept|developers|devs|engineers|"
        r"maintainers|admins|operators|contributors|committee|guild|tribe|チーム)|all|all of us|"
        r"every(?:one|body)(?: \S+){0,4}|"
        r"anyone|somebody|someone|whoever|us|we|engineering|devops|operations|ops|sre|sres|infra|infrastructure|"
        r"platform|backend|frontend|qa|it|security|support|management|leadership|community|dev|various|multiple|"
        r"several(?: people)?)\W*"
    ),
    open=r"(?i)\W*(?:tb[dca]|to be (?:decided|determined|defined|assigned|confirmed)|unassigned|unknown|none|nobody|"
    r"n/?a|\?+|volunteer(?: needed)?|help wanted|open|未定|待定|-+|—)?\W*",
    lead=r"(?i)\b(?:lead|leader|manager|head|owner|commander|captain|director|on-?call|cto|ciso|vp|chief|architect)\b",
    result=(
        r"(?i)https?://|\b(?:pr|mr|pull request|merge request|commit|cl|release|version|v)\s?[#!]?\d|(?<![\w#])#\d+|"
        r"\b(?:[0-9a-f]{7,40})\b(?=.*)|\b[A-Z][A-Z0-9]+-\d+\b|\bv?\d+\.\d+\.\d+\b|\b(?:merged|deployed|released|rolled "
        r"out|shipped|live|published|enabled|confirmed|verified|tested|drill|fired|passed|passes|see|in production)\b"
    ),
    page=r"\[\[[^\[\]\n]+\]\]",
    # To whom, or of what: "update the runbook" tells nobody.
    tells=(
        r"(?i:inform|tell|notify|thank|apologi[sz]e to|talk to|speak (?:to|with)|(?:de)?brief|e-?mail|call|contact|"
        r"ask|(?:distribute|share) (?:this|the (?:report|post-?mortem))|(?:alert|update)(?= (?:(?:the |all |affected )*"
        r"(?:contributors|users|customers|team|stakeholders|partners|vendor|maintainers|management|everyone)\b|"
        r"(?-i:[A-Z][a-z]+)\W*$)))\b"
    ),
)


@rule(
    level=Level.WARNING,
    help="name one person, or the role that one person holds: the lead, the on-call of that week; others can help",
    sources=(_GOOGLE, "Atlassian, Incident Management Handbook: Postmortems"),
    good=[
        """
        # Mail was delayed

        ## Action items

        | Action | Owner |
        |---|---|
        | Alert when the disk is 80 % full | Ana Ruiz |
        | Drain the queue before a host is stopped | mail team lead |
        """,
        """
        # Mail was delayed

        ## Action items

        | Action | Owner |
        |---|---|
        | Alert when the disk is 80 % full | |
        """,
    ],
    bad=[
        """
        # Mail was delayed

        ## Action items

        | Action | Owner |
        |---|---|
        | Alert when the disk is 80 % full | Ana Ruiz |
        | Move the queue | Tomek Nowak |
        | Drain the queue before a host is stopped | ⟦everyone⟧ |
        """,
        """
        # Mail was delayed

        ## ⟦Action items⟧

        | Action | Owner |
        |---|---|
        | Alert when the disk is 80 % full | mail team |
        | Drain the queue before a host is stopped | Ana, Tomek |
        """,
    ],
)
def unaccountable_owner(doc: Postmortem) -> Iterator[Problem]:
    """An action is owned by a team, by everyone, by several people or by nobody yet.

    A group has no calendar. When nothing happens each member believes that another one is on it, and whoever asks has
    nobody to ask.
    """
    owned = [action for action in doc.actions if _stated(action) is not None and not is_closed(action)]
    shared = [action for action in owned if _nobody(action)]
    if len(shared) > 1 and len(shared) * 2 > len(owned):
        names = list(dict.fromkeys(said.text for said in map(_stated, shared) if said))
        shown = ", ".join(f'"{" ".join(name.split())}"' for name in names[:3]) + (" …" if len(names) > 3 else "")
        yield Problem(
            heading(doc),
            f"{len(shared)} of {len(owned)} owners are no single person: {shown}",
            related=tuple(Related(_owner(action), f"action {action.number}") for action in shared),
        )
        return
    for action in shared:
        name = " ".join(doc.source[_owner(action)].split())
        why = f"are {len(action.owners)} people" if len(action.owners) > 1 else "is nobody in particular"
        yield Problem(_owner(action), f'"{name}" {why}; name the one person who answers for it')


def _stated(action: Action) -> Fact[str] | None:
    """What stands where the owner belongs, be it a name or a promise of one."""
    return action.owner or action.owner_text


def _owner(action: Action) -> Span:
    said = _stated(action)
    return said.span if said else action.text_span


def _nobody(action: Action) -> bool:
    if len(action.owners) > 1:
        return True
    if action.owner is None:
        return True
    name = action.owner.value
    if _PATTERNS.open.fullmatch(name):
        return True
    return bool(_PATTERNS.group.fullmatch(name)) and not _PATTERNS.lead.search(name)


@rule(
    level=Level.WARNING,
    help="use open, in progress, blocked, done or won't do; add the house's own words in the settings",
    sources=("Google, Postmortem action items: plan the work and work the plan",),
    good=[
        "# Mail was delayed\n\n## Action items\n\n| Action | Status |\n|---|---|\n| Move the queue | In progress |\n",
        "# Mail was delayed\n\n## Action items\n\n| Action | Status |\n|---|---|\n| Move the queue | |\n",
    ],
    bad=[
        "# Mail was delayed\n\n## Action items\n\n| Action | Status |\n|---|---|\n| Move the queue | ⟦blue⟧ |\n",
        """
        # Mail was delayed

        ## Action items

        | Action | Status |
        |---|---|
        | Move the queue | done |
        | Drain the queue | ⟦mostly fine⟧ |
        """,
        (
            """
            # Mail was delayed

            ## Action items

            | Action | Status |
            |---|---|
            | Move the queue | ⟦Compelted: see MAIL-12⟧ |
            """,
            """
            # Mail was delayed

            ## Action items

            | Action | Status |
            |---|---|
            | Move the queue | Completed: see MAIL-12 |
            """,
        ),
    ],
)
def unknown_action_status(
    doc: Postmortem,
    *,
    statuses: Annotated[tuple[str, ...], "words that the house uses besides the usual ones"] = (),
) -> Iterator[Problem]:
    """An action has a status that nobody can count.

    Open and closed are what reviews and registers are made of. A status of its own is neither, and such actions
    fall out of every list.
    """
    own = {fold(word) for word in statuses}
    for action in doc.actions:
        written = (action.status_text or "").strip(" *_-—–.?")
        # What stands in brackets or behind a colon explains the word before it.
        word = re.split(r"[（(:：,;–—]", written)[0].strip(" *_")
        if written and action.status is None and fold(word) not in own and not canonical("statuses", "action", word):
            place = action.status_span or action.span
            at = doc.source.text.find(written, place.start, place.end)
            span = Span(at, at + len(written)) if at >= 0 else action.text_span
            yield Problem(
                span,
                f'"{written}" is no known status; use open, in progress, blocked, done or won\'t do',
                fix=respelled(doc, span, word, (*index("statuses", "action"), *own)),
            )


@rule(
    level=Level.WARNING,
    help="link the change, or write what shows it: the pull request, the release, the alert that fired in the drill",
    sources=("Google, Postmortem action items: plan the work and work the plan",),
    good=[
        "# Mail was delayed\n\n## Action items\n\n- [x] Move the queue to its own host (MAIL-12)\n",
        """
        # Mail was delayed

        ## Action items

        | Action | Status |
        |---|---|
        | Move the queue to its own host | done: deployed with release 2.4 |
        """,
    ],
    bad=[
        "# Mail was delayed\n\n## Action items\n\n- [x] ⟦Move the queue to its own host⟧\n- [ ] Drain it first\n",
        """
        # Mail was delayed

        ## ⟦Action items⟧

        | Action | Status |
        |---|---|
        | Move the queue to its own host | done |
        | Drain the queue before a host is stopped | done |
        """,
    ],
)
def done_without_evidence(doc: Postmortem) -> Iterator[Problem]:
    """An action is marked as done, and nothing shows it.

    Done means merged to one, deployed to another and talked about to a third. A link settles it, and is what the
    responder of the next incident will look for.
    """
    done = [
        action
        for action in doc.actions
        if is_closed(action) and not is_dropped(action) and _is_marked(action) and not _tells_somebody(action)
    ]
    yield from lacking(
        doc,
        done,
        lambda action: not _shown(doc, action),
        what="a link or result",
        verb="shows",
        noun="done actions",
        lone="is marked as done and shows",
    )


def _is_marked(action: Action) -> bool:
    """Whether a mark says that it is done, and not only the tense in which it is told."""
    return action.status is not None and not action.text_span.covers(action.status.span)


def _tells_somebody(action: Action) -> bool:
    """Whether it was to tell people something, of which nothing remains to be shown."""
    return _PATTERNS.tells.match(action.text) is not None


def _shown(doc: Postmortem, action: Action) -> bool:
    if action.ticket is not None or action.links or action.verification is not None:
        return True
    if _PATTERNS.page.search(doc.source[action.span]):
        return True
    # What follows the word in its cell, as in "done: rule 118 fired in the drill".
    if len((action.status_text or "").split()) > 3 or any(sign in (action.status_text or "") for sign in "（(:"):
        return True
    # The item's own words may be "release the fix": only what is said beside them counts.
    rest = doc.source[action.span].replace(doc.source[action.text_span], " ", 1)
    return bool(_PATTERNS.result.search(rest))
