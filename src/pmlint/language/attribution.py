"""Faults as nouns: somebody's mistake, human error, a lack of attention."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pmlint.language import scheme
from pmlint.language.agents import Agent, People, Who, who
from pmlint.language.judgement import Judgement, Kind
from pmlint.language.lexicon import bases, is_error, table

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# Where the words name a danger, deny it, or speak about speaking of it.
_HAZARD = re.compile(
    r"(?i)\b(?:prevent\w*|avoid\w*|reduc\w*|protect\w*|against|eliminat\w*|minimi[sz]\w*|risk of|risks of|possibility of|potential for|chance of|room for|prone"
    r"|mitigat\w*|rule out|ruled out|rules out|guard\w*|susceptible|blam\w*|attribut\w+ to no|calling|call it|called|labell?\w*|(?:look|sound|seem|appear)(?:s|ed|ing)? (?:like|as|to be)|the term|the word|rather than|instead of)[^\w;.:]+(?:\w+[^\w;.:]+){0,5}$"
    r"|\b(?:prevent|avoid|protect|guard|safeguard)\w*[^\w;.:,]+(?:\w+[^\w;.:,]+){0,12}$"
)
_DENIED = re.compile(
    r"(?i)\b(?:no|not|n't|n’t|never|neither|nor|without|isn't|wasn't|cannot|nothing(?! but\b))[^\w;.:]+(?:\w+[^\w;.:]+){0,6}$"
)


def attributions(doc: "Doc", people: People, before: str) -> Iterator[Judgement]:
    """Every noun that puts the fault on somebody."""
    for tok in doc:
        if (
            tok.pos_ in ("NOUN", "PROPN", "ADJ", "VERB", "X")
            or tok.tag_.startswith(("NN", "VBG"))
            or scheme.owner(tok) is not None
        ):
            yield from _own_lapse(tok, people, before)
            yield from _whose_it_was(tok, people, before)
            yield from _wrong_act(tok, people, before)
            yield from _wanting(tok, people, before)
            yield from _judged(tok, people, before)
            yield from _poor(tok, people, before)
            yield from _untrained(tok, people, before)


def is_innocent(doc: "Doc", at: int) -> bool:
    """Whether what stands before a word denies it, fears it, or speaks about the word itself."""
    text = doc.text[max(0, at - 70) : at]
    return _HAZARD.search(text) is not None or _DENIED.search(text) is not None


def _own_lapse(noun: "Token", people: People, before: str) -> Iterator[Judgement]:
    """ "the reviewer's oversight", "failure of the operator to"."""
    lemma = noun.lemma_.lower()
    if lemma not in table("noun", "lapse") and not (is_error(lemma) and noun.tag_.startswith("NN")):
        return
    whose = holder(noun)
    if whose is None:
        return
    agent = who(whose, people, before)
    if not agent.who.is_ours or (agent.doubtful and agent.who is Who.TEAM) or scheme.negation(noun) is not None:
        return
    if agent.who is Who.NAME and scheme.owner(noun) is None:
        return
    if is_innocent(noun.doc, min(agent.start, noun.idx)) or _is_paper(noun):
        return
    kind = "possessive" if scheme.owner(noun) is not None else "nominal"
    yield of_noun(Kind.LAPSE, noun, agent, noun.text, f"'{noun.text}' is said to be that of '{agent.text}'", kind, 0.85)


def _wrong_act(noun: "Token", people: People, before: str) -> Iterator[Judgement]:
    """ "incorrect operation of the switch by the cleaners": what somebody did, and that it was wrong."""
    if noun.lemma_.lower() not in table("noun", "acts"):
        return
    wrong = next(
        (child for child in noun.children if child.i < noun.i and child.lower_ in table("manner", "wrong")), None
    )
    whose = holder(noun)
    if wrong is None or whose is None or is_innocent(noun.doc, wrong.idx):
        return
    agent = who(whose, people, before)
    if agent.who in (Who.PERSON, Who.TEAM, Who.VENDOR) and not agent.doubtful:
        said = f"{wrong.text} {noun.text}"
        yield of_noun(Kind.LAPSE, noun, agent, said, f"'{said}' is said to be that of '{agent.text}'", "nominal", 0.8)


def _is_paper(noun: "Token") -> bool:
    """ "her pay slip": a thing that bears the name of a lapse."""
    return noun.lemma_.lower() == "slip" and any(child.dep_ == "compound" for child in noun.children)


def holder(noun: "Token") -> "Token | None":
    """Whose a fault is: by "'s" first, then "by", "of" and "on the part of"."""
    found = scheme.owner(noun)
    if found is not None:
        return found
    held = [each for each in scheme.phrases(noun) if each.preposition in ("of", "by", "on", "among", "between")]
    for each in sorted(held, key=lambda one: one.preposition != "by"):
        if each.preposition != "on":
            return each.noun
        part = next((inner.noun for inner in scheme.phrases(each.noun) if inner.preposition == "of"), None)
        if part is not None:
            return part
    return None


_HASTY = frozenset(
    {
        "careless",
        "hasty",
        "rash",
        "reckless",
        "thoughtless",
        "sloppy",
        "premature",
        "ill-considered",
        "ill-advised",
        "unfortunate",
        "poor",
        "negligent",
        "clumsy",
        "wrong",
        "mistaken",
        "unwise",
        "questionable",
    }
)


def _judged(noun: "Token", people: People, before: str) -> Iterator[Judgement]:
    """ "her careless remark", "the team's questionable choices"."""
    whose = scheme.owner(noun)
    amod = next((child for child in noun.children if child.dep_ == "amod" and child.lower_ in _HASTY), None)
    if whose is None or amod is None or noun.lemma_.lower() not in table("noun", "doing"):
        return
    agent = who(whose, people, before)
    if agent.who.is_ours:
        yield of_noun(
            Kind.LAPSE,
            noun,
            agent,
            f"{amod.text} {noun.text}",
            f"'{agent.text}' is said to have made a '{amod.text} {noun.text}'",
            "possessive",
            0.8,
        )


def _poor(noun: "Token", people: People, before: str) -> Iterator[Judgement]:
    """ "their awareness had become low", "they do not have the necessary awareness"."""
    if noun.lemma_.lower() not in table("noun", "quality"):
        return
    head = noun.head
    if noun.dep_ == "nsubj" and (
        head.lower_ in table("noun", "little")
        or any(child.lower_ in table("noun", "little") for child in head.children)
    ):
        whose = holder(noun)
        agent = who(whose, people, before) if whose is not None else None
        if agent is not None and agent.who.is_ours:
            yield of_noun(
                Kind.EUPHEMISM,
                noun,
                agent,
                f"{noun.text} … {head.text}",
                f"'{noun.text}' explains by what '{agent.text}' lacked",
                "lack",
                0.8,
                head,
            )
    elif (
        noun.dep_ in ("obj", "dobj")
        and (scheme.negation(head) is not None or any(child.lower_ == "no" for child in noun.children))
        and head.lemma_ in ("have", "show", "possess", "bring", "demonstrate", "display")
    ):
        subject = scheme.subject(head)
        agent = who(subject, people, before) if subject is not None else None
        if agent is not None and agent.who.is_ours and agent.who is not Who.WE:
            yield of_noun(
                Kind.EUPHEMISM,
                noun,
                agent,
                noun.text,
                f"'{noun.text}' explains by what '{agent.text}' lacked",
                "lack",
                0.8,
                head,
            )


def _untrained(verb: "Token", people: People, before: str) -> Iterator[Judgement]:
    """ "were not sufficiently trained"."""
    if verb.lower_ not in ("trained", "instructed", "qualified", "briefed", "skilled", "experienced"):
        return
    how = next(
        (
            child
            for child in verb.children
            if child.lower_
            in (
                "sufficiently",
                "properly",
                "adequately",
                "enough",
                "fully",
                "well",
                "insufficiently",
                "inadequately",
                "poorly",
            )
        ),
        None,
    )
    no = scheme.negation(verb)
    if (how is None or no is None) and (how is None or how.lower_ not in ("insufficiently", "inadequately", "poorly")):
        return
    subject = scheme.passive_subject(verb) or scheme.subject(verb)
    agent = who(subject, people, before) if subject is not None else None
    if agent is not None and agent.who.is_ours:
        yield of_noun(
            Kind.EUPHEMISM,
            verb,
            agent,
            f"{how.text} {verb.text}",
            f"'{verb.text}' explains by what '{agent.text}' lacked",
            "lack",
            0.8,
        )


def _wanting(noun: "Token", people: People, before: str) -> Iterator[Judgement]:
    """ "a lack of attention", "insufficient diligence", "complacency"."""
    lemma = noun.lemma_.lower()
    if lemma in ("complacency", "inattention", "inattentiveness", "carelessness", "negligence") and not is_innocent(
        noun.doc, noun.idx
    ):
        yield of_noun(
            Kind.EUPHEMISM, noun, None, noun.text, f"'{noun.text}' explains by what people lacked", "lack", 0.8
        )
        return
    if lemma not in table("noun", "quality"):
        return
    lack = next(
        (child for child in noun.children if child.lower_ in table("noun", "little") and child.i < noun.i), None
    )
    if lack is None and noun.head.lemma_.lower() in table("noun", "lack") and noun.dep_ in ("nmod", "pobj", "obl"):
        lack = noun.head
    if lack is None and noun.dep_ == "pobj" and noun.head.head.lemma_.lower() in table("noun", "lack"):
        lack = noun.head.head
    if lack is None and noun.dep_ == "conj":
        first = scheme.first_conjunct(noun)
        if first.head.lemma_.lower() in table("noun", "lack"):
            lack = first.head
    if lack is None or is_innocent(noun.doc, lack.idx) or is_unproven(noun):
        return
    whose = (
        holder(noun)
        or holder(lack)
        or next((each.noun for each in scheme.phrases(noun.head) if each.preposition == "by"), None)
    )
    agent = who(whose, people, before) if whose is not None and whose.i != noun.i else None
    ours = agent is not None and agent.who.is_ours
    if lemma in table("noun", "doubtful") and not ours:
        return
    said = noun.doc.text[min(lack.idx, noun.idx) : max(lack.idx + len(lack.text), noun.idx + len(noun.text))]
    yield of_noun(
        Kind.EUPHEMISM,
        noun,
        agent if ours else None,
        said,
        f"'{said}' explains by what people lacked",
        "lack",
        0.8 if ours else 0.75,
        lack,
    )


def is_unproven(noun: "Token") -> bool:
    """ "deficient diligence cannot be established": charged, and not found."""
    for verb in scheme.governors(noun):
        said = set(bases(verb))
        denied = scheme.negation(verb) is not None
        if said & (table("denial", "showing") if denied else table("denial", "rejecting")):
            return True
    return False


def _whose_it_was(noun: "Token", people: People, before: str) -> Iterator[Judgement]:
    """ "the mistake was the manager's": a fault, and after it only whose it is."""
    head = noun.head
    if noun.dep_ != "nsubj" or noun.lemma_.lower() not in table("noun", "lapse") or scheme.negation(head) is not None:
        return
    agent = who(head, people, before)
    if agent.who in (Who.PERSON, Who.TEAM, Who.VENDOR) and any(child.tag_ == "POS" for child in head.children):
        told = f"'{noun.text}' is said to be that of '{agent.text}'"
        yield of_noun(Kind.LAPSE, head, agent, noun.text, told, "possessive", 0.85, noun)


def of_noun(
    kind: Kind,
    noun: "Token",
    agent: Agent | None,
    said: str,
    told: str,
    how: str,
    sure: float,
    other: "Token | None" = None,
) -> Judgement:
    doc = noun.doc
    places = [noun.idx, noun.idx + len(noun.text)]
    for child in noun.children:
        if child.dep_ in ("nmod", "acl", "prep", "obl", "xcomp") and child.i > noun.i:
            last = max(child.subtree, key=lambda tok: tok.i)
            if last.i - noun.i < 14:
                places.append(last.idx + len(last.text.rstrip(".,")))
        elif child.i < noun.i and child.dep_ in ("amod", "compound", "det"):
            places.append(child.idx)
    if agent is not None and agent.text:
        places += [agent.start, agent.end]
    if other is not None:
        places += [other.idx, other.idx + len(other.text)]
    return Judgement(kind, min(places), min(max(places), len(doc.text)), agent, said, told, how, sure)
