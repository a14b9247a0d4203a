"""The pipeline that ships: small, with its sources named, and in the wheel with every file."""

import json
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).parents[2]
MODEL = ROOT / "src" / "pmlint" / "language" / "model"
FILES = sorted(file for file in MODEL.rglob("*") if file.is_file())


def test_it_is_small_enough_for_a_linter() -> None:
    assert sum(file.stat().st_size for file in FILES) < 12_000_000


def test_its_licence_and_every_source_are_named() -> None:
    meta = json.loads((MODEL / "meta.json").read_text(encoding="utf-8"))
    credit = (MODEL / "ATTRIBUTION.md").read_text(encoding="utf-8")
    named = [meta["license"], "https://creativecommons.org/licenses/by-sa/4.0/"]
    for source in meta["sources"]:
        named += [source["name"], source["url"], source["license"]]

    assert meta["sources"]
    assert [name for name in named if name not in credit] == []


def test_every_file_of_it_is_in_the_wheel() -> None:
    builder = WheelBuilder(str(ROOT))
    with builder.config.set_build_data({"force_include": {}, "artifacts": []}):
        packed = {file.distribution_path for file in builder.recurse_included_files()}
    expected = {f"pmlint/language/model/{file.relative_to(MODEL).as_posix()}" for file in FILES}

    assert expected
    assert sorted(expected - packed) == []


@pytest.mark.parametrize("name", ["vectors", "lookups"])
def test_it_carries_nothing_that_nobody_reads(name: str) -> None:
    assert [file for file in FILES if file.name.startswith(name) and file.stat().st_size > 1024] == []
