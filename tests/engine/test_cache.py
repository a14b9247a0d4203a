"""What is kept between runs: the same findings as without it, and none from a cache that is not sound."""

import importlib
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec import msgpack
from tests.engine.hand_rules import hand_rules
from tests.report.sample import CHECKOUT, CLEAN, JAPANESE, NOTHING_IN_IT

from pmlint.document import words
from pmlint.engine import cache as kept
from pmlint.engine import check as engine_check
from pmlint.engine import regex_codes, run
from pmlint.engine.cache import Cache
from pmlint.engine.configure import Configurations
from pmlint.engine.finding import Checked, Run
from pmlint.engine.regex_codes import Codes
from pmlint.engine.results import KEPT, Packed, manner
from pmlint.engine.run import catalogue, check_paths
from pmlint.engine.settings import Settings

NUMBER = msgpack.Decoder(int)
NAME = msgpack.Decoder(str)

TEXT = """# Checkout was down for 12 minutes

## Impact

3,100 payments failed on 2026-02-03 from 10:02 to 10:14 UTC. See [the graph](graph.png), oops hmm.

## Action items

- Be more careful next time
"""


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    (tmp_path / ".git").mkdir()
    for name in ("a", "b"):
        (tmp_path / f"{name}.md").write_text(TEXT, encoding="utf-8")
    (tmp_path / "broken.md").write_bytes(b"\xff\xfe\x00")
    monkeypatch.chdir(tmp_path)
    yield tmp_path
    regex_codes.Codes({}).uninstall()


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the documents that were checked and not recalled."""
    names: list[str] = []
    plain = engine_check.begun

    def counting(text: str, name: str, *rest: object, **more: object) -> object:
        names.append(name)
        return plain(text, name, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(engine_check, "begun", counting)
    return names


def check(place: Path | None, rules: run.Rules = catalogue, jobs: int = 1, **settings: Any) -> Run:
    configurations = Configurations(rules(), {"today": "2026-03-01", **settings})
    if place is None:
        return check_paths(["."], configurations, rules=rules, jobs=jobs)
    with closing(Cache(place)) as cache:
        return check_paths(["."], configurations, rules=rules, jobs=jobs, cache=cache)


def test_a_second_run_checks_nothing_and_finds_the_same(house: Path, checked: list[str]) -> None:
    without = check(None)
    first = check(house / "cache")
    del checked[:]

    second = check(house / "cache")

    assert checked == []
    assert without == first == second


def test_several_processes_fill_it_alike(house: Path, checked: list[str]) -> None:
    first = check(house / "cache", jobs=2)
    del checked[:]

    assert check(house / "cache") == first
    assert checked == []


CHANGES = [
    ("the text", lambda house: (house / "a.md").write_text(TEXT + "oops\n", encoding="utf-8"), {}, ["a.md"]),
    ("the name", lambda house: (house / "a.md").rename(house / "c.md"), {}, ["c.md"]),
    ("a file beside it", lambda house: (house / "graph.png").write_bytes(b""), {}, ["a.md", "b.md"]),
    ("the day", lambda house: None, {"today": "2026-03-02"}, ["a.md", "b.md"]),
    ("a setting", lambda house: None, {"ignore": ["broken-reference"]}, ["a.md", "b.md"]),
    ("nothing", lambda house: None, {}, []),
]


@pytest.mark.parametrize(
    ("change", "settings", "again"), [case[1:] for case in CHANGES], ids=[case[0] for case in CHANGES]
)
def test_what_changes_a_result(
    house: Path, checked: list[str], change: object, settings: dict[str, Any], again: list[str]
) -> None:
    check(house / "cache")
    del checked[:]
    change(house)  # type: ignore[operator]

    assert check(house / "cache", **settings) == check(None, **settings)
    assert checked[: len(again)] == again
    assert len(checked) == len(again) + 2  # those of the run without


def test_the_version_is_the_same_in_any_process() -> None:
    code = "from pmlint.engine.cache import version; print(version().hex())"
    seeds = ("0", "1", "2")
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout.strip()
        for seed in seeds
    }

    assert found == {kept.version().hex()}


def test_a_pipeline_that_is_installed_meanwhile_reads_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    settings = Settings(nlp={"model": "a_pipeline"})
    before = manner(settings, "")
    (tmp_path / "a_pipeline.py").write_text("", encoding="utf-8")
    importlib.invalidate_caches()

    assert before == manner(Settings(nlp={"model": "no such.pipeline"}), "").replace("no such.pipeline", "a_pipeline")
    assert before != manner(settings, "")


def test_another_version_recalls_nothing(house: Path, checked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    check(house / "cache")
    del checked[:]
    monkeypatch.setattr(kept, "version", lambda: b"another")

    check(house / "cache")

    assert checked == ["a.md", "b.md"]


def test_other_rules_recall_nothing(house: Path, checked: list[str]) -> None:
    check(house / "cache")
    del checked[:]

    assert [finding.rule for finding in check(house / "cache", hand_rules).findings if finding.path == "a.md"] == [
        finding.rule for finding in check(None, hand_rules).findings if finding.path == "a.md"
    ]


def test_a_crash_is_not_kept(house: Path, checked: list[str]) -> None:
    (house / "a.md").write_text(TEXT.replace("hmm", "boom"), encoding="utf-8")
    check(house / "cache", hand_rules)
    del checked[:]

    assert check(house / "cache", hand_rules).crashes == check(None, hand_rules).crashes != ()
    assert checked[:1] == ["a.md"]


def _overwritten(file: Path) -> None:
    file.write_bytes(b"SQLite format 3\0" + b"nonsense" * 600)


def _foreign(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as base:
        base.execute("CREATE TABLE kept (other TEXT)")


def _forged(file: Path) -> None:
    with closing(sqlite3.connect(file)) as base, base:
        base.execute("UPDATE kept SET value = substr(value, 1, 20) || 'x' || substr(value, 22)")


def _truncated(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:5000])


def _of_other_types(file: Path) -> None:
    with closing(sqlite3.connect(file)) as base, base:
        base.execute("UPDATE kept SET value = 7")


def _a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


DAMAGE = [_overwritten, _foreign, _forged, _truncated, _of_other_types, _a_folder]


@pytest.mark.parametrize("damage", DAMAGE, ids=[damage.__name__.strip("_") for damage in DAMAGE])
def test_what_is_not_sound_is_made_anew(house: Path, checked: list[str], damage: object) -> None:
    first = check(house / "cache")
    damage(house / "cache/pmlint.db")  # type: ignore[operator]
    del checked[:]

    assert check(house / "cache") == first
    assert checked == ["a.md", "b.md"]


def test_a_folder_that_cannot_be_written_is_no_error(house: Path) -> None:
    (house / "cache").write_text("a file is in the way", encoding="utf-8")

    assert check(house / "cache") == check(None)


WRONG: list[Any] = [None, [], "text", [[]] * 11, [[["x"]], *[[]] * 10], {"a": 1}]


@pytest.mark.parametrize("value", WRONG, ids=[str(value) for value in WRONG])
def test_a_value_of_another_form_is_no_result(tmp_path: Path, value: object) -> None:
    with closing(Cache(tmp_path)) as cache:
        cache.put("a", value)
    with closing(Cache(tmp_path)) as cache:
        assert cache.get("a", KEPT) is None


def test_a_name_that_is_no_text_is_not_kept(tmp_path: Path) -> None:
    with closing(Cache(tmp_path)) as cache:
        cache.put("a", "\udcff.md")
        cache.put("b", "b.md")
    with closing(Cache(tmp_path)) as cache:
        assert [cache.get("a", NAME), cache.get("b", NAME)] == [None, "b.md"]


WHOLE = [CHECKOUT, JAPANESE, CLEAN, NOTHING_IN_IT]


@pytest.mark.parametrize("document", WHOLE, ids=[document.path for document in WHOLE])
def test_a_result_comes_back_whole(document: Checked) -> None:
    packed = Packed.of(document, "7f", (("graph.png", False),))
    kept = KEPT.decode(packed.kept)

    assert packed.checked(document.path) == kept.checked(document.path, "7f") == replace(document, crashes=())
    assert [kept.holds(lambda path: False), kept.holds(lambda path: True), kept.holds(None)] == [True, False, False]


def test_it_forgets_what_was_of_no_use_for_long(tmp_path: Path) -> None:
    with closing(Cache(tmp_path)) as cache:
        cache.put("old", 1)
        cache.put("new", 2)
    long_ago = date.today().toordinal() - 31
    with closing(sqlite3.connect(tmp_path / "pmlint.db")) as base, base:
        base.execute("UPDATE kept SET used = ?", (long_ago,))
    with closing(Cache(tmp_path)) as cache:
        assert cache.get("new", NUMBER) == 2
    with closing(Cache(tmp_path)) as cache:
        assert [cache.get("old", NUMBER), cache.get("new", NUMBER)] == [None, 2]


def test_a_run_that_is_stopped_has_kept_what_it_found(tmp_path: Path) -> None:
    with closing(Cache(tmp_path)) as cache, closing(Cache(tmp_path)) as other:
        for number in range(kept._WRITTEN_TOGETHER):
            cache.put(f"document {number}", number)
        cache.put("the next one", -1)

        assert [other.get("document 0", NUMBER), other.get("the next one", NUMBER)] == [0, None]


def test_it_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_LIMIT", 100_000)
    with closing(Cache(tmp_path)) as cache:
        cache.put("much", "x" * 200_000)

    assert (tmp_path / "pmlint.db").stat().st_size < 100_000


def test_where_it_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PMLINT_CACHE_DIR", str(tmp_path / "here"))
    named = kept.folder()
    monkeypatch.delenv("PMLINT_CACHE_DIR")

    assert named == tmp_path / "here"
    assert kept.folder().name == "pmlint"


# --- patterns


PATTERNS = [
    (r"a(?P<x>b)?c", 0),
    (r"(?i)ß|[à-ÿ]+", 0),
    (r"(?<!\w)(?:one|two)(?!\w)", re.IGNORECASE | re.MULTILINE),
    ("", 0),
    (r"(?P<a>x)(?P<b>y)(z)", re.DOTALL),
    ("[\U0001f000-\U0001faff]", 0),
    ("[\ud800-\udfff]", 0),
]


@pytest.mark.parametrize(("source", "flags"), PATTERNS, ids=[source for source, _ in PATTERNS])
def test_a_kept_pattern_is_the_pattern(source: str, flags: int) -> None:
    plain = re.compile(source, flags)
    first = Codes({})
    made = first._pattern(source, flags)
    revived = Codes(first.all)._pattern(source, flags)

    assert made == revived == plain  # `re` compares the codes
    assert made.groupindex == revived.groupindex == plain.groupindex
    assert [made.groups, revived.groups] == [plain.groups, plain.groups]


UNSOUND: list[Any] = [
    7,
    {},
    [32, 0],
    [32, 0, {}],
    [32, 0, {}, "xyz"],
    [32, 0, {}, [2**32]],
    [32, 0, {}, [2**32 - 1]],
    [32, -1, {}, []],
    [32, 0, {"x": 9}, []],
    [32, 0, [], []],
]


@pytest.mark.parametrize("code", UNSOUND, ids=[str(code) for code in UNSOUND])
def test_an_unsound_code_is_made_anew(code: Any) -> None:
    assert Codes({b"0 a+b": msgpack.encode(code)})._pattern("a+b") == re.compile("a+b")
    assert Codes({b"0 a+b": str(code).encode()})._pattern("a+b") == re.compile("a+b")


def test_a_pattern_with_an_error_still_says_so() -> None:
    with pytest.raises(re.error, match="unterminated"):
        Codes({})._pattern("(a")


def test_no_more_patterns_are_kept_than_are_of_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(regex_codes, "_LIMIT", 2)
    codes = Codes({b"0 a": b"", b"0 b": b""})
    codes._pattern("c")

    assert list(codes.all) == [b"0 c"]


def test_tables_come_back_as_they_were(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "PARSED", {})
    file = tmp_path / "a.toml"
    file.write_text('a = ["x", "ß"]\n[b]\nc = 1.5\nd = true\n', encoding="utf-8")
    parsed = words.read_tables(file)

    assert words.read_tables(file) == parsed == {"a": ["x", "ß"], "b": {"c": 1.5, "d": True}}
    file.write_text("day = 2026-03-01\n", encoding="utf-8")
    assert words.read_tables(file) == words.read_tables(file) == {"day": date(2026, 3, 1)}
