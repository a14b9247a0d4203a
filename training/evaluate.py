"""Accuracy of the shipped pipeline on the treebank's test set, from raw text.

usage: python training/evaluate.py MODEL_DIR TEST.spacy [--names NAMES_DEV.spacy]

Prints the table of docs/reference/language-model.md.
"""

import argparse
from pathlib import Path

import spacy
from spacy.tokens import DocBin
from spacy.training import Example

ROWS = (
    ("token_acc", "tokens"),
    ("tag_acc", "tags (Penn)"),
    ("pos_acc", "parts of speech (UD)"),
    ("morph_acc", "morphology"),
    ("lemma_acc", "lemmas"),
    ("dep_uas", "heads (UAS)"),
    ("dep_las", "heads and labels (LAS)"),
    ("sents_f", "sentences, F1"),
)
RELATIONS = (
    "nsubj",
    "nsubj:pass",
    "obj",
    "obl:agent",
    "aux:pass",
    "acl:relcl",
    "conj",
    "nmod:poss",
    "xcomp",
    "ccomp",
    "advcl",
)


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("model", type=Path)
    ask.add_argument("test", type=Path)
    ask.add_argument("--names", type=Path)
    said = ask.parse_args()
    nlp = spacy.load(said.model)
    gold = list(DocBin().from_disk(said.test).get_docs(nlp.vocab))
    scores = nlp.evaluate([Example(nlp.make_doc(doc.text), doc) for doc in gold])
    print("| what | on the test set |\n|---|---|")
    for key, name in ROWS:
        print(f"| {name} | {100 * scores[key]:.1f} |")
    print("\n| relation | precision | recall |\n|---|---|---|")
    for relation in RELATIONS:
        found = scores["dep_las_per_type"].get(relation)
        if found:
            print(f"| `{relation}` | {100 * found['p']:.0f} | {100 * found['r']:.0f} |")
    if said.names:
        people = list(DocBin().from_disk(said.names).get_docs(nlp.vocab))
        named = nlp.evaluate([Example(nlp.make_doc(doc.text), doc) for doc in people])
        print(f"\nNames of people, held out: precision {100 * named['ents_p']:.0f}, recall {100 * named['ents_r']:.0f}")


if __name__ == "__main__":
    main()
