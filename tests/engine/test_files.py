"""From what the user names to the files that are checked."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from tests.engine.hand_rules import hand_rules

from pmlint.engine.configure import Configurations
from pmlint.engine.errors import UserError
from pmlint.engine.files import UnreadableError, decode, read, targets

RULES = hand_rules()


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small repository, the working folder of the test."""
    files = (
        "README.md",
        "notes.txt",
        "incidents/2026-01.md",
        "incidents/2026-02.markdown",
        "incidents/old/2019.MD",
        "incidents/old/2020.md",
        "site/page.qmd",
        "node_modules/tool/README.md",
        "build/out.md",
    )
    (tmp_path / ".git").mkdir()
    for file in files:
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text("# A\n", encoding="utf-8")
    (tmp_path / ".gitignore").write_text("build/\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def names(paths: Sequence[str], stdin_filename: str | None = None, **overrides: Any) -> list[str]:
    configurations = Configurations(RULES, overrides)
    return [target.name for target in targets(paths, configurations, stdin_filename=stdin_filename).files]


OLD = ["incidents/old/2019.MD", "incidents/old/2020.md"]
ALL = ["README.md", "incidents/2026-01.md", "incidents/2026-02.markdown", *OLD, "site/page.qmd"]
CHOICES: list[tuple[str, list[str], dict[str, Any], list[str]]] = [
    ("the folder", ["."], {}, ALL),
    ("a folder", ["incidents/"], {}, ALL[1:5]),
    ("with a dot", ["./incidents/old"], {}, OLD),
    ("a file of any name", ["notes.txt"], {}, ["notes.txt"]),
    ("twice the same", ["README.md", "./README.md", "incidents/../README.md"], {}, ["README.md"]),
    ("sorted", ["site", "README.md", "incidents/old"], {}, ["README.md", *OLD, "site/page.qmd"]),
    ("glob", ["incidents/*.md"], {}, ["incidents/2026-01.md"]),
    ("glob of all depths", ["incidents/**/*.md"], {}, ["incidents/2026-01.md", "incidents/old/2020.md"]),
    ("glob of folders", ["s*te"], {}, ["site/page.qmd"]),
    ("ignored by git, but named", ["build/out.md"], {}, ["build/out.md"]),
    ("folder ignored by git, but named", ["build"], {}, ["build/out.md"]),
    ("folder of a tool, but named", ["node_modules/tool"], {}, ["node_modules/tool/README.md"]),
    ("excluded file", ["."], {"exclude": ("README.md",)}, ALL[1:]),
    ("excluded folder", ["."], {"exclude": ("old/", "/site")}, ALL[:3]),
    ("excluded but for one", ["."], {"exclude": ("incidents/*", "!incidents/2026-01.md", "site")}, ALL[:2]),
    ("excluded, but named", ["README.md"], {"exclude": ("README.md",)}, ["README.md"]),
    ("excluded, though named", ["README.md"], {"exclude": ("README.md",), "force_exclude": True}, []),
    ("other names", ["."], {"include": ("*.txt",)}, ["notes.txt"]),
    ("by folder", ["."], {"include": ("incidents/**/*.md",)}, ["incidents/2026-01.md", "incidents/old/2020.md"]),
]


@pytest.mark.parametrize(
    ("paths", "overrides", "expected"), [case[1:] for case in CHOICES], ids=[case[0] for case in CHOICES]
)
def test_chosen(house: Path, paths: list[str], overrides: dict[str, Any], expected: list[str]) -> None:
    assert names(paths, **overrides) == expected


def test_an_absolute_path_stays_absolute(house: Path) -> None:
    assert names([str(house / "site")]) == [(house / "site/page.qmd").as_posix()]


def test_a_gitignore_below_decides_before_one_above(house: Path) -> None:
    (house / "incidents/.gitignore").write_text("*.md\n*.MD\n", encoding="utf-8")
    (house / "incidents/old/.gitignore").write_text("!2020.md\n", encoding="utf-8")

    assert names(["incidents"]) == ["incidents/2026-02.markdown", "incidents/old/2020.md"]


def test_each_folder_goes_by_its_own_configuration(house: Path) -> None:
    (house / "incidents/pmlint.toml").write_text('exclude = ["old"]\n', encoding="utf-8")

    assert names(["."]) == ["README.md", "incidents/2026-01.md", "incidents/2026-02.markdown", "site/page.qmd"]


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_what_may_never_come_to_an_end_is_passed_over(house: Path) -> None:
    os.mkfifo(house / "incidents/pipe.md")
    (house / "incidents/linked.md").symlink_to("pipe.md")
    (house / "incidents/lost.md").symlink_to("nowhere.md")

    found = [target.name for target in targets(["incidents"], Configurations(RULES)).files]
    assert found == [
        "incidents/2026-01.md",
        "incidents/2026-02.markdown",
        "incidents/lost.md",
        "incidents/old/2019.MD",
        "incidents/old/2020.md",
    ]


def test_a_folder_that_may_not_be_looked_into_is_not_passed_over(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = os.scandir

    def scan(folder: str) -> Any:
        if os.path.normpath(folder) == os.path.join("incidents", "old"):  # noqa: PTH118
            raise PermissionError(13, "Permission denied")
        return whole(folder)

    monkeypatch.setattr(os, "scandir", scan)
    found = [target.name for target in targets(["incidents"], Configurations(RULES)).files]
    assert found == ["incidents/2026-01.md", "incidents/2026-02.markdown", "incidents/old"]


def test_links_to_folders_are_not_followed(house: Path) -> None:
    (house / "incidents/loop").symlink_to(house / "incidents")
    (house / "incidents/link.md").symlink_to(house / "README.md")

    assert names(["incidents"]) == [
        "incidents/2026-01.md",
        "incidents/2026-02.markdown",
        "incidents/link.md",
        *OLD,
    ]


WARNINGS = [
    (
        "empty folder",
        "empty",
        "no document was found in 'empty': no file there matches *.md *.markdown *.mdown *.mkd *.mdx *.qmd *.Rmd"
        " *.md.erb *.markdown.erb, or all that do are excluded or ignored by git",
    ),
    ("glob", "*.rst", "no file matches '*.rst', so nothing was checked there"),
]


@pytest.mark.parametrize(("path", "warning"), [case[1:] for case in WARNINGS], ids=[case[0] for case in WARNINGS])
def test_nothing_found_is_said(house: Path, path: str, warning: str) -> None:
    (house / "empty").mkdir()

    assert targets([path], Configurations(RULES)).warnings == (warning,)


def test_what_does_not_exist_is_an_error(house: Path) -> None:
    with pytest.raises(UserError, match=r"^there is no file or folder 'incident/'$"):
        names(["incident/"])


def test_stdin_goes_by_the_name_that_it_is_given(house: Path) -> None:
    assert names(["-"]) == ["<stdin>"]
    assert names(["-"], stdin_filename="incidents/new.md") == ["incidents/new.md"]
    assert names(["-"], "incidents/new.md", exclude=("incidents",), force_exclude=True) == []


DATA = [
    ("Latin-1", b"# A\nCaf\xe9\n", "the file is not UTF-8 text: byte 0xe9 on line 2 is no part of any character"),
    ("UTF-16", "# A\n".encode("utf-16"), "the file is UTF-16 and not UTF-8 text"),
    ("too large", b"x" * 1_500_001, "the file has 1.5 MB, more than the limit of 1.5 MB"),
]


@pytest.mark.parametrize(("data", "message"), [case[1:] for case in DATA], ids=[case[0] for case in DATA])
def test_unreadable(tmp_path: Path, data: bytes, message: str) -> None:
    (tmp_path / "a.md").write_bytes(data)
    with pytest.raises(UnreadableError) as from_file:
        decode(read(str(tmp_path / "a.md"), 1.5), 1.5)
    with pytest.raises(UnreadableError) as from_stdin:
        decode(data, 1.5)

    assert [str(from_file.value), str(from_stdin.value)] == [message, message]


def test_a_file_that_cannot_be_opened_says_why(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(str(tmp_path / "gone.md"), 5)

    assert str(caught.value) == "the file cannot be opened: No such file or directory"


def test_line_endings_and_byte_order_mark_stay_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"\xef\xbb\xbf# A\r\nb\r\n")

    assert decode(read(str(tmp_path / "a.md"), 5), 5) == "\ufeff# A\r\nb\r\n"
