"""What is wrong with the wording of one action: a single classifier, so that a single rule speaks of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from pmlint.document.model import Action, ActionStatus, Category, Postmortem
from pmlint.document.patterns import Patterns
from pmlint.document.words import cues, words
from pmlint.source import Span


class Fault(StrEnum):
    """What an action promises instead of a change, the most specific first."""

    EXHORTATION = "exhortation"
    PERSON = "person"
    MONITORING = "monitoring"
    UNBOUNDED = "unbounded"
    VAGUE = "vague"


class Grade(StrEnum):
    """How much an action relies on people: the hierarchy of RCA²."""

    WEAKER = "weaker"
    INTERMEDIATE = "intermediate"
    STRONGER = "stronger"


@dataclass(frozen=True, slots=True)
class Wording:
    """The fault of an action, and the words of its text that show it."""

    fault: Fault
    start: int
    end: int
    sure: bool = True


_PATTERNS = Patterns(
    # A label that says whose it is, of what sort, or by when.
    label=r"\s*[^\n.:!?]{1,60}(?::|\s[-–—])\s+(?=\S)",
    lead=(
        r"(?i)\s*(?:[\W_]*(?:(?:action|todo|to do|task)\b[:\s-]*)?)?(?:(?:we|i|the team|[A-Z][\w-]+|team|all|"
        r"engineers?|developers?|operators?|everyone|everybody|staff|sre|devops|admins?)\s+"
        r"(?:(?:members?|engineers?)\s+)?(?:also\s+)?"
        r"(?:will|should|shall|must|could|may|might|can|needs?\s+to|have\s+to|has\s+to|want\s+to|plan\s+to|intend\s+to|"
        r"(?:are|am|is|be|have\s+been|has\s+been)(?:\s+(?:currently|still|now|also))?(?=\s+\w+ing\b)|"
        r"are\s+going\s+to|is\s+going\s+to|would\s+like\s+to|to|'ll|are\s+expected\s+to|(?:are|is)\s+asked\s+to)\s+)?"
        r"(?:(?:also|further|please|then|to|let's|let us|start|begin|continue|keep|immediately|possibly|maybe)\s+"
        r"(?:to\s+)?)*"
    ),
    # A figure, an identifier or a path says which.
    figure=r"(?<![\w#-])\d+(?:[.,]\d+)?(?:ms|s|min|h|d|[KMGT]i?B|k|x)?(?![\w-])",
    identifier=r"\b\w+[_/.]\w+\b|\b[a-z]+[A-Z]\w*|\b[A-Z][a-z]+[A-Z]\w*|`",
    # A few words more, but none that hangs in the air.
    phrase=(
        r"(?:[ \n]+[^\s.,;:()\ufffc]+){0,6}(?<!\s(?:in|of|on|to|or|at|by))(?<!\s(?:the|and|for|our))(?<!\sa)(?=$|\W)"
    ),
    trailing=(
        r"(?is)(?:monitor|test|document|communicate|review|check|plan|coordinate|track|watch|validate|verify|audit)\b"
        r"[^.:;\n]{0,60}\s(?:better|more|more \w+|properly|regularly|thoroughly|carefully|closely|proactively|often)"
    ),
    together=r"(?i)\b(?:communicat|coordinat|collaborat|align|cooperat|relation)\w*\s+(?:\w+\s+)?with\b",
    word=r"[^\W\d_][\w'’-]*",
    name=r"(?:@[\w-]+|[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+)?)\b",
)

_READ = 2000
"""Characters of an action that are read; one that has not said what it does by then does not say it."""

_CLOSED = frozenset({ActionStatus.DONE, ActionStatus.WONT_DO})


@lru_cache(maxsize=2048)
def _classified(voice: str, deadline: bool) -> Wording | None:
    for classify in (_exhortation, _person, _monitoring):
        found = classify(voice)
        if found:
            return found
    return _unbounded(voice, deadline) or _vague(voice)


def is_closed(action: Action) -> bool:
    """Whether nothing more is promised."""
    return action.status is not None and action.status.value in _CLOSED


def is_rehearsal(action: Action) -> bool:
    """Whether people practise something, which shows what the system makes hard."""
    return _cue("person", "rehearsal").search(action.prose.voice[:_READ]) is not None


def wording(doc: Postmortem, action: Action) -> Wording | None:
    """The one fault in the wording of `action`, if it has any; what is closed promises nothing more."""
    if is_closed(action):
        return None
    voice = action.prose.voice[:_READ]
    found = _classified(voice, action.due is not None) if voice.strip() else None
    return None if found and _settled(doc, action, found) else found


def _settled(doc: Postmortem, action: Action, found: Wording) -> bool:
    """Whether what stands beside the words says what they leave open."""
    if found.fault not in (Fault.MONITORING, Fault.VAGUE):
        return False
    if not found.sure and (action.links or action.ticket):
        return True
    beside = action.verification.text if action.verification else ""
    if not action.columns:
        beside += " " + doc.source.text[action.text_span.end : action.span.end]
    return bool(len(beside.split()) > 2 and _signalled(beside))


def span_of(action: Action, found: Wording) -> Span:
    """The words in the document."""
    return action.prose.span(found.start, found.end)


def said(action: Action, found: Wording) -> str:
    """The words as written, short enough for a message."""
    text = " ".join(action.prose.text[found.start : found.end].split())
    return text if len(text) <= 70 else text[:67].rsplit(" ", 1)[0] + " …"


def _cue(*keys: str) -> re.Pattern[str]:
    return cues("deliverables", *keys)


def _heads(voice: str) -> Iterator[int]:
    """Where the item's deed may begin: at its start, behind a label, behind "we should"."""
    starts = [0]
    label = _PATTERNS.label.match(voice)
    if label:
        starts.append(label.end())
    for start in starts:
        lead = _PATTERNS.lead.match(voice, start)
        yield start
        if lead and lead.end() > start:
            yield lead.end()


def _at_head(pattern: re.Pattern[str], voice: str) -> re.Match[str] | None:
    return next((found for head in _heads(voice) if (found := pattern.match(voice, head))), None)


def _exhortation(voice: str) -> Wording | None:
    found = _cue("exhortation", "wish").search(voice) or _at_head(_cue("exhortation", "law"), voice)
    if not found or _cue("exhortation", "mechanism").search(voice) or _cue("person", "rehearsal").search(voice):
        return None
    return Wording(Fault.EXHORTATION, found.start(), _phrase(voice, found.end()))


def _person(voice: str) -> Wording | None:
    if _cue("person", "rehearsal").search(voice):
        return None
    for found in _cue("person", "verbs").finditer(voice):
        if _is_deed(voice, found.start()) and (target := _target(voice, found.end())):
            if _cue("person", "light").fullmatch(found[0]) and not _cue("person", "after_light").match(voice, target):
                continue
            return Wording(Fault.PERSON, found.start(), target)
    for found in _cue("person", "told").finditer(voice):
        target = _target(voice, found.end()) if _is_deed(voice, found.start()) else None
        if target and (telling := _cue("person", "telling").match(voice, target + 1)):
            return Wording(Fault.PERSON, found.start(), telling.end())
    for found in _cue("person", "passive").finditer(voice):
        before = voice[: found.start()]
        people = list(_cue("person", "who").finditer(before))
        if (
            people
            and re.search(r"(?i)\b(?:be|are|is|get|being|been)\s+$", before)
            and len(before) - people[-1].end() < 30
        ):
            return Wording(Fault.PERSON, people[-1].start(), found.end())
    head = _cue("person", "who").match(voice) or _PATTERNS.name.match(voice)
    learner = _cue("person", "learner").search(voice, head.end(), head.end() + 60) if head else None
    if head and learner:
        return Wording(Fault.PERSON, head.start(), learner.end())
    for found in _cue("person", "nominal").finditer(voice):
        target = _target(voice, found.end())
        if target or found[0].lower().endswith("training"):
            return Wording(Fault.PERSON, found.start(), target or found.end())
    return None


def _is_deed(voice: str, at: int) -> bool:
    """Whether the verb at `at` is done by the item: it opens it, or follows "and", "to", "will", "should"."""
    before = voice[:at].rstrip()
    return (
        at in set(_heads(voice))
        or bool(re.search(r"(?i)(?:\b(?:and|to|will|should|must|then|also|please|need to)|[.;:,–—-])$", before))
        or not before
    )


def _target(voice: str, at: int) -> int | None:
    """The end of the people named right after `at`."""
    rest = at + len(voice[at:]) - len(voice[at:].lstrip())
    if rest == at:
        return None
    found = _cue("person", "who").match(voice, rest)
    if found:
        return found.end()
    name = _PATTERNS.name.match(voice, rest)
    follows = voice[name.end() :].lstrip()[:4].lower() if name else ""
    return name.end() if name and follows[:3] in ("of ", "to ", "on ", "in ", "abo", "tha", "not", "") else None


def _monitoring(voice: str) -> Wording | None:
    adds = _at_head(_cue("monitoring", "adds"), voice)
    if not adds or voice[adds.end() : adds.end() + 1].isalnum():
        return None
    start = adds.end() + len(voice[adds.end() :]) - len(voice[adds.end() :].lstrip())
    found = _cue("monitoring", "what").match(voice, start)
    if not found or _signalled(voice):
        return None
    return Wording(Fault.MONITORING, adds.start(), _phrase(voice, found.end()))


def _phrase(voice: str, at: int) -> int:
    """The end of the phrase that goes on at `at`: a few words more, up to the next stop."""
    found = _PATTERNS.phrase.match(voice, at)
    return found.end() if found else at


def _signalled(voice: str) -> bool:
    return bool(
        _cue("monitoring", "signals").search(voice) or _cue("monitoring", "condition").search(voice) or _specific(voice)
    )


def _specific(voice: str) -> bool:
    return bool(_PATTERNS.figure.search(voice) or _PATTERNS.identifier.search(voice) or "\ufffc" in voice)


def _unbounded(voice: str, deadline: bool) -> Wording | None:
    found = _at_head(_cue("unbounded", "verbs"), voice)
    if not found or _cue("unbounded", "timebox").search(voice):
        return None
    rest = voice[found.end() :]
    if _cue("unbounded", "outputs").search(rest):
        return None
    if deadline and not _cue("unbounded", "open_ended").match(found[0]) and _cue("unbounded", "questions").search(rest):
        return None
    asks = _cue("unbounded", "questions").match(rest.lstrip()) is not None
    return Wording(Fault.UNBOUNDED, found.start(), _phrase(voice, found.end()), sure=not asks)


def _vague(voice: str) -> Wording | None:
    text = voice.strip(" .!*_-\n")
    start = voice.find(text)
    if _specific(voice):
        return None
    generic = _generic()
    content = [word.lower() for word in _PATTERNS.word.findall(text)]
    if content and all(word in generic for word in content):
        return Wording(Fault.VAGUE, start, start + len(text))
    degree = _at_head(_cue("vague", "degrees"), voice)
    if degree is None:
        degree = _PATTERNS.trailing.fullmatch(text)
        return Wording(Fault.VAGUE, start, start + len(text), sure=False) if degree else None
    # "Better communication with the vendor" names with whom, and no means.
    means = _cue("vague", "means").search(
        _PATTERNS.together.sub(lambda found: "-" * len(found[0]), voice), degree.end()
    )
    if means or _has_more(voice, degree.end()):
        return None
    return Wording(Fault.VAGUE, degree.start(), start + len(text), sure=False)


def _has_more(voice: str, at: int) -> bool:
    """Whether a second clause or sentence goes on to say what is done."""
    return bool(re.search(r"[.:;(–—]\s*\S+\s+\S+|\s-\s+\S+\s+\S+", voice[at:]))


@lru_cache(maxsize=1)
def _generic() -> frozenset[str]:
    return frozenset(words("deliverables")["vague"]["generic"])


def grade_of(doc: Postmortem, action: Action) -> tuple[Grade, str]:
    """How strong the action is, and the word that decided it; what is vague or unbounded is weaker."""
    found = wording(doc, action)
    if found:
        return Grade.WEAKER, said(action, found)
    voice = action.prose.voice
    stronger = _cue("strength", "stronger").search(voice)
    weaker = _cue("strength", "weaker").search(voice)
    change = _cue("strength", "change").search(voice)
    if weaker and (not stronger or weaker.start() < stronger.start()) and not _changes(voice, weaker):
        return Grade.WEAKER, weaker[0]
    if stronger:
        return Grade.STRONGER, stronger[0]
    if action.category is not None and action.category.value is Category.LEARN and not change:
        return Grade.WEAKER, str(action.category.value)
    return Grade.INTERMEDIATE, change[0] if change else ""


def _changes(voice: str, weaker: re.Match[str]) -> bool:
    """Whether the system is changed too, before the weaker word or in a clause of its own behind it."""
    change = _cue("strength", "change")
    before = change.search(voice, 0, weaker.start())
    behind = re.search(r"(?:\band\b|;|,|\.)\s*", voice[weaker.end() :])
    after = change.match(voice, weaker.end() + behind.end()) if behind else None
    return bool(before or after)
