"""`pmlint rules`: all rules, as a table or as JSON."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pmlint.cli import exit_codes
from pmlint.cli.options import configuration_options
from pmlint.engine.errors import UserError

if TYPE_CHECKING:
    from pmlint.rules.rule import Rule


@click.command(
    epilog="""\b
Examples:
  pmlint rules
  pmlint rules --family timeline
  pmlint rules --format json
  pmlint rules --test
"""
)
@click.option("--family", metavar="NAME", help="Only the rules of this family.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--test", is_flag=True, help="Run the examples of the rules that your configuration adds.")
@configuration_options
def command(family: str | None, form: str, test: bool, config_file: Path | None, isolated: bool) -> int:
    """List all rules, those that your configuration adds among them.

    Each with its level in the standard profile, how sure it is, and what it reports. Rules that are off run where they
    are selected, or in the profile 'strict'.
    """
    if test:
        return _test(config_file, isolated=isolated)
    from pmlint.engine.configure import Configurations
    from pmlint.engine.own_rules import with_own
    from pmlint.rules.catalogue import catalogue
    from pmlint.rules.families import FAMILIES
    from pmlint.rules.near import did_you_mean

    if family is not None and family not in FAMILIES:
        hint = did_you_mean(family, FAMILIES) or f"; the families are {', '.join(FAMILIES)}"
        raise UserError(f"there is no family '{family}'{hint}")
    settings = Configurations(catalogue(), config=config_file, isolated=isolated).at(Path())
    rules = sorted(with_own(catalogue(), settings.rule_texts).values(), key=lambda rule: FAMILIES.index(rule.family))
    chosen = [rule for rule in rules if family in (None, rule.family)]
    if form == "json":
        listed = {"rules": [as_json(rule) for rule in chosen]}
        click.echo(json.dumps(listed, ensure_ascii=False, indent=2))
    else:
        click.echo(table(chosen))
    return exit_codes.CLEAN


def _test(config_file: Path | None, *, isolated: bool) -> int:
    from pmlint.engine.configure import Configurations
    from pmlint.engine.own_rules import own_rules
    from pmlint.engine.run import shipped
    from pmlint.rules.prove import failures

    settings = Configurations(shipped(), config=config_file, isolated=isolated).at(Path())
    own = own_rules(settings.rule_texts)
    if not own:
        raise UserError('the configuration adds no rules; `rule-files = ["pmlint-rules.toml"]` names a file of them')
    failed = 0
    for rule in own.values():
        said = list(failures(rule))
        failed += bool(said)
        click.echo(f"{rule.name}: {'all examples hold' if not said else ''}".rstrip())
        for line in said:
            click.echo(f"  {line}")
    return exit_codes.FINDINGS if failed else exit_codes.CLEAN


def as_json(rule: "Rule") -> dict[str, Any]:
    """A rule for other programs."""
    from pmlint.engine.values import describe

    return {
        "name": rule.name,
        "family": rule.family,
        "level": str(rule.level),
        "confidence": str(rule.confidence),
        "summary": rule.summary,
        "why": rule.why,
        "help": rule.help,
        "fixable": rule.fixable,
        "kinds": sorted(str(kind) for kind in rule.kinds),
        "sources": list(rule.sources),
        "options": [
            {
                "name": option.name.replace("_", "-"),
                "type": describe(option.type),
                "default": plain(option.default),
                "help": option.help,
            }
            for option in rule.options
        ],
        "since": rule.since,
    }


def plain(value: Any) -> Any:
    """A default as JSON has it."""
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return list(value)
    return value if isinstance(value, bool | int | float | str | type(None)) else str(value)


def table(rules: "list[Rule]") -> str:
    """The rules by family, each on a line."""
    width = max((len(rule.name) for rule in rules), default=0)
    lines: list[str] = []
    family = ""
    for rule in rules:
        if rule.family != family:
            family = rule.family
            lines += ["", family] if lines else [family]
        level = "-" if str(rule.level) == "off" else str(rule.level)
        lines.append(f"  {rule.name:<{width}}  {level:<7}  {rule.confidence!s:<6}  {rule.summary}")
    return "\n".join(lines)
