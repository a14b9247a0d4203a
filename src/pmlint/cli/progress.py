"""How far a check is, on a terminal, once it has taken longer than anybody likes to look at nothing."""

import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, TextIO

from pmlint.cli.terminal import is_terminal

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

_PATIENCE = 1.0
"""Seconds after which it shows itself."""


class Progress(AbstractContextManager["Progress"]):
    """Called with what is done and how much there is; shows a bar on `stream`, and takes it away in the end."""

    def __init__(
        self, *, wanted: bool = True, stream: TextIO | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._stream = stream or sys.stderr
        self._wanted = wanted and is_terminal(self._stream)
        self._clock = clock
        self._begun = clock()
        self._bar: tuple[Bar, TaskID] | None = None

    def __call__(self, done: int, total: int) -> None:
        if not self._wanted or (self._bar is None and (done == total or self._clock() - self._begun < _PATIENCE)):
            return
        if self._bar is None:
            self._bar = self._shown(total)
        bar, task = self._bar
        bar.update(task, completed=done, total=total)

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar[0].stop()
            self._bar = None

    def _shown(self, total: int) -> "tuple[Bar, TaskID]":
        from rich.console import Console  # slow to import
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bar

        columns = (TextColumn("checking"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        bar = Bar(*columns, console=Console(file=self._stream), transient=True)
        bar.start()
        return bar, bar.add_task("", total=total)
