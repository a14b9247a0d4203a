"""The families of rules."""

FAMILIES = (
    "structure",
    "impact",
    "timeline",
    "causes",
    "language",
    "actions",
    "response",
    "learning",
    "publication",
    "tool",
)
"""In the order in which a document is read; the file's own troubles last."""
