"""Phrases as data: how a line of a rule file becomes a pattern, and when that pattern is worth running."""

import re
from functools import cache

from pmlint.document.words import UNSPACED

# In a phrase: `(a|b)` one of these, `(a )?` or nothing, `word*` any ending, `…` up to three words between,
# `#` a number, `-` a hyphen, a space or nothing.
_TOKEN = re.compile(r"\s*…\s*|\s+|\)\?|[()|*#-]|[^\s()|*#…-]+")
_GAP = r"(?:[\s,]+[^\s.!?;|]+){0,3}[\s,]+"
_FIXED = {"(": "(?:", ")": ")", ")?": ")?", "|": "|", "*": r"\w*", "#": r"\d+(?:[.,]\d+)?", "-": r"[-\s]?"}


@cache
def pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern that finds any of `phrases` as whole words, in any case."""
    return re.compile("|".join(expression(phrase) for phrase in phrases), re.IGNORECASE)


def expression(phrase: str) -> str:
    """The regular expression of one phrase."""
    phrase = phrase.strip()
    inner = "".join(_piece(word) for word in _TOKEN.findall(phrase))
    before = "" if UNSPACED.match(phrase.lstrip("(")) else r"(?<!\w)"
    after = "" if UNSPACED.match(phrase.rstrip("*)?")[-1:]) else r"(?!\w)"
    return f"{before}(?:{inner}){after}"


def _piece(token: str) -> str:
    if token in _FIXED:
        return _FIXED[token]
    if "…" in token:
        return _GAP
    if token.isspace():
        return r"\s+"
    return re.escape(token).replace("'", "['’]")


@cache
def needles(phrases: tuple[str, ...]) -> tuple[str, ...] | None:
    """A piece of each phrase, in lower case, that any text with it must hold; None where some has none.

    Searching for these costs a fraction of compiling and running the pattern, and most rules find nothing in
    most documents.
    """
    pieces = [needle(phrase) for phrase in phrases]
    return tuple(dict.fromkeys(pieces)) if all(pieces) else None


@cache
def needle(phrase: str) -> str:
    """A piece of `phrase`, in lower case, that any text with it must hold; empty where there is none."""
    longest, depth = "", 0
    for word in _TOKEN.findall(phrase.strip()):
        if word == "(":
            depth += 1
        elif word in (")", ")?"):
            depth -= 1
        elif depth == 0 and word == "|":
            return ""
        elif depth == 0 and word not in _FIXED and not word.isspace() and "…" not in word:
            longest = max(longest, *re.split("['’]", word.lower()), key=len)
    return longest
