"""The rules of a house: tables in TOML beside its configuration, in the form of those that ship, and never code."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from pmlint.engine.config_file import ConfigFile, shown
from pmlint.engine.errors import UserError
from pmlint.rules.families import FAMILIES, OPEN
from pmlint.rules.near import did_you_mean

if TYPE_CHECKING:
    from pmlint.rules.rule import Rule

Texts = tuple[tuple[str, str], ...]
"""The rule files of a configuration: as they are shown, and what stands in them."""


def read_texts(chain: tuple[ConfigFile, ...]) -> Texts:
    """The rule files that a configuration and its bases name, each relative to the one that names it."""
    found: dict[str, str] = {}
    for file in chain:
        for path, name in rule_files(file).items():
            try:
                found[shown(path)] = path.read_text(encoding="utf-8-sig")
            except (OSError, UnicodeDecodeError) as problem:
                line = file.line(["rule-files"], name)
                reason = "it is not UTF-8 text" if isinstance(problem, UnicodeDecodeError) else problem.strerror
                raise UserError(f"{file.name}:{line}: cannot read the rules in '{name}': {reason}") from None
    return tuple(found.items())


def rule_files(file: ConfigFile) -> dict[Path, str]:
    """The rule files that one configuration names, each with its name there."""
    names = file.table.get("rule-files", ())
    # what is no path is told where the settings are read
    written = [name for name in (names if isinstance(names, list) else ()) if isinstance(name, str)]
    return {file.path.parent / Path(name).expanduser(): name for name in written}


@cache
def own_rules(texts: Texts) -> Mapping[str, "Rule"]:
    """The rules that these files hold, by name."""
    found: dict[str, Rule] = {}
    for name, text in texts:
        for rule in rules_in(name, text):
            if rule.name in found:
                raise _at(name, text, rule.name, None, "there is another rule of this name")
            found[rule.name] = rule
    return found


def rules_in(name: str, text: str) -> "list[Rule]":
    """The rules that one file holds; `name` is what errors and the rules themselves call it."""
    from pmlint.rules.load import RuleFileError, rule_of  # slow to import

    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise UserError(f"{name}: not valid TOML: {problem}") from None
    rules = []
    for title, table in tables.items():
        own = dict(table) if isinstance(table, dict) else {}
        family = own.pop("family", None)
        try:
            rule = rule_of(title, own if isinstance(table, dict) else table, family=str(family), file=name)
        except RuleFileError as problem:
            raise _at(name, text, problem.table or problem.key or title, problem.key, problem.reason) from None
        if family not in OPEN:
            hint = did_you_mean(str(family), OPEN) or f"; the families are {', '.join(OPEN)}"
            reason = "is missing" if family is None else f"'{family}' is no family that rules can be added to"
            raise _at(name, text, title, "family", reason + hint)
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", title):
            raise _at(name, text, title, None, "a rule is named in lower case with hyphens, after the fault it reports")
        if title in (*FAMILIES, "all"):
            raise _at(name, text, title, None, "a family has this name; choose another")
        try:
            re.compile(own.get("pattern", ""))
        except re.error as problem:
            raise _at(name, text, title, "pattern", f"is no regular expression: {problem}") from None
        rules.append(replace(rule, origin=name))
    return rules


def _at(name: str, text: str, rule: str, key: str | None, reason: str) -> UserError:
    line = ConfigFile(Path(name), text, {}, ()).line([rule] if key in (None, rule) else [rule, str(key)])
    where = f"[{rule}]" if key in (None, rule) else f"[{rule}] {key}"
    return UserError(f"{name}{f':{line}' if line else ''}: {where}: {reason}")


def with_own(rules: Mapping[str, "Rule"], texts: Texts) -> Mapping[str, "Rule"]:
    """All rules, those of the house among them."""
    return {**rules, **own_rules(texts)} if texts else rules


def not_taken(rules: Mapping[str, "Rule"], texts: Texts) -> None:
    """`UserError` where a rule of the house has the name of one of `rules`."""
    for name, text in texts:
        for title in tomllib.loads(text) if own_rules(texts) else ():
            if title in rules:
                origin = rules[title].origin
                where = f"is in the installed package '{origin}'" if origin else "ships with pmlint"
                raise _at(name, text, title, None, f"a rule of this name {where}; choose another")
