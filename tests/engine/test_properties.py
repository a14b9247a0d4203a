"""What holds for every text, however odd."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from tests.engine.hand_rules import hand_rules

from pmlint.engine.check import check_text
from pmlint.engine.settings import Settings
from pmlint.rules.problem import Confidence
from pmlint.rules.suppression import read_suppressions
from pmlint.source import Source
from pmlint.source.markdown import read_markup

RULES = {name: rule for name, rule in hand_rules().items() if name != "crashes-on-boom"}
SETTINGS = Settings(today=date(2026, 3, 1), select=("all",), min_confidence=Confidence.LOW)

pieces = st.sampled_from(
    (
        "# Checkout was down\n\n",
        "## Timeline\n\n",
        "- 10:02 UTC: oops\n",
        "  - hmm [sic]\n",
        "| a | oops |\n|---|---|\n| hmm | hunter2 |\n",
        "> oops\n",
        "```\noops\n",
        "<!-- pmlint ignore says-oops -- known -->\n",
        "oops <!-- pmlint ignore says-hmm, says-oops until=2026-02-30 --> hmm\n",
        "<!-- pmlint ignore-start -->",
        "<!-- pmlint ignore-end causes -->",
        '<!-- pmlint ignore says-oops "oops" -- once -->',
        "<!-- pmlint",
        "-->",
        "<!-- pmlint ignore-file suppression-without-reason -- \r\n -->\r\n",
        "\n",
        "\n\n",
        "oops",
        "hunter2",
        "\u2028",
        "障害",
    )
)
documents = st.lists(pieces | st.text(max_size=20), max_size=25).map("".join)


@given(documents)
def test_every_text_has_a_result_in_order_and_in_place(text: str) -> None:
    checked = check_text(text, "a.md", SETTINGS, RULES)

    assert checked.crashes == ()
    places = [(finding.span, finding.rule) for finding in checked.findings]
    assert places == sorted(places)
    assert all(0 <= finding.span.start <= finding.span.end <= len(text) for finding in checked.findings)
    assert len({finding.fingerprint for finding in checked.findings}) == len(checked.findings)
    assert "hunter2" not in repr(checked)


@given(documents)
def test_what_a_suppression_names_stands_where_it_says(text: str) -> None:
    source = Source(text)
    for suppression in read_suppressions(source, read_markup(source)):
        assert source[suppression.span].startswith("<!--")
        for name in (suppression.verb, *suppression.names):
            assert suppression.span.covers(name.span)
            assert source[name.span].lower() == name.text
        assert 0 <= suppression.reach.start <= suppression.reach.end <= len(text)
