"""Fixes of suppressions: a comment taken out without a trace, or one of its names."""

import re
from collections.abc import Collection, Sequence

from pmlint.rules.problem import Edit, Fix
from pmlint.rules.suppression import Name, Suppression
from pmlint.source import Source, Span

_BEFORE = re.compile(r"[ \t>]*")
_BLANKS = re.compile(r"[ \t]*")
_ENDING = re.compile(r"\r\n|\n|\r")


def without(source: Source, item: Suppression, idle: Collection[Name], every: Sequence[Suppression]) -> Fix:
    """Take the idle names out of a comment; all of it where no other is left, with the comment that ends its reach."""
    if any(name not in idle for name in item.names):
        edits = [Edit(_name(item, name, idle), "") for name in idle if name in item.names]
        said = ", ".join(f"'{name.text}'" for name in idle)
        return Fix(tuple(_merged(edits)), f"take {said} out of the comment", safe=True)
    ends = [
        other
        for other in every
        if item.verb.text == "ignore-start" and other.verb.text == "ignore-end" and other.span.end == item.reach.end
    ]
    comments = [item, *ends]
    title = "take the comment out" if len(comments) == 1 else "take both comments out"
    return Fix(tuple(Edit(_comment(source, each.span), "") for each in comments), title, safe=True)


def _name(item: Suppression, name: Name, idle: Collection[Name]) -> Span:
    """The name with what parts it from the next one; where none that stays follows, from the one before."""
    at = item.names.index(name)
    if any(later not in idle for later in item.names[at + 1 :]):
        return Span(name.span.start, item.names[at + 1].span.start)
    return Span(item.names[at - 1].span.end, name.span.end)


def _merged(edits: Sequence[Edit]) -> list[Edit]:
    """Deletions that overlap as one."""
    merged: list[Edit] = []
    for edit in sorted(edits, key=lambda edit: edit.span):
        if merged and edit.span.start <= merged[-1].span.end:
            merged[-1] = Edit(Span(merged[-1].span.start, max(edit.span.end, merged[-1].span.end)), "")
        else:
            merged.append(edit)
    return merged


def _comment(source: Source, comment: Span) -> Span:
    """The comment with its line where it stands alone, else with the blanks before it, or at the start after it."""
    text = source.text
    first, last = source.line(source.line_at(comment.start)), source.line(source.line_at(comment.end - 1))
    before, after = text[first.start : comment.start], text[comment.end : last.end]
    if _BEFORE.fullmatch(before.removeprefix("\ufeff")) and not after.strip(" \t"):
        return _lines(source, Span(first.start + before.startswith("\ufeff"), last.end))
    lead = len(before) - len(before.rstrip(" \t"))
    trail = _BLANKS.match(text, comment.end, last.end)
    closing = trail is not None and text[trail.end() : trail.end() + 1] in ("|", "")
    if lead and (not after or after[0] in " \t" or closing):
        return Span(comment.start - lead, comment.end)
    return Span(comment.start, trail.end() if trail and not lead else comment.end)


def _lines(source: Source, span: Span) -> Span:
    """Whole lines, with a blank one that would otherwise stand beside another, or at the edge of the file."""
    text = source.text
    ending = _ENDING.match(text, span.end)
    end = ending.end() if ending else span.end
    above = source.line(source.line_at(span.start) - 1) if span.start else Span(0, 0)
    is_first = span.start == 0 or not text[: span.start].strip("\ufeff")
    blank_above = not is_first and not _visible(text, above)
    below = source.line(source.line_at(end)) if end < len(text) and ending else None
    if below is not None and not _visible(text, below) and (is_first or blank_above):
        ending = _ENDING.match(text, below.end)
        return Span(span.start, ending.end() if ending else below.end)
    if below is None and blank_above:
        return Span(above.start, end)
    return Span(span.start, end)


def _visible(text: str, line: Span) -> bool:
    return bool(_BEFORE.sub("", text[line.start : line.end]))
