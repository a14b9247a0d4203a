"""From documents to judgements: which sentences to read, reading them in one batch, and where each finding stands."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from pmlint.document.model import Postmortem
from pmlint.document.sentences import Part, passages, sentences
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


class _Passage(Struct, frozen=True):
    """A stretch of text, and what its sentences have in common."""

    prose: Prose
    text: str
    """The author's own words, what is not theirs made a single word."""
    heading: bool
    kinds: frozenset[str]
    """Of the sections around it."""
    section: str
    cues: tuple[str, ...]
    """Pieces of words of which a sentence that says by itself that it is worth a parse has one, in lower case."""


class _Sentence(Struct, frozen=True):
    """One sentence that is worth a look."""

    passage: _Passage
    text: str
    """What the pipeline gets."""
    begins: int
    """Where it begins in the text of its passage, and where without the time in front of it."""
    start: int

    @property
    def may_be_sure(self) -> bool:
        """Whether a word may stand in it that says by itself that it is worth a parse."""
        cues = self.passage.cues
        return bool(cues) and any(map(self.text.lower().__contains__, cues))


def judgements(
    docs: Sequence[Postmortem],
    *,
    model: str | None = None,
    teams: Sequence[str] = (),
    people: Sequence[str] = (),
    named: bool = False,
) -> list[tuple[Placed, ...]]:
    """What each document says of whom, in order of place; the pipeline is loaded only if some sentence needs it."""
    told = [list(_sentences(doc)) for doc in docs]
    worth = _understood(told, named)
    if not any(worth):
        return [() for _ in docs]
    from pmlint.language.pipeline import parse_all  # imports spaCy

    parsed = parse_all((each.text for some in worth for each, _ in some), model, names=named)
    found = []
    for doc, some, all_of_it in zip(docs, worth, told, strict=True):
        known = _people(doc, people, teams) if some else People()
        placed: list[Placed] = []
        for each, meaning in some:
            placed += _placed(each, next(parsed), _context(each, known, named, len(all_of_it), meaning))
        found.append(tuple(placed))
    return found


def _context(each: _Sentence, people: People, named: bool, length: int, meaning: Meaning | None) -> "Context":
    from pmlint.language.judge import Context  # many modules, which only a run that reads has a use for

    passage = each.passage
    before = passage.text[max(0, each.begins - _BEFORE) : each.begins]
    labels = _LABEL.findall(before + each.text[:_LEAD_IN]) if ":" in before[-_BEFORE:] + each.text[:_LEAD_IN] else []
    kinds = passage.kinds
    if labels and _PRAISES.match(labels[-1]):
        kinds |= {"went_well"}
    elif labels and {"went_well", "went_wrong"} <= kinds:
        kinds -= {"went_well"}
    return Context(people, before, passage.heading, named, kinds, length, meaning)


_LEAD_IN = 40
# A part of the review that is only a label within a paragraph: "What went well: … What went less well: …".
_LABEL = re.compile(r"(?i)\b(?:what )?(?:went|worked|helped|did|could|positives?|negatives?)\b[^.:;!?]{0,24}:")
_PRAISES = re.compile(r"(?i)(?:what )?(?:(?:went|worked) (?:well|right|for us)|worked|helped|positives?)\s*:")


_LEAST = 0.15
"""A sentence that the transformer holds for less likely to be blame is not parsed."""
_CAPITAL = re.compile(r"(?<!^)(?<![.:!?*#|] )\b[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]")


def _understood(told: list[list[_Sentence]], named: bool) -> list[list[tuple[_Sentence, Meaning | None]]]:
    """Of each document the sentences that are worth a parse, with what the transformer makes of them."""
    every = [each for some in told for each in some]
    if not every:
        return [[] for _ in told]
    from pmlint.language.prefilter import likely, suspicious, with_cue  # imports numpy

    by_words = likely([(each.passage.section, each.text) for each in every])
    perhaps = [at for at, each in enumerate(every) if each.may_be_sure]
    sure = {perhaps[at] for at in with_cue([every[at].text for at in perhaps])}
    least = [suspicious(len(some)) for some in told for _ in some]
    suspect = [at for at in range(len(every)) if by_words[at] >= least[at] or at in sure]
    meanings: dict[int, Meaning] = {}
    if suspect:
        from pmlint.language.meaning import read_all  # imports onnxruntime

        asked = [(every[at].passage.section, every[at].text) for at in suspect]
        meanings = dict(zip(suspect, read_all(asked), strict=True))
    found, numbers = [], iter(range(len(every)))
    for some in told:
        worth = []
        for each, at in zip(some, numbers, strict=False):
            meaning = meanings.get(at)
            blames = at in sure or (meaning is not None and meaning.blame >= _LEAST)
            if blames or (named and _CAPITAL.search(each.text)):
                worth.append((each, meaning))
        found.append(worth)
    return found


def _placed(each: _Sentence, grammar: "Doc", context: "Context") -> Iterator[Placed]:
    from pmlint.language.judge import judge

    prose = each.passage.prose
    whole = prose.span(each.start, each.start + len(each.text))
    for found in judge(grammar, context):
        told = replace(found, reason=_as_written(found.reason, each), instead=_as_written(found.instead, each))
        yield Placed(told, prose.span(each.start + found.start, each.start + found.end), whole)


def _as_written(told: str, each: _Sentence) -> str:
    """Words that were taken from the sentence, with the code and quotations in them that the pipeline did not get."""
    if "xx" in told:
        prose = each.passage.prose
        foreign = _FOREIGN.finditer(prose.voice, each.start, each.start + len(each.text))
        for hidden in sorted(foreign, key=_length, reverse=True):
            told = told.replace("x" * _length(hidden), prose.text[hidden.start() : hidden.end()], 1)
    return told


def _length(found: "re.Match[str]") -> int:
    return len(found[0])


# Times, signs and names at the head of an entry belong to no sentence: "09:55 UTC – ", "[10:02] ", "👎 ".
_LEAD = re.compile(
    r"(?:[\s\-–—*•|:,.\u2190-\u2bff\u200d\ufe0f\U0001f000-\U0001faff]|\[[ xX]\]|\[[^\]\n]{1,20}\]|\(?~?\d{1,4}(?:[-/.]\d{1,2}){1,2}T?\)?|\(?~?\d{1,2}[:.h]\d{2}(?::\d{2})?(?:\s?[ap]\.?m\.?)?\)?Z?|\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b"
    r"|\b(?:UTC|GMT|CET|CEST|EST|EDT|PST|PDT|BST|IST|JST|AM|PM|am|pm|T\+\d+m?)\b)+"
)


def lead(text: str, start: int, end: int) -> int:
    """Where a sentence that stands in `text[start:end]` begins, its time and bullet left out."""
    found = _LEAD.match(text, start, end)
    return found.end() if found else start


_FOREIGN = re.compile("\ufffc+")
_BEFORE = 600
"""Characters before a sentence in which somebody may stand whom "they" means; more would make a long paragraph costly."""
_SHORTEST = 9
"""Characters of a sentence that may say something of somebody."""


def _sentences(doc: Postmortem) -> Iterator[_Sentence]:
    for passage in _passages(doc):
        text = passage.text
        for span in sentences(text):
            start = lead(text, span.start, span.end)
            if span.end - start >= _SHORTEST:
                yield _Sentence(passage, text[start : span.end], span.start, start)


def _passages(doc: Postmortem) -> Iterator[_Passage]:
    from pmlint.language.prefilter import cue_hints  # the lists of words, which only a run that reads has a use for

    hints = cue_hints()
    anywhere = _pieces(hints)
    here = _pieces(hints and hints & doc.hints.holders.keys())
    for prose in _front_matter(doc):
        yield _passage(prose, "prose", doc.kinds_at(prose.span().start), anywhere)
    for prose, part, kinds in passages(doc):
        if not prose.text.isspace():
            yield _passage(prose, part, kinds, here)


def _pieces(hints: frozenset[str] | None) -> tuple[str, ...]:
    """What any word holds that one of `hints` stands for; where they cannot be told, what every text holds."""
    return ("",) if hints is None else tuple(hint.rstrip("*") for hint in hints)


def _passage(prose: Prose, part: Part, kinds: frozenset[str], cues: tuple[str, ...]) -> _Passage:
    # Code and quotations stand as one word of the same length, so that grammar and places stay whole.
    text = prose.voice if not prose.marks else _FOREIGN.sub(lambda found: "x" * len(found[0]), prose.voice)
    text = text.replace("\n", " ")
    return _Passage(prose, text, part == "headings", kinds, min(kinds & PLACES, default=""), cues)


# Front matter that tells what happened, where a document keeps its summary there.
_TELLING = frozenset(
    {"summary", "description", "root_cause", "cause", "impact", "abstract", "tldr", "resolution", "trigger"}
)


def _front_matter(doc: Postmortem) -> Iterator[Prose]:
    """What the front matter tells, as text with its places."""
    for entry in doc.metadata:
        if entry.origin != "front matter":
            continue
        told = (entry.name or entry.key).strip().casefold().replace(" ", "_") in _TELLING
        if told and doc.source.text[entry.span.start : entry.span.end] == entry.value:
            whole = Segment(0, len(entry.value), entry.span.start, entry.span.end)
            yield Prose(entry.value, (whole,), found_marks(entry.value, []), entry.span.start)


def _texts(doc: Postmortem) -> Iterator[tuple[Prose, str]]:
    """The author's text with the sort of place it stands in: what the front matter tells, and passages."""
    yield from ((prose, "prose") for prose in _front_matter(doc))
    yield from ((each.prose, each.part) for each in passages(doc))


def _people(doc: Postmortem, people: Sequence[str], teams: Sequence[str]) -> People:
    """Everybody whom the document names as a person by itself."""
    names = [fact.value for fact in (*doc.authors, *doc.reviewers)]
    names += [role.name for role in doc.roles if role.name]
    names += [owner for action in doc.actions for owner in action.owners]
    names += [event.actor for event in doc.timeline.events if event.actor]
    return People.of([*names, *people], teams, doc.source.text)
