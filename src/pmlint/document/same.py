"""Whether two documents say the same, wherever in the text they say it."""

from collections.abc import Mapping
from typing import Any

from pmlint.document.model import Postmortem


def says_the_same(one: Postmortem, other: Postmortem) -> bool:
    """Whether everything that was read of the two is equal, apart from its places and from white space."""
    return bool(_told(one.model_dump()) == _told(other.model_dump()))


def _told(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _told(each) for key, each in value.items() if not str(key).endswith("span")}
    if isinstance(value, tuple | list):
        return [_told(each) for each in value]
    return " ".join(value.split()) if isinstance(value, str) else value
