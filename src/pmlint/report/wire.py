"""The JSON shape of a run: a contract, described for machines by `schema`."""

from typing import Any

from pmlint.engine.finding import Checked, Crash, Finding, PlacedFix, Run
from pmlint.report.tally import tally
from pmlint.source.span import Position


def of_run(run: Run) -> dict[str, Any]:
    """Everything about a run; what there may be many of is made as it is asked for."""
    return {
        "version": run.version,
        "documents": map(of_document, run.documents),
        "findings": map(of_finding, run.findings),
        "summary": of_summary(run),
        "crashes": [of_crash(crash) for crash in run.crashes],
        "warnings": list(run.warnings),
    }


def of_document(document: Checked) -> dict[str, Any]:
    """One document, its findings left out."""
    return {
        "path": document.path,
        "kind": document.kind,
        "profile": document.profile,
        "profile_reason": document.profile_reason,
        "score": document.score,
        "scores": dict(document.scores),
        "closes": list(document.closes),
        "suppressed": document.suppressed,
        "baselined": document.baselined,
        "unchanged": document.unchanged,
        "fixed": document.fixed,
        "skipped": [{"rule": rule, "reason": reason} for rule, reason in document.skipped],
    }


def of_finding(finding: Finding) -> dict[str, Any]:
    """One finding; lines and columns from 1, columns in code points, the end after the last character."""
    return {
        "rule": finding.rule,
        "family": finding.family,
        "level": str(finding.level),
        "confidence": str(finding.confidence),
        "path": finding.path,
        **_range("", finding.start, finding.end),
        "message": finding.message,
        "help": finding.help,
        "excerpt": finding.excerpt,
        "fix": None if finding.fix is None else of_fix(finding.fix),
        "related": [{**_range("", place.start, place.end), "message": place.message} for place in finding.related],
        "fingerprint": finding.fingerprint,
    }


def of_fix(fix: PlacedFix) -> dict[str, Any]:
    """One fix: edits that are made all or not at all."""
    return {
        "title": fix.title,
        "safe": fix.safe,
        "edits": [{**_range("start_", edit.start, edit.end), "text": edit.text} for edit in fix.edits],
    }


def of_crash(crash: Crash) -> dict[str, Any]:
    """One rule that raised."""
    return {"rule": crash.rule, "path": crash.path, "error": crash.error}


def of_summary(run: Run) -> dict[str, Any]:
    """The run in figures."""
    figures = tally(run)
    return {
        "documents": figures.documents,
        "documents_with_findings": figures.with_findings,
        "findings": figures.findings,
        "errors": figures.errors,
        "warnings": figures.warnings,
        "infos": figures.infos,
        "suppressed": figures.suppressed,
        "baselined": figures.baselined,
        "unchanged": figures.unchanged,
        "fixed": figures.fixed,
        "fixable": figures.fixable,
        "crashes": len(run.crashes),
        "lowest_score": figures.lowest_score,
        "mean_score": figures.mean_score,
        "rules": dict(figures.rules),
    }


def _range(prefix: str, start: Position, end: Position) -> dict[str, int]:
    return {
        f"{prefix}line": start.line,
        f"{prefix}column": start.column,
        "end_line": end.line,
        "end_column": end.column,
    }
