"""Structure: the parts that every postmortem has, and what else than a section answers for them."""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Annotated

from pmlint.document.clocks import find_clocks
from pmlint.document.model import Kind, Postmortem, Section, SectionKind
from pmlint.document.patterns import Patterns
from pmlint.document.sentences import passages, sentences
from pmlint.rules.impact_quantities import has_amount, has_extent
from pmlint.rules.impact_scope import names_the_affected
from pmlint.rules.impact_told import opens, tells_harm
from pmlint.rules.place import place
from pmlint.rules.problem import Level, Problem, Related
from pmlint.rules.rule import RECORDS, rule
from pmlint.rules.structure_skeleton import skeleton
from pmlint.rules.timeline_told import ENOUGH
from pmlint.source import Paragraph, Span

_CAUSES = (
    SectionKind.ROOT_CAUSE,
    SectionKind.CONTRIBUTING_FACTORS,
    SectionKind.TRIGGER,
    SectionKind.FIVE_WHYS,
)

# What else than a section of its own answers for it; and how a message names it.
_PARTS: dict[str, tuple[str, Callable[[Postmortem], object]]] = {
    "summary": ("a summary", lambda doc: doc.find(SectionKind.SUMMARY) or doc.entry("summary") or _lead(doc)),
    "impact": (
        "the impact",
        lambda doc: doc.find(SectionKind.IMPACT) or doc.entry("impact", "users_affected"),
    ),
    "timeline": (
        "a timeline",
        lambda doc: doc.find(SectionKind.TIMELINE) or len(doc.timeline.events) > 2,
    ),
    "causes": (
        "contributing factors or a root cause",
        lambda doc: doc.find(*_CAUSES) or doc.factors or doc.root_cause or doc.entry("root_cause"),
    ),
    "action_items": (
        "action items",
        lambda doc: doc.find(SectionKind.ACTION_ITEMS, SectionKind.PREVENTION) or doc.actions,
    ),
}


@rule(
    level=Level.ERROR,
    kinds=RECORDS,
    help="give the part a heading of its own, even if its first version is one honest sentence",
    sources=(
        "Site Reliability Engineering, appendix D: Example Postmortem",
        "PagerDuty, Postmortem template",
    ),
    good=[
        """
        # Uploads failed for an hour

        Uploads over 5 MB were rejected from 10:02 to 11:04 UTC after the proxy's limit was lowered.

        ## User impact

        312 uploads by 120 users were rejected.

        ## What happened when

        - 10:02 UTC: proxy limit lowered
        - 10:20 UTC: support reports rejected uploads
        - 11:04 UTC: limit raised again

        ## Why it happened

        The limit lives in two files, and nothing compares them.

        ## Next steps

        - Compare both limits in CI (@ana, 2026-03-10)
        """,
        """
        # Uploads failed for an hour

        ## Summary and impact

        312 uploads were rejected.

        ## Timeline

        - 10:02 UTC: proxy limit lowered

        ## Root cause and action items

        The limit lives in two files. Compare them in CI.
        """,
    ],
    bad=[
        (
            """
            # ⟦Uploads failed for an hour⟧

            ## Summary

            Uploads over 5 MB were rejected.

            ## Impact

            312 uploads by 120 users were rejected.

            ## Timeline

            - 10:02 UTC: proxy limit lowered

            ## Action items

            - Compare both limits in CI
            """,
            """
            # Uploads failed for an hour

            ## Summary

            Uploads over 5 MB were rejected.

            ## Impact

            312 uploads by 120 users were rejected.

            ## Timeline

            - 10:02 UTC: proxy limit lowered

            ## Contributing factors

            <!-- Write three or more conditions of the system that had to come together. -->

            TBD

            ## Action items

            - Compare both limits in CI
            """,
        ),
        """
        # ⟦Uploads failed for an hour⟧

        ## Summary

        312 uploads by 120 users were rejected after the proxy's limit was lowered.

        ## Timeline

        - 10:02 UTC: proxy limit lowered

        ## Root cause

        The limit lives in two files, and nothing compares them.

        ## Action items

        - Compare both limits in CI
        """,
    ],
)
def missing_section(
    doc: Postmortem,
    *,
    required_sections: Annotated[
        tuple[str, ...],
        "parts that must be there: summary, impact, timeline, causes, action_items, or any section kind",
    ] = tuple(_PARTS),
) -> Iterator[Problem]:
    """A section that every postmortem needs is absent.

    A reader looks for the same few answers in every postmortem: what happened, whom it hurt, when, why, and what
    changes. What has no place of its own is not found again, and is often what was never asked.

    Where the story tells it in passing, or a part of another name does, the fault is a warning that says where.
    """
    # While it lasts nobody can say why it happened, nor what will be changed.
    for name in required_sections:
        if doc.kind is Kind.INCIDENT and name not in _LIVE:
            continue
        said, answered = _PARTS.get(name, (f"a section {name.replace('_', ' ')!r}", None))
        if answered(doc) if answered else doc.find(name):
            continue
        passing, where = _elsewhere(doc, name)
        if passing is None:
            yield Problem(place(doc), f"no section gives {said}", fix=skeleton(doc, name))
        else:
            yield Problem(
                place(doc),
                f"no section gives {said}; only {where} line {doc.line(passing)} does",
                related=(Related(passing, "told here in passing"),),
                level=Level.WARNING,
                fix=skeleton(doc, name),
            )


_LIVE = frozenset({"impact", "timeline"})
_PATTERNS = Patterns(
    # A sentence that ties what happened to what made it happen.
    because=(
        r"(?i)\b(?:because|due to|owing to|caused by|cause (?:of|was|is)|as a result of|triggered by|stem\w* from|"
        r"result(?:ed|ing|s)? (?:from|of|in)|causing|caused|originat\w+ (?:from|in)|led to|attributed to|"
        r"brought about by|"
        r"via an? (?:bug|flaw|hole)|(?:a|the|an?other) (?:\w+ ){0,2}"
        r"(?:bug|flaw|defect|misconfiguration|vulnerability) (?:in|of|that|which)|"
        r"made (?:this|the) (?:\w+ )?(?:happen|possible))\b"
    ),
    promise=(
        r"(?i)\b(?:making|made) (?:\w+ ){0,3}changes\b"
        r"|\bso (?:that )?(?:it|this) (?:does not|doesn['’]t|cannot|can['’]t|will not|won['’]t|never) happen"
        r"|\b(?:prevent|avoid)(?:ing)? (?:it|this|a repeat|(?:a )?recurrence|(?:similar|future) \w+)\b"
        r"|\bwe(?:['’]ll| will| are going to|['’]re going to| plan to| intend to) (?:also |now )?"
        r"(?!be\b|keep|continue|update|provide|share|post|publish|do\b|see\b|let\b|never|not\b|have\b|need)[a-z]+"
    ),
    why=r"(?i)\W*why\b",
    uncounted=r"(?i)\b(?:both|a single|twice|one)\b|\*",
)
_PASSING: dict[str, Callable[[str, bool], bool]] = {
    # what a summary counts of the harm needs nobody who suffered it: money drained, packages that did not show up
    "impact": lambda sentence, leads: (
        tells_harm(sentence)
        and (
            (leads or names_the_affected(sentence))
            if has_amount(_PATTERNS.uncounted.sub(" ", sentence))
            else leads and has_extent(sentence)
        )
    ),
    "causes": lambda sentence, leads: bool(_PATTERNS.because.search(sentence) and (leads or tells_harm(sentence))),
    "action_items": lambda sentence, _: _PATTERNS.promise.search(sentence) is not None,
}


def _elsewhere(doc: Postmortem, name: str) -> tuple[Span | None, str]:
    """What answers for a part without being one, and how a message names it."""
    if name == "timeline":
        return _told_times(doc), "the text from"
    if name == "causes" and (part := next(filter(_explains, doc.sections), None)) is not None:
        return part.title_span, "the part on"
    return (_in_passing(doc, name), "a sentence on") if name in _PASSING else (None, "")


def _told_times(doc: Postmortem) -> Span | None:
    """Where a story begins that tells the time of at least three events."""
    fields = [entry.span for entry in doc.metadata if entry.origin != "heading"]
    told = (
        passage.prose.span(clock.start, clock.end)
        for passage in passages(doc)
        if passage.part == "prose"
        for clock in find_clocks(passage.prose.text)
    )
    found = [*islice((span for span in told if not any(field.meets(span) for field in fields)), ENOUGH)]
    return found[0] if len(found) == ENOUGH else None


def _explains(section: Section) -> bool:
    """Whether a part says what did not work, or why something went as it did, and is named for nothing else."""
    return bool(section.blocks) and (
        section.is_a(SectionKind.WENT_WRONG) or _PATTERNS.why.match(section.title) is not None
    )


def _in_passing(doc: Postmortem, name: str) -> Span | None:
    """The first sentence of a summary, an opening or a part without a known name that answers for a section."""
    fields = [entry.span for entry in doc.metadata if entry.origin != "heading"]
    for passage in passages(doc):
        start = passage.prose.span().start
        section = doc.section_at(start)
        unnamed = section is not None and section.kinds == (SectionKind.UNKNOWN,) and section.level <= 2
        leads = opens(doc, passage)
        if passage.part == "headings" or not (unnamed or leads):
            continue
        for sentence in sentences(passage.prose.voice):
            if any(span.meets(passage.prose.span(*sentence)) for span in fields):
                continue
            if _PASSING[name](passage.prose.text[sentence.start : sentence.end], leads):
                return passage.prose.span(sentence.start, sentence.end)
    return None


def _lead(doc: Postmortem) -> bool:
    """Whether the document opens with running text before its first part: a summary without a heading."""
    for section in doc.sections:
        if not section.is_a(SectionKind.TITLE, SectionKind.METADATA):
            first = section.span.start
            break
    else:
        first = len(doc.source.text)
    return any(
        len(block.prose.text.split()) >= _LEAD_WORDS
        for block in doc.markup.blocks
        if isinstance(block, Paragraph) and doc.span.start <= block.span.start < first
    )


_LEAD_WORDS = 12
"""Fewer are a subtitle or a line of metadata."""
