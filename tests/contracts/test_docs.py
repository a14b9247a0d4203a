"""The manual cannot drift: what it shows is what happens."""

import doctest
import re
import shlex
import tomllib
from pathlib import Path

import click
import pytest
import yaml
from tests.contracts.pages import (
    ROOT,
    blocks,
    commands,
    leads_somewhere,
    patch,
    prose,
    relative_links,
    run,
    shows,
    written,
)

from pmlint.cli import docs
from pmlint.cli.main import COMMANDS, group
from pmlint.engine.configure import Configurations
from pmlint.engine.own_rules import own_rules
from pmlint.report import FORMATS
from pmlint.rules.catalogue import catalogue
from pmlint.rules.examples import run_one
from pmlint.rules.families import FAMILIES
from pmlint.rules.load import read_rules
from pmlint.rules.rule import Example, Rule
from pmlint.source import Span

PAGES = written()
every_page = pytest.mark.parametrize("page", PAGES, ids=[page.relative_to(ROOT).as_posix() for page in PAGES])


def test_the_generated_pages_are_current() -> None:
    """`make docs` writes them anew."""
    made = docs.pages()
    kept = {f"rules/{path.relative_to(ROOT / 'docs/rules').as_posix()}" for path in (ROOT / "docs/rules").rglob("*.md")}

    assert kept | {"reference/settings.md"} == set(made)
    assert [name for name, text in made.items() if (ROOT / "docs" / name).read_text(encoding="utf-8") != text] == []


@every_page
def test_every_shown_output_is_what_the_command_prints(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("PMLINT_CACHE_DIR", str(tmp_path / "cache"))
    for name in ("NO_COLOR", "FORCE_COLOR", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / ".git").mkdir()
    cut = blocks(page.read_text(encoding="utf-8"))
    # a page that has its reader save files is followed in an empty folder, any other in this repository
    folder = tmp_path if any(block.saved_as for block in cut) else ROOT
    last, code = "", 0
    for block in cut:
        if block.saved_as:
            last = block.saved_as
            (tmp_path / last).write_text(block.text, encoding="utf-8")
        elif block.language == "diff":
            file = tmp_path / last
            file.write_text(patch(file.read_text(encoding="utf-8"), block.text), encoding="utf-8")
        elif block.language == "console":
            for command, shown in commands(block.text):
                actual = f"{code}\n"
                if command != "echo $?":
                    code, actual = run(command, folder)
                assert shows(shown, actual), f"{page}:{block.line}: {command}\n{actual}"


@every_page
def test_every_python_example_runs(page: Path) -> None:
    failed, _ = doctest.testfile(str(page), module_relative=False, verbose=False)

    assert failed == 0


@every_page
def test_every_command_and_option_exists(page: Path) -> None:
    text = re.sub(r"<!--.*?-->", "", page.read_text(encoding="utf-8"))
    spans = re.findall(r"`([^`\n]+)`", prose(text))
    lines = [
        line
        for block in blocks(text)
        if block.language in ("sh", "console", "yaml")
        for line in block.text.splitlines()
    ]
    typed = [
        found[1]
        for line in (*spans, *lines)
        for found in re.finditer(r"(?<![\w/.-])pmlint ((?:[a-z]|--)[^|`;#)]*)", line)
    ]
    wrong = [command for command in typed if not _exists(command)]

    assert wrong == []


def _exists(typed: str) -> bool:
    name, *words = shlex.split(typed)
    if name in ("--version", "--help"):
        return True
    if name not in COMMANDS:
        return False
    command = group.get_command(click.Context(group), name)
    assert command is not None
    known = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)} | {
        "--help"
    }
    return all(word.partition("=")[0] in known for word in words if word.startswith("-") and word not in ("-", "--"))


@every_page
def test_every_rule_format_and_target_that_is_named_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    rules = re.findall(r"pmlint (?:explain|ignore(?:-start|-end|-file)?) ([a-z]+(?:-[a-z]+)*)", text)
    formats = re.findall(r"--format[ =]([a-z]+)", text)
    targets = re.findall(r"(?m)(?:^|`)make ([a-z]+)", text)
    made = re.findall(r"(?m)^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"))

    assert set(rules) <= {*catalogue(), *FAMILIES}
    assert set(formats) <= set(FORMATS)
    assert set(targets) <= set(made)


@every_page
def test_every_configuration_is_accepted(page: Path, tmp_path: Path) -> None:
    for number, block in enumerate(blocks(page.read_text(encoding="utf-8"))):
        name = block.saved_as or re.match(r"# (\.?pmlint\.toml|pyproject\.toml)\n", block.text)
        if block.language != "toml" or not name or "\nkind " in block.text:
            continue
        folder = tmp_path / str(number)
        folder.mkdir()
        base = tomllib.loads(block.text).get("extend")
        if base:
            (folder / base).parent.mkdir(parents=True, exist_ok=True)
            (folder / base).touch()
        for rules in tomllib.loads(block.text).get("rule-files", ()):
            (folder / rules).touch()
        (folder / (name if isinstance(name, str) else name[1])).write_text(block.text, encoding="utf-8")

        assert Configurations(catalogue()).at(folder).origins


@every_page
def test_every_rule_that_is_shown_as_data_proves_itself(page: Path, tmp_path: Path) -> None:
    for block in blocks(page.read_text(encoding="utf-8")):
        if block.language == "toml" and "\nkind " in block.text:
            file = tmp_path / "language.toml"
            file.write_text(block.text, encoding="utf-8")
            own = "\nfamily " in block.text
            for rule in own_rules(((file.name, block.text),)).values() if own else read_rules(file):
                assert [example.spans for example in rule.bad] == [spans(rule, example) for example in rule.bad]
                assert [spans(rule, example) for example in rule.good] == [()] * len(rule.good)


def spans(rule: Rule, example: Example) -> tuple[Span, ...]:
    return tuple(problem.span for problem in run_one(rule, example))


@every_page
def test_every_workflow_names_hooks_and_inputs_that_exist(page: Path) -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    hooks = {hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
    for block in blocks(page.read_text(encoding="utf-8")):
        if block.language != "yaml":
            continue
        said = yaml.safe_load(block.text)
        for repo in said.get("repos", ()):
            assert {hook["id"] for hook in repo["hooks"]} <= hooks
        for job in said.get("jobs", {}).values():
            used = [step for step in job["steps"] if "/pmlint@" in step.get("uses", "")]
            assert all(set(step.get("with", ())) <= set(action["inputs"]) for step in used)


@every_page
def test_every_link_leads_somewhere(page: Path) -> None:
    assert [target for target in relative_links(page) if not leads_somewhere(page, target)] == []
