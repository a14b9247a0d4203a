"""Reads one sentence: every clause in it that blames somebody, with the reason for reading it so."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from pmlint.language import scheme
from pmlint.language.agents import People, Who
from pmlint.language.agents import table as agents_table
from pmlint.language.attribution import attributions
from pmlint.language.causation import CAUSES, cause, named_cause
from pmlint.language.clause import reach
from pmlint.language.deeds import Deed, deeds
from pmlint.language.hindsight import hindsight
from pmlint.language.human_error import human_error
from pmlint.language.inadvertence import inadvertent
from pmlint.language.judgement import Judgement, Kind, Lapse
from pmlint.language.lapses import lapse
from pmlint.language.lexicon import listed, table
from pmlint.language.meaning import Meaning
from pmlint.language.measures import measures
from pmlint.language.ordinary import is_good_to_lack
from pmlint.language.passives import passives
from pmlint.language.proposals import proposals
from pmlint.language.rewording import instead, possible
from pmlint.language.singled import singled

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


class Context(Struct, frozen=True):
    """What the sentence stands in."""

    people: People = field(default_factory=People)
    before: str = ""
    """The text of its paragraph up to it."""
    heading: bool = False
    named: bool = False
    """Whether names of people are asked for."""
    sections: frozenset[str] = frozenset()
    length: int = 1
    """How many sentences its document has."""
    meaning: Meaning | None = None
    """What the transformer made of it; None where it was not asked."""


def judge(doc: "Doc", context: Context) -> list[Judgement]:
    """The judgements on one parsed sentence, in order, no two about one clause."""
    return [_begun(each, doc) for each in _judged(doc, context)]


_OPENERS = frozenset({"and", "but", "so", "or", "then", "utc", "gmt", "cet", "cest", "est", "edt", "pst", "pdt", "bst"})


def _begun(found: Judgement, doc: "Doc") -> Judgement:
    """Without what stands before the clause: a conjunction, a stop, the zone of a time."""
    start = found.start
    for tok in doc:
        if tok.idx >= start and (tok.is_punct or tok.lower_ in _OPENERS) and tok.idx + len(tok.text) < found.end:
            start = tok.idx + len(tok.text_with_ws)
        elif tok.idx >= start:
            break
    return found if start == found.start else replace(found, start=start)


# "Was it the fault of the engineer?" asks; "did nobody ever check?" does not.
_ASKED = re.compile(
    r"(?i)\W*(?:was|were|is|did|does|had|has)\b(?![^?]*(?:\b(?:not|nobody|no one|any(?:one|body)|really|even|ever|never|too much|at all|seriously)\b|n['’]t\b))[^?.!]*\?"
)


def _judged(doc: "Doc", context: Context) -> list[Judgement]:
    if _ASKED.match(doc.text):
        return []
    found = outright(doc, context)
    meaning = context.meaning
    if context.heading or meaning is None:
        return found  # a heading names and does not tell: only what is said outright counts
    kept = [replace(each, likely=meaning.blame) for each in found if not _doubted(each, meaning.blame)]
    if any(each.kind is not Kind.NAMED for each in kept):
        return _apart(kept)
    told = list(deeds(doc, context.people, context.before))
    return _apart([*kept, *proposals(doc, told, meaning, context)])


_LISTED = 0.8
_DOUBTED, _DENIED = 0.03, 0.02
"""Below this a judgement is dropped: one that the lists are not sure of, and one that they are."""


def _doubted(found: Judgement, likely: float) -> bool:
    if found.kind is Kind.NAMED:
        return False
    return likely < (_DOUBTED if found.sure < _LISTED else _DENIED)


def outright(doc: "Doc", context: Context) -> list[Judgement]:
    """What the grammar and the lists decide by themselves."""
    if context.heading:
        # A heading names and does not tell: only what is said outright counts.
        return _apart(
            [
                *hindsight(doc, context.people, context.before),
                *human_error(doc, context.people, context.before, context.sections),
                *attributions(doc, context.people, context.before),
            ]
        )
    found = [
        *_deeds(doc, context),
        *_passives(doc, context),
        *hindsight(doc, context.people, context.before),
        *human_error(doc, context.people, context.before, context.sections),
        *attributions(doc, context.people, context.before),
        *named_cause(doc, context.people, context.before, context.sections),
        *_singled(doc, context),
        *measures(doc, context.people, context.before, context.sections),
        *inadvertent(doc, context),
        *_undone(doc, context),
        *(_named(doc, context) if context.named else ()),
    ]
    return _apart(found)


def _passives(doc: "Doc", context: Context) -> Iterator[Judgement]:
    if not context.sections & (_TO_COME | _PRAISE):
        yield from passives(doc, deeds(doc, context.people, context.before))


def _singled(doc: "Doc", context: Context) -> Iterator[Judgement]:
    if context.sections & (CAUSES | {"summary", "went_wrong", "impact", "detection", "response"}):
        yield from singled(doc, context.people, context.before)


_TO_COME = frozenset({"action_items", "prevention", "follow_up"})
_PRAISE = frozenset({"went_well", "got_lucky"})
_PRAISED = 0.85
"""Among what went well only the surest words of fault are meant as such."""


def _deeds(doc: "Doc", context: Context) -> Iterator[Judgement]:
    if context.sections & _TO_COME:
        return  # an action tells what is to be done, and by whom
    praise = context.sections & _PRAISE
    for deed in deeds(doc, context.people, context.before):
        if not deed.actor.who.is_ours:
            continue
        why = lapse(deed, context.sections)
        if why is not None and not (praise and why.sure < _PRAISED and why.sort != "denial"):
            yield _lapse(deed, why)
            continue
        harm = cause(deed, context.sections)
        if harm is not None:
            yield harm


_INSTEAD = re.compile(
    r"(?i)\b(?:without|instead of|rather than)\s+(?:(?:ever|even|first|actually|properly|fully|really|anyone|anybody|someone|having)\s+){0,3}$"
)


def _undone(doc: "Doc", context: Context) -> Iterator[Judgement]:
    """ "closes the ticket without looking into it": what somebody did, by what they left undone."""
    found = {deed.verb.i: deed for deed in deeds(doc, context.people, context.before)}
    for tok in doc:
        if (
            not (tok.tag_ in ("VBG", "VBN", "VB", "VBP") or tok.lower_.endswith("ing"))
            or not _INSTEAD.search(doc.text[max(0, tok.idx - 40) : tok.idx])
            or is_good_to_lack(tok)
            or tok.lower_ in ("being", "having")
        ):
            continue
        near = reversed(doc[max(0, tok.i - 6) : tok.i])
        opener = next((other for other in near if other.lower_ in ("without", "instead", "rather")), None)
        if opener is None:
            continue
        if context.sections & (_TO_COME | _PRAISE):
            return
        if tok.tag_ in ("VB", "VBP") and opener.lower_ == "without":
            continue
        inner = doc.text[opener.idx : tok.idx].lower()
        deed = _main(tok, opener, found)
        if deed is None or not (
            deed.actor.who.is_ours or (deed.actor.who is Who.IMPLIED and ("anyone" in inner or "anybody" in inner))
        ):
            continue
        if (
            not deed.told
            or not (deed.past or context.sections & {"timeline", "response", "detection", "root_cause"})
            or deed.negation is not None
        ):
            continue
        if deed.actor.doubtful and deed.actor.who is Who.TEAM and not listed(tok, table("care", "verbs")):
            continue
        start, end = reach(tok)
        start = min(deed.actor.start if deed.actor.text else deed.verb.idx, deed.verb.idx, opener.idx)
        said = doc.text[opener.idx : tok.idx + len(tok.text)]
        yield Judgement(
            Kind.LAPSE,
            start,
            end,
            deed.actor if deed.actor.text else None,
            said,
            f"'{deed.actor.text or deed.verb.text}' is told with what was left undone: '{said}'",
            "without",
            0.85,
            possible(deed, doc.text[opener.idx : end].partition(",")[0]),
        )


def _main(tok: "Token", opener: "Token", found: dict[int, Deed]) -> Deed | None:
    """The deed that a clause of what was left undone hangs on; the nearest one before it where the parse has none."""
    at = tok
    for _ in range(6):
        at = at.head
        if at.i in found and at.i < opener.i and (found[at.i].actor.who.is_ours or found[at.i].passive):
            return found[at.i]
        if at.head.i == at.i:
            break
    for i in range(opener.i - 1, max(-1, opener.i - 15), -1):
        if tok.doc[i].lower_ in (";",):
            break
        if i in found and tok.doc[i].pos_ in ("VERB", "AUX"):
            return found[i]
    return None


_PROCEDURE = frozenset(
    {
        "procedure",
        "process",
        "protocol",
        "policy",
        "runbook",
        "playbook",
        "instruction",
        "guideline",
        "rule",
        "practice",
        "standard",
        "checklist",
        "step",
    }
)


def _lapse(deed: Deed, why: Lapse) -> Judgement:
    start, end = reach(deed.verb)
    if deed.actor.text:
        start, end = min(start, deed.actor.start), max(end, deed.actor.end)
    told = f"'{deed.actor.text}' is {'the one who did what' if deed.passive else 'the subject of'} '{deed.said}'"
    if not deed.actor.text:
        told = f"only people do what '{deed.said}' says"
    kind = Kind.LAPSE
    if (
        deed.negation is not None
        and deed.verb.lemma_ in ("follow", "adhere", "comply", "obey")
        and any(
            thing.lemma_.lower() in _PROCEDURE
            for thing in [*scheme.objects(deed.verb), *(each.noun for each in scheme.phrases(deed.verb))]
        )
    ):
        kind = Kind.EUPHEMISM
    return Judgement(
        kind,
        start,
        end,
        deed.actor,
        why.word,
        told,
        "passive" if deed.passive else "active",
        why.sure,
        instead(deed, why.sort),
    )


def _named(doc: "Doc", context: Context) -> Iterator[Judgement]:
    """Names of people: by their tags, and those that the document itself gives."""
    at = 0
    while at < len(doc):
        end = at
        while end < len(doc) and _is_name(doc[end], context.people):
            end += 1
        if end > at:
            first, last = doc[at], doc[end - 1]
            said = doc.text[first.idx : last.idx + len(last.text)]
            yield Judgement(
                Kind.NAMED, first.idx, last.idx + len(last.text), None, said, f"'{said}' is a name", "name", 0.8
            )
        at = max(end, at + 1)


def _is_name(tok: "Token", people: People) -> bool:
    if not tok.text[:1].isupper() or tok.lower_ in agents_table("products", "names"):
        return False
    if tok.lower_ in people.names:
        return True
    return (
        tok.ent_type_ == "PERSON"
        and tok.pos_ in ("PROPN", "NOUN")
        and not tok.text.isupper()
        and not people.is_thing(tok.text)
    )


# Which judgement speaks where several fall on one clause: the more specific before the more general.
_RANK = (
    Kind.INADVERTENCE,
    Kind.HUMAN_ERROR,
    Kind.COUNTERFACTUAL,
    Kind.EUPHEMISM,
    Kind.LAPSE,
    Kind.CAUSE,
    Kind.JUDGED,
    Kind.PUNITIVE,
    Kind.DEFENSIVE,
    Kind.EXHORTATION,
    Kind.PERSON_ACTION,
    Kind.LESSON,
    Kind.NAMED,
)


def _apart(found: list[Judgement]) -> list[Judgement]:
    """One finding for one fault: where clauses overlap, the most specific stands."""
    kept: list[Judgement] = []
    for each in sorted(found, key=lambda one: (_RANK.index(one.kind), -one.sure, one.start)):
        apart = each.kind is Kind.NAMED  # a name beside blame is another matter
        if apart or not any(each.start < other.end and other.start < each.end for other in kept):
            kept.append(each)
    return sorted(kept, key=lambda one: one.start)
