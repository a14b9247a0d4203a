"""Grammar by what it means: the same answers from Universal Dependencies and from ClearNLP labels.

The two differ in names (`nsubj:pass`, `nsubjpass`) and in two structures: what ClearNLP hangs under a preposition or a
copula, Universal Dependencies hangs under the noun. Everything else in this package asks these functions only.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECT = frozenset({"nsubj", "csubj", "nsubj:outer", "expl"})
_PASSIVE = frozenset({"nsubj:pass", "nsubjpass", "csubj:pass", "csubjpass"})
_OBJECT = frozenset({"obj", "dobj", "iobj", "dative"})
_OWNER = frozenset({"nmod:poss", "poss"})
_NEGATIONS = frozenset({"not", "n't", "n’t", "nt", "never", "nobody", "none", "nowhere", "neither", "hardly", "barely"})
_AUXILIARY = frozenset({"aux", "aux:pass", "auxpass"})
_RELATIVE = frozenset({"acl:relcl", "relcl"})
_REDUCED = frozenset({"acl"})
_ADVERBIAL = frozenset({"advcl", "acl", "pcomp", "advcl:relcl"})
_CONTENT = frozenset({"ccomp", "xcomp", "pcomp"})
# "by accident", "by hand", "by Monday": how and when, and not by whom.
_NO_AGENTS = frozenset({"accident", "mistake", "hand", "default", "design", "chance", "means", "virtue", "mail", "email", "phone", "then", "now", "time", "oversight", "error", "minutes", "hours", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "midnight", "noon", "morning", "evening"})  # fmt: skip
_COPULA = frozenset({"be", "become", "seem", "remain", "feel", "get"})


class Phrase(NamedTuple):
    """A preposition and the noun that it governs."""

    preposition: str
    noun: "Token"


class Clause(NamedTuple):
    """A subordinate clause: the word that opens it and its verb."""

    opener: str
    verb: "Token"


def kids(tok: "Token", labels: frozenset[str]) -> "list[Token]":
    """The children of `tok` with one of these labels."""
    return [child for child in tok.children if child.dep_ in labels]


def host(tok: "Token") -> "Token":
    """The word that carries the grammar of a predicate: "was" for ClearNLP's "was unaware", the word itself else."""
    if tok.dep_ in ("acomp", "attr", "oprd") and tok.head.lemma_ in _COPULA:
        return tok.head
    return tok


def subject(tok: "Token") -> "Token | None":
    """Who does what `tok` says."""
    found = next(iter(kids(host(tok), _SUBJECT)), None)
    return passive_subject(tok) if found is None and _is_active(tok) else found


def passive_subject(tok: "Token") -> "Token | None":
    """What something is done to."""
    return next(iter(kids(tok, _PASSIVE)), None)


def is_passive(tok: "Token") -> bool:
    """Whether something is done to the subject of `tok`."""
    if any(child.dep_ in ("aux:pass", "auxpass") for child in tok.children):
        return True
    return passive_subject(tok) is not None and not _is_active(tok)


def _is_active(tok: "Token") -> bool:
    """ "two customers had paid", "the controller insisted": active by its form, whatever the parse calls its subject."""
    helped = [child.lower_ for child in tok.children if child.dep_ in _AUXILIARY]
    if not helped:
        return tok.tag_ in ("VBD", "VBZ")
    return helped[0] in ("had", "has", "have") and not {"been", "being", "got"} & set(helped)


def agent(tok: "Token") -> "Token | None":
    """By whom a passive is done."""
    for child in tok.children:
        if child.dep_ == "obl:agent":
            return None if child.lower_ in _NO_AGENTS else child
        if child.dep_ == "agent":
            return next((inner for inner in child.children if inner.dep_ == "pobj"), None)
    return next(
        (phrase.noun for phrase in phrases(tok) if phrase.preposition == "by" and phrase.noun.lower_ not in _NO_AGENTS),
        None,
    )


def objects(tok: "Token") -> "list[Token]":
    """What is done something to, by an active verb."""
    return kids(tok, _OBJECT)


def owner(noun: "Token") -> "Token | None":
    """Whose `noun` is, by "'s" or a possessive pronoun."""
    return next(iter(kids(noun, _OWNER)), None)


def negation(tok: "Token") -> "Token | None":
    """The word that negates `tok`, if any: "not", "never", or a subject such as "nobody"."""
    for child in host(tok).children:
        if child.lower_ in _NEGATIONS and child.dep_ not in _OBJECT:
            return child
        if child.dep_ in _SUBJECT | _PASSIVE and (
            child.lower_ in ("nobody", "none", "neither")
            or any(inner.lower_ in ("no", "neither") and inner.i < child.i for inner in child.children)
        ):
            return child
    return None


def auxiliaries(tok: "Token") -> "list[Token]":
    """Helping verbs and modals, in order."""
    return kids(host(tok), _AUXILIARY)


def modal(tok: "Token") -> str:
    """The modal verb over `tok`, in lower case; empty where there is none."""
    for word in auxiliaries(tok):
        if word.tag_ == "MD" or word.lower_ in ("should", "could", "would", "might", "must", "ought", "can", "may"):
            return word.lower_
    return ""


def start_of(noun: "Token") -> "Token":
    """The first word of a noun with its articles, adjectives and compounds."""
    at = noun
    while at.i and at.tag_ != "DT" and _belongs(at.nbor(-1)):
        at = at.nbor(-1)
    return at


def _belongs(tok: "Token") -> bool:
    if tok.pos_ == "NUM":
        return ":" not in tok.text  # the time of an entry
    if tok.pos_ in ("DET", "ADJ", "NOUN", "PROPN"):
        return True
    return tok.lower_ in ("-", "'s", "’s", "our", "their", "his", "her", "my", "its")


def phrases(tok: "Token") -> Iterator[Phrase]:
    """The prepositional phrases that hang on `tok`."""
    for child in tok.children:
        if child.dep_ in ("prep", "agent", "dative") and child.pos_ in ("ADP", "SCONJ", "PART"):
            for inner in child.children:
                if inner.dep_ in ("pobj",):
                    yield Phrase(child.lower_, inner)
        elif child.dep_.split(":")[0] in ("obl", "nmod"):
            case = [inner for inner in child.children if inner.dep_ == "case"]
            if case:
                words = [case[0].lower_, *(inner.lower_ for inner in case[0].children if inner.dep_ == "fixed")]
                yield Phrase(" ".join(words), child)


def clauses(tok: "Token") -> Iterator[Clause]:
    """The clauses that hang on `tok` as circumstances: "without testing", "if they had", "having read"."""
    for child in tok.children:
        if child.dep_ in _ADVERBIAL and child.dep_ != "pcomp":
            yield Clause(opener(child), child)
        elif child.dep_ == "prep":
            for inner in child.children:
                if inner.dep_ == "pcomp":
                    yield Clause(child.lower_, inner)


def opener(verb: "Token") -> str:
    """The word that opens the clause of `verb`: "if", "because", "without"; empty where there is none."""
    if verb.dep_ == "pcomp":
        return verb.head.lower_
    marks = [child for child in verb.children if child.dep_ in ("mark", "case") and child.i < verb.i]
    if not marks:
        marks = [
            child for child in verb.children if child.dep_ == "advmod" and child.tag_ == "WRB" and child.i < verb.i
        ]
    if not marks:
        return ""
    first = marks[0]
    return " ".join([first.lower_, *(inner.lower_ for inner in first.children if inner.dep_ == "fixed")])


def governor(verb: "Token") -> "Token | None":
    """The word whose circumstance or complement the clause of `verb` is; None for a main clause."""
    if verb.dep_ == "pcomp":
        return verb.head.head
    if verb.dep_ in _ADVERBIAL | _CONTENT | _RELATIVE | {"parataxis", "csubj", "csubj:pass", "csubjpass"}:
        return verb.head
    return None


def described(verb: "Token") -> "Token | None":
    """The noun that a relative or reduced clause describes: "engineer" for "the engineer who forgot"."""
    if verb.dep_ in _RELATIVE | _REDUCED and verb.head.pos_ in ("NOUN", "PROPN", "PRON", "ADJ", "NUM", "DET", "X"):
        return verb.head
    # "the on-call ignored three pages": the last word of a role that is written as a verb
    if verb.dep_ in _REDUCED and verb.head.lower_ in ("call", "duty") and verb.i == verb.head.i + 1:
        return verb.head
    return None


def is_relative(verb: "Token") -> bool:
    """Whether `verb` heads a relative clause."""
    return verb.dep_ in _RELATIVE


def first_conjunct(tok: "Token") -> "Token":
    """The first of the joined words that `tok` is one of."""
    steps = 0
    while tok.dep_ == "conj" and tok.head.i != tok.i and steps < 20:
        tok, steps = tok.head, steps + 1
    return tok


def is_complement(verb: "Token") -> bool:
    """Whether `verb` completes another one: "failed to check", "did not think of asking"."""
    return verb.dep_ in ("xcomp", "pcomp")


_UNDERTAKEN = frozenset({"omit", "neglect", "fail", "forget", "refuse", "hesitate", "decline", "proceed", "attempt", "try", "decide", "continue", "choose", "opt", "elect", "manage", "begin", "start"})  # fmt: skip


def is_main(verb: "Token") -> bool:
    """ "the supervisor omitted to record it", "Terraform overlooked the drift": no participle of a passive goes on so."""
    after = verb.doc[verb.i + 1 : verb.i + 3]
    if len(after) < 2:
        return False
    if after[0].lower_ == "to":
        return verb.lemma_.lower() in _UNDERTAKEN and after[1].tag_ in ("VB", "VBP")
    noun = described(verb)
    alone = noun is not None and noun.dep_ == "ROOT" and noun.i == verb.i - 1
    return alone and after[0].tag_ in _OPENS_OBJECT and bool(objects(verb)) and verb.lemma_.lower() not in _GIVEN


_OPENS_OBJECT = frozenset({"DT", "PRP$", "PRP", "CD", "JJ", "NN", "NNS"})
_GIVEN = frozenset({"give", "tell", "show", "send", "offer", "ask", "grant", "hand", "teach", "pay", "promise", "deny", "call", "name", "make", "leave"})  # fmt: skip


def is_content(verb: "Token") -> bool:
    """Whether the clause of `verb` is what somebody says or thinks."""
    return verb.dep_ == "ccomp"


def governors(noun: "Token") -> "Iterator[Token]":
    """The verbs that a noun is said with: its own, those that it completes, and those joined to it."""
    at = noun
    for _ in range(6):
        up = at.head
        if up.i == at.i or (at.pos_ in _SAYING and at.dep_ not in ("xcomp", "ccomp", "pcomp", "acl", "csubj")):
            break
        if up.pos_ in _SAYING and not (at.dep_ == "nsubj" and objects(up)):
            yield up
            yield from (tok for tok in up.children if tok.dep_ == "conj" and subject(tok) is None)
        at = up
    yield from (tok for tok in noun.children if tok.dep_ in ("acl", "acl:relcl", "relcl"))


_SAYING = ("VERB", "AUX", "ADJ")
