"""Promises that leave open what will be there: monitoring of no signal, questions without end, degrees of something."""

from functools import cache

from pmlint.document.patterns import Patterns
from pmlint.document.words import words
from pmlint.rules.actions_faults import Fault, Wording, at_head, cue, phrase
from pmlint.rules.actions_grammar import Clause, clauses
from pmlint.rules.lemmas import lemma, verb_of

_PATTERNS = Patterns(
    # A figure, an identifier or a path says which.
    figure=r"(?<![\w#-])\d+(?:[.,]\d+)?(?:ms|s|min|h|d|[KMGT]i?B|k|x)?(?![\w-])",
    identifier=r"\b\w+[_/.]\w+\b|\b[a-z]+[A-Z]\w*|\b[A-Z][a-z]+[A-Z]\w*|`",
    together=r"(?i)\b(?:communicat|coordinat|collaborat|align|cooperat|relation)\w*\s+(?:\w+\s+)?with\b",
    word=r"[^\W\d_][\w'’-]*",
    more=r"[.:;(–—]\s*\S+\s+\S+|\s-\s+\S+\s+\S+",
    boundary=r"[.;]\s",
)


def signalled(voice: str) -> bool:
    """Whether the text names what is measured, or the condition under which something happens."""
    return bool(
        cue("monitoring", "signals").search(voice) or cue("monitoring", "condition").search(voice) or specific(voice)
    )


def specific(voice: str) -> bool:
    """Whether a figure or a name as machines have them says which."""
    return bool(_PATTERNS.figure.search(voice) or _PATTERNS.identifier.search(voice) or "\ufffc" in voice)


def monitoring(voice: str) -> Wording | None:
    """Monitoring or an alert of nothing that could be measured."""
    found = _added(voice) or _named(voice)
    if found is None or signalled(voice):
        return None
    return Wording(Fault.MONITORING, found[0], phrase(voice, found[1]))


def _added(voice: str) -> tuple[int, int] | None:
    """ "Set up alerts …": the verb and the thing."""
    adds = at_head(cue("monitoring", "adds"), voice)
    if not adds or voice[adds.end() : adds.end() + 1].isalnum():
        return None
    start = adds.end() + len(voice[adds.end() :]) - len(voice[adds.end() :].lstrip())
    found = cue("monitoring", "what").match(voice, start)
    return (adds.start(), found.end()) if found else None


def _named(voice: str) -> tuple[int, int] | None:
    """ "Alerts for the relay", "monitoring will be added": the thing alone, or as a subject."""
    said = clauses(voice)
    if not said or not said[0].heads or not all(head in _set("monitoring", "things") for head in said[0].heads):
        return None
    passive = said[0].noun_start < said[0].start and verb_of(said[0].verb) and said[0].verb in _set("monitoring", "had")
    # "Better monitoring" is a degree of it, as "improve monitoring" is.
    if (said[0].verb and not passive) or at_head(cue("vague", "degrees"), voice):
        return None
    return said[0].noun_start, said[0].noun_end


def unbounded(voice: str, deadline: bool) -> Wording | None:
    """A question or a thing to look at, with nothing that ends it."""
    found = at_head(cue("unbounded", "verbs"), voice)
    span = found.span() if found else _looked_at(voice)
    if span is None or cue("unbounded", "timebox").search(voice):
        return None
    rest = voice[span[1] :]
    asks = cue("unbounded", "questions").match(rest.lstrip()) is not None
    if _delivers(voice, span[1], asks=asks):
        return None
    open_ended = cue("unbounded", "open_ended").match(voice, span[0])
    if deadline and not open_ended and cue("unbounded", "questions").search(rest):
        return None
    gap = "handed on" if cue("unbounded", "handing_on").match(voice, span[0]) else ""
    return Wording(Fault.UNBOUNDED, span[0], phrase(voice, span[1]), sure=not asks, gap=gap)


def _looked_at(voice: str) -> tuple[int, int] | None:
    """ "The drain should be investigated": what is looked at stands first."""
    said = clauses(voice)
    if not said or said[0].noun_start >= said[0].start or not cue("unbounded", "verbs").fullmatch(said[0].verb):
        return None
    word = _PATTERNS.word.match(voice, said[0].start)
    return (said[0].noun_start, word.end()) if word else None


def _delivers(voice: str, at: int, *, asks: bool) -> bool:
    """Whether something comes out of it: an output that is named, or a deed that follows."""
    said = [clause for clause in clauses(voice) if clause.end > at]
    first = said[0] if said and said[0].start < at else None
    # What is looked at is no output: "consider a prototype".
    until = first.noun_end if first and not asks and not _results(first) else at
    if cue("unbounded", "outputs").search(voice, max(at, min(until, len(voice)))):
        return True
    if first and first.verb == "determine" and first.heads and not asks:
        return True
    for clause in said[1:] if first else said:
        joined = not asks or _PATTERNS.boundary.search(voice, at, clause.start) is not None
        if clause.asks and joined and not cue("unbounded", "verbs").match(clause.verb):
            return clause.verb not in _grades("telling") or bool(frozenset(clause.heads) & _grades("texts"))
    return False


def _results(clause: Clause) -> bool:
    return clause.verb in ("determine", "figure", "find", "identify")


def vague(voice: str) -> Wording | None:
    """Words that could stand in any postmortem, or a degree of something."""
    text = voice.strip(" .!*_-\n")
    start = voice.find(text)
    if specific(voice):
        return None
    if _is_generic(text):
        return Wording(Fault.VAGUE, start, start + len(text))
    return _undecided(voice, text, start) or _by_degrees(voice, text, start) or _as_a_habit(voice, text, start)


def _is_generic(text: str) -> bool:
    said = [word.lower() for word in _PATTERNS.word.findall(text)]
    return bool(said) and all(word in _set("vague", "generic") for word in said)


def _undecided(voice: str, text: str, start: int) -> Wording | None:
    """A procedure, a plan or a measure to some end, of which nothing is said but the end."""
    end = cue("vague", "ends").search(text)
    said = clauses(voice)
    if (
        end is None
        or not said
        or not said[0].heads
        or not all(head in _set("vague", "abstract") for head in said[0].heads)
    ):
        return None
    return Wording(Fault.VAGUE, start, start + len(text), sure=False) if _is_generic(text[: end.start()]) else None


def _by_degrees(voice: str, text: str, start: int) -> Wording | None:
    """ "Improve …", "better …", "as … as possible", with neither means nor the state in which it ends."""
    head = at_head(cue("vague", "degrees"), voice) or cue("vague", "states").search(voice)
    degree = head.span() if head else _second_degree(voice) or _compared(voice)
    if degree is None:
        return None
    # "Better communication with the vendor" names with whom, and no means.
    bare = _PATTERNS.together.sub(lambda found: "-" * len(found[0]), voice)
    if cue("vague", "means").search(bare, degree[1]) or _PATTERNS.more.search(voice, degree[1]):
        return None
    watched = any(head in _set("monitoring", "things") for clause in clauses(voice) for head in clause.heads)
    if watched and cue("monitoring", "signals").search(voice):
        return None
    return Wording(Fault.VAGUE, min(degree[0], start + len(text)), start + len(text), sure=False)


def _second_degree(voice: str) -> tuple[int, int] | None:
    """ "Review and improve …": the degree stands second."""
    said = clauses(voice)
    if len(said) != 2 or said[0].verb not in _grades("telling") or said[1].noun_start < said[1].start:
        return None
    found = cue("vague", "degrees").match(voice, said[1].start)
    return (said[0].start, found.end()) if found else None


def _compared(voice: str) -> tuple[int, int] | None:
    """ "Build a better system …": more of something is added, and nothing says how much or by what."""
    said = clauses(voice)
    if len(said) != 1 or said[0].verb not in _set("vague", "adding") or said[0].noun_start < said[0].start:
        return None
    found = cue("vague", "comparatives").search(voice, said[0].noun_start, said[0].noun_end)
    return (said[0].start, said[0].noun_end) if found else None


def _as_a_habit(voice: str, text: str, start: int) -> Wording | None:
    """ "Test the backups regularly": neither how often, nor what comes of it."""
    said = clauses(voice)
    if not said or said[0].verb not in _set("vague", "by_hand"):
        return None
    habit = cue("vague", "habits").search(voice, said[0].start)
    if habit is None or (said[0].verb in _set("vague", "held") and not _is_held_regularly(voice, said[0])):
        return None
    if cue("vague", "interval").search(voice) or _PATTERNS.more.search(voice):
        return None
    gap = "interval" if cue("vague", "often").match(habit[0]) else ""
    return Wording(Fault.VAGUE, said[0].start, start + len(text), sure=False, gap=gap)


def _is_held_regularly(voice: str, said: Clause) -> bool:
    """ "Schedule regular reviews": what is held is looked at by people, and only "regular" says when."""
    often = cue("vague", "often").search(voice, said.noun_start, said.noun_end)
    return often is not None and any(head in _grades("gatherings") for head in said.heads)


@cache
def _set(table: str, name: str) -> frozenset[str]:
    return frozenset(words("deliverables")[table][name])


@cache
def _grades(name: str) -> frozenset[str]:
    return frozenset(lemma(word) for word in words("deeds")["grades"][name])
