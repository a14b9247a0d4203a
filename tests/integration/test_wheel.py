"""The wheel: built from the tree, installed where the tree is not, it checks the same."""

import json
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = ("fixtures/bad/2025-09-18-late-night-login-outage.md", "fixtures/good/2025-03-11-checkout-latency.md")


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, timeout=300)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new environment that holds the wheel; it sees the libraries of this one, but not its pmlint."""
    folder = tmp_path_factory.mktemp("wheel")
    built = run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    assert built.returncode == 0, built.stderr
    (wheel,) = folder.glob("*.whl")
    environment = folder / "environment"
    venv.create(environment, with_pip=False, symlinks=True)
    packages = Path(sysconfig.get_path("purelib", vars={"base": str(environment), "platbase": str(environment)}))
    # a folder named in a .pth file is searched, but its own .pth files (the editable install) are not read
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    python = environment / "bin" / "python"
    pip = (sys.executable, "-m", "pip", "--python", python, "install", "--no-index", "--no-deps", "--quiet", wheel)
    done = run(*pip, cwd=folder)
    assert done.returncode == 0, done.stderr
    return environment


def test_it_is_the_wheel_that_runs(installed: Path, tmp_path: Path) -> None:
    code = "import pmlint, pmlint.document.words as w; print(pmlint.__file__, w.rules_folder(), sep='\\n')"
    done = run(installed / "bin" / "python", "-c", code, cwd=tmp_path)

    assert done.returncode == 0, done.stderr
    assert [Path(line).is_relative_to(installed) for line in done.stdout.splitlines()] == [True, True]


@pytest.mark.parametrize("name", ["json", "html"])
def test_the_wheel_gives_the_same_findings(installed: Path, name: str) -> None:
    arguments = ("check", "--format", name, "--today", "2026-01-01", *DOCUMENTS)
    here = run(Path(sys.executable).parent / "pmlint", *arguments, cwd=ROOT)
    there = run(installed / "bin" / "pmlint", *arguments, cwd=ROOT)

    assert there.returncode == here.returncode, there.stderr
    assert there.stdout == here.stdout


def test_the_wheel_lists_the_same_rules(installed: Path, tmp_path: Path) -> None:
    here = run(Path(sys.executable).parent / "pmlint", "rules", "--format", "json", cwd=tmp_path)
    there = run(installed / "bin" / "pmlint", "rules", "--format", "json", cwd=tmp_path)

    assert there.returncode == 0, there.stderr
    assert json.loads(there.stdout) == json.loads(here.stdout)
