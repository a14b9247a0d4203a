"""Configuration files: finding the nearest one, reading it with its bases, and saying on which line a key stands."""

import os
import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from pmlint.engine.errors import UserError

NAMES = ("pmlint.toml", ".pmlint.toml", "pyproject.toml")
"""In order of preference within one folder."""


class ConfigFile(Struct, frozen=True):
    """One file's settings as TOML gives them, and its text, to find the lines again."""

    path: Path
    text: str
    table: Mapping[str, Any]
    prefix: tuple[str, ...]
    """The table that holds the settings: `tool.pmlint` in a `pyproject.toml`."""

    @property
    def name(self) -> str:
        """The path as the user would write it."""
        return shown(self.path)

    def line(self, keys: Sequence[str], word: str | None = None) -> int | None:
        """The line, from 1, of the key with this path, or of `word` in its value; None where it cannot be told."""
        return _line(self.text, (*self.prefix, *keys), word)


def shown(path: Path) -> str:
    """`path` relative to the working folder where it lies below it, with forward slashes."""
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()


def nearest(folder: Path) -> Path | None:
    """The configuration for files in `folder`: of the folder itself or the nearest above it.

    The search ends at the root of a repository, so that what lies above a checkout has no say in it.
    """
    for place in (folder, *folder.parents):
        for name in NAMES:
            path = place / name
            # unlike `Path.is_file`, this answers for a folder that may not be entered, too
            is_there = os.path.isfile(path)  # noqa: PTH113
            if is_there and (name != "pyproject.toml" or _has_table(path)):
                return path
        if os.path.exists(place / ".git"):  # noqa: PTH110
            return None
    return None


def _has_table(path: Path) -> bool:
    try:
        data = path.read_bytes()
    except OSError:
        return False
    # Most pyproject.toml files know nothing of pmlint; looking for the name is much quicker than parsing.
    if b"pmlint" not in data:
        return False
    try:
        return "pmlint" in tomllib.loads(data.decode("utf-8")).get("tool", {})
    except (UnicodeDecodeError, tomllib.TOMLDecodeError):
        # one that is meant and cannot be read is told, and not passed over
        return b"[tool.pmlint" in data


def read_chain(path: Path) -> tuple[ConfigFile, ...]:
    """The file at `path` and the bases that it extends, the farthest base first."""
    chain: list[ConfigFile] = []
    at: Path | None = path
    while at is not None:
        file = _read(at, chain[-1] if chain else None)
        if any(_same(file.path, earlier.path) for earlier in chain):
            way = " -> ".join(shown(step.path) for step in (*chain, file))
            raise UserError(f"{chain[-1].name}:{chain[-1].line(['extend'])}: 'extend' runs in a circle: {way}")
        chain.append(file)
        at = _base(file)
    return tuple(reversed(chain))


def _same(one: Path, other: Path) -> bool:
    return one == other or os.path.realpath(one) == os.path.realpath(other)


def _base(file: ConfigFile) -> Path | None:
    base = file.table.get("extend")
    if base is None:
        return None
    if not isinstance(base, str) or not base:
        raise UserError(f"{file.name}:{file.line(['extend'])}: 'extend' should be the path of another file")
    return Path(os.path.normpath(file.path.parent / Path(base).expanduser()))


def _read(path: Path, wanted_by: ConfigFile | None) -> ConfigFile:
    name = shown(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
        table = tomllib.loads(text)
    except OSError as problem:
        by = f"{wanted_by.name}:{wanted_by.line(['extend'])}: " if wanted_by else ""
        raise UserError(f"{by}cannot read the configuration {name}: {problem.strerror or problem}") from None
    except UnicodeDecodeError:
        raise UserError(f"{name}: a configuration is UTF-8 text, and this file is not") from None
    except tomllib.TOMLDecodeError as problem:
        found = re.search(r"(.*) \(at (?:line (\d+), column \d+|end of document)\)", str(problem))
        reason = found[1] if found else str(problem)
        quotes = "; text stands in quotes" if reason == "Invalid value" else ""
        line = found[2] if found and found[2] else len(text.splitlines())
        raise UserError(f"{name}:{line}: not valid TOML: {reason[:1].lower()}{reason[1:]}{quotes}") from None
    prefix: tuple[str, ...] = ()
    if path.name == "pyproject.toml":
        prefix = ("tool", "pmlint")
        table = table.get("tool", {}).get("pmlint", {})
    if not isinstance(table, dict):
        raise UserError(f"{name}: [tool.pmlint] should be a table")
    return ConfigFile(path, text, table, prefix)


_PART = r"(?:\"[^\"\n]*\"|'[^'\n]*'|[\w-]+)"
_HEADER = re.compile(rf"\s*\[{{1,2}}\s*(?P<path>{_PART}(?:\s*\.\s*{_PART})*)\s*\]{{1,2}}\s*(?:#.*)?$")
_ASSIGNMENT = re.compile(rf"\s*(?P<path>{_PART}(?:\s*\.\s*{_PART})*)\s*=")


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in re.findall(_PART, dotted))


def _line(text: str, wanted: tuple[str, ...], word: str | None) -> int | None:
    lines = text.splitlines()
    table: tuple[str, ...] = ()
    best: tuple[int, int] | None = None  # how many parts of the path it stands for, and where
    for number, line in enumerate(lines, start=1):
        header = _HEADER.match(line)
        assigned = None if header else _ASSIGNMENT.match(line)
        if header:
            table = _parts(header["path"])
        elif not assigned:
            continue
        path = table if header else (*table, *_parts(assigned["path"] if assigned else ""))
        # An inline table or a dotted key may stand for the first part of the path only, a header for more than it.
        common = path[: len(wanted)]
        if common == wanted[: len(common)] and (best is None or len(common) > best[0]):
            best = (len(common), number)
    if best is None:
        return None
    depth, number = best
    sought = word if word is not None else wanted[-1] if depth < len(wanted) else None
    return number if sought is None else _mention(lines, number, sought)


def _mention(lines: list[str], start: int, word: str) -> int:
    """The first line from `start` on that mentions `word`; `start` where none does."""
    mention = re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])")
    for number in range(start, len(lines) + 1):
        if mention.search(lines[number - 1]):
            return number
    return start
