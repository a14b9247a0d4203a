"""Reads one sentence: every clause in it that blames somebody, with the reason for reading it so."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pmlint.language.agents import Agent, People, Who
from pmlint.language.deeds import Deed, deeds
from pmlint.language.judgement import Judgement, Kind
from pmlint.language.lapses import Lapse, lapse
from pmlint.language.lexicon import phrase, table

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


@dataclass(frozen=True)
class Context:
    """What the sentence stands in."""

    people: People = People()
    before: str = ""
    """The text of its paragraph up to it."""
    sections: frozenset[str] = frozenset()
    score: float | None = None
    """How likely a classifier holds it to be blame; None where none was asked."""


def judge(doc: "Doc", context: Context) -> list[Judgement]:
    """The judgements on one parsed sentence, in order, no two about one clause."""
    found = [*_lapses(doc, context)]
    return _apart(found)


def _lapses(doc: "Doc", context: Context) -> Iterator[Judgement]:
    for deed in deeds(doc, context.people, context.before):
        if not deed.actor.who.is_ours:
            continue
        why = lapse(deed)
        if why is None:
            continue
        yield _lapse(deed, why)


def _lapse(deed: Deed, why: Lapse) -> Judgement:
    start, end = clause(deed)
    told = f"'{deed.actor.text}' is {'the one who did what' if deed.passive else 'the subject of'} '{deed.verb.text}'"
    return Judgement(Kind.LAPSE, start, end, deed.actor, why.word, told, "passive" if deed.passive else "active", why.sure)


def clause(deed: Deed) -> tuple[int, int]:
    """From the one who did it to the end of what was done."""
    verb = deed.verb
    inner = {tok.i for tok in _core(verb)}
    first = min(inner)
    last = max(inner)
    doc = verb.doc
    start, end = doc[first].idx, doc[last].idx + len(doc[last].text)
    if deed.actor.text and deed.actor.start >= 0:
        start, end = min(start, deed.actor.start), max(end, deed.actor.end)
    return start, end


_OUTSIDE = frozenset({"conj", "parataxis", "punct", "cc", "discourse", "list"})


def _core(verb: "Token") -> "Iterator[Token]":
    yield verb
    for child in verb.children:
        if child.dep_ in _OUTSIDE or (child.dep_ == "advcl" and child.i < verb.i) or (child.dep_ in ("mark", "obl", "advmod") and child.i < verb.i):
            continue
        yield from (tok for tok in child.subtree if not tok.is_punct)


def _apart(found: list[Judgement]) -> list[Judgement]:
    """One finding for one fault: where clauses overlap, the surest stands."""
    kept: list[Judgement] = []
    for each in sorted(found, key=lambda one: -one.sure):
        if not any(each.start < other.end and other.start < each.end for other in kept):
            kept.append(each)
    return sorted(kept, key=lambda one: one.start)
