"""Structure: a summary that can be read in half a minute and holds what a reader came for."""

from collections.abc import Iterator
from typing import Annotated

from pmlint.document.model import Postmortem, Section, SectionKind
from pmlint.document.patterns import Patterns
from pmlint.document.sentences import sentences
from pmlint.rules.problem import Confidence, Level, Problem
from pmlint.rules.rule import rule
from pmlint.source import Block, List, Paragraph, Prose, walk

_PATTERNS = Patterns(
    # What each of a summary's answers sounds like; each list is wide, so that only its absence is telling.
    affected=(
        r"(?i)\b(?:users?|customers?|clients?|tenants?|visitors?|people|everyone|anyone|everybody|readers?|"
        r"players?|students?|teachers?|staff|employees|developers?|contributors?|maintainers?|merchants?|"
        r"sellers?|buyers?|drivers?|patients?|members?|accounts?|subscribers?|operators?|validators?|nodes?|"
        r"holders?|depositors?|teams?|organi[sz]ations?|companies|requests?|orders?|payments?|traffic|"
        r"affect\w*|impact\w*|unavailable|inaccessible|unreachable|unable|could ?n[o']t|cannot|down|offline|"
        r"degraded|outage|downtime|disrupt\w*|slow\w*|failed|failing|failures?|errors?|lost|exposed|leaked|"
        r"(?:not|never|stopped|ceased|no longer) work(?:ing|ed)?|"
        r"stolen|delayed?|internal|no one|nobody|passengers?|guests?|players?|readers?|viewers?|staff|engineers?|"
        r"shops?|stores?|branches|schools?|hospitals?|volunteers?|\d[\d,.]*\s(?:\w+\s){0,2}[a-z]{3,}s)\b"
        # any counted plural is somebody or something affected: "212 passengers", but no length of time
        r"(?<!seconds)(?<!minutes)(?<!hours)(?<!days)"
    ),
    cause=(
        r"(?i)\b(?:because|since|due|caus\w+|trigger\w*|result\w*|led|leading|leads|attribut\w+|stem\w*|"
        r"originat\w+|reasons?|root|after|when|while|following|bugs?|misconfigur\w+|configur\w+|expir\w+|"
        r"exhaust\w+|overload\w*|deploy\w*|release\w*|migration|upgrad\w+|updat\w+|chang\w+|fault\w*|defects?|"
        r"broke\w*|ran out|running out|full|filled|exploit\w*|vulnerab\w+|attack\w*|compromis\w+|leak\w*|"
        r"crash\w*|unknown|owing|introduced|missing|via|by an?|allow\w+|attempt\w*|as an? )\b"
        r"|(?m:^)\W*why\s*[:?]"
        # what a part of the system did not do, and what had happened before
        r"|\b(?:did|does|do|was|were|is|are|had|has|could|would)(?: not|n['’]t)\b"
        r"|\bhad (?:\w+ ){0,3}\w+(?:ed|en)\b"
    ),
    done=(
        r"(?i)\b(?:roll\w* ?back|rolled|rollback|revert\w*|restart\w*|reboot\w*|restor\w+|fix\w*|patch\w*|"
        r"resolv\w+|mitigat\w+|recover\w*|repair\w*|disabl\w+|enabl\w+|block\w*|scal\w+|increas\w+|decreas\w+|"
        r"reduc\w+|add\w*|remov\w+|delet\w+|replac\w+|mov\w+|switch\w*|fail\w* ?over|redeploy\w*|rebuil\w+|"
        r"renew\w*|rotat\w+|revok\w+|clear\w*|chang\w+|updat\w+|upgrad\w+|correct\w+|address\w*|stopp\w+|"
        r"paus\w+|kill\w*|drain\w*|rerout\w+|redirect\w*|re-?enabl\w+|re-?creat\w+|creat\w+|returned to|"
        r"back to|came back|back up|back online|brought|isolat\w+|contain\w+|shut\w*|took|taken|turn\w*|"
        r"implement\w*|releas\w+|deploy\w*|merg\w+|refund\w*|ended|over|stabili[sz]\w+|normal\w*|solution|"
        r"solved|worked|notified|reset\w*|re-?start\w*|published|set)\b"
    ),
    # A deed told after the trouble, whatever its verb: "it was enlarged", "we waited for the quota".
    deed=(
        r"(?i)\b(?:was|were|been|we|they|teams?|engineers?|on-?call|support|operations|staff|who)\s"
        r"(?:then |later |also |\w+ly )*(?!affect|impact|delay|fail|caus|trigger|report|notic|detect|discover|lost|"
        r"expos|miss|tim|meant|intend|expect|design|suppos|experienc|reject|refus|declin|drop|interrupt|disrupt|degrad|locked|"
        r"prevent|suffer|receiv|observ|identif|happen|occur|last|start|need|want|determin|assum|believ|suspect|stolen|"
        r"leak|seen|known|broken)(?:\w+(?:ed|en|pt)|gave|put|cut|built|rebuilt|made|split|wrote|sent|ran|withdrew|sold|bought|"
        r"told|let|brought)\b"
    ),
    word=r"[^\W_]+(?:[-'’.][^\W_]+)*",
    # What ends a sentence; a point of a list and the words that lead in a list end without.
    stop=r"[.!?…。！？]",
)


@rule(
    level=Level.WARNING,
    needs=frozenset({"english"}),
    help="keep what happened, who was affected, the cause and what was done; move the rest to the sections below",
    sources=("Site Reliability Engineering, appendix D: Example Postmortem",),
    good=[
        """
        # Search was down

        ## Summary

        Search returned errors to all users from 10:02 to 10:40 UTC. An index rebuild had deleted the live index. The
        last snapshot was restored.

        | Metric | Value |
        |---|---|
        | Failed queries | 12,000 |
        """,
        """
        # Search was down

        ## Summary

        Search returned errors to all users from 10:02 to 10:40 UTC, because a rebuild had deleted the live index. This
        is what was done:

        1. Restored the last snapshot
        2. Replayed the queue
        3. Stopped the nightly rebuild
        4. Told the customers
        5. Compared the two indexes
        6. Closed the incident
        """,
    ],
    bad=[
        """
        # Search was down

        ## ⟦Summary⟧

        Search was down. It began at ten. Nobody saw it at first. Then a user wrote. The team met. The index was gone.
        A snapshot was found. It was restored. Search came back.
        """,
        """
        # Search was down

        ## ⟦Summary⟧

        The search service keeps its index on nine nodes, each of which holds two shards and a replica of the shards of
        its neighbours, so that one node may be lost without any loss of results, and the rebuild that runs each night
        on a tenth node writes a new index beside the old one before the alias that the service reads is moved from the
        one to the other by a job that runs when the count of documents in the two differs by less than one per cent.

        On Tuesday the rebuild began at ten and found the new index of the night before still there, because the job
        that moves the alias had been stopped on Monday for the upgrade of the scheduler and was not started again when
        that upgrade was done, and as the rebuild takes an index that no alias points to for a leftover, it deleted what
        it took for one, which was the index that all users read from until the snapshot was restored at a quarter to
        eleven.
        """,
    ],
)
def summary_too_long(
    doc: Postmortem,
    *,
    sentences_allowed: Annotated[int, "sentences in a summary, at most"] = 6,
    words_allowed: Annotated[int, "words in a summary, at most"] = 150,
) -> Iterator[Problem]:
    """The summary takes longer than half a minute to read.

    Most readers stop after the summary, and those who decide whether to read on give it thirty seconds. What stands
    after that is not read by the people it was written for.
    """
    for section in _summaries(doc)[:1]:
        parts = [prose.text for prose in _running_text(section.blocks)]
        words = sum(len(_PATTERNS.word.findall(part)) for part in parts)
        count = sum(
            _PATTERNS.stop.search(part[end - 2 : end + 1]) is not None for part in parts for _, end in sentences(part)
        )
        for said, what, allowed in ((words, "words", words_allowed), (count, "sentences", sentences_allowed)):
            if said > allowed:
                # Half a minute is an estimate, and what goes just beyond it is as good as within.
                near = said * 10 < allowed * 11 if what == "words" else said * 4 < allowed * 5
                yield Problem(
                    section.title_span,
                    f"the summary has {said} {what}; {allowed} are read in half a minute",
                    confidence=Confidence.LOW if near else None,
                )
                return


def _summaries(doc: Postmortem) -> list[Section]:
    """Sections that are a summary and nothing else; a narrative that also serves as one has its own length."""
    return [section for section in doc.find(SectionKind.SUMMARY) if section.kinds == (SectionKind.SUMMARY,)]


def _running_text(blocks: tuple[Block, ...]) -> Iterator[Prose]:
    for block in walk(tuple(block for block in blocks if isinstance(block, Paragraph | List)), quotes=False):
        if isinstance(block, Paragraph):
            yield block.prose


_ANSWERS = (
    ("affected", "who was affected", "name the users, customers or services, with a number"),
    ("cause", "the cause", 'say in a clause why it happened, or that it is not known yet: "after …", "because …"'),
    (
        "done",
        "what was done about it",
        'say in a clause what ended it: "rolled back", "restarted", "restored from backup"',
    ),
)
# Fields at the head of the page, which are read before the summary and with it.
_FIELDS = {
    "affected": frozenset({"users_affected", "impact"}),
    "cause": frozenset({"root_cause"}),
    "done": frozenset({"resolution"}),
}
_TOO_FEW = 8
"""Words that can hold at most one of the four answers."""


@rule(
    level=Level.WARNING,
    confidence=Confidence.MEDIUM,
    needs=frozenset({"english"}),
    help="four answers in two to four sentences: what happened, who was affected, why, and what was done",
    sources=("Site Reliability Engineering, appendix D: Example Postmortem",),
    good=[
        """
        # Search was down

        ## Summary

        Search returned errors to all users for 38 minutes after an index rebuild deleted the live index. The last
        snapshot was restored.
        """,
        """
        # Search was down

        **Resolution:** the last snapshot was restored

        ## Summary

        Search returned errors to all users for 38 minutes after an index rebuild deleted the live index.
        """,
    ],
    bad=[
        """
        # Search was down

        ## ⟦Summary⟧

        Search was down.
        """,
        """
        # Search was down

        ## ⟦Summary⟧

        All users of the search page in Europe and Asia saw an error message instead of results from 10:02 until noon,
        because the live index was gone.
        """,
    ],
)
def summary_too_thin(doc: Postmortem) -> Iterator[Problem]:
    """The summary leaves out who was affected, the cause, or what was done.

    The summary stands alone in newsletters, dashboards and the memory of people who never open the rest. If one of the
    four answers is missing there, it is missing for them.
    """
    for section in _summaries(doc)[:1]:
        text = "\n".join(prose.text for prose in _running_text(doc.body(section)))
        words = len(_PATTERNS.word.findall(text))
        if not words:
            return
        if words < _TOO_FEW:
            yield Problem(
                section.title_span,
                f"the summary has {words} words: who was affected, why, and what was done do not fit into that",
            )
            return
        above = {entry.name for entry in doc.metadata if entry.span.start < section.title_span.start}
        if any(part.title_span < section.title_span for part in doc.find(SectionKind.IMPACT)):
            above.add("impact")
        lacking = [(what, how) for name, what, how in _ANSWERS if not _says(text, name) and not above & _FIELDS[name]]
        if lacking:
            *others, last = (what for what, _ in lacking)
            said = f"{', '.join(others)} or {last}" if others else last
            yield Problem(
                section.title_span,
                f"the summary does not say {said}",
                help="; ".join(how for _, how in lacking),
            )


def _says(text: str, name: str) -> bool:
    """Whether the summary gives one of its answers; what was done is told last."""
    if getattr(_PATTERNS, name).search(text):
        return True
    _, *after = sentences(text)
    return name == "done" and bool(after) and _PATTERNS.deed.search(text, after[-2:][0].start) is not None
