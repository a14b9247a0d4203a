"""A small catalogue, made by hand, so that the engine is tested apart from what the real rules find."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from typing import Annotated

from msgspec.structs import replace

from pmlint.document.model import Postmortem
from pmlint.rules import tool
from pmlint.rules.problem import Confidence, Level, Problem, Related
from pmlint.rules.rule import Rule, rule
from pmlint.source import Span


def _words(doc: Postmortem, word: str) -> Iterator[Span]:
    """Where `word` stands outside comments; `says-oops` is another word than `oops`."""
    comments = [comment.span for comment in doc.markup.comments]
    for found in re.finditer(rf"(?<![\w-]){re.escape(word)}(?![\w-])", doc.source.text):
        span = Span(*found.span())
        before = bisect_right(comments, span) - 1
        commented = before >= 0 and comments[before].covers(span)
        if not commented and (doc.span.end == 0 or doc.span.covers(span)):
            yield span


@rule(level=Level.ERROR, help="say what was seen", good=["fine\n"], bad=["⟦oops⟧\n"])
def says_oops(doc: Postmortem, *, word: Annotated[str, "the word to look for"] = "oops") -> Iterator[Problem]:
    """The text says oops.

    It is no word for a report.
    """
    for span in _words(doc, word):
        yield Problem(span, f"'{word}' says nothing", related=(Related(span, f"'{word}' stands here"),))


@rule(
    level=Level.WARNING,
    help="leave it out",
    confidence=Confidence.MEDIUM,
    needs=frozenset({"english"}),
    good=["fine\n"],
    bad=["⟦hmm⟧\n"],
)
def says_hmm(doc: Postmortem) -> Iterator[Problem]:
    """The text says hmm.

    It shows doubt.
    """
    for span in _words(doc, "hmm"):
        yield Problem(span, "'hmm' shows doubt")


@rule(level=Level.OFF, help="leave it out", good=["fine\n"], bad=["⟦well⟧\n"])
def says_well(doc: Postmortem) -> Iterator[Problem]:
    """The text says well.

    It is a filler.
    """
    for span in _words(doc, "well"):
        yield Problem(span, "'well' is a filler")


@rule(level=Level.INFO, help="leave it out", confidence=Confidence.LOW, good=["fine\n"], bad=["⟦perhaps⟧\n"])
def says_perhaps(doc: Postmortem) -> Iterator[Problem]:
    """The text says perhaps.

    It may be a guess.
    """
    for span in _words(doc, "perhaps"):
        yield Problem(span, "'perhaps' may be a guess")


@rule(level=Level.ERROR, help="take it out", templates=True, good=["fine\n"], bad=["⟦hunter2⟧\n"])
def secret_in_document(doc: Postmortem) -> Iterator[Problem]:
    """The text holds a secret.

    Everybody can read it.
    """
    for found in re.finditer("hunter2", doc.source.text):
        yield Problem(Span(*found.span()), "a password stands here")


@rule(level=Level.ERROR, help="none", good=["fine\n"], bad=["⟦boom⟧\n"])
def crashes_on_boom(doc: Postmortem) -> Iterator[Problem]:
    """The rule raises where the text says boom.

    To see what the engine does.
    """
    for span in _words(doc, "boom"):
        yield Problem(span, "'boom' is near")
        raise RuntimeError("boom was said")


def hand_rules() -> Mapping[str, Rule]:
    """The rules above in families of the catalogue, and the real ones about the tool."""
    own = {
        "says-oops": replace(says_oops, family="causes"),
        "says-hmm": replace(says_hmm, family="language"),
        "says-well": replace(says_well, family="learning"),
        "says-perhaps": replace(says_perhaps, family="causes"),
        "secret-in-document": replace(secret_in_document, family="publication"),
        "crashes-on-boom": replace(crashes_on_boom, family="actions"),
    }
    about_tool = {value.name: value for value in vars(tool).values() if isinstance(value, Rule)}
    return {**own, **about_tool}
