"""What a baseline hides, what it lets through, and how it ends."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from msgspec import structs
from tests.engine.hand_rules import hand_rules

from pmlint.engine.baseline import Baseline, Compared, Entry, compare, read_baseline, stale_warning, write_baseline
from pmlint.engine.check import check_text
from pmlint.engine.errors import UserError
from pmlint.engine.finding import Checked, Crash
from pmlint.engine.narrow import Scope, without
from pmlint.engine.settings import Settings
from pmlint.rules.catalogue import catalogue

RULES = {name: rule for name, rule in hand_rules().items() if name in ("says-oops", "says-hmm")}
SETTINGS = Settings(today=date(2026, 3, 1), select=("says-oops", "says-hmm"))
HEAD = "# Checkout was down\n\n## Impact\n\n3,100 payments failed.\n\n## Timeline\n\n- 10:02 UTC: alert fires\n\n"
DAY = "2026-03-01"


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("a.md", "b.md"):
        (tmp_path / name).touch()
    return tmp_path


def checked(text: str, path: str = "a.md") -> Checked:
    return check_text(HEAD + text, path, SETTINGS, RULES)


def recorded(house: Path, *documents: Checked, reason: str = "old") -> Baseline:
    return compare(Baseline(house / "base.json"), documents, Scope()).updated(documents, reason, DAY)


def shown(compared: Compared, *documents: Checked) -> list[tuple[str, int, str]]:
    """What is not hidden, by path, line and rule."""
    return [
        (finding.path, finding.start.line, finding.rule)
        for document, hidden in zip(documents, compared.hidden, strict=True)
        for at, finding in enumerate(document.findings)
        if at not in hidden
    ]


def brief(entries: tuple[Entry, ...]) -> list[tuple[str, str, int]]:
    return [(entry.path, entry.rule, entry.count) for entry in entries]


def test_the_entries_of_a_document(house: Path) -> None:
    made = recorded(house, checked("oops hmm oops\n"))

    assert [(e.path, e.rule, e.count, e.messages, e.reason, e.date) for e in made.entries] == [
        ("a.md", "says-hmm", 1, ("'hmm' shows doubt",), "old", DAY),
        ("a.md", "says-oops", 2, ("'oops' says nothing",), "old", DAY),
    ]
    assert made.entries[0].fingerprint == checked("hmm\n").findings[0].fingerprint


COMPARED = [
    ("as it was", "oops\n", [], []),
    ("edited above", "One more paragraph.\n\noops\n", [], []),
    ("edited beside", "The text of the line: oops, said they.\n", [], []),
    ("moved to another section", "## Causes\n\nText.\n\n## More\n\noops\n", [], []),
    ("another rule", "oops\n\nhmm\n", [("a.md", 13, "says-hmm")], []),
    ("one more of the same", "oops\n\noops\n", [("a.md", 13, "says-oops")], []),
    ("mended", "fine\n", [], [("a.md", "says-oops", 1)]),
    ("mended and made anew elsewhere", "hmm\n", [("a.md", 11, "says-hmm")], [("a.md", "says-oops", 1)]),
]


@pytest.mark.parametrize(
    ("text", "new", "stale"), [case[1:] for case in COMPARED], ids=[case[0].replace(" ", "-") for case in COMPARED]
)
def test_a_document_after_an_edit(
    house: Path, text: str, new: list[tuple[str, int, str]], stale: list[tuple[str, str, int]]
) -> None:
    now = checked(text)
    compared = compare(recorded(house, checked("oops\n")), (now,), Scope())

    assert (shown(compared, now), brief(compared.stale)) == (new, stale)


def test_fewer_than_recorded_are_stale_by_their_number(house: Path) -> None:
    now = checked("oops\n")
    compared = compare(recorded(house, checked("oops oops oops\n")), (now,), Scope())

    assert brief(compared.stale) == [("a.md", "says-oops", 2)]
    assert brief(compared.pruned.entries) == [("a.md", "says-oops", 1)]


def test_of_findings_at_the_same_words_those_that_were_recorded_are_hidden(house: Path) -> None:
    """Many rules point at a title; which of their findings is new only the message tells."""
    old = checked("oops oops\n")
    first, second = old.findings
    base = recorded(house, replace(old, findings=(second,)))
    told = structs.replace(first, message="something else is missing")
    compared = compare(base, (replace(old, findings=(told, second)),), Scope())

    assert compared.hidden == (frozenset({1}),)


def test_a_renamed_document_keeps_its_entries(house: Path) -> None:
    base = recorded(house, checked("oops hmm\n", "old/a.md"))
    now = checked("New words.\n\noops hmm\n", "new/a.md")
    compared = compare(base, (now,), Scope())

    assert (shown(compared, now), compared.stale) == ([], ())
    assert {entry.path for entry in compared.pruned.entries} == {"new/a.md"}
    assert {entry.date for entry in compared.pruned.entries} == {DAY}


def test_a_renamed_and_half_mended_document_keeps_the_rest(house: Path) -> None:
    base = recorded(house, checked("oops hmm\n", "gone.md"))
    now = checked("hmm\n", "b.md")
    compared = compare(base, (now,), Scope())

    assert (shown(compared, now), brief(compared.stale)) == ([], [("gone.md", "says-oops", 1)])


TITLED = "# {title}\n\n## {section}\n\n## Timeline\n\n- 10:02 UTC: alert fires\n"
WHOLE = Settings(today=date(2026, 3, 1), select=("missing-author", "missing-lessons", "empty-section"))


def titled(title: str, section: str = "Detection") -> Checked:
    return check_text(TITLED.format(title=title, section=section), "a.md", WHOLE, catalogue())


WORDED_ANEW = [
    ("the title", "Checkout failed for 12 minutes", "Detection", []),
    ("no title", "", "Detection", []),
    ("a section that is named in what is said of it", "Checkout was down", "How it was found", ["empty-section"]),
]


@pytest.mark.parametrize(
    ("title", "section", "new"), [case[1:] for case in WORDED_ANEW], ids=[case[0] for case in WORDED_ANEW]
)
def test_what_speaks_of_a_whole_is_the_same_below_another_title(
    house: Path, title: str, section: str, new: list[str]
) -> None:
    base = recorded(house, titled("Checkout was down"))
    now = titled(title, section)
    compared = compare(base, (now,), Scope())

    assert [rule for _, _, rule in shown(compared, now)] == new
    assert [entry.rule for entry in compared.stale] == new
    # once it is written, the new words are those that are recorded
    assert compare(compared.pruned, (now,), Scope()).kept == compared.kept
    assert {(entry.reason, entry.date) for entry in compared.kept} == {("old", DAY)}


def rate(path: str, figures: str) -> Checked:
    """A document that shows what all of them show together."""
    document = checked("oops\n", path)
    said = structs.replace(document.findings[0], message=f"{figures} of the due actions are closed")
    return replace(document, findings=(said,))


def test_what_all_documents_show_together_is_the_same_at_another_one(house: Path) -> None:
    scope = Scope(across=frozenset({"says-oops"}))
    base = recorded(house, rate("a.md", "60 %"), checked("fine\n", "b.md"))
    other = checked("fine\n"), rate("b.md", "55 %")
    whole, part = compare(base, other, scope), compare(base, other[1:], scope)

    assert (shown(whole, *other), shown(part, other[1])) == ([], [])
    assert (whole.stale, brief(whole.kept)) == ((), [("b.md", "says-oops", 1)])
    assert part.pruned == base


def test_another_document_is_not_taken_for_a_vanished_one(house: Path) -> None:
    base = recorded(house, checked("oops oops oops hmm\n", "gone.md"))
    now = checked("hmm\n", "b.md")
    compared = compare(base, (now,), Scope())

    assert shown(compared, now) == [("b.md", 11, "says-hmm")]
    assert brief(compared.stale) == [("gone.md", "says-hmm", 1), ("gone.md", "says-oops", 3)]


def test_a_copy_is_new_while_the_original_is_there(house: Path) -> None:
    both = checked("oops\n", "a.md"), checked("oops\n", "b.md")
    compared = compare(recorded(house, both[0]), both, Scope())

    assert shown(compared, *both) == [("b.md", 11, "says-oops")]


def test_of_two_new_copies_one_is_the_vanished_document(house: Path) -> None:
    base = recorded(house, checked("oops\n", "old/x.md"))
    both = checked("oops\n", "a.md"), checked("oops\n", "new/x.md")

    assert shown(compare(base, both, Scope()), *both) == [("a.md", 11, "says-oops")]


NOT_ASKED = [
    ("only some rules", Scope(everything=False), ()),
    ("a rule that crashed", Scope(), ("says-oops",)),
    ("a document that could not be taken apart", Scope(), ("parse",)),
    ("rules across documents, and not all documents", Scope(across=frozenset({"says-oops"})), ()),
]


@pytest.mark.parametrize(
    ("scope", "crashed"), [case[1:] for case in NOT_ASKED], ids=[case[0].replace(" ", "-") for case in NOT_ASKED]
)
def test_what_was_not_asked_is_not_stale(house: Path, scope: Scope, crashed: tuple[str, ...]) -> None:
    base = recorded(house, checked("oops\n"), checked("oops\n", "b.md"))
    now = replace(checked("fine\n"), crashes=tuple(Crash(rule, "a.md", "ValueError") for rule in crashed))
    compared = compare(base, (now,), scope)

    assert (compared.stale, compared.pruned) == ((), base)


def test_a_run_over_one_folder_says_nothing_about_another(house: Path) -> None:
    base = recorded(house, checked("oops\n", "one/gone.md"), checked("oops\n", "two/gone.md"))
    compared = compare(base, (), Scope(paths=("one",)))

    assert brief(compared.stale) == [("one/gone.md", "says-oops", 1)]
    assert brief(compared.kept) == [("two/gone.md", "says-oops", 1)]


def test_an_update_keeps_reason_and_date_of_what_was_there(house: Path) -> None:
    base = recorded(house, checked("oops\n"))
    now = checked("oops hmm\n")
    after = compare(base, (now,), Scope()).updated((now,), "imported", "2026-04-01")

    assert [(entry.rule, entry.reason, entry.date) for entry in after.entries] == [
        ("says-hmm", "imported", "2026-04-01"),
        ("says-oops", "old", DAY),
    ]


def test_written_and_read_it_is_the_same_to_the_byte(house: Path) -> None:
    made = recorded(house, checked("oops hmm\n", "ä b.md"), checked("oops\n"))
    write_baseline(made)
    once = made.file.read_bytes()
    write_baseline(read_baseline(made.file))

    assert read_baseline(made.file) == made
    assert made.file.read_bytes() == once
    assert [path.name for path in house.iterdir() if path.suffix == ".new"] == []


def test_what_the_file_looks_like(house: Path) -> None:
    made = recorded(house, checked("hmm\n"))

    assert made.text == (
        '{\n  "version": 1,\n  "entries": [\n    {\n      "path": "a.md",\n      "rule": "says-hmm",\n'
        f'      "fingerprint": "{made.entries[0].fingerprint}",\n      "count": 1,\n'
        '      "messages": [\n        "\'hmm\' shows doubt"\n      ],\n'
        '      "reason": "old",\n      "date": "2026-03-01"\n    }\n  ]\n}\n'
    )


ENTRY = {"path": "a", "rule": "b", "fingerprint": "c", "count": 1, "messages": [], "reason": "", "date": ""}
REMEDY = "; restore it from version control, or delete it and record anew with `pmlint baseline`"
SETTLE = (
    "; take the file of one side, as with `git checkout --ours base.json`, and `pmlint baseline --update` adds what "
    "the other has let in"
)
BROKEN = [
    ("no json", "{", "cannot be read: it is not valid JSON"),
    ("a merge", '{\n<<<<<<< HEAD\n"version": 1', "cannot be read: it holds the marks of a merge"),
    ("nothing", "", "cannot be read: it is not valid JSON"),
    ("a list", "[]", "cannot be read: it has no version"),
    ("no entries", '{"version": 1}', "cannot be read: it has no list of entries"),
    ("a key too many", json.dumps({"version": 1, "entries": [{**ENTRY, "x": 1}]}), "entry 1 does not have exactly"),
    ("a wrong type", json.dumps({"version": 1, "entries": [{**ENTRY, "rule": 1}]}), "'rule' of entry 1 is not what"),
    ("a true count", json.dumps({"version": 1, "entries": [{**ENTRY, "count": True}]}), "'count' of entry 1 is not"),
    ("no count", json.dumps({"version": 1, "entries": [{**ENTRY, "count": 0}]}), "entry 1 does not count"),
    ("nested", "[" * 100_000, "cannot be read: it is nested too deeply"),
]


@pytest.mark.parametrize(("text", "said"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN])
def test_a_corrupt_file_is_never_trusted(house: Path, text: str, said: str) -> None:
    (house / "base.json").write_text(text, encoding="utf-8")

    with pytest.raises(UserError) as told:
        read_baseline(house / "base.json")
    assert str(told.value).startswith("the baseline 'base.json' cannot be read: ")
    assert said in str(told.value)
    assert str(told.value).endswith(SETTLE if "<<<" in text else REMEDY)


def test_a_file_of_another_version_says_what_to_do(house: Path) -> None:
    (house / "base.json").write_text('{"version": 2, "entries": []}', encoding="utf-8")

    with pytest.raises(UserError) as told:
        read_baseline(house / "base.json")
    assert str(told.value) == (
        "the baseline 'base.json' has version 2, and this pmlint reads version 1; use the pmlint that wrote it, "
        "or delete it and record anew with `pmlint baseline`"
    )


def test_a_byte_order_mark_is_no_harm(house: Path) -> None:
    base = recorded(house, checked("oops\n"))
    (house / "base.json").write_text(base.text, encoding="utf-8-sig")

    assert read_baseline(house / "base.json") == base


def test_no_file_says_how_to_make_one(house: Path) -> None:
    with pytest.raises(UserError, match=r"^there is no baseline 'base.json'; `pmlint baseline` records one$"):
        read_baseline(house / "base.json")


def test_entries_that_a_merge_has_doubled_count_together(house: Path) -> None:
    whole = {"version": 1, "entries": [ENTRY, {**ENTRY, "reason": "other"}]}
    (house / "base.json").write_text(json.dumps(whole), encoding="utf-8")

    assert [(entry.count, entry.reason) for entry in read_baseline(house / "base.json").entries] == [(2, "")]


def test_the_warning_about_stale_entries(house: Path) -> None:
    names = ("a.md", "b.md", "c.md", "d.md")
    for name in names:
        (house / name).touch()
    base = recorded(house, *(checked("oops oops\n", name) for name in names))
    now = tuple(checked("oops\n", name) for name in names)

    assert stale_warning(compare(base, now, Scope())) == (
        "4 findings are in the baseline 'base.json' and no longer in the documents: a.md (1), b.md (1), c.md (1) "
        "and 1 more; `pmlint baseline --prune` takes what is gone out of it"
    )
    assert stale_warning(compare(base, (), Scope(paths=("elsewhere",)))) is None


def test_the_gate_follows_what_is_left_and_the_score_stays() -> None:
    settings = replace(SETTINGS, min_score=100)
    document = check_text(HEAD + "oops hmm\n", "a.md", settings, RULES)
    left, gone = without(document, {0}, settings)

    assert document.closes == ("1 finding at level error", f"the score is {document.score}, below 100")
    assert (left.closes, left.score, gone) == ((f"the score is {document.score}, below 100",), document.score, 1)
    assert without(document, {0, 1}, settings)[0].closes == ()
