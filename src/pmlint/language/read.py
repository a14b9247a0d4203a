"""From documents to judgements: which sentences to read, reading them in one batch, and where each finding stands."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pmlint.document.model import Postmortem
from pmlint.document.sentences import passages, sentences
from pmlint.language.agents import People
from pmlint.language.judge import Context, judge
from pmlint.language.judgement import Judgement
from pmlint.language.prefilter import is_candidate
from pmlint.source import Prose, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

Score = Callable[[Sequence[str]], Sequence[float]]
"""A classifier: how likely each of some sentences is to be blame."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A judgement and its place in the document."""

    judgement: Judgement
    span: Span
    sentence: Span


@dataclass(frozen=True, slots=True)
class _Sentence:
    """One sentence that is worth reading."""

    text: str
    """What the pipeline gets: the author's own words, what is not theirs made a single word."""
    prose: Prose
    start: int
    """Where `text` stands in `prose`."""
    context: Context


def judgements(
    docs: Sequence[Postmortem], *, model: str | None = None, teams: Sequence[str] = (), people: Sequence[str] = (), named: bool = False
) -> list[tuple[Placed, ...]]:
    """What each document says of whom, in order of place; the pipeline is loaded only if some sentence needs it."""
    chosen = [tuple(_sentences(doc, people, teams, named)) for doc in docs]
    if not any(chosen):
        return [() for _ in docs]
    from pmlint.language.pipeline import parse_all  # imports spaCy

    parsed = parse_all((each.text for some in chosen for each in some), model)
    return [tuple(placed for each in some for placed in _placed(each, next(parsed))) for some in chosen]


def _placed(each: _Sentence, grammar: "Doc") -> Iterator[Placed]:
    for found in judge(grammar, each.context):
        whole = each.prose.span(each.start, each.start + len(each.text))
        yield Placed(found, each.prose.span(each.start + found.start, each.start + found.end), whole)


# Times and names at the head of an entry belong to no sentence: "09:55 UTC – ", "[10:02] ", "**14:03**: ".
_LEAD = re.compile(
    r"(?:[\s\-–—*•|:,.]|\[[ xX]\]|\[[^\]\n]{1,20}\]|\(?~?\d{1,4}(?:[-/.]\d{1,2}){1,2}T?\)?|\(?~?\d{1,2}[:.h]\d{2}(?::\d{2})?\)?Z?"
    r"|\b(?:UTC|GMT|CET|CEST|EST|EDT|PST|PDT|BST|IST|JST|AM|PM|am|pm|T\+\d+m?)\b)+"
)
_FOREIGN = re.compile("\ufffc+")


def _sentences(doc: Postmortem, people: Sequence[str], teams: Sequence[str], named: bool) -> Iterator[_Sentence]:
    known: People | None = None
    for passage in passages(doc):
        prose = passage.prose
        if not prose.text.strip():
            continue
        # Code and quotations stand as one word of the same length, so that grammar and places stay whole.
        text = _FOREIGN.sub(lambda found: "x" * len(found[0]), prose.voice).replace("\n", " ")
        for span in sentences(text):
            lead = _LEAD.match(text, span.start, span.end)
            start = lead.end() if lead else span.start
            if not is_candidate(text[start : span.end], named=named):
                continue
            if known is None:
                known = _people(doc, people, teams)
            kinds = frozenset(str(kind) for kind in doc.kinds_at(prose.span().start))
            yield _Sentence(text[start : span.end], prose, start, Context(known, text[: span.start], passage.part == "headings", named, kinds))


def _people(doc: Postmortem, people: Sequence[str], teams: Sequence[str]) -> People:
    """Everybody whom the document names as a person by itself."""
    names = [fact.value for fact in (*doc.authors, *doc.reviewers)]
    names += [role.name for role in doc.roles if role.name]
    names += [owner for action in doc.actions for owner in action.owners]
    names += [event.actor for event in doc.timeline.events if event.actor]
    return People.of([*names, *people], teams, doc.source.text)
