"""The signs by which the parts of an action item that is written as text are told apart."""

from pmlint.document.patterns import Patterns

SIGNS = Patterns(
    tail=r"[(（\[]([^()（）\[\]]{1,160})[)）\]][\s.]*$",
    group=r"[(（\[]([^()（）\[\]]{1,160})[)）\]]",
    preposition=r"(?i)\b(?:of|for|in|at|to|see|with|on|the|an?|per|from|by|via|using|and|or|as)\s*$",
    ticket_words=(
        r"(?i)(?:link to )?(?:(?:github|gitlab|jira|trello|tracking) ?)?(?:issues?|tickets?|jira|link|pr|pull request"
        r"|bug|task|card|story|mr|merge request|github|details|here)?(?: ?link)?|#?\S*\d+"
    ),
    # behind a point that ends no initial
    last_sentence=r"(?<=\.)(?<!\b\w\.)\s+(?:(?!\.\s)[^\n])+$",
    before_date=r"[)\],.;:]\s*$|(?<!\S)@$",
    # "… in the mail relay FIXED": said aloud behind words that are not.
    loud=r"(?<=[a-z0-9)\]])\s+([A-Z]{3,}(?: [A-Z]{2,}){0,2})\W*$",
    dash=r"\s(?:[-–—]{1,3}|→|=>|->|:)\s",
    separator=r"\s*(?:[,;·|、]|\s[-–—]\s)\s*",
    stop=r"\n|;|[。；、|·•→]|\s[-–—]{1,2}\s|,\s|[)\]）](?![^(\[（]*[(\[（])|(?<![A-Z])(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bProf)\.(?:\s|$)|\.(?=\s(?i:due|eta|owner|ticket|status|priority)\b)",
    priority=(
        r"(?i)(?:p[0-5]|(?:very )?(?:highest|high|medium|med|low|lowest|critical|urgent)|[優高中低]先?度?)"
        r"(?:[\s-]?prio(?:rity)?)?"
    ),
    by=(
        r"(?i)\b(?:by|before|until|due|due by|due on|no later than|eta|deadline|target(?:ed for|ing)?"
        r"|(?:planned|scheduled|expected|ready|estimated)(?: for| in| by| on)?)[:\s]+(?:on\s|the\s|end of\s|eod\s)?$"
    ),
    due_words=r"(?i)^(?:by|before|until|due|due by|on|eta|target|deadline|planned for|まで)?\s*$|^までに?$",
    # "(owner roko, OPS-7)": a part that names its sort without a colon
    owned=r"(?i)(?:owner|owned by|assignee|assigned to|dri|responsible)\s+(?=\S+(?:\s\S+){0,2}$)",
    # what stands between the deliverable and the day: "… – Network team – by 3 May"
    party=r"[A-ZÀ-Þ][\w&./'’-]*(?:\s(?:[\w&./'’-]+|\([^()]{1,30}\))){0,3}",
    ends_initial=r"[a-z]\s[A-Z]\.$",
    trail=r"[\s,;:·|–—→(\[-]+$",
    # a sentence of its own: "Marek is building this", "Mirela owns it"
    does=(
        r"(?<![\w-])(?P<name>[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’.-]*)?)(?: (?:is|will be|has been)"
        r" (?:working on|building|doing|on|leading|driving|implementing|writing|preparing|handling|looking (?:at|into))"
        r"| owns| has| leads| drives| took| takes| will (?:own|do|lead|drive|take|build|implement|write|handle)"
        r"(?: care of)?) (?:it|this|that)\b"
    ),
    # a sentence at the end that says by what it is known to be done
    proof=(
        r"(?i)(?<=[.;:!)\]])\s+(?:it |this )?(?:is |are |counts as )?(?:"
        r"(?:accepted|done|completed?|finished|closed|successful) (?:when|if|once|as soon as)"
        r"|(?:verified|confirmed|prove[dn]|shown|seen|checked|tested|measured|demonstrated)"
        r" (?:by|when|if|once|with|through|in|as)"
        r")\s(?P<said>[^\n]+)$"
    ),
    # what became of it, in brackets at its end: "(added a second probe)"
    noted=(
        r"(?i)[(（](?:since |already |now )?(?P<did>fixed|added|done|filed|opened|raised|created|merged|deployed"
        r"|implemented|removed|changed|updated|completed|resolved)\b[^()（）]*[)）][\s.]*$"
    ),
    outcome=r"\s(?:→|⇒|=>|->)\s(?P<said>[^→⇒\n]+)$",
    factor=r"(?:(?i:factors?|causes?|addresses|answers|for)\s?#?[A-Z]{0,2}-?|(?![PQ])[A-Z](?:-?|[A-Z]))\d{1,2}",
)

CLASSES = frozenset(
    (
        "prevent",
        "prevention",
        "preventive",
        "detect",
        "detection",
        "mitigate",
        "mitigation",
        "learn",
        "process",
        "recover",
    )
)
"""Categories that are nobody's name with a capital either."""
