"""What each event of a timeline marks: start, detection, response, communication, mitigation, resolution, decision.

Cues are data (`rules/words/milestones.toml`); here is what the course of an incident adds to them: an incident starts
and is detected once, its response follows, what was mended before anyone noticed is no mitigation, and it is resolved
when nothing more had to be done.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from pmlint.document.cues import Word, lexicon, phrases
from pmlint.document.model import Milestone
from pmlint.document.sentences import sentences
from pmlint.document.words import canonical, words

_FILE = "milestones"
_LONGEST_LABEL = 5
_SENTENCES = 3
_LONG = 420
_BARE = re.compile(r"[^\w\s]+")
_FIRST_WORDS = 14


@dataclass(frozen=True, slots=True)
class Told:
    """What an event says, in the parts that can say what it marks."""

    text: str
    label: str = ""
    """A phase column, or the words before the stamp."""
    phase: str = ""
    """The heading or group above it."""
    bold: str = ""
    """The bold words that the text opens with."""


@dataclass(frozen=True, slots=True)
class _Signs:
    """For one event: what it says outright, what it hints at, what it calls itself."""

    named: frozenset[Milestone]
    strong: frozenset[Milestone]
    weak: frozenset[Milestone]
    phase: Milestone | None


def milestones(events: Sequence[Told]) -> list[tuple[Milestone, ...]]:
    """The milestones of each event, in the order of the incident's course."""
    signs = [_signs(event) for event in events]
    marked: list[set[Milestone]] = [set() for _ in events]
    detected = _detection(signs)
    started = _start(signs, detected, [event.phase for event in events])
    responded = _response(signs, detected, started)
    mitigated = _mitigation(signs, detected, started)
    resolved = _resolution(signs, mitigated, detected)
    for milestone, indexes in (
        (Milestone.START, started),
        (Milestone.DETECTION, detected),
        (Milestone.RESPONSE, responded),
        (Milestone.MITIGATION, mitigated),
        (Milestone.RESOLUTION, resolved),
        (Milestone.COMMUNICATION, _all(signs, Milestone.COMMUNICATION)),
        (Milestone.DECISION, _all(signs, Milestone.DECISION)),
    ):
        for index in indexes:
            marked[index].add(milestone)
    return [tuple(milestone for milestone in Milestone if milestone in found) for found in marked]


def _signs(event: Told) -> _Signs:
    named = {_named(event.label), _named(event.bold), _named(_lead(event.text))} - {None}
    text = _opening(event.text)
    read = lexicon(_FILE).read(text)
    strong = frozenset(milestone for milestone in Milestone if _says(milestone, text, read))
    weak = frozenset(milestone for milestone in Milestone if _hints(milestone, read))
    return _Signs(frozenset(found for found in named if found), strong, weak, _named(event.phase))


def _opening(text: str) -> str:
    """The first sentences: what comes after explains them."""
    if len(text) <= _LONG:
        return text
    parts = sentences(text[: 4 * _LONG])[:_SENTENCES]
    return text[: max(parts[0].end, min(parts[-1].end, _LONG))] if parts else text[:_LONG]


def _lead(text: str) -> str:
    """The words before a colon or dash that opens the text: "Root cause found: …"."""
    found = re.match(r"[^\w\n]*([^\n:：]{2,40}?)(?:[:：]|\s[-–—]\s)", text)
    return found[1] if found else ""


def _named(label: str) -> Milestone | None:
    if not label:
        return None
    plain = " ".join(_BARE.sub(" ", label).split())
    if not plain or len(plain.split()) > _LONGEST_LABEL:
        return None
    found = canonical(_FILE, "labels", plain) or canonical(_FILE, "labels", re.sub(r"\s*\d+$", "", plain))
    return Milestone(found) if found else None


def _says(milestone: Milestone, text: str, read: Sequence[Word]) -> bool:
    """Whether some phrase stands that nothing around it takes back."""
    found = list(phrases(_FILE, milestone, "strong").find(read))
    if found:
        innocent = list(phrases(_FILE, milestone, "innocent").find(read))
        if any(not any(a < end and start < b for a, b in innocent) for start, end in found):
            return True
    return not text.isascii() and bool(_unspaced(milestone) and _unspaced(milestone).search(text))


def _hints(milestone: Milestone, read: Sequence[Word]) -> bool:
    opening = read[:_FIRST_WORDS] if milestone is not Milestone.RESOLUTION else read
    if not any(True for _ in phrases(_FILE, milestone, "weak").find(opening)):
        return False
    found = list(phrases(_FILE, milestone, "weak").find(opening))
    innocent = list(phrases(_FILE, milestone, "innocent").find(read))
    return any(not any(a < end and start < b for a, b in innocent) for start, end in found)


@cache
def _unspaced(milestone: Milestone) -> re.Pattern[str]:
    return re.compile("|".join(words(_FILE)[milestone].get("unspaced", ["(?!)"])))


def _all(signs: Sequence[_Signs], milestone: Milestone) -> list[int]:
    return [index for index, sign in enumerate(signs) if milestone in sign.named or milestone in sign.strong]


def _named_at(signs: Sequence[_Signs], milestone: Milestone) -> list[int]:
    return [index for index, sign in enumerate(signs) if milestone in sign.named]


def _detection(signs: Sequence[_Signs]) -> list[int]:
    """The first time that somebody or something noticed."""
    if named := _named_at(signs, Milestone.DETECTION):
        return named[:1]
    strong = [i for i, sign in enumerate(signs) if Milestone.DETECTION in sign.strong]
    if strong:
        return strong[:1]
    phased = [i for i, sign in enumerate(signs) if sign.phase is Milestone.DETECTION]
    if phased:
        return phased[:1]
    weak = [i for i, sign in enumerate(signs[:4]) if Milestone.DETECTION in sign.weak]
    return weak[:1]


def _start(signs: Sequence[_Signs], detected: list[int], phases: Sequence[str]) -> list[int]:
    """When impact began; else the change that brought it, if it stands before anybody noticed."""
    if named := _named_at(signs, Milestone.START):
        return named[:1]
    until = detected[0] if detected else len(signs) - 1
    strong = [i for i in range(min(until + 1, len(signs))) if Milestone.START in signs[i].strong]
    if strong:
        return strong[:1]
    weak = [i for i in range(until) if Milestone.START in signs[i].weak]
    if weak and weak[0] <= 3:
        return weak[:1]
    return []


def _response(signs: Sequence[_Signs], detected: list[int], started: list[int]) -> list[int]:
    """The first who took it up."""
    if named := _named_at(signs, Milestone.RESPONSE):
        return named[:1]
    since = detected[0] if detected else (started[0] if started else 0)
    strong = [i for i in range(since, len(signs)) if Milestone.RESPONSE in signs[i].strong]
    if strong:
        return strong[:1]
    phased = [i for i, sign in enumerate(signs) if sign.phase is Milestone.RESPONSE]
    if phased:
        return phased[:1]
    after = since + 1 if detected or started else 0
    weak = [i for i in range(after, min(after + 2, len(signs))) if Milestone.RESPONSE in signs[i].weak]
    return weak[:1]


def _mitigation(signs: Sequence[_Signs], detected: list[int], started: list[int]) -> list[int]:
    """Every step that eased the impact, once it was known."""
    since = detected[0] if detected else (started[0] + 1 if started else 0)
    found = [
        i
        for i, sign in enumerate(signs)
        if Milestone.MITIGATION in sign.named or (i >= since and Milestone.MITIGATION in sign.strong)
    ]
    found = [i for i in found if i not in started or Milestone.MITIGATION in signs[i].named]
    if found:
        return found
    phased = [i for i, sign in enumerate(signs) if sign.phase is Milestone.MITIGATION]
    return phased[:1]


def _resolution(signs: Sequence[_Signs], mitigated: list[int], detected: list[int]) -> list[int]:
    """When it was over: the last word of it, and those right before that say the same."""
    if named := _named_at(signs, Milestone.RESOLUTION):
        return named[-2:]
    since = detected[0] if detected else 0
    strong = [i for i, sign in enumerate(signs) if i >= since and Milestone.RESOLUTION in sign.strong]
    if strong:
        last = strong[-1]
        run = [i for i in strong if not any(i < other <= last and other not in strong for other in mitigated)]
        return run[-3:]
    phased = [i for i, sign in enumerate(signs) if sign.phase is Milestone.RESOLUTION]
    if phased:
        return phased[-1:]
    last = len(signs) - 1
    if last > 0 and Milestone.RESOLUTION in signs[last].weak and last not in detected:
        return [last]
    return []
