"""Regular expressions by name, each compiled when it is first asked for."""

import re


class Patterns:
    """Named patterns of a module; importing it costs nothing, and a run compiles only what it meets."""

    def __init__(self, **sources: str) -> None:
        self._sources = sources

    def __getattr__(self, name: str) -> re.Pattern[str]:
        if name.startswith("_") or name not in self._sources:
            raise AttributeError(name)
        compiled = re.compile(self._sources[name])
        setattr(self, name, compiled)
        return compiled

    def expression(self, name: str) -> str:
        """The pattern as it is written."""
        return self._sources[name]
