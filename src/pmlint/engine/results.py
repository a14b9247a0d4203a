"""Results of checks as they are kept, and the keys that they are kept by."""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from hashlib import blake2b
from importlib.util import find_spec
from typing import NamedTuple

from msgspec import Struct, msgpack

from pmlint.engine.finding import Checked, Finding
from pmlint.engine.settings import Settings
from pmlint.source.span import Span

Exists = Callable[[str], bool]
"""Whether there is a file at a path relative to the document."""
Answers = tuple[tuple[str, bool], ...]
"""What a check asked about the files beside the document, and was told."""


class Asked:
    """Asks on, and remembers what the answers were: they are part of what a result came from."""

    def __init__(self, exists: Exists) -> None:
        self._exists = exists
        self._answers: dict[str, bool] = {}

    def __call__(self, path: str) -> bool:
        if path not in self._answers:
            self._answers[path] = self._exists(path)
        return self._answers[path]

    @property
    def answers(self) -> Answers:
        """Each path once, in the order of the questions."""
        return tuple(self._answers.items())


def manner(settings: Settings, rules: str) -> str:
    """All that decides a result besides the document: the settings, the day, and where the rules come from."""
    # What a path means to the patterns depends on the folder that it is relative to.
    folder = os.getcwd() if settings.per_file_ignores else ""  # noqa: PTH109 - a string as it is
    model = _installed(settings.nlp.get("model"))
    return f"{rules} {model} {folder} {replace(settings, today=settings.today or date.today())!r}"


def _installed(model: str | None) -> str:
    """Which pipeline a name stands for: one that is installed or replaced between two runs reads differently."""
    if model is None or not model.isidentifier():
        return ""  # a dotted name would import its parent only to be looked up
    try:
        found = find_spec(model)
    except (ImportError, ValueError):
        found = None
    place = found.origin if found else model
    try:
        return f"{place} {os.stat(place or model).st_mtime_ns}"  # noqa: PTH116 - a string as it is
    except OSError:
        return ""


def digest(data: bytes) -> str:
    """What stands for the content of a document."""
    return blake2b(data, digest_size=16).hexdigest()


def key(manner: str, name: str, content: str) -> str:
    """What the result for one document is kept by; its name counts, since it may hold the day of the incident."""
    return f"{manner}\0{name}\0{content}"


class Kept(Struct, frozen=True, array_like=True):
    """A result as it is kept: what may differ from run to run is not in it."""

    answers: Answers
    kind: str
    profile: str
    profile_reason: str
    findings: tuple[Finding, ...]
    score: int | None
    scores: tuple[tuple[str, int], ...]
    suppressed: int
    skipped: tuple[tuple[str, str], ...]
    closes: tuple[str, ...]
    secrets: tuple[Span, ...] | None

    @staticmethod
    def of(checked: Checked, answers: Answers) -> "Kept":
        """What is kept of a result that has no crashes."""
        return Kept(answers, *(getattr(checked, name) for name in _RESULT))

    def holds(self, exists: Exists | None) -> bool:
        """Whether the files beside the document are as they were."""
        return all(exists is not None and exists(asked) == answer for asked, answer in self.answers)

    def checked(self, path: str, content: str) -> Checked:
        """The result again."""
        return Checked(path=path, content=content, **{name: getattr(self, name) for name in _RESULT})


_RESULT = Kept.__struct_fields__[1:]
KEPT = msgpack.Decoder(Kept)


class Packed(NamedTuple):
    """A result as it comes from a process that made it, and waits until all are there: in a third of the memory."""

    kept: bytes
    card: bytes
    """What the rules across documents need, by itself, since a second run seldom asks for it."""
    content: str

    @staticmethod
    def of(checked: Checked, content: str, answers: Answers) -> "Packed":
        """A result without crashes, packed."""
        return Packed(msgpack.encode(Kept.of(checked, answers)), msgpack.encode((checked.card,)), content)

    def checked(self, path: str) -> Checked:
        """The result again, without its card."""
        return KEPT.decode(self.kept).checked(path, self.content)
