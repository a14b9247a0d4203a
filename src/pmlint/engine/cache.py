"""Keeps between runs what is slow to make: one SQLite file in the user's cache folder.

Every value carries the digest of its bytes, and every key the digest of the program: what is corrupt, foreign or of
another version is not found, and made anew. Nothing in it is code, and no failure of it is a failure of the run.
"""

import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import date
from functools import cached_property
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar

from msgspec import MsgspecError, msgpack

import pmlint
from pmlint.document import leads, words
from pmlint.engine.regex_codes import VERSION, Codes
from pmlint.rules import phrases
from pmlint.rules.installed import packages

T = TypeVar("T")
_Hints = tuple[dict[str, str], dict[str, list[list[str]]]]

_FILE = "pmlint.db"
_LIMIT = 128_000_000
"""Bytes: some ten thousand documents."""
_KEPT_FOR = 30
"""Days since a value was last of use."""
_MOST_TABLES = 100
"""Several times what ships; beyond it, those that this run has not used are forgotten."""
_FEW = 2
"""Patterns: so few are made again sooner than all are written."""
_WRITTEN_TOGETHER = 400
"""Values: what a run of many documents finds is not all held until its end, nor lost if it is stopped."""
_DIGEST = 16
_LIBRARIES = ("markdown_it", "dateutil", "rapidfuzz", "yaml", "pydantic", "spacy")
"""Those whose version may change what is found."""


def folder() -> Path:
    """Where it lies: `PMLINT_CACHE_DIR`, else where the system keeps such things."""
    named = os.environ.get("PMLINT_CACHE_DIR")
    if named:
        return Path(named)
    from platformdirs import user_cache_path  # slow to import

    return user_cache_path("pmlint")


class Cache:
    """Values by key. One that cannot be opened is empty and stays so; all that is lost is time.

    One that is only to be read stays as it is, and is not made where there is none.
    """

    def __init__(self, place: Path, *, only_read: bool = False) -> None:
        self.place = place
        self._only_read = only_read
        self._today = date.today().toordinal()
        self._new: dict[bytes, bytes] = {}
        self._touched: list[bytes] = []
        self._codes: Codes | None = None
        self._parsed: frozenset[bytes] = frozenset()
        self._hints: _Hints = ({}, {})
        self._base: sqlite3.Connection | None = None
        with suppress(OSError, sqlite3.Error):
            if not only_read:
                place.mkdir(parents=True, exist_ok=True)
                self._base = self._opened() or self._opened(anew=True)
            elif self._path.exists():
                self._base = self._opened()

    def get(self, key: str, reader: "msgpack.Decoder[T]") -> T | None:
        """The value kept for `key` by this version of the program; None where there is none, or none that is sound."""
        data = self._get(self._own(key))
        try:
            return None if data is None else reader.decode(data)
        except MsgspecError:
            return None

    def put(self, key: str, value: object) -> None:
        """Keep `value`, which MessagePack can hold; it is written with others, at the latest when it is closed."""
        with suppress(UnicodeEncodeError):  # the name of a file that is no text
            self._put(self._own(key), msgpack.encode(value))

    def _get(self, own: bytes) -> bytes | None:
        if self._base is None:
            return None
        try:
            row = self._base.execute("SELECT used, value FROM kept WHERE key = ?", (own,)).fetchone()
            if row is None:
                return None
            used, value = row
            data: bytes = value[_DIGEST:]
            if _digest(data) != value[:_DIGEST]:
                return None
        except (sqlite3.Error, TypeError, ValueError):
            return None
        if used != self._today:
            self._touched.append(own)
        return data

    def _put(self, own: bytes, data: bytes) -> None:
        self._new[own] = _digest(data) + data
        if len(self._new) >= _WRITTEN_TOGETHER:
            self.save()

    def save(self) -> None:
        """Write what is new, so that it is found from now on."""
        if self._base is not None and not self._only_read and (self._new or self._touched):
            with suppress(sqlite3.Error, OSError):
                self._write(self._base)
        self._new, self._touched = {}, []

    def close(self) -> None:
        """Write what is new and forget what is old."""
        self._put_prepared()
        self.save()
        if self._base is None:
            return
        with closing(self._base), suppress(sqlite3.Error, OSError):
            if not self._only_read and self._path.stat().st_size > _LIMIT:
                self._base.execute("DELETE FROM kept")
                self._base.execute("VACUUM")
        self._base = None

    # --- what a check needs before it can begin; these go by their own content and outlast a version

    def prepare(self) -> None:
        """Have the patterns and tables of earlier runs at hand, and remember those of this one."""
        if self._codes is not None:
            return
        self._codes = Codes(_bundled(self._get(_PATTERNS)))
        self._codes.install()
        words.PARSED.update(_bundled(self._get(_TABLES)))
        self._hints = self.get(_HINTS, _READ_HINTS) or ({}, {})
        leads.KNOWN.update(self._hints[0])
        phrases.KNOWN.update(self._hints[1])
        self._parsed = frozenset(words.PARSED)

    def _put_prepared(self) -> None:
        if self._codes is None:
            return
        self._codes.uninstall()
        if len(self._codes.fresh) > _FEW:
            self._put(_PATTERNS, msgpack.encode(self._codes.all))
        if words.PARSED.keys() - self._parsed:
            wanted = words.PARSED if len(words.PARSED) <= _MOST_TABLES else words.USED
            self._put(_TABLES, msgpack.encode({digest: words.PARSED[digest] for digest in wanted}))
        if (len(leads.KNOWN), len(phrases.KNOWN)) != (len(self._hints[0]), len(self._hints[1])):
            self.put(_HINTS, (leads.KNOWN, phrases.KNOWN))
        self._codes = None

    # --- the file

    @property
    def _path(self) -> Path:
        return self.place / _FILE

    def _opened(self, *, anew: bool = False) -> sqlite3.Connection | None:
        if anew:
            self._path.unlink(missing_ok=True)
        base = sqlite3.connect(self._path, timeout=2, isolation_level=None)
        try:
            # The digests tell what a power failure has torn, so no write need wait for the disk.
            base.execute("PRAGMA synchronous = OFF")
            base.execute(
                "CREATE TABLE IF NOT EXISTS kept (key BLOB PRIMARY KEY, used INTEGER, value BLOB) WITHOUT ROWID"
            )
            base.execute("SELECT key, used, value FROM kept LIMIT 1")
        except sqlite3.Error:  # no database, or one of another program
            base.close()
            return None
        return base

    def _write(self, base: sqlite3.Connection) -> None:
        # all at once or not at all, also where several runs end together
        with base:
            base.execute("BEGIN IMMEDIATE")
            base.executemany("UPDATE kept SET used = ? WHERE key = ?", [(self._today, key) for key in self._touched])
            rows = [(key, self._today, value) for key, value in self._new.items()]
            base.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", rows)
            base.execute("DELETE FROM kept WHERE used < ?", (self._today - _KEPT_FOR,))

    @cached_property
    def _version(self) -> bytes:
        return version()

    def _own(self, key: str) -> bytes:
        return _digest(self._version + key.encode("utf-8", "surrogatepass"))


def version() -> bytes:
    """A digest of the program: of every file of it and of what it stands on, by size and time of change.

    Rules of installed packages are a part of it.
    """
    parts = [pmlint.__version__, sys.version]
    for folder in (Path(pmlint.__file__).parent, words.rules_folder()):
        parts += sorted(_stamps(str(folder)))
    for package in packages():
        for place in (package.metadata, *package.places):
            with suppress(OSError):
                parts += sorted(_stamps(place)) if os.path.isdir(place) else [_stamp(place, os.stat(place))]  # noqa: PTH112, PTH116
    for name in _LIBRARIES:
        found = find_spec(name)
        if found is not None and found.origin is not None:
            parts.append(_stamp(found.origin, os.stat(found.origin)))  # noqa: PTH116 - a string as it is
    return _digest("\n".join(parts).encode("utf-8", "surrogatepass"))


def _stamps(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if entry.name != "__pycache__":
                    yield from _stamps(entry.path)
            else:
                yield _stamp(entry.path, entry.stat())


def _stamp(path: str, found: os.stat_result) -> str:
    return f"{path} {found.st_size} {found.st_mtime_ns}"


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=_DIGEST).digest()


def _bundled(data: bytes | None) -> dict[bytes, bytes]:
    """Many values kept as one, each as it is: none is looked at but those that are wanted."""
    if data is None:
        return {}
    try:
        return msgpack.decode(data, type=dict[bytes, bytes])
    except MsgspecError:  # of another form
        return {}


_HINTS = "hints"
_READ_HINTS = msgpack.Decoder(_Hints)
_PATTERNS = _digest(f"patterns {VERSION}".encode())
_TABLES = _digest(b"tables")
