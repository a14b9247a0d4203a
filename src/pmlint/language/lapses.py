"""What makes a deed a lapse: the verb itself, its denial, its manner, its object."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pmlint.language import scheme
from pmlint.language.agents import Who
from pmlint.language.deeds import Deed
from pmlint.language.denials import denied
from pmlint.language.judgement import Lapse
from pmlint.language.lexicon import bases, is_error, listed, phrase, table
from pmlint.language.ordinary import clause_end, is_agreed, is_duty, is_everyday, is_explained

if TYPE_CHECKING:
    from spacy.tokens import Token


_SORTS = ("omission", "error", "judgement", "breaking")
_LIVE = frozenset({"timeline", "response", "detection"})


def lapse(deed: Deed, sections: frozenset[str]) -> Lapse | None:
    """Why `deed` is a lapse, if it is one; the surest reason first."""
    if not deed.told or not (deed.past or _is_narrated(deed, sections)) or deed.verb.doc.text.rstrip().endswith("?"):
        return None
    if (
        deed.actor.who is Who.NAME
        and deed.actor.start == 0
        and deed.verb.tag_ == "VBN"
        and not scheme.auxiliaries(deed.verb)
    ):
        return None  # "Generator never used before": what was done to the thing at the head of a note
    found = next(_lapses(deed), None)
    if found is None or (found.sort == "omission" and scheme.is_main(deed.verb)):
        return found  # "failed to wait, as agreed": what was agreed is what was left undone
    if found.sort in _EXPLAINED and is_explained(deed.verb):
        return None
    return None if found.sort != "denial" and is_agreed(deed.verb) else found


_EXPLAINED = frozenset({"manner", "denial", "quality"})
"""Sorts that a reason in the same sentence clears: "restarts the wrong pod, since both dashboards show one name"."""


def _is_narrated(deed: Deed, sections: frozenset[str]) -> bool:
    """Whether a present tense tells what happened, as timelines do."""
    if deed.actor.text.lower() == "i" or deed.actor.who is Who.WE:
        return (
            bool(sections & _LIVE)
            and deed.negation is None
            and phrase("idioms", "lapse").match(deed.verb.doc.text, deed.verb.idx) is not None
        )
    return bool(sections & _LIVE) or (
        deed.actor.who is Who.PERSON and not deed.actor.plural and not deed.actor.doubtful and "root_cause" in sections
    )


def _lapses(deed: Deed) -> Iterator[Lapse]:
    if deed.negation is not None:
        yield from _idiom(deed)
        yield from denied(deed)
        return
    for look in (_own, _idiom, _left, _nothing, _half, _lacking, _without, _manner):
        yield from look(deed)


def _own(deed: Deed) -> Iterator[Lapse]:
    """The verb says it: forgot, overlooked, misread."""
    verb = deed.verb
    if verb.pos_ not in ("VERB", "AUX") and not verb.tag_.startswith("VB"):
        return
    lemma = verb.lemma_.lower()
    if lemma == "fail" and (deed.actor.who is Who.NAME or not _fails_to(verb)):
        return
    if deed.actor.who is Who.NAME and deed.actor.text.isupper() and not listed(verb, _HUMAN):
        return
    for sort in _SORTS:
        name = listed(verb, table("lapse", sort))
        if name and not is_everyday(name, deed):
            yield Lapse(sort, verb.text, 0.9 if sort in ("omission", "error") else 0.8)
            return
    if is_error(lemma):
        yield Lapse("error", verb.text, 0.9)


# What no machine is said to do: it makes people of a name in capitals, which is mostly a thing's.
_HUMAN = frozenset(
    {
        "abandon",
        "forget",
        "refuse",
        "neglect",
        "panic",
        "insist",
        "hesitate",
        "misjudge",
        "misunderstand",
        "underestimate",
        "dither",
        "look away",
        "turn away",
        "sit on",
        "put off",
    }
)


def _fails_to(verb: "Token") -> bool:
    """ "failed to check" is a deed; "reports failed grading", "the upgrade failed" and "failed over" are none."""
    if verb.i + 1 < len(verb.doc) and verb.nbor(1).lower_ == "over":
        return False
    return any(child.dep_ in ("xcomp", "advcl", "ccomp") for child in verb.children) or any(
        tok.lower_ in ("to", "in") for tok in verb.doc[verb.i + 1 : verb.i + 2]
    )


def _idiom(deed: Deed) -> Iterator[Lapse]:
    """A way of saying it in several words, at the verb or at the helping verb before it."""
    verb = deed.verb
    pattern = phrase("idioms", "denied" if deed.negation is not None else "lapse")
    starts = [
        verb,
        *(tok for tok in verb.children if tok.i < verb.i and tok.dep_ in ("cop", "aux", "aux:pass", "auxpass")),
    ]
    if deed.actor.who is Who.IMPLIED:
        return
    for tok in starts:
        if not tok.tag_.startswith("VB"):
            continue
        found = pattern.match(verb.doc.text, tok.idx)
        if found and found.end() >= verb.idx:
            yield Lapse("idiom", found[0], 0.8)
            return


_STATES = frozenset({"empty", "open", "blank", "off", "on", "unlocked", "disabled", "enabled", "unattended", "exposed", "running", "switched", "turned", "unfinished", "half", "untouched", "unread", "unanswered", "unprotected", "unpatched", "commented", "out", "hanging", "logged", "plugged", "unplugged"})  # fmt: skip


def _left(deed: Deed) -> Iterator[Lapse]:
    """ "left the page empty", "was left switched off by": what should not have stayed so."""
    for verb in (deed.verb, deed.verb.head):
        if "leave" in bases(verb) and (verb.i == deed.verb.i or deed.verb.dep_ in ("xcomp", "advcl")):
            heads = {verb.i, deed.verb.i, *(thing.i for thing in scheme.objects(verb))}
            state = next(
                (
                    tok
                    for tok in verb.doc[verb.i + 1 : verb.i + 10]
                    if (tok.lower_ in _STATES and tok.head.i in heads)
                    or (tok.i == verb.i + 1 and tok.lower_ in _STATES)
                ),
                None,
            )
            if state is not None:
                yield Lapse("omission", f"{verb.text} … {state.text}", 0.75)
                return


def _nothing(deed: Deed) -> Iterator[Lapse]:
    """ "saw nothing unusual", "did nothing"."""
    for thing in scheme.objects(deed.verb):
        nobody = thing.lower_ == "nobody" or (thing.lower_ == "one" and thing.i and thing.nbor(-1).lower_ == "no")
        if nobody and listed(deed.verb, _TELLING):
            yield Lapse("denial", f"{deed.verb.text} {thing.text}", 0.8)
            return
        if thing.lower_ in ("nothing", "none") and listed(deed.verb, _NOTHING) and deed.actor.who is not Who.WE:
            yield Lapse("denial", f"{deed.verb.text} {thing.text}", 0.75)
            return


_TELLING = frozenset({"tell", "ask", "inform", "notify", "consult", "warn", "call", "involve", "alert"})
_NOTHING = frozenset({"see", "notice", "do", "say", "check", "suspect", "ask", "tell", "report", "test", "read"})


def _half(deed: Deed) -> Iterator[Lapse]:
    """ "had only tested", "only skimmed": care that stopped short."""
    only = any(
        child.lower_ in ("only", "merely", "just", "barely", "hardly") and child.i < deed.verb.i
        for child in deed.verb.children
    )
    if only and deed.actor.who in (Who.PERSON, Who.TEAM) and listed(deed.verb, _HALF):
        yield Lapse("omission", f"only {deed.verb.text}", 0.75)


_HALF = frozenset(
    {
        "test",
        "check",
        "verify",
        "review",
        "read",
        "look at",
        "look",
        "tell",
        "inform",
        "skim",
        "glance",
        "try",
        "validate",
        "inspect",
        "consider",
        "update",
        "back up",
        "read through",
    }
)


def _lacking(deed: Deed) -> Iterator[Lapse]:
    """An adjective says it: unaware, inexperienced."""
    verb = deed.verb
    if deed.actor.who in (Who.IMPLIED, Who.NAME):
        return
    if verb.pos_ in ("ADJ", "VERB", "ADV") and verb.lower_ in table("knowledge", "lacking") and not is_duty(verb):
        yield Lapse("quality", verb.text, 0.8)
    if (
        verb.lower_ in table("knowledge", "sure")
        and not scheme.objects(verb)
        and any(child.dep_ in ("ccomp", "xcomp", "advcl") for child in verb.children)
    ):
        yield Lapse("belief", verb.text, 0.7)


def _without(deed: Deed) -> Iterator[Lapse]:
    """Something left undone beside it: "without approval", "instead of the counters"."""
    verb = deed.verb
    for found in scheme.phrases(verb):
        if (
            found.preposition == "without"
            and found.noun.lemma_.lower() in table("care", "nouns")
            and not any(child.lower_ in ("further", "more", "additional") for child in found.noun.children)
        ):
            yield Lapse("without", f"without {found.noun.text}", 0.8)
            return
        if (
            found.preposition in ("instead of", "rather than")
            and found.noun.i > verb.i
            and deed.actor.who is not Who.WE
        ):
            yield Lapse("without", f"{found.preposition} {found.noun.text}", 0.7)
            return


def _manner(deed: Deed) -> Iterator[Lapse]:
    verb = deed.verb
    for child in verb.children:
        if child.dep_ in ("advmod", "npadvmod", "obl") and child.lower_ in table("manner", "adverbs"):
            yield Lapse("manner", child.text, 0.8)
            return
    if deed.actor.who is Who.IMPLIED or not verb.tag_.startswith("VB"):
        return
    if not (_MENDING | _SEARCHING) & set(bases(verb)):
        for obj in _things(verb):
            for child in obj.children:
                if child.dep_ == "amod" and child.lower_ in table("manner", "wrong"):
                    yield Lapse("manner", f"{child.text} {obj.text}", 0.75)
                    return
    found = phrase("manner", "phrases").search(verb.doc.text, verb.idx, clause_end(verb)) or phrase(
        "manner", "defiant"
    ).search(verb.doc.text, verb.idx, clause_end(verb, commas=True))
    if found and not _SEARCHING & set(bases(verb)):
        yield Lapse("manner", found[0], 0.75)


# Where one searched first is what one believed then, and no fault.
_SEARCHING = frozenset({"look", "search", "dig", "investigate", "hunt", "debug", "suspect", "spend"})


def _things(verb: "Token") -> "list[Token]":
    """What a deed is done to and with, one step into its nouns: "executed a command with an incorrect input"."""
    near = [*scheme.objects(verb), *(found.noun for found in scheme.phrases(verb) if found.preposition in _WITH)]
    return near + [
        found.noun for noun in near for found in scheme.phrases(noun) if found.preposition in ("with", "from")
    ]


_WITH = frozenset({"in", "on", "to", "with", "from", "into", "at"})

# Whoever mends, finds or tells of what is wrong has done nothing wrong.
_MENDING = frozenset({"fix", "revert", "correct", "identify", "find", "remove", "replace", "detect", "notice", "discover", "report", "see", "spot", "observe", "receive", "patch", "repair", "restore", "undo", "address", "catch", "flag", "investigate", "block", "reject", "have", "face", "encounter", "experience", "suffer", "prevent", "stop", "avoid", "return", "be", "analyze", "analyse", "describe", "explain", "show", "learn", "realize", "realise", "confirm", "know", "trace", "inform", "notify", "warn", "say", "use"})  # fmt: skip
