"""What the shell offers when the tab key is pressed: the names of rules, families, profiles and formats.

Click turns it into what bash, zsh and fish understand. The names of the rules come from the cache where it has them, so
that a key is answered as fast as a key should be.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import click
    from click.shell_completion import CompletionItem

Complete = Callable[["click.Context", "click.Parameter", str], "list[CompletionItem]"]


_LEVELS = ("off", "info", "warning", "error")


class Offer(NamedTuple):
    """A word, and what it stands for."""

    word: str
    about: str = ""


def complete_families(ctx: "click.Context", param: "click.Parameter", incomplete: str) -> "list[CompletionItem]":  # noqa: ARG001 - click's signature
    return _last(families(), incomplete)


def complete_profiles(ctx: "click.Context", param: "click.Parameter", incomplete: str) -> "list[CompletionItem]":  # noqa: ARG001
    return _items(profiles(), incomplete)


def complete_rule(ctx: "click.Context", param: "click.Parameter", incomplete: str) -> "list[CompletionItem]":  # noqa: ARG001
    return _items([*rules(), *families()], incomplete)


def complete_rules(ctx: "click.Context", param: "click.Parameter", incomplete: str) -> "list[CompletionItem]":  # noqa: ARG001
    """Several, with commas between them."""
    return _last([*rules(), *families(), Offer("all", "every rule")], incomplete)


def complete_levels(ctx: "click.Context", param: "click.Parameter", incomplete: str) -> "list[CompletionItem]":  # noqa: ARG001
    """`RULE=LEVEL`: first the rule, and when only one is left, its level."""
    name, mark, _ = incomplete.partition("=")
    named = [name] if mark else [word for word, _ in (*rules(), *families()) if word.startswith(incomplete)]
    if len(named) == 1:
        return _items([Offer(f"{named[0]}={level}") for level in _LEVELS], incomplete)
    return _items([Offer(f"{word}=") for word in named], incomplete)


def complete_formats(incomplete: str) -> "list[CompletionItem]":
    """`NAME`, or `NAME=` and then a file."""
    from click.shell_completion import CompletionItem

    from pmlint.report import FORMATS

    name, mark, _ = incomplete.partition("=")
    if mark and name in FORMATS:
        return [CompletionItem(incomplete, type="file")]
    return _items([Offer(name) for name in FORMATS], incomplete)


def complete_paths(ctx: "click.Context", param: "click.Parameter", incomplete: str) -> "list[CompletionItem]":  # noqa: ARG001
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="file")]


def rules() -> Iterator[Offer]:
    """All rules that hold in the working folder. What is wrong with those that cannot be had, a command says better."""
    from pmlint.cli.check import open_cache
    from pmlint.engine.catalogue import Catalogue
    from pmlint.engine.configure import Configurations
    from pmlint.engine.errors import UserError
    from pmlint.engine.own_rules import own_rules

    with suppress(UserError), open_cache(wanted=True) as cache:
        known = Catalogue(cache)
        yield from (Offer(rule["name"], rule["summary"]) for rule in known.told)
        texts = Configurations(known).at(Path()).rule_texts
        yield from (Offer(rule.name, rule.summary) for rule in own_rules(texts).values())


def families() -> list[Offer]:
    """The families of rules."""
    from pmlint.rules.families import FAMILIES

    return [Offer(name, "a family") for name in FAMILIES]


def profiles() -> list[Offer]:
    """The profiles that can be chosen."""
    from pmlint.engine.profiles import PROFILES

    return [Offer(profile.name, profile.summary) for profile in PROFILES.values()]


def _items(offers: Iterable[Offer], incomplete: str) -> "list[CompletionItem]":
    from click.shell_completion import CompletionItem

    return [CompletionItem(word, help=about or None) for word, about in offers if word.startswith(incomplete)]


def _last(offers: Iterable[Offer], incomplete: str) -> "list[CompletionItem]":
    """The last word of several, with what stands before it, and not once more what does."""
    before, comma, word = incomplete.rpartition(",")
    named = before.split(",")
    fresh = [Offer(f"{before}{comma}{each.word}", each.about) for each in offers if each.word not in named]
    return _items(fresh, f"{before}{comma}{word}")


def install() -> None:
    """Have click speak with the shells as `pmlint.cli.shells` does."""
    from click.shell_completion import add_completion_class

    from pmlint.cli.shells import SHELLS

    for shell in SHELLS:
        add_completion_class(shell)
