"""How long pmlint and its peers take on the same documents, and how much memory.

usage: python benchmarks/peers.py [--documents 1000] [--only NAME]... [--page docs/explanation/speed.md]

Installs the peers and pmlint itself, as a user would, into build/peers (once; needs npm and a network), writes the
corpus, and runs each tool on it: *cold*, with nothing kept from an earlier run, and *warm*, a second time on the same
documents with whatever the tool keeps. Prints a table; with --page it takes the place of the one on that page.

Wall time is the quickest of three runs for one document, of one run for many. Processor time is that of all processes of
the tool. Memory is the most that all of them together held at any moment: each page once, however many share it.
"""

import argparse
import os
import platform
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import corpus  # type: ignore[import-not-found] # beside this file, which is run as it is

ROOT = Path(__file__).parents[1]
HOME = ROOT / "build" / "peers"
NODE = ("alex@11.0.1", "write-good@1.0.8", "markdownlint-cli2@0.22.1", "textlint@15.8.0")
NODE_RULES = ("textlint-rule-terminology@5.2.16", "textlint-rule-write-good@2.0.0")
PYTHON = ("proselint==0.16.0", "rumdl==0.3.0")
_READING = (
    "import pmlint; print(','.join(name for name, rule in pmlint.catalogue().items() if 'judgements' in rule.context))"
)
"""Prints the rules that ask who is said to have done what."""
_PACE = 0.05
"""Seconds between two looks at the memory."""


class Tool(NamedTuple):
    """One command, the documents to follow."""

    name: str
    reads: str
    """What it looks at."""
    cold: tuple[str, ...]
    warm: tuple[str, ...] = ()
    """Where it keeps something for a second run."""
    forget: Callable[[], None] = lambda: None
    """Drops what it has kept."""


class Cost(NamedTuple):
    """What one run took."""

    wall: float
    processor: float
    megabytes: float


def main() -> None:
    """Install, measure, print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--documents", type=int, default=1000)
    asked.add_argument("--only", action="append", metavar="NAME", help="measure this tool only; repeatable")
    asked.add_argument("--page", type=Path, help="write the table into this page")
    given = asked.parse_args()
    install()
    many, one = HOME / "docs", HOME / "one"
    for folder, count in ((many, given.documents), (one, 1)):
        shutil.rmtree(folder, ignore_errors=True)
        corpus.write(folder, count)
    chosen = [tool for tool in tools() if not given.only or tool.name in given.only]
    table = "\n".join(report(chosen, one, many, given.documents))
    print(table)
    if given.page:
        begin, end = "<!-- measured -->\n", "<!-- to here -->"
        before, _, rest = given.page.read_text(encoding="utf-8").partition(begin)
        given.page.write_text(f"{before}{begin}\n{table}\n\n{end}{rest.partition(end)[2]}", encoding="utf-8")


# --- the tools


def install() -> None:
    """The peers once, pmlint anew: as it stands in this checkout."""
    HOME.mkdir(parents=True, exist_ok=True)
    if not (HOME / "node_modules").is_dir():
        (HOME / "package.json").write_text("{}", encoding="utf-8")
        subprocess.run(["npm", "install", "--no-audit", "--no-fund", *NODE, *NODE_RULES], cwd=HOME, check=True)
    python = HOME / "python" / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", HOME / "python"], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PYTHON], check=True)
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--force-reinstall", "--no-deps", ROOT], check=True)
    subprocess.run([python, "-m", "pip", "install", "--quiet", ROOT], check=True)


def tools() -> list[Tool]:
    """What is measured, pmlint first."""
    node, python, cache = HOME / "node_modules" / ".bin", HOME / "python" / "bin", HOME / "cache"
    pmlint = (str(python / "pmlint"), "check", "--isolated")

    def forget() -> None:
        shutil.rmtree(cache, ignore_errors=True)
        cache.mkdir()

    reading = subprocess.run(
        [python / "python", "-c", _READING], capture_output=True, text=True, check=True
    ).stdout.strip()
    silent = (*pmlint, f"--ignore={reading}")
    textlint = (str(node / "textlint"), "--rule", "terminology", "--rule", "write-good")
    rumdl = (str(python / "rumdl"), "check", "--isolated")
    kept = ("--cache", "--cache-location", str(cache / "textlint"))
    return [
        Tool("pmlint", "structure, times, causes, actions, blame", pmlint, pmlint, forget),
        Tool("pmlint without language", "all but who is blamed", silent, silent, forget),
        Tool("write-good", "weasel words, passives", (str(node / "write-good"),)),
        Tool("markdownlint-cli2", "Markdown style", (str(node / "markdownlint-cli2"), "--config", config())),
        Tool("proselint", "word lists", (str(python / "proselint"), "check")),
        Tool("alex", "insensitive words", (str(node / "alex"),)),
        Tool("textlint", "terms, weasel words", textlint, (*textlint, *kept), forget),
        Tool("rumdl", "Markdown style", (*rumdl, "--no-cache"), (*rumdl, "--cache-dir", str(cache)), forget),
    ]


def config() -> str:
    """markdownlint's own defaults, from outside of this checkout."""
    path = HOME / ".markdownlint-cli2.jsonc"
    path.write_text("{}", encoding="utf-8")
    return str(path)


# --- measuring


def report(chosen: Sequence[Tool], one: Path, many: Path, count: int) -> Iterator[str]:
    """The lines of the table, with what was measured on."""
    rows = [measure(tool, one, many) for tool in chosen]
    ours = rows[0]
    yield f"{count:,} documents of 2,000 words, {', '.join(machine())}."
    yield ""
    yield f"| | what it looks at | one document | {count:,} cold | processor | memory | {count:,} warm | cold, in pmlint's | warm |"
    yield "|---|---|---:|---:|---:|---:|---:|---:|---:|"
    for tool, (single, cold, warm) in zip(chosen, rows, strict=True):
        cells = (
            tool.name,
            tool.reads,
            f"{single.wall:.2f} s",
            f"{cold.wall:.1f} s",
            f"{cold.processor:.1f} s",
            f"{max(cold.megabytes, warm.megabytes):.0f} MB",
            f"{warm.wall:.2f} s",
            f"{cold.wall / ours[1].wall:.1f} x",
            f"{warm.wall / ours[2].wall:.1f} x",
        )
        yield f"| {' | '.join(cells)} |"


def measure(tool: Tool, one: Path, many: Path) -> tuple[Cost, Cost, Cost]:
    """One document cold, many cold, many warm."""

    def cold(folder: Path) -> Cost:
        tool.forget()
        return run(tool.cold, folder)

    single = min(cold(one) for _ in range(3))
    first = cold(many)
    if not tool.warm:
        return single, first, first
    tool.forget()
    run(tool.warm, many)
    return single, first, min(run(tool.warm, many) for _ in range(3))


def run(command: Sequence[str], folder: Path) -> Cost:
    """Run once on every document of a folder, as paths."""
    paths = sorted(str(path.relative_to(HOME)) for path in folder.glob("*.md"))
    environment = {**os.environ, "PMLINT_CACHE_DIR": str(HOME / "cache")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its bytecode at hand
    begun = time.perf_counter()
    process = subprocess.Popen(
        [*command, *paths], cwd=HOME, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    watch = _Memory(process.pid)
    watch.start()
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begun
    watch.over.set()
    watch.join()
    if not os.WIFEXITED(status) or os.WEXITSTATUS(status) in (2, 3, 126, 127):
        raise SystemExit(f"{' '.join(command)} ended with {os.waitstatus_to_exitcode(status)}")
    return Cost(wall, used.ru_utime + used.ru_stime, max(watch.most, used.ru_maxrss / 1024))


class _Memory(threading.Thread):
    """Looks again and again at what a process and those below it hold."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.over = threading.Event()
        self.most = 0.0
        self._pid = pid

    def run(self) -> None:
        while not self.over.wait(_PACE):
            held = sum(_held(pid) for pid in _family(self._pid))
            self.most = max(self.most, held / 1024)


def _family(pid: int) -> Iterator[int]:
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            for child in task.read_text().split():
                yield from _family(int(child))
        except OSError:  # it has just ended
            continue


def _held(pid: int) -> int:
    """Kilobytes, with its share of what it shares; nothing where the system does not tell."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def machine() -> Iterator[str]:
    """What it was measured on."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    yield f"{cores} cores"
    info = Path("/proc/cpuinfo")
    names = [line.partition(":")[2].strip() for line in info.read_text().splitlines() if line.startswith("model name")]
    if names:
        yield names[0]
    yield f"{platform.system()}"
    yield f"Python {platform.python_version()}"
    node = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout.strip()
    yield f"Node {node.removeprefix('v')}"


if __name__ == "__main__":
    main()
