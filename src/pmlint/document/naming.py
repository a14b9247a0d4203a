"""What a name means as a heading: listed, worded around, merged, asked, compounded or mistyped."""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from pmlint.document.slips import slips
from pmlint.document.words import index, words

LANGUAGES = ("headings", "headings_languages")
ARTICLE = re.compile(r"^(?:the|our|this|a|an|some) ")
COUNTED = re.compile(r"\s*(?:#|no\.? |number )?\d{1,2}$")
LONGEST_PATTERN = 12
LONGEST_COMPOUND = 4
LONGEST_PART = 4
SUFFIX_PREFIX = 10
SHORTEST_MENDED = 6
LONG_WORD = 11


class Meaning(Struct, frozen=True):
    """What a heading opens, as far as its own words tell."""

    kinds: tuple[str, ...] = ()
    """Section kinds; several for a merged heading, none where nobody knows it."""
    ambiguous: tuple[str, ...] = ()
    """Kinds that the content may decide for, most likely first; `kinds` holds what to take without looking."""
    exact: bool = False
    """The heading is listed as it stands."""
    score: float = 0.0
    """How sure: 1 listed, .7 a slip of the pen away from it, 0 unknown."""
    group: bool = False
    """Sorts the items of the section around it and opens none of its own."""
    field: str | None = None
    """The metadata field or role that the name is a key of: `severity` for "Severity: P1"."""
    value: str | None = None
    value_start: int | None = None
    """Offset of `value` in the title."""
    note: str | None = None
    """From the first bracket, date or zone in the name to the end: where a timeline's zone and day may stand."""
    note_start: int | None = None


UNKNOWN = Meaning()


def spelled(name: str) -> str:
    """With one spelling for each word that has two."""
    padded = f" {name} ".replace("/", " / ").replace("  ", " ")
    return _two_spellings().sub(lambda found: _spellings()[found[0]], padded).strip()


@cache
def _spellings() -> Mapping[str, str]:
    table: Mapping[str, str] = words("headings_grammar")["spellings"]
    return table


@cache
def _two_spellings() -> re.Pattern[str]:
    return re.compile(rf"(?<= )(?:{'|'.join(sorted(_spellings(), key=len, reverse=True))})(?= )")


def aside(bracket: str) -> Meaning | None:
    """What a bracket says where the name says nothing: "予防策 (prevention)"."""
    found = exactly(bracket) if bracket and bracket not in _around()[2] | groups()[0] else None
    return replace(found, exact=False, score=0.85) if found else None


@lru_cache(maxsize=2048)  # houses use the same headings again and again
def named(name: str) -> Meaning | None:
    """The meaning of a name by every way there is, the surest first."""
    return (
        exactly(name)
        or exactly(name.replace(" / ", " and "))
        or stripped(name)
        or _merged(name)
        or _asked(name)
        or _compound(name)
        or _tailed(name)
        or _suffix(name)
        or _slip(name)
    )


@cache
def _vocabulary() -> dict[str, Meaning]:
    found: dict[str, Meaning] = {}
    for name in LANGUAGES:
        for alias, kinds in words(name)["perhaps"].items():
            found.setdefault(spelled(alias), Meaning((), tuple(kinds), exact=True, score=1.0))
        for alias, kinds in words(name)["either"].items():
            several = tuple(kinds) if len(kinds) > 1 else ()
            found.setdefault(spelled(alias), Meaning((kinds[0],), several, exact=True, score=1.0))
    for name in LANGUAGES:
        for kind, aliases in words(name)["kinds"].items():
            for alias in aliases:
                found.setdefault(spelled(alias), Meaning((kind,), exact=True, score=1.0))
    return found


def exactly(name: str) -> Meaning | None:
    return _vocabulary().get(name)


def known(name: str) -> Meaning | None:
    return exactly(name) or stripped(name)


@cache
def _around() -> tuple[tuple[str, ...], tuple[str, ...], frozenset[str]]:
    table = words("headings_grammar")["around"]
    before = tuple(f"{word} " for word in table["before"])
    after = tuple(f" {word}" for word in table["after"])
    return before, after, frozenset(table["alone"])


def stripped(name: str) -> Meaning | None:
    """A known name with words around it that leave the meaning as it is: "detailed incident timeline"."""
    before, after, alone = _around()
    bare = ARTICLE.sub("", COUNTED.sub("", name))
    if bare != name and (found := exactly(bare)) and not (bare in alone and COUNTED.search(name)):
        return replace(found, exact=False, score=0.95)
    waiting, seen = [bare], {bare}
    for _ in range(3):
        shorter = []
        for text in waiting:
            owner, apostrophe, owned = text.partition("'s ")
            candidates = [owned] if apostrophe and " " not in owner else []
            candidates += [text.removeprefix(word) for word in before if text.startswith(word)]
            candidates += [text.removesuffix(word) for word in after if text.endswith(word)]
            for candidate in candidates:
                found = exactly(candidate)
                if found and candidate not in alone:
                    return replace(found, exact=False, score=0.95)
                if candidate not in seen:
                    seen.add(candidate)
                    shorter.append(candidate)
        waiting = shorter
    return None


def _merged(name: str) -> Meaning | None:
    """Two or three names in one heading: "impact and timeline", "what went well / wrong"."""
    for parts in _divisions(name):
        meanings = [known(part) or _asked(part) or _compound(part) for part in parts]
        for place, part in enumerate(parts):
            if meanings[place] is None:
                meanings[place] = _completed(part, parts, place)
        sure = [found for found in meanings if found and (found.kinds or found.ambiguous)]
        fields = [part for part, found in zip(parts, meanings, strict=True) if not found and field_of(part)]
        if len(sure) + len(fields) == len(parts) and sure:
            return Meaning(
                union(*(found.kinds for found in sure)), union(*(found.ambiguous for found in sure)), score=0.9
            )
        plain = [found for part in parts if part not in _around()[2] and (found := known(part))]
        # of two names with a stroke between them one that is known by several words is enough
        if plain and " / " in name and any(" " in part and exactly(part) for part in parts):
            return Meaning(union(*(found.kinds for found in plain)), score=0.75)
        if plain and len(name.split()) <= LONGEST_PART and (plain[0] == meanings[0] or len(parts[0].split()) == 1):
            return Meaning(union(*(found.kinds for found in plain)), score=0.75)
    return None


def _divisions(name: str) -> Iterator[list[str]]:
    for marks in words("headings_grammar")["joints"]["marks"]:
        rest = name
        for mark in marks[1:]:
            rest = rest.replace(mark, marks[0])
        parts = [part.strip(" ,") for part in rest.split(marks[0]) if part.strip(" ,")]
        if 1 < len(parts) <= LONGEST_PART:
            yield parts


def _completed(part: str, parts: list[str], place: int) -> Meaning | None:
    """A part that shares words with its neighbour: "[what went] wrong", "corrective [actions]"."""
    if place and len(part.split()) <= 2:
        leading = parts[0].split()[:-1]
        if leading and (found := exactly(" ".join([*leading, part]))):
            return found
    if place < len(parts) - 1 and len(part.split()) <= 2:
        return exactly(f"{part} {parts[-1].split()[-1]}")
    return None


def union(*groups: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(kind for group in groups for kind in group))


@cache
def _questions() -> tuple[tuple[tuple[tuple[str, ...], ...], Meaning], ...]:
    """Each pattern as its words' alternatives, with what it means."""
    return tuple(
        (
            tuple(tuple(line.split()) for line in entry["words"]),
            Meaning(
                tuple(entry["kinds"][:1]) if entry.get("either") else tuple(entry["kinds"]),
                tuple(entry["kinds"]) if entry.get("either") else (),
                score=0.9,
            ),
        )
        for entry in words("headings_grammar")["patterns"]
    )


def _asked(name: str) -> Meaning | None:
    """A question or clause: "how did we find out?", "what we are doing about it"."""
    said = tuple(name.replace(",", " ").split())
    if not 1 < len(said) <= LONGEST_PATTERN:
        return None
    for patterns, found in _questions():
        if any(_may_fit(pattern, said) and _fits(pattern, said) for pattern in patterns):
            return found
    return None


def _may_fit(pattern: tuple[str, ...], said: tuple[str, ...]) -> bool:
    """Whether the first word fits, which settles most patterns at once."""
    return pattern[0] == "*" or _is_one_of(said[0], pattern[0])


def _is_one_of(word: str, choices: str) -> bool:
    return any(word == choice or (choice[-1:] == "~" and word.startswith(choice[:-1])) for choice in choices.split("|"))


def _fits(pattern: tuple[str, ...], said: tuple[str, ...]) -> bool:
    if not pattern:
        return not said
    if pattern[0] == "*":
        return any(_fits(pattern[1:], said[skip:]) for skip in range(len(said) + 1))
    if not said:
        return False
    return _is_one_of(said[0], pattern[0]) and _fits(pattern[1:], said[1:])


def _compound(name: str) -> Meaning | None:
    """A noun compound, known by its head: "checkout impact"."""
    said = name.split()
    if len(said) > LONGEST_COMPOUND or not set(words("headings_grammar")["small"]["words"]).isdisjoint(said):
        return None
    heads: dict[str, Any] = words("headings_grammar")["heads"]
    for kind, phrases in heads.items():
        if any(name.endswith(f" {head}") and len(said) - len(head.split()) <= 2 for head in phrases):
            return Meaning((kind,), score=0.85)
    return None


def _tailed(name: str) -> Meaning | None:
    """A known name that says for whom, where or by whom: "action items for the platform team"."""
    said = name.split()
    alone = _around()[2]
    for place, word in enumerate(said[1:], start=1):
        if word in words("headings_grammar")["small"]["prepositions"] and len(said) - place <= LONGEST_PART + 1:
            head = " ".join(said[:place])
            found = known(head)
            return replace(found, exact=False, score=0.85) if found and head not in alone else None
    return None


def _suffix(name: str) -> Meaning | None:
    """Chinese and Japanese compounds end in their head: 技術的教訓 is 教訓."""
    if name.isascii():
        return None
    packed = name.replace(" ", "")
    for marks in words("headings_grammar")["joints"]["unspaced"]:
        first, mark, second = packed.partition(marks)
        one, two = exactly(first), exactly(second)
        if mark and one and two:
            return Meaning(union(one.kinds, two.kinds), union(one.ambiguous, two.ambiguous), score=0.9)
    weak = words("headings_languages")["heads"]["never"]
    for start in range(min(len(packed) - 1, SUFFIX_PREFIX + 1)):
        head = packed[start:]
        found = None if head.isascii() or (start and head in weak) else exactly(head)
        if found:
            return replace(found, exact=start == 0, score=0.85 if start else 1.0)
    return None


def _slip(name: str) -> Meaning | None:
    """A name that is a slip of the pen away from a listed one: "timelime", "lessons leanred"."""
    said = name.split()
    if len(said) > LONGEST_COMPOUND or not name.isascii():
        return None
    listed, never = _lexicon()
    mended = [word if word in listed or word in never else _mend(word, listed) for word in said]
    found = known(" ".join(mended)) if mended != said else None
    return replace(found, exact=False, score=0.7) if found else None


@cache
def _lexicon() -> tuple[frozenset[str], frozenset[str]]:
    listed = (word for alias, found in _vocabulary().items() if found.kinds for word in alias.split() if word.isascii())
    grammar = words("headings_grammar")
    spare = {word for line in grammar["around"]["before"] + grammar["around"]["after"] for word in line.split()}
    return frozenset(word for word in listed if len(word) > 3) | spare, frozenset(grammar["typos"]["never"])


def _mend(word: str, listed: frozenset[str]) -> str:
    """The listed word that `word` was meant for: one slip in six letters or more, two in eleven."""
    if len(word) < SHORTEST_MENDED:
        return word
    limit = 2 if len(word) >= LONG_WORD else 1
    near = {
        right: distance
        for right in listed
        if len(right) >= SHORTEST_MENDED and right[0] == word[0] and (distance := slips(word, right, limit)) <= limit
    }
    return min(near, key=lambda right: (near[right], right), default=word)


@cache
def groups() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    table = words("headings_grammar")["groups"]
    listed = frozenset(table["words"]) | frozenset(words("headings_languages")["groups"]["words"])
    return listed, frozenset(table["verbs"]), frozenset(table["nouns"])


def field_of(name: str) -> str | None:
    """The metadata field or role that is known under this normalised name."""
    key = name.replace(" / ", "/")
    return index("metadata", "keys").get(key) or index("metadata", "roles").get(key)
