"""Which files git and the configuration pass over."""

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from pmlint.engine.settings import Settings

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


class Ignored(Struct, frozen=True):
    """The `.gitignore` files that hold for a folder, the outermost first."""

    specs: tuple[tuple[Path, "GitIgnoreSpec"], ...] = ()

    @classmethod
    def above(cls, folder: Path) -> "Ignored":
        """What the folders above say, up to the root of the repository.

        None of it counts for a folder that is itself ignored: whoever names it wants it checked.
        """
        absolute = _absolute(folder)
        parents = []
        if not (absolute / ".git").exists():
            for parent in absolute.parents:
                parents.append(parent)
                if (parent / ".git").exists():
                    break
            else:
                return cls()
        found = cls()
        for parent in reversed(parents):
            found = found.entering(parent)
        return cls() if any(found.ignores(step, folder=True) for step in (absolute, *parents)) else found

    def entering(self, folder: Path) -> "Ignored":
        """With the `.gitignore` of `folder`, where it has one."""
        file = folder / ".gitignore"
        try:
            lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            return self
        return Ignored((*self.specs, (_absolute(folder), _spec(tuple(lines)))))

    def ignores(self, path: Path, *, folder: bool = False) -> bool:
        """Whether git passes `path` over; the nearest file that says anything about it decides."""
        if not self.specs:
            return False
        absolute = _absolute(path)
        for base, spec in reversed(self.specs):
            if not absolute.is_relative_to(base) or absolute == base:
                continue
            relative = absolute.relative_to(base).as_posix()
            decided = spec.check_file(f"{relative}/" if folder else relative).include
            if decided is not None:
                return decided
        return False


def matches(settings: Settings, path: Path, *, folder: bool = False, patterns: tuple[str, ...] | None = None) -> bool:
    """Whether `path` matches `patterns`, else those of `exclude`, which are relative to the configuration."""
    patterns = settings.exclude if patterns is None else patterns
    if not patterns:
        return False
    absolute = _absolute(path)
    root = _absolute(settings.root)
    relative = absolute.relative_to(root) if absolute.is_relative_to(root) else Path(absolute.name)
    text = relative.as_posix()
    return _spec(patterns).match_file(f"{text}/" if folder else text)


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100 - as named: links are not followed


@cache
def _spec(lines: tuple[str, ...]) -> "GitIgnoreSpec":
    from pathspec import GitIgnoreSpec  # most runs need none

    return GitIgnoreSpec.from_lines(lines)
