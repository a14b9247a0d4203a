"""Language: wording that a phrase and its section decide."""

from collections.abc import Iterator, Sequence

from pmlint.document.model import Postmortem, SectionKind
from pmlint.document.patterns import Patterns
from pmlint.document.sentences import sentences
from pmlint.language.judgement import Kind
from pmlint.language.read import Placed
from pmlint.rules.judged import shortened, unsaid
from pmlint.rules.problem import Confidence, Level, Problem
from pmlint.rules.rule import rule
from pmlint.source import Block, List, Paragraph, Prose

# Sections that also hold actions are to prescribe.
_ACTIONS = (SectionKind.ACTION_ITEMS, SectionKind.PREVENTION, SectionKind.FOLLOW_UP)

_PATTERNS = Patterns(
    # A label ("**Monitoring**: …", "Lesson 1 - …") says nothing yet; one with a verb is the lesson itself.
    label=(
        r"\s*(?!(?:[^\n:.!?]*\s)?(?:is|are|was|were|need|needs|can|cannot|may|will|has|have|had|does|did)\s)"
        r"[^\n:.!?]{1,60}(?::| [-–—])\s+(?=\S)"
    ),
    # The subject comes first and is short; a clause before the modal tells of something, and tells it in full.
    must=(
        r"(?i)\W*(?!(?:if|when|while|because|since|although|that|which|who|what|how|why)\b)"
        r"(?:(?!(?:that|which|who|whom|what|how|why|where|whether|learn\w*|show\w*|taught|knew|know|realis\w*|"
        r"realiz\w*|found|thought|assum\w*|believ\w*|expect\w*|said|says|was|were|is|are|did|had|has|nothing|"
        r"nobody|don['’]?t|doesn['’]?t)\b)[\w'’/-]+,?\s+){1,8}?"
        r"(?P<modal>must|should|shall|ought\s+to|needs?\s+to|ha(?:ve|s)(?:\s+got)?\s+to)\s+"
        r"(?!have\b|not\s+have\b|n't\s+have\b)"
    ),
    command=(
        r"(?i)\W*(?P<modal>always|never|ensure|make\s+sure|be\s+sure|don['’]?t|do\s+not|avoid|need\s+to|must|should)\s+"
        r"(?!have\b)(?=\w)"
    ),
    # What is commanded, up to the next stop; a dot inside a name is none.
    clause=r"[^\s.,;:()–—]+(?:[.:,][^\s.,;:()–—]+)*(?:[ \n]+(?!-\s)[^\s.,;:()–—]+(?:[.:,][^\s.,;:()–—]+)*){0,13}",
    learned=r"(?i)\b(?:learn(?:ed|t)|taught|showed|shows|turned out|turns out|realis\w+|realiz\w+|discovered)\b",
)


@rule(
    level=Level.WARNING,
    confidence=Confidence.MEDIUM,
    needs=frozenset({"english"}),
    help='write what is known now and was not before: "we learned that a restore takes six hours"; what is to be done '
    "about it is an action item",
    sources=("Howie: The Post-Incident Guide", "Site Reliability Engineering, ch. 15: Postmortem Culture"),
    good=[
        """
        # Mail was delayed

        ## Lessons learned

        - A restore takes six hours, not the one that the plan says.
        - We learned that the queue should be drained before a host is stopped.
        - The alert that should page at 80 % was never loaded.
        """,
        """
        # Mail was delayed

        ## Lessons learned and action items

        - We need to drain the queue before a host is stopped.
        """,
    ],
    bad=[
        """
        # Mail was delayed

        ## Lessons learned

        - ⟦We must test restores more often⟧.
        - Backups: ⟦never trust an untested one⟧.
        """,
        """
        # Mail was delayed

        ## Lessons learned

        ⟦All engineers should know which host is live⟧.
        """,
    ],
)
def prescriptive_lesson(doc: Postmortem, *, judgements: Sequence[Placed] = ()) -> Iterator[Problem]:
    """A lesson tells people what to do instead of what was learned.

    "We must test more" was known before the incident, and so it is no lesson; nobody who was not there learns anything
    from it about the system. As an action it has no owner and no date. What surprised you is the lesson.
    """
    found: list[Problem] = []
    for section in doc.find(SectionKind.LESSONS):
        if doc.kinds_at(section.span.start).isdisjoint(_ACTIONS):
            found += [each for block in section.blocks for prose in _statements(block) for each in _prescribed(prose)]
    planned = [action.span for action in doc.actions]
    found = [each for each in found if not any(map(each.span.meets, planned))]
    yield from found
    lessons = [
        each
        for each in judgements
        if not any(map(each.span.meets, planned))
        and doc.kinds_at(each.span.start) >= {SectionKind.LESSONS}
        and doc.kinds_at(each.span.start).isdisjoint(_ACTIONS)
    ]
    yield from unsaid(doc, lessons, Kind.LESSON, found, _TOLD.format("{match}"))


_TOLD = '"{}" tells what to do, not what was learned; say what surprised you, and make the rest an action'


def _statements(block: Block) -> Iterator[Prose]:
    if isinstance(block, Paragraph):
        yield block.prose
    elif isinstance(block, List):
        for item in block.items:
            for inner in item.blocks:
                yield from _statements(inner)


def _prescribed(prose: Prose) -> Iterator[Problem]:
    """The command that a lesson opens with; what follows a finding is drawn from it."""
    voice = prose.voice
    if _PATTERNS.learned.search(voice):
        return
    start, end = next(iter(sentences(voice)), (0, 0))
    label = _PATTERNS.label.match(voice, start, end)
    for begin in (start, label.end()) if label else (start,):
        found = _PATTERNS.must.match(voice, begin, end) or _PATTERNS.command.match(voice, begin, end)
        if found:
            first = begin + len(found[0]) - len(found[0].lstrip(" *_-\n\t"))
            rest = _PATTERNS.clause.match(voice, found.end(), end)
            stop = rest.end() if rest else found.end("modal")
            yield Problem(prose.span(first, stop), _TOLD.format(shortened(prose.text[first:stop])))
            return
