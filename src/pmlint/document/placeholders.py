"""What a template left to be filled in: its stand-ins for names, dates and numbers, its guidance, its blanks."""

import re
from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from pmlint.document.model import Postmortem, SectionKind
from pmlint.document.patterns import Pattern, Patterns, compiled
from pmlint.document.words import canonical
from pmlint.source import Block, Code, Heading, Html, List, Paragraph, Prose, Quote, Span, Table, walk

# No white space, over which patterns would run at length, and no letter.
_BLANK = "\ufffc"


class Placeholder(Struct, frozen=True):
    """One placeholder: where, what, and whether it is guidance that no reader sees."""

    span: Span
    text: str
    hidden: bool = False


# The nouns that templates stand in for.
_NOUN = (
    r"incident|outage|event|name|names|title|date|dates|day|time|times|timestamp|start|end|hh:mm|yyyy-mm-dd|"
    r"duration|minutes|"
    r"hours|number|numbers|count|percentage|percent|amount|list|link|links|url|id|ids|ticket|tickets|issue|"
    r"jira|pr|owner|"
    r"owners|author|authors|assignee|team|teams|person|people|role|who|what|when|where|why|how|which|"
    r"description|describe|"
    r"details?|summary|severity|sev|status|priority|service|services|system|systems|component|region|regions|"
    r"tenants?|"
    r"users?|customers?|impact|cause|causes|root|trigger|factor|factors|action|actions|lesson|lessons|reason|answer|"
    r"question|result|outcome|response|response|metric|value|values|text|your|email|slack|channel|runbook|"
    r"dashboard|thing|gap|"
    r"item|step|milestone|first|second|third|fourth|fifth|another|other|specific|brief|short|detailed|one|"
    r"insert|add|enter|"
    r"fill|write|provide|include|explain|state|replace|choose|select|if applicable|optional|example|e\.g\.|"
    r"concrete|tbd|todo|"
    r"placeholder|change me|xx+|commander|reviewers?|approver|environment|version|analysis|positive|areas|"
    r"chronological|"
    r"direct|ultimate|problem|key|graphs?|logs?|lag|\d+-\d+ sentence\w*|\d+ paragraphs?"
)
_INSTRUCTION = (
    r"describe|insert|add|enter|fill|write|provide|include|explain|replace|list|links?|name|names|summari[sz]e|"
    r"specify|state|"
    r"chronological|detailed|brief|short|specific|positive|analysis|areas|how|why|what|who|when|where|which|if|your|"
    r"another|first|number|direct|ultimate|optional|example|e\.g\.|concrete|root|graphs|root cause|\d+-\d+|"
    r"thing\w*|good"
)
_LEVEL = r"(?:p[0-5]|s[0-5]|sev[- ]?[0-5]|critical|high|medium|low|major|minor|none|yes|no)"
_STATE = (
    r"(?:draft|in review|review|reviewed|published|final|approved|open|in progress|done|closed|resolved|active|"
    r"mitigated|monitoring)"
)


class _Form(Struct, frozen=True):
    """One shape of placeholder: the pattern, and pieces of text (lower case) of which any match holds one."""

    pattern: str
    needs: tuple[str, ...]
    flags: int = re.MULTILINE


_ANY_CASE = re.MULTILINE | re.IGNORECASE
_OPENED = r"(?<![\]\w!\[\\])(?P<at>\["
_CLOSED = r"\])(?![(\[\w])"
_CHOICE = r"(?:^|[:|*])[ \t]{0,3}(?P<at>GRADE(?:\s{0,2}(?:\\?\||/)\s{0,2}GRADE){1,6})[ \t]{0,3}(?=$|\|)"
_VALUE = r"(?:^|[:|\[(]|[-*+] |\*\*)[ \t]{0,3}"
_FORMS = (
    # <name>, \<list of tenants>, &lt;ticket-id&gt;: no tag, address, generic or operator
    _Form(
        rf"(?<![\w`])(?P<at>(?:\\?<|&lt;)(?:{_NOUN})(?:(?=[>&])|[-_ /;:,.(|][^<>\n]{{0,120}})(?:>|&gt;))",
        ("<", "&lt;"),
        _ANY_CASE,
    ),
    _Form(r"(?<![\w`\\])(?P<at>\\<[A-Za-z][^<>\n]{0,120}>)", ("\\<",)),
    _Form(r"(?<![\w`])(?P<at><[A-Z][A-Z0-9]+(?:[-_ ][A-Z0-9]+)+>)", ("<",)),
    # [TIME], [Action 1], [Name(s)], [2-3 sentence summary of …]: no link, footnote, stamp or tag
    _Form(rf"{_OPENED}(?:{_NOUN})(?:\(s\))?(?:[ _-]?\d{{1,2}})?{_CLOSED}", ("[",), _ANY_CASE),
    _Form(rf"{_OPENED}(?:{_INSTRUCTION})\b[^\[\]\n]{{3,160}}{_CLOSED}", ("[",), _ANY_CASE),
    _Form(
        rf"{_OPENED}(?:{_NOUN})(?: (?:{_NOUN}|of|the|or|to|and|for|/|a|in)){{1,8}}(?: \d{{1,2}})?{_CLOSED}",
        ("[",),
        _ANY_CASE,
    ),
    _Form(rf"{_OPENED}X{{1,3}}\])(?![(\[])(?=\s?(?:%|[a-zA-Z]))", ("[x",)),
    # dates, clocks and numbers in letters
    _Form(
        r"(?<![\w/-])(?P<at>(?:[A-Z]{2,8}[-_ ]?)?(?:YYYY|yyyy(?=[-/.])|20[Xx]{2})(?:[-/.](?:MM|mm|DD|dd|NNN+|nnn+|XXX+|"
        r"xxx+))*(?:[ T]HH:[Mm]{2})?)(?![\w/])",
        ("yyyy", "20xx"),
    ),
    _Form(r"(?<![\w/-])(?P<at>(?:DD|MM|dd|mm)[-/.](?:DD|MM|dd|mm)[-/.](?:YY|yy){1,2})(?!\w)", ("yy",)),
    _Form(
        r"(?<!format )(?<!format: )(?<![\w:])(?P<at>(?:HH:(?:MM|mm)(?::(?:SS|ss))?|hh:mm|[Xx]{2}:[Xx]{2}))(?![\w:])",
        ("hh:mm", "xx:xx"),
    ),
    _Form(
        r"(?<![\w-])(?P<at>(?:INC|INCIDENT|PM|SEV|JIRA|TICKET|ISSUE|PROJ|PROJECT|ABC)-(?:N{2,}|X{2,}|"
        r"#{2,}))(?![\w-])",
        ("-nn", "-xx", "-##"),
    ),
    _Form(
        r"(?<![\w.$-])(?P<at>\$?X{1,4}(?:\.X+)?(?=%| ?(?:%|minutes?\b|mins?\b|hours?\b|users?\b|customers?\b|"
        r"requests?\b)))",
        ("x%", "x %", "x min", "x hour", "x user", "x customer", "x request"),
    ),
    # MONTH DAY, YEAR and HOUR:MINUTE
    _Form(
        r"(?<![\w-])(?P<at>(?:WEEKDAY|MONTH|DAY|YEAR|HOUR)"
        r"(?:[ \t,:/-]{1,3}(?:MONTH|DAY|DATE|YEAR|HOUR|MINUTE)){1,5})(?![\w-])",
        ("month day", "day month", "month, ", "hour:minute", "day, year"),
    ),
    # a list of choices that is the whole of a value
    _Form(_CHOICE.replace("GRADE", _LEVEL), ("|", "/"), _ANY_CASE),
    _Form(_CHOICE.replace("GRADE", _STATE), ("|", "/"), _ANY_CASE),
    # {{incident_id}}, but no shortcode, expression or page variable
    _Form(r"(?P<at>\{\{\s?[A-Za-z][\w -]{1,60}\}\})", ("{{",)),
    _Form(
        r"(?<![\w{$])(?P<at>\{(?:incident|date|time|title|severity|owner|author|service|team|"
        r"name)[ _\w-]{0,40}\})(?!\})",
        ("{",),
        _ANY_CASE,
    ),
    # words
    _Form(r"(?<![\w/-])(?P<at>TBD|TBC|FIXME|CHANGEME)(?![\w/-])", ("tbd", "tbc", "fixme", "changeme")),
    _Form(
        rf"{_VALUE}(?P<at>tbd|tbc|t\.b\.d\.?|to be (?:filled in|written|added|completed)|"
        rf"(?:\w{{1,20}} )?(?:description|name|text|"
        r"link|details|title|value|date) (?:goes )?here)[ \t.]{0,3}(?=$|[|\])])",
        ("tbd", "tbc", "t.b.d", "to be ", " here"),
        _ANY_CASE,
    ),
    _Form(r"(?P<at>(?<![^\s|:(\[*_])\?{3,})(?![\w?])", ("???",)),
    _Form(rf"{_VALUE}(?P<at>\?{{1,2}} ?(?:mins?|minutes?|hours?|hrs?|%)|\?\?)(?![\w?])", ("?",), _ANY_CASE),
    _Form(rf"{_VALUE}(?P<at>X{{3,5}}|Y{{3,5}}|Z{{3,5}})[ \t]{{0,3}}(?=$|[|\])])", ("xxx", "yyy", "zzz")),
    _Form(
        r"(?P<at>\b(?:delete|remove) (?:this|these) (?:\w{1,20} )?(?:sections?|text|lines?|instructions?|"
        r"paragraphs?|blocks?|"
        r"template|comments?)\b)",
        ("delete this", "delete these", "remove this", "remove these"),
        _ANY_CASE,
    ),
    _Form(r"(?P<at>\blorem ipsum\b[^.\n]{0,40})", ("lorem",), _ANY_CASE),
)


@cache
def _pattern(form: _Form) -> Pattern:
    return compiled(form.pattern, form.flags)


_PATTERNS = Patterns(
    todo=r"TODO(?![\w/-])",
    todo_opens=r"(?:^|[:|\[(])[ \t]*(?:(?:[-*+]|\d{1,3}[.)])[ \t]+)?[*_]{0,2}$",
    # What opens a guidance comment of a template; a comment to a tool or to a colleague opens otherwise.
    guidance=(
        r"(?i)\s*(?:describe|list|add|fill|write|include|provide|replace|summari[sz]e|what|how|who|when|why|"
        r"which|where|insert|enter|explain|delete|remove|example|e\.g\.|use this|give|briefly|state|specify|"
        r"optional|instructions?|note to|please|template)\b"
    ),
    hint=r"\([^()\n]{5,8}\)[^\n]{0,60}?\d:\d\d",
    graded=r"(?i)\[(?:sev|severity)[ _-]?\d\]",
    # A time and a name in angle brackets, as chat logs have them.
    # "<START OF OUTAGE>", "[OUTAGE ENDS]", as it is shouted in a timeline
    bound=(
        r"(?:START|BEGINNING|END) OF (?:THE )?(?:OUTAGE|INCIDENT|IMPACT|DOWNTIME|DEGRADATION)"
        r"|(?:OUTAGE|INCIDENT|IMPACT|DOWNTIME|DEGRADATION) "
        r"(?:STARTS?|STARTED|BEGINS?|BEGAN|ENDS?|ENDED|RESOLVED|MITIGATED)"
    ),
    nick=r"\d{1,2}:\d{2}(?::\d{2})?\]?\s*$",
)

_TAGGED = frozenset(("action", "impact", "cause", "status", "update"))
_TAGS = frozenset(
    "a abbr address article aside audio b base blockquote body br button canvas caption center cite code col data del "  # noqa: SIM905
    "details dfn dialog div dl dt em embed figcaption figure font footer form h1 h2 h3 h4 h5 h6 head header hr "
    "html i "
    "iframe img input ins kbd label legend li link main map mark meta meter nav object ol option output p "
    "picture pre "
    "progress q s samp script section select slot small source span strike strong style sub summary sup svg "
    "table tbody "
    "td template text textarea tfoot th thead time title tr track u ul var video wbr".split()
)


def find_placeholders(doc: Postmortem) -> list[Placeholder]:
    """Every placeholder of `doc`, in order of place."""
    text = _masked(doc)
    taken: list[Span] = []
    found: list[Placeholder] = []
    lowered = text.lower()
    for form in _FORMS:
        if not any(piece in lowered for piece in form.needs):
            continue
        for match in _pattern(form).finditer(text):
            span = Span(*match.span("at"))
            if (
                not any(span.meets(other) for other in taken)
                and _is_left(text, span)
                and not _is_tag(doc, match["at"], span)
                and not _is_missing_part(doc, match["at"], span)
            ):
                taken.append(span)
                found.append(Placeholder(span, match["at"]))
    for match in _PATTERNS.todo.finditer(text):
        span = Span(*match.span())
        line = text[max(text.rfind("\n", 0, span.start) + 1, span.start - 200) : span.start]
        if _PATTERNS.todo_opens.search(line) and not any(map(span.meets, taken)) and not _is_work_to_do(doc, span):
            found.append(Placeholder(span, match[0]))
    found += [
        Placeholder(comment.span, comment.text.strip(), hidden=True)
        for comment in doc.markup.comments
        if _PATTERNS.guidance.match(comment.text) and len(comment.text.split()) > 2 and doc.span.covers(comment.span)
    ]
    found += [Placeholder(span, text) for span, text in _unanswered(doc) if not any(map(span.meets, taken))]
    return sorted(found, key=lambda left: left.span)


def _unanswered(doc: Postmortem) -> Iterator[tuple[Span, str]]:
    """Guidance in italics that is all there is under its heading; with an answer below it is a question well kept."""
    for section in doc.sections:
        if len(section.blocks) == 1 and isinstance(section.blocks[0], Paragraph):
            prose = section.blocks[0].prose
            text = prose.text.strip()
            if _PATTERNS.guidance.match(text) and prose.inside("emphasis", 1, max(len(text) - 1, 1)):
                yield prose.span(), text


def _is_left(text: str, span: Span) -> bool:
    written = text[span.start : span.end]
    if (
        written.startswith("[")
        and text[span.end : span.end + 1] == ":"
        and not text[: span.start].rpartition("\n")[2].strip()
    ):
        return False  # the definition of a link
    if written.lower() in ("hh:mm", "hh:mm:ss") and _PATTERNS.hint.match(text, span.start - 1):
        return False  # "Duration (hh:mm): 04:25" says how the value is written
    if _PATTERNS.graded.fullmatch(written):
        return False  # "[SEV1] Search was down" says how bad it was
    if written.startswith("<"):
        if _PATTERNS.nick.search(text[max(0, span.start - 12) : span.start]):
            return False
        name = re.split(r"[\s>]", written[1:], maxsplit=1)[0].lower()
        has_attributes = "=" in written
        return not (name in _TAGS and (has_attributes or f"</{name}" in text or written == f"<{name}>"))
    return True


def _is_missing_part(doc: Postmortem, written: str, span: Span) -> bool:
    """Whether it stands for a part of an action, of which the rules of actions say that it is not there."""
    if not written.isalpha():
        return False
    action = next((action for action in doc.actions if action.span.covers(span)), None)
    if action is None or action.text_span.covers(span):
        return False
    return not (action.owner and action.due and action.ticket)


def _is_tag(doc: Postmortem, written: str, span: Span) -> bool:
    """Whether brackets say what an entry of the timeline marks: "02:14 Publisher drops events [START]"."""
    word = re.sub(r"^(?:\[|<|&lt;)|(?:\]|>|&gt;)$", "", written)
    marks = written.startswith("[") and (canonical("milestones", "labels", word) or word.casefold() in _TAGGED)
    if not marks and not _PATTERNS.bound.fullmatch(word):
        return False
    return any(
        event.span.covers(span) and event.at is not None and len(event.text.split()) > 2
        for event in doc.timeline.events
    )


def _is_work_to_do(doc: Postmortem, span: Span) -> bool:
    """Whether TODO is said of an action: its status, or what it is listed under."""
    kinds = doc.kinds_at(span.start)
    listed = kinds & {SectionKind.ACTION_ITEMS, SectionKind.PREVENTION, SectionKind.FOLLOW_UP}
    return bool(listed) or any(action.span.covers(span) for action in doc.actions)


def _masked(doc: Postmortem) -> str:
    """The document's text with code, quoted words, links and comments blanked, so that each offset stays its own."""
    text = doc.source.text
    if doc.span.end:
        text = _BLANK * doc.span.start + text[doc.span.start : doc.span.end]
    hidden: list[Span] = [comment.span for comment in doc.markup.comments]
    for block in walk(doc.markup.blocks):
        if isinstance(block, Code):
            hidden.append(block.span)
        else:
            for prose in _proses(block):
                hidden += [
                    prose.span(mark.start, mark.end)
                    for mark in prose.marks
                    if mark.kind in ("code", "link", "url", "image", "quotation")
                ]
    pieces, at = [], 0
    for span in sorted(hidden):
        if span.end > at:
            start = max(span.start, at)
            pieces += [text[at:start], _BLANK * (span.end - start)]
            at = span.end
    return "".join([*pieces, text[at:]])


def _proses(block: Block) -> Iterator[Prose]:
    if isinstance(block, Paragraph | Heading | Html):
        yield block.prose
    elif isinstance(block, Table):
        for row in (block.header, *block.rows):
            yield from (cell.prose for cell in row.cells)
    elif isinstance(block, List | Quote):
        return
