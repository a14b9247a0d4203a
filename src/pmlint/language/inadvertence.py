"""Deeds that nobody meant, by the words that say so: "accidentally deleted", "by mistake", "the accidental deletion"."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pmlint.language import scheme
from pmlint.language.agents import Agent, Who
from pmlint.language.agents import who as agent_of
from pmlint.language.clause import reach
from pmlint.language.deeds import actor, is_told
from pmlint.language.judgement import Judgement, Kind
from pmlint.language.lexicon import phrase, table

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from pmlint.language.judge import Context

_NOT_YET = re.compile(
    r"(?i)\b(?:prevent\w*|avoid\w*|stop\w*|protect\w*|guard\w*|against|ensur\w+|risk|risks|easy to|easier to|harder to|impossible to)\W+(?:[\w-]+\W+){0,7}$"
    r"|\b(?:never|not|no|without|can|could|may|might|cannot|would|nobody)\W+(?:[\w-]+\W+){0,2}$"
)


def inadvertent(doc: "Doc", context: "Context") -> Iterator[Judgement]:
    """ "accidentally deleted", "by mistake", "the accidental deletion": nobody meant it, and yet somebody is meant."""
    for tok in doc:
        if tok.lower_ in table("manner", "inadvertent"):
            yield from _unmeant(tok, tok.head if tok.head.i != tok.i else tok, tok.text, context)
        elif tok.lower_ in table("manner", "accidental") and re.search(  # noqa: SIM102 -- two questions, each long
            r"(?:tion|sion|ing|al|ure|ment|ease|upload|merge|push|commit|delete|change|drop)s?$", tok.head.lower_
        ):
            if not _NOT_YET.search(doc.text[max(0, tok.idx - 80) : tok.idx]) and tok.head.tag_.startswith(
                ("NN", "VBG")
            ):
                yield Judgement(
                    Kind.INADVERTENCE,
                    tok.idx,
                    tok.head.idx + len(tok.head.text),
                    None,
                    tok.text,
                    f"'{tok.text}' says that somebody did it without meaning to",
                    "inadvertence",
                    0.75,
                )
    for found in phrase("manner", "inadvertent_phrases").finditer(doc.text):
        at = next((tok for tok in doc if tok.idx >= found.start()), None)
        if at is not None and not _is_a_state(at, context):
            verb = at
            for _ in range(6):
                if (verb.tag_.startswith("VB") and verb.i < at.i) or verb.head.i == verb.i:
                    break
                verb = verb.head
            yield from _unmeant(at, verb, found[0], context)


def _is_a_state(word: "Token", context: "Context") -> bool:
    """ "the site was in error": how something stood, and not how it was done."""
    if word.i + 1 >= len(word.doc):
        return False
    noun = word.nbor(1)
    subject = scheme.subject(noun)
    stands = any(child.dep_ == "cop" for child in noun.children)
    return stands and subject is not None and not agent_of(subject, context.people, context.before).who.is_ours


def _is_wondered(doc: "Doc", verb: "Token") -> bool:
    """ "I wonder if something got changed accidentally": a suspicion, which points at somebody all the same."""
    return (
        re.search(
            r"(?i)\b(?:wonder(?:ed|ing)?|suspect\w*|guess|maybe|perhaps) (?:if|whether|that)?", doc.text[: verb.idx]
        )
        is not None
    )


def _unmeant(word: "Token", verb: "Token", said: str, context: "Context") -> Iterator[Judgement]:
    doc = word.doc
    # The adverb stands beside its verb; what the parse hangs it on may be another.
    near = [*doc[word.i + 1 : word.i + 4], *reversed(doc[max(0, word.i - 12) : word.i])]
    if not verb.tag_.startswith("VB") or not _is_told_by(verb, word):
        verb = next((tok for tok in near if tok.tag_ in ("VBD", "VBN", "VBZ", "VBG") and tok.pos_ == "VERB"), verb)
    if not (is_told(verb) or _is_wondered(doc, verb)) or _NOT_YET.search(
        doc.text[max(0, word.idx - 70) : min(word.idx, verb.idx)]
    ):
        return
    who = actor(verb, context.people, context.before)
    if who is None or not verb.tag_.startswith("VB"):
        helped = any(
            tok.lower_ in ("was", "were", "been", "being", "got", "get", "is", "are")
            for tok in doc[max(0, word.i - 3) : word.i]
        )
        who = Agent(Who.IMPLIED, "", word.idx, word.idx) if helped else _somebody_before(word, context)
    if who is None or not (who.who.is_ours or who.who is Who.IMPLIED) or (who.doubtful and who.who is Who.TEAM):
        return
    start, end = reach(verb)
    start, end = min(start, word.idx), max(end, word.idx + len(said))
    if who.text:
        start, end = min(start, who.start), max(end, who.end)
    told = f"'{said}' says that '{who.text}' did it" if who.text else f"'{said}' says that somebody did it"
    sure = 0.9 if who.who.is_ours else 0.85
    yield Judgement(
        Kind.INADVERTENCE,
        start,
        end,
        who if who.text else None,
        said,
        f"{told} without meaning to",
        "inadvertence",
        sure,
    )


def _is_told_by(verb: "Token", word: "Token") -> bool:
    return abs(verb.i - word.i) <= 12


def _somebody_before(word: "Token", context: "Context") -> Agent | None:
    """Somebody right before an adverb whose verb the parse did not find."""
    at = word.i - 1
    while at >= 0 and word.doc[at].pos_ in ("ADV", "AUX", "PART", "PUNCT"):
        at -= 1
    if at < 0:
        return None
    found = agent_of(word.doc[at], context.people, context.before)
    return found if found.who.is_ours and found.who is not Who.NAME else None
