"""One run at a time into one folder: a lock that dies with its holder."""

import contextlib
import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from riskengine.errors import ResultsError

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

UNSUPPORTED = {errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL}
"""What file systems without locks answer."""


class LockTakenError(Exception):
    """Another run holds the lock."""


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock file ``path`` for the length of a ``with`` block, and remove it afterwards.

    Where the operating system and the file system have ``flock``, the lock goes when its holder dies, however it
    dies. Elsewhere the lock is a file ``path`` with ``-held`` at its end, which must not exist; one that a crashed
    run left behind is to be removed by hand.

    Raises
    ------
    ResultsError
        When another run holds it.
    OSError
        When the file cannot be made.
    """
    try:
        release = acquire(path)
    except LockTakenError as error:
        raise ResultsError(f"another run is writing to this folder (it holds {error})", "RE707") from error
    try:
        yield
    finally:
        release()


def acquire(path: Path) -> Callable[[], None]:
    """Take the lock and return what gives it back; LockTakenError, naming the file, where another holds it."""
    if fcntl is None:
        return acquire_by_existence(path)
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BaseException as error:
            os.close(handle)
            if isinstance(error, BlockingIOError):
                raise LockTakenError(path) from error
            if isinstance(error, OSError) and error.errno in UNSUPPORTED:
                path.unlink(missing_ok=True)
                return acquire_by_existence(path)
            raise
        if is_same_file(handle, path):
            return partial(release_held, path, handle)
        os.close(handle)


def release_held(path: Path, handle: int) -> None:
    """Remove the lock file while it is held: whoever opened it before finds another under the name and starts over.

    A file that cannot be removed does no harm: closing it gives the lock back.
    """
    try:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
    finally:
        os.close(handle)


def is_same_file(handle: int, path: Path) -> bool:
    """Whether the open file is still the one under the name."""
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False


def acquire_by_existence(path: Path) -> Callable[[], None]:
    """Take the lock by making a file that must not be there yet."""
    lock_file = path.with_name(f"{path.name}-held")
    try:
        os.close(os.open(lock_file, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError as error:
        raise LockTakenError(lock_file) from error
    return partial(lock_file.unlink, missing_ok=True)
