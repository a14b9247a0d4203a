"""Where another voice is quoted."""

import pytest

from pmlint.source.quotation import quotations


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("He said “it is fine” and left", ["“it is fine”"], id="curly"),
        pytest.param('He said "it is fine" and left', ['"it is fine"'], id="straight"),
        pytest.param("«tout va bien» «ok»", ["«tout va bien»", "«ok»"], id="guillemets"),
        pytest.param("担当者「問題ない」と『復旧』", ["「問題ない」", "『復旧』"], id="corner brackets"),
        pytest.param("„alles gut“", ["„alles gut“"], id="low mark"),
        pytest.param("the ‘quick fix’ was", ["‘quick fix’"], id="single marks around two words"),
        pytest.param("the ‘prod’ cluster", [], id="single marks around one word"),
        pytest.param('the "quick" fix', ['"quick"'], id="scare quotes"),
        pytest.param("didn’t, engineers’ and it's", [], id="apostrophes"),
        pytest.param("‘it wasn’t me’, he said", ["‘it wasn’t me’"], id="apostrophe in single marks"),
        pytest.param("the ‘90s users’ data", [], id="shortened year"),
        pytest.param("“it\nis fine”", ["“it\nis fine”"], id="over a line"),
        pytest.param('"a\nb\nc\nd\ne"', [], id="over too many lines"),
        pytest.param("“left open", [], id="never closed"),
        pytest.param("closed” only", [], id="never opened"),
        pytest.param('a 3.5" disk and a 19" rack', [], id="inches"),
        pytest.param('"" and " "', [], id="nothing inside"),
        pytest.param('("a b")', ['("a b")'[1:-1]], id="in brackets"),
        pytest.param('x="y z"', ['"y z"'], id="after an equals sign"),
        pytest.param("“a “b” c”", ["“a “b”"], id="nested"),
        pytest.param('“open "a b" on', ['"a b"'], id="open mark before another kind"),
    ],
)
def test_quotations(text: str, expected: list[str]) -> None:
    assert expected == [text[span.start : span.end] for span in quotations(text)]
