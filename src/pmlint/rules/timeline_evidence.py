"""Timeline: what stands behind its entries."""

from collections.abc import Iterator

from pmlint.document.model import Postmortem, SectionKind
from pmlint.document.patterns import Patterns
from pmlint.rules.place import place
from pmlint.rules.problem import Level, Problem, Related
from pmlint.rules.rule import rule
from pmlint.rules.timeline_told import ENOUGH, opening, tells
from pmlint.source import Block, Code, Html, Paragraph, Prose, Table, walk

_PATTERNS = Patterns(
    # A source by its name: a channel, a ticket, a commit, a graph, a log.
    source=(
        r"(?<!\w)#[a-z][\w-]{2,}|(?<!\w)#\d+\b|\b[A-Z][A-Z0-9]+-\d+\b|\b[0-9a-f]{7,40}\b(?<=[a-f0-9])(?=\W)|"
        r"(?i:\b(?:slack|irc|discord|telegram|mattermost|keybase|zulip|teams channel|channel|thread|logs?|logfile|"
        r"graphs?|charts?|dashboards?|grafana|kibana|datadog|cloudwatch|prometheus|sentry|splunk|jira|tickets?|"
        r"pull requests?|prs?|commits?|screenshots?|transcript|recording|e-?mails?|alertmanager|pagerduty|opsgenie|"
        r"stackdriver|newrelic|traces?)\b)"
        r"|ログ|チケット|日志"
    ),
    # An alert by its name, and what was run to see it.
    named=(
        r"(?i:\balerts?): +\w|(?i:\balerts?) [`\"“']?[A-Za-z0-9]{1,40}[-_][A-Za-z0-9]|"
        r"\b[A-Za-z0-9]{1,40}(?:[-_][A-Za-z0-9]{1,40}){1,6}[`\"”']? alert|"
        r"\b(?:[A-Z][a-z]{1,30}){2,6}[`\"”']? alert|"
        r"(?i:\b(?:ran|runs?|running|executed|executing|output of) `?)[a-z][\w.-]* -{1,2}[A-Za-z]"
    ),
)


@rule(
    level=Level.INFO,
    help="link the alert, the chat message, the deployment or the graph behind the entries",
    sources=("Howie: The Post-Incident Guide", "Amazon, Correction of Error: timeline"),
    good=[
        """
        # Search was down

        ## Timeline

        - 10:02 UTC: first searches fail ([graph](https://graphs.example/search))
        - 10:12 UTC: alert fires
        - 10:40 UTC: snapshot restored, incident resolved
        """,
        """
        # Search was down

        ## Timeline

        Reconstructed from the channel #inc-search and the deployment log.

        - 10:02 UTC: first searches fail
        - 10:12 UTC: alert fires
        - 10:40 UTC: snapshot restored, incident resolved
        """,
        """
        # Search was down

        ## Timeline

        - 10:02 UTC: first searches fail
        - 10:12 UTC: alert fires
        - 10:40 UTC: snapshot restored, incident resolved

        ## References

        - [Thread of the incident](https://chat.example/inc-search)
        """,
        """
        # Search was down

        ## Timeline

        - 10:02 UTC: first searches fail
        - 10:12 UTC: alert index-age fires
        - 10:40 UTC: snapshot restored, incident resolved
        """,
    ],
    bad=[
        """
        # Search was down

        ## ⟦Timeline⟧

        - 10:02 UTC: first searches fail
        - 10:12 UTC: alert fires
        - 10:40 UTC: snapshot restored, incident resolved
        """,
        """
        # Search was down

        ## Timeline

        | Time (UTC) | Event | Evidence |
        |---|---|---|
        | 10:02 | first searches fail | [graph](https://graphs.example/search) |
        | 10:12 | alert fires | [page](https://pager.example/1) |
        | 10:40 | ⟦snapshot restored⟧ | |
        """,
    ],
)
def event_without_evidence(doc: Postmortem) -> Iterator[Problem]:
    """Nothing stands behind the entries of the timeline: no link, log, dashboard or channel.

    Times written from memory drift towards the story that was told first. A link costs a second while the tab is open,
    and lets a reader who doubts look for themselves.
    """
    if not tells(doc):
        return
    events = doc.timeline.events
    empty = [event for event in events if event.evidence == "" and event.text]
    if empty and len(empty) <= max(ENOUGH, len(events) // 2):
        for event in empty:
            yield Problem(event.text_span, f'"{opening(event)}" has an empty cell for its evidence')
    elif empty:
        yield Problem(
            empty[0].text_span,
            f"{len(empty)} of {len(events)} entries have an empty cell for their evidence, the first of them here",
            related=tuple(Related(event.text_span, "no evidence") for event in empty[1:]),
        )
    elif not any(event.links or event.evidence for event in events) and not _shown(doc):
        message = f"none of the {len(events)} entries has a link, a log, a dashboard or a channel behind it"
        yield Problem(place(doc, SectionKind.TIMELINE), message)


def _shown(doc: Postmortem) -> bool:
    """Whether the timeline holds a log, a picture, a link or the name of a source, or a list of sources has a link."""
    for block in _blocks(doc, SectionKind.TIMELINE):
        if isinstance(block, Code):
            return True
        if any(prose.links() or _PATTERNS.source.search(prose.text) for prose in _proses(block)):
            return True
    if any(_PATTERNS.source.search(event.text) or _PATTERNS.named.search(event.text) for event in doc.timeline.events):
        return True
    listed = _blocks(doc, SectionKind.RELATED, SectionKind.APPENDIX)
    return any(prose.links() or "://" in prose.text for block in listed for prose in _proses(block))


def _blocks(doc: Postmortem, *kinds: SectionKind) -> Iterator[Block]:
    return (block for section in doc.find(*kinds) for block in walk(doc.body(section)))


def _proses(block: Block) -> list[Prose]:
    if isinstance(block, Table):
        return [cell.prose for row in block.rows for cell in row.cells]
    return [block.prose] if isinstance(block, Paragraph | Html) else []
