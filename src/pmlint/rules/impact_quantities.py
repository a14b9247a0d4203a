"""Whether a text gives a quantity: a number that counts something, or a word that stands for one."""

import re
from functools import lru_cache

from pmlint.document.clocks import find_clocks
from pmlint.document.dates import find_dates
from pmlint.document.durations import find_durations
from pmlint.document.patterns import compiled

# Digits that name something and count nothing: status codes, versions, identifiers, years.
_NAMES = compiled(
    r"(?<![\w.,])(?:(?:HTTP|status|code|error|errors|returned|returning|answer\w*)[\s:/]{1,3})?"
    r"(?:400|401|403|404|405|408|409|410|413|422|429|500|501|502|503|504)s?(?![\w%]|[.,]\d)(?!\s?(?:users?|"
    r"customers?|requests?|"
    r"orders?|records?|rows?|items?|people|messages?|GB|MB|ms|EUR|USD))"
    r"|(?<!\w)v\d[\w.-]*|(?<!\w)\d+\.\d+\.[\d.]*\d|(?<!\w)#\d+|\b[A-Za-z]+[-_]\d[\w-]*|\b[A-Za-z]+\d\w*|\b[45]xx\b"
    r"|(?<![\w.,$€£])(?:19|20)\d\d(?![\w%]|[.,]\d)|https?://\S+",
    re.IGNORECASE,
)
_NUMBER_WORDS = compiled(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|"
    r"sixty|seventy|eighty|"
    r"ninety|hundreds?|thousands?|millions?|billions?|dozens?|half|a third|two thirds|a quarter|a single|both|"
    r"twice)\b"
    r"|[一二三四五六七八九十百千万億两](?:件|人|名|台|个|個|回|次|つ)|半数",
    re.IGNORECASE,
)
# A word that leaves no amount open: everything, nothing, or that it is not known.
_EXTENT = compiled(
    r"\b(?:all|every|entire|entirely|whole|complete|completely|total|totally|everyone|everybody|everything|"
    r"none|nobody|"
    r"no one|nothing|zero|n/?a|not applicable|unable to (?:determine|measure|quantify)|not aware of(?: any)?|"
    r"not aware any)\b"
    r"|\bno (?:\w+[ -]){0,3}(?:impact|effect|users?|customers?|clients?|data|loss\w*|downtime|outage|evidence|"
    r"requests?|"
    r"orders?|services?|players?|funds|damage|report\w*|visible|one|production|consequences?|packages|merchants?|"
    r"tenants?|students?|adverse)\b"
    r"|\b(?:did not|does not|didn't|was not|were not|not|never) (?:\w+ ){0,2}(?:affect\w*|impact\w*|notic\w+|"
    r"visible|lost|exploited)\b"
    r"|\b(?:unknown|undetermined|unquantified|unclear|not (?:yet )?(?:known|measured|determined|quantified|"
    r"quantifiable|clear|"
    r"counted|tracked|available)|(?:cannot|could not|can't|couldn't) (?:be )?(?:determined?|quantif\w+|"
    r"measured?|tell|"
    r"know|counted?|estimated?)|hard to (?:tell|quantify|measure)|no (?:metrics|measurements?|numbers|figures|"
    r"logs))\b"
    r"|全|なし|無し|ゼロ|不明|未確認|定量化でき|完全|影響はな|無影響|正常|无|没有|所有|未知|完全|nenhum\w*|ningun\w*|todos|keine?\b|alle\b|aucun\w*|inconnu",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")


def has_quantity(text: str) -> bool:
    """Whether a number counts or measures something in `text`, be it people, money or minutes."""
    return bool(_DIGIT.search(counting(text)) or _NUMBER_WORDS.search(text) or find_durations(text))


def has_amount(text: str) -> bool:
    """Whether a number other than a length of time stands in `text`."""
    bare = counting(text)
    for found in reversed(find_durations(bare)):
        bare = bare[: found.start] + " " * (found.end - found.start) + bare[found.end :]
    return bool(_DIGIT.search(bare) or _NUMBER_WORDS.search(bare))


def has_extent(text: str) -> bool:
    """Whether `text` tells how far something went: a number, all or nothing, or that it is not known."""
    return has_quantity(text) or _EXTENT.search(text) is not None


@lru_cache(maxsize=1024)
def counting(text: str) -> str:
    """`text` without the digits that are times, dates and names."""
    places = [(found.start, found.end) for found in find_clocks(text)]
    places += [(found.start, found.end) for found in find_dates(text)]
    for start, end in places:
        text = text[:start] + " " * (end - start) + text[end:]
    return _NAMES.sub(" ", text)
