"""The document as programs get it: a frozen pydantic model, with its JSON and the schema of that."""

from dataclasses import fields

from pydantic import BaseModel, ConfigDict, Field

from pmlint.document import model
from pmlint.document.parse import parse as read
from pmlint.document.vocabulary import STANDARD, Vocabulary
from pmlint.source import Markup, Source


class Postmortem(BaseModel, model.Postmortem):
    """One document, read.

    It is what the rules get, and holds and answers the same; `model_dump`, `model_dump_json` and
    `model_json_schema(mode="serialization")` leave out the text and its blocks.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    source: Source = Field(exclude=True, repr=False)
    markup: Markup = Field(exclude=True, repr=False)
    incidents: tuple["Postmortem", ...] = ()

    @classmethod
    def of(cls, doc: model.Postmortem) -> "Postmortem":
        """What was read, published; its values are right already, and are not looked at again."""
        values = {field.name: getattr(doc, field.name) for field in fields(doc)}
        return cls.model_construct(**{**values, "incidents": tuple(map(cls.of, doc.incidents))})


def parse(text: str, path: str | None = None, vocabulary: Vocabulary = STANDARD) -> Postmortem:
    """Read Markdown as a postmortem.

    Takes the text of one document, the path that it came from (its name often holds the date) and what the house adds
    to the known words. Gives a frozen `Postmortem` in which every value carries the span that it was read from.
    Never raises, whatever the text: what cannot be read is absent, and a document that is no postmortem has
    `kind == "other"`.
    """
    return Postmortem.of(read(text, path, vocabulary))
