"""Suppressions that are written: where they stand, and that they silence what they are for and nothing else."""

from datetime import date
from functools import partial

import pytest
from hypothesis import given
from tests.engine.hand_rules import hand_rules
from tests.engine.test_properties import documents

from pmlint.engine.annotate import Annotated, annotated, spoken
from pmlint.engine.check import check_text
from pmlint.engine.errors import UserError
from pmlint.engine.finding import Checked
from pmlint.engine.settings import Settings

RULES = {name: rule for name, rule in hand_rules().items() if name != "crashes-on-boom"}
HEAD = "# Checkout was down\n\n## Impact\n\n3,100 payments failed.\n\n## Timeline\n\n- 10:02 UTC: alert fires\n\n"
OOPS = "<!-- pmlint ignore says-oops -- old -->"
BOTH = "<!-- pmlint ignore says-hmm, says-oops -- old -->"


def check(text: str, *names: str) -> Checked:
    settings = Settings(today=date(2026, 3, 1), select=names or ("says-oops", "says-hmm"), profile="standard")
    return check_text(text, "a.md", settings, RULES)


PLACES = [
    ("a paragraph", "oops, they said\nhmm\n", f"{BOTH}\noops, they said\nhmm\n"),
    ("two in a paragraph", "oops oops\n", f"{OOPS}\noops oops\n"),
    ("a heading", "## Oh oops\n\nfine\n", f"{OOPS}\n## Oh oops\n\nfine\n"),
    ("an underlined heading", "Oh oops\n=====\n", f"{OOPS}\nOh oops\n=====\n"),
    ("below text", "fine\n## oops\n", f"fine\n{OOPS}\n## oops\n"),
    ("an item", "- fine\n- oops\n- fine\n", f"- fine\n- oops {OOPS}\n- fine\n"),
    ("an item of two lines", "1. oops\n   and more\n2. fine\n", f"1. oops\n   and more {OOPS}\n2. fine\n"),
    ("an item of two paragraphs", "- fine\n\n  oops\n", f"- fine {OOPS}\n\n  oops\n"),
    ("an item below another", "- fine\n  - [ ] oops\n", f"- fine\n  - [ ] oops {OOPS}\n"),
    ("two items", "- oops\n- hmm, oops\n", f"- oops {OOPS}\n- hmm, oops {BOTH}\n"),
    ("a row", "| a | b |\n|---|---|\n| oops | x |\n", f"| a | b |\n|---|---|\n| oops | x {OOPS} |\n"),
    ("a row without a last bar", "a | b\n---|---\noops | x\n", f"a | b\n---|---\noops | x {OOPS}\n"),
    ("the head of a table", "| oops | b |\n|---|---|\n| 1 | 2 |\n", f"| oops | b {OOPS} |\n|---|---|\n| 1 | 2 |\n"),
    ("a quote", "> fine\n>\n> oops\n", f"> fine\n>\n> {OOPS}\n> oops\n"),
    ("code", "```\noops\n```\n", f"{OOPS}\n```\noops\n```\n"),
    ("indented code", "fine\n\n    oops\n", f"fine\n\n{OOPS}\n    oops\n"),
    ("html", "<details>\noops\n</details>\n", f"<details>\n{OOPS}\noops\n</details>\n"),
    ("no last newline", "- oops", f"- oops {OOPS}"),
    ("an item that ends in code", "- oops `it`\n", f"- oops `it` {OOPS}\n"),
    ("an item that ends in a link", "- oops [it](b)\n", f"- oops [it](b) {OOPS}\n"),
    ("an item that ends in an address", "- oops <https://a.b/c>  \n", f"- oops <https://a.b/c> {OOPS}  \n"),
    ("an item that ends in a picture", "> 1. oops ![it](b)\n", f"> 1. oops ![it](b) {OOPS}\n"),
    ("an item that ends in bold", "- **oops**\n", f"- **oops** {OOPS}\n"),
    ("an item with a comment", "- oops <!-- see -->\n", f"- oops <!-- see --> {OOPS}\n"),
]


@pytest.mark.parametrize(("before", "after"), [case[1:] for case in PLACES], ids=[case[0] for case in PLACES])
@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["unix", "windows"])
def test_where_a_comment_stands(before: str, after: str, ending: str) -> None:
    text = (HEAD + before).replace("\n", ending)
    written = annotated(text, check(text).findings, "old", check).text

    assert written == (HEAD + after).replace("\n", ending)
    assert check(written).findings == ()


def test_what_no_block_holds_is_silenced_in_the_file() -> None:
    text = "---\ntitle: oops\n---\n\n# Checkout was down\n\n## Impact\n\nhmm\n"
    written = annotated(text, check(text).findings, "old", check).text

    assert written == (
        "---\ntitle: oops\n---\n\n<!-- pmlint ignore-file says-oops -- old -->\n\n# Checkout was down\n\n## Impact\n\n"
        "<!-- pmlint ignore says-hmm -- old -->\nhmm\n"
    )


def test_the_byte_order_mark_stays_first() -> None:
    text = f"\ufeff# Checkout was down, oops\n{HEAD}"

    assert (
        annotated(text, check(text).findings, "old", check).text == f"\ufeff{OOPS}\n# Checkout was down, oops\n{HEAD}"
    )


def test_only_what_is_asked_for_is_silenced() -> None:
    text = HEAD + "oops\n\nhmm\n\noops\n"
    last = check(text).findings[-1]

    assert annotated(text, [last], "old", check).text == f"{HEAD}oops\n\nhmm\n\n{OOPS}\noops\n"


def test_nothing_to_silence_is_nothing_written() -> None:
    assert annotated(HEAD, (), "old", check) == Annotated(HEAD)


REASONS = [
    ("plain", "imported from the wiki", "imported from the wiki"),
    ("lines", " two\n lines ", "two lines"),
    ("dashes", "a -- b --- c", "a – b – c"),
    ("the end of a comment", "a --> b", "a –> b"),
    ("a last dash", "later -", "later"),
    ("a day", "until=2099-12-31 asked the vendor", "until=2099-12-31 asked the vendor"),
]


@pytest.mark.parametrize(("reason", "said"), [case[1:] for case in REASONS], ids=[case[0] for case in REASONS])
def test_a_reason_as_a_comment_can_hold_it(reason: str, said: str) -> None:
    written = annotated(HEAD + "oops\n", check(HEAD + "oops\n").findings, spoken(reason), check).text

    assert spoken(reason) == said
    assert written == f"{HEAD}<!-- pmlint ignore says-oops -- {said} -->\noops\n"


def test_a_bar_in_a_reason_does_not_cut_a_row() -> None:
    text = HEAD + "| a |\n|---|\n| oops |\n"

    assert annotated(text, check(text).findings, "a | b", check).text == text.replace(
        "| oops |", "| oops <!-- pmlint ignore says-oops -- a / b --> |"
    )


@pytest.mark.parametrize("reason", ["", "  ", "--", "-->"])
def test_a_reason_must_be_given(reason: str) -> None:
    with pytest.raises(UserError, match="--suppress needs a reason"):
        spoken(reason)


def test_what_cannot_be_silenced_stays_and_the_rest_is_silenced() -> None:
    text = HEAD + "oops\n\nhmm\n\n- oops\n- hmm\n"

    def deaf(text: str) -> Checked:
        return check(text.replace("ignore says-hmm", "ignore says-hum").replace("file says-hmm", "file says-hum"))

    assert annotated(text, check(text).findings, "old", deaf) == Annotated(
        f"{HEAD}{OOPS}\noops\n\nhmm\n\n- oops {OOPS}\n- hmm\n",
        tuple(finding for finding in check(text).findings if finding.rule == "says-hmm"),
    )


@given(documents)
def test_of_any_text_what_is_silenced_is_gone_what_stays_is_told_and_nothing_new_is_found(text: str) -> None:
    every = partial(check_text, path="a.md", settings=Settings(today=date(2026, 3, 1), select=("all",)), rules=RULES)
    before = every(text).findings
    wanted = [finding for finding in before if finding.family != "tool"]
    written = annotated(text, wanted, "old", every)

    left = [(finding.rule, finding.excerpt) for finding in every(written.text).findings]
    assert set(left) <= {(finding.rule, finding.excerpt) for finding in before}
    assert {rule for rule, _ in left} & {finding.rule for finding in wanted} <= {each.rule for each in written.stay}
    assert annotated(written.text, (), "old", every) == Annotated(written.text)
