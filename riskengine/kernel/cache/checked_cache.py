"""Numba's cache with a checksum in every file, from folders that are the user's own.

Damaged machine code ends the process by a signal, without a word, each time that it is loaded. So every file carries
the SHA-256 of its name and content at its end, where unpickling does not look; what does not match is compiled anew.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from numba.core import caching
from numba.core.caching import CompileResultCacheImpl, FunctionCache, IndexDataCacheFile

from riskengine.kernel.cache.private_folder import NotPrivateError, make_private_below, read_private, write_private

LOCATOR: Any = getattr(caching, "UserProvidedCacheLocator", None) or caching._UserProvidedCacheLocator
"""It was private until numba 0.62."""

SUFFIXES = (".nbi", ".nbc")
"""Index and machine code."""


def checksum(name: str, content: bytes) -> bytes:
    """Return the 32 bytes that stand at the end of a file of this name."""
    return sha256(name.encode() + b"\0" + content).digest()


def is_sound(path: Path) -> bool:
    """Whether a file is private and holds what was written under its name."""
    try:
        data = read_private(path)
    except (OSError, NotPrivateError):
        return False
    return len(data) > 32 and data[-32:] == checksum(path.name, data[:-32])


def remove_damaged(folder: Path) -> list[Path]:
    """Remove the files in the folders of a cache that must not be loaded, and return them."""
    damaged = [
        path
        for path in sorted(folder.glob("*/*"))
        if path.suffix in SUFFIXES and not path.parent.is_symlink() and not is_sound(path)
    ]
    for path in damaged:
        path.unlink(missing_ok=True)
    return damaged


class CheckedLocator(LOCATOR):  # type: ignore[misc]
    """The folder of a function's machine code below the cache folder; there is no other to fall back on."""

    def ensure_cache_path(self) -> None:
        """Make the folder, or refuse one that is somebody else's."""
        try:
            make_private_below(Path(self.get_cache_path()))
        except NotPrivateError as error:
            raise PermissionError(str(error)) from error


class CheckedImpl(CompileResultCacheImpl):  # type: ignore[misc]
    """How a compiled function is put into a file."""

    _locator_classes = (CheckedLocator,)


class CheckedFile(IndexDataCacheFile):  # type: ignore[misc]
    """The index of a function's machine code and the files it names, each with its checksum."""

    def _load_index(self) -> Any:
        return super()._load_index() if is_sound(Path(self._index_path)) else {}

    def _load_data(self, name: str) -> Any:
        if not is_sound(Path(self._data_path(name))):
            raise FileNotFoundError(name)  # numba compiles anew
        return super()._load_data(name)

    @contextmanager
    def _open_for_write(self, filepath: str) -> Iterator["Buffer"]:
        buffer = Buffer()
        yield buffer
        content = b"".join(buffer.parts)
        write_private(Path(filepath), content + checksum(Path(filepath).name, content))


class Buffer:
    """What numba writes to one file."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []

    def write(self, data: bytes) -> int:
        """Take the next bytes of the file."""
        self.parts.append(bytes(data))
        return len(data)


class CheckedCache(FunctionCache):  # type: ignore[misc]
    """The machine code of one function on the disk.

    Attributes
    ----------
    problem : str
        Why what was compiled could not be kept, empty where it could.
    """

    _impl_class = CheckedImpl

    def __init__(self, function: Any) -> None:
        super().__init__(function)
        stamp = self._impl.locator.get_source_stamp()
        self._cache_file: Any = CheckedFile(self.cache_path, self._impl.filename_base, stamp)
        self.problem = ""

    def save_overload(self, sig: Any, data: Any) -> None:
        """Keep what was compiled where the disk takes it; in memory it is there all the same."""
        try:
            super().save_overload(sig, data)
        except OSError as error:
            self.problem = error.strerror or str(error)
