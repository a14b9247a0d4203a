"""Takes the characters of credentials out of a text, and nothing else: every place in it stays where it is."""

import re
from collections.abc import Iterable

from pmlint.engine.finding import MASK
from pmlint.source.span import Span

_VISIBLE = re.compile(r"[^\r\n]")


def hidden(text: str, secrets: Iterable[Span] | None) -> str | None:
    """`text` without its credentials, wherever they are repeated; None where it is not known what they are."""
    if secrets is None:
        return None
    spans = [span for span in secrets if span.end > span.start]
    for secret in {text[span.start : span.end] for span in spans}:
        starts = (found.start() for found in re.finditer(f"(?={re.escape(secret)})", text))
        spans += [Span(start, start + len(secret)) for start in starts]
    return masked(text, spans)


def masked(text: str, spans: Iterable[Span]) -> str:
    """`text` with the characters of `spans` hidden; line endings stay, so that no place moves."""
    pieces, at = [], 0
    for span in sorted(spans):
        start = max(span.start, at)
        if span.end > start:
            pieces += [text[at:start], _VISIBLE.sub(MASK, text[start : span.end])]
            at = span.end
    return "".join((*pieces, text[at:]))
