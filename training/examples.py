"""The sentences that the language pass learns from: the written ones with their labels, and the fixtures as ordinary prose."""

import json
import random
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pmlint
from pmlint.document.sentences import sentences
from pmlint.language.meaning import KINDS
from pmlint.language.read import _texts as read_texts
from pmlint.language.read import lead

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks" / "language"))
import measure  # type: ignore[import-not-found]

SEED = 7

SUBJECTS = (
    "The engineer", "The on-call engineer", "A developer", "The developer on duty", "The administrator", "An operator",
    "The operator", "One of the administrators", "A colleague", "The author of the change", "The reviewer", "A technician",
    "The team lead", "The shift supervisor", "A contractor", "The trainee", "Somebody", "The person on call", "He", "She",
    "The clerk", "The analyst", "The release manager", "The maintainer", "Annika", "Tomás", "Yusuf", "Mei", "Olga", "Femi",
    "The network team", "The support desk", "The data team", "The vendor", "The supplier", "The agency", "We",
)  # fmt: skip
PLACES = ("root_cause", "contributing_factors", "went_wrong", "summary", "timeline", "response", "detection")


@dataclass(frozen=True)
class Unit:
    """One sentence, and the kind of section that it stands in."""

    section: str
    text: str
    kind: int
    target: tuple[int, int] | None
    """The clause at fault; None where nobody marked one."""
    row: int


def read(folder: Path, only: list[str]) -> list[dict[str, str]]:
    """The labelled texts, and the phrases, each told of somebody."""
    rows: list[dict[str, str]] = []
    for file in sorted((folder / "sentences").glob("*.jsonl")):
        if not only or file.stem in only:
            rows += [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    if not only or "phrases" in only:
        chance = random.Random(SEED)
        for name, kind in (("lapses", "person"), ("innocents", None)):
            for line in (folder / "phrases" / f"{name}.txt").read_text(encoding="utf-8").splitlines():
                text = f"{chance.choice(SUBJECTS)} {line}."
                rows.append({"text": text, "section": chance.choice(PLACES), "kind": kind})
    if not only or "fixtures" in only:
        rows += ordinary(folder.parent / "fixtures")
    return rows


_ABOUT_BLAME = frozenset(measure.RULES)


def ordinary(folder: Path) -> Iterator[dict[str, str]]:
    """The fixtures, sentence by sentence, but for the neighbourhood of what a careful reader calls blame in them."""
    for file in sorted(folder.glob("*/*.md")):
        expected = file.with_suffix(".expected.toml")
        if file.parent.name in ("bad", "bad-input") or not expected.exists():
            continue
        told = tomllib.loads(expected.read_text(encoding="utf-8")).get("expect", ())
        blamed = {each.get("line", 0) for each in told if each["rule"] in _ABOUT_BLAME}
        if 0 in blamed:
            continue
        doc = pmlint.parse(file.read_text(encoding="utf-8"), str(file))
        for prose, _ in read_texts(doc):
            line = doc.source.position(prose.span().start).line
            if blamed & set(range(line - 1, line + 2 + prose.text.count("\n"))):
                continue
            kinds = sorted(str(kind) for kind in doc.kinds_at(prose.span().start))
            text = prose.voice.replace("\ufffc", "x").replace("\n", " ")
            if len(text) > 12:
                yield {"text": text, "section": kinds[0] if kinds else "", "kind": ""}


def units(rows: list[dict[str, str]]) -> Iterator[Unit]:
    """Sentence by sentence, as they are met in a document; a guilty text in which no clause is marked stays whole."""
    for number, row in enumerate(rows):
        kind = KINDS.index(row["kind"]) if row.get("kind") else 0
        text = re.sub(r"`[^`\n]*`|“[^”]*”|\"[^\"]*\"", lambda found: "x" * len(found[0]), row["text"])
        target = row.get("target")
        at = row["text"].find(target) if target else -1
        mark = (at, at + len(target)) if target and at >= 0 else None
        spans = list(sentences(text))
        if kind and mark is None:
            start = lead(text, 0, len(text))
            if start < len(text):
                yield Unit(row["section"], text[start:], kind, None, number)
            continue
        for span in spans:
            start = lead(text, span.start, span.end)
            if start >= span.end:
                continue
            within = None
            if mark and mark[0] < span.end and mark[1] > start:
                within = (max(mark[0], start) - start, min(mark[1], span.end) - start)
            guilty = kind if within and within[1] - within[0] > min(12, (mark[1] - mark[0]) // 2) else 0
            yield Unit(row["section"], text[start : span.end], guilty, within, number)
