"""Folders and files that nobody else can change: what is unpickled must come from nowhere else.

Numba's cache is a pickle. Who can write to one of its files, or put another folder or link in the place of one on the
way to them, could run code as the user.
"""

import os
import stat
from pathlib import Path

OTHERS_MAY_WRITE = stat.S_IWGRP | stat.S_IWOTH


class NotPrivateError(Exception):
    """Somebody else could change a folder or file; says which, and why."""


def has_owners() -> bool:
    """Whether the system tells who owns a file (Windows keeps a user's own folders from others by itself)."""
    return hasattr(os, "getuid")


def make_private(folder: Path) -> Path:
    """Return a folder with its links followed, made if need be, after checking it and every folder above it.

    Raises
    ------
    NotPrivateError
        When somebody else owns or may write it, or could put another in its place.
    OSError
        When it cannot be made.
    """
    real = Path(os.path.realpath(folder))
    for place in reversed((real, *real.parents)):
        if not place.exists():
            place.mkdir(mode=0o700, exist_ok=True)
    if not has_owners():
        return real
    trusted = {os.getuid(), 0, Path("/").stat().st_uid}
    for place in real.parents:
        status = place.lstat()
        if status.st_uid not in trusted:
            raise NotPrivateError(f"another user owns {place}")
        # In a folder like /tmp nobody can rename what is not theirs.
        if status.st_mode & OTHERS_MAY_WRITE and not status.st_mode & stat.S_ISVTX:
            raise NotPrivateError(f"others may write to {place}")
    check_private(real, real.lstat())
    return real


def make_private_below(folder: Path) -> None:
    """Make one folder in a folder that is private, or check the one that is there; links are not followed.

    Raises
    ------
    NotPrivateError, OSError
        As for :func:`make_private`.
    """
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        status = folder.lstat()
        if not stat.S_ISDIR(status.st_mode):
            raise NotPrivateError(f"{folder} is no folder") from None
        check_private(folder, status)


def check_private(path: Path, status: os.stat_result) -> None:
    """Refuse a file or folder that somebody else owns or may write."""
    if not has_owners():
        return
    if status.st_uid != os.getuid():
        raise NotPrivateError(f"another user owns {path}")
    if status.st_mode & OTHERS_MAY_WRITE:
        raise NotPrivateError(f"others may write to {path}")


def read_private(path: Path) -> bytes:
    """Return the bytes of a plain file that nobody else owns or may write; links are not followed.

    Raises
    ------
    NotPrivateError
        When it is anything else.
    OSError
        When it cannot be read.
    """
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(handle, "rb") as file:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise NotPrivateError(f"{path} is no plain file")
        check_private(path, status)
        return file.read()


def write_private(path: Path, data: bytes) -> None:
    """Write a file that only this user may write, and put it in the place of what was there in one step.

    Raises
    ------
    OSError
        When it cannot be written, as on a full disk; what was there is unharmed, and nothing is left behind.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
