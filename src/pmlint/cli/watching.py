"""`pmlint check --watch`: checks again whenever something changes, and shows what came out differently."""

import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import click

from pmlint.cli import exit_codes
from pmlint.cli.wishes import Asked
from pmlint.engine.errors import UserError

if TYPE_CHECKING:
    from pmlint.engine.cache import Cache
    from pmlint.engine.catalogue import Catalogue
    from pmlint.engine.configure import Configurations
    from pmlint.engine.finding import Run

Show = Callable[["Run", "Run", "Configurations"], None]
"""Gets the whole run and the part of it that is new."""

_PACE = 0.3
"""Seconds between two looks at the disk."""


def watched(asked: Asked, rules: "Catalogue", cache: "Cache | None", show: Show) -> int:
    """Look and show, again and again until an interrupt: all of it at first, then what came out differently."""
    from pmlint.engine.watch import Watch

    watch: Watch | None = None
    before: Run | None = None
    pause = partial(time.sleep, _PACE)
    try:
        while True:
            try:
                configurations = asked.configurations(rules)
                watch = Watch(asked.paths, configurations, asked.baseline)
                run = asked.look(rules, configurations, cache).run
                if cache is not None:
                    cache.save()
                new = run if before is None else differing(before, run)
                if before is None or new.documents:
                    show(run, new, configurations)
                _tell(watch.documents, len(new.documents), first=before is None)
                before = run
            except UserError as problem:
                if watch is None:
                    raise
                # a configuration that is half written will be whole in a moment
                click.echo(f"pmlint: {problem}", err=True)
            watch.wait(pause)
    except KeyboardInterrupt:
        return exit_codes.CLEAN


def differing(before: "Run", now: "Run") -> "Run":
    """The run with those documents alone that are new or came out differently."""
    known = {document.path: document for document in before.documents}
    return replace(now, documents=tuple(each for each in now.documents if each != known.get(each.path)))


def _tell(documents: int, shown: int, *, first: bool) -> None:
    counted = "1 document" if documents == 1 else f"{documents} documents"
    as_before = "" if first or shown == documents else "; the others are as before" if shown else "; all are as before"
    click.echo(f"pmlint: watching {counted}{as_before}; ctrl-c ends it", err=True)
