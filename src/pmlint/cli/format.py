"""`pmlint format`: documents in the canonical layout."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pmlint.cli import exit_codes
from pmlint.cli.options import configuration_options
from pmlint.engine.errors import UserError

if TYPE_CHECKING:
    from pmlint.engine.files import Target
    from pmlint.engine.layout import Arranged


@click.command(
    epilog="""\b
Examples:
  pmlint format postmortem.md
  pmlint format docs/incidents --check
  pmlint format docs/incidents --diff
  pmlint format - < draft.md

\b
Exit codes:
  0  written, or with --check and --diff: nothing to change
  1  with --check or --diff, something to change; or a file that cannot be read
  2  the command line or the configuration is wrong, or a file could not be written
  3  pmlint crashed on a document, which is a fault of pmlint; all others are done
"""
)
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 where something would be changed.")
@click.option("--diff", is_flag=True, help="Write nothing; show what would be changed.")
@click.option("--quiet", "-q", is_flag=True, help="Say nothing about single documents.")
@click.option("--no-color", is_flag=True, help="No colours; NO_COLOR and FORCE_COLOR are respected too.")
@click.option("--stdin-filename", metavar="PATH", help="What the document read with '-' is called.")
@click.option(
    "--force-exclude",
    is_flag=True,
    default=None,
    help="Pass over excluded files also where they are named, as pre-commit does.",
)
@configuration_options
def command(
    paths: tuple[str, ...],
    check: bool,
    diff: bool,
    quiet: bool,
    no_color: bool,
    stdin_filename: str | None,
    force_exclude: bool | None,
    config_file: Path | None,
    isolated: bool,
) -> int:
    """Lay documents out in one way.

    Headings, lists, tables, quotes and blank lines are set alike; words are left as they are written. A document is
    changed only where it is shown and read as before, and otherwise left alone, with the reason.

    PATH is a file, a folder, a pattern in quotes, or '-' for the standard input, which is printed formatted; without
    any, the current folder. In a folder only postmortems and their like are formatted.
    """
    from pmlint.engine.catalogue import Catalogue
    from pmlint.engine.configure import Configurations
    from pmlint.engine.files import targets

    if stdin_filename is not None and "-" not in paths:
        raise UserError("--stdin-filename names a document that is read with '-', and '-' is not among the paths")
    said = {} if force_exclude is None else {"force_exclude": force_exclude}
    configurations = Configurations(Catalogue(), said, config=config_file, isolated=isolated)
    paths = paths or (".",)
    stdin = sys.stdin.buffer.read() if "-" in paths else None
    chosen = targets(paths, configurations, stdin_filename=stdin_filename, stdin=stdin)
    work = _Work(paths, check=check, diff=diff, quiet=quiet, no_color=no_color)
    for warning in chosen.warnings:
        click.echo(f"pmlint: {warning}", err=True)
    for target in chosen.files:
        work.on(target)
    return work.close()


class _Work:
    """The documents one after the other, and what became of them."""

    def __init__(self, paths: Sequence[str], *, check: bool, diff: bool, quiet: bool, no_color: bool) -> None:
        self.named = {Path(path) for path in paths}
        self.dry = check or diff
        self.diff = diff
        self.quiet = quiet
        self.no_color = no_color
        self.changed = self.fine = self.alone = self.passed = 0
        self.code = exit_codes.CLEAN

    def on(self, target: "Target") -> None:
        from pmlint.engine.check import told
        from pmlint.engine.files import STDIN, UnreadableError, is_included
        from pmlint.engine.layout import arranged

        named = target.path != STDIN and not os.path.isdir(target.path)  # noqa: PTH112 - a name as it is
        if named and not is_included(target.settings, Path(target.path)):
            self._leave(target, "its name does not say that it is Markdown")
            return
        try:
            done = arranged(target)
        except UnreadableError as problem:
            self._leave(target, str(problem), exit_codes.FINDINGS)
            self._print(target, None)
            return
        except Exception as problem:  # a fault of ours must not keep the others from being done
            self._leave(target, f"pmlint crashed, which is a fault of pmlint: {told(problem)}", exit_codes.CRASH)
            self._print(target, None)
            return
        if not done.laid.is_postmortem and target.path != STDIN and Path(target.path) not in self.named:
            self.passed += 1
        elif done.laid.reason is not None:
            self._leave(target, done.laid.reason)
            self._print(target, done)
        else:
            self._done(target, done)

    def _done(self, target: "Target", done: "Arranged") -> None:
        from pmlint.engine.files import STDIN
        from pmlint.report.escape import place

        if not done.is_changed:
            self.fine += 1
            self._print(target, done)
            return
        if self.diff:
            self._show(target, done)
        if self.dry:
            self._at_least(exit_codes.FINDINGS)
        elif target.path != STDIN:
            try:
                done.write()
            except UserError as problem:
                self._leave(target, str(problem), exit_codes.USAGE)
                return
        self.changed += 1
        self._print(target, done)
        if not self.quiet and not self.diff and target.path != STDIN:
            click.echo(f"{'would format' if self.dry else 'formatted'} {place(target.name)}", err=True)

    def _leave(self, target: "Target", reason: str, code: int = exit_codes.CLEAN) -> None:
        from pmlint.report.escape import line, place

        self.alone += 1
        self._at_least(code)
        click.echo(f"pmlint: {place(target.name)} was left as it is: {line(reason)}", err=True)

    def _at_least(self, code: int) -> None:
        self.code = max(self.code, code)

    def _print(self, target: "Target", done: "Arranged | None") -> None:
        """The standard input goes on to the standard output, formatted or as it came."""
        from pmlint.engine.files import STDIN

        if target.path == STDIN and not self.dry:
            sys.stdout.flush()
            sys.stdout.buffer.write((target.data or b"") if done is None else done.new_data)
            sys.stdout.buffer.flush()

    def _show(self, target: "Target", done: "Arranged") -> None:
        from pmlint.cli.terminal import style
        from pmlint.engine.check import without_secrets
        from pmlint.engine.run import catalogue
        from pmlint.report.diff import unified

        look, rules = style(no_color=self.no_color), catalogue()
        before, after = (
            without_secrets(text, target.name, target.settings, rules) for text in (done.before, done.laid.text)
        )
        click.echo(unified(target.name, before, after, style=look), nl=False, color=look.colour)

    def close(self) -> int:
        """Say what was done, and give the exit code."""
        from pmlint.report.tally import count

        said = [
            f"{count(self.changed, 'document')} {'would be ' if self.dry else ''}formatted" if self.changed else "",
            f"{self.fine} in good order" if self.fine else "",
            f"{self.alone} left alone" if self.alone else "",
            f"{self.passed} passed over, since nothing there looks like a postmortem" if self.passed else "",
        ]
        click.echo(", ".join(filter(None, said)) or "no document was found", err=True)
        return self.code
