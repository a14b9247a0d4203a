"""A missing section is added where and as the document would have it."""

import pytest

from pmlint.document.parse import parse
from pmlint.rules.structure_skeleton import skeleton

IMPACT = (
    "<!-- Write who was affected, how many and for how long, and whether data was lost; none and unknown are answers. "
    "-->\n\nTBD\n"
)
ACTIONS = "<!-- Write what will change, each line with one owner, a date and how it will show. -->\n\nTBD\n"
CAUSES = "<!-- Write three or more conditions of the system that had to come together. -->\n\nTBD\n"


def added(text: str, name: str) -> str | None:
    fix = skeleton(parse(text), name)
    if fix is None:
        return None
    (edit,) = fix.edits
    assert not fix.safe
    return text[: edit.span.start] + edit.text + text[edit.span.end :]


PLACES = [
    (
        "before what usually follows",
        "impact",
        "# A\n\n## Summary\n\nB.\n\n## Timeline\n\n- 10:02: c\n",
        f"# A\n\n## Summary\n\nB.\n\n## Impact\n\n{IMPACT}\n## Timeline\n\n- 10:02: c\n",
    ),
    (
        "at the end",
        "action_items",
        "# A\n\n## Summary\n\nB.\n\n## Root cause\n\nC.\n",
        f"# A\n\n## Summary\n\nB.\n\n## Root cause\n\nC.\n\n## Action items\n\n{ACTIONS}",
    ),
    (
        "before the appendix",
        "action_items",
        "# A\n\n## Root cause\n\nC.\n\n## Appendix\n\nD.\n",
        f"# A\n\n## Root cause\n\nC.\n\n## Action items\n\n{ACTIONS}\n## Appendix\n\nD.\n",
    ),
    (
        "above the comments of the next heading",
        "impact",
        "# A\n\n## Summary\n\nB.\n\n<!-- pmlint ignore timeline -- c -->\n\n<!-- d -->\n## Timeline\n\n- 10:02: e\n",
        f"# A\n\n## Summary\n\nB.\n\n## Impact\n\n{IMPACT}\n"
        "<!-- pmlint ignore timeline -- c -->\n\n<!-- d -->\n## Timeline\n\n- 10:02: e\n",
    ),
    (
        "between the lines that divide",
        "impact",
        "# A\n\n---\n\n## Summary\n\nB.\n\n---\n\n## Timeline\n\n- 10:02: c\n",
        f"# A\n\n---\n\n## Summary\n\nB.\n\n---\n\n## Impact\n\n{IMPACT}\n---\n\n## Timeline\n\n- 10:02: c\n",
    ),
    (
        "where there is no blank line",
        "impact",
        "# A\n## Summary\nB.\n## Timeline\n- 10:02: c\n",
        f"# A\n## Summary\nB.\n\n## Impact\n\n{IMPACT}\n## Timeline\n- 10:02: c\n",
    ),
    (
        "without a last newline",
        "action_items",
        "# A\n\n## Root cause\n\nC.",
        f"# A\n\n## Root cause\n\nC.\n\n## Action items\n\n{ACTIONS.rstrip()}",
    ),
    ("where there is no section", "impact", "# A\n\nB.\n", f"# A\n\nB.\n\n## Impact\n\n{IMPACT}"),
]


@pytest.mark.parametrize(("name", "text", "expected"), [case[1:] for case in PLACES], ids=[case[0] for case in PLACES])
@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["unix", "windows"])
def test_where(name: str, text: str, expected: str, ending: str) -> None:
    assert added(text.replace("\n", ending), name) == expected.replace("\n", ending)


STYLES = [
    ("the level", "# A\n\n### Summary\n\nB.\n\n### Impact\n\nC.\n", "### Contributing factors"),
    ("capitals", "# A\n\n## Root Cause Trigger\n\nB.\n\n## Executive Summary\n\nC.\n", "## Contributing Factors"),
    ("all capitals", "# A\n\n## SUMMARY\n\nB.\n\n## IMPACT\n\nC.\n", "## CONTRIBUTING FACTORS"),
    ("closing marks", "# A\n\n## Summary ##\n\nB.\n", "## Contributing factors ##"),
    ("bold headings", "# A\n\n## **Summary**\n\nB.\n", "## **Contributing factors**"),
    ("a colon", "# A\n\n## Summary:\n\nB.\n", "## Contributing factors"),
    ("underlined", "A\n=\n\nSummary\n-------\n\nB.\n", "Contributing factors\n--------------------"),
    ("bold lines", "**A**\n\n**Summary**\n\nB.\n\n**Impact**\n\nC.\n", "**Contributing factors**"),
    ("bold labels", "# A\n\n**Summary:**\n\nB.\n\n**Impact:**\n\nC.\n", "**Contributing factors:**"),
]


@pytest.mark.parametrize(("text", "heading"), [case[1:] for case in STYLES], ids=[case[0] for case in STYLES])
def test_how_the_heading_is_written(text: str, heading: str) -> None:
    assert added(text, "causes") == f"{text}\n{heading}\n\n{CAUSES}"


UNKNOWN = [
    ("another language", "# 障害\n\n## 影響\n\n約三千件の決済が失敗しました。\n\n## 根本原因\n\n設定が四つでした。\n"),
    ("a document in items", "- **Summary:** a\n- **Timeline:** b\n- **Root cause:** c\n"),
    ("bare lines", "Summary\n\nA.\n\nImpact\n\nB.\n"),
]


@pytest.mark.parametrize("text", [case[1] for case in UNKNOWN], ids=[case[0] for case in UNKNOWN])
def test_where_nobody_can_tell_there_is_no_fix(text: str) -> None:
    assert added(text, "action_items") is None
