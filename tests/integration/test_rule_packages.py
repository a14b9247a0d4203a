"""Rules of installed packages: the one in `tests/packages`, installed for real, and others that are broken."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # it ships no types
from tests.contracts.pages import blocks

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "tests" / "packages" / "acme-pmlint-rules"
PMLINT = Path(sys.executable).parent / "pmlint"
TEXT = """\
# Search was down

## Impact

3,100 searches failed.

## Response

The green board said so.

## Action items

- Add an alert on the lag of the replica (@ana, 2026-03-01, OLD-12)
"""
FOUND = [
    "a.md:9:1: warning old-status-page 'The green board' is the old name of the status page",
    "a.md:13:61: error retired-tracker 'OLD-12' is in the tracker that was switched off",
]


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the sample is installed into."""
    folder = tmp_path_factory.mktemp("installed")
    pip = (sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--no-index")
    done = subprocess.run((*pip, "--target", folder, SAMPLE), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one document."""
    (tmp_path / "a.md").write_text(TEXT, encoding="utf-8")
    (tmp_path / "pmlint.toml").write_text(
        'select = ["old-status-page", "retired-tracker"]\nprofile = "standard"\n', encoding="utf-8"
    )
    return tmp_path


def run(folder: Path, *command: str | Path, packages: tuple[Path, ...] = ()) -> subprocess.CompletedProcess[str]:
    """A command in `folder`, with what lies in `packages` installed besides the environment of the tests."""
    return subprocess.run(
        command,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, packages))},
    )


def concise(folder: Path, *arguments: str, packages: tuple[Path, ...]) -> tuple[int, list[str]]:
    done = run(folder, PMLINT, "check", "--format", "concise", *arguments, packages=packages)
    return done.returncode, done.stdout.splitlines()[:-1]


def package(folder: Path, name: str, code: str, point: str | None = None) -> Path:
    """A package as an installer would leave it; `code` is its only module."""
    module = name.replace("-", "_")
    metadata = folder / f"{module}-0.1.dist-info"
    metadata.mkdir(parents=True)
    (folder / f"{module}.py").write_text(code, encoding="utf-8")
    (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 0.1\n", encoding="utf-8")
    (metadata / "entry_points.txt").write_text(f"[pmlint.rules]\nx = {point or module}\n", encoding="utf-8")
    return folder


# Written as one with its own family would be: a module that holds a single rule.
def a_rule(name: str = "said-twice", family: str = "learning", body: str = "return iter(())") -> str:
    return f'''
from pmlint import Level, rule

@rule(level=Level.WARNING, family="{family}", help="say it once", good=["# A\\n"], bad=["# ⟦A⟧\\n"])
def {name.replace("-", "_")}(doc):
    """A thing is said twice.

    Whoever reads it looks for the difference, and there is none to be found.
    """
    {body}
'''


def test_they_are_rules_as_any_other(sample: Path, house: Path) -> None:
    only = (sample,)

    assert concise(house, packages=only) == (1, FOUND)
    assert concise(house, packages=only) == (1, FOUND)  # from the cache
    assert concise(house, "--ignore", "retired-tracker", packages=only) == (0, FOUND[:1])
    assert concise(house, "--level", "retired-tracker=info", packages=only) == (
        0,
        [FOUND[0], FOUND[1].replace("error", "info")],
    )
    assert concise(house, "--profile", "strict", "--select", "response", packages=only)[1][-1] == FOUND[0].replace(
        "warning", "error"
    )
    (house / "a.md").write_text(
        TEXT.replace("The green", "<!-- pmlint ignore old-status-page -- quoted -->\nThe green"), encoding="utf-8"
    )
    assert concise(house, packages=only) == (1, [FOUND[1].replace(":13:", ":14:")])


def test_several_processes_know_them(sample: Path, house: Path) -> None:
    for number in range(3):
        (house / f"{number}.md").write_text(TEXT, encoding="utf-8")

    assert len(concise(house, "--jobs", "2", packages=(sample,))[1]) == 8


def test_their_options_are_settings(sample: Path, house: Path) -> None:
    with (house / "pmlint.toml").open("a", encoding="utf-8") as config:
        config.write('[rules.retired-tracker]\nretired = "NONE"\n')

    assert concise(house, packages=(sample,)) == (0, FOUND[:1])
    shown = run(house, PMLINT, "config", packages=(sample,)).stdout
    assert '[rules.retired-tracker]\nretired = "NONE"  # pmlint.toml:4\n' in shown
    schema = json.loads(run(house, PMLINT, "schema", "config", packages=(sample,)).stdout)
    known = Draft202012Validator(schema)
    assert [known.is_valid({"rules": {"retired-tracker": {key: "OLD"}}}) for key in ("retired", "retried")] == [
        True,
        False,
    ]


def test_a_fix_of_theirs_is_made(sample: Path, house: Path) -> None:
    assert run(house, PMLINT, "check", "--fix", packages=(sample,)).returncode == 0
    assert (house / "a.md").read_text(encoding="utf-8") == TEXT.replace("OLD-12", "OPS-12")


def test_they_are_listed_and_explained(sample: Path, house: Path) -> None:
    listed = json.loads(run(house, PMLINT, "rules", "--format", "json", packages=(sample,)).stdout)["rules"]
    assert [(rule["name"], rule["family"], rule["fixable"]) for rule in listed if rule["origin"]] == [
        ("retired-tracker", "actions", True),
        ("old-status-page", "response", False),
    ]
    explained = run(house, PMLINT, "explain", "retired-tracker", packages=(sample,)).stdout
    assert explained.splitlines()[0] == (
        "retired-tracker  (actions, error, confidence high, has a fix, from acme-pmlint-rules 1.2.0)"
    )
    assert run(house, PMLINT, "rules", "--test", packages=(sample,)).stdout == (
        "retired-tracker: all examples hold\nold-status-page: all examples hold\n"
    )


def test_a_program_has_them_too(sample: Path, house: Path) -> None:
    code = (
        "import pmlint; asked = pmlint.Settings(select=('retired-tracker',));"
        "found = pmlint.check(open('a.md').read(), settings=asked);"
        "print([each.excerpt for each in found.findings], pmlint.catalogue()['old-status-page'].origin)"
    )

    assert run(house, sys.executable, "-c", code, packages=(sample,)).stdout == "['OLD-12'] acme-pmlint-rules 1.2.0\n"


def test_its_authors_tests_pass(sample: Path, tmp_path: Path) -> None:
    pytest_ = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", os.devnull)
    done = run(tmp_path, *pytest_, "--rootdir", tmp_path, SAMPLE / "tests", packages=(sample,))

    assert (done.returncode, done.stdout.splitlines()[-1].split(" in ")[0]) == (0, "8 passed"), done.stdout


def test_another_version_of_a_package_is_another_key(house: Path, tmp_path: Path) -> None:
    installed = package(tmp_path / "lib", "own-words", a_rule(body="yield from ()"))
    (house / "pmlint.toml").write_text('select = ["said-twice"]\n', encoding="utf-8")
    assert concise(house, packages=(installed,)) == (0, [])

    changed = a_rule(body="from pmlint import Problem, Span; yield Problem(Span(2, 8), 'now it is')")
    (installed / "own_words.py").write_text(changed, encoding="utf-8")
    assert concise(house, packages=(installed,)) == (0, ["a.md:1:3: warning said-twice now it is"])


def test_an_unchanged_run_does_not_import_them(sample: Path, house: Path) -> None:
    probe = (
        "import sys; from pmlint.cli.main import main; main(['check']); "
        "print(*sorted({'acme_rules', 'importlib.metadata'} & set(sys.modules)))"
    )
    first, second = (run(house, sys.executable, "-c", probe, packages=(sample,)).stdout.splitlines() for _ in range(2))

    assert first[:-1] == second[:-1]
    assert (first[-1], second[-1]) == ("acme_rules importlib.metadata", "")


def test_what_lies_in_the_working_folder_is_not_installed(house: Path) -> None:
    package(house, "stray", "raise SystemExit('stray code ran')")
    (house / "pmlint.toml").write_text("", encoding="utf-8")

    for command in ((PMLINT,), (sys.executable, "-m", "pmlint")):
        done = run(house, *command, "rules", "--test", packages=(Path(),))
        assert (done.returncode, done.stderr[:45]) == (2, "pmlint: the configuration adds no rules, and no in"[:45])


REMEDY = "; update the package, or take it out with `pip uninstall own-words`\n"
BROKEN = [
    (
        "an import",
        "import a_library_that_is_not_there",
        None,
        "'own_words' cannot be imported: ModuleNotFoundError: No module named 'a_library_that_is_not_there' "
        "({lib}/own_words.py:1)",
    ),
    (
        "an exit",
        "import sys; sys.exit(4)",
        None,
        "'own_words' cannot be imported: SystemExit: 4 ({lib}/own_words.py:1)",
    ),
    (
        "a module that is not there",
        "",
        "own_word",
        "'own_word' cannot be imported: ModuleNotFoundError: No module named 'own_word'",
    ),
    ("no rules", "import pmlint", None, "'own_words' holds no rules"),
    ("a rule that ships", a_rule("vague-action"), None, "a rule named 'vague-action' ships with pmlint"),
    (
        "the name of a family",
        a_rule("timeline"),
        None,
        "the rule 'timeline' has the name of a family, and could not be told from it",
    ),
    (
        "a family",
        a_rule(family="tool"),
        None,
        "the rule 'said-twice' is in the family 'tool'; the families that rules can be added to are structure, impact, "
        "timeline, causes, language, actions, response, learning, publication",
    ),
    (
        "no example",
        a_rule().replace('bad=["# ⟦A⟧\\n"]', "bad=[]"),
        None,
        "the rule 'said-twice' bad is missing; a rule explains itself and proves itself by its examples",
    ),
]


@pytest.mark.parametrize(("code", "point", "reason"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN])
def test_a_package_that_cannot_be_used_is_named(
    house: Path, tmp_path: Path, code: str, point: str | None, reason: str
) -> None:
    installed = package(tmp_path / "lib", "own-words", code, point)
    said = f"pmlint: the rules of the installed package 'own-words 0.1' cannot be used: {reason}".format(lib=installed)

    done = run(house, PMLINT, "check", packages=(installed,))
    assert (done.returncode, done.stdout, done.stderr) == (2, "", said + REMEDY)


def test_what_needs_no_rules_works_beside_a_broken_package(house: Path, tmp_path: Path) -> None:
    (house / "pmlint.toml").unlink()
    installed = package(tmp_path / "lib", "own-words", "1 / 0")

    for arguments in (("--version",), ("parse", "a.md"), ("format", "a.md"), ("config", "--init")):
        done = run(house, PMLINT, *arguments, packages=(installed,))
        assert done.returncode == 0, done.stderr


def test_two_packages_cannot_bring_one_name(house: Path, tmp_path: Path) -> None:
    for name in ("own-words", "our-words"):
        package(tmp_path / "lib", name, a_rule())

    done = run(house, PMLINT, "rules", packages=(tmp_path / "lib",))
    assert (done.returncode, done.stderr) == (
        2,
        "pmlint: the rules of the installed package 'own-words 0.1' cannot be used: a rule named 'said-twice' is in "
        f"the installed package 'our-words 0.1' too{REMEDY}",
    )


def test_the_house_cannot_take_a_name_of_theirs(sample: Path, house: Path) -> None:
    (house / "own.toml").write_text((SAMPLE / "acme_rules" / "rules.toml").read_text("utf-8"), encoding="utf-8")
    (house / "pmlint.toml").write_text('rule-files = ["own.toml"]\n', encoding="utf-8")

    assert run(house, PMLINT, "check", packages=(sample,)).stderr == (
        "pmlint: own.toml:1: [old-status-page]: a rule of this name is in the installed package "
        "'acme-pmlint-rules 1.2.0'; choose another\n"
    )


def test_a_rule_that_raises_is_named_with_its_package_and_all_else_is_reported(
    sample: Path, house: Path, tmp_path: Path
) -> None:
    installed = package(tmp_path / "lib", "own-words", a_rule(body="yield 1 / 0"))
    (house / "pmlint.toml").write_text('select = ["said-twice", "retired-tracker"]\n', encoding="utf-8")

    done = run(house, PMLINT, "check", packages=(sample, installed))
    assert done.returncode == 3
    assert [line.strip() for line in done.stdout.splitlines() if "crashed" in line or "OLD-12'" in line] == [
        "a.md:13:61 error[retired-tracker] 'OLD-12' is in the tracker that was switched off",
        "1 rule crashed: that is a fault of own-words 0.1 and not of the document; all other rules ran",
    ]
    (crash,) = [line for line in done.stdout.splitlines() if line.startswith("crash: ")]
    assert crash == f"crash: said-twice on a.md: ZeroDivisionError: division by zero ({installed}/own_words.py:10)"


def test_a_module_beside_the_documents_does_not_run(house: Path) -> None:
    (house / "click.py").write_text("raise SystemExit('stray code ran')", encoding="utf-8")

    assert run(house, sys.executable, "-m", "pmlint", "--version").stderr == ""


def test_the_manual_shows_the_sample() -> None:
    shown = [
        block.text
        for block in blocks((ROOT / "docs" / "how-to" / "write-a-rule-package.md").read_text(encoding="utf-8"))
        if block.language in ("toml", "python")
    ]

    files = ("pyproject.toml", "acme_rules/__init__.py", "acme_rules/actions.py", "acme_rules/rules.toml")
    assert shown == [(SAMPLE / name).read_text(encoding="utf-8") for name in (*files, "tests/test_acme.py")]
