"""The check of one document, apart from what the real rules find."""

import pickle
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from tests.engine.hand_rules import hand_rules

from pmlint.document.model import Kind, Postmortem
from pmlint.engine.check import check_text
from pmlint.engine.finding import Checked, Crash
from pmlint.engine.settings import Settings
from pmlint.rules.problem import Confidence, Level
from pmlint.source import Position, Span

HEAD = """# Checkout was down for 12 minutes

## Impact

3,100 payments failed on 2026-02-03 from 10:02 to 10:14 UTC.

## Timeline

- 10:02 UTC: alert fires
- 10:14 UTC: rolled back

## Root cause

"""
TODAY = date(2026, 3, 1)


def check(body: str, **said: Any) -> Checked:
    return check_text(HEAD + body, "docs/a.md", Settings(**{"today": TODAY, **said}), hand_rules())


def rules(checked: Checked) -> list[str]:
    return [f"{finding.start.line} {finding.rule} {finding.level}" for finding in checked.findings]


def test_a_finding_carries_all_that_a_reader_needs() -> None:
    (finding,) = check("We said  “oops”\tthere.\n").findings

    at = len(HEAD) + len("We said  “")
    assert finding.span == Span(at, at + 4)
    assert (finding.start, finding.end) == (Position(14, 11), Position(14, 15))
    assert (finding.rule, finding.family, finding.level) == ("says-oops", "causes", Level.ERROR)
    assert (finding.confidence, finding.path) == (Confidence.HIGH, "docs/a.md")
    assert (finding.message, finding.help) == ("'oops' says nothing", "say what was seen")
    assert (finding.excerpt, finding.context) == ("oops", "We said  “oops”\tthere.")
    assert finding.section == "Root cause"
    assert [(place.start, place.message) for place in finding.related] == [(Position(14, 11), "'oops' stands here")]


def test_findings_stand_in_the_order_of_the_text() -> None:
    assert rules(check("hmm oops\n\noops hmm\n")) == [
        "14 says-hmm warning",
        "14 says-oops error",
        "16 says-oops error",
        "16 says-hmm warning",
    ]


def test_doubtful_findings_are_left_out_until_they_are_wanted() -> None:
    assert rules(check("perhaps\n")) == []
    assert rules(check("perhaps\n", min_confidence=Confidence.LOW)) == ["14 says-perhaps info"]
    assert rules(check("hmm\n", min_confidence=Confidence.HIGH)) == []


def test_options_reach_the_rule() -> None:
    assert rules(check("oops ouch\n", rules={"says-oops": {"word": "ouch"}})) == ["14 says-oops error"]


def test_a_fingerprint_outlives_a_move_and_tells_equal_words_apart() -> None:
    first = [finding.fingerprint for finding in check("oops\n\noops\n").findings]
    moved = [finding.fingerprint for finding in check("A new line.\n\nOops is no word: oops\n\n\n- oops\n").findings]

    assert len(set(first)) == 2
    assert moved == first


def test_a_rule_that_raises_is_named_and_all_else_goes_on() -> None:
    checked = check("boom\n\nboom oops\n")

    assert rules(checked) == ["14 crashes-on-boom error", "16 says-oops error"]
    (crash,) = checked.crashes
    assert (crash.rule, crash.path) == ("crashes-on-boom", "docs/a.md")
    assert crash.error.startswith("RuntimeError: boom was said (")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param({}, ("1 finding at level error",), id="an error closes the gate"),
        pytest.param({"fail_on": "warning"}, ("2 findings at level warning or above",), id="from warning on"),
        pytest.param({"fail_on": "never"}, (), id="never"),
        pytest.param({"ignore": ("says-oops",)}, (), id="a warning does not"),
        pytest.param(
            {"fail_on": "never", "min_score": 100}, ("the score is 93, below 100",), id="the score closes it too"
        ),
        pytest.param({"fail_on": "never", "min_score": 93}, (), id="a score that is just enough"),
    ],
)
def test_gate(said: dict[str, Any], expected: tuple[str, ...]) -> None:
    assert check("oops hmm\n", **said).closes == expected


def test_the_same_arguments_give_the_same_result() -> None:
    body = "oops hmm oops\n\nboom\n"

    assert check(body) == check(body)


def test_a_result_travels_between_processes() -> None:
    checked = check("oops\n\nboom\n")

    assert pickle.loads(pickle.dumps(checked)) == checked


SECRET = "The password hunter2 stood in the log, oops: hunter2\n"


@pytest.mark.parametrize(
    "said",
    [
        pytest.param({}, id="reported"),
        pytest.param({"ignore": ("publication",)}, id="rule is off"),
        pytest.param({"rules": {"says-oops": {"word": "hunter2"}}}, id="another rule quotes it"),
    ],
)
def test_a_secret_is_shown_nowhere(said: dict[str, Any]) -> None:
    checked = check(SECRET, **said)

    assert checked.findings
    assert "hunter2" not in repr(checked.findings)


def test_masking_moves_nothing() -> None:
    (_, oops, _) = check(SECRET).findings

    assert oops.context.replace("•" * 7, "hunter2") == SECRET.rstrip()
    assert oops.context[oops.start.column - 1 :].startswith("oops")


def test_text_that_is_none() -> None:
    checked = check_text("# A\0B\n", "a.md", Settings(), hand_rules())

    reason = "the file holds NUL characters, which no text does; it looks like a binary file"
    assert [(finding.rule, finding.message) for finding in checked.findings] == [("unreadable-document", reason)]
    assert (checked.kind, checked.score) == ("other", None)
    assert checked.closes == ("1 finding at level error",)


@pytest.mark.parametrize("text", ["", " \n\t\n\ufeff"], ids=["no character", "white space"])
def test_an_empty_file_is_no_postmortem(text: str) -> None:
    checked = check_text(text, "a.md", Settings(), hand_rules())

    assert [(finding.rule, finding.message) for finding in checked.findings] == [
        ("not-a-postmortem", "the file is empty")
    ]
    assert (checked.kind, checked.score, checked.closes) == ("other", None, ())


README = """# paytool

A small library to talk to the till. Oops, hmm, oops.

## Installation

    pip install paytool

## Usage

Call `paytool.open()`, then `paytool.close()`. The password is hunter2.

<!-- pmlint ignore nonsense -->

## License

MIT
"""


def test_a_file_that_is_no_postmortem_is_told_so_and_nothing_else() -> None:
    checked = check_text(README, "README.md", Settings(select=("all",)), hand_rules())

    assert [(finding.rule, finding.excerpt) for finding in checked.findings] == [("not-a-postmortem", "paytool")]
    assert (checked.kind, checked.score, checked.closes) == ("other", None, ())


SEVERAL = """# Incidents of February

The word oops in the preface, and hunter2.

## Checkout was down on 2026-02-03

oops oops

## Search was down on 2026-02-07

oops
"""


def test_each_incident_of_a_file_is_checked_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    import pmlint.document.parse as module

    read = module.parse
    cuts = [SEVERAL.index("## Checkout"), SEVERAL.index("## Search"), len(SEVERAL)]

    def divided(*arguments: Any) -> Postmortem:
        doc = replace(read(*arguments), kind=Kind.POSTMORTEM)
        # The second one twice, as a parser might give it whose incidents overlap.
        spans = [Span(cuts[0], cuts[1]), Span(cuts[1], cuts[2]), Span(cuts[1], cuts[2])]
        parts = tuple(replace(doc, span=span) for span in spans)
        return replace(doc, incidents=parts)

    monkeypatch.setattr(module, "parse", divided)
    checked = check_text(SEVERAL, "a.md", Settings(select=("says-oops", "publication")), hand_rules())

    assert [(finding.rule, finding.start, finding.section) for finding in checked.findings] == [
        ("says-oops", (3, 10), "Incidents of February"),
        ("secret-in-document", (3, 35), "Incidents of February"),
        ("says-oops", (7, 1), "Checkout was down on 2026-02-03"),
        ("says-oops", (7, 6), "Checkout was down on 2026-02-03"),
        ("says-oops", (11, 1), "Search was down on 2026-02-07"),
    ]


def test_front_matter_that_cannot_be_read() -> None:
    checked = check_text("---\ntitle: a: b\n---\n" + HEAD, "a.md", Settings(select=("tool",)), hand_rules())

    assert [(finding.rule, finding.start.line) for finding in checked.findings] == [("invalid-front-matter", 2)]


JAPANESE = """# 決済サービスの障害報告書

## 影響

2026年2月3日、約三千件の決済が失敗しました。利用者は注文を完了できませんでした。hmm oops

## タイムライン

- 10:02 アラートが発報しました
- 10:14 変更を元に戻しました

## 根本原因

接続プールの上限が四つに設定されていたため、負荷に耐えられませんでした。
"""


def test_rules_about_wording_say_that_they_did_not_run() -> None:
    checked = check_text(JAPANESE, "a.md", Settings(select=("says-hmm", "says-oops")), hand_rules())

    assert [finding.rule for finding in checked.findings] == ["unsupported-language", "says-oops"]
    assert checked.skipped == (("says-hmm", "the text is not English ('ja')"),)


def test_a_parser_that_raises_is_named_like_a_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    import pmlint.document.parse as module

    def broken(*_: object) -> None:
        raise ValueError("no such luck")

    monkeypatch.setattr(module, "parse", broken)
    checked = check("fine\n")

    (crash,) = checked.crashes
    assert isinstance(crash, Crash)
    assert crash.rule == "parse"
    assert crash.error.startswith("ValueError: no such luck")
