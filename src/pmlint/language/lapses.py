"""What makes a deed a lapse: the verb itself, its denial, its manner, its object."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from pmlint.language import scheme
from pmlint.language.agents import Who
from pmlint.language.deeds import Deed
from pmlint.language.lexicon import is_error, listed, phrase, table, tables

if TYPE_CHECKING:
    from spacy.tokens import Token


class Lapse(NamedTuple):
    """Why a deed counts as a lapse."""

    sort: str
    word: str
    """The words that decided it."""
    sure: float


_SORTS = ("omission", "error", "judgement", "breaking")
# What people deny of themselves and others without blame: "could not see", "did not have to".
_HOLLOW = frozenset({"only", "just", "merely", "necessarily"})


def lapse(deed: Deed) -> Lapse | None:
    """Why `deed` is a lapse, if it is one; the surest reason first."""
    if not deed.told:
        return None
    return next(_lapses(deed), None)


def _lapses(deed: Deed) -> Iterator[Lapse]:
    verb = deed.verb
    if deed.negation is None:
        yield from _own(deed)
        yield from _idiom(deed)
        yield from _lacking(deed)
        yield from _manner(deed)
        yield from _without(deed)
        yield from _belief(deed)
    else:
        yield from _denied(deed)


def _own(deed: Deed) -> Iterator[Lapse]:
    """The verb says it: forgot, overlooked, misread."""
    verb = deed.verb
    if verb.pos_ not in ("VERB", "AUX") and not verb.tag_.startswith("VB"):
        return
    for sort in _SORTS:
        name = listed(verb, table("lapse", sort))
        if name:
            yield Lapse(sort, name, 0.9)
            return
    if is_error(verb.lemma_.lower()):
        yield Lapse("error", verb.text, 0.9)


def _idiom(deed: Deed) -> Iterator[Lapse]:
    verb = deed.verb
    found = phrase("idioms", "lapse").match(verb.doc.text, verb.idx)
    if found:
        yield Lapse("idiom", found[0], 0.85)


def _lacking(deed: Deed) -> Iterator[Lapse]:
    """An adjective says it: unaware, inexperienced."""
    verb = deed.verb
    if verb.pos_ in ("ADJ", "VERB", "ADV") and verb.lower_ in table("knowledge", "lacking") and deed.actor.who is not Who.IMPLIED:
        yield Lapse("quality", verb.text, 0.8)
    if verb.lower_ in table("knowledge", "sure") and any(child.dep_ in ("ccomp", "xcomp", "advcl") for child in verb.children):
        yield Lapse("belief", verb.text, 0.7)


def _denied(deed: Deed) -> Iterator[Lapse]:
    """A denial says it: did not check, never asked, was not aware."""
    verb, actor = deed.verb, deed.actor
    lemma = verb.lemma_.lower()
    no = deed.negation.text if deed.negation is not None else ""
    if any(child.lower_ in _HOLLOW for child in verb.children):
        return
    if actor.who is Who.IMPLIED:
        return
    if verb.pos_ in ("ADJ", "VERB") and verb.lower_ in table("knowledge", "having"):
        yield Lapse("denial", f"{no} {verb.text}", 0.85)
        return
    if listed(verb, table("knowledge", "verbs")):
        yield Lapse("denial", f"{no} {verb.text}", 0.85)
        return
    if listed(verb, table("care", "verbs")):
        yield Lapse("denial", f"{no} {verb.text}", 0.85)
        return
    if actor.who in (Who.WE, Who.VENDOR) or lemma in table("care", "never"):
        return
    if verb.pos_ == "VERB" or verb.tag_.startswith("VB"):
        yield Lapse("denial", f"{no} {verb.text}", 0.7)


def _without(deed: Deed) -> Iterator[Lapse]:
    """Something left undone beside it: "without testing", "instead of asking", "rather than wait"."""
    verb = deed.verb
    for clause in scheme.clauses(verb):
        if clause.opener in ("without", "instead of", "rather than", "instead", "rather", "despite", "in spite of") and clause.verb.i > verb.i:
            yield Lapse("without", f"{clause.opener} {clause.verb.text}", 0.85)
            return
        if clause.opener == "without" and clause.verb.i < verb.i:
            yield Lapse("without", f"{clause.opener} {clause.verb.text}", 0.8)
            return
    for found in scheme.phrases(verb):
        if found.preposition == "without" and found.noun.lemma_.lower() in table("care", "nouns"):
            yield Lapse("without", f"without {found.noun.text}", 0.8)
            return
        if found.preposition in ("instead of", "rather than") and found.noun.i > verb.i:
            yield Lapse("without", f"{found.preposition} {found.noun.text}", 0.75)
            return


def _manner(deed: Deed) -> Iterator[Lapse]:
    verb = deed.verb
    for child in verb.children:
        if child.dep_ in ("advmod", "npadvmod", "obl") and child.lower_ in table("manner", "adverbs"):
            yield Lapse("manner", child.text, 0.85)
            return
    for obj in [*scheme.objects(verb), *(found.noun for found in scheme.phrases(verb))]:
        for child in obj.children:
            if child.dep_ == "amod" and child.lower_ in ("wrong", "incorrect", "erroneous", "stale", "outdated", "uncommitted", "untested", "unreviewed"):
                yield Lapse("manner", f"{child.text} {obj.text}", 0.8)
                return
    end = _reach(verb)
    found = phrase("manner", "phrases").search(verb.doc.text, verb.idx, end)
    if found and not deed.passive:
        yield Lapse("manner", found[0], 0.75)


def _reach(verb: "Token") -> int:
    """Where the verb's own clause ends: before a joined or subordinate one."""
    last = verb
    for tok in verb.doc[verb.i + 1 :]:
        if tok.lower_ in (",", ";", ":", "because", "and", "but", "so", "which", "while", "since", "–", "—"):
            break
        last = tok
    return last.idx + len(last.text)


def _belief(deed: Deed) -> Iterator[Lapse]:
    """Somebody thought something; that it was wrong goes without saying."""
    verb = deed.verb
    lemma = verb.lemma_.lower()
    if deed.actor.who is Who.IMPLIED or deed.passive:
        return
    if lemma in ("assume", "presume", "reckon", "suppose") or (lemma in ("think", "believe") and deed.past):
        if any(child.dep_ in ("ccomp", "xcomp", "obj", "dobj") for child in verb.children):
            yield Lapse("belief", verb.text, 0.65)
