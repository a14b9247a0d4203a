"""Whether a rule does what its examples say, and says of itself what readers need, in words for whoever writes it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from pmlint.rules.catalogue import faults
from pmlint.rules.examples import TODAY, run_one
from pmlint.rules.families import OPEN
from pmlint.rules.problem import Problem
from pmlint.rules.rule import Example, Rule
from pmlint.source import Source, Span

_REASON = 12
"""Words; what is shorter says that something matters, and not why."""


def failures(rule: Rule) -> Iterator[str]:
    """What is wrong, example by example; nothing where all of them hold."""
    for number, example in enumerate(rule.bad, start=1):
        yield from of_bad(rule, example, f"bad example {number}")
    for number, example in enumerate(rule.good, start=1):
        yield from of_good(rule, example, f"good example {number}")


def of_bad(rule: Rule, example: Example, name: str, *, today: date = TODAY) -> Iterator[str]:
    """What is wrong with a bad example: its marks, and the text after the fix where it shows one."""
    found = run_one(rule, example, today=today)
    yield from _differences(example, name, found, example.spans)
    if not example.spans:
        yield f"{name} marks nothing; put ⟦ ⟧ around the words that should be reported"
    if example.fixed is not None and (fixed := _fixed(example.text, found)) != example.fixed:
        yield f"{name} shows {example.fixed!r} after the fix, and the fix gives {fixed!r}"


def of_good(rule: Rule, example: Example, name: str, *, today: date = TODAY) -> Iterator[str]:
    """What is reported of a good example."""
    yield from _differences(example, name, run_one(rule, example, today=today), ())


def of_marked(rule: Rule, example: Example, *, today: date = TODAY) -> Iterator[str]:
    """What is reported of a text besides its marks, and what is not."""
    yield from _differences(example, "the text", run_one(rule, example, today=today), example.spans)


def unexplained(rule: Rule) -> Iterator[str]:
    """What a rule does not say of itself, or not so that its readers are helped."""
    for key, reason in faults(rule):
        yield f"{key} {reason}" if key else f"the name {reason}"
    if rule.family not in OPEN:
        yield f"the family '{rule.family}' is none that rules can be added to; those are {', '.join(OPEN)}"
    if rule.summary and (not rule.summary.endswith(".") or rule.summary[:1].islower()):
        yield "summary should be one sentence, with a capital and a full stop"
    if rule.why and len(rule.why.split()) < _REASON:
        yield f"why should say in {_REASON} words or more what a reader loses"
    if rule.help.endswith("."):
        yield "help should be a clause without a full stop: it follows the message"
    for option in rule.options:
        if not option.help:
            yield f"the option '{option.name}' should say what it is: `{option.name}: Annotated[int, \"...\"] = 1`"
    for number, example in enumerate(rule.good, start=1):
        if example.spans:
            yield f"good example {number} has marks, and nothing in it should be reported"


def _fixed(text: str, found: Sequence[Problem]) -> str:
    edits = [edit for problem in found if problem.fix for edit in problem.fix.edits]
    for edit in sorted(edits, key=lambda edit: edit.span, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


def _differences(example: Example, name: str, found: Sequence[Problem], marked: Sequence[Span]) -> Iterator[str]:
    source = Source(example.text)
    reported = [problem.span for problem in found]
    for span in marked:
        if span not in reported:
            yield f"{name} marks {_shown(source, span)}, and nothing is reported there"
    for span, times in Counter(reported).items():
        if span not in marked:
            yield f"{name} does not mark {_shown(source, span)}, and it is reported"
        elif times > marked.count(span):
            yield f"{name} marks {_shown(source, span)}, and it is reported more than once"


def _shown(source: Source, span: Span) -> str:
    line, column = source.position(span.start)
    return f"'{' '.join(source[span].split())}' (line {line}, column {column})"
