"""From what the user names to the files to check, and from a file to its text."""

import glob
import os
import stat
import sys
from collections.abc import Iterator, Sequence
from fnmatch import translate
from functools import cache
from pathlib import Path
from re import IGNORECASE, Pattern
from re import compile as compile_pattern

from msgspec import Struct
from msgspec.structs import replace

from pmlint.engine.configure import Configurations
from pmlint.engine.errors import UserError
from pmlint.engine.ignored import Ignored, matches
from pmlint.engine.settings import Settings

STDIN = "-"
STDIN_NAME = "<stdin>"

_NEVER = frozenset(
    {
        ".git",
        ".hg",
        ".svn",
        ".venv",
        "venv",
        "node_modules",
        "__pycache__",
        ".tox",
        ".nox",
        ".mypy_cache",
        ".pytest_cache",
        ".ruff_cache",
        "site-packages",
    }
)
"""Folders of other programs, where no house keeps its postmortems."""


class Target(Struct, frozen=True):
    """One file to check, and by which settings."""

    path: str
    """As it is opened; `-` for the standard input."""
    name: str
    """As it is shown: the path as the user gave it, with forward slashes."""
    settings: Settings
    data: bytes | None = None
    """What it holds, where that was read already, as the standard input can be only once."""


class Targets(Struct, frozen=True):
    """What is to be checked, sorted by name, and what the user should know about the choice."""

    files: tuple[Target, ...]
    warnings: tuple[str, ...] = ()


def targets(
    paths: Sequence[str],
    configurations: Configurations,
    *,
    stdin_filename: str | None = None,
    stdin: bytes | None = None,
) -> Targets:
    """The files that `paths` mean: files, folders, globs, and `-`, which holds `stdin` where that was read already.

    A file that is named is checked whatever its name; in a folder the patterns of `include` choose.
    """
    found: dict[str, Target] = {}
    warnings: list[str] = []
    for path in paths:
        matched = 0
        for target in _expand(path, configurations, stdin_filename):
            matched += 1
            key = target.path if target.path == STDIN else os.path.abspath(target.path)  # noqa: PTH100
            found.setdefault(key, replace(target, data=stdin) if target.path == STDIN else target)
        if not matched:
            warnings.append(_nothing(path, configurations))
    return Targets(tuple(sorted(found.values(), key=lambda target: target.name)), tuple(warnings))


def _expand(path: str, configurations: Configurations, stdin_filename: str | None) -> Iterator[Target]:
    if path == STDIN:
        yield from _stdin(configurations, stdin_filename)
    elif os.path.isdir(path):  # noqa: PTH112 - a name is a string until it is opened
        yield from _below(os.path.normpath(path), configurations)
    elif os.path.lexists(path):
        yield from _named(path, configurations)
    elif glob.has_magic(path):
        for match in sorted(glob.glob(path, recursive=True)):  # noqa: PTH207 - relative names stay as written
            if not os.path.isdir(match):  # noqa: PTH112
                yield from _named(match, configurations)
            elif "**" not in path:
                yield from _below(os.path.normpath(match), configurations)
    else:
        raise UserError(f"there is no file or folder '{path}'")


def _stdin(configurations: Configurations, filename: str | None) -> Iterator[Target]:
    if filename is None:
        yield Target(STDIN, STDIN_NAME, configurations.at(Path()))
        return
    for target in _named(filename, configurations):
        yield Target(STDIN, target.name, target.settings)


def _named(path: str, configurations: Configurations) -> Iterator[Target]:
    normal = os.path.normpath(path)
    settings = configurations.at(Path(normal).parent)
    if settings.force_exclude and matches(settings, Path(normal)):
        return
    yield Target(normal, Path(normal).as_posix(), settings)


def _below(folder: str, configurations: Configurations) -> Iterator[Target]:
    # Links to folders are not followed, so the walk ends.
    yield from _walk(folder, Ignored.above(Path(folder)), configurations)


def _walk(folder: str, ignored: Ignored, configurations: Configurations) -> Iterator[Target]:
    here = Path(folder)
    settings = configurations.at(here)
    ignored = ignored.entering(here)
    try:
        with os.scandir(folder) as scan:
            entries = sorted(scan, key=lambda entry: entry.name)
    except PermissionError:
        # What cannot be looked at is reported as a file that cannot be read, and never passed over.
        yield Target(str(here), here.as_posix(), settings)
        return
    except OSError:
        return
    for entry in entries:
        path = here / entry.name
        if entry.is_dir(follow_symlinks=False):
            passed = entry.name in _NEVER or ignored.ignores(path, folder=True)
            if not passed and not matches(settings, path, folder=True):
                yield from _walk(os.path.normpath(path), ignored, configurations)
        elif is_included(settings, path) and not (
            _holds_no_text(entry) or ignored.ignores(path) or matches(settings, path)
        ):
            yield Target(str(path), path.as_posix(), settings)


def _holds_no_text(entry: "os.DirEntry[str]") -> bool:
    """Whether it is a pipe, a socket or the like, which may never come to an end, or leads to one or to a folder."""
    if entry.is_file(follow_symlinks=False):
        return False
    try:
        return not stat.S_ISREG(entry.stat().st_mode)
    except OSError:  # a link that leads nowhere is told when it is opened
        return False


def is_included(settings: Settings, path: Path) -> bool:
    """Whether a file of this name is taken for a document where it is found in a folder."""
    if _included(settings.include).fullmatch(path.name):
        return True
    patterns = tuple(pattern for pattern in settings.include if "/" in pattern)
    return bool(patterns) and matches(settings, path, patterns=patterns)


@cache
def _included(patterns: tuple[str, ...]) -> Pattern[str]:
    names = [pattern for pattern in patterns if "/" not in pattern]
    return compile_pattern("|".join(translate(name) for name in names) or r"(?!)", IGNORECASE)


def _nothing(path: str, configurations: Configurations) -> str:
    """Why `path` came to nothing, as far as it can be told."""
    if path == STDIN or (os.path.lexists(path) and not os.path.isdir(path)):  # noqa: PTH112
        return f"'{path}' is excluded by the configuration, so it was not checked"
    if not os.path.isdir(path):  # noqa: PTH112
        return f"no file matches '{path}', so nothing was checked there"
    settings = configurations.at(Path(path))
    patterns = " ".join(settings.include)
    return (
        f"no document was found in '{path}': no file there matches {patterns}, "
        "or all that do are excluded or ignored by git"
    )


# --- reading


class UnreadableError(Exception):
    """A file whose text cannot be had; the message says why."""


def read(path: str, megabytes: float) -> bytes:
    """What a file holds."""
    limit = int(megabytes * 1_000_000)
    try:
        with open(path, "rb") as stream:  # noqa: PTH123
            size = os.fstat(stream.fileno())
            if stat.S_ISREG(size.st_mode) and size.st_size > limit:
                raise UnreadableError(_too_large(size.st_size, megabytes))
            return stream.read(limit + 1)
    except OSError as problem:
        raise UnreadableError(f"the file cannot be opened: {problem.strerror or problem}") from None


def text_of(target: Target) -> tuple[bytes, str]:
    """What a target holds, and the text that it stands for."""
    megabytes = target.settings.max_megabytes
    data = target.data
    if data is None:
        data = sys.stdin.buffer.read() if target.path == STDIN else read(target.path, megabytes)
    return data, decode(data, megabytes)


def decode(data: bytes, megabytes: float) -> str:
    """The text that UTF-8 `data` stand for."""
    if len(data) > megabytes * 1_000_000:
        raise UnreadableError(_too_large(len(data), megabytes))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as problem:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise UnreadableError("the file is UTF-16 and not UTF-8 text") from None
        line = data.count(b"\n", 0, problem.start) + 1
        raise UnreadableError(
            f"the file is not UTF-8 text: byte 0x{data[problem.start]:02x} on line {line} is no part of any character"
        ) from None


def _too_large(size: int, megabytes: float) -> str:
    return f"the file has {max(size / 1_000_000, 0.1):.1f} MB, more than the limit of {megabytes:g} MB"
