"""`pmlint config`: the settings that hold, and where each comes from."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pmlint.cli.options import configuration_options
from pmlint.engine.errors import UserError

if TYPE_CHECKING:
    from pmlint.engine.settings import Origin, Settings
    from pmlint.rules.rule import Rule

_FILE = Path("pmlint.toml")


@click.command(
    epilog="""\b
Examples:
  pmlint config
  pmlint config docs/incidents/2026-01-31.md
  pmlint config --init
"""
)
@click.argument("path", required=False, default=".", metavar="[PATH]")
@click.option("--init", is_flag=True, help="Write a pmlint.toml into the current folder, every key explained.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@configuration_options
def command(path: str, init: bool, form: str, config_file: Path | None, isolated: bool) -> None:
    """Show the settings that hold for PATH.

    Each with the place where it was said: a line of a file, or the default.
    """
    if init:
        _init()
        return
    from pmlint.engine.configure import Configurations
    from pmlint.engine.own_rules import with_own
    from pmlint.engine.run import catalogue

    rules = catalogue()
    place = Path(path)
    if not place.exists():
        raise UserError(f"there is no file or folder '{path}'")
    configurations = Configurations(rules, config=config_file, isolated=isolated)
    settings = configurations.at(place if place.is_dir() else place.parent)
    said = list(effective(settings, with_own(rules, settings.rule_texts)))
    if form == "json":
        listed = [{"key": ".".join(key), "value": _plain(value), "origin": str(origin)} for key, value, origin in said]
        click.echo(json.dumps({"settings": listed}, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_toml(said)))


def effective(settings: "Settings", rules: "Mapping[str, Rule]") -> "Iterator[tuple[tuple[str, ...], Any, Origin]]":
    """Every value that holds, by the path of its key, and where it was said; options of all rules among them."""
    from pmlint.engine.settings import keys

    tables: list[tuple[tuple[str, ...], Any]] = []
    for key in keys().values():
        value = getattr(settings, key.field)
        if key.field == "rules":
            continue
        if isinstance(value, Mapping):
            tables += [((key.name, name), item) for name, item in value.items()]
        else:
            yield (key.name,), value, settings.origin(key.name)
    for rule in rules.values():
        given = settings.rules.get(rule.name, {})
        tables += [
            (("rules", rule.name, option.name.replace("_", "-")), given.get(option.name, option.default))
            for option in rule.options
        ]
    for path, value in tables:
        yield path, value, settings.origin(".".join(path))


def _toml(said: "list[tuple[tuple[str, ...], Any, Origin]]") -> Iterator[str]:
    from pmlint.engine.values import show, show_key

    table: tuple[str, ...] = ()
    for path, value, origin in said:
        if path[:-1] != table:
            table = path[:-1]
            yield ""
            yield f"[{'.'.join(show_key(part) for part in table)}]"
        if value is None:
            yield f"# {show_key(path[-1])} is not set"
        else:
            yield f"{show_key(path[-1])} = {show(value)}  # {origin}"


def _plain(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, frozenset):
        return sorted(value)
    return value if type(value) in (bool, int, float, str, type(None)) else str(value)


def _init() -> None:
    try:
        with _FILE.open("x", encoding="utf-8") as file:
            file.write(template())
    except FileExistsError:
        raise UserError(f"'{_FILE}' is there already, and was left as it is") from None
    except OSError as problem:
        raise UserError(f"cannot write '{_FILE}': {problem.strerror or problem}") from None
    click.echo(f"wrote {_FILE}; every key in it is explained and commented out")


def template() -> str:
    """A configuration that changes nothing yet, with every key, its default and what it does."""
    from pmlint.engine.settings import Settings, keys
    from pmlint.engine.values import describe, show

    settings = Settings()
    lines = ["# How pmlint reads the postmortems below this folder. What is commented out is the default.", ""]
    tables = []
    for key in keys().values():
        value = getattr(settings, key.field)
        if isinstance(value, Mapping):
            tables.append(key)
            continue
        lines.append(f"# {_capital(key.help)}: {describe(key.type)}.")
        lines += [f"# {key.name} = {_EXAMPLES.get(key.name) or show(value)}", ""]
    for key in tables:
        lines.append(f"# {_capital(key.help)}.")
        header = "rules.inconsistent-duration" if key.name == "rules" else key.name
        lines += [f"# [{header}]", f"# {_EXAMPLES[key.name]}", ""]
    return "\n".join(lines)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


# What has no telling default is shown by an example.
_EXAMPLES = {
    "min-score": "70",
    "baseline": '"pmlint-baseline.json"',
    "timezone": '"Europe/Zurich"',
    "date-order": '"dmy"',
    "today": "2026-01-31",
    "rule-files": '["pmlint-rules.toml"]',
    "levels": 'missing-luck = "info"',
    "per-file-ignores": '"archive/**" = ["actions"]',
    "headings": 'timeline = ["Chronik"]',
    "fields": 'severity = ["Dringlichkeit"]',
    "action-statuses": 'done = ["shipped"]',
    "nlp": 'model = "en_core_web_trf"',
    "layers": 'operational = ["pager rota"]',
    "rules": "minutes = 10",
}
