"""Whether a rule does what its examples say, in words for whoever writes it."""

from collections.abc import Iterator

from pmlint.rules.examples import run_one
from pmlint.rules.rule import Example, Rule
from pmlint.source import Source, Span


def failures(rule: Rule) -> Iterator[str]:
    """What is wrong, example by example; nothing where all of them hold."""
    for number, example in enumerate(rule.bad, start=1):
        yield from _of(rule, example, f"bad example {number}", example.spans)
        if not example.spans:
            yield f"bad example {number} marks nothing; put ⟦ ⟧ around the words that should be reported"
    for number, example in enumerate(rule.good, start=1):
        yield from _of(rule, example, f"good example {number}", ())


def _of(rule: Rule, example: Example, name: str, marked: tuple[Span, ...]) -> Iterator[str]:
    source = Source(example.text)
    found = [problem.span for problem in run_one(rule, example)]
    for span in marked:
        if span not in found:
            yield f"{name} marks {_shown(source, span)}, and nothing is reported there"
    for span in found:
        if span not in marked:
            yield f"{name} does not mark {_shown(source, span)}, and it is reported"


def _shown(source: Source, span: Span) -> str:
    line, column = source.position(span.start)
    return f"'{' '.join(source[span].split())}' (line {line}, column {column})"
