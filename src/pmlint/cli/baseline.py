"""`pmlint baseline`: record the findings of today, so that only new ones close the gate."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from pmlint.cli import exit_codes
from pmlint.cli.check import open_cache
from pmlint.cli.options import configuration_options, overrides, scope, settings_options
from pmlint.engine.errors import UserError

if TYPE_CHECKING:
    from pmlint.engine.baseline import Baseline, Compared
    from pmlint.engine.configure import Configurations
    from pmlint.engine.finding import Checked, Run
    from pmlint.engine.narrow import Scope

_LISTED = 20


@click.command(
    epilog="""\b
Examples:
  pmlint baseline docs/incidents --reason "before the review of 2026"
  pmlint check docs/incidents --baseline pmlint-baseline.json
  pmlint baseline docs/incidents --prune
  pmlint baseline docs/incidents --update --reason "imported from the old wiki"

\b
With `baseline = "pmlint-baseline.json"` in pmlint.toml, `check` needs no option.
"""
)
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "--file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The baseline to write.  [default: the one of the configuration, else pmlint-baseline.json]",
)
@click.option("--reason", default="", help="Why these findings are accepted for now; kept with each that is new.")
@click.option("--update", is_flag=True, help="Add what is new to a baseline that is there, and take out what is gone.")
@click.option("--prune", is_flag=True, help="Only take out what is gone.")
@click.option("--jobs", "-j", type=click.IntRange(min=1), help="Processes; by default as many as are worth it.")
@click.option("--no-cache", is_flag=True, help="Check everything anew, and keep nothing for the next run.")
@settings_options
@configuration_options
def command(
    paths: tuple[str, ...],
    file: Path | None,
    reason: str,
    update: bool,
    prune: bool,
    config_file: Path | None,
    isolated: bool,
    jobs: int | None,
    **given: Any,
) -> int:
    """Record the findings of today as accepted for now.

    A finding is recorded by its document, its rule and the words that it points at, and not by its line: text may be
    moved, documents may be renamed. What a comment in a document suppresses is not recorded. Entries about documents
    below other paths stay as they are.
    """
    from pmlint.engine.catalogue import Catalogue
    from pmlint.engine.configure import Configurations
    from pmlint.engine.run import check_paths

    if update and prune:
        raise UserError("--update takes out what is gone, as --prune does; give one of the two")
    with open_cache(wanted=not given.pop("no_cache")) as cache:
        rules = Catalogue(cache)
        said = overrides(given)
        configurations = Configurations(rules, said, config=config_file, isolated=isolated)
        paths = paths or (".",)
        place = _place(file, configurations)
        before = _before(place, update=update, prune=prune)
        run = check_paths(paths, configurations, jobs=jobs, cache=cache)
        if file is None:
            run = _own(run, configurations, place)
        done = _recorded(before, run, scope(paths, said, rules), reason, configurations, prune=prune)
    for line in _told(done, configurations):
        click.echo(line)
    for warning in run.warnings:
        click.echo(f"pmlint: {warning}", err=True)
    for crash in run.crashes:
        click.echo(f"pmlint: rule '{crash.rule}' crashed on {crash.path}: {crash.error}", err=True)
    return exit_codes.CRASH if run.crashes else exit_codes.CLEAN


class _Done(NamedTuple):
    compared: "Compared"
    after: "Baseline"
    new: "tuple[Checked, ...]"
    """The documents with what was recorded for the first time."""
    prune: bool


def _place(file: Path | None, configurations: "Configurations") -> Path:
    from pmlint.engine.baseline import FILE
    from pmlint.engine.narrow import baseline_of

    return file or baseline_of(configurations.at(Path())) or Path(FILE)


def _before(file: Path, *, update: bool, prune: bool) -> "Baseline":
    from pmlint.engine.baseline import Baseline, read_baseline

    if update or prune:
        return read_baseline(file)
    baseline = Baseline(file.absolute())
    if file.exists():
        raise UserError(
            f"'{baseline.name}' is there already, and was left as it is; --update adds what is new to it and takes out "
            "what is gone, --prune only takes out, and to begin anew delete it"
        )
    return baseline


def _own(run: "Run", configurations: "Configurations", place: Path) -> "Run":
    """The run without the documents whose configuration names another baseline."""
    from pmlint.engine.narrow import baseline_of, settings_of

    own, other = [], 0
    for document in run.documents:
        named = baseline_of(settings_of(document, configurations))
        if named is None or named.absolute() == place.absolute():
            own.append(document)
        else:
            other += 1
    if not other:
        return run
    number = "1 document has" if other == 1 else f"{other} documents have"
    note = f"{number} another baseline by its configuration and was left out; --file chooses one for all"
    return replace(run, documents=tuple(own), warnings=(*run.warnings, note))


def _recorded(
    before: "Baseline", run: "Run", scope: "Scope", reason: str, configurations: "Configurations", *, prune: bool
) -> _Done:
    from datetime import date

    from pmlint.engine.baseline import compare, write_baseline
    from pmlint.engine.narrow import settings_of, without

    compared = compare(before, run.documents, scope)
    today = configurations.at(Path()).today or date.today()
    after = compared.pruned if prune else compared.updated(run.documents, reason, today.isoformat())
    if after.entries != before.entries or not before.file.exists():
        write_baseline(after)
    new = tuple(
        without(document, hidden, settings_of(document, configurations))[0]
        for document, hidden in zip(run.documents, compared.hidden, strict=True)
    )
    return _Done(compared, after, () if prune else new, prune)


def _told(done: _Done, configurations: "Configurations") -> Iterator[str]:
    compared, after, new, prune = done
    added = sum(len(document.findings) for document in new)
    gone = sum(entry.count for entry in compared.stale)
    if compared.baseline.entries and added:
        yield from _listed(new)
    parts = [f"{gone} gone"] if prune else [_number(added, "new finding"), f"{gone} gone"]
    if not compared.baseline.entries:
        parts = []
    documents = len({entry.path for entry in after.entries})
    whole = f"{after.name} holds {_number(after.count, 'finding')} in {_number(documents, 'document')}"
    yield f"{whole}; {', '.join(parts)}" if parts else whole
    if not compared.baseline.entries and after.entries and configurations.at(Path()).baseline is None:
        yield f'next: `baseline = "{after.name}"` in pmlint.toml, and `pmlint check` reports only what is new'


def _listed(documents: "tuple[Checked, ...]") -> Iterator[str]:
    """What is recorded from now on, so that nothing slips in unseen."""
    from pmlint.report.escape import line, place

    findings = [finding for document in documents for finding in document.findings]
    for finding in findings[:_LISTED]:
        where = f"{place(finding.path)}:{finding.start.line}:{finding.start.column}"
        yield f"new: {where}: {line(finding.rule)} {line(finding.message)}"
    if len(findings) > _LISTED:
        rules = Counter(finding.rule for finding in findings[_LISTED:])
        yield f"new: and {len(findings) - _LISTED} more, of {', '.join(sorted(rules))}"


def _number(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
