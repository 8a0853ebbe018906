"""An export that is one file: held against other exports, made aside, and given its name when it is whole."""

import contextlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from riskengine.disk.unfinished import publishing, unfinished
from riskengine.errors import ResultsError
from riskengine.results.folder.claim import exists, full_path, make_parents, remove_empty, sibling, sync_folder
from riskengine.results.folder.lock import locked


@dataclass(frozen=True)
class FileAside:
    """A file, and where its next state is made.

    Parameters
    ----------
    path, new : Path
    """

    path: Path
    new: Path

    def publish(self) -> None:
        """Put the new file in the place of the old one."""
        with publishing():
            self.new.replace(self.path)
            sync_folder(self.path.parent)


@contextmanager
def file_aside(place: str, remove: Callable[[Path], object]) -> Iterator[FileAside]:
    """Hold a file for the length of an export.

    Parameters
    ----------
    place : str
    remove : callable
        Removes what lies at the place where the next state is made, and beside it; called before and after.

    Raises
    ------
    ResultsError
        When another export is writing to it, or the disk will not take it.
    """
    path = full_path(place)
    new = sibling(path, "new")
    parents: list[Path] = []
    try:
        make_parents(path.parent, parents)
        with locked(sibling(path, "lock")):
            remove(new)
            with unfinished(lambda: remove(new)):
                yield FileAside(path, new)
            with contextlib.suppress(OSError):
                remove(new)
    except OSError as error:
        raise ResultsError(f"{path}: cannot be written: {error.strerror or error}", "RE706") from error
    finally:
        if not exists(path):
            remove_empty(parents)
