"""The `text` format: what a reviewer would say, beside the words that it is about."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache

from pmlint.engine.finding import Checked, Finding, RelatedPlace, Run
from pmlint.report.concise import notes
from pmlint.report.escape import columns, line, place
from pmlint.report.rule_info import RuleInfo, about, named
from pmlint.report.snippet import draw, mark
from pmlint.report.stream import rows
from pmlint.report.style import Style, bare
from pmlint.report.summary import summary, wrap
from pmlint.report.tally import count

# From the fourth finding of one rule in one document on, its message alone says enough.
_DRAWN_PER_RULE = 3
_RELATED_DRAWN = 3
_RELATED_LISTED = 12


def parts(run: Run, rules: Mapping[str, RuleInfo], *, style: Style) -> Iterator[str]:
    """The findings grouped by document, then the summary and what to do next."""
    taught: set[str] = set()
    for document in run.documents:
        if document.findings:
            yield rows(*_document(document, rules, taught, style), "")
    said = [*notes(run, style), *_skipped(run, style)]
    yield rows(*said, *([""] if said else []), *summary(run, style))


def _document(document: Checked, rules: Mapping[str, RuleInfo], taught: set[str], style: Style) -> Iterator[str]:
    yield from _header(document, style)
    lines = [finding.start.line for finding in document.findings]
    lines += [related.start.line for finding in document.findings for related in finding.related]
    gutter = len(str(max(lines)))
    seen: Counter[str] = Counter()
    helped: set[tuple[str, str]] = set()
    above: Finding | None = None
    for finding in document.findings:
        seen[finding.rule] += 1
        full = seen[finding.rule] <= _DRAWN_PER_RULE
        if full or seen[finding.rule] == _DRAWN_PER_RULE + 1 or above is None or above.rule != finding.rule:
            yield ""
        yield from _headline(finding, rules, gutter, style)
        if full:
            yield from _pictures(finding, gutter, style, known=above is not None and above.span == finding.span)
        if full and finding.related:
            yield from _listed(finding, gutter, style)
        if full and finding.fix is not None:
            way = "--fix" if finding.fix.safe else "--fix --unsafe-fixes"
            yield from _note("fix", f"{finding.fix.title} ({way})", gutter, style)
        if (finding.rule, finding.help) not in helped:
            helped.add((finding.rule, finding.help))
            yield from _teach(finding, about(finding, rules), taught, gutter, style)
        above = finding


def _header(document: Checked, style: Style) -> Iterator[str]:
    parts = [document.kind]
    if document.profile:
        # the usual profile needs no reason
        reason = f" ({line(document.profile_reason)})" if document.profile != "standard" else ""
        parts.append(f"profile {line(document.profile)}{reason}")
    if document.score is not None:
        parts.append(f"score {document.score} of 100")
    name, about_it = place(document.path), ", ".join(parts)
    title = style.file(style.paint(name, "strong"), document.path)
    if not style.terminal or columns(name) + 2 + columns(about_it) <= style.width:
        yield f"{title}  {style.paint(about_it, 'quiet')}"
        return
    yield title
    yield from (style.paint(row, "quiet") for row in wrap(about_it, style.prose))


def _headline(finding: Finding, rules: Mapping[str, RuleInfo], gutter: int, style: Style) -> Iterator[str]:
    where = f"{place(finding.path)}:{finding.start.line}:{finding.start.column}"
    level = style.level(finding.level, f"{finding.level}[{named(finding, rules, style)}]")
    message = line(finding.message)
    if not style.terminal:
        yield f"{where} {level} {style.paint(message, 'strong')}"
        return
    lead = columns(f"{finding.level}[{line(finding.rule)}] ")
    first, *rest = wrap(message, style.prose - 2, style.prose - lead)
    yield f"{level} {style.paint(first, 'strong')}"
    yield from (f"  {style.paint(row, 'strong')}" for row in rest)
    yield f"{' ' * gutter}{style.paint('-->', 'gutter')} {style.file(where, finding.path)}"


def _pictures(finding: Finding, gutter: int, style: Style, *, known: bool) -> Iterator[str]:
    """The lines that are meant, in document order; `known` where the finding above showed the first."""
    pictures: list[tuple[int, list[str]]] = []
    drawn = _drawn(finding) if finding.related else []
    if not known:
        marked = mark(finding.context, finding.start, finding.end, finding.excerpt)
        rows = draw(marked, style=style, ink=str(finding.level), gutter=gutter)
        if not drawn:
            yield from rows
            return
        pictures.append((finding.start.line, rows))
    for related in drawn:
        marked = mark(related.context, related.start, related.end)
        rows = draw(marked, style=style, ink="info", gutter=gutter, sign="-")
        rows = list(_captioned(rows, line(related.message), gutter, style))
        pictures.append((related.start.line, rows))
    above = None
    source = ""
    for number, rows in sorted(pictures, key=lambda picture: picture[0]):
        if rows and above is None:
            yield rows[0]
        elif rows and above is not None and number > above + 1:
            yield style.paint("...", "gutter")
        # a line that stands right above is marked once more, and not shown once more
        yield from rows[2 if number == above and rows[1:2] == [source] else 1 :]
        if rows:
            above, source = number, rows[1]


def _captioned(rows: list[str], message: str, gutter: int, style: Style) -> Iterator[str]:
    """The rows of a picture with what is said of it: behind the marks, or below where a terminal has no room there."""
    yield from rows[:-1]
    if not style.terminal or columns(bare(rows[-1])) + 1 + columns(message) <= style.width:
        yield f"{rows[-1]} {style.paint(message, 'info')}".rstrip()
        return
    yield rows[-1]
    for row in wrap(message, style.prose - gutter - 5):
        yield f"{' ' * gutter} {style.paint('|', 'gutter')}   {style.paint(row, 'info')}"


def _drawn(finding: Finding) -> list[RelatedPlace]:
    """The related places to show, where they are few."""
    related = [other for other in finding.related if other.context.strip()]
    return related if len(finding.related) <= _RELATED_DRAWN else []


def _listed(finding: Finding, gutter: int, style: Style) -> Iterator[str]:
    """The related places that are not shown, by what is said of them."""
    drawn = _drawn(finding)
    places: dict[str, dict[int, None]] = {}
    for related in finding.related:
        if related not in drawn:
            places.setdefault(related.message, {})[related.start.line] = None
    for message, lines in places.items():
        numbers = list(lines)
        text = f"{'line' if len(numbers) == 1 else 'lines'} {', '.join(map(str, numbers[:_RELATED_LISTED]))}"
        if len(numbers) > _RELATED_LISTED:
            text += f" and {len(numbers) - _RELATED_LISTED} more"
        yield from _note("see", f"{text}: {message}" if message else text, gutter, style)


def _teach(finding: Finding, rule: RuleInfo, taught: set[str], gutter: int, style: Style) -> Iterator[str]:
    """What good looks like; the first time in a run also why it matters and where to read on."""
    if finding.help:
        yield from _note("help", finding.help, gutter, style)
    if finding.rule in taught:
        return
    taught.add(finding.rule)
    if rule.why:
        yield from _note("why", rule.why.strip().partition("\n\n")[0], gutter, style)
    yield from _note("more", f"pmlint explain {finding.rule}", gutter, style)


@lru_cache(maxsize=4096)
def _note(label: str, text: str, gutter: int, style: Style) -> tuple[str, ...]:
    """A text in rows; most are said of many documents."""
    lead = f"{label}: ".ljust(6)
    room = max(style.prose - gutter - 3 - len(lead), 40)
    margin = " " * gutter
    first, *rest = wrap(line(text), room)
    return (
        f"{margin} {style.paint('=', 'gutter')} {style.paint(lead, 'strong')}{first}",
        *(f"{margin}   {' ' * len(lead)}{part}" for part in rest),
    )


def _skipped(run: Run, style: Style) -> Iterator[str]:
    """A line for each reason; a house that does not write English needs no line for each of its documents."""
    documents = defaultdict(list)
    for document in run.documents:
        for each in Counter(reason for _, reason in document.skipped).items():
            documents[each].append(document.path)
    for (reason, number), paths in documents.items():
        more = f" and {count(len(paths) - 1, 'more document')}" if len(paths) > 1 else ""
        where = f"{count(number, 'rule')} did not run on {place(paths[0])}{more}"
        yield f"{style.paint('note', 'quiet')}: {where}: {line(reason)}"
