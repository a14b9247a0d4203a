"""A document that a report shows whole is the one that was checked, and holds no credential."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from pmlint.engine.cache import Cache
from pmlint.engine.configure import Configurations
from pmlint.engine.finding import Run
from pmlint.engine.hide import hidden
from pmlint.engine.run import catalogue, check_paths
from pmlint.engine.shown import with_texts
from pmlint.source import Span

# put together here, so that nobody takes it for one
VALUE = "gh" + "p_" + "Zk3mQ8xL2vB7nR4tW9yC1dF6hJ5pS0aG2eU8"
TEXT = f"# Checkout was down\n\nThe token {VALUE} was in the log.\n\n## Detection\n\n## Impact\n\nAgain {VALUE}!\n"
SHOWN = TEXT.replace(VALUE, "•" * len(VALUE))


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], Run]]:
    """Checks `incident.md` in a folder of its own, and remembers it."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "incident.md").write_text(TEXT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with closing(Cache(tmp_path / "cache")) as cache:
        yield lambda: check_paths(["incident.md"], Configurations(catalogue(), {}), cache=cache)


def texts(run: Run) -> list[str | None]:
    return [document.text for document in with_texts(run, Configurations(catalogue(), {})).documents]


def test_credentials_are_hidden_wherever_they_are_repeated(house: Callable[[], Run]) -> None:
    assert texts(house()) == [SHOWN]


def test_a_remembered_document_is_shown_alike(house: Callable[[], Run], tmp_path: Path) -> None:
    house()

    assert texts(house()) == [SHOWN]


def test_a_document_that_was_changed_meanwhile_is_not_shown(house: Callable[[], Run]) -> None:
    run = house()
    Path("incident.md").write_text(f"One more line\n\n{TEXT}", encoding="utf-8")

    assert texts(run) == [None]


def test_a_document_that_is_gone_is_not_shown(house: Callable[[], Run]) -> None:
    run = house()
    Path("incident.md").unlink()

    assert texts(run) == [None]


def test_a_document_without_findings_need_not_be_shown(house: Callable[[], Run]) -> None:
    Path("incident.md").write_text("# Checkout was down\n", encoding="utf-8")
    run = check_paths(["incident.md"], Configurations(catalogue(), {"select": ("invalid-date",)}))

    assert texts(run) == [None]


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        pytest.param((Span(0, 3),), "••• two ••• three", id="everywhere"),
        pytest.param((Span(2, 5),), "on•••wo on•••hree", id="parts of words"),
        pytest.param((Span(0, 7), Span(4, 11)), "••••••••••• three", id="one in another"),
        pytest.param((Span(0, 0),), "one two one three", id="nothing"),
        pytest.param((), "one two one three", id="none"),
        pytest.param(None, None, id="nobody knows"),
    ],
)
def test_hidden(spans: tuple[Span, ...] | None, expected: str | None) -> None:
    assert hidden("one two one three", spans) == expected


def test_a_credential_that_overlaps_itself() -> None:
    assert hidden("aba ababa", (Span(0, 3),)) == "••• •••••"


def test_line_ends_stay() -> None:
    assert hidden("a\r\nbc\nd", (Span(0, 6),)) == "•\r\n••\nd"
