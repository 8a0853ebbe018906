"""Columns of the star schema from columns of results: whole arrays at a time."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute

from riskengine.results.tables.arrow_array import arrow_array

Values = Any
"""A ``pyarrow.Array`` or ``pyarrow.ChunkedArray``."""

compute: Any = pyarrow.compute
arrow: Any = pa
"""Their stubs lack much of what their functions take."""
MICROSECOND = 1
MOST_BYTES = 2**30
"""Bytes of text in one array."""


def constant(value: Any, kind: pa.DataType, rows: int) -> Values:
    """Return a column that has one value in every row; None for null in every row."""
    if value is None:
        return arrow.nulls(rows, kind)
    if isinstance(value, str):
        return repeated(value, rows)
    return arrow.repeat(scalar(value, kind), rows)


def scalar(value: Any, kind: pa.DataType) -> Any:
    """Return one value, or null for None, without pyarrow's own conversion of objects, which loads pandas."""
    if value is None:
        return arrow.nulls(1, kind)[0]
    if kind == pa.date32():
        return arrow_array([datetime.combine(value, time())], pa.timestamp("us")).cast(kind)[0]
    if pa.types.is_integer(kind):
        return arrow_array([value], pa.int64()).cast(kind)[0]
    return arrow_array([value], kind)[0]


def repeated(text: str, rows: int) -> Values:
    """Return a column with the same text in every row.

    Notes
    -----
    The text stands in the buffer once for each row, as Arrow has it; made at once, that takes a tenth of the time of
    one row after the other. A buffer reaches to 2 GiB.
    """
    data = text.encode("utf-8")
    most = max(1, MOST_BYTES // max(1, len(data)))
    return arrow.chunked_array(
        [
            arrow.StringArray.from_buffers(
                count,
                arrow.py_buffer(np.arange(count + 1, dtype=np.int32) * np.int32(len(data))),
                pa.py_buffer(data * count),
            )
            for count in (min(most, rows - first) for first in range(0, rows, most))
        ],
        pa.utf8(),
    )


def prefixed(run: str, identifiers: Values) -> Values:
    """Return the keys, ``RUN/IDENTIFIER``, of tasks, risks or gates of a run."""
    return compute.binary_join_element_wise(scalar(run, pa.utf8()), identifiers, scalar("/", pa.utf8()))


def finish_day(instants: Values) -> Values:
    """Return the day that each instant belongs to as a finish: midnight ends a day, it does not begin one."""
    counts = compute.subtract(instants.cast(pa.int64()), scalar(MICROSECOND, pa.int64()))
    return start_day(counts.cast(pa.timestamp("us")))


def start_day(instants: Values) -> Values:
    """Return the day that each instant lies in."""
    return compute.floor_temporal(instants, unit="day").cast(pa.date32())


def plus(values: Values, days: float | None, where: Values | None = None) -> Values:
    """Return values with days added, in all rows or in some of them; null there where the days are not known."""
    moved = compute.add(values, scalar(None if days is None else float(days), pa.float64()))
    return moved if where is None else compute.if_else(where, moved, values)


def stacked(columns: Iterable[Values]) -> Values:
    """Return columns under one another, without copying them."""
    columns = list(columns)
    return arrow.chunked_array([chunk for column in columns for chunk in chunks(column)], columns[0].type)


def chunks(column: Values) -> list[Values]:
    """Return the arrays that a column consists of."""
    return column.chunks if isinstance(column, pa.ChunkedArray) else [column]
