"""Which language the prose is in."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from pmlint.document.words import words
from pmlint.source import Block, Code, Heading, Html, List, Markup, Paragraph, Prose, Quote, Table

_ENOUGH = 30
"""Tokens from which function words tell anything."""
_DIFFERENT = 5
"""So many of them at least: names of people have particles too."""
_HEARD = 20_000
_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_ASCII = re.compile(r"[a-z]{2,}")
_LATIN = re.compile(r"[^\W\d_\u0400-\u04ff\u3041-\u30fa\u4e00-\u9fff\uac00-\ud7a3]{2,}")


def language_of(markup: Markup) -> str:
    """By script, then by function words; `en` where there is too little to tell, or no language has the upper hand."""
    heard: list[str] = []
    length = 0
    for prose in _proses(markup.blocks):
        heard.append(prose.voice)
        length += len(prose.text)
        if length > _HEARD:
            break
    text = " ".join(heard)
    # dashes and quotation marks are of no language
    if text.isascii() or not any(sign > "\x7f" and sign.isalnum() for sign in set(text)):
        return _by_words(_ASCII.findall(text.lower()))
    latin = _LATIN.findall(text)
    return _by_script(text, len(latin)) or _by_words([token.lower() for token in latin])


def _by_script(text: str, latin: int) -> str | None:
    """The language whose own script makes up the prose; Latin names and terms are part of any of them.

    A letter of these scripts says as much as half a Latin word.
    """
    kana, han = len(_KANA.findall(text)), len(_HAN.findall(text))
    for code, letters, per_word in (
        ("ja", kana + han if kana * 10 >= han else 0, 2),
        ("zh", han, 2),
        ("ko", len(_HANGUL.findall(text)), 2),
        ("ru", len(_CYRILLIC.findall(text)), 5),
    ):
        if letters >= 4 and letters / per_word > 0.6 * latin:
            return code
    return None


def _by_words(tokens: list[str]) -> str:
    if len(tokens) < _ENOUGH:
        return "en"
    counts = Counter(tokens)
    heard = {code: counts.keys() & listed for code, listed in _function_words().items()}
    shares = {code: sum(counts[token] for token in said) for code, said in heard.items()}
    best = max(shares, key=lambda code: shares[code])
    different = len(heard[best])
    if best == "en" or shares[best] < max(0.15 * len(tokens), 1.5 * shares["en"]) or different < _DIFFERENT:
        return "en"
    return best


@cache
def _function_words() -> dict[str, frozenset[str]]:
    return {code: frozenset(listed) for code, listed in words("languages")["function"].items()}


def _proses(blocks: tuple[Block, ...]) -> Iterator[Prose]:
    for block in blocks:
        match block:
            case Paragraph() | Html() | Heading():
                yield block.prose
            case List():
                for item in block.items:
                    yield from _proses(item.blocks)
            case Table():
                for row in (block.header, *block.rows):
                    yield from (cell.prose for cell in row.cells)
            case Quote() | Code():
                pass
            case _:
                pass
