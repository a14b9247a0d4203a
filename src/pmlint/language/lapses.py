"""What makes a deed a lapse: the verb itself, its denial, its manner, its object."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from pmlint.language import scheme
from pmlint.language.agents import Who
from pmlint.language.deeds import Deed
from pmlint.language.lexicon import bases, is_error, listed, phrase, table

if TYPE_CHECKING:
    from spacy.tokens import Token


class Lapse(NamedTuple):
    """Why a deed counts as a lapse."""

    sort: str
    word: str
    """The words that decided it."""
    sure: float


_SORTS = ("omission", "error", "judgement", "breaking")
# What people deny of themselves and others without blame: "not only", "not necessarily".
_HOLLOW = frozenset(
    {
        "only",
        "just",
        "merely",
        "necessarily",
        "yet",
        "longer",
        "immediately",
        "initially",
        "originally",
        "either",
        "any",
    }
)
_LIVE = frozenset({"timeline", "response", "detection"})


def lapse(deed: Deed, sections: frozenset[str]) -> Lapse | None:
    """Why `deed` is a lapse, if it is one; the surest reason first."""
    if not deed.told or not (deed.past or _is_narrated(deed, sections)) or deed.verb.doc.text.rstrip().endswith("?"):
        return None
    return next(_lapses(deed), None)


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
        yield from _denied(deed)
        return
    for look in (_own, _idiom, _left, _nothing, _half, _lacking, _without, _manner, _belief):
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
        if name:
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
    """ "failed to check" is a deed; "reports failed grading" and "the upgrade failed" are none."""
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
        found = pattern.match(verb.doc.text, tok.idx)
        if found and found.end() >= verb.idx:
            yield Lapse("idiom", found[0], 0.8)
            return


_STATES = frozenset({"empty", "open", "blank", "off", "on", "unlocked", "disabled", "enabled", "unattended", "exposed", "running", "behind", "switched", "turned", "unfinished", "half", "untouched", "unread", "unanswered", "unprotected", "unpatched", "commented", "out", "hanging", "logged", "plugged", "unplugged"})  # fmt: skip


def _left(deed: Deed) -> Iterator[Lapse]:
    """ "left the page empty", "was left switched off by": what should not have stayed so."""
    for verb in (deed.verb, deed.verb.head):
        if "leave" in bases(verb) and (verb.i == deed.verb.i or deed.verb.dep_ in ("xcomp", "advcl")):
            state = next(
                (
                    tok
                    for tok in verb.doc[verb.i + 1 : verb.i + 10]
                    if (tok.lower_ in _STATES and tok.head.i in (verb.i, deed.verb.i))
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
    if verb.pos_ in ("ADJ", "VERB", "ADV") and verb.lower_ in table("knowledge", "lacking"):
        yield Lapse("quality", verb.text, 0.8)
    if verb.lower_ in table("knowledge", "sure") and any(
        child.dep_ in ("ccomp", "xcomp", "advcl") for child in verb.children
    ):
        yield Lapse("belief", verb.text, 0.7)


def _denied(deed: Deed) -> Iterator[Lapse]:  # noqa: C901 -- one branch for each construction
    """A denial says it: did not check, never asked, was not aware."""
    verb, actor = deed.verb, deed.actor
    no = deed.negation
    if no is None or actor.who is Who.IMPLIED or deed.passive:
        return
    if any(
        inner.lower_ in ("all", "every", "everything", "both")
        for thing in scheme.objects(verb)
        for inner in [thing, *thing.children]
    ):
        return  # "did not test all of them" tells how far they got
    if verb.i >= 2 and verb.nbor(-1).lower_ == "to" and verb.nbor(-2).lower_ in ("had", "have", "has", "having"):
        return  # "never had to do it" is no omission
    if any(child.lower_ in _HOLLOW and child.i < verb.i for child in verb.children):
        return
    said = (
        f"{no.text} {verb.text}"
        if no.i < verb.i and verb.i - no.i > 1
        else verb.doc[min(no.i, verb.i) : max(no.i, verb.i) + 1].text
    )
    is_verb = verb.pos_ == "VERB" or verb.tag_.startswith("VB")
    if not is_verb and not (verb.pos_ == "ADJ" and verb.lower_ in table("knowledge", "having")):
        return
    if actor.doubtful and actor.who is Who.TEAM and not listed(verb, table("knowledge", "verbs")):
        return
    if no.lower_ in ("nobody", "none", "no", "neither", "one") and (
        actor.who is Who.WE or not listed(verb, _NEGLECTED)
    ):
        return  # "nobody had changed anything" clears people
    if any(listed(verb, table("lapse", sort)) for sort in _SORTS) or verb.lemma_.lower() in ("panic", "guess", "blame"):
        return  # "did not forget it" clears them as well
    if actor.who is Who.WE and set(bases(verb)) & {"know", "aware", "realise", "realize", "see", "learn", "understand"}:
        return  # what the authors did not know then is what they have learned
    if verb.lower_ in table("knowledge", "having") and scheme.host(verb) is not None and verb.pos_ == "ADJ":
        yield Lapse("denial", said, 0.8)
        return
    if listed(verb, table("knowledge", "verbs")):
        if listed(verb, _SEEING) in ("see", "find", "expect", "suspect", "think", "believe") and actor.who is Who.WE:
            return
        yield Lapse("denial", said, 0.8)
        return
    if verb.lemma_.lower() in table("care", "never") and not listed(verb, table("care", "verbs")):
        return
    if listed(verb, table("care", "verbs")):
        yield Lapse("denial", said, 0.85)
        return
    if actor.who is not Who.PERSON or actor.doubtful or actor.text.lower() in ("they", "them"):
        return
    yield Lapse("denial", said, 0.7)


_NEGLECTED = frozenset(
    {
        "check",
        "verify",
        "test",
        "review",
        "read",
        "ask",
        "look",
        "look at",
        "look into",
        "question",
        "follow up",
        "take",
        "bother",
        "think",
        "think of",
        "think to",
        "feel",
        "raise",
        "escalate",
        "notice",
        "care",
        "pay",
        "respond",
        "react",
        "answer",
        "pick up",
        "own",
        "tell",
        "inform",
        "consider",
        "spot",
        "document",
        "dare",
        "open",
        "monitor",
    }
)
_SEEING = frozenset(
    {"see", "find", "expect", "suspect", "think", "believe", "think about", "think of", "think through"}
)


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


_HARMS = re.compile(
    r"affect|impact|interrupt|disrupt|los|break|caus|downtime|need|hav|delay|restart|chang|touch|wait|degrad|hurt|harm",
    re.IGNORECASE,
)


def is_good_to_lack(verb: "Token") -> bool:
    """ "without affecting users", "without having to restart" is well done."""
    return _HARMS.match(verb.text) is not None and verb.lower_ not in ("waiting", "changing")


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
    found = phrase("manner", "phrases").search(verb.doc.text, verb.idx, _reach(verb)) or phrase(
        "manner", "defiant"
    ).search(verb.doc.text, verb.idx, _reach(verb, commas=True))
    if found and not _SEARCHING & set(bases(verb)):
        yield Lapse("manner", found[0], 0.75)


# Where one searched first is what one believed then, and no fault.
_SEARCHING = frozenset({"look", "search", "dig", "investigate", "hunt", "debug"})


def _things(verb: "Token") -> "list[Token]":
    """What a deed is done to and with, one step into its nouns: "executed a command with an incorrect input"."""
    near = [*scheme.objects(verb), *(found.noun for found in scheme.phrases(verb) if found.preposition in _WITH)]
    return near + [
        found.noun for noun in near for found in scheme.phrases(noun) if found.preposition in ("with", "from")
    ]


_WITH = frozenset({"in", "on", "to", "with", "from", "into", "at"})

# Whoever mends, finds or tells of what is wrong has done nothing wrong.
_MENDING = frozenset({"fix", "revert", "correct", "identify", "find", "remove", "replace", "detect", "notice", "discover", "report", "see", "spot", "observe", "receive", "patch", "repair", "restore", "undo", "address", "catch", "flag", "investigate", "block", "reject", "have", "face", "encounter", "experience", "suffer", "prevent", "stop", "avoid", "return", "be", "analyze", "analyse", "describe", "explain", "show", "learn", "realize", "realise", "confirm", "know", "trace", "inform", "notify", "warn", "say", "use"})  # fmt: skip


def _reach(verb: "Token", *, commas: bool = False) -> int:
    """Where the verb's own clause ends: before a joined or subordinate one."""
    last = verb
    for tok in verb.doc[verb.i + 1 :]:
        if tok.lower_ == "," and commas:
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


def _belief(deed: Deed) -> Iterator[Lapse]:
    """Somebody thought something; that it was wrong goes without saying."""
    verb = deed.verb
    if (
        deed.actor.who is not Who.PERSON
        or deed.passive
        or deed.actor.doubtful
        or listed(verb, frozenset({"think of", "think about", "think through"}))
    ):
        return
    believed = {"assume", "presume", "reckon", "suppose", "think", "believe"} & set(bases(verb))
    what = any(child.dep_ in ("ccomp", "xcomp", "obj", "dobj", "obl", "advcl") for child in verb.children)
    if believed and deed.past and what:
        yield Lapse("belief", verb.text, 0.7)
