"""Values from a configuration or the command line, read as the type that is declared for them."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import IntEnum
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin


class WrongTypeError(ValueError):
    """A value that is not what was declared; `choices` are the words that would have been right."""

    def __init__(self, expected: str, raw: object, choices: tuple[str, ...] = (), key: str = "") -> None:
        super().__init__(f"expected {expected}, found {show(raw)}")
        self.expected = expected
        self.raw = raw
        self.choices = choices
        self.key = key
        """Where in a table the value stands."""


def read(raw: object, kind: Any) -> Any:
    """`raw`, as TOML or the command line gives it, as a `kind`."""
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return _optional(raw, kind)
    if origin is Literal:
        return _choice(raw, get_args(kind))
    if origin is tuple or origin is frozenset:
        return _several(raw, kind)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _table(raw, kind)
    return _single(raw, kind)


def describe(kind: Any) -> str:
    """What a value of this type is, in words."""
    origin, inside = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return " or ".join(describe(part) for part in inside if part is not NoneType)
    if origin is Literal:
        return _one_of(inside)
    if origin is tuple or origin is frozenset:
        return "a list of strings" if inside[0] is str else f"a list, each {describe(inside[0])}"
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return f"a table whose values are each {describe(inside[1])}"
    if isinstance(kind, type) and issubclass(kind, IntEnum):
        return _one_of(tuple(str(choice) for choice in kind))
    return _PLAIN.get(kind, "a value")


def show(value: object) -> str:
    """A value as TOML writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, IntEnum | date):
        return f'"{value}"'
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        return f'"{escaped}"'
    if isinstance(value, Mapping):
        inside = ", ".join(f"{show_key(key)} = {show(item)}" for key, item in value.items())
        return f"{{ {inside} }}" if inside else "{}"
    if isinstance(value, tuple | list):
        return f"[{', '.join(show(item) for item in value)}]"
    if isinstance(value, frozenset):
        return show(sorted(value))
    return str(value)


_PLAIN = {
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    str: "a string",
    date: "a date as 2026-01-31",
}


def show_key(key: object) -> str:
    """A key as TOML writes it."""
    text = str(key)
    return text if text.replace("-", "").replace("_", "").isalnum() and text.isascii() else show(text)


def _one_of(choices: tuple[object, ...]) -> str:
    return f"one of {', '.join(str(choice) for choice in choices)}"


def _optional(raw: object, kind: Any) -> Any:
    if raw is None and NoneType in get_args(kind):
        return None
    for part in get_args(kind):
        if part is NoneType:
            continue
        try:
            return read(raw, part)
        except WrongTypeError:
            continue
    choices = tuple(str(choice) for part in get_args(kind) for choice in get_args(part))
    raise WrongTypeError(describe(kind), raw, choices)


def _choice(raw: object, choices: tuple[object, ...]) -> object:
    if raw in choices and not isinstance(raw, bool):
        return raw
    raise WrongTypeError(_one_of(choices), raw, tuple(str(choice) for choice in choices))


def _several(raw: object, kind: Any) -> Any:
    if not isinstance(raw, list | tuple):
        raise WrongTypeError(describe(kind), raw)
    make = get_origin(kind)
    return make(read(item, get_args(kind)[0]) for item in raw)


def _table(raw: object, kind: Any) -> Mapping[str, Any]:
    if not isinstance(raw, Mapping):
        raise WrongTypeError(describe(kind), raw)
    name, inner = get_args(kind)
    table = {}
    for key, item in raw.items():
        if get_origin(name) is Literal:
            _choice(key, get_args(name))
        try:
            table[str(key)] = read(item, inner)
        except WrongTypeError as problem:
            raise WrongTypeError(problem.expected, problem.raw, problem.choices, str(key)) from None
    return table


def _single(raw: object, kind: Any) -> Any:
    if kind is Any:
        return raw
    if isinstance(kind, type) and issubclass(kind, IntEnum):
        names = {str(choice): choice for choice in kind}
        if isinstance(raw, str) and raw.lower() in names:
            return names[raw.lower()]
        raise WrongTypeError(describe(kind), raw, tuple(names))
    if kind is date:
        return _date(raw)
    if kind is float and isinstance(raw, int | float) and not isinstance(raw, bool):
        return float(raw)
    if type(raw) is kind:
        return raw
    raise WrongTypeError(describe(kind), raw)


def _date(raw: object) -> date:
    if isinstance(raw, date) and not isinstance(raw, datetime):
        return raw
    if isinstance(raw, str):
        try:
            return date.fromisoformat(raw)
        except ValueError:
            pass
    raise WrongTypeError(describe(date), raw)
