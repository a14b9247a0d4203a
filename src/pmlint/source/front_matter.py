"""Front matter: the YAML or TOML block that opens a document, each key with its place."""

import re
import tomllib
from typing import Any

from pmlint.source.blocks import FrontMatter, FrontMatterEntry, FrontMatterError
from pmlint.source.span import Span
from pmlint.source.text import Source
from pmlint.source.toml_places import toml_places

_LINE_END = re.compile(r"\r\n?|\n")
_OPEN = re.compile(r"\ufeff?(?P<mark>---|\+\+\+)[ \t]*(?=[\r\n])")
# a key of at most four words: "note that this went wrong: …" is a sentence
_YAML_KEY = re.compile(r"[ \t]*(?:\"[^\"\r\n]{1,80}\"|'[^'\r\n]{1,80}'|[\w.-]+(?: [\w.-]+){0,3})[ \t]*:(?:[ \t]|$)")
_TOML_KEY = re.compile(r"[ \t]*(?:\[|[\w\"'.-]+[ \t]*(?:\.|=))")

_LONGEST = 200_000
_DEEPEST = 500
_MOST_NODES = 20_000


def read_front_matter(source: Source) -> FrontMatter | None:
    """The front matter of `source`, None where it opens with none.

    A document may open with a thematic break: what stands between two `---` is front matter only if its first line
    that is no comment looks like a key.
    """
    opening = _OPEN.match(source.text)
    if opening is None:
        return None
    mark = opening["mark"]
    closing = _closing(source, mark)
    if closing is None:
        return None
    start = source.line(2).start
    body = source.text[start : closing.start]
    if not _looks_like_settings(body, mark):
        return None
    span = Span(opening.start("mark"), closing.end)
    syntax = "toml" if mark == "+++" else "yaml"
    if len(body) > _LONGEST:
        return _failed(span, syntax, source.line(1), f"longer than {_LONGEST:,} characters, not read")
    read = _toml if syntax == "toml" else _yaml
    return read(source, span, body, start)


def _closing(source: Source, mark: str) -> Span | None:
    """The mark that ends the front matter, without the blanks after it."""
    closers = (mark, "...") if mark == "---" else (mark,)
    for line in source.lines[1:]:
        if source.text.startswith(closers, line.start) and source[line].rstrip(" \t") in closers:
            return Span(line.start, line.start + len(mark))
    return None


def _looks_like_settings(body: str, mark: str) -> bool:
    key = _TOML_KEY if mark == "+++" else _YAML_KEY
    comments = False
    for line in _LINE_END.split(body):
        if line.lstrip(" \t").startswith("#"):
            comments = True
        elif line.strip() or comments:
            return key.match(line) is not None
        elif body.strip():
            # a blank line first: a thematic break with a document under it
            return False
    return not comments


def _yaml(source: Source, span: Span, body: str, start: int) -> FrontMatter:
    import yaml

    loader: Any = None
    try:
        loader = _loader(body)
        root = loader.get_single_node()
        if root is None:
            return FrontMatter(span, "yaml", ())
        if not isinstance(root, yaml.MappingNode):
            where = Span(start, start + len(body.rstrip()))
            return _failed(span, "yaml", where, "not a mapping of keys to values")
        if _too_large(root):
            return _failed(span, "yaml", source.line(1), "its aliases stand for too many values")
        return FrontMatter(span, "yaml", tuple(_yaml_entries(loader, root, "", start, body)))
    except (yaml.YAMLError, ValueError, RecursionError) as problem:
        mark = getattr(problem, "problem_mark", None)
        at = getattr(problem, "position", None)
        number = source.line_at(start) + mark.line if mark else source.line_at(start + at) if at else 2
        reason = getattr(problem, "problem", None) or getattr(problem, "reason", None) or str(problem)
        return _failed(span, "yaml", source.line(number), str(reason).split("\n")[0])
    finally:
        if loader is not None:
            loader.dispose()


def _loader(body: str) -> Any:
    """The fast loader, or the one that fails politely: libyaml's own stack overflows on deep nesting."""
    import yaml

    nesting = sum(map(body.count, ("[", "{", "- ", "? ", "-\t", "?\t")))
    indent = max((len(line) - len(line.lstrip()) for line in _LINE_END.split(body)), default=0)
    if max(nesting, indent) > _DEEPEST or not hasattr(yaml, "CSafeLoader"):
        return yaml.SafeLoader(body)
    return yaml.CSafeLoader(body)


def _too_large(root: Any) -> bool:
    """Whether the value, each alias written out, has more nodes than any settings need."""
    left, waiting = _MOST_NODES, [root]
    while waiting:
        left -= 1
        if left < 0:
            return True
        value = waiting.pop().value
        if isinstance(value, list):
            for child in value:
                waiting.extend(child if isinstance(child, tuple) else (child,))
    return False


def _yaml_entries(loader: Any, node: Any, prefix: str, start: int, body: str) -> list[FrontMatterEntry]:
    import yaml

    entries: list[FrontMatterEntry] = []
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            continue
        name = f"{prefix}{key.value}"
        begin, end = value.start_mark.index, value.end_mark.index
        while end > begin and body[end - 1].isspace():
            end -= 1
        key_span = Span(start + key.start_mark.index, start + key.end_mark.index)
        span = Span(start + begin, start + max(begin, end))
        entries.append(FrontMatterEntry(name, _built(loader, value), key_span, span))
        if isinstance(value, yaml.MappingNode):
            entries.extend(_yaml_entries(loader, value, f"{name}.", start, body))
    return entries


def _built(loader: Any, node: Any) -> Any:
    """The value of a node; one that looks like a date but is none (2024-13-45), or has a tag, stays as written."""
    import yaml

    try:
        return loader.construct_object(node, deep=True)
    except (yaml.YAMLError, ValueError, TypeError, LookupError, ArithmeticError, AttributeError):
        return node.value if isinstance(node, yaml.ScalarNode) else None


def _toml(source: Source, span: Span, body: str, start: int) -> FrontMatter:
    try:
        table = tomllib.loads(_LINE_END.sub("\n", body))
    except (ValueError, RecursionError) as problem:
        at = re.search(r"line (\d+)", str(problem))
        number = source.line_at(start) + (int(at[1]) - 1 if at else 0)
        return _failed(span, "toml", source.line(number), str(problem))
    places = {path: (key, value) for path, key, value in toml_places(body, start)}
    return FrontMatter(span, "toml", tuple(_toml_entries(table, (), places, Span(start, start))))


def _toml_entries(
    table: dict[str, Any], path: tuple[str, ...], places: dict[tuple[str, ...], tuple[Span, Span]], around: Span
) -> list[FrontMatterEntry]:
    """`around` is where the table itself stands: the place of a key that is not found on a line of its own."""
    entries: list[FrontMatterEntry] = []
    for key, value in table.items():
        key_span, span = places.get((*path, key), (around, around))
        entries.append(FrontMatterEntry(".".join((*path, key)), value, key_span, span))
        if isinstance(value, dict):
            entries.extend(_toml_entries(value, (*path, key), places, span))
    return entries


def _failed(span: Span, syntax: str, where: Span, reason: str) -> FrontMatter:
    return FrontMatter(span, syntax, (), FrontMatterError(where, reason))
