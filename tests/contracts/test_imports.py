"""What is slow to import is imported only by those who need it."""

import subprocess
import sys

import pytest

SLOW = ("click", "dateutil", "hypothesis", "markdown_it", "pathspec", "pydantic", "rapidfuzz", "spacy", "yaml")

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
