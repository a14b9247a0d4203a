"""Every deed that a sentence tells: its verb, who did it, whether it is denied and whether it happened."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from pmlint.language import scheme
from pmlint.language.agents import Agent, People, Who, who

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# Verbs whose object does what the infinitive after it says: "asked her to wait".
_OBJECT_CONTROL = frozenset({"ask", "tell", "allow", "cause", "make", "let", "help", "require", "force", "instruct", "remind", "expect", "want", "prevent", "see", "hear", "enable", "lead", "get", "keep", "stop", "permit", "advise", "order", "leave"})  # fmt: skip
_UNREAL_OPENERS = frozenset({"if", "unless", "until", "whenever", "in case", "whether", "lest", "so that", "provided", "should", "before", "in order", "to", "even if", "once", "than", "rather than", "instead of", "like", "as if", "as though"})  # fmt: skip
_UNREAL_MODALS = frozenset({"can", "could", "may", "might", "will", "would", "shall", "should", "must", "ought", "'ll", "'d", "’d", "ca", "wo"})  # fmt: skip
_PREVENTING = frozenset({"prevent", "avoid", "stop", "ensure", "forbid", "block", "catch", "detect", "keep", "protect", "reduce", "require", "allow", "enable", "deny", "hope", "recommend", "suggest", "propose", "plan", "want", "aim", "decide"})  # fmt: skip
# After these an infinitive tells what was done; after others ("methods to bypass", "asked to wait") only what might be.
_CARRIED_OUT = frozenset({"choose", "decide", "begin", "start", "manage", "proceed", "continue", "prefer", "go", "dare", "happen", "tend", "appear", "seem", "have", "opt", "use", "rush", "help"})  # fmt: skip
_WHO = frozenset({"who", "which", "that", "whom", "what"})


class Deed(Struct, frozen=True):
    """A verb (or an adjective or noun that says something of somebody) with the one it is said of."""

    verb: "Token"
    actor: Agent
    passive: bool
    negation: "Token | None"
    told: bool
    """Told as a fact: not as a possibility, a condition, a wish or a question."""
    subject: "Token | None"
    """The word that names the actor, where one stands in the sentence."""

    @property
    def said(self) -> str:
        """The verb as written, with what denies it right before it: "did not compare"."""
        doc, first = self.verb.doc, self.verb.i
        if self.negation is not None and 0 < first - self.negation.i <= 3:
            first = self.negation.i
            helped = doc[first - 1] if first else None
            if helped is not None and helped.pos_ in ("AUX", "VERB"):
                first -= 1
        return doc.text[doc[first].idx : self.verb.idx + len(self.verb.text)]

    @property
    def past(self) -> bool:
        """Whether it is told in the past; what has no tense of its own takes that of the clause it hangs on."""
        return is_past(self.verb)


def is_past(verb: "Token") -> bool:
    """Whether a verb is told in the past; fragments without any tense count as past."""
    at = verb
    for _ in range(8):
        tense = _tense(at)
        if tense:
            return tense == "past"
        up = scheme.governor(at)
        up = at.head if up is None and at.dep_ == "conj" else up
        if up is None or up.i == at.i:
            return True
        at = up
    return True


_PAST = frozenset({"did", "had", "was", "were", "has", "have", "'ve", "’ve", "been"})
_PRESENT = frozenset({"do", "does", "is", "are", "am", "'re", "'m", "’re", "’m", "’s", "'s"})


def _tense(verb: "Token") -> str:
    helpers = [
        child.lower_ for child in scheme.host(verb).children if child.dep_ in ("aux", "aux:pass", "auxpass", "cop")
    ]
    if scheme.host(verb).i != verb.i:
        helpers.append(scheme.host(verb).lower_)
    if any(word in _PAST for word in helpers):
        return "past"
    if any(word in _PRESENT for word in helpers):
        return "present"
    if verb.tag_ == "VBD":
        return "past"
    return "present" if verb.tag_ in ("VBZ", "VBP") else ""


def deeds(doc: "Doc", people: People, before: str = "") -> tuple[Deed, ...]:
    """Every deed of the sentence, in order; asked for by several readers, and found once."""
    known: dict[tuple[People, str], tuple[Deed, ...]] = doc.user_data.setdefault("deeds", {})
    if (people, before) not in known:
        known[people, before] = tuple(_deeds(doc, people, before))
    return known[people, before]


def _deeds(doc: "Doc", people: People, before: str) -> Iterator[Deed]:
    for tok in doc:
        if not is_predicate(tok):
            continue
        found = _actor(tok, people, before, 0)
        if found is None:
            continue
        actor, word = found
        yield Deed(tok, actor, scheme.is_passive(tok) or _is_bare_participle(tok), _negation(tok), is_told(tok), word)


def is_predicate(tok: "Token") -> bool:
    """Whether something is said of somebody by `tok`."""
    if tok.dep_ in ("aux", "aux:pass", "auxpass", "cop", "compound:prt", "prt"):
        return False
    if tok.pos_ == "VERB" or tok.tag_.startswith("VB"):
        return not (tok.dep_ == "amod" and tok.i + 1 < len(tok.doc))
    if tok.pos_ in ("ADJ", "NOUN", "ADV", "PRON", "PROPN", "ADP"):
        joined = tok.dep_ == "conj" and any(child.dep_ == "cop" for child in tok.children)
        return (scheme.subject(tok) is not None or joined) and tok.dep_ not in ("det", "amod")
    return False


def _is_bare_participle(tok: "Token") -> bool:
    """ "left switched off by the manager", "added by the developer": a participle that hangs on a noun or a verb."""
    if tok.tag_ != "VBN" or scheme.auxiliaries(tok) or scheme.subject(tok) is not None:
        return False
    return not scheme.is_main(tok)


def _actor(verb: "Token", people: People, before: str, depth: int) -> "tuple[Agent, Token | None] | None":  # noqa: C901 -- one branch for each construction
    if depth > 6:
        return None
    if scheme.is_passive(verb) or (_is_bare_participle(verb) and verb.dep_ != "conj"):
        return _doer(verb, people, before)
    beside = _beside(verb, people, before)
    if beside is not None:
        return beside
    word = scheme.subject(verb)
    if word is not None:
        return None if _disagrees(verb, word) else _subject(verb, word, people, before)
    if verb.dep_ == "conj":
        head = verb.head
        if scheme.is_passive(head):
            if verb.tag_ == "VBN" and not any(aux.lower_ in ("had", "has", "have") for aux in scheme.auxiliaries(verb)):
                return _doer(verb, people, before)
            # "was called and restarts it": what was done to somebody, and what they did then
            word = scheme.passive_subject(head)
            return _subject(head, word, people, before) if word is not None else None
        return _joined(verb, head, people, before, depth)
    near = _nearest(verb)
    if near is not None:
        return who(near, people, before), near
    if scheme.is_complement(verb):
        above = scheme.governor(verb)
        if above is None:
            return None
        objects = scheme.objects(above)
        if objects and above.lemma_ in _OBJECT_CONTROL:
            return who(objects[0], people, before), objects[0]
        if above.pos_ in ("NOUN", "PROPN"):
            return _of_noun(above, people, before)
        return _actor(above, people, before, depth + 1)
    noun = scheme.described(verb)
    if noun is not None and (verb.tag_ in ("VBG", "VBD") or scheme.is_main(verb)):
        return who(noun, people, before), noun
    if noun is not None:
        return _of_noun(noun, people, before)
    around = scheme.governor(verb)
    if around is not None and around.i != verb.i and is_predicate(around):
        if scheme.is_passive(around) or _is_bare_participle(around):
            return _doer(around, people, before)
        return _actor(around, people, before, depth + 1)
    return None


def _disagrees(verb: "Token", word: "Token") -> bool:
    """ "the snapshot we have doesn't include it": a verb in the third person is not what "we" did, whatever the parse."""
    if word.lower_ not in ("we", "they", "i"):
        return False
    return verb.tag_ == "VBZ" or any(aux.lower_ in ("does", "has", "is") for aux in scheme.auxiliaries(verb))


def _joined(
    verb: "Token", head: "Token", people: People, before: str, depth: int
) -> "tuple[Agent, Token | None] | None":
    """Who did the second of two joined deeds: whoever did the first, which is the nearest one where the parse is in doubt."""
    found = _actor(head, people, before, depth + 1) if is_predicate(head) else None
    if found is not None and found[0].who is not Who.THING:
        return found
    for tok in reversed(verb.doc[max(0, verb.i - 25) : verb.i]):
        if tok.i == head.i:
            break
        if (
            tok.tag_ in ("VBD", "VBZ", "VBN")
            and tok.pos_ == "VERB"
            and scheme.subject(tok) is not None
            and not scheme.is_relative(tok)
        ):
            near = _actor(tok, people, before, depth + 1)
            return near if near is not None and near[0].who.is_ours else found
    return found


def _beside(verb: "Token", people: People, before: str) -> "tuple[Agent, Token | None] | None":
    """Somebody right before a finite verb: the words in a row are surer than the parse of a long sentence."""
    noun = _noun_before(verb)
    if noun is None or _disagrees(verb, noun):
        return None
    found = who(noun, people, before)
    if not found.who.is_ours or found.who is Who.NAME:
        return None
    first = scheme.start_of(noun)
    if (
        first.i
        and first.nbor(-1).pos_ in ("ADP", "VERB")
        and first.nbor(-1).tag_ != "RP"
        and first.nbor(-1).lower_
        not in (
            "that",
            "because",
            "since",
            "while",
            "after",
            "before",
            "until",
            "as",
            "when",
            "though",
            "although",
            "if",
        )
    ):
        return None
    return found, noun


def _noun_before(verb: "Token") -> "Token | None":
    if verb.tag_ not in ("VBD", "VBZ", "VBP", "VB", "VBN") or (
        verb.tag_ in ("VB", "VBN") and not scheme.auxiliaries(verb)
    ):
        return None
    at = verb.i - 1
    while at >= 0 and (
        verb.doc[at].pos_ in ("ADV", "AUX", "PART") or verb.doc[at].lower_ in ("had", "have", "has", "did", "not")
    ):
        if verb.doc[at].lower_ == "to":
            return None
        at -= 1
    if at < 0 or verb.doc[at].pos_ not in ("NOUN", "PRON", "PROPN", "ADJ") or verb.doc[at].lower_ in _WHO:
        return None
    return verb.doc[at]


def _nearest(verb: "Token") -> "Token | None":
    """The noun right before a finite verb that the parse left without a subject."""
    if verb.tag_ not in ("VBD", "VBZ", "VBP") or verb.dep_ in ("conj", "acl", "amod", "acl:relcl", "relcl", "xcomp"):
        return None
    noun = _noun_before(verb)
    return None if noun is None or noun.pos_ == "ADJ" or noun.head.i == verb.i else noun


def _subject(verb: "Token", word: "Token", people: People, before: str) -> "tuple[Agent, Token | None]":
    if word.tag_.startswith("VB") and word.i + 1 < verb.i:
        # "the person releasing it could": the parse took the participle for the subject
        word = scheme.subject(word) or word
    if word.lower_ in _WHO or word.tag_ in ("WDT", "WP"):
        noun = scheme.described(verb) or scheme.described(scheme.first_conjunct(verb))
        if noun is not None and noun.i != verb.i:
            # "it was the maintainer who", "the engineer on call who"
            return who(noun, people, before), noun
        if word.lower_ == "who":
            # A question, or a noun that the parse lost: the nearest person before it.
            nearest = word.doc[word.i - 1] if word.i else word
            if nearest.lower_ == "," and word.i > 1:
                nearest = word.doc[word.i - 2]
            if word.i:
                return who(nearest, people, before), nearest
        return who(word, people, before), word
    found = who(word, people, before)
    if found.who is Who.THING and verb.dep_ in ("ccomp", "advcl", "parataxis"):
        # "whoever wrote the loop did not …": the whole clause is the subject
        first = scheme.subject(verb.head)
        if first is not None and first.lower_ in ("whoever", "whomever"):
            return who(first, people, before), first
    return found, word


def _doer(verb: "Token", people: People, before: str) -> "tuple[Agent, Token | None]":
    """Who did what a passive tells."""
    by = scheme.agent(verb)
    if by is None:
        by = _after_by(verb, people, before)
    if by is not None:
        return who(by, people, before), by
    at = verb.idx
    return Agent(Who.IMPLIED, "", at, at), None


def _after_by(verb: "Token", people: People, before: str) -> "Token | None":
    """Somebody after "by" a few words on, where the parse hung the phrase elsewhere."""
    doc = verb.doc
    by = next((tok for tok in doc[verb.i + 1 : verb.i + 9] if tok.lower_ == "by"), None)
    if by is None or any(tok.pos_ == "VERB" or tok.lower_ in (",", ";") for tok in doc[verb.i + 1 : by.i]):
        return None
    for tok in doc[by.i + 1 : by.i + 7]:
        if tok.pos_ in ("NOUN", "PROPN", "PRON") and (
            tok.i + 1 == len(doc) or (tok.nbor(1).pos_ not in ("NOUN", "PROPN") and tok.nbor(1).lower_ != "-")
        ):
            return tok if who(tok, people, before).who.is_ours else None
        if tok.pos_ == "VERB":
            return None
    return None


def _of_noun(noun: "Token", people: People, before: str) -> "tuple[Agent, Token | None] | None":
    """Whose a decision or a failure is: "the operator's decision to", "the failure of the operator to"."""
    whose = scheme.owner(noun)
    if whose is not None:
        return who(whose, people, before), whose
    for phrase in scheme.phrases(noun):
        if phrase.preposition in ("of", "by", "on the part of", "from"):
            return who(phrase.noun, people, before), phrase.noun
    return None


def _negation(verb: "Token") -> "Token | None":
    """What denies the deed; a denial of the first of two joined by "or" holds for both."""
    found = scheme.negation(verb)
    if found is None and verb.tag_.startswith("VB"):
        found = _denied_before(verb)
    if found is None and verb.dep_ == "conj" and any(child.lower_ in ("or", "nor") for child in verb.children):
        return scheme.negation(verb.head)
    return found


def _denied_before(verb: "Token") -> "Token | None":
    """ "had not", "did not", "never" right before the verb, wherever the parse hung it."""
    at = verb.i - 1
    while at >= 0 and (
        verb.doc[at].pos_ in ("ADV", "AUX", "PART") or verb.doc[at].lower_ in ("had", "have", "has", "did")
    ):
        if verb.doc[at].lower_ in ("not", "n't", "n’t", "never"):
            return verb.doc[at]
        at -= 1
    return None


def is_told(verb: "Token") -> bool:
    """Whether it is told as something that happened."""
    at: Token | None = verb
    for _ in range(8):
        if at is None or _is_loose(at, verb):
            return True
        if scheme.modal(at) in _UNREAL_MODALS and not _is_conclusion(at):
            return False
        if at.dep_ == "conj" and scheme.subject(at) is None and scheme.modal(at.head) in _UNREAL_MODALS:
            return False
        if at.i != verb.i and at.lemma_ in _PREVENTING and at.pos_ == "VERB" and scheme.opener(verb) != "because":
            return False
        if (
            scheme.opener(at) in _UNREAL_OPENERS
            and at.dep_ != "xcomp"
            and not (scheme.opener(at) == "to" and at.tag_ != "VB")
        ):
            return False
        if (
            at.i == verb.i
            and at.tag_ in ("VB", "VBP")
            and any(child.tag_ == "TO" for child in at.children)
            and not (at.dep_ == "xcomp" and at.head.lemma_ in _CARRIED_OUT)
        ):
            return False
        if scheme.is_relative(at) and at.i != verb.i:
            return True
        up = scheme.governor(at)
        at = at.head if up is None and at.dep_ == "conj" and at.head.i != at.i else up
        if at is not None and at.pos_ in ("NOUN", "PROPN", "PRON"):
            return True
    return True


def _is_loose(at: "Token", verb: "Token") -> bool:
    """ ", not knowing that …": a participle after a comma tells of the whole sentence before it."""
    if at.i != verb.i or at.tag_ != "VBG" or scheme.opener(at):
        return False
    first = at
    while first.i and first.nbor(-1).lower_ in ("not", "never", "also", "thereby", "having", "thus"):
        first = first.nbor(-1)
    return first.i > 0 and first.nbor(-1).lower_ == ","


def _is_conclusion(verb: "Token") -> bool:
    """ "must have clicked through it" says that it happened."""
    return scheme.modal(verb) == "must" and any(aux.lower_ == "have" for aux in scheme.auxiliaries(verb))


def actor(verb: "Token", people: People, before: str = "") -> Agent | None:
    """Who does what `verb` says; None where the sentence leaves it open."""
    found = _actor(verb, people, before, 0)
    return found[0] if found else None
