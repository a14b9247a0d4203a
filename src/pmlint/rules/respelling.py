"""The fix of a word that only a slip of the fingers keeps from being a known one."""

from collections.abc import Iterable

from pmlint.document.model import Postmortem
from pmlint.rules.near import slip
from pmlint.rules.problem import Edit, Fix
from pmlint.source import Span


def respelled(doc: Postmortem, place: Span, word: str, known: Iterable[str]) -> Fix | None:
    """Write the known word that was meant by `word`, which stands in `place`; None where that is not plain."""
    meant = slip(word, known)
    at = doc.source.text.find(word, place.start, place.end)
    if meant is None or at < 0:
        return None
    return Fix((Edit(Span(at, at + len(word)), meant.word),), f'write "{meant.word}"', safe=meant.sure)
