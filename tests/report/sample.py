"""One run with everything in it that a report can stumble over; all reports are tested on it."""

from msgspec.structs import replace

from pmlint.engine.finding import Checked, Crash, Finding, PlacedFix, RelatedPlace, Run
from pmlint.report import RuleInfo
from pmlint.rules.problem import Confidence, Edit, Fix, Level
from pmlint.source import Source, Span

RULES = {
    rule.name: rule
    for rule in (
        RuleInfo(
            name="missing-section",
            family="structure",
            level=Level.ERROR,
            confidence=Confidence.HIGH,
            summary="A section that the profile requires is absent.",
            why="Readers look for the same few answers in every postmortem. What is not\nthere was not asked.\n\n"
            "A later reader cannot tell a forgotten answer from an empty one.",
            help="a heading for it, and one honest sentence below, even if it is “none”",
            sources=("Site Reliability Engineering, chapter 15",),
            url="https://pmlint.example/rules/missing-section",
        ),
        RuleInfo(
            name="vague-quantity",
            family="impact",
            level=Level.WARNING,
            confidence=Confidence.MEDIUM,
            summary="A quantity is a word where a number belongs.",
            why="“Some users” is one or a million; priorities are set by which.",
            help="a number, a range or “unknown”: “about 4 % of checkouts”",
        ),
        RuleInfo(
            name="event-out-of-order",
            family="timeline",
            level=Level.ERROR,
            confidence=Confidence.HIGH,
            summary="A timeline entry is earlier than the one above it.",
            why="Readers rebuild the incident by reading down.",
            help="entries from the earliest to the latest",
        ),
        RuleInfo(
            name="ambiguous-date",
            family="structure",
            level=Level.WARNING,
            confidence=Confidence.HIGH,
            summary="A date reads as two different days.",
            why="Half the world reads 03/04 as March, the other half as April.",
            help="the date as 2026-04-03",
        ),
    )
}


def find(source: Source, rule: str, words: str, message: str, *, nth: int = 0, help: str | None = None) -> Finding:
    """A finding at the `nth` occurrence of `words`, stamped as the engine stamps."""
    start = -1
    for _ in range(nth + 1):
        start = source.text.index(words, start + 1)
    span = Span(start, start + len(words))
    info = RULES.get(rule)
    return Finding(
        rule=rule,
        family=info.family if info else "actions",
        level=info.level if info else Level.INFO,
        confidence=info.confidence if info else Confidence.LOW,
        path=source.path or "",
        span=span,
        start=source.position(span.start),
        end=source.position(span.end),
        message=message,
        help=(info.help if info else "") if help is None else help,
        excerpt=" ".join(words.split()),
        context=source[source.line(source.line_at(span.start))],
        section=None,
        fingerprint=f"{len(rule):02x}{span.start:04x}{len(words):02x}{len(message):02x}",
    )


def see(source: Source, words: str, message: str) -> RelatedPlace:
    start = source.text.index(words)
    line = source.line(source.line_at(start))
    end = start + len(words)
    return RelatedPlace(Span(start, end), source.position(start), source.position(end), message, source[line])


LATIN = Source(
    "# Checkout <b>slow</b> | 03/04/2026\n"
    "\n"
    "Some users saw errors. A number of orders failed, `several` & many others, and then some; some were "
    "lost.\n"
    "\n"
    "## Timeline\n"
    "\n"
    "- 10:09 UTC: rollback starts, and @alice opens #12 on https://status.example/[1](2) because the "
    "error rate that everyone had been looking at for the past hour did not move at all\n"
    "- 10:02 UTC: alert fires\n"
    "\twhile nobody\n"
    "\tlooks\n",
    "docs/pm/100% café.md",
)
_DATE = LATIN.text.index("03/04/2026")

CHECKOUT = Checked(
    path=LATIN.path or "",
    kind="postmortem",
    profile="draft",
    profile_reason="the document says “Status: Draft”",
    score=41,
    scores=(("structure", 40), ("impact", 20), ("timeline", 75), ("actions", 100)),
    suppressed=2,
    closes=("4 findings at level error", "the score is 41, below 80"),
    findings=(
        find(LATIN, "missing-section", "Checkout <b>slow</b> | 03/04/2026", "no section says what was done"),
        find(
            LATIN,
            "missing-section",
            "Checkout <b>slow</b> | 03/04/2026",
            "no section on contributing factors",
            help="a heading for the conditions that let it happen, three or more of them, each in a "
            "sentence of its own, none of them a person",
        ),
        replace(
            find(LATIN, "ambiguous-date", "03/04/2026", "“03/04/2026” is 3 April or 4 March"),
            fix=PlacedFix.of(
                Fix((Edit(Span(_DATE, _DATE + 10), "2026-04-03"),), "write the date as 2026-04-03", safe=False),
                LATIN,
            ),
        ),
        find(LATIN, "vague-quantity", "Some users", "“Some users” is no number"),
        find(LATIN, "vague-quantity", "A number of", "“A number of” is no number"),
        find(LATIN, "vague-quantity", "`several` & many", "“`several` & many” is no number"),
        find(LATIN, "vague-quantity", "some;", "“some” is no number"),
        find(LATIN, "vague-quantity", "some were", "“some” is no number"),
        replace(
            find(LATIN, "event-out-of-order", "10:02 UTC", "10:02 comes after 10:09"),
            related=(see(LATIN, "10:09 UTC", "the entry above it"), see(LATIN, "Timeline", "")),
        ),
        find(LATIN, "event-out-of-order", "while nobody\n\tlooks", "an entry that ends two lines below"),
    ),
    text=LATIN.text,
    crashes=(Crash("shallow-whys", LATIN.path or "", "ZeroDivisionError: division by zero (causes.py:12)"),),
)

WIDE = Source(
    "# 決済が遅い\n\n\t影響: 一部のユーザー\u202eが決済\x1b[31mできない\n\n"
    "トークン: token=[redacted] と <script>alert(1)</script> ]]> ##[error]x\n",
    "報告/障害.md",
)

JAPANESE = Checked(
    path=WIDE.path or "",
    kind="postmortem",
    profile="standard",
    profile_reason="",
    score=77,
    scores=(("structure", 80), ("impact", 60)),
    text=WIDE.text,
    skipped=(("blame", "the prose is Japanese"), ("hindsight", "the prose is Japanese")),
    findings=(
        find(
            WIDE,
            "vague-quantity",
            "一部のユーザー\u202eが決済\x1b[31m",
            "“一部のユーザー\u202e\x1b[31m” is no number",
        ),
        replace(
            find(WIDE, "secret-in-document", "token=[redacted]", "<script> beside a token: ]]> ##[error]x"),
            # the document held a longer secret than what stands for it
            end=WIDE.position(WIDE.text.index("と") + 20),
            related=tuple(see(WIDE, words, "here too") for words in ("決済", "影響", "トークン", "影響")),
        ),
    ),
)

EMPTY = Source("", "empty.md")

NOTHING_IN_IT = Checked(
    path="empty.md",
    kind="other",
    profile="standard",
    profile_reason="",
    score=None,
    closes=("1 finding at level error",),
    findings=(find(EMPTY, "missing-section", "", "no section at all"),),
)

CLEAN = Checked("docs/pm/clean.md", "postmortem", "standard", "", (), 100, (("structure", 100),))

RUN = Run(
    version="1.2.3",
    documents=(CHECKOUT, JAPANESE, NOTHING_IN_IT, CLEAN),
    warnings=("nothing under docs/old is a document",),
)

CLEAN_RUN = Run(version="1.2.3", documents=(CLEAN,))
NO_DOCUMENTS = Run(version="1.2.3", documents=(), warnings=("nothing under docs is Markdown",))


def one(document: Checked) -> Run:
    return Run("1", (document,))


HOSTILE = "</script></style><img src=x onerror=alert(1)>\"'`${x}{{ 7*7 }}{% if %} & <b>"


def with_everything(text: str) -> Run:
    source = Source(f"{text}\n", text)
    finding = replace(
        find(source, text, text, text, help=text),
        section=text,
        related=(see(source, text, text),),
    )
    document = Checked(text, "postmortem", text, text, (finding,), 50, ((text, 50),), closes=(text,), text=source.text)
    return Run(text, (document, document), (text,))
