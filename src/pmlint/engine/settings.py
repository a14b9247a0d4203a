"""What a run is told to do: typed settings, each of which remembers where it was said."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, get_type_hints

from msgspec import Struct

from pmlint.rules.problem import Confidence, Level

ProfileName = Literal["auto", "standard", "lightweight", "strict", "external", "security", "draft"]
FailOn = Literal["error", "warning", "info", "never"]
Words = tuple[str, ...]


class Origin(Struct, frozen=True):
    """Where a value was said: in a file, on the command line, or nowhere."""

    place: str = "default"
    line: int | None = None

    def __str__(self) -> str:
        return self.place if self.line is None else f"{self.place}:{self.line}"


DEFAULT = Origin()
COMMAND_LINE = Origin("command line")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything that decides what is found in a document besides its text.

    The fields are the keys of the configuration, with hyphens: adding a field adds a key, its check, and its line in
    `pmlint config`.
    """

    profile: Annotated[
        ProfileName, "how strict to be; `auto` follows the severity, status and class that a document states"
    ] = "auto"
    select: Annotated[Words, "run only these rules or families; `all` for every one"] = ()
    extend_select: Annotated[Words, "run these besides the usual ones"] = ()
    ignore: Annotated[Words, "leave these rules or families out"] = ()
    fail_on: Annotated[FailOn, "the lowest level of finding that closes the gate"] = "error"
    min_score: Annotated[int | None, "close the gate for a document that scores less, 0 to 100"] = None
    min_confidence: Annotated[Confidence, "leave out findings that are less sure than this"] = Confidence.MEDIUM
    baseline: Annotated[
        str | None, "the file of accepted findings that `pmlint baseline` writes, relative to this configuration"
    ] = None
    levels: Annotated[Mapping[str, Level], "the level of a rule or of a family"] = field(default_factory=dict)
    per_file_ignores: Annotated[
        Mapping[str, Words], "rules or families to leave out for the files that match a pattern"
    ] = field(default_factory=dict)
    include: Annotated[Words, "patterns of the files to check in a folder"] = (
        "*.md",
        "*.markdown",
        "*.mdown",
        "*.mkd",
        "*.mdx",
        "*.qmd",
        "*.Rmd",
        "*.md.erb",
        "*.markdown.erb",
    )
    exclude: Annotated[Words, "patterns of files and folders to pass over, as in .gitignore"] = ()
    force_exclude: Annotated[bool, "pass over excluded files also where they are named"] = False
    max_megabytes: Annotated[float, "the size above which a file is not read"] = 5.0
    severity_scale: Annotated[Words, "the severities that this house uses, highest first"] = ()
    required_sections: Annotated[Words, "the sections that every postmortem must have"] = ()
    headings: Annotated[Mapping[str, Words], "further headings of a kind of section"] = field(default_factory=dict)
    fields: Annotated[Mapping[str, Words], "further keys of a metadata field"] = field(default_factory=dict)
    statuses: Annotated[Words, "further statuses of a document"] = ()
    action_statuses: Annotated[Mapping[str, Words], "further words for the status of an action item"] = field(
        default_factory=dict
    )
    layers: Annotated[Mapping[str, Words], "further words that put a factor on a layer"] = field(default_factory=dict)
    people: Annotated[Words, "names of people who may occur in documents"] = ()
    teams: Annotated[Words, "names of teams"] = ()
    nlp: Annotated[
        Mapping[Literal["model"], str],
        "`model`: an installed English pipeline to read with, in place of the one that ships",
    ] = field(default_factory=dict)
    timezone: Annotated[str | None, "what a time without any zone is in"] = None
    date_order: Annotated[Literal["dmy", "mdy"] | None, "how 03/04/2026 is meant; ambiguous unless it is said"] = None
    today: Annotated[date | None, "the day that due dates are compared with; the real one unless it is said"] = None
    rule_files: Annotated[Words, "files with rules of this house, relative to the configuration that names them"] = ()
    rules: Annotated[Mapping[str, Mapping[str, Any]], "options of single rules"] = field(default_factory=dict)

    rule_texts: tuple[tuple[str, str], ...] = ()
    """What stands in the rule files, by their names: all that decides a result travels with the settings."""
    root: Path = Path()
    """The folder that patterns are relative to: that of the nearest configuration."""
    origins: Mapping[str, Origin] = field(default_factory=dict, compare=False, repr=False)
    """Dotted key, `levels.vague-action`, to where it was said; what is not here is a default."""

    def origin(self, key: str) -> Origin:
        """Where the value of `key` was said."""
        return self.origins.get(key, DEFAULT)


class Key(Struct, frozen=True):
    """One key of the configuration, as the fields of `Settings` declare it."""

    name: str
    """As written in a file: `fail-on`."""
    field: str
    type: Any
    help: str


@cache
def keys() -> Mapping[str, Key]:
    """The keys of the configuration, in order of declaration."""
    hints = get_type_hints(Settings, include_extras=True)
    found = {}
    for declared in fields(Settings):
        hint = hints[declared.name]
        if hasattr(hint, "__metadata__"):
            name = declared.name.replace("_", "-")
            found[name] = Key(name, declared.name, hint.__origin__, hint.__metadata__[0])
    return found
