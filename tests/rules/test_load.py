"""Rule files are closed: what a table may not say is an error that names file, table, key and the near match."""

from pathlib import Path

import pytest

from pmlint.rules.examples import run_one
from pmlint.rules.load import RuleFileError, read_rules

HEAD = """
[too-cheerful]
kind = "phrases"
level = "warning"
summary = "The text is too cheerful."
why = "Because."
help = "calm down"
good = ["All is well."]
bad = ["⟦Hooray⟧, all is well."]
"""


FULL = 'message = "m"\nphrases = ["a"]\n'


def file_with(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "language.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_table_becomes_a_rule(tmp_path: Path) -> None:
    path = file_with(tmp_path, HEAD + 'message = "\'{match}\' is too cheerful"\nphrases = ["hooray", "yippee"]\n')

    (rule,) = read_rules(path)

    assert (rule.name, rule.family, str(rule.level), str(rule.confidence)) == (
        "too-cheerful",
        "language",
        "warning",
        "high",
    )
    assert [problem.message for problem in run_one(rule, "Yippee! It is hooray time.\n")] == [
        "'Yippee' is too cheerful",
        "'hooray' is too cheerful",
    ]
    assert [problem.message for problem in run_one(rule, "Wow.\n", phrases=("wow",))] == ["'Wow' is too cheerful"]


@pytest.mark.parametrize(
    ("rest", "complaint"),
    [
        pytest.param(
            'message = "m"\nphrase = ["a"]', r"\[too-cheerful\] phrase: is not known .*'phrases'", id="unknown key"
        ),
        pytest.param('message = "m"', r"\[too-cheerful\] phrases: is missing or empty", id="nothing to look for"),
        pytest.param('phrases = ["a"]', r"\[too-cheerful\] message: is missing", id="no message"),
        pytest.param('message = "m"\nphrases = "a"', "phrases: should be a list of strings", id="string for list"),
        pytest.param('message = "m"\nphrases = [1]', "phrases: should be a list of strings", id="number in list"),
        pytest.param(FULL + 'where = ["lesson"]', "where: `lesson` is no kind .*'lessons'", id="unknown place"),
        pytest.param(
            FULL + 'confidence = "sure"', "confidence: 'sure' is none of low, medium", id="unknown confidence"
        ),
        pytest.param(FULL + 'documents = ["memo"]', "documents: 'memo' is none of", id="unknown document"),
        pytest.param(FULL + 'english = "yes"', "english: should be true or false", id="string for bool"),
    ],
)
def test_a_fault_is_named_with_its_place(tmp_path: Path, rest: str, complaint: str) -> None:
    path = file_with(tmp_path, HEAD + rest + "\n")

    with pytest.raises(RuleFileError, match=complaint) as caught:
        read_rules(path)

    assert str(path) in str(caught.value)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        pytest.param("[a\n", "Expected ']'", id="no TOML"),
        pytest.param(
            '[a-b]\nkind = "phrase"\n', r"\[a-b\] kind: 'phrase' is none of phrases, regex, missing", id="unknown kind"
        ),
        pytest.param('[a-b]\nlevel = "error"\n', r"\[a-b\] kind: is missing", id="no kind"),
        pytest.param('title = "rules"\n', "title: is no table", id="no rule"),
        pytest.param(
            HEAD.replace('"phrases"', '"regex"') + 'message = "m"\npattern = "(a"\n',
            "is no regular expression",
            id="bad pattern",
        ),
        pytest.param(
            HEAD.replace('"phrases"', '"missing"') + 'message = "m"\nsections = ["lesson"]\n',
            "'lessons'",
            id="unknown section",
        ),
    ],
)
def test_a_file_that_cannot_be_used_says_why(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(RuleFileError, match=complaint):
        read_rules(file_with(tmp_path, text))


def test_an_absent_file_is_a_rule_file_error(tmp_path: Path) -> None:
    with pytest.raises(RuleFileError, match=r"none\.toml"):
        read_rules(tmp_path / "none.toml")
