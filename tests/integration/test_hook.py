"""The pre-commit hooks: which files they are given, and what they do with them as pre-commit would run them."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
BAD = ROOT / "fixtures/bad/2024-04-09-customer-import-duplicates.md"
GOOD = ROOT / "fixtures/good/2025-03-11-checkout-latency.md"

GIVEN = [
    "postmortem.md",
    "docs/postmortems/2025-03-11-checkout.md",
    "docs/Post-Mortems/2025/checkout latency.markdown",
    "post_mortem_42.md",
    "content/incidents/2025/INC-12.mdx",
    "incident-reports/2025/search.qmd",
    "INC-4471.md",
    "2025-03-11-outage.md",
    "sre/retros/2025.md",
    "COE/0042.md",
    "rca-payments.md",
]
NOT_GIVEN = [
    "README.md",
    "docs/postmortems/README.md",
    "docs/postmortems/index.md",
    "docs/postmortems/template.md",
    "docs/postmortem-template.md",
    "docs/postmortems/_templates/short.md",
    "docs/orca/install.md",
    "docs/coexistence.md",
    "docs/coincidental.md",
    "docs/retrospection.md",
    "docs/incidents/graph.png",
    "src/incidents.py",
    "CHANGELOG.md",
]


HOOKS = ("pmlint", "pmlint-format")


def hook(name: str) -> dict[str, Any]:
    (found,) = (
        each
        for each in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
        if each["id"] == name
    )
    return dict(found)


def is_given(name: str, path: str) -> bool:
    """As pre-commit decides it."""
    manifest = hook(name)
    return bool(re.search(manifest["files"], path)) and not re.search(manifest["exclude"], path)


@pytest.mark.parametrize("name", HOOKS)
@pytest.mark.parametrize("path", GIVEN)
def test_a_postmortem_is_given_to_the_hook(path: str, name: str) -> None:
    assert is_given(name, path)


@pytest.mark.parametrize("name", HOOKS)
@pytest.mark.parametrize("path", NOT_GIVEN)
def test_another_file_is_not(path: str, name: str) -> None:
    assert not is_given(name, path)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "incidents").mkdir()
    shutil.copy(BAD, tmp_path / "incidents" / "bad.md")
    shutil.copy(GOOD, tmp_path / "incidents" / "good.md")
    return tmp_path


def run(repository: Path, *files: str, name: str = "pmlint") -> subprocess.CompletedProcess[str]:
    program, *arguments = shlex.split(hook(name)["entry"])
    command = [str(Path(sys.executable).with_name(program)), *arguments, "--no-color", *files]
    return subprocess.run(command, cwd=repository, capture_output=True, text=True, check=False, timeout=120)


def test_a_commit_with_a_faulty_postmortem_is_stopped(repository: Path) -> None:
    done = run(repository, "incidents/good.md", "incidents/bad.md")

    assert done.returncode == 1, done.stderr
    assert "incidents/bad.md:28:" in done.stdout
    assert "vK8r2qLz71xB" not in done.stdout


def test_a_commit_with_a_good_one_goes_through(repository: Path) -> None:
    done = run(repository, "incidents/good.md")

    assert done.returncode == 0, done.stdout + done.stderr


def test_what_the_configuration_excludes_is_passed_over_although_pre_commit_names_it(repository: Path) -> None:
    (repository / "pmlint.toml").write_text('exclude = ["incidents/bad.md"]\n', encoding="utf-8")
    done = run(repository, "incidents/good.md", "incidents/bad.md")

    assert done.returncode == 0, done.stdout + done.stderr
    assert "secret-in-document" not in done.stdout


def test_a_commit_with_another_layout_is_formatted_once(repository: Path) -> None:
    file = repository / "incidents" / "good.md"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("\n\n", "\n\n\n"), encoding="utf-8")
    first = run(repository, "incidents/good.md", name="pmlint-format")
    second = run(repository, "incidents/good.md", name="pmlint-format")

    assert (first.returncode, second.returncode) == (0, 0)
    assert first.stderr.startswith("formatted incidents/good.md\n")
    assert second.stderr == "1 in good order\n"
    assert "\n\n\n" not in file.read_text(encoding="utf-8")
