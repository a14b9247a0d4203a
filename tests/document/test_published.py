"""The document as programs get it: a pydantic model of what the rules read."""

import json

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # it ships no types
from pydantic import ValidationError

import pmlint
from pmlint.document import model
from pmlint.document.published import Postmortem, parse

TEXT = """# Checkout was down for 12 minutes

## Impact

3,100 payments failed.

## Timeline (UTC)

- 10:02: alert fires
- 10:14: rolled back

## Action items

- [ ] Alert on the pool (@lea, due 2026-03-01)
"""
SEVERAL = "# Incidents in spring\n" + "".join(
    f"""
## 2024-0{month}-01 {title}

### Impact

Nobody could log in.

### Timeline

- 10:00 the database was down
- 10:20 restarted, back to normal

### Root cause

The disk was full.
"""
    for month, title in ((3, "Login down"), (4, "Login down again"))
)


def test_a_program_gets_it() -> None:
    assert (pmlint.parse, pmlint.Postmortem) == (parse, Postmortem)


def test_it_is_frozen() -> None:
    doc = parse(TEXT)

    with pytest.raises(ValidationError, match="frozen"):
        doc.kind = model.Kind.OTHER  # type: ignore[misc] # what must not be done


def test_its_json_is_what_its_schema_says_and_leaves_the_text_out() -> None:
    said = json.loads(parse(TEXT).model_dump_json())
    schema = Postmortem.model_json_schema(mode="serialization")

    assert list(Draft202012Validator(schema).iter_errors(said)) == []
    assert said.keys() == schema["$defs"]["Postmortem"]["properties"].keys()
    assert {"source", "markup"}.isdisjoint(said)
    assert [event["text"] for event in said["timeline"]["events"]] == ["alert fires", "rolled back"]
    assert said["actions"][0]["due"] == {"value": "2026-03-01", "text": "2026-03-01", "span": [185, 195]}
    assert "prose" not in said["actions"][0]


def test_it_is_what_the_rules_read() -> None:
    doc = parse(TEXT)
    found = pmlint.catalogue()["missing-luck"].run(doc, {})

    assert isinstance(doc, model.Postmortem)
    assert [section.title for section in doc.find("impact")] == ["Impact"]
    assert [doc.source[problem.span] for problem in found] == ["Checkout was down for 12 minutes"]


def test_each_incident_of_several_is_one_too() -> None:
    doc = parse(SEVERAL)

    assert [(type(each), each.title and each.title.value) for each in doc.incidents] == [
        (Postmortem, "2024-03-01 Login down"),
        (Postmortem, "2024-04-01 Login down again"),
    ]
