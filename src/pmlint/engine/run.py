"""Checks many files: each by itself, in this process or in several, always with the same result."""

import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

import pmlint
from pmlint.engine.check import Exists, check_text, unread
from pmlint.engine.configure import Configurations
from pmlint.engine.errors import UserError
from pmlint.engine.files import STDIN, STDIN_NAME, Target, UnreadableError, decode, read, targets
from pmlint.engine.finding import Checked, Run

if TYPE_CHECKING:
    from pmlint.rules.rule import Rule

Rules = Callable[[], "Mapping[str, Rule]"]
"""Where the rules come from. Rules hold functions and cannot travel to another process; this can."""

_WORTH_A_POOL = 40
"""Files from which several processes are quicker than the time that it takes to start them."""


def shipped() -> "Mapping[str, Rule]":
    """All rules that come with pmlint."""
    from pmlint.rules.catalogue import catalogue  # slow to import

    return catalogue()


def check_paths(
    paths: Sequence[str],
    configurations: Configurations,
    *,
    rules: Rules = shipped,
    jobs: int | None = None,
    stdin_filename: str | None = None,
) -> Run:
    """Check files, folders, globs and `-`; `jobs` processes, or as many as are worth it."""
    chosen = targets(paths, configurations, stdin_filename=stdin_filename)
    documents = _map(chosen.files, rules, jobs)
    return Run(pmlint.__version__, tuple(documents), chosen.warnings)


def check_target(target: Target, rules: "Mapping[str, Rule]") -> Checked:
    """Check one file; one that cannot be read gives a finding that says so."""
    settings = target.settings
    try:
        if target.path == STDIN:
            text = decode(sys.stdin.buffer.read(), settings.max_megabytes)
        else:
            text = read(target.path, settings.max_megabytes)
    except UnreadableError as problem:
        return unread(target.name, str(problem), settings, rules)
    return check_text(text, target.name, settings, rules, exists=_beside(target))


def _beside(target: Target) -> Exists | None:
    """What a document may ask about the files beside it; nothing where it is not known where it lies."""
    if target.path == STDIN and target.name == STDIN_NAME:
        return None
    folder = os.path.dirname(target.name if target.path == STDIN else target.path)  # noqa: PTH120

    def exists(path: str) -> bool:
        try:
            return os.path.lexists(os.path.join(folder, path))  # noqa: PTH118
        except ValueError:  # a NUL in it
            return False

    return exists


def _map(files: tuple[Target, ...], rules: Rules, jobs: int | None) -> list[Checked]:
    # the standard input can be read by this process only
    if jobs is None:
        jobs = _cores() if len(files) > _WORTH_A_POOL else 1
    jobs = min(jobs, len(files))
    if jobs <= 1 or any(target.path == STDIN for target in files):
        return list(map(partial(check_target, rules=rules()), files))
    chunk = max(1, min(16, len(files) // (jobs * 4)))
    try:
        with ProcessPoolExecutor(jobs, initializer=_prepare, initargs=(rules,)) as pool:
            return list(pool.map(_check_in_worker, files, chunksize=chunk))
    except BrokenProcessPool:
        raise UserError(
            "a worker process ended before its work was done, perhaps for want of memory; try `--jobs 1`"
        ) from None


def _cores() -> int:
    """The cores that this process may use, which in a container are often fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


_worker_rules: Rules = shipped


def _prepare(rules: Rules) -> None:
    global _worker_rules  # noqa: PLW0603 - what a worker process is started with
    _worker_rules = rules
    # An interrupt ends the parent, which ends its workers; a traceback from each would only be noise.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _check_in_worker(target: Target) -> Checked:
    return check_target(target, _worker_rules())
