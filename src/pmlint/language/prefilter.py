"""Which sentences are worth the pipeline: a cheap look at the words."""


def is_candidate(text: str) -> bool:
    """Whether a sentence may hold blame."""
    return len(text) > 8 and text.count(" ") >= 1
