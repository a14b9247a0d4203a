"""Which sentences are worth the pipeline: a look at their words, at a thousandth of its price.

The words come from the lists that the judge reads by, so that neither can know a word that the other does not. A word
that blames by itself suffices; a word of fault needs somebody in the sentence; a denial, which is in every fifth
sentence, needs somebody before it.
"""

import re
from collections.abc import Iterable
from functools import cache

from pmlint.document.words import words
from pmlint.language.lexicon import phrase, table, tables
from pmlint.language.suspicion import probability, surface

SUSPICIOUS = 0.7
"""How likely a sentence must be by its words, where no list knows one of them."""


def is_candidate(text: str, section: str = "", *, named: bool = False) -> bool:
    """Whether a sentence in a section of this kind may hold blame, or a name where names are asked for."""
    if len(text) < 12:
        return False
    if named and _CAPITAL.search(text):
        return True
    people = _people().search(text)
    ours = _OURS.search(text)
    name = _name().search(text)
    if (people or ours or name) and _fault().search(text):
        return True
    if people and _with_people().search(text, people.start()):
        return True
    if people and _towards_people().search(text):
        return True
    if ours and _with_us().search(text, ours.start()):
        return True
    if name and _with_name().search(text, name.start(), name.end() + 60):
        return True
    if _alone().search(text):
        return True
    return bool(people or ours or name) and probability("words", surface(text, section)) >= SUSPICIOUS


_CAPITAL = re.compile(r"(?<!^)(?<![.:!?*#|] )\b[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]")
_OURS = re.compile(r"(?i)(?<!\w)(?:we|our|us)(?!\w)")
_DENIAL = r"(?:\w+n['’]t|not|never|without|instead of|rather than)"
_ONLY = r"(?:nothing|only|too|far too)"


@cache
def _name() -> re.Pattern[str]:
    """A capitalised word where a verb, a possessive or "by" says that it may be somebody."""
    word = r"[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ'’]+(?:-[A-ZÀ-ÖØ-Þ]?[a-zà-öø-ÿ]+)?"
    common = "The|This|That|These|Those|It|We|They|There|What|When|While|Where|Which|After|Before|Since|All|Each|Some|Our|Their|Its|In|On|At|By|For|If|As|An|No|Add|Users?|Data|Oct|Root"
    small = r"(?:had|has|was|did|does|is|never|then|also|only|\w+ed|\w+s|ran|got|took|went|thought|forgot|left|made|knew|put|let|saw|set|wrote|sent|lost|broke)"
    return re.compile(
        rf"(?<!\w)(?!(?:{common})\b){word}(?:['’]s\s\w|\s{small}\b|,\s(?:who|having|not)\b)|\bby\s{word}\b|\b[A-Z]{{3,5}}\s(?:have|has|had|did|was|were|never)\b"
    )


@cache
def _people() -> re.Pattern[str]:
    """Words for people, teams and vendors."""
    agents = words("agents")
    heads = {*agents["person"]["heads"], *agents["team"]["heads"], *agents["vendor"]["heads"]}
    heads -= {
        *agents["team"]["departments"],
        *agents["person"]["machines"],
        "owner",
        "creator",
        "member",
        "lead",
        "head",
        "provider",
        "upstream",
        "author",
    }
    pronouns = {"he", "she", "who", "whoever", "his", "nobody", "no one", "one of", "on-call", "on call", "operators"}
    rare = {
        "member of",
        "the author",
        "the owner",
        "the lead",
        "team lead",
        "incident lead",
        "our provider",
        "the provider",
        "provider's",
        "infrastructure group",
        "support desk",
        "night shift",
        "i",
    }
    everyday = rf"(?:the|our|a|an)\s(?:\w+\s)?(?:{_alternatives(set(agents['team']['departments']) - {'it'})})"
    return re.compile(
        rf"(?i)(?<!\w)(?:(?:{_alternatives(heads)})(?:s|es|'s|’s|s'|s’)?|{_alternatives(pronouns | rare)}|{everyday}|they)(?!\w)"
    )


@cache
def _fault() -> re.Pattern[str]:
    """Lapses by their own word, and the ways of saying them in several."""
    several: set[str] = set()
    single: set[str] = set()
    for name in tables("lapse", "omission", "error", "judgement", "breaking"):
        (several if " " in name else single).add(name)
    single -= {
        "fail",
        "swap",
        "ignore",
        "hide",
        "abuse",
        "insist",
        "persist",
        "resist",
        "override",
        "stray",
        "err",
        "bypass",
        "skip",
        "violate",
        "breach",
        "abandon",
    }
    stems = "|".join(sorted({_stem(word) for word in single}))
    spread = "|".join(_spread(name) for name in sorted(several))
    adjectives = _alternatives(
        tables("knowledge", "lacking") - {"late", "slow", "wrong", "tired", "responsible", "confused"}
    )
    manner = _alternatives(
        table("manner", "adverbs") - {"incorrectly", "improperly", "badly", "poorly", "unnecessarily", "conveniently"}
    )
    nouns = _alternatives(
        table("noun", "lapse")
        - {
            "slip",
            "disregard",
            "neglect",
            "misuse",
            "error",
            "failure",
            "violation",
            "breach",
            "confusion",
            "fault",
            "misconfiguration",
            "typo",
            "inability",
            "distraction",
            "hesitation",
        }
    )
    return re.compile(
        rf"(?i)(?<!\w)(?:(?:{stems}|forgot|overrode|mis(?!s|sion|c\b|t|match|configur|inform)[a-z]{{3,}})\w*|failure (?:of|by)|ignor(?:ed|es|ing) (?:the|a|all|our|this|it|several)|(?:{spread})"
        rf"|{adjectives}|{manner}|(?:{nouns})s?|mistakes?|errors? (?:by|of|on the part)|from memory|in (?:a hurry|haste|a panic))(?!\w)"
        rf"|{_plain(phrase('idioms', 'lapse'))}"
    )


def _spread(name: str) -> str:
    """ "put off" with its past, and with what may stand between."""
    verb, _, particle = name.partition(" ")
    past = _IRREGULAR.get(verb, "")
    return rf"(?:{_stem(verb)}\w*{'|' + past if past else ''})(?:\s\w+){{0,3}}?\s{particle}"


_IRREGULAR = {
    "leave": "left",
    "lose": "lost",
    "let": "let",
    "sit": "sat|sit",
    "put": "put",
    "sleep": "slept",
    "stand": "stood",
    "hide": "hid",
    "break": "broke",
    "go": "went|gone",
    "slip": "slipped",
    "cut": "cut",
    "wave": "wave",
}


@cache
def _with_people() -> re.Pattern[str]:
    """What somebody before it makes suspect: a denial, a belief, a harm, an oddity."""
    beliefs = "assum(?:ed|es|ing)|believ(?:ed|es|ing)|thought|presumed|reckon\\w*|supposed|trusted|certain|sure|convinced|confident"
    harm = "|".join(
        _spread(name) if " " in name else _stem(name) + r"\w*"
        for name in sorted(tables("harm", "verbs", "losing", "disabling"))
    )
    irregular = "broke|took down|took out|brought down|blew|lost|threw|left|fault|blame|culprit|supposed to|expected to|meant to|caus(?:ed|ing) (?:the|an?|this)|introduc(?:ed|ing) (?:the|an?|this)|turned off|switched off|fail(?:ed|s|ing)? to|bypass\\w*|skip\\w*|violat\\w*|breach\\w*|abandon\\w*|despite|for reasons of|wrong|incorrect|stale|uncommitted|untested|in error"
    return re.compile(rf"(?i)(?<!\w)(?:{_DENIAL}|{_ONLY}|{beliefs}|{harm}|{irregular})(?!\w)")


@cache
def _towards_people() -> re.Pattern[str]:
    """What leads to somebody: "caused by an operator", "because of the intern", "no one asked"."""
    people = _plain(_people())
    return re.compile(
        rf"(?i)(?:(?:caused|introduced|triggered|broken|created|produced|initiated) by|because of|due to|owing to|result of|work of|fault|(?:the|root|underlying|main) (?:cause|reason|culprit)|responsibility \\w+ \\w+ (?:lies|lay|rests)|nobody|no one|none of|because|it was)\b.{{0,60}}?{people}"
    )


@cache
def _with_us() -> re.Pattern[str]:
    """What the authors deny of themselves, where it is care or knowledge that they deny."""
    care = "|".join(
        sorted({_stem(name.split()[0]) for name in tables("knowledge", "verbs", "having") | table("care", "verbs")})
    )
    return re.compile(
        rf"(?i)(?<!\w)(?:(?:did|had|have|were|was)(?: not|n['’]t)|never|not|without|instead of|rather than)(?:\s\w+){{0,2}}?\s(?:{care})\w*|(?:we|us)\s(?:\w+\s)?(?:assumed|broke|caused)(?!\w)"
    )


@cache
def _with_name() -> re.Pattern[str]:
    beliefs = "assum(?:ed|es)|believ(?:ed|es|ing)|thought|reckon\\w*|trusted|certain|sure|convinced"
    return re.compile(
        rf"(?i)(?<!\w)(?:(?:did|had|has|does) not|(?:did|had|has|does)n['’]t|never|without|{beliefs}|(?:introduced|caused) by|abandon\\w*|refus\\w*|wrong \w+)(?!\w)"
    )


@cache
def _alone() -> re.Pattern[str]:
    """Words that are worth a look by themselves."""
    lacking = f"(?:{_alternatives(table('noun', 'lack') | table('noun', 'little') - {'no', 'less', 'low', 'limited'})})\\s(?:\\w+\\s){{0,4}}?(?:{_alternatives(table('noun', 'quality'))})"
    fragments = [
        _alternatives(tables("manner", "inadvertent", "accidental") | table("counterfactual", "avoidable")),
        r"by (?:mistake|accident)|in error|without (?:meaning|realis|realiz|notic|know)\w*",
        r"(?:should|could|might|ought)(?:n['’]t)?(?: to| not)?(?:\s\w+){0,3}?\s(?:have|['’]ve)(?:\s\w+){0,2}?\s(?!had\b)(?:\w+(?:ed|en)|known|caught|seen|found|read|set|put|thought|told|done|made|left|kept|run|foreseen|sent|held|led|built)",
        r"(?:should|could|ought)['’]ve|if only|if\s(?:\w+\s){1,6}?had\b",
        r"(?:^|[,;] )had (?:the|an?|he|she|they|we|someone|somebody|anyone|our|[A-Z]\w+)\b",
        r"complacen\w*|inattenti\w*|careless\w*|negligen\w*|(?:sufficiently|properly|adequately|insufficiently|inadequately|poorly) (?:trained|instructed|briefed)",
        lacking,
        rf"(?:{_alternatives(table('noun', 'quality') - table('noun', 'doubtful'))})\\s(?:\\w+\\s){{0,6}}?(?:low|lacking|poor|insufficient|wanting)",
        # A passive names nobody and means somebody.
        r"(?:was|were|been|being|got|is|are) (?:\w+ly )?(?:forgotten|overlooked|neglected|disregarded|misread|misunderstood|misinterpreted|misjudged|underestimated|mixed up|left out|put off|brushed aside)",
        r"without (?:anyone|anybody|someone)",
        _plain(phrase("error", "phrases")),
        _plain(phrase("counterfactual", "wishes")),
    ]
    return re.compile(rf"(?i)(?<!\w)(?:{'|'.join(fragments)})(?!\w)")


def _plain(found: re.Pattern[str]) -> str:
    return found.pattern.removeprefix("(?i)")


def _stem(word: str) -> str:
    for ending in ("ing", "ed", "ly", "e", "y"):
        if word.endswith(ending) and len(word) > len(ending) + 3:
            return word[: -len(ending)]
    return word


def _alternatives(found: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(found, key=len, reverse=True))
