"""Impact: whom it met, and where its edges were."""

from collections.abc import Iterator

from pmlint.document.model import Postmortem, SectionKind
from pmlint.document.patterns import Patterns
from pmlint.document.sentences import passages
from pmlint.rules.impact_told import FIELDS, fields, opens, told, where
from pmlint.rules.problem import Confidence, Level, Problem
from pmlint.rules.rule import rule

_PATTERNS = Patterns(
    people=(
        r"(?i)\b(?:(?:end[- ]?)?users?|customers?|clients?|tenants?|visitors?|subscribers?|members?|merchants?|"
        r"sellers?|buyers?|"
        r"shoppers?|players?|gamers?|students?|pupils?|instructors?|teachers?|professors?|faculty|classes|"
        r"courses|patients?|clinicians?|"
        r"nurses|readers?|viewers?|listeners?|passengers?|drivers?|riders?|guests?|hosts?|participants?|attendees|"
        r"researchers?|scientists|consumers?|partners?|resellers?|citizens|taxpayers|payees|"
        r"(?:token|account|card|policy|wallet|stake)-?holders?|validators?|stakers?|traders?|investors?|"
        r"depositors?|victims?|"
        r"recipients?|organi[sz]ations|companies|businesses|shops?|households|"
        r"(?:internal|other|downstream|product|dev\w*|engineering|all|several|many) teams?|"
        r"consumer[- ]facing|user[- ]facing|customer[- ]facing|internal[- ]only)\b"
        r"|ユーザ|利用者|顧客|お客様|用户|客户|使用者|usu[aá]rios?|clientes?|nutzer|kunden|utilisateurs|clients"
    ),
    journeys=(
        r"(?i)\b(?:log-?ins?|logging in|sign-?(?:in|up|ons?)s?|check-?outs?|payments?|orders?|purchases?|"
        r"bookings?|uploads?|downloads?|"
        r"search(?:es)?|deliver(?:y|ies)|page views?|requests?|traffic|visits|transactions?|withdrawals?|"
        r"transfers?|deposits?|"
        r"builds?|deployments?|developers?|engineers|team|teams|scans?|submissions?|registrations?|"
        r"appointments?|employees|"
        r"colleagues|staff|contributors?|maintainers?|public|community|everyone|everybody|nobody|anyone|no one|"
        r"website|web site|site|app|application|portal|api|product|feature)\b|機能|画面|サービス|服务|功能|页面"
    ),
    domain=(
        r"(?i)\b(?:regions?|zones?|(?:micro)?services?|sub-?systems?|systems?|clusters?|nodes?|servers?|hosts?|"
        r"pods?|containers?|"
        r"instances?|machines?|environments?|production|prod|staging|components?|modules?|platforms?|"
        r"data ?cent(?:er|re)s?|"
        r"databases?|db|web ?sites?|sites?|pages?|apps?|applications?|api|apis|endpoints?|pipelines?|"
        r"repositor(?:y|ies)|repos?|"
        r"tenants?|accounts?|networks?|queues?|topics?|jobs?|workflows?|contracts?|chains?|mainnet|testnet|"
        r"blockchain|"
        r"subnets?|domains?|portal|gateway|proxy|proxies|hub|store|app store|clients?|devices?|browsers?|"
        r"features?|product)\b"
        r"|サービス|機能|環境|画面|节点|集群|服务|环境|集群"
    ),
    dependency=(
        r"(?i)\b(?:depend\w*|upstream|downstream|third[- ]part(?:y|ies)|provider\w*|vendors?|suppliers?|"
        r"external (?:service|system|api)s?|"
        r"librar(?:y|ies)|packages?|databases?|db|dns|cdn|caches?|queues?|brokers?|registry|certificates?|network|"
        r"load balancers?|storage|disks?|volumes?|cloud|aws|azure|gcp|google|kubernetes|k8s|postgres\w*|mysql|"
        r"redis|kafka|"
        r"elasticsearch|nginx|apache|github|oracles?|bridge|proxy|proxies|plugins?|drivers?|runtime|"
        r"operating system)\b"
        r"|依存|外部|データベース|依赖|数据库|外部"
    ),
    change=(
        r"(?i)\b(?:deploy\w*|releas\w*|roll(?:ed|ing)?[- ]?(?:out|back|ed back)|rollouts?|rollbacks?|revert\w*|"
        r"chang\w*|upgrad\w*|updat\w*|"
        r"migrat\w*|merg\w+|commits?|committed|pushed|patch\w*|config\w*|refactor\w*|introduc\w+|switch\w*|"
        r"enabl\w+|disabl\w+|"
        r"renew\w*|expir\w+|rotat\w+|install\w*|added|removed|moved|rebuil\w+|restart\w*|reboot\w*|maintenance|"
        r"version|pull requests?|prs?|launch\w*|modif\w+)\b"
        r"|デプロイ|リリース|変更|更新|移行|発布|发布|变更|部署|升级|配置|修改"
    ),
)


def names_the_affected(text: str) -> bool:
    """Whether `text` names people, or something that people do with the system."""
    return bool(_PATTERNS.people.search(text) or _PATTERNS.journeys.search(text))


# What is said there is of causes and of plans, not of those who were affected.
ELSEWHERE = frozenset(
    {
        SectionKind.ACTION_ITEMS,
        SectionKind.PREVENTION,
        SectionKind.LESSONS,
        SectionKind.FIVE_WHYS,
        SectionKind.ROLES,
        SectionKind.RELATED,
        SectionKind.GLOSSARY,
        SectionKind.FOLLOW_UP,
        SectionKind.SIGN_OFF,
    }
)


@rule(
    level=Level.ERROR,
    help='say who could not do what: "12 % of shoppers at checkout", "internal teams only", "nobody", "unknown"',
    sources=(
        "Site Reliability Engineering, appendix D: Example Postmortem",
        "PagerDuty, Postmortem template",
    ),
    good=[
        """
        # Search was down

        ## Impact

        1,210 searches by 340 visitors failed.
        """,
        """
        # Index rebuild failed

        ## Impact

        None; the replica served everything, so that nobody was affected.
        """,
        """
        # Index rebuild failed

        ## Impact

        9 of 14 shards were gone.

        ## Timeline

        - 10:10 UTC: users report empty pages
        """,
    ],
    bad=[
        """
        # Index rebuild failed

        ## ⟦Impact⟧

        9 of 14 shards were gone.

        ## Action items

        - Tell users about rebuilds
        """,
        """
        # Disk filled up

        **⟦Impact⟧:** the primary became read-only for 38 minutes
        """,
    ],
)
def missing_affected_users(doc: Postmortem) -> Iterator[Problem]:
    """Nothing says who was affected, or what they could not do.

    A broken shard is a fact about a machine. Whether it was an incident, and how grave a one, is decided by the people
    behind it, and they are who asks first.
    """
    if fields(doc, "users_affected", "complaints") or not told(doc):
        return
    if any(map(names_the_affected, told(doc))):
        return
    for passage in passages(doc):
        kinds = passage.kinds
        if kinds & ELSEWHERE:
            continue
        text = passage.prose.text
        if _PATTERNS.people.search(text) or (opens(doc, passage) and _PATTERNS.journeys.search(text)):
            return
    yield Problem(where(doc), "nothing says who was affected, or what they could not do")


_FACETS = {
    "domain": "where it was (services, regions)",
    "dependency": "whether a dependency was involved",
    "change": "whether a recent change was involved",
}


@rule(
    level=Level.WARNING,
    confidence=Confidence.MEDIUM,
    help='name the services and regions, the dependency and the recent change involved; "none" and "unknown" count',
    sources=("PagerDuty Incident Response, During an incident", "Atlassian, Incident Management Handbook"),
    good=[
        """
        # Search was down

        ## Impact

        1,210 searches in the EU region failed. No dependency and no recent change was involved.
        """,
        """
        # Search was down

        ## Impact

        1,210 searches failed in one cluster.

        ## Root cause

        Release 4.2 dropped the index that the autocomplete service depends on.
        """,
    ],
    bad=[
        """
        # Nobody could search

        ## ⟦Impact⟧

        1,210 users got nothing.
        """,
        """
        # EU region could not search

        ## ⟦Impact⟧

        1,210 searches failed.

        ## Action items

        - Test each release against the upstream index
        """,
    ],
)
def unscoped_impact(doc: Postmortem) -> Iterator[Problem]:
    """Where the fault was, on what it depended and what had changed is neither said nor marked unknown.

    The edges of an incident are its first clue: one region and not the other, since the release and not before. They
    also tell the next responder where not to look.
    """
    if not told(doc):
        return
    parts = [passage.prose.text for passage in passages(doc) if not passage.kinds & ELSEWHERE]
    said = "\n".join([*parts, *fields(doc, *FIELDS)])
    missing = [facet for facet in _FACETS if not getattr(_PATTERNS, facet).search(said)]
    if fields(doc, "services", "regions") and "domain" in missing:
        missing.remove("domain")
    if "domain" in missing or len(missing) > 1:
        asked = " or ".join(_FACETS[facet] for facet in missing)
        yield Problem(where(doc), f"the impact has no edges: nothing says {asked}")
