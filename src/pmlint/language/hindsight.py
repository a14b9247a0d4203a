"""What somebody should, could or would have done: hindsight, in modals, conditionals and inversions."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from pmlint.language import scheme
from pmlint.language.agents import Agent, People, Who, who
from pmlint.language.deeds import actor
from pmlint.language.judgement import Judgement, Kind
from pmlint.language.lexicon import bases, listed, phrase, table
from pmlint.language.ordinary import is_anybodys, is_beyond_anyone, is_luck

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_OBLIGING = frozenset({"should", "ought", "shouldn't"})
_ABLE = frozenset({"could", "might"})
_HAVE = frozenset({"have", "'ve", "’ve", "of"})
_SKIPPED = frozenset({"to", "not", "n't", "n’t", "also", "never", "easily", "probably", "clearly", "at", "least", "really", "well", "very", "perhaps", "definitely", "certainly", "surely", "been", "ideally", "already", "always", "both", "all", "have", "'ve", "of"})  # fmt: skip


class _Perfect(NamedTuple):
    """A modal with "have" and a participle: "should have been noticed"."""

    modal: "Token"
    verb: "Token"
    passive: bool


def hindsight(doc: "Doc", people: People, before: str) -> Iterator[Judgement]:
    """Every clause that holds against somebody what was known only later."""
    for found in _perfects(doc):
        if not _is_open(found.modal):
            yield from _modal(found, people, before)
    lucky = is_luck(doc)
    for verb in doc:
        if verb.tag_.startswith("VB") and not lucky:
            yield from _condition(verb, people, before)
        elif verb.lower_ in table("counterfactual", "avoidable"):
            yield from _avoidable(verb)
    if not lucky:
        yield from _inverted(doc, people, before)
    yield from _wishes(doc)
    yield from _supposed(doc, people, before)


def _perfects(doc: "Doc") -> Iterator[_Perfect]:
    """By the words in a row, which are surer than the parse of a long chain of helping verbs."""
    for modal in doc:
        if modal.lower_ not in ("should", "ought", "could", "might", "would", "shoulda", "coulda"):
            continue
        have = _after(modal, 5, _HAVE)
        if have is None:
            continue
        been = False
        for tok in doc[have.i + 1 : have.i + 6]:
            if tok.lower_ == "been":
                been = True
            if tok.lower_ in _SKIPPED or tok.pos_ == "ADV":
                continue
            if tok.tag_ in ("VBN", "VBD") or (been and tok.tag_ in ("JJ", "VB", "VBG")):
                yield _Perfect(modal, tok, been and tok.tag_ in ("VBN", "VBD", "VB"))
            break


_ANYBODY = frozenset({"someone", "somebody", "anyone", "anybody"})


def _is_open(modal: "Token") -> bool:
    """ "could someone have read it?", "neither of them could have": asked and not answered, or out of reach for all."""
    if modal.lower_ not in _ABLE:
        return False
    asked = modal.i + 1 < len(modal.doc) and modal.nbor(1).lower_ in _ANYBODY
    return asked or is_beyond_anyone(modal.doc, modal.idx) or is_anybodys(modal.doc)


def _after(tok: "Token", reach: int, words: frozenset[str]) -> "Token | None":
    for other in tok.doc[tok.i + 1 : tok.i + 1 + reach]:
        if other.lower_ in words:
            return other
        if other.is_punct:
            return None
    return None


def _modal(found: _Perfect, people: People, before: str) -> Iterator[Judgement]:
    verb, modal = found.verb, found.modal
    said = verb.doc[modal.i : verb.i + 1].text
    obliging = modal.lower_ in _OBLIGING
    if modal.lower_ == "would" or _defends(modal) or is_only_easy_to_say(verb.doc, modal.idx):
        return
    if (
        not obliging
        and not verb.doc.text.rstrip().endswith("?")
        and any(tok.lower_ in ("not", "n't", "n’t") for tok in verb.doc[modal.i + 1 : verb.i])
    ):
        return  # "could not have known" clears them
    if not obliging and any(
        _is_of_a_thing(each.verb, people, before) for each in scheme.clauses(verb) if each.opener == "if"
    ):
        return  # "could have stopped it if the page had a button" asks for the button
    if found.passive:
        by = scheme.agent(verb)
        agent = who(by, people, before) if by is not None else None
        human = agent is not None and agent.who.is_ours
        if agent is not None and not human and not _by_doing(by):
            return
        if not (human or (listed(verb, table("counterfactual", "acts")) and not is_mechanical(verb))):
            return
        patient = scheme.passive_subject(verb) or scheme.subject(verb)
        if patient is not None and who(patient, people, before).who is Who.OUTSIDER:
            return
        if not obliging and not (human or verb.lemma_.lower() in _PREVENTED):
            return
        yield _judgement(verb, modal, agent if human else None, said, 0.8 if obliging or human else 0.75, "modal")
        return
    agent = actor(verb, people, before)
    if (
        agent is None
        or not agent.who.is_ours
        or any(word in agent.text.lower() for word in _STRANGERS)
        or (not obliging and agent.text.lower() in ("someone", "somebody") and verb.lemma_.lower() in _MISUSES)
    ):
        return
    if listed(verb, table("care", "never")) and not listed(verb, table("counterfactual", "acts")):
        return
    if not obliging and not listed(verb, table("counterfactual", "acts") | table("knowledge", "verbs")):
        return
    yield _judgement(verb, modal, agent, said, 0.9 if obliging else 0.8, "modal")


# "someone could have used the token" is a risk, and "someone could have read it" is hindsight
_MISUSES = frozenset(
    ("use", "access", "download", "steal", "exploit", "abuse", "copy", "pull", "publish", "obtain", "extract", "modify")
)
_STRANGERS = ("unauthorised", "unauthorized", "malicious", "third", "anyone", "anybody")


def _defends(modal: "Token") -> bool:
    """ "nothing could have been done" asks nothing of anybody."""
    return modal.i > 0 and modal.nbor(-1).lower_ == "nothing"


def _is_of_a_thing(verb: "Token", people: People, before: str) -> bool:
    """Whether a condition is about what surrounds people: a control, or what they are allowed."""
    if scheme.is_passive(verb):
        return verb.lemma_ in _GRANTED
    agent = actor(verb, people, before)
    return agent is not None and agent.who is Who.THING


_EASY = re.compile(
    r"(?i)^\W*(?:blame|blaming|finger-?pointing|shaming|punish\w+) (?:\w+ )?(?:would|does|do|did|is|was|has|will|never|helps?|only)\b|\b(?:would|will|is|was) (?:be |have been )?(?:too |all too |very |so )?(?:easy|tempting|simple|unfair|wrong|cheap|convenient|pointless|idle) to (?:\w+ ){0,3}?(?:say|write|conclude|argue|claim|think|call|stop|put|point|ask)\b"
)


def is_only_easy_to_say(doc: "Doc", at: int | None = None) -> bool:
    """ "it would be easy to write that the clerk should have noticed": said in order not to say it."""
    return _EASY.search(doc.text, 0, len(doc.text) if at is None else at) is not None


_PREVENTED = frozenset({"prevent", "avoid", "catch", "notice", "spot", "foresee", "anticipate", "address", "mitigate", "fix", "escalate", "predict", "handle", "do"})  # fmt: skip


_MECHANICAL = frozenset({"page", "alert", "release", "start", "stop", "keep", "write", "retry", "set", "drain", "evict", "fence", "throttle", "reject", "drop", "close", "flush", "promote", "refresh", "invalidate", "queue", "buffer", "replicate", "deliver", "acknowledge"})  # fmt: skip


def is_mechanical(verb: "Token") -> bool:
    """What a system does by itself: "the lock should have been released", "the secondary should have been paged"."""
    return any(base in _MECHANICAL for base in bases(verb))


def _by_doing(by: "Token | None") -> bool:
    """ "by checking the code": a person's deed, whoever does it."""
    return by is not None and any(tok.tag_ == "VBG" for tok in by.subtree)


_GRANTED = frozenset({"allow", "permit", "enable", "authorise", "authorize", "give", "grant", "show", "page", "alert"})
"""What somebody is given by what surrounds them: "if the on-call had been allowed to"."""


def _condition(verb: "Token", people: People, before: str) -> Iterator[Judgement]:
    """ "if they had read it", "had the operator read it"."""
    helping = (child for child in verb.children if child.dep_ != "advcl" and child.i < verb.i)
    had = next((child for child in helping if child.lower_ in ("had", "'d", "’d")), None)
    if had is None or verb.tag_ not in ("VBN", "VBD"):
        return
    subject = scheme.subject(verb) or scheme.passive_subject(verb)
    opener = scheme.opener(verb)
    only = verb.doc[max(0, had.i - 6) : had.i].text.lower()
    inverted = (
        subject is not None
        and had.i < subject.i
        and (had.i == 0 or verb.doc[had.i - 1].lower_ in (",", "and", ";", "-", "–", ":", ")"))
    )
    if opener not in ("if", "if only", "only if", "even if") and not inverted and "if " not in f"{only} ":
        return
    if opener in (
        "as",
        "than",
        "because",
        "that",
        "after",
        "before",
        "when",
        "since",
        "who",
        "which",
        "as if",
        "whether",
    ):
        return
    if opener == "whether" or "as if" in only or "whether" in only:
        return
    if not inverted and "only" not in only and not _has_would(verb):
        return
    if scheme.is_passive(verb):
        by = scheme.agent(verb)
        agent = who(by, people, before) if by is not None else None
        if agent is not None and not agent.who.is_ours:
            return
        if agent is None and not listed(verb, table("counterfactual", "acts") | table("care", "verbs")):
            return
        person = subject is not None and who(subject, people, before).who.is_ours
        if person and agent is None and verb.lemma_ in _GRANTED:
            return
        sure = 0.85 if agent is not None or person else 0.75
    else:
        agent = actor(verb, people, before)
        if agent is None or not agent.who.is_ours:
            return
        sure = 0.9
    start = had if inverted else next((child for child in verb.children if child.lower_ == "if"), had)
    yield _judgement(verb, start, agent, f"{start.text} … {verb.text}", sure, "conditional")


def _inverted(doc: "Doc", people: People, before: str) -> Iterator[Judgement]:
    """ "Had the operator read it, …": rare in the treebank, so that the words in a row say more than the parse."""
    for had in doc:
        if had.lower_ != "had" or not (
            had.i == 0 or doc[had.i - 1].lower_ in (",", ";", ":", "and", "but", "that", "–", "—", "-", "(")
        ):
            continue
        if (
            had.i
            and doc[had.i - 1].lower_ in ("that", "and", "but", ",")
            and had.dep_ in ("aux", "ROOT", "conj")
            and any(child.i < had.i for child in had.children)
        ):
            continue
        if not any(tok.lower_ in ("would", "could", "might") for tok in doc[had.i + 1 : had.i + 60]):
            continue
        subject = _first_noun(had)
        if subject is None:
            continue
        verb = next(
            (
                tok
                for tok in doc[subject.i + 1 : subject.i + 14]
                if tok.tag_ in ("VBN", "VBD", "VB") and tok.lower_ not in ("been", "not") and tok.dep_ != "acl"
            ),
            None,
        )
        if verb is None:
            continue
        if verb.lower_ == "to" or doc[had.i + 1].lower_ == "to" or doc[subject.i + 1].lower_ == "to":
            continue  # "had we to name one": no deed at all
        agent = who(subject, people, before)
        passive = any(tok.lower_ == "been" for tok in doc[subject.i + 1 : verb.i])
        if passive and not agent.who.is_ours:
            if scheme.agent(verb) is not None or not listed(verb, table("counterfactual", "attentive")):
                continue
        elif any(tok.lower_ in ("not", "n't") for tok in doc[had.i + 1 : verb.i]) and any(
            tok.lower_ == "been" for tok in doc[subject.i + 1 : verb.i + 2]
        ):
            continue  # "had the engineer not been on site": luck
        elif not agent.who.is_ours or (agent.doubtful and agent.who is Who.TEAM):
            continue
        comma = next((tok for tok in doc[verb.i :] if tok.lower_ == ","), None)
        end = comma.idx if comma is not None else len(doc.text.rstrip("."))
        yield Judgement(
            Kind.COUNTERFACTUAL,
            had.idx,
            end,
            agent,
            f"{had.text} … {verb.text}",
            f"'{doc.text[had.idx : agent.end]} … {verb.text}' says what was not done",
            "inverted",
            0.75,
        )


def _first_noun(had: "Token") -> "Token | None":
    """The noun right after "Had", the last one of a compound."""
    found = None
    for tok in had.doc[had.i + 1 : had.i + 9]:
        if tok.pos_ in ("NOUN", "PROPN", "PRON"):
            found = tok
        elif found is not None and tok.lower_ not in ("-", "'s", "’s"):
            return found
    return found


def _has_would(verb: "Token") -> bool:
    return any(
        tok.lower_ in ("would", "could", "might", "'d", "n't", "should")
        for tok in verb.doc
        if abs(tok.i - verb.i) < 40 and tok.tag_ == "MD"
    )


def _avoidable(word: "Token") -> Iterator[Judgement]:
    if scheme.subject(word) is None or scheme.negation(word) is not None:
        return
    start = scheme.subject(word)
    if start is not None:
        yield _judgement(word, start, None, word.text, 0.7, "avoidable")


def _wishes(doc: "Doc") -> Iterator[Judgement]:
    """ "With a bit more care this would not have happened"."""
    found = phrase("counterfactual", "wishes").search(doc.text)
    if found:
        yield Judgement(
            Kind.COUNTERFACTUAL,
            found.start(),
            found.end(),
            None,
            found[0],
            f"'{found[0]}' imagines other people",
            "conditional",
            0.75,
        )


def _supposed(doc: "Doc", people: People, before: str) -> Iterator[Judgement]:
    """ "was supposed to wait", of a person."""
    for verb in doc:
        if (
            verb.lemma_.lower() in ("suppose", "expect", "mean") and scheme.is_passive(verb)
        ) or verb.lower_ == "supposed":
            subject = scheme.passive_subject(verb) or scheme.subject(verb)
            if subject is None or not any(child.dep_ in ("xcomp", "advcl", "ccomp") for child in verb.children):
                continue
            agent = who(subject, people, before)
            past = any(child.lower_ in ("was", "were", "had", "been") for child in verb.children)
            due = next((child for child in verb.children if child.dep_ in ("xcomp", "advcl", "ccomp")), verb)
            if due.lemma_ in ("get", "receive", "be", "have", "see", "hear"):
                continue  # what was to reach them, and did not
            if (
                agent.who.is_ours
                and agent.who is not Who.WE
                and past
                and (not agent.doubtful or (agent.who is Who.PERSON and listed(due, table("care", "verbs"))))
            ):
                yield _judgement(verb, subject, agent, verb.text, 0.75, "modal")


def _judgement(verb: "Token", first: "Token", agent: Agent | None, said: str, sure: float, how: str) -> Judgement:
    from pmlint.language.clause import reach

    start, end = reach(verb)
    start = min(start, first.idx)
    subject = scheme.subject(verb) or scheme.passive_subject(verb)
    if subject is not None and subject.i < verb.i and how == "modal":
        start = min(start, *(tok.idx for tok in subject.subtree))
    if agent is not None and agent.text:
        start = min(start, agent.start)
    told = (
        f"'{said}' holds '{agent.text}' to what was known later"
        if agent is not None and agent.text
        else f"'{said}' looks back with what was known later"
    )
    return Judgement(Kind.COUNTERFACTUAL, start, end, agent, said, told, how, sure)
