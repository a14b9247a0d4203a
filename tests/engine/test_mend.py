"""Documents that are fixed where they lie: nothing of anybody else's is lost."""

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.engine.mending_rules import mending_rules

from pmlint.engine.check import check_text
from pmlint.engine.errors import UserError
from pmlint.engine.files import Target
from pmlint.engine.finding import Run
from pmlint.engine.mend import Mended, accounted, mended, presentable
from pmlint.engine.settings import Settings
from pmlint.engine.write import ChangedError, write_whole

RULES = mending_rules()
SETTINGS = Settings(today=date(2026, 3, 1), profile="standard", select=tuple(RULES))
TEXT = "# Checkout was down\n\n## Impact\n\n3,100 teh payments failed.\n\n## Timeline\n\n- 10:02 UTC: alert fires\n"


def checked(*files: Path) -> Run:
    texts = [file.read_bytes().decode() for file in files]
    return Run(
        "1", tuple(check_text(text, str(file), SETTINGS, RULES) for text, file in zip(texts, files, strict=True))
    )


def mend(*files: Path) -> tuple[Mended, ...]:
    run = checked(*files)
    return mended(run, run, [Target(str(file), str(file), SETTINGS) for file in files], RULES, unsafe=False)[0]


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


@pytest.fixture
def document(tmp_path: Path) -> Path:
    file = tmp_path / "a.md"
    file.write_text(TEXT, encoding="utf-8")
    return file


KEPT = [
    ("plain", TEXT),
    ("windows", TEXT.replace("\n", "\r\n")),
    ("old mac", TEXT.replace("\n", "\r")),
    ("mixed", TEXT.replace("\n\n", "\r\n\n")),
    ("byte order mark", "\ufeff" + TEXT),
    ("no last newline", TEXT.rstrip()),
    ("many last newlines", TEXT + "\n\n"),
    ("blanks at the ends of lines", TEXT.replace("\n", "  \n")),
    ("other scripts", TEXT + "\n障害 é 😀\n"),
]


@pytest.mark.parametrize("text", [case[1] for case in KEPT], ids=[case[0] for case in KEPT])
def test_all_other_bytes_stay(document: Path, text: str) -> None:
    document.write_bytes(text.encode())
    (made,) = mend(document)
    made.write()

    assert document.read_bytes() == text.replace("teh", "the").encode()


def test_permissions_and_links_stay(document: Path) -> None:
    document.chmod(0o640)
    link = document.with_name("link.md")
    link.symlink_to(document.name)
    (made,) = mend(link)
    made.write()

    assert (link.is_symlink(), document.stat().st_mode & 0o777) == (True, 0o640)
    assert document.read_text(encoding="utf-8") == TEXT.replace("teh", "the")
    assert names(document.parent) == ["a.md", "link.md"]


def test_what_somebody_else_wrote_meanwhile_stays(document: Path) -> None:
    (made,) = mend(document)
    document.write_text("theirs\n", encoding="utf-8")

    with pytest.raises(ChangedError, match=r"a\.md' was changed meanwhile, so it was left as it is; run it again"):
        made.write()
    assert document.read_text(encoding="utf-8") == "theirs\n"
    assert names(document.parent) == ["a.md"]


def test_what_was_changed_since_the_check_is_not_touched(document: Path) -> None:
    run = checked(document)
    document.write_text(TEXT.replace("3,100", "Nearly 3,100"), encoding="utf-8")
    done, notes = mended(run, run, [Target(str(document), str(document), SETTINGS)], RULES, unsafe=False)

    assert done == ()
    assert notes == (f"'{document}' was changed meanwhile, so it was left as it is; run it again",)


def test_a_file_that_is_gone_is_not_made_again(document: Path) -> None:
    (made,) = mend(document)
    document.unlink()

    with pytest.raises(UserError):
        made.write()
    assert names(document.parent) == []


def test_what_does_not_count_keeps_its_text(document: Path) -> None:
    document.write_text(TEXT + "\nteh end\n", encoding="utf-8")
    whole = checked(document)
    part = Run("1", (replace(whole.documents[0], findings=whole.documents[0].findings[:1]),))
    (made,), _ = mended(whole, part, [Target(str(document), str(document), SETTINGS)], RULES, unsafe=False)

    assert made.fixed.text == TEXT.replace("teh", "the") + "\nteh end\n"


def test_what_was_fixed_is_counted_and_what_failed_is_not_offered_again(document: Path) -> None:
    document.write_text(TEXT + "\nstuck\n", encoding="utf-8")
    run = checked(document)
    done, notes = mended(run, run, [Target(str(document), str(document), SETTINGS)], RULES, unsafe=False)
    done[0].write()
    after = accounted(checked(document), done, notes)

    assert after.documents[0].fixed == 1
    assert [(finding.rule, finding.fix) for finding in after.findings] == [("stuck", None)]
    assert after.warnings == (
        f"the fix for stuck on {document}:11 (write 'stuck now') was left out: it would still be reported",
    )


def test_a_secret_is_in_no_difference(document: Path) -> None:
    from tests.engine.hand_rules import secret_in_document

    document.write_text(TEXT + "\nteh hunter2\n", encoding="utf-8")
    (made,) = mend(document)
    shown = presentable(made, {**RULES, "secret-in-document": secret_in_document})

    assert shown == (
        TEXT + "\nteh •••••••\n",
        TEXT.replace("teh", "the") + "\nthe •••••••\n",
    )


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    write_whole(file, b"one")
    write_whole(file, b"two", instead_of=b"one")

    assert (file.read_bytes(), names(tmp_path)) == (b"two", ["a.md"])


def test_a_file_that_may_only_be_read_is_left_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its folder would let it be replaced; and whoever is root may write anything, so the answer is given here."""
    file = tmp_path / "a.md"
    file.write_bytes(b"one")
    file.chmod(0o444)
    monkeypatch.setattr(os, "access", lambda path, mode: not (str(path) == str(file) and mode == os.W_OK))

    with pytest.raises(UserError, match="Permission denied"):
        write_whole(file, b"two")
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [("a.md", b"one")]
