"""Keeps what Python makes of a regular expression, so that the next run need not make it again.

Compiling the patterns of a run takes longer than reading a document with them: Python compiles regular expressions in
Python. What comes out is a list of numbers. It is kept by pattern and flags, handed back to the very function that
Python hands it to, which refuses code that is not sound. Where Python's own inside has changed, patterns are compiled
as ever, only slower.
"""

import re
import sys
from typing import Any, NamedTuple

from msgspec import MsgspecError, msgpack

_LIMIT = 4096
"""Patterns: several times what all rules hold; beyond it what is no longer used is forgotten."""

try:
    import _sre  # type: ignore[import-not-found] # no stub: it is private
    from re import _compiler, _parser  # type: ignore[attr-defined] # no public door leads to them

    _compile = _compiler.compile
    VERSION = f"{sys.version} {_sre.MAGIC}"
    """What the codes depend on besides pattern and flags; nothing where they cannot be kept."""
except (ImportError, AttributeError):  # another Python than CPython, or a later one
    VERSION = ""


class _Code(NamedTuple):
    """What the last step of `re.compile` is given besides the pattern."""

    flags: int
    groups: int
    names: dict[str, int]
    code: list[int]


class Codes:
    """The codes of patterns, those that were given and those that had to be made."""

    def __init__(self, kept: dict[bytes, bytes]) -> None:
        self._kept = kept
        self.fresh: dict[bytes, bytes] = {}

    @property
    def all(self) -> dict[bytes, bytes]:
        """What is worth keeping for the next run."""
        every = {**self._kept, **self.fresh}
        return every if len(every) <= _LIMIT else self.fresh

    def install(self) -> None:
        """From now on `re.compile` in this process takes from these codes and adds to them."""
        if VERSION:
            _compiler.compile = self._pattern

    def uninstall(self) -> None:
        """As it was."""
        if VERSION:
            _compiler.compile = _compile

    def _pattern(self, source: Any, flags: int = 0) -> "re.Pattern[Any]":
        if not isinstance(source, str) or flags & re.DEBUG:
            return _compile(source, flags)  # type: ignore[no-any-return]
        key = f"{int(flags)} {source}".encode("utf-8", "surrogatepass")
        try:
            if key in self._kept:
                return _pattern(source, _READ.decode(self._kept[key]))
        except (MsgspecError, TypeError, ValueError, LookupError, AttributeError, RuntimeError, OverflowError):
            pass  # a code that is not sound is made anew
        try:
            code = _made(source, int(flags))
            pattern = _pattern(source, code)
        except (AttributeError, TypeError):
            return _compile(source, flags)  # type: ignore[no-any-return]
        self.fresh[key] = msgpack.encode(code)
        return pattern


def prepared() -> bool:
    """Whether codes are installed in this process already, as they are in one that was forked."""
    return VERSION != "" and _compiler.compile is not _compile


_READ = msgpack.Decoder(_Code)


def _made(source: str, flags: int) -> _Code:
    """All that the last step is given, made in the same steps that `re` takes."""
    parsed = _parser.parse(source, flags)
    code = _compiler._code(parsed, flags)
    state = parsed.state
    return _Code(flags | state.flags, state.groups - 1, dict(state.groupdict), list(map(int, code)))


def _pattern(source: str, code: _Code) -> "re.Pattern[str]":
    by_number: list[str | None] = [None] * (code.groups + 1)
    for name, number in code.names.items():
        by_number[number] = name
    return _sre.compile(source, code.flags, code.code, code.groups, code.names, tuple(by_number))  # type: ignore[no-any-return]
