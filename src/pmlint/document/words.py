"""Word lists are data under `rules/words/`: found, read and folded here, each once and only when asked for."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'", "“": '"', "”": '"', "　": " "})
JOINTS = re.compile(r"(?<=[^\W\d_])[-‐‑_](?=[^\W_])|[\s_]+")
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
    import tomllib  # only a run that reads words pays for it

    text = (rules_folder() / "words" / f"{name}.toml").read_text(encoding="utf-8")
    return MappingProxyType(tomllib.loads(text))


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


def canonical(name: str, table: str, text: str) -> str | None:
    """The canonical word for `text` as written in a key or a column head: "**Time (UTC)**:" -> `time`."""
    known = index(name, table)
    phrase = fold(text).strip("*:： ")
    for attempt in (phrase, phrase.strip("#.?!~' "), BRACKETED.sub(" ", phrase).strip(), phrase.removeprefix("the ")):
        if attempt in known:
            return known[attempt]
    return None


@cache
def cues(name: str, *keys: str) -> re.Pattern[str]:
    """One pattern of all the fragments listed under `keys`, each to begin where a word does."""
    fragments: Any = words(name)
    for key in keys:
        fragments = fragments[key]
    return re.compile(rf"(?i)(?<!\w)(?:{'|'.join(fragments)})")
