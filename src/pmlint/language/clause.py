"""Where a clause begins and ends in its sentence."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_OUTSIDE = frozenset({"conj", "parataxis", "punct", "cc", "discourse", "list", "advcl:relcl"})


def reach(verb: "Token") -> tuple[int, int]:
    """The character offsets of the clause of `verb`, without the clauses that are joined to it."""
    inner = sorted({tok.i for tok in _core(verb)})
    # A stray word far before the verb is a slip of the parse more often than a part of its clause.
    first = verb.i
    for at in reversed([i for i in inner if i <= verb.i]):
        if first - at > 4:
            break
        first = at
    last = verb.i
    for at in (i for i in inner if i >= verb.i):
        if at - last > 4:
            break
        last = at
    doc = verb.doc
    return doc[first].idx, doc[last].idx + len(doc[last].text)


def _core(verb: "Token") -> "Iterator[Token]":
    yield verb
    for child in verb.children:
        before = child.i < verb.i
        if child.dep_ in _OUTSIDE or (before and child.dep_ in ("mark", "obl", "advmod", "advcl", "npadvmod", "prep")):
            continue
        if child.dep_ == "advcl" and any(
            inner.lower_ in ("because", "so", "while", "although", "since", "as") for inner in child.children
        ):
            continue
        yield from (tok for tok in child.subtree if not tok.is_punct)
