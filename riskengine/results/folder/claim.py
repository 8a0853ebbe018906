"""A results folder that exists is whole: how one is claimed, replaced in one step, and put right after a crash.

Beside the folder ``name`` stand, for as long as they are needed, ``.name.lock``, ``.name.new`` (the run being
written) and ``.name.old`` (the run being replaced). The order is

1. write and sync every part in ``.name.new``, the manifest last, then sync the folder;
2. rename ``name`` to ``.name.old`` where there is one;
3. rename ``.name.new`` to ``name``, and sync the parent;
4. remove ``.name.old``.

A crash before 2 or after 3 leaves a whole ``name``. Between 2 and 3 ``.name.old`` is whole and ``name`` is not there:
whoever comes next, reader or writer, puts it back. At no moment is there less than one whole run on the disk.
"""

import contextlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from riskengine.disk.unfinished import unfinished
from riskengine.errors import ResultsError
from riskengine.results.folder import manifest
from riskengine.results.folder.lock import locked
from riskengine.results.folder.part import read_plain

LITTER = {".DS_Store", "Thumbs.db", "desktop.ini"}
"""What desktops put into every folder they show; no reason to refuse, nothing to keep."""
MAKING_PARENTS = 5
"""Tries to make the parent folders: a run that gives up beside this one may remove them again."""


def sibling(path: Path, role: str) -> Path:
    """Return the hidden neighbour of a results folder that plays a role: ``lock``, ``new`` or ``old``."""
    return path.with_name(f".{path.name}.{role}")


def full_path(folder: str | Path) -> Path:
    """Return the path with its links followed; unlike ``Path.resolve`` it stands a link that leads to itself."""
    return Path(os.path.realpath(folder))


@contextmanager
def claim(folder: str | Path) -> Iterator[Path]:
    """Hold a results folder for the length of a run, and yield its full path.

    What a crashed run left beside it is put right first. When the block ends without results, parent folders that
    were made for it are removed again.

    Raises
    ------
    ResultsError
        Before anything is computed: when the folder is another run's at this moment, holds anything but results, or
        cannot be written.
    """
    path = full_path(folder)
    if not path.name:
        raise ResultsError(f"{path} is not a results folder", "RE705")
    made: list[Path] = []
    try:
        with contextlib.ExitStack() as folder_lock:
            try:
                enter(path, made, folder_lock)
                folder_lock.enter_context(unfinished(lambda: abandon(path, made), by_last_resort=True))
                restore_interrupted(path)
                check_replaceable(path)
            except OSError as error:
                raise ResultsError(f"{path}: cannot be written: {error.strerror or error}", "RE706") from error
            yield path
    finally:
        if not path.exists():
            remove_empty(made)


def abandon(path: Path, made: list[Path]) -> None:
    """Leave nothing of a run that is cut off, its lock included: the process ends, and the lock with it."""
    restore_interrupted(path)
    sibling(path, "lock").unlink(missing_ok=True)
    if not path.exists():
        remove_empty(made)


def enter(path: Path, made: list[Path], folder_lock: contextlib.ExitStack) -> None:
    """Make the parents of a folder and take its lock."""
    for remaining in reversed(range(MAKING_PARENTS)):
        try:
            make_parents(path.parent, made)
            folder_lock.enter_context(locked(sibling(path, "lock")))
            return
        except FileNotFoundError:
            if not remaining:
                raise


def make_parents(folder: Path, made: list[Path]) -> None:
    """Make a folder and those above it, and add each that was not there to ``made``."""
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    for place in reversed(missing):
        with contextlib.suppress(FileExistsError):
            place.mkdir()
            made.append(place)


def remove_empty(made: list[Path]) -> None:
    """Remove the folders that this run made and nobody used."""
    for place in reversed(made):
        with contextlib.suppress(OSError):
            place.rmdir()


def exists(path: Path) -> bool:
    """Whether anything bears the name, a dangling link included."""
    return os.path.lexists(path)


def replace(path: Path, new: Path) -> None:
    """Put the whole folder ``new`` in the place of ``path``; steps 2 to 4 of the order above."""
    discard(swap(path, new))


def swap(path: Path, new: Path) -> Path:
    """Give the folder ``new`` the name of ``path``, steps 2 and 3 of the order above; return where the old one is."""
    old = sibling(path, "old")
    if exists(path):
        path.rename(old)
    new.rename(path)
    sync_folder(path.parent)
    return old


def restore_interrupted(path: Path, remove: Callable[[Path], None] | None = None) -> None:
    """Put right what a writer that was cut off left beside ``path``; call it with the lock held.

    Parameters
    ----------
    path : Path
    remove : callable, optional
        Removes a folder of that writer, and nothing else; :func:`discard` for results folders.
    """
    old, new = sibling(path, "old"), sibling(path, "new")
    if exists(old) and not exists(path):
        old.rename(path)
        sync_folder(path.parent)
    for folder in (old, new):
        (remove or discard)(folder)


def check_replaceable(path: Path) -> None:
    """Refuse a path that holds anything but the results of a run."""
    if not exists(path):
        return
    if not holds_run(path):
        raise ResultsError(f"{path} exists and holds no results of a run", "RE705", "choose another with -o")
    check_contents(path)


def holds_run(folder: Path) -> bool:
    """Whether there is a manifest of ours in the folder."""
    try:
        return manifest.parse_loosely(read_plain(folder / manifest.NAME, manifest.LARGEST)) is not None
    except ResultsError:
        return False


def check_contents(folder: Path) -> None:
    """Refuse a folder with anything in it that no run wrote: replacing it would lose that.

    Notes
    -----
    What a run writes is told from the registry and never from the manifest, which anybody may have written.
    """
    names = {manifest.NAME, *manifest.PARTS, *manifest.ANSWER_PARTS} | LITTER
    with os.scandir(folder) as entries:
        foreign = sorted(e.name for e in entries if e.name not in names or not e.is_file(follow_symlinks=False))
    if foreign:
        raise ResultsError(
            f"{folder} holds {foreign[0]}, which no run wrote", "RE705", "move it away, or choose another with -o"
        )


def discard(folder: Path) -> None:
    """Remove a results folder, whole or not, and nothing else; a folder that is not there is no fault."""
    if not exists(folder):
        return
    if not folder.is_dir() or folder.is_symlink():
        raise ResultsError(f"{folder} is in the way and no run wrote it", "RE705", "move it away")
    check_contents(folder)
    # The manifest goes last: without it, what remains could no longer be told from a folder of somebody else.
    for file in sorted(folder.iterdir(), key=lambda file: file.name == manifest.NAME):
        file.unlink()
    folder.rmdir()


def sync_folder(folder: Path) -> None:
    """Put the names in a folder on the disk, where the system can (Windows cannot)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
