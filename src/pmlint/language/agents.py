"""Whom a noun means: a person, a team, a vendor, the authors, people outside, or a thing."""

import re
from collections.abc import Iterable
from enum import StrEnum
from functools import cache, cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from pmlint.document.words import words
from pmlint.language import scheme

if TYPE_CHECKING:
    from spacy.tokens import Token


class Who(StrEnum):
    """What sort of agent it is."""

    PERSON = "person"
    NAME = "name"
    """A capitalised word that may be a person's name; a deed that only people do decides."""
    TEAM = "team"
    VENDOR = "vendor"
    WE = "we"
    OUTSIDER = "outsider"
    """Customers, users, attackers: nobody that the writers could have meant to judge."""
    THING = "thing"
    IMPLIED = "implied"
    """Somebody, by a passive that names nobody."""

    @property
    def is_ours(self) -> bool:
        """Whether it may be blamed: a person, a team, a vendor or the authors."""
        return self in _OURS


_OURS = frozenset({Who.PERSON, Who.NAME, Who.TEAM, Who.VENDOR, Who.WE})


class Agent(Struct, frozen=True):
    """Who does something, in the words of the sentence."""

    who: Who
    text: str
    start: int
    """Character offset into the sentence."""
    end: int
    doubtful: bool = False
    """The word means people only where something is done that only people do."""
    plural: bool = False


# What is given names as people are: 'the node "Marvin"', 'Gustav, a bot', "Marvin's disk".
_BOXES = "node|host|server|machine|box|bot|robot|cron ?job|job|daemon|script|service|cluster|tool|program|pipeline|printer|router|database"


class People(Struct, frozen=True, dict=True):
    """The names that one document gives to people and teams, and the text to hold a doubtful name against."""

    names: frozenset[str] = frozenset()
    """Single words of names, in lower case."""
    teams: frozenset[str] = frozenset()
    text: str = ""

    @staticmethod
    def of(names: Iterable[str], teams: Iterable[str], text: str) -> "People":
        """From names as written."""
        return People(_words_of(names), frozenset(team.casefold() for team in teams), text)

    def is_thing(self, name: str) -> bool:
        """Whether the document treats `name` as a thing: "the Majora", "in Majora", "Majora server"."""
        if not self.text:
            return False
        known = self._things.get(name)
        if known is None:
            pattern = (
                rf"\b(?:the|our|an?|in|on|via|using|into|within|inside|through|with the|use|used|uses|run|running|install"
                rf"|upgrade|restart)\s+{re.escape(name)}\b(?!['’]s\s+(?:decision|mistake|laptop|change|update))"
                rf"|\b(?:{_BOXES})(?: (?:named|called))? [\"“‘*_`]{{1,2}}{re.escape(name)}\b|\b(?:{_BOXES}) (?:named|called) {re.escape(name)}\b"
                rf"|\b{re.escape(name)}[\"”’*_`]{{0,2}}, (?:an?|our|the|which is an?) (?:[\w-]+ ){{0,2}}(?:{_BOXES})\b"
                rf"|\b(?:bot|robot|daemon) {re.escape(name)}\b|\b{re.escape(name)}\b[^.;]{{0,60}}? (?:being|is|was) (?:an?|our|the) (?:[\w-]+ ){{0,2}}(?:{_BOXES})\b"
                rf"|\b{re.escape(name)}['’]s (?:\w+ )?(?:disks?|cpus?|ram|kernel|sockets?|firmware|uptime|replicas?|heap|lease|endpoints?|api)\b"
                rf"|\b{re.escape(name)}(?:[-_./](?=\w)|\d)|[-_./@]{re.escape(name)}\b|`[^`\n]*\b{re.escape(name.lower())}\b[^`\n]*`"
            )
            known = self._things[name] = re.search(pattern, self.text) is not None
        return known

    @cached_property
    def _things(self) -> dict[str, bool]:
        return {}


def _words_of(names: Iterable[str]) -> frozenset[str]:
    found = {word.strip(".,@").casefold() for name in names for word in name.split()}
    return frozenset(word for word in found if len(word) > 1 and word not in table("person", "heads"))


@cache
def table(*keys: str) -> frozenset[str]:
    table: object = words("agents")
    for key in keys:
        table = table[key]  # type: ignore[index]
    return frozenset(table)  # type: ignore[call-overload,no-any-return]


# "one of our administrators" is an administrator.
_PARTS = frozenset({"one", "some", "many", "most", "all", "none", "half", "several", "few", "each", "any", "both", "two", "three", "part", "majority", "number", "couple", "group", "pair", "either", "neither", "another", "other", "others"})  # fmt: skip
_PLURAL_TAGS = frozenset({"NNS", "NNPS"})
_NAME = re.compile(r"[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ'’]+(?:-[A-ZÀ-ÖØ-Þa-z][a-zà-öø-ÿ'’]+)*")


def who(tok: "Token", people: People, before: str = "") -> Agent:
    """Whom `tok` means in its sentence; `before` is the text of the paragraph up to the sentence."""
    kind, doubtful = _kind(tok, people, before)
    if kind in (Who.PERSON, Who.TEAM) and _is_of_outsiders(tok):
        kind, doubtful = Who.OUTSIDER, False
    first, last = _edges(tok)
    return Agent(
        kind,
        tok.doc.text[first:last],
        first,
        last,
        doubtful,
        tok.tag_ in _PLURAL_TAGS or tok.lower_ in ("they", "we"),
    )


def _is_of_outsiders(tok: "Token") -> bool:
    """ "the customer's administrator", "an engineer of the tenant": somebody of theirs, and none of ours."""
    theirs = [
        scheme.owner(tok),
        *(child for child in tok.children if child.dep_ in ("compound", "nn") and child.i < tok.i),
    ]
    theirs += [each.noun for each in scheme.phrases(tok) if each.preposition in ("of", "at", "from", "on behalf of")]
    return any(
        word is not None
        and word.lemma_.lower() in ("customer", "client", "tenant", "attacker", "intruder", "subscriber")
        for word in theirs
    )


def _edges(tok: "Token") -> tuple[int, int]:
    """The noun with what stands before it, and an "of" phrase after it where it is a part of somebody."""
    doc = tok.doc
    first = tok
    for child in tok.children:
        if child.i < first.i and child.dep_ in (
            "det", "amod", "compound", "nmod:poss", "poss", "nummod", "flat", "nmod", "obl", "case:poss", "nn", "advmod", "det:predet",
        ):  # fmt: skip
            first = min(child.subtree, key=lambda inner: inner.i)
    last = tok
    for child in tok.children:
        if child.i > last.i and child.dep_ in ("flat", "appos", "compound") and child.i == last.i + 1:
            last = child
    if tok.lower_ in _PARTS or tok.lemma_ in ("member", "person"):
        for phrase in scheme.phrases(tok):
            if phrase.preposition in ("of", "on", "in") and phrase.noun.i > last.i and phrase.noun.i - tok.i < 8:
                last = phrase.noun
                break
    return doc[first.i].idx, last.idx + len(last.text)


def _kind(tok: "Token", people: People, before: str) -> tuple[Who, bool]:  # noqa: C901 -- one branch for each construction
    lower = tok.lower_
    pronoun = _pronoun(tok, people, before)
    if pronoun is not None:
        return pronoun, False
    if lower in _PARTS or (tok.pos_ in ("NUM", "DET") and lower not in ("this", "that")):
        for phrase in scheme.phrases(tok):
            if phrase.preposition == "of":
                return _kind(phrase.noun, people, before)
        if lower not in table("team", "heads"):
            return Who.THING, False
    lemma = _lemma(tok)
    if tok.text.startswith("@") or (lower in people.names and tok.text[:1].isupper()):
        return (Who.THING, False) if _is_modified_thing(tok) else (Who.PERSON, False)
    if lower in people.teams:
        return Who.TEAM, False
    if lower in ("call", "duty", "shift", "charge", "rota") and tok.i >= 2 and tok.nbor(-1).lower_ in ("on", "in", "-"):
        # "the on-call", "the person on call", "the manager on duty": the parse often takes the last word for the noun
        noun = tok.nbor(-2)
        if noun.lower_ == "on" or noun.pos_ not in ("NOUN", "PROPN"):
            return Who.PERSON, False
        return _kind(noun, people, before)
    if lemma in ("group", "unit", "board", "panel") and _is_machine(tok):
        return Who.THING, False
    if lemma in table("team", "heads") and not (lemma in table("person", "heads") and tok.tag_ not in _PLURAL_TAGS):
        return Who.TEAM, lemma in table("team", "doubtful")
    if lemma in table("vendor", "heads"):
        return Who.VENDOR, lemma in (
            "bank",
            "company",
            "studio",
            "carrier",
            "agency",
            "upstream",
            "partner",
            "provider",
        )
    if lemma in table("outsider", "heads"):
        return Who.OUTSIDER, False
    if lemma in table("person", "heads"):
        if lemma in table("person", "doubtful") and _is_machine(tok):
            return Who.THING, False
        if lemma in table("person", "machines"):
            return (Who.PERSON, True) if _is_shown_human(tok) else (Who.THING, False)
        return Who.PERSON, lemma in table("person", "doubtful")
    if (
        tok.pos_ == "PROPN"
        or tok.ent_type_ == "PERSON"
        or (tok.tag_ == "NNP" and _NAME.fullmatch(tok.text))
        or (tok.pos_ in ("NOUN", "ADJ", "X") and _NAME.fullmatch(tok.text))
    ):
        return _named(tok, people), False
    return Who.THING, False


def _lemma(tok: "Token") -> str:
    lemma = tok.lemma_.lower()
    known = table("person", "heads") | table("team", "heads") | table("vendor", "heads") | table("outsider", "heads")
    if lemma not in known and tok.lower_.endswith("s") and tok.lower_[:-1] in known:
        return tok.lower_[:-1]
    return tok.lower_ if tok.lower_ in known else lemma


def _pronoun(tok: "Token", people: People, before: str) -> Who | None:
    lower = tok.lower_
    if lower in table("pronouns", "we") or lower == "our":
        return Who.WE
    if lower in table("pronouns", "i") or lower in table("pronouns", "person"):
        return Who.PERSON
    if lower in ("his", "my") or (lower == "her" and tok.tag_ == "PRP$"):
        return Who.PERSON
    if lower in table("pronouns", "plural") or lower == "their":
        return _antecedent(tok, people, before)
    if lower == "one" and tok.i and tok.nbor(-1).lower_ == "no":
        return Who.PERSON
    if lower == "one" and tok.i + 1 < len(tok.doc) and tok.nbor(1).lower_ == "of":
        return None
    if lower in (
        "it",
        "this",
        "that",
        "which",
        "there",
        "these",
        "those",
        "what",
        "you",
        "one",
        "its",
        "your",
        "yours",
    ):
        return Who.THING
    return None


_WORD = re.compile(r"[A-Za-zÀ-ÿ][\w'’-]*")


def _antecedent(tok: "Token", people: People, before: str) -> Who:
    """Whom "they" stands for: the nearest people before it."""
    text = f"{before} {tok.doc.text[: tok.idx]}"[-600:]
    for word in reversed(_WORD.findall(text)):
        single = word.lower().removesuffix("'s").removesuffix("’s")
        for form in (single, single.removesuffix("s")):
            for kind, heads in (
                (Who.TEAM, table("team", "heads") - table("team", "departments")),
                (Who.VENDOR, table("vendor", "heads")),
                (Who.OUTSIDER, table("outsider", "heads")),
                (Who.PERSON, table("person", "heads") - table("person", "doubtful")),
            ):
                if form in heads:
                    return kind
        if single in people.names and word[:1].isupper():
            return Who.PERSON
    return Who.THING


# What shows that a word for a machine means a person here: "the agent on duty, who", "our night observer".
_HUMAN_SIGNS = frozenset({"duty", "night", "day", "shift", "team", "project", "squad", "department", "incident", "tech", "warehouse", "field", "construction", "utility", "maintenance", "office", "postal", "health", "support", "sales", "service", "desk", "junior", "senior", "new", "our", "responsible", "charge", "human", "experienced", "inexperienced", "call"})  # fmt: skip


def _is_shown_human(tok: "Token") -> bool:
    text = tok.doc.text[tok.idx : tok.idx + 60]
    return (
        any(child.lower_ in _HUMAN_SIGNS for child in tok.children)
        or re.match(r"\w+,? (?:who|in charge|on (?:duty|call|shift))\b", text) is not None
    )


# What an operator has to do with that is no person: it runs inside of a cluster.
_RECONCILING = re.compile(
    r"(?i)\b(?:reconcil\w+|custom resources?|crds?|finali[sz]ers?|service account|kubelet|operator['’]s (?:own )?(?:loop|pod|image|version|log))\b"
)


def _is_machine(tok: "Token") -> bool:
    """Whether a word that may mean a person means a machine here: "the Kubernetes operator"."""
    for child in tok.children:
        if child.dep_ in ("compound", "amod", "nmod", "nn") and child.i < tok.i:
            if child.lower_ in table("person", "machine_modifiers") or child.lower_ in table("products", "names"):
                return True
            if child.pos_ == "PROPN" and child.ent_type_ != "PERSON" and not child.is_sent_start:
                return True
    if tok.lemma_.lower() in ("operator", "owner") and _RECONCILING.search(tok.doc.text):
        return True
    return tok.text[:1].isupper() and not tok.is_sent_start and tok.i > 0


def _named(tok: "Token", people: People) -> Who:
    """Whom a proper noun means."""
    if tok.i + 1 < len(tok.doc) and tok.nbor(1).text == ":":
        return Who.THING  # "Root Cause: …": a label, and no name that the document knows
    lower = tok.lower_
    if lower in table("products", "names") or lower in table("products", "things") or _is_modified_thing(tok):
        return Who.THING
    if lower in table("process", "heads") or tok.tag_ in _PLURAL_TAGS or _occurs_small(tok, people):
        return Who.THING
    if not _NAME.fullmatch(tok.text):
        return Who.NAME if tok.text.isalpha() and tok.text.isupper() and 2 < len(tok.text) < 6 else Who.THING
    if any(
        child.dep_ in ("det", "amod") and child.lower_ in ("the", "a", "an", "our", "new", "old")
        for child in tok.children
    ):
        return Who.THING
    full = any(child.dep_ == "flat" and _NAME.fullmatch(child.text) for child in tok.children)
    if people.is_thing(tok.text):
        return Who.THING
    if tok.ent_type_ == "PERSON" and (full or tok.i > 0):
        return Who.PERSON
    return Who.NAME


def _is_modified_thing(tok: "Token") -> bool:
    """Whether a name only says which thing: "the Travis build"."""
    after = tok.nbor(1).lower_ if tok.i + 1 < len(tok.doc) else ""
    return tok.dep_ == "compound" or after in table("products", "things")


def _occurs_small(tok: "Token", people: People) -> bool:
    """Whether the document also writes the word small, as it does with nouns that only open a sentence."""
    return re.search(rf"\b{re.escape(tok.lower_)}\b", people.text) is not None
