"""The JSON schema of a configuration file, made from the fields of `Settings` and the options of the rules."""

from collections.abc import Mapping
from datetime import date
from enum import IntEnum
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin

from pmlint.engine.settings import Settings, keys
from pmlint.engine.values import show

if TYPE_CHECKING:
    from pmlint.rules.rule import Rule

_PLAIN: dict[Any, dict[str, Any]] = {
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    str: {"type": "string"},
    date: {"type": "string", "format": "date"},
}


def config_schema(rules: "Mapping[str, Rule]") -> dict[str, Any]:
    """JSON Schema, draft 2020-12, of `pmlint.toml` and of `[tool.pmlint]`; unknown keys are errors, as in a run."""
    defaults = Settings()
    properties = {
        key.name: {"description": key.help, **_of(key.type), **_default(getattr(defaults, key.field))}
        for key in keys().values()
    }
    properties["rules"] = {**properties["rules"], **_rules(rules)}
    properties["extend"] = {
        "description": "another configuration that this one adds to",
        "type": "string",
        "minLength": 1,
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "configuration of pmlint",
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }


def _rules(rules: "Mapping[str, Rule]") -> dict[str, Any]:
    """A table for each rule that has options; others stand for rules of one's own, which no schema knows."""
    return {
        "properties": {
            rule.name: {
                "type": "object",
                "description": rule.summary,
                "properties": {
                    option.name.replace("_", "-"): {
                        "description": option.help,
                        **_of(option.type),
                        **_default(option.default),
                    }
                    for option in rule.options
                },
                "additionalProperties": False,
            }
            for rule in rules.values()
        },
        "additionalProperties": {"type": "object"},
    }


def _of(kind: Any) -> dict[str, Any]:
    """The schema of a value of this type."""
    origin, inside = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        several = [_of(part) for part in inside if part is not NoneType]
        return several[0] if len(several) == 1 else {"anyOf": several}
    if origin is Literal:
        return {"enum": list(inside)}
    if origin in (tuple, frozenset):
        return {"type": "array", "items": _of(inside[0])}
    if isinstance(origin, type) and issubclass(origin, Mapping):
        names = {"propertyNames": _of(inside[0])} if get_origin(inside[0]) is Literal else {}
        return {"type": "object", **names, "additionalProperties": _of(inside[1])}
    if isinstance(kind, type) and issubclass(kind, IntEnum):
        return {"enum": [str(choice) for choice in kind]}
    return dict(_PLAIN.get(kind, {}))


def _default(value: Any) -> dict[str, Any]:
    if value is None or isinstance(value, Mapping):
        return {}
    if isinstance(value, tuple | frozenset | list):
        return {"default": sorted(value) if isinstance(value, frozenset) else list(value)}
    return {"default": value if isinstance(value, bool | float | str) or type(value) is int else show(value).strip('"')}
