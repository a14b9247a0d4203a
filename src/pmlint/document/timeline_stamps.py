"""The time that a timeline's entry opens with: what stamps are, and what only a timeline can write so."""

import re
from functools import lru_cache
from typing import TypeVar

from msgspec.structs import replace

from pmlint.document.clocks import ClockMatch
from pmlint.document.dates import WEEKDAY, DateMatch, Order
from pmlint.document.stamps import Stamp, leading_stamp

Part = TypeVar("Part", DateMatch, ClockMatch)

# 13.41 at the head of a line, whatever follows it.
_DOTTED = re.compile(r"[\W_]{0,4}(?:[01]?[0-9]|2[0-3])(?P<dot>\.)[0-5][0-9](?![0-9]|\.[0-9])(?=[\s:,–—-])")
_COLON = re.compile(r"[\W_]{0,4}[0-9]{1,2}:[0-5][0-9](?![0-9])")
# A day without its year, which is one only with a clock behind it: 08-15 21:00, 5/20 10:02.
_SHORT = re.compile(
    rf"(?P<open>[\W_]{{0,4}})(?:{WEEKDAY}[.,]?\s)?"
    r"(?P<a>[0-9]{1,2})(?P<s>[-/.])(?P<b>[0-9]{1,2})(?P<join>\.?,?[\sT]{1,2}(?:at\s)?)(?=~?[0-9]{1,2}:[0-9]{2})"
)


@lru_cache(maxsize=1 << 12)  # a cell is asked when its column is looked for, and again when its row is read
def entry_stamp(text: str, *, order: Order | None = None, dotted: bool = False) -> Stamp | None:
    """The time at the head of an entry; `dotted` where the timeline writes 13.41 throughout."""
    if dotted and (found := _DOTTED.match(text)):
        text = f"{text[: found.start('dot')]}:{text[found.end('dot') :]}"
    if short := _SHORT.match(text):
        stamp = _short(short, order)
        if stamp is not None:
            return stamp
    return _with_clock_after(leading_stamp(text, order=order), text)


def writes_dotted(lines: list[str]) -> bool:
    """Whether these lines begin with clocks like 13.41 rather than 13:41."""
    dotted = sum(_DOTTED.match(line) is not None for line in lines)
    colon = sum(_COLON.match(line) is not None for line in lines)
    return dotted >= 2 and dotted > colon


def _short(found: re.Match[str], order: Order | None) -> Stamp | None:
    first, second = int(found["a"]), int(found["b"])
    # a dash is how ISO dates go on after their year, a dot how days are written before months
    day_first = {"-": first > 12, "/": order == "dmy" or first > 12, ".": True}[found["s"]]
    day, month = (first, second) if day_first else (second, first)
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    text = found["open"] + " " * (found.end() - found.end("open")) + found.string[found.end() :]
    clock = leading_stamp(text)
    if clock is None or clock.clock is None or clock.date is not None:
        return None
    date = DateMatch(found.start("a"), found.end("b"), None, year_known=False, month=month, day=day)
    return replace(clock, start=found.start("a"), date=date)


def _with_clock_after(stamp: Stamp | None, text: str) -> Stamp | None:
    """A day with the time that stands set off behind it: "24-10-2024 - 08:15 - …"."""
    if stamp is None or stamp.date is None or stamp.clock is not None or stamp.end_date is not None:
        return stamp
    after = leading_stamp(text[stamp.end :], dotted=False)
    if after is None or after.clock is None or after.date is not None or after.clock.start > 3:
        return stamp
    after = shifted(after, stamp.end)
    return replace(stamp, end=after.end, clock=after.clock)


def shifted(stamp: Stamp, by: int) -> Stamp:
    """The stamp as found in a text that has `by` characters more before it."""
    return Stamp(
        stamp.start + by, stamp.end + by, _moved(stamp.date, by), _moved(stamp.clock, by), _moved(stamp.end_date, by)
    )


def _moved(part: Part | None, by: int) -> Part | None:
    return None if part is None else replace(part, start=part.start + by, end=part.end + by)
