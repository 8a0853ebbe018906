"""Files that are there whole or not at all: written aside, put on the disk, and only then given their name."""

import contextlib
import errno
import os
import secrets
import shutil
import stat
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

from riskengine.disk.unfinished import unfinished

WITHOUT_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EACCES}
"""What file systems answer that give a file one name only."""

STREAMS = ("/dev/", "/proc/")
"""Where names stand for devices and open files, which a file must not take the place of."""


def write(path: Path, content: str | bytes) -> None:
    """Write a file, text as UTF-8, replacing what stood there in one step; a device or a pipe is written to.

    Raises
    ------
    OSError
        When the folder does not exist or will not take it; what stood there is then unharmed.
    """
    if _is_stream(path):
        with path.open("wb") as stream:
            stream.write(_encoded(content))
        return
    with _written_aside(path, content) as part:
        part.replace(path)


def write_new(path: Path, content: str | bytes) -> None:
    """Write a file that is not there yet, text as UTF-8.

    Raises
    ------
    FileExistsError
        When something of that name is there; it is left alone.
    OSError
        When the folder will not take it; nothing is left behind.
    """
    with _written_aside(path, content) as part:
        _place_new(part, path)


def write_together(contents: Mapping[Path, str], *, is_forced: bool) -> None:
    """Write files of which each needs the others: all of them or none, text as UTF-8.

    Parameters
    ----------
    contents : mapping of Path to str
    is_forced : bool
        Whether files that are there are replaced.

    Raises
    ------
    FileExistsError
        When something of one of the names is there and may not be replaced.
    OSError
        When a folder will not take one of them; what stood there is then there again.
    """
    with contextlib.ExitStack() as stack:
        parts = {path: stack.enter_context(_written_aside(path, content)) for path, content in contents.items()}
        taken_back: list[Callable[[], object]] = []
        try:
            for path, part in parts.items():
                if is_forced and path.is_file():
                    earlier = part.with_suffix(".earlier")
                    shutil.copy2(path, earlier)
                    stack.callback(earlier.unlink, missing_ok=True)
                    part.replace(path)
                    taken_back.append(partial(earlier.replace, path))
                else:
                    _place_new(part, path)
                    taken_back.append(partial(path.unlink, missing_ok=True))
        except BaseException:
            for take_back in reversed(taken_back):
                with contextlib.suppress(OSError):
                    take_back()
            raise


def _place_new(part: Path, path: Path) -> None:
    """Give a file that was written aside its name, which must be free."""
    try:
        os.link(part, path)  # unlike a renaming it fails where the name is taken
    except FileExistsError:
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from None
    except OSError as error:
        if error.errno not in WITHOUT_LINKS:
            raise
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from None
        part.replace(path)


def refuse_existing(path: Path, code: str = "RE904", cure: str = "") -> None:
    """Refuse a file that is to be new, before anything is computed for it.

    Raises
    ------
    UsageError
        When something of that name is there, be it a link to nothing.
    """
    if path.exists() or path.is_symlink():
        from riskengine.errors import UsageError

        raise UsageError(f"{path} exists already; nothing was written", code, cure)


def _is_stream(path: Path) -> bool:
    """Whether a path names a device, a pipe or an open file."""
    if str(Path(os.path.abspath(path))).startswith(STREAMS):  # noqa: PTH100
        return True
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return stat.S_ISCHR(mode) or stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)


@contextlib.contextmanager
def _written_aside(path: Path, content: str | bytes) -> Iterator[Path]:
    """Write a hidden file beside `path`, yield it, put the folder on the disk, and leave nothing behind."""
    data = _encoded(content)
    part = path.with_name(f".{path.name[:100]}.{secrets.token_hex(6)}.part")
    with unfinished(lambda: part.unlink(missing_ok=True)):  # its name is known before it is there
        try:
            _fill(part, data, path)
            yield part
            _sync(path.parent)
        finally:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)


def _fill(part: Path, data: bytes, path: Path) -> None:
    """Write a file and put it on the disk; what goes wrong names the file that people asked for."""
    try:
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        if error.errno is None:
            raise
        raise OSError(error.errno, os.strerror(error.errno), str(path)) from error


def _encoded(content: str | bytes) -> bytes:
    return content.encode("utf-8") if isinstance(content, str) else content


def _sync(folder: Path) -> None:
    """Put the names in a folder on the disk, where the system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
