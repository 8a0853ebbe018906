"""Arrow arrays from NumPy's and from lists, for the types that tables have.

Pyarrow's own conversion looks for pandas first and loads it where it is installed: a quarter of a second of every run,
for tables that are not pandas'. So the buffers are handed over here; what comes out is the same to the byte.
"""

from collections.abc import Sequence
from datetime import datetime
from itertools import accumulate
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

NONE: type = type(None)
KINDS: dict[pa.DataType, tuple[np.dtype[Any], set[type]]] = {
    pa.float64(): (np.dtype(np.float64), {float, np.float64, NONE}),
    pa.int64(): (np.dtype(np.int64), {int}),
    pa.timestamp("us"): (np.dtype("datetime64[us]"), {datetime, np.datetime64, NONE}),
}
"""How NumPy holds a type, and which objects become it."""
MOST_BYTES = 2**31 - 1
"""Of all texts of a column: their places are 32-bit numbers."""


def arrow_array(
    values: NDArray[Any] | Sequence[Any], kind: pa.DataType, *, is_nan_null: bool = False
) -> "pa.Array[Any]":
    """Return values as an Arrow array; raises what ``pyarrow.array`` raises where they do not fit.

    Parameters
    ----------
    values : array or sequence
        None and NaT stand for null.
    kind : pa.DataType
    is_nan_null : bool, optional
        Whether NaN does, too.

    Notes
    -----
    Contiguous arrays are wrapped, not copied.
    """
    made = None
    if isinstance(values, np.ndarray) and values.dtype.kind not in "Ob":
        made = _of_numbers(values, kind, is_nan_null)
    elif kind == pa.utf8():
        made = _of_texts(list(values))
    elif kind == pa.bool_():
        made = _of_truths(values)
    elif kind in KINDS:
        made = _of_objects(list(values), kind, is_nan_null)
    return pa.array(values, type=kind, from_pandas=is_nan_null) if made is None else made


def numpy_of(column: "pa.Array[Any] | pa.ChunkedArray[Any]") -> NDArray[Any]:
    """Return a column as NumPy's array; one chunk of numbers or instants without nulls is not copied."""
    chunks = column.chunks if isinstance(column, pa.ChunkedArray) else [column]
    if column.type not in KINDS or column.null_count:
        return np.asarray(column.to_numpy(zero_copy_only=False))
    parts = []
    for chunk in chunks:
        buffer = chunk.buffers()[1]
        whole = np.frombuffer(memoryview(b"" if buffer is None else buffer).toreadonly(), KINDS[column.type][0])
        parts.append(whole[chunk.offset : chunk.offset + len(chunk)])
    return parts[0] if len(parts) == 1 else np.concatenate([np.zeros(0, KINDS[column.type][0]), *parts])


def rows_at(table: pa.Table, places: Sequence[int]) -> pa.Table:
    """Return rows of a table by their places."""
    return table.take(arrow_array(places, pa.int64()))


def _of_numbers(values: NDArray[Any], kind: pa.DataType, is_nan_null: bool) -> "pa.Array[Any] | None":
    """Return an array that NumPy holds as Arrow does; None for any other."""
    if values.ndim != 1 or kind not in KINDS or values.dtype != KINDS[kind][0]:
        return None
    looks_for_nulls = is_nan_null if values.dtype.kind == "f" else values.dtype.kind == "M"
    return _wrapped(values, kind, np.isnan(values) if looks_for_nulls and values.size else None)


def _of_objects(values: list[Any], kind: pa.DataType, is_nan_null: bool) -> "pa.Array[Any] | None":
    """Return a list of numbers or instants; None where other objects are among them. Nulls are zeros underneath."""
    dtype, types = KINDS[kind]
    if not set(map(type, values)) <= types or (dtype.kind == "M" and any(map(_has_zone, values))):
        return None
    nothing = [value is None or (is_nan_null and value != value) for value in values]
    if any(nothing) or dtype.kind == "M":
        missing = np.array(nothing, np.bool_)
        array = np.array([0 if none else value for value, none in zip(values, nothing, strict=True)], dtype)
        if dtype.kind == "M":
            missing |= np.isnat(array)
            array[missing] = 0
        return _wrapped(array, kind, missing)
    try:
        return _wrapped(np.array(values, dtype), kind, None)
    except OverflowError:
        return None


def _has_zone(value: Any) -> bool:
    return isinstance(value, datetime) and value.tzinfo is not None


def _of_texts(values: list[Any]) -> "pa.Array[Any] | None":
    """Return a list of texts; None where other objects are among them, or more than one array holds."""
    if not set(map(type, values)) <= {str, NONE}:
        return None
    encoded = [b"" if value is None else value.encode() for value in values]
    ends = list(accumulate(map(len, encoded), initial=0))
    if ends[-1] > MOST_BYTES:
        return None
    validity, nulls = _validity(np.array([value is None for value in values], np.bool_))
    parts = [validity, _memory(np.array(ends, np.int32)), _memory(b"".join(encoded))]
    return pa.Array.from_buffers(pa.utf8(), len(values), parts, nulls)


def _of_truths(values: NDArray[Any] | Sequence[Any]) -> "pa.Array[Any] | None":
    """Return truths; None where other objects are among them."""
    are_truths = isinstance(values, np.ndarray) and values.dtype.kind == "b"
    if not are_truths and not set(map(type, values)) <= {bool, np.bool_}:
        return None
    bits = _memory(np.packbits(np.array(values, np.bool_), bitorder="little"))
    return pa.Array.from_buffers(pa.bool_(), len(values), [None, bits])


def _wrapped(values: NDArray[Any], kind: pa.DataType, missing: NDArray[np.bool_] | None) -> "pa.Array[Any]":
    data = np.ascontiguousarray(values)
    validity, nulls = (None, 0) if missing is None else _validity(missing)
    return pa.Array.from_buffers(kind, data.size, [validity, _memory(data.view(np.int64))], nulls)


def _memory(data: Any) -> pa.Buffer:
    return pa.py_buffer(memoryview(data))


def _validity(missing: NDArray[np.bool_]) -> tuple[pa.Buffer | None, int]:
    """Return the bits of what is there, or None where all is, and how much is not."""
    nulls = int(np.count_nonzero(missing))
    return (_memory(np.packbits(~missing, bitorder="little")) if nulls else None), nulls
