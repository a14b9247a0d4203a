"""The pipeline is imported for a document that needs it, and for no other."""

import subprocess
import sys

import pytest

PROBE = """
import sys
from pmlint.document.parse import parse
from pmlint.language.read import judgements
found = judgements([parse(sys.stdin.read())])
print(len(found[0]), "spacy" in sys.modules)
"""


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        pytest.param("The database ran out of disk space.", "0 False", id="nothing-to-read"),
        pytest.param("", "0 False", id="nothing-at-all"),
        pytest.param("The operator made no mistake.", "0 True", id="innocent-once-read"),
        pytest.param("The operator forgot to renew the certificate.", "1 True", id="blame"),
    ],
)
def test_spacy_is_imported_only_where_a_sentence_needs_it(sentence: str, expected: str) -> None:
    text = f"# Checkout was down\n\n## Summary\n\n{sentence}\n\n## Impact\n\n3,100 payments failed.\n"
    done = subprocess.run([sys.executable, "-c", PROBE], input=text, capture_output=True, text=True, check=True)

    assert done.stdout.strip() == expected
