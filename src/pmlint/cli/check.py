"""`pmlint check`: findings, and the gate."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from pmlint.cli import exit_codes
from pmlint.cli.completion import complete_formats, complete_paths
from pmlint.cli.options import configuration_options, overrides, settings_options
from pmlint.cli.wishes import Asked, Wish
from pmlint.engine.errors import UserError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from pmlint.engine.cache import Cache
    from pmlint.engine.catalogue import Catalogue
    from pmlint.engine.configure import Configurations
    from pmlint.engine.finding import Run
    from pmlint.report import RuleInfo


class Output(NamedTuple):
    """One report that was asked for."""

    format: str
    file: Path | None


class OutputType(click.ParamType[Output]):
    """`NAME` or `NAME=FILE`."""

    name = "name[=file]"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Output:
        if isinstance(value, Output):
            return value
        from pmlint.report import FORMATS
        from pmlint.rules.near import did_you_mean

        name, mark, file = value.partition("=")
        if name not in FORMATS:
            hint = did_you_mean(name, FORMATS) or f"; the formats are {', '.join(FORMATS)}"
            self.fail(f"there is no format '{name}'{hint}", param, ctx)
        if mark and not file:
            self.fail(f"'{value}' names no file after '='", param, ctx)
        return Output(name, Path(file) if mark else None)

    def shell_complete(
        self,
        ctx: click.Context,  # noqa: ARG002 - click's signature
        param: click.Parameter,  # noqa: ARG002
        incomplete: str,
    ) -> "list[CompletionItem]":
        return complete_formats(incomplete)


@click.command(
    epilog="""\b
Examples:
  pmlint check postmortem.md
  pmlint check docs/incidents --fail-on warning
  pmlint check . --format github --format sarif=pmlint.sarif
  pmlint check . --statistics
  pmlint check . --changed-since origin/main
  pmlint check docs/incidents --watch
  pmlint check postmortem.md --fix
  pmlint check postmortem.md --fix --unsafe-fixes --diff
  git show HEAD:incident.md | pmlint check - --stdin-filename incident.md

\b
Exit codes:
  0  clean
  1  findings at the level of --fail-on or above, or a score below --min-score
  2  the command line or the configuration is wrong
  3  a rule crashed: a fault of pmlint, or of the package that brings it; all other findings are still shown
"""
)
@click.argument("paths", nargs=-1, metavar="[PATH]...", shell_complete=complete_paths)
@settings_options
@click.option(
    "--format",
    "outputs",
    type=OutputType(),
    multiple=True,
    help="How to show the findings: text, concise, grouped, json, jsonl, sarif, github, gitlab, junit, rdjson, "
    "checkstyle, markdown or html. With =FILE written there. Repeatable.  [default: text]",
)
@click.option(
    "--baseline",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Leave out the findings that FILE holds; 'pmlint baseline' writes it.",
)
@click.option(
    "--changed-since",
    metavar="REV",
    help="Only findings in the lines and sections that were changed since this branch or commit, as git knows it.",
)
@click.option(
    "--suppress",
    metavar="REASON",
    help="Write comments into the documents that accept all findings which would be shown, with this reason.",
)
@click.option("--fix", is_flag=True, help="Write fixes of layout and wording into the documents; '-' is printed fixed.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix or --diff: also those that may change a fact.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and write nothing.")
@click.option("--statistics", is_flag=True, help="Count findings by rule.")
@click.option("--quiet", "-q", is_flag=True, help="Show nothing on the standard output; the exit code says it.")
@click.option("--no-color", is_flag=True, help="No colours; NO_COLOR and FORCE_COLOR are respected too.")
@click.option("--stdin-filename", metavar="PATH", help="What the document read with '-' is called.")
@click.option(
    "--watch", is_flag=True, help="Check again whenever something changes, and show what came out differently."
)
@click.option("--jobs", "-j", type=click.IntRange(min=1), help="Processes; by default as many as are worth it.")
@click.option("--no-cache", is_flag=True, help="Check everything anew, and keep nothing for the next run.")
@configuration_options
def command(
    paths: tuple[str, ...],
    outputs: tuple[Output, ...],
    config_file: Path | None,
    isolated: bool,
    stdin_filename: str | None,
    baseline: Path | None,
    changed_since: str | None,
    suppress: str | None,
    watch: bool,
    jobs: int | None,
    **given: Any,
) -> int:
    """Check postmortems.

    PATH is a file, a folder, a pattern in quotes, or '-' for the standard input; without any, the current folder. A
    file that is named is always checked, in a folder those that look like Markdown.
    """
    from pmlint.engine.catalogue import Catalogue
    from pmlint.engine.narrow import suppressed

    show = {name: given.pop(name) for name in ("statistics", "quiet", "no_color")}
    wish = Wish(**{name: given.pop(name) for name in ("fix", "unsafe_fixes", "diff")})
    _contradictions(paths, outputs, stdin_filename, changed_since, suppress, wish, watch=watch)
    with open_cache(wanted=not given.pop("no_cache")) as cache:
        rules = Catalogue(cache)
        paths = paths or (".",)
        asked = Asked(
            paths,
            overrides(given),
            config_file,
            isolated,
            stdin_filename,
            baseline,
            changed_since,
            jobs,
            quiet=show["quiet"],
        )
        if watch:
            from pmlint.cli.watching import watched

            return watched(asked, rules, cache, partial(_show_new, rules=rules, outputs=outputs, **show))
        configurations = asked.configurations(rules)
        look = partial(asked.look, rules, configurations, cache)
        if wish.any:
            from pmlint.cli.fixing import fixed

            done = fixed(look, paths, configurations, rules, wish, stdin_filename, no_color=show["no_color"])
            run, failed = done.run, done.failed
            if wish.diff:
                outputs = tuple(output for output in outputs if output.file is not None)
            show = {**show, "aside": done.aside, "quiet": show["quiet"] or wish.diff}
        else:
            run, failed = look(None).run, False
        if suppress is not None:
            accepted = suppressed(run, configurations, suppress)
            run, failed = accepted.run, failed or accepted.failed
            for path in accepted.written:
                click.echo(f"pmlint: wrote suppressions into '{path}'", err=True)
        failed = not _show(run, configurations, rules, outputs, **show) or failed
    if run.crashes:
        return exit_codes.CRASH
    if failed:
        return exit_codes.USAGE
    return exit_codes.FINDINGS if any(document.closes for document in run.documents) else exit_codes.CLEAN


def _contradictions(
    paths: tuple[str, ...],
    outputs: tuple[Output, ...],
    stdin_filename: str | None,
    changed_since: str | None,
    suppress: str | None,
    wish: Wish,
    *,
    watch: bool,
) -> None:
    """Options that make no sense together."""
    stdin = "-" in paths
    files = [output.file for output in outputs if output.file is not None]
    twice = next((file for file in files if files.count(file) > 1), None)
    printed = next((output.format for output in outputs if output.file is None), None)
    for wrong, answer in (
        (
            stdin_filename is not None and not stdin,
            "--stdin-filename names a document that is read with '-', and '-' is not among the paths",
        ),
        (
            changed_since is not None and stdin,
            "--changed-since compares files with what git has of them, and '-' is no file",
        ),
        (suppress is not None and stdin, "--suppress writes into files, and '-' is no file"),
        (watch and stdin, "--watch waits for changes of files, and '-' is no file"),
        (watch and wish.any, "--watch only looks; fixes are made, or shown, by a run of their own"),
        (watch and suppress is not None, "--watch only looks, and --suppress writes into files"),
        (suppress is not None and wish.diff, "--diff writes nothing, and --suppress writes into files"),
        (
            wish.unsafe_fixes and not (wish.fix or wish.diff),
            "--unsafe-fixes says which fixes are meant; add --fix to make them, or --diff to see them",
        ),
        (twice is not None, f"two reports cannot be written to the same file '{twice}'; give each its own"),
        (
            printed is not None and (wish.diff or (wish.fix and stdin)),
            f"the standard output is for {'the difference' if wish.diff else 'the document'}; "
            f"--format {printed}=FILE writes the report to a file",
        ),
    ):
        if wrong:
            raise UserError(answer)


@contextmanager
def open_cache(*, wanted: bool) -> "Iterator[Cache | None]":
    """The cache of this user; where it is not wanted, only what Python made of the program's own patterns."""
    from pmlint.engine.cache import Cache, folder

    with closing(Cache(folder(), only_read=not wanted)) as cache:
        if not wanted:
            cache.prepare()
        yield cache if wanted else None


def _show_new(
    run: "Run",
    new: "Run",
    configurations: "Configurations",
    *,
    rules: "Catalogue",
    outputs: tuple[Output, ...],
    **show: Any,
) -> None:
    """Write the whole run into files, and print what is new of it."""
    files = tuple(output for output in outputs if output.file is not None)
    if files:
        _show(run, configurations, rules, files, **{**show, "quiet": True})
    if len(files) < len(outputs) or not outputs:
        _show(new, configurations, rules, tuple(output for output in outputs if output.file is None), **show)


def _show(
    run: "Run",
    configurations: "Configurations",
    shipped: "Catalogue",
    outputs: tuple[Output, ...],
    *,
    statistics: bool,
    quiet: bool,
    no_color: bool,
    aside: bool = False,
) -> bool:
    """Print and write the reports; `aside` is where the standard output is taken. Whether all could be written."""
    from pmlint.cli.describe import infos
    from pmlint.cli.terminal import style
    from pmlint.report import SHOW_TEXT, parts_of
    from pmlint.report.stream import gathered

    if any(output.format in SHOW_TEXT for output in outputs):
        from pmlint.engine.shown import with_texts

        run = with_texts(run, configurations)
    rules = infos(shipped)
    if not outputs and not statistics:
        outputs = (Output("text", None),)
    failed = _filed(run, rules, outputs)
    for output in outputs:
        if output.file is None and not quiet:
            look = style(no_color=no_color, stream=sys.stderr if aside else sys.stdout)
            for text in gathered(parts_of(output.format)(run, rules, style=look)):
                click.echo(text, nl=False, err=aside, color=look.colour)
    shown = {output.format for output in outputs if output.file is None and not quiet}
    if any(output.format == "github" for output in outputs):
        _summarise(run, rules)
    if statistics and not quiet:
        _count(run, rules, err=aside or bool(shown), no_color=no_color)
    if not shown & {"text", "concise", "grouped"}:
        for warning in run.warnings:
            click.echo(f"pmlint: {warning}", err=True)
        for crash in run.crashes:
            click.echo(f"pmlint: rule '{crash.rule}' crashed on {crash.path}: {crash.error}", err=True)
    for answer in failed:
        click.echo(f"pmlint: {answer}", err=True)
    return not failed


def _filed(run: "Run", rules: "dict[str, RuleInfo]", outputs: tuple[Output, ...]) -> list[str]:
    """Write the reports that have a file; what is said of those that could not be written, which hinder no other."""
    from pmlint.report import Style, parts_of

    failed = []
    for output in outputs:
        if output.file is not None:
            try:
                _write(output.file, parts_of(output.format)(run, rules, style=Style()))
            except UserError as problem:
                failed.append(str(problem))
    return failed


def _count(run: "Run", rules: "dict[str, RuleInfo]", *, err: bool, no_color: bool) -> None:
    """The statistics; beside a report for machines they must not end up inside it."""
    from pmlint.cli.statistics import rows, table, total
    from pmlint.cli.terminal import style

    look = style(no_color=no_color, stream=sys.stderr if err else sys.stdout)
    if look.terminal:
        from pmlint.cli.rich_views import show, statistics_view  # only a terminal pays for it

        paged = {name for name, rule in rules.items() if not rule.origin}
        show(statistics_view(rows(run, paged), total(run), look), look, err=err)
    else:
        click.echo(table(run), nl=False, err=err)


def _write(file: Path, parts: Iterable[str]) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("w", encoding="utf-8", errors="backslashreplace", newline="") as stream:
            stream.writelines(parts)
    except OSError as problem:
        raise UserError(f"cannot write '{file}': {problem.strerror or problem}") from None


def _summarise(run: "Run", rules: "dict[str, RuleInfo]") -> None:
    """Append the full result to the job's page: of annotations, GitHub shows ten a step."""
    import os

    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if not path:
        return
    from pmlint.report.github import job_summary

    try:
        with Path(path).open("a", encoding="utf-8", errors="backslashreplace") as page:
            page.write(job_summary(run, rules))
    except OSError as problem:
        click.echo(f"pmlint: cannot write the job summary: {problem.strerror or problem}", err=True)
