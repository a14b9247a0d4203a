"""What people are said not to have done: did not check, never asked, was not aware."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pmlint.language import scheme
from pmlint.language.agents import Who
from pmlint.language.deeds import Deed
from pmlint.language.judgement import Lapse
from pmlint.language.lexicon import bases, listed, table, tables
from pmlint.language.ordinary import is_answer, is_luck

if TYPE_CHECKING:
    from spacy.tokens import Token

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


def denied(deed: Deed) -> Iterator[Lapse]:  # noqa: C901 -- one branch for each construction
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
    if (
        (actor.who is Who.NAME and actor.text.isupper())
        or (verb.i and verb.lower_ == "call" and verb.nbor(-1).lower_ == "on")
        or (verb.lemma_ == "leave" and any(tok.lower_ == "at" for tok in verb.doc[verb.i + 1 : verb.i + 3]))
        or is_answer(verb)
    ):
        return
    if verb.i >= 2 and verb.nbor(-1).lower_ == "to" and verb.nbor(-2).lower_ in ("had", "have", "has", "having"):
        return  # "never had to do it" is no omission
    if is_luck(verb.doc) or (no.lower_ == "never" and _is_first_time(verb)):
        return
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
    if listed(verb, tables("lapse", "omission", "error", "judgement", "breaking")) or verb.lemma_.lower() in (
        *table("knowledge", "lacking"),
        "panic",
        "guess",
        "blame",
    ):
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


def _is_first_time(verb: "Token") -> bool:
    """ "had never done so before": it was new to them, unless it is what a careful person does in advance."""
    after = verb.doc[verb.i + 1 : verb.i + 8]
    return any(tok.lower_ in ("before", "previously", "until") for tok in after) and not listed(verb, _NEGLECTED)


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
