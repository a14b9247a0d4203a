"""What is wrong with the wording of one action: a single classifier, so that a single rule speaks of it."""

import re
from functools import lru_cache

from pmlint.document.model import Action, ActionStatus, Postmortem
from pmlint.document.patterns import Patterns
from pmlint.rules.actions_faults import Fault, Wording, at_head, cue, phrase
from pmlint.rules.actions_grammar import heads
from pmlint.rules.actions_open import monitoring, signalled, unbounded, vague
from pmlint.source import Span

_PATTERNS = Patterns(
    # The change itself, which says what the words leave open.
    made=r"/(?:commits?|pulls?|pull-requests?|merge_requests|compare|releases?)/",
    name=r"(?:@[\w-]+|[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+)?)\b",
)

_READ = 2000
"""Characters of an action that are read; one that has not said what it does by then does not say it."""

_CLOSED = frozenset({ActionStatus.DONE, ActionStatus.WONT_DO})


@lru_cache(maxsize=2048)
def _classified(voice: str, deadline: bool) -> Wording | None:
    return (
        _exhortation(voice) or _person(voice) or monitoring(voice) or unbounded(voice, deadline) or vague(voice) or None
    )


def is_closed(action: Action) -> bool:
    """Whether nothing more is promised."""
    return action.status is not None and action.status.value in _CLOSED


def is_rehearsal(action: Action) -> bool:
    """Whether people practise something, which shows what the system makes hard."""
    return cue("person", "rehearsal").search(action.prose.voice[:_READ]) is not None


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
    if not found.sure and any(_PATTERNS.made.search(link) for link in action.links):
        return True
    beside = action.verification.text if action.verification else ""
    if not action.columns:
        beside += " " + doc.source.text[action.text_span.end : action.span.end]
    return bool(len(beside.split()) > 2 and signalled(beside))


def span_of(action: Action, found: Wording) -> Span:
    """The words in the document."""
    return action.prose.span(found.start, found.end)


def said(action: Action, found: Wording) -> str:
    """The words as written, short enough for a message."""
    text = " ".join(action.prose.text[found.start : found.end].split())
    return text if len(text) <= 70 else text[:67].rsplit(" ", 1)[0] + " …"


def _exhortation(voice: str) -> Wording | None:
    found = cue("exhortation", "wish").search(voice) or at_head(cue("exhortation", "law"), voice)
    if not found or cue("exhortation", "mechanism").search(voice) or cue("person", "rehearsal").search(voice):
        return None
    return Wording(Fault.EXHORTATION, found.start(), phrase(voice, found.start() + len(found[0].rstrip())))


def _person(voice: str) -> Wording | None:
    if cue("person", "rehearsal").search(voice):
        return None
    for found in cue("person", "verbs").finditer(voice):
        if _is_deed(voice, found.start()) and (target := _target(voice, found.end())):
            if cue("person", "light").fullmatch(found[0]) and not cue("person", "after_light").match(voice, target):
                continue
            return Wording(Fault.PERSON, found.start(), target)
    for found in cue("person", "told").finditer(voice):
        target = _target(voice, found.end()) if _is_deed(voice, found.start()) else None
        if target and (telling := cue("person", "telling").match(voice, target + 1)):
            return Wording(Fault.PERSON, found.start(), telling.end())
    for found in cue("person", "passive").finditer(voice):
        before = voice[: found.start()]
        people = list(cue("person", "who").finditer(before))
        if (
            people
            and re.search(r"(?i)\b(?:be|are|is|get|being|been)\s+$", before)
            and len(before) - people[-1].end() < 30
        ):
            return Wording(Fault.PERSON, people[-1].start(), found.end())
    taught = _learner(voice)
    if taught is not None:
        return Wording(Fault.PERSON, *taught)
    for found in cue("person", "nominal").finditer(voice):
        target = _target(voice, found.end())
        if target or found[0].lower().endswith("training"):
            return Wording(Fault.PERSON, found.start(), target or found.end())
    return None


def _learner(voice: str) -> tuple[int, int] | None:
    """Whoever stands first, and what they are to learn: "the operator has to retake the test"."""
    learner = cue("person", "learner")
    if head := cue("person", "who").match(voice):
        found = learner.search(voice, head.end(), head.end() + 60)
    elif head := _PATTERNS.name.match(voice):
        found = learner.match(voice, head.end() + 1)  # any first word looks like a name: "Shadow two users to learn …"
    else:
        return None
    return (head.start(), found.end()) if found else None


def _is_deed(voice: str, at: int) -> bool:
    """Whether the verb at `at` is done by the item: it opens it, or follows "and", "to", "will", "should"."""
    before = voice[:at].rstrip()
    return (
        at in set(heads(voice))
        or bool(re.search(r"(?i)(?:\b(?:and|to|will|should|must|then|also|please|need to)|[.;:,–—-])$", before))
        or not before
    )


def _target(voice: str, at: int) -> int | None:
    """The end of the people named right after `at`."""
    rest = at + len(voice[at:]) - len(voice[at:].lstrip())
    if rest == at:
        return None
    found = cue("person", "who").match(voice, rest)
    if found:
        return found.end()
    name = _PATTERNS.name.match(voice, rest)
    follows = voice[name.end() :].lstrip()[:4].lower() if name else ""
    return name.end() if name and follows[:3] in ("of ", "to ", "on ", "in ", "abo", "tha", "not", "") else None
