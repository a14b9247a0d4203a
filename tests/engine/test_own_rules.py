"""Rules of a house, from the file beside its configuration to the finding."""

from pathlib import Path

import pytest

from pmlint.cli.main import main

RULE = """
[old-name]
family = "response"
kind = "phrases"
level = "error"
summary = "The status page is called by its old name."
why = "The old address leads nowhere."
help = "call it the status page"
where = ["prose"]
message = "'{match}' is the old name"
phrases = ["the green board"]
good = ["# Search was down\\n\\n## Response\\n\\nThe status page said so.\\n"]
bad = ["# Search was down\\n\\n## Response\\n\\n⟦The green board⟧ said so.\\n"]
"""
TEXT = "# Search was down\n\n## Impact\n\n3,100 searches failed.\n\n## Response\n\nThe green board said so.\n"
CONFIG = 'rule-files = ["own.toml"]\nselect = ["old-name"]\nprofile = "standard"\n'


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "a.md").write_text(TEXT, encoding="utf-8")
    (tmp_path / "pmlint.toml").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "own.toml").write_text(RULE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def concise(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[str]]:
    code = main(["check", "--format", "concise", *arguments])
    return code, capsys.readouterr().out.splitlines()[:-1]


def test_it_is_a_rule_as_any_other(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = "a.md:9:1: error old-name 'The green board' is the old name"

    assert concise(capsys) == (1, [found])
    assert concise(capsys) == (1, [found])  # from the cache
    assert concise(capsys, "--ignore", "old-name") == (0, [])
    assert concise(capsys, "--level", "old-name=info") == (0, [found.replace("error", "info")])
    (house / "a.md").write_text(TEXT + "<!-- pmlint ignore old-name -- known -->\n", encoding="utf-8")
    assert concise(capsys) == (0, [])


def test_a_change_of_the_rule_is_seen_at_once(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    concise(capsys)
    (house / "own.toml").write_text(RULE.replace("the old name", "gone"), encoding="utf-8")

    assert concise(capsys) == (1, ["a.md:9:1: error old-name 'The green board' is gone"])


def test_several_processes_know_it(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(3):
        (house / f"{number}.md").write_text(TEXT, encoding="utf-8")

    assert len(concise(capsys, "--jobs", "2")[1]) == 4


def test_a_base_may_bring_rules_of_its_own(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (house / "base").mkdir()
    (house / "base/pmlint.toml").write_text('rule-files = ["more.toml"]\n', encoding="utf-8")
    (house / "base/more.toml").write_text(RULE.replace("old-name", "older-name"), encoding="utf-8")
    config = CONFIG.replace('"old-name"', '"old-name", "older-name"')
    (house / "pmlint.toml").write_text(f'extend = "base/pmlint.toml"\n{config}', encoding="utf-8")

    assert [line.split()[2] for line in concise(capsys)[1]] == ["old-name", "older-name"]


def test_what_is_written_by_suppress_holds_for_it(house: Path) -> None:
    assert main(["check", "--suppress", "known"]) == 0
    assert "<!-- pmlint ignore old-name -- known -->\nThe green board" in (house / "a.md").read_text(encoding="utf-8")


WRONG = [
    ("no file", None, "pmlint.toml:1: cannot read the rules in 'own.toml': No such file or directory"),
    ("no TOML", "[a", "own.toml: not valid TOML: "),
    ("no table", 'a = "b"', "own.toml:1: [a]: is no table"),
    ("a key", RULE.replace("phrases =", "phrase ="), "own.toml:11: [old-name] phrase: is not known to a rule of kind"),
    (
        "a value",
        RULE.replace('"error"', '"eror"'),
        "own.toml:5: [old-name] level: 'eror' is none of off, info, warning",
    ),
    (
        "no family",
        RULE.replace('family = "response"\n', ""),
        "own.toml:2: [old-name] family: is missing; the families are",
    ),
    ("a family", RULE.replace('"response"', '"respons"'), "own.toml:3: [old-name] family: 'respons' is no family that"),
    (
        "a closed family",
        RULE.replace('"response"', '"tool"'),
        "own.toml:3: [old-name] family: 'tool' is no family that",
    ),
    ("a name", RULE.replace("[old-name]", "[OldName]"), "own.toml:2: [OldName]: a rule is named in lower case"),
    ("a name that ships", RULE.replace("[old-name]", "[no-actions]"), "own.toml:2: [no-actions]: a rule of this name"),
    (
        "a pattern",
        RULE.replace('"phrases"', '"regex"').replace('phrases = ["the green board"]', 'pattern = "("'),
        "own.toml:11: [old-name] pattern: is no regular expression: ",
    ),
]


@pytest.mark.parametrize(("text", "answer"), [case[1:] for case in WRONG], ids=[case[0] for case in WRONG])
def test_a_mistake_is_answered_with_its_place(
    house: Path, capsys: pytest.CaptureFixture[str], text: str | None, answer: str
) -> None:
    (house / "own.toml").unlink()
    if text is not None:
        (house / "own.toml").write_text(text, encoding="utf-8")

    assert main(["check"]) == 2
    assert capsys.readouterr().err[: len(f"pmlint: {answer}")] == f"pmlint: {answer}"


TESTED = [
    ("all hold", RULE, 0, "old-name: all examples hold\n"),
    (
        "a mark too few",
        RULE.replace("⟦The green board⟧", "The green board"),
        1,
        "old-name:\n  bad example 1 does not mark 'The green board' (line 5, column 1), and it is reported\n"
        "  bad example 1 marks nothing; put ⟦ ⟧ around the words that should be reported\n",
    ),
    (
        "a mark elsewhere",
        RULE.replace("⟦The green board⟧ said", "The green board ⟦said⟧"),
        1,
        "old-name:\n  bad example 1 marks 'said' (line 5, column 17), and nothing is reported there\n"
        "  bad example 1 does not mark 'The green board' (line 5, column 1), and it is reported\n",
    ),
    (
        "a good one that is bad",
        RULE.replace("The status page said", "The green board said"),
        1,
        "old-name:\n  good example 1 does not mark 'The green board' (line 5, column 1), and it is reported\n",
    ),
]


@pytest.mark.parametrize(("text", "code", "said"), [case[1:] for case in TESTED], ids=[case[0] for case in TESTED])
def test_its_examples_are_run(house: Path, capsys: pytest.CaptureFixture[str], text: str, code: int, said: str) -> None:
    (house / "own.toml").write_text(text, encoding="utf-8")

    assert main(["rules", "--test"]) == code
    assert capsys.readouterr().out == said


def test_without_rules_there_is_nothing_to_test(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "--test", "--isolated"]) == 2
    assert capsys.readouterr().err.startswith(
        "pmlint: the configuration adds no rules, and no installed package does; "
    )


def test_it_is_listed_explained_and_configured(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "--family", "response"]) == 0
    assert "  old-name " in capsys.readouterr().out
    assert main(["rules", "--family", "response", "--isolated"]) == 0
    assert "  old-name " not in capsys.readouterr().out
    assert main(["explain", "old-name"]) == 0
    assert capsys.readouterr().out.startswith(
        "old-name  (response, error, confidence high, from own.toml)\n\nThe status page is called"
    )

    (house / "pmlint.toml").write_text(CONFIG + '[rules.old-name]\nphrases = ["the red board"]\n', encoding="utf-8")
    assert main(["config"]) == 0
    assert '[rules.old-name]\nphrases = ["the red board"]  # pmlint.toml:5\n' in capsys.readouterr().out + "\n"
