"""The word lists can be found, are well formed, and say one thing about each phrase."""

import re
from itertools import chain

import pytest

from pmlint.document.model import ActionStatus, Category, Layer
from pmlint.document.words import canonical, cues, fold, rules_folder, words


def test_a_checkout_reads_its_own_rules() -> None:
    assert rules_folder().name == "rules"


@pytest.mark.parametrize("file", sorted(path.stem for path in (rules_folder() / "words").glob("*.toml")))
def test_each_file_says_what_it_is(file: str) -> None:
    text = (rules_folder() / "words" / f"{file}.toml").read_text(encoding="utf-8")

    assert text.startswith("# ")


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        pytest.param("Follow-Up", "follow up", id="hyphen"),
        pytest.param("incident_id", "incident id", id="underscore"),
        pytest.param("What’s next", "what's next", id="quote"),
        pytest.param("Ｔｉｍｅ\u3000（UTC）", "time (utc)", id="wide forms"),
        pytest.param("2024-05-01", "2024-05-01", id="a date keeps its hyphens"),
    ],
)
def test_fold(written: str, folded: str) -> None:
    assert folded == fold(written)


@pytest.mark.parametrize(
    ("file", "table", "written", "expected"),
    [
        pytest.param("metadata", "keys", "**Incident ID:**", "incident_id", id="bold key"),
        pytest.param("metadata", "keys", "start_time", "started_at", id="snake case"),
        pytest.param("metadata", "keys", "検知までの時間 (TTD)", "time_to_detect", id="bracket"),
        pytest.param("metadata", "keys", "発生日時", "started_at", id="japanese"),
        pytest.param("metadata", "keys", "sidebar_label", None, id="site generator"),
        pytest.param("metadata", "roles", "Ops Lead", "operations_lead", id="role"),
        pytest.param("columns", "actions", "Action Item", "action", id="action"),
        pytest.param("columns", "actions", "担当", "owner", id="japanese owner"),
        pytest.param("columns", "actions", "Bug #", "ticket", id="bug number"),
        pytest.param("columns", "actions", "#", "id", id="number sign"),
        pytest.param("columns", "actions", "Prazo", "due", id="portuguese due"),
        pytest.param("statuses", "action", "未着手", "open", id="japanese status"),
        pytest.param("statuses", "action", "✅", "done", id="check mark"),
        pytest.param("categories", "names", "Improve detection", "detect", id="group heading"),
    ],
)
def test_canonical(file: str, table: str, written: str, expected: str | None) -> None:
    assert expected == canonical(file, table, written)


@pytest.mark.parametrize(("file", "table"), [("statuses", "action"), ("categories", "names"), ("metadata", "roles")])
def test_a_phrase_means_one_thing(file: str, table: str) -> None:
    listed = [fold(phrase) for phrase in chain.from_iterable(words(file)[table].values())]

    assert sorted(set(listed)) == sorted(listed)


@pytest.mark.parametrize(
    ("expected", "named"),
    [
        pytest.param(Layer, set(words("layers")) - {"weights"}, id="layers"),
        pytest.param(Category, set(words("categories")["implied"]), id="implied categories"),
        pytest.param(Category, set(words("categories")["names"]), id="named categories"),
        pytest.param(ActionStatus, set(words("statuses")["action"]), id="statuses"),
    ],
)
def test_the_lists_speak_the_words_of_the_model(
    expected: type[Layer] | type[Category] | type[ActionStatus], named: set[str]
) -> None:
    assert {str(member.value) for member in expected} == named


@pytest.mark.parametrize(
    ("keys", "text", "found"),
    [
        pytest.param(
            ("layers", "detection", "strong"), "There was no alerting on queue age", "no alerting", id="detection"
        ),
        pytest.param(("layers", "organizational", "strong"), "Deadlines had priority", "Deadline", id="organizational"),
        pytest.param(("layers", "technical", "strong"), "the debugging took long", None, id="not inside a word"),
        pytest.param(("categories", "implied", "detect"), "Add a new alert on lag", "Add a new alert", id="alert"),
        pytest.param(("classes", "classes", "database"), "the db was slow", "db", id="class"),
        pytest.param(("classes", "classes", "database"), "認証データベースの障害", "データベース", id="without spaces"),
    ],
)
def test_cues(keys: tuple[str, str, str], text: str, found: str | None) -> None:
    match = cues(*keys).search(text)

    assert found == (match and match[0])


@pytest.mark.parametrize(
    "fragment",
    [
        fragment
        for file, tables in (("layers", None), ("categories", "implied"), ("classes", "classes"), ("classes", "hints"))
        for group in (words(file) if tables is None else words(file)[tables]).values()
        for fragment in (
            group if isinstance(group, list) else chain.from_iterable(v for v in group.values() if isinstance(v, list))
        )
    ],
)
def test_no_cue_matches_nothing(fragment: str) -> None:
    """An empty match would make the whole alternation true of every text."""
    assert re.fullmatch(fragment, "") is None
