"""What only people do, told without a word of who: "was overlooked", "had not been put back", "no thought was given"."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pmlint.language import scheme
from pmlint.language.agents import Agent, Who
from pmlint.language.clause import reach
from pmlint.language.deeds import Deed, is_past, is_told
from pmlint.language.judgement import Judgement, Kind
from pmlint.language.lexicon import listed, table

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_EASE = frozenset({"easily", "readily", "often", "commonly", "sometimes"})
"""With these a passive tells what a thing is like: "is easily overlooked"."""
_HELPED = frozenset({"was", "were", "been", "being", "got", "gotten"})
_BETWEEN = frozenset({"simply", "just", "also", "again", "then", "not", "never", "evidently", "apparently", "probably", "both", "all", "as", "well", "once", "more", "out"})  # fmt: skip


def passives(doc: "Doc", told: tuple[Deed, ...]) -> Iterator[Judgement]:
    """Every lapse without anybody in it; by the words in a row, since a participle is often taken for an adjective."""
    found = {deed.verb.i: deed for deed in told}
    for verb in doc:
        deed = found.get(verb.i)
        if deed is not None and deed.actor.who.is_ours:
            continue
        if not _is_passive(verb, deed) or _by(verb) or not is_told(verb) or not is_past(verb):
            continue
        why = _why(verb)
        if why:
            yield _judgement(verb, why)
    for thought in _NO_THOUGHT.finditer(doc.text):
        yield Judgement(
            Kind.LAPSE,
            thought.start(),
            thought.end(),
            Agent(Who.IMPLIED, "", thought.start(), thought.start()),
            thought[0],
            f"only people do what '{thought[0]}' says",
            "passive",
            0.75,
        )


_NO_THOUGHT = re.compile(
    r"(?i)\b(?:was|were|had been|has been) (?:given|paid|shown) (?:no|little|too little|scant|not enough) (?:\w+ )?(?:thought|heed|attention|regard|consideration|notice)\b"
    r"|\b(?:no|little|too little|not much|insufficient|not enough) (?:further |real |serious )?(?:thought|heed|attention|regard|consideration|care|notice)(?: whatsoever| at all)? (?:was|were|had been|has been) (?:ever |really )?(?:given|paid|taken|spent)\b"
)


def _is_passive(verb: "Token", deed: Deed | None) -> bool:
    """Whether it was done to something: by the parse, or by "was" right before it."""
    if any(word.lower_ in _EASE for word in verb.children):
        return False
    if deed is not None and deed.passive and deed.actor.who is Who.IMPLIED:
        return True
    if (
        verb.dep_ == "conj"
        and verb.tag_ in ("VBN", "VBD", "VB")
        and scheme.is_passive(verb.head)
        and scheme.subject(verb) is None
    ):
        return True  # "was opened and never put back"
    if verb.tag_ not in ("VBN", "VBD", "JJ") or not verb.lower_.endswith(("ed", "en", "ought", "eft", "read")):
        return False
    at = verb.i - 1
    while at >= 0 and (verb.doc[at].lower_ in _BETWEEN or verb.doc[at].lower_.endswith("ly")):
        at -= 1
    return at >= 0 and verb.doc[at].lower_ in _HELPED


def _by(verb: "Token") -> bool:
    """Whether somebody or something is named as who did it; another construction speaks of them."""
    return scheme.agent(verb) is not None or any(
        tok.lower_ == "by" and tok.i + 1 < len(tok.doc) and tok.nbor(1).tag_ not in ("VBG", "CD")
        for tok in verb.doc[verb.i + 1 : verb.i + 6]
    )


_UNDOING = frozenset({"put", "turn", "turned", "switch", "switched", "set", "change", "changed", "take", "taken", "plug", "plugged", "screw", "screwed"})  # fmt: skip
_BACK = frozenset({"back", "again", "off", "out", "afterwards"})
_STATES = frozenset({"lying", "standing", "unlocked", "unattended", "unread", "unanswered", "untouched"})
_HURRIED = re.compile(
    r"(?i)\b(?:simply|just)\b|\bto save (?:time|effort|a step)\b|\bin the (?:rush|hurry|heat|haste)\b|\bfor lack of time\b|\brunning late\b"
)


def _why(verb: "Token") -> str:
    """The words that only fit a person, if there are any."""
    denied = _denied(verb)
    after = list(verb.doc[verb.i + 1 : verb.i + 4])
    if denied:
        back = next((tok for tok in after if tok.lower_ in _BACK), None)
        return f"not {verb.text} {back.text}" if back is not None and verb.lower_ in _UNDOING else ""
    name = listed(verb, table("lapse", "mental"))
    if name:
        return verb.text
    if verb.lower_ == "left":
        state = next((tok for tok in after[:1] if tok.lower_ in _STATES), None)
        if state is not None:
            return f"left {state.text}"
        if after and after[0].lower_ == "out" and _HURRIED.search(verb.doc.text):
            return "left out"
    return ""


_NOT = frozenset({"not", "n't", "n’t", "never"})


def _denied(verb: "Token") -> bool:
    return any(tok.lower_ in _NOT for tok in verb.doc[max(0, verb.i - 3) : verb.i]) or (
        scheme.negation(verb) is not None
    )


def _judgement(verb: "Token", said: str) -> Judgement:
    start, end = reach(verb)
    no = next((tok.idx for tok in verb.doc[max(0, verb.i - 3) : verb.i] if tok.lower_ in _NOT), verb.idx)
    return Judgement(
        Kind.LAPSE,
        min(start, no, verb.idx),
        max(end, verb.idx + len(verb.text)),
        Agent(Who.IMPLIED, "", verb.idx, verb.idx),
        said,
        f"only people do what '{said}' says",
        "passive",
        0.7,
    )
