"""Files of shards: what one part of a run simulated, until all parts are merged.

A file has three pieces: the line ``riskengine shard`` with the length of what follows; the header, sealed as a manifest
is, which says of which run it is a part, how its arrays look and what their checksum is; and the bytes of the arrays,
one behind the other. They are raw since a shard is read once, by the version that wrote it, and nothing about raw
numbers can be parsed wrongly.
"""

import contextlib
import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

import numpy as np
from numpy.typing import NDArray

from riskengine.disk.unfinished import publishing, unfinished
from riskengine.errors import ResultsError
from riskengine.results.folder import manifest
from riskengine.results.folder.claim import exists, full_path, sibling, sync_folder
from riskengine.results.folder.lock import locked
from riskengine.results.folder.part import open_plain, write_part
from riskengine.results.provenance import ENGINE

MARK: Final = b"riskengine shard "
DIGITS: Final = 12
"""Of the length of the header, with leading zeros."""
LARGEST_HEADER: Final = 2**28
"""Bytes beyond which a header is none of ours; it holds a scenario."""
LARGEST: Final = 2**46
"""Bytes beyond which a file is no shard."""
MOST_SHARDS: Final = 1_000_000
"""Shards that one run may have."""
FORMAT: Final = 1
ARRAYS: Final = "arrays"
TYPES: Final[dict[str, np.dtype[Any]]] = {
    "<i4": np.dtype("<i4"),
    "<i8": np.dtype("<i8"),
    "<f8": np.dtype("<f8"),
    "|u1": np.dtype("|u1"),
}
KEYS: Final[dict[str, type]] = {
    "shard": int,
    "shards": int,
    "iterations": int,
    "seed": int,
    "method": str,
    "contributions": bool,
    "digest": str,
    "scenario": str,
    "numbers": int,
    "version": str,
    "provenance": dict,
    "shapes": list,
    "parts": dict,
}


@dataclass(frozen=True)
class ShardFile:
    """The file of a shard, of which the header has been read.

    Parameters
    ----------
    path : Path
    header : dict
        ``shard``, ``shards``, ``iterations``, ``seed``, ``method`` and ``contributions`` of the run, ``scenario`` (in
        its resolved form) and its ``digest``, ``numbers``, ``version`` and ``provenance`` of what computed it,
        ``shapes`` of its arrays in their order: name, type and shape.
    begin : int
        Where the arrays begin [B].
    """

    path: Path
    header: dict[str, Any]
    begin: int

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the arrays by name, checked against their checksum.

        Raises
        ------
        ResultsError
            When they are not what was written.
        """
        sealed = self.header["parts"][ARRAYS]
        made: dict[str, NDArray[Any]] = {}
        digest = hashlib.sha256()
        with open_plain(self.path, LARGEST) as file:
            file.seek(self.begin)
            for name, kind, shape in self.header["shapes"]:
                array = np.empty(shape, dtype=TYPES[kind])
                made[name] = array
                if not array.nbytes:
                    continue
                data = _raw(array)
                if file.readinto(data) != array.nbytes:
                    raise _damage(self.path, "it ends early")
                digest.update(data)
            is_longer = bool(file.read(1))
        if is_longer or digest.hexdigest() != sealed["sha256"]:
            raise _damage(self.path, "it is not the file that was written")
        return made


def write_shard(path: str | Path, header: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write the file of a shard: afterwards it is whole, or what was there before.

    Parameters
    ----------
    path : path
        Replaced in one step where it is a shard; its folder is made where it is not there.
    header : mapping
        As of :class:`ShardFile`, without ``shapes``.
    arrays : mapping of str to array

    Raises
    ------
    ResultsError
        When there is anything but a shard at the path, another process writes to it, or the disk is full.
    """
    place = full_path(path)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with locked(sibling(place, "lock")):
            check_replaceable_shard(place)
            new = sibling(place, "new")
            new.unlink(missing_ok=True)
            with unfinished(lambda: new.unlink(missing_ok=True)):
                whole = sealed_header(header, arrays)

                def fill(file: Any) -> None:
                    file.write(MARK + f"{len(whole):0{DIGITS}d}\n".encode("ascii"))
                    file.write(whole)
                    for array in arrays.values():
                        file.write(_raw(array))

                write_part(new, fill)
                with publishing():
                    new.replace(place)
                    sync_folder(place.parent)
    except OSError as error:
        raise ResultsError(f"{path}: cannot be written: {error.strerror or error}", "RE706") from error


def sealed_header(header: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> bytes:
    """Return the header with the shapes and the checksum of arrays, sealed."""
    digest = hashlib.sha256()
    shapes = []
    for name, array in arrays.items():
        digest.update(_raw(array))
        shapes.append([name, array.dtype.str, list(array.shape)])
    part = {"sha256": digest.hexdigest(), "bytes": sum(array.nbytes for array in arrays.values())}
    content = {**header, "engine": ENGINE, "format": FORMAT, "shapes": shapes}
    return manifest.dump(manifest.seal(content, {ARRAYS: part}))


def check_replaceable_shard(path: str | Path) -> None:
    """Refuse a path with anything but the file of a shard.

    Raises
    ------
    ResultsError
    """
    place = full_path(path)
    if not exists(place):
        return
    try:
        open_shard(place)
    except ResultsError:
        raise ResultsError(f"{path} exists and is no shard", "RE705", "choose another with -o") from None


def is_shard(path: Path) -> bool:
    """Whether a file begins as one of a shard does."""
    with contextlib.suppress(ResultsError), open_plain(path, LARGEST) as file:
        return file.read(len(MARK)) == MARK
    return False


def open_shard(path: str | Path) -> ShardFile:
    """Read the header of the file of a shard.

    Raises
    ------
    ResultsError
        When it is none, is damaged, or was written by another version.
    """
    place = full_path(path)
    with open_plain(place, LARGEST) as file:
        return ShardFile(place, *_header(place, file))


def _header(path: Path, file: BinaryIO) -> tuple[dict[str, Any], int]:
    first = file.read(len(MARK) + DIGITS + 1)
    if not first.startswith(MARK):
        raise ResultsError(f"{path.name} is no file of a shard", "RE750")
    digits = first[len(MARK) : -1]
    length = int(digits) if first.endswith(b"\n") and digits.isdigit() and len(digits) == DIGITS else 0
    if not 0 < length <= LARGEST_HEADER:
        raise _damage(path, "it has no header")
    text = file.read(length)
    content = manifest.parse_loosely(text)
    if content is None or "parts" not in content or not manifest.is_sealed(content, text):
        raise _damage(path, "its header is not what was written")
    if content["format"] != FORMAT:
        raise ResultsError(f"{path.name} was written by another version of riskengine", "RE750")
    if any(type(content.get(key)) is not kind for key, kind in KEYS.items()):
        raise _damage(path, "its header lacks what a shard says")
    if (
        not 1 <= content["shard"] <= content["shards"] <= MOST_SHARDS
        or not 1 <= content["iterations"] <= manifest.MOST_ITERATIONS
    ):
        raise _damage(path, "its header says what no shard says")
    _check_shapes(path, content)
    if hashlib.sha256(content["scenario"].encode("utf-8", "surrogatepass")).hexdigest() != content["digest"]:
        raise _damage(path, "its scenario is not the one that its digest names")
    return content, len(first) + length


def _check_shapes(path: Path, content: dict[str, Any]) -> None:
    """Refuse arrays that are not as large as the file, before memory is taken for them."""
    size = 0
    for each in content["shapes"]:
        is_sound = isinstance(each, list) and [type(part) for part in each] == [str, str, list] and each[1] in TYPES
        if not is_sound or not all(type(length) is int and 0 <= length < LARGEST for length in each[2]):
            raise _damage(path, "its header says what no shard says")
        size += math.prod(each[2]) * TYPES[each[1]].itemsize
    sealed = content["parts"].get(ARRAYS)
    is_sound = isinstance(sealed, dict) and sealed.get("bytes") == size and isinstance(sealed.get("sha256"), str)
    if not is_sound or size > path.stat().st_size:
        raise _damage(path, "it is not as large as its header says")


def _raw(array: NDArray[Any]) -> memoryview:
    """Return the bytes of an array, row by row; of one in one piece they are its own, and can be read into."""
    if not array.nbytes:  # nothing can be cast
        return memoryview(b"")
    return np.ascontiguousarray(array).reshape(-1).data.cast("B")


def _damage(path: Path, reason: str) -> ResultsError:
    return ResultsError(f"{path.name} is damaged: {reason}", "RE750")
