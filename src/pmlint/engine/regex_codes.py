"""Keeps what Python makes of a regular expression, so that the next run need not make it again.

Compiling the patterns of a run takes longer than reading a document with them: Python compiles regular expressions in
Python. What comes out is a list of numbers. It is kept by pattern and flags, handed back to the very function that
Python hands it to, which refuses code that is not sound. Where Python's own inside has changed, patterns are compiled
as ever, only slower.
"""

import json
import re
import sys
from array import array
from typing import Any

_LIMIT = 4096
"""Patterns: several times what all rules hold; beyond it what is no longer used is forgotten."""

try:
    import _sre  # type: ignore[import-not-found] # no stub: it is private
    from re import _compiler, _parser  # type: ignore[attr-defined] # no public door leads to them

    _compile = _compiler.compile
    VERSION = f"{sys.version} {_sre.MAGIC}" if array("I").itemsize == _sre.CODESIZE else ""
    """What the codes depend on besides pattern and flags; nothing where they cannot be kept."""
except (ImportError, AttributeError):  # another Python than CPython, or a later one
    VERSION = ""

_WORD = "I"


class Codes:
    """The codes of patterns, those that were given and those that had to be made."""

    def __init__(self, kept: dict[str, bytes]) -> None:
        self._kept = kept
        self.fresh: dict[str, bytes] = {}

    @property
    def all(self) -> dict[str, bytes]:
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
        key = f"{int(flags)} {source}"
        try:
            if key in self._kept:
                return _revived(source, self._kept[key])
        except (TypeError, ValueError, LookupError, AttributeError, RuntimeError, OverflowError):
            pass  # a code that is not sound is made anew
        try:
            pattern, self.fresh[key] = _made(source, int(flags))
        except (AttributeError, TypeError):
            return _compile(source, flags)  # type: ignore[no-any-return]
        return pattern


def prepared() -> bool:
    """Whether codes are installed in this process already, as they are in one that was forked."""
    return VERSION != "" and _compiler.compile is not _compile


def _made(source: str, flags: int) -> "tuple[re.Pattern[str], bytes]":
    """The pattern, in the same steps that `re` takes, and all that its last step was given."""
    parsed = _parser.parse(source, flags)
    code = _compiler._code(parsed, flags)
    state = parsed.state
    names = dict(state.groupdict)
    flags |= state.flags
    head = json.dumps([flags, state.groups - 1, names]).encode("ascii")
    return _pattern(source, flags, code, state.groups - 1, names), head + b"\n" + array(_WORD, code).tobytes()


def _revived(source: str, kept: bytes) -> "re.Pattern[str]":
    head, _, code = kept.partition(b"\n")
    flags, groups, names = json.loads(head)
    return _pattern(source, flags, array(_WORD, code).tolist(), groups, names)


def _pattern(source: str, flags: int, code: list[int], groups: int, names: dict[str, int]) -> "re.Pattern[str]":
    by_number: list[str | None] = [None] * (groups + 1)
    for name, number in names.items():
        by_number[number] = name
    return _sre.compile(source, flags, code, groups, names, tuple(by_number))  # type: ignore[no-any-return]
