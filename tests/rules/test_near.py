"""Which mistyped words have a known one that was meant, and how surely."""

import pytest

from pmlint.rules.near import Slip, slip

KNOWN = (
    *("open", "in progress", "blocked", "done", "won't do", "completed", "complete", "closed", "paused", "started"),
    *("published", "draft", "review", "prevention", "detection", "進行中"),
)
SLIPS = [
    ("two letters changed about", "compelted", Slip("completed", sure=True)),
    ("in a short word", "darft", Slip("draft", sure=True)),
    ("a letter doubled", "drafft", Slip("draft", sure=True)),
    ("a double letter lost", "bloked", Slip("blocked", sure=False)),
    ("a letter lost of a long word", "in progess", Slip("in progress", sure=True)),
    ("a letter too many in a long word", "publisheed", Slip("published", sure=True)),
    ("another letter in a short word", "clesed", Slip("closed", sure=False)),
    ("two slips in a long word", "prevnetoin", Slip("prevention", sure=False)),
    ("capitals", "IN PROGESS", Slip("IN PROGRESS", sure=True)),
    ("a capital", "Darft", Slip("Draft", sure=True)),
    ("a word of its own", "none", None),
    ("another word of its own", "passed", Slip("paused", sure=False)),
    ("another beginning", "gone", None),
    ("too far away", "mostly fine", None),
    ("two that are as near", "completek", None),
    ("the word itself", "done", None),
    ("nothing", "", None),
    ("another script", "進行中々", None),
]


@pytest.mark.parametrize(("word", "expected"), [case[1:] for case in SLIPS], ids=[case[0] for case in SLIPS])
def test_slip(word: str, expected: Slip | None) -> None:
    assert slip(word, KNOWN) == expected
