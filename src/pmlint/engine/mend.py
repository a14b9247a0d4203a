"""Fixes documents where they lie, or shows how they would be fixed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, structs

from pmlint.engine.check import check_text, without_secrets
from pmlint.engine.files import STDIN, Target, UnreadableError, text_of
from pmlint.engine.finding import Checked, Finding, Run, is_read
from pmlint.engine.fix import Fixed, told, until_stable
from pmlint.engine.own_rules import with_own
from pmlint.engine.run import beside
from pmlint.engine.write import write_whole

if TYPE_CHECKING:
    from pmlint.rules.rule import Rule


class Mended(Struct, frozen=True):
    """One document with its fixes."""

    target: Target
    data: bytes
    """As it was read."""
    text: str
    fixed: Fixed

    @property
    def is_changed(self) -> bool:
        """Whether any fix held."""
        return self.fixed.text != self.text

    @property
    def new_data(self) -> bytes:
        """What it should hold."""
        return self.fixed.text.encode("utf-8")

    def write(self) -> None:
        """Put the fixed text in the place of the old one, unless somebody else has written there meanwhile."""
        write_whole(Path(self.target.path), self.new_data, instead_of=self.data)


def mended(
    whole: Run, run: Run, files: Sequence[Target], rules: "Mapping[str, Rule]", *, unsafe: bool
) -> tuple[tuple[Mended, ...], tuple[str, ...]]:
    """The documents of `run` with fixes made, nothing written yet, and what the user should know.

    `run` is the part of the `whole` run that counts: what is in the baseline or outside of the changes stays.
    """
    by_name = {target.name: target for target in files}
    done, notes = [], []
    for document, part in zip(whole.documents, run.documents, strict=True):
        offered = any(finding.fix and (finding.fix.safe or unsafe) for finding in part.findings)
        if not offered or not is_read(document) or document.path not in by_name:
            continue
        made = _mended(by_name[document.path], document, part, rules, unsafe=unsafe)
        if made is None:
            notes.append(f"'{document.path}' was changed meanwhile, so it was left as it is; run it again")
        else:
            done.append(made)
            notes += told(made.fixed.left_out)
    return tuple(done), tuple(notes)


def _mended(
    target: Target, document: Checked, part: Checked, rules: "Mapping[str, Rule]", *, unsafe: bool
) -> Mended | None:
    settings = target.settings
    all_rules = with_own(rules, settings.rule_texts)
    try:
        data, text = text_of(target)
    except UnreadableError:
        return None
    # What was found is where it was found only in the text that it was found in.
    known: dict[str, Checked] = {}

    def lint(text: str) -> Checked:
        if text not in known:
            known[text] = check_text(text, target.name, settings, all_rules, exists=beside(target))
        return known[text]

    if lint(text).findings != tuple(each for each in document.findings if not _across(each, all_rules)):
        return None
    counts = set(map(_place, part.findings))
    passed_over = [each for each in document.findings if _place(each) not in counts]
    return Mended(target, data, text, until_stable(text, lint, unsafe=unsafe, passed_over=passed_over))


def _across(finding: Finding, rules: "Mapping[str, Rule]") -> bool:
    """Whether it comes from the other documents of the run."""
    rule = rules.get(finding.rule)
    return rule is not None and rule.across


def _place(finding: Finding) -> tuple[object, ...]:
    return finding.rule, finding.span, finding.message


def accounted(run: Run, done: Sequence[Mended], notes: Sequence[str]) -> Run:
    """A run after the fixes: how many were made, and no offer of one that was tried in vain."""
    of = {made.target.name: made.fixed for made in done}
    documents = tuple(
        _accounted(document, of[document.path]) if document.path in of else document for document in run.documents
    )
    return replace(run, documents=documents, warnings=(*run.warnings, *notes))


def _accounted(document: Checked, fixed: Fixed) -> Checked:
    vain = {_place(each.finding) for each in fixed.left_out}
    findings = tuple(structs.replace(each, fix=None) if _place(each) in vain else each for each in document.findings)
    return replace(document, findings=findings, fixed=len(fixed.applied))


def standard_input(done: Sequence[Mended], stdin: bytes) -> bytes:
    """The document that came over the standard input, fixed where there was anything to fix."""
    return next((made.new_data for made in done if made.target.path == STDIN), stdin)


def presentable(made: Mended, rules: "Mapping[str, Rule]") -> tuple[str, str]:
    """The text before and after, with every credential hidden."""
    target = made.target
    all_rules = with_own(rules, target.settings.rule_texts)
    before, after = (
        without_secrets(text, target.name, target.settings, all_rules) for text in (made.text, made.fixed.text)
    )
    return before, after
