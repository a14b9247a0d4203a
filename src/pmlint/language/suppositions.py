"""What a supposition is about: "should have been checked" means somebody, "should have been idempotent" a system."""

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from pmlint.language import scheme
from pmlint.language.agents import Who, who
from pmlint.language.hindsight import is_mechanical
from pmlint.language.witnesses import sounds_human

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from pmlint.language.judge import Context

_SUPPOSED = re.compile(
    r"(?i)\b(?:what if|imagine|suppose|by design|by definition|as (?:designed|specified|documented)|per (?:its|the) (?:definition|spec\w*|contract|design))\b"
)
_HINDSIGHT = frozenset({"should", "could", "ought", "might"})


def is_of_no_one(doc: "Doc", context: "Context") -> bool:
    """A control that was not there, or a supposition to explain how it works."""
    if any(tok.lower_ in _HINDSIGHT and _is_spec(tok, context) for tok in doc):
        return True
    return _SUPPOSED.search(doc.text) is not None or any(
        tok.lower_ == "had" and _is_of_a_thing(tok, context) for tok in doc
    )


def _is_of_a_thing(tok: "Token", context: "Context") -> bool:
    """ "had the prompt named it": a control, and no person, would have done better."""
    if tok.i and tok.nbor(-1).lower_ not in (",", ";", ".", ":", "and", "but"):
        return False
    noun = next((other for other in tok.doc[tok.i + 1 : tok.i + 6] if other.pos_ in ("NOUN", "PROPN", "PRON")), None)
    return noun is not None and _is_thing(noun, context)


def _is_thing(noun: "Token", context: "Context") -> bool:
    return who(noun, context.people, context.before).who is Who.THING and not sounds_human(noun)


def _is_spec(tok: "Token", context: "Context") -> bool:
    """ "should have been released", "should have been idempotent": what a system is like or does by itself."""
    done = _done_to(tok)
    if done is None or scheme.agent(done) is not None:
        return False
    noun = scheme.subject(done)
    return is_mechanical(done) or (done.tag_ == "JJ" and noun is not None and _is_thing(noun, context))


def is_undone(tok: "Token") -> bool:
    """ "should have been checked": nobody is named, and somebody is meant."""
    done = _done_to(tok)
    return tok.lower_ in _HINDSIGHT and done is not None and done.tag_ in ("VBN", "VBD") and not is_mechanical(done)


def _done_to(modal: "Token") -> "Token | None":
    """What was to be done: "released" in "should have been released"."""
    for one, two in pairwise(modal.doc[modal.i + 1 : modal.i + 5]):
        if one.lower_ == "have" and two.lower_ == "been":
            return next((other for other in modal.doc[two.i + 1 : two.i + 4] if other.pos_ != "ADV"), None)
    return None
