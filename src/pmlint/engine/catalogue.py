"""All rules, with their names known before they are loaded."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from msgspec import msgpack

if TYPE_CHECKING:
    from pmlint.engine.cache import Cache
    from pmlint.rules.rule import Rule

_KEY = "rules"
_READ = msgpack.Decoder(list[dict[str, Any]])
_TOLD = ("name", "family", "summary", "why", "help", "origin")


class Catalogue(Mapping[str, "Rule"]):
    """The catalogue; what an earlier run has told `cache` of it is had without loading it."""

    def __init__(self, cache: "Cache | None" = None) -> None:
        self._cache = cache

    @cached_property
    def told(self) -> list[dict[str, Any]]:
        """What reports say of each rule, as plain values."""
        kept = self._cache.get(_KEY, _READ) if self._cache else None
        if kept is not None:
            return kept
        told = [
            {
                **{name: getattr(rule, name) for name in _TOLD},
                "level": int(rule.level),
                "confidence": int(rule.confidence),
                "sources": list(rule.sources),
            }
            for rule in self._all.values()
        ]
        if self._cache:
            self._cache.put(_KEY, told)
        return told

    @cached_property
    def _all(self) -> Mapping[str, "Rule"]:
        from pmlint.engine.run import catalogue  # it loads every module of rules

        if self._cache:
            self._cache.prepare()
        return catalogue()

    @cached_property
    def _names(self) -> dict[str, None]:
        return dict.fromkeys(told["name"] for told in self.told)

    def __getitem__(self, name: str) -> "Rule":
        return self._all[name]

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)
