"""Many files at once: the same result in one process and in several, whatever one of them holds."""

from pathlib import Path

import pytest
from tests.engine.hand_rules import hand_rules

import pmlint
from pmlint.engine.configure import Configurations
from pmlint.engine.finding import Run
from pmlint.engine.run import check_paths

TEXT = """# Checkout was down for 12 minutes

## Impact

3,100 payments failed on 2026-02-03 from 10:02 to 10:14 UTC.

## Root cause

oops, {word}
"""


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    for number, word in enumerate(["hmm", "boom", "fine", "oops", "well", "hmm"]):
        (tmp_path / f"{number}.md").write_text(TEXT.format(word=word), encoding="utf-8")
    (tmp_path / "3.md").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "4.md").write_bytes(b"")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(jobs: int | None = None) -> Run:
    return check_paths(["."], Configurations(hand_rules(), {"today": "2026-03-01"}), rules=hand_rules, jobs=jobs)


def test_one_bad_file_does_not_stop_the_others(house: Path) -> None:
    found = [(finding.path, finding.rule) for finding in run().findings]

    assert found == [
        ("0.md", "says-oops"),
        ("0.md", "says-hmm"),
        ("1.md", "says-oops"),
        ("1.md", "crashes-on-boom"),
        ("2.md", "says-oops"),
        ("3.md", "unreadable-document"),
        ("4.md", "not-a-postmortem"),
        ("5.md", "says-oops"),
        ("5.md", "says-hmm"),
    ]
    assert [crash.path for crash in run().crashes] == ["1.md"]


def test_several_processes_find_the_same(house: Path) -> None:
    assert run(jobs=2) == run(jobs=1)


def test_a_run_says_by_which_version(house: Path) -> None:
    assert run().version == pmlint.__version__


def test_from_python(house: Path) -> None:
    checked = pmlint.check(TEXT.format(word="fine"), settings=pmlint.Settings(select=("not-a-postmortem",)))
    both = pmlint.check_paths([house / "2.md"], settings={"select": ["not-a-postmortem"]}, isolated=True)

    assert checked.path == "<text>"
    assert checked.findings == both.findings == ()
    assert pmlint.settings_for(house, settings={"fail_on": "info"}).fail_on == "info"


def test_links_are_followed_from_where_the_document_lies(house: Path) -> None:
    (house / "docs").mkdir()
    (house / "docs/graph.png").write_bytes(b"")
    text = TEXT.format(word="see ![there](graph.png) and [gone](gone.png)")
    (house / "docs/a.md").write_text(text, encoding="utf-8")
    documents = pmlint.check_paths(["docs"], settings={"select": ["broken-reference"]}).documents

    assert [finding.excerpt for document in documents for finding in document.findings] == ["[gone](gone.png)"]
    assert pmlint.check(text, settings=pmlint.Settings(select=("broken-reference",))).findings == ()
