"""Structure: what a template left to be filled in, and nobody filled in."""

from collections.abc import Iterator
from typing import Annotated

from pmlint.document.model import Kind, Postmortem
from pmlint.document.placeholders import find_placeholders
from pmlint.rules.place import place
from pmlint.rules.problem import Confidence, Level, Problem, Related
from pmlint.rules.rule import rule


@rule(
    level=Level.ERROR,
    kinds=frozenset(Kind) - {Kind.OTHER},
    templates=True,
    help='replace it by the fact, by "unknown" or by "none"; delete what does not apply',
    sources=("Google, Postmortem checklist",),
    good=[
        """
        # Search was down

        **Severity:** P1

        **Owner:** unknown

        ## Timeline

        - 10:02 UTC: `kubectl delete pod <pod-name>` on the index node
        - [10:10] the P0/P1 rotation is paged; see [the runbook](https://wiki.example.org/x) and <https://status.example.org>

        ## Action items

        - [x] Parse `List<String>` and `{{ name }}` in the importer
        - [ ] Resolve the TODO comments in the importer

        | Action | Status |
        |---|---|
        | Alert on index age | TODO |
        """,
        """
        # Search was down

        <details><summary>Log</summary>

        `HH:MM` stamps are in local time, format HH:MM. We [WIP] tagged the branch [^1], and asked why???

        </details>

        [^1]: footnote
        """,
    ],
    bad=[
        """
        # Search was down

        **Incident ID:** ⟦INC-YYYY-NNN⟧

        **Severity:** ⟦P0 | P1 | P2⟧

        ## Timeline

        - ⟦[TIME]⟧: alert fires
        """,
        """
        # Search was down

        **Commander:** ⟦\\<name>⟧

        ## Impact

        ⟦TBD⟧
        """,
        """
        # Postmortem: ⟦[Incident Name]⟧

        **Date:** [Incident Date]

        ## Summary

        [2-3 sentence summary of the incident]

        ## Timeline

        - [TIME] - [First event]
        """,
    ],
)
def unfilled_placeholder(
    doc: Postmortem,
    *,
    listed: Annotated[int, "placeholders that are reported one by one; more are one finding with a count"] = 3,
) -> Iterator[Problem]:
    """Text of the template is still there.

    A placeholder is a question that nobody answered. Left in a finished document it makes the answers around it
    doubtful too: a reader cannot tell which of them are facts and which are the template's own words.
    """
    everywhere = find_placeholders(doc)
    found = [left for left in everywhere if not left.hidden]
    guidance = [left for left in everywhere if left.hidden]
    if doc.is_template or len(found) > listed:
        everything = found or guidance
        if not everything:
            yield Problem(place(doc), "this is a template that nobody has filled in yet")
        else:
            first = everything[0]
            count = len(everything)
            noun = "placeholders are" if count > 1 else "placeholder is"
            yield Problem(
                first.span,
                f'{count} {noun} left in, the first is "{_short(first.text)}"',
                related=tuple(Related(left.span, f'"{_short(left.text)}"') for left in everything[1:11]),
            )
        return
    for left in found:
        yield Problem(left.span, f'"{_short(left.text)}" is still to be filled in')
    if guidance:
        first = guidance[0]
        more = f" and {len(guidance) - 1} more" if len(guidance) > 1 else ""
        yield Problem(
            first.span,
            f'the template\'s guidance "{_short(first.text)}"{more} is left in a comment',
            help="delete the template's comments once the section is written",
            level=Level.INFO,
            confidence=Confidence.MEDIUM,
        )


def _short(text: str, length: int = 50) -> str:
    text = " ".join(text.split())
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
