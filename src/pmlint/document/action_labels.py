"""The labels that name the parts of an action item: `Owner: …`, `Due: …`, `Verified by: …`."""

import re
from collections.abc import Iterator
from functools import cache

from pmlint.document.patterns import Pattern, compiled
from pmlint.document.words import fold, words
from pmlint.source import Prose

_BEFORE = ".;,(|·•–—-)]）】、。，*→"


def labels_in(prose: Prose) -> Iterator[tuple[str, re.Match[str]]]:
    """Each label with the part that it names, where one may stand: at the start, or behind something that separates."""
    if ":" not in prose.text and "：" not in prose.text:
        return
    for found in _label_pattern().finditer(prose.text):
        before = prose.text[: found.start()].rstrip(" \t")
        if not before or before[-1] in _BEFORE or before.endswith("\n"):
            yield _label_fields()[fold(found["label"])], found


def label_at_start(text: str) -> str | None:
    """The part that a line names in front of its value: "Owner: …" -> `owner`."""
    found = _label_pattern().match(text.lstrip(" *_-•"))
    return _label_fields()[fold(found["label"])] if found else None


@cache
def _label_fields() -> dict[str, str]:
    return {fold(label): name for name, labels in words("actions")["labels"].items() for label in labels}


@cache
def _label_pattern() -> Pattern:
    labels = sorted((label for said in words("actions")["labels"].values() for label in said), key=len, reverse=True)
    latin = "|".join(re.escape(label) for label in labels if label.isascii() or label[0].isascii())
    other = "|".join(re.escape(label) for label in labels if not label[0].isascii())
    return compiled(rf"(?i)(?P<label>(?<![\w/-])(?:{latin})|(?:{other}))\s?[:：]\s*(?!//)")
