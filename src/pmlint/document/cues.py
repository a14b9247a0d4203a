"""Phrases over classes of words, as the word lists write them, found in running text.

A phrase is words in a row. `{alert}` stands for any word of that class, `a|b` for either, `stem*` for every word that
begins so, `word?` for a word that may be absent, `~3` for up to three words of any kind within the sentence.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from msgspec import Struct

from pmlint.document.words import words

_WORD = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*|[.;!?](?=\s|$)|\n|%")
_POSSESSIVE = re.compile(r"['’]s$")
_STOPS = frozenset(".;!?\n")
_MISSPELT = str.maketrans({"’": "", "'": ""})


class Word(NamedTuple):
    """One word of a text: all that a phrase may call it, and its place."""

    atoms: frozenset[str]
    start: int
    end: int
    stops: bool
    """Ends a sentence or a line, so that no phrase reaches across."""


class Step(NamedTuple):
    """One element of a phrase: any of these atoms, or a gap of up to `gap` words where there are none."""

    atoms: frozenset[str]
    optional: bool
    gap: int


Place = tuple[int, int]
"""From a word to the one after the last."""
Lists = tuple[str, ...]
"""The keys that lead to a list of phrases in its file."""


class Phrase(NamedTuple):
    """One phrase, and the list that it stands in."""

    source: Lists
    steps: tuple[Step, ...]
    second: frozenset[str] | None
    """The atoms of which its second word must have one, by which most are told not to stand there."""


class Cues(Struct, frozen=True):
    """All phrases of a file, indexed by what they begin with, so that one pass over a text finds them."""

    starts: Mapping[str, tuple[Phrase, ...]]

    def find(self, text: Sequence[Word]) -> dict[Lists, list[Place]]:
        """For each list the places where its phrases stand."""
        found: dict[Lists, list[Place]] = {}
        nothing: frozenset[str] = frozenset()
        for at, word in enumerate(text):
            after = text[at + 1].atoms if at + 1 < len(text) else nothing
            for atom in self.starts.keys() & word.atoms:
                for source, steps, second in self.starts[atom]:
                    if second is None or not second.isdisjoint(after):
                        end = _match(steps, 1, text, at + 1)
                        if end is not None:
                            found.setdefault(source, []).append((at, end))
        return found


def _match(steps: tuple[Step, ...], step: int, text: Sequence[Word], at: int) -> int | None:
    """Where the phrase ends if it goes on from its step `step` at word `at`."""
    for number in range(step, len(steps)):
        atoms, optional, gap = steps[number]
        if gap:
            return _match_behind_gap(steps, number, text, at)
        if at < len(text) and not atoms.isdisjoint(text[at].atoms):
            if optional and (end := _match(steps, number + 1, text, at + 1)) is not None:
                return end
            at += not optional
        elif not optional:
            return None
    return at


def _match_behind_gap(steps: tuple[Step, ...], step: int, text: Sequence[Word], at: int) -> int | None:
    for skipped in range(at, at + steps[step].gap + 1):
        end = _match(steps, step + 1, text, skipped)
        if end is not None:
            return end
        if skipped >= len(text) or text[skipped].stops:
            return None
    return None


class Lexicon(Struct, frozen=True):
    """The classes and stems of one file of phrases."""

    exact: Mapping[str, frozenset[str]]
    stems: Mapping[str, frozenset[str]]
    shortest: int
    known: dict[str, frozenset[str]]
    """What has been looked up already."""

    def read(self, text: str) -> list[Word]:
        """The words of `text` with all that phrases may call them."""
        found = []
        for match in _WORD.finditer(text):
            word = match[0].lower()
            stops = word in _STOPS
            found.append(Word(frozenset() if stops else self.atoms(word), *match.span(), stops))
        return found

    def atoms(self, word: str) -> frozenset[str]:
        """The word itself, its classes, and the stems that it begins with."""
        known = self.known.get(word)
        if known is None:
            plain = _POSSESSIVE.sub("", word).translate(_MISSPELT)
            found = {plain, *self.exact.get(plain, ())}
            for length in range(self.shortest, len(plain) + 1):
                found |= self.stems.get(plain[:length], frozenset())
            known = frozenset(found)
            if len(self.known) < 20_000:
                self.known[word] = known
        return known


@cache
def lexicon(name: str) -> Lexicon:
    """The words that the phrases of `rules/words/<name>.toml` are made of."""
    exact: dict[str, set[str]] = {}
    stems: dict[str, set[str]] = {}
    for group, members in words(name)["words"].items():
        for member in members:
            _enter(member, f"{{{group}}}", exact, stems)
    for _, phrase in _phrases(words(name)):
        for atom in re.findall(r"[^\W_]+\*", phrase):
            _enter(atom, atom, exact, stems)
    return Lexicon(
        {word: frozenset(groups) for word, groups in exact.items()},
        {stem: frozenset(groups) for stem, groups in stems.items()},
        min(map(len, stems), default=1),
        {},
    )


def _enter(member: str, atom: str, exact: dict[str, set[str]], stems: dict[str, set[str]]) -> None:
    if member.endswith("*"):
        stems.setdefault(member[:-1], set()).add(atom)
    else:
        exact.setdefault(member, set()).add(atom)


def _phrases(table: Mapping[str, Any], above: Lists = ()) -> Iterator[tuple[Lists, str]]:
    for key, value in table.items():
        if key in {"words", "labels", "unspaced"}:
            continue
        if isinstance(value, Mapping):
            yield from _phrases(value, (*above, key))
        else:
            for phrase in value:
                yield (*above, key), phrase


@cache
def phrases(name: str) -> Cues:
    """The phrases of `rules/words/<name>.toml`."""
    starts: dict[str, list[Phrase]] = {}
    for source, written in _phrases(words(name)):
        steps = tuple(map(_step, written.split()))
        second = steps[1].atoms if len(steps) > 1 and not (steps[1].optional or steps[1].gap) else None
        for atom in steps[0].atoms:
            starts.setdefault(atom, []).append(Phrase(source, steps, second))
    return Cues({atom: tuple(found) for atom, found in starts.items()})


def _step(written: str) -> Step:
    if written.startswith("~"):
        return Step(frozenset(), False, int(written[1:]))
    optional = written.endswith("?")
    return Step(frozenset(written.removesuffix("?").split("|")), optional, 0)
