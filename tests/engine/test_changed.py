"""Which lines git says were changed, and which findings are about them."""

import os
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.engine.hand_rules import hand_rules

from pmlint.document.model import Postmortem
from pmlint.document.parse import parse
from pmlint.engine.changed import Lines, _read, changes_since, unchanged
from pmlint.engine.check import check_text
from pmlint.engine.errors import UserError
from pmlint.engine.settings import Settings
from pmlint.rules.place import place
from pmlint.rules.problem import Level, Problem
from pmlint.rules.rule import rule


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)


def commit(folder: Path) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "x")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository whose `main` holds ten lines in `a.md`; the branch `work` is checked out."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "x")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "x@example.com")
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    root = tmp_path / "repository"
    root.mkdir()
    git(root, "init", "--quiet", "--initial-branch=main")
    write(root / "a.md", range(1, 11))
    commit(root)
    git(root, "switch", "--quiet", "--create", "work")
    monkeypatch.chdir(root)
    return root


def write(path: Path, words: "range | list[object]", end: str = "\n") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"line {word}{end}" for word in words), encoding="utf-8", newline="")


EDITS = [
    ("nothing", [*range(1, 11)], ()),
    ("a line changed", [1, 2, "new", *range(4, 11)], (Lines(3, 3),)),
    ("two lines added", [1, 2, "new", "new", *range(3, 11)], (Lines(3, 4),)),
    ("a line taken out", [1, 2, *range(4, 11)], (Lines(3, 2),)),
    ("the first line taken out", [*range(2, 11)], (Lines(1, 0),)),
    ("at both ends", ["new", *range(2, 10), "new"], (Lines(1, 1), Lines(10, 10))),
    ("lines that look like a diff", ["\n+++ b/other.md\n@@ -1 +1 @@\n-- x", *range(2, 11)], (Lines(1, 4),)),
]


@pytest.mark.parametrize(("words", "lines"), [case[1:] for case in EDITS], ids=[case[0] for case in EDITS])
def test_lines(repository: Path, words: list[object], lines: tuple[Lines, ...]) -> None:
    write(repository / "a.md", words)

    assert changes_since("main").of("a.md") == lines


def test_committed_staged_and_unsaved_changes_all_count(repository: Path) -> None:
    write(repository / "a.md", ["new", *range(2, 11)])
    commit(repository)
    write(repository / "a.md", ["new", 2, 3, 4, "new", *range(6, 11)])
    git(repository, "add", "a.md")
    write(repository / "a.md", ["new", 2, 3, 4, "new", *range(6, 10), "new"])

    assert changes_since("main").of("a.md") == (Lines(1, 1), Lines(5, 5), Lines(10, 10))


def test_what_the_other_branch_did_since_is_no_change_here(repository: Path) -> None:
    git(repository, "switch", "--quiet", "main")
    write(repository / "a.md", ["theirs", *range(2, 11)])
    commit(repository)
    git(repository, "switch", "--quiet", "work")
    write(repository / "a.md", [*range(1, 10), "ours"])
    commit(repository)

    assert changes_since("main").of("a.md") == (Lines(10, 10),)


NAMES = ["with space.md", "Störung 障害.md", 'quo"te.md', "back\\slash.md", "tab\there.md", "new\nline.md", "-dash.md"]


@pytest.mark.parametrize("name", NAMES, ids=["space", "unicode", "quote", "backslash", "tab", "newline", "dash"])
def test_names(repository: Path, name: str) -> None:
    folder = repository / "dö c"
    write(folder / name, range(5))
    commit(repository)
    write(folder / name, [0, 1, "new", 3, 4])

    assert changes_since("HEAD").of(f"dö c/{name}") == (Lines(3, 3),)


def test_a_renamed_file_is_followed(repository: Path) -> None:
    (repository / "sub").mkdir()
    git(repository, "mv", "a.md", "sub/b.md")
    assert changes_since("main").of("sub/b.md") == ()

    write(repository / "sub/b.md", [*range(1, 10), "new"])
    commit(repository)
    assert changes_since("main").of("sub/b.md") == (Lines(10, 10),)


def test_what_git_does_not_know_is_changed_as_a_whole(repository: Path, tmp_path: Path) -> None:
    write(repository / "new.md", range(3))
    write(repository / ".gitignore", ["x"])
    (repository / ".gitignore").write_text("ignored.md\n", encoding="utf-8")
    write(repository / "ignored.md", range(3))
    write(tmp_path / "outside.md", range(3))
    changes = changes_since("main")

    assert [changes.of(name) for name in ("new.md", "ignored.md", "../outside.md")] == [None, None, None]


def test_a_file_that_was_added_is_changed_in_every_line(repository: Path) -> None:
    write(repository / "new.md", range(3))
    git(repository, "add", "new.md")

    assert changes_since("main").of("new.md") == (Lines(1, 3),)


def test_from_a_folder_below(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(repository / "sub/b.md", range(3))
    commit(repository)
    write(repository / "sub/b.md", [0, "new", 2])
    write(repository / "a.md", ["new", *range(2, 11)])
    monkeypatch.chdir(repository / "sub")
    changes = changes_since("HEAD")

    assert (changes.of("b.md"), changes.of("../a.md")) == ((Lines(2, 2),), (Lines(1, 1),))


def test_the_habits_of_the_user_change_nothing(repository: Path) -> None:
    for key, value in {
        "diff.external": "false",
        "diff.noprefix": "true",
        "diff.mnemonicPrefix": "true",
        "diff.relative": "true",
        "diff.interHunkContext": "9",
        "diff.renames": "false",
        "color.ui": "always",
    }.items():
        git(repository, "config", key, value)
    (repository / ".gitattributes").write_text("*.md -diff\n", encoding="utf-8")
    write(repository / "a.md", ["new", 2, "new", *range(4, 11)])

    assert changes_since("main").of("a.md") == (Lines(1, 1), Lines(3, 3))


def test_a_file_without_a_last_newline() -> None:
    diff = b"""diff --git a/a.md b/a.md
--- a/a.md
+++ b/a.md
@@ -1 +1 @@
-old
\\ No newline at end of file
+new
\\ No newline at end of file
diff --git a/b.md b/b.md
--- a/b.md
+++ b/b.md\t
@@ -4,0 +5,2 @@ context
+++ b/c.md
+@@ -1 +1 @@
"""

    assert list(_read(diff)) == [("a.md", (Lines(1, 1),)), ("b.md", (Lines(5, 6),))]


def test_an_unknown_revision(repository: Path) -> None:
    for revision in ("nowhere", "--output=x", "", "a\0b", "main --", "HEAD:a.md"):
        with pytest.raises(UserError, match="--changed-since: "):
            changes_since(revision)
    assert not (repository / "x").exists()
    with pytest.raises(
        UserError, match=r"knows no revision 'nowhere'; .*`git fetch origin main:refs/remotes/origin/main`"
    ):
        changes_since("nowhere")


def test_a_revision_with_nothing_in_common(repository: Path) -> None:
    git(repository, "switch", "--quiet", "--orphan", "other")
    write(repository / "a.md", range(3))
    commit(repository)

    with pytest.raises(UserError, match=r"nothing in common with 'main'; .*`git fetch --unshallow`"):
        changes_since("main")


def test_no_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.chdir(tmp_path)

    with pytest.raises(UserError, match="the working folder is in no repository; run it inside of one"):
        changes_since("main")


def test_no_git(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(UserError, match="there is no git here; install it, or name the files"):
        changes_since("main")


# --- findings

TEXT = """\
# Checkout was down

## Impact

3,100 payments failed.
hmm, they said
oops, they said

## Timeline

### The day

### After it

Nothing.
"""


@rule(level=Level.ERROR, help="fill it", good=["# a\n"], bad=["# ⟦a⟧\n"])
def thin_part(doc: Postmortem) -> Iterator[Problem]:
    """Something is missing in a section.

    It is reported at its heading.
    """
    yield from (Problem(section.title_span, "thin") for section in doc.sections if section.title == "The day")


@rule(level=Level.ERROR, help="fill it", good=["# a\n"], bad=["# ⟦a⟧\n"])
def thin_document(doc: Postmortem) -> Iterator[Problem]:
    """Something is missing in a document.

    It is reported at its title.
    """
    yield Problem(place(doc), "thin")


RULES = {each.name: replace(each, family="structure") for each in (thin_part, thin_document)} | {
    name: each for name, each in hand_rules().items() if name in ("says-oops", "says-hmm")
}
SETTINGS = Settings(today=date(2026, 3, 1), select=tuple(RULES))
FOUND = [("thin-document", 1), ("says-hmm", 6), ("says-oops", 7), ("thin-part", 11)]

ABOUT = [
    ("nothing", (), []),
    ("the line", (Lines(7, 7),), ["thin-document", "says-oops"]),
    ("both lines", (Lines(5, 9),), ["thin-document", "says-hmm", "says-oops"]),
    ("the line above", (Lines(5, 5),), ["thin-document"]),
    ("what stood between the lines is gone", (Lines(7, 6),), ["thin-document"]),
    ("below the heading", (Lines(12, 12),), ["thin-document", "thin-part"]),
    ("what stood below the heading is gone", (Lines(13, 12),), ["thin-document", "thin-part"]),
    ("the next section", (Lines(15, 15),), ["thin-document"]),
]


@pytest.mark.parametrize(("lines", "rules"), [case[1:] for case in ABOUT], ids=[case[0] for case in ABOUT])
def test_which_findings_count(lines: tuple[Lines, ...], rules: list[str]) -> None:
    document = check_text(TEXT, "a.md", SETTINGS, RULES)
    hidden = unchanged(document, lines, parse(TEXT, "a.md"))

    assert [(finding.rule, finding.start.line) for finding in document.findings] == FOUND
    assert [finding.rule for at, finding in enumerate(document.findings) if at not in hidden] == rules
