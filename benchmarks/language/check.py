"""Check that the labelled sentences are well formed and that no sentence stands in two files.

usage: python benchmarks/language/check.py [FILE_OR_DIRECTORY_TO_BE_DISTINCT_FROM ...]
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

HERE = Path(__file__).parent
TRAINING = HERE.parent.parent / "training" / "sentences"
SECTIONS = {
    "root_cause", "timeline", "summary", "impact", "lessons", "action_items",
    "went_well", "went_wrong", "contributing_factors", "detection", "response", "trigger", "five_whys", "mitigation",
    "resolution", "got_lucky", "prevention", "communication", "follow_up",
}  # fmt: skip
RULES = {
    "blames-person", "blames-team", "counterfactual", "judgemental-language", "human-error-euphemism",
    "human-error-conclusion", "person-as-cause", "inadvertence", "punitive-language", "defensive-language",
    "prescriptive-lesson", "exhortation", "person-targeted-action",
}  # fmt: skip
KINDS = {
    "person", "team", "we", "human_error", "counterfactual", "judgement",
    "euphemism", "exhortation", "punitive", "defensive", "prescriptive_lesson", "inadvertence", "person_action",
}  # fmt: skip
NEAR = 8  # as many words in a row shared by two texts make them near-duplicates

Row = dict[str, object]


def read(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def grams(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[i : i + NEAR]) for i in range(len(words) - NEAR + 1)}


def pair_faults(name: str, rows: list[Row]) -> Iterator[str]:
    """Faults of a file of pairs: every guilty sentence has one innocent neighbour."""
    for row_id, count in Counter(str(row["id"]) for row in rows).items():
        if count > 1:
            yield f"{name}: id {row_id} stands {count} times"
    members: dict[str, list[bool]] = {}
    for row in rows:
        where = f"{name}: {row['id']}"
        members.setdefault(str(row["pair"]), []).append(bool(row["guilty"]))
        if row["section"] not in SECTIONS:
            yield f"{where}: unknown section {row['section']}"
        if row["guilty"]:
            if row["rule"] not in RULES:
                yield f"{where}: unknown rule {row['rule']}"
            if str(row["text"]).count(str(row["target"])) != 1:
                yield f"{where}: the target does not stand once in the text"
            if row["agent"] and str(row["agent"]).casefold() not in str(row["text"]).casefold():
                yield f"{where}: the agent does not stand in the text"
        elif row["rule"] or row["target"] or row["agent"]:
            yield f"{where}: innocent, yet with a rule, target or agent"
    yield from (f"{name}: pair {pair} is {sides}" for pair, sides in members.items() if sides != [True, False])


def training_faults(name: str, rows: list[Row]) -> Iterator[str]:
    for number, row in enumerate(rows, 1):
        if row["section"] not in SECTIONS:
            yield f"{name}:{number}: unknown section {row['section']}"
        expected = KINDS if row["label"] == "blame" else {None}
        if row.get("target") and str(row["target"]) not in str(row["text"]):
            yield f"{name}:{number}: the target does not stand in the text"
        if row["kind"] not in expected:
            yield f"{name}:{number}: label {row['label']} with kind {row['kind']}"


def repeats(texts: Iterable[tuple[str, str, str]], others: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Sentences that share a run of words with one of another group or with a text given to be distinct from.

    Within a pair, and within the training sentences, some share words on purpose; so `texts` are (group, name, text).
    """
    owner = {gram: ("", name) for name, text in others for gram in grams(text)}
    for group, name, text in texts:
        shared = [(owner[gram], gram) for gram in sorted(grams(text)) if owner.get(gram, (group,))[0] != group]
        if shared:
            (_, other), gram = shared[0]
            yield f"{name}: shares {' '.join(gram)!r} with {other}"
        owner.update(dict.fromkeys(grams(text), (group, name)))


def main() -> int:
    faults: list[str] = []
    texts: list[tuple[str, str, str]] = []
    for path in (HERE / f"{name}.jsonl" for name in ("dev", "test", "trap")):
        rows = read(path)
        faults += pair_faults(path.stem, rows)
        texts += [(f"{path.stem} {row['pair']}", str(row["id"]), str(row["text"])) for row in rows]
        print(f"{path.name}: {len(rows)} sentences, {sum(bool(row['guilty']) for row in rows)} guilty")
    for path in sorted(TRAINING.glob("*.jsonl")):
        rows = read(path)
        faults += training_faults(path.name, rows)
        names = [f"{path.name}:{number}" for number in range(1, len(rows) + 1)]
        texts += [("training", name, str(row["text"])) for name, row in zip(names, rows, strict=True)]
        print(f"{path.name}: {len(rows)} sentences, {sum(row['label'] == 'blame' for row in rows)} blame")
    given = [Path(argument) for argument in sys.argv[1:]]
    files = [file for path in given for file in (sorted(path.rglob("*")) if path.is_dir() else [path])]
    others = [(f.name, f.read_text("utf-8", "replace")) for f in files if f.is_file()]
    faults += repeats(texts, others)
    print(*faults, sep="\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
