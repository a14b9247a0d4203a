"""The position types: half-open offsets inside the library, line and column at its edge."""

from typing import NamedTuple


class Span(NamedTuple):
    """A half-open range of character offsets (code points) into a `Source`."""

    start: int
    end: int

    def covers(self, other: "Span") -> bool:
        """Whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: "Span") -> bool:
        """Whether the two share at least one character, or an empty one lies inside the other."""
        return self.start < max(other.end, other.start + 1) and other.start < max(self.end, self.start + 1)


class Position(NamedTuple):
    """A place as people and editors name it: line and column, both from 1, columns in code points."""

    line: int
    column: int
