"""Files that a shell offers for an argument: scenarios, and folders with the results of a run."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from click.shell_completion import BashComplete, CompletionItem, FishComplete, ZshComplete, add_completion_class

SCENARIOS = frozenset({".toml", ".json"})
MANIFEST = "manifest.json"
PATH = "path"
"""Kind of a completion that is a file or a folder of ours."""

BASH = """\
%(complete_func)s() {
    local IFS=$'\\n' line
    COMPREPLY=()
    while IFS= read -r line; do
        case "$line" in
            dir,*) compopt -o dirnames ;;
            file,*) compopt -o default ;;
            path,*) compopt -o filenames; COMPREPLY+=("${line#*,}") ;;
            plain,*) COMPREPLY+=("${line#*,}") ;;
        esac
    done < <(env COMP_WORDS="${COMP_WORDS[*]}" COMP_CWORD="$COMP_CWORD" %(complete_var)s=bash_complete "$1")
}
complete -o nosort -F %(complete_func)s %(prog_name)s
"""


class Bash(BashComplete):
    """Completion for bash, which quotes names of files and leaves the word open behind a folder."""

    source_template = BASH


class Zsh(ZshComplete):
    """Completion for zsh, to which names of files are words like others."""

    def format_completion(self, item: CompletionItem) -> str:
        """Return an item as the script reads it."""
        return super().format_completion(_as_word(item))


class Fish(FishComplete):
    """Completion for fish, to which names of files are words like others."""

    def format_completion(self, item: CompletionItem) -> str:
        """Return an item as the script reads it."""
        return super().format_completion(_as_word(item))


def _as_word(item: CompletionItem) -> CompletionItem:
    return CompletionItem(item.value, help=item.help) if item.type == PATH else item


def add_shells() -> None:
    """Let click use these in place of its own."""
    for shell in (Bash, Zsh, Fish):
        add_completion_class(shell)


def offered(incomplete: str, is_wanted: Callable[[Path], bool]) -> list[CompletionItem]:
    """Return the files that begin as the word does, folders among them for what lies below.

    Names with characters that a script could not tell from its own are left out, hidden ones until they are asked for.
    """
    head, separator, start = incomplete.rpartition("/")
    try:
        files = sorted(Path(f"{head}{separator}" or ".").iterdir())
    except OSError:
        return []
    names = []
    for path in files:
        is_begun = path.name.startswith(start) and (start or not path.name.startswith("."))
        if is_begun and path.name.isprintable() and (path.is_dir() or is_wanted(path)):
            names.append(f"{head}{separator}{path.name}")
    return [CompletionItem(name, type=PATH) for name in names]


class ScenarioPath(click.Path):
    """A scenario file, or ``-``; a shell offers ``.toml`` and ``.json`` files."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
        """Return what may stand here."""
        return offered(incomplete, lambda path: path.suffix in SCENARIOS)


class ResultsPath(click.Path):
    """A results folder; a shell offers folders, those of runs before all others."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
        """Return what may stand here."""
        folders = offered(incomplete, lambda path: False)
        runs = [item for item in folders if Path(item.value, MANIFEST).is_file()]
        return runs or folders
