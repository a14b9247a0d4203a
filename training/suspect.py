"""Train the two small tables of suspicion on the labelled sentences, and say what they are worth.

usage: python suspect.py TRAINING_DIR MODEL_DIR [--folds N]

`words` looks at a sentence before it is parsed, `deeds` after. Both are linear models over hashed features, fitted by
full-batch gradient descent, so that the same sentences give the same bytes.
"""

import argparse
import json
import random
import re
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from pmlint.document.sentences import sentences
from pmlint.language import suspicion
from pmlint.language.agents import People
from pmlint.language.deeds import deeds
from pmlint.language.judge import Context, outright
from pmlint.language.pipeline import parse_all
from pmlint.language.read import lead

SEED = 7
ROUNDS = 400
PENALTY = 5e-5

Row = dict[str, object]


SUBJECTS = (
    "The engineer", "The on-call engineer", "A developer", "The developer on duty", "The administrator", "An operator",
    "The operator", "One of the administrators", "A colleague", "The author of the change", "The reviewer", "A technician",
    "The team lead", "The shift supervisor", "A contractor", "The trainee", "Somebody", "The person on call", "He", "She",
    "The clerk", "The analyst", "The release manager", "The maintainer", "Annika", "Tomás", "Yusuf", "Mei", "Olga", "Femi",
    "The network team", "The support desk", "The data team", "The vendor", "The supplier", "The agency", "We",
)  # fmt: skip
PLACES = ("root_cause", "contributing_factors", "went_wrong", "summary", "timeline", "response", "detection")


def read(folder: Path) -> list[Row]:
    """The labelled sentences, and the phrases, each told of somebody."""
    rows: list[Row] = []
    for file in sorted((folder / "sentences").glob("*.jsonl")):
        rows += [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    chance = random.Random(SEED)
    for name, label in (("lapses", "blame"), ("innocents", "innocent")):
        for line in (folder / "phrases" / f"{name}.txt").read_text(encoding="utf-8").splitlines():
            text = f"{chance.choice(SUBJECTS)} {line}."
            rows.append({"text": text, "section": chance.choice(PLACES), "label": label})
    return rows


class Sentences:
    """Every sentence of the rows, with its buckets in each table."""

    def __init__(self, rows: list[Row]) -> None:
        parts: list[tuple[int, str, str]] = []
        for number, row in enumerate(rows):
            text = re.sub(r"`[^`]*`|“[^”]*”|\"[^\"]*\"", lambda found: "x" * len(found[0]), str(row["text"]))
            for span in sentences(text):
                start = lead(text, span.start, span.end)
                if start < span.end:
                    parts.append((number, text[: span.start], text[start : span.end]))
        self.row = np.array([part[0] for part in parts])
        self.tables: dict[str, list[np.ndarray]] = {"words": [], "deeds": []}
        for (number, before, text), doc in zip(parts, parse_all(part[2] for part in parts), strict=True):
            people, section = People(text=str(rows[number]["text"])), str(rows[number]["section"])
            context = Context(people, before, sections=frozenset({section}))
            told = list(deeds(doc, people, before))
            self.tables["words"].append(_buckets(suspicion.surface(text, section)))
            features = suspicion.parsed(doc, told, outright(doc, context), people, before, section)
            self.tables["deeds"].append(_buckets(features))


def _buckets(features: Iterable[str]) -> np.ndarray:
    return np.unique(np.fromiter(map(suspicion.bucket, features), dtype=np.int64))


def learn(found: list[np.ndarray], row: np.ndarray, guilty: np.ndarray) -> tuple[np.ndarray, float]:
    """Fit sentence by sentence; of a guilty text that has several, only the most suspicious one counts as guilty."""
    chosen = np.ones(len(found), dtype=bool)
    weights, bias = np.zeros(suspicion.SIZE), 0.0
    for _ in range(3):
        inside = np.flatnonzero(chosen)
        weights, bias = fit([found[at] for at in inside], guilty[row[inside]])
        result = score(found, weights, bias)
        for number in np.unique(row[guilty[row] > 0]):
            own = np.flatnonzero(row == number)
            chosen[own] = False
            chosen[own[np.argmax(result[own])]] = True
    return weights, bias


def fit(rows: list[np.ndarray], guilty: np.ndarray) -> tuple[np.ndarray, float]:
    """Weights and bias of a logistic regression with a quadratic penalty (Nesterov's method)."""
    at = np.concatenate(rows)
    of = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    value = np.concatenate([np.full(len(row), suspicion.SCALE / np.sqrt(len(row) or 1)) for row in rows])
    weights, bias, push, lean = np.zeros(suspicion.SIZE), 0.0, np.zeros(suspicion.SIZE), 0.0
    rate = 0.8
    for _ in range(ROUNDS):
        ahead, tilt = weights + 0.9 * push, bias + 0.9 * lean
        score = np.bincount(of, value * ahead[at], minlength=len(rows)) + tilt
        error = (1 / (1 + np.exp(-score)) - guilty) / len(rows)
        push = 0.9 * push - rate * (np.bincount(at, value * error[of], minlength=suspicion.SIZE) + PENALTY * ahead)
        lean = 0.9 * lean - rate * error.sum()
        weights, bias = weights + push, bias + lean
    return weights, bias


def score(rows: list[np.ndarray], weights: np.ndarray, bias: float) -> np.ndarray:
    sums = np.array([weights[row].sum() * suspicion.SCALE / np.sqrt(len(row) or 1) for row in rows])
    return 1 / (1 + np.exp(-(sums + bias)))


def save(file: Path, weights: np.ndarray, bias: float) -> None:
    unit = float(np.abs(weights).max()) / 127
    head = f"{unit!r} {float(bias)!r}".encode("ascii").ljust(64)
    file.write_bytes(head + np.round(weights / unit).astype(np.int8).tobytes())


def main() -> None:
    ask = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    ask.add_argument("training", type=Path)
    ask.add_argument("model", type=Path)
    ask.add_argument("--folds", type=int, default=0, help="cross-validate first")
    said = ask.parse_args()
    rows = read(said.training)
    guilty = np.array([row["label"] == "blame" for row in rows], dtype=float)
    known = Sentences(rows)
    order = np.random.default_rng(SEED).permutation(len(rows) // 2)
    for name, found in known.tables.items():
        for fold in range(said.folds):
            # Neighbours are much alike, so that they stay on one side.
            held = np.concatenate([order[fold :: said.folds] * 2, order[fold :: said.folds] * 2 + 1])
            outside = np.isin(known.row, held)
            inside = np.flatnonzero(~outside)
            weights, bias = learn([found[at] for at in inside], known.row[inside], guilty)
            result = np.zeros(len(rows))
            np.maximum.at(result, known.row, np.where(outside, score(found, weights, bias), 0.0))
            print(name, fold, *(_told(result[held] >= limit, guilty[held]) for limit in (0.3, 0.4, 0.5, 0.6, 0.7)))
        weights, bias = learn(found, known.row, guilty)
        save(said.model / f"{name}.weights", weights, bias)


def _told(flagged: np.ndarray, guilty: np.ndarray) -> str:
    right = (flagged * guilty).sum()
    return f"{right / max(1, flagged.sum()):.3f}/{right / guilty.sum():.3f}"


if __name__ == "__main__":
    main()
