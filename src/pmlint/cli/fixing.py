"""`pmlint check --fix` and `--diff`: makes fixes, or shows them."""

import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import click

from pmlint.cli.wishes import Looked, Wish
from pmlint.engine.errors import UserError

if TYPE_CHECKING:
    from pmlint.engine.configure import Configurations
    from pmlint.engine.finding import Run
    from pmlint.engine.mend import Mended
    from pmlint.rules.rule import Rule


class Done(NamedTuple):
    """What is left to report, and where."""

    run: "Run"
    aside: bool = False
    """Whether the standard output is taken by a document."""
    failed: bool = False
    """Whether a document could not be written."""


def fixed(
    look: Callable[[bytes | None], Looked],
    paths: Sequence[str],
    configurations: "Configurations",
    rules: "Mapping[str, Rule]",
    wish: Wish,
    stdin_filename: str | None,
    *,
    no_color: bool,
) -> Done:
    """Look, make the fixes or show them, and where any was made look again."""
    from pmlint.engine.files import targets
    from pmlint.engine.mend import accounted, mended, standard_input

    stdin = sys.stdin.buffer.read() if "-" in paths else None
    whole, run = look(stdin)
    files = targets(paths, configurations, stdin_filename=stdin_filename, stdin=stdin).files
    done, notes = mended(whole, run, files, rules, unsafe=wish.unsafe_fixes)
    if wish.diff:
        _show(done, rules, no_color=no_color)
        _tell(done, run, notes, wish)
        return Done(run)
    written, failed = _write(done)
    after = None if stdin is None else standard_input(done, stdin)
    if after is not None:
        sys.stdout.flush()
        sys.stdout.buffer.write(after)
        sys.stdout.buffer.flush()
    if any(made.is_changed for made in done):
        run = look(after).run
    return Done(accounted(run, written, (*notes, *failed)), aside=stdin is not None, failed=bool(failed))


def _write(done: "Sequence[Mended]") -> "tuple[list[Mended], list[str]]":
    """Write what was fixed; what could not be written is told, and hinders no other."""
    from pmlint.engine.files import STDIN

    written, failed = [], []
    for made in done:
        try:
            if made.is_changed and made.target.path != STDIN:
                made.write()
            written.append(made)
        except UserError as problem:
            failed.append(str(problem))
    return written, failed


def _show(done: "Sequence[Mended]", rules: "Mapping[str, Rule]", *, no_color: bool) -> None:
    from pmlint.cli.terminal import style
    from pmlint.engine.mend import presentable
    from pmlint.report.diff import unified

    look = style(no_color=no_color)
    for made in done:
        if made.is_changed:
            before, after = presentable(made, rules)
            click.echo(unified(made.target.name, before, after, style=look), nl=False, color=look.colour)


def _tell(done: "Sequence[Mended]", run: "Run", notes: Sequence[str], wish: Wish) -> None:
    from pmlint.report.escape import line
    from pmlint.report.tally import count

    for note in (*run.warnings, *notes):
        click.echo(f"pmlint: {line(note)}", err=True)
    fixes = sum(len(made.fixed.applied) for made in done)
    where = f" in {count(sum(made.is_changed for made in done), 'document')}" if fixes else ""
    more = sum(finding.fix is not None and not finding.fix.safe for finding in run.findings)
    offer = f"; {more} more by --unsafe-fixes" if more and not wish.unsafe_fixes else ""
    click.echo(f"pmlint: {count(fixes, 'finding')} would be fixed{where}{offer}", err=True)
