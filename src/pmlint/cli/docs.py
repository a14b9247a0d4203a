"""The pages of the manual that are made from the rules and settings: `python -m pmlint.cli.docs docs`."""

import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from pmlint.cli.explain import configuration, given, suppression, underlined
from pmlint.engine.profiles import PROFILES
from pmlint.engine.settings import Settings, keys
from pmlint.engine.values import describe, show
from pmlint.rules.catalogue import shipped
from pmlint.rules.examples import run_one
from pmlint.rules.families import FAMILIES

if TYPE_CHECKING:
    from pmlint.rules.rule import Example, Rule

_ABOUT = {
    "structure": "the document and its metadata",
    "impact": "who was affected, how much and for how long",
    "timeline": "what happened when",
    "causes": "why it happened, and why it was not stopped earlier",
    "language": "how people are spoken of",
    "actions": "what will change",
    "response": "roles, detection and communication",
    "learning": "what remains when the incident is over",
    "publication": "who may read it",
    "collection": "what several documents show together",
    "tool": "the file itself",
}
_ABOUT_RULES = """\
The name of a family stands for all of its rules wherever the name of a rule is asked for. The level is that of the
profile `standard`; a rule that is *off* runs where it is selected, and in the profile `strict`. A *safe* fix is made by
`--fix`, an *unsafe* one, which may change a fact, where `--unsafe-fixes` is added ([more](../how-to/fix.md))."""
_ABOUT_SETTINGS = """\
Keys of `pmlint.toml`, of `.pmlint.toml`, and of `[tool.pmlint]` in `pyproject.toml`. The nearest of these to a document
holds for it, and what the command line says wins. `pmlint config` shows every value that holds and the line that says
so. An unknown key is an error; the message names the key that was probably meant."""
_BACKTICKS = re.compile(r"`{3,}")


def pages() -> dict[str, str]:
    """Every generated page by its path below `docs/`."""
    rules = shipped()
    return {
        "rules/README.md": index(rules),
        **{f"rules/{rule.family}/{rule.name}.md": page(rule) for rule in rules.values()},
        "reference/settings.md": settings(),
    }


def write(folder: Path) -> None:
    """Make the pages anew; a page whose rule has gone is taken away."""
    made = pages()
    for old in (folder / "rules").glob("*/*.md"):
        if old.relative_to(folder).as_posix() not in made:
            old.unlink()
    for name, text in made.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="")


def index(rules: "Mapping[str, Rule]") -> str:
    """The page that lists all rules."""
    return _text(_index(rules))


def page(rule: "Rule") -> str:
    """The page of one rule, with what `pmlint explain` says."""
    return _text(_page(rule))


def settings() -> str:
    """The page that lists all keys of a configuration."""
    return _text(_settings())


def _text(lines: Iterator[str]) -> str:
    return "\n".join(lines) + "\n"


def _index(rules: "Mapping[str, Rule]") -> Iterator[str]:
    yield "# Rules"
    yield ""
    yield f"{len(rules)} rules in {len({rule.family for rule in rules.values()})} families."
    yield _ABOUT_RULES
    for family in FAMILIES:
        members = [rule for rule in rules.values() if rule.family == family]
        if not members:
            continue
        yield ""
        yield f"## {family} · {_ABOUT[family]}"
        yield ""
        yield "| rule | level | confidence | fix | reports |"
        yield "|---|---|---|---|---|"
        for rule in members:
            link = f"[`{rule.name}`]({family}/{rule.name}.md)"
            yield f"| {link} | {_level(rule)} | {rule.confidence} | {_fix(rule)} | {_cell(rule.summary)} |"


def _page(rule: "Rule") -> Iterator[str]:
    yield f"# `{rule.name}`"
    yield ""
    facts = [f"[{rule.family}](../README.md)", _level(rule), f"confidence {rule.confidence}"]
    facts += [f"in `{name}` {level}" for name, level in _elsewhere(rule)]
    facts += [f"{_fix(rule)} fix"] if rule.fixable else []
    facts += ["English text only"] if "english" in rule.needs else []
    facts += [f"since {rule.since}"]
    yield " · ".join(facts)
    yield ""
    yield rule.summary
    for title, text in (("Why", rule.why), ("What good looks like", f"{rule.help[:1].upper()}{rule.help[1:]}.")):
        yield ""
        yield f"## {title}"
        yield ""
        yield text.replace("<", "\\<")
    for title, examples in (("Reported", rule.bad), ("Not reported", rule.good)):
        yield ""
        yield f"## {title}"
        for example in examples:
            yield ""
            if said := given(example):
                yield f"With `{said}`:"
                yield ""
            yield from _fenced(list(underlined(example)))
            yield from _fixed(example)
    yield ""
    yield "## Configure"
    yield ""
    yield from _fenced(list(configuration(rule)), "toml")
    yield ""
    yield "## Ignore"
    yield ""
    yield "Above the place or in it:"
    yield ""
    yield from _fenced([suppression(rule)], "markdown")
    if rule.sources:
        yield ""
        yield "## Sources"
        yield ""
        yield from (f"- {source}" for source in rule.sources)


def _fix(rule: "Rule") -> str:
    """Of which sort the fix is that its examples show; nothing where none shows any."""
    problems = [problem for example in rule.bad if example.fixed is not None for problem in run_one(rule, example)]
    return " or ".join(sorted({"safe" if problem.fix.safe else "unsafe" for problem in problems if problem.fix}))


def _fixed(example: "Example") -> Iterator[str]:
    if example.fixed is not None:
        yield ""
        yield "Fixed:"
        yield ""
        yield from _fenced(example.fixed.splitlines())


def _settings() -> Iterator[str]:
    yield "# Settings"
    yield ""
    yield _ABOUT_SETTINGS
    yield ""
    yield "| key | what it does | value | default |"
    yield "|---|---|---|---|"
    yield "| `extend` | another configuration to build on, from the folder of this one | the path of a file | |"
    defaults = Settings()
    for key in keys().values():
        value = getattr(defaults, key.field)
        shown = "" if value is None or value == {} else f"`{show(value)}`"
        yield f"| `{key.name}` | {_cell(key.help)} | {_cell(_kind(key.type))} | {shown} |"
    yield ""
    yield "Options of a rule stand in a table of their own, `[rules.NAME]`; the page of the rule lists them."
    yield ""
    yield "## Profiles"
    yield ""
    yield "| profile | what it means |"
    yield "|---|---|"
    yield "| `auto` | the one that the document's own class, status, audience or severity asks for; the default |"
    for profile in PROFILES.values():
        yield f"| `{profile.name}` | {_cell(profile.summary)} |"


def _kind(type: object) -> str:
    return "a table for each rule" if type == keys()["rules"].type else describe(type)


def _elsewhere(rule: "Rule") -> Iterator[tuple[str, str]]:
    """The profiles in which the rule has another level; `strict` raises all alike and needs no mention."""
    for profile in PROFILES.values():
        level = profile.level(rule)
        if level is not rule.level and profile.name != "strict":
            yield profile.name, f"{level}"


def _level(rule: "Rule") -> str:
    return str(rule.level)


def _fenced(lines: list[str], language: str = "text") -> Iterator[str]:
    """A code block whose fence is longer than any in it."""
    longest = max((len(found[0]) for line in lines for found in _BACKTICKS.finditer(line)), default=2)
    fence = "`" * (longest + 1)
    yield fence + language
    yield from (line.rstrip() for line in lines)
    yield fence


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "\\<")


if __name__ == "__main__":
    write(Path(sys.argv[1] if len(sys.argv) > 1 else "docs"))
