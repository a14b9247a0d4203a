"""Puts off the reading of modules that a library imports and a run has no use for, until somebody does use them."""

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any


@contextmanager
def put_off(*names: str) -> Iterator[None]:
    """While this lasts, whoever imports these modules gets what stands for them.

    Nothing is lost by it: a module is read when somebody uses what they got of it, and whoever imports it afterwards gets
    the module itself.
    """
    stand_ins = [_Module(name) for name in names if name not in sys.modules]
    sys.modules.update((stand_in.__name__, stand_in) for stand_in in stand_ins)
    try:
        yield
    finally:
        for stand_in in stand_ins:
            stand_in.end()


class _Module(ModuleType):
    """Stands for a module."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.lasts = True
        """Whether it still takes the place of the module, so that any name is found in it."""
        self.asked: list[tuple[str, str, dict[str, Any]]] = []
        """What is to be done with the things in it as soon as they are there: thing, method, arguments."""
        self._real: ModuleType | None = None

    def end(self) -> None:
        """From now on whoever imports the module gets it; where something is to be done with it first, through this."""
        self.lasts = False
        if not self.asked and sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]

    def __getattr__(self, name: str) -> Any:
        if _is_special(name) and self._real is None and (self.lasts or name != "__path__"):
            raise AttributeError(name)  # somebody only looks at it, as the import itself does
        return _Thing(self, name) if self.lasts else getattr(self.read(), name)

    def read(self) -> ModuleType:
        """The module itself, which takes the place of all that stood for it."""
        if self._real is None:
            if sys.modules.get(self.__name__) is self:
                del sys.modules[self.__name__]
            self._real = importlib.import_module(self.__name__)
            for thing, method, arguments in self.asked:
                getattr(getattr(self._real, thing), method)(**arguments)
            self._step_back(self._real)
        return self._real

    def _step_back(self, real: ModuleType) -> None:
        for module in list(sys.modules.values()):
            for name, value in list(getattr(module, "__dict__", {}).items()):
                if value is self:
                    setattr(module, name, real)
                elif isinstance(value, _Thing) and value.home is self:
                    setattr(module, name, getattr(real, value.name))


class _Thing:
    """Stands for something in a module: a class or a function."""

    def __init__(self, home: _Module, name: str) -> None:
        self.home = home
        self.name = name

    def _real(self) -> Any:
        return getattr(self.home.read(), self.name)

    def __getattr__(self, name: str) -> Any:
        if self.home.lasts and _is_special(name):
            raise AttributeError(name)  # `typing` only looks at what it is given
        if self.home.lasts and name == "model_rebuild":  # pydantic's, for types that were not known when it was made
            return lambda **arguments: self.home.asked.append((self.name, name, arguments))
        return getattr(self._real(), name)

    def __call__(self, *positional: Any, **named: Any) -> Any:
        return self._real()(*positional, **named)

    def __mro_entries__(self, _: tuple[Any, ...]) -> tuple[Any, ...]:
        return (self._real(),)

    def __instancecheck__(self, value: object) -> bool:
        return isinstance(value, self._real())

    def __subclasscheck__(self, kind: type) -> bool:
        return issubclass(kind, self._real())


def _is_special(name: str) -> bool:
    return name.startswith("__") and name.endswith("__")
