"""How far an action item is, in the words, marks and signs that say so."""

import re
from collections.abc import Mapping
from functools import cache

from pmlint.document.dates import dates_at
from pmlint.document.model import ActionStatus
from pmlint.document.vocabulary import Vocabulary
from pmlint.document.words import fold, index, words

_LEAD = re.compile(r"[^\W_]")
# "done on Monday" says how far an item is, "done well" does not.
_AFTER = re.compile(
    r"(?:on|in|as|by|see|at|since|with|and|now|already|today|yesterday"
    r"|(?:the )?(?:same|next|following|last|this|that) (?:day|night|morning|afternoon|evening|week|month|sprint))\b"
)
_COUNTED = re.compile(r"(\d{1,5})\s?(?:/\s?(\d{1,5})|%)")
_ASIDE = re.compile(r"[(（［[]")


def status_of(text: str, vocabulary: Vocabulary, *, column: bool = True) -> ActionStatus | None:
    """The status that `text` is, or begins with."""
    phrase = fold(text).strip("*_:：.!()[] ")
    if not phrase:
        return _sign(text)
    known = _known(vocabulary)
    if phrase in known:
        return None if not column and phrase in _said("column") else ActionStatus(known[phrase])
    # What stands in brackets explains the word before it.
    said = _ASIDE.split(phrase, maxsplit=1)[0].split()
    if column and (counted := _COUNTED.fullmatch(phrase)):
        return _counted(int(counted[1]), int(counted[2] or 100))
    for length in (3, 2, 1):
        head = " ".join(said[:length]).rstrip(",;:.!–—-")
        if len(said) < length or head not in known or not (column or head not in _said("column")):
            continue
        dated = _dated(text, head)
        if column or dated or head not in _said("alone"):
            alone = column or dated or not any(map(str.isalnum, head)) or _stands_alone(phrase, head)
            return ActionStatus(known[head]) if alone else None
    return _sign(text) or (_partly(phrase, known) if column and not phrase.isascii() else None)


def _dated(text: str, head: str) -> bool:
    """Whether a day stands right behind the status: "deployed May 9"."""
    at = text.casefold().find(head)
    return at >= 0 and bool(dates_at(text[at + len(head) :].lstrip(" :*_"), 0))


def _counted(done: int, of: int) -> ActionStatus:
    """How far "140/212" or "40 %" is."""
    return ActionStatus.DONE if done >= of else ActionStatus.IN_PROGRESS if done else ActionStatus.OPEN


def _stands_alone(phrase: str, head: str) -> bool:
    """Whether a status is set off from the words behind it: "done, see …", "done on 3 May", and not "done well"."""
    rest = phrase[len(head) :].lstrip()
    return not rest or not _LEAD.match(rest) or _AFTER.match(rest) is not None


def _sign(text: str) -> ActionStatus | None:
    """The status that an emoji or a mark stands for."""
    for sign, status in _signs():
        if sign in text:
            return ActionStatus(status)
    return None


def _partly(phrase: str, known: Mapping[str, str]) -> ActionStatus | None:
    """In scripts without spaces the word is found inside; the longest decides."""
    inside = [word for word in known if not word.isascii() and word in phrase]
    return ActionStatus(known[max(inside, key=len)]) if inside else None


@cache
def _signs() -> tuple[tuple[str, str], ...]:
    table = index("statuses", "action")
    signs = [word for word in table if not word.isascii() and not any(char.isalnum() for char in word)]
    return tuple((sign, table[sign]) for sign in signs)


@cache
def _said(table: str) -> frozenset[str]:
    return frozenset(words("actions")["statuses"][table])


def _known(vocabulary: Vocabulary) -> Mapping[str, str]:
    shipped = index("statuses", "action")
    if not vocabulary.statuses:
        return shipped
    own = {fold(word): status for status, said in vocabulary.statuses.items() for word in said}
    return {**shipped, **own}
