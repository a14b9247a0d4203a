"""Documents as other organisations write them: drop one into `shapes/`, with what a reader finds in it beside it."""

import json
import os
from pathlib import Path

import pytest

from pmlint.document.model import Postmortem
from pmlint.document.parse import parse
from pmlint.document.wire import to_json

SHAPES = sorted(Path(__file__).with_name("shapes").glob("*.md"))


@pytest.mark.parametrize("file", [pytest.param(file, id=file.stem) for file in SHAPES])
def test_a_house_style_is_read_as_a_reader_reads_it(file: Path) -> None:
    """All that is found; `PMLINT_UPDATE=1` writes it anew, to be read before it stays."""
    read = _read(parse(file.read_text(encoding="utf-8")))
    expected = file.with_suffix(".json")
    if os.environ.get("PMLINT_UPDATE"):
        expected.write_text(json.dumps(read, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

    assert json.loads(expected.read_text(encoding="utf-8")) == read


def _read(doc: Postmortem) -> dict[str, object]:
    """What stands in the document, in one line for each thing."""
    said = to_json(doc)
    facts = (
        "title",
        "incident_id",
        "incident_date",
        "severity",
        "started_at",
        "ended_at",
        "duration_minutes",
        "authors",
    )
    parts = [f"{part['line']} {part['kind']}" for part in said["sections"] if part["kind"] not in ("unknown", "title")]
    # the cues of milestones are English; of other languages the structure is read
    marks = [", ".join(event["milestones"]) if doc.language == "en" else "" for event in said["timeline"]]
    events = [
        " | ".join((event["at"] or "-", mark or "-", " ".join(event["text"].split())))
        for event, mark in zip(said["timeline"], marks, strict=True)
    ]
    named = ("text", "owner", "due", "ticket", "status", "category")
    return {
        **{name: value for name, value in said.items() if name in facts},
        "sections": parts,
        "timeline": events,
        "factors": [factor["text"] for factor in said["factors"]],
        "actions": [" | ".join(str(action.get(name) or "-") for name in named) for action in said["actions"]],
    }
