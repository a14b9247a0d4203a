"""The GitHub Action: its check step, run as the runner would run it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
BASH = shutil.which("bash")


def action() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    return loaded


def step(identifier: str) -> dict[str, Any]:
    found: dict[str, Any] = next(s for s in action()["runs"]["steps"] if s.get("id") == identifier)
    return found


@pytest.fixture
def runner(tmp_path: Path) -> dict[str, str]:
    """The runner's files and folders, with this environment's pmlint where the install step would put it."""
    bin_folder = tmp_path / "temp" / "pmlint" / "bin"
    bin_folder.mkdir(parents=True)
    for name in ("python", "pmlint"):
        (bin_folder / name).symlink_to(Path(sys.executable).parent / name)
    (tmp_path / "output").touch()
    (tmp_path / "summary").touch()
    return {
        "PATH": os.environ["PATH"],
        "RUNNER_TEMP": str(tmp_path / "temp"),
        "GITHUB_OUTPUT": str(tmp_path / "output"),
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary"),
        "GITHUB_ACTIONS": "true",
    }


def run_check(runner: dict[str, str], **inputs: str) -> subprocess.CompletedProcess[str]:
    defaults = {name: given.get("default", "") for name, given in action()["inputs"].items()}
    values = {
        f"${{{{ inputs.{name} }}}}": inputs.get(name.replace("-", "_"), value) for name, value in defaults.items()
    }
    check = step("check")
    env = runner | {name: values[expression] for name, expression in check["env"].items()}
    command = [BASH or "bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", check["run"]]
    return subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)


def outputs(runner: dict[str, str]) -> dict[str, str]:
    lines = Path(runner["GITHUB_OUTPUT"]).read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines)


def test_a_faulty_document_blocks_the_merge_with_annotations_summary_and_outputs(runner: dict[str, str]) -> None:
    done = run_check(runner, paths="fixtures/bad/2024-04-09-customer-import-duplicates.md")

    assert done.returncode == 1, done.stderr
    assert "::error file=fixtures/bad/2024-04-09-customer-import-duplicates.md,line=" in done.stdout
    assert "secret-in-document" in Path(runner["GITHUB_STEP_SUMMARY"]).read_text(encoding="utf-8")
    found = outputs(runner)
    assert set(found) == {"score", "findings", "errors"}
    assert int(found["errors"]) >= 1
    assert int(found["findings"]) >= int(found["errors"])
    assert 0 <= int(found["score"]) < 100


def test_a_good_document_passes(runner: dict[str, str]) -> None:
    done = run_check(runner, paths="fixtures/good/2025-03-11-checkout-latency.md")

    assert done.returncode == 0, done.stdout + done.stderr
    assert outputs(runner)["errors"] == "0"


def test_inputs_never_become_commands(runner: dict[str, str], tmp_path: Path) -> None:
    trap = tmp_path / "trap"
    done = run_check(runner, paths=f"$(touch {trap}) `touch {trap}` ; touch {trap}", fail_on="never")

    assert done.returncode == 2
    assert not trap.exists()


def test_sarif_is_written_where_asked(runner: dict[str, str], tmp_path: Path) -> None:
    sarif = tmp_path / "pmlint.sarif"
    done = run_check(
        runner, paths="fixtures/bad/2024-04-09-customer-import-duplicates.md", sarif_file=str(sarif), fail_on="never"
    )

    assert done.returncode == 0, done.stderr
    assert '"2.1.0"' in sarif.read_text(encoding="utf-8")


def test_every_input_reaches_the_check_step() -> None:
    used = " ".join(str(part) for s in action()["runs"]["steps"] for part in (s.get("env"), s.get("with")))

    assert [name for name in action()["inputs"] if f"inputs.{name} " not in used] == []
