"""What commands show on a terminal; nothing but a terminal imports it, since rich is slow to import."""

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.syntax import Syntax
from rich.table import Table
from rich.text import Text

from pmlint.cli.explain import configuration, facts, suppression, underlined
from pmlint.cli.rules import level_of
from pmlint.report.escape import visible

if TYPE_CHECKING:
    from pmlint.cli.statistics import Row
    from pmlint.engine.profiles import Profile
    from pmlint.report import Style
    from pmlint.rules.rule import Example, Rule

# the colours of `pmlint.report.style`
_INKS = {"error": "bold red", "warning": "bold yellow", "info": "bold cyan", "off": "dim", "-": "dim"}
_PROSE = 96
_BESIDE = 96
"""Columns from which what a rule reports stands beside its name."""
_BAR = 24
_COMMENT = "    # "


def show(view: RenderableType, look: "Style", *, err: bool = False) -> None:
    """Print `view` as wide and as colourful as the terminal is."""
    console = Console(
        stderr=err,
        width=look.width,
        no_color=not look.colour,
        color_system="auto" if look.colour else None,
        force_terminal=look.terminal,
        highlight=False,
        markup=False,
        emoji=False,
        soft_wrap=False,
    )
    console.print(view)


def explanation_view(rule: "Rule", look: "Style") -> RenderableType:
    """What `pmlint explain` says of a rule."""
    return Group(*_explanation(rule, look))


def _linked(rule: "Rule", look: "Style") -> str:
    """The name of a rule, leading to its page where it has one."""
    return rule.name if rule.origin else look.rule(rule.name, rule.family, rule.name, None)


def _explanation(rule: "Rule", look: "Style") -> Iterator[RenderableType]:
    name = _linked(rule, look)
    yield Text.assemble(Text.from_ansi(name, style="bold"), "  ", (", ".join(facts(rule)), "dim"))
    yield ""
    yield _prose(rule.summary, look)
    yield from _part("Why", *(_prose(paragraph, look) for paragraph in rule.why.split("\n\n")))
    yield from _part("What good looks like", _prose(rule.help, look))
    for title, ink, examples in (("Reported", "red", rule.bad), ("Not reported", "green", rule.good)):
        for example in examples:
            yield from _part(title, _example(example, ink))
            if example.fixed is not None:
                yield from _part("Fixed", _barred(example.fixed.splitlines(), "green"))
    yield from _part("Configure, in pmlint.toml", _toml(configuration(rule), look))
    yield from _part("Ignore, above the place or in it", Text(suppression(rule)))
    if rule.sources:
        yield from _part("Sources", *(Text(visible(source)) for source in rule.sources))


def _part(title: str, *rows: RenderableType) -> Iterator[RenderableType]:
    yield ""
    yield Text(title, style="bold")
    for number, row in enumerate(rows):
        if number and isinstance(row, Padding):
            yield ""
        yield Padding(row, (0, 0, 0, 2))


def _prose(text: str, look: "Style") -> RenderableType:
    """Text to be read: not too wide, what stands in backticks set off."""
    words = Text(visible(" ".join(text.split())))
    words.highlight_regex(r"`[^`]+`", "cyan")
    return Padding(words, (0, max(look.width - _PROSE, 0), 0, 0))


def _toml(lines: Iterable[str], look: "Style") -> RenderableType:
    """A configuration; a comment that is too long for its line stands above it, so that all can be copied."""
    room = look.width - 2
    rows: list[str] = []
    for line in lines:
        key, mark, comment = line.partition(_COMMENT)
        if len(line) > room and mark:
            rows += textwrap.wrap(comment, room, initial_indent="# ", subsequent_indent="# ")
            rows.append(key)
        else:
            rows.append(line)
    text = "\n".join(map(visible, rows))
    return Syntax(text, "toml", theme="ansi_dark", background_color="default") if look.colour else Text(text)


def _example(example: "Example", ink: str) -> RenderableType:
    return _barred(list(underlined(example)), ink)


def _barred(lines: Sequence[str], ink: str) -> RenderableType:
    """The lines of an example beside a bar, the marks under them in the colour of the bar."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for line in lines:
        marks = bool(line.strip()) and not line.strip(" ^")
        grid.add_row(Text("|", style=ink), Text(visible(line.rstrip()), style=f"bold {ink}" if marks else ""))
    return grid


def rules_view(rules: "Sequence[Rule]", profile: "Profile", look: "Style") -> RenderableType:
    """The rules by family, in columns as far as there is room for them."""
    return Group(*_families(rules, profile, look))


def _families(rules: "Sequence[Rule]", profile: "Profile", look: "Style") -> Iterator[RenderableType]:
    longest = max(len(rule.name) for rule in rules)
    for number, (family, members) in enumerate(groupby(rules, key=lambda rule: rule.family)):
        if number:
            yield ""
        yield Text(family, style="bold")
        grid = Table.grid(padding=(0, 2))
        grid.add_column(no_wrap=True, min_width=longest)
        grid.add_column(no_wrap=True, min_width=7)
        grid.add_column(no_wrap=True, min_width=6)
        grid.add_column(ratio=1)
        for rule in members:
            level = level_of(rule, profile)
            name = Text.from_ansi(_linked(rule, look))
            cells = [name, Text(level, style=_INKS[level]), Text(str(rule.confidence), style="dim")]
            summary = Text(visible(rule.summary))
            if look.width >= _BESIDE:
                grid.add_row(*cells, summary)
            else:
                yield Padding(Text("  ").join(cells), (0, 0, 0, 2))
                yield Padding(summary, (0, 0, 0, 6))
        yield Padding(grid, (0, 0, 0, 2)) if grid.row_count else Group()
    yield ""
    noun = "rule" if len(rules) == 1 else "rules"
    yield Text.assemble(
        f"{len(rules)} {noun}, with the levels of the profile {profile.name}; ",
        ("pmlint explain RULE", "cyan"),
        " says more about one of them",
    )


def statistics_view(rows: "Sequence[Row]", total: str, look: "Style") -> RenderableType:
    """Findings by rule, with a bar for each."""
    grid = Table.grid(padding=(0, 2))
    grid.add_column(justify="right", no_wrap=True)
    grid.add_column(no_wrap=True)
    grid.add_column(no_wrap=True)
    grid.add_column(no_wrap=True, style="dim")
    wide = look.width >= _BESIDE
    most = max((row.findings for row in rows), default=1)
    full = "━" if look.symbols else "#"
    for row in rows:
        bar = Text(full * max(1, round(_BAR * row.findings / most)), style="cyan")
        name = Text.from_ansi(look.rule(row.rule, row.family, row.rule, None) if row.shipped else visible(row.rule))
        level = Text(row.level, style=_INKS[row.level])
        grid.add_row(str(row.findings), level, name, row.where, *([bar] if wide else []))
    return Group(grid, Text(total, style="bold"))
