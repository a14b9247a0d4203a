"""What could stand there instead: a sentence about the system from the sentence's own words, or a question to ask."""

import re
from typing import TYPE_CHECKING

from pmlint.language import scheme
from pmlint.language.clause import reach
from pmlint.language.deeds import Deed

if TYPE_CHECKING:
    from spacy.tokens import Token

LONGEST = 80
"""Characters of the document's own words that a suggestion takes up; a longer one is no help to read."""

SENSIBLE = "ask what made it the sensible thing to do at that moment"


def instead(deed: Deed, sort: str) -> str:
    """A suggestion for a deed that was read as a lapse of this sort."""
    verb = deed.verb
    if sort in ("denial", "omission"):
        wanted = _wanted(deed)
        return f'for example "no step of the process was there to {wanted}"' if wanted else SENSIBLE
    if sort == "error":
        thing = _object(verb)
        return (
            f"ask what made {thing} easy to {_base(verb)}"
            if thing
            else "ask what made the slip easy, and what would have caught it"
        )
    if sort == "belief":
        said = _after(verb)
        return f"ask what made it reasonable to {_base(verb)} {said}" if said else SENSIBLE
    if sort == "harm":
        thing = _object(verb)
        return (
            f"ask what let a single action {_base(verb)} {thing}" if thing else "ask what let a single action do that"
        )
    if sort == "quality":
        return "ask what they could see, and what would have shown the rest"
    return SENSIBLE


def possible(deed: Deed, undone: str) -> str:
    """A suggestion for what was done with something left undone: "it was possible to … without …"."""
    if deed.passive:
        return SENSIBLE
    done = _phrase(deed.verb, stop=undone.split(maxsplit=1)[0])
    whole = f"{done} {undone}"
    return f'for example "it was possible to {whole}"' if done and len(whole) <= LONGEST else SENSIBLE


def _wanted(deed: Deed) -> str:
    """What was not done, as an infinitive: "renew the certificate"."""
    verb = deed.verb
    if deed.negation is None:
        inner = next((child for child in verb.children if child.dep_ == "xcomp" and child.tag_ == "VB"), None)
        return _phrase(inner) if inner is not None else ""
    if not verb.tag_.startswith("VB"):
        return ""
    return _phrase(verb)


def _phrase(verb: "Token", stop: str = "") -> str:
    """What is done, with all that follows or, where that is too long, only what it is done to; empty without that."""
    rest = _after(verb)
    if rest is None:
        thing = _object(verb)
        return f"{_base(verb)} {thing}" if thing else ""
    if stop and f" {stop}" in f" {rest}":
        rest = f" {rest}"[: f" {rest}".index(f" {stop}")].strip()
    return f"{_base(verb)} {rest}".strip()


def _after(verb: "Token") -> str | None:
    """What follows in the clause; None where it is too long to be said again."""
    end = reach(verb)[1]
    text = verb.doc.text[verb.idx + len(verb.text) : end]
    text = text.partition(",")[0].partition(";")[0]
    return " ".join(text.split()).rstrip(" .") if len(text) <= LONGEST else None


def _object(verb: "Token") -> str:
    things = scheme.objects(verb)
    if not things:
        return ""
    words = sorted(things[0].subtree, key=lambda tok: tok.i)
    text = verb.doc.text[words[0].idx : words[-1].idx + len(words[-1].text)]
    return text if len(text) <= LONGEST // 2 else ""


_CUT = re.compile(r"\w{2,}(?:[^aeo]at|iz|[aeiou]c|iv|ov|ng(?<=ang))")
"""A base form whose last "e" the lemmatizer took with the ending: "underestimat", "realiz", "replac"."""


def _base(verb: "Token") -> str:
    if verb.tag_ == "VB":
        return verb.lower_
    base = verb.lemma_.lower()
    if base == verb.lower_ and base.endswith("ed"):  # the lemmatizer does not know it
        base = base[:-3] if base[-3] == base[-4:-3] and base[-3] not in "lsz" else base[:-2]
    return f"{base}e" if base != verb.lower_ and _CUT.fullmatch(base) else base
