"""The engine as a program calls it."""

from collections.abc import Mapping, Sequence
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pmlint.engine.check import check_text
from pmlint.engine.configure import Configurations
from pmlint.engine.errors import UserError
from pmlint.engine.finding import Checked, Run
from pmlint.engine.fix import Fixed, until_stable
from pmlint.engine.own_rules import rules_in, with_own
from pmlint.engine.run import catalogue
from pmlint.engine.run import check_paths as run_paths
from pmlint.engine.settings import Settings

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from pmlint.rules.rule import Rule


def check(text: str, path: str = "<text>", *, settings: Settings | None = None) -> Checked:
    """Check one document; `path` is what its findings name, and no file of that name need exist.

    Without `settings` the defaults hold. No configuration is read; `settings_for` does that.
    """
    settings = settings or Settings()
    return check_text(text, path, settings, with_own(catalogue(), settings.rule_texts))


def fix(text: str, path: str = "<text>", *, settings: Settings | None = None, unsafe: bool = False) -> Fixed:
    """Fix one document, as `pmlint check --fix` does: the text afterwards, and what is still found in it.

    Fixes that may change a fact are made only where `unsafe`. Nothing is written.
    """
    return until_stable(text, lambda text: check(text, path, settings=settings), unsafe=unsafe)


def check_paths(
    paths: Sequence[str | PathLike[str]] = (".",),
    *,
    settings: Mapping[str, Any] | None = None,
    config: str | PathLike[str] | None = None,
    isolated: bool = False,
    jobs: int | None = None,
) -> Run:
    """Check files, folders and globs as `pmlint check` does.

    Each file is checked by its nearest configuration, or by `config`, or by none at all where `isolated`. What
    `settings` says by the names of the fields of `Settings` wins over them.
    """
    configurations = _configurations(settings, config, isolated)
    return run_paths([fspath(path) for path in paths], configurations, jobs=jobs)


def settings_for(
    folder: str | PathLike[str] = ".",
    *,
    settings: Mapping[str, Any] | None = None,
    config: str | PathLike[str] | None = None,
) -> Settings:
    """The settings that hold for documents in `folder`; `UserError` where the configuration is wrong."""
    return _configurations(settings, config, isolated=False).at(Path(folder))


def read_rules(file: "str | PathLike[str] | Traversable") -> "tuple[Rule, ...]":
    """The rules that a TOML file holds, in the form of those beside a configuration; `UserError` where it is wrong.

    For a package that brings rules: `RULES = pmlint.read_rules(importlib.resources.files(__name__) / "rules.toml")`.
    """
    source = Path(file) if isinstance(file, str | PathLike) else file
    try:
        text = source.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        reason = "it is not UTF-8 text" if isinstance(problem, UnicodeDecodeError) else problem.strerror
        raise UserError(f"cannot read the rules in '{file}': {reason}") from None
    return tuple(rules_in(source.name, text))


def _configurations(
    settings: Mapping[str, Any] | None, config: str | PathLike[str] | None, isolated: bool
) -> Configurations:
    file = None if config is None else Path(config)
    return Configurations(catalogue(), settings, config=file, isolated=isolated)
