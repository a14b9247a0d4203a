"""The pipeline: which may be loaded, what is told of one that cannot be, and that it needs only its own files."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from pmlint.language.pipeline import ModelError, load, parse_all
from pmlint.language.shipped import SHIPPED

NO_NAMES = [
    pytest.param("./model", id="relative-path"),
    pytest.param("../en_core_web_sm", id="parent-folder"),
    pytest.param("/opt/models/en", id="absolute-path"),
    pytest.param("models\\en", id="backslash"),
    pytest.param("~/model", id="home"),
    pytest.param("package.model", id="dotted-name"),
    pytest.param("https://example.org/model", id="url"),
    pytest.param("en-core-web-sm", id="hyphens"),
    pytest.param("", id="empty"),
    pytest.param(str(SHIPPED), id="even-the-one-that-ships"),
]


@pytest.mark.parametrize("name", NO_NAMES)
def test_what_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(ModelError) as refused:
        load(name)

    assert str(refused.value) == f"`{name}` is no name of an installed pipeline, as `en_core_web_trf` is"


def test_a_pipeline_that_is_not_installed_is_named() -> None:
    with pytest.raises(ModelError) as missing:
        load("en_no_such_pipeline")

    assert str(missing.value).startswith("the language model `en_no_such_pipeline` cannot be loaded: ")


def test_an_installed_package_that_is_no_pipeline_is_named() -> None:
    with pytest.raises(ModelError, match="the language model `yaml` cannot be loaded: "):
        load("yaml")


def test_the_pipeline_that_ships_needs_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def refuse(*address: object, **_: object) -> None:
        asked.append(address)
        raise OSError("no network here")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    [doc] = load.__wrapped__(None).pipe(["The server stopped."], names=True)

    assert [tok.tag_ for tok in doc] == ["DT", "NN", "VBD", "."]
    assert asked == []


def test_the_pipeline_that_ships_finds_subject_verb_and_object() -> None:
    [doc] = parse_all(["The engineer restarted the server."])

    assert [(tok.text, tok.dep_, tok.head.text) for tok in doc if tok.pos_ in ("NOUN", "VERB")] == [
        ("engineer", "nsubj", "restarted"),
        ("restarted", "ROOT", "restarted"),
        ("server", "obj", "restarted"),
    ]


def test_a_text_is_one_sentence_and_texts_stay_in_order() -> None:
    texts = ["The alert fired. The engineer slept.", "The server stopped."]
    docs = list(parse_all(texts))

    assert [doc.text for doc in docs] == texts
    assert [len(list(doc.sents)) for doc in docs] == [1, 1]


def test_it_is_loaded_once() -> None:
    assert load() is load()


def test_what_reads_sentences_keeps_nothing_of_its_own_and_tells_nobody(tmp_path: Path) -> None:
    """A runtime that reports sessions to its maker keeps them in a folder first, and none of them where tests run."""
    text = "from pmlint.language.meaning import read_all; print(len(list(read_all([('', 'Bo forgot it.')]))))"
    homes = dict.fromkeys(("HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "LOCALAPPDATA", "TMPDIR"), str(tmp_path))
    quiet = {"CI", "GITHUB_ACTIONS", "GITLAB_CI", "CIRCLECI", "TF_BUILD", "ORT_DISABLE_TELEMETRY"}
    environment = {name: value for name, value in os.environ.items() if name not in quiet} | homes

    done = subprocess.run([sys.executable, "-c", text], env=environment, capture_output=True, text=True, check=True)
    assert (done.stdout, list(tmp_path.iterdir())) == ("1\n", [])
