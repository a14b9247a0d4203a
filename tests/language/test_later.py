"""A module that is put off is there for whoever uses it, and not before."""

import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from pmlint.language.later import put_off

# Keeps what is done to it, as a schema does that learns of types afterwards.
PUT_OFF = """
LEARNT = []

class Kind:
    SIZE = 3

    @classmethod
    def model_rebuild(cls, **types):
        LEARNT.append(types)

def half(value):
    return value / 2
"""
USER = """
from typing import Callable, List, Optional

import unused
from unused import Kind, half

Several = Optional[List[Kind]]
Way = Callable[[Kind], Kind]

def is_kind(value):
    return isinstance(value, Kind), issubclass(type(value), Kind)

def derived():
    class Derived(Kind): pass
    return Derived

Kind.model_rebuild(word=str)
"""


@pytest.fixture
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SimpleNamespace]:
    """A module that took names from one that was put off."""
    (tmp_path / "unused.py").write_text(PUT_OFF, encoding="utf-8")
    (tmp_path / "user.py").write_text(USER, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    with put_off("unused", "no_such_module"):
        import user  # type: ignore[import-not-found]
    yield user
    for name in ("unused", "user"):
        sys.modules.pop(name, None)


def was_read() -> bool:
    return hasattr(sys.modules.get("unused"), "__file__")


USES = [
    pytest.param(lambda user: user.half(5), 2.5, id="function"),
    pytest.param(lambda user: user.Kind.SIZE, 3, id="attribute"),
    pytest.param(lambda user: user.unused.Kind.SIZE, 3, id="through-the-module"),
    pytest.param(lambda user: type(user.Kind()).__name__, "Kind", id="instance"),
    pytest.param(lambda user: user.is_kind(user.Kind()), (True, True), id="is-one"),
    pytest.param(lambda user: user.is_kind(3), (False, False), id="is-none"),
    pytest.param(lambda user: user.derived().SIZE, 3, id="base"),
    pytest.param(lambda _: __import__("unused").half(5), 2.5, id="imported-by-another"),
    pytest.param(lambda user: (user.half(1), __import__("unused") is user.unused)[1], True, id="one-module"),
    pytest.param(lambda user: (user.half(1), type(user.Kind))[1], type, id="all-that-stood-for-it-is-replaced"),
]


@pytest.mark.parametrize(("use", "expected"), USES)
def test_it_is_read_when_it_is_used(use: object, expected: object, user: SimpleNamespace) -> None:
    assert not was_read()
    assert use(user) == expected  # type: ignore[operator]
    assert was_read()
    learnt = sys.modules["unused"].LEARNT
    assert learnt == [{"word": str}]


def test_what_nobody_asked_anything_of_is_gone(user: SimpleNamespace) -> None:
    assert ("no_such_module" in sys.modules, "unused" in sys.modules) == (False, True)
    assert vars(user)["Kind"] is not None
    assert not was_read()


def test_what_is_there_already_is_not_put_off() -> None:
    import json

    with put_off("json"):
        assert sys.modules["json"] is json
    assert sys.modules["json"] is json
