"""Publication: what must not leave the house with the document."""

import ipaddress
import math
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from pmlint.document.model import Kind, Postmortem
from pmlint.document.patterns import Patterns
from pmlint.rules.problem import Confidence, Level, Problem
from pmlint.rules.rule import rule
from pmlint.source import Code, Heading, Html, Paragraph, Prose, Span, Table, walk

_ALL = frozenset(Kind)


@cache
def _shapes() -> tuple[tuple[str, tuple[str, ...], str], ...]:
    """What credentials look like: the name, words of which each holds one, the pattern.

    Looking for the words takes a hundredth of the time that the pattern does; where there are none it may hold any. The
    secret is the pattern's group `at` or the whole.
    """
    shapes = {
        "a private key": (
            "-----BEGIN",
            r"-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----[\s\S]{0,8000}?"
            r"(?:-----END [A-Z0-9 ]{0,40}-----|\Z)",
        ),
        "an AWS access key": (
            "AKIA ASIA AROA AIDA ABIA ACCA",
            r"(?<![A-Z0-9])(?:AKIA|ASIA|AROA|AIDA|ABIA|ACCA)[A-Z2-7]{16}(?![A-Z0-9])",
        ),
        "a GitHub token": (
            "ghp_ gho_ ghu_ ghs_ ghr_ github_pat_",
            r"(?<!\w)(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{40,255})(?!\w)",
        ),
        "a GitLab token": (
            "glpat- glptt- gldt- glrt- glcbt- glsoat-",
            r"(?<!\w)gl(?:pat|ptt|dt|rt|cbt|soat)-[A-Za-z0-9_-]{20,64}",
        ),
        "a Slack token": ("xox", r"(?<!\w)xox[abeoprs]-[A-Za-z0-9-]{10,250}"),
        "a Slack webhook": (
            "hooks.slack.com",
            r"https://hooks\.slack\.com/(?:services|workflows)/[A-Za-z0-9+/_-]{20,120}",
        ),
        "a Discord webhook": (
            "/api/webhooks/",
            r"https://(?:canary\.|ptb\.)?discord(?:app)?\.com/api/webhooks/\d{15,22}/[\w-]{30,100}",
        ),
        "a Teams webhook": (
            ".webhook.office.com",
            r"https://[a-z0-9-]{1,60}\.webhook\.office\.com/webhookb2/[\w@/-]{30,300}",
        ),
        "a Google API key": ("AIza", r"(?<!\w)AIza[A-Za-z0-9_-]{35}(?![\w-])"),
        "a Google OAuth token": ("ya29. GOCSPX-", r"(?<!\w)(?:ya29\.[A-Za-z0-9_-]{30,300}|GOCSPX-[A-Za-z0-9_-]{28})"),
        "a Stripe key": ("k_live_ k_test_", r"(?<!\w)[rs]k_(?:live|test)_[A-Za-z0-9]{16,250}"),
        "a Stripe webhook secret": ("whsec_", r"(?<!\w)whsec_[A-Za-z0-9+/=]{24,100}"),
        "an npm token": ("npm_", r"(?<!\w)npm_[A-Za-z0-9]{36}(?!\w)"),
        "a PyPI token": ("pypi-AgE", r"(?<!\w)pypi-AgE[A-Za-z0-9_-]{50,300}"),
        "a Docker Hub token": ("dckr_", r"(?<!\w)dckr_(?:pat|oat)_[A-Za-z0-9_-]{20,60}"),
        "a Hugging Face token": ("hf_", r"(?<!\w)hf_[A-Za-z0-9]{30,60}(?!\w)"),
        "an API key": ("sk-", r"(?<!\w)sk-(?:ant-|proj-|svcacct-)?[A-Za-z0-9_-]{32,250}"),
        "a SendGrid key": ("SG.", r"(?<!\w)SG\.[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{32,64}"),
        "a Mailgun key": ("key-", r"(?<!\w)key-[0-9a-f]{32}(?!\w)"),
        "a Twilio key": ("SK", r"(?<!\w)SK[0-9a-f]{32}(?!\w)"),
        "a Telegram bot token": (":AA", r"(?<!\w)\d{8,10}:AA[A-Za-z0-9_-]{32,34}(?![\w-])"),
        "a DigitalOcean token": ("_v1_", r"(?<!\w)do[opr]_v1_[0-9a-f]{64}(?!\w)"),
        "a HashiCorp Vault token": ("hvs. hvb. hvr.", r"(?<!\w)hv[sbr]\.[A-Za-z0-9_-]{24,300}"),
        "a Databricks token": ("dapi", r"(?<!\w)dapi[0-9a-f]{32}(?:-\d)?(?!\w)"),
        "a Grafana token": ("glsa_ glc_", r"(?<!\w)gl(?:sa|c)_[A-Za-z0-9_=+/]{32,300}"),
        "an Azure storage key": (
            "AccountKey= SharedAccessKey=",
            r"(?:AccountKey|SharedAccessKey)=(?P<at>[A-Za-z0-9+/]{40,90}={0,2})",
        ),
        "an Azure SAS signature": ("sig=", r"[?&]sig=(?P<at>[A-Za-z0-9%+/]{40,90}(?:%3D|=)?)"),
        "a signed web token": ("eyJ", r"(?<![\w.-])eyJ[\w-]{10,3000}\.eyJ[\w-]{10,4000}\.[\w-]{10,1000}"),
        "a Shopify token": ("shpat_ shpca_ shppa_ shpss_", r"(?<!\w)shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}(?!\w)"),
        "an Atlassian token": ("ATATT3", r"(?<!\w)ATATT3[A-Za-z0-9_=-]{60,300}"),
        "a Linear key": ("lin_api_ lin_oauth_", r"(?<!\w)lin_(?:api|oauth)_[A-Za-z0-9]{32,64}(?!\w)"),
        "a New Relic key": ("NRAK-", r"(?<!\w)NRAK-[A-Z0-9]{27}(?!\w)"),
        "an age secret key": ("AGE-SECRET-KEY-1", r"AGE-SECRET-KEY-1[A-Z0-9]{58}"),
        "a password in an address": (
            "://",
            r"(?<![\w.+-])[a-z][a-z0-9+.-]{1,20}://[^\s:/?#@<>\"'`|"
            r"]{0,80}:(?P<at>[^\s:/?#@<>\"'`|]{3,120})@[\w.-]{1,120}",
        ),
        "a password on a command line": (
            "curl mysql mariadb sshpass --password --passwd",
            r"(?:\bcurl\b[^\n]{0,300}?\s(?:-u|--user)[ =]?[\"']?[^\s:\"'$]{1,60}:|"
            r"\b(?:mysql\w*|mariadb\w*)\b[^\n]{0,200}?\s-p[\"']?|\bsshpass\s+-p\s?[\"']?|"
            r"\s--passw(?:or)?d[ =][\"']?)(?P<at>[^\s\"'$<{*|;&-][^\s\"'|;&]{5,120})",
        ),
        "a bearer token": (
            "",
            r"(?i:authorization[\"']?\s{0,3}[:=]\s{0,3}[\"']?(?:bearer|basic|"
            r"token)\s{1,3})(?P<at>[A-Za-z0-9+/_.=~-]{16,3000})",
        ),
    }
    return tuple((name, tuple(marks.split()), shape) for name, (marks, shape) in shapes.items())


_PATTERNS = Patterns(
    # A name that says the value is a secret; the value is judged by what it looks like.
    assigned=(
        r"(?i)(?P<name>(?<![A-Za-z0-9])(?:[A-Za-z0-9]{1,30}[-_.]){0,4}(?:passw(?:or)?d|passphrase|pwd|"
        r"secret|api[-_ ]?key|apikey|access[-_ ]?key|auth[-_ ]?key|secret[-_ ]?(?:access[-_ ]?)?key|"
        r"private[-_ ]?key|client[-_ ]?secret|(?:access|auth|refresh|api|bearer|bot|deploy|"
        r"""session)[-_ ]?token|token|credentials?)(?:[-_](?:id|key|value))?)[\"'`*]{0,3}\s{0,3}(?:=>|"""
        r"""[:=])\s{0,3}[*]{0,2}(?P<quote>[\"'`]?)(?P<at>[^\s\"'`<>|,;]{8,200})(?P=quote)"""
    ),
    # The end of it and the sign, in lower case: what any match holds, found in a tenth of the time.
    assigning=(
        r"(?:passw(?:or)?d|passphrase|pwd|secret|key|token|credentials?)(?:[-_](?:id|key|value))?"
        r"""[\"'`*]{0,3}\s{0,3}(?:=>|[:=])"""
    ),
    # What stands for a value and is none: variables, redactions, references, samples.
    no_value=(
        r"(?i)[$%{<\[(*•.…_?-].*|[xX*•.…_-]+|.*(?:\$[{(]|[({\[*•…]|\.\.\.).*|(?:.*(?:redacted|removed|"
        r"hidden|masked|example|sample|dummy|fake|secret|passw|token|changeme|change_me|placeholder|"
        r"your[-_]|insert|xxx|todo|none|null|undefined|true|false|string|env\b|vault|config|unknown|rotated|"
        r"expired|revoked|foo|bar|test).*)|https?:.*|[/~.][\w./-]*|[\w.-]*\.(?:json|ya?ml|toml|pem|key|txt|"
        r"env|py|js|ts|go|rb)|[A-Za-z]+|[a-z]+(?:[-_.][a-z]+)*|\d{1,9}|[\d.:-]+|0x[0-9a-f]{40}"
    ),
    email=r"(?i)(?<![\w.+/:-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,4}[a-z]{2,24}(?![\w@-])",
    role_address=(
        # A whole word of the local part, so that "tobias" is not "it" and "cooper" is not "ops".
        r"(?i)(?:^|[._+-])(?:info|support|helpdesk|help|security|abuse|postmaster|admins?|contact|hello|noreply|no-reply|"
        r"ops|devops|oncall|on-call|sre|teams?|press|privacy|legal|status|git|root|users?|someone|name|you|dev|devs|"
        r"developers?|staff|faculty|instr(?:uctors?)?|office|hr|marketing|members|customers?|announce|discuss|list|alerts?|incidents?|postmortems?|notifications?|service|billing|sales|"
        r"feedback)(?:[._+-][\w.+-]*)?@|"
        # the hosts of mailing lists, and names that are kept for examples
        r"@(?:lists?\.|groups?\.|googlegroups\.)|"
        r"@(?:[\w-]+\.)*(?:example|invalid|test|localhost)(?:\.\w+)?$|"
        # a login on a machine, an instance of a service
        r"^(?:ubuntu|ec2-user|centos|debian|core|azureuser|deploy\w*|jenkins|postgres|www-data|pi|vagrant|nginx)@|"
        r"@[\w.-]+\.(?:local|internal|lan|corp|cluster|svc|service|target|timer|socket|mount|slice|js|ts|py|sh)$"
    ),
    login=r"(?i)\b(?:ssh|scp|rsync|sftp|mosh)\b[^\n]{0,80}$",
    phone=(r"(?<![\w.+-])\+\d{1,3}[ .-]?(?:\(\d{1,4}\)[ .-]?)?\d{2,4}(?:[ .-]\d{2,4}){1,4}(?![\w.-])"),
    customer=(
        r"(?i)\b(?:customer|client|tenant|account|user|patient|order)[ -]?(?:id|no|number|"
        r"#)\.?[ :=#]{1,3}(?P<at>[A-Z0-9][\w-]*\d[\w-]*)"
    ),
    host=(
        r"(?i)(?<![\w.@/-])(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,5}(?:internal|intern|intra|intranet|"
        r"corp|local|lan|localdomain|private|svc\.cluster\.local|cluster\.local|"
        r"consul)(?::\d{2,5})?(?![\w-]|\.[a-z])"
    ),
    chat=(
        r"https?://(?:[\w-]+\.slack\.com/(?:archives|messages|client)|app\.slack\.com|"
        r"teams\.microsoft\.com/l|discord(?:app)?\.com/channels|[\w-]+\.zoom\.us/(?:j|rec)|"
        r"""chat\.google\.com|mattermost\.[\w.-]+)[^\s<>\"'`|)]{0,300}"""
    ),
    internal_url=(
        r"https?://(?:(?:[\w-]+\.){1,4}(?:internal|intern|intra|intranet|corp|local|lan)|"
        r"[\w-]+\.atlassian\.net|[\w-]+\.pagerduty\.com|intranet\.[\w.-]+|"
        # a tool of the house below its own domain; those of open projects are open
        r"(?:jira|confluence|grafana|kibana|jenkins|splunk|sentry)\.(?:[\w-]+\.){1,4}(?!org\b|io\b)[a-z]{2,10}|"
        r"""localhost)(?:[:/][^\s<>\"'`|)]{0,300})?"""
    ),
    version=r"(?i)\b(?:versions?|releases?|v)[.\s]{0,2}$",
    address=r"(?<![\w.:-])(?<![^/]/)(?:\d{1,3}\.){3}\d{1,3}(?:/\d{1,2})?(?![\w.-])",
)

_LEAST_ENTROPY = 3.0
"""Bits a character: words and names lie below it, random strings of twelve characters above."""


@rule(
    level=Level.ERROR,
    kinds=_ALL,
    templates=True,
    help="revoke it first, since history and backups keep it; then write what it was for instead of its value",
    sources=("CWE-540: Inclusion of Sensitive Information in Source Code", "OWASP, Secrets Management Cheat Sheet"),
    good=[
        """
        # Deploy key leaked

        The key AKIA… was committed at 10:02 UTC and revoked at 10:10 UTC.

        ```
        password = "${DB_PASSWORD}"
        token: <redacted>
        postgres://app:****@db/orders
        commit 9fceb02d0ae598e95dc970b74767f19372d61af8
        ```
        """,
        """
        # Password reset mails were lost

        Password: resets failed for all users. The secret: nothing rotates it. Token: expired.
        """,
    ],
    bad=[
        """
        # Deploy key leaked

        The key ⟦AKIAQ3EGVTZ7KLMPW2XA⟧ was committed.
        """,
        """
        # Orders were lost

        ```
        DATABASE_URL=postgres://app:⟦hG7w-2kQpx⟧@db.internal/orders
        db_password = "⟦vT9$kq2Lw8zR⟧"
        ```
        """,
        """
        ---
        api_key: ⟦9b1deb4d3b7d4bad9bdd2b0d7b3dcb6d⟧
        ---

        # Orders were lost
        """,
    ],
)
def secret_in_document(doc: Postmortem) -> Iterator[Problem]:
    """A credential, token or private key stands in the document.

    Postmortems are read widely, indexed, mirrored and quoted, and logs pasted into them carry what the logs carried. A
    secret that was ever in a shared file has to be taken for known.
    """
    text = doc.source.text
    taken: list[Span] = []
    for span, what in (*_shaped(text), *_assigned(text)):
        if span.start < doc.span.start or (doc.span.end and span.start >= doc.span.end):
            continue
        if not any(span.meets(other) for other in taken):
            taken.append(span)
            yield Problem(span, f"this looks like {what}")


def _shaped(text: str) -> Iterator[tuple[Span, str]]:
    absent = [sign for sign in "_=" if sign not in text]
    for name, marks, pattern in _shapes():
        if marks and not any(mark in text for mark in marks if not any(sign in mark for sign in absent)):
            continue
        for found in re.finditer(pattern, text):
            group = "at" if "at" in found.re.groupindex else 0
            value = found[group]
            if name.startswith("a password") and (_PATTERNS.no_value.fullmatch(value) or set(value) <= {"*", "x", "."}):
                continue
            told = _random(value) and re.search(r"\d", value) is not None
            if name in ("an API key", "a password on a command line") and not told:
                continue
            if _repeats(value):
                continue
            yield Span(*found.span(group)), name


def _repeats(value: str) -> bool:
    """Whether it is filled up with one sign, as samples are: `AKIAXXXXXXXXXXXXXXXX`."""
    return re.search(r"(.)\1{7}|EXAMPLE", value[:200]) is not None and "PRIVATE KEY" not in value


def _assigned(text: str) -> Iterator[tuple[Span, str]]:
    if not _PATTERNS.assigning.search(text.lower()):
        return
    for found in _PATTERNS.assigned.finditer(text):
        value = found["at"].rstrip(".)]}")
        if _PATTERNS.no_value.fullmatch(value) or not _random(value) or not re.search(r"[0-9]", value):
            continue
        start = found.start("at")
        yield Span(start, start + len(value)), f'the value of "{found["name"].lower()}"'


def _random(value: str) -> bool:
    counts = Counter(value)
    entropy = -sum(count / len(value) * math.log2(count / len(value)) for count in counts.values())
    return entropy >= min(_LEAST_ENTROPY, math.log2(len(value)) - 0.3)


@rule(
    level=Level.OFF,
    confidence=Confidence.MEDIUM,
    kinds=_ALL,
    help='name the role or the group: "the on-call engineer", "one customer in the EU"',
    sources=("GDPR, article 5: data minimisation",),
    good=[
        "# Mails were lost\n\nWrite to security@example.org. Handles such as @ana are fine, and so is +5 minutes.\n",
        "# Mails were lost\n\nStatement sent to index-dev@lists.acme.org and announce@acme.org.\n",
        "# Mails were lost\n\n```\n$ ssh jane@mx1.acme.org\nrestart getty@tty1.service; ssh://git@acme.org/mail\n```\n",
        "# Mails were lost\n\nThe customer id was missing from 20 % of the mails sent from 10.0.0.4.\n",
    ],
    bad=[
        "# Mails were lost\n\nThe first report came from ⟦jane.roe@customer-corp.de⟧ (⟦+49 30 1234 5678⟧).\n",
        "# Mails were lost\n\nOnly customer ID ⟦C-20931⟧ complained, and ⟦james@customer-corp.de⟧.\n",
        "# Mails were lost\n\n> ⟦j.roe@customer-corp.de⟧ wrote\n\n```\nfrom=<⟦me@jane-roe.de⟧> status=bounced\n```\n",
    ],
)
def personal_data(doc: Postmortem) -> Iterator[Problem]:
    """An e-mail address, a phone number or a customer's identifier stands in the document.

    The page outlives the incident and travels further than its authors think. Whoever is named in it cannot take that
    back, and the lesson does not need the name.
    """
    for prose, logged in _all_text(doc):
        text = prose.text
        found = [
            (match.span(), "an e-mail address")
            for match in _PATTERNS.email.finditer(text)
            if not _PATTERNS.role_address.search(match[0])
            and not _PATTERNS.login.search(text, max(0, match.start() - 100), match.start())
        ]
        if not logged:
            found += [(match.span(), "a phone number") for match in _PATTERNS.phone.finditer(text)]
            found += [(match.span("at"), "a customer's identifier") for match in _PATTERNS.customer.finditer(text)]
        for (start, end), what in sorted(found):
            yield Problem(prose.span(start, end), f'"{text[start:end]}" is {what}')


def _all_text(doc: Postmortem) -> Iterator[tuple[Prose, bool]]:
    """What anybody wrote, quoted or not, and what a log says; with whether it is the latter."""
    for block in walk(doc.markup.blocks):
        if doc.span.end and not doc.span.meets(block.span):
            continue
        if isinstance(block, Code):
            yield from ((line, True) for line in block.lines)
        elif isinstance(block, Table):
            yield from ((cell.prose, False) for row in (block.header, *block.rows) for cell in row.cells)
        elif isinstance(block, Paragraph | Heading | Html):
            yield block.prose, False


@rule(
    level=Level.OFF,
    confidence=Confidence.MEDIUM,
    kinds=_ALL,
    help='say what it is for ("the primary database") and keep the address in the internal version',
    sources=("NIST SP 800-61: Computer Security Incident Handling Guide",),
    good=[
        "# Orders were lost\n\nThe primary database lost its disk. See https://status.example.org and 8.8.8.8.\n",
        "# Orders were lost\n\nVersion 10.2.3.4 of the driver, released by the local team, fixed it.\n",
        "# Orders were lost\n\nSee https://grafana.com/docs, https://wiki.example.org/x and https://sentry.io.\n",
    ],
    bad=[
        "# Orders were lost\n\nThe disk of ⟦db-3.prod.internal⟧ (⟦10.20.0.14⟧) filled up.\n",
        "# Orders were lost\n\n```\nGet https://⟦10.240.0.7⟧:10250/pods: no route to host, of 1.2/10.0.0.1\n```\n",
        "# Orders were lost\n\nAs ⟦https://grafana.acme.com/d/7⟧ shows, and https://issues.acme.org/7.\n",
        "# Orders were lost\n\n[Thread](⟦https://acme.slack.com/archives/C01/p161⟧)\n",
    ],
)
def internal_reference(doc: Postmortem) -> Iterator[Problem]:
    """A host, address or link that only works inside stands in the document.

    Outside readers cannot follow it, and those who should not be reading learn the names and ranges of the network.
    """
    text = doc.source.text
    taken: list[Span] = []
    for what, shape in (
        ("a chat link", _PATTERNS.chat),
        ("an internal link", _PATTERNS.internal_url),
        ("an internal host", _PATTERNS.host),
        ("a private address", _PATTERNS.address),
    ):
        for found in shape.finditer(text):
            span = Span(*found.span())
            if what == "a private address" and not _private(found[0], text[max(0, span.start - 12) : span.start]):
                continue
            inside = doc.span.start <= span.start and (not doc.span.end or span.end <= doc.span.end)
            if inside and not any(span.meets(other) for other in taken):
                taken.append(span)
    for span in sorted(taken):
        yield Problem(span, f'"{_short(text[span.start : span.end])}" leads nowhere outside')


def _private(written: str, before: str) -> bool:
    if _PATTERNS.version.search(before):
        return False
    try:
        address = ipaddress.ip_network(written, strict=False)
    except ValueError:
        return False
    return address.is_private and not address.is_loopback and not str(address).startswith("0.")


def _short(text: str, length: int = 60) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"
