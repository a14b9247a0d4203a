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
    "collection",
    "tool",
)
"""In the order in which a document is read; then what several show together, and the file's own troubles last."""

COLLECTION = "collection"
"""The family whose rules read all documents of a run at once."""

OPEN = tuple(family for family in FAMILIES if family not in (COLLECTION, "tool"))
"""The families that others than pmlint can add rules to."""
