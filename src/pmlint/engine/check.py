"""Checks one document: a pure function of its text, its path and the settings."""

import traceback
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from pmlint.engine.finding import Checked, Crash, Finding
from pmlint.engine.gate import closes
from pmlint.engine.hide import hidden
from pmlint.engine.profiles import Choice, choose
from pmlint.engine.results import Exists
from pmlint.engine.score import score
from pmlint.engine.select import TOOL, levels
from pmlint.engine.settings import Settings, keys
from pmlint.engine.stamp import Stamper
from pmlint.engine.suppress import Found, sift
from pmlint.rules.problem import Level, Problem
from pmlint.source import Source, Span

if TYPE_CHECKING:
    from pmlint.document.model import Postmortem
    from pmlint.document.vocabulary import Vocabulary
    from pmlint.engine.card import Card
    from pmlint.rules.rule import Rule
    from pmlint.rules.suppression import Suppression

UNREADABLE = "unreadable-document"
NOT_A_POSTMORTEM = "not-a-postmortem"
SECRET = "secret-in-document"  # noqa: S105 - the name of a rule
_ABOUT_SUPPRESSIONS = "unused-suppression"
_NAMES = "named-individual"
JUDGEMENTS = "judgements"
"""The parameter by which a rule asks what the language pass has read."""

# These speak of the file, not of an incident: where a file holds several incidents they read it once, as a whole.
_WHOLE_FILE = frozenset({TOOL, "publication"})


def check_text(
    text: str, path: str, settings: Settings, rules: Mapping[str, "Rule"], *, exists: Exists | None = None
) -> Checked:
    """What the rules find in one document.

    Nothing is read but the arguments and, unless `settings.today` says it, the calendar: the same arguments give the
    same result in any process. What lies beside the document is asked through `exists`; without it, links to other
    files go unchecked.
    """
    return finished([begun(text, path, settings, rules, exists=exists)])[0]


def begun(
    text: str, path: str, settings: Settings, rules: Mapping[str, "Rule"], *, exists: Exists | None = None
) -> "Begun":
    """The check of one document up to where its sentences are read, or its result where it comes to none."""
    from pmlint.document.parse import parse  # slow to import
    from pmlint.rules.tool import unreadable

    reason = unreadable(text)
    if reason is not None:
        return unread(path, reason, settings, rules)
    try:
        doc = parse(text, path, vocabulary(settings))
    except Exception as problem:
        crash = Crash("parse", path, told(problem))
        return Checked(path, "other", "standard", "the document could not be read", (), None, crashes=(crash,))
    return _Check(doc, path, settings, rules, exists)


def finished(several: "Sequence[Begun]") -> list[Checked]:
    """The results, in order. The sentences of all of them are read at once, which is quicker than one by one."""
    _read_together([each for each in several if isinstance(each, _Check)])
    return [each.result() if isinstance(each, _Check) else each for each in several]


def _read_together(checks: "list[_Check]") -> None:
    alike: dict[tuple[object, ...], list[_Check]] = {}
    for check in checks:
        asked = check.asked_of_language()
        if asked is not None:
            alike.setdefault(asked, []).append(check)
    for group in alike.values():
        from pmlint.language.pipeline import ModelError
        from pmlint.language.read import judgements

        first = group[0]
        try:
            found = judgements(
                [check.doc for check in group],
                model=first.settings.nlp.get("model"),
                people=first.settings.people,
                teams=first.settings.teams,
                named=first.asks_for_names,
            )
        except ModelError as problem:
            for check in group:
                check.go_without_language(str(problem))
            continue
        for check, placed in zip(group, found, strict=True):
            check.given[JUDGEMENTS] = placed


def without_secrets(text: str, path: str, settings: Settings, rules: Mapping[str, "Rule"]) -> str:
    """`text` as it may be shown: every character of a credential hidden, wherever it is repeated."""
    from pmlint.document.parse import parse

    doc = parse(text, path, vocabulary(settings))
    return hidden(text, _Check(doc, path, settings, rules, None).secrets() or ()) or text


def unread(path: str, reason: str, settings: Settings, rules: Mapping[str, "Rule"]) -> Checked:
    """The result for a file whose text could not be had."""
    from pmlint.document.model import Postmortem
    from pmlint.source.blocks import Markup

    choice = _standard(settings)
    findings: tuple[Finding, ...] = ()
    level = levels(rules, choice.profile, settings, path).get(UNREADABLE)
    if level is not None:
        doc = Postmortem(source=Source("", path), markup=Markup((), ()))
        problem = Problem(Span(0, 0), reason)
        findings = Stamper(doc, path).stamp([Found(rules[UNREADABLE], problem, level)])
    return Checked(
        path,
        "other",
        choice.profile.name,
        choice.reason,
        findings,
        None,
        closes=closes(findings, None, settings),
    )


def vocabulary(settings: Settings) -> "Vocabulary":
    """What the settings add to the words that a document is read with."""
    from pmlint.document.vocabulary import Vocabulary

    return Vocabulary(
        headings=dict(settings.headings),
        fields=dict(settings.fields),
        layers=dict(settings.layers),
        statuses=dict(settings.action_statuses),
        people=settings.people,
        teams=settings.teams,
        date_order=settings.date_order,
        timezone=settings.timezone,
    )


def _standard(settings: Settings) -> Choice:
    from pmlint.engine.profiles import PROFILES

    if settings.profile == "auto":
        return Choice(PROFILES["standard"], "nothing in the document asks for another")
    return Choice(PROFILES[settings.profile], "as configured")


class _Check:
    """The check of one document, step by step."""

    def __init__(
        self,
        doc: "Postmortem",
        path: str,
        settings: Settings,
        rules: Mapping[str, "Rule"],
        exists: Exists | None,
    ) -> None:
        self.exists = exists
        self.doc = doc
        self.path = path
        self.settings = settings
        self.rules = rules
        self.today = settings.today or date.today()
        self.choice = choose(doc, settings.profile, settings.severity_scale)
        self.levels = levels(rules, self.choice.profile, settings, path)
        self.crashes: list[Crash] = []
        self.skipped: list[tuple[str, str]] = []
        self.given = self._given()
        chosen = [self.rules[name] for name in self.levels if not self.rules[name].across]
        self.running = [rule for rule in chosen if self._speaks(rule)]

    def result(self) -> Checked:
        from pmlint.rules.suppression import read_suppressions

        running = self.running
        found = [each for rule in running if rule.name != _ABOUT_SUPPRESSIONS for each in self._run(rule)]
        suppressions = read_suppressions(self.doc.source, self.doc.markup)
        sifted = sift(found, suppressions, self.doc.source, self.today, running)
        kept, silenced = list(sifted.kept), sifted.silenced
        about = self.rules.get(_ABOUT_SUPPRESSIONS)
        if suppressions and about is not None and about in running:
            self.given["idle"] = sifted.idle
            # One more round, so that a suppression of unused suppressions works like any other.
            extra = sift(self._run(about), suppressions, self.doc.source, self.today, ())
            kept += extra.kept
            silenced += extra.silenced
        sure = [each for each in kept if self._confidence(each) >= self.settings.min_confidence]
        secrets = self._secrets(found)
        stamper = Stamper(self.doc, self.path, secrets or ())
        findings = stamper.stamp(sure)
        scored = score(findings) if self._is_scored() else None
        overall = scored.overall if scored else None
        return Checked(
            path=self.path,
            kind=str(self.doc.kind),
            profile=self.choice.profile.name,
            profile_reason=self.choice.reason,
            findings=findings,
            score=overall,
            scores=scored.by_dimension if scored else (),
            suppressed=silenced,
            skipped=tuple(self.skipped),
            crashes=tuple(self.crashes),
            closes=closes(findings, overall, self.settings),
            card=self._card(stamper, suppressions),
            secrets=secrets,
        )

    def _card(self, stamper: Stamper, suppressions: "tuple[Suppression, ...]") -> "Card | None":
        across = [(self.rules[name], level) for name, level in self.levels.items() if self.rules[name].across]
        if not across:
            return None
        from pmlint.engine.collection import card  # only where rules look across documents

        return card(self.doc, self.path, across, stamper, suppressions, self.today)

    @property
    def asks_for_names(self) -> bool:
        return any(rule.name == _NAMES for rule in self.running)

    def asked_of_language(self) -> tuple[object, ...] | None:
        """What the language pass is to be told besides the document; None where no rule asks it."""
        if not any(JUDGEMENTS in rule.context for rule in self.running):
            return None
        settings = self.settings
        return (settings.nlp.get("model"), tuple(settings.people), tuple(settings.teams), self.asks_for_names)

    def go_without_language(self, reason: str) -> None:
        """Leave out the rules that ask the language pass, which cannot answer."""
        self.skipped += [(rule.name, reason) for rule in self.running if JUDGEMENTS in rule.context]
        self.running = [rule for rule in self.running if JUDGEMENTS not in rule.context]

    def _given(self) -> dict[str, Any]:
        """What every rule may ask for by the name of a parameter: the settings that were said, and the run's facts."""
        said = {
            key.field: getattr(self.settings, key.field) for key in keys().values() if getattr(self.settings, key.field)
        }
        names = frozenset(self.rules) | frozenset(rule.family for rule in self.rules.values())
        return {**said, "today": self.today, "known": names, "exists": self.exists}

    def _speaks(self, rule: "Rule") -> bool:
        """Whether `rule` has anything to say about this sort of document."""
        doc = self.doc
        if doc.kind == "other":
            return rule.name == NOT_A_POSTMORTEM
        if doc.kind not in rule.kinds:
            return False
        if doc.is_template and not rule.templates and rule.family != TOOL:
            return False
        if "english" in rule.needs and doc.language != "en":
            self.skipped.append((rule.name, f"the text is not English ('{doc.language}')"))
            return False
        return True

    def _is_scored(self) -> bool:
        return self.doc.kind != "other" and not self.doc.is_template

    def _run(self, rule: "Rule") -> Iterator[Found]:
        """The problems of one rule; a rule that raises is named, and its problems up to there are kept."""
        parts = () if rule.family in _WHOLE_FILE else self.doc.incidents
        given = {**self.given, **self.settings.rules.get(rule.name, {})}
        level = self.levels[rule.name]
        for part in (*parts, self.doc):
            try:
                for problem in rule.run(part, given):
                    if part is self.doc and parts and not self._shared(problem):
                        continue
                    # A rule may speak more softly than it is set to, never louder.
                    softer = level if problem.level is None else min(level, problem.level)
                    if softer is not Level.OFF:
                        yield Found(rule, problem, softer)
            except Exception as problem:
                self.crashes.append(crashed(rule, self.path, problem))

    def _shared(self, problem: Problem) -> bool:
        """Whether a problem of a file with several incidents lies in the text that they have in common.

        What points at a title speaks of what is absent or of all items together, and each incident is asked for that.
        """
        doc, span = self.doc, problem.span
        titles = {section.title_span for section in doc.sections} | ({doc.title.span} if doc.title else set())
        return span.start < span.end and span not in titles and not any(part.span.meets(span) for part in doc.incidents)

    def _confidence(self, each: Found) -> int:
        return each.problem.confidence or each.rule.confidence

    def _secrets(self, found: list[Found]) -> tuple[Span, ...] | None:
        """Where credentials stand, asked also where the rule about them did not run: findings show their line.

        None where it cannot be known.
        """
        rule = self.rules.get(SECRET)
        if rule is not None and rule.name in self.levels and self._speaks(rule):
            seen = tuple(each.problem.span for each in found if each.rule is rule)
            return None if any(crash.rule == rule.name for crash in self.crashes) else seen
        return self.secrets()

    def secrets(self) -> tuple[Span, ...] | None:
        """Where credentials stand; None where it cannot be known."""
        rule = self.rules.get(SECRET)
        if rule is None:
            return None
        try:
            return tuple(problem.span for problem in rule.run(self.doc, self.given))
        except Exception as problem:
            self.crashes.append(crashed(rule, self.path, problem))
            return None


Begun = Checked | _Check
"""A check up to where its sentences are read, or its result."""


def crashed(rule: "Rule", path: str, problem: Exception) -> Crash:
    """A rule that raised on the document at `path`."""
    return Crash(rule.name, path, told(problem, rule), rule.origin or "pmlint")


def told(problem: Exception, rule: "Rule | None" = None) -> str:
    """Type and message of an exception, and the innermost line of our own code that it passed."""
    frames = traceback.extract_tb(problem.__traceback__)
    files = {rule.check.__code__.co_filename} if rule and rule.origin and hasattr(rule.check, "__code__") else set()
    own = [frame for frame in frames if "pmlint" in frame.filename or frame.filename in files] or frames
    place = f" ({own[-1].filename.rpartition('pmlint/')[2]}:{own[-1].lineno})" if own else ""
    return f"{type(problem).__name__}: {problem}{place}"
