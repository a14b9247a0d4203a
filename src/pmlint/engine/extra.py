"""What only several documents together show of one, and how it is added to what it shows by itself."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from msgspec import Struct

from pmlint.engine.files import Target
from pmlint.engine.finding import Checked, Crash, Finding
from pmlint.engine.gate import closes
from pmlint.engine.results import pack, unpack


class Extra(Struct, frozen=True):
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


def pack_extras(extras: Mapping[int, Extra]) -> list[Any]:
    """Extras as a value that JSON can hold; those with crashes are not for keeping."""
    return [(at, pack(_only(extra), ())) for at, extra in extras.items()]


def unpack_extras(packed: Any, documents: Sequence[Checked]) -> dict[int, Extra] | None:
    """The extras that were packed, by the place of their document; None for any other value."""
    try:
        unpacked = [(at, unpack(each, documents[at].path, None)) for at, each in packed]
    except (TypeError, ValueError, LookupError):
        return None
    found = {at: Extra(each.findings, each.suppressed) for at, each in unpacked if each is not None}
    return found if len(found) == len(unpacked) else None


def _only(extra: Extra) -> Checked:
    """A result that holds nothing else, so that it is packed as any other."""
    return Checked("", "", "", "", extra.findings, None, suppressed=extra.silenced)
