"""The English pipeline: the one that ships, or another installed one by its name; loaded once, and only when asked."""

import sys
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

SHIPPED = Path(__file__).with_name("model")

# What the judge asks of a sentence; any other component of a named pipeline would be time spent for nothing.
_NEEDED = ("parser", "tagger", "morphologizer", "lemmatizer", "trainable_lemmatizer", "attribute_ruler", "ner")
_SOURCES = ("tok2vec", "transformer", "curated_transformer")


class ModelError(Exception):
    """The pipeline cannot be had: which, and why."""


@cache
def load(name: str | None = None) -> "Language":
    """The pipeline that ships, or the installed one called `name`.

    A name only, never a path: a configuration in a repository must not be able to have its own files loaded.
    """
    if name is not None and not name.isidentifier():
        raise ModelError(f"`{name}` is no name of an installed pipeline, as `en_core_web_trf` is")
    try:
        with _without_command_line(), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # spaCy's remarks on versions are for those who train
            import spacy
            from spacy.language import Language

            # Ours cuts words as spaCy's English does: building that cutter a second time, from a file, is for others.
            nlp = spacy.load(name) if name else spacy.load(SHIPPED, exclude=["tokenizer"])
    except Exception as problem:  # a model is a package of its own and may fail in any way
        told = " ".join(str(problem).split()) or type(problem).__name__
        raise ModelError(
            f"the language model {f'`{name}`' if name else 'that ships'} cannot be loaded: {told}"
        ) from None
    if not {"parser"} & set(nlp.pipe_names):
        raise ModelError(f"the language model `{name}` has no parser")
    surplus = [pipe for pipe in nlp.pipe_names if pipe not in _NEEDED + _SOURCES]
    for pipe in surplus:
        nlp.disable_pipe(pipe)
    Language.component(_WHOLE, func=_whole)
    nlp.add_pipe(_WHOLE, before="parser")
    return nlp


_WHOLE = "pmlint_whole_sentence"


def _whole(doc: "Doc") -> "Doc":
    """Tell the parser that a text is one sentence, since it is given one at a time."""
    for tok in doc[1:]:
        tok.is_sent_start = False
    return doc


def parse_all(texts: Iterable[str], name: str | None = None) -> "Iterator[Doc]":
    """Each text with its grammar, in order."""
    return load(name).pipe(texts)


@contextmanager
def _without_command_line() -> Iterator[None]:
    """Keep spaCy's command line out of the import of spaCy.

    `import spacy` brings in its whole command line for one function, `spacy.info`: a third of the time to import. A
    stand-in takes its place for the moment, and whoever wants the real one later still gets it.
    """
    if "spacy" in sys.modules:
        yield
        return
    command_line, info = ModuleType("spacy.cli"), ModuleType("spacy.cli.info")
    command_line.__path__ = []
    info.info = None  # type: ignore[attr-defined]
    stand_ins = {"spacy.cli": command_line, "spacy.cli.info": info}
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for module, stand_in in stand_ins.items():
            if sys.modules.get(module) is stand_in:
                del sys.modules[module]
