"""Rule files: TOML tables, closed and typed, that become the same `Rule` as a function does."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct, structs

from pmlint.document.model import Kind
from pmlint.document.words import read_tables
from pmlint.rules.kinds import KINDS, BadValueError
from pmlint.rules.near import did_you_mean
from pmlint.rules.problem import Confidence, Level
from pmlint.rules.rule import Example, Rule

T = TypeVar("T")

_LEVELS = {str(level): level for level in Level}
_CONFIDENCES = {str(confidence): confidence for confidence in Confidence}
_DOCUMENTS = {kind.value: kind for kind in Kind}

# What every table may say, whatever its kind; those without a default must be said.
_COMMON: dict[str, type] = {
    "kind": str,
    "level": str,
    "confidence": str,
    "summary": str,
    "why": str,
    "help": str,
    "since": str,
    "sources": list,
    "good": list,
    "bad": list,
    "documents": list,
    "english": bool,
    "templates": bool,
}
_REQUIRED = ("kind", "level", "summary", "why", "help", "good", "bad")
_NAMES = {str: "a string", bool: "true or false", list: "a list of strings", int: "a whole number"}


class RuleFileError(Exception):
    """A rule file that cannot be used: which file, which table, which key, and what would be right."""

    def __init__(self, file: Path | str, table: str | None, key: str | None, reason: str) -> None:
        where = f"{file}" + (f": [{table}]" if table else "") + (f" {key}" if key else "")
        super().__init__(f"{where}: {reason}")
        self.file = str(file)
        self.table = table
        self.key = key
        self.reason = reason


def read_rules(path: Path, *, family: str | None = None) -> tuple[Rule, ...]:
    """The rules of one file, in its order; its name is their family."""
    try:
        tables = read_tables(path)
    except (OSError, ValueError) as problem:  # no UTF-8 and no TOML are both values that are wrong
        raise RuleFileError(path, None, None, str(problem)) from None
    return tuple(rule_of(name, table, family=family or path.stem, file=path) for name, table in tables.items())


def rule_of(name: str, table: Any, *, family: str, file: Path | str) -> Rule:
    """The rule that one table describes."""
    if not isinstance(table, Mapping):
        raise RuleFileError(file, None, name, "is no table; a rule is `[name]` followed by its keys")
    try:
        return _rule(name, table, family)
    except BadValueError as problem:
        raise RuleFileError(file, name, problem.key, str(problem) + _near(problem)) from None


def _rule(name: str, table: Mapping[str, Any], family: str) -> Rule:
    kind = KINDS[_choice(table, "kind", {kind: kind for kind in KINDS})]
    specific = _fields(kind)
    for key, value in table.items():
        if key not in _COMMON and key not in specific:
            known = frozenset(_COMMON) | frozenset(specific)
            raise BadValueError(key, f"is not known to a rule of kind {table['kind']}", known)
        _typed(key, value, _COMMON.get(key) or _type(specific[key]))
    missing = [key for key in (*_REQUIRED, *_needed(kind)) if not table.get(key)]
    if missing:
        raise BadValueError(missing[0], "is missing or empty")
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in table.items() if key in specific
    }
    body = kind(**values)
    return Rule(
        name=name,
        family=family,
        level=_choice(table, "level", _LEVELS),
        confidence=_choice(table, "confidence", _CONFIDENCES, "high"),
        summary=" ".join(table["summary"].split()),
        why=table["why"].strip(),
        help=" ".join(table["help"].split()),
        sources=tuple(table.get("sources", ())),
        good=tuple(Example(text) for text in table["good"]),
        bad=tuple(Example(text) for text in table["bad"]),
        check=body.check,
        options=kind.options,
        context=getattr(body, "context", frozenset()),
        kinds=frozenset(_choices(table, "documents", _DOCUMENTS, Kind.POSTMORTEM)),
        needs=frozenset({"english"} if table.get("english") else ()),
        templates=table.get("templates", False),
        since=table.get("since", "0.1"),
    )


@cache
def _fields(kind: type[Struct]) -> dict[str, structs.FieldInfo]:
    return {field.name: field for field in structs.fields(kind)}


def _type(field: structs.FieldInfo) -> type:
    return list if field.type == tuple[str, ...] else field.type


def _needed(kind: type[Struct]) -> list[str]:
    return [field.name for field in _fields(kind).values() if field.required]


def _typed(key: str, value: object, wanted: type) -> None:
    right = type(value) is wanted
    if right and isinstance(value, list):
        right = all(isinstance(item, str) for item in value)
    if not right:
        raise BadValueError(key, f"should be {_NAMES[wanted]}, is {value!r}")


def _choice(table: Mapping[str, Any], key: str, choices: Mapping[str, T], default: str | None = None) -> T:
    value = table.get(key, default)
    if value not in choices:
        reason = "is missing" if value is None else f"{value!r} is none of {', '.join(choices)}"
        raise BadValueError(key, reason, frozenset(choices) if value else frozenset())
    return choices[value]


def _choices(table: Mapping[str, Any], key: str, choices: Mapping[str, T], default: T) -> list[T]:
    values = table.get(key)
    if values is None:
        return [default]
    return [_choice({key: value}, key, choices) for value in values]


def _near(problem: BadValueError) -> str:
    said = str(problem).partition("`")[2].partition("`")[0] or problem.key
    return did_you_mean(said, problem.choices) if problem.choices else ""
