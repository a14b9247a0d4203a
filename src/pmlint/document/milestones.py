"""What each event of a timeline marks: start, detection, response, communication, mitigation, resolution, decision.

Cues are data (`rules/words/milestones.toml`); here is what the course of an incident adds to them: an incident starts
and is detected once, its response follows, what was mended before anyone noticed is no mitigation, and it is resolved
when nothing more had to be done.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import islice

from msgspec import Struct

from pmlint.document.cues import Lists, Place, lexicon, phrases
from pmlint.document.model import Milestone
from pmlint.document.sentences import sentences
from pmlint.document.words import canonical, words

_FILE = "milestones"
_LONGEST_LABEL = 5
_SENTENCES = 3
_LONG = 330
# The state of a status page in which a fix is out, and it is watched whether it holds.
_WATCHED = re.compile(r"(?i)\W{0,3}monitoring(?:\s?[:–—-]|\W*$)")
_BARE = re.compile(r"[^\w\s]+")
_EMAIL = re.compile(r"(?i)\be-mail")
# A line that breaks off, and goes on below with a small letter.
_WRAPPED = re.compile(r"(?<=[^\s.!?:;])[ \t]*\n[ \t]*(?=[a-z\ufffc])")
_FIRST_WORDS = 14
_AFTERMATH = 3
"""Within how many entries the end is said again: restored, verified, closed."""
_PRELUDE = 4
"""How many entries may tell of the change that brought the trouble."""


class Told(Struct, frozen=True):
    """What an event says, in the parts that can say what it marks."""

    text: str
    label: str = ""
    """A phase column, or the words before the stamp."""
    phase: str = ""
    """The heading or group above it."""
    bold: str = ""
    """The bold words that the text opens with."""
    tail: str = ""
    """The bold words that it ends in, or those in capitals and brackets: "… (START OF IMPACT)"."""


class _Signs(Struct, frozen=True):
    """For one event: what it says outright, what it hints at, what it calls itself."""

    named: frozenset[Milestone]
    strong: frozenset[Milestone]
    weak: frozenset[Milestone]
    symptom: bool
    """Shows the trouble itself."""
    phase: Milestone | None


def milestones(events: Sequence[Told]) -> list[tuple[Milestone, ...]]:
    """The milestones of each event, in the order of the incident's course."""
    signs = [_signs(event) for event in events]
    marked: list[set[Milestone]] = [set() for _ in events]
    detected = _detection(signs)
    started = _start(signs, detected)
    responded = _response(signs, detected, started)
    resolved = _resolution(signs, detected)
    mitigated = _mitigation(signs, detected, started, resolved)
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
    named = {_named(said) for said in (event.label, event.bold, event.tail, _lead(event.text))} - {None}
    text = _opening(event.text)
    watched = _WATCHED.match(event.label or event.text) is not None
    found = phrases(_FILE).find(lexicon(_FILE).read(text))
    strong = {Milestone(name) for name, key in found if key == "strong" and _stands(found, name, key)}
    if not text.isascii():
        strong |= {milestone for milestone in Milestone if _unspaced(milestone).search(text)}
    # what hints at a milestone does so in the first words; the end of all may come last
    weak = {
        Milestone(name)
        for name, key in found
        if key == "weak" and _stands(found, name, key, first=None if name == Milestone.RESOLUTION else _FIRST_WORDS)
    }
    if watched and Milestone.RESOLUTION in strong | weak:  # better, and not yet declared over
        strong = strong - {Milestone.RESOLUTION} | {Milestone.MITIGATION}
        weak -= {Milestone.RESOLUTION}
    symptom = _stands(found, Milestone.START, "symptom")
    names = frozenset(name for name in named if name)
    return _Signs(names, frozenset(strong), frozenset(weak), symptom, _named(event.phase))


def _opening(text: str) -> str:
    """The first lines and sentences: what comes after explains them."""
    text = _WRAPPED.sub(" ", _EMAIL.sub("email", text[: 4 * _LONG]))
    end = 0
    for line in islice(re.finditer(r"[^\n]+", text), _SENTENCES):
        for span in islice(sentences(line[0]), _SENTENCES):
            if end and line.start() + span.end > _LONG:
                return text[:end]
            end = line.start() + span.end
    return text[:end]


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


def _stands(found: Mapping[Lists, Sequence[Place]], milestone: str, key: str, *, first: int | None = None) -> bool:
    """Whether some phrase of the list stands there that nothing around it takes back."""
    innocent = found.get((milestone, "innocent"), ())
    return any(
        not any(a < end and start < b for a, b in innocent)
        for start, end in found.get((milestone, key), ())
        if first is None or end <= first
    )


@cache
def _unspaced(milestone: Milestone) -> re.Pattern[str]:
    return re.compile("|".join(words(_FILE)[milestone].get("unspaced", ["(?!)"])))


def _all(signs: Sequence[_Signs], milestone: Milestone) -> list[int]:
    return [index for index, sign in enumerate(signs) if milestone in sign.named or milestone in sign.strong]


def _named_at(signs: Sequence[_Signs], milestone: Milestone) -> list[int]:
    return [index for index, sign in enumerate(signs) if milestone in sign.named]


def _phased(signs: Sequence[_Signs], milestone: Milestone) -> list[int]:
    return [index for index, sign in enumerate(signs) if sign.phase is milestone]


def _detection(signs: Sequence[_Signs]) -> list[int]:
    """The first time that somebody or something noticed."""
    if named := _named_at(signs, Milestone.DETECTION):
        return named[:1]
    strong = [i for i, sign in enumerate(signs) if Milestone.DETECTION in sign.strong]
    acted = _first(signs, Milestone.MITIGATION, Milestone.RESOLUTION)
    if strong and strong[0] <= acted + 2:
        return strong[:1]
    if phased := _phased(signs, Milestone.DETECTION):
        return phased[:1]
    # where the trouble begins, nobody need have noticed yet
    return [
        i
        for i, sign in enumerate(signs[: min(4, acted)])
        if Milestone.DETECTION in sign.weak and Milestone.START not in sign.strong
    ][:1]


def _first(signs: Sequence[_Signs], *sought: Milestone) -> int:
    """Where one of these is first said outright, the end where nowhere."""
    found = (i for i, sign in enumerate(signs) if sign.strong.intersection(sought) or sign.named.intersection(sought))
    return next(found, len(signs))


def _start(signs: Sequence[_Signs], detected: list[int]) -> list[int]:
    """When impact began; else the change that brought it, if it stands before anybody noticed."""
    if named := _named_at(signs, Milestone.START):
        return named[:1]
    until = detected[0] if detected else _first_act(signs)
    strong = [i for i in range(min(until + 1, len(signs))) if Milestone.START in signs[i].strong]
    strong = strong or [i for i in range(until) if signs[i].symptom]
    weak = [i for i in range(min(until, _PRELUDE)) if _hints(signs[i], Milestone.START)]
    return (strong or weak)[:1]


def _hints(sign: _Signs, milestone: Milestone) -> bool:
    """Whether it may mark the milestone; what updates a status page has changed nothing else."""
    return milestone in sign.weak and Milestone.COMMUNICATION not in sign.strong


def _first_act(signs: Sequence[_Signs]) -> int:
    """Where somebody first does something about it."""
    acts = {Milestone.RESPONSE, Milestone.MITIGATION}
    found = (i for i, sign in enumerate(signs) if sign.strong & acts or Milestone.RESPONSE in sign.weak)
    return next(found, len(signs) - 1)


def _response(signs: Sequence[_Signs], detected: list[int], started: list[int]) -> list[int]:
    """The first who took it up, before anything was mended."""
    if named := _named_at(signs, Milestone.RESPONSE):
        return named[:1]
    since = detected[0] if detected else (started[0] if started else 0)
    after = since + 1 if detected or started else 0
    mended = next((i for i in range(after, len(signs)) if Milestone.MITIGATION in signs[i].strong), len(signs) - 1)
    strong = [i for i in range(since, mended + 1) if Milestone.RESPONSE in signs[i].strong]
    weak = [i for i in range(after, min(after + 2, mended)) if Milestone.RESPONSE in signs[i].weak]
    if strong and not (weak and weak[0] < strong[0] - 1):
        return strong[:1]
    if not weak and (phased := _phased(signs, Milestone.RESPONSE)):
        return phased[:1]
    return weak[:1]


def _mitigation(signs: Sequence[_Signs], detected: list[int], started: list[int], resolved: list[int]) -> list[int]:
    """Every step that eased the impact, once it was known and until it was over."""
    named = _named_at(signs, Milestone.MITIGATION)
    since = detected[0] if detected else (started[0] + 1 if started else 0)
    until = resolved[-1] if resolved else len(signs) - 1
    within = [i for i in range(since, until + 1) if i not in started and i not in detected]
    strong = [i for i in within if Milestone.MITIGATION in signs[i].strong]
    # where the mending and the end of it are told apart, the end is no mending
    before = [i for i in strong if i not in resolved]
    if found := sorted({*named, *(before or strong)}):
        return found
    if phased := _phased(signs, Milestone.MITIGATION):
        return phased[:1]
    # what was done right before all was well
    return [i for i in within if resolved and i == resolved[0] - 1 and _hints(signs[i], Milestone.MITIGATION)]


def _resolution(signs: Sequence[_Signs], detected: list[int]) -> list[int]:
    """When it was over: the last word of it, and those right before that say the same."""
    named = _named_at(signs, Milestone.RESOLUTION)
    since = detected[0] if detected else 0
    strong = [i for i, sign in enumerate(signs) if i >= since and Milestone.RESOLUTION in sign.strong]
    found = sorted({*named, *(i for i in strong if not named or i >= named[0] - 1)})
    if found and (named or not _premature(signs, found[-1])):
        last = found[-1]
        return [
            i
            for i in found
            if i == last or (i > last - _AFTERMATH and i not in detected and not any(map(_mends, signs[i + 1 : last])))
        ]
    if phased := _phased(signs, Milestone.RESOLUTION):
        return phased[-1:]
    last = len(signs) - 1
    if last > 0 and Milestone.RESOLUTION in signs[last].weak and last not in detected:
        return [last]
    return found


def _mends(sign: _Signs) -> bool:
    return Milestone.MITIGATION in sign.strong and Milestone.RESOLUTION not in sign.strong


def _premature(signs: Sequence[_Signs], resolved: int) -> bool:
    """Whether much was still done after it, so that it was no end."""
    return resolved * 2 < len(signs) and sum(_mends(sign) for sign in signs[resolved + 1 :]) >= 2
