"""What only several documents together show of one, and how it is added to what it shows by itself."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from msgspec import Struct, msgpack

from pmlint.engine.files import Target
from pmlint.engine.finding import Checked, Crash, Finding
from pmlint.engine.gate import closes


class Extra(Struct, frozen=True, array_like=True):
    """Findings in one document that come from others."""

    findings: tuple[Finding, ...] = ()
    silenced: int = 0
    crashes: tuple[Crash, ...] = ()


def extended(documents: Sequence[Checked], extras: Mapping[int, Extra], files: Sequence[Target]) -> tuple[Checked, ...]:
    """The documents with their extras; the score stays that of each by itself."""
    return tuple(
        _extended(document, extras[at], target) if at in extras else document
        for at, (document, target) in enumerate(zip(documents, files, strict=True))
    )


def _extended(document: Checked, extra: Extra, target: Target) -> Checked:
    findings = (*document.findings, *extra.findings)
    findings = tuple(sorted(findings, key=lambda each: (each.span, each.rule, each.message)))
    return replace(
        document,
        findings=findings,
        suppressed=document.suppressed + extra.silenced,
        crashes=(*document.crashes, *extra.crashes),
        closes=closes(findings, document.score, target.settings),
    )


EXTRAS = msgpack.Decoder(dict[int, Extra])
"""How extras are read that were kept, by the place of their document; those with crashes are not for keeping."""
