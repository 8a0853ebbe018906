"""Text files that are there whole or not at all."""

import contextlib
import os
import tempfile
from pathlib import Path


def write(path: Path, text: str) -> None:
    """Write a text file as UTF-8, replacing what stood there in one step.

    Raises
    ------
    OSError
        When the folder does not exist or will not take it; what stood there is then unharmed.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with open(handle, "w", encoding="utf-8", newline="\n") as file:  # noqa: PTH123
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        # mkstemp makes the file private; give it what any new file would get here.
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(0o666 & ~mask)
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def write_new(path: Path, text: str) -> None:
    """Write a text file that is not there yet.

    Raises
    ------
    FileExistsError
        When something of that name is there; it is left alone.
    OSError
        When the folder will not take it; nothing is left behind.
    """
    with path.open("x", encoding="utf-8", newline="\n") as file:
        try:
            file.write(text)
        except BaseException:
            with contextlib.suppress(OSError):
                path.unlink()
            raise
