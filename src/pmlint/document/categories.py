"""What an action item is for: prevent, detect, mitigate or learn."""

import re
from functools import cache

from pmlint.document.headings import normalise
from pmlint.document.model import Category
from pmlint.document.words import cues, fold, index, words

_STEM = re.compile(
    r"(?P<prevent>prevent|avoid|予防|再発防止|预防|防止)|(?P<detect>detect|検知|检测)|(?P<mitigate>mitigat|緩和|缓解)"
)
_APART = re.compile(r"[/,&;、・]|\band\b|\bor\b")
_BRACKETED = re.compile(r"[(（\[]([^()（）\[\]]*)[)）\]]")


def named_category(text: str) -> Category | None:
    """The category that a column, a label or a heading names; of two, the first."""
    known = index("categories", "names")
    phrase = fold(text).strip("*_:：.# ")
    if phrase in known:
        return Category(known[phrase])
    aside = _BRACKETED.search(phrase)
    for part in (*([_BRACKETED.sub("", phrase).strip(), aside[1]] if aside else []), *_APART.split(phrase)):
        if part.strip() in known:
            return Category(known[part.strip()])
    return None


def heading_category(title: str) -> Category | None:
    """The category that a heading gives all items under it; none where it covers several."""
    name = normalise(title)
    if "correct" in name:
        return None  # "corrective and preventive": what was done and what will be
    known = index("categories", "names")
    bare = _BRACKETED.sub("", name).strip()
    if name in _areas() or bare in _areas():
        return None
    if name in known:
        return Category(known[name])
    found = {str(stem.lastgroup) for stem in _STEM.finditer(name)}
    if len(found) == 1:
        return Category(found.pop())
    return named_category(title) if not found and _BRACKETED.search(title) else None


def implied_category(text: str) -> Category | None:
    """The category that an item's own words imply, where nothing names one."""
    for category in (Category.DETECT, Category.MITIGATE, Category.LEARN, Category.PREVENT):
        if cues("categories", "implied", category.value).search(text):
            return category
    return None


@cache
def _areas() -> frozenset[str]:
    return frozenset(words("categories")["areas"]["headings"])
