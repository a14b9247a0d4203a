"""How strong an action is on the hierarchy of RCA²: how little it relies on people knowing or remembering."""

from enum import StrEnum
from functools import cache
from typing import NamedTuple

from pmlint.document.model import Action, Category, Postmortem
from pmlint.document.words import cues, words
from pmlint.rules.actions_faults import Fault
from pmlint.rules.actions_grammar import Clause, clauses
from pmlint.rules.actions_wording import said, wording
from pmlint.rules.lemmas import lemma


class Grade(StrEnum):
    """How much an action relies on people."""

    WEAKER = "weaker"
    INTERMEDIATE = "intermediate"
    STRONGER = "stronger"


class Graded(NamedTuple):
    """The grade of an action, the words that decided it, and what they are."""

    grade: Grade
    words: str
    reason: str


_FAULTS = {
    Fault.EXHORTATION: "an appeal",
    Fault.PERSON: "about people",
    Fault.MONITORING: "no definite signal",
    Fault.UNBOUNDED: "a question left open",
    Fault.VAGUE: "no definite change",
}
_ORDER = (Grade.WEAKER, Grade.INTERMEDIATE, Grade.STRONGER)


def grade_of(doc: Postmortem, action: Action) -> Graded:
    """The strongest of what the action does; a promise that is vague or left open is weaker."""
    voice = action.prose.voice[:_READ]
    fault = wording(doc, action)
    read = clauses(voice)
    if fault is not None:
        read = tuple(clause for clause in read if clause.start >= fault.end)
    graded = [_graded(clause, voice, action.prose.text) for clause in read]
    best = max(graded, key=lambda found: _ORDER.index(found.grade), default=None)
    if fault is not None and (best is None or best.grade is Grade.WEAKER):
        return Graded(Grade.WEAKER, said(action, fault), _FAULTS[fault.fault])
    learns = action.category is not None and action.category.value is Category.LEARN
    if best is None or (learns and best.grade is Grade.INTERMEDIATE and not any(clause.verb for clause in read)):
        return Graded(Grade.WEAKER if learns else Grade.INTERMEDIATE, _short(action.text), "to learn" if learns else "")
    return best


_READ = 2000


def _graded(clause: Clause, voice: str, text: str) -> Graded:
    grade, reason = _grade(clause, voice[clause.start : clause.end])
    return Graded(grade, _short(clause.words_in(text)), reason)


def _grade(clause: Clause, text: str) -> tuple[Grade, str]:
    heads, verb = frozenset(clause.heads), clause.verb
    by_machine = cues("deeds", "grades", "machine").search(text) is not None
    if verb in _class("staffing") or heads & _class("aids"):
        return Grade.INTERMEDIATE, "an aid at the point of use"
    if verb in _class("removing"):
        human = heads and heads <= (_class("texts") | _class("gatherings") | _class("people"))
        if human and not by_machine and verb not in _class("reshaping"):
            return Grade.INTERMEDIATE, "a required step"
        return Grade.STRONGER, "removes or enforces"
    if verb in _class("planning") and heads & _class("things"):
        return Grade.INTERMEDIATE, "a machine does it"
    if heads and heads <= _class("texts") and (not verb or verb in _class("writing") | _class("telling")):
        return Grade.WEAKER, "a text"
    if verb in _class("telling") or (verb in _class("looking") and not by_machine):
        return Grade.WEAKER, "somebody looks or tells"
    if by_machine:
        return Grade.INTERMEDIATE, "a machine does it"
    if heads and heads <= _class("gatherings"):
        return Grade.WEAKER, "somebody looks or tells"
    if heads and heads <= _class("people") and not cues("deeds", "grades", "condition").search(text):
        return Grade.WEAKER, "about people"
    if heads & _class("barriers"):
        return Grade.STRONGER, "removes or enforces"
    return Grade.INTERMEDIATE, "changes the system"


@cache
def _class(name: str) -> frozenset[str]:
    return frozenset(lemma(word) for word in words("deeds")["grades"][name])


def _short(text: str) -> str:
    line = " ".join(text.split()).strip(" .,;:")
    return line if len(line) <= 50 else line[:47].rsplit(" ", 1)[0] + " …"
