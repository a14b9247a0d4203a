"""`pmlint parse`: what was read from a document, as JSON."""

import json
import sys
from pathlib import Path

import click

from pmlint.cli.options import configuration_options
from pmlint.engine.errors import UserError


@click.command(
    epilog="""\b
Examples:
  pmlint parse postmortem.md
  pmlint parse postmortem.md | jq '.actions[] | select(.owner == null)'
"""
)
@click.argument("file", metavar="FILE")
@configuration_options
def command(file: str, config_file: Path | None, isolated: bool) -> None:
    """Show how a document was read, as JSON.

    Sections, timeline, causes and actions as pmlint understands them: the first thing to look at where a finding seems
    wrong. FILE may be '-' for the standard input.
    """
    from pmlint.document.parse import parse
    from pmlint.document.wire import to_json
    from pmlint.engine.catalogue import Catalogue
    from pmlint.engine.check import vocabulary
    from pmlint.engine.configure import Configurations
    from pmlint.engine.files import STDIN, UnreadableError, decode, read

    configurations = Configurations(Catalogue(), config=config_file, isolated=isolated)
    settings = configurations.at(Path() if file == STDIN else Path(file).parent)
    try:
        data = sys.stdin.buffer.read() if file == STDIN else read(file, settings.max_megabytes)
        text = decode(data, settings.max_megabytes)
    except UnreadableError as problem:
        raise UserError(f"{file}: {problem}") from None
    doc = parse(text, None if file == STDIN else Path(file).as_posix(), vocabulary(settings))
    click.echo(json.dumps(to_json(doc), ensure_ascii=False, indent=2))
