"""Which lines of which files were changed since a revision, as git tells it, and which findings are about them."""

import os
import re
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

from pmlint.engine.errors import UserError
from pmlint.engine.finding import Checked, Finding
from pmlint.source.span import Span

if TYPE_CHECKING:
    from pmlint.document.model import Postmortem


class Lines(Struct, frozen=True):
    """A changed stretch: lines `first` to `last`, from 1; after a deletion empty, with `last` before `first`."""

    first: int
    last: int

    def meets(self, first: int, last: int) -> bool:
        """Whether a line of the stretch is among these."""
        return max(self.first, first) <= min(self.last, last)

    def touches(self, first: int, last: int) -> bool:
        """As `meets`; what was deleted between two lines counts for both."""
        low, high = (self.first, self.last) if self.first <= self.last else (self.last, self.first)
        return max(low, first) <= min(high, last)


class Changes(Struct, frozen=True):
    """What differs between the working tree and the point where its history left that of a revision."""

    root: str
    """The top folder of the repository."""
    tracked: frozenset[str]
    """The files that git knows, relative to it."""
    lines: Mapping[str, tuple[Lines, ...]]

    def of(self, path: str) -> tuple[Lines, ...] | None:
        """The changed lines of the file at `path`; None where all of it is new to git."""
        # Links are followed: git knows the file that they lead to.
        place = os.path.relpath(os.path.realpath(path), self.root)
        name = Path(place).as_posix()
        return self.lines.get(name, ()) if name in self.tracked else None


# --- asking git


def changes_since(revision: str) -> Changes:
    """The changes since `revision` in the repository of the working folder."""
    root = os.path.realpath(_line(_git("rev-parse", "--show-toplevel", why=_no_repository)))
    if revision.startswith("-") or not revision.strip():
        raise _unknown(revision)
    found = _line(_git("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}", why=lambda _: _unknown(revision)))
    base = _line(_git("merge-base", found, "HEAD", why=lambda _: _unrelated(revision)))
    diff = _git(
        "diff",
        "--unified=0",
        "--inter-hunk-context=0",
        "--no-color",
        "--no-ext-diff",
        "--no-textconv",
        "--text",
        "--find-renames",
        "--ignore-submodules",
        "--no-relative",
        "--src-prefix=a/",
        "--dst-prefix=b/",
        base,
        "--",
        cwd=root,
        why=_failed,
    )
    tracked = _git("ls-files", "-z", cwd=root, why=_failed)
    return Changes(root, frozenset(os.fsdecode(name) for name in tracked.split(b"\0") if name), dict(_read(diff)))


def _git(*arguments: str, cwd: str | None = None, why: "_Why") -> bytes:
    # No path is quoted but those with characters that would end a line, and no program of the repository is run.
    command = ("git", "-c", "core.quotePath=false", "-c", "core.fsmonitor=false", *arguments)
    environment = {**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_PAGER": ""}
    try:
        done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, check=False)  # noqa: S603
    except FileNotFoundError:
        raise UserError("--changed-since asks git, and there is no git here; install it, or name the files") from None
    except (OSError, ValueError) as problem:  # a NUL in a revision
        raise UserError(f"--changed-since: git cannot be run: {problem}") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
        raise why(said.removeprefix("fatal: ").removeprefix("error: "))
    return done.stdout


class _Why(Protocol):
    """What to say to the user when git ends with an error, given what git said."""

    def __call__(self, said: str) -> UserError: ...


def _line(output: bytes) -> str:
    return os.fsdecode(output.partition(b"\n")[0])


def _no_repository(said: str) -> UserError:
    if "dubious ownership" in said:
        return UserError(f"--changed-since: git: {said}; `git config --global --add safe.directory PATH` trusts it")
    return UserError(
        "--changed-since asks git what changed, and the working folder is in no repository; "
        "run it inside of one, or name the files"
    )


def _unknown(revision: str) -> UserError:
    return UserError(
        f"--changed-since: git knows no revision '{revision}'; `git branch --all` lists branches, and in a pipeline "
        "the branch may first have to be fetched: `git fetch origin main:refs/remotes/origin/main`, with --unshallow "
        "where the clone has only its last commits, then --changed-since origin/main"
    )


def _unrelated(revision: str) -> UserError:
    return UserError(
        f"--changed-since: the history here has nothing in common with '{revision}'; a shallow clone has too little "
        "of it: `git fetch --unshallow`, or `fetch-depth: 0` for actions/checkout"
    )


def _failed(said: str) -> UserError:
    return UserError(f"--changed-since: git cannot tell what changed: {said}")


_HUNK = re.compile(rb"@@ -\d+(?:,(?P<old>\d+))? \+(?P<start>\d+)(?:,(?P<new>\d+))? @@")


def _read(diff: bytes) -> Iterator[tuple[str, tuple[Lines, ...]]]:
    """The changed lines by file. The text of a hunk is passed over by its length, since it may look like anything."""
    name: str | None = None
    found: list[Lines] = []
    lines = iter(diff.split(b"\n"))
    for line in lines:
        if line.startswith(b"diff --git "):
            if name is not None:
                yield name, tuple(found)
            name, found = None, []
        elif line.startswith(b"+++ "):
            name = _path(line.removeprefix(b"+++ "))
        elif hunk := _HUNK.match(line):
            old, start, new = int(hunk["old"] or 1), int(hunk["start"]), int(hunk["new"] or 1)
            found.append(Lines(start, start + new - 1) if new else Lines(start + 1, start))
            left = old + new
            while left:
                # "\ No newline at end of file" is told, not counted
                left -= not next(lines, b"").startswith(b"\\")
    if name is not None:
        yield name, tuple(found)


_ESCAPE = re.compile(rb"\\(?:([0-7]{3})|(.))")
_LETTERS = {b"a": b"\a", b"b": b"\b", b"f": b"\f", b"n": b"\n", b"r": b"\r", b"t": b"\t", b"v": b"\v"}


def _path(written: bytes) -> str | None:
    """The path after `+++`, which git writes with a tab at its end where it holds spaces, or as C writes a string."""
    written = written.rstrip(b"\t")
    if written.startswith(b'"'):
        written = _ESCAPE.sub(_unescaped, written[1:-1])
    return os.fsdecode(written.removeprefix(b"b/")) if written.startswith(b"b/") else None


def _unescaped(found: "re.Match[bytes]") -> bytes:
    return bytes([int(found[1], 8)]) if found[1] else _LETTERS.get(found[2], found[2])


# --- which findings are about it


def unchanged(document: Checked, lines: tuple[Lines, ...], doc: "Postmortem | None") -> frozenset[int]:
    """The findings of `document` that are not about what was changed, by their place.

    One that points at words counts where their lines were changed, or those of another place that it speaks of. One
    that points at a heading speaks of the section, and counts where anything in it was changed; one about the document
    as a whole, where anything was. `doc` is needed to tell, and need not be there where nothing was changed.
    """
    if not lines or doc is None:
        return frozenset(range(len(document.findings)))
    titles = [(section.title_span, section.span) for section in doc.sections]
    wholes = [(part.title.span if part.title else None, part.span) for part in (*doc.incidents, doc)]
    return frozenset(
        at
        for at, finding in enumerate(document.findings)
        if not _pointed(finding, lines)
        and not any(part.touches(*extent) for extent in _extents(finding.span, doc, titles, wholes) for part in lines)
    )


def _pointed(finding: Finding, lines: tuple[Lines, ...]) -> bool:
    places = [(finding.start, finding.end), *((other.start, other.end) for other in finding.related)]
    return any(part.meets(start.line, end.line) for start, end in places for part in lines)


def _extents(
    span: Span, doc: "Postmortem", titles: list[tuple[Span, Span]], wholes: list[tuple[Span | None, Span]]
) -> Iterator[tuple[int, int]]:
    """The first and last line of the parts that a finding at `span` speaks of as a whole."""
    for title, part in (*titles, *wholes):
        # What is missing is reported at a whole title, or where there is none, at the start.
        if span.covers(title) if title is not None else span == Span(part.start, part.start):
            yield doc.source.line_at(part.start), doc.source.line_at(max(part.start, part.end - 1))
