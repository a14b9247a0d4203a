"""How well blame is found in the labelled sentences: precision and recall, by rule and by construction.

usage: python benchmarks/language/measure.py [dev|test|trap] [--misses] [--json]

Each sentence is checked as a document of its own, under a heading of its section. It counts as found if any of the
rules about blame speaks, and as placed if the finding touches the words at fault. Beside it stand its parts, `reads`
(the transformer alone, from one half up) and `lists` (grammar and lists alone, without the phrases of rules), and two
baselines: `regex` knows the seven patterns that tools for this use most, `words` knows every word of the lexicon and asks
for a word of fault and a word for somebody within eight words. `test` and `trap` are never tuned on; `--misses` refuses
them.
"""

import argparse
import json
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pmlint
from pmlint.document.sentences import sentences
from pmlint.document.words import words
from pmlint.language.agents import People
from pmlint.language.judge import Context, outright
from pmlint.language.lexicon import table, tables
from pmlint.language.meaning import read_all
from pmlint.language.pipeline import parse_all
from pmlint.language.read import lead

HERE = Path(__file__).parent
RULES = (
    "blames-person", "blames-team", "counterfactual", "judgemental-language", "human-error-euphemism", "inadvertence",
    "punitive-language", "defensive-language", "prescriptive-lesson", "human-error-conclusion", "person-as-cause",
    "exhortation", "person-targeted-action",
)  # fmt: skip
HEADINGS = {
    "root_cause": "Root cause", "timeline": "Timeline", "summary": "Summary", "impact": "Impact",
    "lessons": "Lessons learned", "action_items": "Action items", "went_well": "What went well",
    "went_wrong": "What went wrong", "contributing_factors": "Contributing factors", "detection": "Detection",
    "response": "Response", "resolution": "Resolution", "five_whys": "Five whys",
}  # fmt: skip
# Enough of a document around the sentence to be one, in which no rule about blame finds anything.
FRAME = "---\nkind: postmortem\n---\n\n# Orders were delayed on 2025-03-04\n\n## {heading}\n\n"

Row = dict[str, object]
Finder = Callable[[Row], list[tuple[str, int, int]]]
"""What speaks about a sentence: rule, and where in the text."""


@dataclass
class Tally:
    """Counts of one way of finding."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    placed: int = 0
    by_rule: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    by_construction: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    spoke: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong or 1)

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed or 1)


def by_pmlint(row: Row) -> list[tuple[str, int, int]]:
    """What the rules report, with the default settings."""
    section, text = str(row["section"]), str(row["text"])
    head = FRAME.format(heading=HEADINGS[section])
    listed = section == "action_items" and not text.lstrip().startswith(("-", "*", "|"))
    if listed:
        head += "- "
    body = f"| Question | Answer |\n|---|---|\n{text}" if text.startswith("|") else text
    start = len(head) + len(body) - len(text)
    checked = pmlint.check(head + body + "\n", "sentence.md", settings=SETTINGS)
    if checked.crashes:
        sys.exit(f"a rule crashed: {checked.crashes[0]}")
    return [
        (found.rule, found.span.start - start, found.span.end - start)
        for found in checked.findings
        if found.rule in RULES
    ]


SETTINGS = pmlint.Settings(select=RULES, profile="standard")

_SEVEN = re.compile(
    r"human error|\bcareless\w*|\bnegligen\w*|\bfailed to\b|\bshould(?:n't| not)? have\b|\bfault of\b"
    r"|\b(?:he|she|they|engineer|developer|operator)\b (?:forgot|broke|ignored|failed)",
    re.IGNORECASE,
)


def by_regex(row: Row) -> list[tuple[str, int, int]]:
    """The usual patterns."""
    return [("regex", *found.span()) for found in _SEVEN.finditer(str(row["text"]))]


def _sentences(row: Row) -> Iterator[tuple[int, str]]:
    text = str(row["text"])
    for span in sentences(text):
        start = lead(text, span.start, span.end)
        if start < span.end:
            yield start, text[start : span.end]


def by_reading(row: Row) -> list[tuple[str, int, int]]:
    """The transformer alone."""
    parts = list(_sentences(row))
    read = read_all([(str(row["section"]), part) for _, part in parts])
    return [
        (each.kind, start + each.start, start + (each.end or len(part)))
        for (start, part), each in zip(parts, read, strict=True)
        if each.blame >= 0.5
    ]


def by_lists(row: Row) -> list[tuple[str, int, int]]:
    """Grammar and lists alone."""
    text = str(row["text"])
    parts = list(_sentences(row))
    context = [
        Context(People(text=text), text[:start], sections=frozenset({str(row["section"])})) for start, _ in parts
    ]
    return [
        (str(found.kind), start + found.start, start + found.end)
        for (start, _), around, doc in zip(parts, context, parse_all(part for _, part in parts), strict=True)
        for found in outright(doc, around)
    ]


def by_words(row: Row) -> list[tuple[str, int, int]]:
    """A word of fault within eight words of a word for somebody."""
    found = [(word[0].lower(), word.span()) for word in re.finditer(r"[\w'’-]+", str(row["text"]))]
    people = [at for at, (word, _) in enumerate(found) if word in PEOPLE or word.removesuffix("s") in PEOPLE]
    return [
        ("words", *place)
        for at, (word, place) in enumerate(found)
        if _faulty(word) and any(abs(at - one) <= 8 for one in people)
    ]


def _faulty(word: str) -> bool:
    stems = (word, word.removesuffix("ed"), word.removesuffix("d"), word.removesuffix("ing"), word.removesuffix("s"))
    return (
        any(stem in FAULTS for stem in stems) or word in ("forgot", "not", "never", "without") or word.endswith("n't")
    )


PEOPLE = {
    *words("agents")["person"]["heads"], *words("agents")["team"]["heads"], *words("agents")["vendor"]["heads"],
    *words("agents")["pronouns"]["person"], *words("agents")["pronouns"]["we"],
}  # fmt: skip
FAULTS = {
    name
    for name in tables("lapse", "omission", "error", "judgement", "breaking") | table("noun", "lapse")
    | table("manner", "inadvertent") | table("knowledge", "lacking")
    if " " not in name
}  # fmt: skip


def measure(rows: list[Row], finder: Finder, misses: list[str] | None = None) -> Tally:
    """Count what `finder` says of `rows`."""
    tally = Tally()
    for row in rows:
        found = finder(row)
        guilty = bool(row["guilty"])
        tally.right += guilty and bool(found)
        tally.missed += guilty and not found
        tally.wrong += bool(found) and not guilty
        construction = tally.by_construction[str(row["construction"])]
        construction[0] += bool(found) == guilty
        construction[1] += 1
        for rule in {rule for rule, _, _ in found}:
            tally.spoke[rule][0] += guilty
            tally.spoke[rule][1] += 1
        if guilty:
            at = str(row["text"]).index(str(row["target"]))
            end = at + len(str(row["target"]))
            tally.placed += any(first < end and at < last for _, first, last in found)
            tally.by_rule[str(row["rule"])][0] += bool(found)
            tally.by_rule[str(row["rule"])][1] += 1
        if misses is not None and bool(found) != guilty:
            misses.append(
                f"{'missed' if guilty else 'wrong '} {row['id']} {row['rule'] or [one[0] for one in found]} ({row['construction']}, {row['section']}): {row['text']}"
            )
    return tally


def told(name: str, tally: Tally) -> Iterator[str]:
    yield f"{name:8} precision {tally.precision:.3f}  recall {tally.recall:.3f}  placed {tally.placed}/{tally.right}"


def details(tally: Tally) -> Iterator[str]:
    yield "\nrecall by the rule that should speak"
    for rule, (hit, of) in sorted(tally.by_rule.items()):
        yield f"  {rule:26} {hit:3}/{of}"
    yield "\nprecision by the rule that spoke"
    for rule, (hit, of) in sorted(tally.spoke.items()):
        yield f"  {rule:26} {hit:3}/{of}"
    yield "\nright by construction"
    for construction, (hit, of) in sorted(tally.by_construction.items()):
        yield f"  {construction:26} {hit:3}/{of}"


def main() -> None:
    ask = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    ask.add_argument("half", nargs="?", choices=("dev", "test", "trap"), default="dev")
    ask.add_argument("--misses", action="store_true", help="print each sentence that was judged wrongly (dev only)")
    ask.add_argument("--json", action="store_true")
    said = ask.parse_args()
    if said.misses and said.half != "dev":
        sys.exit(f"the {said.half} sentences are for measuring; look at the misses of the development half")
    rows = [json.loads(line) for line in (HERE / f"{said.half}.jsonl").read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if row.get("sure", True)]
    misses: list[str] = []
    ours = measure(rows, by_pmlint, misses)
    others = {"reads": by_reading, "lists": by_lists, "words": by_words, "regex": by_regex}
    tallies = {"pmlint": ours, **{name: measure(rows, finder) for name, finder in others.items()}}
    if said.json:
        print(
            json.dumps(
                {
                    name: {"precision": round(tally.precision, 3), "recall": round(tally.recall, 3)}
                    for name, tally in tallies.items()
                }
            )
        )
        return
    if said.misses:
        print("\n".join(misses), end="\n\n")
    print(f"{said.half}: {len(rows)} sentences, {sum(bool(row['guilty']) for row in rows)} guilty")
    for name, tally in tallies.items():
        print("\n".join(told(name, tally)))
    print("\n".join(details(ours)))


if __name__ == "__main__":
    main()
