"""How long pmlint takes and how much memory: python benchmarks/speed.py [DOCUMENTS] [--without-language]

Each row is the quickest of several runs, and of one document the middle of five that differ: its wall time, the
processor time of all its processes, and the most memory that one of them held. The last column is the wall time in starts of the same Python with nothing to do, which makes
figures of different machines comparable. `empty cache` is the first run ever, `new text` any later one on a document
that was not seen before, `unchanged` a second run on the same documents.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import corpus  # type: ignore[import-not-found] # beside this file, which is run as it is

from pmlint import catalogue

PMLINT = [sys.executable, "-m", "pmlint"]
# An installed program has its bytecode at hand.
_ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


class Cost(NamedTuple):
    """What one run took."""

    wall: float
    processor: float
    megabytes: float


def run(command: list[str], cache: Path) -> Cost:
    """Run once."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, env={**_ENVIRONMENT, "PMLINT_CACHE_DIR": str(cache)}, cwd=cache.parent
    )
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begun
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        raise SystemExit(f"{' '.join(command)} ended with {os.waitstatus_to_exitcode(status)}")
    unit = 1024**2 if sys.platform == "darwin" else 1024  # bytes there, kilobytes elsewhere
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / unit)


def main() -> None:
    """Measure and print."""
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    count = numbers[0] if numbers else 1000
    asking = [name for name, rule in catalogue().items() if "judgements" in rule.context]
    options = ["--ignore", ",".join(asking)] if "--without-language" in sys.argv else []
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        corpus.write(home / "docs", count)
        measure(home, count, [*PMLINT, "check", "--isolated", *options])


def measure(home: Path, count: int, check: list[str]) -> None:
    """All the rows of the table."""
    cache, one = home / "cache", home / "one.md"
    nothing = min(run([sys.executable, "-c", "pass"], cache_at(cache)) for _ in range(10))

    def show(name: str, cost: Cost) -> None:
        print(
            f"{name:<36} {cost.wall * 1000:8.0f} ms {cost.processor * 1000:8.0f} ms {cost.megabytes:7.0f} MB"
            f" {cost.wall / nothing.wall:8.1f} x"
        )

    print(f"{'':<36} {'wall':>11} {'processor':>11} {'memory':>10} {'ratio':>10}")
    show("python -c pass", nothing)
    show("--version", min(run([*PMLINT, "--version"], cache) for _ in range(10)))
    show("check --help", min(run([*PMLINT, "check", "--help"], cache) for _ in range(10)))
    costs: dict[str, list[Cost]] = {"empty cache": [], "new text": [], "unchanged": []}
    for number in range(5):
        shutil.rmtree(cache, ignore_errors=True)
        one.write_text(corpus.postmortem(number), encoding="utf-8")
        costs["empty cache"].append(run([*check, str(one)], cache_at(cache)))
        one.write_text(corpus.postmortem(number + 100), encoding="utf-8")
        costs["new text"].append(run([*check, str(one)], cache))
        costs["unchanged"].append(run([*check, str(one)], cache))
    for name, each in costs.items():
        show(f"one document, {name}", sorted(each)[len(each) // 2])  # they are not alike: the one in the middle
    shutil.rmtree(cache)
    show(f"{count} documents, empty cache", run([*check, "docs"], cache_at(cache)))
    show(f"{count} documents, unchanged", min(run([*check, "docs"], cache) for _ in range(5)))
    show(f"{count} documents, unchanged, --quiet", min(run([*check, "docs", "--quiet"], cache) for _ in range(5)))


def cache_at(folder: Path) -> Path:
    """`folder`, which is there after this."""
    folder.mkdir(exist_ok=True)
    return folder


if __name__ == "__main__":
    main()
