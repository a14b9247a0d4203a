"""Findings that several documents show together: where they stand, how loud they are, and that a cache keeps them."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pmlint.engine.cache import Cache
from pmlint.engine.configure import Configurations
from pmlint.engine.finding import Run
from pmlint.engine.run import catalogue, check_paths

ONE = "# Search was down on 2026-01-12\n\n**Incident ID:** INC-204\n\n## Timeline\n\nNone was kept.\n"
TWO = "# Mail was delayed on 2026-02-03\n\n**Incident ID:** INC-204\n\n## Timeline\n\nNone was kept.\n"
OTHER = TWO.replace("INC-204", "INC-311")
DUPLICATE = ("b.md", 3, "error", "INC-204", "\"INC-204\" is also the identifier of 'a.md'")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(cache: Cache | None = None, **said: Any) -> Run:
    settings = {"select": ("collection",), "today": date(2026, 3, 1), **said}
    return check_paths(["."], Configurations(catalogue(), settings, isolated=True), jobs=1, cache=cache)


def told(run: Run) -> list[tuple[str, int, str, str, str]]:
    return [(each.path, each.start.line, str(each.level), each.excerpt, each.message) for each in run.findings]


def write(folder: Path, **texts: str) -> None:
    for name, text in texts.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")


class WithoutCards(Cache):
    """A cache that spoils what it keeps for the rules across documents."""

    def put(self, key: str, value: Any) -> None:
        super().put(key, "no card" if key.endswith("card") else value)


def test_a_finding_stands_in_the_later_document_and_closes_the_gate(folder: Path) -> None:
    write(folder, a=ONE, b=TWO)

    found = run()

    assert told(found) == [DUPLICATE]
    assert [document.closes for document in found.documents] == [(), ("1 finding at level error",)]


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        pytest.param({"a": ONE}, {}, id="one document"),
        pytest.param({"a": ONE, "b": OTHER}, {}, id="two identifiers"),
        pytest.param({"a": ONE, "b": TWO}, {"ignore": ("duplicate-incident-id",)}, id="rule is left out"),
        pytest.param({"a": ONE, "b": TWO}, {"per_file_ignores": {"a.md": ("collection",)}}, id="left out for one file"),
    ],
)
def test_nothing_is_found(folder: Path, texts: dict[str, str], said: dict[str, Any]) -> None:
    write(folder, **texts)

    assert told(run(**said)) == []


@pytest.mark.parametrize(
    "comment",
    ["<!-- pmlint ignore duplicate-incident-id -- one incident, two views -->", "<!-- pmlint ignore collection -->"],
    ids=["by name", "by family"],
)
def test_the_document_can_accept_it(folder: Path, comment: str) -> None:
    write(folder, a=ONE, b=TWO.replace("**Incident", f"{comment}\n**Incident"))

    found = run()

    assert told(found) == []
    assert [document.suppressed for document in found.documents] == [0, 1]


def test_the_score_is_that_of_the_document_alone(folder: Path) -> None:
    write(folder, a=ONE, b=TWO)
    alone = run(select=(), ignore=("collection",))

    together = run(select=())

    assert [document.score for document in together.documents] == [document.score for document in alone.documents]


def test_no_secret_of_one_document_is_told_in_another(folder: Path) -> None:
    factor = "- The job logs in with AKIAIOSFODNN7EXAMPLQ from its own config file.\n"
    task = "\n## Action items\n\n- [ ] Keep the config file of the job out of the image\n"
    write(
        folder,
        a=f"{ONE}\n## Contributing factors\n\n{factor}{task}",
        b=f"{OTHER}\n## Contributing factors\n\n{factor}",
    )

    found = run()

    assert [each.rule for each in found.findings] == ["repeated-factor"]
    assert "AKIAIOSFODNN7EXAMPLQ" not in repr(found)


def test_one_document_that_changes_is_held_against_the_kept_ones(folder: Path, tmp_path: Path) -> None:
    place = tmp_path / ".cache"
    write(folder, a=ONE, b=OTHER)

    seen = []
    for text in (OTHER, OTHER, TWO, TWO, OTHER):
        write(folder, b=text)
        cache = Cache(place)
        seen.append(told(run(cache)))
        cache.close()

    assert seen == [[], [], [DUPLICATE], [DUPLICATE], []]


def test_a_kept_card_that_is_no_card_is_made_anew(folder: Path, tmp_path: Path) -> None:
    place = tmp_path / ".cache"
    write(folder, a=ONE, b=OTHER)
    spoilt = WithoutCards(place)
    run(spoilt)
    spoilt.close()

    write(folder, b=TWO)
    cache = Cache(place)
    found = told(run(cache))
    cache.close()

    assert found == [DUPLICATE]
