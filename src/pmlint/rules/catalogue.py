"""All rules, written in Python or as data, that ship or that installed packages bring, in one ordered mapping."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType

import pmlint.rules
from pmlint.document.words import rules_folder
from pmlint.rules.families import FAMILIES, OPEN
from pmlint.rules.installed import PackageError, installed
from pmlint.rules.load import RuleFileError, read_rules
from pmlint.rules.rule import Rule

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@cache
def catalogue() -> Mapping[str, Rule]:
    """Every rule by its name, ordered by family and name: those that ship, and those of installed packages."""
    found = dict(shipped())
    for rule in installed():
        _admit(rule, found)
        found[rule.name] = rule
    return MappingProxyType(_ordered(found))


@cache
def shipped() -> Mapping[str, Rule]:
    """The rules that ship, in the same order."""
    return MappingProxyType(collect((*_coded(), *_written())))


def _admit(rule: Rule, found: Mapping[str, Rule]) -> None:
    """`PackageError` where a rule of an installed package cannot stand beside those in `found`."""
    if rule.name in found:
        other = found[rule.name].origin
        where = f"is in the installed package '{other}' too" if other else "ships with pmlint"
        raise PackageError(rule.origin, f"a rule named '{rule.name}' {where}")
    if rule.family not in OPEN:
        reason = f"is in the family '{rule.family}'; the families that rules can be added to are {', '.join(OPEN)}"
        raise PackageError(rule.origin, f"the rule '{rule.name}' {reason}")
    for key, reason in faults(rule):
        raise PackageError(rule.origin, f"the rule '{rule.name}' {f'{key} ' if key else ''}{reason}")


def collect(rules: Iterable[tuple[str, Rule]]) -> dict[str, Rule]:
    """An ordered mapping of `rules`, each given with the file it comes from; a fault in any is an error."""
    origin: dict[str, str] = {}
    found: dict[str, Rule] = {}
    for file, rule in rules:
        if found.get(rule.name) is rule:
            continue
        if rule.name in found:
            raise RuleFileError(file, rule.name, None, f"is defined in {origin[rule.name]} already")
        for key, reason in faults(rule):
            raise RuleFileError(file, rule.name, key, reason)
        found[rule.name], origin[rule.name] = rule, file
    return _ordered(found)


def _ordered(rules: Mapping[str, Rule]) -> dict[str, Rule]:
    return dict(sorted(rules.items(), key=lambda item: (FAMILIES.index(item[1].family), item[0])))


def faults(rule: Rule) -> Iterator[tuple[str | None, str]]:
    """What keeps a rule from being one, each with the key that it is about."""
    if not _NAME.fullmatch(rule.name):
        yield None, "should be named in lower case with hyphens, after the fault it reports"
    if rule.name in (*FAMILIES, "all"):
        yield None, "has the name of a family, and could not be told from it"
    if rule.family not in FAMILIES:
        yield None, f"`{rule.family}` is no family; the families are {', '.join(FAMILIES)}"
    for key in ("good", "bad", "summary", "why", "help"):
        if not getattr(rule, key):
            yield key, "is missing; a rule explains itself and proves itself by its examples"


def _coded() -> Iterator[tuple[str, Rule]]:
    # A family is a module of its name; a large one is several, as `structure_dates`.
    for module in iter_modules(pmlint.rules.__path__):
        if module.name.partition("_")[0] in FAMILIES:
            loaded = import_module(f"pmlint.rules.{module.name}")
            for value in vars(loaded).values():
                if isinstance(value, Rule):
                    yield str(loaded.__file__), value


def _written() -> Iterator[tuple[str, Rule]]:
    for file in sorted(rules_folder().glob("*.toml")):
        for rule in read_rules(file):
            yield str(file), rule
