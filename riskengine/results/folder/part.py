"""The files of a results folder: written with their checksum, read only when it matches."""

import hashlib
import io
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa

from riskengine.errors import ResultsError
from riskengine.results.folder.manifest import BATCH_ROWS
from riskengine.results.folder.memory import GB, MEMORY_LIMIT, memory_limit
from riskengine.results.tables.registry import TABLES

READING = 2
"""How many times its size a part takes while it is read and analysed."""
SMALL_BYTES = 2**24
"""Size below which memory is not asked for."""
PIECE = 2**20
"""Bytes that a checksum is taken of at a time."""


class HashingFile(io.RawIOBase):
    """A new file that keeps the SHA-256 and the size of what is written to it."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        # "x": a file that is already there was not written by this run.
        self._file = path.open("xb", buffering=0)
        self._digest = hashlib.sha256()
        self._size = 0

    def write(self, data: Any) -> int:
        """Write all of ``data``; a raw file may take only a part at a time."""
        view = memoryview(data).cast("B")
        done = 0
        while done < len(view):
            done += self._file.write(view[done:])
        self._digest.update(view)
        self._size += len(view)
        return len(view)

    def writable(self) -> bool:
        """Return True."""
        return True

    def tell(self) -> int:
        """Return the bytes written so far."""
        return self._size

    def sync(self) -> None:
        """Put what was written on the disk."""
        os.fsync(self._file.fileno())

    def close(self) -> None:
        """Close the file."""
        if not self.closed:
            self._file.close()
        super().close()

    def seal(self) -> dict[str, Any]:
        """Return what the manifest says of this file."""
        return {"sha256": self._digest.hexdigest(), "bytes": self._size}


def write_part(path: Path, fill: Callable[[HashingFile], object]) -> dict[str, Any]:
    """Create ``path``, let ``fill`` write it, put it on the disk; return its SHA-256 and size."""
    with HashingFile(path) as file:
        fill(file)
        file.sync()
        return file.seal()


def write_bytes(path: Path, data: bytes) -> dict[str, Any]:
    """Create a file of these bytes, on the disk; return its SHA-256 and size."""
    return write_part(path, lambda file: file.write(data))


def write_table(path: Path, table: pa.Table) -> dict[str, Any]:
    """Create an uncompressed Arrow IPC file, on the disk; return its SHA-256 and size.

    The file format has a footer, so a truncated file is no file; without compression every tool can map it.
    """

    def fill(file: HashingFile) -> None:
        with pa.ipc.new_file(pa.PythonFile(file, mode="w"), table.schema) as writer:
            writer.write_table(table, max_chunksize=BATCH_ROWS)

    return write_part(path, fill)


@contextmanager
def open_plain(path: Path, largest: int) -> Iterator[io.BufferedReader]:
    """Open a plain file of at most ``largest`` bytes for reading.

    Raises
    ------
    ResultsError
        For a missing file, a larger one, and for links, pipes and folders, which no run writes; for what goes wrong
        while it is open, too.
    """
    try:
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode):
            raise ResultsError(f"{path.name} is not a plain file", "RE702")
        if status.st_size > largest:
            raise ResultsError(f"{path.name} is larger than it may be", "RE702")
        with path.open("rb") as file:
            yield file
    except FileNotFoundError as error:
        raise ResultsError(f"{path.name} is missing", "RE703") from error
    except OSError as error:
        raise ResultsError(f"{path.name} cannot be read: {error.strerror or error}", "RE703") from error


def read_plain(path: Path, largest: int) -> bytes:
    """Return the bytes of a file that :func:`open_plain` opens."""
    with open_plain(path, largest) as file:
        return file.read(largest + 1)


def is_whole(path: Path, sealed: dict[str, Any]) -> bool:
    """Whether a part is the plain file that the manifest says it is, without holding it in memory."""
    try:
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode) or status.st_size != sealed["bytes"]:
            return False
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == str(sealed["sha256"])
    except OSError:
        return False


def read_part(path: Path, sealed: dict[str, Any]) -> bytes:
    """Return the bytes of a part, checked against what the manifest says of it.

    The bytes are checked and then used, never read twice: nobody can change the file in between.
    """
    limit = memory_limit() if sealed["bytes"] > SMALL_BYTES else None
    if limit is not None and READING * sealed["bytes"] > limit:
        needed = READING * sealed["bytes"] / GB
        raise ResultsError(
            f"{path.name} needs {needed:.1f} GB of memory to read; {limit / GB:.1f} GB are free",
            "RE708",
            f"read it on a larger machine, or raise the limit with {MEMORY_LIMIT}",
        )
    data = read_plain(path, sealed["bytes"])
    _compare(path, len(data), hashlib.sha256(data).hexdigest(), sealed)
    return data


def _compare(path: Path, size: int, digest: str, sealed: dict[str, Any]) -> None:
    if size != sealed["bytes"] or digest != sealed["sha256"]:
        raise ResultsError(f"{path.name} is damaged: it is not the file that the run wrote", "RE702")


def check_table(path: Path, name: str, sealed: dict[str, Any], targets: tuple[str, ...]) -> int:
    """Check the file of a table as :func:`read_part` and :func:`parse_table` do, and return its rows.

    Nothing is kept: the checksum is taken piece by piece, then the table is looked at a batch at a time, so that a file
    of any size takes little memory.
    """
    digest, size = hashlib.sha256(), 0
    with open_plain(path, sealed["bytes"]) as file:
        while piece := file.read(PIECE):
            digest.update(piece)
            size += len(piece)
        _compare(path, size, digest.hexdigest(), sealed)
        file.seek(0)
        with _told_damage(name):
            reader = _open_table(name, pa.PythonFile(file, mode="r"), targets)
            rows = 0
            for number in range(reader.num_record_batches):
                batch = reader.get_batch(number)
                _check_values(name, pa.Table.from_batches([batch]), reader.schema)
                rows += batch.num_rows
            return rows


def parse_table(name: str, data: bytes, targets: tuple[str, ...]) -> pa.Table:
    """Return the table ``name`` from the bytes of its Arrow file, with the registry's schema to the letter.

    Raises
    ------
    ResultsError
        For anything that is not that table: broken Arrow, other columns, types or metadata, nulls where there may
        be none. No extension type is ever made: the schema is compared before a value is read.
    """
    with _told_damage(name):
        reader = _open_table(name, pa.BufferReader(data), targets)
        table = reader.read_all()
        _check_values(name, table, reader.schema)
        return table


@contextmanager
def _told_damage(name: str) -> Iterator[None]:
    try:
        yield
    except (pa.ArrowException, OSError, ValueError, MemoryError, OverflowError) as error:
        raise ResultsError(f"{name}.arrow is damaged: not an Arrow file of this table", "RE702") from error


def _open_table(name: str, source: Any, targets: tuple[str, ...]) -> pa.RecordBatchFileReader:
    """Return a reader of an Arrow file, of which nothing but the schema has been read, and compared."""
    reader = pa.ipc.open_file(source)
    if not reader.schema.equals(TABLES[name].schema(targets), check_metadata=True):
        raise ResultsError(f"{name}.arrow has other columns than this version writes", "RE704")
    return reader


def _check_values(name: str, table: pa.Table, schema: pa.Schema) -> None:
    table.validate(full=True)
    for column, chunks in zip(schema, table.columns, strict=True):
        if not column.nullable and chunks.null_count:
            raise ResultsError(f"{name}.arrow is damaged: nulls in {column.name}", "RE702")
