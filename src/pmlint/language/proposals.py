"""What the transformer proposes and the lists do not know: the parse must show who did what, or the words who is meant."""

import math
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from pmlint.language.agents import Agent, Who, who
from pmlint.language.clause import reach
from pmlint.language.deeds import Deed
from pmlint.language.excuses import has_excuse, is_care, is_denied, is_of_another_kind
from pmlint.language.hindsight import is_only_easy_to_say
from pmlint.language.human_error import is_label_turned_down
from pmlint.language.judgement import Judgement, Kind
from pmlint.language.lexicon import is_fault, table
from pmlint.language.meaning import Meaning
from pmlint.language.ordinary import is_reasoned
from pmlint.language.rewording import SENSIBLE, instead
from pmlint.language.scheme import auxiliaries
from pmlint.language.suppositions import is_of_no_one, is_undone
from pmlint.language.witnesses import (
    BLAMED,
    is_about_machines,
    is_cleared,
    is_excused,
    is_general,
    is_turned_down,
    is_unmeant_by_a_thing,
    is_witness,
    sounds_human,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from pmlint.language.judge import Context

KINDS = {
    "person": Kind.LAPSE,
    "team": Kind.LAPSE,
    "we": Kind.LAPSE,
    "human_error": Kind.HUMAN_ERROR,
    "counterfactual": Kind.COUNTERFACTUAL,
    "judgement": Kind.JUDGED,
    "euphemism": Kind.EUPHEMISM,
    "inadvertence": Kind.INADVERTENCE,
    "exhortation": Kind.EXHORTATION,
    "person_action": Kind.PERSON_ACTION,
    "punitive": Kind.PUNITIVE,
    "defensive": Kind.DEFENSIVE,
    "prescriptive_lesson": Kind.LESSON,
}
_DEEDS = frozenset({"person", "team", "we"})
_EXPLAINED = _DEEDS | {"euphemism"}
"""What a reason in the same sentence makes less of."""

PROPOSED = {
    "person": 0.35,
    "team": 0.4,
    "we": 0.5,
    "human_error": 0.35,
    "counterfactual": 0.4,
    "judgement": 0.5,
    "euphemism": 0.5,
    "inadvertence": 0.45,
    "exhortation": 0.5,
    "person_action": 0.55,
    "punitive": 0.67,
    "defensive": 0.55,
    "prescriptive_lesson": 0.6,
}
"""How likely the only sentence of a document must be blame of a kind before it is proposed."""
_NARRATED = 0.7
"""By how much the odds must be higher (in logits) where what happened is told as it was seen, and deeds are neutral."""
_OTHERWISE = 1.2
"""The same where deeds are told because they helped, or are still to be done."""
_REASONED = 0.6
"""The same where the sentence says what made a deed the sensible one."""
_LENGTH = 1.9
"""The same for each time that a document has e times as many sentences: a long one blames no more often than a short
one, so that each of its sentences is the less likely to be the one."""


_EVIDENT = 0.8
"""By so much a deed, or what was done unmeant, may exceed what is asked that nobody need be seen in it."""
_CERTAIN = 2.5
"""The same for all else, which may speak of a system, and for deeds whose doer is called like a machine: an agent."""


def _odds(likely: float) -> float:
    """The logarithm of the odds."""
    likely = min(max(likely, 1e-6), 1 - 1e-6)
    return math.log(likely / (1 - likely))


def _margin(doc: "Doc", meaning: Meaning, context: "Context") -> float:
    """By how much the odds that a sentence blames exceed what is asked of them in its place."""
    asked = _odds(PROPOSED[meaning.kind]) + _LENGTH * math.log(max(context.length, 4) / 4)
    if meaning.kind in _DEEDS and context.sections & _NARRATION:
        asked += _NARRATED
    if meaning.kind in _DEEDS and context.sections & _NO_DEEDS:
        asked += _OTHERWISE
    if meaning.kind in _EXPLAINED and is_reasoned(doc):
        asked += _REASONED
    return _odds(meaning.blame) - asked


_NO_DEEDS = frozenset({"went_well", "got_lucky", "resolution", "action_items", "prevention", "follow_up"})
_NARRATION = frozenset({"timeline", "response", "detection"})


def proposals(doc: "Doc", told: list[Deed], meaning: Meaning, context: "Context") -> Iterator[Judgement]:
    """The one judgement on a sentence that reads like blame, if it is likely enough and somebody is meant."""
    kind = meaning.kind
    margin = _margin(doc, meaning, context)
    if margin < 0 or is_only_easy_to_say(doc) or (margin < _CERTAIN and has_excuse(doc, kind)):
        return
    if kind in _DEEDS:
        found = _deed(doc, told, meaning, context, margin)
        if found is not None:
            yield replace(found, likely=meaning.blame)
        return
    if kind == "judgement" and is_about_machines(doc, told, context.people):
        return
    if kind == "human_error" and is_label_turned_down(doc):
        return
    if (kind in _NAMED and is_denied(doc, kind, context)) or (kind == "counterfactual" and is_of_no_one(doc, context)):
        return
    if kind == "prescriptive_lesson" and _is_found(doc):
        return
    if margin < _CERTAIN and is_of_another_kind(doc, kind, context):
        return
    if kind == "inadvertence" and is_unmeant_by_a_thing(doc, told, context.people):
        return
    if kind == "judgement" and (_NOBODY_ACTED if margin >= _EVIDENT else _NOBODY).search(doc.text):
        return
    asked = _EVIDENT if kind == "inadvertence" else _CERTAIN
    if margin < asked and not _is_about_people(doc, kind, context):
        return
    start, end = _words(doc, meaning)
    said = _short(doc.text[start:end])
    yield Judgement(
        KINDS[kind],
        start,
        end,
        None,
        said,
        _TOLD[KINDS[kind]].format(said),
        "meaning",
        0.5 + meaning.blame / 4,
        SENSIBLE,
        meaning.blame,
    )


# What a sentence of a kind cannot do without, where nobody is named in it.
_HUMAN = frozenset({"human", "manual", "manually", "operator", "user", "hand", "person", "people"})
_EVERYBODY = frozenset({"always", "never", "everyone", "everybody", "anyone", "anybody", "nobody", "you", "your"})


_NO_NEED = re.compile(
    r"(?i)\b(?:don['’]?t|doesn['’]?t|do not|does not|didn['’]?t|did not|no longer) (?:need|have) to\b"
)


def _is_about_people(doc: "Doc", kind: str, context: "Context") -> bool:
    """Whether a sentence that reads like blame of a kind has somebody in it, or what only people have."""
    if kind == "prescriptive_lesson":
        return _NO_NEED.search(doc.text) is None  # it speaks to whoever reads it
    words = {tok.lower_ for tok in doc}
    if kind == "exhortation" and (words & _EVERYBODY or any(is_care(tok) for tok in doc)):
        return True
    if kind == "counterfactual" and (
        words & table("counterfactual", "avoidable") or any(is_undone(tok) for tok in doc)
    ):
        return True
    if kind == "human_error" and (words & _HUMAN or any(is_fault(tok) for tok in doc)):
        return True
    if kind == "euphemism" and any(is_care(tok) for tok in doc):
        return True
    meant = _OURS - ({Who.WE} if kind in _OTHERS else frozenset())
    return any(
        (found.who in meant and (kind == "counterfactual" or not found.doubtful))
        or (kind == "counterfactual" and found.who is Who.THING and sounds_human(tok))
        for tok in doc
        if tok.pos_ in ("NOUN", "PROPN", "PRON") and (found := who(tok, context.people, context.before))
    )


def _is_found(doc: "Doc") -> bool:
    """ "one big cluster is not a good fit for this": what was learned of a thing, with no word of what to do."""
    root = next((tok for tok in doc if tok.dep_ == "ROOT"), None)
    if root is None or not any(tok.dep_ == "cop" and tok.tag_ in _FINITE for tok in root.children):
        return False
    told = any(tok.dep_ in _SUBJECTS and tok.lower_ not in ("it", "lesson") for tok in root.children)
    bid = root.lower_ in _NEEDED or any(tok.tag_ == "MD" or tok.lower_ in _BIDDING for tok in doc)
    # "the lesson is to check", "is important to check": what is to be done hangs on what is said of the subject
    return told and not bid and not any(tok.tag_ == "TO" and root in (tok.head, tok.head.head) for tok in doc)


_FINITE = frozenset({"VBZ", "VBP", "VBD"})
_SUBJECTS = frozenset({"nsubj", "csubj"})
_BIDDING = frozenset({"need", "needs", "have", "has", "let", "always", "never", "ensure", "please", "everyone"})
# What is said to be so is asked for: "better documentation is essential".
_NEEDED = frozenset({"essential", "necessary", "important", "vital", "crucial", "critical", "key", "imperative", "mandatory", "must"})  # fmt: skip


_NOBODY = re.compile(r"(?i)\b(?:nobody|no one|none of)\b")
_NOBODY_ACTED = re.compile(
    r"(?i)\b(?:nobody|no one|none of \w+)(?: \w+)? (?:was|were|is|are|acted|did|worked|behaved)\b"
)
_NAMED = frozenset({"euphemism", "human_error"})


_OURS = frozenset({Who.PERSON, Who.TEAM, Who.VENDOR, Who.WE})
_OTHERS = frozenset({"exhortation", "person_action"})
"""Kinds that are not about the authors themselves: "we need more help" appeals to nobody's care."""


_TOLD = {
    Kind.HUMAN_ERROR: "'{}' reads as human error",
    Kind.COUNTERFACTUAL: "'{}' reads as what somebody would have done better",
    Kind.JUDGED: "'{}' reads as a verdict on people",
    Kind.EUPHEMISM: "'{}' reads as what people lacked",
    Kind.INADVERTENCE: "'{}' reads as done without meaning to",
    Kind.EXHORTATION: "'{}' reads as an appeal to be better",
    Kind.PERSON_ACTION: "'{}' reads as an action on people",
    Kind.PUNITIVE: "'{}' reads as a sanction",
    Kind.DEFENSIVE: "'{}' reads as a defence",
    Kind.LESSON: "'{}' reads as an order",
}


def _words(doc: "Doc", meaning: Meaning) -> tuple[int, int]:
    """The words that carry it, widened to whole words; the sentence where none stand out."""
    text = doc.text
    start, end = (meaning.start, meaning.end) if meaning.end - meaning.start >= 8 else (0, len(text))
    inside = [tok for tok in doc if tok.idx < end and tok.idx + len(tok.text) > start]
    while len(inside) > 1 and (inside[0].is_punct or inside[0].lower_ in ("and", "but", "or", "so")):
        inside = inside[1:]
    while len(inside) > 1 and inside[-1].is_punct:
        inside = inside[:-1]
    return (inside[0].idx, inside[-1].idx + len(inside[-1].text)) if inside else (0, len(text))


def _deed(doc: "Doc", told: list[Deed], meaning: Meaning, context: "Context", margin: float) -> Judgement | None:
    """A deed of somebody in the words that carry it; else somebody named there, whose deed the parse has as a noun."""
    if is_about_machines(doc, told, context.people):
        return None
    start, end = _words(doc, meaning)
    inside = [deed for deed in told if start <= deed.verb.idx < end]
    if any(map(is_turned_down, inside)):
        return None
    if margin < _CERTAIN and (any(map(is_excused, inside)) or (told and is_general(told[0]))):
        return None
    sure = 0.5 + meaning.blame / 4
    seen = [deed for deed in told if is_witness(deed, meaning, context, evident=margin >= _EVIDENT)]
    if seen:
        deed = max(
            seen,
            key=lambda one: (
                start <= one.verb.idx < end,
                one.actor.who is not Who.IMPLIED,
                not _is_gerund(one),
                -one.verb.i,
            ),
        )
        return _done(deed, sure)
    cleared = [deed for deed in inside if is_cleared(deed, context.people)]
    doubtful = margin >= _EVIDENT
    somebody = _somebody(doc, (start, end), meaning, context, cleared, doubtful=doubtful)
    if somebody is None and cleared:
        if margin < _CERTAIN:
            return None
        ours = next((deed for deed in cleared if deed.actor.who in BLAMED[meaning.kind]), None)
        if ours is not None:
            return _done(ours, sure)
    said = _short(doc.text[start:end])
    if somebody is not None:
        start, end = min(start, somebody.start), max(end, somebody.end)
        how = f"'{somebody.text}' is who is meant, and the sentence reads like blame"
    elif margin >= _EVIDENT:
        how = f"'{said}' reads like blame of somebody"
    else:
        return None
    return Judgement(Kind.LAPSE, start, end, somebody, said, how, "meaning", sure, SENSIBLE)


def _done(deed: Deed, sure: float) -> Judgement:
    first, last = reach(deed.verb)
    actor = deed.actor if deed.actor.text or deed.passive else None  # nobody is named, and somebody did it
    if actor is not None and actor.text:
        first, last = min(first, actor.start), max(last, actor.end)
    behind = "behind" if _is_gerund(deed) else "who"
    how = (
        f"'{deed.actor.text}' is the one {behind} '{deed.said}'"
        if deed.actor.text
        else f"'{deed.said}' is what somebody did"
    )
    wording = instead(deed, "denial" if deed.negation is not None else "")
    return Judgement(
        Kind.LAPSE,
        first,
        last,
        actor,
        deed.verb.text,
        f"{how}, and the sentence reads like blame",
        "meaning",
        sure,
        wording,
    )


def _is_gerund(deed: Deed) -> bool:
    return deed.verb.tag_ == "VBG" and not auxiliaries(deed.verb)


def _somebody(
    doc: "Doc", words: tuple[int, int], meaning: Meaning, context: "Context", cleared: list[Deed], *, doubtful: bool
) -> Agent | None:
    """The first one named in the words that carry the blame; one who may be a thing only where `doubtful` is allowed.

    Whoever is told to have done what is no fault is not meant, nor is whom a customer did it to.
    """
    for tok in doc:
        if words[0] <= tok.idx < words[1] and tok.pos_ in ("NOUN", "PROPN", "PRON"):
            found = who(tok, context.people, context.before)
            if any(deed.actor.start <= tok.idx < deed.actor.end or tok in deed.verb.subtree for deed in cleared):
                continue
            if found.who in BLAMED[meaning.kind] and (doubtful or not (found.doubtful or found.who is Who.NAME)):
                return found
    return None


_LONGEST = 60


def _short(said: str) -> str:
    text = " ".join(said.split())
    return text if len(text) <= _LONGEST else text[:_LONGEST].rsplit(" ", 1)[0] + " …"
