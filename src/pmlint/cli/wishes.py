"""What `pmlint check` is asked to do about what it finds."""

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pmlint.engine.finding import Run


class Wish(NamedTuple):
    """The options about fixes."""

    fix: bool
    unsafe_fixes: bool
    diff: bool

    @property
    def any(self) -> bool:
        """Whether fixes are to be made or shown."""
        return self.fix or self.diff


class Looked(NamedTuple):
    """What was found."""

    whole: "Run"
    run: "Run"
    """The part of it that counts: neither in the baseline nor outside of the changes."""
