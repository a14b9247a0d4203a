"""What a watch notices, and what it does not."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from pmlint.engine.configure import Configurations
from pmlint.engine.watch import Watch

TEXT = "# Search was down\n\n## Impact\n\nMany users.\n"


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two documents, a base of the configuration beside them, and rules of the house."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "docs" / "old").mkdir(parents=True)
    (tmp_path / "docs" / "a.md").write_text(TEXT, encoding="utf-8")
    (tmp_path / "docs" / "old" / "b.md").write_text(TEXT, encoding="utf-8")
    (tmp_path / "docs" / "notes.txt").write_text("notes", encoding="utf-8")
    (tmp_path / "docs" / "pmlint.toml").write_text('extend = "../base.toml"\n', encoding="utf-8")
    (tmp_path / "base.toml").write_text('rule-files = ["own.toml"]\n', encoding="utf-8")
    (tmp_path / "own.toml").write_text("", encoding="utf-8")
    (tmp_path / "accepted.json").write_text("{}", encoding="utf-8")
    return tmp_path


CHANGES: list[tuple[str, Callable[[Path], object]]] = [
    ("a document", lambda house: (house / "docs" / "a.md").write_text(TEXT * 2, encoding="utf-8")),
    ("a new document", lambda house: (house / "docs" / "old" / "c.md").write_text(TEXT, encoding="utf-8")),
    ("a document that is gone", lambda house: (house / "docs" / "old" / "b.md").unlink()),
    ("a new folder", lambda house: (house / "docs" / "new").mkdir()),
    ("the configuration", lambda house: (house / "docs" / "pmlint.toml").write_text("", encoding="utf-8")),
    ("a nearer configuration", lambda house: (house / "docs" / "old" / ".pmlint.toml").touch()),
    ("a base of it", lambda house: (house / "base.toml").write_text('ignore = ["language"]\n', encoding="utf-8")),
    ("rules of the house", lambda house: (house / "own.toml").write_text("# none yet\n", encoding="utf-8")),
    ("what git ignores", lambda house: (house / "docs" / ".gitignore").write_text("old/\n", encoding="utf-8")),
    ("the baseline", lambda house: (house / "accepted.json").write_text('{"version": 1}', encoding="utf-8")),
]


class Steps:
    """What happens in one pause after another."""

    def __init__(self, *steps: Callable[[], object]) -> None:
        self.left = list(steps)

    def __call__(self) -> None:
        self.left.pop(0)()


def nothing() -> None:
    pass


@pytest.mark.parametrize("change", [change for _, change in CHANGES], ids=[name for name, _ in CHANGES])
def test_a_change_is_noticed_once_it_is_over(house: Path, change: Callable[[Path], object]) -> None:
    watch = Watch(["docs"], Configurations({}), house / "accepted.json")
    pauses = Steps(nothing, partial(change, house), nothing)

    watch.wait(pauses)

    assert pauses.left == []


def test_it_waits_until_nothing_changes_any_more(house: Path) -> None:
    watch = Watch(["docs"], Configurations({}))
    write = (house / "docs" / "a.md").write_text
    pauses = Steps(partial(write, "half"), partial(write, "nearly all"), partial(write, "all of it"), nothing)

    watch.wait(pauses)

    assert pauses.left == []


def test_what_was_noticed_is_not_noticed_again(house: Path) -> None:
    watch = Watch(["docs"], Configurations({}))
    document, notes = house / "docs" / "a.md", house / "docs" / "notes.txt"
    pauses = Steps(
        document.unlink, nothing, partial(notes.write_text, "other notes"), partial(document.write_text, TEXT), nothing
    )

    watch.wait(pauses)
    assert len(pauses.left) == 3
    watch.wait(pauses)

    assert pauses.left == []
    assert watch.documents == 2
