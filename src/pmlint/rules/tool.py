"""Rules about the file itself and about what its author tells pmlint."""

from collections.abc import Iterator
from datetime import date
from itertools import chain

from pmlint.document.model import Kind, Postmortem
from pmlint.rules.front_matter_quotes import quoted
from pmlint.rules.near import did_you_mean, near
from pmlint.rules.place import place
from pmlint.rules.problem import Edit, Fix, Level, Problem
from pmlint.rules.rule import rule
from pmlint.rules.suppression import ALL, VERBS, Name, Suppression, read_suppressions
from pmlint.rules.suppression_edits import without
from pmlint.source import Span

ANY_KIND = frozenset(Kind)


def unreadable(text: str) -> str | None:
    """Why a text cannot be read as a document, None where it can."""
    if "\0" in text:
        return "the file holds NUL characters, which no text does; it looks like a binary file"
    return None


@rule(
    level=Level.ERROR,
    help="save it as UTF-8 text, or exclude it from the check",
    kinds=ANY_KIND,
    templates=True,
    good=[
        "# Checkout was down for 12 minutes\n\nA résumé in plain UTF-8.\n",
        "\ufeff# Checkout was down\r\n\r\nA file of another system: the byte \\0 stands in words here, as �.\r\n",
    ],
    bad=[
        "⟦⟧# Checkout was down\0for 12 minutes\n",
        "⟦⟧\0\0PK\n# Checkout was down\n",
    ],
)
def unreadable_document(doc: Postmortem) -> Iterator[Problem]:
    """The file is not UTF-8 text, is too large, or cannot be opened.

    A file that was not read was not checked. Passing over it in silence would look like a clean result, so it is said,
    and every other file is still checked.
    """
    reason = unreadable(doc.source.text)
    if reason is not None:
        yield Problem(Span(0, 0), reason)


@rule(
    level=Level.ERROR,
    help="front matter is `key: value` lines between two `---`; put quotes around a value that holds a colon",
    kinds=ANY_KIND,
    templates=True,
    good=[
        "---\ntitle: 'Checkout: 12 minutes down'\n---\n\n# Checkout: 12 minutes down\n",
        "---\n\nThe checkout was down: 12 minutes.\n\n---\n\n# What happened\n",
    ],
    bad=[
        (
            "---\n⟦title: Checkout: 12 minutes down⟧\n---\n\n# Checkout was down for 12 minutes\n",
            '---\ntitle: "Checkout: 12 minutes down"\n---\n\n# Checkout was down for 12 minutes\n',
        ),
        "+++\n⟦title = Checkout was down⟧\n+++\n\n# Checkout was down for 12 minutes\n",
    ],
)
def invalid_front_matter(doc: Postmortem) -> Iterator[Problem]:
    """Front matter cannot be read as YAML or TOML.

    What stands there (date, severity, authors) is lost to every program that reads the document, and a site generator
    will often drop the whole page.
    """
    front_matter = doc.markup.front_matter
    if front_matter is not None and front_matter.error is not None:
        error, syntax = front_matter.error, front_matter.syntax.upper()
        yield Problem(error.span, f"the front matter is not valid {syntax}: {error.reason}", fix=quoted(doc.source))


@rule(
    level=Level.WARNING,
    help="`pmlint rules` lists the names of rules and families",
    kinds=ANY_KIND,
    templates=True,
    good=[
        "<!-- pmlint ignore vague-action -- agreed in review -->\n- Improve monitoring\n",
        "A comment such as `<!-- pmlint ignore vague-acton -->` silences nothing in code.\n",
    ],
    bad=[
        (
            "## Action items\n\n<!-- pmlint ignore ⟦vague-acton⟧ -- agreed in review -->\n- Improve monitoring\n",
            "## Action items\n\n<!-- pmlint ignore vague-action -- agreed in review -->\n- Improve monitoring\n",
        ),
        "<!-- pmlint ⟦ignore-next⟧ vague-action -- agreed in review -->\n- Improve monitoring\n",
    ],
)
def unknown_suppression(doc: Postmortem, *, known: frozenset[str] = frozenset()) -> Iterator[Problem]:
    """A suppression names no rule that exists.

    It silences nothing, while its reader believes that a finding was looked at and accepted.
    """
    names = known or _known()
    for item in _suppressions(doc):
        if item.verb.text not in VERBS:
            hint = did_you_mean(item.verb.text, VERBS) or f"; the instructions are {', '.join(VERBS)}"
            where = item.verb.span if item.verb.text else item.span
            yield Problem(where, f"'{item.verb.text}' is no instruction to pmlint{hint}")
            continue
        for name in item.names:
            if name.text not in names:
                meant = near(name.text, names, sure=True)
                fix = Fix((Edit(name.span, meant),), f"write '{meant}'", safe=False) if meant else None
                yield Problem(name.span, f"'{name.text}' is no rule or family{did_you_mean(name.text, names)}", fix=fix)


@rule(
    level=Level.WARNING,
    help="take the comment out, so that the next finding in this place is seen",
    kinds=ANY_KIND,
    templates=True,
    good=[
        "Write `<!-- pmlint ignore vague-action -- why -->` above an action to keep it.\n",
        "```md\n<!-- pmlint ignore-start vague-action -- why -->\n```\n",
    ],
    bad=[
        (
            "<!-- pmlint ignore ⟦vague-action⟧ -- agreed with the reviewers -->\n- Alert when disk use passes 80 %\n",
            "- Alert when disk use passes 80 %\n",
        ),
        "- Alert when disk use passes 80 %\n\n⟦<!-- pmlint ignore-end -->⟧\n",
    ],
)
def unused_suppression(
    doc: Postmortem, *, known: frozenset[str] = frozenset(), idle: frozenset[Span] | None = None
) -> Iterator[Problem]:
    """A suppression silences nothing.

    The text was mended, or the comment stands in the wrong place. Left in, it will hide the next fault here.
    """
    names = known or _known()
    every = _suppressions(doc)
    for item in every:
        if item.unmatched:
            fix = without(doc.source, item, item.names, every)
            yield Problem(item.span, "this 'ignore-end' closes no 'ignore-start'", fix=fix)
        if not item.acts:
            continue
        said = item.names or (Name(ALL, item.span),)
        unused = [
            name for name in said if (name.text in names or name.text == ALL) and (idle is None or name.span in idle)
        ]
        for name in unused:
            subject = "this suppression" if name.text == ALL else f"the suppression of '{name.text}'"
            yield Problem(
                name.span,
                f"{subject} silences nothing{_where(item)}",
                fix=without(doc.source, item, unused, every),
            )


@rule(
    level=Level.WARNING,
    help="mend what was put off, or give it a new date with a reason",
    kinds=ANY_KIND,
    templates=True,
    good=[
        "<!-- pmlint ignore vague-action until=2099-12-31 -- scoped next quarter -->\n- Improve monitoring\n",
        "<!-- pmlint ignore vague-action -- until the review, which was on 2020-01-31 -->\n- Improve monitoring\n",
    ],
    bad=[
        "<!-- pmlint ⟦ignore⟧ vague-action until=2020-01-31 -- scoped next quarter -->\n- Improve monitoring\n",
        "<!-- pmlint ⟦ignore-file⟧ vague-action until=spring -- scoped then -->\n\n- Improve monitoring\n",
    ],
)
def expired_suppression(doc: Postmortem, *, today: date) -> Iterator[Problem]:
    """A suppression is past the date that its author gave it.

    The date was a promise to come back. The finding that it put off is reported again.
    """
    for item in _suppressions(doc):
        if item.bad_until is not None:
            yield Problem(
                item.verb.span,
                f"'until={item.bad_until}' is no date, so this suppression does not count",
                "write the last day as until=2026-12-31",
            )
        elif item.acts and item.expired(today):
            yield Problem(item.verb.span, f"this suppression ended on {item.until}")


@rule(
    level=Level.OFF,
    help="say after `--` why the finding is accepted: `<!-- pmlint ignore RULE -- reason -->`",
    kinds=ANY_KIND,
    templates=True,
    good=[
        "<!-- pmlint ignore vague-action -- the vendor writes the details -->\n- Improve monitoring\n",
        "<!-- pmlint ignore-start vague-action — the vendor's -->\n- Improve logs\n\n<!-- pmlint ignore-end -->\n",
    ],
    bad=[
        "<!-- pmlint ⟦ignore⟧ vague-action -->\n- Improve monitoring\n",
        "<!-- pmlint ⟦ignore-file⟧ vague-action until=2099-12-31 -- -->\n\n- Improve monitoring\n",
    ],
)
def suppression_without_reason(doc: Postmortem) -> Iterator[Problem]:
    """A suppression gives no reason.

    Whoever reads it later cannot tell a considered exception from a shortcut.
    """
    for item in _suppressions(doc):
        if item.acts and not item.reason:
            yield Problem(item.verb.span, "this suppression gives no reason")


@rule(
    level=Level.INFO,
    help="the structure was checked all the same: sections, times, owners and dates",
    kinds=ANY_KIND,
    templates=True,
    good=[
        "# Checkout was down for 12 minutes\n\nA change to the cart service stopped all payments.\n",
        "# Checkout was down\n\nThe page said 「決済に失敗しました」 to all customers in Japan until it was mended.\n",
    ],
    bad=[
        "# ⟦Ausfall der Kasse⟧\n\n## Auswirkung\n\nRund dreitausend Zahlungen wurden abgelehnt, und niemand hat es "
        "gemerkt.\n\n## Zeitleiste\n\n- 10:02 Der Alarm wurde ausgelöst\n- 10:14 Die Änderung wurde zurückgenommen\n\n"
        "## Ursache\n\nDie Verbindungen zur Datenbank waren auf vier begrenzt.\n",
        "# ⟦決済サービスの障害報告書⟧\n\n## 影響\n\n約三千件の決済が失敗しました。\n\n"
        "## タイムライン\n\n- 10:02 アラートが発報しました\n- 10:14 変更を元に戻しました\n\n"
        "## 根本原因\n\n接続プールの上限が四つに設定されていました。\n",
    ],
)
def unsupported_language(doc: Postmortem) -> Iterator[Problem]:
    """The prose is not English, so the rules about wording did not run.

    Blame and vagueness are told by grammar and vocabulary, which pmlint knows for English only. Silence about them
    would look like praise.
    """
    if doc.language != "en" and doc.kind is not Kind.OTHER:
        yield Problem(place(doc), f"the text is not English ('{doc.language}'), so the rules about wording did not run")


@rule(
    level=Level.INFO,
    help="exclude it with `exclude = [...]`, or write `kind: postmortem` into its front matter if it is one",
    kinds=ANY_KIND,
    templates=True,
    good=[
        "# Checkout was down for 12 minutes\n\n## Impact\n\n3,100 payments failed.\n\n## Timeline\n\n"
        "- 10:02 UTC: alert fires\n- 10:14 UTC: rolled back\n\n## Root cause\n\nA connection pool of four.\n",
        "---\nkind: postmortem\n---\n\n# Payments\n\nNothing to tell yet.\n",
    ],
    bad=[
        "# ⟦How to restore the payments database⟧\n\nRun this when an alert about replication fires.\n\n"
        "1. Stop the writers.\n2. Promote the replica.\n3. Start the writers again.\n",
        "# ⟦paytool⟧\n\nA small library to talk to the till.\n\n## Installation\n\n    pip install paytool\n",
    ],
)
def not_a_postmortem(doc: Postmortem) -> Iterator[Problem]:
    """Nothing in the file looks like a postmortem.

    A README, a runbook or a guide has no timeline and no actions to ask for, so nothing else is reported for it.
    """
    if doc.kind is Kind.OTHER:
        empty = not doc.source.text.strip("\ufeff \t\r\n\f\v")
        what = "the file is empty" if empty else "nothing here looks like a postmortem, so nothing else was checked"
        yield Problem(place(doc), what)


def _suppressions(doc: Postmortem) -> tuple[Suppression, ...]:
    return read_suppressions(doc.source, doc.markup)


def _known() -> frozenset[str]:
    from pmlint.rules.catalogue import catalogue  # it imports this module

    rules = catalogue()
    return frozenset(chain(rules, (each.family for each in rules.values())))


def _where(item: Suppression) -> str:
    if item.only is not None:
        return f" that points at '{item.only}'"
    if item.verb.text == "ignore-file":
        return " in this file"
    return " between here and its end" if item.verb.text == "ignore-start" else " in this block or the next"
