"""Human error as the explanation: the label, unless it is turned down, outdated, or only spoken of."""

import re
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

from pmlint.language import scheme
from pmlint.language.agents import People, Who
from pmlint.language.attribution import is_innocent
from pmlint.language.deeds import actor, is_past, is_told
from pmlint.language.judgement import Judgement, Kind
from pmlint.language.lexicon import bases, phrase, table

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# Where an error is named as what a change guards against, what a guard caught, or what others have written.
_ELSEWHERE = frozenset({"action_items", "prevention", "went_well", "got_lucky"})
_UNMEANT = re.compile(r"(?i)by (?:mistake|accident)")


def human_error(doc: "Doc", people: People, before: str, sections: frozenset[str]) -> Iterator[Judgement]:
    """ "operator error", "a slip of the hand", offered as what explains it."""
    if sections & _ELSEWHERE:
        return
    for found, label in _labels(doc):
        if _is_turned_down(doc, found, label):
            continue
        if _UNMEANT.fullmatch(found[0]) and _is_of_others(label, people, before):
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


def is_label_turned_down(doc: "Doc") -> bool:
    """Whether there is a label of human error in it, and none that stands."""
    told = [_is_turned_down(doc, found, label) for found, label in _labels(doc)]
    return bool(told) and all(told)


def _labels(doc: "Doc") -> "Iterator[tuple[re.Match[str], Token]]":
    for found in chain(phrase("error", "phrases").finditer(doc.text), phrase("error", "told").finditer(doc.text)):
        label = next((tok for tok in doc if tok.idx + len(tok.text) >= found.end()), None)
        if label is not None:
            yield found, label


def _is_turned_down(doc: "Doc", found: "re.Match[str]", label: "Token") -> bool:
    if _NONE_BUT.search(doc.text[: found.start()]):
        return False
    return (
        is_innocent(doc, found.start())
        or _ABOUT.match(doc.text, found.end()) is not None
        or _is_only_spoken_of(doc, found.start(), label)
    )


# "human error is where the questions start": a statement about the phrase.
_ABOUT = re.compile(
    r"(?i)\W+(?:is|are|was) (?:where|never|not|only a|a label|a symptom|the start|an? (?:effect|consequence))|\W+(?:rate|rates|budget|message|messages|report|reports|page|pages|code|codes|handling|log|logs|count|counts|prevention|proof|analysis)\b"
)
# What stands right before the label speaks of it as of a label, or of what it looked like.
_AS_A_LABEL = re.compile(
    r"(?i)\b(?:the (?:phrase|words?|term|label|expression|wording)s?\W+|(?:look|sound|seem|appear)(?:s|ed|ing)? (?:like|as|to be)\W+|more than\W+|stop(?:s|ped|ping)? (?:at|with)\W+)(?:\w+\W+){0,2}$"
)
# What was held first, or by others, and no longer is.
_AT_FIRST = frozenset({"first", "initial", "initially", "original", "originally", "draft", "preliminary", "provisional", "provisionally", "premature", "prematurely", "used"})  # fmt: skip
# "nothing other than human error" is one.
_NONE_BUT = re.compile(r"(?i)\b(?:but|other than|except|besides|short of|else than)\W+(?:\w+\W+){0,3}$")


def _is_only_spoken_of(doc: "Doc", at: int, label: "Token") -> bool:
    """Whether the label is given by others, for a while, or not at all."""
    if _AS_A_LABEL.search(doc.text[:at]):
        return True
    for verb in scheme.governors(label):
        said = set(bases(verb))
        denied = scheme.negation(verb) is not None
        if denied and said & (table("denial", "showing") | table("denial", "naming")):
            return True
        if not denied and (said & table("denial", "rejecting") or scheme.modal(verb) == "would"):
            return True
        if said & table("denial", "naming") and _is_at_first(verb):
            return True
    return False


def _is_at_first(verb: "Token") -> bool:
    """ "was first reported as", "the first draft named": before it was known better."""
    subject = scheme.subject(verb) or scheme.passive_subject(verb)
    near = [*verb.children, *((subject, *subject.children) if subject is not None else ())]
    return any(tok.lower_ in _AT_FIRST and tok.i < verb.i + 4 for tok in near)


def _is_of_others(label: "Token", people: People, before: str) -> bool:
    """ "a customer had deleted it by mistake", "keeps what has been deleted by mistake"."""
    verb = next(iter(scheme.governors(label)), None)
    done = actor(verb, people, before) if verb is not None else None
    return verb is None or done is None or done.who is Who.OUTSIDER or not is_told(verb) or not is_past(verb)
