"""Language: people who are named where a role would do."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from pmlint.document.action_cues import is_imperative
from pmlint.document.headings import meaning
from pmlint.document.model import Postmortem
from pmlint.document.patterns import Patterns
from pmlint.document.people import is_initials, is_nobody_in_particular
from pmlint.document.words import words
from pmlint.language.judgement import Kind
from pmlint.language.read import Placed
from pmlint.rules.judged import inside
from pmlint.rules.problem import Confidence, Level, Problem
from pmlint.rules.rule import rule
from pmlint.source import Span

_PATTERNS = Patterns(
    # "Ben", and behind it "Smith"; "Daniel", and behind it "von Berg".
    rest=(
        r"(?:[ \n](?:(?:[Vv]on|[Vv]an|[Dd]e[rnl]?|[Dd]a|[Dd]i|[Ll][ae]|bin|al) ){0,2}"
        r"[A-Z][a-z]+(?:-[A-Z][a-z]+)?){1,2}(?!\w)"
    ),
    made_up=r"[a-z][A-Z]|[._/\d]",
    word=r"[^\W\d_]{3,}",
    small=r"(?<![\w/.@`-])[a-z]{3,}(?![\w/@-])",
    line=r"[^\n]*",
    signs=r"[\W_]*(?:(?i:by|author:?|written by) )?(?:[A-Z][\w.'’-]*+[ ,]*+){2,5}(?:\d[\d/.-]*+[ ,]*+){0,4}[\W_]*",
    closes=r"[^\[\]\n]*\]\(",
)


@rule(
    level=Level.OFF,
    confidence=Confidence.MEDIUM,
    needs=frozenset({"english"}),
    help='write the role: "the on-call engineer", "the incident commander"; names belong in the list of roles',
    sources=(
        "PagerDuty, Postmortem guide: Blamelessness",
        "Site Reliability Engineering, ch. 15: Postmortem Culture",
    ),
    good=[
        """
        # Bookings were lost

        ## Summary

        The on-call engineer rolled the release back, and Jenkins ran the tests again.
        """,
        """
        # Bookings were lost

        **Author:** Anna Schmidt

        _Tomek Nowak, 2026-02-04_

        ## Timeline

        - 10:02 UTC: the database engineer promotes the replica
        """,
    ],
    bad=[
        """
        # Bookings were lost

        ## Summary

        During the night ⟦Anna Schmidt⟧ rolled the release back.
        """,
        """
        # Bookings were lost

        **Author:** Anna Schmidt

        ## What went wrong

        - The page reached ⟦Anna⟧ an hour late, as told by ⟦Tomek Nowak⟧.
        """,
    ],
)
def named_individual(doc: Postmortem, *, judgements: Sequence[Placed] = ()) -> Iterator[Problem]:
    """A person is named in the narrative where a role would do.

    Readers outside need to know what happened, not who was on duty, and what is published is found by that name for
    years. A role tells more: it says what the person could see and do.

    A single word with a capital may be a product as well as a person. Unless the document gives the name in full, or
    has it as an author, an owner or a role, such a finding has low confidence.
    """
    named = list(inside(doc, judgements, Kind.NAMED))
    known = _known(doc, named) if named else frozenset()
    small = frozenset(_PATTERNS.small.findall(doc.source.text)) if named else frozenset()
    listed = sorted(_listed(doc)) if named else []
    told = 0
    for placed in named:
        span = _whole(doc, placed.span)
        said = doc.source[span]
        before = bisect_right(listed, Span(span.start, len(doc.source.text))) - 1
        if before >= 0 and listed[before].meets(span):
            continue
        if span.start < told or _is_thing(doc, placed.span, small) or _is_thing(doc, span, small):
            continue
        told = span.end
        sure = " " in said or is_initials(said) or said.casefold() in known
        yield Problem(
            span,
            f'"{" ".join(said.split())}" names a person; write the role, and keep names in the list of roles',
            confidence=None if sure else Confidence.LOW,
        )


def _known(doc: Postmortem, named: Sequence[Placed]) -> frozenset[str]:
    """The words of the names that the document gives in full, or where it says who did what."""
    names = [said for placed in named if " " in (said := doc.source[_whole(doc, placed.span)])]
    names += [author.value for author in doc.authors]
    names += [role.name for role in doc.roles if role.name]
    names += [action.owner.value for action in doc.actions if action.owner]
    return frozenset(word.casefold() for name in names for word in re.findall(r"[^\W\d_]{2,}", name))


def _listed(doc: Postmortem) -> Iterator[Span]:
    """Where a name is asked for: the fields of the document, its list of roles, and the owners of actions."""
    yield from (entry.span for entry in doc.metadata if entry.name in _NAMING or len(entry.value.split()) <= _FIELD)
    yield from (role.span for role in doc.roles)
    yield from (action.owner.span for action in doc.actions if action.owner)


_NAMING = frozenset({"authors", "owner", "reviewers", "participants", "reporter"})
_FIELD = 6
"""Words of a field that names somebody; what is longer tells something."""


def _whole(doc: Postmortem, span: Span) -> Span:
    """A name with what follows of it."""
    if is_initials(doc.source[span]):
        return span
    rest = _PATTERNS.rest.match(doc.source.text, span.end)
    return Span(span.start, rest.end()) if rest else span


def _is_thing(doc: Postmortem, span: Span, small: frozenset[str]) -> bool:
    """Whether the words are a heading, a team, an order or a product rather than somebody's name."""
    said = doc.source[span]
    if _in_link(doc.source.text, span) or _is_signature(doc.source.text, span):
        return True
    # Nobody's name is written small elsewhere.
    if _PATTERNS.made_up.search(said) or any(word.lower() in small for word in _PATTERNS.word.findall(said)):
        return True
    if meaning(said).kinds or is_nobody_in_particular(said) or said.casefold() in words("actions")["owners"]["words"]:
        return True
    line = _PATTERNS.line.match(doc.source.text, span.start)
    return " " not in said and line is not None and is_imperative(line[0])


def _in_link(text: str, span: Span) -> bool:
    """Whether the words stand in the title of a page that is linked: `[Ana on restores](…)`."""
    before, after = text[max(0, span.start - _TITLE) : span.start], text[span.end : span.end + _TITLE]
    opens = before.rfind("[") > max(before.rfind("]"), before.rfind("\n"))
    return opens and _PATTERNS.closes.match(after) is not None


def _is_signature(text: str, span: Span) -> bool:
    """Whether the line holds a name and a date and nothing else, as whoever wrote signs it."""
    before, after = text[max(0, span.start - _TITLE) : span.start], text[span.end : span.end + _TITLE]
    return _PATTERNS.signs.fullmatch(f"{before.rpartition(chr(10))[2]}X{after.partition(chr(10))[0]}") is not None


_TITLE = 200
"""Characters of the title of a linked page on either side of a name."""
