"""What rules about the timeline share: which events carry a time, and how a message names one."""

from bisect import bisect_right
from collections.abc import Iterator

from pmlint.document.clocks import ClockMatch, find_clocks
from pmlint.document.model import Event, Postmortem, SectionKind
from pmlint.document.patterns import Patterns
from pmlint.document.sentences import passages
from pmlint.document.values import Moment
from pmlint.source import Span

_PATTERNS = Patterns(
    unknown=(
        r"(?i)\b(?:unknown|unclear|not known|not recorded|(?:pre|post)[- ]?(?:incident|outage)|background|"
        r"ongoing|pending|"
        r"not yet|tb[dc])\b"
        r"|不明|未了|未定|未知"
    ),
)
ENOUGH = 3
"""Fewer events tell no course; then only their number is worth a word."""


def is_timed(at: Moment | None) -> bool:
    """Whether a time or a day is known."""
    return at is not None and not (at.clock is None and at.day is None and at.relative_minutes is None)


def stamped(event: Event) -> bool:
    """Whether something stands where a time belongs, even if it cannot be settled to a day."""
    return event.at is not None


def says_unknown(doc: Postmortem, event: Event) -> bool:
    """Whether the entry itself says that its time is not known, or is none: "unknown", "before", "post-incident"."""
    before = doc.source.text[event.span.start : max(event.text_span.start, event.span.start)]
    return bool(_PATTERNS.unknown.search(before) or _PATTERNS.unknown.search(event.text[:60]))


def tells(doc: Postmortem) -> bool:
    """Whether there is a timeline that can be asked for more."""
    return sum(map(stamped, doc.timeline.events)) >= ENOUGH


def sections(doc: Postmortem) -> tuple[Span, ...]:
    """Where the timeline stands."""
    return tuple(section.span for section in doc.find(SectionKind.TIMELINE))


def stamp(event: Event) -> Span:
    """What to point at in an event: its time, else its text."""
    return event.stamp_span or event.text_span


def time(event: Event) -> str:
    """The event's time in short, as a message names it."""
    at = event.at
    if at is None:
        return "no time"
    if at.relative_minutes is not None:
        return f"T+{at.relative_minutes}m"
    return at.clock or (at.day.isoformat() if at.day else "no time")


def opening(event: Event, *, longest: int = 40) -> str:
    """The first words of what the event says."""
    words = " ".join(event.text.split("\n", 1)[0].split())
    if len(words) <= longest:
        return words.rstrip(".:;, ")
    return words[: longest + 1].rpartition(" ")[0].rstrip(".:;, ") + " …"


def length_of(minutes: float) -> str:
    """A number of minutes as a message gives it."""
    hours, rest = divmod(round(minutes), 60)
    return f"{hours} h {rest} min" if hours and rest else f"{hours} h" if hours else f"{rest} min"


def clocks_elsewhere(doc: Postmortem) -> Iterator[tuple[ClockMatch, Span]]:
    """The times that the document tells outside the stamps of its timeline."""
    stamps = sorted(event.stamp_span for event in doc.timeline.events if event.stamp_span)
    for passage in passages(doc):
        for clock in find_clocks(passage.prose.text):
            span = passage.prose.span(clock.start, clock.end)
            before = bisect_right(stamps, span)
            if not any(near.meets(span) for near in stamps[max(0, before - 1) : before + 1]):
                yield clock, span
