"""Structure: links inside the document and to files beside it that lead somewhere."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import unquote, urlsplit

from pmlint.document.model import Kind, Postmortem
from pmlint.document.patterns import Patterns
from pmlint.rules.problem import Level, Problem
from pmlint.rules.rule import rule
from pmlint.source import Block, Heading, Html, Paragraph, Prose, Span, Table, walk

_PATTERNS = Patterns(
    # Every renderer makes its own anchors of a heading; they agree on its letters and digits.
    not_spelled=r"[\W_]+",
    named=(r"""(?i)<[a-z]+\b[^>]{0,200}?\b(?:id|name)\s*=\s*["']?([^"'\s>]+)|\{#([\w:.-]+)[^}]{0,80}\}"""),
    # An address without its scheme, which a browser takes for a file beside the page.
    host=r"(?i)(?:[a-z0-9-]{1,63}\.){1,5}(?:com|org|net|gov|edu|int|io|dev|app|info|co|eu|uk|de|fr|us|jp)(?:[/:?#]|$)",
    templated=r"[{}$<>]|<%|\s",
)


@rule(
    level=Level.WARNING,
    kinds=frozenset(Kind) - {Kind.OTHER},
    help="correct the target, or remove the link",
    good=[
        "# Search was down\n\nSee [what happened](#timeline-utc) and [above](#top).\n\n## Timeline (UTC)\n",
        '# Search was down\n\nSee [the log](#log-1).\n\n<a id="log-1"></a>\n\nThe log.\n',
    ],
    bad=[
        "# Search was down\n\nSee ⟦[what happened](#chronology)⟧.\n\n## Timeline\n",
        "# Search was down\n\n| Step | Log |\n|---|---|\n| 10:02 | ⟦![errors](#errors)⟧ |\n\n## Error rate\n",
    ],
)
def broken_reference(doc: Postmortem, *, exists: Callable[[str], bool] | None = None) -> Iterator[Problem]:
    """A link or image leads to nothing in this document or beside it.

    Evidence that cannot be opened is no evidence. Links break when a page is moved or exported, which is when its
    authors no longer look.
    """
    if not any(map(doc.source.text.__contains__, _LINKING)):
        return
    anchors: set[str] | None = None
    for prose in _all_prose(doc):
        for mark in prose.marks:
            if mark.kind not in ("link", "image") or not mark.target:
                continue
            target = mark.target.strip()
            if target.startswith("#"):
                anchors = _anchors(doc) if anchors is None else anchors
                if not _known(target[1:], anchors):
                    yield Problem(
                        _whole(doc, prose, mark.start, mark.end), f'"{target}" is no heading of this document'
                    )
            elif exists is not None and _beside(target) and not exists(unquote(urlsplit(target).path)):
                bare = _PATTERNS.host.match(target) is not None
                yield Problem(
                    _whole(doc, prose, mark.start, mark.end),
                    f'"{target}" is not there',
                    help=f"write the whole address, https://{target}" if bare else "",
                )


_LINKING = ("](", "]:", "<")
"""Signs of which a document with a link or an image has one."""


def _all_prose(doc: Postmortem) -> Iterator[Prose]:
    for block in walk(doc.markup.blocks):
        if not doc.span.end or doc.span.meets(block.span):
            yield from _proses(block)


def _proses(block: Block) -> Iterator[Prose]:
    if isinstance(block, Paragraph | Heading | Html):
        yield block.prose
    elif isinstance(block, Table):
        for row in (block.header, *block.rows):
            yield from (cell.prose for cell in row.cells)


def _spelled(text: str) -> str:
    return _PATTERNS.not_spelled.sub("", unquote(text)).casefold()


def _anchors(doc: Postmortem) -> set[str]:
    # A bold line has an anchor in no renderer, but a reader who follows the link does not end up nowhere either.
    headings = {_spelled(block.prose.text) for block in walk(doc.markup.blocks) if isinstance(block, Heading)}
    named = {_spelled(one or two) for one, two in _PATTERNS.named.findall(doc.source.text)}
    return headings | named | {_spelled(section.title) for section in doc.sections}


def _known(anchor: str, anchors: set[str]) -> bool:
    spelled = _spelled(anchor)
    if not spelled or spelled in ("top", "start", "content") or spelled in anchors:
        return True
    # `timeline-1` is the second heading of that name, `fn-1` a footnote; emoji and ids may be left out of either.
    without_count = re.sub(r"\d+$", "", spelled)
    if without_count in anchors or re.match(r"(?:user-content-)?fn(?:ref)?[-:]", anchor):
        return True
    return any(name and (name in spelled or spelled in name) for name in anchors if abs(len(name) - len(spelled)) <= 3)


def _beside(target: str) -> bool:
    """Whether it names a file relative to the document: no address, site path, or expression of a site generator."""
    parts = urlsplit(target)
    return not (
        parts.scheme
        or parts.netloc
        or target.startswith(("/", "@", "?", "{"))
        or _PATTERNS.templated.search(target)
        or not (re.search(r"\.\w{1,5}$", parts.path) or _PATTERNS.host.match(target))
    )


def _whole(doc: Postmortem, prose: Prose, start: int, end: int) -> Span:
    """The link with its brackets and target, where it is written inline."""
    span = prose.span(start, end)
    text = doc.source.text
    opened = text.rfind("[", max(0, span.start - 2), span.start + 1)
    closed = text.find(")", span.end, span.end + 400)
    if opened >= 0 and closed >= 0 and text[span.end : span.end + 2] == "](":
        opened -= text[opened - 1 : opened] == "!"
        return Span(opened, closed + 1)
    return span
