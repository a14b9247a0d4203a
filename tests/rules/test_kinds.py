"""Where data rules look, what they pass over, and what they take for an answer."""

import pytest

from pmlint.document.parse import parse
from pmlint.rules.kinds import Missing, Phrases, Regex

DOCUMENT = """\
---
note: the engine stalled
---

# The engine stalled

The engine stalled `engine stalled` "the engine stalled" [the engine stalled](https://e.example/engine-stalled).

> The engine stalled.

```
engine stalled
```

## Lessons learned

- The engine stalled.

| Part | State |
|---|---|
| engine | engine stalled |
"""


def found_lines(check: Phrases | Regex) -> list[int]:
    doc = parse(DOCUMENT)
    return [doc.line(problem.span) for problem in check.check(doc)]


@pytest.mark.parametrize(
    ("where", "lines"),
    [
        pytest.param((), [5, 7, 7, 17, 21], id="anywhere the author speaks"),
        pytest.param(("headings",), [5], id="headings"),
        pytest.param(("prose",), [7, 7], id="paragraphs"),
        pytest.param(("items",), [17], id="items"),
        pytest.param(("cells",), [21], id="cells"),
        pytest.param(("lessons",), [17, 21], id="a section"),
        pytest.param(("lessons", "items"), [17], id="items of a section"),
        pytest.param(("actions",), [], id="actions, of which there are none"),
    ],
)
def test_where_phrases_are_found(where: tuple[str, ...], lines: list[int]) -> None:
    assert found_lines(Phrases(message="m", where=where, phrases=("engine stalled",))) == lines


def test_an_unless_phrase_saves_its_sentence_and_no_other() -> None:
    check = Phrases(message="m", phrases=("was lost",), unless=("not", "nothing"))
    doc = parse("# Loss\n\nNothing was lost. The disk was lost. It is not true that the tape was lost.\n")

    assert [doc.source[problem.span] for problem in check.check(doc)] == ["was lost"]
    assert [problem.span.start for problem in check.check(doc)] == [35]


def test_a_regex_points_at_its_group_and_names_it_in_the_message() -> None:
    check = Regex(message="{unit} in '{match}'", pattern=r"took (?P<at>\d+ (?P<unit>minutes|hours))")
    doc = parse("# Loss\n\nIt took 3 hours, `took 4 hours`.\n")

    assert [(doc.source[problem.span], problem.message) for problem in check.check(doc)] == [
        ("3 hours", "hours in '3 hours'")
    ]


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param("engine stalled", id="words"),
        pytest.param("ENGINE +(?:Stalled|stopped)", id="in any case"),
        pytest.param("(?i)engine stalled", id="that says so itself"),
        pytest.param("gine sta", id="within words"),
        pytest.param("[a-z]+ stalled", id="any word"),
        pytest.param("(?<=engine )stalled", id="behind a word"),
        pytest.param(r"(?:no )?\bengine\s+stalled", id="a word that may be absent"),
    ],
)
def test_a_regex_is_found_wherever_it_matches(pattern: str) -> None:
    assert found_lines(Regex(message="m", pattern=pattern)) == [5, 7, 7, 17, 21]


@pytest.mark.parametrize(
    ("text", "answered"),
    [
        pytest.param("# Loss\n\n## Lessons learned\n\nNone.\n", True, id="a section"),
        pytest.param("# Loss\n\n**Severity:** P1\n", True, id="a field"),
        pytest.param("# Loss\n\n**Severity:** unknown\n", True, id="a field that says unknown"),
        pytest.param("# Loss\n\n- We learned that disks fail.\n", True, id="a phrase"),
        pytest.param("# Loss\n\n> we learned a lot\n", False, id="another's words"),
        pytest.param("# Loss\n\nA disk failed.\n", False, id="nothing of the kind"),
    ],
)
def test_what_is_an_answer(text: str, answered: bool) -> None:
    check = Missing(message="m", sections=("lessons",), fields=("severity",), phrases=("we learned",))

    assert [problem.message for problem in check.check(parse(text))] == ([] if answered else ["m"])


@pytest.mark.parametrize(
    ("factor", "answered"),
    [
        pytest.param("The alert had a threshold above what users feel.", True, id="of that layer"),
        pytest.param("The disk cannot hold two indexes.", False, id="of another"),
    ],
)
def test_a_factor_of_a_layer_is_an_answer(factor: str, answered: bool) -> None:
    check = Missing(message="m", phrases=("went wrong",), layers=("detection",))
    text = f"# Loss\n\n## Contributing factors\n\n- {factor}\n- The release had no canary.\n"

    assert [problem.message for problem in check.check(parse(text))] == ([] if answered else ["m"])


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        pytest.param("A researcher reported a flaw; it was not exploited.", False, id="found and not used"),
        pytest.param("A vulnerability was reported. We found no evidence that it was ever used.", False, id="no trace"),
        pytest.param("An attacker used a vulnerability of the mailer.", True, id="used"),
        pytest.param("A bug deleted the index. No evidence of an attack.", True, id="no flaw that anybody reported"),
    ],
)
def test_some_questions_are_not_asked_of_a_flaw_that_nobody_used(text: str, asked: bool) -> None:
    check = Missing(message="m", phrases=("commander",), not_when=("unused_flaw",))

    assert [problem.message for problem in check.check(parse(f"# Loss\n\n{text}\n"))] == (["m"] if asked else [])


@pytest.mark.parametrize(
    ("part", "answered"),
    [
        pytest.param("Summary", True, id="where it happened"),
        pytest.param("Action items", False, id="where it is planned"),
        pytest.param("Action items\n\n### Soon", False, id="in a part of that"),
    ],
)
def test_what_stands_apart_is_no_answer(part: str, answered: bool) -> None:
    check = Missing(message="m", phrases=("backups",), apart=("action_items",))
    doc = parse(f"# Loss\n\n## {part}\n\n- Restored from backups\n")

    assert [problem.message for problem in check.check(doc)] == ([] if answered else ["m"])


@pytest.mark.parametrize(
    ("severity", "asked"),
    [
        pytest.param("SEV1", True, id="severe"),
        pytest.param("SEV4", False, id="minor"),
        pytest.param("", False, id="unstated"),
    ],
)
def test_some_questions_are_asked_of_severe_incidents_only(severity: str, asked: bool) -> None:
    check = Missing(message="m", phrases=("cadence",), when=("severe",))
    line = f"**Severity:** {severity}\n" if severity else ""

    assert [problem.message for problem in check.check(parse(f"# Loss\n\n{line}"))] == (["m"] if asked else [])


@pytest.mark.parametrize(
    ("text", "place"),
    [
        pytest.param("# Loss\n\n## Action items\n\n- Mend it\n", "Action items", id="the section it belongs to"),
        pytest.param("# Loss\n\nA disk failed.\n", "Loss", id="the title"),
        pytest.param("# Loss\n\n## Details\n\nOwner: Ana\n\n## Impact\n\nNone.\n", "Details", id="the details above"),
        pytest.param("# Loss\n\n## Impact\n\nNone.\n\n## Details\n\nOwner: Ana\n", "Loss", id="details at the end"),
        pytest.param("# Loss\n\n## Severity\n\nSEV2\n", "Loss", id="a heading that is one field"),
        pytest.param("A disk failed.\n", "", id="the first character"),
    ],
)
def test_what_is_missing_is_missed_at_one_place(text: str, place: str) -> None:
    check = Missing(message="m", phrases=("we learned",), near=("action_items", "metadata"))
    doc = parse(text)

    assert [doc.source[problem.span] for problem in check.check(doc)] == [place]
