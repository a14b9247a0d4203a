"""The published formula, and that mending a document never costs it points."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmlint.engine.finding import Finding
from pmlint.engine.score import WEIGHTS, score
from pmlint.rules.problem import Confidence, Level
from pmlint.source import Position, Span


def finding(rule: str, family: str, level: Level) -> Finding:
    return Finding(
        rule=rule,
        family=family,
        level=level,
        confidence=Confidence.HIGH,
        path="a.md",
        span=Span(0, 0),
        start=Position(1, 1),
        end=Position(1, 1),
        message="",
        help="",
        excerpt="",
        context="",
        section=None,
        fingerprint="",
    )


ERROR = finding("missing-impact", "impact", Level.ERROR)
WARNING = finding("vague-quantity", "impact", Level.WARNING)
INFO = finding("missing-slo-impact", "impact", Level.INFO)
BLAME = finding("blames-person", "language", Level.ERROR)

CASES = [
    ("nothing found", [], (100, {})),
    ("one error", [ERROR], (96, {"impact": 70})),
    ("one warning", [WARNING], (99, {"impact": 90})),
    ("one info", [INFO], (100, {"impact": 98})),
    ("two of one rule", [ERROR, ERROR], (93, {"impact": 55})),
    ("two of two rules", [ERROR, finding("other-rule", "impact", Level.ERROR)], (94 - 3, {"impact": 40})),
    ("levels of one rule", [WARNING, finding("vague-quantity", "impact", Level.INFO)], (98, {"impact": 89})),
    ("blame in the causes", [finding("person-as-cause", "causes", Level.ERROR)], (96, {"blamelessness": 70})),
    ("the file itself", [finding("unused-suppression", "tool", Level.WARNING)], (100, {})),
    ("never below nothing", [finding(f"rule-{n}", "causes", Level.ERROR) for n in range(9)], (80, {"causes": 0})),
    ("blame", [BLAME], (96, {"blamelessness": 70})),
]


@pytest.mark.parametrize(("findings", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_formula(findings: list[Finding], expected: tuple[int, dict[str, int]]) -> None:
    overall, dimensions = expected

    assert score(findings) == (overall, tuple((name, dimensions.get(name, 100)) for name in WEIGHTS))


FAMILIES = ("structure", "impact", "timeline", "causes", "language", "actions", "response", "learning", "tool")
some_findings = st.lists(
    st.builds(
        finding,
        st.sampled_from(("one-rule", "two-rule", "exhortation")),
        st.sampled_from(FAMILIES),
        st.sampled_from((Level.INFO, Level.WARNING, Level.ERROR)),
    ),
    min_size=1,
    max_size=30,
)


@given(some_findings, st.data())
def test_taking_a_finding_away_never_lowers_a_score(findings: list[Finding], data: st.DataObject) -> None:
    gone = data.draw(st.integers(0, len(findings) - 1))
    before, after = score(findings), score(findings[:gone] + findings[gone + 1 :])

    assert after.overall >= before.overall
    assert all(now >= then for (_, now), (_, then) in zip(after.by_dimension, before.by_dimension, strict=True))
