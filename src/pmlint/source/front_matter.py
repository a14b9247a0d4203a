"""Front matter: the YAML or TOML block that opens a document, each key with its place."""

import re
import tomllib
from typing import Any

from pmlint.source.blocks import FrontMatter, FrontMatterEntry, FrontMatterError
from pmlint.source.span import Span
from pmlint.source.text import Source

_FENCE = re.compile(
    r"\ufeff?(?P<mark>---|\+\+\+)[ \t]*(?P<open>\r\n?|\n)(?P<body>(?:.*(?:\r\n?|\n))*?)(?P<close>(?P=mark)|\.\.\.)[ \t]*(?=[\r\n]|\Z)"
)
_KEY_LINE = re.compile(r"[ \t]*[\w\"'.-]+[ \t]*[:=]|[ \t]*#|[ \t]*$|[ \t]+\S|-[ \t]")


def read_front_matter(source: Source) -> FrontMatter | None:
    """The front matter of `source`, None where it opens with none.

    A document may open with a thematic break: what stands between two `---` is front matter only if its first line
    looks like a key.
    """
    if not source.text.startswith(("---", "+++", "\ufeff---", "\ufeff+++")):
        return None
    found = _FENCE.match(source.text)
    if not found or not _KEY_LINE.match(found["body"]):
        return None
    span = Span(found.start("mark"), found.end())
    if found["mark"] == "+++":
        return _toml(source, span, found["body"], found.start("body"))
    return _yaml(source, span, found["body"], found.start("body"))


def _yaml(source: Source, span: Span, body: str, start: int) -> FrontMatter:
    import yaml

    loader_class = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    loader = loader_class(body)
    try:
        root = loader.get_single_node()
        entries: list[FrontMatterEntry] = []
        if root is None:
            return FrontMatter(span, "yaml", ())
        if not isinstance(root, yaml.MappingNode):
            return _failed(
                span, "yaml", Span(start, start + len(body.rstrip())), "not a mapping of keys to values"
            )
        _walk_yaml(loader, root, "", start, body, entries)
    except (yaml.YAMLError, ValueError, RecursionError) as problem:
        mark = getattr(problem, "problem_mark", None)
        line = source.line(source.line_at(start) + (mark.line if mark else 0))
        reason = str(getattr(problem, "problem", None) or problem)
        return _failed(span, "yaml", line, reason)
    finally:
        loader.dispose()
    return FrontMatter(span, "yaml", tuple(entries))


def _walk_yaml(
    loader: Any, node: Any, prefix: str, start: int, body: str, into: list[FrontMatterEntry]
) -> None:
    import yaml

    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            continue
        name = f"{prefix}{key.value}"
        end = start + len(body[: value.end_mark.index].rstrip())
        begin = start + value.start_mark.index
        key_span = Span(start + key.start_mark.index, start + key.end_mark.index)
        built = loader.construct_object(value, deep=True)
        into.append(FrontMatterEntry(name, built, key_span, Span(begin, max(begin, end))))
        if isinstance(value, yaml.MappingNode):
            _walk_yaml(loader, value, f"{name}.", start, body, into)


def _toml(source: Source, span: Span, body: str, start: int) -> FrontMatter:
    try:
        table = tomllib.loads(body.replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError) as problem:
        at = re.search(r"line (\d+)", str(problem))
        line = source.line(source.line_at(start) + (int(at[1]) - 1 if at else 0))
        return _failed(span, "toml", line, str(problem))
    entries: list[FrontMatterEntry] = []
    _walk_toml(table, "", body, start, entries)
    return FrontMatter(span, "toml", tuple(entries))


def _walk_toml(
    table: dict[str, Any], prefix: str, body: str, start: int, into: list[FrontMatterEntry]
) -> None:
    for key, value in table.items():
        # tomllib gives no places: a key opens its line, as `key =` or as a `[table]`.
        found = re.search(
            rf"^[ \t]*\[{{0,2}}[\w.\"' -]*?(?P<key>{re.escape(key)})[\"' \t]*(?:=[ \t]*(?P<value>.*)|\])",
            body,
            re.MULTILINE,
        )
        key_span = Span(start + found.start("key"), start + found.end("key")) if found else Span(start, start)
        whole = found and found["value"] is not None
        span = (
            Span(start + found.start("value"), start + len(body[: found.end("value")].rstrip()))
            if found and whole
            else key_span
        )
        into.append(FrontMatterEntry(f"{prefix}{key}", value, key_span, span))
        if isinstance(value, dict):
            _walk_toml(value, f"{prefix}{key}.", body, start, into)


def _failed(span: Span, syntax: str, where: Span, reason: str) -> FrontMatter:
    return FrontMatter(span, syntax, (), FrontMatterError(where, reason))
