"""`pmlint rules`: all rules or some of them, as a table or as JSON."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from pmlint.cli import exit_codes
from pmlint.cli.completion import complete_families, complete_profiles
from pmlint.cli.options import CONFIDENCES, configuration_options, split
from pmlint.engine.errors import UserError

if TYPE_CHECKING:
    from pmlint.engine.profiles import Profile
    from pmlint.rules.rule import Example, Rule

LEVELS = ("off", "info", "warning", "error")


class Wanted(NamedTuple):
    """Which rules are asked for; what is empty asks for nothing."""

    words: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    level: str | None = None
    confidence: str | None = None
    fixable: bool = False

    def holds(self, rule: "Rule", level: str) -> bool:
        """Whether it asks for `rule`, which is at `level`."""
        told = f"{rule.name} {rule.summary}".lower()
        return (
            all(word.lower() in told for word in self.words)
            and (not self.families or rule.family in self.families)
            and self.level in (None, level)
            and self.confidence in (None, str(rule.confidence))
            and (rule.fixable or not self.fixable)
        )


@click.command(
    epilog="""\b
Examples:
  pmlint rules
  pmlint rules --family timeline
  pmlint rules owner
  pmlint rules --level error --profile strict
  pmlint rules --fixable --format json
  pmlint rules --test
"""
)
@click.argument("words", nargs=-1, metavar="[WORD]...")
@click.option(
    "--family",
    "families",
    multiple=True,
    callback=split,
    metavar="NAMES",
    shell_complete=complete_families,
    help="Only the rules of these families. Commas between names.",
)
@click.option("--level", type=click.Choice(LEVELS), help="Only those at this level, in the profile.")
@click.option("--confidence", type=click.Choice(CONFIDENCES), help="Only those that are so sure.")
@click.option("--fixable", is_flag=True, help="Only those that have a fix.")
@click.option(
    "--profile",
    "profile_name",
    default="standard",
    show_default=True,
    metavar="NAME",
    shell_complete=complete_profiles,
    help="Show the levels that rules have in this profile.",
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--test", is_flag=True, help="Run the examples of the rules that do not ship with pmlint.")
@configuration_options
def command(
    words: tuple[str, ...],
    families: tuple[str, ...],
    level: str | None,
    confidence: str | None,
    fixable: bool,
    profile_name: str,
    form: str,
    test: bool,
    config_file: Path | None,
    isolated: bool,
) -> int:
    """List rules, those of your configuration and of installed packages among them.

    Each with its level in the profile, how sure it is, and what it reports. Rules that are off run where they are
    selected, or in the profile 'strict'. With a WORD, those that have it in their name or in what they report.
    """
    if test:
        return _test(config_file, isolated=isolated)
    from pmlint.cli.terminal import style
    from pmlint.engine.configure import Configurations
    from pmlint.engine.own_rules import with_own
    from pmlint.engine.run import catalogue
    from pmlint.rules.families import FAMILIES

    profile = _profile(profile_name)
    for family in families:
        _known("family", family, FAMILIES, "the families are")
    settings = Configurations(catalogue(), config=config_file, isolated=isolated).at(Path())
    rules = sorted(with_own(catalogue(), settings.rule_texts).values(), key=lambda rule: FAMILIES.index(rule.family))
    wanted = Wanted(words, families, level, confidence, fixable)
    chosen = [rule for rule in rules if wanted.holds(rule, str(profile.level(rule)))]
    look = style()
    if form == "json":
        click.echo(json.dumps({"rules": [as_json(rule, profile) for rule in chosen]}, ensure_ascii=False, indent=2))
    elif not chosen:
        click.echo("no rule is like that")
    elif look.terminal:
        from pmlint.cli.rich_views import rules_view, show  # only a terminal pays for it

        show(rules_view(chosen, profile, look), look)
    else:
        click.echo(table(chosen, profile))
    return exit_codes.CLEAN


def _profile(name: str) -> "Profile":
    from pmlint.engine.profiles import PROFILES

    _known("profile", name, tuple(PROFILES), "the profiles are")
    return PROFILES[name]


def _known(what: str, name: str, names: Sequence[str], listed: str) -> None:
    from pmlint.rules.near import did_you_mean

    if name not in names:
        hint = did_you_mean(name, names) or f"; {listed} {', '.join(names)}"
        raise UserError(f"there is no {what} '{name}'{hint}")


def _test(config_file: Path | None, *, isolated: bool) -> int:
    from pmlint.engine.configure import Configurations
    from pmlint.engine.own_rules import with_own
    from pmlint.engine.run import catalogue
    from pmlint.rules.prove import failures

    settings = Configurations(catalogue(), config=config_file, isolated=isolated).at(Path())
    own = [rule for rule in with_own(catalogue(), settings.rule_texts).values() if rule.origin]
    if not own:
        raise UserError(
            'the configuration adds no rules, and no installed package does; `rule-files = ["pmlint-rules.toml"]` '
            "names a file of them"
        )
    failed = 0
    for rule in own:
        said = list(failures(rule))
        failed += bool(said)
        click.echo(f"{rule.name}: {'all examples hold' if not said else ''}".rstrip())
        for line in said:
            click.echo(f"  {line}")
    return exit_codes.FINDINGS if failed else exit_codes.CLEAN


def as_json(rule: "Rule", profile: "Profile") -> dict[str, Any]:
    """A rule for other programs, at its level in `profile`."""
    from pmlint.engine.profiles import PROFILES
    from pmlint.engine.values import describe

    return {
        "name": rule.name,
        "family": rule.family,
        "level": str(profile.level(rule)),
        "levels": {name: str(each.level(rule)) for name, each in PROFILES.items()},
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
        "bad": [_example(example) for example in rule.bad],
        "good": [_example(example) for example in rule.good],
        "since": rule.since,
        "origin": rule.origin or None,
    }


def _example(example: "Example") -> dict[str, Any]:
    """An example; `marks` are the characters that are pointed at, from and to."""
    return {
        "text": example.text,
        "marks": [list(span) for span in example.spans],
        "fixed": example.fixed,
        "options": {name.replace("_", "-"): plain(value) for name, value in example.options},
    }


def plain(value: Any) -> Any:
    """A default as JSON has it."""
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return list(value)
    return value if isinstance(value, bool | int | float | str | type(None)) else str(value)


def table(rules: "Sequence[Rule]", profile: "Profile") -> str:
    """The rules by family, each on a line."""
    width = max((len(rule.name) for rule in rules), default=0)
    lines: list[str] = []
    family = ""
    for rule in rules:
        if rule.family != family:
            family = rule.family
            lines += ["", family] if lines else [family]
        level = level_of(rule, profile)
        lines.append(f"  {rule.name:<{width}}  {level:<7}  {rule.confidence!s:<6}  {rule.summary}")
    return "\n".join(lines)


def level_of(rule: "Rule", profile: "Profile") -> str:
    """Its level in a table; a dash for one that is off."""
    level = str(profile.level(rule))
    return "-" if level == "off" else level
