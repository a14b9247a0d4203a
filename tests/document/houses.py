"""House styles: the habits in which one organisation's documents differ from another's."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from hypothesis import strategies as st
from tests.document.stories import REMARKS, seen

from pmlint.document.model import ActionStatus, Category, Layer, SectionKind

DAYS: dict[str, Callable[[date], str]] = {
    "iso": lambda day: day.isoformat(),
    "slashes": lambda day: f"{day:%Y/%m/%d}",
    "british": lambda day: f"{day.day} {day:%B} {day.year}",
    "american": lambda day: f"{day:%B} {day.day}, {day.year}",
    "short": lambda day: f"{day.day} {day:%b} {day.year}",
    "weekday": lambda day: f"{day:%A}, {day.day} {day:%B} {day.year}",
    "ordinal": lambda day: f"{day:%B} {day.day}{_ordinal(day.day)}, {day.year}",
    "dots": lambda day: f"{day:%d.%m.%Y}",
    "european": lambda day: f"{day:%d/%m/%Y}",
}
SAFE_DAYS = ("iso", "british", "american", "short")
"""Where a day below 13 may come: no order of day and month to mistake."""
ZONES = {"UTC": "Z", "CET": "+01:00", "JST": "+09:00", "GMT+2": "+02:00"}
LENGTHS: dict[str, Callable[[int], str]] = {
    "minutes": lambda n: f"{n} minutes",
    "min": lambda n: f"{n} min",
    "hours": lambda n: f"{n // 60} hours {n % 60} minutes" if n >= 60 and n % 60 else f"{n} minutes",
    "compact": lambda n: f"{n // 60}h {n % 60}m" if n >= 60 else f"{n}m",
}
NAMES: dict[SectionKind, tuple[str, ...]] = {
    SectionKind.SUMMARY: ("Summary", "Overview", "Executive summary", "TL;DR", "Incident summary", "概要"),
    SectionKind.IMPACT: ("Impact", "Customer impact", "Blast radius", "Who was affected?", "Auswirkungen"),
    SectionKind.DETECTION: ("Detection", "How we found out", "How was it detected?", "Erkennung"),
    SectionKind.RESPONSE: ("Response", "Incident response", "What we did", "Actions taken"),
    SectionKind.RESOLUTION: ("Resolution", "Recovery", "Resolution and recovery", "How we fixed it"),
    SectionKind.WENT_WELL: ("What went well", "What worked well", "What went right", "良かった点"),
    SectionKind.WENT_WRONG: ("What went wrong", "What didn't go well", "What could be improved"),
    SectionKind.GOT_LUCKY: ("Where we got lucky", "Luck"),
    SectionKind.LESSONS: ("Lessons learned", "Lessons learnt", "Learnings", "What we learned", "Key takeaways"),
    SectionKind.GLOSSARY: ("Glossary", "Terminology"),
    SectionKind.TIMELINE: ("Timeline", "Incident timeline", "Chronology", "Sequence of events", "What happened when"),
    SectionKind.ROOT_CAUSE: ("Root cause", "Root cause analysis", "Root cause(s)", "根本原因"),
    SectionKind.CONTRIBUTING_FACTORS: ("Contributing factors", "Contributing causes", "Contributory factors"),
    SectionKind.ACTION_ITEMS: ("Action items", "Follow-up actions", "Corrective actions", "Next steps", "Maßnahmen"),
}
EMOJI = ("🔥", "📅", "🧭", "🛠️", "🚨")
STATUSES = {
    ActionStatus.OPEN: "Open",
    ActionStatus.IN_PROGRESS: "In progress",
    ActionStatus.DONE: "Done",
    ActionStatus.WONT_DO: "Won't do",
    ActionStatus.BLOCKED: "Blocked",
}
CATEGORIES = {
    Category.PREVENT: "Prevent",
    Category.DETECT: "Detect",
    Category.MITIGATE: "Mitigate",
    Category.LEARN: "Learn",
}
LAYERS = {
    Layer.TECHNICAL: "Technical",
    Layer.OPERATIONAL: "Operational",
    Layer.DETECTION: "Detection",
    Layer.CHANGE: "Change",
    Layer.ORGANIZATIONAL: "Organizational",
}


@dataclass(frozen=True)
class Headings:
    """How headings are marked and decorated."""

    form: str
    """`atx`, `closed`, `bold inside`, `setext`, `flat` (one H1 a section), `html`, `bold`, `bold colon`, `plain`."""
    base: int
    ornament: str
    """`none`, `numbered`, `counted`, `emoji`, `colon`."""

    @property
    def divides(self) -> bool:
        """Whether there are sub-headings."""
        return self.form not in ("bold", "bold colon", "plain")

    def title(self, text: str) -> str:
        """The document's title."""
        if self.form == "setext":
            return f"{text}\n{'=' * len(text)}\n\n"
        if self.form == "html":
            return f"<h1>{text}</h1>\n\n"
        return f"{'#' * (self.base if self.form in ('atx', 'closed', 'bold inside') else 1)} {text}\n\n"

    def section(self, text: str, number: int) -> str:
        """The heading of a part."""
        match self.ornament:
            case "numbered" if self.form not in ("setext", "plain"):
                text = f"{number}. {text}"
            case "counted" if self.form not in ("setext", "plain"):
                text = f"{number}) {text}"
            case "emoji":
                text = f"{EMOJI[number % len(EMOJI)]} {text}"
            case "colon" if self.form not in ("bold colon", "plain"):
                text = f"{text}:"
            case _:
                pass
        return self._line(text, 1)

    def below(self, text: str) -> str:
        """The heading of a part's part."""
        return self._line(text, 2)

    def named(self, text: str) -> str:
        """The heading of a fact, which no house numbers."""
        return self._line(text, 1)

    def _line(self, text: str, depth: int) -> str:
        marks = "#" * (self.base + depth)
        match self.form:
            case "setext" if depth == 1:
                return f"{text}\n{'-' * max(3, len(text))}\n\n"
            case "flat" | "setext":
                return f"{'#' * depth if self.form == 'flat' else '###'} {text}\n\n"
            case "html":
                return f"<h{depth + 1}>{seen(text)}</h{depth + 1}>\n\n"
            case "closed":
                return f"{marks} {text} {marks}\n"
            case "bold inside":
                return f"{marks} **{text}**\n\n"
            case "bold":
                return f"**{text}**\n\n"
            case "bold colon":
                return f"**{text}:**\n\n"
            case "plain":
                return f"{text}:\n\n"
            case _:
                return f"{marks} {text}\n\n"


@dataclass(frozen=True)
class Times:
    """How the timeline is written."""

    form: str
    """`table`, `bullets`, `numbered`, `headings`, `lines`, `paragraphs`, `fenced`."""
    clock: str
    """`24h`, `seconds`, `ampm`, `am`, `dotted`, `iso`."""
    mark: str
    """`{}`, `**{}**`, "`{}`", `[{}]`, `**{}:**`."""
    separator: str
    day: str
    """`each`, `first`, `none`, `title`, `group`, `column`, `column once`."""
    day_form: str
    zone: str | None
    zone_place: str
    """`none`, `title`, `sentence`, `entry`, `column`."""
    columns: tuple[str, ...]
    """The order of `time`, `text`, `who`, `evidence`."""
    heads: tuple[str, str, str]
    """What the columns of time, text and person are called."""


@dataclass(frozen=True)
class Actions:
    """How actions are written."""

    form: str
    """`table`, `tasks`, `brackets`, `people`, `dash`, `labels`, `below`, `sentence`, `headings`."""
    bullet: str
    grouped: bool
    """Whether sub-headings sort them by category."""
    columns: tuple[str, ...]
    day_form: str
    linked: bool
    """Whether tickets are links."""


@dataclass(frozen=True)
class House:
    """All habits of one organisation."""

    headings: Headings
    names: tuple[tuple[SectionKind, str], ...]
    facts: str
    """`yaml`, `toml`, `bold in`, `bold out`, `bullets`, `plain bullets`, `table`, `row`, `lines`, `headings`."""
    day_form: str
    length_form: str
    times: Times
    factors: str
    """`bullets`, `numbered`, `table`, `headings`, `labelled`."""
    merged: bool
    """Whether root cause and factors share a heading."""
    actions: Actions
    order: tuple[SectionKind, ...]
    newline: str
    width: int


def _ordinal(day: int) -> str:
    return {1: "st", 2: "nd", 3: "rd"}.get(day % 10 if day // 10 != 1 else 0, "th")


_MARKS = ("{}", "**{}**", "`{}`", "[{}]")
_SEPARATORS = (" - ", " – ", " — ", ": ", " | ")


@st.composite
def _headings(draw: st.DrawFn) -> Headings:
    forms = ("atx", "atx", "atx", "closed", "bold inside", "setext", "flat", "html", "bold", "bold colon", "plain")
    return Headings(
        draw(st.sampled_from(forms)),
        draw(st.integers(1, 3)),
        draw(st.sampled_from(("none", "none", "numbered", "counted", "emoji", "colon"))),
    )


@st.composite
def _times(draw: st.DrawFn, headings: Headings) -> Times:
    forms = ("table", "table", "bullets", "bullets", "numbered", "lines", "paragraphs", "fenced")
    form = draw(st.sampled_from((*forms, "headings") if headings.divides else forms))
    clock = draw(st.sampled_from(("24h", "24h", "seconds", "ampm", "am", "dotted", "iso")))
    days = ["none", "title"] if clock == "iso" else ["each", "first", "none", "title"]
    if form == "table" and clock != "iso":
        days += ["column", "column once"]
    if form in ("bullets", "lines", "paragraphs") and headings.divides and clock != "iso":
        days.append("group")
    places = ["title", "sentence", "entry", "none"] + (["column"] if form == "table" else [])
    mark, separator = draw(st.sampled_from(_MARKS)), draw(st.sampled_from(_SEPARATORS))
    if form in ("bullets", "lines", "paragraphs") and draw(st.integers(0, 4)) == 0:
        mark, separator = "**{}:**", " "
    elif mark != "{}" and draw(st.booleans()):
        separator = " "
    if mark == "[{}]" and separator == ": ":
        separator = " "  # with the colon it would be the definition of a link
    if form == "fenced":
        mark, separator = draw(st.sampled_from((("{}", " "), ("[{}]", " "), ("{}", " - "))))
    others = draw(st.lists(st.sampled_from(("who", "evidence")), unique=True))
    return Times(
        form, clock, mark, separator,
        day=draw(st.sampled_from(days)),
        day_form=draw(st.sampled_from(sorted(DAYS))),
        zone=draw(st.sampled_from(sorted(ZONES))),
        zone_place=draw(st.sampled_from(places)),
        columns=tuple(draw(st.permutations(("time", "text", *others)))),
        heads=(
            draw(st.sampled_from(("Time", "When", "Timestamp", "Hora", "時刻"))),
            draw(st.sampled_from(("Event", "What happened", "Description", "Details", "Was"))),
            draw(st.sampled_from(("Who", "Actor", "By", "Person"))),
        ),
    )  # fmt: skip


@st.composite
def _actions(draw: st.DrawFn, headings: Headings) -> Actions:
    forms = ("table", "table", "tasks", "brackets", "people", "dash", "labels", "below", "sentence")
    form = draw(st.sampled_from((*forms, "headings") if headings.divides else forms))
    others = draw(st.lists(st.sampled_from(("ticket", "status", "priority", "category")), unique=True))
    return Actions(
        form,
        draw(st.sampled_from(("- ", "* ", "1. "))),
        headings.divides and form != "headings" and draw(st.booleans()),
        tuple(draw(st.permutations(("text", "owner", "due", *others)))),
        draw(st.sampled_from(SAFE_DAYS)),
        draw(st.booleans()),
    )


@st.composite
def _houses(draw: st.DrawFn) -> House:
    headings = draw(_headings())
    facts = ["yaml", "toml", "bold in", "bold out", "bullets", "plain bullets", "table", "row", "lines"]
    if headings.form in ("atx", "closed", "setext", "html"):
        facts.append("headings")
    factors = ("bullets", "numbered", "table", "labelled", "headings")
    return House(
        headings=headings,
        names=tuple((kind, draw(st.sampled_from(names))) for kind, names in NAMES.items()),
        facts=draw(st.sampled_from(facts)),
        day_form=draw(st.sampled_from(sorted(DAYS))),
        length_form=draw(st.sampled_from(sorted(LENGTHS))),
        times=draw(_times(headings)),
        factors=draw(st.sampled_from(factors if headings.divides else factors[:-1])),
        merged=draw(st.booleans()),
        actions=draw(_actions(headings)),
        order=tuple(draw(st.permutations((*sorted(REMARKS), *_TOLD)))),
        newline=draw(st.sampled_from(("\n", "\n", "\r\n"))),
        width=draw(st.sampled_from((40, 72, 4000))),
    )


_TOLD = (
    SectionKind.TIMELINE, SectionKind.ROOT_CAUSE, SectionKind.CONTRIBUTING_FACTORS, SectionKind.ACTION_ITEMS
)  # fmt: skip
houses: st.SearchStrategy[House] = _houses()
"""Any house."""
