"""The findings that a house has accepted for now: recorded by document, rule and words, never by line."""

import json
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import asdict, fields, replace

from pmlint.engine.config_file import shown
from pmlint.engine.errors import UserError
from pmlint.engine.finding import Checked, Finding, is_read
from pmlint.engine.stamp import fingerprint, stripped

if TYPE_CHECKING:
    from pmlint.engine.narrow import Scope

FILE = "pmlint-baseline.json"
VERSION = 1


class Entry(Struct, frozen=True, order=True):
    """Findings of one rule at the same words of one document."""

    path: str
    """Relative to the folder of the baseline, with forward slashes."""
    rule: str
    fingerprint: str
    """Of rule and words, as that of the first such finding in a document."""
    count: int
    messages: tuple[str, ...]
    """What was said, for the person who reviews the file; of several findings at the same words, the ones meant."""
    reason: str
    date: str
    """The day it was recorded, as 2026-01-31."""

    @property
    def content(self) -> tuple[str, str]:
        """What it is recognised by in another place."""
        return self.rule, self.fingerprint


class Baseline(Struct, frozen=True):
    """A file of entries, sorted, one for each path, rule and fingerprint."""

    file: Path
    entries: tuple[Entry, ...] = ()

    @property
    def name(self) -> str:
        """The path of the file as the user would write it."""
        return shown(self.file)

    @property
    def count(self) -> int:
        """How many findings it holds."""
        return sum(entry.count for entry in self.entries)

    def place(self, path: str) -> str:
        """What `path`, relative to the working folder, is called in this file."""
        absolute = os.path.abspath(path)  # noqa: PTH100 - as named: links are not followed
        try:
            return Path(os.path.relpath(absolute, self.file.parent)).as_posix()
        except ValueError:  # another drive
            return Path(absolute).as_posix()

    def exists(self, place: str) -> bool:
        """Whether there is still a file at the path of an entry."""
        return os.path.lexists(os.path.join(self.file.parent, place))  # noqa: PTH118 - a string as it is

    @property
    def text(self) -> str:
        """What stands in the file; the order is fixed, so that a change shows as itself."""
        entries = [asdict(entry) for entry in sorted(self.entries)]
        whole = {"version": VERSION, "entries": entries}
        # A path that is no UTF-8 is kept by escapes.
        text = json.dumps(whole, ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace").decode("utf-8")
        return f"{text}\n"


# --- the file


def read_baseline(file: Path) -> Baseline:
    """The baseline in `file`; `UserError` where there is none that can be understood."""
    file = Path(os.path.abspath(file))  # noqa: PTH100
    name = shown(file)
    try:
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise UserError(f"there is no baseline '{name}'; `pmlint baseline` records one") from None
    except OSError as problem:
        raise UserError(f"cannot read the baseline '{name}': {problem.strerror or problem}") from None
    except UnicodeDecodeError:
        raise _corrupt(name, "it is not UTF-8 text") from None
    try:
        whole = json.loads(text)
    except RecursionError:
        raise _corrupt(name, "it is nested too deeply") from None
    except ValueError as problem:
        if "<<<<<<<" in text:
            raise UserError(
                f"the baseline '{name}' cannot be read: it holds the marks of a merge; take the file of one side, as "
                f"with `git checkout --ours {name}`, and `pmlint baseline --update` adds what the other has let in"
            ) from None
        raise _corrupt(name, f"it is not valid JSON ({problem})") from None
    if not isinstance(whole, dict) or type(whole.get("version")) is not int:
        raise _corrupt(name, "it has no version")
    if whole["version"] != VERSION:
        raise UserError(
            f"the baseline '{name}' has version {whole['version']}, and this pmlint reads version {VERSION}; "
            "use the pmlint that wrote it, or delete it and record anew with `pmlint baseline`"
        )
    entries = whole.get("entries")
    if not isinstance(entries, list):
        raise _corrupt(name, "it has no list of entries")
    return Baseline(file, _merged(_entry(raw, number, name) for number, raw in enumerate(entries, start=1)))


def write_baseline(baseline: Baseline) -> None:
    """Put the file in place all at once, so that no run reads half of it."""
    from pmlint.engine.write import write_whole

    write_whole(baseline.file, baseline.text.encode("utf-8"))


_TYPES: Mapping[str, type] = {"count": int, "messages": list}


def _entry(raw: Any, number: int, name: str) -> Entry:
    keys = [field.name for field in fields(Entry)]
    if not isinstance(raw, dict) or set(raw) != set(keys):
        raise _corrupt(name, f"entry {number} does not have exactly the keys {', '.join(keys)}")
    for key in keys:
        if type(raw[key]) is not _TYPES.get(key, str):
            raise _corrupt(name, f"'{key}' of entry {number} is not what it should be")
    if raw["count"] < 1 or not all(isinstance(message, str) for message in raw["messages"]):
        raise _corrupt(name, f"entry {number} does not count its findings")
    return Entry(**{**raw, "messages": tuple(raw["messages"])})


def _corrupt(name: str, reason: str) -> UserError:
    return UserError(
        f"the baseline '{name}' cannot be read: {reason}; restore it from version control, "
        "or delete it and record anew with `pmlint baseline`"
    )


def _merged(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Entries in order, those of the same path and content as one; the oldest reason stays."""
    found: dict[tuple[str, str, str], Entry] = {}
    for entry in entries:
        key = (entry.path, *entry.content)
        known = found.get(key)
        if known is None:
            found[key] = entry
        else:
            messages = tuple(sorted({*known.messages, *entry.messages}))
            found[key] = replace(known, count=known.count + entry.count, messages=messages)
    return tuple(sorted(found.values()))


# --- against what was found


class Compared(Struct, frozen=True):
    """A baseline beside the findings of a run."""

    baseline: Baseline
    hidden: tuple[frozenset[int], ...]
    """For each document, which of its findings are recorded."""
    kept: tuple[Entry, ...]
    """The entries as they would be written now: at the new path, counting what is still there, or not asked about."""
    stale: tuple[Entry, ...]
    """What was recorded and is gone, `count` times each."""

    @property
    def pruned(self) -> Baseline:
        """The baseline without what is stale."""
        return replace(self.baseline, entries=_merged(self.kept))

    def updated(self, documents: Iterable[Checked], reason: str, today: str) -> Baseline:
        """The baseline of what was found; entries that hold on keep their reason and their date."""
        new = [
            _of(finding, self.baseline, reason, today)
            for document, hidden in zip(documents, self.hidden, strict=True)
            for at, finding in enumerate(document.findings)
            if at not in hidden
        ]
        return replace(self.baseline, entries=_merged((*self.kept, *new)))


def _of(finding: Finding, baseline: Baseline, reason: str, today: str) -> Entry:
    return Entry(baseline.place(finding.path), *_content(finding), 1, (finding.message,), reason, today)


def _content(finding: Finding) -> tuple[str, str]:
    return finding.rule, fingerprint(finding.rule, finding.excerpt, 1)


def compare(baseline: Baseline, documents: tuple[Checked, ...], scope: "Scope") -> Compared:
    """Which findings are recorded, and which entries have nothing left to hide."""
    by_path: dict[str, list[Entry]] = defaultdict(list)
    for entry in baseline.entries:
        by_path[entry.path].append(entry)
    places = {baseline.place(document.path): at for at, document in enumerate(documents)}
    contents = [_by_content(document) for document in documents]
    gone = {path: own for path, own in by_path.items() if path not in places and not baseline.exists(path)}
    free = {at for path, at in places.items() if path not in by_path}
    homes = {**places, **_moved(gone, free, documents, contents)}
    whole = all(path in homes or path in gone for path in by_path)
    names = {at: place for place, at in places.items()}

    hidden: list[set[int]] = [set() for _ in documents]
    kept: list[Entry] = []
    stale: list[Entry] = []
    for path, own in by_path.items():
        at = homes.get(path)
        if at is None:
            covered = scope.everything and path in gone and _covers(scope.paths, baseline, path)
            (stale if covered else kept).extend(own)
            continue
        unasked = _unasked(documents[at])
        for entry, taken, retitled in _matched(own, documents[at], contents[at], hidden[at]):
            kept.extend(replace(other, path=names[at]) for other in retitled)
            asked = scope.everything and unasked is not None and entry.rule not in unasked
            if entry.rule in scope.across:
                asked = asked and whole
            missing = entry.count - len(taken) - len(retitled)
            left = len(taken) if asked else len(taken) + missing
            if left:
                said = tuple(sorted({documents[at].findings[index].message for index in taken}))
                kept.append(replace(entry, path=names[at], count=left, messages=said or entry.messages))
            if asked and missing:
                stale.append(replace(entry, count=missing))
    _follow(scope.across, documents, hidden, kept, stale, names)
    return Compared(baseline, tuple(map(frozenset, hidden)), tuple(sorted(kept)), tuple(sorted(stale)))


Contents = Mapping[tuple[str, str], list[int]]
"""Where in a document the findings of each content stand."""


def _by_content(document: Checked) -> Contents:
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, finding in enumerate(document.findings):
        found[_content(finding)].append(at)
    return found


def _matched(
    own: list[Entry], document: Checked, contents: Contents, hidden: set[int]
) -> Iterator[tuple[Entry, set[int], list[Entry]]]:
    """For each entry of the document, the findings at its words, and what it is called now for those at new ones.

    What speaks of a whole document or section points at its title, and is the same when the title is worded anew.
    """
    exact = []
    for entry in own:
        exact.append(_taken(entry, contents.get(entry.content, []), hidden, document))
        hidden |= exact[-1]
    for entry, taken in zip(own, exact, strict=True):
        again = [
            at
            for at, finding in enumerate(document.findings)
            if finding.rule == entry.rule
            and at not in hidden
            and finding.message in entry.messages
            and _speaks_of_a_whole(finding)
        ]
        again = again[: entry.count - len(taken)]
        hidden |= set(again)
        yield entry, taken, [_renamed(entry, document.findings[at]) for at in again]


def _speaks_of_a_whole(finding: Finding) -> bool:
    words = stripped(finding.excerpt)
    return not words or finding.rule.startswith("missing-") or words == stripped(finding.section or "")


def _renamed(entry: Entry, finding: Finding) -> Entry:
    return replace(entry, fingerprint=_content(finding)[1], count=1, messages=(finding.message,))


def _follow(
    across: frozenset[str],
    documents: tuple[Checked, ...],
    hidden: list[set[int]],
    kept: list[Entry],
    stale: list[Entry],
    names: Mapping[int, str],
) -> None:
    """What all documents together show stands at one of them, and at another one when a part of them is looked at."""
    waiting: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in (*kept, *stale):
        if entry.rule in across:
            waiting[entry.rule, _figureless(" ".join(entry.messages))].append(entry)
    for at, document in enumerate(documents):
        for index, finding in enumerate(document.findings):
            if finding.rule not in across or index in hidden[at]:
                continue
            same = waiting.get((finding.rule, _figureless(finding.message)))
            if same:
                entry = same.pop()
                hidden[at].add(index)
                if entry in stale:
                    stale.remove(entry)
                    kept.append(replace(_renamed(entry, finding), path=names[at]))


def _figureless(message: str) -> str:
    """What is said, whatever the numbers are."""
    return re.sub(r"\d+(?: \w+)?", "#", message)


def _taken(entry: Entry, indexes: list[int], hidden: set[int], document: Checked) -> set[int]:
    """The findings that the entry hides: those that say what was recorded before others at the same words."""
    free = [at for at in indexes if at not in hidden]
    free.sort(key=lambda at: document.findings[at].message not in entry.messages)
    return set(free[: entry.count])


def _moved(
    gone: Mapping[str, list[Entry]], free: set[int], documents: tuple[Checked, ...], contents: list[Contents]
) -> dict[str, int]:
    """Where the documents of vanished paths are now: a document that is new and shows half of what was recorded."""
    fits = []
    for path, entries in gone.items():
        for at in free:
            same = sum(min(entry.count, len(contents[at].get(entry.content, ()))) for entry in entries)
            if same and 2 * same >= sum(entry.count for entry in entries):
                # Templates make documents alike; of two that fit as well, the one of the old name.
                name = Path(documents[at].path).name != Path(path).name
                fits.append((-same, name, path, documents[at].path, at))
    homes: dict[str, int] = {}
    for _, _, path, _, at in sorted(fits):
        if path not in homes and at not in homes.values():
            homes[path] = at
    return homes


def _covers(paths: tuple[str, ...], baseline: Baseline, path: str) -> bool:
    """Whether a document at `path` would have been among those that were named."""
    for named in paths:
        place = baseline.place(named)
        if place in (".", path) or path.startswith(f"{place}/"):
            return True
        if set(place.split("/")) == {".."}:  # a folder above the baseline
            return True
    return False


def _unasked(document: Checked) -> frozenset[str] | None:
    """The rules that did not come to an end on the document; None where none did."""
    if not is_read(document):
        return None
    return frozenset({*(crash.rule for crash in document.crashes), *(rule for rule, _ in document.skipped)})


# --- in words


def stale_warning(compared: Compared) -> str | None:
    """What the user should know about entries that hide nothing."""
    if not compared.stale:
        return None
    by_path: dict[str, int] = defaultdict(int)
    for entry in compared.stale:
        by_path[entry.path] += entry.count
    total = sum(by_path.values())
    listed = ", ".join(f"{path} ({number})" for path, number in sorted(by_path.items())[:3])
    more = f" and {len(by_path) - 3} more" if len(by_path) > 3 else ""
    what = "1 finding is" if total == 1 else f"{total} findings are"
    return (
        f"{what} in the baseline '{compared.baseline.name}' and no longer in the documents: {listed}{more}; "
        "`pmlint baseline --prune` takes what is gone out of it"
    )
