"""What is done to people afterwards: they are taught, talked to, watched; or they pay for it."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pmlint.language import scheme
from pmlint.language.agents import Agent, People, Who, who
from pmlint.language.agents import table as agents_table
from pmlint.language.attribution import holder, is_innocent
from pmlint.language.judgement import Judgement, Kind
from pmlint.language.lexicon import phrase, table
from pmlint.language.witnesses import sounds_human

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_TO_COME = frozenset({"action_items", "prevention", "follow_up"})
_OURS = frozenset({Who.PERSON, Who.NAME, Who.TEAM, Who.VENDOR})
# What people asked for, and what they practise or decide together, is not done to them.
_WANTED = re.compile(
    r"(?i)\b(?:ask(?:s|ed)? for|would like|want(?:s|ed)? to|on (?:her|his|their) own|proposal|ideas?|offer(?:s|ed)?|volunteer(?:s|ed)|rehears\w*|drills?|game ?days?|exercises?|tabletop|dry[- ]runs?|simulat\w*|thank\w*|bot|automatic\w*|by (?:e-?)?mail \d+|feedback from|what would help|hear(?:s|d)? from|find out|interview)\b"
)


_QUESTION = re.compile(
    r"(?i)^\W*(?:ask|interview|survey|poll|learn from|find out from|hear from|shadow)\b.{1,60}?\b(?:what|which|how|whether|where|who|when|why|if)\b"
)


def is_question_to(doc: "Doc") -> bool:
    """ "ask the on-call engineers which alerts they ignore": they are asked, and told nothing."""
    return _QUESTION.match(doc.text) is not None


_GIFT = re.compile(
    r"(?i)\W*(?:(?:give|grant|provide|equip|let|allow|enable|hire)\b|stop (?:paging|alerting|waking|calling)\b|(?:[\w-]+ ){1,4}(?:should |must |will |can |may )?(?:be able to|get|receive)\b)"
)
_LESSON = re.compile(
    r"(?i)\b(?:train\w*|re-?train\w*|courses?|warning|lessons?|talk|reminder|refresher|introduction|sessions?|workshops?|presentation|tutorial|guidance|awareness|instructions?|briefing|coaching|mentor\w*|e-?learning|feedback|understand\w*|know|learn\w*|attention|care)\b"
)


def is_gift(doc: "Doc") -> bool:
    """ "give every new engineer a sandbox": they get a means, and no lesson."""
    return _GIFT.match(doc.text) is not None and _LESSON.search(doc.text) is None


def measures(doc: "Doc", people: People, before: str, sections: frozenset[str]) -> Iterator[Judgement]:
    """Everything that is to be done, or was done, to somebody."""
    if sections & _TO_COME and not _WANTED.search(doc.text):
        yield from _taught(doc, people, before)
    yield from _punished(doc, people, before)


def _taught(doc: "Doc", people: People, before: str) -> Iterator[Judgement]:
    """ "remind the clerks", "a refresher for the night shift", "sit down with Ana": whoever stands after it."""
    for found in phrase("measures", "teaching").finditer(doc.text):
        somebody = _somebody(doc, found.end(), people, before)
        if somebody is not None and not is_innocent(doc, found.start()):
            yield _judgement(doc, Kind.PERSON_ACTION, found.start(), somebody.end, somebody, found[0], "is done to")
    for found in phrase("measures", "talking").finditer(doc.text):
        if _RESULT.search(doc.text, found.end()) or not _INSTRUCTIVE.search(doc.text, found.end()):
            continue
        somebody = _somebody(doc, found.end(), people, before)
        if somebody is not None and not is_innocent(doc, found.start()):
            yield _judgement(doc, Kind.PERSON_ACTION, found.start(), somebody.end, somebody, found[0], "is done to")
    for found in phrase("measures", "taught").finditer(doc.text):
        somebody = _before(doc, found.start(), people, before)
        if somebody is not None and not is_innocent(doc, found.start()):
            yield _judgement(doc, Kind.PERSON_ACTION, somebody.start, found.end(), somebody, found[0], "is done to")


_INSTRUCTIVE = re.compile(
    r"(?i)\b(?:about|again|once more|so that|why|what is expected|until (?:they|he|she)|importance|meaning|how (?:they|he|she|to|the)|what (?:happens|he|she|they|is)|that (?:the|a|an|it|this)|(?:his|her|their) (?:\w+ )?(?:way|tone|attitude|handling|conduct|behaviou?r|understanding|willingness)|regarding|difference|expectations?|procedure|rules?|principle|which|when to|not to)\b"
)
# A talk of which something comes out: they are asked, and not told.
_RESULT = re.compile(
    r"(?i)\b(?:how best|write|wrote|draw|drew|draft|list|collect|agree|outcome|output|result|timeline|complete|strike|strip|input|who (?:had|were|was|has)|whose|create|decide|in order to write)\b"
)


def _punished(doc: "Doc", people: People, before: str) -> Iterator[Judgement]:
    """ "was taken off the rota", "had his rights withdrawn": somebody pays."""
    for found in phrase("measures", "sanctions").finditer(doc.text):
        if is_innocent(doc, found.start()) or _NO_SANCTION.search(doc.text) or _NOTHING.search(found[0]):
            continue
        somebody = _fallen_on(doc, found, people, before)
        if somebody is None:
            continue
        start, end = min(found.start(), somebody.start), max(found.end(), somebody.end)
        yield _judgement(doc, Kind.PUNITIVE, start, end, somebody, found[0], "falls on")


_NOTHING = re.compile(r"(?i)\bno (?!longer)")


def _fallen_on(doc: "Doc", found: "re.Match[str]", people: People, before: str) -> Agent | None:
    """Who pays: the one that it is told of, or whose rights, contract or pay it is told of."""
    inside = [tok for tok in doc if found.start() <= tok.idx < found.end()]
    subject = next(
        (
            word
            for tok in inside
            if tok.tag_.startswith("VB") and (word := scheme.passive_subject(tok) or scheme.subject(tok)) is not None
        ),
        None,
    )
    if subject is not None and subject.lemma_.lower() in table("measures", "theirs"):
        whose = holder(subject)
        theirs = _called(whose, people, before) if whose is not None else None
        return theirs or _somebody(doc, found.end(), people, before)
    if subject is not None and subject.idx < found.start() and subject.lower_ not in ("who", "that", "which"):
        return _called(subject, people, before)
    return _somebody(doc, found.end(), people, before) or _before(doc, found.start(), people, before)


_NO_SANCTION = re.compile(
    r"(?i)\b(?:nobody|no one|none of|attack\w*|intrud\w*|malicious|phish\w*|fraud\w*|compromised|stolen|former password|on full pay|to rest|rest day|recover(?:y|ing) sleep)\b"
)


def _judgement(doc: "Doc", kind: Kind, start: int, end: int, somebody: Agent, said: str, how: str) -> Judgement:
    end = min(max(end, start + 1), len(doc.text))
    return Judgement(kind, start, end, somebody, said, f"'{said}' {how} '{somebody.text}'", "measure", 0.75)


_PARTS = frozenset(
    {"members", "member", "one", "some", "all", "each", "both", "rest", "head", "lead", "half", "most", "people"}
)
_FILLERS = frozenset({"DET", "ADJ", "NUM", "ADV", "ADP", "PART"})


def _somebody(doc: "Doc", at: int, people: People, before: str) -> Agent | None:
    """Who is named by the noun phrase that begins at `at`."""
    last: Token | None = None
    for tok in doc:
        if tok.idx < at:
            continue
        if tok.pos_ in ("NOUN", "PROPN", "PRON") or tok.tag_ in ("NNP", "NNPS", "NN", "NNS"):
            found = _called(tok, people, before)
            if found is not None and (tok.i + 1 == len(doc) or tok.nbor(1).tag_ not in ("NN", "NNS", "POS")):
                return found
            last = tok
        elif not _goes_on(tok, last):
            return None
    return None


def _goes_on(tok: "Token", last: "Token | None") -> bool:
    """Whether a word may stand inside of a noun phrase, before its noun or between the nouns of "members of the team"."""
    if last is None:
        return tok.pos_ in _FILLERS or tok.tag_ in ("VBG", "VBN", "HYPH")
    return tok.pos_ in _FILLERS and (tok.pos_ != "ADP" or last.lower_ in _PARTS)


def _before(doc: "Doc", at: int, people: People, before: str) -> Agent | None:
    """Who stands right before `at`, but for what describes them."""
    seen = 0
    for tok in reversed([tok for tok in doc if tok.idx < at]):
        if tok.pos_ in ("NOUN", "PROPN", "PRON") or tok.tag_ in ("NNP", "NN", "NNS"):
            seen += 1
            found = _called(tok, people, before)
            if found is not None:
                return found
            if seen > 4:
                return None
        if tok.lower_ in (";", ".", ":"):
            return None
    return None


def _called(tok: "Token", people: People, before: str) -> Agent | None:
    """Somebody of ours, by the lists, by a name, or by a word that is made as those for people are."""
    found = who(tok, people, before)
    if found.who is Who.NAME and (tok.pos_ != "PROPN" or tok.dep_ in ("compound", "amod")):
        return None
    if found.who in _OURS and not (found.doubtful and found.who is Who.TEAM):
        return found
    one = tok.lower_.removesuffix("s")
    if (
        found.who is Who.THING
        and tok.tag_ == "NNS"
        and one not in agents_table("person", "unlike")
        and _DOERS.fullmatch(one)
    ):
        return found
    return found if found.who is Who.THING and sounds_human(tok) else None


_DOERS = re.compile(r"[a-z]{3,}(?:er|or|ist|ian|ant|ee)")
