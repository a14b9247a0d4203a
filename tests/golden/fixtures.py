"""The fixture documents, what is expected of each, and what the command says about it."""

import contextlib
import io
import json
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from pmlint.cli.main import main

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "fixtures"


@dataclass(frozen=True)
class Place:
    """A rule, and the line that it speaks or must not speak about; None where any place is right."""

    rule: str
    line: int | None


@dataclass(frozen=True)
class Fixture:
    """A document and what a careful reader gets out of it; `fixtures/README.md` explains the form."""

    path: str
    """From the root of the repository."""
    options: tuple[str, ...]
    expected: tuple[Place, ...] = ()
    innocent: tuple[Place, ...] = ()
    silent: frozenset[str] = frozenset()
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return str(Path(self.path).relative_to("fixtures").with_suffix(""))

    @property
    def group(self) -> str:
        return Path(self.path).parts[1]


_KEYS = {"today": set(), "expect": {"rule", "line", "why"}, "innocent": {"rule", "line", "why"}, "silent": {"rules"}}


def fixtures() -> list[Fixture]:
    return [_fixture(file) for file in sorted(FOLDER.glob("*/*.expected.toml"))]


def _fixture(file: Path) -> Fixture:
    document = file.with_name(file.name.removesuffix(".expected.toml") + ".md")
    said = tomllib.loads(file.read_text(encoding="utf-8"))
    unknown = said.keys() - _KEYS.keys() - {"read"}
    if unknown or not document.exists():
        raise ValueError(f"{file.name}: {sorted(unknown) or 'has no document beside it'}")
    today = said.get("today")
    return Fixture(
        path=document.relative_to(ROOT).as_posix(),
        options=("--isolated", *(() if today is None else ("--today", today.isoformat()))),
        expected=tuple(Place(place["rule"], place.get("line")) for place in said.get("expect", ())),
        innocent=tuple(Place(place["rule"], place["line"]) for place in said.get("innocent", ())),
        silent=frozenset(said.get("silent", {}).get("rules", ())),
        facts=said.get("read", {}),
    )


@cache
def command(*arguments: str) -> tuple[int, str]:
    """The exit code and the standard output of a command that is run in the root of the repository."""
    output = io.StringIO()
    with contextlib.chdir(ROOT), contextlib.redirect_stdout(output):
        code = main(arguments)
    return code, output.getvalue()


def check(fixture: Fixture, format: str) -> tuple[int, str]:
    """The exit code and the report of a fixture."""
    return command("check", *fixture.options, "--no-cache", "--format", format, fixture.path)


def findings(fixture: Fixture) -> list[tuple[str, int]]:
    """The rules that speak about a document, each with its line."""
    _, output = check(fixture, "json")
    return [(finding["rule"], finding["line"]) for finding in json.loads(output)["findings"]]


def facts(fixture: Fixture) -> dict[str, Any]:
    """What `pmlint parse` says, in the words of the `[read]` tables."""
    _, output = command("parse", "--isolated", fixture.path)
    read = json.loads(output)
    counts = {name: len(read[name]) for name in ("actions", "factors", "whys", "incidents")}
    zones = {event["zone"] for event in read["timeline"]} - {None}
    return {
        **{name: "" if value is None else value for name, value in read.items()},
        **counts,
        "events": len(read["timeline"]),
        "zone": ", ".join(sorted(zones)),
    }
