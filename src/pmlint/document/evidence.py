"""What speaks for and against a document being an account of an incident, and how much."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from pmlint.document.model import Postmortem, SectionKind
from pmlint.document.telling import Telling, pattern
from pmlint.document.words import fold, words

ENOUGH = 2.5
"""The weight from which a document is taken for an account."""
_NARRATION = 5
"""The most that the narration can add."""

_CAUSES = (
    SectionKind.ROOT_CAUSE,
    SectionKind.CONTRIBUTING_FACTORS,
    SectionKind.TRIGGER,
    SectionKind.FIVE_WHYS,
)
_ENDS = (SectionKind.RESOLUTION, SectionKind.MITIGATION)
_EFFECTS = (SectionKind.SUMMARY, SectionKind.IMPACT, SectionKind.DETECTION)
_TOLD = 4
"""Verbs in the past in a hundred words, from which a document tells rather than instructs."""
_STUB = 40
"""Words below which a document cannot show what it is, and the name that it was given has to."""
_NUMBERED = re.compile(r"\d{4}[-_.]?\d{2}|\d{3}")
_DATED = re.compile(r"\b20\d\d[-/.]\d|\b\d{1,2}[-/.]\d{1,2}[-/.]20\d\d")
_VERSION = re.compile(r"\W*(?:v|version |release )?\d+\.\d+(?:\.\d+)?\w*(?!\S*:)(?=[\s\])]|$)", re.IGNORECASE)
_PIECE = re.compile(r"[^A-Za-z]+")


class Evidence(NamedTuple):
    """One thing that speaks for an account (a weight above zero) or against it."""

    weight: float
    reason: str


def weigh(doc: Postmortem) -> tuple[Evidence, ...]:
    """What was found, each sort of sign once; no more is looked for once the rest could not change the answer."""
    heard = Telling(doc)
    found = [*_title(doc), *_record(doc), *_instruction(doc, heard), *_path(doc, heard)]
    if ENOUGH - _NARRATION <= sum(each.weight for each in found) < ENOUGH or not any(map(_is_sign, found)):
        found += _narration(doc, heard)
    return tuple(found)


def is_account(doc: Postmortem) -> bool:
    """Whether the document tells of an incident that happened, rather than how such things are handled."""
    found = weigh(doc)
    total = sum(each.weight for each in found)
    return total >= ENOUGH + 1 or (total >= ENOUGH and any(map(_is_sign, found)))


def _is_sign(found: Evidence) -> bool:
    """Whether it is of some weight by itself; a handful of trifles is no account."""
    return found.weight >= 1.5


def _title(doc: Postmortem) -> Iterator[Evidence]:
    # A title among the fields of the document goes before that of a part of lower level.
    named = doc.title is not None and doc.sections and doc.title.span.end < doc.sections[0].title_span.start
    titles = [
        section.title
        for section in doc.sections
        if section.is_a(SectionKind.TITLE) and (section.level == 1 or not named)
    ]
    if doc.title is not None:
        titles.append(doc.title.value)
    if not titles and doc.sections:
        titles.append(doc.sections[0].title)
    title = " / ".join(titles)[:300]
    trouble = set(_found(title, "trouble"))
    narrow = trouble - set(_found(title, "trouble_at_large"))
    if pattern("scripts", "trouble").search(title):
        narrow.add(title)
    if trouble or narrow:
        yield Evidence(2 if narrow or _DATED.search(title) else 1, "the title names trouble")
    is_account = bool(_found(title, "account"))
    if is_account:
        yield Evidence(1, "the title says that it is an account")
    elif _found(title, "live"):
        yield Evidence(1, "the title names a record of one that goes on")
    if _found(title, "shelf"):
        yield Evidence(-2, "the title names the place where accounts lie")
    if _found(title, "other") or pattern("scripts", "other").search(title):
        yield Evidence(-4, "the title names another sort of document")
    elif _found(title, "closing") or (_found(title, "project") and not narrow):
        yield Evidence(-3, "the title closes like that of another sort of document")
    elif _found(title, "perhaps_other") and not narrow:
        yield Evidence(-1 if is_account else -3, "the title may name another sort of document")


def _found(title: str, table: str) -> list[str]:
    return [match[0].lower() for match in pattern("title", table).finditer(title)]


def _record(doc: Postmortem) -> Iterator[Evidence]:
    """Fields, times and parts, as the record of an incident has them."""
    events = doc.timeline.events
    times = [event.at for event in events if event.at is not None]
    clocked = sum(time.clock is not None or time.relative_minutes is not None for time in times)
    if clocked >= 3:
        yield Evidence(3, "a timeline with clock times")
    elif times:
        yield Evidence(1.5, "a timeline")
    record = words("nature")["record"]
    fields = {
        entry.name
        for entry in doc.metadata
        if entry.name in record["fields"] and entry.value.strip(" -–—?…")
        # what a heading names is a part of the document rather than a field
        if entry.origin != "heading" or entry.name not in record["parts"]
    }
    if fields:
        yield Evidence(min(3, len(fields)), "fields of an incident")
    kinds = {kind for section in doc.sections for kind in section.kinds}
    for part, reason in ((_CAUSES, "causes"), (_ENDS, "how it was mended"), (_EFFECTS, "what it did")):
        if kinds & set(part):
            yield Evidence(0.5, f"a part on {reason}")


def _narration(doc: Postmortem, heard: Telling) -> Iterator[Evidence]:
    """Trouble in a service that is over, told in the past."""
    told = heard.trouble + heard.handled
    rate = heard.per_hundred(told)
    if heard.trouble >= 2 and rate >= 1.5:
        yield Evidence(3, "tells of trouble throughout")
    elif heard.trouble and rate >= 0.8 and (heard.handled or heard.dated or doc.language != "en"):
        yield Evidence(2, "tells of trouble")
    elif told and rate >= 0.3:
        yield Evidence(1, "tells of trouble in passing")
    if heard.per_hundred(heard.past) >= _TOLD:
        yield Evidence(1, "is told in the past")
    if heard.clocks >= 2 and not doc.timeline.events:
        yield Evidence(1, "says at what o'clock things happened")


def _instruction(doc: Postmortem, heard: Telling) -> Iterator[Evidence]:
    """The reader is told what to do, or what was decided, or where to read on."""
    steps = heard.share(heard.steps)
    if steps >= 0.15 and heard.steps >= 3:
        yield Evidence(-3 if steps >= 0.3 else -2, "speaks in imperatives")
    # a letter to those who were affected tells them what they saw
    if heard.per_hundred(heard.you) >= 0.7 and heard.per_hundred(heard.past) < _TOLD:
        yield Evidence(-2 if heard.per_hundred(heard.you) >= 2 else -1, "addresses the reader")
    if heard.per_hundred(heard.bound) >= 1.5:
        yield Evidence(-2 if heard.per_hundred(heard.bound) >= 2.5 else -1, "says what should be, or what may happen")
    if heard.share(heard.links) >= 0.3 and heard.words > _STUB:
        yield Evidence(-3, "is a list of links")
    known = set(words("nature")["elsewhere"]["headings"])
    elsewhere = sum(fold(section.title).strip(" :?!.0123456789") in known for section in doc.sections)
    if elsewhere:
        yield Evidence(-3 if elsewhere >= 2 else -1, "headings of another sort of document")
    if sum(_VERSION.match(section.title) is not None for section in doc.sections) >= 3:
        yield Evidence(-4, "a heading for each version")
    status = fold(doc.status.value) if doc.status else ""
    if status in words("nature")["elsewhere"]["statuses"]:
        yield Evidence(-2, "has the status of a decision")


def _path(doc: Postmortem, heard: Telling) -> Iterator[Evidence]:
    if not doc.path:
        return
    pieces = [piece for piece in re.split(r"[/\\]+", doc.path) if piece][-2:]
    if any(pattern("path", "account").search(_PIECE.sub(" ", piece)) for piece in pieces):
        yield Evidence(1, "lies where accounts lie")
        name = _PIECE.sub(" ", pieces[-1])
        if heard.words < _STUB and not heard.steps and not pattern("path", "never").search(name):
            yield Evidence(2, "is too short to say more itself")
