"""What an action item asks for, clause by clause: its verb and what that is done to, read without a parser."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from pmlint.document.patterns import Patterns
from pmlint.document.sentences import sentences
from pmlint.document.words import words
from pmlint.rules.actions_tokens import Token, is_a, listed, noun_phrase, skip_adverbs, tokens_of
from pmlint.rules.lemmas import verb_of

_PATTERNS = Patterns(
    # A label that says whose it is, of what sort, or by when; and brackets, which stand aside.
    label=r"\s*[^\n.:!?]{1,60}(?::|\s[-–—])\s+(?=\S)",
    # "To be faster, add …", "when a host is drained, stop …": the deed stands behind the comma.
    fronted=(
        r"(?i)\s*(?:to|in order to|after|before|when|whenever|if|once|for|as part of|during|where)\s"
        r"[^,;.\n]{3,100},\s+(?=\S)"
    ),
    aside=r"\([^()\n]{0,200}\)|\[[^\[\]\n]{0,200}\]",
    lead=(
        r"(?i)\s*(?:[\W_]*(?:(?:action|todo|to do|task)\b[:\s-]*)?)?(?:(?:we|i|the team|[A-Z][\w-]+|team|all|"
        r"engineers?|developers?|operators?|everyone|everybody|staff|sre|devops|admins?)\s+"
        r"(?:(?:members?|engineers?)\s+)?(?:also\s+)?"
        r"(?:will|should|shall|must|could|may|might|can|needs?\s+to|have\s+to|has\s+to|want\s+to|plan\s+to|intend\s+to|"
        r"(?:are|am|is|be|have\s+been|has\s+been)(?:\s+(?:currently|still|now|also))?(?=\s+\w+ing\b)|"
        r"are\s+going\s+to|is\s+going\s+to|would\s+like\s+to|to|'ll|are\s+expected\s+to|(?:are|is)\s+asked\s+to)\s+)?"
        r"(?:(?:also|further|please|then|to|let's|let us|start|begin|continue|keep|immediately|possibly|maybe)\s+"
        r"(?:to\s+)?)*"
    ),
)


class Clause(Struct, frozen=True):
    """One thing that an item asks for; all offsets are into the item's text."""

    verb: str
    """Its base form; empty where the item only names what is to be there: "Better tests of the relay"."""
    start: int
    """Where the verb stands, or the thing that is named."""
    heads: tuple[str, ...]
    """The head nouns of what it is done to, in the singular: "a runbook for the drain" gives `runbook`."""
    noun_start: int
    noun_end: int
    end: int
    """Where the clause ends."""
    asks: bool = False
    """Whether the item asks for it outright, rather than stating what will be so."""

    def words_in(self, voice: str) -> str:
        """The verb and what it is done to, as written."""
        until = max(self.noun_end, self.start) if self.noun_start >= self.start else self.end
        return " ".join(voice[min(self.start, self.noun_start) : until].split())


def heads(voice: str) -> Sequence[int]:
    """Where the item's deed may begin: at its start, behind a label, behind "we should"."""
    starts = [0]
    label = _PATTERNS.label.match(voice)
    if label:
        starts.append(label.end())
    found: list[int] = []
    for start in starts:
        lead = _PATTERNS.lead.match(voice, start)
        found.append(start)
        if lead and lead.end() > start:
            found.append(lead.end())
    return found


@lru_cache(maxsize=1024)
def clauses(voice: str) -> tuple[Clause, ...]:
    """The deeds of an item in order; an item without a verb has one clause, which names a thing."""
    text = _PATTERNS.aside.sub(lambda found: " " * len(found[0]), voice)
    label = _PATTERNS.label.match(text)
    start = label.end() if label and not _asks(tokens_of(text, 0, label.end())) else 0
    found: list[Clause] = []
    for part_start, part_end in _parts(text, start):
        found += _part(text, part_start, part_end)
    if not found and start:
        found = _part(text, 0, len(text))
    deeds = [clause for clause in found if clause.verb]
    return tuple(deeds or found[:1])


def _parts(text: str, start: int) -> list[tuple[int, int]]:
    """Sentences, cut at semicolons, colons and dashes."""
    parts: list[tuple[int, int]] = []
    for sentence in sentences(text[start:]):
        at, end = start + sentence.start, start + sentence.end
        for cut in re.finditer(r";|:(?=\s)|\s[-–—]\s|\n", text[at:end]):
            parts.append((at, start + sentence.start + cut.start()))
            at = start + sentence.start + cut.end()
        parts.append((at, end))
    return [(at, end) for at, end in parts if text[at:end].strip()]


def _part(text: str, start: int, end: int) -> list[Clause]:
    """The clauses of one sentence."""
    fronted = _PATTERNS.fronted.match(text, start, end)
    if fronted and _opens(tokens_of(text, fronted.end(), end)):
        start = fronted.end()
    lead = _PATTERNS.lead.match(text, start, end)
    for at in (lead.end(), start) if lead and lead.end() > start else (start,):
        tokens = tokens_of(text, at, end)
        if _opens(tokens):
            return _chain(tokens, end)
    tokens = tokens_of(text, start, end)
    if not any(token.is_word for token in tokens):
        return []
    # "This would show it sooner" explains the deed before it.
    explains = tokens[0].low in ("this", "that", "it", "there", "these", "which", "they")
    return ([] if explains else _declared(tokens, end)) or [_named(tokens)]


def _opens(tokens: Sequence[Token]) -> bool:
    """Whether the words begin with a verb that asks for something: "Add …", "Adding …"."""
    index = skip_adverbs(tokens, 0)
    if index >= len(tokens):
        return False
    word = tokens[index].low
    form = verb_of(word)
    if form is None:
        return False
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if form[1] == "base":
        # "Alert fatigue", "Release notes": a noun, unless something is done to something.
        return form[0] not in listed("verbs", "nouns_too") or following is None or _takes_object(following)
    if form[1] == "past":
        # "Enabled branch protection" tells what was done; "improved validation" is still to be had.
        return following is not None and (word not in _adjectives() or is_a(following, "determiners"))
    return form[1] == "ing" and following is not None and not _is_subject(tokens, index + 1)


@cache
def _adjectives() -> frozenset[str]:
    return frozenset(words("actions")["verbs"]["adjectives"])


def _asks(tokens: Sequence[Token]) -> bool:
    """Whether what looks like a label is the deed itself: "Add an alert: …", and not "Monitoring: …"."""
    return _opens(tokens) and len([token for token in tokens if token.is_word]) > 2


def _is_subject(tokens: Sequence[Token], index: int) -> bool:
    """Whether a phrase goes on to something said of it: "stopping a host is refused …"."""
    for token in tokens[index:]:
        if is_a(token, "be") or token.low in ("will", "should", "must", "has", "have", "needs"):
            return True
        if not token.is_word or is_a(token, "prepositions"):
            return False
    return False


def _takes_object(following: Token) -> bool:
    return following.is_word and following.low not in (
        "is", "are", "was", "were", "has", "should", "must", "will", "needs", "of",
    )  # fmt: skip


def _chain(tokens: Sequence[Token], end: int) -> list[Clause]:
    """The verb at the head and those that are joined to it."""
    found: list[Clause] = []
    index = skip_adverbs(tokens, 0)
    form = verb_of(tokens[index].low)
    while index is not None and index < len(tokens) and form is not None:
        following = _next_verb(tokens, index + 1, form[1])
        stop = following if following is not None else len(tokens)
        found.append(_clause(tokens, index, stop, form[0], end))
        if following is None:
            break
        index, form = following, verb_of(tokens[following].low)
    return _ensured(tokens, found, end) or _shared(found)


def _clause(tokens: Sequence[Token], index: int, stop: int, verb: str, end: int) -> Clause:
    at = index + 1
    while at < stop and (is_a(tokens[at], "particles") and not _opens_place(tokens, at, stop)):
        at += 1
    nouns, until = noun_phrase(tokens, at, stop)
    last = tokens[stop - 1].end if stop > index else end
    span = (tokens[at].start, tokens[until - 1].end) if until > at else (tokens[index].end, tokens[index].end)
    return Clause(verb, tokens[index].start, nouns, *span, last, asks=True)


def _opens_place(tokens: Sequence[Token], at: int, stop: int) -> bool:
    """Whether a word such as "on" or "in" is followed by nothing that could be the object."""
    return at + 1 >= stop or not tokens[at + 1].is_word


def _next_verb(tokens: Sequence[Token], index: int, form: str) -> int | None:
    """The next verb of the same form that is joined to the one before `index` by "and", "then" or a comma."""
    below = False
    for at in range(index, len(tokens)):
        before, token = tokens[at - 1], tokens[at]
        # "to simulate it and find …", "that can detect and resolve …": what is joined now belongs to the purpose.
        below = below or _goes_below(tokens, at)
        joined = is_a(before, "joints") or before.low == ","
        if not joined or not token.is_word or (below and not _breaks(tokens, at)):
            continue
        here = skip_adverbs(tokens, at) if token.low.endswith("ly") or token.low in ("also", "then", "to") else at
        found = verb_of(tokens[here].low) if here < len(tokens) else None
        if found and found[1] == form and _is_verb_here(tokens, here, found[0]):
            return here
    return None


def _goes_below(tokens: Sequence[Token], at: int) -> bool:
    """Whether a purpose or a relative clause begins at `at`."""
    if is_a(tokens[at], "modals") or tokens[at].low in ("that", "which", "who"):
        return True
    verb = skip_adverbs(tokens, at) if tokens[at].low == "to" else len(tokens)
    known = verb_of(tokens[verb].low) if verb < len(tokens) else None
    return known is not None and known[1] == "base"


def _breaks(tokens: Sequence[Token], at: int) -> bool:
    """Whether what joins the word at `at` sets it apart from the phrase before: ", and", "then"."""
    before = tokens[at - 1].low
    return before == "then" or (before == "and" and at > 1 and tokens[at - 2].low == ",")


def _is_verb_here(tokens: Sequence[Token], at: int, verb: str) -> bool:
    following = tokens[at + 1].low if at + 1 < len(tokens) else ""
    if verb in listed("verbs", "nouns_too") or tokens[at].low.endswith("ing"):
        return following in listed("closed", "determiners") or following in listed("closed", "pronouns")
    return bool(following) and following not in ("and", "or", ",")


def _shared(found: list[Clause]) -> list[Clause]:
    """Verbs without an object of their own share the next one's: "create and publish the runbook"."""
    for index in range(len(found) - 2, -1, -1):
        own, after = found[index], found[index + 1]
        if not own.heads and own.noun_end <= after.start:
            found[index] = replace(own, heads=after.heads, noun_start=after.noun_start, noun_end=after.noun_end)
    return found


def _ensured(tokens: Sequence[Token], found: Sequence[Clause], end: int) -> list[Clause] | None:
    """What is made sure of, where the item says so of a statement: "ensure that alerting is configured …"."""
    first = found[0]
    index = next(i for i, token in enumerate(tokens) if token.start == first.start)
    verb, after = first.verb, index + 1
    if verb in ("make", "see") and after < len(tokens) and tokens[after].low in ("sure", "certain", "to"):
        verb, after = f"{verb} {tokens[after].low}", after + 1
        if verb == "see to" and after < len(tokens) and tokens[after].low == "it":
            verb, after = "see to it", after + 1
    if verb not in listed("verbs", "ensuring"):
        return None
    if after < len(tokens) and tokens[after].low == "that":
        after += 1
    return _declared(tokens[after:], end) or None


def _declared(tokens: Sequence[Token], end: int) -> list[Clause]:
    """Verbs of a statement about what will be: "the manifest will be reviewed", "pull requests require a review"."""
    for at in range(1, len(tokens)):
        low = tokens[at].low
        if low in listed("closed", "modals") or low in listed("closed", "be") or low == "to":
            found = _predicate(tokens, at, end)
            if found or low in listed("closed", "be"):
                return found
        elif low in listed("closed", "prepositions") and low not in (
            "for",
            "in",
            "on",
            "from",
            "with",
            "by",
            "of",
            "at",
        ):
            break
    return _third_person(tokens)


_INSIDE = frozenset(("for", "in", "on", "from", "with", "by", "of", "at"))
"""Prepositions that may stand inside of a subject."""
_BETWEEN = frozenset(("to", "not", "n't", "now", "also", "only", "never"))


def _predicate(tokens: Sequence[Token], at: int, end: int) -> list[Clause]:
    """What a modal or a form of "be" at `at` leads to."""
    subject, _ = noun_phrase(tokens, 0, at)
    index = at
    passive = False
    low_forms = (
        listed("closed", "be") | listed("closed", "modals") | {"to", "not", "n't", "now", "also", "only", "never"}
    )
    while index < len(tokens) and (tokens[index].low in low_forms or tokens[index].low.endswith("ly")):
        passive = passive or is_a(tokens[index], "be")
        index += 1
    found = verb_of(tokens[index].low) if index < len(tokens) else None
    last = tokens[-1].end if tokens else end
    span = (tokens[0].start, tokens[at - 1].end)
    if found and passive and found[1] in ("past", "base") and tokens[index].low != found[0]:
        return _participles(tokens, index, subject, span, last)
    if found and not passive and found[1] == "past" and tokens[at].low in ("has", "have"):
        nouns, until = noun_phrase(tokens, index + 1, len(tokens))
        own = (tokens[index + 1].start, tokens[until - 1].end) if until > index + 1 else span
        return [Clause(found[0], tokens[index].start, nouns or subject, *own, last)]
    if found and not passive and found[1] == "base":
        nouns, until = noun_phrase(tokens, index + 1, len(tokens))
        own = (tokens[index + 1].start, tokens[until - 1].end) if until > index + 1 else span
        return [Clause(found[0], tokens[index].start, nouns or subject, *own, last)]
    if tokens[at].low in ("has", "have", "needs", "need") and index < len(tokens) and tokens[index].is_word:
        nouns, until = noun_phrase(tokens, index, len(tokens))
        if nouns:
            return [Clause("have", tokens[at].start, nouns, tokens[index].start, tokens[until - 1].end, last)]
    return []


def _participles(
    tokens: Sequence[Token], index: int, subject: tuple[str, ...], span: tuple[int, int], last: int
) -> list[Clause]:
    """The participle at `index` and those that are joined to it: "has been disabled and removed"."""
    found: list[Clause] = []
    while index < len(tokens):
        form = verb_of(tokens[index].low)
        # What is planned or expected is not done by that.
        if form is None or form[1] != "past" or form[0] in ("plan", "schedule", "expect", "need"):
            break
        found.append(Clause(form[0], tokens[index].start, subject, *span, last))
        index += 1
        if index < len(tokens) and tokens[index].low in ("and", ",", "or"):
            index += 1
    return found


def _third_person(tokens: Sequence[Token]) -> list[Clause]:
    """A statement: "CI rejects a migration without a rollback", "we enabled branch protection"."""
    told = tokens[0].low in ("we", "i", "they")
    for at in range(1, min(len(tokens), 8)):
        form = verb_of(tokens[at].low)
        finite = form and (form[1] == "s" or (told and form[1] == "past"))
        if form and finite and (told or form[0] not in listed("verbs", "nouns_too")):
            nouns, until = noun_phrase(tokens, at + 1, len(tokens))
            span = (tokens[at + 1].start, tokens[until - 1].end) if until > at + 1 else (tokens[at].end,) * 2
            return [Clause(form[0], tokens[at].start, nouns, *span, tokens[-1].end)]
    return []


def _named(tokens: Sequence[Token]) -> Clause:
    """An item that names a thing."""
    first = next(token for token in tokens if token.is_word)
    at = tokens.index(first)
    nouns, until = noun_phrase(tokens, at, len(tokens))
    stop = tokens[max(until, at + 1) - 1].end
    return Clause("", first.start, nouns, first.start, stop, tokens[-1].end)


def is_for_an_end(voice: str) -> bool:
    """Whether the item says what it is done for: "… to find the limits", which stands behind what is done."""
    first = next(iter(clauses(voice)), None)
    tokens = tokens_of(voice, first.noun_end if first else 0, len(voice))
    for before, token in pairwise(tokens):
        known = verb_of(token.low)
        if before.low == "to" and known is not None and known[1] == "base":
            return True
    return False
