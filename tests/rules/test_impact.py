"""What counts as a quantity, and which forms of an answer the rules about impact accept."""

import textwrap

import pytest

from pmlint.rules.catalogue import catalogue
from pmlint.rules.examples import run_one
from pmlint.rules.impact_quantities import has_amount, has_extent, has_quantity


def messages(rule: str, text: str) -> list[str]:
    return [problem.message for problem in run_one(catalogue()[rule], textwrap.dedent(text))]


@pytest.mark.parametrize(
    ("text", "amount", "quantity", "extent"),
    [
        pytest.param("1,210 of 52,000 searches failed", True, True, True, id="count"),
        pytest.param("about 3 % of users", True, True, True, id="percentage"),
        pytest.param("two nodes were gone", True, True, True, id="number word"),
        pytest.param("down for 38 minutes", False, True, True, id="length of time"),
        pytest.param("all searches failed", False, False, True, id="all"),
        pytest.param("nobody noticed", False, False, True, id="nobody"),
        pytest.param("how many is unknown", False, False, True, id="unknown"),
        pytest.param("no user impact", False, False, True, id="no impact"),
        pytest.param("searches failed from 10:02 to 10:40", False, False, False, id="clock times"),
        pytest.param("searches failed on 6 May and 2026-02-04", False, False, False, id="dates"),
        pytest.param("requests failed with status 503", False, False, False, id="status code"),
        pytest.param("429 users were locked out", True, True, True, id="a count that looks like a status"),
        pytest.param("release v4.2.1 and INC-31 and S3", False, False, False, id="names with digits"),
        pytest.param("users saw an empty page", False, False, False, id="nothing"),
        pytest.param("影響ユーザー数は不明", False, False, True, id="unknown in Japanese"),
    ],
)
def test_what_a_text_quantifies(text: str, amount: bool, quantity: bool, extent: bool) -> None:
    assert (amount, quantity, extent) == (has_amount(text), has_quantity(text), has_extent(text))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        pytest.param("Some users saw errors.", ['"Some users" leaves open how many'], id="some"),
        pytest.param("A small number of orders failed.", ['"A small number of orders" leaves open how many'], id="of"),
        pytest.param("Searches were significantly slower.", ['"significantly slower" leaves open how much'], id="much"),
        pytest.param("The site was down briefly.", ['"briefly" leaves open how long'], id="long"),
        pytest.param("Some users, 40 in all, saw errors.", [], id="number in the sentence"),
        pytest.param("The site was down briefly, for 40 seconds.", [], id="length in the sentence"),
        pytest.param("Many users would not have noticed.", [], id="hypothetical"),
        pytest.param("Several users were not affected.", [], id="unaffected"),
        pytest.param("Users wrote that “some users” is vague.", [], id="quotation"),
        pytest.param(
            "On 6 May some users saw errors for 40 minutes.",
            ['"some users" leaves open how many'],
            id="a date and a length are no count",
        ),
    ],
)
def test_vague_quantities_in_the_impact(sentence: str, expected: list[str]) -> None:
    assert expected == messages("vague-quantity", f"# Search was down\n\n## Impact\n\n{sentence}\n")


def test_a_stated_duration_answers_how_long() -> None:
    text = """
        # Search was down

        **Duration:** 4 minutes

        ## Impact

        The site was down briefly.
    """
    assert messages("vague-quantity", text) == []


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param("**Customers affected:** none", id="field"),
        pytest.param("| Customers affected | Duration |\n|---|---|\n| 40 | 4 min |", id="column"),
        pytest.param("Customers could not log in.", id="sentence"),
        pytest.param("How many customers were affected is unknown.", id="unknown"),
        pytest.param("Not applicable, the site has no visitors at night.", id="not applicable"),
    ],
)
def test_every_form_of_naming_the_affected_is_an_answer(answer: str) -> None:
    text = f"# Index was gone\n\n## Impact\n\nThe index was gone.\n\n{answer}\n"
    assert messages("missing-affected-users", text) == []


def test_users_among_the_actions_are_not_the_affected() -> None:
    text = """
        # Index was gone

        ## Impact

        9 shards were gone.

        ## Lessons

        Users read the status page.
    """
    assert messages("missing-affected-users", text) == ["nothing says who was affected, or what they could not do"]


def test_without_any_word_on_impact_the_missing_section_speaks_alone() -> None:
    text = "# Index was gone\n\n## Root cause\n\nThe index was deleted.\n"
    rules = ("unquantified-impact", "missing-affected-users", "unscoped-impact", "vague-quantity")
    assert [messages(rule, text) for rule in rules] == [[], [], [], []]


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param("Data loss: none.", id="none"),
        pytest.param("Three orders were written twice and merged; no records were lost.", id="records"),
        pytest.param("Whether data was lost is unknown.", id="unknown"),
        pytest.param("The attacker withdrew $2,000.", id="money"),
        pytest.param("- データ損失: なし", id="Japanese"),
    ],
)
def test_every_form_of_telling_the_state_of_the_data_is_an_answer(answer: str) -> None:
    assert messages("missing-data-integrity", f"# Search was down\n\n## Impact\n\n{answer}\n") == []


def test_a_summary_in_the_front_matter_is_read() -> None:
    text = """
        ---
        summary: The index was rebuilt and no data was lost.
        ---

        # Search was down
    """
    assert messages("missing-data-integrity", text) == []


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        pytest.param("## Impact\n\nUsers saw an empty page.\n", True, id="users met it"),
        pytest.param("**Users affected:** 340\n", True, id="a field counts users"),
        pytest.param("**Users affected:** none\n", False, id="a field counts nobody"),
        pytest.param("**Potential users affected:** all\n\n## Impact\n\nNot used yet.\n", False, id="might have"),
        pytest.param("## Impact\n\nThe queue of the build grew to 900 jobs.\n", False, id="a machine"),
        pytest.param("## Impact\n\nNo customers were affected.\n", False, id="nobody"),
        pytest.param("## Summary\n\nCustomers could not log in for an hour.\n", True, id="the summary"),
        pytest.param("## Summary\n\nThe address now belongs to another customer.\n", False, id="named in passing"),
        pytest.param("## Summary\n\nThe user's laptop was stolen.\n", False, id="what is somebody's"),
        pytest.param("## 影响\n\n客户端无法连接。\n", False, id="a program"),
        pytest.param("## 影响\n\n用户无法登录。\n", True, id="users in Chinese"),
    ],
)
def test_the_status_page_is_asked_of_what_reached_users(text: str, asked: bool) -> None:
    assert asked == bool(messages("missing-status-page", f"# Search was down\n\n{text}"))


@pytest.mark.parametrize(
    ("pasted", "asked"),
    [
        pytest.param("%user 41.62  %iowait 9.15", False, id="a monitor's columns"),
        pytest.param("error ratio: 4.1 %", False, id="a share"),
        pytest.param("GET /search?q=a%20b 503", True, id="an address and a status"),
    ],
)
def test_figures_pasted_under_the_impact_are_an_amount(pasted: str, asked: bool) -> None:
    text = f"# Search was down\n\n## Impact\n\nSearches failed.\n\n```\n{pasted}\n```\n"

    assert asked == bool(messages("unquantified-impact", text))
