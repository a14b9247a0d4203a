"""Keeps what Python makes of a regular expression, so that the next run need not make it again.

Compiling the patterns of a run takes longer than reading a document with them: Python compiles regular expressions in
Python. What comes out is a list of numbers. It is kept by pattern and flags, handed back to the very function that
Python hands it to, which refuses code that is not sound. Where Python's own inside has changed, patterns are compiled
as ever, only slower.
"""

import re
import sys
from array import array
from base64 import b64decode, b64encode
from typing import Any

_LIMIT = 4096
"""Patterns: several times what all rules hold; beyond it what is no longer used is forgotten."""

try:
    import _sre  # type: ignore[import-not-found] # no stub: it is private
    from re import _compiler, _parser  # type: ignore[attr-defined] # no public door leads to them

    _compile = _compiler.compile
    VERSION = f"{sys.version} {_sre.MAGIC} {_sre.CODESIZE}"
    """What the codes depend on besides pattern and flags."""
except (ImportError, AttributeError):  # another Python than CPython, or a later one
    VERSION = ""

_WORD = {2: "H", 4: "I"}


class Codes:
    """The codes of patterns, those that were given and those that had to be made."""

    def __init__(self, kept: dict[str, Any]) -> None:
        self._kept = kept
        self.fresh: dict[str, Any] = {}

    @property
    def all(self) -> dict[str, Any]:
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
        except (TypeError, ValueError, LookupError, RuntimeError, OverflowError):
            pass  # a code that is not sound is made anew
        try:
            pattern, self.fresh[key] = _made(source, int(flags))
        except (AttributeError, TypeError):
            return _compile(source, flags)  # type: ignore[no-any-return]
        return pattern


def prepared() -> bool:
    """Whether codes are installed in this process already, as they are in one that was forked."""
    return VERSION != "" and _compiler.compile is not _compile


def _made(source: str, flags: int) -> "tuple[re.Pattern[str], list[Any]]":
    """The pattern, in the same steps that `re` takes, and all that its last step was given."""
    parsed = _parser.parse(source, flags)
    code = _compiler._code(parsed, flags)
    state = parsed.state
    names = dict(state.groupdict)
    flags |= state.flags
    text = b64encode(array(_WORD[_sre.CODESIZE], code)).decode("ascii")
    return _pattern(source, flags, code, state.groups - 1, names), [flags, text, state.groups - 1, names]


def _revived(source: str, kept: Any) -> "re.Pattern[str]":
    flags, text, groups, names = kept
    code = array(_WORD[_sre.CODESIZE], b64decode(text, validate=True)).tolist()
    return _pattern(source, flags, code, groups, names)


def _pattern(source: str, flags: int, code: list[int], groups: int, names: dict[str, int]) -> "re.Pattern[str]":
    by_number: list[str | None] = [None] * (groups + 1)
    for name, number in names.items():
        by_number[number] = name
    return _sre.compile(source, flags, code, groups, names, tuple(by_number))  # type: ignore[no-any-return]
