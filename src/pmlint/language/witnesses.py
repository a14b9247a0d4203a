"""What the parse shows of a deed that a sentence seems to blame: whether it is told of somebody, and what clears it."""

import re
from typing import TYPE_CHECKING

from pmlint.language import scheme
from pmlint.language.agents import People, Who, who
from pmlint.language.agents import table as agents_table
from pmlint.language.deeds import Deed
from pmlint.language.lexicon import is_error, is_fault, listed, table, tables
from pmlint.language.meaning import Meaning
from pmlint.language.ordinary import is_agreed, is_explained, is_good_to_lack

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from pmlint.language.judge import Context

BLAMED = {
    "person": frozenset({Who.PERSON, Who.NAME, Who.TEAM, Who.VENDOR, Who.IMPLIED}),
    "team": frozenset({Who.TEAM, Who.VENDOR, Who.NAME, Who.PERSON}),
    "we": frozenset({Who.WE}),
}


_SOMEBODY = re.compile(r"(?i)(?:an?|any|every) \w|(?:somebody|someone|anybody|anyone)\b")


def is_general(deed: Deed) -> bool:
    """ "a tired person reads what she expects": whoever it may be, and whenever."""
    return not deed.past and deed.negation is None and _SOMEBODY.match(deed.actor.text) is not None


def is_turned_down(deed: Deed) -> bool:
    """ "made no mistake", "nobody forgot", "took it down on purpose": told, and no fault."""
    for thing in scheme.objects(deed.verb):
        if any(word.lower_ == "no" for word in thing.children):
            return is_fault(thing)
    if deed.subject is not None and any(
        word.lower_ == "not" and word.i < deed.subject.i for word in deed.subject.children
    ):
        return True  # "it was the job and not the operator that dropped it"
    if scheme.opener(deed.verb) == "without" and is_good_to_lack(deed.verb):
        return True
    if _is_not_done(deed):
        return True
    if deed.negation is not None and (is_fault(deed.verb) or deed.verb.lower_ in table("knowledge", "lacking")):
        return True  # "was not the fault of the on-call", "was not careless"
    if deed.actor.text.lower() in ("nobody", "no one", "none", "none of us"):
        return bool(listed(deed.verb, tables("lapse", "omission", "error", "judgement", "breaking")))
    return is_meant(deed.verb.doc) or is_agreed(deed.verb)


def is_excused(deed: Deed) -> bool:
    """ "because both dashboards look alike", "was asked to", "had not been given": what made it so lies around them."""
    return is_explained(deed.verb) or _is_left_without(deed) or _is_done_as_asked(deed)


_ASKED = re.compile(r"(?i)\b(?:was|were|had been) (?:asked|told|instructed|requested|advised|ordered) to\b")
_BUT = re.compile(r"(?i)\b(?:not|never|but|without|instead|although|though|yet|only|ignor\w+|refus\w+)\b|n['’]t\b")


def _is_done_as_asked(deed: Deed) -> bool:
    """ "was asked to hold off and held off"."""
    text = deed.verb.doc.text
    return _ASKED.search(text) is not None and _BUT.search(text) is None


def _is_left_without(deed: Deed) -> bool:
    """ "not having been given the code": what somebody did not get from others is no fault of theirs."""
    if deed.negation is None or not deed.passive or not listed(deed.verb, _GIVEN):
        return False
    whom = scheme.passive_subject(deed.verb) or scheme.described(deed.verb)
    return whom is not None and who(whom, People()).who.is_ours


def _is_not_done(deed: Deed) -> bool:
    """ "broke without us changing anything": what happened without somebody's doing it, they did not do."""
    word = deed.subject
    if word is None or deed.verb.tag_ != "VBG" or word.i > deed.verb.i:
        return False
    first = scheme.start_of(word)
    return first.i > 0 and first.nbor(-1).lower_ == "without"


_GIVEN = frozenset({"give", "tell", "inform", "notify", "page", "furnish", "provide", "supply", "equip", "issue", "show", "grant", "allow", "permit", "authorise", "authorize", "instruct", "alert", "invite", "copy", "warn"})  # fmt: skip


def is_cleared(deed: Deed, people: People) -> bool:
    """Whether the parse shows a deed to be no fault of ours: of a machine, of a customer, or an everyday one."""
    return deed.told and (is_of_a_machine(deed, people) or _is_everyday(deed))


def _is_everyday(deed: Deed) -> bool:
    """ "proceeded to solve it", "was rolled back by the engineer": told without a word of what was amiss in it."""
    if not (deed.actor.who.is_ours or deed.actor.who is Who.IMPLIED) or _is_marked(deed):
        return False
    return deed.actor.who is Who.WE or listed(deed.verb, table("innocent", "verbs")) != ""


def is_of_a_machine(deed: Deed, people: People) -> bool:
    """ "the failover controller did not wait", "a customer forgot": the parse shows who did it, and it is none of us."""
    word = deed.subject
    if word is not None and deed.actor.who is Who.OUTSIDER:
        return word.lemma_.lower() not in _ANYBODY
    if word is None or deed.actor.who is not Who.THING:
        return False
    if word.tag_ == "NNP" and people.is_thing(word.text):
        return True
    known = agents_table("person", "machines") | agents_table("products", "things") | agents_table("products", "names")
    return word.lower_ in known or word.lemma_.lower() in known


def _is_of_a_device(deed: Deed, people: People) -> bool:
    """ "the load balancer made a poor decision": called like somebody who does it, and a thing."""
    word = deed.subject
    unlike = agents_table("person", "unlike")
    return is_of_a_machine(deed, people) or (
        word is not None and deed.actor.who is Who.THING and (word.lower_ in unlike or word.lemma_.lower() in unlike)
    )


_PLAIN = frozenset({"controller", "leader", "follower", "primary", "secondary", "writer"})
"""Of the words that may mean people as well those that hardly do."""


def is_about_machines(doc: "Doc", told: list[Deed], people: People) -> bool:
    """ "the load balancer made a poor decision": machines do whatever is done in it, and nobody else is named."""
    doing = [deed for deed in told if deed.subject is None or deed.subject.lower_ not in ("it", "which", "that")]
    if not doing or not all(_is_of_a_device(deed, people) for deed in doing):
        return False
    return not any(
        tok.lower_ in agents_table("person", "machines") - _PLAIN or who(tok, people).who.is_ours
        for tok in doc
        if tok.pos_ in ("NOUN", "PROPN", "PRON")
    )


def is_unmeant_by_a_thing(doc: "Doc", told: list[Deed], people: People) -> bool:
    """ "was unintentionally made public by the importer", "the driver inadvertently swapped them": no person meant it."""
    if told and all(is_of_a_machine(deed, people) for deed in told):
        return True
    unmeant = next((tok for tok in doc if tok.lower_ in table("manner", "inadvertent")), None)
    if unmeant is None:
        return False
    deed = min(told, key=lambda one: (one.verb.i != unmeant.head.i, abs(one.verb.i - unmeant.i)), default=None)
    if deed is not None and deed.actor.who is Who.OUTSIDER:
        return True
    if deed is None or deed.actor.who is not Who.THING or deed.subject is None:
        return False
    return not sounds_human(deed.subject) and abs(deed.verb.i - unmeant.i) < 8


_ANYBODY = frozenset({"people", "person", "both", "each", "two", "three", "some", "few", "most", "all", "half"})


_MEANT = re.compile(r"(?i)\b(?:on purpose|deliberately|intentionally)\b")


def is_meant(doc: "Doc") -> bool:
    """Whether something is said to be done on purpose."""
    return _MEANT.search(doc.text) is not None


_MORE = frozenset({"more", "better", "greater", "closer", "careful", "full", "special", "due"})


def is_needed_by_a_thing(tok: "Token", context: "Context") -> bool:
    """ "some machines need local attention": attention that a thing waits for; "more attention" is asked of people."""
    verb = tok.head
    if verb.lemma_.lower() not in ("need", "require", "want") or tok not in scheme.objects(verb):
        return False
    word = scheme.subject(verb)
    more = any(child.lower_ in _MORE for child in tok.children)
    return not more and word is not None and who(word, context.people, context.before).who is Who.THING


def is_witness(deed: Deed, meaning: Meaning, context: "Context", *, evident: bool) -> bool:
    """Whether a deed is told of somebody who may be blamed for it."""
    kind = deed.actor.who
    if not deed.told or (kind not in BLAMED[meaning.kind] and not _is_unknown_person(deed, meaning)):
        return False
    if kind is Who.IMPLIED and not (evident and deed.passive and meaning.start <= deed.verb.idx < meaning.end):
        return False
    if _is_everyday(deed) and not (evident and kind is Who.WE):
        return False
    if deed.actor.text[:1].isdigit():
        return False  # those who are counted are those whom it hit
    return not (kind is Who.NAME and context.people.is_thing(deed.actor.text))


_AMISS = frozenset(
    {"too", "only", "wrong", "wrongly", "incorrectly", "late", "instead", "without", "just", "simply", "never"}
)


def _is_marked(deed: Deed) -> bool:
    """Whether a deed of our own is told with what was amiss in it; all others are what we did that day."""
    if deed.negation is not None or is_error(deed.verb.lemma_.lower()):
        return True
    if listed(deed.verb, tables("lapse", "omission", "error", "judgement", "breaking")):
        return True
    return any(tok.lower_ in _AMISS and not _is_well_without(tok) for tok in deed.verb.subtree)


def _is_well_without(tok: "Token") -> bool:
    """ "without losing a minute"."""
    return tok.lower_ == "without" and tok.i + 1 < len(tok.doc) and is_good_to_lack(tok.nbor(1))


_DOERS = re.compile(r"[a-z]{3,}(?:er|or|ist|ian|ant|(?<!m)ent|ee|man|woman|(?<!n)(?<!l)ess)")


def sounds_human(tok: "Token") -> bool:
    """Whether an unknown word is made as words for people are: "the observer", "the hostmaster"."""
    return (
        tok.tag_ == "NN"
        and _DOERS.fullmatch(tok.lower_) is not None
        and tok.lower_
        not in agents_table("person", "machines")
        | agents_table("person", "unlike")
        | agents_table("products", "things")
    )


def _is_unknown_person(deed: Deed, meaning: Meaning) -> bool:
    outsider = deed.actor.who is Who.OUTSIDER
    return meaning.kind == "person" and not outsider and deed.subject is not None and sounds_human(deed.subject)
