"""Whether words name somebody who could own an action."""

from functools import cache

from pmlint.document.dates import find_dates
from pmlint.document.patterns import Patterns
from pmlint.document.words import words
from pmlint.source import Span

_CAPITAL = r"[A-ZÀ-ÖØ-Þ]"
_LETTERS = r"[\wÀ-ÿ'’]"
_PATTERNS = Patterns(
    handle=r"(?<![\w@/.`-])@[A-Za-z0-9](?:[A-Za-z0-9._-]{0,38}[A-Za-z0-9])?(?:/[A-Za-z0-9][A-Za-z0-9-]{0,38})?(?![\w@/.]*[/@])",
    # "@Jane Doe", as an export writes whom a page has mentioned
    mention=(
        rf"@{_CAPITAL}{_LETTERS}+(?:(?:\s(?:de|van|von|der|den|da|di|bin|al|el|la))*\s{_CAPITAL}(?:{_LETTERS}+|\.)"
        rf"(?:-{_CAPITAL}{_LETTERS}+)?){{1,2}}"
    ),
    initial=rf"{_CAPITAL}\.",
    initials=rf"{_CAPITAL}{{2,3}}",
    name=(
        rf"{_CAPITAL}\.\s?(?:{_CAPITAL}\.\s?)?{_CAPITAL}{_LETTERS}+"
        rf"|{_CAPITAL}{_LETTERS}+(?:-{_CAPITAL}{_LETTERS}+)?(?:\s(?:de|van|von|der|da|di|bin|al|el|la))*"
        rf"(?:\s{_CAPITAL}(?:{_LETTERS}*|\.)(?:-{_CAPITAL}{_LETTERS}+)?){{0,2}}"
    ),
    office=(
        r"(?i)\b(?:lead|leader|manager|head(?: of [\w ]+)?|director|officer|chief|engineer|architect|coordinator|"
        r"supervisor|owner|analyst|specialist|administrator|secretary|dean|nurse|pharmacist|vp|cto|ciso|cio)\s*(?:,|$)"
    ),
    between=r"\s*(?:[/&+、,]|,?\sand\s)\s*",
    word=r"[^\W\d_][\wÀ-ÿ'’.-]*",
)


def is_nobody(text: str) -> bool:
    """Whether what stands in the owner's place says that there is none."""
    return text.strip(" *_`.:<>[]()\\").casefold() in _set("nobody")


def is_nobody_yet(text: str) -> bool:
    """Whether it says that an owner is still to be found, which is less than an owner and more than nothing."""
    return text.strip(" *_`.:<>[]()\\").casefold() in _set("later")


def first_handle(text: str) -> Span | None:
    """Where the first `@name` of the text stands, e-mail addresses and paths left out; `@Jane Doe` as a whole."""
    found = _PATTERNS.handle.search(text)
    return Span(found.start(), mention_end(text, found.start()) or found.end()) if found else None


def mention_end(text: str, start: int) -> int | None:
    """Where a mention by full name ends that begins at `start`: "@Jane Doe", without a word of the field behind it."""
    found = _PATTERNS.mention.match(text, start)
    said = found[0] if found else ""
    while " " in said:
        if is_full_name(said[1:]) and not find_dates(said.rpartition(" ")[2], default_year=2000):
            return start + len(said)
        said = said.rpartition(" ")[0]
    return None


def is_initials(text: str) -> bool:
    """Whether `text` is two or three capitals that stand for a person: "RK", and not "CI"."""
    return _PATTERNS.initials.fullmatch(text) is not None and text not in _set("capitals")


def end_handle(text: str) -> int | None:
    """Where an `@name` begins that the text ends in."""
    at = text.rfind("@")
    if at <= 0 or not text[at - 1].isspace() or not is_name(text[at:].rstrip(" .*_"), several=False):
        return None
    return at


def is_name(text: str, *, several: bool = True) -> bool:
    """Whether `text` reads like a person's or a team's name and nothing else."""
    text = text.strip()
    if not text or len(text) > 60:
        return False
    if several:
        parts = _PATTERNS.between.split(text)
        if len(parts) > 1:
            return all(is_name(part, several=False) or is_initials(part) for part in parts)
    if text.startswith("@"):
        return _PATTERNS.handle.fullmatch(text) is not None or mention_end(text, 0) == len(text)
    if text.casefold() in _set("words") or _ends_like_team(text):
        return True
    if is_initials(text):
        return True
    if not _PATTERNS.name.fullmatch(text) or text.isupper():
        return False
    # the A of "A. Ferreira" is no article
    return not any(_is_common(word) for word in text.split() if not _PATTERNS.initial.fullmatch(word))


def is_nobody_in_particular(text: str) -> bool:
    """Whether it stands for all or for a team: what no item would say in brackets of anything but its owner."""
    said = text.casefold()
    return said in _set("everyone") or said.startswith(("everyone ", "everybody ")) or _ends_like_team(text)


def is_full_name(text: str) -> bool:
    """Whether a name has two parts at least, as `R. Oduya` and `Jane Doe` have."""
    return is_name(text, several=False) and (" " in text.strip() or "." in text) and not _ends_like_team(text)


def _ends_like_team(text: str) -> bool:
    said = text.split()
    last = said[-1].casefold() if said else ""
    endings = _set("endings")
    return len(said) <= 4 and (last in endings or any(text.endswith(end) for end in endings if not end.isascii()))


def _is_common(word: str) -> bool:
    """Whether a word with a capital is a word of the field rather than a name."""
    lower = word.strip(".").casefold()
    return lower in _common()


@cache
def _common() -> frozenset[str]:
    """Words of the field, which stand with a capital where a sentence or a label begins."""
    said = {word for names in words("categories")["names"].values() for name in names for word in name.split()}
    said |= {word for name in words("headings_grammar")["groups"]["words"] for word in name.split()}
    said |= {word for states in words("statuses")["action"].values() for name in states for word in name.split()}
    said |= set(words("headings_grammar")["groups"]["nouns"]) | set(words("headings_grammar")["small"]["words"])
    said |= _set("nouns") | set(words("actions")["verbs"]["base"])
    return frozenset(said - {"will", "mark", "pat", "rob", "sue", "bill"})


@cache
def _set(table: str) -> frozenset[str]:
    return frozenset(words("actions")["owners"][table])


def split_owners(text: str) -> tuple[str, ...]:
    """The single owners in `text`, in order; "Platform lead, Rhys Bowen" is one of them."""
    whole = text.partition("(")[0]
    if whole.count(",") == 1 and _PATTERNS.office.search(whole) and any(map(is_full_name, whole.split(","))):
        return (text.strip(),)
    return tuple(part for part in (part.strip() for part in _PATTERNS.between.split(text)) if part)
