"""Turn treebank and name files into spaCy's training format.

usage: python convert.py SOURCE_DIR TARGET_DIR

SOURCE_DIR holds `ewt/{train,dev,test}.conllu` (Universal Dependencies English Web Treebank) and `ner/*` (WNUT 2017,
Broad Twitter Corpus, UNER English EWT); TARGET_DIR receives `{train,dev,test}.spacy` and `names-{train,dev}.spacy`.
"""

import random
import sys
from collections.abc import Iterator
from pathlib import Path

import spacy
from spacy.tokens import Doc, DocBin, Span
from spacy.vocab import Vocab

# Several sentences make one document, so that the parser also learns where sentences end.
SENTENCES_A_DOCUMENT = 5
SEED = 20260101

Row = list[str]


def conllu_sentences(path: Path) -> Iterator[list[Row]]:
    """The rows of each sentence, ranges included and empty nodes left out."""
    rows: list[Row] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip():
            if rows:
                yield rows
            rows = []
        elif not line.startswith("#"):
            row = line.split("\t")
            if "." not in row[0]:
                rows.append(row)
    if rows:
        yield rows


def sentence_doc(vocab: Vocab, rows: list[Row]) -> Doc:
    """One parsed sentence; the parts of "don't" stand together as they are written."""
    glued: dict[int, bool] = {}
    for row in rows:
        if "-" in row[0]:
            first, last = map(int, row[0].split("-"))
            parts = "".join(part[1] for part in rows if part[0].isdigit() and first <= int(part[0]) <= last)
            if parts == row[1]:
                glued.update(dict.fromkeys(range(first, last), True))
                glued[last] = "SpaceAfter=No" in row[9]
    tokens = [row for row in rows if row[0].isdigit()]
    spaces = [not glued.get(int(row[0]), "SpaceAfter=No" in row[9]) for row in tokens]
    return Doc(
        vocab,
        words=[row[1] for row in tokens],
        spaces=spaces,
        tags=[row[4] for row in tokens],
        pos=[row[3] for row in tokens],
        morphs=[row[5] if row[5] != "_" else "" for row in tokens],
        lemmas=[row[2] for row in tokens],
        heads=[int(row[6]) - 1 if row[6] != "0" else at for at, row in enumerate(tokens)],
        deps=["ROOT" if row[6] == "0" else row[7] for row in tokens],
        sent_starts=[at == 0 for at in range(len(tokens))],
    )


def treebank(vocab: Vocab, path: Path) -> DocBin:
    """The treebank in documents of a few sentences."""
    docs = [sentence_doc(vocab, rows) for rows in conllu_sentences(path)]
    grouped = [
        Doc.from_docs(docs[at : at + SENTENCES_A_DOCUMENT], ensure_whitespace=True)
        for at in range(0, len(docs), SENTENCES_A_DOCUMENT)
    ]
    return DocBin(docs=[doc for doc in grouped if doc is not None], store_user_data=False)


def named_sentences(path: Path) -> Iterator[tuple[list[str], list[str]]]:
    """Words and labels of each sentence, in either column order."""
    words: list[str] = []
    labels: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if not line.strip() or line.startswith("# "):
            if words:
                yield words, labels
            words, labels = [], []
        elif cells[0].isdigit() and len(cells) > 2:
            words.append(cells[1])
            labels.append(cells[2])
        elif len(cells) >= 2:
            words.append(cells[0])
            labels.append(cells[1])
    if words:
        yield words, labels


def names(vocab: Vocab, paths: list[Path]) -> list[Doc]:
    """Sentences with the names of people marked, and nothing else."""
    docs = []
    for path in paths:
        for tokens, labels in named_sentences(path):
            if any(not word for word in tokens):
                continue
            doc = Doc(vocab, words=tokens)
            spans, start = [], None
            for at, label in enumerate([*labels, "O"]):
                kind = label[2:].upper()
                if start is not None and not (label.startswith("I-") and kind.startswith("PER")):
                    spans.append(Span(doc, start, at, label="PERSON"))
                    start = None
                if label.startswith("B-") and kind.startswith("PER"):
                    start = at
            doc.set_ents(spans)
            docs.append(doc)
    return docs


def main() -> None:
    source, target = Path(sys.argv[1]), Path(sys.argv[2])
    target.mkdir(parents=True, exist_ok=True)
    vocab = spacy.blank("en").vocab
    for part in ("train", "dev", "test"):
        treebank(vocab, source / "ewt" / f"{part}.conllu").to_disk(target / f"{part}.spacy")
    found = names(vocab, sorted((source / "ner").glob("*")))
    random.Random(SEED).shuffle(found)
    held = len(found) // 10
    DocBin(docs=found[:held]).to_disk(target / "names-dev.spacy")
    DocBin(docs=found[held:]).to_disk(target / "names-train.spacy")


if __name__ == "__main__":
    main()
