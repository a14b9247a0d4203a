"""Applies fixes to a text, and keeps only those that do what they say and nothing else."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from pmlint.engine.finding import Checked, Finding, PlacedEdit, is_read
from pmlint.source.span import Span
from pmlint.source.text import Source

Lint = Callable[[str], Checked]
"""What finds the faults of a text."""
Said = tuple[str, Span, str]
"""A rule, where it points, and what it says."""


class LeftOut(Struct, frozen=True):
    """A fix that was not made."""

    finding: Finding
    """As it is found in the text that was left."""
    reason: str


class Fixed(Struct, frozen=True):
    """A text after its fixes."""

    text: str
    checked: Checked
    """What is found in it now."""
    applied: tuple[Finding, ...] = ()
    """What was found before and is gone, in the order in which it was fixed."""
    left_out: tuple[LeftOut, ...] = ()
    """Fixes that would have done more than they say, or not what they say."""


def until_stable(text: str, lint: Lint, *, unsafe: bool = False, passed_over: Iterable[Finding] = ()) -> Fixed:
    """`text` with all fixes that hold; unsafe ones, which may change a fact, only where they are asked for.

    Each is tried: the text is checked anew, the finding has to be gone, no other may have come, and nothing else that a
    reader sees may have changed. Of fixes that overlap the first is made, and the others if they still apply then.
    Findings that are `passed_over` keep their text.
    """
    work = _Work(text, lint(text), lint, unsafe=unsafe, passed_over=passed_over)
    most = _ALL
    while batch := work.batch(most):
        reason = work.make(batch)
        if reason is None:
            most = _ALL
        elif len({finding.fix for finding in batch}) == 1:
            work.leave_out(batch, reason)
            most = _ALL
        else:
            # One of them is at fault: look for it among the first half.
            most = len({finding.fix for finding in batch}) // 2
    return work.done()


_ALL = 1_000_000


class _Work:
    """A text between two fixes, and what is known of its findings."""

    def __init__(
        self, text: str, checked: Checked, lint: Lint, *, unsafe: bool, passed_over: Iterable[Finding]
    ) -> None:
        self.text = text
        self.checked = checked
        self.lint = lint
        self.unsafe = unsafe
        self.applied: list[Finding] = []
        self.passed_over = {(finding.rule, finding.span) for finding in passed_over}
        self.left_out: dict[Said, str] = {}

    def batch(self, most: int) -> list[Finding]:
        """The next findings to fix, in order of place: no two of their fixes touch the same text, or they are one."""
        chosen: list[Finding] = []
        taken: list[Span] = []
        known: set[tuple[PlacedEdit, ...]] = set()
        for finding in self.checked.findings:
            if finding.fix is None or not (finding.fix.safe or self.unsafe):
                continue
            if (finding.rule, finding.span) in self.passed_over or _said(finding) in self.left_out:
                continue
            if finding.fix.edits in known:
                chosen.append(finding)
                continue
            spans = [edit.span for edit in finding.fix.edits]
            if len(known) < most and not any(_touch(one, other) for one in spans for other in taken):
                chosen.append(finding)
                known.add(finding.fix.edits)
                taken += spans
        return chosen

    def make(self, batch: Sequence[Finding]) -> str | None:
        """Make the fixes of `batch`, all or none; why none, where it is none."""
        fixes = dict.fromkeys(finding.fix.edits for finding in batch if finding.fix)
        change = _Change([edit for edits in fixes for edit in edits])
        if any(one.end > other.start for one, other in pairwise(change.before)):
            return "its edits overlap"
        text = change.made(self.text)
        checked = self.lint(text)
        reason = _fault(self.checked, checked, batch, change) or _reach(self.text, text, change)
        if reason is not None:
            return reason
        self.text, self.checked = text, checked
        self.applied += batch
        self.passed_over = {(rule, change.moved(span)) for rule, span in self.passed_over}
        self.left_out = {(rule, change.moved(span), said): why for (rule, span, said), why in self.left_out.items()}
        return None

    def leave_out(self, batch: Sequence[Finding], reason: str) -> None:
        self.left_out |= {_said(finding): reason for finding in batch}

    def done(self) -> Fixed:
        left = tuple(
            LeftOut(finding, self.left_out[_said(finding)])
            for finding in self.checked.findings
            if _said(finding) in self.left_out
        )
        return Fixed(self.text, self.checked, tuple(self.applied), left)


def _said(finding: Finding) -> Said:
    return finding.rule, finding.span, finding.message


def _touch(one: Span, other: Span) -> bool:
    """Whether two edits could not both be made, or only in an order that nobody chose."""
    return one.start <= other.end and other.start <= one.end


class _Change:
    """Edits of a text that do not overlap, and what they move."""

    def __init__(self, edits: Iterable[PlacedEdit]) -> None:
        self.edits = sorted(edits, key=lambda edit: edit.span)

    def made(self, text: str) -> str:
        pieces, at = [], 0
        for edit in self.edits:
            pieces += [text[at : edit.span.start], edit.text]
            at = edit.span.end
        return "".join([*pieces, text[at:]])

    def moved(self, span: Span) -> Span:
        """Where `span` lies afterwards; what an edit touches reaches from its start to its end."""
        start = self._moved(span.start, closing=False)
        return Span(start, max(start, self._moved(span.end, closing=True)))

    def _moved(self, offset: int, *, closing: bool) -> int:
        shift = 0
        for edit in self.edits:
            start, end = edit.span
            # What is put in right before a place pushes it on, what is put in right behind it does not lengthen it.
            if offset < start or (offset == start and (closing or start != end)):
                break
            if offset < end:
                return start + shift + (len(edit.text) if closing else 0)
            shift += len(edit.text) - (end - start)
        return offset + shift

    @property
    def before(self) -> list[Span]:
        """The places that are edited."""
        return [edit.span for edit in self.edits]

    @property
    def after(self) -> list[Span]:
        """The places of what stands there then."""
        places, shift = [], 0
        for edit in self.edits:
            start = edit.span.start + shift
            places.append(Span(start, start + len(edit.text)))
            shift += len(edit.text) - (edit.span.end - edit.span.start)
        return places


def _fault(before: Checked, after: Checked, batch: Sequence[Finding], change: _Change) -> str | None:
    """What is found afterwards and should not be."""
    if not is_read(after):
        return "the document could not be read afterwards"
    if len(after.crashes) > len(before.crashes):
        return f"the rule '{after.crashes[-1].rule}' crashed afterwards"
    if (before.kind, before.profile, before.score is None) != (after.kind, after.profile, after.score is None):
        return "the document would be taken for another sort of document, and be asked for less"
    places = [(finding.rule, change.moved(finding.span)) for finding in batch]
    expected = {name for finding in batch if finding.fix for name in finding.fix.leaves}
    for finding in _new(before, after, batch, change):
        if any(finding.rule == rule and finding.span.meets(span) for rule, span in places):
            return "it would still be reported"
        if expected.isdisjoint((finding.rule, finding.family)):
            return f"'{finding.rule}' would speak up instead"
    return None


def _new(before: Checked, after: Checked, batch: Sequence[Finding], change: _Change) -> Iterator[Finding]:
    """What is found afterwards and was not found before, what should be gone included."""
    fixed = {id(finding) for finding in batch}
    kept: dict[tuple[str, Span], list[Finding]] = defaultdict(list)
    for finding in before.findings:
        if id(finding) not in fixed:
            kept[finding.rule, change.moved(finding.span)].append(finding)
    left = []
    for finding in after.findings:
        same = kept[finding.rule, finding.span]
        if same:
            same.pop()
        else:
            left.append(finding)
    # The same words in another place are the same finding, as where a list is told of at its heading.
    words = Counter((finding.rule, finding.excerpt) for rest in kept.values() for finding in rest)
    for finding in left:
        if words[finding.rule, finding.excerpt]:
            words[finding.rule, finding.excerpt] -= 1
        else:
            yield finding


def _reach(before: str, after: str, change: _Change) -> str | None:
    """Whether the change is seen outside of its edits."""
    from pmlint.source.markdown import read_markup  # slow to import
    from pmlint.source.seen import seen

    old, new = read_markup(Source(before)), read_markup(Source(after))
    if old.front_matter is not None and old.front_matter.error is not None:
        # Nothing could be read of it, so nothing that is read now can differ.
        new = replace(new, front_matter=None)
    if seen(old, change.before) != seen(new, change.after):
        return "it would change what is shown in other places"
    return None


def told(fixes: Iterable[LeftOut]) -> Iterator[str]:
    """Why each fix was left out, with its place."""
    for each in fixes:
        where = f"{each.finding.path}:{each.finding.start.line}"
        title = each.finding.fix.title if each.finding.fix else ""
        yield f"the fix for {each.finding.rule} on {where} ({title}) was left out: {each.reason}"
