"""The heading of a missing section with room for its answer, where and as the document would have it."""

import re
from collections import Counter
from itertools import takewhile

from pmlint.document.model import Postmortem, Section, SectionKind
from pmlint.rules.problem import Edit, Fix
from pmlint.source import Divider, Html, Span

# What is written there: the heading, and what it asks for in the words of the templates of `pmlint new`.
_TITLES = {
    "summary": ("Summary", "Write what happened, who was affected, the cause and what was done, in four sentences."),
    "impact": (
        "Impact",
        "Write who was affected, how many and for how long, and whether data was lost; none and unknown are answers.",
    ),
    "timeline": ("Timeline", "Write a line for each thing seen, decided or done, as 2026-01-31 10:02 UTC."),
    "causes": ("Contributing factors", "Write three or more conditions of the system that had to come together."),
    "action_items": ("Action items", "Write what will change, each line with one owner, a date and how it will show."),
}
_KINDS = {"causes": SectionKind.CONTRIBUTING_FACTORS}
_ORDER = (
    *(SectionKind.TITLE, SectionKind.METADATA, SectionKind.SUMMARY, SectionKind.IMPACT, SectionKind.DETECTION),
    *(SectionKind.RESPONSE, SectionKind.COMMUNICATION, SectionKind.ROLES, SectionKind.TIMELINE, SectionKind.TRIGGER),
    *(SectionKind.ROOT_CAUSE, SectionKind.CONTRIBUTING_FACTORS, SectionKind.FIVE_WHYS, SectionKind.MITIGATION),
    *(SectionKind.RESOLUTION, SectionKind.WENT_WELL, SectionKind.WENT_WRONG, SectionKind.GOT_LUCKY),
    *(SectionKind.ACTION_ITEMS, SectionKind.PREVENTION, SectionKind.LESSONS, SectionKind.FOLLOW_UP),
    *(SectionKind.RELATED, SectionKind.PUBLICATION, SectionKind.SIGN_OFF, SectionKind.APPENDIX, SectionKind.GLOSSARY),
)
"""As most houses have them."""
_NOT_MODELS = (SectionKind.TITLE, SectionKind.UNKNOWN, SectionKind.METADATA)
# The placeholder is there to be reported; once there is a section, its family may ask what is not in it.
_LEAVES = {
    "summary": ("impact",),
    "impact": ("impact",),
    "timeline": ("timeline", "response"),
    "causes": ("causes",),
    "action_items": ("actions", "learning"),
}
_LISTED = re.compile(r"[ \t]*(?:[-+>]|\*[ \t]|\d)")
_UNDERLINE = re.compile(r" {0,3}(?P<mark>=|-)(?P=mark)*[ \t]*")
_SMALL = frozenset(("a", "an", "and", "as", "at", "by", "for", "in", "of", "on", "or", "the", "to", "vs", "with"))
_ANSWER = "TBD"


def skeleton(doc: Postmortem, name: str) -> Fix | None:
    """Insert the section; None where nobody can tell how the document would write it."""
    if doc.language != "en" or doc.span.start or doc.incidents:
        return None
    title, asks = _TITLES.get(name, (name.replace("_", " ").capitalize(), "Write what is known."))
    known = [section for section in doc.sections if not section.is_a(*_NOT_MODELS)]
    level = Counter(section.level for section in known).most_common(1)[0][0] if known else None
    peers = [section for section in known if section.level == level]
    heading = _heading(doc, peers, title)
    if heading is None:
        return None
    newline = doc.source.newline
    body = [heading, f"<!-- {asks} -->", _ANSWER]
    after = _next(peers, _KINDS.get(name, name))
    leaves = ("unfilled-placeholder", "summary-too-thin", *_LEAVES.get(name, ()))
    said = f'add the section "{title}", to be written'
    if after is None:
        return Fix((_at_end(doc, body),), said, safe=False, leaves=leaves)
    at, divided = _above(doc, after)
    if divided:
        body.append("---")
    text = doc.source.text
    lead = "" if not text[:at].strip("\ufeff") or text[:at].endswith(newline * 2) else newline
    return Fix((Edit(Span(at, at), lead + (newline * 2).join([*body, ""])),), said, safe=False, leaves=leaves)


def _heading(doc: Postmortem, peers: list[Section], title: str) -> str | None:
    """The heading as the first of its peers is written."""
    titles = [section.title for section in peers]
    title = _cased(title, titles)
    if not peers:
        return f"## {title}"
    source, model = doc.source, peers[0].title_span
    number = source.line_at(model.start)
    line, below = source.line(number), source.line(number + 1)
    before, behind = source.text[line.start : model.start], source.text[model.end : line.end]
    underline = _UNDERLINE.fullmatch(source[below]) if below.start < below.end else None
    if underline and not before.strip("*_ \t"):
        return f"{before}{title}{behind}{source.newline}{underline['mark'] * len(title)}"
    if _LISTED.match(before) or not (before.strip() or behind.strip()) or len(behind.split()) > 1:
        return None
    return f"{before}{title}{behind.rstrip()}"


def _cased(title: str, titles: list[str]) -> str:
    """`title` with the capitals that most of `titles` have."""
    words = [word for each in titles for word in each.split()[1:] if word.isalpha() and word.lower() not in _SMALL]
    letters = "".join(titles)
    if len(titles) > 1 and letters.isupper():
        return title.upper()
    if words and sum(word[0].isupper() for word in words) * 2 > len(words):
        return title.title()
    return title


def _next(peers: list[Section], kind: str) -> Section | None:
    """The first section that usually comes after one of this kind, and is not followed by one that comes before."""
    rank = _ORDER.index(SectionKind(kind)) if kind in _ORDER else len(_ORDER)
    earlier = [index for index, peer in enumerate(peers) if _rank(peer) < rank]
    start = earlier[-1] + 1 if earlier else 0
    return next((peer for peer in peers[start:] if _rank(peer) > rank), None)


def _rank(section: Section) -> int:
    return min((_ORDER.index(kind) for kind in section.kinds if kind in _ORDER), default=len(_ORDER))


def _above(doc: Postmortem, section: Section) -> tuple[int, bool]:
    """The start of the section's line, or of the comments that stand right above it; and whether a rule divides it."""
    before = [block for block in doc.markup.blocks if block.span.end <= section.span.start]
    comments = list(takewhile(lambda block: isinstance(block, Html) and not block.prose, reversed(before)))
    start = comments[-1].span.start if comments else section.span.start
    above = before[: len(before) - len(comments)]
    return doc.source.line(doc.source.line_at(start)).start, bool(above) and isinstance(above[-1], Divider)


def _at_end(doc: Postmortem, body: list[str]) -> Edit:
    """Below everything, with the document's own end."""
    text, newline = doc.source.text, doc.source.newline
    bare = text.rstrip(" \t\r\n")
    ends = newline if text.endswith(("\n", "\r")) else ""
    return Edit(Span(len(bare), len(text)), (newline * 2).join(["", *body]) + ends)
