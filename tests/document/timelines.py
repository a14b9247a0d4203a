"""Timelines read from Markdown, for the tests of how they are read."""

from datetime import date

from pmlint.document.model import Event, Timeline
from pmlint.document.sections import read_sections
from pmlint.document.timeline import Anchors, read_timeline
from pmlint.document.vocabulary import STANDARD, Vocabulary
from pmlint.source import Source
from pmlint.source.markdown import read_markup

DAY = date(2021, 5, 3)


def read(text: str, *, day: date | None = None, vocabulary: Vocabulary = STANDARD) -> tuple[Source, Timeline]:
    """The timeline of a document whose incident was on `day`."""
    source = Source(text, "postmortem.md")
    markup = read_markup(source)
    outline = read_sections(markup, source, vocabulary)
    anchors = Anchors(day=day)
    timeline = read_timeline(outline.sections, outline.preamble, source, dates=anchors, vocabulary=vocabulary)
    return source, timeline


def lines(text: str, *, day: date | None = None) -> list[tuple[int, str | None, str]]:
    """Line, time and text of each event; the document has a title on its first line."""
    source, timeline = read(f"# Broker outage\n{text}", day=day)
    return [(_line(source, event), event.at.iso if event.at else None, event.text) for event in timeline.events]


def _line(source: Source, event: Event) -> int:
    return source.line_at((event.stamp_span or event.span).start)
