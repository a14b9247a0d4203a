"""Templates, and copies of one that nobody has filled in: most of their places are still open."""

import re
from collections.abc import Iterator

from pmlint.document.model import Postmortem, Section, SectionKind
from pmlint.document.placeholders import Placeholder, find_placeholders
from pmlint.document.telling import pattern
from pmlint.document.words import words
from pmlint.source import Block, Code, Divider, Heading, Html, Item, List, Paragraph, Quote, Span, Table

# The parts that make a postmortem; what stands under other headings need not be filled.
_PARTS = frozenset(SectionKind) - {SectionKind.TITLE, SectionKind.UNKNOWN, SectionKind.METADATA}
# What other documents have as well.
_ANYWHERE = frozenset(
    (
        SectionKind.SUMMARY,
        SectionKind.RELATED,
        SectionKind.APPENDIX,
        SectionKind.GLOSSARY,
        SectionKind.ROLES,
        SectionKind.SIGN_OFF,
        SectionKind.PUBLICATION,
        SectionKind.COMMUNICATION,
        SectionKind.UNKNOWN,
        SectionKind.TITLE,
        SectionKind.METADATA,
    )
)
_TO_DO = frozenset((SectionKind.ACTION_ITEMS, SectionKind.PREVENTION, SectionKind.FOLLOW_UP, SectionKind.FIVE_WHYS))
_HEARD = 60
"""Parts and fields that are looked at: no template has more, and the first of a long document tell."""
_NEAR = 400
_MOST = 0.55
# So many words to each placeholder, and the document is made of them.
_WORDS_EACH = 50
_NAME = re.compile(r"(?i)(?<!\w)template(?!\w)|テンプレート|模板")
_FOLDERS = re.compile(r"[/\\]|__|--")
_EMPTY = re.compile(r"[\s\W_]*(?:n/?a)?[\s\W_]*", re.IGNORECASE)
# A date, number or name left open is most of a line; in a full sentence it is a gap in an account.
_GAP = 0.35


def is_template(doc: Postmortem) -> bool:
    """Whether more of its parts and fields wait to be filled in than are filled in."""
    if _is_template_file(doc.path):
        return True
    titles = _titles(doc)
    stands_in = any(pattern("template", "stand_ins").search(title) for title in titles)
    named = stands_in or any(_NAME.search(text) for text in (*titles, _opening(doc)))
    sections = [section for section in doc.sections if not _PARTS.isdisjoint(section.kinds)][:_HEARD]
    # who has told the course of things has begun to answer, however much is left open
    begun = sum(event.at is not None and event.at.clock is not None for event in doc.timeline.events) >= 3
    about = {kind for section in sections for kind in section.kinds} - _ANYWHERE
    if len(about) < 2 or (begun and not named):
        return False
    left = [each for each in find_placeholders(doc) if not each.hidden]
    near = left[:_NEAR]
    states = [*(_is_open(doc, section, near) for section in _leaves(sections)), *_fields(doc, near)]
    opens = sum(states)
    if stands_in and not doc.timeline.events:
        return opens >= 1 or len(left) >= 3
    if named:
        return opens >= max(1, len(states) / 3) or len(left) >= 5
    crowded = len(left) >= 8 and len(left) * _WORDS_EACH >= len(doc.source.text.split())
    return crowded or (opens >= 3 and opens >= _MOST * len(states))


def _titles(doc: Postmortem) -> list[str]:
    titles = [section.title for section in doc.sections if section.is_a(SectionKind.TITLE)]
    if doc.title is not None:
        titles.append(doc.title.value)
    if not titles and doc.sections:
        titles.append(doc.sections[0].title)
    return titles


def _opening(doc: Postmortem) -> str:
    """The first words, in which a published template often says what it is."""
    first = next((block for block in doc.markup.blocks if isinstance(block, Paragraph | Quote)), None)
    return next((text for text, _span in _pieces(first)), "")[:80] if first is not None else ""


def _is_template_file(path: str | None) -> bool:
    """Whether a file is called a template and nothing else: `template.md`, `post-mortem_template.md`.

    A name with other words in it may be that of an incident: `2024-03-05-email-template-broken.md`.
    """
    if not path:
        return False
    stem = _FOLDERS.split(path)[-1].rsplit(".", 1)[0]
    pieces = {piece.lower() for piece in re.findall(r"[A-Za-z]+", stem)}
    known = words("nature")["template"]
    return not pieces.isdisjoint(known["names"]) and pieces <= {*known["names"], *known["beside"]}


def _leaves(sections: list[Section]) -> list[Section]:
    """The parts without those that are only the roof over other parts."""
    spans = [section.span for section in sections]
    return [
        section
        for section in sections
        if section.blocks or not any(section.span.covers(span) and span != section.span for span in spans)
    ]


def _fields(doc: Postmortem, left: list[Placeholder]) -> Iterator[bool]:
    for entry in doc.metadata[:_HEARD]:
        if entry.name is not None and entry.origin in ("pair", "table"):
            yield not entry.value or _EMPTY.fullmatch(entry.value) is not None or _is_gap(entry.span, left)


def _is_gap(span: Span, left: list[Placeholder]) -> bool:
    length = max(1, span.end - span.start)
    return sum(each.span.end - each.span.start for each in left if span.meets(each.span)) >= _GAP * length


def _is_open(doc: Postmortem, section: Section, left: list[Placeholder]) -> bool:
    """Whether nothing is said in a part yet but what should be."""
    said = asked = 0
    for text, span in (piece for block in doc.body(section) for piece in _pieces(block)):
        if _EMPTY.fullmatch(text):
            continue
        if _is_gap(span, left) or _guides(text, section):
            asked += len(text)
        else:
            said += len(text)
    if not said:
        return True
    return asked >= 0.5 * (asked + said)


def _guides(text: str, section: Section) -> bool:
    """Whether a passage says what is to be written rather than what happened."""
    text = text.lstrip(" \t\n*_>-[(<{“\"'")
    if not section.is_a(SectionKind.FIVE_WHYS) and pattern("template", "questions").match(text):
        return True
    # an action is an instruction too
    return not _TO_DO & set(section.kinds) and pattern("template", "guidance").match(text) is not None


def _pieces(block: Block) -> Iterator[tuple[str, Span]]:
    match block:
        case Paragraph() | Html():
            for line in block.prose.lines():
                yield line.text, line.span()
        case Heading():
            yield block.prose.text, block.prose.span()
        case List():
            for item in block.items:
                yield from _item(item)
        case Table():
            for row in block.rows:
                yield " ".join(cell.prose.text for cell in row.cells[1:]), row.span
        case Quote():
            for inner in block.blocks:
                yield from _pieces(inner)
        case Code():
            yield from ((line.text, line.span()) for line in block.lines)
        case Divider():
            pass


def _item(item: Item) -> Iterator[tuple[str, Span]]:
    if len(item.blocks) == 1 and item.prose is not None and item.prose.text.rstrip().endswith((":", "：")):
        return  # a label without its value
    for inner in item.blocks:
        yield from _pieces(inner)
