"""The command `pmlint`: finds the sub-command, and turns whatever happens into an exit code."""

import atexit
import errno
import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click

import pmlint
from pmlint.cli import exit_codes
from pmlint.engine.errors import UserError

COMMANDS = ("check", "format", "new", "explain", "rules", "baseline", "parse", "schema", "config")
"""Each is a module of this package that holds a function `command`."""
_COLLECTING = (400_000, 20, 20)
"""How seldom to look for garbage: nearly all that a run makes is either freed at once or needed to the end."""


class _Commands(click.Group):
    """Imports a sub-command when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"pmlint.cli.{cmd_name}").command
        return command if isinstance(command, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            from pmlint.rules.near import did_you_mean

            hint = did_you_mean(name, COMMANDS)
            if not hint and (os.path.exists(name) or "." in name):  # noqa: PTH110 - only to guess what was meant
                hint = f"; to check a file, `pmlint check {name}`"
            raise UserError(f"there is no command '{name}'{hint or '; `pmlint --help` lists them'}")
        return super().resolve_command(ctx, args)


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="""\b
Start here:
  pmlint check postmortem.md     what a reviewer would say about one document
  pmlint check docs/incidents    every document of a folder
  pmlint explain vague-action    why a rule exists, with good and bad examples
  pmlint config --init           write a pmlint.toml to adapt it to your house
""",
)
@click.version_option(pmlint.__version__, prog_name="pmlint", message="%(prog)s %(version)s")
def group() -> None:
    """Read incident postmortems as an experienced reviewer does.

    Every finding says what is wrong in this document, why it matters, and what a good answer looks like. Everything
    runs on this machine; nothing is sent anywhere.
    """


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command line and return its exit code."""
    gc.set_threshold(*_COLLECTING)
    atexit.register(gc.freeze)  # what a process holds at its end need not be gone through once more
    for stream in (sys.stdout, sys.stderr):
        # A path or a document may hold what the terminal cannot show; that must not end the run.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    # Documents are read side by side in processes of their own; threads for each small product would only wait.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if "_PMLINT_COMPLETE" in os.environ:  # the tab key was pressed
        from pmlint.cli.completion import install

        install()
    try:
        code = group.main(args=None if argv is None else list(argv), prog_name="pmlint", standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else exit_codes.CLEAN
    except UserError as problem:
        click.echo(f"pmlint: {problem}", err=True)
        return exit_codes.USAGE
    except click.ClickException as problem:
        problem.show()
        return problem.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("pmlint: interrupted", err=True)
        return exit_codes.INTERRUPTED
    except BrokenPipeError:
        _give_up_output()  # the reader has gone: `pmlint … | head`
        return exit_codes.BROKEN_PIPE
    except Exception as problem:
        if isinstance(problem, OSError) and problem.errno in _FULL and problem.filename is None:
            _give_up_output()
            click.echo(f"pmlint: cannot write the output: {problem.strerror}", err=True)
            return exit_codes.USAGE
        if _is_homeless():
            click.echo("pmlint: the folder that you are in is gone; change to one that is there", err=True)
            return exit_codes.USAGE
        import traceback

        traceback.print_exc()
        click.echo("pmlint: this is a fault of pmlint, not of your documents", err=True)
        return exit_codes.CRASH


_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""A disk that has no room for more."""


def _give_up_output() -> None:
    """What python still holds back would raise once more at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _is_homeless() -> bool:
    """Whether the working folder has been deleted, so that no relative path leads anywhere."""
    try:
        os.getcwd()  # noqa: PTH109 - only whether it can be had
    except FileNotFoundError:
        return True
    return False
