"""A folder that an export owns: changed aside and put in place in one step, and put right after a crash.

Beside the folder ``name`` stand, for as long as they are needed, ``.name.lock``, ``.name.new`` (the folder as it will
be) and ``.name.old`` (as it was). What does not change is linked into the new folder, so that it takes no room twice.
The order is that of results folders (``results/folder/claim.py``): all files, the list of them last; then two renames.
"""

import contextlib
import hashlib
import json
import os
import shutil
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pyarrow as pa

from riskengine.disk.unfinished import publishing, unfinished
from riskengine.errors import ResultsError, shortened
from riskengine.results.folder.claim import (
    LITTER,
    enter,
    exists,
    full_path,
    remove_empty,
    restore_interrupted,
    sibling,
    swap,
    sync_folder,
)
from riskengine.results.folder.manifest import parse_object
from riskengine.results.folder.part import HashingFile, read_plain, write_bytes
from riskengine.star.dates import Span, dim_date, joined, whole_years

LIST = "_riskengine.json"
"""The list of files; readers of whole folders leave out names that begin with an underscore."""
LARGEST = 2**28
SYNC_THREADS = 16
"""Files that are put on the disk beside one another: a disk waits as long for one as for all of them."""
EXPORT = "riskengine export"

OTHER = MappingProxyType({"format": "another format", "tables": "other tables", "schema": "other columns"})

FileFacts = dict[str, Any]
"""``bytes`` and ``sha256`` of a file."""


class StagedFolder:
    """The next state of a folder that an export owns.

    Parameters
    ----------
    path : Path
        The folder, which may not be there yet.
    content : dict
        What its list says; empty for a new folder.
    """

    def __init__(self, path: Path, content: dict[str, Any]) -> None:
        self.path = path
        self.content = content
        self.new = sibling(path, "new")
        self._written: list[Path] = []

    def create(self, name: str) -> HashingFile:
        """Create a file of the new folder; ``name`` is its path in the folder, with slashes."""
        path = self._made(name)
        file = HashingFile(path)
        self._written.append(path)
        return file

    def write(self, name: str, fill: Callable[[HashingFile], object]) -> FileFacts:
        """Create a file of the new folder, and let ``fill`` write it."""
        with self.create(name) as file:
            fill(file)
            return file.seal()

    def keep(self, names: Iterable[str]) -> None:
        """Take files over from the folder as it is."""
        for name in names:
            target = self._made(name)
            try:
                os.link(self.path / name, target, follow_symlinks=False)
            except OSError:  # a file system that gives a file one name only
                shutil.copyfile(self.path / name, target, follow_symlinks=False)

    def publish(self, content: dict[str, Any]) -> None:
        """Put the new folder in the place of the old one, with this list."""
        with ThreadPoolExecutor(SYNC_THREADS) as pool:
            list(pool.map(sync_file, self._written))
        aside = self.new / f"{LIST}.new"  # on a full disk the list that is there still tells whose folder this is
        write_bytes(aside, dumped(content))
        aside.replace(self.new / LIST)
        for place, _, _ in os.walk(self.new):
            sync_folder(Path(place))
        with publishing():
            old = swap(self.path, self.new)
        discard(old)

    def _made(self, name: str) -> Path:
        target = self.new / name
        target.parent.mkdir(parents=True, exist_ok=True)
        return target


class StagedRuns(ABC):
    """What every format that writes a folder of files does alike.

    Parameters
    ----------
    folder : StagedFolder
    shape : dict
        What the list of the folder says of its format and tables.
    """

    batch_rows = 0
    added: tuple[str, ...] = ()

    def __init__(self, folder: StagedFolder, shape: Mapping[str, Any]) -> None:
        self._folder = folder
        self._shape = shape
        self._runs: dict[str, dict[str, Any]] = dict(folder.content.get("runs", {}))
        self._span: Span | None = span_in(folder.content)

    def present(self) -> Mapping[str, str]:
        """Return the runs that are there, each with its checksum."""
        return {key: run["checksum"] for key, run in self._runs.items()}

    def remove(self, run_keys: Collection[str]) -> None:
        """Leave runs out of the next state."""
        for key in run_keys:
            del self._runs[key]

    def cover(self, span: Span) -> None:
        """Have the table of days reach over whole years."""
        both = joined([self._span, whole_years(span)])
        if both is not None:
            self._span = both
            self._write_days(dim_date(both))

    @abstractmethod
    def _write_days(self, days: pa.Table) -> None:
        """Write ``dim_date`` anew."""

    def _publish(self, files: Mapping[str, FileFacts]) -> None:
        """Put the next state in place, with the list of its files."""
        days = [day.isoformat() for day in self._span or ()]
        self._folder.publish({"files": dict(files), "runs": self._runs, "days": days, **self._shape})


@contextmanager
def staged(place: str, shape: dict[str, Any], *, is_forced: bool) -> Iterator[StagedFolder]:
    """Hold a folder for the length of an export, and yield its next state.

    Parameters
    ----------
    place : str
    shape : dict
        What the list of the folder says of its format and tables, which must be the same to add to it.
    is_forced : bool
        Whether a folder of ours that somebody changed, or that is of another format or version, is begun anew.

    Raises
    ------
    ResultsError
        When it holds what no export wrote, another export is writing to it, or the disk will not take it.
    """
    path = full_path(place)
    if not path.name:
        raise ResultsError(f"{place} cannot be a folder of an export", "RE723")
    parents: list[Path] = []
    try:
        with contextlib.ExitStack() as folder_lock:
            enter(path, parents, folder_lock)
            restore_interrupted(path, discard)
            folder = StagedFolder(path, read_list(path, shape, is_forced=is_forced))
            folder_lock.enter_context(unfinished(lambda: discard(folder.new)))
            folder.new.mkdir()
            write_bytes(folder.new / LIST, dumped({"files": {}}))
            yield folder
            discard(folder.new)
    except OSError as error:
        raise ResultsError(f"{path}: cannot be written: {error.strerror or error}", "RE706") from error
    finally:
        if not exists(path):
            remove_empty(parents)


def sync_file(path: Path) -> None:
    """Put a file on the disk."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def discard(folder: Path) -> None:
    """Remove a folder that an export made, whole or not; a folder that is not there is no fault."""
    if not exists(folder):
        return
    if folder.is_symlink() or not folder.is_dir():
        raise ResultsError(f"{folder} is in the way and no export wrote it", "RE723", "move it away")
    # A list alone that cannot be read is one that a full disk or a loss of power cut off: it says nothing of anybody.
    if parsed(folder) is None and any(entry.name != LIST for entry in folder.iterdir()):
        raise ResultsError(f"{folder} is in the way and no export wrote it", "RE723", "move it away")
    # The list goes last: without it, what remains could no longer be told from a folder of somebody else.
    for entry in folder.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        elif entry.name != LIST:
            entry.unlink()
    (folder / LIST).unlink(missing_ok=True)
    folder.rmdir()


def parsed(folder: Path) -> dict[str, Any] | None:
    """Return the list of a folder of ours; None where there is none, or one that somebody changed."""
    try:
        text = read_plain(folder / LIST, LARGEST)
    except ResultsError:
        return None
    content = parse_object(text)
    return content if content is not None and "files" in content and dumped(content) == text else None


def read_list(path: Path, shape: dict[str, Any], *, is_forced: bool) -> dict[str, Any]:
    """Return the list of a folder, every file of which is as the export left it; empty for a new or empty folder."""
    if not exists(path):
        return {}
    if not path.is_dir():
        raise ResultsError(f"{path} is no folder", "RE723")
    content = parsed(path)
    if content is None:
        if any(path.iterdir()):
            raise ResultsError(f"{path} holds {shortened(first_name(path))}, which no export wrote", "RE723")
        return {}
    actual = sizes(path)
    foreign = sorted(set(actual) - set(content["files"]) - {LIST})
    if foreign:
        raise ResultsError(f"{path} holds {shortened(foreign[0])}, which no export wrote", "RE723")
    different = [key for key, value in shape.items() if content.get(key) != value]
    changed = sorted(name for name, facts in content["files"].items() if actual.get(name) != facts["bytes"])
    if is_forced:
        return {} if different or changed else content
    if different:
        raise ResultsError(f"{path} is an export with {OTHER[different[0]]}", "RE724")
    if changed:
        raise ResultsError(f"{path}: {shortened(changed[0])} is not as the export left it", "RE724")
    return content


def sizes(path: Path) -> dict[str, int]:
    """Return every file below a folder with its size; what is no plain file has size -1."""
    files = {}
    for place, names, members in os.walk(path):
        # A link to a folder is no folder of ours; it is listed as a file that nobody wrote.
        for name in [*members, *(name for name in names if (Path(place) / name).is_symlink())]:
            file = Path(place) / name
            if name not in LITTER:
                is_plain = file.is_file() and not file.is_symlink()
                files[file.relative_to(path).as_posix()] = file.stat().st_size if is_plain else -1
    return files


def first_name(path: Path) -> str:
    """Return the name of something in a folder."""
    return min(entry.name for entry in path.iterdir())


def dumped(content: dict[str, Any]) -> bytes:
    """Return the text of a list, with a checksum of its content: one that was changed is none of ours."""
    open_content = {key: value for key, value in content.items() if key != "checksum"} | {"made_by": EXPORT}
    digest = hashlib.sha256(json.dumps(open_content, sort_keys=True).encode("ascii")).hexdigest()
    return (json.dumps(open_content | {"checksum": digest}, indent=1, sort_keys=True) + "\n").encode("ascii")


def span_in(content: dict[str, Any]) -> Span | None:
    """Return the days that the list of a folder says its table of days reaches over."""
    days = [date.fromisoformat(day) for day in content.get("days", ())]
    return (days[0], days[1]) if days else None
