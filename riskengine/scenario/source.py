"""Opening the files of a scenario: within its folder, within limits, as UTF-8 text."""

import errno
import stat
from pathlib import Path
from typing import Final

from riskengine.scenario.dotted import Place
from riskengine.scenario.faults import Faults

LARGEST_SCENARIO: Final = 16 * 2**20
LARGEST_RESOLVED: Final = 64 * 2**20
LARGEST_TABLE: Final = 64 * 2**20


class Folder:
    """The folder of a scenario, which its files must not leave.

    Parameters
    ----------
    first : Path
        The scenario file as the user named it.
    """

    def __init__(self, first: Path) -> None:
        self.real = first.parent.resolve()

    def inside(self, name: object, beside: Path, place: Place, faults: Faults, file: str) -> Path | None:
        """Return the path that a file names, or None after reporting why it must not be opened.

        Parameters
        ----------
        name : object
            What the file says.
        beside : Path
            The file that says so; `name` is taken from its folder.
        place, faults, file
            Where a fault goes.
        """
        if not isinstance(name, str) or not name:
            faults.add("RE113", place, name, rule="must be the name of a file in quotes", file=file)
            return None
        if not name.isprintable() or len(name) > 1000 or "\\" in name or ":" in name:
            faults.add("RE117", place, name, rule="must be a plain relative path with / between folders", file=file)
            return None
        path = beside.parent / name
        try:
            real = path.resolve()
        except (OSError, RuntimeError, ValueError):
            faults.add("RE101", place, name, file=file)
            return None
        if Path(name).is_absolute() or not real.is_relative_to(self.real):
            faults.add("RE117", place, name, file=file)
            return None
        return path


def read_text(path: Path, largest: int, place: Place, faults: Faults, file: str) -> str | None:
    """Return the text of a file, or None after reporting why it cannot be had.

    A mark of byte order at the beginning is dropped. `file` is the file to blame when this one cannot be opened.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe or a device could keep us waiting for ever
            faults.add("RE101", place, path.name, rule="must be a file", file=file)
            return None
        with path.open("rb") as stream:
            raw = stream.read(largest + 1)
    except (OSError, ValueError) as error:
        faults.add("RE101", place, path.name, rule=f"the file must exist and be readable ({reason(error)})", file=file)
        return None
    if len(raw) > largest:
        faults.add("RE103", (), rule=f"the file must be at most {largest // 2**20} MiB", file=str(path), line=1)
        return None
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        value = f"byte 0x{raw[error.start]:02x}"
        faults.add("RE102", (), value, file=str(path), line=line)
        return None
    return text.removeprefix("\ufeff")


def reason(error: Exception) -> str:
    """Return why a file could not be opened, in words."""
    if isinstance(error, OSError) and error.errno is not None:
        known = {
            errno.ENOENT: "there is no such file",
            errno.EACCES: "no permission",
            errno.EISDIR: "it is a folder",
            errno.ENOTDIR: "a part of its path is no folder",
            errno.ELOOP: "its links form a circle",
            errno.ENAMETOOLONG: "its name is too long",
        }
        return known.get(error.errno, (error.strerror or "it cannot be opened").lower())
    return "its name cannot be used"
