"""Faults as nouns: somebody's mistake, human error, a lack of attention, somebody named as the cause."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pmlint.language import scheme
from pmlint.language.agents import Agent, People, Who, who
from pmlint.language.deeds import Deed, is_told
from pmlint.language.judgement import Judgement, Kind
from pmlint.language.lexicon import is_error, listed, phrase, table

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

CAUSES = frozenset({"root_cause", "contributing_factors", "trigger", "five_whys"})

# Where the words name a danger, deny it, or speak about speaking of it.
_HAZARD = re.compile(
    r"(?i)\b(?:prevent\w*|avoid\w*|reduc\w*|protect\w*|against|eliminat\w*|minimi[sz]\w*|risk of|risks of|possibility of|potential for|chance of|room for|prone"
    r"|mitigat\w*|rule out|ruled out|rules out|guard\w*|susceptible|blam\w*|attribut\w+ to no|calling|call it|called|labell?\w*|the term|the word|rather than|instead of)[^\w;.:]+(?:\w+[^\w;.:]+){0,5}$"
)
_DENIED = re.compile(
    r"(?i)\b(?:no|not|n't|n’t|never|neither|nor|without|isn't|wasn't|cannot|nothing(?! but\b))[^\w;.:]+(?:\w+[^\w;.:]+){0,6}$"
)


def attributions(doc: "Doc", people: People, before: str) -> Iterator[Judgement]:
    """Every noun that puts the fault on somebody."""
    yield from _human_error(doc)
    for tok in doc:
        if (
            tok.pos_ in ("NOUN", "PROPN", "ADJ", "VERB", "X")
            or tok.tag_.startswith(("NN", "VBG"))
            or scheme.owner(tok) is not None
        ):
            yield from _own_lapse(tok, people, before)
            yield from _wanting(tok, people, before)
            yield from _judged(tok, people, before)
            yield from _poor(tok, people, before)
            yield from _untrained(tok, people, before)


def is_innocent(doc: "Doc", at: int) -> bool:
    """Whether what stands before a word denies it, fears it, or speaks about the word itself."""
    text = doc.text[max(0, at - 70) : at]
    return _HAZARD.search(text) is not None or _DENIED.search(text) is not None


def _human_error(doc: "Doc") -> Iterator[Judgement]:
    for found in phrase("error", "phrases").finditer(doc.text):
        if is_innocent(doc, found.start()) or _ABOUT.match(doc.text, found.end()):
            continue
        yield Judgement(
            Kind.HUMAN_ERROR,
            found.start(),
            found.end(),
            None,
            found[0],
            f"'{found[0]}' is offered as the explanation",
            "human error",
            0.75,
        )


# "human error is where the questions start": a statement about the phrase.
_ABOUT = re.compile(
    r"(?i)\W+(?:is|are|was) (?:where|never|not|only a|a label|a symptom|the start|an? (?:effect|consequence))|\W+(?:rate|rates|budget|message|messages|report|reports|page|pages|code|codes|handling|log|logs|count|counts|prevention|proof|analysis)\b"
)


def _own_lapse(noun: "Token", people: People, before: str) -> Iterator[Judgement]:
    """ "the reviewer's oversight", "failure of the operator to"."""
    lemma = noun.lemma_.lower()
    if lemma not in table("noun", "lapse") and not (is_error(lemma) and noun.tag_.startswith("NN")):
        return
    whose = _whose(noun)
    if whose is None:
        return
    agent = who(whose, people, before)
    if not agent.who.is_ours or (agent.doubtful and agent.who is Who.TEAM) or scheme.negation(noun) is not None:
        return
    if agent.who is Who.NAME and scheme.owner(noun) is None:
        return
    if is_innocent(noun.doc, min(agent.start, noun.idx)):
        return
    kind = "possessive" if scheme.owner(noun) is not None else "nominal"
    yield _noun(Kind.LAPSE, noun, agent, noun.text, f"'{noun.text}' is said to be that of '{agent.text}'", kind, 0.85)


def _whose(noun: "Token") -> "Token | None":
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
        yield _noun(
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
        whose = _whose(noun)
        agent = who(whose, people, before) if whose is not None else None
        if agent is not None and agent.who.is_ours:
            yield _noun(
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
            yield _noun(
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
        yield _noun(
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
        yield _noun(Kind.EUPHEMISM, noun, None, noun.text, f"'{noun.text}' explains by what people lacked", "lack", 0.8)
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
    if lack is None or is_innocent(noun.doc, lack.idx):
        return
    whose = (
        _whose(noun)
        or _whose(lack)
        or next((each.noun for each in scheme.phrases(noun.head) if each.preposition == "by"), None)
    )
    agent = who(whose, people, before) if whose is not None and whose.i != noun.i else None
    ours = agent is not None and agent.who.is_ours
    if lemma in table("noun", "doubtful") and not ours:
        return
    said = noun.doc.text[min(lack.idx, noun.idx) : max(lack.idx + len(lack.text), noun.idx + len(noun.text))]
    yield _noun(
        Kind.EUPHEMISM,
        noun,
        agent if ours else None,
        said,
        f"'{said}' explains by what people lacked",
        "lack",
        0.8 if ours else 0.75,
        lack,
    )


def cause(deed: Deed, sections: frozenset[str]) -> Judgement | None:
    """Somebody who did harm, told where causes are told."""
    verb, actor = deed.verb, deed.actor
    if sections & CAUSES and _cleft(deed) is not None:
        return _cleft(deed)
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


def _cleft(deed: Deed) -> Judgement | None:
    """ "it was the maintainer who had taken it out"."""
    noun = scheme.described(deed.verb)
    if noun is None or deed.actor.who not in (Who.PERSON, Who.TEAM, Who.VENDOR) or deed.negation is not None:
        return None
    before = noun.doc[max(0, noun.i - 7) : noun.i].text.lower()
    if re.search(r"\bit (?:was|is|turned out to be)\b", before) and any(
        child.lower_ in ("who", "that") for child in deed.verb.children
    ):
        return _deed(deed, "is singled out as the one who did it", 0.75)
    return None


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
            if by is not None and scheme.negation(tok) is None:
                agent = who(by, people, before)
                if agent.who.is_ours and agent.who is not Who.WE:
                    yield _noun(
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


def _linked(doc: "Doc", people: People, before: str) -> Iterator[Judgement]:
    """ "was traced back to the intern", "due to the manager's decision": whoever stands after the link."""
    for found in phrase("causing", "links").finditer(doc.text):
        if is_innocent(doc, found.start()):
            continue
        noun = _noun_after(doc, found.end())
        if noun is None:
            continue
        agent = who(noun, people, before)
        whose = None
        if not agent.who.is_ours:
            whose = _whose(noun)
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
        if tok is None or noun is None or tok.i - noun.i > 4:
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
        yield _noun(
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
    if cause.dep_ in ("nsubj", "nsubj:outer") and head.pos_ in ("NOUN", "PROPN"):
        whose = _whose(head)
        agent = who(whose if whose is not None else head, people, before)
        if (
            agent.who.is_ours
            and agent.who is not Who.WE
            and scheme.negation(head) is None
            and (whose is not None or agent.who in (Who.PERSON,))
        ):
            yield _noun(
                Kind.CAUSE,
                head,
                agent,
                cause.text,
                f"'{cause.text}' is said to be '{agent.text}'",
                "nominal",
                0.85,
                cause,
            )
    if head.lemma_ in ("lie", "rest", "belong", "be") and cause.dep_ in ("nsubj",):
        for each in scheme.phrases(head):
            if each.preposition in ("with", "at", "on"):
                agent = who(each.noun, people, before)
                if agent.who.is_ours and scheme.negation(head) is None:
                    yield _noun(
                        Kind.CAUSE,
                        head,
                        agent,
                        cause.text,
                        f"'{cause.text}' is laid on '{agent.text}'",
                        "nominal",
                        0.85,
                        cause,
                    )


def _doing(noun: "Token", people: People, before: str) -> Iterator[Judgement]:
    """ "because of the manager's decision to", "due to X's change", "the work of a member"."""
    whose = _whose(noun)
    if whose is None:
        return
    agent = who(whose, people, before)
    if not agent.who.is_ours or agent.who in (Who.WE, Who.NAME) or (agent.doubtful and agent.who is Who.TEAM):
        return
    text = noun.doc.text[: min(agent.start, noun.idx)]
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
    yield _noun(
        Kind.CAUSE, noun, agent, noun.text, f"'{noun.text}' of '{agent.text}' is named as the cause", "nominal", 0.75
    )


def _noun(
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
