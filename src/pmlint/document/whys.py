"""Chains of five whys, however they are written: numbered, nested, labelled, tabled, or each line the next because."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from msgspec import Struct

from pmlint.document.lines import grouped, line_spans
from pmlint.document.model import Section, SectionKind
from pmlint.document.patterns import Pattern, compiled
from pmlint.document.timeline_places import title_prose
from pmlint.document.words import words
from pmlint.source import Block, Code, Html, Item, List, Paragraph, Prose, Quote, Source, Span, Table

_QUESTION_END = re.compile(r"[?？](?=[\s*_\"'”’)）]|$|→)|か[。？?]?(?=\s|$|→)")
_MOST = 60


class Line(Struct, frozen=True):
    """One statement of a chain, in reading order."""

    prose: Prose
    is_item: bool = False


class Step(Struct, frozen=True):
    """A question of a chain and what answers it."""

    question: Prose
    answer: Prose | None
    span: Span
    is_asked: bool = True
    """Whether it asks; in a chain without questions every line answers the one above it."""


def read_whys(sections: Sequence[Section], source: Source) -> tuple[Step, ...]:
    """Every step of every chain, in reading order."""
    found: list[Step] = []
    for index, section in enumerate(sections):
        if section.is_a(SectionKind.FIVE_WHYS):
            parts = [section, *_below(index, sections)]
            found += _tables(parts)
            found += chain([line for part in parts for line in _section_lines(part, part is section, source)])
        elif section.is_a(SectionKind.ROOT_CAUSE, SectionKind.CONTRIBUTING_FACTORS) and not _has_own(index, sections):
            lines = [line for line in _lines(section.blocks) if line.prose]
            if sum(_numbered(line.prose.text) for line in lines) >= 2:
                found += chain(lines)
    return tuple(sorted(found, key=lambda step: step.span))


def _has_own(index: int, sections: Sequence[Section]) -> bool:
    return any(part.is_a(SectionKind.FIVE_WHYS) for part in _below(index, sections))


def _below(index: int, sections: Sequence[Section]) -> list[Section]:
    """The unknown sections within this one."""
    inside, held = [], {index}
    for at in range(index + 1, len(sections)):
        if sections[at].parent in held and sections[at].is_a(SectionKind.UNKNOWN):
            held.add(at)
            inside.append(sections[at])
    return inside


def _section_lines(section: Section, is_top: bool, source: Source) -> Iterator[Line]:
    if not is_top and is_question(section.title):
        yield Line(title_prose(section, source))
    yield from _lines(section.blocks)


def _lines(blocks: Sequence[Block]) -> Iterator[Line]:
    for block in blocks:
        match block:
            case Paragraph() | Html():
                yield from (Line(line) for line in _statements(block.prose))
            case Quote():
                yield from _lines(block.blocks)
            case Code():
                yield from (Line(line) for line in block.lines if line)
            case List():
                for item in block.items:
                    yield from _item_lines(item)
            case _:
                pass


def _item_lines(item: Item) -> Iterator[Line]:
    for number, inner in enumerate(item.blocks):
        if number == 0 and isinstance(inner, Paragraph):
            yield from (Line(line, is_item=at == 0) for at, line in enumerate(_statements(inner.prose)))
        else:
            yield from _lines((inner,))


def _statements(prose: Prose) -> list[Prose]:
    """The lines that open a question or an answer, each with what it is wrapped onto."""
    lines = line_spans(prose.text)
    starts = [at for at, line in enumerate(lines) if at == 0 or _opens(prose.text[line.start : line.end])]
    return grouped(prose, starts, lines)


def _opens(text: str) -> bool:
    return any(_sign(name).match(text) for name in ("question", "answer", "label", "numbered", "conclusion", "because"))


def is_question(text: str) -> bool:
    """Whether a line asks why."""
    return _sign("question").match(text) is not None and _QUESTION_END.search(text) is not None


def _numbered(text: str) -> bool:
    return _sign("numbered").match(text) is not None


def chain(lines: Sequence[Line]) -> list[Step]:
    """The steps that the lines make."""
    lines = lines[:_MOST]
    asked = sum(is_question(line.prose.text) or _is_step(line.prose.text) for line in lines)
    if asked == 0:
        return _successive([line.prose for line in lines if line.is_item])
    return _asked([line.prose for line in lines])


def _is_step(text: str) -> bool:
    return _sign("label").match(text) is not None or _numbered(text)


def _asked(lines: Sequence[Prose]) -> list[Step]:
    """Questions, each with its answer behind it or in the lines that follow."""
    steps: list[tuple[Prose, list[Prose]]] = []
    for prose in lines:
        if _sign("conclusion").match(prose.text) and not is_question(prose.text):
            continue
        opened = _open(prose)
        if opened is not None:
            question, rest = opened
            steps.append((question, [rest] if rest else []))
        elif steps:
            steps[-1][1].append(prose)
    return [_step(question, answers) for question, answers in steps]


def _open(prose: Prose) -> tuple[Prose, Prose | None] | None:
    """The question that a line opens with and what answers it on the same line; None where it opens none."""
    text = prose.text
    if is_question(text):
        end = _QUESTION_END.search(text)
        assert end is not None  # noqa: S101 -- a question has its end
        numbered = _sign("numbered").match(text)
        start = numbered.end() if numbered and is_question(text[numbered.end() :]) else 0
        return prose.cut(start, end.end()), prose.cut(end.end()) or None
    if _sign("label").match(text):
        return prose, None
    numbered = _sign("numbered").match(text)
    if numbered is None:
        return None
    answer = _sign("joint").search(text, numbered.end())
    if answer and _sign("answer").match(text[answer.start() :]):
        return prose.cut(numbered.end(), answer.start()), prose.cut(answer.start())
    # "Why 2: the cache expired": the label asks, what follows answers
    return prose.cut(0, numbered.end()), prose.cut(numbered.end())


def _step(question: Prose, answers: Sequence[Prose]) -> Step:
    given = [cut for cut in (_without_sign(answer) for answer in answers) if cut]
    end = max([question.span().end, *(answer.span().end for answer in answers[:1])])
    return Step(question, given[0] if given else None, Span(question.span().start, end))


def _without_sign(prose: Prose) -> Prose:
    """An answer without the arrow, the label or the star in front of it."""
    found = _sign("answer").match(prose.text)
    rest = prose.cut(found.end()) if found and not found[0].casefold().strip().startswith("because") else prose
    lead = re.match(r"[\s*_:：.–—>-]+(?=\S)", rest.text)
    return rest.cut(lead.end()) if lead else rest


def _successive(items: Sequence[Prose]) -> list[Step]:
    """A chain without questions: every line answers the one above it, one that gives no reason begins anew."""
    reasons = [_sign("because").match(item.text) is not None for item in items]
    return [
        Step(above, below, Span(above.span().start, below.span().end), is_asked=False)
        for above, below, is_reason in zip(items, items[1:], reasons[1:], strict=False)
        if is_reason or not any(reasons)
    ]


def _tables(parts: Sequence[Section]) -> Iterator[Step]:
    """A row is a step: the question in one column and the answer in the next."""
    for part in parts:
        for block in part.blocks:
            if isinstance(block, Table):
                for row in block.rows:
                    cells = [
                        cell.prose for cell in row.cells if cell.prose and not cell.prose.text.strip(" .").isdigit()
                    ]
                    cells = [cell for cell in cells if not (_sign("label").match(cell.text) and len(cells) > 2)]
                    if len(cells) >= 2:
                        yield _step(cells[0], cells[1:2])


@cache
def _sign(name: str) -> Pattern:
    return compiled(words("causes")["whys"][name])
