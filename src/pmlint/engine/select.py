"""Which rules run on a document, and at which level."""

import os
from collections.abc import Collection, Mapping
from fnmatch import translate
from functools import cache
from pathlib import Path, PurePosixPath
from re import Pattern
from re import compile as compile_pattern
from typing import TYPE_CHECKING

from pmlint.engine.configure import ALL
from pmlint.engine.profiles import Profile
from pmlint.engine.settings import Settings
from pmlint.rules.problem import Level

if TYPE_CHECKING:
    from pmlint.rules.rule import Rule

TOOL = "tool"
"""The family about the file and the run themselves; it is left out by name only, never by selecting other rules."""


def levels(rules: Mapping[str, "Rule"], profile: Profile, settings: Settings, path: str = "") -> dict[str, Level]:
    """The level of each rule that runs on the document at `path`.

    Where selections meet, the narrower one wins: a rule's name before its family before `all`. Between two of the same
    width, leaving out wins.
    """
    left_out = (*settings.ignore, *_ignored_at(path, settings))
    if not (left_out or settings.levels or settings.select or settings.extend_select):  # as for most houses
        return {rule.name: level for rule in rules.values() if (level := profile.level(rule))}
    found = {}
    for rule in rules.values():
        level = _level(rule, profile, settings)
        if settings.levels.get(rule.name) is Level.OFF:
            continue
        chosen = max(_width(rule, settings.select), _width(rule, settings.extend_select))
        if chosen > 0:
            level = level or Level.WARNING
        elif settings.select and rule.family != TOOL:
            level = Level.OFF
        if level and _width(rule, left_out) < max(chosen, 1):
            found[rule.name] = level
    return found


def _level(rule: "Rule", profile: Profile, settings: Settings) -> Level:
    """The rule's level before anything is selected: by its own name, else by its family, else by the profile."""
    named = settings.levels.get(rule.name)
    if named is not None:
        return named
    level = profile.level(rule)
    # A level for a family says how much its rules matter, not that those which are off by default should speak.
    family = settings.levels.get(rule.family, settings.levels.get(ALL))
    return family if family is not None and level else level


def _width(rule: "Rule", words: Collection[str]) -> int:
    """How closely `words` name the rule: 3 by name, 2 by family, 1 as one of all, 0 not at all."""
    return 3 if rule.name in words else 2 if rule.family in words else 1 if ALL in words else 0


def _ignored_at(path: str, settings: Settings) -> tuple[str, ...]:
    if not settings.per_file_ignores or not path:
        return ()
    places = {path, _from_root(path, settings)}
    return tuple(
        word
        for pattern, words in settings.per_file_ignores.items()
        if any(_matches(place, pattern) for place in places)
        for word in words
    )


def _from_root(path: str, settings: Settings) -> str:
    """The path as the configuration knows it: a pattern of it holds from whatever folder the command is run."""
    absolute = os.path.abspath(path)  # noqa: PTH100 - as named: links are not followed
    root = os.path.abspath(settings.root)  # noqa: PTH100
    return Path(os.path.relpath(absolute, root)).as_posix() if absolute.startswith(root) else path


def _matches(path: str, pattern: str) -> bool:
    """Whether a pattern matches the whole path, its name, or a folder above it."""
    whole = PurePosixPath(path)
    below = [str(PurePosixPath(*whole.parts[start:])) for start in range(len(whole.parts))]
    if pattern.endswith("/"):
        return any(_compiled(f"{pattern.rstrip('/')}/*").match(part) for part in below)
    return any(_compiled(pattern).match(part) for part in below)


@cache
def _compiled(pattern: str) -> Pattern[str]:
    return compile_pattern(translate(pattern))
