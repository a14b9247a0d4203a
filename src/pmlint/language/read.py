"""From documents to judgements: which sentences to read, reading them in one batch, and where each finding stands."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from pmlint.document.model import Postmortem
from pmlint.document.sentences import passages, sentences
from pmlint.language.agents import People
from pmlint.language.judgement import Judgement
from pmlint.language.meaning import PLACES, Meaning
from pmlint.source import Prose, Span
from pmlint.source.prose import Segment, found_marks

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from pmlint.language.judge import Context


class Placed(Struct, frozen=True):
    """A judgement and its place in the document."""

    judgement: Judgement
    span: Span
    sentence: Span


class _Sentence(Struct, frozen=True):
    """One sentence that is worth reading."""

    text: str
    """What the pipeline gets: the author's own words, what is not theirs made a single word."""
    prose: Prose
    start: int
    """Where `text` stands in `prose`."""
    section: str
    context: "Context"


def judgements(
    docs: Sequence[Postmortem],
    *,
    model: str | None = None,
    teams: Sequence[str] = (),
    people: Sequence[str] = (),
    named: bool = False,
) -> list[tuple[Placed, ...]]:
    """What each document says of whom, in order of place; the pipeline is loaded only if some sentence needs it."""
    told = [_counted(tuple(_sentences(doc, people, teams, named))) for doc in docs]
    worth = _understood([each for some in told for each in some])
    if not any(worth):
        return [() for _ in docs]
    from pmlint.language.pipeline import parse_all  # imports spaCy

    parsed = parse_all((each.text for each in worth if each is not None), model)
    left = iter(worth)
    return [
        tuple(placed for _ in some if (each := next(left)) is not None for placed in _placed(each, next(parsed)))
        for some in told
    ]


_LEAST = 0.15
"""A sentence that the transformer holds for less likely to be blame is not parsed."""
_CAPITAL = re.compile(r"(?<!^)(?<![.:!?*#|] )\b[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]")


def _understood(told: Sequence[_Sentence]) -> list[_Sentence | None]:
    """Each sentence that is worth a parse, with what the transformer makes of it; None for the others."""
    if not told:
        return []
    from pmlint.language.prefilter import likely, suspicious, with_cue  # imports numpy

    by_words = likely([(each.section, each.text) for each in told])
    sure = with_cue([each.text for each in told])
    cues = [at in sure for at in range(len(told))]
    asked = [
        cue or value >= suspicious(each.context.length) for each, value, cue in zip(told, by_words, cues, strict=True)
    ]
    suspect = [each for each, ask in zip(told, asked, strict=True) if ask]
    meanings: Iterator[Meaning] = iter(())
    if suspect:
        from pmlint.language.meaning import read_all  # imports onnxruntime

        meanings = iter(read_all([(each.section, each.text) for each in suspect]))
    found: list[_Sentence | None] = []
    for each, ask, cue in zip(told, asked, cues, strict=True):
        meaning = next(meanings) if ask else None
        named = each.context.named and _CAPITAL.search(each.text) is not None
        worth = named or cue or (meaning is not None and meaning.blame >= _LEAST)
        found.append(replace(each, context=replace(each.context, meaning=meaning)) if worth else None)
    return found


def _counted(told: tuple[_Sentence, ...]) -> tuple[_Sentence, ...]:
    """The sentences of one document, each with how many they are."""
    return tuple(replace(each, context=replace(each.context, length=len(told))) for each in told)


def _placed(each: _Sentence, grammar: "Doc") -> Iterator[Placed]:
    from pmlint.language.judge import judge  # many modules, which only a run that reads has a use for

    whole = each.prose.span(each.start, each.start + len(each.text))
    for found in judge(grammar, each.context):
        told = replace(found, reason=_as_written(found.reason, each), instead=_as_written(found.instead, each))
        yield Placed(told, each.prose.span(each.start + found.start, each.start + found.end), whole)


def _as_written(told: str, each: _Sentence) -> str:
    """Words that were taken from the sentence, with the code and quotations in them that the pipeline did not get."""
    if "xx" in told:
        for hidden in sorted(
            _FOREIGN.finditer(each.prose.voice, each.start, each.start + len(each.text)), key=_length, reverse=True
        ):
            told = told.replace("x" * _length(hidden), each.prose.text[hidden.start() : hidden.end()], 1)
    return told


def _length(found: "re.Match[str]") -> int:
    return len(found[0])


# Times and names at the head of an entry belong to no sentence: "09:55 UTC – ", "[10:02] ", "**14:03**: ".
_LEAD = re.compile(
    r"(?:[\s\-–—*•|:,.]|\[[ xX]\]|\[[^\]\n]{1,20}\]|\(?~?\d{1,4}(?:[-/.]\d{1,2}){1,2}T?\)?|\(?~?\d{1,2}[:.h]\d{2}(?::\d{2})?(?:\s?[ap]\.?m\.?)?\)?Z?|\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b"
    r"|\b(?:UTC|GMT|CET|CEST|EST|EDT|PST|PDT|BST|IST|JST|AM|PM|am|pm|T\+\d+m?)\b)+"
)


def lead(text: str, start: int, end: int) -> int:
    """Where a sentence that stands in `text[start:end]` begins, its time and bullet left out."""
    found = _LEAD.match(text, start, end)
    return found.end() if found else start


_FOREIGN = re.compile("\ufffc+")
_BEFORE = 600
"""Characters before a sentence in which somebody may stand whom "they" means; more would make a long paragraph costly."""
_SHORTEST = 12
"""Characters of a sentence that may say something of somebody."""


def _sentences(doc: Postmortem, people: Sequence[str], teams: Sequence[str], named: bool) -> Iterator[_Sentence]:
    from pmlint.language.judge import Context

    known: People | None = None
    for prose, part in _texts(doc):
        if not prose.text.strip():
            continue
        kinds = frozenset(str(kind) for kind in doc.kinds_at(prose.span().start))
        section = min(kinds & PLACES, default="")
        # Code and quotations stand as one word of the same length, so that grammar and places stay whole.
        text = _FOREIGN.sub(lambda found: "x" * len(found[0]), prose.voice).replace("\n", " ")
        for span in sentences(text):
            start = lead(text, span.start, span.end)
            if span.end - start < _SHORTEST:
                continue
            if known is None:
                known = _people(doc, people, teams)
            yield _Sentence(
                text[start : span.end],
                prose,
                start,
                section,
                Context(known, text[max(0, span.start - _BEFORE) : span.start], part == "headings", named, kinds),
            )


# Front matter that tells what happened, where a document keeps its summary there.
_TELLING = frozenset(
    {"summary", "description", "root_cause", "cause", "impact", "abstract", "tldr", "resolution", "trigger"}
)


def _texts(doc: Postmortem) -> Iterator[tuple[Prose, str]]:
    """The author's text with the sort of place it stands in: passages, and what the front matter tells."""
    for entry in doc.metadata:
        told = (entry.name or entry.key).strip().casefold().replace(" ", "_") in _TELLING
        if (
            told
            and entry.origin == "front matter"
            and doc.source.text[entry.span.start : entry.span.end] == entry.value
        ):
            whole = Segment(0, len(entry.value), entry.span.start, entry.span.end)
            yield Prose(entry.value, (whole,), found_marks(entry.value, []), entry.span.start), "prose"
    for passage in passages(doc):
        yield passage.prose, passage.part


def _people(doc: Postmortem, people: Sequence[str], teams: Sequence[str]) -> People:
    """Everybody whom the document names as a person by itself."""
    names = [fact.value for fact in (*doc.authors, *doc.reviewers)]
    names += [role.name for role in doc.roles if role.name]
    names += [owner for action in doc.actions for owner in action.owners]
    names += [event.actor for event in doc.timeline.events if event.actor]
    return People.of([*names, *people], teams, doc.source.text)
