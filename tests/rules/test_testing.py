"""What authors of rules are told by `pmlint.testing`."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Annotated

import pytest
from msgspec.structs import replace

from pmlint import Edit, Fix, Level, Postmortem, Problem, Rule, Span, catalogue, rule, testing
from pmlint.rules.rule import Example, Marked


@rule(
    level=Level.WARNING,
    family="learning",
    help="name the system",
    good=["# The search index was stale"],
    bad=[("# ⟦It⟧ was down", "# Search was down")],
)
def nameless(
    doc: Postmortem, *, words: Annotated[tuple[str, ...], "what names nothing"] = ("It",)
) -> Iterator[Problem]:
    """The title begins with a word that names nothing.

    Whoever looks for earlier incidents of one system reads titles and little else.
    """
    for word in words:
        at = doc.source.text.find(f"{word} was")
        if at >= 0:
            span = Span(at, at + len(word))
            yield Problem(span, f"'{word}' names nothing", fix=Fix((Edit(span, "Search"),), "name it", safe=False))


def bad(marked: Marked) -> testing.Case:
    return testing.Case(nameless, "bad", 1, Example(marked))


SAID: list[tuple[str, Callable[[], None], str]] = [
    (
        "a mark where nothing is reported",
        lambda: testing.assert_reports(nameless, "# It was ⟦down⟧"),
        "'nameless' does not report what is marked:\n"
        "  the text marks 'down' (line 1, column 10), and nothing is reported there\n"
        "  the text does not mark 'It' (line 1, column 3), and it is reported",
    ),
    (
        "another message",
        lambda: testing.assert_reports(nameless, "# ⟦It⟧ was down", messages=["'It' is nobody"]),
        "'nameless' says something else:\n"
        "  the messages are [\"'It' names nothing\"], and should be [\"'It' is nobody\"]",
    ),
    (
        "an example without a mark",
        bad("# It was down").check,
        "an example of 'nameless' does not hold:\n"
        "  bad example 1 does not mark 'It' (line 1, column 3), and it is reported\n"
        "  bad example 1 marks nothing; put ⟦ ⟧ around the words that should be reported",
    ),
    (
        "another text after the fix",
        bad(("# ⟦It⟧ was down", "# Mail was down")).check,
        "an example of 'nameless' does not hold:\n"
        "  bad example 1 shows '# Mail was down\\n' after the fix, and the fix gives '# Search was down\\n'",
    ),
    (
        "no documentation",
        lambda: testing.assert_documented(
            replace(
                nameless,
                name="Nameless",
                family="tool",
                summary="it",
                why="it matters",
                help="Name it.",
                options=(replace(nameless.options[0], type=list[str], help=""),),
            )
        ),
        "'Nameless' does not explain itself:\n"
        "  the name should be named in lower case with hyphens, after the fault it reports\n"
        "  the family 'tool' is none that rules can be added to; those are structure, impact, timeline, causes, "
        "language, actions, response, learning, publication\n"
        "  summary should be one sentence, with a capital and a full stop\n"
        "  why should say in 12 words or more what a reader loses\n"
        "  help should be a clause without a full stop: it follows the message\n"
        "  the option 'words' should say what it is: `words: Annotated[int, \"...\"] = 1`\n"
        "  the option 'words' is of a type that no configuration can give: list[str]",
    ),
]


@pytest.mark.parametrize(("test", "said"), [case[1:] for case in SAID], ids=[case[0] for case in SAID])
def test_what_fails_says_where(test: Callable[[], None], said: str) -> None:
    with pytest.raises(AssertionError) as failure:
        test()

    assert str(failure.value) == said


def test_what_holds_is_silent() -> None:
    for case in testing.cases([nameless]):
        case.check()
    testing.assert_documented(nameless)
    testing.assert_reports(nameless, "# ⟦That⟧ was down, and it was ours", words=("That",))
    testing.assert_reports(nameless, "# Mail was down", messages=[])

    assert [str(case) for case in testing.cases(nameless)] == ["nameless-bad-1", "nameless-good-1"]
    assert [problem.message for problem in testing.run_rule(nameless, "# It was down")] == ["'It' names nothing"]
    assert testing.installed("pmlint") == {}


@pytest.mark.parametrize(
    "shipped", [each for each in catalogue().values() if each.family not in ("tool", "collection")], ids=testing.name
)
def test_what_ships_would_pass(shipped: Rule) -> None:
    testing.assert_documented(shipped)


def test_it_needs_no_pytest() -> None:
    probe = "import sys, pmlint.testing; print('pytest' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True).stdout == "False\n"
