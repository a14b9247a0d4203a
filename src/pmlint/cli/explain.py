"""`pmlint explain`: why a rule exists, what it looks like, and how to live with it."""

import json
import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pmlint.cli.completion import complete_rule
from pmlint.engine.errors import UserError

if TYPE_CHECKING:
    from pmlint.rules.rule import Example, Rule

_WIDTH = 88


@click.command(
    epilog="""\b
Examples:
  pmlint explain vague-action
  pmlint explain timeline
  pmlint explain vague-action --format json
"""
)
@click.argument("name", metavar="RULE", shell_complete=complete_rule)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(name: str, form: str) -> None:
    """Say why a rule exists.

    With good and bad examples, where it comes from, and how to configure or ignore it. For a family, list its rules.
    """
    from pmlint.engine.run import catalogue
    from pmlint.rules.families import FAMILIES
    from pmlint.rules.near import did_you_mean

    rules = catalogue()
    if name not in rules and name not in FAMILIES:
        rules = _with_own(rules)
    if name in rules:
        _explain(rules[name], form)
    elif name in FAMILIES:
        _list([rule for rule in rules.values() if rule.family == name], form)
    else:
        hint = did_you_mean(name, (*rules, *FAMILIES))
        raise UserError(f"there is no rule '{name}'{hint or '; `pmlint rules` lists them'}")


def _explain(rule: "Rule", form: str) -> None:
    from pmlint.cli.rules import as_json
    from pmlint.cli.terminal import style
    from pmlint.engine.profiles import PROFILES

    look = style()
    if form == "json":
        click.echo(json.dumps(as_json(rule, PROFILES["standard"]), ensure_ascii=False, indent=2))
    elif look.terminal:
        from pmlint.cli.rich_views import explanation_view, show  # only a terminal pays for it

        show(explanation_view(rule, look), look)
    else:
        click.echo("\n".join(explanation(rule)))


def _list(rules: "list[Rule]", form: str) -> None:
    """A family, as `pmlint rules` lists it."""
    from pmlint.cli.rules import as_json, table
    from pmlint.cli.terminal import style
    from pmlint.engine.profiles import PROFILES

    look, profile = style(), PROFILES["standard"]
    if form == "json":
        listed = {"rules": [as_json(rule, profile) for rule in rules]}
        click.echo(json.dumps(listed, ensure_ascii=False, indent=2))
    elif look.terminal:
        from pmlint.cli.rich_views import rules_view, show

        show(rules_view(rules, profile, look), look)
    else:
        click.echo(table(rules, profile))
        click.echo("\n`pmlint explain RULE` says more about one of them.")


def _with_own(rules: "Mapping[str, Rule]") -> "Mapping[str, Rule]":
    """With the rules that the configuration of the working folder adds."""
    from pmlint.engine.configure import Configurations
    from pmlint.engine.own_rules import with_own

    return with_own(rules, Configurations(rules).at(Path()).rule_texts)


def explanation(rule: "Rule") -> Iterator[str]:
    """The lines of the explanation of one rule."""
    yield f"{rule.name}  ({', '.join(facts(rule))})"
    yield ""
    yield from _paragraphs(rule.summary)
    yield ""
    yield "Why"
    yield from _paragraphs(rule.why, indent="  ")
    yield ""
    yield "What good looks like"
    yield from _paragraphs(rule.help, indent="  ")
    for title, examples in (("Reported", rule.bad), ("Not reported", rule.good)):
        for example in examples:
            yield ""
            yield f"{title}, with {said}" if (said := given(example)) else title
            yield from (f"  | {line}".rstrip() for line in underlined(example))
            if example.fixed is not None:
                yield "  fixed:"
                yield from (f"  | {line}".rstrip() for line in example.fixed.splitlines())
    yield ""
    yield "Configure, in pmlint.toml"
    yield from (f"  {line}" for line in configuration(rule))
    yield ""
    yield "Ignore, above the place or in it"
    yield f"  {suppression(rule)}"
    if rule.sources:
        yield ""
        yield "Sources"
        yield from (f"  {source}" for source in rule.sources)


def facts(rule: "Rule") -> list[str]:
    """Where it belongs, how much it matters and how sure it is."""
    level = "off unless selected" if str(rule.level) == "off" else str(rule.level)
    more = ["has a fix"] if rule.fixable else []
    if rule.origin:
        more.append(f"from {rule.origin}")
    return [rule.family, level, f"confidence {rule.confidence}", *more]


def configuration(rule: "Rule") -> Iterator[str]:
    """The lines of a configuration that change the rule, each key with its default or another value."""
    from pmlint.engine.values import describe, show

    if str(rule.level) == "off":
        yield f'extend-select = ["{rule.name}"]'
    yield "[levels]"
    other = "info" if str(rule.level) == "warning" else "warning"
    yield f'{rule.name} = "{other}"    # off, info, warning or error'
    if rule.options:
        yield f"[rules.{rule.name}]"
        for option in rule.options:
            about = ": ".join(filter(None, [describe(option.type), option.help]))
            value = "[]" if option.default is None else show(option.default)
            yield f"{option.name.replace('_', '-')} = {value}    # {about}"


def suppression(rule: "Rule") -> str:
    """The comment that silences the rule in a document."""
    return f"<!-- pmlint ignore {rule.name} -- why it is right here -->"


def given(example: "Example") -> str:
    """What the rule is set to for an example, as a configuration says it."""
    from pmlint.engine.values import show

    return ", ".join(f"{name.replace('_', '-')} = {show(value)}" for name, value in example.options)


def underlined(example: "Example") -> Iterator[str]:
    """The lines of the example, with a line of marks under what is pointed at."""
    start = 0
    for text in example.text.splitlines(keepends=True):
        line = text.rstrip("\r\n")
        yield line
        marks = [
            (max(span.start - start, 0), min(span.end - start, len(line)))
            for span in example.spans
            if span.start < start + len(text) and max(span.end, span.start + 1) > start
        ]
        if marks:
            under = [" "] * (max(end for _, end in marks) + 1)
            for begin, end in marks:
                under[begin : max(end, begin + 1)] = "^" * (max(end, begin + 1) - begin)
            yield "".join(under).rstrip()
        start += len(text)


def _paragraphs(text: str, indent: str = "") -> Iterator[str]:
    for number, paragraph in enumerate(text.split("\n\n")):
        if number:
            yield ""
        yield from textwrap.wrap(
            " ".join(paragraph.split()),
            _WIDTH,
            initial_indent=indent,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
