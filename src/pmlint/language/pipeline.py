"""The English pipeline: the one that ships, or another installed one by its name; loaded once, and only when asked."""

import warnings
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Protocol

from pmlint.language.later import put_off

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.language import Language
    from spacy.tokens import Doc

# What the judge asks of a sentence; any other component of a named pipeline would be time spent for nothing.
_NEEDED = ("parser", "tagger", "morphologizer", "lemmatizer", "trainable_lemmatizer", "attribute_ruler", "ner")
_SOURCES = ("tok2vec", "transformer", "curated_transformer")


class ModelError(Exception):
    """The pipeline cannot be had: which, and why."""


class Pipeline(Protocol):
    """What reads sentences."""

    def pipe(self, texts: Iterable[str], names: bool) -> "Iterator[Doc]":
        """Each text with its grammar, in order, and with the names of people in it where they are asked for."""


@cache
def load(name: str | None = None) -> Pipeline:
    """The pipeline that ships, or the installed one called `name`.

    A name only, never a path: a configuration in a repository must not be able to have its own files loaded.
    """
    if name is not None and not name.isidentifier():
        raise ModelError(f"`{name}` is no name of an installed pipeline, as `en_core_web_trf` is")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # spaCy's remarks on versions are for those who train
            return _Whole(name) if name else _shipped()
    except ModelError:
        raise
    except Exception as problem:  # a model is a package of its own and may fail in any way
        told = " ".join(str(problem).split()) or type(problem).__name__
        raise ModelError(
            f"the language model {f'`{name}`' if name else 'that ships'} cannot be loaded: {told}"
        ) from None


def parse_all(texts: Iterable[str], name: str | None = None, *, names: bool = False) -> "Iterator[Doc]":
    """Each text with its grammar, in order, and with the names of people in it where they are asked for."""
    for doc in load(name).pipe(texts, names):
        _retag(doc)
        yield doc


# Forms that are verbs wherever they stand; in clipped notes ("shift lead forgets the report") the tagger sees nouns.
_VERBS = {
    **dict.fromkeys(("forgets", "ignores", "neglects", "omits", "misreads", "misunderstands", "misjudges", "confuses", "refuses", "hesitates", "insists"), "VBZ"),
    **dict.fromkeys(("forgot", "mistook", "misunderstood", "overrode", "overslept", "chose", "insisted", "hesitated", "persisted"), "VBD"),
}  # fmt: skip


_ALONE = frozenset({"forgot", "mistook", "overslept", "chose", "insisted", "hesitated", "persisted"})
"""Of these no participle stands by itself."""


def _retag(doc: "Doc") -> None:
    for tok in doc:
        tag = _VERBS.get(tok.lower_)
        if tag is None or tok.tag_ == tag or any(child.dep_.startswith("aux") for child in tok.children):
            continue
        if tok.tag_ != "VBN" or tok.lower_ in _ALONE:
            tok.tag_, tok.pos_ = tag, "VERB"


def _shipped() -> Pipeline:
    from pmlint.language.shipped import SHIPPED, Shipped

    try:
        return Shipped()
    except (ImportError, AttributeError, TypeError):
        return _Whole(SHIPPED)  # with a spaCy that is different inside


class _Whole:
    """A pipeline as spaCy loads it."""

    def __init__(self, name: "str | Path") -> None:
        self._nlp = _loaded(name)

    def pipe(self, texts: Iterable[str], names: bool) -> "Iterator[Doc]":
        """Each text with its grammar, in order."""
        return self._nlp.pipe(texts, disable=[] if names else ["ner"])


def _loaded(name: "str | Path") -> "Language":
    # `import spacy` brings in its whole command line for this one function, which nobody calls.
    with put_off("spacy.cli.info"):
        import spacy
        from spacy.language import Language

    from pmlint.language.shipped import whole

    nlp = spacy.load(name)
    if "parser" not in nlp.pipe_names:
        raise ModelError(f"the language model `{name}` has no parser")
    for pipe in [pipe for pipe in nlp.pipe_names if pipe not in _NEEDED + _SOURCES]:
        nlp.disable_pipe(pipe)
    Language.component(_WHOLE, func=whole)
    nlp.add_pipe(_WHOLE, before="parser")
    return nlp


_WHOLE = "pmlint_whole_sentence"
