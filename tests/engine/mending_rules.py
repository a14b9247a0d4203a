"""Rules with fixes that are right, wrong, too wide and too many, made by hand to try the engine on."""

import re
from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from pmlint.document.model import Postmortem
from pmlint.rules.problem import Edit, Fix, Level, Problem
from pmlint.rules.rule import Rule, rule
from pmlint.source import Span


def _found(doc: Postmortem, pattern: str) -> Iterator[Span]:
    for found in re.finditer(pattern, doc.source.text):
        yield Span(*found.span())


def _replacing(span: Span, text: str, *, safe: bool = True, leaves: tuple[str, ...] = ()) -> Fix:
    return Fix((Edit(span, text),), f"write '{text}'", safe, leaves)


@rule(level=Level.WARNING, help="write the", good=["the\n"], bad=[("⟦teh⟧\n", "the\n")])
def says_teh(doc: Postmortem) -> Iterator[Problem]:
    """A slip of the finger.

    It is one.
    """
    for span in _found(doc, r"\bteh\b"):
        yield Problem(span, "'teh' is no word", fix=_replacing(span, "the"))


@rule(level=Level.WARNING, help="name the year", good=["2026\n"], bad=[("⟦26⟧\n", "2026\n")])
def short_year(doc: Postmortem) -> Iterator[Problem]:
    """A year has two figures.

    It may be another century.
    """
    for span in _found(doc, r"(?<!\d)26(?!\d)"):
        yield Problem(span, "'26' is short", fix=_replacing(span, "2026", safe=False))


@rule(level=Level.WARNING, help="none", good=["fine\n"], bad=["⟦stuck⟧\n"])
def stuck(doc: Postmortem) -> Iterator[Problem]:
    """The fix mends nothing.

    As a fault of a rule may have it.
    """
    for span in _found(doc, r"\bstuck\b"):
        yield Problem(span, "'stuck' stays", fix=_replacing(span, "stuck now"))


@rule(level=Level.WARNING, help="none", good=["fine\n"], bad=["⟦worse⟧\n"])
def worse(doc: Postmortem) -> Iterator[Problem]:
    """The fix brings another fault.

    As a fault of a rule may have it.
    """
    for span in _found(doc, r"\bworse\b"):
        yield Problem(span, "'worse' is bad", fix=_replacing(span, "teh teh"))


@rule(level=Level.WARNING, help="none", good=["fine\n"], bad=["⟦wide⟧\n"])
def wide(doc: Postmortem) -> Iterator[Problem]:
    """The fix changes how the text around it is read.

    As a fault of a rule may have it.
    """
    for span in _found(doc, r"\bwide\b"):
        yield Problem(span, "'wide' is wide", fix=_replacing(span, "```\n```\n    "))


@rule(level=Level.WARNING, help="none", good=["fine\n"], bad=["⟦gap⟧\n"])
def gap(doc: Postmortem) -> Iterator[Problem]:
    """Something has to be written, and the fix makes room for it.

    Then another rule asks for it.
    """
    for span in _found(doc, r"\bgap\b"):
        yield Problem(span, "'gap' is a gap", fix=_replacing(span, "26", leaves=("short-year",)))


@rule(level=Level.WARNING, help="none", good=["fine\n"], bad=["⟦pair⟧\n"])
def pair(doc: Postmortem) -> Iterator[Problem]:
    """Two words that are mended together.

    All or not at all.
    """
    spans = list(_found(doc, r"\bpair\b"))
    for span in spans:
        edits = tuple(Edit(each, "two") for each in spans)
        yield Problem(span, "'pair' is two", fix=Fix(edits, "write 'two'", safe=True))


def mending_rules() -> Mapping[str, Rule]:
    """The rules above, in the family `learning`."""
    rules = (says_teh, short_year, stuck, worse, wide, gap, pair)
    return {each.name: replace(each, family="learning") for each in rules}
