"""A run of which only a part counts: the gate follows what is left, the scores stay those of the documents."""

from collections.abc import Container
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from pmlint.engine.configure import Configurations
from pmlint.engine.errors import UserError
from pmlint.engine.files import STDIN_NAME, Target, decode, read
from pmlint.engine.finding import Checked, Finding, Run, is_read
from pmlint.engine.gate import closes
from pmlint.engine.score import score
from pmlint.engine.settings import Settings


class Scope(Struct, frozen=True):
    """How much a run has asked: what it did not ask about is not stale."""

    paths: tuple[str, ...] = (".",)
    """As the user gave them."""
    everything: bool = True
    """Whether no option of the command line left out rules or findings."""
    across: frozenset[str] = frozenset()
    """The rules that read all documents together."""


def settings_of(document: Checked, configurations: Configurations) -> Settings:
    """The settings that the document was checked by."""
    return configurations.at(Path() if document.path == STDIN_NAME else Path(document.path).parent)


def baseline_of(settings: Settings) -> Path | None:
    """The baseline that a configuration names."""
    return None if settings.baseline is None else settings.root / settings.baseline


def without_recorded(run: Run, configurations: Configurations, file: Path | None, scope: Scope) -> Run:
    """The run without what its baselines hold: `file` for all documents, or for each the one that it is configured."""
    settings = [settings_of(document, configurations) for document in run.documents]
    files = [file or baseline_of(each) for each in settings]
    if not any(files):
        return run
    from pmlint.engine.baseline import compare, read_baseline, stale_warning  # most runs need none

    documents, warnings = list(run.documents), list(run.warnings)
    for name in sorted({each for each in files if each is not None}):
        mine = [at for at, each in enumerate(files) if each == name]
        compared = compare(read_baseline(name), tuple(run.documents[at] for at in mine), scope)
        for at, hidden in zip(mine, compared.hidden, strict=True):
            left, gone = without(documents[at], hidden, settings[at])
            documents[at] = replace(left, baselined=gone)
        warning = stale_warning(compared)
        warnings += [warning] if warning else []
    return replace(run, documents=tuple(documents), warnings=tuple(warnings))


def only_changed(run: Run, configurations: Configurations, revision: str) -> Run:
    """The run without what is not about the lines changed since `revision`."""
    from pmlint.document.parse import parse  # slow to import
    from pmlint.engine.changed import changes_since, unchanged
    from pmlint.engine.check import vocabulary

    changes = changes_since(revision)
    documents = []
    for document in run.documents:
        lines = changes.of(document.path)
        # what cannot be read has no parts
        if lines is None or not document.findings or (lines and not is_read(document)):
            documents.append(document)
            continue
        settings = settings_of(document, configurations)
        doc = None
        if lines:
            text = decode(read(document.path, settings.max_megabytes), settings.max_megabytes)
            doc = parse(text, document.path, vocabulary(settings))
        hidden = unchanged(document, lines, doc)
        left, gone = without(document, hidden, settings)
        documents.append(replace(left, unchanged=gone))
    return replace(run, documents=tuple(documents))


class Suppressed(NamedTuple):
    """What came of writing suppressions."""

    run: Run
    """What is left."""
    written: tuple[str, ...] = ()
    """The paths of the documents with new comments."""
    failed: bool = False
    """Whether a document could not be written."""


def suppressed(run: Run, configurations: Configurations, reason: str) -> Suppressed:
    """Write suppressions of all findings into their documents; one that cannot be written hinders no other."""
    from pmlint.engine.annotate import annotated, spoken
    from pmlint.engine.check import check_text
    from pmlint.engine.own_rules import with_own
    from pmlint.engine.run import beside, catalogue
    from pmlint.engine.write import write_whole

    said, rules = spoken(reason), catalogue()
    documents, written, failed, warnings = [], [], False, list(run.warnings)
    for document in run.documents:
        settings = settings_of(document, configurations)
        if not document.findings or not is_read(document):
            documents.append(document)
            continue
        data = read(document.path, settings.max_megabytes)
        text = decode(data, settings.max_megabytes)
        target = Target(document.path, document.path, settings)
        all_rules = with_own(rules, settings.rule_texts)
        check = partial(check_text, path=document.path, settings=settings, rules=all_rules, exists=beside(target))
        new = annotated(text, document.findings, said, check)
        if new.stay:
            warnings.append(_staying(document.path, new.stay))
        if new.text == text:
            documents.append(document)
            continue
        try:
            write_whole(Path(document.path), new.text.encode("utf-8"), instead_of=data)
        except UserError as problem:
            warnings.append(str(problem))
            documents.append(document)
            failed = True
            continue
        written.append(document.path)
        silenced = [at for at, finding in enumerate(document.findings) if finding not in new.stay]
        left, gone = without(document, silenced, settings)
        documents.append(replace(left, suppressed=left.suppressed + gone))
    left_over = replace(run, documents=tuple(documents), warnings=tuple(warnings))
    return Suppressed(left_over, tuple(written), failed)


def _staying(path: str, findings: tuple[Finding, ...]) -> str:
    lines = sorted({finding.start.line for finding in findings})
    listed = ", ".join(map(str, lines[:5])) + (f" and {len(lines) - 5} more" if len(lines) > 5 else "")
    what = "1 finding" if len(findings) == 1 else f"{len(findings)} findings"
    where = f"line {listed}" if len(lines) == 1 else f"lines {listed}"
    return (
        f"{what} of '{path}' at {where} cannot be silenced there without a change of what else is found; "
        "mend what is said, or record it with `pmlint baseline`"
    )


def without(document: Checked, hidden: Container[int], settings: Settings) -> tuple[Checked, int]:
    """`document` without the findings at the places of `hidden`, and how many those were."""
    left = tuple(each for at, each in enumerate(document.findings) if at not in hidden)
    gone = len(document.findings) - len(left)
    if not gone:
        return document, 0
    return replace(document, findings=left, closes=closes(left, _counted(document, left, settings), settings)), gone


def _counted(document: Checked, left: tuple[Finding, ...], settings: Settings) -> int | None:
    """The score where what is left is by itself enough to fall below `min-score`, None where it is not.

    An old document that scores too little for what was accepted in it would close the gate for good.
    """
    if document.score is None or settings.min_score is None:
        return None
    return document.score if score(left).overall < settings.min_score else None
