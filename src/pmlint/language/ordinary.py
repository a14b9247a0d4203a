"""What looks like a lapse and is ordinary: what was agreed, what is somebody's duty, an everyday thing to do it to."""

import re
from typing import TYPE_CHECKING

from pmlint.language import scheme
from pmlint.language.agents import People, Who, who
from pmlint.language.deeds import Deed
from pmlint.language.lexicon import is_fault, listed, table

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_AGREED = re.compile(
    r"(?i)\bas (?:(?:had been|was|were|is|then|usual|previously) )?(?:agreed|announced|planned|instructed|requested|asked|advised|prescribed|foreseen|intended|required|discussed|described|documented|told)\b"
    r"|\bas (?:(?:the|our|every|any|each|they|he|she|we|it|all|his|her|their)\b)(?: \w+){0,3}? (?:may|asks?|asked|says|said|calls? for|requires?|required|allows?|demands?|(?:had been|were|was|is|are) (?:asked|told|instructed|advised|trained|supposed|meant|allowed))\b"
    r"|\b(?:after|with|on|following|upon) (?:the )?(?:approval|agreement|consent|permission|authori[sz]ation|advice|instructions?|go-ahead|blessing) (?:of|from|by)\b"
    r"|\bwhich (?:is|was) (?:how|what|where) (?:all|every\w*|we|most|anyone|it is|it was)\b"
    r"|\b(?:at|in|inside|within|during) the (?:agreed|planned|announced|scheduled|approved) (?:\w+ )?(?:time|hour|date|moment|window|slot|period)\b"
    r"|\bat the time (?:we|they|he|she|that) (?:\w+ )?(?:had )?agreed\b"
)


def is_agreed(verb: "Token") -> bool:
    """ "left them on, as they had been asked to": what was agreed, announced or asked for is nobody's lapse."""
    return _AGREED.search(verb.doc.text, verb.idx, clause_end(verb, commas=True, so=True)) is not None


_COMPLIED = re.compile(
    r"(?i)(?<!not )(?<!n't )(?<!n’t )(?<!never )\b(?:acted|worked|proceeded|operated|handled|performed|carried out|done|executed|behaved)"
    r" (?:\w+ ){0,4}?(?:in (?:\w+ )?(?:conformity|accordance|compliance|line|keeping) with|according to)\b"
    r"|(?<!not )(?<!n['’]t )(?<!never )(?<!nobody )(?<!blindly )\bfollow(?:ed|s|ing) (?:the|its|his|her|their|our|every|all) (?:[\w-]+ ){0,3}?"
    r"(?:runbooks?|procedures?|instructions?|checklists?|plan|process|protocol|policy|manual|handbook|rules?|advice)\b(?! without)"
)


_RIGHT = re.compile(
    r"(?i)(?<!not )(?<!hardly )(?<!n['’]t )(?<!have been )\b(?:(?:every|good|no) reason to (?:believe|think|assume|trust|rely|suspect|doubt|expect|look|question|worry)"
    r"|(?:was|were|is) (?:the|a|an?) (?:right|sensible|reasonable|obvious|correct|sound) (?:call|thing|choice|decision|step|assumption|move)\b)"
    r"|\b(?:cannot|can['’]t|can not|could not|couldn['’]t|can hardly|could hardly) (?:reasonably |fairly )?be (?:expected|asked|blamed|faulted|held|reproached)\b"
    r"|\bnothing (?:[\w’'-]+ ){0,5}?(?:told|tells|showed|shows|warned|warns|said|says|suggested|suggests|indicated|indicates|hinted)\b"
    r"|\b(?:under-?staffed|short-?staffed|over-?loaded|over-?worked|under-?resourced)\b"
    r"|\bwithout (?:any |a |further )?(?:trouble|problems?|issues?|incidents?|hitch(?:es)?|difficult\w+|complaints?|failures?|errors?)\b"
)


def is_by_the_book(doc: "Doc") -> bool:
    """ "acted in accordance with the rules", "had every reason to": right, whatever words stand around it."""
    return _COMPLIED.search(doc.text) is not None or _RIGHT.search(doc.text) is not None


_BEYOND = re.compile(r"(?i)\b(?:neither|nobody|no one|none)\b(?! (?:but|except|other than)\b)[^;:]*$")


def is_beyond_anyone(doc: "Doc", at: int) -> bool:
    """ "neither of them could have known": before a modal that stands at `at`, what clears whoever is named."""
    return _BEYOND.search(doc.text[max(0, at - 80) : at]) is not None


_NOT_ABLE = re.compile(
    r"(?i)\bcould(?:n['’]t| not) (?:\w+ )?have (?!cared\b|bothered\b|been (?:more|bothered)\b)\w+"
    r"|\bcould have happened to (?:any|every)\w*"
    r"|\bwould(?:n['’]t| not) (?:\w+ )?have (?:seen|noticed|known|found|caught|spotted|helped|changed|prevented|stopped|recognised|recognized|suspected)\b"
)
_WHOEVER = re.compile(
    r"(?i)\b(?:anyone|anybody|any of \w+|whoever)\b[^.;,]{0,60}? (?:could|might) (?:\w+ )?have (?=\w)"
)

_TO_COME = re.compile(r"(?i)^(?:whoever|(?:anyone|anybody|everyone|everybody) who)\b[^.;,]{0,80}? (?:will|can|may)\b")


def is_out_of_reach(doc: "Doc") -> bool:
    """ "could not have seen it", "anyone could have pressed it": what the surroundings did not show, or let anybody do."""
    if _NOT_ABLE.search(doc.text) or _TO_COME.search(doc.text):
        return True
    return is_anybodys(doc)


def is_anybodys(doc: "Doc") -> bool:
    """ "any of us could have merged it": what takes no attention, so that nobody is held to it."""
    found = _WHOEVER.search(doc.text)
    verb = next((tok for tok in doc if found and tok.idx >= found.end() and tok.pos_ != "ADV"), None)
    return verb is not None and not listed(verb, table("counterfactual", "attentive"))


_HAD_NOT = re.compile(r"(?i)\bhad (?:[\w’'-]+ ){1,8}?not (?=[\w-]+)|\b(?:had not|hadn['’]t) (?=[\w-]+)")


def is_luck(doc: "Doc") -> bool:
    """ "had the manager not looked at her phone": what somebody did notice or ask, and how well that was."""
    found = _HAD_NOT.search(doc.text)
    if found is None or not (found[0][:1].isupper() or re.search(r"(?i)\bif\b", doc.text[: found.start()])):
        return False
    verb = next((tok for tok in doc if tok.idx >= found.end() and tok.pos_ != "ADV"), None)
    if verb is None:
        return False
    if verb.lower_ == "been":
        return not any(tok.lower_ in table("knowledge", "lacking") or tok.lower_ == "so" for tok in doc[verb.i :])
    return bool(listed(verb, table("counterfactual", "attentive")))


_SINCE = (
    r", (?:as|since) (?:the|its|our|a|an|no|every|all|each|both|this|it|there)\b|, (?:it|this|that) (?:being|having)\b"
    r"|(?: \(|: )(?:both|they|the two|these|all) (?:\w+ )?(?:are|were|share|shared|look|looked|differ|differed|have|had|carry|carried)\b|\bbecause it (?:had|has) been\b"
)
_UNSEEN = r", which (?:no|none|nothing|neither|does not|did not|doesn['’]t|didn['’]t|is not|was not|isn['’]t|wasn['’]t|cannot|can['’]t)\b"
_EXPLAINED = re.compile(rf"(?i){_SINCE}|{_UNSEEN}")
_REASONED = re.compile(
    rf"(?i){_SINCE}|{_UNSEEN}"
    r"|, which (?:is|was|are|were|has|had|looks?|reads?|shows?|names?|lists?|takes|counts)\b|\bwhich (?:is|was) (?:how|what|where|why)\b"
    r"|\bas (?:usual|always|every\w*|all of)\b|\blike every(?:one|body)\b"
    r"|\b(?:not|never) having been \w+"
    r"|\bthe (?:runbook|handbook|manual|plan|ticket|checklist|documentation|form|page|screen|console|dashboard|alert|log|label|sign|template|menu|wiki|tool) (?:says?|said|asks?|asked|shows?|showed|gives?|gave|lists?|listed|names?|named|tells?|told|calls?|reads?)\b"
    r"|\b(?:could not|couldn['’]t|cannot|can['’]t) (?:have|see|know|be seen|be read|tell)\b"
    r"|\b(?:at once|immediately|straight away|right away|within \w+ (?:seconds?|minutes?))\b"
)


def is_reasoned(doc: "Doc") -> bool:
    """Whether a sentence says what made a deed sensible, or that it was done at once: as it looked to those who were there."""
    return _REASONED.search(doc.text) is not None


def is_explained(verb: "Token") -> bool:
    """Whether what follows the deed says what about the surroundings made it so: "because both dashboards look alike"."""
    if _EXPLAINED.search(verb.doc.text, verb.idx) is not None:
        return True
    because = next((tok for tok in verb.doc[verb.i :] if tok.lower_ == "because"), None)
    nouns = (tok for tok in verb.doc[because.i + 1 :] if tok.pos_ in _NAMING) if because is not None else iter(())
    first = next(nouns, None)
    return first is not None and first.pos_ != "PRON" and who(first, People()).who in (Who.THING, Who.OUTSIDER)


_NAMING = frozenset({"NOUN", "PROPN", "PRON"})


def is_everyday(name: str, deed: Deed) -> bool:
    """Whether a verb that may tell of a lapse tells of ordinary work, by what it is done to."""
    verb = deed.verb
    things = [*scheme.objects(verb), *([scheme.passive_subject(verb)] if deed.passive else [])]
    if name == "miss":
        return not things and verb.tag_ == "VBG"  # "attachments missing"
    if name == "swap":
        # two things for each other are mixed up; one for another is replaced
        return any(each.preposition in ("for", "with", "out") for each in scheme.phrases(verb)) or not any(
            thing is not None
            and (thing.tag_ in ("NNS", "NNPS", "PRP") or any(child.dep_ == "conj" for child in thing.children))
            for thing in things
        )
    if name == "hide":
        return not any(each.preposition == "from" for each in scheme.phrases(verb)) and not any(
            thing is not None
            and (
                is_fault(thing)
                or thing.lemma_.lower() in table("harm", "objects")
                or thing.lower_ in ("it", "this", "fact", "truth")
            )
            for thing in things
        )
    if name == "guess":
        return any(
            thing is not None and thing.lemma_.lower() in ("key", "password", "pin", "token", "secret", "code")
            for thing in things
        )
    # "connection refused", "our mail was refused by the provider": what machines do
    return name == "refuse" and (
        deed.passive or not (things or any(tok.lower_ == "to" for tok in verb.doc[verb.i + 1 : verb.i + 6]))
    )


_ANSWERABLE = frozenset({"responsible", "liable", "culpable", "guilty"})


def is_duty(adjective: "Token") -> bool:
    """ "the group responsible for the runners": what is theirs to do, unless it is the harm itself."""
    if adjective.lower_ not in _ANSWERABLE:
        return False
    held = [each.noun for each in scheme.phrases(adjective) if each.preposition in ("for", "of")]
    return bool(held) and not any(
        tok.lower_ in ("this", "that", "it") or tok.lemma_.lower() in table("harm", "objects")
        for noun in held
        for tok in noun.subtree
    )


def is_answer(verb: "Token") -> bool:
    """ "he said that he did not know": told of by himself, and so no secret."""
    return (
        verb.dep_ == "ccomp"
        and verb.head.lemma_ in ("say", "answer", "reply", "admit", "state")
        and verb.lemma_ in ("know", "remember", "recall")
    )


_HARMS = re.compile(
    r"affect|impact|interrupt|disrupt|los|break|caus|downtime|need|hav|delay|restart|chang|touch|wait|degrad|hurt|harm",
    re.IGNORECASE,
)


def is_good_to_lack(verb: "Token") -> bool:
    """ "without affecting users", "without having to restart" is well done."""
    if verb.lower_ == "having" and (verb.i + 1 == len(verb.doc) or verb.nbor(1).lower_ != "to"):
        return False  # "without having opened it"
    return _HARMS.match(verb.text) is not None and verb.lower_ not in ("waiting", "changing")


def clause_end(verb: "Token", *, commas: bool = False, so: bool = False) -> int:
    """Where the verb's own clause ends: before a joined or subordinate one."""
    last = verb
    for tok in verb.doc[verb.i + 1 :]:
        if (tok.lower_ == "," and commas) or (so and tok.lower_ in ("that", "when")):
            continue
        if tok.lower_ in (
            ",",
            ";",
            ":",
            "because",
            "and",
            "but",
            "so",
            "which",
            "while",
            "since",
            "–",
            "—",
            "when",
            "that",
        ):
            break
        last = tok
    return last.idx + len(last.text)
