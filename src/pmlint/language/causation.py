"""Somebody named as the cause: by what they did, by a noun that it is put down to, or outright."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pmlint.language import scheme
from pmlint.language.agents import People, Who, who
from pmlint.language.attribution import holder, is_innocent, of_noun
from pmlint.language.deeds import Deed, is_told
from pmlint.language.judgement import Judgement, Kind
from pmlint.language.lexicon import is_error, listed, phrase, table

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

CAUSES = frozenset({"root_cause", "contributing_factors", "trigger", "five_whys"})


def cause(deed: Deed, sections: frozenset[str]) -> Judgement | None:
    """Somebody who did harm, told where causes are told."""
    verb, actor = deed.verb, deed.actor
    if (
        not actor.who.is_ours
        or actor.who is Who.WE
        or (actor.doubtful and actor.who is Who.TEAM)
        or deed.negation is not None
        or not deed.told
        or not deed.past
    ):
        return None
    text = verb.doc.text
    if phrase("harm", "purpose").search(text, verb.idx):
        return None
    things = [*scheme.objects(verb), *([scheme.passive_subject(verb)] if deed.passive else [])]
    objects = {thing.lemma_.lower() for thing in things if thing is not None}
    if listed(verb, table("harm", "causing")) and objects & table("harm", "objects"):
        return _deed(deed, "is said to have caused it", 0.85)
    if not sections & (CAUSES | {"summary", "impact", "went_wrong"}):
        return None
    if actor.who in (Who.VENDOR, Who.NAME) or not sections & (CAUSES | {"summary"}):
        return None
    words = {tok.lemma_.lower() for thing in things if thing is not None for tok in thing.subtree}
    if listed(verb, table("harm", "verbs")) and (objects & table("harm", "valuable") or _valuable_after(verb)):
        return _deed(deed, "did the harm", 0.7)
    if listed(verb, table("harm", "losing")) and words & table("harm", "precious") and actor.who is Who.PERSON:
        return _deed(deed, "did the harm", 0.65)
    near = {tok.lemma_.lower() for tok in verb.doc[verb.i + 1 : verb.i + 7]}
    if (
        listed(verb, table("harm", "disabling"))
        and (objects or near) & table("harm", "safeguards")
        and actor.who is Who.PERSON
        and sections & CAUSES
    ):
        return _deed(deed, "took away what protects", 0.65)
    return None


def _valuable_after(verb: "Token") -> bool:
    """Whether what matters follows, where the parse did not make it the object: "took down anycast"."""
    return not scheme.objects(verb) and any(
        tok.lower_ in table("harm", "valuable") for tok in verb.doc[verb.i + 1 : verb.i + 5]
    )


def _deed(deed: Deed, told: str, sure: float) -> Judgement:
    from pmlint.language.clause import reach

    start, end = reach(deed.verb)
    if deed.actor.text:
        start, end = min(start, deed.actor.start), max(end, deed.actor.end)
    return Judgement(Kind.CAUSE, start, end, deed.actor, deed.verb.text, f"'{deed.actor.text}' {told}", "cause", sure)


def named_cause(doc: "Doc", people: People, before: str, sections: frozenset[str]) -> Iterator[Judgement]:
    """ "was caused by an operator", "the cause was the administrator's decision", "because of the intern"."""
    if sections & (CAUSES | {"summary", "went_wrong", "impact", "lessons"}):
        yield from _linked(doc, people, before)
        yield from _pointed(doc, people, before)
    for tok in doc:
        yield from _led_to(tok, people, before)
        lemma = tok.lemma_.lower()
        if (
            lemma in ("cause", "trigger", "introduce", "produce", "break", "create")
            and tok.tag_ == "VBN"
            and is_told(tok)
        ):
            by = scheme.agent(tok)
            if by is not None and scheme.negation(tok) is None and (lemma in _HARMFUL or _is_harm(tok)):
                agent = who(by, people, before)
                if agent.who.is_ours and agent.who is not Who.WE:
                    yield of_noun(
                        Kind.CAUSE,
                        tok,
                        agent,
                        f"{tok.text} by",
                        f"'{agent.text}' is named as what '{tok.text}' it",
                        "passive",
                        0.85,
                    )
                    continue
        if lemma in table("noun", "cause") and tok.tag_.startswith("NN"):
            yield from _equated(tok, people, before)
        if lemma in table("noun", "doing"):
            yield from _doing(tok, people, before)


_HARMFUL = frozenset({"cause", "trigger", "break"})


def _is_harm(verb: "Token") -> bool:
    """Whether what was introduced or created is what nobody wants: a bug, an outage."""
    thing = scheme.passive_subject(verb) or scheme.described(verb)
    if thing is None:
        return False
    return thing.lower_ in ("this", "it", "that", "which") or any(
        tok.lemma_.lower() in table("harm", "objects") for tok in (thing, *thing.children)
    )


def _linked(doc: "Doc", people: People, before: str) -> Iterator[Judgement]:
    """ "was traced back to the intern", "due to the manager's decision": whoever stands after the link."""
    for found in phrase("causing", "links").finditer(doc.text):
        if (
            is_innocent(doc, found.start())
            or _is_praise(found[0], found.start())
            or _is_duty(doc, found[0], found.start())
        ):
            continue
        noun = _noun_after(doc, found.end())
        if noun is None:
            continue
        agent = who(noun, people, before)
        whose = None
        if not agent.who.is_ours:
            whose = holder(noun)
            lemma = noun.lemma_.lower()
            if whose is None or not (lemma in table("noun", "doing") | table("noun", "lapse") or is_error(lemma)):
                continue
            agent = who(whose, people, before)
        if agent.who not in (Who.PERSON, Who.TEAM, Who.VENDOR) or (agent.doubtful and agent.who is Who.TEAM):
            continue
        if any(child.dep_ == "compound" for child in noun.head.children if child.i == noun.i):
            continue
        end = max(agent.end, noun.idx + len(noun.text))
        yield Judgement(
            Kind.CAUSE, found.start(), end, agent, found[0], f"'{found[0]}' leads to '{agent.text}'", "link", 0.8
        )


def _is_praise(link: str, at: int) -> bool:
    """ "Thanks to a nurse who …": at the head of a sentence it thanks, later on it is meant in irony."""
    return at == 0 and link.lower().startswith("thanks")


_RESTS = re.compile(r"(?i)\b(?:lie|lies|lay|rest|rests|rested|sit|sits|belongs|falls|fell)\b")


def _is_duty(doc: "Doc", link: str, at: int) -> bool:
    """ "permission lies with the duty officer": what is somebody's to do, and no fault of theirs."""
    if _RESTS.search(link) is None:
        return False
    subject = doc.text[:at] + link
    what = _OF_SOMETHING.search(subject)
    return _FAULT.search(subject) is None or (what is not None and _HARM.search(what[1]) is None)


_FAULT = re.compile(
    r"(?i)\b(?:causes?|faults?|blame|errors?|mistakes?|responsibility|reasons?|origin|root|problem|culprit)\b"
)
_OF_SOMETHING = re.compile(r"(?i)\bresponsibility (?:for|of) (.*)")
_HARM = re.compile(
    r"(?i)\b(?:this|that|it|\w+ed|being|not|never|no|wrong|outages?|incidents?|failures?|errors?|mistakes?|loss\w*|breach\w*|delays?|downtime|leaks?|disruptions?|damages?)\b"
)


def _noun_after(doc: "Doc", at: int) -> "Token | None":
    """The head of the noun phrase that begins at `at`."""
    last = None
    for tok in doc:
        if tok.idx < at:
            continue
        if tok.pos_ in ("NOUN", "PROPN", "PRON"):
            last = tok
        elif last is not None and tok.lower_ not in ("-", "'s", "’s") and tok.pos_ not in ("ADJ", "NUM"):
            return last
        elif (
            last is None
            and tok.pos_ not in ("DET", "ADJ", "NUM", "ADV", "PRON")
            and tok.lower_ not in ("one", "of", "-", "on")
        ):
            return None
    return last


def _pointed(doc: "Doc", people: People, before: str) -> Iterator[Judgement]:
    """ "the reviewer was to blame": whoever stands before it."""
    for found in phrase("causing", "pointing").finditer(doc.text):
        if is_innocent(doc, found.start()):
            continue
        tok = next((each for each in doc if each.idx >= found.start()), None)
        noun = next(
            (
                each
                for each in reversed(doc[: tok.i if tok is not None else 0])
                if each.pos_ in ("NOUN", "PROPN", "PRON")
            ),
            None,
        )
        if tok is None or noun is None or tok.i - noun.i > 4 or any(each.is_punct for each in doc[noun.i : tok.i]):
            continue
        if _NO_ONE.search(doc.text, 0, noun.idx):
            continue
        agent = who(noun, people, before)
        if agent.who in (Who.PERSON, Who.TEAM, Who.VENDOR, Who.NAME):
            yield Judgement(
                Kind.CAUSE,
                agent.start,
                found.end(),
                agent,
                found[0],
                f"'{agent.text}' is said to be it: '{found[0]}'",
                "pointing",
                0.8,
            )


_NO_ONE = re.compile(r"(?i)\b(?:nobody|no one|none|neither|not one|nothing)\b")


def _led_to(noun: "Token", people: People, before: str) -> Iterator[Judgement]:
    """ "her change took the site down": somebody's deed as the subject of harm."""
    if noun.dep_ not in ("nsubj", "nsubjpass") or noun.lemma_.lower() not in table("noun", "doing") | table(
        "noun", "lapse"
    ):
        return
    verb = noun.head
    harmful = listed(verb, table("harm", "causing")) or listed(verb, table("harm", "verbs") | table("harm", "losing"))
    whose = scheme.owner(noun)
    if not harmful or whose is None or scheme.negation(verb) is not None or not is_told(verb):
        return
    agent = who(whose, people, before)
    if agent.who in (Who.PERSON, Who.VENDOR, Who.TEAM):
        yield of_noun(
            Kind.CAUSE,
            noun,
            agent,
            f"{noun.text} … {verb.text}",
            f"the {noun.text} of '{agent.text}' is what '{verb.text}' it",
            "possessive",
            0.7,
        )


def _equated(cause: "Token", people: People, before: str) -> Iterator[Judgement]:
    """ "the cause was X's decision", "responsibility lies with X"."""
    head = cause.head
    if cause.dep_ in ("nsubj", "nsubj:outer") and head.pos_ in ("NOUN", "PROPN") and not _is_in(head):
        whose = holder(head)
        agent = who(whose if whose is not None else head, people, before)
        if (
            agent.who.is_ours
            and agent.who is not Who.WE
            and scheme.negation(head) is None
            and (whose is not None or agent.who in (Who.PERSON,))
        ):
            yield of_noun(
                Kind.CAUSE,
                head,
                agent,
                cause.text,
                f"'{cause.text}' is said to be '{agent.text}'",
                "nominal",
                0.85,
                cause,
            )
    laid = next((child.lower_ for child in head.children if child.dep_ == "case"), "")
    if laid in ("with", "on") and cause.lemma_ in ("responsibility", "blame", "fault", "onus", "guilt"):
        agent = who(head, people, before)
        if agent.who.is_ours and scheme.negation(head) is None and not _is_duty(cause.doc, "lies with", head.idx):
            yield of_noun(
                Kind.CAUSE, head, agent, cause.text, f"'{cause.text}' is laid on '{agent.text}'", "nominal", 0.85, cause
            )
    if (
        head.lemma_ in ("lie", "rest", "belong", "be")
        and cause.dep_ in ("nsubj",)
        and not _is_duty(cause.doc, "lies with", head.idx)
    ):
        for each in scheme.phrases(head):
            if each.preposition in ("with", "at", "on"):
                agent = who(each.noun, people, before)
                if agent.who.is_ours and scheme.negation(head) is None:
                    yield of_noun(
                        Kind.CAUSE,
                        head,
                        agent,
                        cause.text,
                        f"'{cause.text}' is laid on '{agent.text}'",
                        "nominal",
                        0.85,
                        cause,
                    )


def _is_in(noun: "Token") -> bool:
    """ "the fault was in a template of the agency": where it was, and not whose."""
    return any(
        child.dep_ == "case" and child.lower_ in ("in", "inside", "within", "at", "on") for child in noun.children
    )


def _doing(noun: "Token", people: People, before: str) -> Iterator[Judgement]:
    """ "because of the manager's decision to", "due to X's change", "the work of a member"."""
    whose = holder(noun)
    if whose is None:
        return
    agent = who(whose, people, before)
    if not agent.who.is_ours or agent.who in (Who.WE, Who.NAME) or (agent.doubtful and agent.who is Who.TEAM):
        return
    text = noun.doc.text[: min(agent.start, noun.idx)]
    if is_innocent(noun.doc, min(agent.start, noun.idx)):
        return
    if (
        re.search(
            r"(?i)\b(?:because of|due to|caused by|as a result of|result of|owing to|thanks to|on account of|down to|was|were|is)\W+(?:\w+\W+){0,3}$",
            text,
        )
        is None
    ):
        return
    causal = re.search(
        r"(?i)\b(?:because of|due to|caused by|result of|owing to|thanks to|on account of|down to)\W+(?:\w+\W+){0,3}$",
        text,
    )
    if causal is None and noun.lemma_.lower() not in ("work", "job", "duty", "responsibility", "doing", "fault"):
        return
    yield of_noun(
        Kind.CAUSE, noun, agent, noun.text, f"'{noun.text}' of '{agent.text}' is named as the cause", "nominal", 0.75
    )
