"""Options that several commands share, and what they mean for the settings."""

import functools
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, get_args

import click

from pmlint.cli.completion import complete_levels, complete_rules
from pmlint.engine.errors import UserError
from pmlint.engine.settings import FailOn, ProfileName

if TYPE_CHECKING:
    from pmlint.engine.catalogue import Catalogue
    from pmlint.engine.narrow import Scope

F = TypeVar("F", bound=Callable[..., Any])

CONFIDENCES = ("low", "medium", "high")


def split(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:  # noqa: ARG001
    """The words of an option that may be repeated and may hold several with commas between them."""
    return tuple(word for part in value for each in part.split(",") if (word := each.strip()))


def _words(name: str, help: str) -> Callable[[F], F]:
    return click.option(name, callback=split, multiple=True, metavar="NAMES", help=help, shell_complete=complete_rules)


_CONFIGURATION = (
    click.option(
        "--config",
        "config_file",
        type=click.Path(dir_okay=False, path_type=Path),
        help="Use this configuration for all files, in place of the nearest pmlint.toml.",
    ),
    click.option("--isolated", is_flag=True, help="Read no configuration at all."),
)

_SETTINGS = (
    click.option(
        "--profile",
        type=click.Choice(get_args(ProfileName)),
        help="How strict to be; auto follows the severity, status and class that each document states.",
    ),
    _words("--select", "Run only these rules or families, 'all' for every one. Commas between names."),
    _words("--extend-select", "Run these besides the usual ones, for rules that are off by default."),
    _words("--ignore", "Leave these rules or families out."),
    click.option(
        "--level",
        "levels",
        multiple=True,
        metavar="RULE=LEVEL",
        shell_complete=complete_levels,
        help="Give a rule or family another level: off, info, warning or error. Repeatable.",
    ),
    click.option(
        "--fail-on",
        type=click.Choice(get_args(FailOn)),
        help="The lowest level of finding that makes the exit code 1.  [default: error]",
    ),
    click.option(
        "--min-score", type=click.IntRange(0, 100), help="Exit with 1 where a document scores less than this."
    ),
    click.option(
        "--min-confidence",
        type=click.Choice(CONFIDENCES),
        help="Leave out findings that are less sure than this.  [default: medium]",
    ),
    click.option("--today", metavar="DATE", help="Compare due dates with this day, as 2026-01-31, and not with today."),
    click.option(
        "--force-exclude",
        is_flag=True,
        default=None,
        help="Pass over excluded files also where they are named, as pre-commit does.",
    ),
)


def _apply(options: tuple[Callable[[F], F], ...], command: F) -> F:
    return functools.reduce(lambda inner, option: option(inner), reversed(options), command)


def configuration_options(command: F) -> F:
    """Where the configuration comes from."""
    return _apply(_CONFIGURATION, command)


def settings_options(command: F) -> F:
    """What overrides the configuration."""
    return _apply(_SETTINGS, command)


def overrides(given: dict[str, Any]) -> dict[str, Any]:
    """What a command line sets, by the names of the settings; what it does not mention is left out."""
    found = {name: value for name, value in given.items() if value is not None and value != ()}
    if "levels" in found:
        found["levels"] = dict(_level(pair) for pair in found["levels"])
    return found


def scope(paths: tuple[str, ...], said: dict[str, Any], rules: "Catalogue") -> "Scope":
    """How much a run with these paths and overrides asks; the configuration says what the house asks at all."""
    from pmlint.engine.narrow import Scope
    from pmlint.rules.families import COLLECTION

    fewer = (
        said.keys() & {"select", "ignore"}
        or said.get("min_confidence", "low") != "low"
        or said.get("profile", "strict") != "strict"
        or "off" in said.get("levels", {}).values()
    )
    across = frozenset(told["name"] for told in rules.told if told["family"] == COLLECTION)
    return Scope(paths, not fewer, across)


def _level(pair: str) -> tuple[str, str]:
    rule, mark, level = pair.partition("=")
    if not mark or not rule.strip() or not level.strip():
        raise UserError(f"--level: expected RULE=LEVEL, found '{pair}'; for example --level vague-action=warning")
    return rule.strip(), level.strip()
