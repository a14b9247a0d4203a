"""The `html` format: one page that needs nothing else, with each document beside its findings."""

from base64 import b64encode
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pmlint.engine.finding import MASK, Checked, Finding, Run
from pmlint.engine.score import WEIGHTS
from pmlint.report.escape import commandless, spelled
from pmlint.report.html_figures import histogram, ranges
from pmlint.report.rule_info import RuleInfo, about
from pmlint.report.stream import whole_lines
from pmlint.report.style import Style
from pmlint.report.tally import Tally, count, fixes, tally
from pmlint.rules.problem import Level

if TYPE_CHECKING:
    from jinja2 import Environment

_FOLDER = Path(__file__).parent / "page"
_LEVELS = (Level.ERROR, Level.WARNING, Level.INFO)
_MOST_FREQUENT = 8
_PLACES = 30
"""Related places that are named; a finding about every event of a long timeline has hundreds."""
_LONGEST = 4_000
"""Characters of one text: what a hostile document makes a message of is cut."""


def parts(run: Run, rules: Mapping[str, RuleInfo], *, style: Style) -> Iterator[str]:  # noqa: ARG001 (shape of all reports)
    """The run as a page: what it comes to, then each document, then what the rules ask."""
    css, js = ((_FOLDER / name).read_text(encoding="utf-8") for name in ("page.css", "page.js"))
    environment = _environment()
    page = environment.get_template("page.html").generate(
        **_page(run, rules),
        css=environment.filters["trusted"](css),
        js=environment.filters["trusted"](js),
        policy=_policy(css, js),
    )
    yield from map(commandless, whole_lines(page))
    yield "\n"


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # slow to import
    from markupsafe import Markup

    def shown(value: Any) -> Any:
        return value if isinstance(value, Markup) or not isinstance(value, str) else spelled(value)

    # Everything is escaped but Markup, and nothing that cannot be seen passes, wherever a template shows a text.
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=shown,
    )
    environment.filters["trusted"] = Markup
    return environment


def _policy(css: str, js: str) -> str:
    """What the page may do: show itself, with its own style and script, and nothing that comes from elsewhere."""
    style, script = (f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in (css, js))
    return (
        f"default-src 'none'; style-src {style}; script-src {script}; img-src data:; base-uri 'none'; "
        "form-action 'none'; connect-src 'none'"
    )


def _page(run: Run, rules: Mapping[str, RuleInfo]) -> dict[str, Any]:
    figures = tally(run)
    told = _rules(run, rules, figures)
    ids = {rule["name"]: rule["id"] for rule in told}
    pages = _documents(run, rules, ids)
    scored = [document for document in run.documents if document.score is not None]
    return {
        "run": run,
        "title": _title(figures),
        "found": figures.words.capitalize(),
        "gate": " ".join(filter(None, [_gate(run), *(f"{each}." for each in fixes(figures))])),
        "notes": list(_notes(run)),
        "total": figures.findings,
        "levels": [(str(level), run.count(level)) for level in _LEVELS],
        "families": sorted({rule["family"] for rule in told}),
        "confidences": [name for name in ("high", "medium", "low") if any(rule["confidence"] == name for rule in told)],
        "rules": told,
        "frequent": sorted(told, key=lambda rule: (-rule["count"], rule["name"]))[:_MOST_FREQUENT],
        "histogram": histogram([document.score for document in scored if document.score is not None]),
        "dimensions": ranges([document.scores for document in scored]),
        "mean": figures.mean_score,
        "lowest": figures.lowest_score,
        "how_many": len(run.documents),
        "named": [(_id(at), each.path) for at, each in enumerate(run.documents, start=1) if each.findings],
        "single": next(pages) if len(run.documents) == 1 else None,
        "pages": pages,
        "mask": MASK * 3,
    }


def _title(figures: Tally) -> str:
    if not figures.documents:
        return "no document was checked"
    documents = count(figures.documents, "document")
    if not figures.findings or figures.documents == 1:
        return f"{figures.words} in {documents}"
    return f"{figures.words} in {figures.with_findings} of {documents}"


def _gate(run: Run) -> str:
    if not run.documents:
        return ""
    closed = [document for document in run.documents if document.closes]
    if not closed:
        return "The gate is open."
    if len(run.documents) == 1:
        return f"The gate is closed: {', '.join(closed[0].closes)}."
    return f"The gate is closed by {count(len(closed), 'document')}."


def _notes(run: Run) -> Iterator[tuple[str, str]]:
    for warning in run.warnings:
        yield "warning", _cut(warning)
    for crash in run.crashes:
        yield "error", _cut(f"{crash.rule} crashed on {crash.path}, a fault of {crash.origin}: {crash.error}")


def _rules(run: Run, rules: Mapping[str, RuleInfo], figures: Tally) -> list[dict[str, Any]]:
    """What there is to say of each rule that found something, by family and name."""
    first: dict[str, Finding] = {}
    for finding in run.findings:
        first.setdefault(finding.rule, finding)
    number = dict(figures.rules)
    told = sorted((about(finding, rules) for finding in first.values()), key=lambda rule: (rule.family, rule.name))
    return [
        {
            "id": f"rule-{at}",
            "name": rule.name,
            "family": rule.family,
            "confidence": str(rule.confidence),
            "count": number[rule.name],
            "times": count(number[rule.name], "finding"),
            "summary": _cut(rule.summary),
            "why": [_cut(paragraph) for paragraph in rule.why.split("\n\n") if paragraph.strip()],
            "help": _cut(rule.help),
            "sources": rule.sources,
            "url": rule.url,
        }
        for at, rule in enumerate(told, start=1)
    ]


def _id(number: int) -> str:
    return f"d{number}"


def _documents(run: Run, rules: Mapping[str, RuleInfo], ids: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    from pmlint.report.html_sheet import sheet, sheets_fit  # with markupsafe

    whole = sheets_fit(run)
    for number, document in enumerate(run.documents, start=1):
        name = _id(number)
        shown = sheet(document, name, whole=whole)
        folder, mark, file = document.path.rpartition("/")
        yield {
            "id": name,
            "path": document.path,
            "folder": folder + mark,
            "file": file,
            "about": _kind(document),
            "score": document.score,
            "scores": [(dimension, value, WEIGHTS.get(dimension, 0)) for dimension, value in document.scores],
            "counts": _counts(document),
            "facts": list(_facts(document, alone=len(run.documents) == 1)),
            "findings": list(_findings(document, name, rules, ids, shown.lines)),
            "sheet": shown.html,
        }


def _kind(document: Checked) -> str:
    kind = document.kind.replace("-", " ")
    return f"{kind}, profile {document.profile}" if document.profile else kind


def _counts(document: Checked) -> list[tuple[str, int]]:
    found = Counter(finding.level for finding in document.findings)
    return [(str(level), found[level]) for level in _LEVELS]


def _facts(document: Checked, *, alone: bool) -> Iterator[str]:
    if document.profile:
        reason = f": {_cut(document.profile_reason)}" if document.profile_reason else ""
        yield f"{_kind(document)}{reason}"
    if not alone:  # where it is the only one, this stands above
        yield f"closes the gate: {', '.join(document.closes)}" if document.closes else "leaves the gate open"
    for number, what in (
        (document.suppressed, "accepted by comments in it"),
        (document.baselined, "held by the baseline"),
        (document.unchanged, "outside of what was changed"),
    ):
        if number:
            yield f"{count(number, 'more finding')} {what}"
    for reason, number in Counter(reason for _, reason in document.skipped).items():
        yield f"{count(number, 'rule')} did not run: {_cut(reason)}"


def _findings(
    document: Checked, name: str, rules: Mapping[str, RuleInfo], ids: Mapping[str, str], lines: frozenset[int]
) -> Iterator[dict[str, Any]]:
    helped: set[tuple[str, str]] = set()
    for number, finding in enumerate(document.findings, start=1):
        said = (finding.rule, finding.help)
        yield {
            "id": f"{name}-f{number}",
            "number": number,
            "level": str(finding.level),
            "rule": finding.rule,
            "about": ids[finding.rule],
            # most findings are as sure as their rule
            "confidence": "" if finding.confidence is about(finding, rules).confidence else str(finding.confidence),
            **_place(name, finding.start.line, lines),
            "message": _cut(finding.message),
            # what good looks like is said once in a document; the rule's own place says it again
            "help": "" if said in helped else _cut(finding.help),
            "quote": _quote(finding),
            "also": [
                {**_place(name, place.start.line, lines), "message": _cut(place.message)}
                for place in finding.related[:_PLACES]
            ],
            "fix": _fix(document, finding),
        }
        helped.add(said)


def _quote(finding: Finding) -> str:
    """The words that are meant, unless the message has them, or they only say in which section that is absent."""
    told = finding.excerpt in finding.message or finding.excerpt == " ".join((finding.section or "").split())
    return "" if told else _cut(finding.excerpt)


def _place(name: str, number: int, lines: frozenset[int]) -> dict[str, Any]:
    return {"line": number, "place": f"{name}-l{number}" if number in lines else ""}


def _fix(document: Checked, finding: Finding) -> dict[str, Any] | None:
    """The fix, with what each of its edits puts in the place of what."""
    if finding.fix is None:
        return None
    text = document.text or ""
    edits = [(_cut(text[edit.span.start : edit.span.end]), _cut(edit.text)) for edit in finding.fix.edits[:3]]
    return {"title": _cut(finding.fix.title), "safe": finding.fix.safe, "edits": edits if text else []}


def _cut(text: str) -> str:
    """`text` on one line, of bounded length."""
    return " ".join((text if len(text) <= _LONGEST else text[:_LONGEST] + "…").split())
