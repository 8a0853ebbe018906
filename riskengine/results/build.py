"""Arrow tables from arrays, after the registry."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from riskengine.results.column import Column
from riskengine.results.registry import TABLES

Values = np.ndarray[Any, Any] | Sequence[Any]


def build(name: str, columns: Mapping[str, Values], targets: Iterable[str] = ()) -> pa.Table:
    """Return the table ``name`` of the registry with these columns.

    Parameters
    ----------
    name : str
        A key of ``registry.TABLES``.
    columns : mapping of str to array or sequence
        Every column of the table, in any order. In a nullable column NaN, NaT and None stand for null.
    targets : iterable of str
        The named targets, for tables with columns per target.

    Raises
    ------
    ValueError
        When a column is missing, unknown, of another length, or null where it may not be.

    Notes
    -----
    Contiguous arrays of non-nullable columns are wrapped, not copied.
    """
    kind, targets = TABLES[name], tuple(targets)
    expected = kind.columns_for(targets)
    unknown = set(columns) ^ {column.name for column in expected}
    if unknown:
        raise ValueError(f"table {name}: columns missing or unknown: {', '.join(sorted(unknown))}")
    arrays = [to_arrow(column, columns[column.name]) for column in expected]
    return pa.Table.from_arrays(arrays, schema=kind.schema(targets))


def to_arrow(column: Column, values: Values) -> "pa.Array[Any]":
    """Return one column as an Arrow array of its declared type; ValueError where it does not fit."""
    if isinstance(values, np.ndarray) and values.dtype.kind == "M":
        values = values.astype("datetime64[us]", copy=False)
    array = pa.array(values, type=column.type, from_pandas=column.nullable)
    if array.null_count and not column.nullable:
        raise ValueError(f"column {column.name} may not be null")
    if not column.nullable and column.type == pa.float64() and np.isnan(array.to_numpy()).any():
        raise ValueError(f"column {column.name} may not be NaN")
    return array
