"""What a rule is, and how one is made from a function."""

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, get_type_hints

from msgspec import Struct

from pmlint.document.model import Kind, Postmortem
from pmlint.rules.families import COLLECTION
from pmlint.rules.problem import Confidence, Level, Problem
from pmlint.source import Span

if TYPE_CHECKING:
    from pmlint.rules.digest import Across, Digest


RECORDS = frozenset({Kind.POSTMORTEM, Kind.INCIDENT})
"""What tells an incident from its start: the look back on it, and the live record that it is written from."""


class Option(Struct, frozen=True):
    """One setting of a rule, taken from a keyword-only parameter of its check."""

    name: str
    type: Any
    default: Any
    help: str = ""


Marked = str | tuple[str, str] | tuple[str, str, dict[str, Any]]
"""A marked text, and perhaps the text after the fix, and options."""


class Example(Struct, frozen=True, dict=True):
    """A piece of a document, taken apart only by who looks at it, which a check never does."""

    marked: Marked

    @property
    def text(self) -> str:
        """Without the marks ⟦ ⟧."""
        return self._unmarked[0]

    @property
    def spans(self) -> tuple[Span, ...]:
        """The places that the marks stood around."""
        return self._unmarked[1]

    @property
    def fixed(self) -> str | None:
        """The text after the fix."""
        return _dedent(str(self._parts[1])) if len(self._parts) > 1 else None

    @property
    def options(self) -> tuple[tuple[str, Any], ...]:
        """What the rule is set to for it."""
        return tuple(dict(*self._parts[2:]).items())

    @property
    def _parts(self) -> tuple[Any, ...]:
        return self.marked if isinstance(self.marked, tuple) else (self.marked,)

    @cached_property
    def _unmarked(self) -> tuple[str, tuple[Span, ...]]:
        return unmark(_dedent(self._parts[0]))


Check = Callable[..., Iterator[Any]]
"""Of one document, giving problems; in the family `collection`, of all of them, giving problems with their places."""

# Parameters that the engine fills from the run, not from the rule's options: the day, the names of all rules and
# families, the suppressions that silenced nothing, and what the language pass read.
CONTEXT = frozenset({"today", "known", "idle", "exists", "judgements"})


class Rule(Struct, frozen=True, kw_only=True):
    """One check with everything that is known about it, whether it was written in Python or as data."""

    name: str
    family: str
    level: Level
    confidence: Confidence
    summary: str
    """One sentence: what it reports."""
    why: str
    """Why it matters, for a person who disagrees."""
    help: str
    """What a good answer looks like."""
    sources: tuple[str, ...]
    """Where it comes from: paper, book, guide."""
    good: tuple[Example, ...]
    bad: tuple[Example, ...]
    check: Check
    options: tuple[Option, ...] = ()
    context: frozenset[str] = frozenset()
    kinds: frozenset[Kind] = frozenset({Kind.POSTMORTEM})
    """The kinds of document it speaks about."""
    needs: frozenset[str] = frozenset()
    """What must have run before: `english` for rules about wording."""
    templates: bool = False
    """Whether it also speaks about templates and half-filled documents."""
    since: str = "0.1"
    origin: str = ""
    """What brings it where it does not ship with pmlint: an installed package, or a file of the house."""

    @property
    def fixable(self) -> bool:
        """Derived from the examples: some bad one shows the text after the fix."""
        return any(example.fixed is not None for example in self.bad)

    @property
    def across(self) -> bool:
        """Whether it reads all documents of a run together."""
        return self.family == COLLECTION

    def run(self, doc: Postmortem, given: Mapping[str, Any]) -> Iterator[Problem]:
        """The problems of `doc`, with the options and context in `given` that this rule knows."""
        return self.check(doc, **self._known(given))

    def run_across(self, digests: "tuple[Digest, ...]", given: Mapping[str, Any]) -> "Iterator[Across]":
        """The problems between the incidents of a run, of a rule that reads them all."""
        return self.check(digests, **self._known(given))

    def _known(self, given: Mapping[str, Any]) -> dict[str, Any]:
        known = [*(option.name for option in self.options), *self.context]
        return {name: given[name] for name in known if name in given}


def rule(
    *,
    level: Level,
    help: str,
    good: list[str],
    bad: list[Marked],
    confidence: Confidence = Confidence.HIGH,
    sources: tuple[str, ...] = (),
    kinds: frozenset[Kind] = frozenset({Kind.POSTMORTEM}),
    needs: frozenset[str] = frozenset(),
    templates: bool = False,
    since: str = "0.1",
    family: str | None = None,
) -> Callable[[Check], Rule]:
    """Make a `Rule` of a check.

    The name comes from the function, summary and reason from its docstring, the options from its keyword-only
    parameters, and the family, unless it is said, from its module (`structure` or, where a family fills several,
    `structure_dates`); none of them is written twice.
    """

    def make(check: Check) -> Rule:
        summary, _, why = inspect.cleandoc(check.__doc__ or "").partition("\n\n")
        options, context = _parameters(check)
        return Rule(
            name=check.__name__.replace("_", "-"),
            family=family or check.__module__.rpartition(".")[2].partition("_")[0],
            level=level,
            confidence=confidence,
            summary=" ".join(summary.split()),
            why=why.strip(),
            help=help,
            sources=sources,
            good=tuple(Example(text) for text in good),
            bad=tuple(Example(text) for text in bad),
            check=check,
            options=options,
            context=context,
            kinds=kinds,
            needs=needs,
            templates=templates,
            since=since,
        )

    return make


def _parameters(check: Check) -> tuple[tuple[Option, ...], frozenset[str]]:
    options, context = [], set()
    for parameter in inspect.signature(check).parameters.values():
        if parameter.kind is not inspect.Parameter.KEYWORD_ONLY:
            continue
        if parameter.name in CONTEXT:
            context.add(parameter.name)
            continue
        annotation, text = _evaluated(check, parameter.annotation), ""
        if hasattr(annotation, "__metadata__"):
            text = str(annotation.__metadata__[0])
            annotation = annotation.__origin__
        options.append(Option(parameter.name, annotation, parameter.default, text))
    return tuple(options), frozenset(context)


def _evaluated(check: Check, annotation: Any) -> Any:
    """The annotation itself where a module keeps all of them as text."""
    if not isinstance(annotation, str):
        return annotation
    holder = type("_Holder", (), {"__annotations__": {"it": annotation}})
    return get_type_hints(holder, check.__globals__, include_extras=True)["it"]


_MARK = re.compile("[⟦⟧]")


def unmark(marked: str) -> tuple[str, tuple[Span, ...]]:
    """The text without the marks ⟦ ⟧, and the spans that they stood around, in order."""
    text, spans, opened, at = "", [], [], 0
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        at = mark.end()
        if mark[0] == "⟦":
            opened.append(len(text))
        else:
            spans.append(Span(opened.pop(), len(text)))
    return text + marked[at:], tuple(sorted(spans))


def _dedent(text: str) -> str:
    import textwrap  # only for who looks at examples

    return textwrap.dedent(text).strip("\n") + "\n"
