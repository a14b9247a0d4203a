"""Rules of installed packages, which name them by entry points of the group `pmlint.rules`.

Which packages do is asked in every run, so it is answered without `importlib.metadata`, whose import alone takes longer
than most runs; that is left to the runs which load the rules.
"""

import os
import sys
import traceback
from collections.abc import Iterator
from importlib.util import find_spec
from types import ModuleType
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

    from pmlint.rules.rule import Rule

GROUP = "pmlint.rules"
_METADATA = (".dist-info", ".egg-info")


class PackageError(Exception):
    """An installed package whose rules cannot be used: which, why, and what to do about it."""

    def __init__(self, package: str, reason: str) -> None:
        name = package.partition(" ")[0]
        super().__init__(
            f"the rules of the installed package '{package}' cannot be used: {reason}; update the package, or take it "
            f"out with `pip uninstall {name}`"
        )


class Found(Struct, frozen=True):
    """A package with rules: the folder of its metadata, and the file or folder of each module that it names."""

    metadata: str
    places: tuple[str, ...]


def packages() -> tuple[Found, ...]:
    """The installed packages that name rules; nothing of them is imported."""
    return tuple(Found(folder, tuple(_places(text))) for folder, text in _named())


def _named() -> Iterator[tuple[str, str]]:
    """The metadata folder of each package that has entry points of the group, and the text of its entry points."""
    seen = set()
    here = os.path.realpath("")
    for place in sys.path:
        # what lies in the working folder was not installed: it may have come with the documents
        if os.path.realpath(place) == here:
            continue
        for folder in _metadata_folders(place):
            name = os.path.basename(folder).partition("-")[0].lower()  # noqa: PTH119 - strings as they are
            text = _entry_points(folder)
            if text is not None and name not in seen:
                seen.add(name)
                yield folder, text


def _metadata_folders(place: str) -> list[str]:
    try:
        with os.scandir(place) as entries:
            return sorted(entry.path for entry in entries if entry.name.endswith(_METADATA))
    except OSError:  # no folder: an archive, or what is not there
        return []


def _entry_points(folder: str) -> str | None:
    try:
        with open(os.path.join(folder, "entry_points.txt"), encoding="utf-8") as file:  # noqa: PTH118, PTH123
            text = file.read()
    except (OSError, UnicodeDecodeError):
        return None
    return text if f"[{GROUP}]" in text else None


def _places(text: str) -> Iterator[str]:
    """Where the modules lie that stand in the section of the group."""
    section = ""
    for line in map(str.strip, text.splitlines()):
        if line.startswith("["):
            section = line.strip("[]")
        elif section == GROUP and "=" in line:
            place = _place(line.partition("=")[2].partition(":")[0].strip())
            if place is not None:
                yield place


def _place(module: str) -> str | None:
    """The folder of the package that holds a module, as far as it can be told without importing; or its only file."""
    top, *inner = module.split(".")
    try:
        spec = find_spec(top)
    except (ImportError, ValueError):
        return None
    if spec is None:
        return None
    folder = next(iter(spec.submodule_search_locations or ()), None)
    for name in inner:
        below = folder and os.path.join(folder, name)  # noqa: PTH118
        if not below or not os.path.isdir(below):  # noqa: PTH112
            break
        folder = below
    return folder or spec.origin


def installed() -> "Iterator[Rule]":
    """The rules of all installed packages; `PackageError` where some cannot be used."""
    for found in packages():
        from importlib.metadata import Distribution, PackageNotFoundError  # slow to import

        try:
            distribution = Distribution.at(found.metadata)
            package = f"{distribution.name} {distribution.version}"
            points = distribution.entry_points.select(group=GROUP)
        except (PackageNotFoundError, KeyError, TypeError, ValueError) as problem:
            raise PackageError(os.path.basename(found.metadata), f"its metadata are damaged: {problem}") from None  # noqa: PTH119
        for point in points:
            yield from _loaded(point, package)


def _loaded(point: "EntryPoint", package: str) -> "Iterator[Rule]":
    try:
        value = point.load()
    except (Exception, SystemExit) as problem:
        raise PackageError(package, f"'{point.value}' cannot be imported: {_told(problem)}") from problem
    rules = {id(rule): rule for rule in _rules_of(value, depth=2)}
    if not rules:
        raise PackageError(package, f"'{point.value}' holds no rules")
    for rule in rules.values():
        yield replace(rule, origin=package)


def _rules_of(value: Any, *, depth: int) -> "Iterator[Rule]":
    """The rules that a module holds, by themselves or in tuples and lists."""
    from pmlint.rules.rule import Rule

    if isinstance(value, Rule):
        yield value
    elif depth and isinstance(value, ModuleType):
        for each in vars(value).values():
            if not isinstance(each, ModuleType):
                yield from _rules_of(each, depth=1)
    elif depth and isinstance(value, tuple | list):
        for each in value:
            yield from _rules_of(each, depth=0)


def _told(problem: BaseException) -> str:
    """The exception, and the line of the package that raised it."""
    frames = traceback.extract_tb(problem.__traceback__)
    last = frames[-1] if frames else None
    hidden = last is None or "importlib" in last.filename or last.filename == __file__
    place = "" if hidden or last is None else f" ({last.filename}:{last.lineno})"
    return f"{type(problem).__name__}: {problem}{place}"
