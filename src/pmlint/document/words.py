"""Word lists are data under `rules/words/`: found, read and folded here, each once and only when asked for."""

import json
import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from hashlib import blake2b
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pmlint.document.patterns import Pattern, compiled

QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'", "“": '"', "”": '"', "　": " "})
# It begins with all the signs that may join words, since a search for a choice of signs takes a tenth of the time.
JOINTS = re.compile(r"[-‐‑\s_](?:(?<=[\s_])[\s_]*|(?<=[^\W\d_][-‐‑])(?=[^\W_]))")
UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
"""A letter of a script that is written without spaces, where no mark tells a word from its neighbours."""
# "5. Severity", as a form counts its fields
NUMBERED = re.compile(r"^[0-9]{1,2}(?:\.[0-9]{1,2}){0,2}[.)]?\s+")
BRACKETED = re.compile(r"\s*[(\[【<][^()\[\]【】<>]*[)\]】>]\s*")


@cache
def rules_folder() -> Path:
    """The folder of everything that is data: the checkout's `rules/` where there is one, else package data.

    A checkout wins because an editable install can leave a stale copy of the package data behind.
    """
    package = Path(__file__).resolve().parents[1]
    checkout = package.parents[1] / "rules"
    if package.parent.name == "src" and (checkout / "words").is_dir():
        return checkout
    return package / "_rules"


@cache
def words(name: str) -> Mapping[str, Any]:
    """The tables of `rules/words/<name>.toml`."""
    return MappingProxyType(read_tables(rules_folder() / "words" / f"{name}.toml"))


PARSED: dict[bytes, bytes] = {}
"""The tables of TOML texts as JSON, by the digest of the text: what a run has parsed and the next one need not."""
USED: set[bytes] = set()
"""The digests of the texts that this run has asked for."""


def read_tables(path: Path) -> dict[str, Any]:
    """The tables of one of our own TOML files, of which tomllib reads a hundred kilobytes in the time of a check."""
    data = path.read_bytes()
    digest = blake2b(data, digest_size=16).digest()
    USED.add(digest)
    if digest not in PARSED:
        import tomllib  # only a run that has something to parse pays for it

        tables = tomllib.loads(data.decode("utf-8"))
        try:
            PARSED[digest] = json.dumps(tables).encode("ascii")
        except TypeError:  # a date, which JSON has no form for
            return tables
    tables = json.loads(PARSED[digest])
    return tables if isinstance(tables, dict) else {}


@lru_cache(maxsize=1 << 10)
def fold(text: str) -> str:
    """Writes `text` as the word lists do: lower case, narrow forms, straight quotes, hyphens as spaces."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).translate(QUOTES)
    return JOINTS.sub(" ", text).strip().lower()


@cache
def index(name: str, table: str) -> Mapping[str, str]:
    """Phrase -> canonical word, of a table whose keys are canonical words; the first mention of a phrase wins."""
    found: dict[str, str] = {}
    for canonical, phrases in words(name)[table].items():
        for phrase in phrases:
            found.setdefault(fold(phrase), canonical)
    return MappingProxyType(found)


@lru_cache(maxsize=1 << 12)  # houses use the same labels and heads again and again
def canonical(name: str, table: str, text: str) -> str | None:
    """The canonical word for `text` as written in a key or a column head: "**Time (UTC)**:" -> `time`."""
    known = index(name, table)
    phrase = fold(text).strip("*:： ")
    tried = (phrase, phrase.strip("#.?!~' "), BRACKETED.sub(" ", phrase).strip(), phrase.removeprefix("the "))
    for attempt in (*tried, NUMBERED.sub("", phrase)) if phrase[:1].isdigit() else tried:
        if attempt in known:
            return known[attempt]
    return None


@cache
def cues(name: str, *keys: str) -> Pattern:
    """One pattern of all the fragments listed under `keys`, each to begin where a word does.

    What is written in a script without spaces begins anywhere.
    """
    return compiled(cues_source(name, *keys))


@cache
def cues_source(name: str, *keys: str) -> str:
    """The pattern that `cues` compiles."""
    fragments: Any = words(name)
    for key in keys:
        fragments = fragments[key]
    spaced = [fragment for fragment in fragments if not UNSPACED.match(fragment)]
    unspaced = [fragment for fragment in fragments if UNSPACED.match(fragment)]
    return "|".join([rf"(?i)(?<!\w)(?:{'|'.join(spaced)})", *unspaced] if spaced else unspaced)
