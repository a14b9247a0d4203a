"""What is worked out of a document once, however many rules ask for it."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from pmlint.document.model import Postmortem

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


def once(
    ask: Callable[Concatenate[Postmortem, Asked], Answer],
) -> Callable[Concatenate[Postmortem, Asked], Answer]:
    """`ask`, which gives the same answer again where it has been asked the same of the same document.

    Its answer is nothing that could be changed or used up, and what it is asked besides can be a key.
    """

    @wraps(ask)
    def answer(doc: Postmortem, /, *args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
        key = (ask, args, tuple(kwargs.items()))
        if key not in doc.answers:
            doc.answers[key] = ask(doc, *args, **kwargs)
        return doc.answers[key]  # type: ignore[return-value]

    return answer
