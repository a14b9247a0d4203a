"""Causes held against the actions that answer them, and actions against what they answer."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from pmlint.document.model import Action, Factor, Postmortem, SectionKind
from pmlint.document.sentences import passages, sentences
from pmlint.document.tickets import find_ticket
from pmlint.rules.actions_lacking import is_closed, is_dropped, quoted
from pmlint.rules.actions_wording import wording
from pmlint.rules.causes_reading import distinct, heading, short
from pmlint.rules.content import content, subjects
from pmlint.rules.problem import Confidence, Level, Problem, Related
from pmlint.rules.rule import rule

_ENGLISH = frozenset({"english"})
_WORKBOOK = "Site Reliability Workbook, ch. 10: Postmortem Culture"
_MOST = 200
"""Factors that are compared with one another; no analysis has more."""

_CODE = re.compile(r"[A-Z]{1,4}-?\d{1,3}\b")


@rule(
    level=Level.WARNING,
    confidence=Confidence.LOW,
    needs=_ENGLISH,
    help="add an action for it, or write why it is left as it is",
    sources=(_WORKBOOK, "AWS, Correction of Error: action items"),
    good=[
        """
        # Search was down

        ## Contributing factors

        - The disk cannot hold two indexes.
        - Nobody is alerted to an empty index; accepted, since the new store has no such state.

        ## Action items

        - Double the disk of the index hosts
        """,
        """
        # Search was down

        ## Contributing factors

        | ID | Factor |
        |---|---|
        | F1 | No monitoring of the index |
        | F2 | The disk cannot hold two |

        ## Action items

        - F1: page when searches return nothing
        - F2: double the volume
        """,
    ],
    bad=[
        """
        # Search was down

        ## Contributing factors

        - The disk cannot hold two indexes.
        - ⟦The on-call handover skipped the holiday.⟧
        - The rebuild has no dry run.

        ## Action items

        - Double the disk of the index hosts
        - Dry run before each rebuild
        """,
        """
        # Search was down

        ## ⟦Contributing factors⟧

        - The disk cannot hold two indexes.
        - The on-call handover skipped the holiday.

        ## Action items

        - Rotate the keys of the mail relay
        """,
    ],
)
def factor_without_action(doc: Postmortem) -> Iterator[Problem]:
    """A contributing factor is addressed by no action.

    It was found, written down and left in place. That can be right, when mending it costs more than it saves; then the
    reason belongs beside it, or the next postmortem will find it again.

    An action answers a factor that it shares words with in any form, a ticket, a link, or the factor's code or number;
    so does a sentence about the resolution. Where the two speak of one thing in quite other words that is not seen,
    and some factors are circumstances that nobody can act on: the confidence is low.
    """
    actions = [action for action in doc.actions if not is_dropped(action)]
    # Running text explains; only what is listed as a factor is one that can be ticked off.
    asked = [factor for factor in distinct(doc)[:_MOST] if factor.source == "factor" and not _settled(factor)]
    if not actions or not asked:
        return
    named = _named_by(doc, actions)
    if named is not None:
        for factor in asked:
            if factor not in named and _is_listed(doc, factor):
                message = f'no action names "{short(factor.text)}" as what it answers'
                yield Problem(factor.prose.span(), message, confidence=Confidence.HIGH)
        return
    answered = _addressed(doc, asked, actions)
    unmet = [factor for factor in asked if factor not in answered]
    if len(unmet) > _EACH or (len(unmet) > 1 and len(unmet) * 2 > len(asked)):
        related = tuple(Related(factor.span, short(factor.text)) for factor in unmet)
        message = f"{len(unmet)} of {len(asked)} factors are addressed by no action"
        if len(unmet) == len(asked):
            message = f"none of the {len(asked)} factors is addressed by an action"
        yield Problem(heading(doc), message, related=related)
        return
    for factor in unmet:
        yield Problem(factor.prose.span(), f'no action addresses "{short(factor.text)}"')


def _named_by(doc: Postmortem, actions: Sequence[Action]) -> list[Factor] | None:
    """The factors that actions name, by number or code, as what they answer; None unless every action names some."""
    by_name: dict[str, Factor] = {}
    listed = [factor for factor in doc.factors if factor.source == "factor" and _is_listed(doc, factor)]
    for number, factor in enumerate(listed, start=1):
        code = _CODE.search(doc.source[factor.span][:20])
        by_name[code[0] if code else str(number)] = factor
    found: list[Factor] = []
    for action in actions:
        names = _REFERENCE.findall(action.why or "")
        if not names or not _REFERS.fullmatch(action.why or "") or not all(name in by_name for name in names):
            return None
        found += [by_name[name] for name in names]
    return found


def _is_listed(doc: Postmortem, factor: Factor) -> bool:
    """Whether a factor is a row or an item, which has a number; what a paragraph adds has none."""
    text, start = doc.source.text, factor.span.start
    return _LISTED.match(text, text.rfind("\n", 0, start) + 1) is not None


_LISTED = re.compile(r"\s*(?:[-*+|]|\d{1,2}[.)])")
_REFERENCE = re.compile(r"[A-Z]{0,4}-?\d{1,3}\b")
_REFERS = re.compile(
    r"(?i)\W*(?:(?:factors?|causes?|answers|addresses)\s)?(?:[#(]?[A-Z]{0,4}-?\d{1,3}\)?(?:\s?(?:,|;|/|and|&|\+)\s?)?)+\W*"
)
_EACH = 3
"""Factors that are named one by one; more are one finding."""


def _settled(factor: Factor) -> bool:
    """Whether it is a question, or says itself why it stays."""
    return factor.text.rstrip().endswith("?") or bool(_ACCEPTED.search(factor.text))


_ACCEPTED = re.compile(
    r"(?i)\b(?:accepted|no action|won['’]t|will not be|out of scope|already (?:fixed|mended|done|addressed)|fixed|"
    r"(?:outside|beyond|out) (?:of )?(?:our|the team['’]s|anybody['’]s) (?:control|hands|reach|influence))\b"
)
_NUMBERED = re.compile(r"(?i)\b(?:contributing )?(?:factor|(?:root )?cause|RC|CF)\s?#?(\d{1,2})\b")


def _addressed(doc: Postmortem, factors: Sequence[Factor], actions: Sequence[Action]) -> list[Factor]:
    """The factors that some action speaks of at least half as much as of any other, or names by number or ticket."""
    found: list[Factor] = []
    told = [subjects(factor.text) for factor in factors]
    named = [_names(doc, number, factor) for number, factor in enumerate(factors, start=1)]
    for action in actions:
        whole = _whole(action)
        said, codes = subjects(whole), _codes(action, whole)
        shared = [len(said & words) for words in told]
        most = max(shared, default=0)
        for factor, count, names in zip(factors, shared, named, strict=True):
            if (count and count * 2 >= most) or names & codes:
                found.append(factor)
    mended = list(_mendings(doc))
    return found + [factor for factor, words in zip(factors, told, strict=True) if _is_mended(words, mended)]


def _whole(action: Action) -> str:
    return " ".join(part for part in (action.text, action.why or "") if part)


def _names(doc: Postmortem, number: int, factor: Factor) -> frozenset[str]:
    """What a factor is called where it is referred to: its code, its number, its ticket and its links."""
    code = _CODE.search(doc.source[factor.span][:20])
    ticket = find_ticket(factor.prose)
    return frozenset(
        (*factor.links, f"factor {number}", *([code[0]] if code else ()), *([ticket[0]] if ticket else ()))
    )


def _codes(action: Action, whole: str) -> frozenset[str]:
    """What an action refers to in the same ways."""
    numbers = (f"factor {found[1]}" for found in _NUMBERED.finditer(whole))
    own = [name for name in (action.id, action.ticket.value if action.ticket else None) if name]
    return frozenset((*own, *action.links, *_CODE.findall(whole), *numbers))


_MENDING = frozenset((SectionKind.RESOLUTION, SectionKind.MITIGATION))
_SHARED = 2


def _mendings(doc: Postmortem) -> Iterator[frozenset[str]]:
    """What each sentence about the resolution speaks of."""
    for passage in passages(doc):
        if passage.part != "headings" and passage.kinds & _MENDING:
            for start, end in sentences(passage.prose.text):
                yield subjects(passage.prose.text[start:end])


def _is_mended(words: frozenset[str], mended: Sequence[frozenset[str]]) -> bool:
    """Whether one of them speaks of most of a factor: then it is mended, and needs no action."""
    return any(len(words & said) >= max(_SHARED, len(words) / 2) for said in mended)


@rule(
    level=Level.INFO,
    confidence=Confidence.LOW,
    needs=_ENGLISH,
    help="name the factor that it answers, or move it to the backlog",
    sources=(_WORKBOOK,),
    good=[
        """
        # Search was down

        ## Contributing factors

        - The disk cannot hold two indexes.

        ## Action items

        - Double the disk
        """,
        """
        # Search was down

        Support heard of it from a customer.

        ## Contributing factors

        - The disk cannot hold two indexes.

        ## Action items

        - Double the disk
        - Tell support when an index is empty
        """,
    ],
    bad=[
        """
        # Search was down

        ## Contributing factors

        - The disk cannot hold two indexes.
        - The rebuild deletes the index first.

        ## Action items

        - Double the disk
        - ⟦Migrate the wiki to another host⟧
        """,
        """
        # Search was down

        ## Root cause

        The rebuild deletes the index first, and the disk cannot hold two.

        ## Action items

        | Action | Owner |
        |---|---|
        | Keep the old index until the rebuild has ended | Ana |
        | ⟦Rotate the signing keys of the mail relay⟧ | Tomek |
        """,
    ],
)
def action_without_factor(doc: Postmortem) -> Iterator[Problem]:
    """An action answers nothing that the document tells.

    An incident is an occasion to get old wishes done. They take the time of those actions that would have changed this
    one.

    An action that answers what is told in quite other words is not known from one that answers nothing: the confidence
    is low.
    """
    if not doc.factors:
        return
    # Whatever is told anywhere before the actions may be what the action answers.
    spans = [action.span for action in doc.actions]
    asked = {action.span: subjects(_whole(action)) for action in doc.actions if not is_closed(action)}
    for passage in passages(doc):
        if not asked:
            return
        at = passage.prose.span()
        nearest = bisect_right(spans, at.end, key=lambda span: span.start) - 1
        if nearest < 0 or not spans[nearest].meets(at):
            told = subjects(passage.prose.text)
            asked = {span: said for span, said in asked.items() if said.isdisjoint(told)}
    lone = [action for action in doc.actions if action.span in asked]
    if len(lone) * 2 <= len(doc.actions):
        for action in lone:
            if len(content(action.text)) > 2 and wording(doc, action) is None:
                yield Problem(
                    action.text_span, f'"{quoted(action)}" answers nothing that is told here; which factor is it for?'
                )
