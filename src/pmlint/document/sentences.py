"""The document's running text: passages with the sort of place they stand in, and the sentences in them."""

import re
from functools import lru_cache

from pmlint.document.model import Postmortem
from pmlint.document.passages import Part, Passage
from pmlint.source import Span

__all__ = ["Part", "Passage", "passages", "sentence_around", "sentences"]


def passages(doc: Postmortem) -> tuple[Passage, ...]:
    """Every passage of `doc` in reading order; block quotes, code and front matter are none."""
    return doc.passages


# A stop after one of these ends no sentence.
_SHORT = re.compile(
    r"e\.?g|i\.?e|cf|vs?|viz|approx|ca?|nos?|figs?|sec|ch|vol|ver|mrs?|ms|dr|prof|st|jr|sr|inc|ltd|co|corp|dept|est|al"
    r"|resp|incl|excl|max|min|avg|temp|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|wed|thu|thurs?|fri|sat"
    r"|sun|[ap]\.m|u\.s|u\.k",
    re.IGNORECASE,
)
# It begins with all the signs that may end one, since a search for a choice of signs takes a tenth of the time.
_END = re.compile(
    r"[.!?…。！？\n](?:(?<=[.!?…])[.!?…]*[\"'”’»)\]*_]*(?=\s|$)|(?<=[。！？])[。！？]*[」』）]*|(?<=\n)(?=\s*\n))"
)
_LAST_WORD = re.compile(r"[\w.]*$")


@lru_cache(maxsize=1 << 10)
def sentences(text: str) -> tuple[Span, ...]:
    """Where each sentence of `text` stands, without the white space around it; in linear time."""
    found: list[Span] = []
    start = 0
    for end in _END.finditer(text):
        if end[0][0] == "." and not _closes(text, start, end):
            continue
        _add(found, text, start, end.end())
        start = end.end()
    _add(found, text, start, len(text))
    return tuple(found)


def _closes(text: str, start: int, end: re.Match[str]) -> bool:
    if end.end() == len(text):
        return True
    after = text[end.end() : end.end() + 8].lstrip()
    if after[:1].islower():
        return False
    # No word that matters is longer, and a look back without bound would be quadratic.
    before = text[max(start, end.start() - 40) : end.start()]
    found = _LAST_WORD.search(before, before.rfind(" ") + 1)
    word = found[0] if found else ""
    if len(word) == 1 and word.isalpha() and word.isupper():
        return False  # the initial of a name
    return not _SHORT.fullmatch(word)


def _add(found: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        found.append(Span(start, end))


def sentence_around(text: str, start: int, end: int) -> Span:
    """The sentence, or the run of sentences, that holds `text[start:end]`."""
    whole = [span for span in sentences(text) if span.start < end and start < span.end]
    return Span(whole[0].start, whole[-1].end) if whole else Span(start, end)
