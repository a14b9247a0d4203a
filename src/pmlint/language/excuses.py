"""What words around a sentence that reads like blame make of it: an excuse, a gift, a repair, a label turned down."""

import re
from typing import TYPE_CHECKING

from pmlint.language.agents import Who, who
from pmlint.language.attribution import holder, is_innocent, is_unproven
from pmlint.language.lexicon import is_fault, table
from pmlint.language.measures import is_gift, is_question_to
from pmlint.language.ordinary import is_beyond_anyone, is_by_the_book, is_luck, is_out_of_reach
from pmlint.language.witnesses import is_meant, is_needed_by_a_thing, sounds_human

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from pmlint.language.judge import Context

_TO_PEOPLE = frozenset({"exhortation", "person_action"})
_BY_THE_BOOK = frozenset({"person", "team", "we", "euphemism", "judgement"})


def has_excuse(doc: "Doc", kind: str) -> bool:
    """Whether words around it make it luck, a gift, a question, the rule, or what nobody or anybody could have done.

    Words can stand there and blame nonetheless, so that this is heard only while the reading is in some doubt.
    """
    if is_luck(doc) or is_out_of_reach(doc):
        return True
    if kind in _TO_PEOPLE and (is_question_to(doc) or is_gift(doc)):
        return True
    if kind in _BY_THE_BOOK and is_by_the_book(doc):
        return True
    return any(tok.lower_ in ("could", "might") and is_beyond_anyone(doc, tok.idx) for tok in doc)


def is_of_another_kind(doc: "Doc", kind: str, context: "Context") -> bool:
    """A repair and no appeal, a thing done on purpose and no verdict, and no word of defence in a defence."""
    if kind == "defensive":
        return _DEFENCE.search(doc.text) is None
    if kind == "exhortation":
        care = [tok for tok in doc if is_care(tok)]
        return bool(care) and all(tok.lower_ == "attention" and is_needed_by_a_thing(tok, context) for tok in care)
    return kind == "judgement" and is_meant(doc)


# What a defence cannot do without: a denial, what is everybody's, or how well all was done.
_DEFENCE = re.compile(
    r"(?i)\b(?:not|no|nothing|none|never|neither|nor|nobody|without|beyond|outside|despite|any\w*|every\w*|all|always|others?|other|impossible|un\w+able|could|would|industry|standard|right|correct\w*|best|reasonabl\w+|reject|refute|fair\w*|unfair\w*|blam\w+|fault|responsib\w*|liab\w*|innocent|same)\b|n['’]t\b"
)


def is_denied(doc: "Doc", kind: str, context: "Context") -> bool:
    """ "it was not a lack of attention", "to prevent mistakes": every word that could be meant is denied or feared."""
    if kind == "euphemism":
        if _HELD.search(doc.text):
            return True
        care = [tok for tok in doc if is_care(tok)]
        faults = [tok for tok in doc if is_fault(tok)]
        return (
            bool(care or faults)
            and all(_is_not_lacking(doc, tok.idx) or is_unproven(tok) for tok in care)
            and all(is_innocent(doc, tok.idx) or is_unproven(tok) for tok in faults)
        )
    faults = [tok for tok in doc if is_fault(tok)]
    return bool(faults) and all(is_innocent(doc, tok.idx) or _is_of_a_thing(tok, context) for tok in faults)


def _is_of_a_thing(fault: "Token", context: "Context") -> bool:
    """ "the robot arm's mistake"."""
    whose = holder(fault)
    if whose is None or whose.pos_ not in ("NOUN", "PROPN") or sounds_human(whose):
        return False
    return who(whose, context.people, context.before).who is Who.THING


# "Responsibility for the keys lies with the platform team": what is theirs to do.
_HELD = re.compile(
    r"(?i)^(?:the )?(?:responsibility|ownership) (?:for|of) (?!(?:this|that|the (?:outage|incident|failure|loss))\b)[^.;,]{1,60}? (?:lies?|rests?|sits?|belongs?|falls?|is) (?:with|to|on)\b"
)
_NOT_LACKING = re.compile(r"(?i)\b(?:no|not|never|neither|nor|nothing|hardly)\b|n['’]t\b")
_LACKING = re.compile(r"(?i)\b(?:lack\w*|absence|want|shortage|insufficient|missing|short(?:age)?|poor|deficit)\b")


def _is_not_lacking(doc: "Doc", at: int) -> bool:
    """Whether care is denied to be lacking; where care itself is denied, it is what they lacked."""
    text = doc.text[max(0, at - 70) : at]
    lacking = _LACKING.search(text)
    return lacking is not None and _NOT_LACKING.search(text, 0, lacking.start()) is not None


def is_care(tok: "Token") -> bool:
    """Whether a word names what only people have or lack: attention, diligence; carefully, attentive."""
    lemma = tok.lemma_.lower()
    if lemma in table("noun", "quality") - table("noun", "doubtful"):
        return True
    return lemma.removesuffix("ly") in table("knowledge", "having")
