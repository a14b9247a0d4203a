"""Where click's completion falls short of what shells do with `NAME=VALUE` and with commas."""

import os
from pathlib import Path

from click.shell_completion import BashComplete, CompletionItem, FishComplete, ZshComplete


class Bash(BashComplete):
    """Bash cuts a word at `=` and completes the last piece of it."""

    def get_completion_args(self) -> tuple[list[str], str]:
        words, word = super().get_completion_args()
        self._cut = ""
        if word == "=":
            words, word = [*words, word], ""
        if words[-1:] == ["="] and not words[-2].startswith("-"):  # NAME=VALUE
            self._cut = f"{words[-2]}="
            words, word = words[:-2], self._cut + word
        if words[-1:] == ["="]:  # --option=VALUE
            words = words[:-1]
        return words, word

    def format_completion(self, item: CompletionItem) -> str:
        return f"{item.type},{str(item.value).removeprefix(self._cut)}"


class _FilesOfValues:
    """The other shells take `NAME=` for a part of the file's name, so the files are looked up here."""

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem]:
        items: list[CompletionItem] = super().get_completions(args, incomplete)  # type: ignore[misc]
        return [each for item in items for each in (_files(item) if _is_value(item) else [item])]


def _is_value(item: CompletionItem) -> bool:
    return item.type == "file" and "=" in str(item.value)


def _files(item: CompletionItem) -> list[CompletionItem]:
    name, _, start = str(item.value).partition("=")
    folder, mark, beginning = start.rpartition("/")
    try:
        found = sorted(os.scandir(Path(f"{folder}{mark}" or ".")), key=lambda entry: entry.name)
    except OSError:
        return []
    return [
        CompletionItem(f"{name}={folder}{mark}{entry.name}{'/' if entry.is_dir() else ''}")
        for entry in found
        if entry.name.startswith(beginning)
    ]


class Zsh(_FilesOfValues, ZshComplete):
    """Zsh as click speaks with it."""


class Fish(_FilesOfValues, FishComplete):
    """Fish, where a comma within a word or in what is said of it ends neither."""

    source_template = FishComplete.source_template.replace('string split ","', 'string split --max 1 ","')


SHELLS = (Bash, Zsh, Fish)
