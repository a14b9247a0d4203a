"""Run every rule over a folder and count what each finds, to read the findings and judge the rule.

usage: python benchmarks/rules.py FOLDER [--show RULE]... [--number 20] [--lines 1] [--only WORD]
"""

import argparse
import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pmlint import Finding, Run, catalogue, check_paths

_MOST = 300
"""Characters of a line that are shown."""


@dataclass(frozen=True)
class Tally:
    """What one rule found."""

    findings: int
    documents: int


def tallies(run: Run) -> dict[str, Tally]:
    """What each rule found; a rule that found nothing is there too."""
    places: dict[str, list[str]] = defaultdict(list)
    for finding in run.findings:
        places[finding.rule].append(finding.path)
    return {name: Tally(len(places[name]), len(set(places[name]))) for name in catalogue()}


def table(run: Run) -> Iterator[str]:
    """The lines of a table of all rules."""
    counts = Counter(document.kind for document in run.documents)
    yield f"{len(run.documents)} documents: " + ", ".join(f"{n} {kind}" for kind, n in counts.most_common())
    yield ""
    yield "| rule | level | confidence | good | bad | findings | documents |"
    yield "|---|---|---|---:|---:|---:|---:|"
    found = tallies(run)
    for name, rule in catalogue().items():
        cells = (name, rule.level, rule.confidence, len(rule.good), len(rule.bad))
        yield f"| {' | '.join(map(str, cells))} | {found[name].findings} | {found[name].documents} |"


def shown(run: Run, rule: str, *, number: int, lines: int) -> Iterator[str]:
    """The findings of one rule, or a fair choice of them, each with the lines around it."""
    found = [finding for finding in run.findings if finding.rule == rule]
    # The same ones each time, so that a judgement can be repeated.
    chosen = found if len(found) <= number else random.Random(rule).sample(found, number)
    yield f"== {rule}: {len(found)} findings, {len(chosen)} shown"
    for finding in sorted(chosen, key=lambda each: (each.path, each.span)):
        yield f"-- {finding.path}:{finding.start.line}:{finding.start.column} [{finding.level}, {finding.confidence}]"
        yield f"   {finding.message}"
        for place in finding.related[:3]:
            yield f"   see line {place.start.line}: {place.message}"
        yield from _around(finding, lines)


def _around(finding: Finding, lines: int) -> Iterator[str]:
    path = Path(finding.path)
    if not path.is_file():
        return
    text = path.read_text("utf-8", "replace").splitlines()
    first = max(0, finding.start.line - 1 - lines)
    for at, line in enumerate(text[first : finding.start.line + lines], first + 1):
        yield f"   {at:>5}{'>' if at == finding.start.line else ' '} {line[:_MOST]}"


def main() -> int:
    """Print the table, or the findings that were asked for."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder")
    asked.add_argument("--show", metavar="RULE", action="append", default=[], help="print the findings of a rule")
    asked.add_argument("--number", type=int, default=20, help="the most findings to print of a rule")
    asked.add_argument("--lines", type=int, default=1, help="lines of the document to print around each")
    asked.add_argument("--only", metavar="WORD", action="append", help="run only this rule or family")
    asked.add_argument("--json", action="store_true", help="print the table as JSON")
    given = asked.parse_args()
    settings = {
        "profile": "standard",
        "select": tuple(given.only or given.show or ["all"]),
        "min_confidence": "low",
        "fail_on": "never",
    }
    run = check_paths([given.folder], settings=settings, isolated=True)
    for rule in given.show:
        print("\n".join(shown(run, rule, number=given.number, lines=given.lines)))
    if given.json:
        print(json.dumps({name: [each.findings, each.documents] for name, each in tallies(run).items()}, indent=2))
    elif not given.show:
        print("\n".join(table(run)))
    for crash in run.crashes:
        print(f"crash: {crash.rule} on {crash.path}: {crash.error}", file=sys.stderr)
    return 3 if run.crashes else 0


if __name__ == "__main__":
    sys.exit(main())
