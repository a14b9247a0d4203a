"""What `pmlint check` is asked to do about what it finds."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from pmlint.engine.cache import Cache
    from pmlint.engine.catalogue import Catalogue
    from pmlint.engine.configure import Configurations
    from pmlint.engine.finding import Run


class Wish(NamedTuple):
    """The options about fixes."""

    fix: bool
    unsafe_fixes: bool
    diff: bool

    @property
    def any(self) -> bool:
        """Whether fixes are to be made or shown."""
        return self.fix or self.diff


class Looked(NamedTuple):
    """What was found."""

    whole: "Run"
    run: "Run"
    """The part of it that counts: neither in the baseline nor outside of the changes."""


class Asked(NamedTuple):
    """Which documents to look at, and how."""

    paths: tuple[str, ...]
    said: Mapping[str, Any]
    """What the command line sets, by the names of the settings."""
    config: Path | None
    isolated: bool
    stdin_filename: str | None
    baseline: Path | None
    changed_since: str | None
    jobs: int | None
    quiet: bool

    def configurations(self, rules: "Catalogue") -> "Configurations":
        """The settings of each document, read anew."""
        from pmlint.engine.configure import Configurations

        return Configurations(rules, self.said, config=self.config, isolated=self.isolated)

    def look(
        self, rules: "Catalogue", configurations: "Configurations", cache: "Cache | None", stdin: bytes | None = None
    ) -> Looked:
        """Check the documents; `stdin` is what the standard input holds, where that was read already."""
        from pmlint.cli.options import scope
        from pmlint.cli.progress import Progress
        from pmlint.engine.narrow import only_changed, without_recorded
        from pmlint.engine.run import check_paths

        with Progress(wanted=not self.quiet) as progress:
            whole = check_paths(
                self.paths,
                configurations,
                jobs=self.jobs,
                stdin_filename=self.stdin_filename,
                stdin=stdin,
                cache=cache,
                progress=progress,
            )
        run = without_recorded(whole, configurations, self.baseline, scope(self.paths, dict(self.said), rules))
        return Looked(
            whole, run if self.changed_since is None else only_changed(run, configurations, self.changed_since)
        )
