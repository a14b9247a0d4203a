"""Whether two documents say the same, wherever in the text they say it."""

from dataclasses import fields, is_dataclass
from typing import Any

from pmlint.document.model import Postmortem


def says_the_same(one: Postmortem, other: Postmortem) -> bool:
    """Whether everything that was read of the two is equal, apart from its places and from white space."""
    return bool(_told(one) == _told(other))


def _told(value: Any) -> Any:
    if is_dataclass(value):
        names = (field.name for field in fields(value) if "exclude" not in field.metadata)
        return [_told(getattr(value, name)) for name in names if not name.endswith("span")]
    if isinstance(value, tuple):
        return [_told(each) for each in value]
    return " ".join(value.split()) if isinstance(value, str) else value
