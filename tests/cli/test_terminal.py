"""On a terminal there are colours, links and its width; where nobody looks, plain lines."""

import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.screen import on_terminal, too_wide, words

from pmlint.cli.terminal import colours, hyperlinks

INCIDENT = """\
# Checkout was down for a long while because of the connection pool that nobody had looked at in years

**Date:** 2026-02-03

## Impact

Some users saw errors, and a number of orders failed, which the desk heard of from those who had placed them.

## Detection

## Actions

- Improve monitoring
- Improve monitoring of the pool
"""


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "incident.md").write_text(INCIDENT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


COLOURS = [
    ("a terminal", {}, True, True),
    ("no terminal", {}, False, False),
    ("a terminal of someone who wants none", {"NO_COLOR": "1"}, True, False),
    ("an empty wish is none", {"NO_COLOR": ""}, True, True),
    ("wanted where there is no terminal", {"FORCE_COLOR": "1"}, False, True),
    ("not wanted there", {"FORCE_COLOR": "0"}, False, False),
    ("both", {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False, False),
]


@pytest.mark.parametrize(
    ("environment", "terminal", "expected"), [case[1:] for case in COLOURS], ids=[case[0] for case in COLOURS]
)
def test_colours(environment: dict[str, str], terminal: bool, expected: bool) -> None:
    assert colours(environment, terminal=terminal) == expected


HYPERLINKS = [
    ("unknown", {"TERM": "xterm-256color"}, True, False),
    ("by its name", {"TERM_PROGRAM": "WezTerm"}, True, True),
    ("by its kind", {"TERM": "xterm-kitty"}, True, True),
    ("by its library", {"VTE_VERSION": "7600"}, True, True),
    ("an old library", {"VTE_VERSION": "5000"}, True, False),
    ("a library that says nothing", {"VTE_VERSION": "new"}, True, False),
    ("Windows", {"WT_SESSION": "b6d7"}, True, True),
    ("tmux", {"TERM_PROGRAM": "tmux", "TERM_PROGRAM_VERSION": "3.4"}, True, True),
    ("an old tmux", {"TERM_PROGRAM": "tmux", "TERM_PROGRAM_VERSION": "3.3a", "VTE_VERSION": "7600"}, True, False),
    ("a build service", {"TERM_PROGRAM": "vscode", "CI": "true"}, True, False),
    ("no terminal", {"TERM_PROGRAM": "WezTerm"}, False, False),
    ("wanted", {"FORCE_HYPERLINK": "1"}, False, True),
    ("not wanted", {"FORCE_HYPERLINK": "0", "TERM_PROGRAM": "WezTerm"}, True, False),
]


@pytest.mark.parametrize(
    ("environment", "terminal", "expected"), [case[1:] for case in HYPERLINKS], ids=[case[0] for case in HYPERLINKS]
)
def test_hyperlinks(environment: dict[str, str], terminal: bool, expected: bool) -> None:
    assert hyperlinks(environment, terminal=terminal) == expected


SEEN = [
    ["check", "incident.md"],
    ["check", "incident.md", "--format", "grouped"],
    ["check", "incident.md", "--statistics"],
    ["explain", "ambiguous-date"],
    ["rules", "--family", "actions"],
]


@pytest.mark.parametrize("width", [60, 100])
@pytest.mark.parametrize("arguments", SEEN, ids=" ".join)
def test_no_line_is_wider_than_the_terminal(house: Path, arguments: list[str], width: int) -> None:
    output = on_terminal(*arguments, width=width, folder=house)

    assert "\x1b[" in output
    assert too_wide(output, width) == []


@pytest.mark.parametrize("arguments", SEEN, ids=" ".join)
@pytest.mark.parametrize("wish", [{"NO_COLOR": "1"}, {"TERM": "dumb"}], ids=["NO_COLOR", "dumb"])
def test_who_wants_no_colours_gets_none(house: Path, arguments: list[str], wish: dict[str, str]) -> None:
    assert "\x1b" not in on_terminal(*arguments, folder=house, said=wish)


@pytest.mark.parametrize("arguments", SEEN, ids=" ".join)
def test_a_dumb_terminal_gets_what_a_pipe_gets(house: Path, arguments: list[str]) -> None:
    piped = subprocess.run([sys.executable, "-m", "pmlint", *arguments], capture_output=True, text=True, check=False)

    assert on_terminal(*arguments, folder=house, said={"TERM": "dumb"}) == piped.stdout


def test_paths_and_rules_are_links_where_the_terminal_has_them(house: Path) -> None:
    output = on_terminal("check", "incident.md", folder=house, said={"FORCE_HYPERLINK": "1"})
    plain = on_terminal("check", "incident.md", folder=house, said={"FORCE_HYPERLINK": "0"})

    assert f"{house.as_posix()}/incident.md\x1b\\\x1b[1mincident.md" in output
    assert "/docs/rules/structure/empty-section.md\x1b\\empty-section\x1b]8;;\x1b\\" in output
    assert words(output) == words(plain)
    assert "\x1b]8" not in plain


EXPLAINED = """\
unused-suppression  tool, warning, confidence high, has a fix

A suppression silences nothing.

Why
  The text was mended, or the comment stands in the wrong place. Left in, it
  will hide the next fault here.

What good looks like
"""


def test_an_explanation_fits_the_terminal() -> None:
    output = words(on_terminal("explain", "unused-suppression", width=78))

    assert "".join(f"{row.rstrip()}\n" for row in output.splitlines()[:9]) == EXPLAINED


RULES = """\
tool
  expired-suppression  warning  high
      A suppression is past the date that its
      author gave it.

1 rule, with the levels of the profile
standard; pmlint explain RULE says more about
one of them
"""


def test_rules_in_a_narrow_terminal_stand_above_what_they_report() -> None:
    output = words(on_terminal("rules", "expired", width=46))

    assert "".join(f"{row.rstrip()}\n" for row in output.splitlines()) == RULES


def test_the_end_says_what_to_do_next(house: Path) -> None:
    rows = words(on_terminal("check", "incident.md", "--select", "vague-action", width=70, folder=house)).splitlines()

    assert [row.rstrip() for row in rows[-5:]] == [
        "gate closed by incident.md: 1 finding at level error",
        "next: start with the errors: `pmlint explain vague-action` shows a",
        "good example; where a rule does not fit here,",
        "`<!-- pmlint ignore vague-action -- reason -->` above the place says",
        "so",
    ]
