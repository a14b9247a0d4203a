"""Phrases over classes of words: what a written phrase finds in a text."""

import pytest

from pmlint.document.cues import lexicon, phrases


def found(text: str) -> list[str]:
    """The stretches of `text` that phrases for a detection take."""
    read = lexicon("milestones").read(text)
    places = phrases("milestones").find(read).get(("detection", "strong"), [])
    return sorted({text[read[start].start : read[end - 1].end] for start, end in places})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Bug report received", ["Bug report", "report received"], id="words in a row and a gap of none"),
        pytest.param("on-call was paged", ["call was paged", "was paged"], id="hyphens part words"),
        pytest.param("The page isn’t loading", ["isn’t loading"], id="typographic apostrophe"),
        pytest.param("Customers had quite long since complained", [], id="too far apart"),
        pytest.param("Two customers. Complained? No.", [], id="no phrase across sentences"),
        pytest.param("customers\ncomplained", [], id="no phrase across lines"),
        pytest.param("", [], id="empty"),
    ],
)
def test_find(text: str, expected: list[str]) -> None:
    assert expected == found(text)


def test_every_phrase_begins_with_a_word() -> None:
    first = [steps[0] for each in phrases("milestones").starts.values() for _, steps, _ in each]

    assert [step for step in first if step.optional or step.gap] == []


def test_every_class_of_a_phrase_exists() -> None:
    groups = lexicon("milestones")

    known = frozenset().union(*groups.exact.values(), *groups.stems.values())
    named = {
        atom
        for each in phrases("milestones").starts.values()
        for _, steps, _ in each
        for step in steps
        for atom in step.atoms
        if atom.startswith("{") or atom.endswith("*")
    }
    assert named - known == set()
