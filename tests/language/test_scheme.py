"""Each question about grammar has one answer, whichever of the two label schemes the pipeline speaks."""

from collections.abc import Callable, Iterable

import pytest
from spacy.lang.en import English
from spacy.tokens import Doc, Token

from pmlint.language import scheme

VOCAB = English().vocab


def parsed(rows: str) -> Doc:
    """A sentence from rows of `word lemma pos tag label head`; heads count from 1, and the root has 0."""
    words, lemmas, pos, tags, deps, heads = zip(*(row.split() for row in rows.strip().splitlines()), strict=True)
    return Doc(
        VOCAB,
        words=list(words),
        lemmas=list(lemmas),
        pos=list(pos),
        tags=list(tags),
        deps=list(deps),
        heads=[int(head) - 1 if head != "0" else at for at, head in enumerate(heads)],
    )


UD = {
    "passive": """
        The the DET DT det 2
        server server NOUN NN nsubj:pass 5
        was be AUX VBD aux:pass 5
        not not PART RB advmod 5
        restarted restart VERB VBN ROOT 0
        by by ADP IN case 8
        the the DET DT det 8
        operator operator NOUN NN obl:agent 5
    """,
    "copula": """
        Nobody nobody PRON NN nsubj 3
        was be AUX VBD cop 3
        aware aware ADJ JJ ROOT 0
        of of ADP IN case 5
        it it PRON PRP obl 3
    """,
    "modal": """
        She she PRON PRP nsubj 4
        should should AUX MD aux 4
        have have AUX VB aux 4
        tested test VERB VBN ROOT 0
        the the DET DT det 6
        tool tool NOUN NN nmod:poss 8
        's 's PART POS case 6
        limit limit NOUN NN obj 4
    """,
    "relative": """
        The the DET DT det 2
        operator operator NOUN NN nsubj 7
        who who PRON WP nsubj 4
        deployed deploy VERB VBD acl:relcl 2
        without without SCONJ IN mark 6
        testing test VERB VBG advcl 4
        failed fail VERB VBD ROOT 0
        to to PART TO mark 9
        check check VERB VB xcomp 7
        before before ADP IN case 11
        lunch lunch NOUN NN obl 9
    """,
    "condition": """
        If if SCONJ IN mark 4
        they they PRON PRP nsubj 4
        had have AUX VBD aux 4
        known know VERB VBN advcl 7
        it it PRON PRP nsubj 7
        would would AUX MD aux 7
        hold hold VERB VB ROOT 0
        when when ADV WRB advmod 9
        loaded load VERB VBN advcl 7
    """,
    "content": """
        They they PRON PRP nsubj 2
        thought think VERB VBD ROOT 0
        no no DET DT det 4
        alarm alarm NOUN NN nsubj 5
        rang ring VERB VBD ccomp 2
    """,
    "joined": """
        They they PRON PRP nsubj 2
        wrote write VERB VBD ROOT 0
        read read VERB VBD conj 2
        and and CCONJ CC cc 5
        ran run VERB VBD conj 2
        none none NOUN NN obj 5
    """,
}

CLEAR = {
    "passive": """
        The the DET DT det 2
        server server NOUN NN nsubjpass 5
        was be AUX VBD auxpass 5
        not not PART RB neg 5
        restarted restart VERB VBN ROOT 0
        by by ADP IN agent 5
        the the DET DT det 8
        operator operator NOUN NN pobj 6
    """,
    "copula": """
        Nobody nobody PRON NN nsubj 2
        was be AUX VBD ROOT 0
        aware aware ADJ JJ acomp 2
        of of ADP IN prep 3
        it it PRON PRP pobj 4
    """,
    "modal": """
        She she PRON PRP nsubj 4
        should should AUX MD aux 4
        have have AUX VB aux 4
        tested test VERB VBN ROOT 0
        the the DET DT det 6
        tool tool NOUN NN poss 8
        's 's PART POS case 6
        limit limit NOUN NN dobj 4
    """,
    "relative": """
        The the DET DT det 2
        operator operator NOUN NN nsubj 7
        who who PRON WP nsubj 4
        deployed deploy VERB VBD relcl 2
        without without ADP IN prep 4
        testing test VERB VBG pcomp 5
        failed fail VERB VBD ROOT 0
        to to PART TO aux 9
        check check VERB VB xcomp 7
        before before ADP IN prep 9
        lunch lunch NOUN NN pobj 10
    """,
    "condition": UD["condition"],
    "content": UD["content"],
    "joined": """
        They they PRON PRP nsubj 2
        wrote write VERB VBD ROOT 0
        read read VERB VBD conj 2
        and and CCONJ CC cc 3
        ran run VERB VBD conj 3
        none none NOUN NN dobj 5
    """,
}

QUESTIONS: list[tuple[Callable[[Token], object], str, str, object]] = [
    (scheme.subject, "relative", "failed", "operator"),
    (scheme.subject, "relative", "deployed", "who"),
    (scheme.subject, "copula", "aware", "Nobody"),
    (scheme.subject, "passive", "restarted", None),
    (scheme.passive_subject, "passive", "restarted", "server"),
    (scheme.passive_subject, "modal", "tested", None),
    (scheme.is_passive, "passive", "restarted", True),
    (scheme.is_passive, "modal", "tested", False),
    (scheme.agent, "passive", "restarted", "operator"),
    (scheme.agent, "modal", "tested", None),
    (scheme.objects, "modal", "tested", ["limit"]),
    (scheme.objects, "relative", "failed", []),
    (scheme.owner, "modal", "limit", "tool"),
    (scheme.owner, "relative", "operator", None),
    (scheme.negation, "passive", "restarted", "not"),
    (scheme.negation, "copula", "aware", "Nobody"),
    (scheme.negation, "content", "rang", "alarm"),
    (scheme.negation, "content", "thought", None),
    (scheme.negation, "joined", "ran", None),
    (scheme.auxiliaries, "condition", "known", ["had"]),
    (scheme.auxiliaries, "modal", "tested", ["should", "have"]),
    (scheme.auxiliaries, "passive", "restarted", ["was"]),
    (scheme.modal, "modal", "tested", "should"),
    (scheme.modal, "condition", "hold", "would"),
    (scheme.modal, "condition", "known", ""),
    (scheme.phrases, "copula", "aware", [("of", "it")]),
    (scheme.phrases, "relative", "check", [("before", "lunch")]),
    (scheme.phrases, "passive", "restarted", [("by", "operator")]),
    (scheme.phrases, "modal", "tested", []),
    (scheme.clauses, "relative", "deployed", [("without", "testing")]),
    (scheme.clauses, "condition", "hold", [("if", "known"), ("when", "loaded")]),
    (scheme.clauses, "relative", "failed", []),
    (scheme.opener, "relative", "testing", "without"),
    (scheme.opener, "condition", "known", "if"),
    (scheme.opener, "condition", "loaded", "when"),
    (scheme.opener, "condition", "hold", ""),
    (scheme.governor, "relative", "testing", "deployed"),
    (scheme.governor, "relative", "deployed", "operator"),
    (scheme.governor, "relative", "check", "failed"),
    (scheme.governor, "content", "rang", "thought"),
    (scheme.governor, "relative", "failed", None),
    (scheme.described, "relative", "deployed", "operator"),
    (scheme.described, "relative", "failed", None),
    (scheme.is_relative, "relative", "deployed", True),
    (scheme.is_relative, "relative", "testing", False),
    (scheme.first_conjunct, "joined", "ran", "wrote"),
    (scheme.first_conjunct, "joined", "wrote", "wrote"),
    (scheme.is_complement, "relative", "check", True),
    (scheme.is_complement, "relative", "failed", False),
    (scheme.is_content, "content", "rang", True),
    (scheme.is_content, "relative", "check", False),
]


@pytest.mark.parametrize("sentences", [pytest.param(UD, id="universal"), pytest.param(CLEAR, id="clearnlp")])
@pytest.mark.parametrize(
    ("ask", "sentence", "word", "expected"),
    [pytest.param(*case, id=f"{case[0].__name__}-{case[2]}") for case in QUESTIONS],
)
def test_both_schemes_give_one_answer(
    ask: Callable[[Token], object], sentence: str, word: str, expected: object, sentences: dict[str, str]
) -> None:
    assert told(ask(named(parsed(sentences[sentence]), word))) == expected


def named(doc: Doc, word: str) -> Token:
    [found] = (tok for tok in doc if tok.text == word)
    return found


def told(answer: object) -> object:
    """An answer with words for tokens."""
    if isinstance(answer, Token):
        return answer.text
    if isinstance(answer, tuple):
        return tuple(told(part) for part in answer)
    if isinstance(answer, Iterable) and not isinstance(answer, str):
        return [told(part) for part in answer]
    return answer


@pytest.mark.parametrize(
    ("sentences", "expected"),
    [pytest.param(UD, "aware", id="universal"), pytest.param(CLEAR, "was", id="clearnlp")],
)
def test_the_host_of_a_predicate_is_where_the_scheme_hangs_its_grammar(
    sentences: dict[str, str], expected: str
) -> None:
    assert scheme.host(named(parsed(sentences["copula"]), "aware")).text == expected


def test_children_are_asked_for_by_label() -> None:
    tested = named(parsed(UD["modal"]), "tested")

    assert told(scheme.kids(tested, frozenset({"nsubj", "obj"}))) == ["She", "limit"]


def test_an_agent_is_found_where_only_the_preposition_tells() -> None:
    plain = UD["passive"].replace("obl:agent", "obl")

    assert told(scheme.agent(named(parsed(plain), "restarted"))) == "operator"


FIXED = """
    It it PRON PRP nsubj 2
    stopped stop VERB VBD ROOT 0
    because because ADP IN case 5
    of of ADP IN fixed 3
    load load NOUN NN obl 2
"""


def test_a_preposition_of_several_words_stays_whole() -> None:
    assert told(scheme.phrases(named(parsed(FIXED), "stopped"))) == [("because of", "load")]
