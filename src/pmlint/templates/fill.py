"""Makes a document from its template: chooses the parts, fills in what is known, leaves the rest open."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

KINDS = ("postmortem", "incident", "status-update", "checkpoint")
TYPES = ("general", "deployment", "infrastructure", "security", "data-loss", "dependency")
PROFILES = ("standard", "lightweight", "strict", "external", "security", "draft")

# What stands where a value is not known. Each is a placeholder that a check reports.
_OPEN = {
    "title": "[what users saw]",
    "id": "[incident ID]",
    "date": "YYYY-MM-DD",
    "start": "YYYY-MM-DD HH:MM UTC",
    "end": "YYYY-MM-DD HH:MM UTC",
    "severity": "[severity]",
    "author": "[name]",
    "commander": "[name]",
    "operations": "[name]",
    "communications": "[name]",
    "scribe": "[name]",
    "record": "[link]",
}
FIELDS = frozenset(_OPEN)
"""What can be known beforehand."""
_FIELD = re.compile(r"\{\{(\w+)\}\}")


def render(
    kind: str,
    *,
    type: str = "general",
    profile: str | None = None,
    values: Mapping[str, str] | None = None,
    parts: Mapping[str, str] | None = None,
) -> str:
    """A new document of `kind`.

    `values` fill the fields, `parts` (`impact`, `communication`, `timeline`) replace what the template asks there. The
    profile is that of the type unless it is said.
    """
    of_type = _types()[type]
    said = {**_OPEN, **_described(of_type), **(values or {})}
    chosen = profile or ("security" if type == "security" else "standard")
    lines = _lines(_text(f"{kind}.md"), chosen, of_type, said, parts or {})
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).rstrip("\n") + "\n"


def _lines(
    template: str, profile: str, of_type: Mapping[str, Any], said: Mapping[str, str], parts: Mapping[str, str]
) -> Iterator[str]:
    """The lines that remain. `%` opens a directive: `only` and `except` profiles, `part`, `insert`, `end`."""
    shown = [True]
    for line in template.splitlines():
        if not line.startswith("% "):
            if shown[-1]:
                yield _filled(line, said)
            continue
        directive, *words = line[2:].split()
        match directive:
            case "only":
                shown.append(shown[-1] and profile in words)
            case "except":
                shown.append(shown[-1] and profile not in words)
            case "part":
                if shown[-1] and words[0] in parts:
                    yield parts[words[0]]  # as it is: what it holds is no field of ours
                shown.append(shown[-1] and words[0] not in parts)
            case "insert":
                if shown[-1] and (text := _inserted(of_type, words[0])):
                    yield _filled(text, said)
            case _:
                shown.pop()


def _inserted(of_type: Mapping[str, Any], name: str) -> str:
    if name == "factors":
        rows = enumerate(of_type["factors"], start=1)
        return "\n".join(f"| F{number} | {layer} | {asked} | [link] |" for number, (layer, asked) in rows)
    return str(of_type.get(name, "")).strip("\n")


def _described(of_type: Mapping[str, Any]) -> dict[str, str]:
    return {"class": of_type["class"], "type_title": of_type["title"], "type_causes": of_type["causes"]}


def _filled(text: str, said: Mapping[str, str]) -> str:
    """One pass, so that a value that looks like a field stays what it is."""
    return _FIELD.sub(lambda field: said[field[1]], text)


@cache
def _types() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads(_text("types.toml"))


def _text(name: str) -> str:
    return files("pmlint.templates").joinpath(name).read_text(encoding="utf-8")
