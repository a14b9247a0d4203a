"""`pmlint schema`: JSON schemas of what pmlint prints and of what it is told."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import click


def _document() -> dict[str, Any]:
    from pmlint.document.wire import json_schema

    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **json_schema()}


def _findings() -> dict[str, Any]:
    from pmlint.report.schema import schema

    return schema()


def _config() -> dict[str, Any]:
    from pmlint.engine.config_schema import config_schema
    from pmlint.engine.run import catalogue

    return config_schema(catalogue())


_SCHEMAS: Mapping[str, Callable[[], dict[str, Any]]] = {"document": _document, "findings": _findings, "config": _config}


@click.command(
    epilog="""\b
Examples:
  pmlint schema config > pmlint.schema.json
  pmlint schema findings
  pmlint schema | jq 'keys'
"""
)
@click.argument("name", required=False, type=click.Choice(tuple(_SCHEMAS)), metavar="[NAME]")
def command(name: str | None) -> None:
    """Print the JSON schema of NAME: document, findings or config.

    A document is what `pmlint parse` prints, findings are what `--format json` prints, config is pmlint.toml. Without
    NAME all three are printed, as one object.
    """
    shown = _SCHEMAS[name]() if name else {name: make() for name, make in _SCHEMAS.items()}
    click.echo(json.dumps(shown, ensure_ascii=False, indent=2))
