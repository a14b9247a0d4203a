"""What headings mean: by list, by grammar, by what surrounds them, and what they do not mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmlint.document.headings import Meaning, meaning, normalise
from pmlint.document.model import SectionKind
from pmlint.document.words import words


@pytest.mark.parametrize(
    ("title", "name"),
    [
        pytest.param("1. Summary", "summary", id="number"),
        pytest.param("3.1 Customer Impact", "customer impact", id="dotted number"),
        pytest.param("10 - Timeline", "timeline", id="number and dash"),
        pytest.param("IV. Root Cause", "root cause", id="roman number"),
        pytest.param("二、根本原因", "根本原因", id="chinese number"),
        pytest.param("5 Whys", "5 whys", id="a number that belongs to the name"),
        pytest.param("🔥 Impact", "impact", id="emoji"),
        pytest.param(":fire: Impact", "impact", id="shortcode"),
        pytest.param("**Impact:**", "impact", id="bold and colon"),
        pytest.param("Impact ##", "impact", id="closing marks"),
        pytest.param("Impact <a href='#impact' id='impact'></a>", "impact", id="html"),
        pytest.param("Summary (optional)", "summary", id="bracket"),
        pytest.param("Trigger(s)", "triggers", id="bracketed plural"),
        pytest.param("[Impact]", "impact", id="wholly in brackets"),
        pytest.param("Timeline UTC", "timeline", id="zone"),
        pytest.param("Timeline (all times PST) 01/31/2023 - 02/15/2023", "timeline", id="zone and dates"),
        pytest.param("Timeline, 3 March 2024", "timeline", id="date"),
        pytest.param("Timeline for Saturday Oct 30th", "timeline", id="weekday"),
        pytest.param("Date: July 1, 2020", "date", id="value after colon"),
        pytest.param("Where’d we get lucky?", "where did we get lucky", id="contraction"),
        pytest.param("Follow-ups & Tasks", "follow ups and tasks", id="hyphen and ampersand"),
        pytest.param("2018-02-05 20:57", "2018-02-05 20:57", id="nothing but a stamp"),
    ],
)
def test_normalise(title: str, name: str) -> None:
    assert name == normalise(title)


@pytest.mark.parametrize(
    ("title", "kinds"),
    [
        pytest.param("Executive summary", ("summary",), id="listed"),
        pytest.param("Impact and timeline", ("impact", "timeline"), id="merged"),
        pytest.param("Resolution and recovery", ("resolution",), id="merged of one kind"),
        pytest.param("Root cause and resolution", ("root_cause", "resolution"), id="cause and resolution"),
        pytest.param("What went well / wrong", ("went_well", "went_wrong"), id="merged sharing its first words"),
        pytest.param("What went well and what didn't", ("went_well", "went_wrong"), id="merged and contracted"),
        pytest.param("Corrective/Preventative Measures", ("action_items",), id="slash and spelling"),
        pytest.param("Ursache und Behebung", ("root_cause", "resolution"), id="merged in german"),
        pytest.param("原因と対策", ("root_cause", "action_items"), id="merged in japanese"),
        pytest.param("Detailed incident timeline", ("timeline",), id="words around"),
        pytest.param("Root causes identified & fixed", ("root_cause",), id="participles behind"),
        pytest.param("Why did nobody notice for 62 hours?", ("detection",), id="why nobody noticed"),
        pytest.param("What has been done", ("response",), id="what was done"),
        pytest.param("Things I'll do", ("action_items",), id="things to do"),
        pytest.param("What users saw", ("impact",), id="what they saw"),
        pytest.param("What you may have noticed", ("impact",), id="what you saw"),
        pytest.param("Vendor's response", ("response",), id="possessive"),
        pytest.param("Checkout impact", ("impact",), id="compound"),
        pytest.param("Action items for the platform team", ("action_items",), id="tail"),
        pytest.param("技術的教訓", ("lessons",), id="japanese compound"),
        pytest.param("What went wrong", ("went_wrong",), id="went wrong"),
        pytest.param("Where we got lucky", ("got_lucky",), id="lucky"),
        pytest.param("How did we detect this?", ("detection",), id="asks detection"),
        pytest.param("Why wasn't it caught sooner?", ("detection",), id="asks missed detection"),
        pytest.param("Why did it happen?", ("root_cause",), id="asks why"),
        pytest.param("What allowed this to happen", ("contributing_factors",), id="asks what allowed it"),
        pytest.param("Why it took 3 hours to resolve", ("response",), id="asks about the delay"),
        pytest.param("How we fixed it", ("resolution",), id="tells the fix"),
        pytest.param("What we're doing about it", ("action_items",), id="tells plans"),
        pytest.param("What are we changing?", ("action_items",), id="asks for changes"),
        pytest.param("How we will prevent this", ("prevention",), id="tells prevention"),
        pytest.param("Who was affected?", ("impact",), id="asks who"),
        pytest.param("What did we learn?", ("lessons",), id="asks lessons"),
        pytest.param("Timelime", ("timeline",), id="typo"),
        pytest.param("Lessons leanred", ("lessons",), id="letters exchanged"),
        pytest.param("Route cause", ("root_cause",), id="malapropism"),
        pytest.param("Prevention: lessons learned", ("prevention", "lessons"), id="value is a name too"),
        pytest.param("Phase 3 - Timeline", ("timeline",), id="name behind a dash"),
        pytest.param("予防策 (Prevention)", ("prevention",), id="name in two languages"),
        pytest.param("In a nutshell", ("summary",), id="idiom for a summary"),
        pytest.param("Who felt it", ("impact",), id="asks who felt it"),
        pytest.param("Who was exposed, and to whom", ("impact",), id="a comma in the question"),
        pytest.param("What it cost", ("impact",), id="asks the cost"),
        pytest.param("What lay behind it", ("root_cause",), id="asks what lay behind"),
        pytest.param("How we got here", ("root_cause",), id="tells how it came about"),
        pytest.param("What had to come together", ("contributing_factors",), id="several conditions"),
        pytest.param("How it surfaced", ("detection",), id="tells how it surfaced"),
        pytest.param("What made it harder", ("went_wrong",), id="beside what helped"),
        pytest.param("What worked less well", ("went_wrong",), id="less well is not well"),
        pytest.param("Against us", ("went_wrong",), id="against us"),
        pytest.param("What changes now", ("action_items",), id="tells changes"),
        pytest.param("Who does what by when", ("action_items",), id="asks who does what"),
        pytest.param("D4 Causes", ("root_cause",), id="a discipline of an 8D report"),
        pytest.param("D5 Corrective actions chosen", ("action_items",), id="another of them"),
        pytest.param("What had to be true for this to happen", ("contributing_factors",), id="what had to be true"),
        pytest.param("Worked / did not", ("went_well", "went_wrong"), id="clipped pair"),
        pytest.param("When we look again", ("follow_up",), id="tells the review"),
        pytest.param("Reconstructing the timeline", ("timeline",), id="what is done to the timeline"),
        pytest.param("Understanding the root cause", ("root_cause",), id="what is done to the cause"),
        pytest.param("Alert", ("detection",), id="the alert alone"),
        pytest.param("Alert storm in the mail cluster", (), id="an alert among others"),
        pytest.param("Solving the problem", ("resolution",), id="solving"),
        pytest.param("O que deu errado?", ("went_wrong",), id="portuguese"),
        pytest.param("经验教训", ("lessons",), id="chinese"),
    ],
)
def test_kinds(title: str, kinds: tuple[str, ...]) -> None:
    assert kinds == meaning(title).kinds


@pytest.mark.parametrize(
    "title",
    [
        "Impact of the new scheduler on memory",
        "How our cache routes traffic",
        "When the queue forgot itself",
        "A tale of two load balancers",
        "Database migration",
        "Auctions",
        "System overview",
        "Deployment transparency and rollback",
        "Wrong bot detection",
        "Incident: forty minutes without search",
        "Incident report",
        "RCA: expired certificate",
        "2024-05-01 — Checkout outage",
        "14:03",
        "",
        "###",
    ],
)
def test_a_heading_that_nobody_knows_opens_nothing(title: str) -> None:
    found = meaning(title)

    assert not found.kinds + found.ambiguous


@pytest.mark.parametrize(
    ("title", "kinds", "ambiguous"),
    [
        pytest.param("What happened", ("summary",), ("summary", "timeline", "root_cause"), id="what happened"),
        pytest.param("Actions taken", ("response",), ("response", "action_items", "mitigation"), id="past actions"),
        pytest.param("Actions", ("action_items",), ("action_items", "response"), id="actions"),
        pytest.param(
            "Remediation actions", ("action_items",), ("action_items", "resolution"), id="remediation actions"
        ),
        pytest.param("Conclusion", (), ("lessons", "summary"), id="conclusion"),
        pytest.param("Background", (), ("summary", "trigger"), id="background"),
        pytest.param("问题", ("summary",), ("summary", "root_cause"), id="chinese problem"),
    ],
)
def test_what_only_content_can_decide(title: str, kinds: tuple[str, ...], ambiguous: tuple[str, ...]) -> None:
    found = meaning(title)

    assert (kinds, ambiguous) == (found.kinds, found.ambiguous)


@pytest.mark.parametrize(
    ("title", "context", "kinds", "group"),
    [
        pytest.param("Process", "action_items", (), True, id="area"),
        pytest.param("Short term", "action_items", (), True, id="horizon"),
        pytest.param("Improve detection", "action_items", (), True, id="verb"),
        pytest.param("Documentation improvements", "action_items", (), True, id="noun"),
        pytest.param("Prevention", "action_items", (), True, id="category"),
        pytest.param("検知（Detect）", "action_items", (), True, id="japanese category"),
        pytest.param("Lessons learned", "action_items", ("lessons",), False, id="an own section misplaced"),
        pytest.param("Timeline", "action_items", ("timeline",), False, id="another section misplaced"),
        pytest.param("Prevention", None, ("prevention",), False, id="category by itself"),
        pytest.param("Process", None, (), False, id="area by itself"),
        pytest.param("Immediate actions", "prevention", ("action_items",), False, id="actions under prevention"),
        pytest.param("Linting rule (todo)", "prevention", (), False, id="a state in brackets is no area"),
        pytest.param("Technical", "lessons", (), True, id="area of lessons"),
        pytest.param("Detection", "timeline", (), False, id="phase of a timeline"),
        pytest.param("Why did the pool fill up?", "five_whys", (), False, id="step of a chain"),
        pytest.param("Contributing factor 2: no alert", "contributing_factors", (), False, id="item of its section"),
        pytest.param("Contributing factors", "root_cause", ("contributing_factors",), False, id="nested"),
    ],
)
def test_what_stands_around_it(title: str, context: str | None, kinds: tuple[str, ...], group: bool) -> None:
    found = meaning(title, context=context)

    assert (kinds, group) == (found.kinds, found.group)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        pytest.param(
            "Date: July 1, 2020",
            Meaning(("metadata",), exact=True, score=1.0, field="date", value="July 1, 2020", value_start=6),
            id="date",
        ),
        pytest.param(
            "**Severity:** P1",
            Meaning(("metadata",), exact=True, score=1.0, field="severity", value="P1", value_start=14),
            id="severity in bold",
        ),
        pytest.param(
            "Incident Commander: Ada",
            Meaning(("roles",), exact=True, score=1.0, field="incident_commander", value="Ada", value_start=20),
            id="role",
        ),
        pytest.param(
            "Impact — 40 minutes of failed checkouts",
            Meaning(
                ("impact",),
                exact=True,
                score=1.0,
                field="impact",
                value="40 minutes of failed checkouts",
                value_start=9,
            ),
            id="value behind a dash",
        ),
        pytest.param(
            "Timeline (all times UTC)",
            Meaning(("timeline",), exact=True, score=1.0, note="(all times UTC)", note_start=9),
            id="zone in brackets",
        ),
        pytest.param(
            "Timeline, 3 March 2024",
            Meaning(("timeline",), exact=True, score=1.0, note="3 March 2024", note_start=10),
            id="date in the name",
        ),
    ],
)
def test_values_and_notes_keep_their_place(title: str, expected: Meaning) -> None:
    assert expected == meaning(title)


def test_a_house_may_add_its_own_headings() -> None:
    found = meaning("The Long Night", aliases={"the long night": "timeline"})

    assert Meaning(("timeline",), exact=True, score=1.0) == found


LISTED = [
    pytest.param(file, kind, alias, id=f"{kind}-{alias}")
    for file in ("headings", "headings_languages")
    for kind, aliases in words(file)["kinds"].items()
    for alias in aliases
]


@pytest.mark.parametrize(("file", "kind", "alias"), LISTED)
def test_every_listed_heading_is_read_as_listed(file: str, kind: str, alias: str) -> None:
    """A heading that is written in a form that normalising takes away would never be found."""
    found = meaning(alias.title() if alias.isascii() else alias)

    assert kind in (*found.kinds, *found.ambiguous)


@pytest.mark.parametrize("file", ["headings", "headings_languages", "headings_grammar"])
def test_every_kind_is_a_kind_of_the_model(file: str) -> None:
    tables = words(file)
    named = set(tables.get("kinds", {})) | set(tables.get("heads", {})) - {"never"}
    for table in ("either", "perhaps"):
        named |= {kind for kinds in tables.get(table, {}).values() for kind in kinds}
    named |= {kind for entry in tables.get("patterns", []) for kind in entry["kinds"]}

    assert set() == named - {kind.value for kind in SectionKind}


@given(st.text(max_size=120), st.sampled_from([None, "action_items", "timeline", "five_whys"]))
def test_no_text_upsets_it(title: str, context: str | None) -> None:
    found = meaning(title, context=context)

    assert found.value is None or title[found.value_start :].startswith(found.value)
    assert found.note is None or title[found.note_start :].startswith(found.note)
