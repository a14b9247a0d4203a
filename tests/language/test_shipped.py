"""The pipeline that ships reads as spaCy reads with it, and leaves spaCy whole for whoever else is in the process."""

import subprocess
import sys

import pytest
import spacy
from spacy.tokens import Doc

from pmlint.language.pipeline import parse_all
from pmlint.language.shipped import SHIPPED, Shipped, whole

SENTENCES = [
    "The engineer restarted the server, and nobody had noticed.",
    "It wasn't clear who'd been paged at 10 a.m. on Saturday.",
    "They couldn't've known :-) since the U.S. page (e.g. /status) can't be cached.",
    "Olivia Brown told Daniel Smith that the on-call hadn't read https://example.org/a?b=c yet.",
    "Should have, would have: don't.",
    "A 5km cable and C++ are one thing ; i.e . another.",
    "x" * 500,
    " \n ",
    "",
    "\u202e🙂 日本語 isn't English, y'all.",
]


def read(docs: list[Doc]) -> list[list[tuple[object, ...]]]:
    """All that is known of each word."""
    return [
        [
            (tok.text, tok.whitespace_, tok.norm_, tok.tag_, tok.pos_, str(tok.morph), tok.lemma_, tok.dep_, tok.head.i)
            for tok in doc
        ]
        for doc in docs
    ]


@pytest.fixture(scope="module")
def expected() -> list[Doc]:
    nlp = spacy.load(SHIPPED)
    texts = [whole(nlp.make_doc(text)) for text in SENTENCES]
    return list(nlp.pipe(texts))


TOGETHER = [
    pytest.param([SENTENCES], id="at-once"),
    pytest.param([[text] for text in SENTENCES], id="one-by-one"),
    pytest.param([SENTENCES + ["The queue was full."] * 1300], id="very-many"),
]


@pytest.mark.parametrize("batches", TOGETHER)
def test_it_reads_as_spacy_does(batches: list[list[str]], expected: list[Doc]) -> None:
    shipped = Shipped()
    docs = [doc for texts in batches for doc in shipped.pipe(texts, names=False)][: len(SENTENCES)]

    assert read(docs) == read(expected)


def test_names_are_those_that_spacy_finds_and_only_there_when_asked_for(expected: list[Doc]) -> None:
    without, asked = (list(parse_all(SENTENCES, names=names)) for names in (False, True))

    assert {tok.ent_type_ for doc in without for tok in doc} == {""}
    assert [[ent.text for ent in doc.ents] for doc in asked] == [[ent.text for ent in doc.ents] for doc in expected]
    assert [ent.text for ent in asked[3].ents] == ["Olivia Brown", "Daniel Smith"]


READ = "from pmlint.language.pipeline import parse_all; print(*[tok.lemma_ for tok in next(parse_all(['He slept.']))])"

AFTERWARDS = [
    pytest.param("import sys; print(*{'pydantic', 'pydantic.main', 'spacy.cli'} & {*sys.modules})", "", id="lean"),
    pytest.param("import spacy; print(spacy.blank('en')('It is.')[1])", "is", id="blank"),
    pytest.param("import spacy; print(spacy.util.is_package('no_such'))", "False", id="util"),
    pytest.param(
        "import spacy; print(spacy.info(silent=True)['spacy_version'] == spacy.__version__)", "True", id="info"
    ),
    pytest.param(
        "import spacy.cli; from spacy.cli.info import info; print(spacy.cli.info is info)",
        "True",
        id="command-line",
    ),
    pytest.param(
        "from pathlib import Path; import spacy; from pmlint.language.shipped import SHIPPED; "
        "print(*spacy.load(SHIPPED).pipe_names)",
        "tok2vec tagger morphologizer trainable_lemmatizer parser ner",
        id="load",
    ),
    pytest.param(
        "from spacy.schemas import ConfigSchemaNlp, validate; print(validate(ConfigSchemaNlp, {'lang': 3})[0])",
        "[lang] Input should be a valid string",
        id="schemas",
    ),
    pytest.param(
        "from spacy.matcher import Matcher; from spacy.vocab import Vocab\n"
        "try: Matcher(Vocab(), validate=True).add('a', [[{'NO_SUCH': 1}]])\n"
        "except Exception as problem: print(type(problem).__name__)",
        "MatchPatternError",
        id="pattern",
    ),
    pytest.param(
        "import spacy; from pydantic import BaseModel; from confection import registry\n"
        "class Plain(BaseModel): size: int\n"
        "try: registry.resolve({'size': 'no'}, schema=Plain)\n"
        "except Exception as problem: print(type(problem).__name__)",
        "ConfigValidationError",
        id="configuration",
    ),
]


@pytest.mark.parametrize(("code", "printed"), AFTERWARDS)
def test_spacy_is_whole_for_whoever_uses_it_afterwards(code: str, printed: str) -> None:
    command = [sys.executable, "-W", "ignore", "-c", f"{READ}\n{code}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (done.stdout, done.stderr) == (f"he sleep .\n{printed}\n", "")


def test_with_a_spacy_that_is_different_inside_it_is_loaded_as_any_other() -> None:
    code = f"import spacy; del spacy.vocab.create_vocab\n{READ}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert (done.stdout, done.stderr) == ("he sleep .\n", "")
