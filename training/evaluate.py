"""Measure the shipped pipeline on the treebank's test set and on held-out names, and print a table in Markdown.

usage: python evaluate.py DATA_DIR [MODEL_DIR]

DATA_DIR holds what `convert.py` wrote. Texts are given raw, as in use: several sentences without marks between them.
"""

import sys
from pathlib import Path

import spacy
from spacy.scorer import Scorer
from spacy.tokens import DocBin
from spacy.training import Example

SHIPPED = Path(__file__).parent.parent / "src" / "pmlint" / "language" / "model"
RELATIONS = ("nsubj", "nsubj:pass", "obj", "obl:agent", "nmod:poss", "acl:relcl", "xcomp", "ccomp", "advcl", "conj")


def main() -> None:
    data = Path(sys.argv[1])
    nlp = spacy.load(Path(sys.argv[2]) if len(sys.argv) > 2 else SHIPPED)
    grammar = scores(nlp, data / "test.spacy")
    names = scores(nlp, data / "names-dev.spacy")
    print("| what | score |\n|---|---|")
    for label, key in (
        ("fine tags (XPOS)", "tag_acc"), ("parts of speech (UPOS)", "pos_acc"), ("morphology", "morph_acc"),
        ("lemmas", "lemma_acc"), ("heads (UAS)", "dep_uas"), ("heads and relations (LAS)", "dep_las"), ("sentence ends", "sents_f"),
    ):  # fmt: skip
        print(f"| {label} | {100 * grammar[key]:.1f} |")
    people = names["ents_per_type"].get("PERSON", {"p": 0.0, "r": 0.0})
    print(f"| names of people, precision / recall | {100 * people['p']:.1f} / {100 * people['r']:.1f} |")
    print("\n| relation | precision | recall |\n|---|---|---|")
    for relation in RELATIONS:
        found = grammar["dep_las_per_type"].get(relation)
        if found:
            print(f"| `{relation}` | {100 * found['p']:.0f} | {100 * found['r']:.0f} |")


def scores(nlp: spacy.language.Language, file: Path) -> dict:
    gold = list(DocBin().from_disk(file).get_docs(nlp.vocab))
    examples = [Example(found, right) for found, right in zip(nlp.pipe(doc.text for doc in gold), gold, strict=True)]
    return Scorer(nlp).score(examples)


if __name__ == "__main__":
    main()
