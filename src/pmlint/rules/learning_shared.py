"""Learning: where the document went, so that others could read it."""

from collections.abc import Iterator
from typing import Annotated

from pmlint.document.model import Postmortem, SectionKind
from pmlint.document.patterns import Patterns
from pmlint.document.sentences import passages
from pmlint.document.words import fold
from pmlint.rules.kinds import says
from pmlint.rules.place import place
from pmlint.rules.problem import Level, Problem
from pmlint.rules.rule import rule

_SHARED = (
    "(shared|presented|circulated|distributed) (with|to|in|on|at|internally|publicly|across)",
    "(discussed|announced|presented) (with|in|at) (the |our )?(meeting|all-hands|team|teams|forum|channel|standup|"
    "stand-up|review|retro|guild)",
    "(postmortem|post-mortem|report|retro|retrospective|review|document|page|write-up|writeup|analysis|findings|"
    "learnings|this) (was |is |has been |will be |were )?(shared|posted|published|announced|presented|circulated|"
    "distributed|sent)",
    "(posted|published|announced) (in|to|on) #*",
    "(mailing list|newsletter|all-hands|reading club|brown bag)",
    "共有した",
    "共有済み",
)
_PATTERNS = Patterns(
    address=r"https?://[^\s\"'<>)\]]{1,300}",
    # Its own page where many read: a forum, a blog, a list.
    posted=(
        r"(?i)\b(?:blog|forum|discuss|discourse|community|medium|lists?|groups?|mailman|archive)\b"
        r".*?(?:post-?mortem|incident|outage|exploit|vulnerabilit|disclosure|retrospective|root-cause)"
    ),
    # The folder from which a site is made.
    posts=r"(?<![A-Za-z])_posts\b|(?:^|[/\\])blog[/\\]",
)
_ADDRESSES = frozenset({"url", "link", "permalink", "canonical url", "canonical_url"})
"""Keys of front matter that say where the document itself is read."""


@rule(
    level=Level.OFF,
    help="say where it was posted and discussed: the channel, the list, the meeting",
    sources=("Site Reliability Engineering, ch. 15: Postmortem Culture",),
    good=[
        """
        # Search returned stale results

        ## Publication

        Posted in #incidents, discussed in the March all-hands.
        """,
        """
        # Search returned stale results

        Shared with all engineers on 2026-02-20.
        """,
        """
        # Search returned stale results

        - **Discussion:** https://forum.example.org/t/stale-search-postmortem/12
        """,
    ],
    bad=[
        """
        # ⟦Search returned stale results⟧

        The index was six hours old.
        """,
        """
        # Search returned stale results

        ## ⟦Related documents⟧

        - [How the index is built](https://blog.example.org/how-the-index-is-built)
        """,
    ],
)
def missing_publication(
    doc: Postmortem,
    *,
    phrases: Annotated[tuple[str, ...], "more phrases that count as an answer"] = (),
) -> Iterator[Problem]:
    """Nothing says where the postmortem was shared.

    A postmortem that nobody hears of teaches its authors only. Writing down where it went makes sharing a step of the
    work and not an afterthought.
    """
    if doc.entry("published") or doc.find(SectionKind.PUBLICATION, SectionKind.COMMUNICATION):
        return
    if says(doc, (*_SHARED, *phrases)) or _is_a_post(doc) or _links_to_itself(doc):
        return
    yield Problem(place(doc, SectionKind.RELATED, SectionKind.LESSONS), "nothing says where this was shared")


def _is_a_post(doc: Postmortem) -> bool:
    """Whether it lies where a site is made from, or its front matter gives its address there."""
    if doc.path and _PATTERNS.posts.search(doc.path):
        return True
    return any(
        entry.origin == "front matter" and fold(entry.key) in _ADDRESSES and entry.value.strip()
        for entry in doc.metadata
    )


def _links_to_itself(doc: Postmortem) -> bool:
    for passage in passages(doc):
        targets = " ".join(mark.target or "" for mark in passage.prose.links())
        addresses = _PATTERNS.address.findall(f"{passage.prose.text} {targets}")
        if any(map(_PATTERNS.posted.search, addresses)):
            return True
    return False
