"""Whether an observer could see that an action is done."""

from pmlint.document.model import Action, Category
from pmlint.document.patterns import Patterns
from pmlint.document.tickets import is_ticket

_PATTERNS = Patterns(
    # What is delivered can be seen at work: a check or gate, a refusal with its condition, a step that a machine runs,
    # a value that can be read off.
    gate=(
        r"(?i)\b(?:checks?|validat(?:es?|ions?|ors?)|linters?|probes?|assertions?|constraints?|guards?|gates?|"
        r"confirmations?|approvals?) (?:that|whether|if|for|before|in|on|at|of|against|to|step|script|hook|lists?)\b"
        r"|\b(?:counts?|sanity|health|validity|consistency|integrity|types?|config(?:uration)?|drift|inventory|startup|"
        r"automat(?:ed|ic)|pre-?flight|pre-?commit|pre-?deploy\w*|post-?deploy\w*|build|schema|secrets?)"
        r"[- ](?:\w+ ){0,2}?(?:checks?|validat\w+|gates?|guards?)\b"
        r"|\bchecked (?:in|by|at|with|before|every|each|on|against|during)\b"
        r"|\b(?:abort|refus|reject|block|fail|den|stop|warn|exit|skip|drop|halt)(?:s|es|ed|y|ies|ing)?\b[^.;]{0,60}"
        r"\b(?:on|when|if|unless|until|without|before)\b|\b(?:exit|status|error) codes?\b|\bnon-?zero\b"
        r"|\b(?:return|respond|answer|reply|replie)s?(?: with)? (?:an? )?(?:HTTP )?[1-5]\d\d\b"
        r"|\bmust (?:not )?(?:fit|pass|match|return|succeed|equal|stay|complete|finish)\b"
        r"|\b(?:only|may|can|cannot|not)\b[^.;]{0,40}\b(?:after|before|until|unless|once)\b[^.;]{0,40}\b(?:check|review|approv|"
        r"test|confirm|pass|complet)\w*|\bbefore\b[^.;]{0,40}\b(?:may|can) be\b"
        r"|\brequires? (?:\w+ ){0,4}(?:reviews?|approvals?|sign-?offs?|confirmations?)\b"
        r"|\bin (?:the |our )?(?:CI(?:/CD)?|pipelines?|builds?|"
        r"(?:deploy\w*|release|build) (?:script|job|pipeline|step)s?)\b"
    ),
    value=(
        r"(?i)(?<![-\d])(?<!within )(?<!next )(?<!in )(?<!by )(?<!every )\b\d[\d,.]*\s?(?:%|ms|s|sec(?:ond)?s?|"
        r"min(?:ute)?s?|h|hours?|days?|weeks?|months?|KB|MB|GB|TB|[KMG]iB|rps|qps|requests?|rows?|replicas?|nodes?|hosts?|instances?|"
        r"retries|attempts?|connections?|workers?|copies|bits?|bytes)\b"
    ),
    # Of so many named things each can be looked at.
    counted=r"(?i)\b(?:the|all|these|those) (?:other |remaining )?\d[\d,.]*\s+(?:[\w-]+\s+){0,2}?[a-z]{3,}s\b",
    state=r";\s+(?:(?:the|a|an|each|every|all|no)\s+)?(?:[\w-]+\s+){1,5}?(?:has|have|is|are|shows?|returns?|fails?|stays?)\b",
    written=(
        r"(?i)\b(?:report|write-?up|document|rfc|adr|decision|findings|summary|published|posted|shared|recorded|notes|"
        r"proposal|recommendation|runbook|faq|wiki|readme|guide|page|list|write|writes|written|answer)\b"
    ),
)


def unverifiable(action: Action) -> bool:
    """Whether nothing about the action would show that it is done."""
    # What is only a link to an issue says nothing here of what it is; the issue does.
    # "Name an owner for each service; the list has no empty owner": the second half is what an observer sees.
    if action.verification is not None or _PATTERNS.state.search(action.text) or is_ticket(action.prose):
        return False
    # A deliverable that is itself a gate, or a value that can be read off, shows by itself that it is there.
    if any(sign.search(action.text) for sign in (_PATTERNS.gate, _PATTERNS.value, _PATTERNS.counted)):
        return False
    learns = action.category is not None and action.category.value is Category.LEARN
    return not (learns and _PATTERNS.written.search(action.text))
