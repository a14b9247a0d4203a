"""The pipeline that ships, put together from spaCy's parts without what spaCy does for a pipeline that it does not know.

`spacy.load` reads a configuration, checks it, and looks for each part in registries that any installed package may add
to. With what has to be imported for that, it takes three times as long as all that ours has need of.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pmlint.language.later import put_off

if TYPE_CHECKING:
    from spacy.pipeline import TrainablePipe
    from spacy.tokens import Doc
    from spacy.vocab import Vocab
    from thinc.api import Model

SHIPPED = Path(__file__).with_name("model")

# What trains, checks configurations or talks to a terminal: most of the time that the import of spaCy takes.
_UNUSED = (
    "packaging.requirements",
    "packaging.specifiers",
    "pydantic",
    "pydantic.v1",
    "spacy.cli.info",
    "spacy.pipeline._edit_tree_internals.schemas",
    "spacy.schemas",
    "srsly._pickle_api",
    "srsly._yaml_api",
    "tqdm",
    "wasabi",
)

_BATCH = 256
"""Sentences that a part reads at once."""
_MANY = 20_000
"""Characters in all; to look for 1,300 words in so many takes half as long as to learn them."""

# As in grammar.cfg and names.cfg: width of an encoder, and its rows for words, beginnings, endings and shapes.
_GRAMMAR = (96, [5000, 1000, 2500, 1000])
_NAMES = (64, [4000, 1000, 2000, 1000])


class Shipped:
    """The grammar; and names of people, which have an encoder of their own, once somebody asks for them."""

    def __init__(self, folder: Path = SHIPPED) -> None:
        with put_off(*_UNUSED):
            import spacy  # noqa: F401 # the whole before its parts: they are made to be imported in its order
            from spacy.lang.en import EnglishDefaults
            from spacy.pipeline import Tok2Vec
            from spacy.vocab import create_vocab

        self._folder = folder
        self._vocab = create_vocab("en", EnglishDefaults)
        self._vocab.from_disk(folder / "vocab", exclude=["lookups", "vectors"])
        self._own_ways = dict(EnglishDefaults.tokenizer_exceptions)
        self._looked_at = 0
        encoder = Tok2Vec(self._vocab, _encoder(*_GRAMMAR))
        with _unchecked():
            self._tokenizer = _tokenizer(self._vocab)
            self._parts = [self._filled(part) for part in (encoder, *_grammar(self._vocab))]
        for part in self._parts:
            encoder.find_listeners(part)
        self._names: TrainablePipe | None = None

    def pipe(self, texts: Iterable[str], names: bool) -> "Iterator[Doc]":
        """Each sentence with its grammar, in order; with the names in it only where they are asked for."""
        told = list(texts)
        self._learn_own_ways(told)
        docs = (whole(self._tokenizer(text)) for text in told)
        for part in (*self._parts, self._named()) if names else self._parts:
            docs = part.pipe(docs, batch_size=_BATCH)
        return docs

    def _named(self) -> "TrainablePipe":
        if self._names is None:
            from spacy.pipeline import EntityRecognizer

            with _unchecked():
                self._names = self._filled(EntityRecognizer(self._vocab, _transitions("ner", _encoder(*_NAMES))))
        return self._names

    def _filled(self, part: "TrainablePipe") -> Any:
        return part.from_disk(self._folder / part.name, exclude=["vocab"])

    def _learn_own_ways(self, texts: list[str]) -> None:
        """Teach the tokenizer the words that are cut in a way of their own, as "don't" is, of those that occur.

        To learn all takes longer than to read a document. One may reach over a space, so spaces do not count.
        """
        found = _solid("".join(texts))
        self._looked_at += len(found)
        for word in [word for word in self._own_ways if self._looked_at > _MANY or _solid(word) in found]:
            self._tokenizer.add_special_case(word, self._own_ways.pop(word))


def whole(doc: "Doc") -> "Doc":
    """Tell the parser that a text is one sentence, since it is given one at a time."""
    for tok in doc[1:]:
        tok.is_sent_start = False
    return doc


def _solid(text: str) -> str:
    return "".join(text.split())


def _tokenizer(vocab: "Vocab") -> Any:
    from spacy.lang.en import EnglishDefaults
    from spacy.language import create_tokenizer

    defaults = type("Defaults", (EnglishDefaults,), {"tokenizer_exceptions": {}})  # those are learnt as they occur
    language: Any = SimpleNamespace(vocab=vocab, Defaults=defaults)
    return create_tokenizer()(language)


def _grammar(vocab: "Vocab") -> "Iterator[TrainablePipe]":
    from spacy.ml.models.tagger import build_tagger_model
    from spacy.pipeline import DependencyParser, EditTreeLemmatizer, Morphologizer, Tagger
    from spacy.pipeline.tok2vec import Tok2VecListener

    def listener() -> "Model[Any, Any]":
        return Tok2VecListener("*", _GRAMMAR[0])

    for kind in (Tagger, Morphologizer, EditTreeLemmatizer):
        yield kind(vocab, build_tagger_model(listener()))
    yield DependencyParser(vocab, _transitions("parser", listener()))


def _encoder(width: int, rows: list[int]) -> "Model[Any, Any]":
    from spacy.ml.models.tok2vec import MaxoutWindowEncoder, MultiHashEmbed, build_Tok2Vec_model

    return build_Tok2Vec_model(
        MultiHashEmbed(width, ["NORM", "PREFIX", "SUFFIX", "SHAPE"], rows, include_static_vectors=False),
        MaxoutWindowEncoder(width, window_size=1, maxout_pieces=3, depth=4),
    )


def _transitions(kind: Any, encoder: "Model[Any, Any]") -> "Model[Any, Any]":
    from spacy.ml.models.parser import build_tb_parser_model

    return build_tb_parser_model(
        encoder, kind, extra_state_tokens=False, hidden_width=64, maxout_pieces=2, use_upper=True
    )


class _Attributes:
    """Stands for the schema of a pattern, which is asked whether there is such an attribute as the text of a word."""

    def model_dump(self) -> dict[str, None]:
        return {"orth": None}

    dict = model_dump


@contextmanager
def _unchecked() -> Iterator[None]:
    """Take what ships for sound and for spaCy's own.

    To import what checks patterns and trees would take longer than all the rest, and all packages would be asked for
    codecs of their own each time that a piece of a model is read.
    """
    import catalogue  # type: ignore[import-untyped] # it has no stub
    from spacy.matcher import phrasematcher
    from spacy.pipeline._edit_tree_internals import edit_trees

    def sound(_: object) -> list[str]:
        return []

    stand_ins: list[tuple[Any, str, Any]] = [
        (phrasematcher, "TokenPattern", _Attributes),
        (edit_trees, "validate_edit_tree", sound),
        (catalogue, "AVAILABLE_ENTRY_POINTS", {}),
    ]
    kept = [getattr(module, name) for module, name, _ in stand_ins]
    for module, name, stand_in in stand_ins:
        setattr(module, name, stand_in)
    try:
        yield
    finally:
        for (module, name, _), real in zip(stand_ins, kept, strict=True):
            setattr(module, name, real)
