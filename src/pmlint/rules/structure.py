"""Structure: sections that hold nothing, or stand twice."""

import re
from collections.abc import Iterator

from pmlint.document.model import Postmortem, Section, SectionKind
from pmlint.document.words import fold
from pmlint.rules.problem import Level, Problem, Related
from pmlint.rules.rule import rule
from pmlint.source import Block, Code, Divider, Heading, Html, List, Paragraph, Prose, Quote, Span, Table


@rule(
    level=Level.WARNING,
    help='write what is known, or say why there is nothing to say: "no data was lost", "none", "not applicable '
    'because …"',
    sources=("Site Reliability Engineering, ch. 15: Postmortem Culture",),
    good=[
        """
        # Login was slow

        ## Where we got lucky

        None.

        ## Root cause

        ### Trigger

        The certificate of the session store expired.
        """,
        """
        # Login was slow

        ## Timeline

        ![Graph of login latency from 10:00 to 12:00 UTC](latency.png)
        """,
        """
        # Login was slow

        **Corrective measures:**

        - **Fixes:**
          - Renew the certificate by machine
        """,
        """
        # Login was slow

        **Corrective and preventive measures**

        *Next steps*

        - Renew the certificate by machine
        """,
    ],
    bad=[
        """
        # Login was slow

        ## ⟦Lessons learned⟧

        ## Action items

        - Renew the certificate by machine
        """,
        """
        # Login was slow

        ## ⟦Impact⟧

        <!-- How many users? For how long? -->

        ## Timeline

        - 10:02 UTC: login slows down
        """,
    ],
)
def empty_section(doc: Postmortem) -> Iterator[Problem]:
    """A section has a heading and nothing under it.

    An empty section says that a question was asked and not answered. A reader cannot tell whether nothing happened
    there, nobody looked, or the text got lost.
    """
    for section in doc.sections:
        # An empty timeline is one without events, and that says more.
        known = set(section.kinds) - {
            SectionKind.UNKNOWN,
            SectionKind.TITLE,
            SectionKind.METADATA,
            SectionKind.TIMELINE,
        }
        if known and not _has_parts(doc, section) and not any(map(_says_something, section.blocks)):
            if any(entry.span.meets(section.title_span) for entry in doc.metadata):
                continue  # `## Impact: none`
            yield Problem(section.title_span, f'"{section.title}" has nothing under it')


def _has_parts(doc: Postmortem, section: Section) -> bool:
    """Whether sections stand under it: as its children, or as a list of bold labels that a bold label leads in."""
    if any(other.parent is not None and doc.sections[other.parent] is section for other in doc.sections):
        return True
    after = next((other for other in doc.sections if other.span.start >= section.span.end), None)
    if after is None or after.level != section.level:
        return False
    if set(after.kinds) <= set(section.kinds):
        return True  # a label that sorts what the one above it is about
    between = doc.source[Span(section.title_span.end, max(section.title_span.end, after.title_span.start))]
    return _LISTED.fullmatch(between) is not None


# The rest of a label's line, and the marker of a list item that opens with the next label.
_LISTED = re.compile(r"[*_: \t]*\n\s*(?:[-*+]|\d{1,3}[.)])[ \t]+[*_]*")


def _says_something(block: Block) -> bool:
    if isinstance(block, Divider):
        return False
    if isinstance(block, Paragraph | Html | Heading):
        return _shows(block.prose)
    if isinstance(block, Code):
        return any(line.text.strip() for line in block.lines)
    if isinstance(block, List):
        return any(item.checked is not None or any(map(_says_something, item.blocks)) for item in block.items)
    if isinstance(block, Table):
        return any(_shows(cell.prose) for row in block.rows for cell in row.cells)
    if isinstance(block, Quote):
        return any(map(_says_something, block.blocks))
    return True


def _shows(prose: Prose) -> bool:
    return bool(prose) or any(mark.kind == "image" for mark in prose.marks)


@rule(
    level=Level.WARNING,
    help="keep one of the two and move the other's content under it",
    good=[
        """
        # Search was down

        ## Corrective actions

        - Alert on index age over 1 h

        ## Preventive actions

        - Rebuild the index in CI
        """,
        """
        # Search was down

        ## First outage

        ### Timeline

        - 10:02 UTC: search fails

        ## Second outage

        ### Timeline

        - 14:40 UTC: search fails again
        """,
    ],
    bad=[
        """
        # Search was down

        ## Timeline

        - 10:02 UTC: search fails

        ## Root cause

        The index was deleted.

        ## ⟦Timeline⟧

        - 11:00 UTC: search is back
        """,
        """
        # Search was down

        ## Next steps

        - Ask the vendor for a snapshot

        ## Resolution

        The index was rebuilt.

        ## ⟦Next Steps:⟧

        - Alert on index age over 1 h
        """,
    ],
)
def duplicate_section(doc: Postmortem) -> Iterator[Problem]:
    """The same section stands twice at one level.

    Two timelines or two lists of actions drift apart: one is corrected and the other is read. Mostly it is a
    template's heading that stayed when the real one was written.
    """
    seen: dict[tuple[int | None, str], Section] = {}
    for section in doc.sections:
        if set(section.kinds) <= {SectionKind.UNKNOWN, SectionKind.TITLE}:
            continue
        key = (section.parent, fold(section.title).strip(" :"))
        first = seen.setdefault(key, section)
        if first is not section and first.level == section.level:
            yield Problem(
                section.title_span,
                f'"{section.title}" is there already, on line {doc.line(first.title_span)}',
                related=(Related(first.title_span, "the first one"),),
            )
