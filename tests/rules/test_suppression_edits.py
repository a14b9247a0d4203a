"""A suppression that is taken out leaves no trace of itself, and never more silence than there was."""

import pytest

from pmlint.rules.suppression import read_suppressions
from pmlint.rules.suppression_edits import without
from pmlint.source import Source
from pmlint.source.markdown import read_markup

C = "<!-- pmlint ignore a -- known -->"


def taken_out(text: str, *idle: str) -> str:
    """The text without these names, or where there are none without the first comment."""
    source = Source(text)
    every = read_suppressions(source, read_markup(source))
    item = every[0]
    fix = without(source, item, [name for name in item.names if name.text in idle or not idle], every)
    for edit in sorted(fix.edits, key=lambda edit: edit.span, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


COMMENTS = [
    ("above a block", f"x\n\n{C}\n- y\n", "x\n\n- y\n"),
    ("between blank lines", f"x\n\n{C}\n\ny\n", "x\n\ny\n"),
    ("at the start", f"{C}\n\n# x\n", "# x\n"),
    ("behind a byte order mark", f"\ufeff{C}\n\n# x\n", "\ufeff# x\n"),
    ("at the end", f"x\n\n{C}\n", "x\n"),
    ("at the end without a newline", f"x\n\n{C}", "x\n"),
    ("below text", f"x\n{C}\ny\n", "x\ny\n"),
    ("alone", C, ""),
    ("in a quote", f"> x\n>\n> {C}\n> - y\n", "> x\n>\n> - y\n"),
    ("behind text", f"- x {C}\n- y\n", "- x\n- y\n"),
    ("amid text", f"x {C} y\n", "x y\n"),
    ("amid text without blanks", f"x{C}y\n", "xy\n"),
    ("at the start of an item", f"- {C} x\n", "- x\n"),
    ("in a cell", f"| a | b |\n|---|---|\n| 1 | 2 {C} |\n", "| a | b |\n|---|---|\n| 1 | 2 |\n"),
    ("in a tight cell", f"|a|b|\n|-|-|\n|1|2 {C}|\n", "|a|b|\n|-|-|\n|1|2|\n"),
    ("over two lines", "x\n\n<!-- pmlint ignore a\n  -- known -->\n\ny\n", "x\n\ny\n"),
    (
        "with its end",
        "x\n\n<!-- pmlint ignore-start a -->\n\ny\n\n<!-- pmlint ignore-end a -->\n\nz\n",
        "x\n\ny\n\nz\n",
    ),
]


@pytest.mark.parametrize(("before", "after"), [case[1:] for case in COMMENTS], ids=[case[0] for case in COMMENTS])
@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["unix", "windows"])
def test_a_comment(before: str, after: str, ending: str) -> None:
    assert taken_out(before.replace("\n", ending)) == after.replace("\n", ending)


NAMES = [
    ("the first", "a, b, c", ["a"], "b, c"),
    ("the middle", "a, b, c", ["b"], "a, c"),
    ("the last", "a, b, c", ["c"], "a, b"),
    ("two at the start", "a, b, c", ["a", "b"], "c"),
    ("two at the end", "a, b, c", ["b", "c"], "a"),
    ("two apart", "a, b, c", ["a", "c"], "b"),
    ("without commas", "a b", ["b"], "a"),
]


@pytest.mark.parametrize(("names", "idle", "left"), [case[1:] for case in NAMES], ids=[case[0] for case in NAMES])
def test_some_of_its_names(names: str, idle: list[str], left: str) -> None:
    text = "<!-- pmlint ignore {} until=2030-01-31 -- known -->\nx\n"

    assert taken_out(text.format(names), *idle) == text.format(left)
