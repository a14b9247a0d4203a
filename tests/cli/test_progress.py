"""How far a check is, shown on a terminal and there alone."""

import io
import re

import pytest

from pmlint.cli.progress import Progress


class Terminal(io.StringIO):
    """A stream that somebody looks at."""

    def isatty(self) -> bool:
        return True


def shown(stream: io.StringIO, *, seconds: float, wanted: bool = True, done: int = 3) -> str:
    """What stands on `stream` when `done` of twelve documents took so long each."""
    now = 0.0
    with Progress(wanted=wanted, stream=stream, clock=lambda: now) as progress:
        for number in range(1, done + 1):
            now += seconds
            progress(number, 12)
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", stream.getvalue())


def test_what_takes_long_is_shown_and_taken_away_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    text = shown(stream := Terminal(), seconds=0.6)

    assert re.findall(r"checking.*?(\d+/12)", text)[-1] == "3/12"
    assert stream.getvalue().endswith("\x1b[1A\x1b[2K")


@pytest.mark.parametrize(
    ("stream", "seconds", "wanted", "done"),
    [
        pytest.param(Terminal(), 0.2, True, 3, id="quick"),
        pytest.param(Terminal(), 0.09, True, 12, id="done before it would show"),
        pytest.param(Terminal(), 0.6, False, 3, id="not wanted"),
        pytest.param(io.StringIO(), 0.6, True, 3, id="no terminal"),
    ],
)
def test_otherwise_nothing_is(
    stream: io.StringIO, seconds: float, wanted: bool, done: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm")

    assert shown(stream, seconds=seconds, wanted=wanted, done=done) == ""


def test_a_terminal_that_can_only_print_gets_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")

    assert shown(Terminal(), seconds=0.6) == ""
