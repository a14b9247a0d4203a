"""The words of an action item, their classes, and its noun phrases."""

from collections.abc import Sequence
from functools import cache

from msgspec import Struct

from pmlint.document.patterns import Patterns
from pmlint.document.words import words
from pmlint.rules.lemmas import lemma, verb_of

_PATTERNS = Patterns(
    piece=r"[^\W_]+(?:[-'’./+][^\W_]+)*|\ufffc+|[^\w\s]",
)


class Token(Struct, frozen=True):
    """One word or mark, with its place in the item's text."""

    text: str
    low: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        """Whether it is a word, or stands where code or a quotation was."""
        return self.low[:1].isalnum() or self.low[:1] == "\ufffc"


def tokens_of(text: str, start: int, end: int) -> list[Token]:
    """The words and marks of `text[start:end]`."""
    return [
        Token(found[0], found[0].lower().replace("’", "'"), found.start(), found.end())
        for found in _PATTERNS.piece.finditer(text, start, end)
    ]


@cache
def listed(table: str, name: str) -> frozenset[str]:
    """One list of deeds.toml."""
    return frozenset(words("deeds")[table][name])


def is_a(token: Token, *names: str) -> bool:
    """Whether a word belongs to one of the closed classes."""
    return any(token.low in listed("closed", name) for name in names)


def skip_adverbs(tokens: Sequence[Token], index: int) -> int:
    """The index of the first word from `index` on that is no adverb."""
    while index < len(tokens) and (
        not tokens[index].is_word
        or tokens[index].low in _adverbs()
        or (tokens[index].low.endswith("ly") and verb_of(tokens[index].low) is None)
    ):
        index += 1
    return index


@cache
def _adverbs() -> frozenset[str]:
    return frozenset((*words("actions")["verbs"]["adverbs"], "to", "first", "then", "also", "again"))


def noun_phrase(tokens: Sequence[Token], at: int, stop: int) -> tuple[tuple[str, ...], int]:
    """The head nouns of the phrase at `at`, and the index behind it."""
    nouns: list[str] = []
    head = ""
    closed = False
    index = at
    while index < stop:
        token = tokens[index]
        if token.low == "of":
            closed = True
        elif token.low in ("and", "or", "&", ",", "/"):
            # "audits of settings and configurations" are audits
            if not closed:
                nouns, head = [*nouns, head], ""
        elif not token.is_word or is_a(token, "prepositions"):
            break
        elif not closed and not _is_beside(token):
            head = token.low
        index += 1
    while index > at and (not tokens[index - 1].is_word or is_a(tokens[index - 1], "joints")):
        index -= 1
    return tuple(lemma(noun) for noun in (*nouns, head) if noun), index


def _is_beside(token: Token) -> bool:
    """Whether a word stands beside a noun and is none: an adverb, or an adjective that follows."""
    return token.low.endswith(("ly", "ible", "able", "ous", "ful")) or is_a(token, "beside")
