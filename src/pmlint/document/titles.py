"""What a heading is called, once numbers, emoji, markup, dates, zones and values are taken off it."""

import re
from functools import lru_cache

from msgspec import Struct

from pmlint.document.words import fold

EMOJI = r"[\U0001F000-\U0001FAFF\U000E0020-\U000E007F☀-➿⬀-⯿←-⇿⌚-⏿\uFE0F\u200B-\u200D\u2060\uFEFF■-◿]"
ORNAMENT = re.compile(
    rf"</?[A-Za-z][^<>]*>|<!--.*?-->|!\[[^\[\]]*\]\([^()]*\)|\]\([^()\s]*\)|(?<!\w):[a-z][a-z0-9_+-]*:(?!\w)|{EMOJI}|[*`~]+"
    r"|(?<!\w)_+|_+(?!\w)|^\s*#+|#+\s*$|\{\{|\}\}|\{#[^{}]*\}"
)
NUMBER = re.compile(
    r"\s*(?:(?:section|part|step|stage|chapter|phase)\s+\w{1,4}\s*[:.)–—-]\s*|§\s*)?"
    r"(?:\(?\d+(?:\.\d+)*(?:[.)、](?!\d)\)?|[:：](?=\s))\s*|\d+(?:\.\d+)+\s+|\d+\s+[-–—]\s+"
    r"|\d{1,2}\s+(?!whys?\b|why's|ys?\b|warum|pourquoi|por ?qu|つ|个|回|days?\b|weeks?\b)"
    # the disciplines of an 8D report: "D4 Root cause"
    r"|D[0-8](?:[.:)]|\s*[-–—:])?\s+(?=[a-z])|\(?[ivx]+[.)]\s+|[a-z][.)]\s+|[一二三四五六七八九十]+[、.．]\s*|[①-⑳]\s*|第\s*[\d一二三四五六七八九十]+\s*[章节節部]\s*[:：]?\s*)?",
    re.IGNORECASE,
)
PLURAL = re.compile(r"(?<=\w)\((e?s)\)")
BRACKETS = re.compile(r"\([^()]*\)|（[^（）]*）|\[[^\[\]]*\]|【[^【】]*】|\([^()]*$")
SEPARATOR = re.compile(r"(?<!\d)[:：](?!//)|[:：](?=\s)|\s[-–—|]{1,2}\s|\s?—\s?")
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
AFTERTHOUGHT = re.compile(
    rf"\b(?:all )?(?:times|timestamps)\b.*|\b\d{{4}}[-/.]\d{{1,2}}(?:[-/.]\d{{1,2}})?\b"
    rf"|\b\d{{1,2}}[-/.]\d{{1,2}}[-/.]\d{{2,4}}\b"
    rf"|\b{MONTH}\.? \d{{1,2}}\b|\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {MONTH}\b|\b{MONTH},? \d{{4}}\b"
    rf"|\b\d{{1,2}}:\d{{2}}"
    rf"|\b{DAY}\b,? (?:{MONTH}|\d)|\bto be (?:done|filled|completed)\b.*",
    re.IGNORECASE,
)
ZONE = re.compile(
    r"\b(?:UTC|GMT|JST|KST|IST|SGT|[AECMP][SD]T|CES?T|EES?T|WES?T|BST|AE[SD]T|MSK|BRT|[WEC]AT|PT|ET)\b"
    r"(?:[+-]\d{1,2})?"
)
LOOSE_END = re.compile(r"(?:[\s,;|–—-]|\b(?:on|for|from|in|at|of|as of|dated|since|between|until))+$", re.IGNORECASE)
EDGE = " \t:：?？.。!！…,;*_'\"“”-–—|/·・"
CONTRACTIONS = {"'re": " are", "'ve": " have", "'ll": " will", "'d": " did", "n't": " not"}
CONTRACTED = re.compile(
    r"'(?:re|ve|ll|d)\b|n't\b"
    r"|\b(?:can't|cannot|won't|wont|didnt|doesnt)\b|\b(what|who|it|that|where|how|when)'s\b"
)
WHOLE = {
    "can't": "can not",
    "cannot": "can not",
    "won't": "will not",
    "wont": "will not",
    "didnt": "did not",
    "doesnt": "does not",
}
LONGEST = 400
"""Characters of a heading that are read; what is longer is a paragraph by mistake."""
SPACE = re.compile(r"\s+")


class Title(Struct, frozen=True):
    """A heading's text taken apart; offsets are into the text as given."""

    name: str
    """Normalised, what stands before a value."""
    whole: str
    """Normalised, value included."""
    separator: str
    """What parts name and value: a colon or a dash; empty where there is none."""
    value: str | None
    value_start: int | None
    note: str | None
    """From the first bracket, date or zone of the name on: `(All times UTC) 2023-01-31`."""
    note_start: int | None
    aside: str
    """Normalised, what the first bracket holds: often the same name in another language."""


@lru_cache(maxsize=1024)
def take_apart(title: str) -> Title:
    """Divides a heading in name, value and note."""
    clean = ORNAMENT.sub(_blank, title[:LONGEST])
    clean = PLURAL.sub(lambda found: found[1].ljust(len(found[0])), clean)
    number = NUMBER.match(clean)
    if number and number.end() < len(clean.rstrip()):
        clean = " " * number.end() + clean[number.end() :]
    bare = BRACKETS.sub(_blank, clean)
    if not bare.strip(EDGE):
        clean = bare = re.sub(r"[()\[\]（）【】]", " ", clean)
    cut = next((found for found in SEPARATOR.finditer(bare) if bare[: found.start()].strip(EDGE)), None)
    end = cut.start() if cut else len(bare)
    value, value_start = _slice(title, cut.end() if cut else len(title))
    aside = BRACKETS.search(clean)
    after = _afterthought(bare[:end])
    name = LOOSE_END.sub("", bare[:after]) if after is not None else bare[:end]
    if not name.strip(EDGE):
        name, after = bare[:end], None
    begins = [place for place in (aside.start() if aside else None, after) if place is not None]
    note, note_start = _slice(title, min(begins)) if begins and min(begins) < end else (None, None)
    if note is None and value and cut and ":" not in cut[0] and (AFTERTHOUGHT.match(value) or ZONE.match(value)):
        note, note_start = value, value_start
    return Title(
        name=phrase(name),
        whole=phrase(bare),
        separator=cut[0].strip() if cut else "",
        value=value,
        value_start=value_start,
        note=note,
        note_start=note_start,
        aside=phrase(aside[0].strip("()（）[]【】")) if aside else "",
    )


def phrase(text: str) -> str:
    """Writes a heading's words as the lists do."""
    folded = fold(text).replace("&", " and ").replace(" + ", " and ").replace("<", " ").replace(">", " ")
    folded = CONTRACTED.sub(_expand, folded)
    return SPACE.sub(" ", folded).strip(EDGE)


def _expand(found: re.Match[str]) -> str:
    if found[1]:
        return f"{found[1]} is"
    return WHOLE.get(found[0]) or CONTRACTIONS[found[0]]


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _slice(title: str, start: int) -> tuple[str | None, int | None]:
    """The rest of `title` without the space and marks around it, and where it begins."""
    rest = title[start:]
    text = rest.lstrip(" \t*_`")
    begin = start + len(rest) - len(text)
    text = text.rstrip(" \t*_`#")
    return (text, begin) if text else (None, None)


def _afterthought(name: str) -> int | None:
    """Where a date, a clock or a zone begins that follows the name proper."""
    found = [match.start() for pattern in (AFTERTHOUGHT, ZONE) if (match := pattern.search(name))]
    return min(found) if found and min(found) > 0 else None
