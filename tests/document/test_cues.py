"""Phrases over classes of words: what a written phrase finds in a text."""

import pytest

from pmlint.document.cues import lexicon, phrases
from pmlint.document.model import Milestone


def found(text: str, key: str = "strong", milestone: Milestone = Milestone.DETECTION) -> list[str]:
    """The stretches of `text` that phrases of the list take."""
    read = lexicon("milestones").read(text)
    cues = phrases("milestones", milestone, key)
    return sorted({text[read[start].start : read[end - 1].end] for start, end in cues.find(read)})


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
    lists = [phrases("milestones", milestone, key) for milestone in Milestone for key in ("strong", "weak", "innocent")]

    first = [steps[0] for cues in lists for each in cues.starts.values() for steps in each]
    assert [step for step in first if step.optional or step.gap] == []


def test_every_class_of_a_phrase_exists() -> None:
    known = set().union(*lexicon("milestones").exact.values(), *lexicon("milestones").stems.values())

    named = {
        atom
        for milestone in Milestone
        for key in ("strong", "symptom", "weak", "innocent")
        for each in phrases("milestones", milestone, key).starts.values()
        for steps in each
        for step in steps
        for atom in step.atoms
        if atom.startswith("{") or atom.endswith("*")
    }
    assert named - known == set()
