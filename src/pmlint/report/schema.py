"""The JSON schema of the `json` format."""

from typing import Any

_TEXT = {"type": "string"}
_COUNT = {"type": "integer", "minimum": 0}
_FROM_ONE = {"type": "integer", "minimum": 1}
_FLAG = {"type": "boolean"}
_SCORE = {"type": "integer", "minimum": 0, "maximum": 100}
_SCORE_OR_NONE = {**_SCORE, "type": ["integer", "null"]}


def schema() -> dict[str, Any]:
    """JSON Schema, draft 2020-12, of everything that `--format json` prints."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "findings of pmlint",
        **_closed(
            version=_TEXT,
            documents=_list("document"),
            findings=_list("finding"),
            summary={"$ref": "#/$defs/summary"},
            crashes=_list("crash"),
            warnings={"type": "array", "items": _TEXT},
        ),
        "$defs": {
            "document": _document(),
            "finding": _finding(),
            "fix": _closed(title=_TEXT, safe=_FLAG, edits=_list("edit")),
            "edit": _closed(**_range("start_"), text=_TEXT),
            "related": _closed(**_range(), message=_TEXT),
            "crash": _closed(rule=_TEXT, path=_TEXT, error=_TEXT),
            "summary": _summary(),
        },
    }


def _document() -> dict[str, Any]:
    skipped = _closed(rule=_TEXT, reason=_TEXT)
    return _closed(
        path=_TEXT,
        kind={"enum": ["postmortem", "incident", "status-update", "checkpoint", "other"]},
        profile=_TEXT,
        profile_reason=_TEXT,
        score={**_SCORE_OR_NONE, "description": "null where the file is no document of an incident"},
        scores={"type": "object", "additionalProperties": _SCORE, "description": "by dimension"},
        closes={"type": "array", "items": _TEXT, "description": "why it closes the gate"},
        suppressed={**_COUNT, "description": "findings that its comments accept"},
        baselined={**_COUNT, "description": "findings that the baseline holds"},
        unchanged={**_COUNT, "description": "findings outside of what was changed, with --changed-since"},
        fixed={**_COUNT, "description": "findings that were there before this run fixed them, with --fix"},
        skipped={"type": "array", "items": skipped, "description": "rules that did not run on it"},
    )


def _finding() -> dict[str, Any]:
    return _closed(
        rule=_TEXT,
        family=_TEXT,
        level={"enum": ["error", "warning", "info"]},
        confidence={"enum": ["high", "medium", "low"]},
        path=_TEXT,
        **_range(),
        message={**_TEXT, "description": "what is wrong in this document"},
        help={**_TEXT, "description": "what a good answer looks like"},
        excerpt={**_TEXT, "description": "the words that it points at, on one line, secrets replaced"},
        fix={"anyOf": [{"type": "null"}, {"$ref": "#/$defs/fix"}]},
        related=_list("related"),
        fingerprint={**_TEXT, "description": "stays the same when the text moves"},
    )


def _summary() -> dict[str, Any]:
    return _closed(
        documents=_COUNT,
        documents_with_findings=_COUNT,
        findings=_COUNT,
        errors=_COUNT,
        warnings=_COUNT,
        infos=_COUNT,
        suppressed=_COUNT,
        baselined=_COUNT,
        unchanged=_COUNT,
        fixed=_COUNT,
        fixable={**_COUNT, "description": "of the findings, those that a fix is offered for"},
        crashes=_COUNT,
        lowest_score=_SCORE_OR_NONE,
        mean_score=_SCORE_OR_NONE,
        rules={"type": "object", "additionalProperties": _FROM_ONE, "description": "findings by rule"},
    )


def _range(prefix: str = "") -> dict[str, Any]:
    """A place: lines and columns from 1, columns in code points."""
    last = {**_FROM_ONE, "description": "the column after the last character"}
    return {f"{prefix}line": _FROM_ONE, f"{prefix}column": _FROM_ONE, "end_line": _FROM_ONE, "end_column": last}


def _closed(**properties: Any) -> dict[str, Any]:
    """An object with exactly these properties."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(name: str) -> dict[str, Any]:
    return {"type": "array", "items": {"$ref": f"#/$defs/{name}"}}
