"""`pmlint format` as it is typed."""

import io
import subprocess
import sys
from pathlib import Path

import pytest

from pmlint.cli.main import main

BEFORE = "Search was down\n===\n## Impact\n* 3,100 searches\n\n## Timeline\n* 2026-02-04 10:02 UTC: it fails\n"
AFTER = "# Search was down\n\n## Impact\n\n- 3,100 searches\n\n## Timeline\n\n- 2026-02-04 10:02 UTC: it fails\n"
ODD = "# Search was down\n\n## Impact\n\n::: note\n* 3,100 searches\n:::\n\n## Timeline\n\n- 10:02 UTC: it fails\n"
README = "paytool\n=======\n* A small library\n"


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "docs").mkdir()
    for name, text in (("a", BEFORE), ("b", AFTER), ("c", ODD), ("readme", README)):
        (tmp_path / f"docs/{name}.md").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def texts(house: Path) -> dict[str, str]:
    return {file.stem: file.read_text(encoding="utf-8") for file in sorted(house.glob("docs/*.md"))}


UNTOUCHED = {"a": BEFORE, "b": AFTER, "c": ODD, "readme": README}
LEFT = (
    "pmlint: docs/c.md was left as it is: a directive of another dialect of Markdown would be moved into the block "
    "above it\n"
)
REST = "1 in good order, 1 left alone, 1 passed over, since nothing there looks like a postmortem\n"
DIFF = (
    "--- a/docs/a.md\n+++ b/docs/a.md\n@@ -1,7 +1,9 @@\n-Search was down\n-===\n+# Search was down\n+\n ## Impact\n"
    "-* 3,100 searches\n+\n+- 3,100 searches\n \n ## Timeline\n-* 2026-02-04 10:02 UTC: it fails\n+\n"
    "+- 2026-02-04 10:02 UTC: it fails\n"
)
WAYS = [
    ("written", [], 0, "", f"formatted docs/a.md\n{LEFT}1 document formatted, {REST}", AFTER),
    ("checked", ["--check"], 1, "", f"would format docs/a.md\n{LEFT}1 document would be formatted, {REST}", BEFORE),
    ("shown", ["--diff"], 1, DIFF, f"{LEFT}1 document would be formatted, {REST}", BEFORE),
    ("shown and checked", ["--check", "--diff"], 1, DIFF, f"{LEFT}1 document would be formatted, {REST}", BEFORE),
    ("in silence", ["--quiet"], 0, "", f"{LEFT}1 document formatted, {REST}", AFTER),
]


@pytest.mark.parametrize(
    ("options", "code", "out", "err", "after"), [case[1:] for case in WAYS], ids=[case[0] for case in WAYS]
)
def test_a_folder(
    house: Path, capsys: pytest.CaptureFixture[str], options: list[str], code: int, out: str, err: str, after: str
) -> None:
    assert main(["format", "docs", *options]) == code
    assert capsys.readouterr() == (out, err)
    assert texts(house) == {**UNTOUCHED, "a": after}


def test_the_second_time_there_is_nothing_to_do(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    codes = [main(["format", "-q"]), main(["format", "--check", "-q"])]

    assert codes == [0, 0]
    assert capsys.readouterr().err.splitlines()[-1].startswith("2 in good order")


def test_a_difference_can_be_applied(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["format", "docs", "--diff"])
    subprocess.run(["git", "apply", "-"], cwd=house, input=capsys.readouterr().out.encode(), check=True)

    assert texts(house)["a"] == AFTER


def test_a_file_that_is_named_need_be_no_postmortem(house: Path) -> None:
    main(["format", "docs/readme.md"])

    assert texts(house)["readme"] == "# paytool\n\n- A small library\n"


def test_a_file_that_is_no_markdown_by_its_name_is_left_alone(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (house / "notes.txt").write_text(BEFORE, encoding="utf-8")

    assert main(["format", "notes.txt"]) == 0
    assert (house / "notes.txt").read_text(encoding="utf-8") == BEFORE
    assert capsys.readouterr().err == (
        "pmlint: notes.txt was left as it is: its name does not say that it is Markdown\n1 left alone\n"
    )


def test_a_file_that_is_no_text_is_told(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (house / "docs/d.md").write_bytes(BEFORE.encode("utf-16"))

    assert main(["format", "docs"]) == 1
    assert "pmlint: docs/d.md was left as it is: the file is UTF-16 and not UTF-8 text\n" in capsys.readouterr().err
    assert (house / "docs/a.md").read_text(encoding="utf-8") == AFTER


def test_what_is_excluded_is_passed_over_where_pre_commit_names_it(house: Path) -> None:
    (house / "pmlint.toml").write_text('exclude = ["docs/a.md"]\n', encoding="utf-8")
    main(["format", "--force-exclude", "docs/a.md"])

    assert texts(house) == UNTOUCHED


@pytest.mark.parametrize(
    ("options", "code", "printed"),
    [([], 0, AFTER), (["--check"], 1, ""), (["--diff", "--stdin-filename", "docs/a.md"], 1, DIFF)],
    ids=["printed", "checked", "shown"],
)
def test_the_standard_input(
    house: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfdbinary: pytest.CaptureFixture[bytes],
    options: list[str],
    code: int,
    printed: str,
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(BEFORE.encode()), encoding="utf-8"))

    assert main(["format", "-", *options]) == code
    assert capfdbinary.readouterr().out.decode() == printed
    assert texts(house) == UNTOUCHED


@pytest.mark.parametrize("data", [ODD.encode(), BEFORE.encode("utf-16"), b""], ids=["left alone", "no text", "nothing"])
def test_the_standard_input_that_cannot_be_formatted_is_printed_as_it_came(
    house: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes], data: bytes
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
    main(["format", "-"])

    assert capfdbinary.readouterr().out == data


MISTAKES = [
    ("no file", ["gone.md"], "there is no file or folder 'gone.md'"),
    (
        "a name for nothing",
        ["docs", "--stdin-filename", "a.md"],
        "--stdin-filename names a document that is read with '-', and '-' is not among the paths",
    ),
]


@pytest.mark.parametrize(("options", "answer"), [case[1:] for case in MISTAKES], ids=[case[0] for case in MISTAKES])
def test_a_mistake_is_answered(
    house: Path, capsys: pytest.CaptureFixture[str], options: list[str], answer: str
) -> None:
    assert main(["format", *options]) == 2
    assert capsys.readouterr() == ("", f"pmlint: {answer}\n")


def test_a_secret_is_in_no_difference(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    secret = "postgresql://crm_import:vK8r2qLz71xB@db.crm.example/customers"
    (house / "docs/a.md").write_text(BEFORE.replace("it fails", f"`{secret}` fails"), encoding="utf-8")
    main(["format", "docs", "--diff"])

    assert "vK8r2qLz71xB" not in capsys.readouterr().out
