"""The incident's facts, chosen from the metadata entries, the title and the path."""

import re
from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from pmlint.document.clocks import find_clocks
from pmlint.document.date_paths import date_from_path
from pmlint.document.dates import DateMatch, find_dates, written_order
from pmlint.document.model import Entry, Role, Section, SectionKind
from pmlint.document.sections import is_generic
from pmlint.document.severities import read_severities
from pmlint.document.values import Fact
from pmlint.document.vocabulary import Vocabulary
from pmlint.document.words import canonical, fold, words
from pmlint.document.zones import Zone, find_zone, find_zones
from pmlint.source import Source, Span

_ID = re.compile(
    r"(?<![\w-])(?:(?:INC|INCIDENT|PM|SEV|COE|IR|SIR|RCA|PIR|PMR|POSTMORTEM|OUTAGE|SI|EVENT|ISSUE)[-_ #]?"
    r"(?:\d{4}[-_]?)?(?:\d{2}[-_]?){0,2}\d{1,6}|[A-Z]{2,8}-\d{2,}(?:-\d+)*)(?![\w.])"
)
_HEADLINE = re.compile(
    r"\s*(?i:post-?\s?mortem|incident (?:report|review)|post[- ]incident (?:report|review)|rca|pir)\s*[:–—-]\s+"
    r"(?![Hh]ttps?:)([^\s\n][^\n]{8,120})(?=\n|$)"
)
# "(incident #465)", as a title counts its incident
_COUNTED = re.compile(r"(?i)\b(?:incident|inc|outage|post-?mortem|event|case|sev)\s(?:no\.?\s|number\s)?(#\d{1,7})\b")
# Codes of that shape that name something else.
_NO_ID = re.compile(
    r"(?i)[A-Z]+ \d{4}-\d{2}-\d{2}$|(?:CVE|CWE|UTF|SHA|ISO|RFC|HTTP|TLS|AES|RSA|SEV|GPT|UTC|GMT|EC|P)[-_ #]?\d"
)
# `20260204_search`, as a house names its events: letters, digits and a joint, and no blank.
_CODE = re.compile(r"(?=[^\W_]*[-_])(?=\S*\d)(?=\S*[^\W\d_])[\w-]{4,60}")
_NOTHING = re.compile(r"(?i)\W*(?:n/?a|none|unknown|tb[dc]|todo|-+|–|—|\?+|未定|なし|无|不明)?\W*")
# `<ri:user ri:userkey="…"/>`, as a wiki's export leaves what it links
_MACRO = re.compile(r"</?[a-z]{1,10}:[^<>]{0,200}>|\b(?:ac|ri):[a-z-]+")
_NAME_SEPARATOR = re.compile(r"\s*(?:,|;|/|、|，| and | & |\n|\|)\s*")
_TIMES = ("started_at", "ended_at", "detected_at", "mitigated_at", "duration", "date")
_PEOPLE_FIELDS = ("authors", "owner")


class Facts(Struct, frozen=True):
    """What the document says of its incident in so many words."""

    title: Fact[str] | None
    incident_id: Fact[str] | None
    day: Fact[date] | None
    day_origin: str | None
    """`entry`, `title`, `front matter`, `path`: how much the day can be trusted to be the incident's."""
    severity: Fact[str] | None
    severities: tuple[Fact[str], ...]
    status: Fact[str] | None
    authors: tuple[Fact[str], ...]
    reviewers: tuple[Fact[str], ...]
    roles: tuple[Role, ...]
    incident_class: Fact[str] | None


def read_facts(
    entries: tuple[Entry, ...], sections: tuple[Section, ...], source: Source, vocabulary: Vocabulary
) -> Facts:
    """The facts, each from the place that is most surely about the incident."""
    title = _title(entries, sections) or _first_line(source)
    day, origin = _day(entries, title, source, vocabulary)
    severities = tuple(read_severities((entry for entry in entries if _said(entry)), title, sections))
    return Facts(
        title=title,
        incident_id=_incident_id(entries, title, _head_end(sections)),
        day=day,
        day_origin=origin,
        severity=severities[0] if severities else None,
        severities=severities,
        status=_first(entries, "status"),
        authors=tuple(_people(entries, _PEOPLE_FIELDS)),
        reviewers=tuple(_people(entries, ("reviewers",))),
        roles=tuple(_roles(entries)),
        incident_class=_first(entries, "incident_class"),
    )


def _said(entry: Entry) -> bool:
    return _NOTHING.fullmatch(entry.value) is None


def _first(entries: Iterable[Entry], *names: str) -> Fact[str] | None:
    for entry in entries:
        if entry.name in names and _said(entry):
            return Fact(value=entry.value, text=entry.value, span=entry.span)
    return None


def _title(entries: tuple[Entry, ...], sections: tuple[Section, ...]) -> Fact[str] | None:
    """Front matter's title, which a site shows, before the first heading, before a field of that name."""
    named = [entry for entry in entries if entry.name == "title" and _said(entry)]
    named.sort(key=lambda entry: fold(entry.key) == "name")  # of an issue's form it is the form's
    front = next((entry for entry in named if entry.origin == "front matter"), None)
    headed = next((section for section in sections if section.is_a(SectionKind.TITLE) and section.title.strip()), None)
    generic = headed is not None and named and is_generic(headed.title)  # "INCIDENT REPORT" over "Incident title: …"
    if front is None and headed is not None and not generic:
        return Fact(value=headed.title.strip(), text=headed.title, span=headed.title_span)
    chosen = front or (named[0] if named else None)
    return Fact(value=chosen.value, text=chosen.value, span=chosen.span) if chosen else None


def _first_line(source: Source) -> Fact[str] | None:
    """What a plain first line says behind the sort of document: "POSTMORTEM: nightly billing run failed"."""
    found = _HEADLINE.match(source.text)
    return Fact(value=found[1].strip(), text=found[1], span=Span(*found.span(1))) if found else None


def _head_end(sections: tuple[Section, ...]) -> int | None:
    """Where the first section of the account begins."""
    heads = (SectionKind.TITLE, SectionKind.METADATA)
    return next((section.span.start for section in sections if not section.is_a(*heads)), None)


def _incident_id(entries: tuple[Entry, ...], title: Fact[str] | None, head_end: int | None) -> Fact[str] | None:
    stated = _first(
        (
            entry
            for entry in entries
            if (entry.origin != "heading" or len(entry.value) < 60)
            # in the account itself a link is a source of what it tells
            and not ("://" in entry.value and head_end is not None and entry.span.start > head_end)
        ),
        "incident_id",
    )
    if stated is not None and len(stated.value) <= 60 and any(sign.isdigit() for sign in stated.value):
        code = _ID.search(stated.value)
        value = code[0] if code and not _NO_ID.match(code[0]) else stated.value
        return Fact(value=value, text=stated.text, span=stated.span)
    if title is not None and (found := find_incident_id(title.text) or _COUNTED.search(title.text)) is not None:
        start, end = found.span(found.lastindex or 0)
        said = title.text[start:end]
        return Fact(value=said, text=said, span=Span(title.span.start + start, title.span.start + end))
    for entry in entries:
        codes = entry.value.split() if entry.key.casefold() in _RECORDS else []
        if codes and all(map(_CODE.fullmatch, codes)):
            return Fact(value=codes[0], text=entry.value, span=entry.span)
    return None


_RECORDS = frozenset({"event", "report", "case", "review", "file", "record"})
"""Keys that name an incident by what is kept of it, where their value is a code."""


def find_incident_id(text: str) -> re.Match[str] | None:
    """The first code in `text` that has the shape of an incident's identifier."""
    return next((found for found in _ID.finditer(text) if not _NO_ID.match(found[0])), None)


def _day(
    entries: tuple[Entry, ...], title: Fact[str] | None, source: Source, vocabulary: Vocabulary
) -> tuple[Fact[date] | None, str | None]:
    """The day from the strongest witness: a field, then the title, then front matter, then the path."""
    order = vocabulary.date_order
    fields = [
        entry
        for name in ("started_at", "date", "detected_at", "duration", "declared_at")
        for entry in entries
        if entry.name == name
    ]
    stated = [(entry.value, entry.span, "entry") for entry in fields if entry.origin != "front matter"]
    if title is not None:
        stated.append((title.value, title.span, "title"))
    stated += [(entry.value, entry.span, "front matter") for entry in fields if entry.origin == "front matter"]
    for text, span, origin in stated:
        for found in find_dates(text, order=order):
            value = found.value or _settled(found, text, source)
            if value is not None and found.year_known and found.day_known:
                return Fact(value=value, text=text[found.start : found.end], span=span), origin
    if source.path:
        in_path = date_from_path(source.path, order=order)
        if in_path is not None and in_path.value is not None and in_path.day_known and in_path.year_known:
            return Fact(value=in_path.value, text=source.path, span=Span(0, 0)), "path"
    return None, None


def _settled(found: DateMatch, text: str, source: Source) -> date | None:
    """An ambiguous date, settled by the same day written plainly elsewhere, or by the order of the others."""
    if not found.alternatives:
        return None
    year = found.alternatives[0].year
    plain = {match.value for match in find_dates(source.text, default_year=year) if match.value is not None}
    meant = [day for day in found.alternatives if day in plain]
    if len(meant) == 1:
        return meant[0]
    order = written_order(source.text)
    ordered = find_dates(text[found.start : found.end], order=order) if order else []
    return ordered[0].value if ordered else None


def zone_of(entries: tuple[Entry, ...]) -> Zone | None:
    """The zone that the fields for times name: `Start time (UTC)`, or `Start: 10:02 CET`; None where they differ."""
    said: set[Zone] = set()
    for entry in entries:
        if entry.name in _TIMES:
            found = find_zone(entry.key) if "(" in entry.key else None
            clocks = [clock.zone for clock in find_clocks(entry.value) if clock.zone]
            said |= (
                {found[0]}
                if found
                else set(clocks)
                or {zone for zone, start, end in find_zones(entry.value) if entry.value[end : end + 1] == ")"}
            )
    return said.pop() if len(said) == 1 else None


def _people(entries: tuple[Entry, ...], names: tuple[str, ...]) -> Iterable[Fact[str]]:
    for entry in entries:
        if entry.name in names and _said(entry):
            for name in _NAME_SEPARATOR.split(_MACRO.sub(" ", entry.value)):
                if name.strip(" .()[]"):
                    yield Fact(value=name.strip(), text=name, span=entry.span)


def _roles(entries: tuple[Entry, ...]) -> Iterable[Role]:
    known = set(words("metadata")["roles"])
    for entry in entries:
        role = entry.name if entry.name in known else canonical("metadata", "roles", entry.key)
        if role is not None:
            yield Role(role=role, name=entry.value if _said(entry) else None, span=entry.span)
