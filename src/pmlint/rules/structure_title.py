"""Structure: a title that names the incident, and somebody who answers for what follows."""

from collections.abc import Iterator

from pmlint.document.dates import find_dates
from pmlint.document.model import Postmortem, SectionKind
from pmlint.document.patterns import Patterns
from pmlint.document.sentences import passages
from pmlint.rules.kinds import says
from pmlint.rules.place import place
from pmlint.rules.problem import Level, Problem
from pmlint.rules.rule import rule
from pmlint.source import Span

_PATTERNS = Patterns(
    # "By Ana Ruiz", "Ana Ruiz, 2026-02-04", "Ana, 4 February 2026" under the title, "Regards, Ana" at the end
    byline=(
        r"(?:[Bb][Yy]|[Aa]uthors?|[Pp]osted by|[Ww]ritten by):?\s+[@A-Z\u00c0-\u024f]"
        r"|[A-Z][\w'.-]+(?:,|(?: [A-Z][\w'.-]+){1,3},?)\s+"
        r"(?:\d{4}-\d\d-\d\d|[A-Z][a-z]{2,8} \d{1,2}|\d{1,2} [A-Z][a-z]{2,8})"
        r"|(?:[Bb]est|(?:[Kk]ind |[Bb]est )?[Rr]egards|[Ss]incerely|[Cc]heers|[Tt]hanks|[Yy]ours)[\w ]{0,12},\s+[A-Z]"
    ),
    word=r"[^\W_]+",
    # Words that any postmortem's title may hold; one made of nothing else names no incident.
    generic=(
        # with its slips of the pen, and numbers that are no day
        r"(?i)(?:po\w{0,4}mor\w{0,4}|0x[0-9a-f]+|\d{1,4}|"
        r"a|an|the|of|on|for|post|mortem|pm|incident|incidents|outage|issue|problem|event|report|"
        r"review|analysis|retrospective|retro|rca|root|cause|summary|document|doc|disclosure|security|"
        r"template|example|untitled|"
        r"title|readme|blameless|internal|external|draft|final|web|"
        r"stack|debugging|project|task|name|number)"
    ),
    cause=(
        r"(?i)\b(?:due to|caused by|because of|triggered by|result(?:ed|ing)? (?:from|of)|root cause|"
        r"following (?:an? )?(?:deploy\w*|change|upgrade|migration)|after (?:an? )?(?:bad|faulty|"
        r"failed) \w+|(?:bad|faulty|broken|botched) (?:deploy\w*|release|config\w*|migration|rollout|push)|"
        r"misconfigur\w+|expired (?:\w+ )?(?:certificate|cert|token|key|domain)|memory leak|race condition|"
        r"deadlock|human error|typo|off-by-one|null pointer|caus(?:es|ed|ing)|"
        r"(?:brings?|brought|took|takes) (?:\w+ ){1,3}down|accidental(?:ly)? \w+|out of memory|oom|"
        r"(?:pool|memory|disk|connections?|files?|watch(?:es)?|ips?|threads?|cpu|resources?|inodes?) "
        r"(?:exhaustion|starvation|overload))\b"
    ),
    leads=r"(?i)due to|caused by|because of|triggered by|result(?:ed|ing)? (?:from|of)",
    rest=r"[^,;:–—()|\n]*",
    closes=r"(?i)caus(?:es|ed|ing)|(?:brings?|brought|took|takes) (?:\w+ ){1,3}down",
    edge=r"^|[,;:–—()|]\s*",
)


@rule(
    level=Level.WARNING,
    help='name what users saw and where: "Checkout returned errors for 40 minutes in the EU"',
    sources=("Google, Postmortem best practices",),
    good=[
        """
        # Postmortem: checkout rejected cards

        ## Summary

        Cards were rejected for 40 minutes.
        """,
        """
        ---
        title: Checkout rejected cards
        ---

        ## Summary

        Cards were rejected for 40 minutes.
        """,
        """
        # Postmortem of 2026-02-04

        ## Summary

        Cards were rejected for 40 minutes.
        """,
    ],
    bad=[
        """
        # ⟦Incident Postmortem⟧

        ## Summary

        Cards were rejected for 40 minutes.
        """,
        """
        # ⟦07. Security Posmortem⟧

        ## Summary

        Cards could be read for 40 minutes.
        """,
        """
        ⟦⟧## Summary

        Cards were rejected for 40 minutes.
        """,
    ],
)
def missing_title(doc: Postmortem) -> Iterator[Problem]:
    """The document has no title, or one that names no incident.

    The title is all that most people ever see: in a list, a search result, a link in a chat. "Postmortem" cannot be
    found again, and cannot be told from the forty others.
    """
    if doc.title is None:
        yield Problem(place(doc), "the document has no title")
        return
    words = _PATTERNS.word.findall(doc.title.value)
    # A day can be found again, and told from others.
    if words and all(map(_PATTERNS.generic.fullmatch, words)) and not find_dates(doc.title.value):
        yield Problem(doc.title.span, f'"{doc.title.value}" does not say what happened')


@rule(
    level=Level.OFF,
    help='title the incident by its effect, "Login failed for EU users", and leave the cause to its section',
    sources=("Learning from Incidents: on naming incidents",),
    good=["# EU users could not log in for 40 minutes", "# Orders were delayed by up to two hours"],
    bad=[
        "# Outage ⟦due to a database migration⟧",
        "# Login down: ⟦expired certificate⟧",
        "# INC-12: ⟦Index rebuild causing⟧ timeouts of search",
    ],
)
def cause_in_title(doc: Postmortem) -> Iterator[Problem]:
    """The title names the cause and not what users saw.

    A cause in the title settles the question before the page is opened, and it is usually the first cause that was
    found. People who meet the same symptom again will not find it by its cause.
    """
    title = doc.source[doc.title.span] if doc.title is not None else ""
    found = _PATTERNS.cause.search(title)
    if doc.title is None or found is None:
        return
    start, end = found.span()
    # The cause itself stands after "due to", and before "causing".
    if _PATTERNS.leads.fullmatch(found[0]):
        end += len(_PATTERNS.rest.match(title, end)[0].rstrip())  # type: ignore[index]
    elif _PATTERNS.closes.fullmatch(found[0]):
        start = max(found.end(0) for found in _PATTERNS.edge.finditer(title[:start]))
    span = Span(doc.title.span.start + start, doc.title.span.start + end)
    yield Problem(span, f'the title settles the cause ("{" ".join(title[start:end].split())}")')


_WRITTEN_BY = (
    "(written|authored|prepared|compiled|drafted|posted|published) by",
    "(postmortem|document|report) (owner|author|lead)",
    "author(s)?:",
    "作成者",
    "執筆者",
    "作者",
    "责任人",
    "autor*",
)


@rule(
    level=Level.WARNING,
    help='name the person or role that answers for the document: "Author: Ana Ruiz" or "Owner: @search-on-call"',
    sources=("Google, Postmortem best practices",),
    good=[
        "# Search was down\n\n**Authors:** Ana Ruiz, @tomek\n",
        "# Search was down\n\n_By Ana Ruiz._\n\n## Summary\n\nSearch was down.\n",
        "# Search was down\n\n*Written by the search on-call, 2026-02-06*\n",
    ],
    bad=[
        "# ⟦Search was down⟧\n\n**Date:** 2026-02-04\n",
        "# ⟦Search was down⟧\n\n## Summary\n\nBy noon search was down.\n",
    ],
)
def missing_author(doc: Postmortem) -> Iterator[Problem]:
    """Nobody is named as the author or owner of the postmortem.

    Someone has to answer the questions that come up next month, and to see the review through. A page that belongs to
    everybody is corrected by nobody.
    """
    if doc.authors or doc.entry("authors", "owner") or says(doc, _WRITTEN_BY):
        return
    paragraphs = [passage.prose.text.strip() for passage in passages(doc) if passage.part == "prose"]
    if not any(map(_PATTERNS.byline.match, (*paragraphs[:3], *paragraphs[-2:]))):
        yield Problem(place(doc, SectionKind.METADATA), "nobody is named as author or owner of this document")
