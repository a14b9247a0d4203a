"""What is slow to import is imported only by those who need it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SLOW = (
    "click",
    "dateutil",
    "hypothesis",
    "jinja2",
    "markdown_it",
    "mdformat",
    "pathspec",
    "pydantic",
    "rapidfuzz",
    "rich",
    "spacy",
    "yaml",
)

BUDGETS = [
    ("the package", "import pmlint", set()),
    ("its name for a level", "import pmlint; pmlint.Level", set()),
    ("settings", "import pmlint; pmlint.Settings()", set()),
    ("reports", "from pmlint.report import FORMATS, reporter; [reporter(name) for name in FORMATS]", set()),
    ("the version", "from pmlint.cli.main import main; main(['--version'])", {"click"}),
    ("the help", "from pmlint.cli.main import main; main(['--help'])", {"click"}),
    ("the help of a command", "from pmlint.cli.main import main; main(['check', '--help'])", {"click"}),
]


@pytest.mark.parametrize(("code", "allowed"), [case[1:] for case in BUDGETS], ids=[case[0] for case in BUDGETS])
def test_import_budget(code: str, allowed: set[str]) -> None:
    probe = f"import sys; {code}; print(*sorted(set(sys.modules) & set({SLOW!r})))"
    output = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True).stdout

    assert set(output.splitlines()[-1].split()) == allowed


# What only a document that has to be read needs.
UNNEEDED = (
    "concurrent.futures",
    "pmlint.document.model",
    "pmlint.engine.check",
    "pmlint.rules.catalogue",
    "pmlint.source.blocks",
)


def test_an_unchanged_document_is_answered_without_reading_it(tmp_path: Path) -> None:
    document = tmp_path / "a.md"
    document.write_text("# Checkout was down\n\n## Impact\n\nMany users.\n", encoding="utf-8")
    (tmp_path / "pmlint.toml").write_text('ignore = ["language"]\nlevels = { actions = "info" }\n', encoding="utf-8")
    probe = (
        "import sys; from pmlint.cli.main import main; main(['check', sys.argv[1]]); "
        f"print(*sorted(set(sys.modules) & set({(*SLOW, *UNNEEDED)!r})))"
    )
    command = [sys.executable, "-c", probe, str(document)]
    environment = {**os.environ, "PMLINT_CACHE_DIR": str(tmp_path / "cache")}
    first, second = (
        subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout.splitlines()
        for _ in range(2)
    )

    assert first[:-1] == second[:-1]
    assert set(first[-1].split()) == {"click", "markdown_it", *UNNEEDED} - {"concurrent.futures"}
    assert second[-1].split() == ["click"]


PIPED = [
    ("a report", ["check", "a.md"], set()),
    ("a page", ["check", "a.md", "--format", "html"], {"jinja2"}),
    ("statistics", ["check", "a.md", "--statistics"], set()),
    ("an explanation", ["explain", "vague-action"], set()),
    ("rules", ["rules"], set()),
]


@pytest.mark.parametrize(("arguments", "allowed"), [case[1:] for case in PIPED], ids=[case[0] for case in PIPED])
def test_only_a_terminal_and_a_page_pay_for_their_looks(
    tmp_path: Path, arguments: list[str], allowed: set[str]
) -> None:
    (tmp_path / "a.md").write_text("# Checkout was down\n\n## Impact\n\nMany users.\n", encoding="utf-8")
    probe = (
        "import sys; from pmlint.cli.main import main; main(sys.argv[1:]); "
        "print(); print(*sorted(set(sys.modules) & {'rich', 'jinja2'}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", probe, *arguments], capture_output=True, text=True, check=True, cwd=tmp_path
    )

    assert set(done.stdout.splitlines()[-1].split()) == allowed
