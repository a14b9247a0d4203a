"""`pmlint new`: a document to start from."""

import os
import sys
import tempfile
from datetime import date
from pathlib import Path

import click

from pmlint.engine.errors import UserError
from pmlint.templates.fill import KINDS, PROFILES, TYPES


def _day(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:  # noqa: ARG001 - click's signature
    if value is None:
        return None
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise click.BadParameter(f"expected a date as 2026-01-31, found '{value}'") from None


@click.command(
    epilog="""\b
Examples:
  pmlint new incident --title "Mails arrive late" --severity SEV2 -o incident.md
  pmlint new status-update
  pmlint new postmortem --type deployment -o postmortem.md
  pmlint new postmortem --from incident.md --author "Ana Ruiz" -o postmortem.md
"""
)
@click.argument("kind", type=click.Choice(KINDS), metavar="KIND")
@click.option("--type", "type_", type=click.Choice(TYPES), help="What sort of incident a postmortem is about.")
@click.option(
    "--profile",
    type=click.Choice(PROFILES),
    help="The profile that a postmortem will be checked with; it decides the parts.",
)
@click.option(
    "--from",
    "record",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A live record whose facts, roles, impact and timeline are carried over.",
)
@click.option("--title", help="What users saw.")
@click.option("--id", help="The identifier of the incident.")
@click.option("--date", callback=_day, metavar="DATE", help="The day of the incident, as 2026-01-31.")
@click.option("--severity", help="In the scale of your house.")
@click.option("--author", metavar="NAME", help="Who writes the postmortem.")
@click.option("--commander", metavar="NAME", help="The incident commander.")
@click.option("--operations-lead", "operations", metavar="NAME")
@click.option("--communications-lead", "communications", metavar="NAME")
@click.option("--scribe", metavar="NAME")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write it here, not to the screen.",
)
@click.option("--force", is_flag=True, help="Write over FILE where it exists.")
def command(
    kind: str,
    type_: str | None,
    profile: str | None,
    record: Path | None,
    output: Path | None,
    force: bool,
    **values: str | None,
) -> None:
    """Print or write a document to start from.

    KIND is postmortem, incident (the live record), status-update or checkpoint. Comments say what goes where and what
    good looks like; `pmlint check` lists what is still to be filled in.
    """
    from pmlint.templates.fill import render

    if kind != "postmortem":
        for option, given in (("--type", type_), ("--profile", profile)):
            if given is not None:
                raise UserError(f"{option} is for postmortems, and this is a new {kind}")
    said = {name: line for name, value in values.items() if value is not None and (line := " ".join(value.split()))}
    parts: dict[str, str] = {}
    if record is not None:
        known, parts = _carried(record, output)
        said = {**known, **said}
    text = render(kind, type=type_ or "general", profile=profile, values=said, parts=parts)
    if output is None:
        click.echo(text, nl=False)
    else:
        _write(output, text, force=force)
        click.echo(f"wrote {output}", err=True)


def _carried(record: Path, output: Path | None) -> tuple[dict[str, str], dict[str, str]]:
    from pmlint.document.parse import parse
    from pmlint.engine.catalogue import Catalogue
    from pmlint.engine.check import vocabulary
    from pmlint.engine.configure import Configurations
    from pmlint.engine.files import UnreadableError, decode, read
    from pmlint.templates.carry import carried

    settings = Configurations(Catalogue()).at(record.parent)
    try:
        text = decode(read(str(record), settings.max_megabytes), settings.max_megabytes)
    except UnreadableError as problem:
        raise UserError(f"{record}: {problem}") from None
    known = carried(parse(text, record.as_posix(), vocabulary(settings)))
    return {**known.values, "record": _link(record, output)}, known.parts


def _link(record: Path, output: Path | None) -> str:
    """A link to the record from where the new document will stand."""
    folder = output.parent if output is not None else Path()
    try:
        target = Path(os.path.relpath(record, folder)).as_posix()
    except ValueError:  # on another drive
        target = record.as_posix()
    return f"[{record.name}](<{target}>)" if any(mark in target for mark in " ()") else f"[{record.name}]({target})"


def _write(path: Path, text: str, *, force: bool) -> None:
    """Write all of `text` or nothing; what is there already stays as it is unless `force` says otherwise."""
    try:
        if path.exists() and not force:
            raise FileExistsError
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
            Path(name).chmod(_mode(path))
            if force:
                os.replace(name, path)  # noqa: PTH105 - the same in one word
            else:
                _place(name, path)
        finally:
            Path(name).unlink(missing_ok=True)
    except FileExistsError:
        raise UserError(f"'{path}' is there already, and was left as it is; --force writes over it") from None
    except OSError as problem:
        raise UserError(f"cannot write '{path}': {problem.strerror or problem}") from None


def _place(name: str, path: Path) -> None:
    """Give the file `name` its place, unless someone has made a file there meanwhile: a rename would not notice."""
    try:
        os.link(name, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        os.replace(name, path)  # noqa: PTH105 - the same in one word


def _mode(path: Path) -> int:
    """The permissions that the file has, or that any new file gets."""
    if path.exists():
        return path.stat().st_mode & 0o777
    if sys.platform == "win32":
        return 0o666
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
