"""Tickets: links to issues and merge requests, keys of trackers, numbers with a hash."""

from collections.abc import Iterator

from pmlint.document.patterns import Patterns
from pmlint.document.words import words
from pmlint.source import Prose

_PATTERNS = Patterns(
    address=(
        r"(?i)//[^\s/]+/(?:[^\s?#]*/)?(?:issues?|pull|pulls|pull-requests?|merge_requests|-/work_items|bugs?|tickets?|stories|story"
        r"|change|changes|browse|work_?items?(?:/edit)?|_workitems(?:/edit)?|t|c|tasks?)/[A-Za-z]*[-_]?[0-9A-Z][\w-]*"
        r"|//[^\s/]*(?:trello\.com/c/|linear\.app/|app\.asana\.com/|app\.clickup\.com/|bugs\.launchpad\.net/|crbug\.com/|bugzilla\.)[^\s]+"
        r"|show_bug\.cgi\?id=\d+|[?&]selectedIssue="
    ),
    key=r"(?<![\w./#@+-])(?P<project>[A-Z][A-Z0-9]{1,9})-(?P<number>\d{1,7})(?![\w-]|\.\d)",
    # as service desks and Azure Boards count: INC0098213, CHG0045512, AB#1234
    code=r"(?<![\w./#@+-])(?:(?:INC|PRB|PBI|CHG|RITM|REQ|SCTASK|CTASK|PTASK|TASK|STRY|DFCT|CRQ|WO)\d{5,15}|AB#\d{1,7})(?![\w-])",
    coded=r"[A-Z]\d{5}|AB#",
    hash=r"(?<![\w/&#])#\d{1,7}(?![\w-])",
    counted=r"(?i)\b(?:items?|actions?|incidents?|post-?mortems?|steps?|factors?|points?|phases?|sev|priority|no\.?|№)\s?$",
    path_key=r"/(?:browse|issue|issues)/([A-Z][A-Z0-9]{1,9}-\d{1,7})(?![\w-])",
)


def find_ticket(prose: Prose, *, other_ids: frozenset[str] = frozenset()) -> tuple[str, int, int] | None:
    """The first ticket in the text: what names it, and where it stands."""
    best: tuple[str, int, int] | None = None
    for found in _candidates(prose, other_ids):
        if best is None or found[1] < best[1]:
            best = found
    return best


def is_ticket(prose: Prose) -> bool:
    """Whether the text holds nothing but a ticket."""
    found = find_ticket(prose)
    return found is not None and not (prose.text[: found[1]] + prose.text[found[2] :]).strip(" .,;()[]")


def is_tracker_address(target: str) -> bool:
    """Whether an address leads to an issue, a ticket or a merge request."""
    return _PATTERNS.address.search(target) is not None


def _candidates(prose: Prose, other_ids: frozenset[str]) -> Iterator[tuple[str, int, int]]:
    linked: list[tuple[int, int]] = []
    for mark in prose.links():
        if mark.kind == "image" or not mark.target:
            continue
        linked.append((mark.start, mark.end))
        if is_tracker_address(mark.target) or (mark.kind == "link" and _named(prose, mark.start, mark.end)):
            yield _name(prose.text[mark.start : mark.end], mark.target), mark.start, mark.end
    text = prose.text
    keys = _PATTERNS.key.finditer(text) if "-" in text else ()
    numbers = _PATTERNS.hash.finditer(text) if "#" in text else ()
    codes = _PATTERNS.code.finditer(text) if _PATTERNS.coded.search(text) else ()
    for found in (*keys, *numbers, *codes):
        if any(start <= found.start() < end for start, end in linked) or prose.inside("code", *found.span()):
            continue
        if found[0] in other_ids or _is_no_key(found[0]):
            continue
        if found[0].startswith("#") and _PATTERNS.counted.search(text[max(0, found.start() - 16) : found.start()]):
            continue
        yield found[0], found.start(), found.end()


def _is_no_key(text: str) -> bool:
    """Whether it is a standard, or a model such as "LX-2": two letters and one digit make no key."""
    project, _, number = text.partition("-")
    return project in words("actions")["tickets"]["not_projects"] or (len(project) <= 2 and len(number) == 1)


def _named(prose: Prose, start: int, end: int) -> bool:
    """Whether a link's own text is a key or a number."""
    text = prose.text[start:end].strip()
    found = _PATTERNS.key.fullmatch(text)
    return bool(found and not _is_no_key(found[0])) or _PATTERNS.hash.fullmatch(text) is not None


def _name(text: str, target: str) -> str:
    """The short name that people use where there is one, else the address."""
    key = _PATTERNS.key.search(text) or _PATTERNS.hash.search(text)
    if key:
        return key[0]
    in_path = _PATTERNS.path_key.search(target)
    return in_path[1] if in_path else target
