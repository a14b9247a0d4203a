"""From configuration files and the command line to `Settings`, each value checked where it was said."""

import os
from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pmlint.engine.config_file import NAMES, ConfigFile, nearest, read_chain
from pmlint.engine.errors import UserError
from pmlint.engine.own_rules import not_taken, read_texts, rule_files, with_own
from pmlint.engine.settings import COMMAND_LINE, Origin, Settings, keys
from pmlint.engine.values import WrongTypeError, read
from pmlint.rules.families import FAMILIES
from pmlint.rules.near import did_you_mean

if TYPE_CHECKING:
    from pmlint.rules.rule import Rule

# Said in several places these add up, since one more rule to leave out takes none of the others back in; any other
# list is replaced by the nearest one, and tables are merged key by key.
_ADDED = frozenset({"ignore", "extend_select", "rule_files"})

_SOURCES = (*NAMES, ".gitignore")

ALL = "all"
"""Selects every rule."""


class Configurations:
    """The settings that hold for each folder: one look at the disk for each folder, one reading of each file."""

    def __init__(
        self,
        rules: Mapping[str, "Rule"],
        overrides: Mapping[str, Any] | None = None,
        *,
        config: Path | None = None,
        isolated: bool = False,
    ) -> None:
        self._rules = rules
        self._overrides = dict(overrides or {})
        self._config = config
        self._isolated = isolated
        self._by_folder: dict[Path, Settings] = {}
        self._by_file: dict[Path | None, Settings] = {}
        self._read: set[Path] = set()

    def sources(self) -> frozenset[Path]:
        """All that the settings and the choice of documents came from, or would have if it were there.

        The folders that were asked for, the configurations above them with their bases and rules, and what git ignores.
        """
        places = {place for folder in self._by_folder for place in (folder, *folder.parents)}
        return frozenset(self._by_folder) | self._read | {place / name for place in places for name in _SOURCES}

    def at(self, folder: Path) -> Settings:
        """The settings for files that lie in `folder`."""
        folder = Path(os.path.abspath(folder))  # noqa: PTH100 - as named: links are not followed
        found = self._by_folder.get(folder)
        if found is None:
            file = self._file(folder)
            found = self._by_file.get(file)
            if found is None:
                found = self._by_file[file] = self._settings(file)
            self._by_folder[folder] = found
        return found

    def _file(self, folder: Path) -> Path | None:
        if self._isolated:
            return None
        return Path(os.path.abspath(self._config)) if self._config else nearest(folder)  # noqa: PTH100

    def _settings(self, file: Path | None) -> Settings:
        chain = read_chain(file) if file else ()
        self._read |= {path for each in chain for path in (each.path, *rule_files(each))}
        return settle(chain, self._overrides, self._rules)


def settle(chain: Iterable[ConfigFile], overrides: Mapping[str, Any], rules: Mapping[str, "Rule"]) -> Settings:
    """The settings that `chain`, the farthest base first, and the command line amount to."""
    chain = tuple(chain)
    texts = read_texts(chain)
    not_taken(rules, texts)
    rules = with_own(rules, texts)
    values: dict[str, Any] = {}
    origins: dict[str, Origin] = {}
    root = Path.cwd()
    for file in chain:
        _take_file(file, rules, values, origins)
        root = file.path.parent
    for field, raw in overrides.items():
        _take_override(field, raw, rules, values, origins)
    return Settings(**values, root=root, origins=origins, rule_texts=texts)


def _take_file(
    file: ConfigFile, rules: Mapping[str, "Rule"], values: dict[str, Any], origins: dict[str, Origin]
) -> None:
    known = keys()
    for name, raw in file.table.items():
        if name == "extend":
            continue
        if name not in known:
            hint = did_you_mean(name, (*known, "extend")) or f"; the keys are {', '.join(('extend', *known))}"
            raise _at(file, [name], f"unknown key '{name}'{hint}")
        key = known[name]
        try:
            value = read(raw, key.type)
        except WrongTypeError as problem:
            hint = did_you_mean(problem.raw, problem.choices) if isinstance(problem.raw, str) else ""
            path = [name, problem.key] if problem.key else [name]
            raise _at(file, path, f"'{'.'.join(path)}': {problem}{hint}") from None
        value = _checked(key.field, value, rules, file)
        _merge(key.field, value, values, origins, file)


def _take_override(
    field: str, raw: Any, rules: Mapping[str, "Rule"], values: dict[str, Any], origins: dict[str, Origin]
) -> None:
    key = keys().get(field.replace("_", "-"))
    if key is None:
        raise UserError(f"there is no setting '{field}'{did_you_mean(field, keys())}")
    try:
        value = read(raw, key.type)
    except WrongTypeError as problem:
        hint = did_you_mean(problem.raw, problem.choices) if isinstance(problem.raw, str) else ""
        whose = f"'{problem.key}': " if problem.key else ""
        raise _at(None, [key.name], f"{whose}{problem}{hint}") from None
    _merge(field, _checked(field, value, rules, None), values, origins, None)


def _merge(field: str, value: Any, values: dict[str, Any], origins: dict[str, Origin], file: ConfigFile | None) -> None:
    name = field.replace("_", "-")

    def origin(path: list[str]) -> Origin:
        return Origin(file.name, file.line(path)) if file else COMMAND_LINE

    if isinstance(value, Mapping):
        merged = dict(values.get(field, {}))
        for key, item in value.items():
            if isinstance(item, Mapping):
                merged[key] = {**merged.get(key, {}), **item}
                for inner in item:
                    origins[f"{name}.{key}.{inner}"] = origin([name, key, inner])
            else:
                merged[key] = item
                origins[f"{name}.{key}"] = origin([name, key])
        values[field] = merged
    elif field in _ADDED:
        values[field] = tuple(dict.fromkeys((*values.get(field, ()), *value)))
        origins[name] = origin([name])
    else:
        values[field] = value
        origins[name] = origin([name])


def _at(file: ConfigFile | None, path: list[str], message: str, word: str | None = None) -> UserError:
    if file is None:
        return UserError(f"--{'level' if path[0] == 'levels' else path[0]}: {message}")
    line = file.line(path, word)
    return UserError(f"{file.name}:{line}: {message}" if line else f"{file.name}: {message}")


# --- words that must be known: rules, families, kinds of sections, layers


def _checked(field: str, value: Any, rules: Mapping[str, "Rule"], file: ConfigFile | None) -> Any:
    """`value`, its names known and its options read as what their rules declare."""
    name = field.replace("_", "-")
    if field in ("select", "extend_select", "ignore"):
        for word in value:
            _selector(word, rules, file, [name])
    elif field == "levels":
        for word in value:
            _selector(word, rules, file, [name, word])
    elif field == "per_file_ignores":
        for pattern, words in value.items():
            for word in words:
                _selector(word, rules, file, [name, pattern])
    elif field == "rules":
        return {rule: _options(rule, given, rules, file) for rule, given in value.items()}
    elif value and field in _MODEL_WORDS:
        return _model_words(field, value, file)
    elif value is not None and field == "min_score" and not 0 <= value <= 100:
        raise _at(file, [name], f"'{name}': expected a number from 0 to 100, found {value}")
    return value


def _selector(word: str, rules: Mapping[str, "Rule"], file: ConfigFile | None, path: list[str]) -> None:
    if word not in rules and word not in FAMILIES and word != ALL:
        hint = did_you_mean(word, (*rules, *FAMILIES))
        raise _at(file, path, f"unknown rule or family '{word}'{hint or '; `pmlint rules` lists them'}", word)


def _options(
    rule: str, given: Mapping[str, Any], rules: Mapping[str, "Rule"], file: ConfigFile | None
) -> Mapping[str, Any]:
    if rule not in rules:
        raise _at(file, ["rules", rule], f"unknown rule '{rule}'{did_you_mean(rule, rules)}")
    options = {option.name.replace("_", "-"): option for option in rules[rule].options}
    read_options = {}
    for name, raw in given.items():
        path = ["rules", rule, name]
        if name not in options:
            known = f"; its options are {', '.join(options)}" if options else "; it has none"
            raise _at(file, path, f"'{rule}' has no option '{name}'{did_you_mean(name, options) or known}")
        try:
            read_options[options[name].name] = read(raw, options[name].type)
        except WrongTypeError as problem:
            raise _at(file, path, f"'{'.'.join(path)}': {problem}") from None
    return read_options


_MODEL_WORDS = {
    "headings": "kind of section",
    "required_sections": "kind of section",
    "layers": "layer",
    "action_statuses": "status of an action item",
}


def _model_words(field: str, value: Any, file: ConfigFile | None) -> Any:
    from pmlint.document.model import ActionStatus, Layer, SectionKind  # slow to import

    kinds: dict[str, type[StrEnum]] = {"layers": Layer, "action_statuses": ActionStatus}
    known = [str(choice) for choice in kinds.get(field, SectionKind)]
    if field == "required_sections":
        known.append("causes")  # the root cause or the contributing factors, whichever a house writes
    name = field.replace("_", "-")
    found = []
    for word in value:
        # the words of the model are written `root_cause`; every other key of the file has hyphens
        plain = word.replace("-", "_")
        if plain not in known:
            hint = did_you_mean(word, known) or f"; known are {', '.join(known)}"
            path = [name, word] if isinstance(value, Mapping) else [name]
            raise _at(file, path, f"unknown {_MODEL_WORDS[field]} '{word}'{hint}", word)
        found.append(plain)
    if isinstance(value, Mapping):
        return dict(zip(found, value.values(), strict=True))
    return tuple(found)
