"""From text to a typed postmortem: the one road into the document room."""

from pmlint.document.actions import read_actions
from pmlint.document.causes import read_causes
from pmlint.document.entries import read_entries
from pmlint.document.facts import read_facts
from pmlint.document.incident_day import incident_day
from pmlint.document.language import language_of
from pmlint.document.model import Postmortem
from pmlint.document.nature import settled
from pmlint.document.sections import read_sections
from pmlint.document.timeline import Anchors, read_timeline
from pmlint.document.vocabulary import STANDARD, Vocabulary
from pmlint.document.window import Anchor, read_window
from pmlint.document.zones import named_zone
from pmlint.source import Source, Span


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
    outline = read_sections(markup, source, vocabulary)
    sections, preamble = outline.sections, outline.preamble
    entries = read_entries(markup, source, sections, preamble, vocabulary)
    facts = read_facts(entries, sections, source, vocabulary)
    day = facts.day.value if facts.day else None

    timeline = read_timeline(
        sections,
        preamble,
        source,
        dates=Anchors(day=day, zone=None, order=vocabulary.date_order),
        vocabulary=vocabulary,
    )
    began = incident_day(facts.day, facts.day_origin, sections, preamble, timeline, vocabulary)
    day = began.value if began else None
    causes = read_causes(sections, preamble, source, vocabulary=vocabulary)
    actions = read_actions(sections, preamble, source, anchor=day, vocabulary=vocabulary)
    anchor = Anchor(day, named_zone(timeline.zone.value) if timeline.zone else None, vocabulary.date_order)
    window = read_window(entries, sections, preamble, timeline, anchor)
    doc = Postmortem(
        source=source,
        markup=markup,
        language=language_of(markup),
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
        span=Span(0, len(text)),
    )
    return settled(doc)
