"""Columns of the star schema from columns of results: whole arrays at a time."""

from collections.abc import Iterable
from typing import Any

import pyarrow as pa
import pyarrow.compute

Values = Any
"""A ``pyarrow.Array`` or ``pyarrow.ChunkedArray``."""

compute: Any = pyarrow.compute
arrow: Any = pa
"""Their stubs lack much of what their functions take."""
MICROSECOND = 1


def constant(value: Any, kind: pa.DataType, rows: int) -> Values:
    """Return a column that has one value in every row; None for null in every row."""
    if value is None:
        return arrow.nulls(rows, kind)
    return arrow.repeat(pa.scalar(value, kind), rows)


def prefixed(run: str, identifiers: Values) -> Values:
    """Return the keys, ``RUN/IDENTIFIER``, of tasks, risks or gates of a run."""
    return compute.binary_join_element_wise(pa.scalar(run), identifiers, "/")


def finish_day(instants: Values) -> Values:
    """Return the day that each instant belongs to as a finish: midnight ends a day, it does not begin one."""
    counts = compute.subtract(instants.cast(pa.int64()), MICROSECOND)
    return start_day(counts.cast(pa.timestamp("us")))


def start_day(instants: Values) -> Values:
    """Return the day that each instant lies in."""
    return compute.floor_temporal(instants, unit="day").cast(pa.date32())


def plus(values: Values, days: float | None, where: Values | None = None) -> Values:
    """Return values with days added, in all rows or in some of them; null there where the days are not known."""
    moved = compute.add(values, pa.scalar(days, pa.float64()))
    return moved if where is None else compute.if_else(where, moved, values)


def stacked(columns: Iterable[Values]) -> Values:
    """Return columns under one another, without copying them."""
    return arrow.chunked_array([chunk for column in columns for chunk in chunks(column)])


def chunks(column: Values) -> list[Values]:
    """Return the arrays that a column consists of."""
    return column.chunks if isinstance(column, pa.ChunkedArray) else [column]
