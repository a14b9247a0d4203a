"""Somebody singled out as the one: "it was X who", "what took it down was X's change", "the weak link was X"."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pmlint.language import scheme
from pmlint.language.agents import Agent, People, Who, who
from pmlint.language.attribution import holder, is_innocent
from pmlint.language.judgement import Judgement, Kind
from pmlint.language.lexicon import is_error, listed, table

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_BLAMED = frozenset({Who.PERSON, Who.TEAM, Who.VENDOR})
_BE = r"(?:was|is|were|are|had been|has been|must have been|turned out to be|proved to be)"
# "It was the operator who had …", "it was his change that took …"
_CLEFT = re.compile(
    rf"(?i)\b(?:it|this|that) {_BE} (?:once (?:more|again) |again |only |evidently |apparently )?(?=[\w’'@])"
)
# "What brought it down was …", "the one who did it was …"
_PSEUDO = re.compile(
    rf"(?i)(?:^|[;:,.] |\bthat )(?:what|the (?:thing|one) (?:that|who)|whoever) (?:[\w’'-]+ ){{1,12}}?(?P<be>{_BE}) (?=[\w’'@])"
)
# "The weak link was the reviewer", "the culprit here was …"
_LINK = re.compile(
    rf"(?i)\b(?:weak(?:est)? (?:link|point|spot)|culprit|guilty party|real (?:issue|problem|cause|reason)|one to blame|person to blame)(?: [\w’'-]+){{0,5}}? {_BE} (?:once (?:more|again) |again )?(?=[\w’'@])"
)


_WANTING = re.compile(r"(?i)\b(?:lack\w*|miss\w*|need\w*|want\w*|mean\w*|meant|follow\w*)\b")


def singled(doc: "Doc", people: People, before: str) -> Iterator[Judgement]:
    """Whoever is put in the place of what was to be explained."""
    for pattern, relative in ((_CLEFT, True), (_PSEUDO, False), (_LINK, False)):
        for found in pattern.finditer(doc.text):
            if is_innocent(doc, found.start()) or _WANTING.search(found[0]):
                continue
            noun = _head(doc, found.end())
            if noun is None:
                continue
            agent, whose = _meant(noun, people, before, anything=relative)
            if agent is None:
                continue
            end = max(noun.idx + len(noun.text), agent.end)
            if relative:
                verb = _told_of(noun)
                if verb is None or _is_harmless(verb):
                    continue
                end = verb.idx + len(verb.text)
            elif pattern is _PSEUDO and _is_harmless(_verb_after(doc, found.start())):
                continue
            yield Judgement(
                Kind.CAUSE,
                found.start() + len(found[0]) - len(found[0].lstrip(" ;:,.")),
                end,
                agent,
                found[0].strip(" ;:,."),
                f"'{agent.text}' is singled out as {'whose it was' if whose else 'the one'}",
                "cleft",
                0.75,
            )


def _meant(noun: "Token", people: People, before: str, *, anything: bool) -> tuple[Agent | None, bool]:
    """Who stands there: somebody, or somebody by what they did."""
    agent = who(noun, people, before)
    called = agent.who is Who.NAME and noun.i + 1 < len(noun.doc) and noun.nbor(1).lower_ == "who"
    if called or (agent.who in _BLAMED and not (agent.doubtful and agent.who is Who.TEAM)):
        return agent, False
    lemma = noun.lemma_.lower()
    whose = holder(noun) if lemma in table("noun", "doing") | table("noun", "lapse") else scheme.owner(noun)
    if whose is None or whose.i == noun.i or lemma in table("singled", "views"):
        return None, False
    if not (anything or is_error(lemma) or lemma in table("noun", "doing") | table("noun", "lapse")):
        return None, False
    agent = who(whose, people, before)
    return (agent if agent.who in _BLAMED and not agent.doubtful else None), True


def _head(doc: "Doc", at: int) -> "Token | None":
    """The last word of the noun phrase that begins at `at`."""
    last = None
    for tok in doc:
        if tok.idx < at:
            continue
        if tok.pos_ in ("NOUN", "PROPN", "PRON") and tok.lower_ not in ("who", "that", "which", "what", "when"):
            last = tok
        elif last is not None and tok.lower_ not in ("-", "'s", "’s") and tok.pos_ not in ("ADJ", "NUM"):
            break
        elif last is None and tok.pos_ not in _BEFORE_A_NOUN and tok.tag_ not in ("VBG", "VBN") and tok.lower_ != "-":
            return None
    return last


_BEFORE_A_NOUN = frozenset({"DET", "ADJ", "NUM", "ADV", "PRON"})


def _told_of(noun: "Token") -> "Token | None":
    """The verb of the relative clause that follows: "who had taken it out"."""
    doc = noun.doc
    start = next(
        (tok for tok in doc[noun.i + 1 : noun.i + 14] if tok.lower_ in ("who", "that", "whose", "which")), None
    )
    return _verb_after(doc, start.idx) if start is not None else None


def _verb_after(doc: "Doc", at: int) -> "Token | None":
    return next(
        (
            tok
            for tok in doc
            if tok.idx > at
            and tok.tag_ in ("VBD", "VBN", "VBZ", "VB")
            and tok.pos_ == "VERB"
            and tok.lower_ not in _HELPING
        ),
        None,
    )


_HELPING = frozenset({"had", "has", "have", "was", "were", "did", "been"})


def _is_harmless(verb: "Token | None") -> bool:
    """Whether what is told of them mends, finds or helps, or is what people do all day."""
    if verb is None:
        return True
    return listed(verb, table("singled", "helping")) != ""
