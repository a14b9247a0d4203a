"""Knows when documents, folders or configurations change, by asking the disk again and again.

A look at a thousand files takes a few milliseconds, needs nothing of the system, and works where no system tells of
changes: in containers and on other machines' disks.
"""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from pmlint.engine.configure import Configurations
from pmlint.engine.files import targets
from pmlint.engine.narrow import baseline_of

Stamp = tuple[int, int, int] | None
"""When it was changed, how large it is and which file it is; None where there is none."""


class Watch:
    """What a check of `paths` depends on, as it was when this was made: before the check, so that nothing is missed."""

    def __init__(self, paths: Sequence[str], configurations: Configurations, baseline: Path | None = None) -> None:
        files = targets(paths, configurations).files
        self.documents = len(files)
        wanted = {Path(target.path) for target in files} | {Path(target.path).parent for target in files}
        baselines = {baseline or baseline_of(target.settings) for target in files} - {None}
        self._paths = sorted(map(str, {*wanted, *configurations.sources(), *baselines}))
        self._stamps = self._look()

    def wait(self, pause: Callable[[], None]) -> None:
        """Return once something has changed, and has not changed any more during one `pause`."""
        now = self._look()
        while now == self._stamps:
            pause()
            now = self._look()
        before = self._stamps
        while now != before:
            pause()
            before, now = now, self._look()
        self._stamps = now

    def _look(self) -> list[Stamp]:
        return list(map(_stamp, self._paths))


def _stamp(path: str) -> Stamp:
    try:
        found = os.stat(path)  # noqa: PTH116
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
