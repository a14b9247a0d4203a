"""What a sentence means, read by a small transformer: how likely it blames, in which way, and with which words.

It knows ways to blame that no list has, and it is led astray by tone: it proposes, and the parse has to confirm.
"""

import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

KINDS = (
    "innocent",
    "person",
    "team",
    "we",
    "human_error",
    "counterfactual",
    "judgement",
    "euphemism",
    "inadvertence",
    "exhortation",
    "person_action",
    "punitive",
    "defensive",
    "prescriptive_lesson",
)
"""What the transformer tells apart, in the order of its answers."""

SHIPPED = Path(__file__).with_name("meaning")
PLACES = frozenset({
    "summary", "impact", "detection", "response", "timeline", "root_cause", "trigger", "contributing_factors", "five_whys",
    "mitigation", "resolution", "went_well", "went_wrong", "got_lucky", "action_items", "lessons", "prevention",
    "communication", "follow_up",
})  # fmt: skip
"""The kinds of sections that it was taught with; in any other it is told none."""

LENGTH = 112
"""Pieces of words that it reads of a sentence; what is longer is cut."""

_many = False
"""Whether so much will be read that it pays to lay out the weights anew for it: from some fifty sentences on."""


def expect_many() -> None:
    """Be told that the sentences of many documents will be read in this process, and in those that are forked from it."""
    global _many  # noqa: PLW0603 - how the whole process is used
    _many = True


class Meaning(Struct, frozen=True):
    """What was made of one sentence."""

    kinds: tuple[float, ...]
    """How likely each of `KINDS` is."""
    start: int
    """Where the words stand that carry it, as characters of the sentence."""
    end: int

    @property
    def blame(self) -> float:
        """How likely it is that somebody is blamed in any way."""
        return 1 - self.kinds[0]

    @property
    def kind(self) -> str:
        """The likeliest way."""
        best = max(range(1, len(KINDS)), key=self.kinds.__getitem__)
        return KINDS[best]


def opening(section: str) -> str:
    """What is told of the surroundings: the kind of section. What stands before a sentence proved to mislead."""
    return f"{section.replace('_', ' ')}:".strip()


def read_all(asked: Sequence[tuple[str, str]], folder: Path = SHIPPED) -> list[Meaning]:
    """What is made of each (section, sentence), in order, by the transformer in `folder`.

    Each is read by itself: its numbers are whole ones, scaled by all that is read together, so that in company a
    sentence would be held for something else than alone.
    """
    cut, session = _tokenizer(folder), _session(folder, _many)
    return [_read(cut, session, opening(section), sentence) for section, sentence in asked]


def _read(cut: "Tokenizer", session: "InferenceSession", section: str, sentence: str) -> Meaning:
    import numpy as np

    done = cut.encode(section, sentence)
    sorts, parts = session.run(
        None,
        {
            "ids": np.array([done.ids], dtype=np.int64),
            "mask": np.array([done.attention_mask], dtype=np.int64),
            "side": np.array([done.type_ids], dtype=np.int64),
        },
    )
    held = [
        offsets
        for offsets, side, value in zip(done.offsets, done.type_ids, parts[0].tolist(), strict=True)
        if side == 1 and offsets[1] > offsets[0] and value >= 0.5
    ]
    start, end = (min(at[0] for at in held), max(at[1] for at in held)) if held else (0, 0)
    return Meaning(tuple(sorts[0].tolist()), start, end)


@cache
def _tokenizer(folder: Path) -> "Tokenizer":
    from tokenizers import Tokenizer

    return Tokenizer.from_file(str(folder / "words.json"))


@cache
def _session(folder: Path, many: bool) -> "InferenceSession":
    # From 1.29 on it tells its maker about each session, unless it is told before it is loaded that it must not.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime

    onnxruntime.disable_telemetry_events()  # also where somebody has loaded it before
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # documents are read side by side in processes of their own
    options.inter_op_num_threads = 1
    if not many:
        options.add_session_config_entry("session.disable_prepacking", "1")
    return onnxruntime.InferenceSession(str(folder / "meaning.onnx"), options, providers=["CPUExecutionProvider"])
