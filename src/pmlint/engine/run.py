"""Checks many files: each by itself, in this process or in several, always with the same result."""

import gc
import os
import signal
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Raw, Struct

import pmlint
from pmlint.engine.configure import Configurations
from pmlint.engine.errors import UserError
from pmlint.engine.extra import EXTRAS, Extra, extended
from pmlint.engine.files import STDIN, STDIN_NAME, Target, UnreadableError, read, targets, text_of
from pmlint.engine.finding import Checked, Run
from pmlint.engine.hide import hidden
from pmlint.engine.own_rules import with_own
from pmlint.engine.regex_codes import prepared
from pmlint.engine.results import KEPT, Asked, Exists, Packed, digest, key, manner

if TYPE_CHECKING:
    from pmlint.engine.cache import Cache
    from pmlint.engine.card import Card
    from pmlint.engine.check import Begun
    from pmlint.rules.rule import Rule

Rules = Callable[[], "Mapping[str, Rule]"]
"""Where the rules come from. Rules hold functions and cannot travel to another process; this can."""

Progress = Callable[[int, int], None]
"""Told how many documents have been checked, of how many that have to be."""


def _unseen(done: int, total: int) -> None:
    """Progress that nobody looks at."""


_A_COLLECTION = 2
"""Documents that can show together what none of them shows alone."""
_WORTH_A_POOL = 40
"""Files from which several processes are quicker than the time that it takes to start them."""


_Outcome = Checked | Packed
"""A result; packed unless it is not for keeping: nothing could be read, it will not come again, or a rule crashed."""


def catalogue() -> "Mapping[str, Rule]":
    """All rules by name, those that ship and those of installed packages; `UserError` where some cannot be used."""
    from pmlint.rules.catalogue import catalogue as rules  # slow to import
    from pmlint.rules.installed import PackageError

    try:
        return rules()
    except PackageError as problem:
        raise UserError(str(problem)) from problem


def check_paths(
    paths: Sequence[str],
    configurations: Configurations,
    *,
    rules: Rules = catalogue,
    jobs: int | None = None,
    stdin_filename: str | None = None,
    stdin: bytes | None = None,
    cache: "Cache | None" = None,
    progress: Progress = _unseen,
) -> Run:
    """Check files, folders, globs and `-`; `jobs` processes, or as many as are worth it.

    What `cache` knows from an earlier run is not checked again, and what this run finds is put there. `progress` is
    told of each document that has been checked.
    """
    chosen = targets(paths, configurations, stdin_filename=stdin_filename, stdin=stdin)
    if cache is None:
        outcomes = _counted(_map(chosen.files, rules, jobs), len(chosen.files), progress)
        known = [_Known(outcome, None) for outcome in outcomes]
    else:
        known = _with_cache(chosen.files, rules, jobs, cache, progress)
    extras = _between(known, chosen.files, rules, cache) if len(known) >= _A_COLLECTION else {}
    documents = list(_taken_apart(known, chosen.files))
    return Run(pmlint.__version__, extended(documents, extras, chosen.files), chosen.warnings)


def _taken_apart(known: "list[_Known]", files: Sequence[Target]) -> Iterator[Checked]:
    """The results; each lets go of the bytes that it was in, so that what many documents need is not needed twice."""
    known.reverse()
    for target in files:
        yield known.pop().checked(target)


class _Known(NamedTuple):
    """A result, and what it is kept by; None where it cannot be kept."""

    outcome: _Outcome
    key: str | None

    def checked(self, target: Target) -> Checked:
        return self.outcome.checked(target.name) if isinstance(self.outcome, Packed) else self.outcome


def _with_cache(
    files: tuple[Target, ...], rules: Rules, jobs: int | None, cache: "Cache", progress: Progress
) -> list[_Known]:
    source = f"{rules.__module__}.{rules.__qualname__}"
    manners = {
        id(settings): manner(settings, source) for settings in {id(t.settings): t.settings for t in files}.values()
    }

    def kept_by(target: Target, content: str) -> str:
        return key(manners[id(target.settings)], target.name, content)

    found = [_recalled(target, kept_by, cache) for target in files]
    missed = tuple(target for target, kept in zip(files, found, strict=True) if kept is None)
    if missed:
        cache.prepare()
    outcomes = _counted(_map(missed, rules, jobs, cache.place), len(missed), progress)
    made = iter([_keep(target, outcome, kept_by, cache) for target, outcome in zip(missed, outcomes, strict=True)])
    return [each or next(made) for each in found]


def _counted(outcomes: Iterator[_Outcome], total: int, progress: Progress) -> Iterator[_Outcome]:
    for done, outcome in enumerate(outcomes, start=1):
        progress(done, total)
        yield outcome


def _keep(target: Target, outcome: _Outcome, kept_by: Callable[[Target, str], str], cache: "Cache") -> _Known:
    if not isinstance(outcome, Packed):
        return _Known(outcome, None)
    own = kept_by(target, outcome.content)
    cache.put(own, Raw(outcome.kept))
    cache.put(f"{own}{_CARD}", Raw(outcome.card))
    return _Known(outcome, own)


_CARD = "\0card"


def _between(
    known: Sequence[_Known], files: Sequence[Target], rules: Rules, cache: "Cache | None"
) -> Mapping[int, Extra]:
    """What all of them show together; where none of them changed, without a look at their cards."""
    keys = [each.key for each in known if each.key is not None]
    own = f"collection {digest(chr(0).join(keys).encode('utf-8', 'surrogatepass'))}"
    keeps = cache is not None and len(keys) == len(known)
    extras = cache.get(own, EXTRAS) if cache is not None and keeps else None
    if extras is None:
        from pmlint.engine.collection import between  # it loads the model of documents

        cards = [_card(each, target, rules, cache) for each, target in zip(known, files, strict=True)]
        extras = between(cards, files, rules())
        if cache is not None and keeps and not any(extra.crashes for extra in extras.values()):
            cache.put(own, extras)
    return extras


def _card(known: _Known, target: Target, rules: Rules, cache: "Cache | None") -> "Card | None":
    from pmlint.engine.card import CARD as READER

    outcome, own = known
    if isinstance(outcome, Packed):
        return READER.decode(outcome.card)[0]
    if outcome.card is not None or own is None or cache is None:
        return outcome.card
    kept = cache.get(f"{own}{_CARD}", READER)
    if kept is None:  # it was lost
        return _card(_Known(_outcome(target, rules()), None), target, rules, None)
    return kept[0]


def _recalled(target: Target, kept_by: Callable[[Target, str], str], cache: "Cache") -> _Known | None:
    if target.path == STDIN:
        return None
    try:
        data = read(target.path, target.settings.max_megabytes)
    except UnreadableError:
        return None
    content = digest(data)
    own = kept_by(target, content)
    kept = cache.get(own, KEPT)
    if kept is None or not kept.holds(beside(target)):
        return None
    return _Known(kept.checked(target.name, content), own)


def check_target(target: Target, rules: "Mapping[str, Rule]") -> Checked:
    """Check one file; one that cannot be read gives a finding that says so."""
    return _Known(_outcome(target, rules), None).checked(target)


def _outcome(target: Target, rules: "Mapping[str, Rule]") -> _Outcome:
    return next(_examined([target], rules))


class _Opened(Struct, frozen=True):
    """A file whose text has been taken in, and its check so far."""

    target: Target
    check: "Begun"
    data: bytes | None = None
    """What was read; None where nothing could be."""
    asked: Asked | None = None
    """What the check asks about the files beside it."""

    def outcome(self, checked: Checked) -> _Outcome:
        if self.data is None:
            return checked
        if self.target.path == STDIN:
            # it cannot be read again by a report that shows the document
            text = self.data.decode()
            return replace(checked, text=hidden(text, checked.secrets))
        content = digest(self.data)
        if checked.crashes:
            return replace(checked, content=content)
        return Packed.of(checked, content, self.asked.answers if self.asked else ())


def _open(target: Target, rules: "Mapping[str, Rule]") -> _Opened:
    from pmlint.engine.check import begun, unread  # slow to import

    settings = target.settings
    try:
        data, text = text_of(target)
    except UnreadableError as problem:
        return _Opened(target, unread(target.name, str(problem), settings, rules))
    exists = beside(target)
    asked = None if exists is None else Asked(exists)
    check = begun(text, target.name, settings, with_own(rules, settings.rule_texts), exists=asked)
    return _Opened(target, check, data, asked)


_TOGETHER = 6
"""Files whose sentences are read at once, and no more than so many bytes of them: that bounds the memory."""
_TOGETHER_BYTES = 500_000


def _examined(files: Iterable[Target], rules: "Mapping[str, Rule]") -> Iterator[_Outcome]:
    """The outcomes of files, in order, a few files at a time."""
    opened: list[_Opened] = []
    for target in files:
        opened.append(_open(target, rules))
        if len(opened) == _TOGETHER or sum(len(each.data or b"") for each in opened) > _TOGETHER_BYTES:
            yield from _closed(opened)
            opened = []
    yield from _closed(opened)


def _closed(opened: list[_Opened]) -> Iterator[_Outcome]:
    if opened:
        from pmlint.engine.check import finished  # slow to import

        results = finished([each.check for each in opened])
        yield from (each.outcome(checked) for each, checked in zip(opened, results, strict=True))


def beside(target: Target) -> Exists | None:
    """What a document may ask about the files beside it; nothing where it is not known where it lies."""
    if target.path == STDIN and target.name == STDIN_NAME:
        return None
    folder = os.path.dirname(target.name if target.path == STDIN else target.path)  # noqa: PTH120

    def exists(path: str) -> bool:
        try:
            return os.path.lexists(os.path.join(folder, path))  # noqa: PTH118
        except ValueError:  # a NUL in it
            return False

    return exists


def _map(files: tuple[Target, ...], rules: Rules, jobs: int | None, place: Path | None = None) -> Iterator[_Outcome]:
    """The outcomes in the order of `files`; `place` is where worker processes find a cache to prepare from."""
    if len(files) > _WORTH_A_POOL:
        _expect_many()
    if jobs is None:
        jobs = _cores() if len(files) > _WORTH_A_POOL else 1
    # the standard input can be read by this process only
    if min(jobs, len(files)) <= 1 or any(target.path == STDIN for target in files):
        yield from _examined(files, rules()) if files else ()
        return
    from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor  # slow to import

    # All that the first one has loaded and compiled need not be loaded by a process that is forked after it.
    yield from _examined(files[:1], rules())
    rest = files[1:]
    jobs = min(jobs, len(rest))
    size = max(1, min(_TOGETHER, len(rest) // (jobs * 4)))
    chunks = [rest[at : at + size] for at in range(0, len(rest), size)]
    try:
        with ProcessPoolExecutor(jobs, initializer=_prepare, initargs=(rules, place)) as pool:
            for outcomes in pool.map(_examined_in_worker, chunks):
                yield from outcomes
    except BrokenProcessPool:
        raise UserError(
            "a worker process ended before its work was done, perhaps for want of memory; try `--jobs 1`"
        ) from None


def _expect_many() -> None:
    from pmlint.language.meaning import expect_many  # light itself, and of no use to a run that the cache answers

    expect_many()


def _cores() -> int:
    """The cores that this process may use, which in a container are often fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


_worker_rules: Rules = catalogue


_COLLECTING = 15_000
"""Objects, from which a worker looks for garbage: a document leaves some hundred that know each other."""


def _prepare(rules: Rules, place: Path | None) -> None:
    global _worker_rules  # noqa: PLW0603 - what a worker process is started with
    _worker_rules = rules
    _expect_many()
    # What is there already stays to the end, and what is not looked at need not be copied.
    gc.freeze()
    gc.set_threshold(_COLLECTING, *gc.get_threshold()[1:])
    # An interrupt ends the parent, which ends its workers; a traceback from each would only be noise.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if place is not None and not prepared():
        from pmlint.engine.cache import Cache

        Cache(place).prepare()


def _examined_in_worker(files: Sequence[Target]) -> list[_Outcome]:
    return list(_examined(files, _worker_rules()))
