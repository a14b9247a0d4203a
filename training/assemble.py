"""Put the trained grammar and names together as one pipeline that carries nothing it does not need.

usage: python assemble.py GRAMMAR_DIR NAMES_DIR TARGET_DIR
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import spacy
import srsly
from spacy.language import Language
from spacy.strings import StringStore

SOURCES = [
    ("Universal Dependencies English Web Treebank", "UniversalDependencies/UD_English-EWT", "CC BY-SA 4.0"),
    ("WNUT 2017", "leondz/emerging_entities_17", "CC BY 4.0"),
    ("Broad Twitter Corpus", "GateNLP/broad_twitter_corpus", "CC BY 4.0"),
    ("Universal NER, English EWT", "UniversalNER/UNER_English-EWT", "CC BY-SA 4.0"),
]


def main() -> None:
    grammar, names, target = (Path(argument) for argument in sys.argv[1:4])
    nlp = spacy.load(grammar)
    nlp.add_pipe("ner", source=spacy.load(names))
    nlp.meta.update(
        name="pmlint",
        description="English grammar and names of people, for reading incident postmortems",
        license="CC BY-SA 4.0",
        author="pmlint contributors",
        sources=[
            {"name": name, "url": f"https://github.com/{place}", "license": licence} for name, place, licence in SOURCES
        ],
    )
    # Where the training data lay is of no use to a reader, and differs from machine to machine.
    nlp.config["paths"] = {}
    nlp.config["corpora"] = {}
    nlp.config["initialize"] = {**nlp.config["initialize"], "vectors": None, "init_tok2vec": None}
    nlp.to_disk(target, exclude=["lookups", "vectors"])
    prune_strings(target, nlp)
    meta = json.loads((target / "meta.json").read_text(encoding="utf-8"))
    meta.pop("performance", None)
    (target / "meta.json").write_text(json.dumps(meta, indent=1) + "\n", encoding="utf-8")


def prune_strings(target: Path, nlp: Language) -> None:
    """Leave out the words of the training data: they are hashed as they come, and only answers need a name."""
    kept = StringStore()
    for text in spacy.blank("en").vocab.strings:
        kept.add(text)
    for name in nlp.pipe_names:
        for label in getattr(nlp.get_pipe(name), "labels", ()):
            kept.add(str(label))
            for feature in str(label).split("|"):
                kept.add(feature)
                for part in feature.split("="):
                    kept.add(part)
    trees = srsly.msgpack_loads((target / "trainable_lemmatizer" / "trees").read_bytes())
    numbers = set(integers(trees))
    for text in nlp.vocab.strings:
        if nlp.vocab.strings[text] in numbers:
            kept.add(text)
    srsly.write_json(target / "vocab" / "strings.json", sorted(kept))


def integers(value: object) -> Iterator[int]:
    """Every whole number anywhere in nested lists and mappings."""
    if isinstance(value, int):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from integers(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from integers(inner)


if __name__ == "__main__":
    main()
