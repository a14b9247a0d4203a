"""From text to a typed postmortem: the one road into the document room."""

from collections.abc import Iterator
from dataclasses import replace

from msgspec import Struct, structs

from pmlint.document.actions import read_actions
from pmlint.document.causes import read_causes
from pmlint.document.entries import read_entries
from pmlint.document.facts import read_facts, zone_of
from pmlint.document.incident_day import anchor_day, incident_day
from pmlint.document.incidents import incident_sections
from pmlint.document.language import language_of
from pmlint.document.model import Kind, Postmortem, Section, SectionKind
from pmlint.document.nature import settled
from pmlint.document.sections import read_sections
from pmlint.document.timeline import Anchors, read_timeline
from pmlint.document.values import Fact
from pmlint.document.vocabulary import STANDARD, Vocabulary
from pmlint.document.window import Anchor, read_window
from pmlint.document.zones import Zone, named_zone
from pmlint.source import Block, Markup, Source, Span


def parse(text: str, path: str | None = None, vocabulary: Vocabulary = STANDARD) -> Postmortem:
    """Read Markdown as a postmortem.

    Takes the text of one document, the path that it came from (its name often holds the date) and what the house adds
    to the known words. Gives a frozen `Postmortem` in which every value carries the span that it was read from.
    Never raises, whatever the text: what cannot be read is absent, and a document that is no postmortem has
    `kind == "other"`.
    """
    from pmlint.source.markdown import read_markup

    source = Source(text, path)
    markup = read_markup(source)
    language = language_of(markup)
    vocabulary = _local(vocabulary, language)
    outline = read_sections(markup, source, vocabulary)
    scope = _Scope(source, markup, outline.sections, outline.preamble, Span(0, len(text)), language)
    doc = settled(_read(scope, vocabulary))
    if doc.kind is Kind.OTHER or doc.is_template:
        return doc
    return replace(doc, incidents=tuple(_incidents(doc, vocabulary)))


_DAY_FIRST = ("de", "fr", "es", "pt", "it", "nl", "pl", "ru", "tr", "sv", "da", "no")
"""Languages in which nobody writes the month before the day."""


def _local(vocabulary: Vocabulary, language: str) -> Vocabulary:
    """With the order of day and month that the document's language knows, where the house does not set one."""
    if vocabulary.date_order is None and language in _DAY_FIRST:
        return structs.replace(vocabulary, date_order="dmy")
    return vocabulary


class _Scope(Struct, frozen=True):
    """The part of a file that is read as one document: all of it, or one incident of several."""

    source: Source
    markup: Markup
    sections: tuple[Section, ...]
    preamble: tuple[Block, ...]
    span: Span
    language: str
    zone: Zone | None = None
    """What the file around it says that times are in."""


def _incidents(doc: Postmortem, vocabulary: Vocabulary) -> Iterator[Postmortem]:
    """Each incident of a file that holds several, read by itself; positions and action numbers stay the file's."""
    numbers = {action.span: action.number for action in doc.actions}
    zone = named_zone(doc.timeline.zone.value) if doc.timeline.zone else None
    # the path names the file and no incident of it
    source = Source(doc.source.text)
    divided = incident_sections(doc)
    for section in divided:
        sections = tuple(_within(section, doc.sections))
        blocks = tuple(block for block in doc.markup.blocks if section.span.covers(block.span))
        comments = tuple(comment for comment in doc.markup.comments if section.span.covers(comment.span))
        scope = _Scope(source, Markup(blocks, comments), sections, (), section.span, doc.language, zone)
        part = _read(scope, vocabulary)
        actions = tuple(replace(action, number=numbers.get(action.span, action.number)) for action in part.actions)
        # what is said once for all times of the file is said for these too
        timeline = replace(part.timeline, zone=part.timeline.zone or doc.timeline.zone)
        yield replace(
            part,
            source=doc.source,
            kind=doc.kind,
            timeline=timeline,
            authors=part.authors or _outside(divided, doc.authors),
            reviewers=part.reviewers or _outside(divided, doc.reviewers),
            actions=actions,
        )


def _outside(divided: tuple[Section, ...], people: tuple[Fact[str], ...]) -> tuple[Fact[str], ...]:
    """Who is named for the whole file rather than for one of its incidents."""
    return tuple(each for each in people if not any(section.span.covers(each.span) for section in divided))


def _within(top: Section, sections: tuple[Section, ...]) -> Iterator[Section]:
    """The sections of one incident, the first of them its title."""
    start = next(index for index, section in enumerate(sections) if section.span == top.span)
    for section in sections:
        if top.span.covers(section.span):
            parent = section.parent - start if section.parent is not None and section.parent >= start else None
            kinds = (SectionKind.TITLE,) if section.span == top.span else section.kinds
            yield replace(section, parent=parent, kinds=kinds)


def _read(scope: _Scope, vocabulary: Vocabulary) -> Postmortem:
    source, markup, sections, preamble = scope.source, scope.markup, scope.sections, scope.preamble
    entries = read_entries(markup, source, sections, preamble, vocabulary)
    facts = read_facts(entries, sections, source, vocabulary)
    day = anchor_day(facts.day, facts.day_origin, entries, sections, preamble, vocabulary)

    timeline = read_timeline(
        sections,
        preamble,
        source,
        dates=Anchors(day=day, zone=scope.zone or zone_of(entries), order=vocabulary.date_order),
        vocabulary=vocabulary,
    )
    began = incident_day(facts.day, facts.day_origin, entries, sections, preamble, timeline, source, vocabulary)
    day = began.value if began else None
    causes = read_causes(sections, preamble, source, vocabulary=vocabulary)
    named = [fact.value for fact in (*facts.authors, *facts.reviewers)]
    actions = read_actions(sections, preamble, source, anchor=day, vocabulary=vocabulary, named=named)
    zone = named_zone(timeline.zone.value) if timeline.zone else zone_of(entries)
    anchor = Anchor(day, zone, vocabulary.date_order)
    window = read_window(entries, sections, preamble, timeline, source, anchor)
    return Postmortem(
        source=source,
        markup=markup,
        language=scope.language,
        metadata=entries,
        title=facts.title,
        incident_id=facts.incident_id,
        incident_date=began,
        severity=facts.severity,
        severities=facts.severities,
        status=facts.status,
        started_at=window.started_at,
        ended_at=window.ended_at,
        duration=window.duration,
        durations=window.durations,
        authors=facts.authors,
        reviewers=facts.reviewers,
        roles=facts.roles,
        incident_class=facts.incident_class,
        sections=sections,
        timeline=timeline,
        root_cause=causes.root_cause,
        trigger=causes.trigger,
        factors=causes.factors,
        whys=causes.whys,
        actions=actions,
        span=scope.span,
    )
