"""What a run comes to, and what to do next: the end of the formats that people read."""

from collections import Counter
from collections.abc import Iterator

from pmlint.engine.finding import Run
from pmlint.report.concise import closing
from pmlint.report.escape import columns, line, place
from pmlint.report.style import Style
from pmlint.report.tally import Tally, count, tally
from pmlint.rules.problem import Level

_CLOSING_LISTED = 3
_MANY_DOCUMENTS, _MANY_FINDINGS = 10, 200
"""From so many on, nobody mends them one by one before the first gate."""
_JOINED = "\xa0"
_BAR = 20
_TWO_COLUMNS = 84


def summary(run: Run, style: Style) -> Iterator[str]:
    """The counts, the score, the gate, and the next step."""
    figures = tally(run)
    parts = [closing(figures, Style()), _score(run, figures)]
    if figures.suppressed:
        parts.append(f"{figures.suppressed} suppressed")
    if figures.baselined:
        parts.append(f"{figures.baselined} in the baseline")
    if figures.unchanged:
        parts.append(f"{figures.unchanged} outside of the changes")
    # painted when it is cut into rows: colours take no room
    first, *rest = _lines("; ".join(filter(None, parts)), style)
    said, ink = (figures.words, "strong") if figures.findings else ("no findings", "good")
    yield first.replace(said, style.paint(said, ink), 1)
    yield from rest
    yield from _chart(run, style)
    yield from _gate(run, style)
    if run.crashes:
        whose = " and ".join(dict.fromkeys(line(crash.origin) for crash in run.crashes))
        yield from _lines(
            f"{count(len(run.crashes), 'rule')} crashed: that is a fault of {whose} and not of the document; "
            "all other rules ran",
            style,
        )
    yield from next_step(run, figures, style)


def next_step(run: Run, figures: Tally, style: Style) -> Iterator[str]:
    """What to do about the findings, if there are any."""
    if not figures.findings:
        return
    worst = Level.ERROR if figures.errors else Level.WARNING if figures.warnings else Level.INFO
    rules = Counter([finding.rule for finding in run.findings if finding.level is worst])
    rule = min(rules, key=lambda name: (-rules[name], name))
    first = "let `--fix` make the safe fixes, then " if figures.safely_fixable else ""
    start = "start with the errors: " if worst is Level.ERROR else ""
    if figures.documents >= _MANY_DOCUMENTS and figures.findings >= _MANY_FINDINGS and not figures.baselined:
        rest = f"{_whole('`pmlint baseline`')} accepts what is there, so that only what is new counts"
    else:
        comment = _whole(f"`<!-- pmlint ignore {line(rule)} -- reason -->`")
        rest = f"where a rule does not fit here, {comment} above the place says so"
    explain = _whole(f"`pmlint explain {line(rule)}`")
    text = f"next: {first}{start}{explain} shows a good example; {rest}"
    head, *rows = (row.replace(_JOINED, " ") for row in wrap(text, style.prose))
    yield head.replace("next:", style.paint("next:", "strong"), 1)
    yield from rows


def _whole(words: str) -> str:
    """What is to be copied, so that no line ends within."""
    return words.replace(" ", _JOINED)


def wrap(text: str, room: int, first: int | None = None) -> Iterator[str]:
    """`text` in rows of at most `room` columns, as far as its words allow, the first one in `first`."""
    row, width = "", 0
    left = room if first is None else first
    for word in text.split(" "):
        wide = columns(word)
        # build services take a row that begins with two colons for a command
        if row and width + 1 + wide > left and not word.startswith("::"):
            yield row
            row, width, left = word, wide, room
        else:
            row, width = (f"{row} {word}", width + 1 + wide) if row else (word, wide)
    yield row


def _lines(text: str, style: Style) -> Iterator[str]:
    """One line for programs, for people as many as it takes."""
    return wrap(text, style.prose) if style.terminal else iter((text,))


def _score(run: Run, figures: Tally) -> str:
    scored = [document for document in run.documents if document.score is not None]
    if len(scored) > 1:
        return f"scores from {figures.lowest_score}, {figures.mean_score} on average"
    if not scored:
        return ""
    weakest = [name for name, score in sorted(scored[0].scores, key=lambda pair: pair[1])[:2] if score < 100]
    return f"score {scored[0].score} of 100" + (f", weakest in {' and '.join(weakest)}" if weakest else "")


def _chart(run: Run, style: Style) -> Iterator[str]:
    """The parts of the score of a single document, as bars."""
    scored = [document for document in run.documents if document.score is not None]
    if not style.terminal or len(scored) != 1 or not run.findings:
        return
    widest = max(len(name) for name, _ in scored[0].scores)
    rows = [_bar(line(name).ljust(widest), value, style) for name, value in scored[0].scores]
    half = -(-len(rows) // 2) if style.width >= _TWO_COLUMNS else len(rows)
    for left, right in zip(rows[:half], [*rows[half:], *([""] * half)], strict=False):
        yield f"  {left}    {right}".rstrip()


def _bar(name: str, value: int, style: Style) -> str:
    full, empty = ("━", "─") if style.symbols else ("#", ".")
    filled = round(_BAR * value / 100)
    bar = style.paint(full * filled, "gutter") + style.paint(empty * (_BAR - filled), "quiet")
    return f"{name} {value:>3} {bar}"


def _gate(run: Run, style: Style) -> Iterator[str]:
    closing_it = [document for document in run.documents if document.closes]
    if not closing_it:
        return
    if len(closing_it) > _CLOSING_LISTED:
        yield f"gate closed by {len(closing_it)} documents"
        return
    reasons = [f"{place(document.path)}: {line(', '.join(document.closes))}" for document in closing_it]
    yield from wrap(f"gate closed by {'; '.join(reasons)}", style.prose)
